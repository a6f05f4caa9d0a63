"How long the dashboard takes with 10,000 events of a made-up learner, in a fresh process after its imports: from the file to the data, then the terminal's face and the notebook's pictures"
import argparse, io, os, statistics, subprocess, sys, tempfile, time
from datetime import datetime, timezone

def seconds(f):
    start = time.perf_counter()
    f()
    return time.perf_counter() - start

def fresh():
    "What one process measures, in seconds: data, terminal, pictures"
    from rich.console import Console
    from fastcourse import dashboard, standing
    import fsrs, matplotlib.figure  # what the modules import when they need it
    found = []
    def data():
        s = standing.standing()
        found.append((s, [(p.exercises, p.questions, p.items) for p in s.begun], s.next))
    print(seconds(data))
    s = found[0][0]
    print(seconds(lambda: dashboard.show(s, Console(file=io.StringIO(), width=80))))
    print(seconds(lambda: dashboard.html(s)))

def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--events', type=int, default=10_000)
    parser.add_argument('--runs', type=int, default=7)
    parser.add_argument('--fresh', action='store_true', help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.fresh: return fresh()
    with tempfile.TemporaryDirectory() as home:
        os.environ['FASTCOURSE_HOME'] = home
        from fastcourse import lesson, progress, standing
        progress.add(standing.made_up(args.events, lesson.lessons(), datetime.now(timezone.utc)))
        kinds = {k: len(progress.events(k)) for k in progress.kinds}
        runs = [[*map(float, subprocess.run([sys.executable, __file__, '--fresh'], check=True, capture_output=True, text=True).stdout.split())] for _ in range(args.runs)]
    print('| what | median, s | range, s |\n|---|---|---|')
    for name, t in zip(('from stored events to data', 'terminal', 'pictures'), zip(*runs)): print(f'| {name} | {statistics.median(t):.3f} | {min(t):.3f} to {max(t):.3f} |')
    print(f"\n{args.events} events ({', '.join(f'{n} {k}' for k, n in kinds.items() if n)}), {args.runs} fresh processes; Python {sys.version.split()[0]} on {sys.platform}.")

if __name__ == '__main__': main()
