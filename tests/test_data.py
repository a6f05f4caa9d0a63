"Data against a hostile world: a server, a package index and a mirror on this machine stand in for the outside"
import contextlib, errno, hashlib, io, os, shutil, subprocess, sys, tarfile, threading, types, zipfile
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
import pytest
import fastcourse
from fastcourse import data, fetch
from fastcourse.settings import UserError

linux = pytest.mark.skipif(sys.platform != 'linux', reason="uses what only Linux has")

# --- the outside, in small

class Outside:
    "A web server that serves `files`, remembers what it was `asked`, and misbehaves on request"
    def __init__(self):
        self.files, self.asked, self.cut, self.ranges, self.gate = {}, [], {}, True, None
        outside = self
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self): outside.answer(self)
            def log_message(self, *args): pass
        self.http = ThreadingHTTPServer(('127.0.0.1', 0), Handler)
        self.http.daemon_threads = True
        self.url = f'http://127.0.0.1:{self.http.server_port}'
        threading.Thread(target=self.http.serve_forever, args=(.01,), daemon=True).start()
    def answer(self, h):
        self.asked.append((h.path, h.headers.get('Range')))
        if h.path not in self.files: return h.send_error(404)
        body, start = self.files[h.path], 0
        if self.ranges and (wanted := h.headers.get('Range')): start = int(wanted[len('bytes='):-1])
        h.send_response(206 if start else 200)
        if start: h.send_header('Content-Range', f'bytes {start}-{len(body)-1}/{len(body)}')
        h.send_header('Content-Type', 'text/html' if h.path.endswith('/') else 'application/octet-stream')
        h.send_header('Content-Length', str(len(body) - start))
        h.end_headers()
        end = min(len(body), start + self.cut[h.path]) if h.path in self.cut else len(body)
        if self.gate and not h.path.endswith('/'):   # half now, the rest when the gate opens
            half = (start + end)//2
            h.wfile.write(body[start:half])
            h.wfile.flush()
            self.gate.wait(60)
            start = half
        with contextlib.suppress(OSError): h.wfile.write(body[start:end])
    def paths(self): return [p for p, _ in self.asked]

@pytest.fixture
def outside():
    o = Outside()
    yield o
    if o.gate: o.gate.set()
    o.http.shutdown()
    o.http.server_close()

@pytest.fixture(autouse=True)
def user(tmp_path, monkeypatch):
    "A fresh home, the default budget, and pip set up for an index that nobody serves"
    for k in list(os.environ):
        if k.upper().startswith('PIP_') or k.lower().endswith('_proxy'): monkeypatch.delenv(k)
    for k, v in dict(FASTCOURSE_HOME=tmp_path/'home', FASTCOURSE_BUDGET_MB='25', FASTCOURSE_PROFILE='smoke', FASTCOURSE_MIRROR='',
                     PIP_CONFIG_FILE=os.devnull, PIP_NO_CACHE_DIR='1', PIP_INDEX_URL='http://127.0.0.1:9/simple').items(): monkeypatch.setenv(k, str(v))

def tgz(files, links=()):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w:gz', compresslevel=0) as t:
        for name, body in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(body)
            t.addfile(info, io.BytesIO(body))
    return out.getvalue()

def sha(body): return 'sha256:' + hashlib.sha256(body).hexdigest()

real = tgz({'toy-1.0/images/a.jpg': bytes(range(256))*1000, 'toy-1.0/labels.txt': b'real'})

def toy(*sources): return data.DataSet('toy', "A toy", "CC BY 4.0", "https://example.org", "Nobody", 'toy-1.0', ('images', 'labels.txt'), sources)

@pytest.fixture
def twins(monkeypatch):
    "A stand-in for `fastcourse.twins` that counts what it made"
    m = types.ModuleType('fastcourse.twins')
    m.version, m.made = 1, []
    def make(path, n, seed):
        m.made.append(n)
        (path/'images').mkdir(parents=True)
        (path/'images'/'a.jpg').write_bytes(b'twin')
        (path/'labels.txt').write_text('twin')
    m.toy = make
    monkeypatch.setitem(sys.modules, 'fastcourse.twins', m)
    monkeypatch.setattr(fastcourse, 'twins', m, raising=False)
    return m

twin = data.Twin('toy', n=dict(smoke=6, small=50, full=370))

@pytest.fixture
def the_set(monkeypatch):
    "Put a data set in the catalogue under the name 'toy'"
    return lambda *sources: monkeypatch.setitem(data.sets, 'toy', toy(*sources))

