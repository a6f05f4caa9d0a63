"The dashboard where the notebook does not go: the command line, odd logs, other terminals, other clocks, scale"
import io, os, re, sqlite3, subprocess, sys, time
from contextlib import closing
from datetime import datetime, timedelta, timezone
import pytest
from click.testing import CliRunner
from rich.console import Console
from fastcourse import dashboard, progress, review
from fastcourse.cards import mistake_id
from fastcourse.cli import main
from fastcourse.lesson import lesson, lessons
from fastcourse.progress import Event
from fastcourse.standing import made_up, standing

now = datetime(2026, 3, 20, 18, tzinfo=timezone.utc)

@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    "An empty home, and an empty current folder"
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'home'))
    (tmp_path/'here').mkdir()
    monkeypatch.chdir(tmp_path/'here')
    return tmp_path/'home'

def call(*args): return CliRunner().invoke(main, ['progress', *args])

def event(kind, day, name='', lesson=1, **data): return Event(f'{kind}-{lesson}-{name}-{day}', f'2026-03-{day:02}T12:00:00.000+00:00', kind, lesson, name, data)

def drawn(s, encoding='utf-8', width=80):
    "What a terminal without color shows"
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors='replace', write_through=True)
    dashboard.show(s, Console(width=width, file=out, force_terminal=False, force_jupyter=False))
    return out.buffer.getvalue().decode(encoding)

# --- the command line

def test_before_the_first_event():
    res = call()
    assert res.exit_code == 0 and 'no progress yet' in res.output and len(res.output.splitlines()) == 2

def test_a_checklist_is_ticked_and_unticked():
    assert re.findall(r'^ *\d+ \[(.)\]', call('checklist', '2').output, re.MULTILINE) == [' ']*10 and progress.events() == []
    for done in True, False:
        res = call('checklist', '02', '4')
        assert res.exit_code == 0 and [mark != ' ' for mark in re.findall(r'^ *\d+ \[(.)\]', res.output, re.MULTILINE)] == [False]*3 + [done] + [False]*6
        e = progress.events()[-1]
        assert (e.kind, e.lesson, e.name, e.data) == ('tick', 2, f'research: {lesson(2).research[0].title}', dict(done=done))

@pytest.mark.parametrize('args, said', [(['99'], 'There is no lesson 99'), (['1', '1'], 'ticked by itself'), (['1', '10'], 'ticked by itself'), (['1', '0'], '1 to 10'), (['1', '11'], '1 to 10'),
                                        (['1', '-1'], '-1'), (['1', '²'], '1 to 10'), (['1', 'own project'], '1 to 10'), ([], 'N')], ids=str)
def test_what_cannot_be_ticked_gets_one_sentence(args, said):
    res = call('checklist', *args)
    assert res.exit_code == 2 and res.stdout == '' and len(res.stderr.splitlines()) == 1 and said in res.stderr
    assert progress.events() == []

def test_a_folder_that_is_a_file(home):
    home.write_text('mine')
    for args in [], ['checklist', '1'], ['checklist', '1', '4']:
        res = call(*args)
        assert res.exit_code == 2 and 'FASTCOURSE_HOME' in res.stderr and len(res.stderr.splitlines()) == 1

def test_a_pipe_gets_no_colors():
    progress.add(made_up(100, lessons(), datetime.now(timezone.utc)))
    res = subprocess.run([sys.executable, '-c', 'from fastcourse.cli import main; main(["progress"])'], capture_output=True, env={**os.environ, 'PYTHONIOENCODING': 'ascii', 'PYTHONUTF8': '0'})
    assert res.returncode == 0 and res.stderr == b'' and b'\x1b' not in res.stdout and b'exercises ####' in res.stdout

@pytest.mark.parametrize('encoding', ['utf-8', 'ascii'])
@pytest.mark.parametrize('n', [1, 30, 440, 2500])
def test_it_fits_eighty_columns(n, encoding):
    progress.add(made_up(n, lessons(), now))
    s = standing(now)
    text = drawn(s, encoding)
    assert max(map(len, text.splitlines())) < 80 and all(p.lesson.title[:60] in text for p in s.begun)
    for narrow in 1, 20, 33, 59, 60: assert max(map(len, drawn(s, encoding, narrow).splitlines())) < max(narrow, 20)

