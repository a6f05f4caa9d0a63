"""How long a learner waits: from running an exercise's cell to its verdict, first and later ones; from an answer to its feedback; and what 10,000 stored events cost.

Each exercise of lesson 1 is judged with its solution and with its known mistakes (which are compared with every known mistake), in a new process where fastai has been imported."""
import argparse, json, os, platform, statistics, tempfile, time
from pathlib import Path

def milliseconds(f, *args, n=1):
    "Median and largest of `n` calls, in milliseconds"
    times = []
    for _ in range(n):
        start = time.perf_counter()
        f(*args)
        times.append((time.perf_counter() - start)*1e3)
    return f'{statistics.median(times):.1f} | {max(times):.1f}'

def main(runs):
    os.environ.update(FASTCOURSE_HOME=tempfile.mkdtemp(), FASTCOURSE_STATIC='0')
    import fastai.vision.all
    from fastcourse import progress
    from fastcourse.lesson import lesson
    print('| what | median ms | largest ms |\n|---|---|---|')
    start = time.perf_counter()
    exercises = lesson(1).exercises
    first = [*exercises.values()][0]
    def attempt(ex, f):
        ex.judge(f)
        ex._record('verdict', verdict='PASS')
    attempt(first, first.reference)
    spent = (time.perf_counter() - start)*1e3
    print(f'| first verdict after `import fastai.vision.all`: `lesson(1)`, its exercises, {first.name}, recorded | {spent:.1f} | {spent:.1f} |')
    for ex in exercises.values(): print(f'| {ex.name}, right | {milliseconds(attempt, ex, ex.reference, n=runs)} |')
    for ex in exercises.values(): print(f'| {ex.name}, last of {len(ex.wrongs)} known mistakes | {milliseconds(attempt, ex, [*ex.wrongs.values()][-1], n=runs)} |')
    quiz = lesson(1).questions
    print(f'| answer to a question, recorded | {milliseconds(lambda: quiz._answer(quiz.questions[0], "a", {}), n=runs)} |')
    _,radio,check,_ = quiz.widget().children[1].children  # of the first question
    radio.index = 0
    print(f'| click on Check to its feedback in the widget | {milliseconds(check.click, n=runs)} |')
    many = Path(os.environ['FASTCOURSE_HOME'])/'many.json'
    event = dict(time='2026-01-01T00:00:00.000+00:00', kind='answer', lesson=1, data=dict(given='a', right=True))
    many.write_text(json.dumps(dict(format='fastcourse progress 1', events=[dict(event, id=f'{i}', name=f'q{i % 20}') for i in range(10_000)])))
    print(f'| import 10,000 events | {milliseconds(progress.import_, many)} |')
    print(f'| record an event beside 10,000 others | {milliseconds(lambda: progress.record("hint", 1, "x", level=1), n=runs)} |')
    print(f'| read 10,000 events | {milliseconds(progress.events, n=5)} |\n| summary of 10,000 events | {milliseconds(progress.summary, n=5)} |')
    print(f'\nOn {platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, {runs} runs each; the file of 10,000 events has {progress.path().stat().st_size/1e6:.1f} MB.')

if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--runs', type=int, default=30)
    main(parser.parse_args().runs)
