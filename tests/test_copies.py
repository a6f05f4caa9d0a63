"Learner's copies: what is left out, what an update does to a notebook that somebody has worked in, and the check from the command line"
import json, os, random, re, subprocess
from copy import deepcopy
from pathlib import Path
import nbformat, pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
import fastcourse
from fastcourse import copies, lesson, progress
from fastcourse.copies import check, merge, start, write_copies
from fastcourse.workbook import learner_copy
from fastcourse.settings import UserError

@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    "An empty current folder, and no progress"
    (tmp_path/'here').mkdir()
    monkeypatch.chdir(tmp_path/'here')
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'home'))
    return tmp_path/'here'

def cell(source, id, kind='code'): return (new_code_cell if kind == 'code' else new_markdown_cell)(source, id=id)
def page(*cells): return new_notebook(cells=list(cells), metadata=dict(fastcourse=dict(lesson=1, version='1')))
def ids(nb): return [c.id for c in nb.cells]
def sources(nb): return [c.source for c in nb.cells]

# --- from a lesson to a copy

solved = '''#| lesson
@exercise
def f(x):
    "Twice"
    if x:
        # BEGIN SOLUTION
        y = 2*x
        return y
        # END SOLUTION
    # BEGIN SOLUTION
    return 0
    # END SOLUTION
'''

def test_solutions_hidden_cells_and_directives_are_left_out():
    nb = page(cell('# Title', 'a', 'markdown'), cell('#| default_exp vision', 'b'), cell('#| hide\n#| lesson\nanswer = 42', 'c'), cell('#| lesson\n#| hide\nanswer = 42', 'd'),
              cell('#| fig-alt: "hide"\n#| hide_input\n#| export\nplot()  #| stays', 'e'), cell(solved, 'f'), cell('#| echo: false\n', 'g'))
    nb.cells[4].outputs, nb.cells[4].execution_count = [new_output('stream', text='seen')], 3
    before = deepcopy(nb)
    copy = learner_copy(nb, 7)
    assert nb == before
    assert ids(copy) == ['a', 'e', 'f']
    assert sources(copy)[1] == 'plot()  #| stays'
    assert sources(copy)[2] == '@exercise\ndef f(x):\n    "Twice"\n    if x:\n        raise NotImplementedError\n    raise NotImplementedError'
    assert all(c.outputs == [] and c.execution_count is None for c in copy.cells[1:])
    assert copy.metadata.kernelspec.name == 'python3' and copy.metadata.fastcourse == dict(lesson=7, version=fastcourse.__version__)
    nbformat.validate(copy)

@pytest.mark.parametrize('source', ['def f():\n    # BEGIN SOLUTION\n    return 1', 'def f():\n    return 1\n    # END SOLUTION',
    'def f():\n    # BEGIN SOLUTION\n    # BEGIN SOLUTION\n    return 1\n    # END SOLUTION', '# END SOLUTION\n# BEGIN SOLUTION'])
def test_a_solution_without_an_end_is_not_given_away(source):
    with pytest.raises(ValueError, match='cell odd-one'): learner_copy(page(cell(source, 'odd-one')), 1)

def test_no_lesson_gives_its_solutions_away():
    for o in lesson.lessons():
        text = '\n'.join(sources(learner_copy(nbformat.read(o.path, as_version=4), o.number)))
        assert 'BEGIN SOLUTION' not in text and not re.search(r'^#\|', text, re.MULTILINE)
        for e in o.exercises.values(): assert e.stub.strip() in text and e.answer not in text

# --- three texts for each cell

base = page(cell('a0', 'a'), cell('b0', 'b'), cell('c0', 'c'))

def test_the_side_that_changed_wins():
    mine = page(cell('a0', 'a'), cell('b mine', 'b'), cell('c0', 'c'))
    mine.cells[0].outputs = [new_output('stream', text='kept')]
    res,said = merge(base, mine, page(cell('a0', 'a'), cell('b0', 'b'), cell('c1', 'c')))
    assert sources(res) == ['a0', 'b mine', 'c1'] and said == dict(updated=1, kept=1)
    assert res.cells[0].outputs == mine.cells[0].outputs

