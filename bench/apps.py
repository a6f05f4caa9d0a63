"""What a visitor of an exported app waits for, and what lesson 2 shows: cold start to first answer, later answers, bad files, memory; the model card; the panel of the feedback loop.

A small classifier of cats and dogs is trained first (seconds)."""
import argparse, io, os, platform, socket, statistics, subprocess, sys, tempfile, time
from pathlib import Path

def seconds(f, n=1):
    "Median and largest of `n` calls"
    times = []
    for _ in range(n):
        start = time.perf_counter()
        f()
        times.append(time.perf_counter() - start)
    return f'{statistics.median(times):.2f} | {max(times):.2f}'

def main(runs):
    os.environ.update(FASTCOURSE_STATIC='1', FASTCOURSE_BUDGET_MB='0', FASTCOURSE_PROFILE='small')
    import matplotlib
    matplotlib.use('agg')
    import matplotlib.pyplot as plt, psutil
    from fastai.vision.all import ImageDataLoaders, Resize, get_image_files, set_seed, vision_learner
    from gradio_client import Client, handle_file
    from gradio_client.exceptions import AppError
    from PIL import Image
    from fastcourse.data import get
    from fastcourse.deploy import export_space
    from fastcourse.ethics import feedback_loop, plot_loop
    from fastcourse.modelcard import model_card
    from fastcourse.pretrained import efficientnet_lite0
    set_seed(42, reproducible=True)
    path = get('pets')/'images'
    files = get_image_files(path).sorted().shuffle()[:200]
    dls = ImageDataLoaders.from_name_func(path, files, valid_pct=.5, seed=42, label_func=lambda n: 'cat' if n[0].isupper() else 'dog', item_tfms=Resize(224), bs=16, num_workers=0)
    learn = vision_learner(dls, efficientnet_lite0)
    with learn.no_bar(), learn.no_logging(): learn.fine_tune(1)
    folder = Path(tempfile.mkdtemp())
    print('| what | median s | largest s |\n|---|---|---|')
    print(f"| `model_card`, 100 pictures of 224 pixels | {seconds(lambda: model_card(learn, 'Cat or dog'), 3)} |")
    print(f"| `export_space`, card included | {seconds(lambda: export_space(learn, folder/'app', files[:3]))} |")

    with socket.create_server(('127.0.0.1', 0)) as s: port = s.getsockname()[1]
    def ask(client, file): return client.predict(handle_file(file), api_name='/classify_image')
    began = time.perf_counter()
    app = subprocess.Popen([sys.executable, 'app.py'], cwd=folder/'app', stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, 'GRADIO_SERVER_PORT': str(port)})
    try:
        while True:
            try:
                ask(client := Client(f'http://127.0.0.1:{port}/', verbose=False), files[0])
                break
            except Exception: time.sleep(.05)
            assert app.poll() is None, 'the app stopped'
        cold = time.perf_counter() - began
        print(f'| app, from starting Python to its first answer, upload included | {cold:.2f} | {cold:.2f} |')
        print(f'| app, later answers | {seconds(lambda: ask(client, files[1]), runs)} |')
        def memory(): return psutil.Process(app.pid).memory_info().rss/1e9
        before = memory()
        Image.effect_noise((7000, 5000), 60).convert('RGB').save(folder/'large.jpg')
        print(f"| app, a photo of 35 million pixels | {seconds(lambda: ask(client, folder/'large.jpg'), 3)} |")
        Image.new('RGB', (10_000, 5_000)).save(folder/'larger.jpg')
        (folder/'text.jpg').write_text('no picture')
        for name in 'larger.jpg', 'text.jpg':
            def refused():
                try: ask(client, folder/name)
                except AppError: return
                raise AssertionError(name)
            print(f"| app, {name} ({'50 million pixels' if name == 'larger.jpg' else 'no picture'}) refused | {seconds(refused, 3)} |")
        ask(client, files[0])  # it goes on
        after = memory()
    finally: app.terminate()

    def panel(**kwargs):
        plot_loop(feedback_loop([.3, .4], cities=300, **kwargs), 'True rates')
        plt.savefig(io.BytesIO(), format='png')
        plt.close('all')
    panel()
    for kwargs in {}, dict(corrected=True), dict(focus=2.5, calls=10, corrected=True):
        print(f"| panel of the feedback loop drawn anew, {kwargs or 'as it opens'} | {seconds(lambda: panel(**kwargs), runs)} |")
    print(f'\nMemory of the app: {before:.2f} GB after small pictures, {after:.2f} GB after large ones. {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}.')

if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--runs', type=int, default=20, help='how often each is measured')
    main(parser.parse_args().runs)
