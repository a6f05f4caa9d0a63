"Learner's copies in a real JupyterLab and a real Chromium: questions and exercises by mouse and by keyboard, hints, a reload; an app and a panel inside the notebook"
import json, os, re, secrets, socket, subprocess, sys, time, urllib.request
from contextlib import contextmanager
from pathlib import Path
import pytest
from fastcourse import copies, progress
from fastcourse.lesson import lesson
import nbformat

pytestmark = pytest.mark.slow
wait = 120_000  # milliseconds; generous, for a busy machine

def where(cells, text): return next(i for i, c in enumerate(cells) if text in c.source)

@pytest.fixture
def lab(tmp_path):
    "The exercises and questions of lesson 1, without the training, which other tests run"
    def part(cells):
        start, works, end = (where(cells, text) for text in ('## Exercises', 'Your functions at work', '## Further research'))
        return [cells[where(cells, 'import *')], *cells[start:works], *cells[works+2:end]]
    with opened(tmp_path, 1, part) as found: yield found

@contextmanager
def opened(tmp_path, n, part):
    "JupyterLab with part of lesson `n` in the learner's folder, with settings of its own; the address, the file and the home of the progress file"
    folder, name = tmp_path/'workbook', lesson(n).path.name
    copies.write_copies(folder)
    nb = nbformat.read(folder/name, 4)
    nb.cells = part(nb.cells)
    nbformat.write(nb, folder/name)
    with socket.socket() as s:
        s.bind(('127.0.0.1', 0))
        port = s.getsockname()[1]
    token = secrets.token_hex(16)
    env = {**os.environ, 'FASTCOURSE_STATIC': '0', 'FASTCOURSE_HOME': str(tmp_path/'home'), 'HOME': str(tmp_path), 'IPYTHONDIR': str(tmp_path/'ipython')}
    for var in 'JUPYTER_CONFIG_DIR', 'JUPYTER_DATA_DIR', 'JUPYTER_RUNTIME_DIR', 'JUPYTERLAB_SETTINGS_DIR', 'JUPYTERLAB_WORKSPACES_DIR': env[var] = str(tmp_path/var.lower())
    settings = tmp_path/'jupyterlab_settings_dir'/'@jupyterlab'/'apputils-extension'
    settings.mkdir(parents=True)
    (settings/'notification.jupyterlab-settings').write_text('{"fetchNews": "false"}')
    args = ['--no-browser', '--allow-root', '--ip=127.0.0.1', f'--port={port}', '--ServerApp.port_retries=0', f'--IdentityProvider.token={token}',
            '--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate', '--LabApp.extension_manager=readonly']
    with (tmp_path/'lab.log').open('wb') as log:
        server = subprocess.Popen([sys.executable, '-m', 'jupyter', 'lab', *args], cwd=folder, env=env, stdout=log, stderr=log)
    try:
        for _ in range(300):
            assert server.poll() is None, (tmp_path/'lab.log').read_text()
            try:
                urllib.request.urlopen(f'http://127.0.0.1:{port}/api?token={token}', timeout=5).close()
                break
            except OSError: time.sleep(.2)
        yield f'http://127.0.0.1:{port}/lab/tree/{name}?token={token}', folder/name, tmp_path/'home'
    finally:
        server.terminate()
        server.wait(timeout=60)

def ready(page, address):
    "Opens the notebook and waits for its kernel"
    page.set_default_timeout(wait)
    page.goto(address)
    page.locator('.jp-Notebook .jp-CodeCell').first.wait_for()
    page.locator('#jp-main-statusbar', has_text='Idle').wait_for()

def menu(page, *names):
    for i, name in enumerate(names): page.locator('.lm-MenuBar-itemLabel' if i == 0 else '.lm-Menu-itemLabel', has_text=re.compile(f'^{name}')).first.click()

def cell(page, text):
    "The code cell that has a text; cells far down are drawn when they come into view"
    found = page.locator('.jp-CodeCell', has=page.locator('.cm-content', has_text=text)).first
    found.scroll_into_view_if_needed()
    return found