def test_a_conflict_is_shown_once_below_the_learners_cell():
    new = page(cell('a0', 'a'), cell('b1 ```', 'b'), cell('c0', 'c'))
    res,said = merge(base, page(cell('a0', 'a'), cell('b mine', 'b'), cell('c0', 'c')), new)
    assert [s for s in sources(res) if 'course' not in s] == ['a0', 'b mine', 'c0']
    assert res.cells[2].cell_type == 'markdown' and '````python\nb1 ```\n````' in res.cells[2].source
    assert said == dict(kept=1, both=1)
    for last in base, new: assert merge(last, res, new)[0] is res  # also if the machine stopped before the base was written

def test_the_same_change_on_both_sides_is_no_conflict():
    nb = page(cell('a0', 'a'), cell('b1', 'b'), cell('c0', 'c'))
    res,said = merge(base, nb, nb)
    assert res is nb and not said

def test_new_and_removed_cells():
    mine = page(cell('a0', 'a'), cell('my own', 'x'), cell('b mine', 'b'), cell('c0', 'c'))
    res,said = merge(base, mine, page(cell('first', 'f'), cell('a0', 'a'), cell('second', 's')))
    assert sources(res) == ['first', 'a0', 'second', 'my own', 'b mine'] and said == dict(new=2, removed=1, kept=2)

def test_a_new_cell_stands_below_the_note_on_the_one_before_it():
    res,_ = merge(base, page(cell('a mine', 'a'), cell('b0', 'b'), cell('c0', 'c')), page(cell('a1', 'a'), cell('n', 'n'), cell('b0', 'b'), cell('c0', 'c')))
    assert ids(res)[::2] == ['a', 'n', 'c'] and 'a1' in res.cells[1].source

def test_a_deleted_cell_comes_back_only_if_the_course_changed_it():
    mine = page(cell('a0', 'a'), cell('c0', 'c'))
    assert merge(base, mine, base)[0] is mine
    assert sources(merge(base, mine, page(cell('a0', 'a'), cell('b1', 'b'), cell('c0', 'c')))[0]) == ['a0', 'b1', 'c0']

def test_duplicated_reordered_and_pasted_cells():
    mine = page(cell('c0', 'c'), cell('b mine', 'b'), cell('b too', 'twice'), cell('a0', 'pasted'))
    mine.cells[2].id = 'b'  # `new_notebook` would have corrected it
    res,said = merge(base, mine, page(cell('a1', 'a'), cell('b0', 'b'), cell('c0', 'c')))
    assert sources(res) == ['c0', 'b mine', 'b too', 'a1']
    assert len(set(ids(res))) == 4 and ids(res)[:2] == ['c', 'b'] and ids(res)[3] == 'a'

def test_an_untouched_copy_takes_the_order_of_the_course():
    mine = deepcopy(base)
    mine.cells[0].outputs = [new_output('stream', text='kept')]
    res,_ = merge(base, mine, page(cell('c0', 'c'), cell('n', 'n'), cell('a0', 'a'), cell('b1', 'b')))
    assert sources(res) == ['c0', 'n', 'a0', 'b1'] and res.cells[2].outputs

def test_a_cell_turned_into_text_is_the_learners():
    mine = page(cell('a0', 'a', 'markdown'), cell('b0', 'b'), cell('c0', 'c'))
    res,said = merge(base, mine, page(cell('a0', 'a'), cell('b0', 'b'), cell('c0', 'c')))
    assert res is mine and said == dict(kept=1)

def test_without_a_base_only_an_exercise_that_asks_for_something_else_is_shown():
    stub = '@exercise\ndef {}:\n    raise NotImplementedError'
    mine = page(cell('old words', 'a', 'markdown'), cell(stub.format('f(x)').replace('raise NotImplementedError', 'return x'), 'f'),
                cell(stub.format('g(x)').replace('raise NotImplementedError', 'return x'), 'g'))
    new = page(cell('new words', 'a', 'markdown'), cell('added', 'n'), cell(stub.format('f(x)'), 'f'), cell(stub.format('g(x, y)'), 'g'))
    res,said = merge(None, mine, new)
    assert said == dict(kept=3, both=1, new=1)
    assert [s for s in sources(res) if 'course' not in s] == ['old words', 'added', *sources(mine)[1:]]
    assert 'def g(x, y)' in sources(res)[-1]

