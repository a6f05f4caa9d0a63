"How well the model does, overall and by slice, with intervals and figures: python evaluate.py; on the test rows, once, at the very end: python evaluate.py --test"
import json, math, sys, warnings
from datetime import date
from hashlib import sha256
from io import BytesIO

import numpy as np, pandas as pd

from data import folder, settings, split, stop
import task

def losses(preds, y, cfg):
    "One number for each row: for classes 1 if the likeliest is wrong, else 0; for numbers how far off it is. Their mean is the measure"
    if cfg['task'] == 'classification': return (np.asarray(cfg['classes'])[preds.argmax(1)] != y.to_numpy()).astype(float)
    return np.abs(preds - y.to_numpy(dtype=float))

def bootstrap(values, groups=None, draws=1000, seed=42):
    "95 % interval of a mean: draw as many rows as there are, with replacement, again and again (Efron, 1979). Rows of a group are drawn together"
    sums = pd.Series(values).groupby(np.arange(len(values)) if groups is None else np.asarray(groups)).agg(['sum', 'count']).to_numpy(dtype=float)
    rng, n = np.random.default_rng(seed), len(sums)
    means = [np.divide(*sums[rng.integers(0, n, n)].sum(0)) for _ in range(draws if n < 20_000 else 200)]
    return tuple(map(float, np.quantile(means, [.025, .975])))

def wilson(wrong, n, z=1.959963984540054):
    "95 % interval of a rate (Wilson, 1927); unlike the bootstrap's it is honest where nothing, or all, is wrong"
    p, extra = wrong/n, z*z/n
    middle, half = (p + extra/2)/(1 + extra), z*math.sqrt(p*(1-p)/n + extra/n/4)/(1 + extra)
    return max(0., middle - half), min(1., middle + half)

def interval(values, groups=None):
    rate, n = np.isin(values, (0, 1)).all(), len(values) if groups is None else pd.Series(groups).nunique()
    if rate and (groups is None or values.min() == values.max()): return wilson(values.mean()*n, n)
    return bootstrap(values, groups)

def summary(values, groups=None):
    low, high = interval(values, groups)
    return dict(n=len(values), error=float(values.mean()), low=float(low), high=float(high))

def quarters(numbers):
    which, ends = pd.qcut(numbers, 4, labels=False, retbins=True, duplicates='drop')
    return which.map({i: f'{a:g} to {b:g}' for i, (a, b) in enumerate(zip(ends, ends[1:]))}).astype(str)

def slices(df, cfg):
    "Names of the parts in which each row is judged: the class or the target's quarter, and the columns that config.json lists under `slices`"
    y = df[cfg['target']]
    res = {cfg['target']: y if cfg['task'] == 'classification' else quarters(y)}
    for c in cfg['slices']:
        res[c] = quarters(df[c]) if pd.api.types.is_numeric_dtype(df[c]) and df[c].nunique() > 10 else df[c].astype(str)
    return res

def by_slice(values, df, cfg, fewest=10):
    "Each slice of at least `fewest` rows, the worst first; `worse` if it is worse than the whole by more than its interval allows for"
    rows, groups = [], df[cfg['group']].to_numpy() if cfg['group'] else None
    for name, parts in slices(df, cfg).items():
        for part, where in pd.Series(range(len(df))).groupby(parts.to_numpy()):
            if len(where) >= fewest: rows.append(dict(division=name, slice=part, **summary(values[where], None if groups is None else groups[where])))
    res = pd.DataFrame(rows, columns=['division', 'slice', 'n', 'error', 'low', 'high'])
    return res.assign(worse=res.low > values.mean()).sort_values('error', ascending=False, ignore_index=True)

def judge(mine, table, others, df, cfg):
    "Figures of the model, whose losses are `mine` and by slice `table`, and of what it is compared with, on the same rows"
    y, groups = df[cfg['target']], df[cfg['group']] if cfg['group'] else None
    res = dict(**summary(mine, groups), baselines={}, worst_slices=table.head(5).to_dict('records'))
    for name, p in others.items():
        theirs = losses(p, y, cfg)
        low, high = bootstrap(theirs - mine, groups)   # row by row: what is hard for both cancels
        res['baselines'][name] = dict(**summary(theirs, groups), better_by=float((theirs - mine).mean()), better_low=low, better_high=high)
    return res

