"Tests run in a fastcourse of their own: an empty cache, no network, small sizes; notebooks are tests as well"
import os, re, shutil, tempfile
import pytest

if 'PYTEST_XDIST_WORKER' not in os.environ:
    os.environ.update(FASTCOURSE_HOME=tempfile.mkdtemp(prefix='fastcourse-tests-'), FASTCOURSE_BUDGET_MB='0', FASTCOURSE_PROFILE='small', FASTCOURSE_STATIC='1')
    os.environ.pop('FASTCOURSE_MIRROR', None)

@pytest.fixture(autouse=True)
def environment_stays():
    "A command run inside the tests' own process may set variables; the next test must not see them"
    before = dict(os.environ)
    yield
    os.environ.clear()
    os.environ.update(before)

@pytest.fixture(scope='module')
def browser():
    "The system's Chromium; without it, a test that needs it is skipped and says so"
    api = pytest.importorskip('playwright.sync_api')
    if not (path := next(filter(None, map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))), None)): pytest.skip("there is no Chromium: nothing was looked at in a browser")
    with api.sync_playwright() as p:
        b = p.chromium.launch(executable_path=path, args=['--no-sandbox'])
        yield b
        b.close()

def pytest_unconfigure(config):
    if 'PYTEST_XDIST_WORKER' not in os.environ: shutil.rmtree(os.environ['FASTCOURSE_HOME'], ignore_errors=True)

def pytest_collection_modifyitems(items):
    for item in items:
        # nbdev_clean removes execution counts, and nbval refuses a cell that has outputs and no count
        if cell := getattr(item, 'cell', None): cell.execution_count = cell.execution_count or 1
        if re.match(r'\d\d_.*\.ipynb$', item.path.name): item.add_marker(pytest.mark.slow)
