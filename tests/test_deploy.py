"An exported Space as its visitors meet it: in a process of its own, over the client, in a browser, with bad files"
import os, re, shutil, socket, subprocess, sys, time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
import pytest
from click.testing import CliRunner
from PIL import Image

pytestmark = pytest.mark.slow

@pytest.fixture(scope='module')
def learn():
    "A small classifier of cats and dogs, and the pictures it was judged on"
    from fastai.vision.all import ImageDataLoaders, Resize, error_rate, get_image_files, set_seed, vision_learner
    from fastcourse.data import get
    from fastcourse.pretrained import efficientnet_lite0
    set_seed(42, reproducible=True)
    path = get('pets')/'images'
    files = get_image_files(path).sorted().shuffle()[:100]
    dls = ImageDataLoaders.from_name_func(path, files, valid_pct=.3, seed=42, label_func=lambda name: 'cat' if name[0].isupper() else 'dog',
                                          item_tfms=Resize(96), bs=16, num_workers=0, device='cpu')
    learn = vision_learner(dls, efficientnet_lite0, metrics=error_rate)
    with learn.no_bar(), learn.no_logging():
        learn.fine_tune(1)
        yield learn

@pytest.fixture(scope='module')
def space(learn, tmp_path_factory):
    from fastcourse.deploy import export_space
    return export_space(learn, tmp_path_factory.mktemp('spaces')/'cat-or-dog', examples=learn.dls.valid_ds.items[:3])

def free_port():
    with socket.create_server(('127.0.0.1', 0)) as s: return s.getsockname()[1]

@contextmanager
def running(command, folder, log, env=()):
    "Starts an app; yields its address once it answers"
    from urllib.request import urlopen
    port = free_port()
    with open(log, 'w') as out: app = subprocess.Popen(command(port), cwd=folder, stdout=out, stderr=out, env={**os.environ, 'GRADIO_SERVER_PORT': str(port), **dict(env)})
    try:
        for _ in range(600):
            assert app.poll() is None, log.read_text()
            try: urlopen(f'http://127.0.0.1:{port}/config', timeout=10).close()
            except OSError: time.sleep(.1)
            else: break
        else: pytest.fail(log.read_text())
        yield f'http://127.0.0.1:{port}/'
    finally:
        app.terminate()
        app.wait(30)

@pytest.fixture(scope='module')
def app(space, tmp_path_factory):
    "The address of the app, started from a copy of the folder in a Python that has no fastcourse"
    tmp = tmp_path_factory.mktemp('elsewhere')
    shutil.copytree(space, tmp/'app')
    (tmp/'without').mkdir()
    (tmp/'without'/'sitecustomize.py').write_text("import sys\nsys.modules['fastcourse'] = None\n")
    with running(lambda port: [sys.executable, 'app.py'], tmp/'app', tmp/'log.txt', dict(PYTHONPATH=str(tmp/'without'))) as url: yield url

@pytest.fixture(scope='module')
def client(app):
    from gradio_client import Client
    return Client(app, verbose=False)

def ask(client, file):
    from gradio_client import handle_file
    said = client.predict(file and handle_file(file), api_name='/classify_image')
    return {o['label']: o['confidence'] for o in said['confidences']}

# --- over the client

def test_the_app_answers_as_the_learner_does(learn, client):
    for f in learn.dls.valid_ds.items[:4]:
        answer, _, probs = learn.predict(f)
        said = ask(client, f)
        assert said == pytest.approx(dict(zip(learn.dls.vocab, map(float, probs))), abs=1e-4) and max(said, key=said.get) == answer

def test_visitors_at_the_same_time_each_get_their_own_answer(learn, client):
    files = list(learn.dls.valid_ds.items[:6])
    with ThreadPoolExecutor(6) as pool: said = list(pool.map(lambda f: ask(client, f), files))
    assert said == [ask(client, f) for f in files] and len({str(o) for o in said}) == 6

