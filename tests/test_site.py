"The site: built once, served on this computer, looked at in Chromium with the network cut to it; and what stops the build"
import json, re, shutil, threading
from pathlib import Path
import nbformat, pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from click.testing import CliRunner

for needed in 'nbdev', 'sphinx', 'myst_nb', 'sphinx_book_theme', 'latex2mathml': pytest.importorskip(needed)
from fastcourse import bridge, site
from fastcourse.cli import main
from fastcourse.settings import UserError

repo = Path(__file__).parents[1]
lesson, kinds = '01_image_classifier.html', ['index.html', '01_image_classifier.html', '02_production.html', 'how_to_study.html', 'glossary.html', 'claims.html', 'questionnaires.html', 'exercises.html',
                                             'data-sets.html', 'api.html', 'contributing.html', 'tools/quiz.html', 'tools/modelcard.html', 'tools/dependencies.html', 'genindex.html', 'search.html']
pytestmark = pytest.mark.slow

@pytest.fixture(scope='module')
def folder(tmp_path_factory): return site.build(repo, tmp_path_factory.mktemp('site')/'docs')

@pytest.fixture(scope='module')
def address(folder):
    with site.serve(folder, 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f'http://127.0.0.1:{server.server_port}'
        server.shutdown()

@pytest.fixture
def tab(browser, address):
    "Opens a page; whatever a script complains of, or asks another host for, fails the test"
    contexts, wrong = [], []
    def open_(name, **settings):
        context = browser.new_context(**{'viewport': dict(width=1280, height=900), **settings})
        contexts.append(context)
        page = context.new_page()
        page.on('console', lambda m: wrong.append(f'{name}: {m.text}') if m.type in ('error', 'warning') else None)
        page.on('pageerror', lambda e: wrong.append(f'{name}: {e}'))
        page.on('request', lambda r: wrong.append(f'{name} asks for {r.url}') if not r.url.startswith((address, 'data:')) else None)
        page.route(lambda url: not url.startswith(address), lambda route: route.abort())
        page.goto(f'{address}/{name}')
        page.wait_for_load_state('networkidle')
        return page
    yield open_
    for c in contexts: c.close()
    assert wrong == []

# --- every page

def test_every_page_loads_quietly_and_fits_a_phone(folder, tab):
    names = [p.relative_to(folder).as_posix() for p in sorted(folder.rglob('*.html')) if '_static' not in p.parts]
    assert {*kinds} <= {*names}
    page = tab('index.html', viewport=dict(width=390, height=800))
    base = page.url.removesuffix('index.html')
    for name in names:
        page.goto(base + name)
        page.wait_for_load_state('networkidle')
        assert page.title() and page.locator('h1:visible').count() == 1, name
        assert page.evaluate('document.scrollingElement.scrollWidth') <= 390, name

def test_links_ids_and_pictures(folder): assert site.check(folder) == []

def test_a_dead_link_is_found(folder, tmp_path):
    shutil.copytree(folder, tmp_path/'copy')
    page = tmp_path/'copy'/'how_to_study.html'
    page.write_text(page.read_text(encoding='utf-8').replace('</article>', '<a href="tools/quiz.html#fastcourse.quiz.nothing">x</a></article>'), encoding='utf-8')
    assert site.check(tmp_path/'copy') == ['how_to_study.html: the link to tools/quiz.html#fastcourse.quiz.nothing leads nowhere.']

@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize('name', kinds)
def test_axe_finds_nothing_serious(tab, name, scheme):
    "axe measures contrast as well, in both schemes"
    axe = pytest.importorskip('axe_playwright_python.sync_playwright').Axe()
    page = tab(name, color_scheme=scheme)
    page.add_style_tag(content='* { animation: none !important; transition: none !important }')
    page.evaluate("document.querySelectorAll('details').forEach(o => o.open = true)")
    found = [v for v in axe.run(page, options=dict(preload=False)).response['violations'] if v['impact'] in ('serious', 'critical')]
    assert [(v['id'], [n['html'][:120] for n in v['nodes']][:5], len(v['nodes'])) for v in found] == []

def test_dark_mode_is_dark(tab):
    def ground(page): return sum(map(int, re.findall(r'\d+', page.evaluate('getComputedStyle(document.body).backgroundColor'))[:3]))
    assert ground(tab(lesson, color_scheme='dark')) < 150 < 600 < ground(tab(lesson))

def test_tables_show_their_heads_and_empty_heads_are_hidden(tab):
    page = tab(lesson)
    assert page.locator('table.fastprogress th', has_text='error_rate').first.is_visible()
    assert not page.locator('.bd-article table').first.locator('thead').is_visible()

def test_search_finds_a_term(tab):
    page = tab('search.html?q=overfitting')
    page.locator('#search-results li').first.wait_for()
    assert page.locator('#search-results a', has_text='Build an image classifier').count()

def test_search_finds_a_function(tab):
    page = tab('search.html?q=check_images')
    page.locator('#search-results li').first.wait_for()
    assert page.locator('#search-results a[href*="fastcourse.vision.check_images"]').count()

# --- a lesson

def test_a_lesson_has_its_links(tab):
    page = tab(lesson)
    links = page.locator('a').evaluate_all('os => os.map(o => o.getAttribute("href"))')
    for part in 'colab.research.google.com/github/fastcourse/fastcourse/blob/main/nbs/01_', 'mybinder.org/v2/gh/fastcourse', '/issues/new', '/edit/main/nbs/01_': assert any(part in (o or '') for o in links), part
    assert page.locator('a.left-prev').count() and page.locator('a.right-next').count()
    assert 'minutes to read' in page.locator('.reading').inner_text()
    assert page.locator('math').count() >= 1
    assert page.locator('button.copybtn').count() > 20
    for icon in 'rocket', 'github', 'magnifying-glass': assert page.locator(f'svg.fa-{icon}:not(:has(animate)) > path').count(), icon  # a missing one is drawn as a blinking mark

def test_an_exercise_has_stub_hints_and_solution(tab):
    page = tab(lesson)
    first = page.locator('details.fold', has_text='Hint 1 of 3').first
    two = first.locator('details').first
    assert not two.is_visible()
    first.locator('summary').first.click()
    assert two.is_visible() and not two.locator('details').first.is_visible()
    solution = page.locator('details.fold', has=page.locator('summary', has_text=re.compile('^Solution$'))).first
    assert not solution.locator('pre').is_visible()
    solution.locator('summary').click()
    assert solution.locator('pre').is_visible()
    assert 'BEGIN SOLUTION' not in page.content()

def test_the_source_of_a_page_is_the_notebooks(tab):
    assert tab('claims.html').locator('a[href*="/edit/"]').count() == 0
    assert tab('api.html').locator('a[href*="blob/main/fastcourse/quiz.py"]').count() == 1

# --- questionnaires

def question(page, kind): return page.locator(f'fieldset[data-kind={kind}]').first
def right(page, kind): return json.loads(question(page, kind).get_attribute('data-answer'))

def test_a_questionnaire_by_mouse_and_again_after_a_reload(tab):
    page = tab(lesson)
    one = question(page, 'single')
    key = right(page, 'single')[0]
    wrong = 1 if key == 0 else 0
    one.locator('label').nth(wrong).click()
    one.get_by_role('button', name='Check').click()
    assert one.locator('[role=status]').inner_text().startswith('✗ Not yet.') and one.locator('details').is_visible()
    one.locator('label').nth(key).click()
    one.get_by_role('button', name='Check').click()
    assert one.locator('[role=status]').inner_text().startswith('✓ Right.')
    n = question(page, 'number')
    n.locator('input').fill(str(right(page, 'number')))
    n.get_by_role('button', name='Check').click()
    score = page.locator('form.fastcourse-quiz > [role=status]').inner_text()
    assert score.startswith('1 of 18 right at the first try.')
    page.reload()
    assert page.locator('form.fastcourse-quiz > [role=status]').inner_text() == score
    assert question(page, 'single').get_attribute('data-right') == 'true' and question(page, 'single').locator('input').nth(key).is_checked()
    assert question(page, 'number').locator('input').input_value() == str(right(page, 'number'))
    page.goto(re.sub(lesson, 'questionnaires.html', page.url.partition('#')[0]))
    assert page.locator('[data-quiz="1"]').inner_text() == '1 right at the first try, 2 of 18 answered'
    page.go_back()
    page.get_by_role('button', name='Start again').click()
    page.reload()
    assert page.locator('fieldset[data-right]').count() == 0 and page.locator('form.fastcourse-quiz > [role=status]').inner_text() == ''

def test_a_questionnaire_by_keyboard(tab):
    page = tab(lesson)
    key = right(page, 'single')[0]
    question(page, 'single').locator('input').first.focus()
    page.keyboard.press('Space')
    for _ in range(key): page.keyboard.press('ArrowDown')
    page.keyboard.press('Enter')
    assert question(page, 'single').locator('[role=status]').inner_text().startswith('✓ Right.')
    steps = question(page, 'order')
    steps.get_by_role('button', name=re.compile('^Down')).first.focus()
    before = steps.locator('li span').all_inner_texts()
    page.keyboard.press('Enter')
    assert steps.locator('li span').all_inner_texts() == [before[1], before[0], *before[2:]]

def test_a_spoilt_memory_does_no_harm(tab):
    page = tab(lesson)
    for spoilt in '{', 'null', '{"%s": {"first": true, "given": 7}}' % question(page, 'order').get_attribute('data-id'):
        page.evaluate('s => localStorage["fastcourse-quiz-1"] = s', spoilt)
        page.reload()
        one = question(page, 'single')
        one.locator('label').nth(right(page, 'single')[0]).click()
        one.get_by_role('button', name='Check').click()
        assert one.get_attribute('data-right') == 'true'

def test_without_scripts_the_answers_open(tab):
    page = tab(lesson, java_script_enabled=False)
    details = question(page, 'single').locator('details')
    assert details.is_visible() and not details.locator('p').is_visible()
    details.locator('summary').click()
    assert details.locator('p').is_visible()
    assert question(page, 'single').get_by_role('button').count() == 0

# --- what stops the build

@pytest.fixture
def small(tmp_path):
    "A repository with a front page and one notebook; `add` puts a cell into it"
    (tmp_path/'nbs').mkdir()
    shutil.copy(repo/'settings.ini', tmp_path)
    def write(*cells, name='page'):
        nb = new_notebook(cells=[new_markdown_cell(f'# A {name}\n\n> Small'), *cells])
        for i, c in enumerate(nb.cells): c.id = c.get('id') if c.get('id', '').startswith('x') else f'cell-{i}'
        bridge.stamp(nb)
        nbformat.write(nb, tmp_path/'nbs'/f'{name}.ipynb')
        return tmp_path
    write(name='index')
    return write

@pytest.fixture
def alone(monkeypatch):
    "No pages but those of the notebooks"
    monkeypatch.setattr(site.pages, 'pages', lambda _: {})
    monkeypatch.setattr(site.pages, 'contents', lambda names: '\n'.join(['```{toctree}', *sorted({*names} - {'index'}), '```']))

def html(s): return [new_output('display_data', {'text/html': s})]
picture = [new_output('display_data', {'image/png': 'iVBORw0KGgo='})]

@pytest.mark.parametrize('cell, words', [
    (new_code_cell('1/0', outputs=[new_output('error', ename='ZeroDivisionError', evalue='division by zero', traceback=[])]), 'its output is an error (ZeroDivisionError: division by zero)'),
    (new_markdown_cell('Look: ![a cat](cat.png)'), 'cat.png'),
    (new_markdown_cell('Look: ![](cat.png)'), 'no alternative text'),
    (new_code_cell('plot()', outputs=picture), 'no alternative text'),
    (new_markdown_cell('See [it](https://fastcourse.github.io/fastcourse/tools/quiz.html#nothing).'), 'leads nowhere'),
    (new_markdown_cell('# Another'), 'a second'),
    (new_markdown_cell('See [it](nothing.ipynb).'), 'nothing.ipynb'),
    (new_markdown_cell('So $\\begin{nothing} x$ is.'), 'cannot be set (MissingEndError)'),
    (new_markdown_cell('So $\\nosuch{x}$ is.'), 'cannot be set (nosuch)'),
    (new_code_cell('show_doc(nothing)'), 'there is no nothing to document'),
    (new_code_cell('a()', outputs=html('<p id="a"></p>') + html('<p id="a"></p>')), "the id 'a' occurs"),
    (new_code_cell('a()', outputs=html('<script>alert(1)</script>')), "'<script'"),
    (new_code_cell('a()', outputs=html('<img src="https://example.org/a.png" alt="a">')), 'must not run or load'),
], ids=['error', 'missing picture', 'no words for a picture', 'no words for an output', 'dangling address', 'second title', 'dangling notebook', 'bad formula', 'unknown command', 'dangling symbol', 'duplicated id', 'script', 'foreign picture'])
def test_the_build_stops_and_names_notebook_and_cell(small, alone, cell, words):
    root = small(new_markdown_cell('Before'), cell)
    with pytest.raises(UserError) as e: site.build(root, root/'out')
    assert 'nbs/page.ipynb, cell 3 (cell-2): ' in str(e.value) and words in str(e.value)
    assert not (root/'out').exists()

def test_stale_outputs_stop_the_build_and_are_mended(small, alone):
    root = small(new_code_cell('a = 1'), new_code_cell('a + 1', outputs=[new_output('execute_result', {'text/plain': '2'})]))
    path = root/'nbs'/'page.ipynb'
    nb = nbformat.read(path, 4)
    nb.cells[1].source = 'a = 2'
    nbformat.write(nb, path)
    with pytest.raises(UserError, match=r'nbs/page.ipynb, cell 3 \(cell-2\): its output is older than the code; run `fastcourse site --run`'): site.build(root, root/'out')
    assert [p.name for p in site.rerun(root)] == ['page.ipynb']
    assert nbformat.read(path, 4).cells[2].outputs[0].data['text/plain'] == '3'
    assert (site.build(root, root/'out')/'page.html').exists()
    assert site.rerun(root) == []

def test_a_dead_link_in_html_stops_the_build(small, alone):
    root = small(new_markdown_cell('See <a href="nothing.html">it</a>.'))
    with pytest.raises(UserError, match='page.html: the link to nothing.html leads nowhere'): site.build(root, root/'out')

def test_a_failing_build_leaves_the_old_site(small, alone):
    root = small(new_markdown_cell('Fine'))
    out = site.build(root, root/'out')
    before = (out/'page.html').read_bytes()
    small(new_markdown_cell('![](x.png)'))
    with pytest.raises(UserError): site.build(root, root/'out')
    assert (out/'page.html').read_bytes() == before

def test_a_folder_of_the_users_is_not_touched(small, alone):
    root = small()
    (root/'out').mkdir()
    (root/'out'/'thesis.txt').write_text('mine')
    with pytest.raises(UserError, match='move it away'): site.build(root, root/'out')
    assert [p.name for p in (root/'out').iterdir()] == ['thesis.txt']

def test_outside_a_repository_the_command_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(site, 'notebooks', lambda: tmp_path/'nbs')
    res = CliRunner().invoke(main, ['site'])
    assert res.exit_code == 2 and "copy of the course's repository" in res.output and 'Traceback' not in res.output

def test_without_the_tools_the_command_says_so(monkeypatch):
    monkeypatch.setattr(site, 'find_spec', lambda name: None if name == 'myst_nb' else True)
    res = CliRunner().invoke(main, ['site'])
    assert res.exit_code == 2 and 'The site needs myst_nb' in res.output and 'Traceback' not in res.output

def test_a_taken_port_is_one_sentence(folder, address):
    with pytest.raises(UserError, match='is taken'): site.serve(folder, int(address.rpartition(':')[2]))