class Story:
    "A course and a learner who both change what they like"
    def __init__(self, seed):
        self.rng,self.n = random.Random(seed),0
        self.course = page(*(self.fresh(self.next('k')) for _ in range(self.rng.randint(0, 8))))
    def next(self, word):
        self.n += 1
        return f'{word}{self.n}'
    def fresh(self, id, who='course'): return cell(self.next(f'{who} '), id, self.rng.choice(['code', 'markdown']))
    def change(self, cells, ops):
        for _ in range(self.rng.randint(0, 6)):
            op,i = self.rng.choice(ops),self.rng.randrange(len(cells)) if cells else None
            if op == 'insert': cells.insert(i or 0, None)
            elif i is None: continue
            elif op == 'delete': del cells[i]
            elif op == 'move': cells.insert(self.rng.randrange(len(cells)), cells.pop(i))
            else: yield op,i
            if None in cells: yield op,cells.index(None)
    def update(self):
        nb = deepcopy(self.course)
        for op,i in self.change(nb.cells, ['insert', 'delete', 'move', 'edit', 'edit']):
            nb.cells[i] = self.fresh(self.next('k')) if op == 'insert' else cell(self.next('course '), nb.cells[i].id, nb.cells[i].cell_type)
        return nb
    def learn(self, nb):
        nb = deepcopy(nb)
        for op,i in self.change(nb.cells, ['insert', 'delete', 'move', 'edit', 'edit', 'append', 'same id', 'paste', 'retype']):
            c = nb.cells[i]
            if op == 'insert': nb.cells[i] = self.fresh(self.next('x'), 'mine')
            if op == 'edit': c.source = self.next('mine ')
            if op == 'append': c.source += '\n' + self.next('mine ')
            if op == 'retype': nb.cells[i] = cell(c.source, c.id, 'markdown' if c.cell_type == 'code' else 'code')
            if op in ('same id', 'paste'): nb.cells.insert(self.rng.randint(0, len(nb.cells)), cell(c.source, c.id if op == 'same id' else self.next('x'), c.cell_type))
        if self.rng.random() < .1:
            nb.nbformat_minor = 4
            for c in nb.cells: del c['id']
        return nb

def written(nb): return {l for s in sources(nb) for l in s.splitlines() if l.startswith('mine ')}

@pytest.mark.parametrize('start', range(0, 200, 50))
def test_whatever_both_sides_do_nothing_is_lost(start):
    for seed in range(start, start + 50):
        story = Story(seed)
        known,theirs = story.course,deepcopy(story.course)
        for _ in range(3):
            mine,new = story.learn(theirs),story.update()
            last = None if story.rng.random() < .2 else known
            res,_ = merge(last, mine, new)
            assert written(mine) <= written(res), seed
            assert len(set(ids(res))) == len(res.cells), seed
            nbformat.validate(res)
            assert merge(new, res, new)[0] is res, seed
            after_a_crash,said = merge(last, res, new)
            assert written(mine) <= written(after_a_crash) and not said['both'], seed
            story.course = known = new
            theirs = res

# --- files

@pytest.fixture
def course(tmp_path, monkeypatch):
    "Writes lesson 1 of a course of its own"
    folder = tmp_path/'course'
    folder.mkdir()
    monkeypatch.setattr(lesson, 'notebooks', lambda: folder)
    def make(*cells):
        nbformat.write(page(cell('# Tea\n\n> In a test', 'title', 'markdown'), *cells), folder/'01_tea.ipynb')
        return folder/'01_tea.ipynb'
    return make

file = Path('workbook/01_tea.ipynb')
def read(path=file): return nbformat.read(path, as_version=4)
def edit(**changes):
    nb = read()
    for c in nb.cells: c.source = changes.get(c.id, c.source)
    nbformat.write(nb, file)
def update():
    said, = write_copies('workbook')
    return said.removeprefix('01_tea.ipynb: ')
def backups(): return list(Path('workbook/.fastcourse/backups').glob('*'))

def test_new_then_untouched_then_updated(course):
    course(cell('a0', 'a'))
    assert update() == 'new.'
    before = file.read_bytes(), file.stat().st_mtime_ns
    assert update() == 'as you left it.' and before == (file.read_bytes(), file.stat().st_mtime_ns)
    course(cell('a1', 'a'), cell('b', 'b'))
    assert update() == '1 cell updated, 1 cell added.'
    assert sources(read())[1:] == ['a1', 'b'] and not backups()
    course(cell('a2', 'a'), cell('b', 'b'))
    assert update() == '1 cell updated.'
    assert not [p for p in Path('workbook').rglob('*') if p.suffix == '.part']