def test_a_narrow_terminal_loses_no_words():
    progress.add(made_up(440, lessons(), now))
    s = standing(now)
    text = drawn(s, width=30)
    assert 'right at the first try' in ' '.join(text.split()) and ' '.join(text.split()).count('(full height is 100 %)') == 1
    for o in s.begun: assert re.search(rf'^ *{o.lesson.number} {re.escape(o.lesson.title[:10])}.*\n   exercises [█▒·]+\n', text, re.MULTILINE)
    assert re.search('exercises [█▒·]+   questions', drawn(s, width=60)) and not re.search('exercises.*questions', drawn(s, width=59))

def test_a_block_is_an_exercise_and_a_day_without_success_is_seen():
    progress.add([event('verdict', 1, [*lesson(1).exercises][0], verdict='PASS')] + [event('answer', 2 + i, q.id, right=i > 0) for i, q in enumerate(lesson(1).questions.questions[:2])])
    for encoding, full, none, least in ('utf-8', '█', '·', '▁'), ('ascii', '#', '.', '.'):
        text = drawn(standing(now), encoding)
        assert f"exercises {full}{none*(len(lesson(1).exercises) - 1)}   questions" in text and re.search(rf'^  {re.escape(least)*6} {full}{{6}} *$', text, re.MULTILINE)

@pytest.mark.parametrize('minutes, ready', [(-1, 1), (30, 0)])
def test_the_forecast_names_the_command_when_cards_are_due(minutes, ready):
    q = lesson(1).questions.questions[0]
    progress.add([Event('a', '2026-03-20T10:00:00.000+00:00', 'answer', 1, q.id, dict(right=False)), Event('b', '2026-03-20T11:00:00.000+00:00', 'review', 1, q.id, dict(rating=1))])
    due = next(iter(review.schedule(progress.events(), {1: lesson(1)}, now).values())).due
    s = standing(due - timedelta(minutes=minutes))
    text = drawn(s)
    assert (s.overdue + s.due[0], s.ready) == (1, ready) and ('fastcourse review' in text) == ready
    assert re.search('^  over  today [A-Z]', text, re.MULTILINE) and len(re.search('^  over.*$', text, re.MULTILINE)[0].split()) == 15

def damage(home):
    with closing(sqlite3.connect(home/'progress.db')) as db, db: db.execute("insert into event values ('x', 'noon', 'open', 1, '', '{}')")

def test_a_warning_is_a_sentence(home, monkeypatch):
    monkeypatch.setattr(progress, '_warned', set())
    progress.record('open', 1)
    damage(home)
    res = call()
    assert res.exit_code == 0 and res.stderr == f"1 event in {home/'progress.db'} is damaged and left out.\n" and 'Lessons' in res.stdout
    (home/'progress.db').write_bytes(b'garbage'*100)
    res = call()
    assert res.exit_code == 0 and len(res.stderr.splitlines()) == 1 and res.stderr.endswith("`fastcourse progress import FILE` brings back your last export, if you made one.\n")

def test_a_tick_that_is_not_stored_is_said(home, monkeypatch):
    monkeypatch.setattr(progress, 'record', lambda *args, **kwargs: '')
    res = call('checklist', '1', '4')
    assert res.exit_code == 2 and res.stdout == '' and res.stderr.startswith('This could not be stored; ')
    c = dashboard._Checklist(standing(now))
    box = c.boxes.children[3]
    box.value = True
    assert box.value is False and 'could not be stored' in c.said.value

def test_one_event_is_one():
    progress.record('open', 1)
    assert call('export', 'one.json').output.startswith('1 event written') and call('import', 'one.json').output.startswith('0 new events')
    progress._use(lambda db: db.execute('delete from event'))
    assert call('import', 'one.json').output.startswith('1 new event from')

# --- what it adds up to