def address(outside, body=real, size=None, digest=None):
    outside.files['/toy-1.0.tgz'] = body
    return data.Address(f'{outside.url}/toy-1.0.tgz', size or len(body), digest or sha(body))

def label(path): return (path/'labels.txt').read_text()
def leftovers(): return [p for p in (Path(os.environ['FASTCOURSE_HOME'])/'toy').rglob('*') if p.name.startswith('tmp-') or p.name.endswith('.part')]

# --- the order of sources

def test_original_then_cache(outside, the_set, capsys):
    the_set(address(outside))
    path = data.get('toy')
    assert (path.name, label(path), (path/'images'/'a.jpg').stat().st_size) == ('toy-1.0', 'real', 256_000)
    out = capsys.readouterr().out
    assert 'toy-1.0.tgz: 0.3 MB to download' in out and 'toy: original, 0.3 MB, CC BY 4.0' in out
    assert data.get('toy') == data.where('toy') == path and len(outside.asked) == 1
    assert str(data.source(path/'images')) == 'toy (original)' and data.source(path).real
    assert not leftovers() and not list(path.parent.parent.rglob('*.tgz'))

def test_budget_is_respected(outside, the_set, twins, monkeypatch, capsys):
    the_set(address(outside), twin)
    for budget in '0.2', '0':
        monkeypatch.setenv('FASTCOURSE_BUDGET_MB', budget)
        assert label(data.get('toy')) == 'twin'
        assert f'the real data is a download of 0.3 MB, the budget is {budget} MB' in capsys.readouterr().out
    assert outside.asked == []

def test_budget_zero_keeps_off_a_mirror_on_the_network(outside, the_set, twins, monkeypatch, capsys):
    the_set(twin)
    outside.files['/toy.tgz'] = real
    monkeypatch.setenv('FASTCOURSE_MIRROR', outside.url)
    monkeypatch.setenv('FASTCOURSE_BUDGET_MB', '0')
    assert label(data.get('toy')) == 'twin' and outside.asked == []
    assert 'FASTCOURSE_BUDGET_MB is 0' in capsys.readouterr().out
    monkeypatch.setenv('FASTCOURSE_BUDGET_MB', '0.001')   # a mirror is the user's wish: its size does not matter
    assert label(data.get('toy')) == 'real' and outside.paths() == ['/toy.tgz']

def test_a_mirror_on_the_network_may_use_the_original_name(outside, the_set, monkeypatch, capsys):
    the_set(address(outside))
    monkeypatch.setenv('FASTCOURSE_MIRROR', outside.url)
    assert str(data.source(data.get('toy'))) == 'toy (mirror)' and outside.paths() == ['/toy.tgz', '/toy-1.0.tgz']
    assert 'toy-1.0.tgz: 0.3 MB to download' in capsys.readouterr().out

def test_a_twin_gives_way_to_real_data(outside, the_set, twins, monkeypatch, tmp_path):
    the_set(address(outside), twin)
    monkeypatch.setenv('FASTCOURSE_BUDGET_MB', '0')
    path = data.get('toy')
    assert path.parent.name == 'twin-6-v1' and data.where('toy') == path and str(data.source(path)) == 'toy (synthetic twin)'
    data.get('toy')
    assert twins.made == [6]
    (tmp_path/'mirror').mkdir()
    (tmp_path/'mirror'/'toy-1.0.tgz').write_bytes(real)   # under the name of the original archive
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(tmp_path/'mirror'))
    better = data.get('toy')
    assert label(better) == 'real' and str(data.source(better)) == 'toy (mirror)' and data.where('toy') == better
    monkeypatch.setenv('FASTCOURSE_MIRROR', '')
    assert data.get('toy') == better and path.exists() and outside.asked == []

def test_a_twin_of_another_version_or_size_is_not_reused(the_set, twins, monkeypatch):
    the_set(twin)
    first = data.get('toy')
    twins.version = 2
    assert data.where('toy') is None
    second = data.get('toy')
    monkeypatch.setenv('FASTCOURSE_PROFILE', 'small')
    third = data.get('toy')
    assert [p.parent.name for p in (first, second, third)] == ['twin-6-v1', 'twin-6-v2', 'twin-50-v2']

def test_a_copy_that_lost_files_is_fetched_again(outside, the_set):
    the_set(address(outside))
    first = data.get('toy')
    (first/'labels.txt').unlink()
    assert data.where('toy') is None
    second = data.get('toy')
    assert label(second) == 'real' and second != first and data.where('toy') == second

# --- what the user can mend

