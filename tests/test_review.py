"Review: the schedule against FSRS itself, clocks and time zones, older files, sessions in a terminal"
import json, os, random, sqlite3, subprocess, sys, time
from contextlib import closing
from datetime import datetime, timedelta, timezone
import pytest
from fsrs import Card, Rating, Scheduler
from fastcourse import progress
from fastcourse.lesson import lesson
from fastcourse.progress import Event
from fastcourse.settings import UserError
from fastcourse.review import Review, ask, forecast, schedule

start = datetime(2026, 3, 1, 12, tzinfo=timezone.utc)

@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    "An empty folder for the learner's file"
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'home'))
    return tmp_path/'home'

def event(id, time, kind, name, lesson=1, **data): return Event(id, time.isoformat(timespec='milliseconds'), kind, lesson, name, data)

def missed(n=1, of=1): return lesson(of).questions.questions[n-1].id

def store(*events):
    "Puts events into the learner's file, as an import does"
    file = progress.path().parent/f'in-{len(progress.events())}.json'
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(dict(format='fastcourse progress 2', events=[vars(e) for e in events])))
    return progress.import_(file)

# --- the schedule

def story(seed):
    "A seeded log: questions missed, reviews at odd hours, some taken back; and, for each card, the ratings that stand"
    rng, log, kept = random.Random(seed), [], {}
    for i in range(30):
        at = start + timedelta(hours=rng.uniform(0, 500))
        log.append(event(f'{i}', at, 'answer', f'card-{i}', right=False))
        for k in range(rng.randint(0, 9)):
            at += timedelta(hours=rng.choice([1, 20, 24, 30, 100, 700]))
            rating = rng.randint(1, 4)
            log.append(event(f'{i}-{k}', at, 'review', f'card-{i}', rating=rating))
            if rng.random() < .2: log.append(event(f'{i}-{k}-undo', at + timedelta(seconds=9), 'undo', f'card-{i}', review=f'{i}-{k}'))
            else: kept.setdefault(f'card-{i}', []).append((rating, at))
    return log, kept

