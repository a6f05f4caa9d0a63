"Projects as their owners meet them: made from their data, trained and asked in processes that have no fastcourse, on one process and on two"
import json, os, re, socket, subprocess, sys, time
from contextlib import contextmanager
from pathlib import Path
import nbformat, numpy as np, pandas as pd, pytest
from PIL import Image, ImageDraw
from fastcourse.project import check_data, free_port, new_project, run, start_ranks
from fastcourse.settings import UserError

rng = np.random.default_rng(42)
templates = Path(__file__).parents[1]/'fastcourse'/'templates'

@pytest.fixture(scope='module')
def env(tmp_path_factory):
    "An environment in which `import fastcourse` fails"
    (folder := tmp_path_factory.mktemp('without')).joinpath('sitecustomize.py').write_text("import sys\nsys.modules['fastcourse'] = None\n")
    return {**{k: v for k, v in os.environ.items() if not k.startswith('FASTCOURSE')}, 'PYTHONPATH': str(folder), 'OMP_NUM_THREADS': '1', 'CUDA_VISIBLE_DEVICES': '', 'PYTHONIOENCODING': 'utf-8'}

def python(folder, *args, env, code=0):
    res = subprocess.run([sys.executable, *args], cwd=folder, env=env, capture_output=True, text=True, encoding='utf-8', timeout=200)
    assert res.returncode == code, res.stdout + res.stderr
    assert 'Traceback' not in res.stderr, res.stderr
    return res.stdout if code == 0 else res.stderr.strip()

# --- data: one small set of each kind, with something odd in each

def tabular(folder):
    n = 600
    area, rooms = rng.uniform(20, 120, n).round(1), rng.integers(1, 6, n)
    city = rng.choice(['Köln', 'Wien', 'Zürich'], n)
    rent = 8*area + 50*rooms + 200*(city == 'Zürich') + rng.normal(size=n)*30
    text = 'nr;area;rooms;city;rent\n' + ''.join(f'{i+7};{a};{r};{c if i % 50 else ""};{x:.2f}\n' for i, (a, r, c, x) in enumerate(zip(area, rooms, city, rent)))
    (folder/'flats.csv').write_bytes(text.replace('.', ',').encode('cp1252'))
    return folder/'flats.csv', dict(target='rent')

def text(folder):
    good, bad = ['great', 'lovely', 'perfect', 'warm'], ['poor', 'broken', 'cold', 'late']
    rows = [dict(review=' '.join(rng.choice((good if i % 2 else bad) + ['the', 'a', 'coat', 'shop', 'it', 'was'], 8)), stars=['bad', 'good'][i % 2]) for i in range(300)]
    pd.DataFrame(rows).to_csv(folder/'reviews.csv', index=False, encoding='utf-16', sep='\t')
    return folder/'reviews.csv', dict(target='stars', text='review')

def ratings(folder):
    who, what = np.divmod(rng.choice(40*30, 700, replace=False), 30)
    taste, good = rng.normal(size=40), rng.normal(size=30)
    table = pd.DataFrame(dict(reader=who, book=[f'book {i}' for i in what], rating=(3 + good[what] + .3*taste[who]).clip(1, 5).round()))
    table.loc[0, 'rating'] = 99
    table.to_csv(folder/'loans.csv', index=False)
    return folder/'loans.csv', dict(user='reader', item='book')

def image(folder):
    for name in 'round', 'square':
        (folder/'shapes'/name).mkdir(parents=True)
        for i in range(24):
            im = Image.effect_noise((70, 60), 60).convert('RGB')
            x, y = rng.integers(5, 25, 2).tolist()
            getattr(ImageDraw.Draw(im), dict(round='ellipse', square='rectangle')[name])((x, y, x+30, y+30), fill=(200, 30, 30))
            im.save(folder/'shapes'/name/f'{i}.png')
    return folder/'shapes', {}

makers = dict(tabular=tabular, text=text, ratings=ratings, image=image)
tiny = dict(tabular=dict(epochs=6), text=dict(epochs=8), ratings=dict(epochs=5), image=dict(epochs=1, pixels=48, augment=None))

