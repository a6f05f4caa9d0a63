"Drawing in several processes: what a notebook cannot show"
import subprocess, sys
import pytest
from fastcourse import twins

def files(path): return {p.relative_to(path).as_posix(): p.read_bytes() for p in path.rglob('*') if p.is_file()}

def test_helpers_do_not_take_over_a_broken_environment(tmp_path, monkeypatch):
    one = twins.pets(tmp_path/'one', n=4, processes=1)
    (tmp_path/'bad').mkdir()
    for name in ('fastcourse', 'sitecustomize', 'random', 'json'): (tmp_path/'bad'/f'{name}.py').write_text('raise SystemExit("a wrong module")')
    monkeypatch.chdir(tmp_path/'bad')
    monkeypatch.setenv('PYTHONPATH', str(tmp_path/'bad'))
    monkeypatch.setenv('PYTHONHOME', str(tmp_path/'bad'))
    monkeypatch.setenv('PYTHONINSPECT', '1')
    assert files(twins.pets(tmp_path/'two', n=4, processes=2)) == files(one)

def test_a_script_without_main_guard(tmp_path):
    script = tmp_path/'script.py'
    script.write_text("from fastcourse import twins\nprint('once')\ntwins.pets('pets', n=4, processes=2)\n")
    done = subprocess.run([sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, 'once\n', '')
    assert len(list((tmp_path/'pets'/'images').iterdir())) == 4

def test_an_interrupt_ends_the_helpers_and_leaves_nothing(tmp_path, monkeypatch):
    started, start = [], twins._start
    def remember(*args):
        started.append(start(*args))
        return started[-1]
    def interrupt(*args): raise KeyboardInterrupt
    monkeypatch.setattr(twins, '_start', remember)
    monkeypatch.setattr(twins, '_pet', interrupt)
    with pytest.raises(KeyboardInterrupt): twins.pets(tmp_path/'pets', n=2000, processes=3)
    assert len(started) == 2 and all(p.returncode for p in started)
    assert not any((tmp_path/'pets').iterdir())

def test_no_second_process_to_be_had(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, 'executable', str(tmp_path/'no python'))
    with pytest.raises(twins.UserError, match='processes=1'): twins.pets(tmp_path/'pets', n=4, processes=2)
    assert not any((tmp_path/'pets').iterdir())