def test_reviews_and_ticks_do_not_move_where_you_stopped():
    progress.add([event('open', 1, lesson=2), event('answer', 2, lesson(2).questions.questions[0].id, 2, right=True), event('review', 3, lesson(1).terms[0].id, rating=3), event('tick', 4, 'own project', 5, done=True),
                  event('open', 5, lesson=99), Event('ahead', '2031-01-01T00:00:00.000+00:00', 'open', 3, '', {})])
    numbers = [o.number for o in lessons()]
    assert standing(now).stop.part.lesson.number == progress.last_lesson(numbers) == 2 and standing(now).stop.section == 'Questionnaire'

def test_one_task_of_research_is_enough():
    o = lesson(1)
    progress.add([event('verdict', 1, name, verdict='PASS') for name in o.exercises] + [event('answer', 19, q.id, right=True) for q in o.questions.questions])
    assert standing(now).parts[0].next.research
    progress.add([event('tick', 19, f'research: {o.research[1].title}', done=True)])
    p = standing(now).parts[0]
    assert p.next.tick == 'own project' and sum(i.research and not i.done for i in p.items) == len(o.research) - 1

def test_bars_are_those_of_the_log():
    one = lesson(1)
    q, names = [q.id for q in one.questions.questions], [*one.exercises]
    progress.add([event('verdict', 1, names[0], verdict='NOT ATTEMPTED'), event('verdict', 2, names[1], verdict='TIMEOUT'), event('verdict', 2, names[2], verdict='PASS'), event('verdict', 3, names[2], verdict='FAIL'),
                  event('answer', 4, q[0], right=False), event('answer', 5, q[0], right=True), event('answer', 5, q[1], right=True), event('answer', 6, q[1], right=False)])
    s = standing(now)
    p, = s.begun
    assert p.exercises == ([names[2]], [names[1]], [names[0], *names[3:]]) and p.questions == ([q[1]], [q[0]], q[2:])
    assert [(right, of) for _, right, of in s.scores] == [(0, 1), (1, 1)] and s.stop.section == 'Questionnaire'
    assert s.next == (p, p.next) and p.next.section == one.places[names[1]]

def test_the_forecast_is_that_of_review():
    progress.add(made_up(440, lessons(), now))
    s = standing(now)
    memories = review.schedule(progress.events(), {o.number: o for o in lessons()}, now)
    assert s.overdue and [s.overdue + s.due[0], *s.due[1:]] == review.forecast(memories, now)

def test_overdue_is_what_was_due_before_today():
    for q, time in zip(lesson(1).questions.questions, ('2026-03-19T23:00', '2026-03-20T01:00', '2026-03-20T17:00')): progress.add([Event(q.id, f'{time}:00.000+00:00', 'answer', 1, q.id, dict(right=False))])
    today = now.astimezone().date()
    s = standing(now)
    dues = [datetime.fromisoformat(e.time).astimezone().date() for e in progress.events()]
    assert (s.overdue, s.due[0]) == (sum(d < today for d in dues), sum(d == today for d in dues)) and s.due[0] >= 1 and sum(s.due[1:]) == 0

def test_a_card_that_the_course_no_longer_has_is_not_due():
    progress.add([event('answer', 1, '01-00000000', right=False), event('answer', 1, lesson(1).questions.questions[0].id, right=False)])
    assert standing(now).overdue == 1 and review.forecast(review.schedule(progress.events(), {}, now), now)[0] == 2

def test_undone_and_known_cards_are_no_trouble():
    q = lesson(1).questions.questions[0]
    progress.add([event('answer', 1, q.id, right=True), event('review', 2, q.id, rating=1), event('review', 3, q.id, rating=2), event('undo', 4, q.id, review=f'review-1-{q.id}-2')])
    assert standing(now).weak == []
    progress.add([event('review', 5, q.id, rating=1)])
    w, = standing(now).weak
    assert (w.section, w.trouble, w.tries) == (q.section, 1, 3)

