"""Does `kill -9` in the middle of writing lose an event or damage the file? Starts a process that records one event after another and says each one it has stored, kills it after a
random time (seeded), counts what is in the file, and begins again: 1,000 times by default. Not on Windows, which has no `fork`."""
import os, random, signal, sqlite3, sys, tempfile, time
from contextlib import closing
from tqdm import tqdm
from fastcourse import progress

def write(pipe, kill):
    "Records events for ever and writes the number of each to `pipe` once it is stored"
    i = 0
    while True:
        assert progress.record('answer', 1, f'{kill}-{i}', given='x'*random.randint(0, 5000), right=True)
        os.write(pipe, f'{i}\n'.encode())
        i += 1

def killed(kill, seconds):
    "How many events a process said it had stored before it was killed after `seconds`"
    read, pipe = os.pipe()
    if not (pid := os.fork()):
        try: write(pipe, kill)
        finally: os._exit(1)
    os.close(pipe)
    time.sleep(seconds)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    with open(read, 'rb') as f: return f.read().count(b'\n')

def main(kills=1000, seed=42):
    "Prints and returns (events acknowledged, lost, files damaged)"
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as home:
        os.environ['FASTCOURSE_HOME'] = home
        progress.record('open', 1)
        said = [killed(kill, rng.uniform(.002, .04)) for kill in tqdm(range(kills), disable=None)]
        stored = {e.name for e in progress.events('answer')}
        lost = sum(f'{kill}-{i}' not in stored for kill, n in enumerate(said) for i in range(n))
        with closing(sqlite3.connect(progress.path())) as db: sound = db.execute('pragma integrity_check').fetchone()[0] == 'ok'
        damaged = len([*progress.path().parent.glob('*.damaged-*')]) + (not sound)
    print(f'kills: {kills}, events acknowledged: {sum(said)}, lost: {lost}, damaged: {damaged}')
    return sum(said), lost, damaged

if __name__ == '__main__': main(*map(int, sys.argv[1:]))