def compared(train, rows, cfg):
    "What the model has to beat: always the most common class, or the mean (median) of all; and what `task` adds"
    y = train[cfg['target']]
    if cfg['task'] == 'classification': trivial = {'most common class': np.tile([(y == c).mean() for c in cfg['classes']], (len(rows), 1))}
    else: trivial = {'the median of all': np.full(len(rows), float(y.median())), 'the mean of all': np.full(len(rows), float(y.mean()))}
    return {**trivial, **task.baselines(train, rows, cfg)}

def shown(o, cfg): return f'{o:.1%}' if cfg['task'] == 'classification' else f'{o:.3g}'

def report(res, cfg):
    "The figures as lines"
    yield f"{cfg['measure']} of the model: {shown(res['error'], cfg)} ({shown(res['low'], cfg)} to {shown(res['high'], cfg)}) on {res['n']} rows"
    for name, b in res['baselines'].items():
        verdict = 'better' if b['better_low'] > 0 else 'worse' if b['better_high'] < 0 else 'not shown to be better'
        yield f"  {name}: {shown(b['error'], cfg)} ({shown(b['low'], cfg)} to {shown(b['high'], cfg)}); the model is {verdict}"
    for s in res['worst_slices']:
        if s['worse']: yield f"  look at {s['division']} = {s['slice']}: {shown(s['error'], cfg)} on {s['n']} rows"

def load():
    "The trained learner. Loading a pickle runs the code in it, so this must be the file that the training wrote"
    from fastai.learner import load_learner
    file, said = folder/'model.pkl', folder/'metrics.json'
    if not file.is_file() or not said.is_file(): stop("There is no trained model here; run python train.py first.")
    data = file.read_bytes()
    if sha256(data).hexdigest() != json.loads(said.read_text(encoding='utf-8'))['sha256']: stop("model.pkl is not the file that the training wrote, so it was not loaded; run python train.py again.")
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')   # it warns of what was checked above
        return load_learner(BytesIO(data))

def figures(preds, mine, table, df, cfg):
    "figures/slices.png, and figures/answers.png: right classes against answers, or numbers against numbers"
    from matplotlib.figure import Figure
    (folder/'figures').mkdir(exist_ok=True)
    table = table.head(20)[::-1]
    fig = Figure(figsize=(6.5, .35*len(table) + 1.2), layout='constrained')
    ax = fig.subplots()
    at = table.error.to_numpy()
    ax.errorbar(at, range(len(table)), xerr=np.clip([at - table.low, table.high - at], 0, None), fmt='o', color='#0072b2')
    ax.axvline(mine.mean(), color='#d55e00', ls='--', label='all rows')
    ax.set_yticks(range(len(table)), [f'{d}: {s}'[:40] for d, s in zip(table.division, table.slice)])
    ax.set(title='Which rows are hard?', xlabel=f"{cfg['measure']}, 95 % interval")
    ax.legend()
    fig.savefig(folder/'figures'/'slices.png', dpi=100)
    fig = Figure(figsize=(5, 4.2), layout='constrained')
    ax, y = fig.subplots(), df[cfg['target']]
    if cfg['task'] == 'classification':
        labels = cfg['classes'][:20]
        counts = pd.crosstab(y, pd.Series(np.asarray(cfg['classes'])[preds.argmax(1)], index=y.index)).reindex(index=labels, columns=labels, fill_value=0)
        ax.imshow(counts, cmap='Blues')
        for i in range(len(labels)):
            for j in range(len(labels)): ax.text(j, i, counts.iloc[i,j], ha='center', va='center', color='white' if counts.iloc[i,j] > counts.to_numpy().max()/2 else 'black')
        ax.set_xticks(range(len(labels)), [o[:15] for o in labels], rotation=90)
        ax.set_yticks(range(len(labels)), [o[:15] for o in labels])
        ax.set(title='Answers', xlabel='the model says', ylabel='it is')
    else:
        ax.plot(y, preds, 'o', ms=3, alpha=.4, color='#0072b2')
        ax.axline((float(y.mean()),)*2, slope=1, color='#d55e00', ls='--')
        ax.set(title='Answers', xlabel='it is', ylabel='the model says')
    fig.savefig(folder/'figures'/'answers.png', dpi=100)