@pytest.mark.parametrize('name, says', [('pest', "did you mean 'pets'"), ('xyz', 'there are pets'), (None, 'there are pets')])
def test_unknown_name(name, says):
    for f in data.get, data.where, *([data.clear] if name else []):
        with pytest.raises(UserError, match=says): f(name)

def test_no_such_mirror_folder(the_set, twins, monkeypatch, tmp_path):
    the_set(twin)
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(tmp_path/'nowhere'))
    with pytest.raises(UserError, match='FASTCOURSE_MIRROR'): data.get('toy')

def test_nothing_has_it(outside, the_set):
    the_set(data.Address(f'{outside.url}/gone.tgz', 10, sha(b'')))
    with pytest.raises(UserError, match='404'): data.get('toy')

def test_home_is_not_a_folder(the_set, twins, monkeypatch, tmp_path):
    the_set(twin)
    (tmp_path/'file').write_text('')
    monkeypatch.setenv('FASTCOURSE_HOME', str(tmp_path/'file'/'home'))
    with pytest.raises(UserError, match='FASTCOURSE_HOME'): data.get('toy')

@pytest.mark.parametrize('number, says', [(errno.EACCES, 'Cannot write'), (errno.EROFS, 'Cannot write'), (errno.ENOSPC, 'disk is full')])
def test_the_disk_refuses(the_set, twins, monkeypatch, number, says):
    the_set(twin)
    def refuse(*args, **kwargs): raise OSError(number, os.strerror(number))
    monkeypatch.setattr(twins, 'toy', refuse)
    with pytest.raises(UserError, match=says): data.get('toy')
    assert not leftovers()

@linux
def test_disk_full_while_downloading(outside, the_set, tmp_path):
    the_set(address(outside))
    downloads = tmp_path/'home'/'toy'/'download'
    downloads.mkdir(parents=True)
    (downloads/'toy-1.0.tgz.part').symlink_to('/dev/full')
    with pytest.raises(UserError, match='disk is full'): data.get('toy')
    (downloads/'toy-1.0.tgz.part').unlink()
    assert label(data.get('toy')) == 'real'

def on_small_disk(options, tmp_path, code):
    "Run Python code with its home on a file system of its own"
    (tmp_path/'home').mkdir()
    (tmp_path/'code.py').write_text(code)
    script = 'mount -t tmpfs -o "$1" none "$2" && exec "$3" "$4"'
    if not shutil.which('unshare') or subprocess.run(['unshare', '-rm', 'mount', '-t', 'tmpfs', 'none', str(tmp_path/'home')], capture_output=True).returncode:
        pytest.skip("no right to mount a file system here")
    run = subprocess.run(['unshare', '-rm', 'sh', '-c', script, 'sh', options, str(tmp_path/'home'), sys.executable, str(tmp_path/'code.py')], capture_output=True, text=True, timeout=60)
    assert run.returncode == 0, run.stderr
    return run.stdout

@linux
@pytest.mark.parametrize('options, says', [('size=128k', 'The disk is full'), ('ro', 'Cannot write')])
def test_on_a_disk_too_small_or_read_only(tmp_path, monkeypatch, options, says):
    (tmp_path/'pets.tgz').write_bytes(tgz({'images/a.jpg': bytes(300_000), 'annotations/b': b''}))
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(tmp_path))
    out = on_small_disk(options, tmp_path, "from fastcourse import data, settings\ntry: data.get('pets')\nexcept settings.UserError as e: print(e)\n"
                        "import os\nfrom pathlib import Path\nprint([str(p) for p in Path(os.environ['FASTCOURSE_HOME']).rglob('*') if p.name != 'pets.lock'])")
    assert says in out and ('/pets/' not in out)

# --- the network

def test_cut_connection_is_resumed(outside, the_set):
    the_set(address(outside))
    outside.cut['/toy-1.0.tgz'] = 100_000
    assert label(data.get('toy')) == 'real'
    starts = [int(r[6:-1]) for _, r in outside.asked[1:]]
    assert len(starts) >= 2 and starts == sorted(set(starts)) and starts[0] > 0

def test_without_ranges_it_starts_over(outside, the_set, twins, capsys):
    the_set(address(outside), twin)
    outside.ranges = False
    outside.cut['/toy-1.0.tgz'] = 100_000
    assert label(data.get('toy')) == 'twin' and 'the connection was cut after' in capsys.readouterr().out
    del outside.cut['/toy-1.0.tgz']
    assert label(data.get('toy')) == 'real'

def test_a_later_run_resumes_where_it_was_cut(outside, the_set, twins, capsys):
    the_set(address(outside), twin)
    outside.cut['/toy-1.0.tgz'] = 100_000
    outside.ranges = False
    data.get('toy')
    outside.ranges, outside.cut = True, {}
    outside.asked.clear()
    assert label(data.get('toy')) == 'real' and 'of it already here' in capsys.readouterr().out
    assert len(outside.asked) == 1 and outside.asked[0][1] is not None

