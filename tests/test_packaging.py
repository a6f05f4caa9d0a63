"What a learner installs: the wheel, in an environment where the repository is not to be found"
import json, os, subprocess, sys, sysconfig, tarfile, zipfile
from configparser import ConfigParser
from pathlib import Path
from shutil import copytree, ignore_patterns
import pytest
from packaging.requirements import Requirement

pytestmark = pytest.mark.slow
repo = Path(__file__).parents[1]

def call(*args, **kwargs):
    res = subprocess.run([str(a) for a in args], capture_output=True, text=True, encoding='utf-8', errors='replace', **kwargs)
    assert res.returncode == 0, res.stdout + res.stderr
    return res.stdout

@pytest.fixture(scope='module')
def dist(tmp_path_factory):
    "The source distribution, and the wheel built from it"
    pytest.importorskip('build')
    tmp = tmp_path_factory.mktemp('dist')
    copytree(repo, tmp/'repo', ignore=ignore_patterns('.git', '.venv', 'build', 'dist', '*.egg-info', '__pycache__'))
    (tmp/'repo'/'nbs'/'studies').mkdir(exist_ok=True)
    (tmp/'repo'/'nbs'/'studies'/'99_example.json').write_text('{}')
    call(sys.executable, '-m', 'build', '--no-isolation', '--outdir', tmp, tmp/'repo')
    return next(tmp.glob('*.tar.gz')), next(tmp.glob('*.whl'))

@pytest.fixture(scope='module')
def env(dist, tmp_path_factory):
    "A function that runs Python in a new environment that has the wheel, and borrows its dependencies from this one"
    tmp = tmp_path_factory.mktemp('env')
    call(sys.executable, '-m', 'venv', '--without-pip', tmp/'venv')
    scripts = tmp/'venv'/('Scripts' if os.name == 'nt' else 'bin')
    clean = {k: v for k, v in os.environ.items() if k != 'PYTHONPATH'}
    call(sys.executable, '-m', 'pip', '--python', scripts/'python', 'install', '--no-deps', '--no-index', dist[1], env=clean)
    site = next((tmp/'venv').rglob('site-packages'))
    # A path in a .pth file is searched, but the .pth files in it are not read: an editable install of the repository stays out of sight.
    (site/'borrowed.pth').write_text('\n'.join({sysconfig.get_path('purelib'), sysconfig.get_path('platlib')}), encoding='utf-8')
    (tmp/'elsewhere').mkdir()
    clean['JUPYTER_PATH'] = str(Path(sys.prefix)/'share'/'jupyter')  # nbconvert's templates are data files, borrowed as well
    return lambda program, *args, **more: call(scripts/program, *args, cwd=tmp/'elsewhere', env={**clean, **more})

lessons = sorted(p.name for p in repo.glob('nbs/[0-9][0-9]_*.ipynb'))
studies = ['studies/99_example.json', *(f'studies/{p.name}' for p in repo.glob('nbs/studies/*.json'))]
modules = sorted(p.name for p in repo.glob('fastcourse/*.py'))

def test_the_wheel_carries_modules_lessons_and_studies(dist):
    names = set(zipfile.ZipFile(dist[1]).namelist())
    assert lessons and modules
    assert {f'fastcourse/nbs/{n}' for n in lessons + studies} | {f'fastcourse/{n}' for n in modules} <= names
    assert not [n for n in names if not n.startswith(('fastcourse/', 'fastcourse-'))]

def test_the_source_distribution_carries_what_the_wheel_is_built_from(dist):
    with tarfile.open(dist[0]) as t: names = {n.partition('/')[2] for n in t.getnames()}
    assert {'settings.ini', 'setup.py', 'pyproject.toml', 'LICENSE', 'README.md', *(f'nbs/{n}' for n in lessons + studies)} <= names

def test_metadata_is_what_settings_ini_says(env):
    parser = ConfigParser(delimiters=['='], interpolation=None)
    parser.read(repo/'settings.ini', encoding='utf-8')
    ini = parser['DEFAULT']
    code = '''
import json
from importlib.metadata import distribution
d = distribution('fastcourse')
print(json.dumps(dict(meta=d.metadata.json, scripts=[f'{e.name}={e.value}' for e in d.entry_points if e.group == 'console_scripts'])))'''
    found = json.loads(env('python', '-c', code))
    meta = found['meta']
    assert (meta['name'], meta['version'], meta['summary'], meta['requires_python']) == (ini['lib_name'], ini['version'], ini['description'], f">={ini['min_python']}")
    assert found['scripts'] == ini['console_scripts'].split()
    def plain(reqs): return {(r.name, str(r.specifier)) for r in map(Requirement, reqs)}
    asked = [r.partition(';') for r in meta['requires_dist']]
    assert plain(r for r, _, extra in asked if 'dev' not in extra) == plain(ini['requirements'].split())
    assert plain(r for r, _, extra in asked if 'dev' in extra) == plain(ini['dev_requirements'].split())

def test_the_installed_package_is_the_one_that_runs(env):
    where = Path(env('python', '-c', 'import fastcourse; print(fastcourse.__file__)').strip())
    assert 'venv' in where.parts and repo not in where.parents

def test_the_first_lesson_runs_from_the_wheel(env):
    out = env('fastcourse', 'run', '1', '--html', 'page.html', FASTCOURSE_PROFILE='smoke', FASTCOURSE_BUDGET_MB='0')
    assert 'Done in' in out and 'page.html' in out and str(repo) not in out
