"The deck for Anki: read back from the file, and imported into Anki itself, twice"
import json, os, sqlite3, tempfile
from contextlib import closing
from dataclasses import replace
from zipfile import ZipFile
import pytest
from click.testing import CliRunner
from fastcourse import anki, progress
from fastcourse.cards import Card, cards
from fastcourse.cli import main
from fastcourse.lesson import lesson, lessons
from fastcourse.settings import UserError

@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    "An empty folder for the learner's file, and one for the decks"
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'home'))
    (tmp_path/'here').mkdir()
    monkeypatch.chdir(tmp_path/'here')
    return tmp_path/'here'

def tables(file, *queries):
    "The answers to queries from the database in a deck's file"
    with ZipFile(file) as z: (db := file.with_suffix('.db')).write_bytes(z.read('collection.anki2'))
    with closing(sqlite3.connect(db)) as con: return [con.execute(o).fetchall() for o in queries]

def call(*args): return CliRunner().invoke(main, ['anki', *args])

# --- the file

def test_the_whole_deck(home):
    course, made = lessons(), next(c for c in cards([lesson(5)]).values() if c.kind == 'mistake')
    progress.record('verdict', 5, made.id.split('-')[1], verdict='FAIL', misconception=made.back)
    assert anki.export(home/'all.apkg', course)['mistake'] == 1
    expected = {c.id: c for c in cards(course).values() if c.kind != 'mistake' or c.id == made.id}
    notes, order, [(decks, models)] = tables(home/'all.apkg', 'select guid, mid, tags, flds from notes', 'select did, nid, due from cards order by due', 'select decks, models from col')
    found = {flds.split('\x1f')[3]: (guid, tags.split(), flds.split('\x1f')) for guid,_,tags,flds in notes}
    assert [*found] == [*expected] and len({guid for guid,*_ in notes}) == len(notes) == len(order)
    for id, (guid, tags, (front, back, source, _)) in found.items():
        c = expected[id]
        assert tags == [f'fastcourse::{c.lesson:02}', f'fastcourse::{c.kind}'] and front and back
        assert source.startswith('<a href="https://') and f'Lesson {c.lesson}, ' in source
    names = {int(k): o['name'] for k,o in json.loads(decks).items()}
    assert [*dict.fromkeys(names[did] for did,*_ in order)] == [f'fastcourse::Lesson {o.number:02} {o.title}' for o in course]
    assert [due for *_,due in order] == [*range(1, len(order)+1)] and [*json.loads(models)] == [str(mid) for mid in {mid for _,mid,*_ in notes}]

def test_the_same_cards_give_the_same_file(home, monkeypatch):
    temp = home.parent/'temp'
    temp.mkdir()
    monkeypatch.setattr(tempfile, 'tempdir', str(temp))
    for name in 'ab': anki.export(home/f'{name}.apkg', [lesson(1), lesson(2)])
    assert (home/'a.apkg').read_bytes() == (home/'b.apkg').read_bytes()
    assert [*temp.iterdir()] == [] and len([*home.iterdir()]) == 2

def test_the_time_is_that_of_the_course(home, tmp_path, monkeypatch):
    at = anki.changed()
    (tmp_path/'01_new.ipynb').write_text('')
    os.utime(tmp_path/'01_new.ipynb', (at+100, at+100))
    monkeypatch.setattr(anki, 'notebooks', lambda: tmp_path)
    anki.export(home/'a.apkg', [lesson(1)])
    assert tables(home/'a.apkg', 'select distinct mod from notes') == [[(at+100,)]]

# --- Anki itself

@pytest.fixture
def collection(tmp_path):
    "An empty collection of Anki's"
    col = pytest.importorskip('anki.collection').Collection(str(tmp_path/'collection.anki2'))
    yield col
    col.close()

def imported(col, file, **options):
    "Imports a deck; how many notes were new, updated and left alone"
    from anki.collection import ImportAnkiPackageOptions, ImportAnkiPackageRequest
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=str(file), options=ImportAnkiPackageOptions(**options))).log
    assert not log.conflicting
    return len(log.new), len(log.updated), len(log.duplicate)