def write(page, cell, source):
    "Replaces a cell's source by what is typed, and runs it with the keyboard"
    cell.locator('.cm-content').click()
    page.keyboard.press('Control+a')
    page.keyboard.insert_text(source)
    page.keyboard.press('Control+Enter')

def card(cell): return cell.get_by_role('status', name='Exercise fraction_wrong')

wrong = '''@exercise(level='warm-up', minutes=4)
def fraction_wrong(probs, targs): return (probs.argmax(dim=1) == targs).float().mean().item()'''
right = wrong.replace('==', '!=')

def test_a_lesson_by_mouse(browser, lab, monkeypatch):
    address, file, home = lab
    page = browser.new_page(viewport=dict(width=1200, height=1000))
    ready(page, address)
    menu(page, 'Run', 'Run All Cells')

    exercise = cell(page, 'def fraction_wrong')
    card(exercise).get_by_text('Not attempted yet.').wait_for()
    assert 'Show the solution' not in exercise.inner_text()
    exercise.get_by_role('button', name='Hint 1 of 3').click()
    exercise.get_by_text("What is the model's answer for one picture?").wait_for()
    exercise.get_by_role('button', name='Hint 2 of 3').click()
    exercise.get_by_text('goes along each row').wait_for()

    write(page, exercise, wrong)
    exercise.get_by_text('That is the accuracy').wait_for()
    assert 'expected' in card(exercise).inner_text() and 'seed' in card(exercise).inner_text()
    exercise.get_by_role('button', name='Show the solution').click()
    exercise.get_by_text('probs.argmax(dim=1) != targs').wait_for()
    write(page, exercise, right)
    card(exercise).get_by_text('Passed.').wait_for()

    questions = page.locator('.jp-CodeCell', has=page.locator('.cm-content', has_text=re.compile('^questions$')))
    questions.scroll_into_view_if_needed()
    question = questions.locator('.widget-vbox', has_text='What does a network learn from').last
    question.get_by_label('rules for ears and noses').check()
    question.get_by_role('button', name='Check').click()
    question.get_by_text('Nobody wrote such rules').wait_for()
    question.get_by_label('pictures whose right answers are known').check()
    question.get_by_role('button', name='Check').click()
    question.get_by_text('each picture comes with its label').wait_for()

    page.keyboard.press('Escape')
    page.keyboard.press('Control+s')
    page.locator('.jp-mod-dirty').wait_for(state='detached')
    page.reload()
    ready(page, address)
    assert right in cell(page, 'def fraction_wrong').locator('.cm-content').inner_text().replace('\n\n', '\n')
    page.close()

    monkeypatch.setenv('FASTCOURSE_HOME', str(home))
    seen = [(e.kind, e.data.get('verdict', e.data.get('right'))) for e in progress.events() if e.name == 'fraction_wrong' or e.kind == 'answer']
    assert seen == [('verdict', 'NOT ATTEMPTED'), ('hint', None), ('hint', None), ('verdict', 'FAIL'), ('solution', None), ('verdict', 'PASS'), ('answer', False), ('answer', True)]
    assert progress.last_lesson([1, 2]) == 1
    source = {c.source for c in nbformat.read(file, 4).cells}
    assert right in source
    copies.write_copies(file.parent)  # after an upgrade, say
    assert right in {c.source for c in nbformat.read(file, 4).cells}

def tab_to(page, text, most=80):
    "Presses Tab until what has the focus is named `text`"
    for _ in range(most):
        page.keyboard.press('Tab')
        name = page.evaluate("(document.activeElement.closest('label') || document.activeElement).innerText || ''")
        if name.strip().startswith(text): return
    raise AssertionError(f'Tab never came to {text!r}')

