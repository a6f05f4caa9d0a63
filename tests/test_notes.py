"Notes of lectures: topics found in lectures marked by hand, terms, files that are broken, and notes that run"
import importlib.util, os, re, subprocess, sys
from pathlib import Path
import nbformat, pytest
from click.testing import CliRunner
from fastcourse import notes, transcript
from fastcourse.cli import main
from fastcourse.copies import write_copies
from fastcourse.lesson import lesson
from fastcourse.workbook import execute

spec = importlib.util.spec_from_file_location('lectures', Path(__file__).parents[1]/'bench'/'notes.py')
lectures = importlib.util.module_from_spec(spec)
spec.loader.exec_module(lectures)

@pytest.fixture(autouse=True)
def here(tmp_path, monkeypatch):
    "An empty current folder"
    monkeypatch.chdir(tmp_path)
    for name, value in dict(FASTCOURSE_HOME=str(tmp_path/'home'), FASTCOURSE_BUDGET_MB='0', FASTCOURSE_PROFILE='small', FASTCOURSE_STATIC='1').items(): monkeypatch.setenv(name, value)

def call(*args): return CliRunner().invoke(main, ['notes', *map(str, args)])

def saved(text, name='talk.vtt', encoding='utf-8'):
    Path(name).write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
    return name

@pytest.fixture(scope='module')
def captions(tmp_path_factory): # Of lecture a2, as YouTube's program writes them
    return lectures.saved(['a2'], 'automatic', tmp_path_factory.mktemp('captions'))[0]

# --- lectures marked by hand

@pytest.mark.parametrize('style', lectures.styles)
@pytest.mark.parametrize('names', [['a1', 'a2'], ['b1', 'b2'], ['d1', 'd2']], ids=' and '.join)
def test_boundaries_are_found(names, style, tmp_path):
    "In two lectures that it was developed with, and in one, `d`, that was written afterwards"
    path, planted = lectures.saved(names, style, tmp_path)
    talk = transcript.read(path)
    found = [s.start for s in notes.notes(talk).sections[1:]]
    assert len(found) <= 1.75*len(planted)
    assert lectures.score(found, planted)[1] >= .8
    assert lectures.score(lectures.even(len(found), talk.cues[-1].end), planted)[1] < .6

def test_both_styles_say_the_same_words(tmp_path):
    "What the captions show twice is read once"
    one, two = ([w for _, w in transcript.read(lectures.saved(['a1'], s, tmp_path)[0]).words] for s in lectures.styles)
    assert notes.tokens(' '.join(one)) == notes.tokens(' '.join(two))

def test_the_score_counts_each_boundary_once():
    assert lectures.score([100, 110, 400], [95, 300]) == (1/3, 1/2, .4)
    assert lectures.score([], [95]) == (0, 0, 0)

@pytest.mark.parametrize('name, number', [('a1', 5), ('a2', 6), ('b1', 8), ('b2', 9)])
def test_nine_of_ten_terms_are_linked(name, number, tmp_path):
    found = notes.notes(transcript.read(lectures.saved([name], 'automatic', tmp_path)[0]))
    yes, no = lectures.linked(found, name)
    assert found.lesson.number == number and {t.term for t in found.terms if t.lesson == number} <= {t.term for t in lesson(number).terms}
    assert len(yes) >= .9*len(yes | no), no
    page = '\n'.join(source for _, source in notes.layout(found))
    for t in found.terms: assert f'[{t.term}]({lesson(t.lesson).address(t.section)})' in page.replace('\\', '')

def test_marked_terms_are_terms():
    for name, n in ('a1', 5), ('a2', 6), ('b1', 8), ('b2', 9):
        assert {*(lectures.folder/f'{name}.terms').read_text(encoding='utf-8').split('\n')} - {''} <= {t.term for t in lesson(n).terms}

def test_everyday_words_are_no_terms():
    "A lecture on bread says next to nothing of the course's"
    text = "The bread rises normally overnight, a general rule; precisely weighed flour is regularly best, and the active yeast optimally warm. " * 30
    assert notes.occurrences(notes.tokens(text), [t for n in range(1, 15) for t in lesson(n).terms]) == []

