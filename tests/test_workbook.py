"Lessons run without a browser: what is said, what is written, and what happens when a cell fails or somebody stops it"
import json, os, re, signal, subprocess, sys, time
from pathlib import Path
import nbformat, pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from fastcourse import lesson, workbook
from fastcourse.settings import UserError

@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    "An empty current folder"
    (tmp_path/'here').mkdir()
    monkeypatch.chdir(tmp_path/'here')
    return tmp_path/'here'

@pytest.fixture
def course(tmp_path, monkeypatch):
    "Makes a course of one lesson out of cells: a string that starts with `#` and a space is Markdown, any other is code"
    folder = tmp_path/'course'
    folder.mkdir()
    def make(*cells, **metadata):
        cells = ['# A tiny lesson\n\n> In a test', *cells]
        nb = new_notebook(cells=[(new_markdown_cell if re.match('#+ ', c) else new_code_cell)(c) for c in cells], metadata=metadata)
        nbformat.write(nb, folder/'01_tiny.ipynb')
        return folder/'01_tiny.ipynb'
    monkeypatch.setattr(lesson, 'notebooks', lambda: folder)
    return make

def shell(folder, *args, **env):
    "`fastcourse` in a process of its own, with the lessons of `folder`"
    code = f'''
import pathlib, signal
from fastcourse import lesson
from fastcourse.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # it is ignored where the tests run in the background
lesson.notebooks = lambda: pathlib.Path({str(folder)!r})
main(prog_name="fastcourse")'''
    return subprocess.Popen([sys.executable, '-c', code, *args], env={**os.environ, **env}, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

# --- a lesson that works

card = '''
from fastcourse.claim import claim
claim("Tea is warmer than ice", holds=True, difference=[50., 60.], source="a kitchen")'''

def test_what_is_said(course, here, capsys):
    course('## First', 'print("seen")', '## Second', '### Third', card)
    page = workbook.run(1)
    out = capsys.readouterr().out
    assert page == here/'lesson-01.html'
    assert [l[8:] for l in out.splitlines() if re.match(r' +\d+:\d\d  ', l)] == ['A tiny lesson', 'First', 'Second', 'Third']
    assert 'Lesson 1: A tiny lesson' in out and 'Tea is warmer than ice' in out and '55 (50 to 60)' in out
    assert str(page) in out and 'fastcourse start' in out

def test_the_page_has_all_outputs_and_needs_no_network(course):
    course('## First', 'print("one" + "two")', card)
    page = workbook.run(1).read_text(encoding='utf-8')
    assert 'onetwo' in page and 'Tea is warmer' in page and '<title>A tiny lesson</title>' in page
    assert '<script' not in page and not re.search(r'(src|href)="https?:', page)

def test_the_page_gives_nothing_away(course):
    course("#| hide\nprint('un' + 'seen')", "#| export\ndef f():\n    # BEGIN SOLUTION\n    return 'forty-two'\n    # END SOLUTION", '#| fig-alt: "A red square"\nfrom PIL import Image\nImage.new("RGB", (8, 8), "red")')
    page = workbook.run(1).read_text(encoding='utf-8')
    assert 'unseen' not in page and 'forty-two' not in page and '#|' not in page and 'NotImplementedError' in page and 'alt="A red square"' in page

def test_the_lesson_is_left_alone_and_the_working_folder_is_temporary(course, here):
    path = course('from pathlib import Path; Path("left.txt").touch(); print(Path.cwd())')
    before = path.read_bytes()
    page = workbook.run(1).read_text(encoding='utf-8')
    assert path.read_bytes() == before and [p.name for p in here.iterdir()] == ['lesson-01.html'] and [p.name for p in path.parent.iterdir()] == [path.name]
    assert str(path.parent) not in page

def test_a_foreign_kernel_is_not_used(course, tmp_path, monkeypatch):
    "A kernel `python3` that the user has registered for another Python"
    spec = tmp_path/'jupyter'/'kernels'/'python3'
    spec.mkdir(parents=True)
    (spec/'kernel.json').write_text(json.dumps(dict(argv=[str(tmp_path/'no-such-python'), '{connection_file}'], display_name='Foreign', language='python')))
    monkeypatch.setenv('JUPYTER_PATH', str(tmp_path/'jupyter'), prepend=os.pathsep)
    course('import sys; print("python:", sys.executable)', kernelspec=dict(name='python3', display_name='python3', language='python'))
    assert f'python: {sys.executable}' in workbook.run(1).read_text(encoding='utf-8')

def test_a_kernel_of_unknown_name(course):
    course('1 + 1', kernelspec=dict(name='conda-env-other-py', display_name='other', language='python'))
    workbook.run(1)

def test_settings_reach_the_kernel_and_relative_folders_are_made_absolute(course, here, monkeypatch):
    (here/'mirror').mkdir()
    for name, value in dict(FASTCOURSE_HOME='data', FASTCOURSE_MIRROR='mirror', FASTCOURSE_BUDGET_MB='3', FASTCOURSE_STATIC='0').items(): monkeypatch.setenv(name, value)
    course('from fastcourse.settings import *\nassert (budget(), static()) == (3, True)\nprint(home(), mirror())')
    page = workbook.run(1).read_text(encoding='utf-8')
    assert f"{here/'data'} {here/'mirror'}" in page

def test_widgets_are_not_answered(course):
    "What nbclient sends to an output widget while it waits for the cell can make it miss the end of the cell"
    course('from ipywidgets import Output\no = Output()\nwith o: print("in" + "side")', 'assert o.outputs == ()')
    assert 'inside' in workbook.run(1).read_text(encoding='utf-8')

def test_rich_widgets_in_a_cell(course):
    "rich draws its bars with a widget when it finds itself in a notebook"
    course('from rich.progress import track\nfor i in track(range(3)): print("step", i)')
    workbook.run(1)

# --- a lesson that fails

def test_a_user_error_in_a_cell(course, here):
    course('from fastcourse.settings import UserError\nraise UserError("Set FASTCOURSE_HOME.")')
    with pytest.raises(UserError, match='^Set FASTCOURSE_HOME.$'): workbook.run(1)

def test_any_other_error_says_where_and_why(course, here, capsys):
    course('## Good', '1 + 1', '## Bad', 'x = 2\nx/0', '## Never', 'print("not" + "reached")')
    with pytest.raises(workbook.LessonError) as e: workbook.run(1)
    assert '"Bad"' in str(e.value) and 'cell 5 of 7' in str(e.value) and 'ZeroDivisionError: division by zero' in str(e.value)
    page = (here/'lesson-01.html').read_text(encoding='utf-8')
    assert str(here/'lesson-01.html') in str(e.value) and 'ZeroDivisionError' in page and 'Traceback' in page and 'notreached' not in page

def test_outputs_of_an_earlier_run_do_not_pass_for_this_one(course, here):
    path = course('1/0', '"never run"')
    nb = nbformat.read(path, 4)
    nb.cells[2].outputs = [nbformat.v4.new_output('stream', text='stale')]
    nbformat.write(nb, path)
    with pytest.raises(workbook.LessonError): workbook.run(1)
    assert 'stale' not in (here/'lesson-01.html').read_text(encoding='utf-8')

def test_a_cell_that_may_fail(course):
    path = course('1/0', '1')
    nb = nbformat.read(path, 4)
    nb.cells[1].metadata.tags = ['raises-exception']
    nbformat.write(nb, path)
    workbook.run(1)

def test_a_kernel_that_dies(course, here):
    course('## Too much', 'import os; os._exit(1)')
    with pytest.raises(workbook.LessonError, match='"Too much".*died'): workbook.run(1)
    assert (here/'lesson-01.html').exists()

@pytest.mark.parametrize('cell, code, said', [('1/0', 1, 'ZeroDivisionError'), ('from fastcourse.settings import UserError\nraise UserError("Mend it.")', 2, 'Mend it.')], ids=['error', 'user error'])
def test_exit_codes(course, cell, code, said):
    p = shell(course(cell).parent, 'run', '1')
    out, err = p.communicate(timeout=120)
    assert p.returncode == code and said in err.decode() and b'Traceback' not in err and b'\x1b' not in out + err
    if code == 2: assert err.decode().splitlines() == ['Mend it.']

@pytest.mark.skipif(sys.platform == 'win32', reason="Windows has no SIGINT to send")
def test_ctrl_c_ends_the_kernel(course, here):
    path = course(f'import os, time\nfrom pathlib import Path\nPath({str(here/"part")!r}).write_text(str(os.getpid()))\nPath({str(here/"part")!r}).rename({str(here/"pid")!r})\ntime.sleep(600)')
    p = shell(path.parent, 'run', '1')
    while not (here/'pid').exists() and p.poll() is None: time.sleep(.05)
    p.send_signal(signal.SIGINT)
    out, err = p.communicate(timeout=60)
    assert p.returncode == 130 and b'Traceback' not in err
    with pytest.raises(ProcessLookupError): os.kill(int((here/'pid').read_text()), 0)

# --- what a terminal and a log show

def test_a_log_has_one_line_a_section_and_no_control_codes(course):
    p = shell(course('## Näher → dran', 'print("noise")\nfrom rich.progress import track\nfor i in track(range(3)): pass', '## Last', '1').parent, 'run', '1', FORCE_COLOR='1', PYTHONIOENCODING='utf-8')
    out, err = p.communicate(timeout=120)
    assert p.returncode == 0 and err == b'' and b'\x1b' not in out and b'\r' not in out.replace(b'\r\n', b'\n')
    lines = out.decode().splitlines()
    assert [l[8:] for l in lines[1:4]] == ['A tiny lesson', 'Näher → dran', 'Last'] and 'noise' not in out.decode()

def test_a_console_without_unicode(course):
    p = shell(course('## Näher → dran', card).parent, 'run', '1', PYTHONIOENCODING='ascii', PYTHONUTF8='0')
    out, err = p.communicate(timeout=120)
    assert p.returncode == 0 and err == b'' and b'N?her ? dran' in out

training = '''
import time
from fastprogress.fastprogress import NBMasterBar, NBProgressBar
mb = NBMasterBar(range(2))
for epoch in mb:
    for batch in NBProgressBar(range(5), parent=mb): time.sleep(.15)'''

@pytest.mark.slow
@pytest.mark.skipif(sys.platform == 'win32', reason="Windows has no pseudo-terminal")
def test_a_terminal_shows_what_is_training(course):
    import pty
    folder = course('## Train', training).parent
    main, side = pty.openpty()
    code = f'import pathlib; from fastcourse import lesson, workbook; lesson.notebooks = lambda: pathlib.Path({str(folder)!r}); workbook.run(1)'
    p = subprocess.Popen([sys.executable, '-c', code], stdout=side, env={**os.environ, 'TERM': 'xterm', 'COLUMNS': '120'})
    os.close(side)
    seen = b''
    try:
        while chunk := os.read(main, 4096): seen += chunk
    except OSError: pass  # Linux's way of saying that the other side is closed
    assert p.wait(timeout=120) == 0
    assert b'Train' in seen and b'epoch 1 of 2' in seen and b'epoch 2 of 2' in seen and b'2/5' in seen

# --- files

def test_its_own_page_is_replaced(course, here):
    course('print("old" + "er")')
    workbook.run(1)
    course('print("new" + "er")')
    page = workbook.run(1)
    assert [p.name for p in here.iterdir()] == ['lesson-01.html'] and 'newer' in page.read_text(encoding='utf-8')

def test_a_file_of_the_user_is_never_replaced(course, here):
    (here/'lesson-01.html').write_text('<meta name="generator" content="me">')
    (here/'lesson-01-2.html').write_text('')
    course('1')
    assert workbook.run(1).name == 'lesson-01-3.html'
    assert (here/'lesson-01.html').read_text() == '<meta name="generator" content="me">' and (here/'lesson-01-2.html').read_text() == ''

def test_a_file_that_appears_meanwhile(course, here):
    course(f'open({str(here/"mine.html")!r}, "w").write("mine")')
    assert workbook.run(1, 'mine.html').name == 'mine-2.html' and (here/'mine.html').read_text() == 'mine'

def test_an_explicit_name(course, here):
    course('1')
    assert workbook.run(1, 'page.html') == workbook.run(1, here/'page.html') == here/'page.html'

@pytest.mark.parametrize('name', ['mine.html', '.', 'no/where.html'])
def test_a_name_that_will_not_do_is_refused_before_anything_runs(course, here, name):
    (here/'mine.html').write_text('mine')
    course(f'open({str(here/"ran")!r}, "w")')
    with pytest.raises(UserError, match='--html'): workbook.run(1, name)
    assert not (here/'ran').exists() and (here/'mine.html').read_text() == 'mine'