@pytest.mark.parametrize('seed', range(5))
def test_the_schedule_is_that_of_fsrs_replayed_from_the_file(seed):
    log, kept = story(seed)
    random.Random(seed).shuffle(log)
    assert store(*log) == len(log)
    fsrs = Scheduler(desired_retention=.9, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    got = schedule(progress.events(), {}, start + timedelta(days=900))
    assert len(got) == 30 and any(len(o) > 4 for o in kept.values())
    for id, memory in got.items():
        card = Card(card_id=1)
        for rating, at in kept.get(id, []): card, _ = fsrs.review_card(card, Rating(rating), at.replace(microsecond=at.microsecond//1000*1000))
        if id in kept: assert (memory.due, memory.stability, memory.difficulty, memory.last_review) == (card.due, card.stability, card.difficulty, card.last_review)
        else: assert memory.last_review is None

def test_two_computers_that_exchange_their_files_have_one_schedule(monkeypatch, tmp_path):
    log, _ = story(7)
    got = []
    for name, first, then in ('a', log[::2], log[1::2]), ('b', log[1::2], log[::2]):
        monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/name))
        store(*first)
        store(*then)
        got.append(schedule(progress.events(), {}, start + timedelta(days=900)))
    assert got[0] == got[1]

def test_what_a_session_says_is_what_the_file_says():
    for n in range(1, 9): progress.record('answer', 1, missed(n), given='?', right=False)
    r, rng = Review(), random.Random(0)
    while r.card:
        if rng.random() < .3: r.undo()
        r.rate(rng.randint(1, 4))
    due = {id: m.due for id, m in Review().memories.items()}
    assert len(due) == 8 and all(abs(r.memories[id].due - o) < timedelta(seconds=2) for id, o in due.items())

# --- clocks

def test_a_clock_that_was_ahead_does_not_put_a_card_off():
    ahead = datetime.now(timezone.utc) + timedelta(days=2000)
    store(event('a', start, 'answer', missed(), right=False), event('b', ahead, 'review', missed(), rating=4))
    r = Review()
    assert r.queue == [missed()]
    r.rate(3)
    assert Review().queue == [] and len(progress.events()) == 3
    assert Review().memories[missed()].due < datetime.now(timezone.utc) + timedelta(days=30)

def test_a_clock_set_back_by_an_hour_loses_nothing():
    soon = datetime.now(timezone.utc) + timedelta(hours=1)
    store(event('a', soon, 'answer', missed(), right=False), event('b', soon, 'review', missed(), rating=1))
    r = Review()
    assert r.queue == [] and 'in 1 day' in repr(r)
    r.queue.append(missed())
    r.rate(3)
    assert [e.id for e in progress.events('review')][-1] == 'b' and Review().memories[missed()].last_review > datetime.now(timezone.utc)

@pytest.mark.skipif(not hasattr(time, 'tzset'), reason="Windows cannot change the time zone of a process")
@pytest.mark.parametrize('zone', ['UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'America/New_York'])
def test_the_schedule_is_the_same_in_every_time_zone(monkeypatch, zone):
    log, _ = story(3)
    monkeypatch.setenv('TZ', zone)
    time.tzset()
    try:
        now = datetime(2026, 3, 8, 6, 30, tzinfo=timezone.utc)  # New York's clocks go forward half an hour later
        memories = schedule(log, {}, now)
        monkeypatch.setenv('TZ', 'UTC')
        time.tzset()
        assert memories == schedule(log, {}, now)
        monkeypatch.setenv('TZ', zone)
        time.tzset()
        days = forecast(memories, now, 5000)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert sum(days) == 30

def test_a_forecast_counts_days_of_the_calendar(monkeypatch):
    if not hasattr(time, 'tzset'): pytest.skip("Windows cannot change the time zone of a process")
    now = datetime(2026, 3, 8, 23, tzinfo=timezone.utc)
    memories = {str(h): Card(card_id=h+1, due=now + timedelta(hours=h)) for h in (0, 2, 26)}
    got = {}
    try:
        for zone in 'UTC', 'Asia/Tokyo':
            monkeypatch.setenv('TZ', zone)
            time.tzset()
            got[zone] = forecast(memories, now, 3)
    finally:
        monkeypatch.undo()
        time.tzset()
    assert got == {'UTC': [1, 1, 1], 'Asia/Tokyo': [2, 1, 0]}

# --- files of other versions, cards that are gone

def test_a_file_of_the_first_version_goes_on(home):
    home.mkdir()
    row = 'x', '2026-01-01T00:00:00.000+00:00', 'answer', 1, missed(), '{"given": "?", "right": false}'
    with closing(sqlite3.connect(home/'progress.db', isolation_level=None)) as db:
        db.execute('create table event (id text primary key, time text not null, kind text not null, lesson integer not null, name text not null, data text not null)')
        db.execute('insert into event values (?, ?, ?, ?, ?, ?)', row)
        db.execute('pragma user_version = 1')
    r = Review()
    assert r.queue == [missed()]
    r.rate(2)
    assert [e.kind for e in progress.events()] == ['answer', 'review']

def test_a_question_that_is_gone_rests_and_its_reviews_stay():
    store(event('a', start, 'answer', '01-00000000', right=False), event('b', start, 'review', '01-00000000', rating=3), event('c', start, 'answer', 'x', lesson=77, right=False))
    r = Review()
    assert r.card is None and '2 cards cannot be asked any more' in repr(r) and 'no cards yet' not in repr(r) and len(progress.events()) == 3

def test_the_terms_come_when_the_lesson_has_been_gone_through():
    o = lesson(1)
    for q in o.questions.questions: progress.record('answer', 1, q.id, given='?', right=True)
    core = [name for name, ex in o.exercises.items() if ex.level != 'stretch']
    for name in core[:-1]: progress.record('verdict', 1, name, verdict='PASS', misconception=None)
    progress.record('verdict', 1, core[-1], verdict='NOT ATTEMPTED', misconception=None)
    assert Review().queue == []
    progress.record('verdict', 1, core[-1], verdict='FAIL', misconception=None)
    assert sorted(Review(cap=100).queue) == sorted(t.id for t in o.terms)

def test_a_review_that_cannot_be_stored_is_none(monkeypatch):
    progress.record('answer', 1, missed(), given='?', right=False)
    r = Review()
    def full(file): raise sqlite3.OperationalError('database or disk is full')
    monkeypatch.setattr(progress, '_connect', full)
    with pytest.warns(UserWarning, match='cannot be kept'), pytest.raises(UserError, match='cannot be stored'): r.rate(3)
    assert r.card.id == missed() and r.done == []

# --- in a terminal

def session(*keys, **kwargs):
    "What a session prints, with keys typed; it ends when they end"
    lines, keys = [], iter(keys)
    def typed(question):
        lines.append(question)
        key = next(keys, None)
        if key is None: raise EOFError
        return key
    ask(Review(**kwargs), typed, lambda o: lines.append(str(o)))
    return lines

def ratings(): return [e.data['rating'] for e in progress.events('review')]

@pytest.fixture
def two():
    "Two questions of lesson 1 that were missed: the letters of a right and of a wrong answer to each"
    single = [q for q in lesson(1).questions.questions if q.kind == 'single'][:2]
    for q in single: progress.record('answer', 1, q.id, given='?', right=False)
    return [('abcdef'[q.key[0]], 'abcdef'[1 - min(q.key[0], 1)]) for q in single]

def test_right_answers_are_rated_by_the_learner_and_wrong_ones_come_tomorrow(two):
    lines = session(two[0][0], '4', two[1][1], '', '')
    assert ratings() == [4, 1] and '2 cards reviewed' in lines[-1]

def test_enter_is_good_and_other_keys_are_asked_again(two):
    session(two[0][0], '1', '9', '??', '')
    assert ratings() == [3]

def test_a_rating_is_taken_back_at_the_next_card_and_at_the_end(two):
    session(two[0][0], '2', two[1][0], 'u', two[0][0], '3', two[1][0], '4', 'u', two[1][1], '', '')
    assert ratings() == [2, 3, 4, 1] and len(progress.events('undo')) == 2
    assert len(Review().queue) == 0

def test_nothing_to_take_back(two):
    assert 'There is nothing to take back in this session.' in session(two[0][0], 'u')

def test_a_wrong_answer_counts_at_once_and_can_be_taken_back(two):
    session(two[0][1])
    assert ratings() == [1]
    session(two[1][1], 'u', two[1][0], '²', '3', '')
    assert ratings() == [1, 1, 3] and len(progress.events('undo')) == 1

def test_a_session_has_a_cap(two):
    assert '--- Card 1 of 1,' in '\n'.join(session(two[0][0], cap=1))

def test_a_mistake_is_turned_and_judged(two):
    name, ex = next(iter(lesson(1).exercises.items()))
    progress.record('verdict', 1, name, verdict='FAIL', misconception=next(iter(ex.mistakes)))
    session(two[0][0], '', two[1][0], '', '', '2')
    assert ratings() == [3, 3, 2]

def fastcourse(*args, **kwargs): return subprocess.run([sys.executable, '-c', 'from fastcourse.cli import main; main()', *args], capture_output=True, text=True, encoding='utf-8', **kwargs)

def test_on_the_command_line(two):
    done = fastcourse('review', '--cap', '1', input=f'{two[0][0]}\n3\n\n', env={**os.environ, 'PYTHONIOENCODING': 'utf-8'})
    assert done.returncode == 0 and ratings() == [3] and 'Card 1 of 1' in done.stdout, done.stderr
    wrong = fastcourse('review', '--cap', '0')
    assert wrong.returncode == 2 and 'Traceback' not in wrong.stderr and '--cap' in wrong.stderr
