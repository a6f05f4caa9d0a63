"The gates that every lesson has to pass: exercises judge rightly, questions are fair, the learner's copy gives nothing away"
import ast, copy, json, linecache, re
from collections import Counter
from importlib.util import module_from_spec, spec_from_file_location
from itertools import count
from pathlib import Path
import nbformat, pytest
from fastcourse import copies, workbook
from fastcourse.exercise import Exercises
from fastcourse.lesson import lesson, lessons, plain
from fastcourse.quiz import lint

numbers = [o.number for o in lessons()]
everything = [(n, name) for n in numbers for name in lesson(n).exercises]
exercise = {(n, name): ex for n in numbers for name, ex in lesson(n).exercises.items()}

def made(ex, source):
    "The function of exercise `ex` that a program defines"
    ex.prepare()
    names = dict(ex.reference.__globals__)
    file = f'mutant {next(serial)}'
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    exec(compile(source, file, 'exec'), names)
    return names[ex.name]

serial = count()

def bare(ex):
    "The syntax tree of an exercise's solution, without decorator, docstring and annotations"
    tree = ast.parse(ex.source)
    f = tree.body[0]
    f.decorator_list, f.returns, f.body = [], None, f.body[1:]
    for a in ast.walk(f.args):
        if isinstance(a, ast.arg): a.annotation = None
    return tree

# --- exercises

@pytest.mark.parametrize('n', numbers)
def test_a_lesson_has_enough(n):
    o = lesson(n)
    assert len(o.exercises) >= 4 and len(o.questions.questions) >= 12 and len(o.research) >= 3

@pytest.mark.parametrize('n, name', everything)
def test_an_exercise_is_complete(n, name):
    ex = exercise[n, name]
    assert ex.level in ('warm-up', 'core', 'stretch') and ex.minutes > 0 and len(ex.hints_) == 3 and len(ex.rights) >= 1 and len(ex.wrongs) >= 3
    assert ex.reference.__doc__ and ex.answer not in ex.stub

@pytest.mark.parametrize('n, name', everything)
def test_the_solution_and_every_right_variant_pass(n, name):
    ex = exercise[n, name]
    for f in ex.reference, *ex.rights.values():
        v = ex.judge(f)
        assert v.verdict == 'PASS', v

@pytest.mark.parametrize('n, name', everything)
def test_the_stub_is_not_attempted(n, name):
    ex = exercise[n, name]
    stub = re.sub(r'^@exercise.*\n', '', ex.stub, flags=re.MULTILINE)
    assert ex.judge(made(ex, 'from __future__ import annotations\n' + stub)).verdict == 'NOT ATTEMPTED'

@pytest.mark.parametrize('n, name', everything)
def test_every_misconception_fails_with_its_own_feedback(n, name):
    ex = exercise[n, name]
    for words, f in ex.wrongs.items():
        v = ex.judge(f)
        assert v.verdict in ('FAIL', 'ERROR') and v.misconception == words == v.message, v

def attempts(n):
    "The answers written to break lesson `n`: (function, whether it is right)"
    spec = spec_from_file_location(f'attempts_{n}', Path(__file__).parent/'attempts'/f'lesson_{n:02}.py')
    spec.loader.exec_module(module := module_from_spec(spec))
    return module.answers

def test_answers_written_to_break_the_checks():
    for n in numbers:
        judged = {True: 0, False: 0}
        for f, right in attempts(n):
            v = exercise[n, f.__name__].judge(f)
            assert (v.verdict == 'PASS') == right, f'line {f.__code__.co_firstlineno}: {v}'
            judged[right] += 1
        print(f'lesson {n}: {judged[True]} right answers pass, {judged[False]} wrong ones fail')
        assert min(judged.values()) >= 20

# --- mutants