def test_a_lesson_by_keyboard_alone(browser, lab):
    address, _, _ = lab
    page = browser.new_page(viewport=dict(width=1200, height=1000))
    ready(page, address)
    page.keyboard.press('Escape')
    active = page.locator('.jp-Cell.jp-mod-active')
    for _ in range(40):
        if 'def fraction_wrong' in active.inner_text(): break
        page.keyboard.press('Shift+Enter')
    page.keyboard.press('Enter')
    page.keyboard.press('Control+a')
    page.keyboard.insert_text(wrong)
    page.keyboard.press('Control+Enter')
    exercise = cell(page, 'def fraction_wrong')
    exercise.get_by_text('That is the accuracy').wait_for()
    tab_to(page, 'Hint 1 of 3')
    page.keyboard.press('Enter')
    exercise.get_by_text("What is the model's answer for one picture?").wait_for()
    tab_to(page, 'Show the solution')
    page.keyboard.press('Space')
    exercise.get_by_text('probs.argmax(dim=1) != targs').wait_for()

    page.keyboard.press('Escape')
    for _ in range(40):
        page.keyboard.press('Shift+Enter')
        if re.match(r'(\[.*\]:)?\s*questions\s*$', active.inner_text()): break
    page.keyboard.press('Control+Enter')
    page.get_by_text('What does a network learn from').wait_for()
    tab_to(page, 'rules for ears and noses')
    page.keyboard.press('Space')
    tab_to(page, 'Check')
    page.keyboard.press('Enter')
    page.get_by_text('Nobody wrote such rules').wait_for()
    page.close()

# --- lesson 2

def test_an_app_and_a_panel_in_the_notebook(browser, tmp_path, monkeypatch):
    "The page answers inside the notebook, pictures are still drawn after it did, and the panel redraws"
    from fastcourse.data import get
    for var, value in dict(FASTCOURSE_PROFILE='smoke', FASTCOURSE_BUDGET_MB='0').items(): monkeypatch.setenv(var, value)
    picture = next((get('pets')/'images').glob('Bengal_*.jpg'))
    def part(cells): return [*cells[where(cells, 'import *'):where(cells, 'demo.launch')+1], cells[where(cells, 'explore(city')]]
    with opened(tmp_path, 2, part) as (address, file, home):
        page = browser.new_page(viewport=dict(width=1200, height=1000))
        ready(page, address)
        menu(page, 'Run', 'Run All Cells')
        app = page.frame_locator('.jp-OutputArea iframe')
        app.locator('input[type=file]').first.set_input_files(str(picture))
        app.get_by_role('button', name='Submit').click()
        app.locator('[data-testid=label-output-value]').wait_for()
        assert app.locator('[data-testid=label-output-value]').inner_text().strip() in ('cat', 'dog')
        page.screenshot(path=tmp_path/'app.png')
        panel = cell(page, 'explore(city')
        panel.locator('img').wait_for()
        first = panel.locator('img').get_attribute('src')
        panel.get_by_role('checkbox').or_(panel.locator('select')).first.scroll_into_view_if_needed()
        handle = panel.locator('.noUi-handle').first
        handle.focus()
        page.keyboard.press('ArrowRight')
        page.wait_for_function("([e, old]) => { const img = e.querySelector('img'); return img && img.src != old }", arg=[panel.element_handle(), first])
        page.screenshot(path=tmp_path/'panel.png')
        page.close()

def test_ten_ratings_and_what_to_watch_next(tmp_path, browser):
    "Lesson 12's panel: rate films, and the recommendations follow at once"
    code = '''import pandas as pd, torch
from fastcourse.collab import Taste, als, read_ratings
from fastcourse.data import get
ratings = read_ratings(get('movielens'))
users, films = (torch.tensor(pd.factorize(ratings[c], sort=True)[0])+1 for c in ('user','title'))
titles = ['unknown', *sorted(ratings.title.unique())]
model = als(users, films, torch.tensor(ratings.rating.to_numpy('float32')), int(users.max())+1, len(titles), k=10, sweeps=2)
Taste(model, titles, torch.bincount(films).topk(10).indices)'''
    with opened(tmp_path, 12, lambda cells: [cells[0], nbformat.v4.new_code_cell(code)]) as (address, _, _):
        page = browser.new_page(viewport={'width': 1200, 'height': 1000})
        ready(page, address)
        menu(page, 'Run', 'Run All Cells')
        answer = page.get_by_role('status').filter(has_text='predicted stars')
        answer.wait_for()
        boxes = page.locator('.jp-OutputArea').get_by_role('combobox')
        assert boxes.count() == 10 and 'Without a rating' in answer.inner_text()
        before = answer.inner_text()
        boxes.nth(0).select_option('5 stars')
        page.get_by_text('After 1 rating;').wait_for()
        boxes.nth(1).select_option('1 star')
        page.get_by_text('After 2 ratings;').wait_for()
        assert answer.inner_text().split('ms', 1)[1] != before.split('ms', 1)[1]
        page.screenshot(path=tmp_path/'taste.png')
        page.close()

