"Stored studies: none is stale, and none is lost or half written"
import json, os, sys
from dataclasses import asdict, replace
from pathlib import Path
import pytest
from click.testing import CliRunner
import fastcourse
from fastcourse import lesson, settings
from fastcourse.claim import claim, claims
from fastcourse.cli import main
from fastcourse.settings import UserError
from fastcourse.study import Study, changed, fingerprint, run_studies, stored, studies

repo = Path(__file__).parents[1]
files = sorted((repo/'nbs'/'studies').glob('*'))
notebooks = sorted(repo.glob('nbs/[0-9][0-9]_*.ipynb'))

def read(path): return Study(**json.loads(path.read_text(encoding='utf-8')))

# --- the studies that are stored here

@pytest.mark.parametrize('path', files, ids=lambda p: p.name)
def test_a_stored_study_is_of_the_code_of_today(path):
    s = read(path)
    lessons = [p for p in notebooks if path.name == f'{p.name[:2]}_{s.name}.json']
    assert lessons, 'belongs to a lesson, which its name begins with'
    plan, = [f.study for f in studies(lessons[0]) if f.__name__ == s.name]
    assert not changed(s), f'run `fastcourse study {int(path.name[:2])}` again'
    assert s.profile in ('small', 'full') and {len(v) for v in s.figures.values()} == {plan.seeds}

def test_no_two_lessons_have_a_study_of_the_same_name():
    names = [p.name[3:] for p in files]
    assert len(names) == len({*names})

@pytest.mark.parametrize('path', notebooks, ids=lambda p: p.name)
def test_a_card_shows_the_study_that_is_stored(path):
    cells = json.loads(path.read_text(encoding='utf-8'))['cells']
    for cell in cells:
        cards = claims({'cells': [cell]})
        if 'study=' in ''.join(cell['source']) and 'claim(' in ''.join(cell['source']): assert cards and all(c.study for c in cards), 'store the study, then execute the notebook'
        for s in (c.study for c in cards if c.study):
            now = stored(s.name)
            assert s == replace(now, figures={name: now.figures[name] for name in s.figures})

# --- a toy lesson

code = '''
from random import Random
from fastcourse.study import study

def throw(rng): return rng.random() < .5
def unused(): return 1

@study('digits', seeds=3)
def coin(path, seed):
    "How often does a coin show heads?"
    assert (path/'optdigits.tes').exists()
    rng = Random(seed)
    return dict(share_of_heads=sum(throw(rng) for _ in range(50))/50)
'''

@pytest.fixture
def toy(tmp_path, monkeypatch):
    "The notebook of a lesson 15 whose module is `fastcourse.toy`, in a folder of its own"
    monkeypatch.setenv('FASTCOURSE_PROFILE', 'small')
    monkeypatch.setattr(fastcourse, '__path__', [*fastcourse.__path__, str(tmp_path)])
    (tmp_path/'toy.py').write_text(code, encoding='utf-8')
    path = tmp_path/'15_toy.ipynb'
    path.write_text(json.dumps(dict(cells=[dict(cell_type='markdown', source=['# Toy\n', '\n', '> A coin']), dict(cell_type='code', source=['#| default_exp toy'])])), encoding='utf-8')
    for module in settings, lesson: monkeypatch.setattr(module, 'notebooks', lambda: tmp_path)
    yield path
    sys.modules.pop('fastcourse.toy', None)
    vars(fastcourse).pop('toy', None)

def call(*args): return CliRunner().invoke(main, ['study', *args])

def test_a_study_says_what_it_measured_and_how(toy, capsys):
    s, = run_studies(toy)
    assert read(toy.parent/'studies'/'15_coin.json') == s == stored('coin')
    assert (s.name, s.module, s.source, s.profile) == ('coin', 'fastcourse.toy', 'digits (scikit-learn)', 'small')
    assert len(s.figures['share_of_heads']) == 3 and len({*s.figures['share_of_heads']}) > 1
    assert {'python', 'fastcourse', 'torch', 'fastai', 'twins'} == s.versions.keys()
    out = capsys.readouterr().out
    assert 'How often does a coin show heads?' in out and str(s) in out and '15_coin.json' in out and '3 seeds' in out

def test_a_study_is_repeatable_and_says_what_it_replaces(toy, capsys):
    first, = run_studies(toy)
    assert 'replaces' not in capsys.readouterr().out
    assert run_studies(toy) == [first]
    assert f'replaces  {first}' in capsys.readouterr().out

changes = {'the function': ('range(50)', 'range(51)'), 'a helper': ('< .5', '< .6'), 'an import': ('from random', 'from numpy.random'), 'the seeds': ('seeds=3', 'seeds=4')}

@pytest.mark.parametrize('what', changes)
def test_changed_code_is_found(toy, what):
    s, = run_studies(toy)
    assert not changed(s)
    (toy.parent/'toy.py').write_text(code.replace(*changes[what]), encoding='utf-8')
    assert changed(s)

def test_what_the_study_does_not_use_may_change(toy):
    s, = run_studies(toy)
    (toy.parent/'toy.py').write_text('"A docstring"\r\n' + code.replace('return 1', 'return 2').replace('\n', '\r\n'), encoding='utf-8', newline='')
    assert not changed(s)

