"The locked test set against other processes, crashes and a learner"
import os, signal, subprocess, sys
from pathlib import Path
import pytest
from fastcourse.settings import UserError
from fastcourse.testset import LockedTestSet

items, labels = list(range(20)), [n % 2 == 0 for n in range(20)]

program = '''
import sys, time
from fastcourse.testset import LockedTestSet
def model(items):
    print('asked', flush=True)
    {inside}
    return [True]*len(items)
sys.stdin.readline()
try: print(LockedTestSet(range(20), [n % 2 == 0 for n in range(20)], sys.argv[1]).score(model), flush=True)
except Exception as e: print('refused', e, flush=True)
'''

def start(ledger, inside='pass'):
    return subprocess.Popen([sys.executable, '-c', program.format(inside=inside), str(ledger)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

def test_of_many_processes_at_once_one_gets_the_figure(tmp_path):
    running = [start(tmp_path) for _ in range(8)]
    for p in running:
        p.stdin.write('\n')
        p.stdin.flush()
    said = [p.communicate(timeout=60)[0] for p in running]
    assert sum('error 50.0 %' in s for s in said) == 1 and sum('refused' in s for s in said) == 7
    kinds = [e['kind'] for e in LockedTestSet(items, labels, tmp_path).history()]
    assert sorted(kinds) == ['opened', *['refused']*7, 'scored']

@pytest.mark.skipif(os.name != 'posix', reason='kill -9')
def test_after_a_kill_in_the_middle_it_stays_opened(tmp_path):
    p = start(tmp_path, 'time.sleep(600)')
    p.stdin.write('\n')
    p.stdin.flush()
    assert p.stdout.readline() == 'asked\n'
    p.send_signal(signal.SIGKILL)
    p.wait()
    test = LockedTestSet(items, labels, tmp_path)
    with pytest.raises(UserError, match='was opened'): test.score(lambda items: labels)
    test.reset('the computer was switched off')
    assert test.score(lambda items: labels).error == 0

def test_the_same_files_elsewhere_are_the_same_test_set(tmp_path):
    for folder in 'a', 'b':
        (tmp_path/folder).mkdir()
        for i in range(3): (tmp_path/folder/f'{folder}{i}.txt').write_text(str(i))
    def test(folder): return LockedTestSet(sorted((tmp_path/folder).iterdir()), 'xyz', tmp_path/'ledger')
    test('a').score(lambda items: 'xyz')
    with pytest.raises(UserError, match='second figure'): test('b').score(lambda items: 'xyz')

def test_the_record_is_beside_the_progress_unless_told_otherwise(tmp_path, monkeypatch):
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path))
    LockedTestSet(items, labels).score(lambda items: labels)
    assert [p.suffix for p in (tmp_path/'testsets').glob('*.jsonl')] == ['.jsonl']

@pytest.mark.slow
def test_a_learner(tmp_path):
    from fastai.vision.all import ImageDataLoaders, Resize, get_image_files, set_seed, vision_learner, error_rate
    from fastcourse.data import get
    from fastcourse.pretrained import efficientnet_lite0
    set_seed(42, reproducible=True)
    path = get('pets')/'images'
    files = get_image_files(path).sorted().shuffle()[:60]
    dls = ImageDataLoaders.from_name_func(path, files, valid_pct=.5, seed=42, label_func=lambda n: 'cat' if n[0].isupper() else 'dog', item_tfms=Resize(64), bs=16, num_workers=0, device='cpu')
    learn = vision_learner(dls, efficientnet_lite0, metrics=error_rate)
    names = ['cat' if f.name[0].isupper() else 'dog' for f in dls.valid_ds.items]
    with pytest.raises(UserError, match="none of the model's classes"): LockedTestSet(dls.valid_ds.items, [n.upper() for n in names], tmp_path).score(learn)
    with learn.no_bar(), learn.no_logging(): assert LockedTestSet(dls.valid_ds.items, names, tmp_path).score(learn).error == pytest.approx(learn.validate()[1])
