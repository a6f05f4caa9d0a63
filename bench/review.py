"Review with many events: how long until the first card, and from a rating to the next card. Use: python bench/review.py [EVENTS]"
import json, os, random, sys, tempfile, time
from datetime import datetime, timedelta, timezone
from pathlib import Path
os.environ['FASTCOURSE_HOME'] = tempfile.mkdtemp()
from fastcourse import progress
from fastcourse.lesson import lessons
from fastcourse.review import Review

def history(n, seed=0):
    "`n` events of a year: all questions answered, one in three wrong, and reviews of the missed ones"
    rng, now = random.Random(seed), datetime.now(timezone.utc)
    asked = [(o.number, q.id) for o in lessons() for q in o.questions.questions]
    missed = rng.sample(asked, len(asked)//3)
    def event(i, kind, lesson, name, **data):
        at = now - timedelta(days=365*(1 - i/n), seconds=1)
        return dict(id=str(i), time=at.isoformat(timespec='milliseconds'), kind=kind, lesson=lesson, name=name, data=data)
    answers = [event(i, 'answer', *o, given='?', right=o not in missed) for i,o in enumerate(asked)]
    return answers + [event(i, 'review', *rng.choice(missed), rating=rng.choice([1, 2, 3, 3, 3, 4])) for i in range(len(asked), n)]

def timed(f):
    t = time.perf_counter()
    return f(), 1000*(time.perf_counter() - t)

if __name__ == '__main__':
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    file = Path(os.environ['FASTCOURSE_HOME'])/'history.json'
    file.write_text(json.dumps(dict(format='fastcourse progress 2', events=history(n))))
    progress.import_(file)
    r, first = timed(lambda: Review(cap=100))
    steps = sorted(timed(lambda: (r.rate(3), r.card and r.card.front))[1] for _ in range(len(r.queue)))
    print(f'{n} events, {len(r.memories)} cards, {r.due} due')
    print(f'until the first card: {first:.0f} ms')
    print(f'from a rating to the next card: median {steps[len(steps)//2]:.1f} ms, longest {steps[-1]:.1f} ms, of {len(steps)}')
