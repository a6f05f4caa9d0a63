"The file of progress: two writers, kills, damage, other versions, folders that cannot be written to"
import json, os, sqlite3, subprocess, sys, warnings
from functools import partial
from contextlib import closing
from pathlib import Path
import pytest
from fastcourse import progress
from fastcourse.settings import UserError

@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    "An empty folder for the learner's file, of which nothing has been said yet"
    monkeypatch.setattr(progress, '_warned', set())
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'home'))
    return tmp_path/'home'

def sql(file, *statements):
    "Carries out statements; the first value of the last one's answer"
    with closing(sqlite3.connect(file, isolation_level=None)) as db: answers = [db.execute(o).fetchone() for o in statements]
    return answers[-1] and answers[-1][0]

def test_two_writers_lose_nothing():
    code = 'import sys; from fastcourse import progress; [progress.record("hint", 1, f"{sys.argv[1]}-{i}", level=1) for i in range(100)]'
    both = [subprocess.Popen([sys.executable, '-W', 'error', '-c', code, name]) for name in 'ab']
    assert [p.wait(timeout=60) for p in both] == [0, 0]
    assert sorted(e.name for e in progress.events()) == sorted(f'{name}-{i}' for name in 'ab' for i in range(100))

@pytest.mark.skipif(sys.platform == 'win32', reason="Windows has no fork")
def test_kills_lose_nothing():
    code = f'import sys; sys.path.insert(0, {str(Path(__file__).parents[1]/"bench")!r}); import kills; print(*kills.main(20))'
    said = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True).stdout.splitlines()[-1]
    acknowledged, lost, damaged = map(int, said.split())
    assert acknowledged > 20 and (lost, damaged) == (0, 0)

@pytest.mark.parametrize('damage', [b'', b'not a database', 'head', 'middle'], ids=['empty', 'text', 'head', 'middle'])
def test_a_damaged_file_is_set_aside(home, damage):
    for i in range(200): progress.record('answer', 1, str(i), given='x'*100, right=True)
    file = home/'progress.db'
    sql(file, 'pragma wal_checkpoint(truncate)')
    data = file.read_bytes()
    broken = {'head': b'\0'*200 + data[200:], 'middle': data[:5000] + bytes(range(256))*60 + data[20360:]}.get(damage, damage)
    file.write_bytes(broken)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter('always')
        assert progress.events() == [] and progress.record('open', 2)
    assert [e.lesson for e in progress.events()] == [2]
    if broken:  # SQLite takes an empty file for a new one
        assert len(said) == 1 and 'progress.damaged-1.db' in str(said[0].message)
        assert (home/'progress.damaged-1.db').read_bytes()[100:] == broken[100:]

def test_the_next_damaged_file_does_not_replace_the_first(home):
    home.mkdir()
    for text in b'first', b'second':
        (home/'progress.db').write_bytes(text*100)
        with pytest.warns(UserWarning, match='is damaged'): progress.events()
    assert [(home/f'progress.damaged-{i}.db').read_bytes()[:5] for i in (1, 2)] == [b'first', b'secon']

def test_a_half_set_aside_file_does_not_replace_the_first(home):
    home.mkdir()
    (home/'progress.damaged-1.db-wal').write_bytes(b'first')  # killed after it had moved this part
    for end in '', '-wal': (home/f'progress.db{end}').write_bytes(b'second'*100)
    with pytest.warns(UserWarning, match='damaged-2'): progress.events()
    assert (home/'progress.damaged-1.db-wal').read_bytes() == b'first'

def test_damage_that_another_process_has_mended(home, monkeypatch):
    home.mkdir()
    (home/'progress.db').write_bytes(b'garbage'*100)
    mend = progress._mend
    def late(file, once):
        monkeypatch.setattr(progress, '_mend', mend)
        assert progress.record('open', 1)  # what the other process does before this one comes to it
        return mend(file, once)
    monkeypatch.setattr(progress, '_mend', late)
    with pytest.warns(UserWarning, match='damaged-1'): assert progress.record('open', 2)
    assert sorted(e.lesson for e in progress.events()) == [1, 2] and len([*home.glob('*damaged*')]) == 1

@pytest.mark.parametrize('lesson, name', [(1, ['x']), (1, None), (1, '\ud800'), ('1', 'x'), (True, 'x'), (10**30, 'x')])
def test_what_is_no_event_harms_nothing(home, lesson, name):
    progress.record('open', 1)
    with pytest.raises(ValueError): progress.record('hint', lesson, name)
    assert len(progress.events()) == 1 and [p.name for p in home.glob('*.db')] == ['progress.db']

def test_an_older_layout_is_brought_up_to_date(home):
    home.mkdir()
    sql(home/'progress.db', progress._steps[0], 'pragma user_version = 1', "insert into event values ('a', '2026-01-01T00:00:00.000+00:00', 'open', 3, '', '{}')")
    assert progress.last_lesson([1, 2, 3]) == 3 and sql(home/'progress.db', 'pragma user_version') == len(progress._steps) == 2

