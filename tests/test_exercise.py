"Whatever a learner's cell does, the verdict is about the function and stays right"
import linecache, random, signal, subprocess, sys, textwrap, threading, time
from itertools import count
import pytest
from fastcourse import progress
from fastcourse.exercise import Exercises, difference
from fastcourse.settings import UserError

serial = count()

def define(source, **names):
    "What a cell defines, with its source where Python looks for it"
    file = f'cell {next(serial)}'
    source = textwrap.dedent(source)
    linecache.cache[file] = len(source), None, source.splitlines(keepends=True), file
    exec(compile(source, file, 'exec'), names)
    return names

@pytest.fixture
def exercise():
    "A lesson of one exercise: the sum of a list of numbers"
    exercise = Exercises(7)
    define('''
        @exercise(level='warm-up', minutes=1, seconds=.5)
        def total(xs):
            "Sum of a list"
            # BEGIN SOLUTION
            return sum(xs)
            # END SOLUTION''', exercise=exercise)
    ex = exercise['total']
    ex.hints("Add.", "Add up.", "sum(xs)")
    @ex.test
    def _(f, t):
        for n in 0, 1, 3: t.same(f, [t.rng.randint(1, 9) for _ in range(n)])
    return exercise

def judge(exercise, source): return exercise['total'].judge(define(source)['total'])

hostile = {
    'prints': ('def total(xs):\n print("x"*10**6)\n return sum(xs)', 'PASS', ''),
    'warns': ('def total(xs):\n import warnings\n warnings.warn("careful")\n return sum(xs)', 'PASS', ''),
    'writes to standard error': ('def total(xs):\n import sys\n sys.stderr.write("oh")\n return sum(xs)', 'PASS', ''),
    'loops': ('def total(xs):\n while True: pass', 'TIMEOUT', 'still running'),
    'loops and swallows': ('def total(xs):\n while True:\n  try:\n   while True: pass\n  except: pass', 'TIMEOUT', 'still running'),
    'loops and swallows in a helper': ('def helper():\n while True: pass\ndef total(xs):\n while True:\n  try: helper()\n  except BaseException: pass', 'TIMEOUT', 'still running'),
    'sleeps': ('def total(xs):\n import time\n time.sleep(600)', 'TIMEOUT', 'still running'),
    'exits': ('def total(xs):\n import sys\n sys.exit()', 'ERROR', 'ends the program'),
    'quits': ('def total(xs): raise SystemExit(3)', 'ERROR', 'ends the program'),
    'raises': ('def total(xs): return xs[5]', 'ERROR', 'IndexError'),
    'raises what is no Exception': ('class Odd(BaseException): pass\ndef total(xs): raise Odd("so")', 'ERROR', 'Odd: so'),
    'raises what has no text': ('class Odd(Exception):\n def __str__(self): raise ValueError\ndef total(xs): raise Odd', 'ERROR', 'Odd'),
    'recurses for ever': ('def total(xs): return total(xs)', 'ERROR', 'RecursionError'),
    'returns nothing': ('def total(xs): sum(xs)', 'FAIL', 'It returns None where a whole number is expected.'),
    'returns text': ('def total(xs): return str(sum(xs))', 'FAIL', 'It returns text'),
    'returns a function': ('def total(xs): return lambda: sum(xs)', 'FAIL', 'It returns a function'),
    'yields': ('def total(xs): yield sum(xs)', 'FAIL', 'It returns a generator'),
    'is asynchronous': ('async def total(xs): return sum(xs)', 'FAIL', 'It returns a coroutine'),
    'returns what equals everything': ('class Yes(int):\n def __eq__(self, o): return True\n def __ne__(self, o): return False\ndef total(xs): return Yes(-1)', 'FAIL', 'not right'),
    'returns what cannot be shown': ('class Odd:\n def __repr__(self): raise ValueError\ndef total(xs): return Odd()', 'FAIL', 'It returns an Odd'),
    'changes its input': ('def total(xs):\n res = sum(xs)\n xs.append(0)\n return res', 'FAIL', 'changes its input'),
    'eats its input': ('def total(xs):\n res = 0\n while xs: res += xs.pop()\n return res', 'FAIL', 'changes its input'),
    'remembers': ('seen = []\ndef total(xs):\n seen.extend(xs)\n return sum(seen)', 'FAIL', 'not right'),
    'wants other arguments': ('def total(): return 0', 'FAIL', 'must take the arguments (xs)'),
    'takes any arguments': ('def total(*args): return sum(args[0])', 'PASS', ''),
    'has one more default': ('def total(xs, start=0): return sum(xs, start)', 'PASS', ''),
    'seeds': ('import random\ndef total(xs):\n random.seed(1)\n return sum(xs)', 'PASS', ''),
    'redefines sum': ('def sum(xs): return 0\ndef total(xs): return sum(xs)', 'FAIL', 'not right'),
    'leaves a blank': ('def total(xs): return ____(xs)', 'NOT ATTEMPTED', 'Write the body'),
    'has a docstring only': ('def total(xs):\n "Sum"', 'NOT ATTEMPTED', 'Write the body'),
    'has dots only': ('def total(xs): ...', 'NOT ATTEMPTED', 'Write the body'),
}

