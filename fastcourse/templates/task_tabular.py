"What is particular to a table: which columns go in, which network is trained, and what it is compared with"
from data import table as read

import pandas as pd
from fastai.tabular.all import Categorify, CategoryBlock, Normalize, RegressionBlock, TabularPandas, tabular_config, tabular_learner
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

def flags(cfg): return [f'{c}_na' for c in cfg['gaps']]

def prepare(df, cfg, fill):
    "Categories as texts, numbers without gaps; a column of its own says where a gap was"
    df = df.copy()
    for c in cfg['cont']:
        df[c] = pd.to_numeric(df[c], errors='coerce').astype(float)
        if c in cfg['gaps']: df[f'{c}_na'] = df[c].isna().astype(str)
        df[c] = df[c].fillna(fill[c])
    for c in cfg['cat']: df[c] = df[c].where(df[c].notna(), 'missing').astype(str)
    return df

def learner(df, parts, cfg):
    "A network with an embedding for each category (Guo & Berkhahn, 2016); medians for gaps, and the scale of a target that is a number, come from the training rows only"
    rows = df[parts != 'test'].reset_index(drop=True)
    train, valid = ([*(rows.index[(parts[parts != 'test'] == o)])] for o in ('train', 'valid'))
    fill = {c: float(pd.to_numeric(rows[c].iloc[train], errors='coerce').median()) for c in cfg['cont']}
    mean, std = 0., 1.
    if cfg['task'] == 'regression':   # a network learns numbers around 0 best
        mean, std = float(rows[cfg['target']].iloc[train].mean()), float(rows[cfg['target']].iloc[train].std()) or 1.
        rows = rows.assign(**{cfg['target']: (rows[cfg['target']] - mean)/std})
    block = CategoryBlock(vocab=cfg['classes']) if cfg['task'] == 'classification' else RegressionBlock()
    to = TabularPandas(prepare(rows, cfg, fill), [Categorify, Normalize], cfg['cat'] + flags(cfg), cfg['cont'], cfg['target'], block, splits=(train, valid))
    norm = cfg['batch_norm']
    learn = tabular_learner(to.dataloaders(bs=cfg['bs']), layers=cfg['layers'], config=tabular_config(use_bn=norm, bn_cont=norm))
    learn.fill, learn.scale = fill, (mean, std)
    return learn

def fit(learn, cfg): learn.fit_one_cycle(cfg['epochs'], cfg['lr'])

def predict(learn, df, cfg):
    "Probabilities of the classes, or numbers, one row for each row of `df`"
    df = prepare(df.reset_index(drop=True), cfg, learn.fill)
    if cfg['target'] not in df: df[cfg['target']] = cfg['classes'][0] if cfg['task'] == 'classification' else 0.
    preds, (mean, std) = learn.get_preds(dl=learn.dls.test_dl(df))[0].float().numpy(), learn.scale
    return preds if cfg['task'] == 'classification' else preds[:,0]*std + mean

def baselines(train, rows, cfg):
    "What a model without a network says about `rows`: a linear one"
    fill = {c: pd.to_numeric(train[c], errors='coerce').median() for c in cfg['cont']}
    numbers, names = cfg['cont'], cfg['cat'] + flags(cfg)
    model = LogisticRegression(max_iter=1000) if cfg['task'] == 'classification' else Ridge()
    model = make_pipeline(make_column_transformer((StandardScaler(), numbers), (OneHotEncoder(handle_unknown='ignore'), names)), model)
    model.fit(prepare(train, cfg, fill), train[cfg['target']])
    rows = prepare(rows, cfg, fill)
    return {'linear model': model.predict_proba(rows) if cfg['task'] == 'classification' else model.predict(rows)}

# --- the app

def inputs(cfg, gr):
    "A control for each column"
    return [gr.Dropdown(cfg['values'][c], value=cfg['example'][c], label=c, allow_custom_value=True) if c in cfg['cat'] else
            gr.Number(value=cfg['example'][c], label=c) for c in cfg['cat'] + cfg['cont']]

def row(values, cfg): return pd.DataFrame([dict(zip(cfg['cat'] + cfg['cont'], values))])