@pytest.mark.parametrize('layout', [0, 1, 2])
def test_a_file_without_the_table_is_set_aside(home, layout):
    home.mkdir()
    sql(home/'progress.db', 'create table thing (a)', f'pragma user_version = {layout}')
    if layout:
        with pytest.warns(UserWarning, match='damaged-1.*fastcourse progress import FILE'): assert progress.record('open', 2)
    else: assert progress.record('open', 2)  # a new file has no layout yet
    assert [e.lesson for e in progress.events()] == [2]

def test_an_index_that_is_there_already(home):
    home.mkdir()
    sql(home/'progress.db', *progress._steps, 'pragma user_version = 1')
    assert progress.record('open', 2) and sql(home/'progress.db', 'pragma user_version') == 2

deep = '{"a": '*51 + '1' + '}'*51
bad_rows = dict(data='{', two='{"a":1},{"b":2}', none='', list='[1]', number='7', deep=deep, deeper='{"a":'*100_000)

@pytest.mark.parametrize('column, value', [*(('data', o) for o in bad_rows.values()), ('data', b'\xff'), ('time', 'noon'), ('time', '2026-01-01'), ('time', b'\xff'), ('kind', 'applause'), ('lesson', 'one'), ('lesson', -1), ('name', b'\xff')],
                         ids=[*bad_rows, 'bytes', 'noon', 'day', 'time bytes', 'kind', 'lesson', 'negative', 'name bytes'])
def test_a_damaged_row_is_left_out_and_stays_in_the_file(home, tmp_path, monkeypatch, column, value):
    for i in range(3): progress.record('hint', 1, str(i), level=1)
    progress.record('open', 2)
    with closing(sqlite3.connect(home/'progress.db')) as db, db: db.execute(f'update event set {column} = ? where lesson = 2', (value,))
    with pytest.warns(UserWarning, match='^1 event in .*progress.db is damaged and left out.$'): assert [e.name for e in progress.events()] == ['0', '1', '2']
    with warnings.catch_warnings():
        warnings.simplefilter('error')  # it is said once
        assert progress.export(tmp_path/'out.json') == 3 and progress.last_lesson([1, 2]) == 1
    assert sql(home/'progress.db', 'select count(*) from event') == 4
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'other'))
    assert progress.import_(tmp_path/'out.json') == 3

def test_a_name_that_is_not_text_is_readable_and_can_be_moved(home, tmp_path, monkeypatch):
    progress.record('hint', 1, 'good', level=1)
    sql(home/'progress.db', "update event set name = cast(x'61ff' as text)")
    assert [e.name for e in progress.events()] == ['a\ufffd'] and progress.export(tmp_path/'out.json') == 1
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'other'))
    assert progress.import_(tmp_path/'out.json') == 1

def test_data_that_are_nested_too_deep():
    nested = lambda n: {'a': nested(n-1)} if n else 1
    assert progress.record('hint', 1, 'x', **nested(50))
    for n in 51, 900:
        with pytest.raises(ValueError, match='nested deeper'): progress.record('hint', 1, 'x', **nested(n))
    assert len(progress.events()) == 1

def test_a_file_from_the_future_is_left_alone(home):
    progress.record('open', 1)
    sql(home/'progress.db', 'pragma user_version = 99')
    with pytest.warns(UserWarning, match='upgrade fastcourse'): assert progress.record('open', 2) == ''
    with pytest.raises(UserError, match='upgrade fastcourse'): progress.events()
    assert sql(home/'progress.db', 'pragma user_version') == 99 and [p.name for p in home.glob('*.db')] == ['progress.db']

def test_not_a_byte_of_a_file_from_the_future_changes(home):
    home.mkdir()
    sql(home/'progress.db', 'create table thing (a)', 'pragma user_version = 99')
    before = (home/'progress.db').read_bytes()
    with pytest.raises(UserError, match='upgrade fastcourse'): progress.events()
    assert (home/'progress.db').read_bytes() == before and [p.name for p in home.iterdir()] == ['progress.db']

class NoWal(sqlite3.Connection):
    def execute(self, statement, *args):
        if 'journal_mode = ' in statement: raise sqlite3.OperationalError('locking protocol')
        return super().execute(statement, *args)

def test_a_file_system_without_write_ahead_logs(home, monkeypatch):
    monkeypatch.setattr(sqlite3, 'connect', partial(sqlite3.connect, factory=NoWal))
    with warnings.catch_warnings():
        warnings.simplefilter('error')
        assert progress.record('open', 1)
    assert sql(home/'progress.db', 'select count(*) from event') == 1 and sql(home/'progress.db', 'pragma journal_mode') == 'delete'

def test_a_full_disk(monkeypatch):
    assert progress.record('open', 1)
    connect = progress._connect
    def full(file):
        db = connect(file)
        db.execute('pragma max_page_count = 1')
        return db
    monkeypatch.setattr(progress, '_connect', full)
    with pytest.warns(UserWarning, match='full'): assert progress.record('answer', 1, 'q', given='x'*100_000, right=True) == ''
    assert [e.kind for e in progress.events()] == ['open']