# --- review

@pytest.fixture
def due(tmp_path, monkeypatch):
    "JupyterLab with the review of somebody who missed a question of lesson 1 and swapped right and wrong in an exercise; how to read the ratings in the file"
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'home'))
    one = lesson(1)
    question = next(q for q in one.questions.questions if q.text.startswith('What does a network learn from'))
    progress.record('answer', 1, question.id, given='?', right=False)
    progress.record('verdict', 1, 'fraction_wrong', verdict='FAIL', misconception=next(o for o in one.exercises['fraction_wrong'].mistakes if 'accuracy' in o))
    with opened(tmp_path, 1, lambda cells: [nbformat.v4.new_code_cell('from fastcourse.review import review\nreview()')]) as (address, _, _):
        yield address, lambda kind: [e.data for e in progress.events(kind)]

def test_a_review_by_mouse(browser, due, tmp_path):
    address, stored = due
    page = browser.new_page(viewport=dict(width=1200, height=1000))
    ready(page, address)
    menu(page, 'Run', 'Run All Cells')
    page.get_by_text('Card 1 of 2').wait_for()
    page.get_by_label('rules for ears and noses').check()
    page.get_by_role('button', name='Check', exact=True).click()
    page.get_by_text('Nobody wrote such rules').wait_for()
    page.get_by_role('button', name='Again: in 1 day').click()
    page.get_by_text('The last card comes again in 1 day').wait_for()
    page.get_by_text('Card 2 of 2').wait_for()
    page.get_by_role('button', name='Take back').click()
    page.get_by_label('pictures whose right answers are known').check()
    page.get_by_role('button', name='Check', exact=True).click()
    page.screenshot(path=tmp_path/'question.png')
    page.get_by_role('button', name='Easy').click()
    page.get_by_text('Card 2 of 2').wait_for()
    page.get_by_role('button', name='Show the answer').click()
    page.get_by_text('That is the accuracy').wait_for()
    page.screenshot(path=tmp_path/'mistake.png')
    page.get_by_role('button', name='Hard').click()
    page.get_by_text('2 cards reviewed').wait_for()
    page.screenshot(path=tmp_path/'end.png')
    page.close()
    assert [o['rating'] for o in stored('review')] == [1, 4, 2] and len(stored('undo')) == 1

def test_a_review_by_keyboard_alone(browser, due):
    address, stored = due
    page = browser.new_page(viewport=dict(width=1200, height=1000))
    ready(page, address)
    page.keyboard.press('Escape')
    page.keyboard.press('Control+Enter')
    page.get_by_text('Card 1 of 2').wait_for()
    tab_to(page, 'rules for ears and noses')
    page.keyboard.press('Space')
    tab_to(page, 'Check')
    page.keyboard.press('Enter')
    again = page.get_by_role('button', name='Again: in 1 day')
    again.wait_for()
    page.wait_for_function("document.activeElement.innerText.startsWith('Again')")  # the focus goes where one goes on
    page.keyboard.press('Enter')
    page.wait_for_function("document.activeElement.innerText.startsWith('Show the answer')")
    page.keyboard.press('Space')
    page.wait_for_function("document.activeElement.innerText.startsWith('Good')")
    page.keyboard.press('Enter')
    page.get_by_text('2 cards reviewed').wait_for()
    tab_to(page, 'Take back')
    page.keyboard.press('Enter')
    page.get_by_text('Card 2 of 2').wait_for()
    page.close()
    assert [o['rating'] for o in stored('review')] == [1, 3] and len(stored('undo')) == 1

