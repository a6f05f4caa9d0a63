"The quiz's faces agree: what a page grades in a browser, a widget in a notebook and a terminal is what `grade` says"
import json
from itertools import chain, combinations, permutations
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

def score(page): return page.locator('form > [role=status]').inner_text()

def test_a_page_says_what_its_parts_are(page):
    show(page, *questions)
    assert page.get_by_role('form', name='Questionnaire of lesson 1').count() == 1
    for q in questions: assert page.get_by_role('group', name=q.text.replace('`', '')).count() == 1
    assert page.locator('[role=status][aria-live=polite]').count() == len(questions) + 1
    assert page.get_by_role('radio', name='the validation set').count() == 1
    assert page.get_by_role('checkbox').count() == 3
    assert page.get_by_role('textbox', name='Your answer').count() == 3
    assert page.locator('pre').inner_text() == read.code

def test_wrong_then_right_by_mouse(page):
    one, many, num, term, sort, out = faces = show(page, *questions)
    for face in faces: assert not face.answer().is_visible()

    for face in faces[:4] + [out]:
        face.check()
        assert face.said().split()[0] in ('Choose', 'Answer') and not face.answer().is_visible()
    assert score(page) == ''

    one.set.get_by_text('both <sets>').click()
    one.check()
    assert one.said() == "✗ Not yet. The training part would flatter valid_pct."
    many.set.get_by_role('checkbox', name='a mirrored cat').check()
    many.set.get_by_role('checkbox', name='a crop').check()
    many.check()
    assert many.said() == "✗ Not yet. “a mirrored cat” is wrong: A mirrored cat is a cat. You missed “a 6 upside down”: It becomes a 9."
    for face, given, feedback in (num, '7.0', "fastai drops the last one."), (term, 'Test-set', "Nearly: it is opened only once."), (out, '4', "range(3) stops before 3."):
        face.set.get_by_role('textbox').fill(given)
        face.check()
        assert face.said() == f"✗ Not yet. {feedback}"
    sort.check()
    assert sort.said() == "✗ Not yet. “compute the gradients” is not step 1."
    for face in faces: assert face.answer().is_visible() and face.set.get_attribute('data-right') == 'false'
    assert score(page) == "0 of 6 right at the first try. Look again at: Held out & kept; Augmentation; Batches; Training."

    one.set.get_by_text('the validation set').first.click()
    many.set.get_by_text('a mirrored cat', exact=True).click()
    many.set.get_by_text('upside down').first.click()
    num.set.get_by_role('textbox').fill('6')
    term.set.get_by_role('textbox').fill('the validation set')
    out.set.get_by_role('textbox').fill('3')
    sort.set.get_by_role('button', name='Down: change the weights').click()
    sort.set.get_by_role('button', name='Up: compute the loss').click()
    assert sort.said() == "Step 1: compute the loss"
    for face in faces:
        face.check()
        assert face.said().startswith("✓ Right. ") and face.set.get_attribute('data-right') == 'true'
    assert sort.said() == "✓ Right. compute the loss → compute the gradients → change the weights. Gradients belong to a loss."
    assert score(page).startswith("0 of 6 right at the first try.")

def test_right_by_keyboard_alone(page):
    one, many, num, term, sort, out = faces = show(page, *questions)
    def tab(target):
        for _ in range(8):
            page.keyboard.press('Tab')
            if target.evaluate('o => o === document.activeElement'): return
        pytest.fail(f'Tab does not reach {target}')
    def press(*keys):
        for key in keys: page.keyboard.press(key)

    tab(one.set.get_by_role('radio').first)
    press('Space', 'ArrowDown')
    tab(one.set.get_by_role('button', name='Check'))
    press('Enter')
    for i in 1, 2:
        tab(many.set.get_by_role('checkbox').nth(i))
        press('Space')
    press('Enter')
    for face, given in (num, '6'), (term, 'validation set'):
        tab(face.set.get_by_role('textbox'))
        page.keyboard.type(given)
        press('Enter')
    up = sort.set.get_by_role('button', name='Up: compute the loss')
    tab(up)
    press('Enter', 'Space', 'Enter')  # it keeps the focus; the third finds nothing above
    assert sort.said() == "Step 1: compute the loss"
    tab(sort.set.get_by_role('button', name='Check'))
    press('Enter')
    tab(out.set.get_by_role('textbox'))
    page.keyboard.type('3')
    press('Enter')
    assert [face.said()[:1] for face in faces] == ['✓']*6
    assert score(page) == "6 of 6 right at the first try."

