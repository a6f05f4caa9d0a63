"""What each lesson costs: runs `fastcourse run N` with a download budget of 0, first with an empty cache (cold), then again (warm).

Wall seconds are those of the command. CPU seconds and memory are sampled every 0.2 s over the command and all processes below it: CPU is the sum of each
process's last reading, memory the largest sum of what the processes hold, with pages that several share counted once (PSS), or where the system
does not tell that, counted in each (RSS)."""
import argparse, datetime, json, os, platform, re, subprocess, sys, tempfile, time
from importlib.metadata import version
from pathlib import Path
import psutil
from fastcourse.lesson import lesson, lessons

def measure(args, env):
    "Wall seconds, CPU seconds and peak bytes of a command and all below it; ends the program if the command fails"
    start, cpu, peak = time.monotonic(), {}, 0
    with tempfile.TemporaryFile() as log:
        child = psutil.Popen(args, env={**os.environ, **env}, stdout=log, stderr=subprocess.STDOUT)
        while child.poll() is None:
            try: tree = [child, *child.children(recursive=True)]
            except psutil.NoSuchProcess: break
            rss, pss = 0, 0
            for p in tree:
                try:
                    rss += p.memory_info().rss
                    cpu[p.pid] = sum(p.cpu_times()[:2])
                except psutil.Error: pass
            if rss > peak:   # reading PSS takes longer, and it is never more than RSS
                for p in tree:
                    try: pss += getattr(p.memory_full_info(), 'pss', p.memory_info().rss)
                    except psutil.Error: pass
                peak = max(peak, pss)
            time.sleep(.2)
        wall = time.monotonic() - start
        if child.wait():
            log.seek(0)
            sys.exit(log.read().decode(errors='replace'))
    return wall, sum(cpu.values()), peak

def cpu_model():
    try: return re.search(r'^model name\s*: (.+)$', Path('/proc/cpuinfo').read_text(), re.MULTILINE)[1]
    except (OSError, TypeError): return platform.processor() or platform.machine()

def minutes(seconds): return '{} min {:02} s'.format(*divmod(round(seconds), 60))

def write(path, text):
    "Replace the row `| **Measured** |` of a notebook's header card, and not one byte more"
    row = json.dumps(f'| **Measured** | {text} |', ensure_ascii=False)[1:-1]
    old = path.read_text(encoding='utf-8')
    new, n = re.subn(r'^( *")\| \*\*Measured\*\* \|.*?((?:\\n)?",?)$', lambda m: m[1] + row + m[2], old, flags=re.MULTILINE)
    if n != 1: sys.exit(f'{path} has {n} rows that begin with `| **Measured** |`; it should have one.')
    json.loads(new)
    path.write_bytes(new.encode('utf-8'))

def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('n', nargs='*', help='numbers of lessons; all if none is given')
    parser.add_argument('--write', action='store_true', help="put the figures into each lesson's header card")
    args = parser.parse_args()
    machine = f'{psutil.cpu_count()} cores ({cpu_model()})'
    today = datetime.date.today().isoformat()
    print('| lesson | run | wall | CPU | peak memory |\n|---|---|---|---|---|')
    for o in [lesson(n) for n in args.n] or lessons():
        with tempfile.TemporaryDirectory() as tmp:
            env = dict(FASTCOURSE_HOME=str(Path(tmp)/'home'), FASTCOURSE_BUDGET_MB='0', FASTCOURSE_MIRROR='', FASTCOURSE_PROFILE='small')
            command = [sys.executable, '-c', 'from fastcourse.cli import main; main()', 'run', str(o.number), '--html', str(Path(tmp)/'page.html')]
            runs = []
            for name in 'cold', 'warm':
                wall, cpu, peak = measure(command, env)
                runs.append((wall, cpu, peak))
                print(f'| {o.number:02} | {name} | {minutes(wall)} | {minutes(cpu)} | {peak/1e9:.1f} GB |', flush=True)
        if args.write:
            (cold, _, a), (warm, _, b) = runs
            write(o.path, f'{minutes(cold)} the first time, {minutes(warm)} after that; at most {max(a, b)/1e9:.1f} GB of memory; on {machine}, {today}')
    versions = ', '.join(f'{p} {version(p)}' for p in ('fastcourse', 'torch', 'fastai'))
    print(f"\n{machine}, Python {platform.python_version()}, {versions}, {today}; small profile, budget 0; memory: pages that processes share count once (PSS).")

if __name__ == '__main__': main()