# --- the notebook and the page

def test_a_page(captions):
    res = call(captions, '-o', 'talk.md', '--url', 'https://youtu.be/dQw4w9WgXcQ')
    assert res.exit_code == 0 and 'lesson 6' in res.output and '% of its length' in res.output
    page = Path('talk.md').read_text(encoding='utf-8')
    outline = page.split('## Outline')[1].split('\n## ')[0]
    assert len(re.findall(r'^\d+\. \[[\d:]+\]\(https://youtu\.be/dQw4w9WgXcQ\?t=\d+s\) \w', outline, re.MULTILINE)) == len(re.findall(r'^## \d+\. ', page, re.MULTILINE))
    assert '<details><summary>Answer</summary>' in page and 'quiz(' not in page and '### Your notes' in page and 'Terms of the course in this lecture' in page

def test_links_lead_to_the_learners_copy(captions):
    write_copies(Path('workbook'))
    assert call(captions, '-o', 'workbook/talk.md').exit_code == 0
    page = Path('workbook/talk.md').read_text(encoding='utf-8')
    assert '(06_convolutions.ipynb#Pooling)' in page and 'https://' not in page

def test_solutions_stay_hidden(captions):
    assert call(captions, '-o', 'talk.ipynb').exit_code == 0
    text = Path('talk.ipynb').read_text(encoding='utf-8')
    assert 'BEGIN SOLUTION' not in text and '@exercise' not in text

def test_the_same_again(captions):
    for out in 'one.ipynb', 'two.ipynb': assert call(captions, '-o', out).exit_code == 0
    assert Path('one.ipynb').read_bytes() == Path('two.ipynb').read_bytes()

@pytest.mark.slow
@pytest.mark.parametrize('name', ['a1', 'a2', 'b1', 'b2'])
def test_the_notebook_runs(name, tmp_path):
    path, _ = lectures.saved([name], 'automatic', tmp_path)
    assert call(path, '-o', 'talk.ipynb').exit_code == 0
    nb = nbformat.read('talk.ipynb', 4)
    nbformat.validate(nb)
    code = [c for c in nb.cells if c.cell_type == 'code']
    assert len([c for c in code if not c.source.startswith('quiz(')]) > 2
    execute(nb)
    assert all(c.outputs for c in code if c.source.startswith('quiz('))

# --- what may be wrong

def test_a_question_that_is_gone(capsys):
    assert notes.quiz('06-00000000').questions == []
    assert '06-00000000' in capsys.readouterr().out

other = "Heute sprechen wir über die Geschichte der Stadt und ihre Brücken, die im Mittelalter von den Bürgern gebaut wurden und bis heute stehen. " * 120

def test_another_language():
    res = call(saved(other, 'talk.txt'), '-o', 'talk.md')
    assert res.exit_code == 0 and 'is it in English?' in res.output
    assert len(re.findall(r'^## \d+\. ', Path('talk.md').read_text(encoding='utf-8'), re.MULTILINE)) > 2

def test_a_lecture_on_something_else():
    text = "So the bread has to rest over night in the kitchen, and in the morning you fold it and put it into the oven with a little water. " * 60
    res = call(saved(text, 'talk.txt'), '-o', 'talk.md')
    assert res.exit_code == 0 and 'No lesson of the course is about this' in res.output
    page = Path('talk.md').read_text(encoding='utf-8')
    assert 'In the course' not in page and '0:00' not in page

def test_a_few_words():
    "Say nothing about a language"
    res = call(saved('guten Morgen', 'talk.txt'), '-o', 'talk.md')
    assert res.exit_code == 0 and 'too few words' in res.output and 'English' not in res.output

def test_a_lesson_that_is_named(captions):
    res = call(captions, '-o', 'talk.md', '--lesson', '9')
    assert res.exit_code == 0 and 'lesson 9' in res.output