def picture(tmp_path, name, mode='RGB', size=(120, 90), **kwargs):
    im = Image.effect_noise(size, 80).convert(mode)
    im.save(tmp_path/name, **kwargs)
    return tmp_path/name

@pytest.mark.parametrize('name, mode', [('gray.png', 'L'), ('palette.gif', 'P'), ('transparent.png', 'RGBA'), ('print.jpg', 'CMYK'), ('deep.png', 'I;16'), ('bits.png', '1'), ('one.webp', 'RGB'), ('capital.JPG', 'RGB')])
def test_pictures_of_every_kind(client, tmp_path, name, mode):
    if mode == 'I;16':
        Image.new(mode, (50, 40), 30_000).save(tmp_path/name)
        file = tmp_path/name
    else: file = picture(tmp_path, name, mode)
    assert sum(ask(client, file).values()) == pytest.approx(1, abs=1e-3)

def test_a_single_pixel(client, tmp_path): assert sum(ask(client, picture(tmp_path, 'dot.png', size=(1, 1))).values()) == pytest.approx(1, abs=1e-3)

def test_a_picture_that_lies_on_its_side_is_turned(learn, client, tmp_path):
    f = learn.dls.valid_ds.items[0]
    exif = Image.Exif()
    exif[274] = 6  # turn by 90 degrees clockwise to see it upright
    with Image.open(f) as im: im.convert('RGB').rotate(90, expand=True).save(tmp_path/'side.png', exif=exif)
    assert ask(client, tmp_path/'side.png') == pytest.approx(ask(client, f), abs=1e-3)

