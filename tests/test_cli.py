"The command line as a user meets it: exit codes, one sentence for a mistake, never a traceback"
import os, re, subprocess, sys
from pathlib import Path
import pytest
from click.testing import CliRunner
import fastcourse
from fastcourse import doctor, lesson, study, workbook
from fastcourse.cli import main
from fastcourse.data import sets

@pytest.fixture(autouse=True)
def user(tmp_path, monkeypatch):
    "A fresh home and an empty current folder; settings made by a command end with the test"
    for name, value in dict(FASTCOURSE_HOME=str(tmp_path/'home'), FASTCOURSE_PROFILE='smoke', FASTCOURSE_BUDGET_MB='0').items(): monkeypatch.setenv(name, value)
    (tmp_path/'here').mkdir()
    monkeypatch.chdir(tmp_path/'here')

def call(*args, **kwargs): return CliRunner().invoke(main, args, **kwargs)

def shell(*args, **env):
    "The command in a process of its own, with its output as bytes"
    code = 'import sys; from fastcourse.cli import main; main(prog_name="fastcourse")'
    return subprocess.run([sys.executable, '-c', code, *args], env={**os.environ, **env}, stdin=subprocess.DEVNULL, capture_output=True)

# --- what works

def test_version(): assert call('--version').output == f'fastcourse {fastcourse.__version__}\n'

@pytest.mark.parametrize('args', [[], ['-h'], ['--help'], ['data'], ['data', '--help'], ['run', '--help'], ['study', '--help'], ['start', '--help'], ['progress', '--help'], ['progress', 'checklist', '--help'], ['project'], ['project', 'new', '--help']])
def test_help(args):
    res = call(*args)
    assert res.exit_code == 0 and res.output.startswith('Usage: fastcourse')

def test_list_shows_every_lesson():
    res = call('list')
    assert res.exit_code == 0
    for o in lesson.lessons(): assert o.title in res.output and o.summary in res.output

def test_data_in_turn():
    assert 'nothing to download' in call('data', 'list').output
    got = call('data', 'get', 'digits')
    assert got.exit_code == 0
    folder = call('data', 'where', 'digits').output.strip()
    assert Path(folder).is_dir() and got.output.splitlines()[-1] == folder
    assert 'here:' in call('data', 'list').output
    assert call('data', 'clear', 'digits', input='n\n').exit_code == 130 and Path(folder).is_dir()
    assert call('data', 'clear', 'digits', input='y\n').exit_code == 0 and not Path(folder).exists()

def test_clear_without_an_answer_removes_nothing():
    call('data', 'get', 'digits')
    assert call('data', 'clear').exit_code == 130
    assert call('data', 'where', 'digits').exit_code == 0
    assert call('data', 'clear', '--yes').exit_code == 0
    assert call('data', 'where', 'digits').exit_code == 2

def test_quiz_in_a_terminal():
    code = 'from fastcourse.cli import main; main(prog_name="fastcourse")'
    res = subprocess.run([sys.executable, '-c', code, 'quiz', '1'], input='a\nnonsense\nq\n', env={**os.environ, 'FASTCOURSE_STATIC': '0', 'PYTHONIOENCODING': 'utf-8'}, capture_output=True, encoding='utf-8', timeout=120)
    assert res.returncode == 0 and 'Not yet.' in res.stdout and '0 of' in res.stdout and res.stderr == ''
    assert '1 event' in call('progress', 'export', 'mine.json').output and '0 of 1 question right' in call('progress').output

@pytest.mark.slow
def test_start_check_and_start_again():
    assert 'new' in call('start', '--no-lab').output
    res = call('check', '1')
    assert res.exit_code == 1 and res.output.count('NOT ATTEMPTED') == len(lesson.lesson(1).exercises)
    assert 'as you left it' in call('start', '--no-lab').output

def test_run_passes_its_options_on(monkeypatch):
    seen = []
    monkeypatch.setattr(workbook, 'run', lambda n, html: seen.append((n, html, os.environ['FASTCOURSE_BUDGET_MB'], os.environ['FASTCOURSE_PROFILE'])))
    assert call('run', '1', '--budget', '7.5', '--profile', 'full', '--html', 'a.html').exit_code == 0
    assert call('run', '1').exit_code == 0
    assert seen[0] == ('1', 'a.html', '7.5', 'full')

def test_run_keeps_the_settings_of_the_environment(monkeypatch):
    seen = []
    monkeypatch.setattr(workbook, 'run', lambda n, html: seen.append((html, os.environ['FASTCOURSE_BUDGET_MB'], os.environ['FASTCOURSE_PROFILE'])))
    assert call('run', '1').exit_code == 0
    assert seen == [(None, '0', 'smoke')]

# --- what a user gets wrong

