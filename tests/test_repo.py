"The repository keeps its own rules: exported code equals the notebooks, notebooks are clean, no module reaches up"
import ast, json, re, subprocess, sys
from pathlib import Path
from shutil import copy, copytree
import nbformat, pytest
from fastcourse import bridge

repo = Path(__file__).parents[1]
notebooks = sorted(p for p in repo.glob('nbs/**/*.ipynb') if '.ipynb_checkpoints' not in p.parts)
modules = sorted(p.stem for p in repo.glob('fastcourse/*.py') if not p.stem.startswith('_'))

# --- nbdev

@pytest.fixture(scope='module')
def regenerated(tmp_path_factory):
    "A copy of the repository after `nbdev_export` and `nbdev_clean`"
    pytest.importorskip('nbdev')
    tmp = tmp_path_factory.mktemp('repo')
    for name in 'nbs', 'fastcourse': copytree(repo/name, tmp/name)
    for name in 'settings.ini', 'pyproject.toml': copy(repo/name, tmp/name)
    for p in (tmp/'fastcourse').glob('*.py'):
        if p.name != '__init__.py': p.unlink()
    code = 'from nbdev.doclinks import nbdev_export; from nbdev.clean import nbdev_clean; nbdev_export(); nbdev_clean()'
    subprocess.run([sys.executable, '-c', code], cwd=tmp, check=True)
    return tmp

def test_the_package_is_what_the_notebooks_export(regenerated):
    def code(root): return {p.name: p.read_text(encoding='utf-8') for p in (root/'fastcourse').glob('*.py')}
    here, there = code(repo), code(regenerated)
    assert here.keys() == there.keys()
    assert [n for n in here if here[n] != there[n]] == []

def test_settings_are_untouched_by_the_export(regenerated):
    for name in 'settings.ini', 'pyproject.toml': assert (repo/name).read_text(encoding='utf-8') == (regenerated/name).read_text(encoding='utf-8')

@pytest.mark.parametrize('path', notebooks, ids=lambda p: p.name)
def test_a_notebook_is_clean(regenerated, path):
    assert json.loads(path.read_bytes()) == json.loads((regenerated/path.relative_to(repo)).read_bytes())

# --- notebooks

def texts(nb):
    "All that a reader can read in a notebook: sources, and outputs that are no pictures"
    for cell in nb['cells']:
        yield ''.join(cell['source'])
        for out in cell.get('outputs', []):
            yield ''.join(out.get('text', []))
            for kind, value in out.get('data', {}).items():
                if not kind.startswith('image/'): yield re.sub(r'base64,[\w+/=]+', '', value if isinstance(value, str) else ''.join(value) if isinstance(value, list) else json.dumps(value))

@pytest.mark.parametrize('path', notebooks, ids=lambda p: p.name)
def test_a_notebook_can_be_published(path):
    nb = json.loads(path.read_bytes())
    assert path.stat().st_size < 1_000_000
    first = ''.join(nb['cells'][0]['source'])
    assert re.match(r'# .+\n\n> .+', first), 'begins with a title and a summary'
    for cell in nb['cells']:
        tags = cell['metadata'].get('tags', [])
        for out in cell.get('outputs', []):
            assert out['output_type'] != 'error' or 'raises-exception' in tags
            assert out.get('name') != 'stderr', ''.join(out['text'])
    for text in texts(nb): assert not re.search(r'(?<![\w.:/])/(root|home|work|opt|Users)/\w', text), text

@pytest.mark.parametrize('path', notebooks, ids=lambda p: p.name)
def test_outputs_are_those_of_the_code(path):
    assert [bridge.place(path.name, i, c) for o in [nbformat.read(path, 4)] for old in [{c.id for c in bridge.stale(o)}] for i, c in enumerate(o.cells) if c.id in old] == [], "run `fastcourse site --run`"

def test_every_picture_is_described():
    for path in notebooks:
        for cell in json.loads(path.read_bytes())['cells']:
            pictures = [o for o in cell.get('outputs', []) if any(k.startswith('image/') for k in o.get('data', {})) and 'text/html' not in o['data']]
            assert not pictures or re.search(r'^#\| *fig-alt: *\S', ''.join(cell['source']), re.MULTILINE), f"{path.name}: {''.join(cell['source'])[:200]}"

# --- floors

# Ground floor first. nbdev writes imports within the package as relative ones.
floors = [
    'settings', 'fetch progress twins', 'collage docstrings', 'data', 'study', 'quiz exercise claim parity pretrained live', 'lesson', 'scratch language tabular collab',
    'vision production ethics modelcard multilabel segmentation convnet schedule ulmfit attention embeddings', 'deploy testset', 'project',
    'workbook cards transcript topics', 'review anki notes copies bridge', 'dashboard pages', 'site', 'doctor', 'cli']
floor = {name: i for i, names in enumerate(floors) for name in names.split()}

def imports(name):
    "The modules of fastcourse that a module imports, anywhere in its code"
    for node in ast.walk(ast.parse((repo/'fastcourse'/f'{name}.py').read_text(encoding='utf-8'))):
        if isinstance(node, ast.Import): found = [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            package = '.'.join(filter(None, ['fastcourse'*node.level, node.module]))
            found = [f'{package}.{a.name}' for a in node.names] if package == 'fastcourse' else [package]
        else: continue
        for f in found:
            if f.startswith('fastcourse.') and f.split('.')[1] in modules: yield f.split('.')[1]

@pytest.mark.parametrize('name', modules)
def test_a_module_imports_only_from_floors_below(name):
    assert name in floor, f'give {name} a floor'
    assert [m for m in imports(name) if floor[m] >= floor[name]] == []

def test_the_floors_are_read_rightly():
    assert 'settings' in imports('cli') and 'workbook' in imports('cli')

light = [m for m in modules if floor.get(m, 99) <= floor['lesson'] or floor.get(m, 0) >= floor['workbook']]

@pytest.mark.parametrize('name', light)
def test_a_light_module_imports_no_torch(name):
    code = f"import sys, fastcourse.{name}; print([m for m in ('torch', 'fastai') if m in sys.modules])"
    assert subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True).stdout.strip() == '[]'