def test_a_spoiled_beginning_is_thrown_away(outside, the_set, tmp_path):
    the_set(address(outside))
    downloads = tmp_path/'home'/'toy'/'download'
    downloads.mkdir(parents=True)
    (downloads/'toy-1.0.tgz.part').write_bytes(b'x'*1000)
    assert label(data.get('toy')) == 'real'
    assert [r for _, r in outside.asked] == ['bytes=1000-', None]

def test_without_a_checksum_nothing_is_resumed(outside, tmp_path):
    outside.files['/file'] = b'a'*2000
    (tmp_path/'file.part').write_bytes(b'x'*1000)
    assert fetch.download(f'{outside.url}/file', tmp_path/'file').read_bytes() == b'a'*2000

def test_wrong_checksum_falls_through_and_says_so(outside, the_set, twins, capsys):
    the_set(address(outside, digest='md5:' + '0'*32), twin)
    assert label(data.get('toy')) == 'twin'
    assert 'nothing from original: the checksum is wrong' in capsys.readouterr().out
    assert not leftovers() and not [p for p in (data.where('toy').parent.parent/'download').iterdir()]

def test_a_file_larger_than_announced_is_not_downloaded(outside, the_set, twins, capsys):
    the_set(address(outside, body=real*2, size=len(real)), twin)
    assert label(data.get('toy')) == 'twin' and 'the file there has 0.5 MB, not 0.3 MB' in capsys.readouterr().out
    assert not leftovers()

def test_offline(the_set, twins, capsys):
    the_set(data.Package('toy==1.0', 'toy-1.0-py3-none-any.whl', 10, sha(b''), ('labels.txt',), None),
            data.Package('toy==1.0', 'toy-1.0.tar.gz', 10, sha(b''), ('labels.txt',), None),
            data.Address('http://127.0.0.1:9/toy-1.0.tgz', 10, sha(b'')), twin)
    assert label(data.get('toy')) == 'twin'
    out = capsys.readouterr().out
    assert out.count('the package index cannot be reached') == 2 and 'original: no connection' in out

def test_without_pip(the_set, twins, monkeypatch, capsys, tmp_path):
    (tmp_path/'python').mkdir()
    the_set(data.Package('toy==1.0', 'toy-1.0-py3-none-any.whl', 10, sha(b''), ('labels.txt',), None), twin)
    popen = subprocess.Popen
    monkeypatch.setattr(fetch.subprocess, 'Popen', lambda command, **kw: popen([sys.executable, '-S', *command[1:]], **kw))
    assert label(data.get('toy')) == 'twin' and 'No module named pip' in capsys.readouterr().out

# --- archives

def escape(**kwargs):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w:gz') as t:
        for name in 'images/a.jpg', 'labels.txt': t.addfile(tarfile.TarInfo(name), io.BytesIO())
        info = tarfile.TarInfo()
        for k, v in kwargs.items(): setattr(info, k, v)
        t.addfile(info)
    return out.getvalue()

def escape_zip(name, mode=0):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as z:
        for n in 'images/a.jpg', 'labels.txt': z.writestr(n, '')
        info = zipfile.ZipInfo(name)
        info.external_attr = mode << 16
        z.writestr(info, '/etc')
    return out.getvalue()

bad_archives = {
    'up': escape(name='../escaped'), 'down and up': escape(name='images/../../../escaped'), 'absolute': escape(name='/escaped'), 'backslash': escape(name='..\\escaped'),
    'drive': escape(name='C:\\escaped'), 'symbolic link': escape(name='escaped', type=tarfile.SYMTYPE, linkname='/etc/passwd'),
    'hard link': escape(name='escaped', type=tarfile.LNKTYPE, linkname='labels.txt'), 'device': escape(name='escaped', type=tarfile.CHRTYPE), 'pipe': escape(name='escaped', type=tarfile.FIFOTYPE),
    'zip up': escape_zip('../escaped'), 'zip absolute': escape_zip('/escaped'), 'zip drive': escape_zip('C:/escaped'), 'zip link': escape_zip('escaped', 0o120777),
    'no end': real[:-2000], 'no middle': real[:30], 'empty': b'', 'web page': b'<html>Please log in to the network</html>',
    'a bit flipped': real[:100_000] + b'xxxx' + real[100_004:],
    'no labels': tgz({'images/a.jpg': b''}), 'scattered': tgz({'a/images/a': b'', 'b/labels.txt': b''}),
    'file then folder': tgz({'images': b'', 'images/a.jpg': b'', 'labels.txt': b''}), 'folder then file': tgz({'images/a.jpg': b'', 'labels.txt': b'', 'images': b''}),
}