@pytest.fixture(scope='module')
def projects(tmp_path_factory):
    "A project of each kind, made once"
    made = {}
    def project(kind):
        if kind not in made:
            data, columns = makers[kind](tmp_path_factory.mktemp(kind))
            made[kind] = new_project(tmp_path_factory.mktemp('projects')/f'my-{kind}', kind, data, **columns, **tiny[kind])
        return made[kind]
    return project

@pytest.fixture(scope='module', params=makers)
def trained(request, projects, env):
    folder = projects(request.param)
    if not (folder/'metrics.json').exists(): folder.joinpath('said.txt').write_text(python(folder, 'train.py', env=env), encoding='utf-8')
    return request.param, folder

def metrics(folder): return json.loads((folder/'metrics.json').read_text(encoding='utf-8'))

# --- what a project is

def test_nothing_of_it_imports_fastcourse():
    for f in filter(Path.is_file, templates.iterdir()): assert 'import fastcourse' not in f.read_text(encoding='utf-8') and 'from fastcourse' not in f.read_text(encoding='utf-8'), f.name

@pytest.mark.slow
def test_it_trains_without_fastcourse_and_says_what_it_beats(trained):
    kind, folder = trained
    m = metrics(folder)
    assert m['valid']['low'] <= m['valid']['error'] <= m['valid']['high'] and m['seed'] == 42 and m['processes'] == 1 and {'python', 'torch', 'fastai'} <= set(m['versions'])
    trivial = dict(tabular='the median of all', ratings='the median of all').get(kind, 'most common class')
    assert m['valid']['baselines'][trivial]['n'] == m['valid']['n'] == m['rows']['valid'] and sum(m['rows'].values()) > m['rows']['train']*1.3
    assert m['valid']['error'] < m['valid']['baselines'][trivial]['error']
    assert (folder/'model.pkl').stat().st_size < (20_000_000 if kind == 'image' else 500_000)

@pytest.mark.slow
def test_the_card_is_one_of_the_hub_and_what_a_person_wrote_stays(trained, env):
    from huggingface_hub import ModelCard
    _, folder = trained
    m, card = metrics(folder), folder/'README.md'
    text = card.read_text(encoding='utf-8')
    card.write_text(text.replace('> ✎ **To fill in:** what must', 'It must not decide alone. ✎ what must'), encoding='utf-8')
    python(folder, '-c', 'import json, evaluate; from data import settings; evaluate.write_card(settings(), json.load(open("metrics.json", encoding="utf-8")))', env=env)
    assert 'It must not decide alone.' in card.read_text(encoding='utf-8') and card.read_text(encoding='utf-8').count('model-index') == 1
    data = ModelCard(card.read_text(encoding='utf-8')).data
    result = data.eval_results[0]
    assert data.library_name == 'fastai' and result.metric_value == pytest.approx(1 - m['valid']['error'] if result.metric_type == 'accuracy' else m['valid']['error'], abs=1e-4)

@contextmanager
def app(folder, env):
    port = free_port()
    with open(folder/'log.txt', 'w') as out: p = subprocess.Popen([sys.executable, 'app.py'], cwd=folder, stdout=out, stderr=out, env={**env, 'GRADIO_SERVER_PORT': str(port), 'GRADIO_ANALYTICS_ENABLED': 'False'})
    try:
        from urllib.request import urlopen
        for _ in range(600):
            assert p.poll() is None, (folder/'log.txt').read_text()
            try: urlopen(f'http://127.0.0.1:{port}/config', timeout=10).close()
            except OSError: time.sleep(.1)
            else: break
        from gradio_client import Client
        yield Client(f'http://127.0.0.1:{port}/', verbose=False), p
    finally:
        p.terminate()
        p.wait(30)