class Mutate(ast.NodeTransformer):
    "Makes the change number `which` of all changes that it knows"
    def __init__(self, which): self.which, self.at = which, -1

    def change(self, old, *news):
        for new in news:
            self.at += 1
            if self.at == self.which: return ast.copy_location(new, old)
        return old

    def visit_BinOp(self, node):
        self.generic_visit(node)
        others = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.FloorDiv: ast.Div, ast.Mod: ast.Mult, ast.Pow: ast.Mult, ast.MatMult: ast.Mult}
        return self.change(node, ast.BinOp(node.left, others.get(type(node.op), ast.Add)(), node.right), node.left, node.right)

    def visit_UnaryOp(self, node):
        self.generic_visit(node)
        return self.change(node, node.operand)

    def visit_Compare(self, node):
        self.generic_visit(node)
        others = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In}
        return self.change(node, ast.Compare(node.left, [others[type(node.ops[0])](), *node.ops[1:]], node.comparators))

    def visit_Constant(self, node):
        if isinstance(node.value, bool): return self.change(node, ast.Constant(not node.value))
        if isinstance(node.value, (int, float)): return self.change(node, ast.Constant(node.value + 1), ast.Constant(node.value - 1))
        if isinstance(node.value, str): return self.change(node, ast.Constant(node.value + 'x'), ast.Constant(''))
        return node

    def visit_IfExp(self, node):
        self.generic_visit(node)
        return self.change(node, node.body, node.orelse, ast.IfExp(node.test, node.orelse, node.body))

    def visit_Call(self, node):
        self.generic_visit(node)
        news = [node.func.value] if isinstance(node.func, ast.Attribute) else [node.args[0]] if len(node.args) == 1 else []
        others = dict(max='min', min='max', round='int', isupper='islower', lower='upper', rpartition='partition', argmax='argmin', argmin='argmax', sha256='md5', hexdigest='digest', mean='sum', zeros='ones', sorted='list', zip='zip')
        name = getattr(node.func, 'attr', getattr(node.func, 'id', ''))
        if name in others:
            f = copy.deepcopy(node.func)
            setattr(f, 'attr' if isinstance(f, ast.Attribute) else 'id', others[name])
            news.append(ast.Call(f, node.args, node.keywords))
        news += [ast.Call(node.func, node.args, [o for o in node.keywords if o is not k]) for k in node.keywords]
        if len(node.args) == 2: news.append(ast.Call(node.func, node.args[::-1], node.keywords))
        return self.change(node, *news)

    def visit_Name(self, node):
        others = dict(str='repr', float='int', map='filter')
        return self.change(node, ast.Name(others[node.id], node.ctx)) if node.id in others else node

    def visit_Tuple(self, node):
        self.generic_visit(node)
        return self.change(node, ast.Tuple(node.elts[::-1], node.ctx)) if isinstance(node.ctx, ast.Load) and len(node.elts) > 1 else node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        return self.change(node, ast.Pass(), ast.AugAssign(node.target, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.value))

    def visit_Expr(self, node):
        self.generic_visit(node)
        return node if isinstance(node.value, ast.Constant) else self.change(node, ast.Pass())

def mutants(ex):
    "Programs that differ from the solution in one place of its body"
    for which in count():
        tree, m = bare(ex), Mutate(which)
        f = tree.body[0]
        f.body = [m.visit(o) for o in f.body]
        if m.at < which: return
        source = ast.unparse(ast.fix_missing_locations(tree))
        if source != ast.unparse(bare(ex)): yield source

# Mutants that no test can tell from the solution, with the reason
equivalent = {
    'fraction_wrong': {'(probs.argmax(dim=1) != targs).float().mean()': "a tensor of one number counts as the number"},
    'precision_recall': {'tuple((both / o.sum().clamp(min=1) for': "a tensor of one number counts as the number"},
    'cheapest': {'return thresholds[cost.index(': "a tensor of one number counts as the number"},
    'class_iou': {'return both / union if': "a tensor of one number counts as the number"},
    'mean_place': {'softmax(dim=-1)': "of a single axis, the last is the first"},
    'fastest_fall': {'return rates[slopes.argmin()]': "a tensor of one number counts as the number"},
    'normalize': {'(3, 2, 0)': "the same axes in another order"},
    'after': {'max(0, followers[w] - d)': "the larger of two numbers, in the other order"},
    'slanted_rate': {'t / cut if t <= cut else': "at the top, both lines give 1", 'max(0, 1 - (t - cut)': "the larger of two numbers, in the other order"},
    'look_up': {'softmax(dim=-1)': "of a single axis, the last is the first"},
    'odds': {'softmax(dim=-1)': "of a single axis, the last is the first"},
    'pair_share': {'return (a > b).float().mean() + (a == b).float().mean() / 2': "a tensor of one number counts as the number"},
    'fall': {'return accuracy(x) - accuracy(shuffled)': "a tensor of one number counts as the number"},
    'record': {'same.sum(dim=0)': "who shares a name is the same both ways"},
    'split_by_group': {'max(round(valid_pct * len(names)), 1)': "the larger of two numbers, in the other order"},
}