@pytest.mark.parametrize('archive', bad_archives.values(), ids=bad_archives)
def test_bad_archive_on_a_mirror(the_set, twins, monkeypatch, tmp_path, capsys, archive):
    the_set(twin)
    (tmp_path/'mirror').mkdir()
    (tmp_path/'mirror'/'toy.tgz').write_bytes(archive)
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(tmp_path/'mirror'))
    assert label(data.get('toy')) == 'twin'
    assert 'nothing from mirror: the archive' in capsys.readouterr().out
    assert not leftovers() and not list(tmp_path.rglob('*escaped*')) and not Path('/escaped').exists()

def test_a_mirror_without_the_archive(outside, the_set, twins, monkeypatch, tmp_path, capsys):
    the_set(address(outside), twin)
    (tmp_path/'mirror').mkdir()
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(tmp_path/'mirror'))
    assert str(data.source(data.get('toy'))) == 'toy (original)'
    assert 'nothing from mirror: the folder holds no toy.tgz or toy-1.0.tgz' in capsys.readouterr().out

def test_a_zip_is_unpacked_too(the_set, monkeypatch, tmp_path):
    the_set()
    with zipfile.ZipFile(tmp_path/'toy.tgz', 'w') as z: z.mkdir('x/images') if hasattr(z, 'mkdir') else z.writestr('x/images/', ''); z.writestr('x/images/a', ''); z.writestr('x/labels.txt', 'real')
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(tmp_path))
    assert label(data.get('toy')) == 'real'

# --- packages

def wheel(files):
    out, info = io.BytesIO(), 'toy-1.0.dist-info'
    with zipfile.ZipFile(out, 'w') as z:
        for name, body in {**files, f'{info}/METADATA': 'Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n',
                           f'{info}/WHEEL': 'Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n', f'{info}/RECORD': ''}.items(): z.writestr(name, body)
    return out.getvalue()

def index(outside, monkeypatch, name, body):
    "Serve one file as a package index would, and point pip there"
    outside.files['/simple/toy/'] = f'<!DOCTYPE html><a href="../../files/{name}#{sha(body).replace(":", "=")}">{name}</a>'.encode()
    outside.files[f'/files/{name}'] = body
    monkeypatch.setenv('PIP_INDEX_URL', f'{outside.url}/simple')
    return data.Package('toy==1.0', name, len(body), sha(body), ('labels.txt',), convert)

def convert(src, out):
    (out/'images').mkdir()
    (out/'labels.txt').write_text('from ' + (src/'labels.txt').read_text())

def test_wheel(outside, the_set, monkeypatch, capsys):
    the_set(index(outside, monkeypatch, 'toy-1.0-py3-none-any.whl', wheel({'toy/__init__.py': 'raise SystemExit("imported")', 'toy/data/labels.txt': 'a wheel'})))
    assert label(data.get('toy')) == 'from a wheel'
    assert 'toy: toy 1.0 on PyPI' in capsys.readouterr().out and 'toy' not in sys.modules

def test_wheel_with_wrong_checksum(outside, the_set, twins, monkeypatch, capsys):
    good, other = wheel({'toy/labels.txt': 'good'}), wheel({'toy/labels.txt': 'forged'})
    the_set(index(outside, monkeypatch, 'toy-1.0-py3-none-any.whl', good), twin)
    index(outside, monkeypatch, 'toy-1.0-py3-none-any.whl', other)
    assert label(data.get('toy')) == 'twin' and 'the checksum is wrong' in capsys.readouterr().out
    assert not list((Path(os.environ['FASTCOURSE_HOME'])/'toy'/'download').iterdir())

def test_a_wheel_that_arrived_before_is_used(outside, the_set, monkeypatch, tmp_path):
    body = wheel({'toy/labels.txt': 'a wheel'})
    the_set(index(outside, monkeypatch, 'toy-1.0-py3-none-any.whl', body))
    (tmp_path/'home'/'toy'/'download').mkdir(parents=True)
    (tmp_path/'home'/'toy'/'download'/'toy-1.0-py3-none-any.whl').write_bytes(body)
    assert label(data.get('toy')) == 'from a wheel' and outside.asked == []

