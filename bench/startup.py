"How long the command line takes to answer: wall time of whole processes, median of several runs, beside bare Python"
import argparse, shutil, statistics, subprocess, sys, time
from pathlib import Path

def seconds(args, runs):
    "Wall seconds of each run of a command, after one run to warm the disk's cache"
    res = []
    for _ in range(runs + 1):
        start = time.perf_counter()
        subprocess.run(args, check=True, stdout=subprocess.DEVNULL)
        res.append(time.perf_counter() - start)
    return res[1:]

def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--runs', type=int, default=15)
    runs = parser.parse_args().runs
    script = shutil.which('fastcourse', path=str(Path(sys.executable).parent))
    fastcourse = [script] if script else [sys.executable, '-c', 'from fastcourse.cli import main; main()']
    rows = {'`python -c pass`': [sys.executable, '-c', 'pass'], '`import fastcourse`': [sys.executable, '-c', 'import fastcourse'],
            '`fastcourse --help`': [*fastcourse, '--help'], '`fastcourse list`': [*fastcourse, 'list'], '`fastcourse data list`': [*fastcourse, 'data', 'list']}
    print(f'| command | median, s | range, s |\n|---|---|---|')
    for name, args in rows.items():
        t = seconds(args, runs)
        print(f'| {name} | {statistics.median(t):.3f} | {min(t):.3f} to {max(t):.3f} |', flush=True)
    print(f'\n{runs} runs each; Python {sys.version.split()[0]} on {sys.platform}.')

if __name__ == '__main__': main()