def test_the_learners_work_is_kept_backed_up_and_said(course):
    course(cell('a0', 'a'), cell('b0', 'b'))
    update()
    edit(a='mine')
    before = file.read_bytes()
    assert update() == 'as you left it.' and file.read_bytes() == before and not backups()
    course(cell('a1', 'a'), cell('b1', 'b'))
    assert update() == '1 cell updated, 1 cell changed by both you and the course, marked below yours, your changes kept.'
    assert [p.read_bytes() for p in backups()] == [before]
    assert update() == 'as you left it.'
    assert 'mine' in sources(read())

def test_a_deleted_copy_is_written_anew_and_other_files_are_left_alone(course):
    course(cell('a', 'a'))
    Path('workbook').mkdir()
    Path('workbook/notes.txt').write_text('mine')
    update()
    file.unlink()
    assert update() == 'new.' and file.exists() and Path('workbook/notes.txt').read_text() == 'mine'

@pytest.mark.parametrize('text', ['', '{"cells": [', '[]', '{"cells": 3, "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', '\0\1', 'null',
    '{"cells": [{"cell_type": "code", "source": 3}], "nbformat": 4, "nbformat_minor": 5, "metadata": {}}', '<<<<<<< HEAD', '['*100000])
def test_a_damaged_copy_is_set_aside(course, text):
    course(cell('a', 'a'))
    update()
    for i in 1,2:
        file.write_text(text)
        assert update() == f'it could not be read as a notebook and is set aside as 01_tea.damaged-{i}.ipynb; here is a new copy.'
        assert Path(f'workbook/01_tea.damaged-{i}.ipynb').read_text() == text
    assert sources(read())[1:] == ['a']

def test_bytes_that_are_no_text_are_set_aside(course):
    course(cell('a', 'a'))
    update()
    file.write_bytes(b'\xff\xfe\x00')
    assert 'set aside' in update() and Path('workbook/01_tea.damaged-1.ipynb').read_bytes() == b'\xff\xfe\x00'

@pytest.mark.parametrize('text', [None, '{'])
def test_a_lost_base_costs_nothing(course, text):
    course(cell('a0', 'a'), cell('b0', 'b'))
    update()
    edit(a='mine')
    before = file.read_bytes()
    kept = Path('workbook/.fastcourse/01_tea.ipynb')
    kept.write_text(text) if text else kept.unlink()
    course(cell('a0', 'a'), cell('b1', 'b'), cell('c', 'c'))
    assert update() == '1 cell added, your changes kept; as it was before, it is in 01_tea.before-1.ipynb.'
    assert Path('workbook/01_tea.before-1.ipynb').read_bytes() == before
    assert sources(read())[1:] == ['mine', 'b0', 'c'] and update() == 'as you left it.'

def test_a_notebook_of_an_older_format_gets_ids_again(course):
    course(cell('a0', 'a'))
    update()
    nb = json.loads(file.read_text())
    nb['nbformat_minor'] = 4
    for c in nb['cells']: del c['id']
    file.write_text(json.dumps(nb))
    course(cell('a1', 'a'))
    assert update() == '1 cell updated.' and ids(read()) == ['title', 'a']

def test_a_crash_before_the_file_is_replaced_loses_nothing(course, monkeypatch):
    course(cell('a0', 'a'))
    update()
    edit(a='mine')
    before = file.read_bytes()
    course(cell('a1', 'a'))
    def crash(*args): raise PermissionError(13, 'Permission denied', 'workbook')
    with monkeypatch.context() as m:
        m.setattr(os, 'replace', crash)
        with pytest.raises(UserError, match='Cannot write workbook .*choose a folder'): update()
    assert file.read_bytes() == before
    assert 'changed by both' in update() and len(backups()) == 1

def test_folders_that_cannot_be_used(course, monkeypatch):
    Path('taken').write_text('mine')
    with pytest.raises(UserError, match='is a file'): write_copies('taken')
    assert Path('taken').read_text() == 'mine'
    with pytest.raises(UserError, match='Cannot write'): write_copies('taken/below')
    inside = copies.course_folder()
    with pytest.raises(UserError, match='belongs to the course'): write_copies(inside)
    with pytest.raises(UserError, match='belongs to the course'): write_copies(inside/'workbook')
    assert not (inside/'workbook').exists()

