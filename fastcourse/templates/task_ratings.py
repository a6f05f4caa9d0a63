"What is particular to ratings: a vector for each user and each item, and what they are compared with"
from data import table

import numpy as np, pandas as pd, torch
from fastai.collab import TabularCollab, collab_learner
from fastai.tabular.all import Categorify, TransformBlock

def names(ids):
    "Users and items as texts; 3.0 and 3 are the same one"
    if pd.api.types.is_float_dtype(ids) and (ids.dropna() % 1 == 0).all(): ids = ids.astype('Int64')
    return ids.astype(str)

def read(cfg):
    df = table(cfg)
    df = df[df[cfg['user']].notna() & df[cfg['item']].notna() & df[cfg['target']].between(*cfg['scale'])]
    for c in cfg['user'], cfg['item']: df[c] = names(df[c])
    return df.drop_duplicates([cfg['user'], cfg['item']], keep='last').reset_index(drop=True)

def learner(df, parts, cfg):
    "Dot products of vectors, with biases (Koren, Bell & Volinsky, 2009)"
    rows = df[parts != 'test'].reset_index(drop=True)
    train, valid = ([*(rows.index[(parts[parts != 'test'] == o)])] for o in ('train', 'valid'))
    to = TabularCollab(rows, [Categorify], [cfg['user'], cfg['item']], y_names=[cfg['target']], y_block=TransformBlock(), splits=(train, valid))
    low, high = cfg['scale']
    return collab_learner(to.dataloaders(bs=cfg['bs']), n_factors=cfg['factors'], y_range=(low - (high - low)/8, high + (high - low)/8))

def fit(learn, cfg): learn.fit_one_cycle(cfg['epochs'], cfg['lr'], wd=cfg['wd'])

def predict(learn, df, cfg):
    "Ratings, one for each row of `df`; of a user or an item that was not in training, the network knows a mean one"
    df = df.reset_index(drop=True).copy()
    if cfg['target'] not in df: df[cfg['target']] = 0.
    learn.model.eval()
    device = next(learn.model.parameters()).device
    with torch.no_grad(): preds = [learn.model(b[0].to(device)).reshape(-1) for b in learn.dls.test_dl(df)]   # `get_preds` stops at a batch of a single row
    return torch.cat(preds).float().cpu().numpy().clip(*cfg['scale'])

def baselines(train, rows, cfg):
    "The mean rating of the item, and that plus how far the user's ratings lie from it, both drawn to the mean where there are few"
    user, item, y = cfg['user'], cfg['item'], cfg['target']
    mean = train[y].mean()
    def shift(rest, by): return (rest.groupby(train[by]).sum()/(rest.groupby(train[by]).count() + 5)).to_dict()
    items = shift(train[y] - mean, item)
    users = shift(train[y] - mean - train[item].map(items), user)
    of_item = mean + rows[item].map(items).fillna(0).to_numpy()
    return {'mean of the item': of_item, 'item and user': (of_item + rows[user].map(users).fillna(0).to_numpy()).clip(*cfg['scale'])}

# --- the app

def inputs(cfg, gr): return [gr.Dropdown(cfg['values'][c], value=cfg['values'][c][0], label=c, allow_custom_value=True) for c in (cfg['user'], cfg['item'])]

def row(values, cfg): return pd.DataFrame({cfg['user']: [str(values[0])], cfg['item']: [str(values[1])]})