# --- the card

def write_card(cfg, metrics):
    "Put the figures between the marks in README.md; what you wrote elsewhere stays"
    valid, test = metrics['valid'], metrics.get('test')
    if test and test['sha256'] != metrics['sha256']: test = None   # that of an earlier model
    best = test or valid
    name = dict(classification='accuracy', regression='mae')[cfg['task']]
    kind = dict(image='image-classification', text='text-classification', tabular=f"tabular-{cfg['task']}", ratings='other')[cfg['kind']]
    front = ['model-index:', f"- name: {json.dumps(cfg['title'])}", '  results:', f'  - task: {{type: {kind}}}', f"    dataset: {{type: custom, name: {json.dumps(cfg['title'] + (', test rows' if test else ', validation rows'))}}}",
             f"    metrics: [{{type: {name}, value: {1 - best['error'] if name == 'accuracy' else best['error']:.4f}}}]"]
    lines = [f"{cfg['measure']} | n | value | 95 % interval | the model is better by", '---|---|---|---|---']
    for part, res in dict(valid=valid, test=test).items():
        if res:
            lines.append(f"**the model, {part}** | {res['n']} | **{shown(res['error'], cfg)}** | {shown(res['low'], cfg)} to {shown(res['high'], cfg)} | ")
            lines += [f"{o}, {part} | {b['n']} | {shown(b['error'], cfg)} | {shown(b['low'], cfg)} to {shown(b['high'], cfg)} | {shown(b['better_by'], cfg)} ({shown(b['better_low'], cfg)} to {shown(b['better_high'], cfg)})" for o, b in res['baselines'].items()]
    bad = [s for s in best['worst_slices'] if s['worse']]
    lines += ['', "Worse than the whole by more than their interval allows for: " + '; '.join(f"{s['division']} = {s['slice']} ({shown(s['error'], cfg)} on {s['n']} rows)" for s in bad) + '.' if bad else "No slice is worse than the whole by more than its interval allows for.",
              '', f"Trained on {metrics['device']} in {metrics['seconds']:.0f} s, {metrics['rows']['train']} rows, {metrics['processes']} process{'es'*(metrics['processes'] > 1)}, {metrics['precision']}, seed {cfg['seed']}, {metrics['date']}; " + ', '.join(f'{k} {v}' for k, v in metrics['versions'].items()) + '.']
    text = (folder/'README.md').read_text(encoding='utf-8')
    for begin, end, new in ('# figures begin', '# figures end', front), ('<!-- figures begin -->', '<!-- figures end -->', lines):
        before, found, rest = text.partition(begin)
        if found and end in rest: text = before + '\n'.join([begin, *new, end]) + rest.partition(end)[2]
    (folder/'README.md').write_text(text, encoding='utf-8', newline='\n')

# --- all of it

def main(args=()):
    test, cfg = '--test' in args, settings([o for o in args if o != '--test'])
    learn = load()
    df = task.read(cfg)
    parts, part = split(df, cfg), 'test' if test else 'valid'
    metrics = json.loads((folder/'metrics.json').read_text(encoding='utf-8'))
    if test and metrics.get('test'): stop(f"The test rows were used on {metrics['test']['date']}: {cfg['measure']} {shown(metrics['test']['error'], cfg)}. A second figure, after changes, would flatter, also for a model that was trained again; take new rows for it.")
    rows = df[parts == part]
    if not len(rows): stop("There are no test rows; set test_pct in config.json above 0 and train again.")
    with learn.no_bar(), learn.no_logging(): preds = task.predict(learn, rows, cfg)
    mine = losses(preds, rows[cfg['target']], cfg)
    table = by_slice(mine, rows, cfg)
    metrics[part] = dict(judge(mine, table, compared(df[parts == 'train'], rows, cfg), rows, cfg), date=date.today().isoformat(), sha256=metrics['sha256'])
    (folder/'metrics.json').write_text(json.dumps(metrics, indent=1), encoding='utf-8')
    table.to_csv(folder/f'slices_{part}.csv', index=False)
    if not test: figures(preds, mine, table, rows, cfg)
    write_card(cfg, metrics)
    print(f'{part} rows, {date.today()}', *report(metrics[part], cfg), sep='\n')
    return metrics[part]

if __name__ == '__main__': main(sys.argv[1:])