def test_all_is_done():
    log = [event('verdict', 1, name, o.number, verdict='PASS') for o in lessons() for name in o.exercises] + [event('answer', 2, q.id, o.number, right=True) for o in lessons() for q in o.questions.questions]
    log += [event('tick', 3, name, o.number, done=True) for o in lessons() for name in ('own project', *(f'research: {r.title}' for r in o.research))]
    progress.add(log + [event('review', 10, o.terms[0].id, o.number, rating=3) for o in lessons()])
    s = standing(now)
    assert s.next is None and s.weak == [] and all(o.done for p in s.parts for o in p.items)
    text = drawn(s)
    assert 'Next' not in text and 'Weakest' not in text and 'Not begun' not in text and dashboard.html(s)

def test_only_ticks_begin_no_lesson():
    progress.add([event('tick', 3, 'own project', 4, done=True)])
    s = standing(now)
    assert s.begun == [] and s.parts[3].items[-2].done and s.stop.section == 'Your own project' and s.notes == []
    assert 'lesson 4' in drawn(s) and dashboard.html(s)

@pytest.mark.parametrize('o', lessons(), ids=lambda o: str(o.number))
def test_what_is_read_of_exercises_is_what_running_them_gives(o):
    assert o.levels == {name: ex.level for name, ex in o.exercises.items()} and o.places.keys() == o.levels.keys()
    assert all(o.says(words) for ex in o.exercises.values() for words in ex.wrongs) and not o.says('A mistake that nobody makes')
    assert [q.id for q in o.questions.questions] == [q.id for q in o._content['questions'].questions]

def test_a_reviewed_mistake_of_another_computer_is_known_and_a_reworded_one_is_not_due():
    name, ex = next(iter(lesson(1).exercises.items()))
    words = next(iter(ex.wrongs))
    progress.add([event('review', 3, mistake_id(1, name, words), rating=1)])
    s = standing(now)
    assert (s.notes, s.overdue, [w.section for w in s.weak]) == ([], 1, [lesson(1).places[name]])
    progress.add([event('verdict', 3, name, verdict='FAIL', misconception='Other words')])
    assert standing(now).overdue == 1

# --- what is odd

def odd():
    one = lesson(1)
    for i, (kind, name) in enumerate((k, n) for k in progress.kinds for n in ('', 'no-such', [*one.exercises][0], one.questions.questions[0].id, one.terms[0].id, 'own project', '👩‍💻\n<b>')):
        for j, data in enumerate(({}, dict(verdict=3, right='x', rating='1', done=None, misconception=[1], review=5), dict(verdict='PASS', misconception='', right=None, rating=9, done=0))):
            for n in 0, 1, 99: yield Event(f'{i}-{j}-{n}', f'2026-03-{1 + i % 19:02}T12:00:00.000+00:00', kind, n, name, data)

def test_odd_events_break_nothing():
    progress.add(odd())
    before = len(progress.events())
    s = standing(now)
    assert drawn(s) and dashboard.html(s) and [p.lesson.number for p in s.begun] == [1] and 'does not have' in s.notes[0]
    assert len(progress.events()) == before and call().exit_code == 0

@pytest.mark.slow
def test_any_single_event(tmp_path, monkeypatch):
    for e in [*odd()][::13]:
        monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/e.id))
        progress.add([e])
        s = standing(now)
        assert drawn(s) and dashboard.html(s), e

def test_markup_in_an_import_is_no_markup():
    progress.add([event('tick', 3, '[bold]<script>', 1, done=True), event('open', 3)])
    page = dashboard.html(standing(now))
    assert '<script' not in page and drawn(standing(now))

def test_a_lesson_that_is_gone_is_not_where_you_stopped():
    progress.add([event('open', 3, lesson=2), event('open', 4, lesson=99)])
    s = standing(now)
    assert s.stop.part.lesson.number == 2 and s.notes == ["1 event is about a question or an exercise that this version of the course does not have; it is kept, and only the scores count it."]

def test_only_what_is_gone_is_said():
    progress.add([event('open', 4, lesson=99)])
    s = standing(now)
    assert s.stop is None and 'does not have' in ' '.join(drawn(s).split()) and 'does not have' in dashboard.html(s)

zoned = pytest.mark.skipif(not hasattr(time, 'tzset'), reason="Windows cannot change a process's time zone")