def note(col, id):
    nid, = col.find_notes(f'Id:{id}')
    return col.get_note(nid)

def schedule(col): return {nid: rest for nid,*rest in col.db.all('select nid, id, did, type, queue, due, ivl, factor, reps, lapses, left, data from cards')}

def answer(col, deck, n):
    "Answers cards of a deck, with each of the four buttons in turn"
    col.decks.select(col.decks.id(deck))
    for i in range(n):
        c = col.sched.getCard()
        c.start_timer()
        col.sched.answerCard(c, 4 - i % 4)

def course_changes(monkeypatch, file, change, later=100):
    "Writes the deck again after the course has changed its cards"
    found, at = anki.chosen([lesson(5)]), anki.changed()
    with monkeypatch.context() as m:
        m.setattr(anki, 'chosen', lambda course: change(found))
        m.setattr(anki, 'changed', lambda: at + later)
        anki.export(file, [lesson(5)])

deck = f'fastcourse::Lesson 05 {lesson(5).title}'
new = Card('05-a-new-term', 'term', 5, 'Tensors', 'Which term is this?\n\nA word of tomorrow.', '**novelty**')

@pytest.mark.parametrize('options', [{}, dict(with_scheduling=True), dict(with_scheduling=True, with_deck_configs=True, merge_notetypes=True)], ids=['default', 'scheduling', 'all'])
def test_a_new_course_brings_its_texts_and_resets_nothing(home, collection, monkeypatch, options):
    n = anki.export(home/'a.apkg', [lesson(5)]).total()
    assert imported(collection, home/'a.apkg', **options) == (n, 0, 0) == (collection.note_count(), 0, 0)
    answer(collection, deck, 12)
    before = schedule(collection)
    assert sum(reps > 0 for *_,reps,_,_,_ in before.values()) >= 3 and any(ivl > 0 for _,_,_,_,_,ivl,*_ in before.values())
    changed = anki.chosen([lesson(5)])[0].id
    course_changes(monkeypatch, home/'b.apkg', lambda found: [replace(found[0], back='A better *text*.'), new, *found[1:]])
    assert imported(collection, home/'b.apkg', **options) == (1, n, 0) and collection.note_count() == n + 1
    assert note(collection, changed)['Back'] == '<p>A better <em>text</em>.</p>' and note(collection, new.id)['Back'] == '<p><strong>novelty</strong></p>'
    after = schedule(collection)
    assert {nid: after[nid] for nid in before} == before and len(after) == n + 1
    assert imported(collection, home/'b.apkg', **options) == (0, 0, n + 1) and schedule(collection) == after

def test_your_edits_stay_until_the_course_changes(home, collection, monkeypatch):
    anki.export(home/'a.apkg', [lesson(5)])
    imported(collection, home/'a.apkg')
    first, second, third = (c.id for c in anki.chosen([lesson(5)])[:3])
    mine = note(collection, first)
    mine['Back'], mine.tags = 'In my words.', [*mine.tags, 'mine']
    collection.update_note(mine)
    collection.remove_notes([note(collection, third).id])
    moved, = note(collection, second).card_ids()
    collection.set_deck([moved], mydeck := collection.decks.id('My deck'))
    collection.sched.suspend_cards([moved])
    words = next(c for c in cards([lesson(5)]).values() if c.kind == 'mistake')
    progress.record('verdict', 5, words.id.split('-')[1], verdict='FAIL', misconception=words.back)
    anki.export(home/'b.apkg', [lesson(5)])
    assert imported(collection, home/'b.apkg')[:2] == (2, 0)  # the mistake and the note that was deleted
    assert note(collection, first)['Back'] == 'In my words.' and 'mine' in note(collection, first).tags
    course_changes(monkeypatch, home/'c.apkg', lambda found: found, later=10**9)
    imported(collection, home/'c.apkg', update_notes='IMPORT_ANKI_PACKAGE_UPDATE_CONDITION_NEVER')
    assert note(collection, first)['Back'] == 'In my words.'
    imported(collection, home/'c.apkg')
    assert note(collection, first)['Back'] != 'In my words.' and 'mine' not in note(collection, first).tags
    assert (collection.get_card(moved).did, collection.get_card(moved).queue) == (mydeck, -1)