@pytest.mark.parametrize('page', [dict(java_script_enabled=False)], indirect=True, ids=['no scripts'])
def test_without_scripts_the_answers_can_be_opened(page):
    faces = show(page, *questions)
    assert page.get_by_role('button').count() == 0
    for face, q in zip(faces, questions):
        assert not face.answer().locator('p').is_visible()
        face.set.get_by_text('Answer', exact=True).click()
        assert face.answer().locator('p').inner_text() == q.solution.replace('`', '')
        told = [o.feedback for o in q.options] if q.kind in ('single', 'multiple') else [*q.feedback.values()]
        assert face.answer().locator('dd').all_inner_texts() == [o.replace('`', '') for o in told]

def test_two_quizzes_and_one_twice_share_a_page(page):
    page.set_content(Quiz(1, single, batches).html() + Quiz(1, single).html() + Quiz(2, single).html())
    sets = page.locator('fieldset')
    for i in 0, 2, 3: sets.nth(i).get_by_text('the validation set').first.click()
    for i in 0, 2, 3: sets.nth(i).get_by_role('button', name='Check').click()
    assert page.locator('form > [role=status]').all_inner_texts() == [f'1 of {n} right at the first try.' for n in (2, 1, 1)]

# --- one judgement everywhere

words = {True: '✓ Right. ', False: '✗ Not yet. ', None: ''}
def said(verdict, feedback): return words[verdict] + feedback.replace('`', '')

code = text("?", ["mean(-1)", "@", "64, 3", "x**2", "x != y", "Ångström"], {"mean(1)": "Along the wrong dimension."})
typed = [ # a question, then what is right, what is wrong and what is no answer
    (batches, ['6', '6.0', ' 6 ', '+6', '6e0', '6,0', '6.', '06', '６', '⁶', '6_', '6\u00a0', '600 %', '6.000000001'],
     ['7', '7,0', '8.', '-6', '−6', '60', '6.0001', '6000', '6,000', '1e-999'],
     ['', '  ', '.', '-', '%', 'six', '6 batches', '6;', '`6`', '0x6', '6e', '1,2,3', 'nan', 'inf', '-Infinity', '1e999', '٦']),
    (share, ['0.97', '.97', '0,97', ',97', '97%', '97 %', '97 ％', '0.971', '0.969', '9.7e-1', '9,7E-1'], ['97', '0.9711', '0.97%', '1', '9.7'], ['97%%', '%97', '97/100']),
    (number("?", -1234.5, {1234.5: "The sign is lost."}), ['-1234.5', '−1,234.5', '-1 234,5', '- 1234.5'], ['1,234.5', '1234,5', '-1234'], ['-1.234,5', '–1234.5', '-12,34.5', '--1234.5']),
    (number("?", 0), ['0', '-0', '0.0', '0%', '.0'], ['1e-10', '0.1'], ['O', 'o', 'none']),
    (number("?", 10**6), ['1000000', '1,000,000', '1 000 000', '1e6', '1_000_000'], ['1,000', '1.000'], ['1.000.000', '1,00,000', '10^6']),
    (held, ['validation set', 'The Validation-Set.', 'a validation set', ' VALIDATION\tset', 'a held out set!', '“held‐out set”', 'validation_set', '`validation set`', 'ｖalidation set'],
     ['test set', 'the TEST set?', 'validation', 'the', 'validation/set', 'v\u0430lidation set', 'not the validation set'], ['', ' ', '\n']),
    (code, ['mean(-1)', 'mean( -1 )', 'mean(−1)', 'Mean(-1)', '@', ' @ ', '64,3', '(64, 3)', '[64 3]', '64;3', 'x ** 2', 'X**2', 'x!=y', 'ÅNGSTRÖM', 'A\u030angstro\u0308m'],
     ['mean(1)', 'mean', 'x.mean(-1)', '@@', '643', '6, 43', '64.3', '64, 3, 1', 'x*2', 'x+2', 'x2', 'x=y', 'x == y', 'x y', 'angstrom', '日本', '🙂', '...'], ['', '\t']),
]

def test_the_page_grades_as_python_does(page):
    faces = show(page, *(q for q, *_ in typed))
    answers = """(set, given) => given.map(o => {
        set.querySelector('input').value = o;
        [...set.querySelectorAll('button')].at(-1).click();
        return set.querySelector('[role=status]').textContent; })"""
    for face, (q, *given) in zip(faces, typed):
        for verdict, some in zip(words, given):
            assert {o: grade(q, o)[0] for o in some} == dict.fromkeys(some, verdict)
            assert dict(zip(some, face.set.evaluate(answers, some))) == {o: said(*grade(q, o)) for o in some}