def test_package_not_in_the_index(outside, the_set, twins, monkeypatch, capsys):
    index(outside, monkeypatch, 'toy-2.0-py3-none-any.whl', b'')
    for file in 'toy-1.0-py3-none-any.whl', 'toy-1.0.tar.gz': the_set(data.Package('toy==1.0', file, 10, sha(b''), ('x',), None), twin); assert label(data.get('toy')) == 'twin'
    out = capsys.readouterr().out
    assert 'pip says: No matching distribution' in out and 'the package index has no toy-1.0.tar.gz' in out

def test_sdist_is_never_run(outside, the_set, monkeypatch, tmp_path):
    marker = tmp_path/'ran'
    setup = f'open({str(marker)!r}, "w").close()\n'
    the_set(index(outside, monkeypatch, 'toy-1.0.tar.gz', tgz({'toy-1.0/setup.py': setup.encode(), 'toy-1.0/PKG-INFO': b'Metadata-Version: 2.1\nName: toy\nVersion: 1.0\n', 'toy-1.0/data/labels.txt': b'an sdist'})))
    assert label(data.get('toy')) == 'from an sdist' and not marker.exists()
    subprocess.run([sys.executable, '-c', setup], check=True)
    assert marker.exists()   # it would have shown

def test_sdist_from_an_extra_index(outside, the_set, monkeypatch):
    the_set(index(outside, monkeypatch, 'toy-1.0.tar.gz', tgz({'toy-1.0/labels.txt': b'elsewhere'})))
    monkeypatch.setenv('PIP_EXTRA_INDEX_URL', os.environ['PIP_INDEX_URL'])
    monkeypatch.setenv('PIP_INDEX_URL', 'http://127.0.0.1:9/simple')
    assert label(data.get('toy')) == 'from elsewhere'

def test_budget_covers_packages(outside, the_set, twins, monkeypatch):
    the_set(index(outside, monkeypatch, 'toy-1.0-py3-none-any.whl', wheel({'toy/labels.txt': ''})), index(outside, monkeypatch, 'toy-1.0.tar.gz', tgz({})), twin)
    monkeypatch.setenv('FASTCOURSE_BUDGET_MB', '0')
    assert label(data.get('toy')) == 'twin' and outside.asked == []

# --- two at once, and the plug pulled

child = '''
import sys
from fastcourse import data, fetch
data.sets['toy'] = data.DataSet('toy', "A toy", "CC BY 4.0", "", "", 'toy-1.0', ('images', 'labels.txt'), (data.Address(sys.argv[1], int(sys.argv[2]), sys.argv[3]),))
'''

def start(outside, code="data.get('toy')"):
    return subprocess.Popen([sys.executable, '-u', '-c', child + code, f'{outside.url}/toy-1.0.tgz', str(len(real)), sha(real)], stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)

def test_two_processes_download_once(outside):
    outside.files['/toy-1.0.tgz'], outside.gate = real, threading.Event()
    with start(outside) as one:
        assert 'to download' in one.stdout.readline()
        with start(outside) as two:
            assert 'another process is at work' in two.stdout.readline()
            outside.gate.set()
            assert [p.communicate(timeout=60)[0] for p in (one, two)] == ['toy: original, 0.3 MB, CC BY 4.0\n']*2
    assert len(outside.asked) == 1

def test_killed_while_downloading(outside, the_set, tmp_path):
    the_set(address(outside))
    outside.gate = threading.Event()
    with start(outside, "\nimport builtins\nshow = fetch.bar\nfrom contextlib import contextmanager\n@contextmanager\ndef bar(*a):\n    with show(*a) as s: yield lambda n: (s(n), print('bytes', n))\nfetch.bar = bar\ndata.get('toy')") as p:
        while not p.stdout.readline().startswith('bytes'): pass
        p.kill()
    outside.gate.set()
    assert data.where('toy') is None
    assert label(data.get('toy')) == 'real' and not leftovers()

def test_killed_while_unpacking(outside, the_set):
    the_set(address(outside))
    with start(outside, "\ndef stop(source, target): target.parent.mkdir(parents=True); target.write_text('half'); print('unpacking'); input()\nfetch._copy = stop\ndata.get('toy')") as p:
        while 'unpacking' not in p.stdout.readline(): pass
        assert leftovers()
        p.kill()
    assert data.where('toy') is None
    assert label(data.get('toy')) == 'real' and not leftovers()
    assert len(outside.asked) == 1   # the archive was whole, so it was not asked for again

# --- clear