@zoned
@pytest.mark.parametrize('zone', ['Pacific/Kiritimati', 'Etc/GMT+12'])
def test_wrong_clocks(zone, monkeypatch):
    q = lesson(1).questions.questions
    times = '0001-01-01T00:00:00.000+00:00', '9999-12-31T23:59:59.000+00:00'
    progress.add([Event(f'{i}-{kind}', time, kind, 1, q[i].id, data) for i, time in enumerate(times) for kind, data in (('answer', dict(right=False)), ('open', {}))] + [event('answer', 3, q[2].id, right=True)])
    monkeypatch.setenv('TZ', zone)
    time.tzset()
    try:
        s = standing(now)
        assert drawn(s) and dashboard.html(s) and s.stop.time.year == 2026 and s.stop.section == 'Questionnaire'
        assert len(s.scores) == 2 and 'in the future' in s.notes[0]
    finally:
        monkeypatch.undo()
        time.tzset()

@zoned
@pytest.mark.parametrize('time_', ['0001-01-01T00:00:00.000+00:00', '9999-12-31T23:59:59.000+00:00'])
@pytest.mark.parametrize('zone', ['Pacific/Kiritimati', 'Etc/GMT+12'])
def test_only_wrong_clocks(zone, time_, monkeypatch):
    progress.add([Event(q.id, time_, 'answer', 1, q.id, dict(right=True)) for q in lesson(1).questions.questions])
    monkeypatch.setenv('TZ', zone)
    time.tzset()
    try:
        s = standing(now)
        assert drawn(s) and dashboard.html(s) and s.stop.section == 'Questionnaire' and not s.parts[0].items[-1].done
    finally:
        monkeypatch.undo()
        time.tzset()

@zoned
def test_a_day_is_one_of_this_computer(monkeypatch):
    progress.add([Event(str(i), f'2026-03-10T{h}:30:00.000+00:00', 'answer', 1, q.id, dict(right=True)) for i, (h, q) in enumerate(zip(('09', '11'), lesson(1).questions.questions))])
    days = {}
    for zone in 'UTC', 'Etc/GMT-14':
        monkeypatch.setenv('TZ', zone)
        time.tzset()
        days[zone] = [str(day) for day, *_ in standing(now).scores]
    monkeypatch.undo()
    time.tzset()
    assert days == {'UTC': ['2026-03-10'], 'Etc/GMT-14': ['2026-03-10', '2026-03-11']}

def test_an_older_file(home):
    home.mkdir()
    with closing(sqlite3.connect(home/'progress.db', isolation_level=None)) as db:
        for statement in progress._steps[0], 'pragma user_version = 1', "insert into event values ('a', '2026-01-01T00:00:00.000+00:00', 'open', 3, '', '{}')": db.execute(statement)
    assert [p.lesson.number for p in standing(now).begun] == [3]

def test_ten_thousand_events():
    log = made_up(10_000, lessons(), now)
    assert progress.add(log) == len({e.id for e in log}) == 10_000
    s = standing(now)
    assert len(s.begun) == len(lessons()) and s.notes == [] and sum(of for *_, of in s.scores) == sum(len(o.questions.questions) for o in lessons())
    assert len(dashboard.html(s)) < 600_000 and max(map(len, drawn(s).splitlines())) < 80

def test_very_many_quiz_days():
    days = [now - timedelta(days=i) for i in range(1500)]
    progress.add([Event(f'{i}-{j}', d.isoformat(timespec='milliseconds'), 'answer', 1, f'01-{i}-{j}', dict(right=(i*j) % 3 > 0)) for i, d in enumerate(days) for j in range(7)])
    s = standing(now)
    assert len(s.scores) == 1500 and sum(of for *_, of in s.scores) == 10_500 and sum(of for *_, of in dashboard._weeks(s.scores)) == 10_500
    monday = s.scores[-1][0] - timedelta(days=s.scores[-1][0].weekday())
    assert f'to {monday:%d %b %Y}' in drawn(s) and 'week by week' in drawn(s) and max(map(len, drawn(s).splitlines())) < 80 and len(dashboard.html(s)) < 600_000