# --- the dashboard

@pytest.fixture
def mine(tmp_path, monkeypatch):
    "The page of progress beside the lessons, of somebody who has begun lesson 1; its ticks, as (lesson, name, done)"
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'home'))
    for q in lesson(1).questions.questions[:5]: progress.record('answer', 1, q.id, given='?', right=q.id < '01-8')
    progress.record('verdict', 1, 'confusion', verdict='FAIL', misconception=None)
    with opened(tmp_path, 1, lambda cells: cells) as (address, file, _):
        yield address.replace(file.name, 'my_progress.ipynb'), lambda: [(e.lesson, e.name, e.data['done']) for e in progress.events('tick')]

@pytest.mark.parametrize('theme', ['light', 'dark'])
def test_the_dashboard_by_mouse(browser, mine, tmp_path, theme):
    address, ticks = mine
    page = browser.new_page(viewport=dict(width=1200, height=1000))
    ready(page, address)
    if theme == 'dark': menu(page, 'Settings', 'Theme', 'JupyterLab Dark')
    menu(page, 'Run', 'Run All Cells')
    page.get_by_role('img', name='Bars for each lesson that you have begun: lesson 1: 0 exercises passed, 1 tried').wait_for()
    page.get_by_text('Card 1 of').wait_for()  # the review is on the same page
    page.screenshot(path=tmp_path/'dashboard.png')
    box = page.get_by_role('checkbox', name='Further research: Find the wrong labels')
    box.check()
    page.get_by_role('status').filter(has_text='Find the wrong labels: ticked.').wait_for()
    assert ticks() == [(1, 'research: Find the wrong labels', True)]
    box.uncheck()
    page.get_by_role('status').filter(has_text='Find the wrong labels: not ticked.').wait_for()
    page.get_by_label('Checklist of lesson').select_option(label='2. Production and ethics')
    page.get_by_role('checkbox', name='Further research: Teach it to say neither').wait_for()
    page.get_by_role('checkbox', name='Your own project').check()
    page.get_by_role('status').filter(has_text='Your own project: ticked.').wait_for()
    assert page.get_by_role('checkbox', name='Questions answered: 0 of 18').is_disabled()
    page.screenshot(path=tmp_path/'checklist.png')
    progress.record('verdict', 1, 'confusion', verdict='PASS', misconception=None)  # in another notebook
    page.get_by_role('button', name='Refresh', exact=True).click()
    page.get_by_role('img', name='lesson 1: 1 exercises passed, 0 tried').wait_for()
    assert ticks() == [(1, 'research: Find the wrong labels', True), (1, 'research: Find the wrong labels', False), (2, 'own project', True)]
    page.get_by_role('link', name='Go on there').click()
    page.locator('.lm-TabBar-tabLabel', has_text='01_image_classifier.ipynb').wait_for()
    page.get_by_role('heading', name='Exercise 1.5: Count the confusion').wait_for()
    page.close()

def test_the_checklist_by_keyboard_alone(browser, mine):
    address, ticks = mine
    page = browser.new_page(viewport=dict(width=1200, height=1000))
    ready(page, address)
    page.keyboard.press('Escape')
    active = page.locator('.jp-Cell.jp-mod-active')
    for _ in range(20):
        if 'dashboard()' in active.inner_text(): break
        page.keyboard.press('ArrowDown')
    page.keyboard.press('Control+Enter')
    page.get_by_role('img', name='Bars for each lesson').wait_for()
    tab_to(page, 'Your own project')
    page.keyboard.press('Space')
    page.get_by_role('status').filter(has_text='Your own project: ticked.').wait_for()
    tab_to(page, 'Refresh')
    page.keyboard.press('Enter')
    page.close()
    assert ticks() == [(1, 'own project', True)]
