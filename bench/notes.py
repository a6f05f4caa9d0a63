"Notes of a lecture: how long they take for two hours, and how well the boundaries of topics are found in lectures that are marked by hand"
import random, re
from pathlib import Path
from fastcourse.transcript import Cue

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