def test_it_is_said_once(home):
    home.write_text('')
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter('always')
        assert [progress.record('open', 1) for _ in range(3)] == ['']*3
    assert len(said) == 1

def test_a_folder_that_is_a_file(home):
    home.write_text('mine')
    with pytest.warns(UserWarning, match='set FASTCOURSE_HOME to a folder you can write to'): assert progress.record('open', 1) == ''
    with pytest.raises(UserError, match='FASTCOURSE_HOME'): progress.events()
    assert home.read_text() == 'mine'

@pytest.mark.skipif(not hasattr(os, 'geteuid') or os.geteuid() == 0, reason="needs permissions that bind: not Windows, not root")
def test_a_read_only_folder(home):
    home.mkdir(mode=0o500)
    with pytest.warns(UserWarning, match='FASTCOURSE_HOME'): assert progress.record('open', 1) == ''

def test_events_from_elsewhere_are_added_once_and_all_or_none():
    good = progress.Event('a', '2026-01-01T00:00:00.000+00:00', 'open', 1, '', {})
    with pytest.raises(ValueError, match='no kind'): progress.add([good, progress.Event('b', good.time, 'applause', 1, '', {})])
    assert progress.events() == [] and (progress.add([good]), progress.add([good])) == (1, 0) and progress.events() == [good]

def test_an_unknown_kind():
    with pytest.raises(ValueError, match='no kind'): progress.record('applause', 1)

# --- export and import

def test_two_computers_come_to_the_same(home, tmp_path, monkeypatch):
    files = {}
    for name in 'ab':
        monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/name))
        for i in range(3): progress.record('hint', 1, f'{name}{i}', level=i)
        files[name] = tmp_path/f'{name}.json'
        assert progress.export(files[name]) == 3
    assert progress.import_(files['a']) == 3
    both = progress.events()
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'a'))
    assert progress.import_(files['b']) == 3 and progress.import_(files['b']) == 0
    assert sorted(progress.events(), key=lambda e: e.id) == sorted(both, key=lambda e: e.id)

def test_an_export_replaces_nothing(tmp_path):
    (tmp_path/'mine.json').write_text('mine')
    with pytest.raises(UserError, match='is left as it is'): progress.export(tmp_path/'mine.json')
    assert (tmp_path/'mine.json').read_text() == 'mine'

def test_an_export_is_whole_or_not_there(tmp_path, monkeypatch):
    progress.record('open', 1)
    def cut(*args, **kwargs):
        args[1].write('{')
        raise OSError(28, 'No space left on device')
    monkeypatch.setattr(json, 'dump', cut)
    with pytest.raises(UserError, match='No space left'): progress.export(tmp_path/'out.json')
    assert [p.name for p in tmp_path.iterdir()] == ['home']

good = dict(id='a', time='2026-01-01T00:00:00.000+00:00', kind='open', lesson=1, name='', data={})

def exported(format='fastcourse progress 1', **changes): return json.dumps(dict(format=format, events=[good, {**good, 'id': 'b', **changes}]))

@pytest.mark.parametrize('text', ['', '{', '[]', '{}', 'null', '['*100_000, '{"format": "fastcourse progress 1"}', '{"format": "fastcourse progress 1", "events": 3}', exported('another program'),
    exported(id=None), exported(lesson='one'), exported(lesson=10**30), exported(kind='applause'), exported(time='yesterday'), exported(time='2026-01-01T02:00:00.000+02:00'),
    exported(name='\ud800'), exported(data=[1]), exported(more=1), exported(data=json.loads(deep))], ids=range(19))
def test_what_is_no_export_imports_nothing(tmp_path, text):
    (tmp_path/'in.json').write_text(text)
    with pytest.raises(UserError, match='nothing was imported'): progress.import_(tmp_path/'in.json')
    assert progress.events() == []

def test_an_import_from_the_future(tmp_path):
    (tmp_path/'in.json').write_text(exported('fastcourse progress 3'))
    with pytest.raises(UserError, match='upgrade fastcourse'): progress.import_(tmp_path/'in.json')
    assert progress.events() == []

@pytest.mark.parametrize('version', [1, 2])
def test_the_good_event_is_good(tmp_path, version):
    (tmp_path/'in.json').write_text(exported(f'fastcourse progress {version}'))
    assert progress.import_(tmp_path/'in.json') == 2

def test_an_import_of_nothing(tmp_path):
    with pytest.raises(UserError, match='Cannot read') as said: progress.import_(tmp_path/'none.json')
    assert str(said.value).count('none.json') == 1

def test_an_import_of_what_is_no_text(tmp_path):
    (tmp_path/'in.json').write_bytes(b'\xff\xfe\x00')
    with pytest.raises(UserError, match='is not an export of fastcourse; make one with'): progress.import_(tmp_path/'in.json')

def test_an_editor_that_marks_its_files(tmp_path):
    (tmp_path/'in.json').write_text(exported(), encoding='utf-8-sig')
    assert progress.import_(tmp_path/'in.json') == 2