def bad_files(tmp_path):
    good = picture(tmp_path, 'good.jpg', size=(600, 400)).read_bytes()
    (tmp_path/'cut.jpg').write_bytes(good[:len(good)//2])
    (tmp_path/'text.jpg').write_text('no picture')
    (tmp_path/'empty.png').write_bytes(b'')
    (tmp_path/'page.svg').write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    (tmp_path/'program.exe').write_bytes(b'MZ' + bytes(1000))
    Image.new('RGB', (10_000, 5_000), 'gray').save(tmp_path/'large.jpg')
    Image.new('1', (20_000, 20_000)).save(tmp_path/'bomb.png')
    broken = r'broken or not a picture. Send a JPEG'
    return {**dict.fromkeys(['cut.jpg', 'text.jpg', 'empty.png', 'page.svg', 'program.exe'], broken), 'large.jpg': r'50 million pixels, and this app takes up to 40 million', 'bomb.png': '400 million pixels'}

def test_a_bad_file_gets_a_sentence_and_the_app_goes_on(learn, client, tmp_path):
    from gradio_client.exceptions import AppError
    for name, words in bad_files(tmp_path).items():
        with pytest.raises(AppError, match=words): ask(client, tmp_path/name)
    with pytest.raises(AppError, match='Choose a picture first'): ask(client, None)
    assert ask(client, learn.dls.valid_ds.items[0])

def test_a_file_of_the_server_is_not_given_away(app, client):
    from urllib.error import HTTPError
    from urllib.request import urlopen
    for path in 'model.pkl', 'app.py', '../app.py', '/etc/hostname':
        with pytest.raises(HTTPError) as e: urlopen(f'{app}gradio_api/file={path}', timeout=10)
        assert e.value.code in (403, 404)

# --- in the browser

def test_the_page(app, browser, learn, tmp_path):
    context = browser.new_context(viewport=dict(width=1000, height=900))
    page = context.new_page()
    hosts, errors = set(), []
    page.on('request', lambda r: hosts.add(re.match(r'\w+:(//[^/]+)?', r.url)[0]))
    page.on('pageerror', lambda e: errors.append(str(e)))
    page.goto(app)
    file = learn.dls.valid_ds.items[0]
    page.locator('input[type=file]').first.set_input_files(str(file))
    page.get_by_role('button', name='Submit').click()
    answer = learn.predict(file)[0]
    page.locator('[data-testid=label-output-value]').wait_for()
    assert page.locator('[data-testid=label-output-value]').inner_text().strip() == answer
    page.screenshot(path=tmp_path/'app.png')
    with Image.open(tmp_path/'app.png') as im: assert len(im.convert('RGB').getcolors(10**6)) > 1000  # the picture is there

    bad = bad_files(tmp_path)
    page.get_by_text('Clear', exact=True).click()
    page.locator('input[type=file]').first.set_input_files(str(tmp_path/'text.jpg'))
    page.get_by_role('button', name='Submit').click()
    page.get_by_text(re.compile(bad['text.jpg'])).wait_for()

    page.get_by_text('Clear', exact=True).click()
    page.locator('.gallery-item, .thumbnail-item').nth(1).click()  # an example
    page.get_by_role('button', name='Submit').click()
    page.locator('[data-testid=label-output-value]').wait_for()
    assert page.locator('[data-testid=label-output-value]').inner_text().strip() == learn.predict(learn.dls.valid_ds.items[1])[0]
    assert {h for h in hosts if h.startswith('http')} == {app.rstrip('/')} and errors == []
    context.close()

# --- the command

script = str(Path(sys.executable).with_name('fastcourse'))

@pytest.fixture
def fastcourse():
    from fastcourse.cli import main
    return lambda *args: CliRunner().invoke(main, list(map(str, args)))

def test_the_command_runs_the_app(space, learn, tmp_path):
    from gradio_client import Client
    with running(lambda port: [script, 'deploy', str(space), '--port', str(port)], tmp_path, tmp_path/'log.txt') as url:
        assert ask(Client(url, verbose=False), learn.dls.valid_ds.items[0])
        said = (tmp_path/'log.txt').read_text()
        assert url.rstrip('/') in said and 'Traceback' not in said

def test_what_the_command_refuses(fastcourse, space, tmp_path):
    with socket.create_server(('127.0.0.1', 0)) as s: in_use = fastcourse('deploy', space, '--port', s.getsockname()[1])
    assert in_use.exit_code == 2 and re.search(r'Port \d+ is in use', in_use.output) and 'Traceback' not in in_use.output
    for args, words in (('deploy',), 'FOLDER'), (('deploy', tmp_path), 'There is no app.py'), (('deploy', space, '--port', 99999), 'is no port'), (('deploy', space, '--port', 'x'), 'port'):
        said = fastcourse(*args)
        assert said.exit_code == 2 and words in said.output and 'Traceback' not in said.output

def test_a_model_that_was_exchanged_is_not_loaded(space, tmp_path):
    import pickle
    class Evil:
        def __reduce__(self): return open, (str(tmp_path/'it ran'), 'w')
    shutil.copytree(space, tmp_path/'app')
    (tmp_path/'app'/'model.pkl').write_bytes(pickle.dumps(Evil()))
    ran = subprocess.run([script, 'deploy', str(tmp_path/'app')], capture_output=True, text=True)
    assert ran.returncode == 2 and 'not the file that was exported' in ran.stderr and 'Traceback' not in ran.stderr
    assert not (tmp_path/'it ran').exists()

# --- what a Space needs

def test_the_hub_reads_the_front_matter(space):
    import gradio
    from huggingface_hub import ModelCard, SpaceCard
    data = SpaceCard.load(space/'README.md').data
    assert (data.sdk, data.sdk_version, data.app_file) == ('gradio', gradio.__version__, 'app.py')
    assert ModelCard.load(space/'MODEL_CARD.md').data.library_name == 'fastai'

def test_the_requirements_are_installable_versions(space):
    from importlib import metadata
    lines = (space/'requirements.txt').read_text().splitlines()
    assert len(lines) == len(set(lines)) and all(re.fullmatch(r'[\w.-]+==\d[\w.]*', o) for o in lines)
    assert all(metadata.version(o.split('==')[0]).split('+')[0] == o.split('==')[1] for o in lines)
    assert {'fastai', 'gradio', 'torch', 'timm'} <= {o.split('==')[0] for o in lines} and not any(o.startswith('fastcourse') for o in lines)
