"Notes of a lecture: how long they take for two hours, and how well the boundaries of topics are found in lectures that are marked by hand"
import random, re, statistics, subprocess, sys, tempfile, time
from pathlib import Path
from fastcourse import notes
from fastcourse.transcript import Cue, read

folder = Path(__file__).parents[1]/'tests'/'lectures'
rate, tolerance = 165/60, 30  # words a second; seconds

def spoken(names, seed=0):
    "Lectures one after another at a varying rate: cues of 7 to 10 words, whatever the sentences, and the second at which each topic but the first begins"
    rng, cues, marks, now, cue = random.Random(seed), [], [], 0., []
    def say():
        nonlocal now
        spent = len(cue)/rate*rng.uniform(.8, 1.25)
        cues.append(Cue(now, now+spent, ' '.join(cue)))
        now += spent + rng.choice([0, 0, .3, 1])
        cue.clear()
    size = rng.randint(7, 10)
    for line in '\n'.join((folder/f'{name}.txt').read_text(encoding='utf-8') for name in names).splitlines():
        if line.startswith('## '): marks.append((len(cues), len(cue)))
        else:
            for word in line.split():
                cue.append(word)
                if len(cue) == size:
                    say()
                    size = rng.randint(7, 10)
    if cue: say()
    times = [cues[i].start + (cues[i].end-cues[i].start)*k/len(cues[i].text.split()) for i,k in marks]
    return cues, times[1:]

def stamp(s, comma='.'): return f'{int(s//3600):02}:{int(s//60%60):02}:{int(s%60):02}{comma}{int(s*1000%1000):03}'

def srt(cues): return '\n'.join(f'{i}\n{stamp(c.start, ",")} --> {stamp(c.end, ",")}\n{c.text}\n' for i,c in enumerate(cues, 1))

def automatic(cues):
    "As YouTube's program writes them: no capitals, no punctuation, each line shown again above the next one, with a time before each word"
    res, above = ['WEBVTT\nKind: captions\nLanguage: en\n'], ' '
    for c in cues:
        said = re.sub(r"[^\w' ]", '', c.text.lower().replace('-', ' ').replace('’', "'")).split() or ['[Music]']
        each = (c.end-c.start)/len(said)
        timed = said[0] + ''.join(f'<{stamp(c.start + each*i)}><c> {w}</c>' for i,w in enumerate(said[1:], 1))
        place = ' align:start position:0%'
        res.append(f'{stamp(c.start)} --> {stamp(c.end-.01)}{place}\n{above}\n{timed}\n')
        above = ' '.join(said)
        res.append(f'{stamp(c.end-.01)} --> {stamp(c.end)}{place}\n{above}\n \n')
    return '\n'.join(res)

styles = dict(punctuated=('srt', srt), automatic=('vtt', automatic))

def score(found, planted):
    "Precision, recall and F1: a boundary is found if one is given within the tolerance, each counted once"
    left, hits = sorted(found), 0
    for t in planted:
        near = min(left, key=lambda o: abs(o-t), default=None)
        if near is not None and abs(near-t) <= tolerance:
            hits += 1
            left.remove(near)
    p, r = hits/max(len(found), 1), hits/max(len(planted), 1)
    return p, r, 2*p*r/(p+r) if hits else 0.

def saved(names, style, tmp, seed=0):
    "A file of subtitles, and when its topics begin"
    cues, planted = spoken(names, seed)
    ext, write = styles[style]
    path = Path(tmp)/f"{'-'.join(names)}-{style}-{seed}.{ext}"
    path.write_text(write(cues), encoding='utf-8')
    return path, planted

def even(n, end): return [end*i/(n+1) for i in range(1, n+1)]

def at_random(n, end, seed):
    rng = random.Random(seed)
    return sorted(rng.uniform(0, end) for _ in range(n))

def linked(found, name):
    "Which of the terms that somebody marked as said in a lecture are in its notes, and which are not"
    marked = {*(folder/f'{name}.terms').read_text(encoding='utf-8').split('\n')} - {''}
    there = {t.term for t in found.terms}
    return marked & there, marked - there

def held_out():
    "Lectures whose files begin with d, each alone and all one after another; nothing was chosen by their figures"
    names = sorted(p.stem for p in folder.glob('d*.txt'))
    return [[o] for o in names] + [names]*(len(names) > 1)

def row(names, style, tmp, seeds=2):
    rows = []
    for seed in range(seeds):
        path, planted = saved(names, style, tmp, seed)
        talk = read(path)
        found = [s.start for s in notes.notes(talk).sections[1:]]
        end, n = talk.cues[-1].end, len(found)
        rows.append((n/len(planted), *score(found, planted), score(even(n, end), planted)[1], statistics.mean(score(at_random(n, end, i), planted)[1] for i in range(20))))
    return [statistics.mean(o) for o in zip(*rows)]

def main():
    with tempfile.TemporaryDirectory() as tmp:
        path, _ = saved(['a1', 'a2'], 'automatic', tmp)
        code = 'import sys; from fastcourse.cli import main; main(prog_name="fastcourse")'
        for out in 'notes.ipynb', 'notes.md':
            start = time.perf_counter()
            subprocess.run([sys.executable, '-c', code, 'notes', str(path), '-o', str(Path(tmp)/out)], check=True, stdout=subprocess.DEVNULL)
            print(f'`fastcourse notes` of two hours, {out}: {time.perf_counter() - start:.1f} s', flush=True)
        print('\n| lecture | captions | sections / topics | precision | recall | F1 | recall of as many even guesses | of random ones |\n|---|---|---|---|---|---|---|---|')
        for names in ['a1'], ['a2'], ['a1', 'a2'], ['b1'], ['b2'], ['b1', 'b2'], ['c1'], *held_out():
            for style in styles: print(f"| {' and '.join(names)}{', held out'*(names[0][0] == 'd')} | {style} | " + ' | '.join(f'{o:.2f}' for o in row(names, style, tmp)) + ' |', flush=True)
        print('\n| lecture | lesson | terms said | linked | not linked |\n|---|---|---|---|---|')
        for name in 'a1', 'a2', 'b1', 'b2':
            found = notes.notes(read(saved([name], 'automatic', tmp)[0]))
            yes, no = linked(found, name)
            print(f"| {name} | {found.lesson.number} | {len(yes) + len(no)} | {len(yes)/len(yes | no):.0%} | {', '.join(sorted(no))} |", flush=True)

if __name__ == '__main__': main()