mistakes = {
    'no such command': (['walk'], 'walk'), 'no such option': (['--fast'], '--fast'),
    'lesson 99': (['run', '99'], '99'), 'lesson 0': (['run', '0'], '0'), 'lesson abc': (['run', 'abc'], 'abc'), 'lesson empty': (['run', ''], 'lesson'),
    'lesson -1': (['run', '-1'], '-1'), 'lesson missing': (['run'], 'for example `fastcourse run 1`'), 'study of no lesson': (['study'], 'for example `fastcourse study 1`'), 'two lessons': (['run', '1', '2'], '2'),
    'profile': (['run', '1', '--profile', 'huge'], 'huge'), 'profile empty': (['run', '1', '--profile', ''], 'profile'),
    'budget x': (['run', '1', '--budget', 'x'], "not 'x'; for example --budget 25"), 'budget -1': (['run', '1', '--budget', '-1'], '-1'),
    'budget nan': (['run', '1', '--budget', 'nan'], 'nan'), 'budget empty': (['run', '1', '--budget', ''], '--budget'),
    'budget of a study': (['study', '1', '--budget', 'x'], '--budget 25'),
    'html in no folder': (['run', '1', '--html', 'no/where.html'], 'no'), 'html a folder': (['run', '1', '--html', '.'], '--html'),
    'data set unknown': (['data', 'get', 'dogs'], 'dogs'), 'data set missing': (['data', 'get'], 'NAME'), 'data where unknown': (['data', 'where', 'dogs'], 'dogs'),
    'data where not here': (['data', 'where', 'digits'], 'data get digits'), 'data clear unknown': (['data', 'clear', 'dogs', '--yes'], 'dogs'),
    'data no such command': (['data', 'walk'], 'walk'),
    'project without a name': (['project', 'new'], 'NAME'), 'project without a kind': (['project', 'new', 'mine', '--data', 'a.csv'], '--kind'),
    'project of no kind': (['project', 'new', 'mine', '--kind', 'film', '--data', 'a.csv'], 'film'), 'project without data': (['project', 'new', 'mine', '--kind', 'text'], '--data'),
    'project of no data': (['project', 'new', 'mine', '--kind', 'text', '--data', 'no.csv'], 'no.csv'), 'project in no folder': (['project', 'new', 'no/mine', '--kind', 'text', '--data', 'no.csv'], 'no'),
    'project with a bad name': (['project', 'new', 'nul', '--kind', 'text', '--data', 'no.csv'], "'nul' is no name")}

@pytest.mark.parametrize('name', mistakes)
def test_a_mistake_gets_one_sentence(name):
    args, named = mistakes[name]
    res = call(*args)
    assert res.exit_code == 2
    assert res.stdout == '' and len(res.stderr.splitlines()) == 1 and named in res.stderr, res.output
    assert res.exception is None or isinstance(res.exception, SystemExit)

@pytest.mark.parametrize('env', [dict(FASTCOURSE_HOME=os.path.join(__file__, 'below')), dict(FASTCOURSE_MIRROR='no/such/folder')], ids=lambda e: [*e][0])
def test_a_bad_setting_gets_one_sentence(env):
    res = shell('run', '1', **env)
    err = res.stderr.decode()
    assert res.returncode == 2 and len(err.splitlines()) == 1 and [*env][0] in err

@pytest.mark.parametrize('command', ['run', 'study'])
@pytest.mark.parametrize('name, value', dict(FASTCOURSE_PROFILE='huge', FASTCOURSE_BUDGET_MB='x', FASTCOURSE_MIRROR='no/such/folder').items())
def test_a_setting_is_checked_before_the_lesson_starts(command, name, value, monkeypatch):
    def start(*args): pytest.fail('the lesson started')
    monkeypatch.setattr(workbook, 'run', start)
    monkeypatch.setattr(study, 'run_studies', start)
    monkeypatch.setenv(name, value)
    res = call(command, '1')
    assert (res.exit_code, res.stdout) == (2, '') and len(res.stderr.splitlines()) == 1 and name in res.stderr

def test_an_option_goes_before_a_wrong_setting(monkeypatch):
    monkeypatch.setattr(workbook, 'run', lambda n, html: None)
    monkeypatch.setenv('FASTCOURSE_PROFILE', 'huge')
    assert call('run', '1', '--profile', 'small').exit_code == 0

def test_a_mistake_in_a_process():
    res = shell('run', '99')
    assert res.returncode == 2 and res.stdout == b'' and b'99' in res.stderr and b'Traceback' not in res.stderr

def test_a_lesson_that_fails_leaves_with_1(monkeypatch):
    def run(n, html): raise workbook.LessonError('Lesson 1 stopped.')
    monkeypatch.setattr(workbook, 'run', run)
    res = call('run', '1')
    assert (res.exit_code, res.stderr) == (1, 'Lesson 1 stopped.\n')

def test_ctrl_c_leaves_with_130(monkeypatch):
    def run(n, html): raise KeyboardInterrupt
    monkeypatch.setattr(workbook, 'run', run)
    res = call('run', '1')
    assert res.exit_code == 130 and 'Traceback' not in res.output

