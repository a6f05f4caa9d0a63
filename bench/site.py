"The site: how long it takes to build, and how that grows with lessons; what each kind of page weighs, and when its first text is seen"
import argparse, gzip, re, shutil, statistics, sys, tempfile, threading, time
from pathlib import Path
import nbformat
from fastcourse import pages, site
from fastcourse.settings import notebooks

repo = notebooks().parent
kinds = ['index.html', '01_image_classifier.html', 'claims.html', 'questionnaires.html', 'exercises.html', 'api.html', 'tools/quiz.html', 'tools/twins.html', 'search.html']

def seconds(f):
    start = time.perf_counter()
    f()
    return time.perf_counter() - start

def grown(folder, n):
    "A repository with a front page and `n` copies of lesson 1 that document nothing"
    (folder/'nbs').mkdir(parents=True)
    shutil.copy(repo/'settings.ini', folder)
    nbformat.write(nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell('# Front\n\n> Page')]), folder/'nbs'/'index.ipynb')
    nb = nbformat.read(repo/'nbs'/'01_image_classifier.ipynb', 4)
    for c in nb.cells:
        if c.cell_type == 'code': c.source = re.sub(r'^#\| *(exports?|default_exp.*)$', '#| code', c.source, flags=re.MULTILINE)
        else: c.source = re.sub(r'\]\(https://fastcourse[^)]*\)', '](https://example.org)', c.source)
    for i in range(n): nbformat.write(nb, folder/'nbs'/f'copy_{i}.ipynb')
    return folder

def growth():
    whole, contents = pages.pages, pages.contents
    pages.pages, pages.contents = lambda _: {}, lambda names: '\n'.join(['```{toctree}', *sorted({*names} - {'index'}), '```'])
    with tempfile.TemporaryDirectory() as tmp:
        for n in 1, 2, 4, 8:
            root = grown(Path(tmp)/str(n), n)
            print(f'| front page and {n} x lesson 1 | {seconds(lambda: site.build(root, root/"out")):.1f} |', flush=True)
    pages.pages, pages.contents = whole, contents

def look(folder, runs):
    from playwright.sync_api import sync_playwright
    path = next(filter(None, map(shutil.which, ('chromium', 'chromium-browser', 'google-chrome'))))
    print('\n| page | HTML, kB compressed | all but pictures, kB compressed | pictures, kB | requests | first contentful paint, ms: median (largest) |\n|---|---|---|---|---|---|')
    with site.serve(folder, 0) as server, sync_playwright() as p:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = p.chromium.launch(executable_path=path, args=['--no-sandbox'])
        for name in kinds:
            paints = []
            for _ in range(runs):
                context = browser.new_context()
                page, got = context.new_page(), []
                page.on('response', lambda r: got.append(r))
                page.goto(f'http://127.0.0.1:{server.server_port}/{name}')
                page.wait_for_load_state('networkidle')
                paints.append(page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"))
                if len(paints) < runs: context.close()
            bodies = [(r.url, r.body()) for r in got]
            pictures = [o for o in bodies if re.search(r'\.(png|jpe?g|svg|gif)(\?|$)', o[0])]
            packed = {url: len(gzip.compress(body)) for url, body in bodies if (url, body) not in pictures}
            print(f"| {name} | {packed[bodies[0][0]]/1e3:.0f} | {sum(packed.values())/1e3:.0f} | {sum(len(b) for _, b in pictures)/1e3:.0f} | {len(bodies)} | {statistics.median(paints):.0f} ({max(paints):.0f}) |", flush=True)
            context.close()
        browser.close()
        server.shutdown()

def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--runs', type=int, default=5)
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as tmp:
        out = Path(tmp)/'docs'
        print('| build | s |\n|---|---|')
        print(f'| the site as it is ({len([*notebooks().rglob("*.ipynb")])} notebooks) | {seconds(lambda: site.build(repo, out)):.1f} |', flush=True)
        growth()
        look(out, runs)
    print(f'\n{runs} visits of each page with an empty cache; Python {sys.version.split()[0]} on {sys.platform}.')

if __name__ == '__main__': main()
