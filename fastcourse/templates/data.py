"The rows of this project, and which of them are for training, for validation and for the test"
import json, sys, warnings
from pathlib import Path

import numpy as np, pandas as pd

warnings.filterwarnings('ignore', message='`torch.jit.script` is deprecated', category=FutureWarning)   # fastai's own business
warnings.filterwarnings('ignore', message='The given NumPy array is not writable', category=UserWarning)

folder = Path(__file__).resolve().parent

def stop(said):
    "Say what is wrong and what to do, in one sentence, and end with exit code 2"
    print(said, file=sys.stderr)
    sys.exit(2)

def settings(args=()):
    "config.json, with what `args` change, for example epochs=1"
    cfg = json.loads((folder/'config.json').read_text(encoding='utf-8'))
    for arg in args:
        name, equals, value = arg.partition('=')
        if not equals or name not in cfg: stop(f"{arg!r} is no setting; write name=value, with one of the names in config.json: {', '.join(cfg)}.")
        try: cfg[name] = json.loads(value)
        except ValueError: cfg[name] = value
    if not Path(cfg['data']).exists(): stop(f"{cfg['data']} is not there any more; write into config.json, as \"data\", where the data is now.")
    return cfg

def table(cfg):
    "The rows of the CSV that have a target, read as config.json says; the target is a text for classes, else a number"
    df = pd.read_csv(cfg['data'], encoding=cfg['encoding'], sep=cfg['sep'], decimal=cfg['decimal'], na_values=cfg['missing'], skipinitialspace=True, low_memory=False)
    target = cfg['target']
    if cfg['task'] == 'regression': df[target] = pd.to_numeric(df[target], errors='coerce')
    elif pd.api.types.is_float_dtype(df[target]) and (df[target].dropna() % 1 == 0).all(): df[target] = df[target].astype('Int64')
    df = df[df[target].notna()]
    if cfg['drop_copies']: df = df.drop_duplicates()
    if cfg['task'] == 'classification': df[target] = df[target].astype(str)
    return df.reset_index(drop=True)

def split(df, cfg):
    "'train', 'valid' or 'test' for each row: the newest rows last if `time` names a column, whole groups if `group` does, at random otherwise"
    valid, test, n = cfg['valid_pct'], cfg['test_pct'], len(df)
    if cfg['time']:
        when = pd.to_datetime(df[cfg['time']], format=cfg['time_format']) if cfg['time_format'] else df[cfg['time']]
        place = when.rank(method='first', ascending=False).to_numpy() - 1
    elif cfg['group']:
        names = df[cfg['group']].astype(str)
        order = np.random.default_rng(cfg['seed']).permutation(names.unique())
        place = (names.value_counts()[order].cumsum() - 1)[names].to_numpy()   # where the last row of its group would stand
    else: place = np.random.default_rng(cfg['seed']).permutation(n)
    parts = np.where(place < test*n, 'test', np.where(place < (test + valid)*n, 'valid', 'train'))
    for part, wanted in dict(train=1, valid=valid, test=test).items():
        if wanted and (parts == part).sum() < 5: stop(f"The part {part!r} has {(parts == part).sum()} of {n} rows; there must be at least 5, so find more data, or change valid_pct and test_pct in config.json.")
    if cfg['task'] == 'classification' and (lost := set(df[cfg['target']]) - set(df[cfg['target']][parts == 'train'])):
        stop(f"The class {sorted(lost)[0]!r} is not among the training rows; find more rows of it, leave it out, or choose another seed or split in config.json.")
    return parts