@pytest.mark.slow
def test_the_app_answers_and_refuses(trained, env, tmp_path):
    from gradio_client import handle_file
    kind, folder = trained
    cfg = json.loads((folder/'config.json').read_text(encoding='utf-8'))
    with app(folder, env) as (client, p):
        if kind == 'image':
            file = next(Path(cfg['data']).glob('round/*.png'))
            said = client.predict(handle_file(str(file)), api_name='/answer')
            (tmp_path/'no.png').write_bytes(b'no picture')
            with pytest.raises(Exception, match='broken or not a picture'): client.predict(handle_file(str(tmp_path/'no.png')), api_name='/answer')
        elif kind == 'text':
            said = client.predict('a lovely coat, perfect', api_name='/answer')
            assert said['label'] == 'good'
            client.predict('日本語 only unknown words', api_name='/answer')
            with pytest.raises(Exception, match='Write a text'): client.predict(' ', api_name='/answer')
        elif kind == 'tabular':
            assert cfg['cat'] == ['city'] and cfg['cont'] == ['area', 'rooms']
            said = client.predict('Zürich', 100, 4, api_name='/answer')
            assert said > client.predict('Wien', 30, 1, api_name='/answer')
            client.predict('a city that was never seen', None, 2, api_name='/answer')
        else:
            said = client.predict('3', 'book 1', api_name='/answer')
            assert 1 <= said <= 5 and 1 <= client.predict('nobody', 'no book', api_name='/answer') <= 5
        if kind in ('image', 'text'): assert sum(o['confidence'] for o in said['confidences']) == pytest.approx(1, abs=1e-3)

@pytest.mark.slow
def test_a_model_that_was_exchanged_is_not_loaded(projects, env, tmp_path):
    import shutil
    shutil.copytree(projects('tabular'), folder := tmp_path/'copy')
    if not (folder/'model.pkl').exists(): (folder/'metrics.json').write_text('{"sha256": ""}')
    (folder/'model.pkl').write_bytes(b'import os')
    assert 'was not loaded' in python(folder, 'evaluate.py', env=env, code=2)
    (folder/'model.pkl').unlink()
    assert 'run python train.py first' in python(folder, 'app.py', env=env, code=2)
    assert "'epoch=1' is no setting" in python(folder, 'train.py', 'epoch=1', env=env, code=2)
    cfg = json.loads((folder/'config.json').read_text(encoding='utf-8'))
    (folder/'config.json').write_text(json.dumps(dict(cfg, data='nowhere.csv')))
    assert 'nowhere.csv is not there any more' in python(folder, 'train.py', env=env, code=2)

@pytest.mark.slow
def test_the_notebook_runs_from_top_to_bottom(projects, env):
    from nbclient import NotebookClient
    folder = projects('text')
    nb = nbformat.read(folder/'project.ipynb', 4)
    NotebookClient(nb, timeout=200, kernel_name='python3', resources={'metadata': {'path': str(folder)}}).execute(env=env)
    curve = next(''.join(o['data']['text/plain']) for c in nb.cells for o in c.get('outputs', []) if 'training rows' in str(o.get('data', {}).get('text/plain', '')))
    assert 'Error rate' in curve

@pytest.mark.slow
def test_the_test_rows_are_used_once(projects, env):
    folder = projects('text')
    if not (folder/'metrics.json').exists(): python(folder, 'train.py', env=env)
    python(folder, 'evaluate.py', '--test', env=env)
    assert metrics(folder)['test']['n'] == metrics(folder)['rows']['test'] and ', test | ' in (folder/'README.md').read_text(encoding='utf-8')
    assert 'The test rows were used' in python(folder, 'evaluate.py', '--test', env=env, code=2)
    python(folder, 'train.py', 'epochs=1', env=env)   # another model does not make the rows new
    assert ', test | ' not in (folder/'README.md').read_text(encoding='utf-8')
    assert 'The test rows were used' in python(folder, 'evaluate.py', '--test', env=env, code=2)