def test_a_bug_is_not_hidden(monkeypatch):
    def run(n, html): raise ZeroDivisionError
    monkeypatch.setattr(workbook, 'run', run)
    assert isinstance(call('run', '1').exception, ZeroDivisionError)

# --- consoles

@pytest.mark.parametrize('args', [['list'], ['data', 'list'], ['--help'], ['run', 'é→9']])
def test_a_console_without_unicode(args):
    res = shell(*args, PYTHONIOENCODING='ascii', PYTHONUTF8='0')
    assert b'Traceback' not in res.stderr and res.returncode == (2 if 'run' in args else 0)

def test_nobody_reads_the_output():
    "`fastcourse list | head -0` is no crash"
    code = 'from fastcourse.cli import main; main(["list"])'
    p = subprocess.Popen([sys.executable, '-c', code], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    p.stdout.close()
    assert b'Traceback' not in p.stderr.read()
    p.wait(timeout=120)

# --- quick to start

@pytest.mark.parametrize('profile', ['small', ''])
@pytest.mark.parametrize('args', [['--help'], ['run', '--help'], ['list'], ['run', '99'], ['study', '99'], ['data', 'list'], ['data', 'where', 'pets']], ids=' '.join)
def test_answers_without_heavy_imports(args, profile):
    heavy = 'torch', 'fastai', 'numpy', 'pandas', 'PIL', 'matplotlib', 'requests', 'IPython', 'nbclient', 'nbconvert'
    code = f'''
import sys
from fastcourse.cli import main
try: main({args!r})
except SystemExit: pass
print([m for m in {heavy!r} if m in sys.modules], file=sys.stderr)'''
    env = {**os.environ, 'FASTCOURSE_PROFILE': profile, 'FASTCOURSE_BUDGET_MB': ''}
    res = subprocess.run([sys.executable, '-c', code], env=env, capture_output=True, text=True)
    assert res.stderr.splitlines()[-1] == '[]'

# --- doctor

def test_doctor_finds_nothing_broken_here():
    res = shell('doctor')
    out = res.stdout.decode()
    assert res.returncode == 0 and '\x1b' not in out and 'Traceback' not in res.stderr.decode()
    for name in 'Python', 'Settings', 'PyTorch', 'Device', 'Disk', 'Jupyter', 'Package index', 'Pretrained': assert re.search(rf'^{name} +ok', out, re.MULTILINE), out

@pytest.mark.slow
def test_doctor_names_what_is_broken(tmp_path):
    (tmp_path/'torchvision.py').write_text("raise RuntimeError('operator torchvision::nms does not exist')")
    res = shell('doctor', PYTHONPATH=os.pathsep.join(filter(None, [str(tmp_path), os.environ.get('PYTHONPATH')])))
    out = ' '.join(res.stdout.decode().split())
    assert res.returncode == 1 and 'PyTorch broken' in out and 'Python ok' in out and res.stderr == b''

def rows(env, monkeypatch):
    "What each of the doctor's checks says with these settings; whoever asks the package index fails the test"
    def pip(args, **kwargs):
        assert 'pip' not in args, 'the package index was asked'
        return ran(args, **kwargs)
    ran = subprocess.run
    monkeypatch.setattr(subprocess, 'run', pip)
    for name, value in env.items(): monkeypatch.setenv(name, value)
    return {name: check() for name, check in doctor.checks()}

@pytest.mark.slow
def test_doctor_blames_a_wrong_setting_on_the_setting(monkeypatch):
    got = rows(dict(FASTCOURSE_PROFILE='huge', FASTCOURSE_MIRROR='no/such/folder'), monkeypatch)
    assert [name for name, c in got.items() if c.status != 'ok'] == ['Settings']
    assert "There is no profile 'huge'" in got['Settings'].advice and 'FASTCOURSE_MIRROR' in got['Settings'].advice
    assert 'profile' not in got['Device'].finding

def test_doctor_blames_a_wrong_folder_on_the_folder(monkeypatch):
    got = rows(dict(FASTCOURSE_HOME=os.path.join(__file__, 'below')), monkeypatch)
    assert [name for name, c in got.items() if c.status != 'ok'] == ['Disk']

def test_doctor_stays_off_the_network_whatever_is_broken(tmp_path, monkeypatch):
    (tmp_path/'torchvision.py').write_text("raise RuntimeError('operator torchvision::nms does not exist')")
    got = rows(dict(PYTHONPATH=os.pathsep.join(filter(None, [str(tmp_path), os.environ.get('PYTHONPATH')])), FASTCOURSE_PROFILE='huge'), monkeypatch)
    assert (got['PyTorch'].status, got['Settings'].status) == ('broken', 'broken')
    assert got['Package index'].finding == 'not asked: the download budget is 0'