@pytest.mark.parametrize('kind', ['single', 'multiple', 'order'])
def test_every_choice_is_graded_on_the_page_as_in_python(page, kind):
    q = dict(single=single, multiple=multiple, order=steps)[kind]
    face, = show(page, q)
    n = range(len(q.options))
    given = [*permutations(n)] if kind == 'order' else [(), *((i,) for i in n)] if kind == 'single' else [*chain(*(combinations(n, k) for k in range(4)))]
    choose = """(set, [got, order]) => {
        set.items ??= [...set.querySelectorAll('ol li')];
        if (order) got.forEach(i => set.querySelector('ol').append(set.items[i]));
        else set.querySelectorAll('input').forEach((o, i) => o.checked = got.includes(i));
        [...set.querySelectorAll('button')].at(-1).click();
        return set.querySelector('[role=status]').textContent; }"""
    for got in given:
        assert face.set.evaluate(choose, [got, kind == 'order']) == said(*grade(q, [q.shown[i].text for i in got])), got

# --- the notebook's widgets

@pytest.fixture
def live(monkeypatch, tmp_path):
    "A notebook with a kernel, and a progress of its own"
    pytest.importorskip('ipywidgets')
    monkeypatch.setenv('FASTCOURSE_STATIC', '0')
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path))

def kept(): return [(o.name, o.data['given'], o.data['right']) for o in progress.events('answer', 1)]

def test_widgets_are_clicked(live):
    quiz = Quiz(1, *questions)
    ids = [q.id for q in quiz.questions]
    *cards, score = quiz.widget().children
    parts = [card.children for card in cards]  # what is asked, controls, Check, what was said
    def check(i):
        parts[i][-2].click()
        return parts[i][-1].value
    for i in 0, 1, 2, 3, 5: assert 'Choose' in check(i) or 'Answer with' in check(i) or 'Answer in' in check(i)
    assert kept() == [] and 'right at' not in score.value

    parts[0][1].index = 2
    assert "Not yet" in check(0) and "flatter <code>valid_pct</code>" in check(0) and "validation set" in check(0)
    parts[1][1].value = parts[1][2].value = True
    assert "“a mirrored cat” is wrong" in check(1)
    parts[2][1].value, parts[3][1].value, parts[5][1].value = '7', 'Test set', '4'
    assert "drops the last" in check(2) and "opened only once" in check(3) and "stops before 3" in check(5)
    assert "is not step 1" in check(4)
    assert "0 of 6 right at the first try. Look again at: Held out &amp; kept; Augmentation; Batches; Training." in score.value
    assert kept()[0] == (ids[0], "both <sets>", False)
    assert {k[0]: k[1:] for k in kept()}[ids[4]] == (["compute the gradients", "change the weights", "compute the loss"], False)

    parts[0][1].index = 1
    parts[1][1].value, parts[1][3].value = False, True
    parts[2][1].value, parts[3][1].value, parts[5][1].value = '6', 'The validation set', '3'
    order, (up, down) = parts[4][1], parts[4][2].children
    order.index = 2
    for button in up, up, up, down, up: button.click()  # the step selected stays selected; the third finds nothing above
    for i in range(6): assert "✓ Right." in check(i) and '<details>' not in check(i)
    assert "0 of 6 right at the first try" in score.value
    assert {k[0]: k[1:] for k in kept()}[ids[1]] == (["a `6` upside down", "a crop without the cat"], True)

def test_an_option_that_reads_like_a_letter_is_not_taken_for_another(live):
    swapped = choice("Which?", wrong("b", "Not this one."), right("a", "This one."))
    *_, radio, check, said = Quiz(1, swapped).widget().children[0].children
    radio.index = 1
    check.click()
    assert "Right." in said.value and kept()[0][1:] == ("a", True)

def test_a_static_page_keeps_nothing(live, monkeypatch):
    monkeypatch.setenv('FASTCOURSE_STATIC', '1')
    assert Quiz(1, single).ask(input=lambda _: 'b', print=lambda _: None) == 1
    assert not progress.path().exists()

def test_an_answer_counts_where_progress_cannot_be_kept(live, monkeypatch, tmp_path):
    (tmp_path/'file').touch()
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'file'))
    with pytest.warns(UserWarning): assert Quiz(1, single).ask(input=lambda _: 'b', print=lambda _: None) == 1

# --- the terminal

def ask(quiz, *lines):
    "How many were right, and all that was said, when these lines are typed"
    said, lines = [], iter(lines)
    def line(prompt):
        said.append(prompt)
        given = next(lines)
        if isinstance(given, type): raise given
        return given
    return quiz.ask(input=line, print=said.append), said, [*lines]