srt = '1\n00:00:01,000 --> 00:00:05,000\nso a kernel slides\n\n2\n00:00:05,000 --> 00:00:09,000\nover the picture\n'

good = {
    'cut in a time': (srt + '\n3\n00:00:0', 'talk.srt', 'utf-8', 'in the middle of a cue'), 'cut in a word': (srt.encode() + '\n3\n00:00:09,000 --> 00:00:12,000\nfenê'.encode()[:-1], 'talk.srt', None, ''),
    'cp1252': (srt.replace('kernel', 'naïve kernel’s “edge”'), 'talk.srt', 'cp1252', 'cp1252'), 'UTF-16': (srt, 'talk.srt', 'utf-16', ''), 'BOM': (srt, 'talk.srt', 'utf-8-sig', ''), 'old Mac': (srt.replace('\n', '\r'), 'talk.srt', 'utf-8', ''),
    'overlap': (srt.replace('00:00:05,000\nso', '00:00:08,000\nso'), 'talk.srt', 'utf-8', ''), 'out of order': ('\n'.join(srt.split('\n\n')[::-1]), 'talk.srt', 'utf-8', ''), 'no header': ('00:01.000 --> 00:05.000\nso a kernel slides\n\n00:05.000 --> 00:09.000\nover the picture\n', 'talk.vtt', 'utf-8', ''), 'stray byte': (srt.replace('kernel', 'naïve “kernel”').encode() + b'\xff', 'talk.srt', None, '1 of its characters is damaged'),
    'UTF-16 without a mark': (srt, 'talk.srt', 'utf-16-le', ''), 'brackets': (srt, '[talk].srt', 'utf-8', ''), 'wrong suffix': ('WEBVTT\n\n' + srt.replace(',', '.'), 'talk.srt', 'utf-8', '')}

@pytest.mark.parametrize('name', good)
def test_a_file_with_faults_is_read(name):
    text, file, encoding, said = good[name]
    res = call(saved(text, file, encoding), '-o', 'talk.md')
    assert res.exit_code == 0 and said in res.output, res.output
    talk = transcript.read(file)
    assert [round(c.start) for c in talk.cues][:2] == [1, 5] and 'over the picture' in talk.text
    assert all(a.end <= b.start for a, b in zip(talk.cues, talk.cues[1:]))

bad = {
    'empty': (b'', 'talk.vtt', 'empty'), 'blank': (b'\n \n', 'talk.txt', 'empty'), 'no cue': (b'WEBVTT\n\nhello', 'talk.vtt', 'no words'), 'cues without words': (b'WEBVTT\n\n00:01.000 --> 00:02.000\n\n', 'talk.vtt', 'no words'),
    'binary': (bytes(range(256))*99, 'talk.srt', 'not a text'), 'picture': (b'\x89PNG\r\n\x1a\n' + bytes(500), 'talk.vtt', 'not a text'), 'other ending': (b'hello', 'talk.docx', '.vtt, .srt or .txt'), 'stamps alone': (b'0:01\n0:02\n0:03\n', 'talk.txt', 'no words')}

@pytest.mark.parametrize('name', bad)
def test_a_file_that_is_none_gets_one_sentence(name):
    data, file, said = bad[name]
    res = call(saved(data, file), '-o', 'talk.md')
    assert res.exit_code == 2 and res.stdout == '' and len(res.stderr.splitlines()) == 1 and said in res.stderr, res.output
    assert not Path('talk.md').exists()

def test_what_is_no_file_is_not_read():
    os.mkfifo('talk.vtt')
    for source in 'talk.vtt', '/dev/zero', '.':
        res = call(source, '-o', 'talk.md')
        assert res.exit_code == 2 and len(res.stderr.splitlines()) == 1 and f'{source} is not a file' in res.stderr

def test_capitals_in_the_ending(captions):
    assert call(captions, '-o', 'talk.IPYNB').exit_code == 0
    nbformat.validate(nbformat.read('talk.IPYNB', 4))