@pytest.mark.skipif(not hasattr(os, 'geteuid') or os.geteuid() == 0, reason="needs permissions that bind: not Windows, not root")
def test_a_read_only_folder(course):
    course(cell('a', 'a'))
    Path('workbook').mkdir(mode=0o500)
    with pytest.raises(UserError, match='Cannot write'): update()

def test_files_of_a_long_story(course, tmp_path):
    for seed in range(8):
        story,source,folder = Story(seed),tmp_path/'01_story.ipynb',tmp_path/f'story-{seed}'
        wrote = set()
        for _ in range(4):
            nbformat.write(story.course, source)
            write_copies(folder, [source])
            once = (folder/source.name).read_bytes()
            assert write_copies(folder, [source]) == ['01_story.ipynb: as you left it.'] and (folder/source.name).read_bytes() == once
            here = '\n'.join(p.read_text(encoding='utf-8') for p in folder.rglob('*.ipynb'))
            assert wrote <= set(re.findall(r'mine \d+', here))
            mine = story.learn(copies._load(folder/source.name))
            (folder/source.name).write_text(json.dumps(mine), encoding='utf-8')
            wrote = written(mine)
            story.course = story.update()

def test_the_page_of_progress_comes_with_the_lessons_and_keeps_what_you_write(tmp_path, monkeypatch):
    source = lesson.notebooks()/'my_progress.ipynb'
    said = write_copies('workbook', [*copies._course()][-2:])
    mine = Path('workbook/my_progress.ipynb')
    assert said[-1] == 'my_progress.ipynb: new.' and copies._course()[-1] == source
    nb = read(mine)
    assert nb.metadata.fastcourse.lesson == 0 and 'made_up' not in ''.join(sources(nb)) and any('dashboard()' in o for o in sources(nb))
    nb.cells.append(cell('my_notes = 1', 'mine'))
    nbformat.write(nb, mine)
    assert write_copies('workbook', [source]) == ['my_progress.ipynb: as you left it.'] and 'my_notes = 1' in sources(read(mine))

# --- start

def test_start_says_what_to_type(course, capsys):
    course(cell('a', 'a'))
    start('my folder', lab=False)
    assert capsys.readouterr().out.splitlines() == ['01_tea.ipynb: new.', f'To go on: jupyter lab "{Path("my folder")/"01_tea.ipynb"}"']

def test_start_opens_the_lesson_where_the_learner_stopped(course, monkeypatch, tmp_path):
    (tmp_path/'course'/'02_milk.ipynb').write_bytes(course(cell('a', 'a')).read_bytes())
    calls = []
    class Server:
        def __init__(self, args, cwd): calls.append((args[1:], Path(cwd)))
        waits = iter([KeyboardInterrupt, 0])
        def wait(self):
            if (res := next(self.waits)) is KeyboardInterrupt: raise res
            return res
    monkeypatch.setattr(subprocess, 'Popen', Server)
    progress.record('open', 2)
    start()
    assert calls == [(['-m', 'jupyter', 'lab', '--ServerApp.ip=127.0.0.1', '02_milk.ipynb'], Path('workbook'))]

@pytest.mark.parametrize('last', [None, 9, UserError('from the future')])
def test_start_begins_with_the_first_lesson(course, monkeypatch, capsys, last):
    course(cell('a', 'a'))
    def last_lesson(lessons):
        if isinstance(last, UserError): raise last
        return last
    monkeypatch.setattr(progress, 'last_lesson', last_lesson)
    start(lab=False)
    out = capsys.readouterr().out
    assert out.splitlines()[-1].endswith('01_tea.ipynb"') and ('from the future' in out) == isinstance(last, UserError)

# --- check

exercises = 'double wrong broken kills last_counts missing stub raises helped named'.split()

@pytest.fixture
def lesson_1(course, tmp_path, monkeypatch):
    "A course whose exercises all ask for twice the number; a learner's notebook reaches it through the module `tiny`"
    def exercise(name): return f'''#| lesson
@exercise
def {name}(x):
    # BEGIN SOLUTION
    return 2*x
    # END SOLUTION

@exercise['{name}'].test
def _(f, t):
    for x in 1, 3, 5: t.same(f, x)

@exercise['{name}'].wrong("That is the square.")
def _(x): return x*x'''
    course(*(cell(exercise(name), name.replace('_', '-')) for name in exercises))
    (tmp_path/'modules').mkdir()
    (tmp_path/'modules'/'tiny.py').write_text(f'import pathlib\nfrom fastcourse import lesson as catalogue\ncatalogue.notebooks = lambda: pathlib.Path({str(tmp_path/"course")!r})\nlesson = catalogue.lesson')
    monkeypatch.setenv('PYTHONPATH', str(tmp_path/'modules'))