@pytest.fixture(scope='module')
def survivors():
    "(killed, survivors) of each exercise"
    res = {}
    for key, ex in exercise.items():
        verdicts = {source: ex.judge(made(ex, source)).verdict for source in mutants(ex)}
        res[key] = sum(v != 'PASS' for v in verdicts.values()), [s for s, v in verdicts.items() if v == 'PASS']
    return res

@pytest.mark.slow
@pytest.mark.parametrize('n, name', everything)
def test_mutants_are_killed(survivors, n, name):
    killed, alive = survivors[n, name]
    unknown = [s for s in alive if not any(part in s for part in equivalent.get(name, ()))]
    assert killed >= 5 and unknown == [], '\n\n'.join(unknown)

@pytest.mark.slow
def test_at_least_95_percent_of_all_mutants_are_killed(survivors):
    killed, alive = sum(k for k, _ in survivors.values()), sum(len(a) for _, a in survivors.values())
    print(f'{killed} of {killed + alive} mutants killed')
    assert killed >= .95*(killed + alive)

# --- questions

@pytest.mark.parametrize('n', numbers)
def test_questions_are_fair(n): assert lint(lesson(n).questions, lesson(n).sections) == []

# --- glossaries

def own_words(text): return re.findall(r'[\w$]+', text)

@pytest.mark.parametrize('o', lessons(), ids=lambda o: f'{o.number:02}')
def test_a_glossary_is_sound(o):
    "Each term is said by the cell that is to teach it, in a section that exists, and has one sentence that does not name it"
    cells = {c['id']: plain(''.join(c['source'])) for c in json.loads(o.path.read_text(encoding='utf-8'))['cells']}
    assert 12 <= len(o.terms) <= 24
    for t in o.terms:
        assert t.section in o.sections, t
        assert any(plain(f) in cells[t.cell] for f in (t.term, *t.forms)), t
        assert 8 <= len(own_words(t.text)) <= 32 and re.fullmatch(r'[A-Z`$].*\.', t.text) and not re.search(r'[.!?] [A-Z]', t.text), t
        assert not re.search(rf'\b{re.escape(plain(t.term))}\b', plain(t.text)), t

def test_a_term_belongs_to_one_lesson():
    names = Counter(plain(f) for o in lessons() for t in o.terms for f in (t.term, *t.forms))
    assert [f for f, n in names.items() if n > 1] == []

# --- the learner's copy

@pytest.fixture(scope='module')
def learners():
    "The learner's copy of each lesson"
    return {o.number: workbook.learner_copy(nbformat.read(o.path, 4), o.number) for o in lessons()}

@pytest.mark.parametrize('n', numbers)
def test_no_answer_is_in_the_learners_copy(learners, n):
    text = '\n'.join(c.source for c in learners[n].cells)
    assert 'SOLUTION' not in text and not re.search(r'^#\|', text, re.MULTILINE)
    for ex in lesson(n).exercises.values():
        assert ex.answer not in text and f'def {ex.name}(' in text
        for told in (*ex.hints_, *ex.wrongs): assert told not in text
    for q in lesson(n).questions.questions:
        for told in (q.why, *(o.feedback for o in q.options), *q.feedback.values()): assert not told or told not in text, told

@pytest.mark.slow
@pytest.mark.parametrize('n', numbers)
def test_the_learners_copy_runs_to_its_end_unanswered(learners, n, monkeypatch):
    "In the smallest sizes: what the cells compute is tested in the lesson itself"
    monkeypatch.setenv('FASTCOURSE_PROFILE', 'smoke')
    nb = copy.deepcopy(learners[n])
    workbook.execute(nb)
    verdicts = [o.data[copies.mime] for c in nb.cells for o in c.get('outputs', []) if copies.mime in o.get('data', {})]
    assert [(v['name'], v['verdict']) for v in verdicts] == [(name, 'NOT ATTEMPTED') for name in lesson(n).exercises]

def test_the_gates_notice():
    "A mistake that passes, and a mutant that lives, are seen"
    assert len([*mutants(exercise[1, 'fraction_wrong'])]) > 5
    ex = exercise[1, 'fraction_wrong']
    assert ex.judge(made(ex, 'def fraction_wrong(probs, targs): return (probs.argmax(dim=1) == targs).float().mean().item()')).verdict == 'FAIL'