def test_a_link_to_nothing_is_left():
    "Which is said before the work, and so before the source that is missing"
    Path('talk.md').symlink_to('nowhere')
    res = call('no.vtt', '-o', 'talk.md')
    assert res.exit_code == 2 and 'left as it is' in res.stderr and not Path('nowhere').exists()

def test_an_address_is_the_same_everywhere(captions):
    assert call(captions, '-o', 'talk.md', '--url', ' <https://example.org/a talk (1).mp4#x> ').exit_code == 0
    page = Path('talk.md').read_text(encoding='utf-8')
    assert 'From <https://example.org/a%20talk%20%281%29.mp4>.' in page and '](https://example.org/a%20talk%20%281%29.mp4#t=' in page and 'a talk' not in page

def test_a_file_of_50_mb_is_not_read(monkeypatch):
    with open('talk.vtt', 'wb') as f: f.truncate(50_000_000)
    monkeypatch.setattr(Path, 'read_bytes', lambda self: pytest.fail('it was read'))
    res = call('talk.vtt', '-o', 'talk.md')
    assert res.exit_code == 2 and '50 MB' in res.stderr

mistakes = {
    'no such file': (['no.vtt', '-o', 'talk.md'], 'no.vtt'), 'a folder': (['.', '-o', 'talk.md'], '.'), 'wrong ending': (['talk.srt', '-o', 'talk.pdf'], '.ipynb'), 'no ending': (['talk.srt', '-o', 'talk'], '.ipynb'),
    'exists': (['talk.srt', '-o', 'mine.md'], 'left as it is'), 'no folder': (['talk.srt', '-o', 'no/talk.md'], 'no'), 'lesson 99': (['talk.srt', '-o', 'talk.md', '--lesson', '99'], '99'),
    'no output': (['talk.srt'], '-o'), 'script as address': (['talk.srt', '-o', 'talk.md', '--url', 'javascript:alert(1)'], 'https://'), 'address without a host': (['talk.srt', '-o', 'talk.md', '--url', 'https://'], 'not the address'), 'no address': (['talk.srt', '-o', 'talk.md', '--url', 'http://[x'], 'not the address'), 'a file as address': (['talk.srt', '-o', 'talk.md', '--url', 'talk.mp4'], 'not the address'),
    'a channel': (['talk.srt', '-o', 'talk.md', '--url', 'https://youtube.com/@fastai'], 'leads to no video'), 'ending alone': (['talk.srt', '-o', '.md'], 'such as notes.ipynb'), 'long name': (['talk.srt', '-o', 'a'*300 + '.md'], 'too long'), 'another site': (['https://example.org/x', '-o', 'talk.md'], 'https://example.org/x is not the address of a video on YouTube'),
    'off the network': (['https://youtu.be/dQw4w9WgXcQ', '-o', 'talk.md'], 'FASTCOURSE_BUDGET_MB')}

@pytest.mark.parametrize('name', mistakes)
def test_a_mistake_gets_one_sentence(name):
    args, said = mistakes[name]
    saved(srt, 'talk.srt')
    saved('mine', 'mine.md')
    res = call(*args)
    assert res.exit_code == 2 and res.stdout == '' and len(res.stderr.splitlines()) == 1 and said in res.stderr, res.output
    assert Path('mine.md').read_text() == 'mine' and not Path('talk.md').exists()

@pytest.mark.parametrize('cut', range(0, 2400, 37))
def test_cut_off_anywhere(cut, captions):
    "What is whole is kept, and nothing of the file's format gets into the words"
    data = Path(captions).read_bytes()[:300 + cut]
    try: talk = transcript.read(saved(data))
    except transcript.UserError: return
    assert not re.search(r'[<>]|-->|\d\d:\d\d', talk.text)

def test_no_torch_before_the_notes_run(captions):
    code = f"import sys; from fastcourse.notes import make; make({str(captions)!r}, 'talk.ipynb'); print([m for m in ('torch', 'fastai') if m in sys.modules])"
    assert subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True).stdout.splitlines()[-1] == '[]'
