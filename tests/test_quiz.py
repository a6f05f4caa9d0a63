"The quiz's faces agree: what a page grades in a browser, a widget in a notebook and a terminal is what `grade` says"
import json, os, shutil
from types import SimpleNamespace
import pytest
from fastcourse import progress
from fastcourse.quiz import Quiz, choice, grade, lint, number, order, right, text, wrong

single = choice("`error_rate` is measured on",
    wrong("the training set", "Then memorising would score best."),
    right("the validation set", "Yes: the pictures held out."),
    wrong("both <sets>", "The training part would flatter `valid_pct`."), section="Held out & kept")
multiple = choice("Which change the label?",
    wrong("a mirrored cat", "A mirrored cat is a cat."),
    right("a `6` upside down", "It becomes a 9."),
    right("a crop without the cat", "Nothing is left to name."), section="Augmentation")
batches = number("How many batches?", 6, {7: "fastai drops the last one.", 8: "That counts the held-out pictures."}, why="400 pictures make 6 of 64.", section="Batches")
share = number("Accuracy at an error rate of 0.03?", .97, tol=.001, why="One minus the error rate.", section="Batches")
held = text("What is never trained on?", ["validation set", "held-out set"], {"test set": "Nearly: it is opened only once."}, why="It is held out.", section="Held out & kept")
steps = order("One step of training", ["compute the loss", "compute the gradients", "change the weights"], why="Gradients belong to a loss.", section="Training")
read = number("What does this print?", 3, {4: "`range(3)` stops before 3."}, why="0, 1 and 2.", code="x = [0 < 1]\nprint(len(range(3)))", section="Batches")
questions = single, multiple, batches, held, steps, read

# --- the page, in a real browser

@pytest.fixture(scope='module')
def browser():
    api = pytest.importorskip('playwright.sync_api')
    if not (path := shutil.which('chromium')): pytest.skip("there is no chromium")
    with api.sync_playwright() as p:
        browser = p.chromium.launch(executable_path=path, args=['--no-sandbox'])
        yield browser
        browser.close()

@pytest.fixture
def page(browser, request):
    "A page that fails the test if it asks the network for anything or its script fails"
    page = browser.new_page(**getattr(request, 'param', {}))
    page.set_default_timeout(5000)
    asked = []
    page.on('request', lambda o: asked.append(o.url))
    page.on('pageerror', lambda e: asked.append(str(e)))
    yield page
    page.close()
    assert asked == []

class Face:
    "One question of a quiz on a page"
    def __init__(self, page, i): self.page, self.set = page, page.locator('fieldset').nth(i)
    def check(self): self.set.get_by_role('button', name='Check').click()
    def said(self): return self.set.get_by_role('status').inner_text()
    def answer(self): return self.set.locator('details')

def show(page, *questions):
    page.set_content(Quiz(1, *questions).html())
    return [Face(page, i) for i in range(len(questions))]

def score(page): return page.locator('section > [role=status]').inner_text()

def test_a_page_says_what_its_parts_are(page):
    show(page, *questions)
    assert page.get_by_role('region', name='Questionnaire of lesson 1').count() == 1
    for q in questions: assert page.get_by_role('group', name=q.text.replace('`', '')).count() == 1
    assert page.locator('[role=status][aria-live=polite]').count() == len(questions) + 1
    assert page.get_by_role('radio', name='the validation set').count() == 1
    assert page.get_by_role('checkbox').count() == 3
    assert page.get_by_role('textbox', name='Your answer').count() == 3
    assert page.locator('pre').inner_text() == read.code

def test_wrong_then_right_by_mouse(page):
    one, many, num, words, sort, code = faces = show(page, *questions)
    for face in faces: assert not face.answer().is_visible()

    for face in faces[:4] + [code]:
        face.check()
        assert face.said().split()[0] in ('Choose', 'Answer') and not face.answer().is_visible()
    assert score(page) == ''

    one.set.get_by_text('both <sets>').click()
    one.check()
    assert one.said() == "✗ Not yet. The training part would flatter valid_pct."
    many.set.get_by_text('a mirrored cat').click()
    many.set.get_by_text('a crop').click()
    many.check()
    assert many.said() == "✗ Not yet. “a mirrored cat” is wrong: A mirrored cat is a cat. You missed “a 6 upside down”: It becomes a 9."
    for face, given, feedback in (num, '7.0', "fastai drops the last one."), (words, 'Test-set', "Nearly: it is opened only once."), (code, '4', "range(3) stops before 3."):
        face.set.get_by_role('textbox').fill(given)
        face.check()
        assert face.said() == f"✗ Not yet. {feedback}"
    sort.check()
    assert sort.said() == "✗ Not yet. “compute the gradients” is not step 1."
    for face in faces: assert face.answer().is_visible() and face.set.get_attribute('data-right') == 'false'
    assert score(page) == "0 of 6 right at the first try. Look again at: Held out & kept; Augmentation; Batches; Training."

    one.set.get_by_text('the validation set').first.click()
    many.set.get_by_text('a mirrored cat').first.click()
    many.set.get_by_text('upside down').first.click()
    num.set.get_by_role('textbox').fill('6')
    words.set.get_by_role('textbox').fill('the validation set')
    code.set.get_by_role('textbox').fill('3')
    up = sort.set.get_by_role('button', name='Up').nth(2)
    up.click()
    sort.set.get_by_role('button', name='Up').nth(1).click()
    assert sort.said() == "Step 1: compute the loss"
    for face in faces:
        face.check()
        assert face.said().startswith("✓ Right. ") and face.set.get_attribute('data-right') == 'true'
    assert sort.said() == "✓ Right. compute the loss → compute the gradients → change the weights. Gradients belong to a loss."
    assert score(page).startswith("0 of 6 right at the first try.")

def test_right_by_keyboard_alone(page):
    faces = show(page, *questions)
    press = page.keyboard.press
    def tab(n=1):
        for _ in range(n): press('Tab')
    tab(); press('Space'); press('ArrowDown'); press('Enter')   # radio buttons, one stop for all
    tab(2); press('Tab'); press('Space'); tab(); press('Space'); press('Enter') if False else None
    tab(); press('Enter')
    assert [f.said()[:1] for f in faces[:2]] == ['✓', '✓']