@pytest.mark.parametrize('source, verdict, said', hostile.values(), ids=hostile)
def test_a_hostile_cell(exercise, source, verdict, said, capsys):
    random.seed(3)
    before, handler = random.getstate(), signal.getsignal(signal.SIGINT)
    v = judge(exercise, source)
    assert (v.verdict, said in v.message) == (verdict, True), v.message
    repr(v), v._repr_html_(), v.to_dict()
    assert random.getstate() == before and signal.getsignal(signal.SIGINT) is handler and sys.gettrace() is None
    assert capsys.readouterr() == ('', '')
    assert judge(exercise, 'def total(xs): return sum(xs)').verdict == 'PASS'  # the next one is judged as if nothing had been

def test_a_module_that_is_gone(exercise, monkeypatch):
    for name in 'fastcourse.exercise', 'fastcourse', 'random': monkeypatch.delitem(sys.modules, name)
    assert judge(exercise, 'def total(xs): return sum(xs)').verdict == 'PASS'
    assert judge(exercise, 'def total(xs): return 1').verdict == 'FAIL'

def test_a_cell_in_a_thread_has_no_time_limit_but_a_verdict(exercise):
    verdicts = []
    thread = threading.Thread(target=lambda: verdicts.append(judge(exercise, 'def total(xs): return sum(xs)').verdict))
    thread.start()
    thread.join(60)
    assert verdicts == ['PASS']

def test_the_smallest_example_is_shown(exercise):
    v = judge(exercise, 'def total(xs): return sum(xs) + (len(xs) > 1)')
    assert len(v.failure.args[0]) == 3 and v.failure.got == v.failure.expected + 1 and v.seed == v.failure.seed
    assert 'expected' in repr(v) and 'expected' in v._repr_html_() and 'seed' in repr(v)

def test_markup_in_an_attempt_is_text(exercise):
    html = judge(exercise, 'def total(xs):\n print("<script>alert(1)</script>")\n raise ValueError("<b>")')._repr_html_()
    assert '<script' not in html and '<b>"' not in html and '&lt;b&gt;' in html

def test_the_solution_stands_in_until_the_attempt_passes(exercise, capsys):
    total = define('@exercise\ndef total(xs): return 0', exercise=exercise)['total']
    assert total([2, 3]) == 5 and 'Not yet.' in capsys.readouterr().out
    total = define('@exercise\ndef total(xs): return max(xs) if len(xs) == 1 else sum(xs)', exercise=exercise)['total']
    assert total.__code__.co_filename.startswith('cell') and 'Passed.' in capsys.readouterr().out

def test_hints_come_one_at_a_time_and_the_solution_after_an_attempt(exercise, capsys):
    ex = exercise['total']
    assert ex.solution().startswith('Try it first')
    define('@exercise\ndef total(xs): raise NotImplementedError', exercise=exercise)
    assert ex.solution().startswith('Try it first')
    assert [ex.hint() for _ in range(4)] == ['Hint 1 of 3: Add.', 'Hint 2 of 3: Add up.', 'Hint 3 of 3: sum(xs)', 'Hint 3 of 3: sum(xs)']
    define('@exercise\ndef total(xs): return 0', exercise=exercise)
    assert ex.solution() == 'return sum(xs)'

def test_what_happened_is_recorded(exercise, monkeypatch, tmp_path, capsys):
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path))
    monkeypatch.setenv('FASTCOURSE_STATIC', '0')
    define('@exercise\ndef total(xs): return 0', exercise=exercise)
    exercise['total'].hint(), exercise['total'].solution()
    assert [(e.kind, e.lesson, e.name, e.data) for e in progress.events()] == [
        ('verdict', 7, 'total', dict(verdict='FAIL', misconception=None)), ('hint', 7, 'total', dict(level=1)), ('solution', 7, 'total', {})]

@pytest.mark.parametrize('source', ['@exercise\ndef totl(xs): return 0', '@exercise\nclass total: pass', 'exercise(lambda xs: 0)', 'exercise(sum)'], ids=['misspelled', 'class', 'lambda', 'builtin'])
def test_what_is_no_attempt(exercise, source):
    with pytest.raises(UserError) as e: define(source, exercise=exercise)
    assert len(str(e.value)) < 150

def test_reading_exercises_needs_no_torch():
    code = "import sys; from fastcourse.lesson import lesson; o = lesson(1); [ex.stub for ex in o.exercises.values()], o.questions.to_dict(), o.research, o.claims; print('torch' in sys.modules)"
    assert subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True).stdout.strip() == 'False'

# --- two results

def tensors():
    torch = pytest.importorskip('torch')
    return torch.tensor

@pytest.mark.parametrize('expected, got', [(1, 1), (1., 1), (.1 + .2, .3), ([1, 2], (1, 2)), ({'a': [1.]}, {'a': (1,)}), (float('nan'), float('nan')), ('a', 'a'), (None, None), ({1, 2}, {2, 1})])
def test_the_same(expected, got): assert difference(expected, got) is None

@pytest.mark.parametrize('expected, got', [(1, 1.), (1, True), (True, 1), (1, '1'), (1., None), (1., 1.01), ([1], [1, 1]), ([1], {1}), ({'a': 1}, {'b': 1}), (float('nan'), 0.), (float('inf'), 1e308), ('a', 'A'), (None, 0), ([], None)])
def test_not_the_same(expected, got): assert difference(expected, got)

def test_tensors_are_compared_in_full():
    t = tensors()
    assert difference(t([1., 2.]), t([1., 2.])) is None and difference(t(2.), 2.) is None and difference(2., t(2.)) is None
    for got in (t([[1.], [2.]]), t([1, 2]), t([1., 2.1]), t([1.]), [1., 2.], t([1., 2.]).numpy(), None): assert difference(t([1., 2.]), got)