def test_clear_removes_only_its_own(outside, the_set, twins, capsys):
    the_set(address(outside), twin)
    path = data.get('toy')
    (path/'models').mkdir()
    (path/'models'/'mine.pth').write_text('mine')
    (path/'labels.txt').write_text('corrected by hand')
    (path.parent.parent/'notes.txt').write_text('mine')
    assert data.clear('toy') == 256_000
    assert 'kept 3 of your own files' in capsys.readouterr().out
    assert sorted(p.name for p in path.parent.parent.rglob('*') if p.is_file()) == ['labels.txt', 'mine.pth', 'notes.txt']
    again = data.get('toy')
    assert label(again) == 'real' and again != path and (path/'models'/'mine.pth').read_text() == 'mine'
    assert data.where('toy') == again

def test_clear_all(outside, the_set, twins):
    the_set(address(outside, digest='md5:' + '0'*32), twin)
    data.get('toy')
    data.get('digits')
    assert data.clear() > 264_000 and data.clear() == 0
    assert [data.where('toy'), data.where('digits')] == [None, None]
    assert [p.suffix for p in Path(os.environ['FASTCOURSE_HOME']).iterdir() if p.suffix != '.lock'] == []

# --- the data sets themselves

@pytest.fixture
def package_index(monkeypatch):
    "pip as this machine has it set up"
    for k in 'PIP_CONFIG_FILE', 'PIP_INDEX_URL': monkeypatch.delenv(k)
    for k, v in outer.items(): monkeypatch.setenv(k, v)

def test_movielens_from_recbole_equals_the_original(package_index, monkeypatch):
    "u.data and u.user of the original archive have these SHA-256 sums; needs a package index"
    monkeypatch.setitem(data.sets, 'movielens', types.SimpleNamespace(**{f: getattr(data.sets['movielens'], f) for f in 'name title licence page cite folder holds archives download'.split()},
                        sources=data.sets['movielens'].sources[:1]))
    try: path = data.get('movielens')
    except UserError as e: pytest.skip(str(e))
    sums = {f: sha((path/f).read_bytes())[7:] for f in ('u.data', 'u.user')}
    assert sums == {'u.data': '06416e597f82b7342361e41163890c81036900f418ad91315590814211dca490', 'u.user': 'f120e114da2e8cf314fd28f99417c94ae9ddf1cb6db8ce0e4b5995d40e90e62c'}
    films = (path/'u.item').read_text(encoding='latin-1').splitlines()
    assert len(films) == 1682 and {l.count('|') for l in films} == {23}
    assert films[70].startswith('71|Lion King, The (1994)|') and films[266] == '267|unknown||||1' + '|0'*18
    assert films[0].endswith('|0|0|0|1|1|1|0|0|0|0|0|0|0|0|0|0|0|0|0')
    assert '(1995) (V)|' in next(l for l in films if 'Land Before Time III' in l)
    assert (path/'u.occupation').read_text().split()[:2] == ['administrator', 'artist']

def test_adult_from_its_wheel(package_index):
    "The 48,842 rows of UCI's two files; needs a package index"
    path = data.get('adult')
    if not data.source(path).real: pytest.skip("no package index")
    import pandas as pd
    people, made = pd.read_csv(path/'adult.csv'), pd.read_csv(twins_of('adult', 50)/'adult.csv')
    assert list(people.columns) == list(made.columns) and len(people) == 48_842
    assert (people.income == '>50K').sum() == 11_687 and people['capital-gain'].max() == 99_999 and (people == '?').to_numpy().sum() == 6465

def test_flights_from_their_source_distribution(package_index):
    "All tables, beside those of the twin; needs a package index"
    path = data.get('flights')
    if not data.source(path).real: pytest.skip("no package index")
    import pandas as pd
    made = twins_of('flights', 50)
    for name in 'flights', 'weather', 'airlines': assert list(pd.read_csv(path/f'{name}.csv', nrows=5).columns) == list(pd.read_csv(made/f'{name}.csv').columns)
    assert set(pd.read_csv(made/'airports.csv').columns) <= set(pd.read_csv(path/'airports.csv').columns)
    flights = pd.read_csv(path/'flights.csv')
    assert len(flights) == 336_776 and flights.arr_delay.isna().sum() == 9430 and flights.dest.nunique() == 105

def test_reviews_from_the_same_wheel(package_index):
    "The 23,486 rows of Kaggle's file; needs a package index"
    try: path = data.get('reviews')
    except UserError as e: pytest.skip(str(e))
    import pandas as pd
    rows = pd.read_csv(path/'Womens Clothing E-Commerce Reviews.csv')
    assert len(rows) == 23_486 and rows['Recommended IND'].sum() == 19_314 and rows['Review Text'].notna().sum() == 22_641
    assert list(rows.columns[:6]) == ['Clothing ID', 'Age', 'Title', 'Review Text', 'Rating', 'Recommended IND']