def test_all_lessons_and_one_lesson_are_the_same_cards(home, collection):
    n = anki.export(home/'all.apkg', lessons()).total()
    imported(collection, home/'all.apkg')
    one = anki.export(home/'one.apkg', [lesson(5)]).total()
    assert imported(collection, home/'one.apkg') == (0, 0, one) and collection.note_count() == collection.card_count() == n

def test_what_anki_shows(home, collection):
    anki.export(home/'a.apkg', [lesson(3), lesson(5)])
    imported(collection, home/'a.apkg')
    def sides(id):
        card = note(collection, id).cards()[0]
        return card.question(), card.answer()
    front, back = sides('03-sigmoid')
    assert r'\(1/(1+e^{-x})\)' in front and front.split('</style>')[1] in back and '<strong>sigmoid</strong>' in back and 'href="https://' in back
    assert '.nightMode{' in front
    code = next(c for c in anki.chosen([lesson(5)]) if c.question and 'print(' in c.question.code)
    assert '<span class="nb">print</span>' in sides(code.id)[0]

# --- what a user gets wrong

@pytest.mark.parametrize('args, words', {'no file': ([], 'FILE'), 'a lesson that is not there': (['--lesson', '99', 'a.apkg'], 'There is no lesson 99'), 'a lesson without a number': (['--lesson', 'x', 'a.apkg'], 'There is no lesson x'),
    'another ending': (['cards.txt'], "not 'cards.txt'; choose for example cards.apkg"), 'no ending': (['cards'], 'cards.apkg'), 'only an ending': (['.apkg'], 'choose for example'), 'a file that exists': (['mine.apkg'], 'mine.apkg exists and is left as it is'),
    'a folder of that name': (['folder.apkg'], 'left as it is'), 'a folder that is not there': (['no/where.apkg'], 'No such file'), 'a file as a folder': (['mine.apkg/a.apkg'], 'choose another place')}.values(),
    ids=lambda o: o if isinstance(o, str) else ' '.join(o))
def test_a_mistake_gets_one_sentence(home, args, words):
    (home/'mine.apkg').write_text('mine')
    (home/'folder.apkg').mkdir()
    res = call(*args)
    assert res.exit_code == 2 and res.stdout == '' and len(res.stderr.splitlines()) == 1 and words in res.stderr, res.output
    assert sorted(p.name for p in home.iterdir()) == ['folder.apkg', 'mine.apkg'] and (home/'mine.apkg').read_text() == 'mine'

def test_the_command_says_what_it_wrote(home):
    res = call('--lesson', '05', 'Five.APKG')
    n = anki.export(home/'b.apkg', [lesson(5)])
    assert res.exit_code == 0 and res.output == f"{n.total()} cards written to Five.APKG: {n['question']} questions, {n['term']} terms. In Anki, choose File, Import.\n"

def test_a_deck_is_whole_or_not_there(home, monkeypatch):
    def full(self, *args): raise OSError(28, 'No space left on device')
    monkeypatch.setattr(ZipFile, 'writestr', full)
    with pytest.raises(UserError, match='No space left'): anki.export(home/'a.apkg', [lesson(5)])
    assert [*home.iterdir()] == []

@pytest.mark.skipif(not hasattr(os, 'geteuid') or os.geteuid() == 0, reason="needs permissions that bind: not Windows, not root")
def test_a_read_only_folder(home):
    home.chmod(0o500)
    assert 'Cannot write' in call('a.apkg').stderr

def test_progress_that_cannot_be_read(home, tmp_path):
    (tmp_path/'home').write_text('mine')
    res = call('a.apkg')
    assert res.exit_code == 2 and 'FASTCOURSE_HOME' in res.stderr and [*home.iterdir()] == []