def test_a_terminal_asks_all_kinds(live):
    n, said, left = ask(Quiz(1, *questions), '', 'zzz', 'B', 'a c', 'six', '6', 'held-out set', 'cab', '4')
    assert (n, left) == (4, [])
    said = '\n'.join(said)
    for part in ("   c) both <sets>", "Choose one of the answers.", "You missed “a `6` upside down”", "Answer: “a `6` upside down” and “a crop without the cat”.", "Answer with a number",
                 read.code, "✗ Not yet. `range(3)` stops before 3.", "Answer: 3. 0, 1 and 2.", "\n4 of 6 right at the first try. Look again at: Augmentation; Batches."): assert part in said
    assert [right for *_, right in kept()] == [True, False, True, True, True, False]
    assert [given for _, given, _ in kept()] == ["the validation set", ["a mirrored cat", "a crop without the cat"], "6", "held-out set", [o.text for o in steps.options], "4"]

@pytest.mark.parametrize('stop', ['q', ' Q ', EOFError, KeyboardInterrupt])
def test_a_terminal_can_be_left(stop):
    n, said, left = ask(Quiz(1, *questions), 'b', stop, 'a')
    assert n == 1 and left == ['a'] and said[-1] == "\n1 of 6 right at the first try."

# --- as data

def test_a_quiz_goes_through_json():
    quiz = Quiz(1, *questions, *(q for q, *_ in typed))
    again = Quiz.from_dict(json.loads(json.dumps(quiz.to_dict())))
    assert again == quiz and again.html() == quiz.html() and again.to_dict() == quiz.to_dict()
    assert [q.id for q in Quiz(1, *reversed(questions)).questions] == [q.id for q in Quiz(1, *questions).questions][::-1]

@pytest.mark.parametrize('make', [
    lambda: choice("?", right("only", "")), lambda: choice("?", wrong("a", ""), wrong("b", "")), lambda: order("?", ["one"]), lambda: order("?", ["one", "one"]),
    lambda: number("?", .5, {.5: ""}), lambda: number("?", 100, {101: ""}, tol=1), lambda: text("?", "the mean", {"Mean": ""})])
def test_a_question_nobody_can_answer_is_refused(make):
    with pytest.raises(ValueError): make()

# --- lint

def plain(i, at=None, n=3, **kwargs):
    "A sound single choice, the right answer at position `at` or, without it, at the next one"
    return choice(f"Question {i}?", *((right if j == (i % n if at is None else at) else wrong)(f"answer {j}", "This says enough.") for j in range(n)), **{'section': "One", **kwargs})

def sound(*more): return Quiz(1, *map(plain, range(12)), *more)

def test_lint_is_content_with_a_sound_quiz():
    assert lint(sound(*questions), ["One", *(q.section for q in questions)]) == []

says = "This says enough."
@pytest.mark.parametrize('quiz, complaint', [
    (Quiz(1, *map(plain, range(9))), "There are 9 questions; write at least 12."),
    (sound(plain(3)), "'Question 3?': this is asked twice."),
    (sound(number("?", 1, why=says, section="Two")), "'?': there is no section 'Two'."),
    (sound(number("?", 1, why=says)), "'?': there is no section ''."),
    (sound(choice("?", right("same", says), right("Same ", says), wrong("no", says), section="One")), "'?': two options are the same."),
    (sound(order("?", ["first", "b"], says, section="One")), "'?': an option is a single letter, which is how options are named."),
    (sound(choice("?", right("yes", says), right("of course", says), wrong("no", "Wrong."), section="One")), "'?': the feedback 'Wrong.' for 'no' explains nothing."),
    (sound(number("?", 1, {2: ""}, why=says, section="One")), "'?': the feedback '' for '2' explains nothing."),
    (sound(text("?", "yes", section="One")), "'?': the feedback '' for 'why' explains nothing."),
    (sound(order("?", ["one", "two"], section="One")), "'?': the feedback '' for 'why' explains nothing."),
    (sound(text("?", ["Q-value", "`q`"], why=says, section="One")), "'?': it accepts q, which stops the quiz in a terminal."),
    (Quiz(1, *(plain(i, at=(0, 0, 0, 1, 1, 2)[i % 6]) for i in range(12))), "The right answer has the letter a in 6 of 12 single choices; spread the letters evenly."),
    (Quiz(1, *(choice(f"Question {i}?", *((right if j == i % 3 else wrong)("answer" + " longer"*(j == i % 3) + str(j), says) for j in range(3)), section="One") for i in range(12))),
     "The right answer is the longest in 12 of 12 single choices; lengthen wrong ones."),
])
def test_lint_complains_of(quiz, complaint): assert [o for o in lint(quiz, ["One"]) if 'letter c' not in o] == [complaint]