@pytest.mark.slow
def test_few_rows_german_dates_and_a_column_that_was_put_back(tmp_path, env):
    days = pd.date_range('2024-01-01', periods=60, freq='5D')
    table = pd.DataFrame(dict(day=days.strftime('%d.%m.%Y'), size=np.arange(60)*7 % 23, y=['no', 'yes']*30)).assign(told=lambda d: np.where(d.y == 'yes', 7, 3))
    folder = new_project(tmp_path/'few', 'tabular', csv(tmp_path, table.sample(frac=1, random_state=0)), 'y', time='day', epochs=1)
    cfg = json.loads((folder/'config.json').read_text(encoding='utf-8'))
    assert cfg['bs'] == 4 and cfg['time_format'] == '%d.%m.%Y' and 'told' not in cfg['cat'] + cfg['cont']
    (folder/'config.json').write_text(json.dumps({**cfg, 'cont': [*cfg['cont'], 'told']}), encoding='utf-8')
    assert 'rows to train on, not enough for one batch of 64' in python(folder, 'train.py', 'bs=64', env=env, code=2)
    python(folder, 'train.py', env=env)
    said = python(folder, '-c', "from data import settings, split; import task, app; cfg = settings(); d = task.read(cfg); p = split(d, cfg)\n"
                  "import pandas as pd; w = pd.to_datetime(d.day, format='%d.%m.%Y'); print(w[p == 'test'].min() > w[p != 'test'].max(), app.answer(5., 7.))", env=env)
    assert said.startswith("True {'no'") and (folder/'figures'/'slices.png').is_file()

@pytest.mark.slow
def test_two_processes_train_what_one_does(projects, env):
    folder = projects('tabular')
    settings = ['epochs=1', 'batch_norm=false', 'layers=[16]']
    python(folder, 'train.py', *settings, 'bs=40', env=env)
    one = metrics(folder)
    run(folder, 'train.py', *settings, 'bs=20', processes=2, seconds=150)
    two = metrics(folder)
    assert two['processes'] == 2 and two['loss'] == pytest.approx(one['loss'], rel=1e-4) and two['valid']['error'] == pytest.approx(one['valid']['error'], rel=1e-3)

@pytest.mark.slow
def test_half_precision_and_accumulation_train_as_well(projects, env):
    folder = projects('tabular')
    python(folder, 'train.py', 'epochs=1', 'precision=bf16', 'accumulate=2', 'bs=32', env=env)
    assert metrics(folder)['precision'] == 'bf16' and np.isfinite(metrics(folder)['loss'])

def test_processes_that_fail_or_hang_are_stopped(tmp_path):
    (tmp_path/'hang.py').write_text('import time; time.sleep(100)')
    (tmp_path/'fail.py').write_text('import os, time\nif os.environ["RANK"] == "1": raise ValueError("rank one is ill")\ntime.sleep(100)')
    start = time.monotonic()
    with pytest.raises(UserError, match='after 1 seconds'): start_ranks(tmp_path/'hang.py', 2, 1)
    with pytest.raises(UserError, match='rank one is ill'): start_ranks(tmp_path/'fail.py', 2, 50)
    assert time.monotonic() - start < 30

# --- what is refused, what is said

sound = pd.DataFrame(dict(price=rng.normal(size=120), city=rng.choice(['Rome', 'Oslo'], 120), y=rng.choice(['yes', 'no'], 120)))

def csv(tmp_path, table, name='mine.csv', **kwargs):
    table.to_csv(tmp_path/name, index=False, **kwargs)
    return tmp_path/name

def refused(*args, **kwargs):
    with pytest.raises(UserError) as e: check_data(*args, **kwargs)
    assert '\n' not in str(e.value)
    return str(e.value)

def test_what_exists_stays(tmp_path):
    file = csv(tmp_path, sound)
    (tmp_path/'mine').mkdir()
    with pytest.raises(UserError, match='exists already'): new_project(tmp_path/'mine', 'tabular', file, 'y')
    assert list((tmp_path/'mine').iterdir()) == []
    with pytest.raises(UserError): new_project(tmp_path/'new', 'tabular', file, 'z')
    assert sorted(p.name for p in tmp_path.iterdir()) == ['mine', 'mine.csv']

@pytest.mark.parametrize('change, said', {
    'a class of three': (lambda d: d.assign(y=['yes']*117 + ['no']*3), 'too few rows, 3'), 'one class': (lambda d: d.assign(y='yes'), 'nothing to predict'),
    'no rows': (lambda d: d.head(0), 'no rows'), 'few rows': (lambda d: d.head(20), 'at least 50'), 'names': (lambda d: d.assign(y=[f'name {i}' for i in range(120)]), 'too many for classes'),
    'nothing to learn from': (lambda d: d[['y']].assign(a=1, id=range(120)), 'No column is left')}.values())