def learner(*cells, path=file):
    path.parent.mkdir(exist_ok=True)
    nbformat.write(page(*(new_code_cell(c) for c in ('from tiny import lesson\nexercise, questions = lesson(1).exercises, lesson(1).questions', *cells))), path)

def test_check_gives_each_exercise_its_verdict(lesson_1, here, tmp_path):
    def answer(name, body): return f'@exercise\ndef {name}(x): {body}'
    learner('%matplotlib inline\n!exit 1\nraise SystemExit', 'two = 2\nopen("trained", "w")', f'def twice(x): return two*x\n{answer("helped", "return twice(x)")}',
        answer('double', 'return x+x'), answer('wrong', 'return x*x'), '\n\n@exercise\ndef broken(x):\n    return (', answer('kills', 'import os; os._exit(1)'),
        answer('last_counts', 'return 1'), answer('last_counts', 'return 2*x'), answer('stub', 'raise NotImplementedError'), 'def broken_helper(:', answer('raises', 'return x[0]'),
        '%%time\n' + answer('missing', 'return 2*x'), 'def missing(x): return 2*x', answer('named', 'return 1').replace('(x)', '(x, y=nothing)'))
    verdicts = {v['name']: v for v in check(1)}
    assert list(verdicts) == exercises
    assert {k: v['verdict'] for k,v in verdicts.items()} == dict(double='PASS', wrong='FAIL', broken='ERROR', kills='ERROR', last_counts='PASS',
        missing='NOT ATTEMPTED', stub='NOT ATTEMPTED', raises='ERROR', helped='PASS', named='ERROR')
    assert verdicts['wrong']['misconception'] == 'That is the square.' and verdicts['wrong']['seed'] is not None
    assert re.fullmatch(r"The cell does not run: SyntaxError: .*, line 5\.", verdicts['broken']['message'])
    assert verdicts['kills']['message'] == 'Python itself stopped while this cell ran.'
    assert verdicts['missing']['message'] == 'There is no cell that defines it.'
    assert verdicts['named']['message'] == "NameError: name 'nothing' is not defined"
    assert all(v.keys() == {'lesson', 'name', 'verdict', 'message', 'misconception', 'seed'} for v in verdicts.values())
    assert [(e.name, e.data) for e in progress.events('verdict', 1)] == [(k, dict(verdict=v['verdict'], misconception=v['misconception'])) for k,v in verdicts.items()]

def test_check_brings_the_lesson_if_its_cell_is_gone(lesson_1, monkeypatch):
    learner()
    nbformat.write(page(new_code_cell('train()\nmodel = train()\n@exercise\ndef double(x): return 2*x\ntrain()')), file)
    run = []
    monkeypatch.setattr(copies, 'execute', lambda nb, before: run.extend(sources(nb)))
    check(1)
    assert run == ['from fastcourse.lesson import lesson\nexercise = lesson(1).exercises', '@exercise\ndef double(x): return 2*x\n']

def test_check_finds_the_notebook(lesson_1, here):
    with pytest.raises(UserError, match='There is no notebook .*01_tea.ipynb or 01_tea.ipynb; `fastcourse start` makes one'): check(1)
    with pytest.raises(UserError, match='There is no notebook elsewhere.ipynb'): check(1, 'elsewhere.ipynb')
    learner(path=here/'01_tea.ipynb')
    assert copies._find(1, None).cells
    Path('bad.ipynb').write_text('{')
    with pytest.raises(UserError, match='cannot be read as a notebook'): check(1, 'bad.ipynb')
    with pytest.raises(UserError, match='There is no lesson 9'): check(9)

def test_show(capsys):
    verdict = dict(lesson=1, name='double', verdict='PASS', message='', misconception=None, seed=None)
    assert copies.show([verdict])
    assert not copies.show([verdict, {**verdict, 'name': 'wrong', 'verdict': 'FAIL', 'message': 'It is [not] right.'}])
    assert re.search(r'FAIL +wrong +It is \[not\] right\.', capsys.readouterr().out)