def test_reviews_without_budget(monkeypatch):
    monkeypatch.setenv('FASTCOURSE_BUDGET_MB', '0')
    with pytest.raises(UserError, match="No source has the data set 'reviews' .all are larger than the budget"): data.get('reviews')

def test_no_docstrings(monkeypatch):
    from fastcourse import docstrings
    monkeypatch.setattr(docstrings, '_folder', lambda package: None)
    monkeypatch.setattr(docstrings, '_child', 'raise SystemExit(1)')
    with pytest.raises(UserError, match="No source has the data set 'docs' .installed packages: No docstrings were found in stdlib"): data.get('docs')

def test_docstrings_are_the_same_without_a_second_process(tmp_path, monkeypatch):
    from fastcourse import docstrings
    names, (a, b) = ['click', 'jinja2', 'rich'], (tmp_path/'a', tmp_path/'b')
    for out in a, b: out.mkdir()
    docstrings.gather(a, names)
    monkeypatch.setattr(docstrings, '_child', 'raise SystemExit(1)')
    docstrings.gather(b, names)
    assert (a/'docs.csv').read_bytes() == (b/'docs.csv').read_bytes() and {r.split(',')[0] for r in (a/'docs.csv').read_text(encoding='utf-8').splitlines()} >= {*names}

def twins_of(name, n):
    from fastcourse import twins
    return getattr(twins, name)(Path(os.environ['FASTCOURSE_HOME'])/'made'/name, n=n)

def test_pets_together_are_composed_where_the_photos_are(tmp_path, monkeypatch, capsys):
    photos, mirror = twins_of('pets', 60), tmp_path/'mirror'   # drawings stand for the photos
    mirror.mkdir()
    with tarfile.open(mirror/'pets.tgz', 'w:gz') as t: t.add(photos, 'oxford-iiit-pet')
    monkeypatch.setenv('FASTCOURSE_BUDGET_MB', '0')
    monkeypatch.setenv('FASTCOURSE_PROFILE', 'smoke')
    assert data.sets['pets_multi'].sources[0].size == data.sets['pets'].download
    drawn = data.get('pets_multi')
    assert not data.source(drawn).real and 'the real data is a download of 811.7 MB' in capsys.readouterr().out
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(mirror))
    composed = data.get('pets_multi')
    assert str(data.source(composed)) == 'pets_multi (composed from photos of pets)' and data.source(composed).real
    assert 15 < len([*(composed/'images').iterdir()]) < 60 and data.sets['pets_multi'].download == 0
    monkeypatch.delenv('FASTCOURSE_MIRROR')
    assert data.get('pets_multi') == composed

def test_too_few_photos_to_compose(tmp_path, monkeypatch, capsys):
    mirror = tmp_path/'mirror'
    mirror.mkdir()
    with tarfile.open(mirror/'pets.tgz', 'w:gz') as t: t.add(twins_of('pets', 8), 'oxford-iiit-pet')
    monkeypatch.setenv('FASTCOURSE_MIRROR', str(mirror))
    monkeypatch.setenv('FASTCOURSE_PROFILE', 'smoke')
    monkeypatch.setenv('FASTCOURSE_BUDGET_MB', '0')
    assert not data.source(data.get('pets_multi')).real
    assert 'has 4 cats and 4 dogs with a trimap' in capsys.readouterr().out

outer = {k: v for k, v in os.environ.items() if k.upper().startswith('PIP_') or k.lower().endswith('_proxy')}

def test_every_set_is_described():
    for name, ds in data.sets.items():
        assert name == ds.name and ds.licence and ds.cite and ds.page.startswith('https://') and ds.holds and ds.sources
        for s in ds.sources:
            if s.size and not isinstance(s, data.Composed): assert s.digest.split(':')[0] in ('md5', 'sha256') and len(s.digest.split(':')[1]) in (32, 64)

def test_pins_of_pets_are_those_of_fastai():
    from ast import literal_eval
    from importlib.util import find_spec
    checks = Path(find_spec('fastai').submodule_search_locations[0])/'data'/'download_checks.py'
    if not checks.exists(): pytest.skip("this fastai keeps its checks elsewhere")
    pets = data.sets['pets'].sources[0]
    assert literal_eval(checks.read_text())[pets.address] == (pets.size, pets.digest.removeprefix('md5:'))

def test_import_is_light():
    heavy = "requests numpy PIL rich pandas sklearn torch fastai filelock"
    code = f"import sys, fastcourse.data; print([m for m in '{heavy}'.split() if m in sys.modules])"
    assert subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True).stdout.strip() == '[]'