def test_a_table_that_needs_its_owner(tmp_path, change, said): assert said in refused('tabular', csv(tmp_path, change(sound)), target='y')

def test_files_that_are_no_tables(tmp_path):
    assert '--target' in refused('tabular', csv(tmp_path, sound))
    assert 'is no file' in refused('tabular', os.devnull, target='y')
    for name, data, said in ('a.csv', b'', 'is empty'), ('b.csv', b'PK\x03\x04rest', 'Excel'), ('c.csv', b'a,b\n1,2\n1,2,3\n', 'more fields|Expected'), ('d.csv', bytes(range(256))*4, 'no text has'), ('e.csv', b'a,a\n1,2\n', "two columns of the name 'a'"), ('f.csv', b'\xef\xbb\xbfa,b\n\xff,1\n', 'damaged'):
        (tmp_path/name).write_bytes(data)
        assert re.search(said, refused('tabular', tmp_path/name, target='y')), name

def test_times_that_need_their_owner(tmp_path):
    def said(days, **kwargs): return refused('tabular', csv(tmp_path, sound.assign(day=days)), target='y', **{'time': 'day', **kwargs})
    assert 'read two ways' in said(['03/04/2024']*120) and 'no date' in said(['soon']*120)
    assert 'cannot be --time as well' in said([1]*120, time='y') and 'cannot be --group as well' in said([1]*120, time=None, group='y')
    for days, form in (['2024-12-31']*120, 'ISO8601'), (['31.12.2024 10:30']*120, '%d.%m.%Y %H:%M'), (['12/31/2024']*120, '%m/%d/%Y'), ([7]*120, None):
        assert check_data('tabular', csv(tmp_path, sound.assign(day=days)), 'y', time='day')[0]['time_format'] == form

def test_dots_for_thousands_and_labels_that_do_not_agree(tmp_path):
    (tmp_path/'prices.csv').write_text('price;y\n' + ''.join(f'1.{200+i},50;{"no yes".split()[i % 2]}\n2,5;no\n' for i in range(60)))
    assert '1.200,50 have dots for thousands' in refused('tabular', tmp_path/'prices.csv', target='y')
    pd.DataFrame(dict(text=['a', 'b']*100, label=['x', 'y', 'y', 'x']*50)).to_csv(tmp_path/'texts.csv', index=False)
    assert 'with different labels' in refused('text', tmp_path/'texts.csv')

def test_pictures_that_need_their_owner(tmp_path):
    assert 'is a file' in refused('image', csv(tmp_path, sound))
    assert 'There is no' in refused('image', tmp_path/'nowhere')
    (root := tmp_path/'root').mkdir()
    assert 'no picture' in refused('image', root)
    def fill(name, n, at=0):
        (root/name).mkdir(parents=True, exist_ok=True)
        for i in range(n): Image.new('RGB', (20, 20), (i + at, at, 7)).save(root/name/f'{i}.png')
    fill('cats', 12)
    assert "label 'cats'" in refused('image', root)
    fill('dogs', 3, 100)
    assert 'too few pictures, 3' in refused('image', root)
    fill('dogs', 12, 100)
    (root/'dogs'/'broken.png').write_bytes(b'no picture')
    assert 'cannot be opened' in refused('image', root)
    (root/'dogs'/'broken.png').unlink()
    Image.new('RGB', (20, 20), (0, 0, 7)).save(root/'cats'/'again.png')
    assert check_data('image', root)[0]['copies'] in (['cats/again.png'], ['cats/0.png'])

def test_a_million_rows(tmp_path):
    n = 1_000_000
    i = rng.integers(0, n, n)
    file = csv(tmp_path, pd.DataFrame(dict(a=i % 97, b=i/7, kind=np.array(['x', 'y', 'z'])[i % 3], y=np.where(i % 7 > 3, 'yes', 'no'))))
    start = time.perf_counter()
    cfg, _ = check_data('tabular', file, target='y')
    print(f'a million rows checked in {time.perf_counter() - start:.1f} s')
    assert time.perf_counter() - start < 90 and cfg['cat'] == ['kind']