def test_a_study_without_its_function_is_stale(toy):
    s, = run_studies(toy)
    assert changed(replace(s, name='gone')) and changed(replace(s, module='fastcourse.gone'))

def test_a_new_twin_makes_a_study_stale(toy):
    s, = run_studies(toy)
    twin = replace(s, source='pets (synthetic twin)')
    assert not changed(twin)
    twin.versions = {**s.versions, 'twins': '0'}
    assert changed(twin)

@pytest.mark.parametrize('source', ['table = {}\ntable["a"] = 1\ndef f(): return table', 'class A:\n    b = 1\ndef f(): return A().b', 'def g(): return h()\ndef h(): return 1\ndef f(): return g()',
                                    'if True:\n    c = 1\ndef f(): return c', '@patch\ndef more(self:A): return 1\ndef f(x): return x.more()', 'def deco(g): return 1\n@deco\ndef f(): pass'])
def test_the_fingerprint_follows_names(source): assert fingerprint(source, 'f') != fingerprint(source.replace('1', '2'), 'f')

# --- nothing half written

def test_an_interrupted_study_leaves_the_old_one(toy, monkeypatch):
    s, = run_studies(toy)
    def cut(*args): raise KeyboardInterrupt
    with monkeypatch.context() as m:
        m.setattr(os, 'replace', cut)
        with pytest.raises(KeyboardInterrupt): run_studies(toy)
    assert stored('coin') == s and [p.name for p in (toy.parent/'studies').iterdir()] == ['15_coin.json']

def test_a_full_disk_is_said(toy, monkeypatch, capsys):
    def full(*args): raise OSError(28, 'No space left on device')
    monkeypatch.setattr(os, 'replace', full)
    with pytest.raises(UserError, match='No space left'): run_studies(toy)
    assert 'measured  share of heads' in capsys.readouterr().out and not [*(toy.parent/'studies').iterdir()]

@pytest.mark.parametrize('returned, message', [("dict(a=float('inf'))", 'the figure a of coin is inf'), ("{'a' if seed else 'b': 1.}", "with seed 1")])
def test_a_bad_figure_stops_a_study(toy, returned, message):
    (toy.parent/'toy.py').write_text(code[:code.index('return dict(share')] + f'return {returned}\n', encoding='utf-8')
    with pytest.raises(ValueError, match=message): run_studies(toy)
    assert not [*(toy.parent/'studies').iterdir()]

# --- claims

def heads(share_of_heads): return max(abs(h - .5) for h in share_of_heads) < .2

def test_a_card_shows_both(toy):
    s, = run_studies(toy)
    c = claim('A coin is fair', holds=heads, share_of_heads=.9, study='coin')
    assert (c.holds, c.study_holds, c.study) == (False, True, s)
    text = c._repr_mimebundle_()['text/html']
    assert 'Did not hold here.' in text and 'Held in the stored study.' in text and s.date in text and s.device in text and '3 seeds' in text
    assert claim('A coin is bent', holds=lambda share_of_heads: not heads(share_of_heads), share_of_heads=.9, study='coin').study_holds is False

@pytest.mark.parametrize('contents', [None, '', '[]', '{"name": "coin"}'])
def test_a_lesson_goes_on_without_its_study(toy, contents):
    (toy.parent/'studies').mkdir()
    if contents is not None: (toy.parent/'studies'/'15_coin.json').write_text(contents)
    c = claim('A coin is fair', holds=heads, share_of_heads=.5, study='coin')
    assert (c.holds, c.study) == (True, None)

def test_a_study_of_other_figures_is_not_shown(toy):
    run_studies(toy)
    assert claim('A die is fair', holds=lambda sixes: True, sixes=.1, study='coin').study is None

# --- command line

def test_the_command(toy):
    res = call('15', '--profile', 'small', '--budget', '0')
    assert res.exit_code == 0 and 'stored' in res.output and stored('coin')

@pytest.mark.parametrize('args, named', [(['99'], '99'), ([], 'N'), (['15', '--profile', 'huge'], 'huge'), (['15', '--profile', 'smoke'], 'smoke'), (['15', '--budget', '-1'], '-1')])
def test_a_mistake_gets_one_sentence(toy, args, named):
    res = call(*args)
    assert res.exit_code == 2 and res.stdout == '' and len(res.stderr.splitlines()) == 1 and named in res.stderr

def test_a_lesson_without_studies(toy):
    (toy.parent/'toy.py').write_text('import fastcourse\nfrom fastcourse.study import study\n', encoding='utf-8')
    res = call('15')
    assert res.exit_code == 2 and res.stderr.startswith('Lesson 15 has no studies')

def test_a_lesson_without_a_module(toy):
    toy.write_text(json.dumps(dict(cells=[])), encoding='utf-8')
    assert call('15').stderr.startswith('Lesson 15 has no studies')

def test_the_smoke_profile_proves_nothing(toy, monkeypatch):
    monkeypatch.setenv('FASTCOURSE_PROFILE', 'smoke')
    res = call('15')
    assert res.exit_code == 2 and 'FASTCOURSE_PROFILE' in res.stderr and not (toy.parent/'studies').exists()

def test_an_installation_that_cannot_be_written_to(toy):
    (toy.parent/'studies').write_text('a file')
    res = call('15')
    assert res.exit_code == 2 and res.stdout == '' and 'virtual environment' in res.stderr
