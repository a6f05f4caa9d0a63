"What is particular to texts: how they become numbers, which network is trained, and what it is compared with"
from data import stop, table

import re

import pandas as pd, torch
from fastai.text.all import AWD_LSTM, CategoryBlock, ColReader, DataBlock, IndexSplitter, Learner, TextBlock, text_classifier_learner
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from torch import nn

def read(cfg):
    df = table(cfg)
    df = df[df[cfg['text']].notna() & (df[cfg['text']].astype(str).str.strip() != '')]
    return df[~df[cfg['text']].isin(set(cfg['doubtful']))].drop_duplicates([cfg['text'], cfg['target']]).reset_index(drop=True)

def plain(df, cfg):
    "Texts and labels under names of their own"
    return pd.DataFrame({'text': df[cfg['text']].astype(str).to_numpy(), 'label': df[cfg['target']].to_numpy() if cfg['target'] in df else ''})

class Words:
    "Cuts texts into words and punctuation marks"
    def __call__(self, texts): return (re.findall(r"\w+|[^\w\s]", str(o)) for o in texts)

class Bag(nn.Module):
    "The mean of the word vectors of a text, then two layers (after Joulin et al., 2016, arXiv:1607.01759)"
    def __init__(self, words, classes, width=64):
        super().__init__()
        self.vectors = nn.Embedding(words, width, padding_idx=1)   # fastai fills up with the word number 1
        self.head = nn.Sequential(nn.Dropout(.3), nn.Linear(width, width), nn.ReLU(), nn.Linear(width, classes))
        nn.init.normal_(self.vectors.weight, std=.1)
    def forward(self, x):
        real = (x != 1).unsqueeze(-1)
        return self.head((self.vectors(x)*real).sum(1)/real.sum(1).clamp(min=1))

def learner(df, parts, cfg):
    "`bag` trains in seconds; `awd_lstm` is that of ULMFiT (Howard & Ruder, 2018), with `pretrained` on WikiText (a download of 100 MB)"
    rows = df[parts != 'test'].reset_index(drop=True)
    valid = [*rows.index[parts[parts != 'test'] == 'valid']]
    block = DataBlock((TextBlock.from_df('text', seq_len=72, min_freq=2, n_workers=1, tok=Words()), CategoryBlock(vocab=cfg['classes'])),
                      get_x=ColReader('text'), get_y=ColReader('label'), splitter=IndexSplitter(valid))
    dls = block.dataloaders(plain(rows, cfg), bs=cfg['bs'], num_workers=0)
    if cfg['model'] == 'bag': return Learner(dls, Bag(len(dls.vocab[0]), len(cfg['classes'])), loss_func=nn.CrossEntropyLoss())
    if cfg['model'] != 'awd_lstm': stop(f"There is no text model {cfg['model']!r}; write bag or awd_lstm into config.json.")
    return text_classifier_learner(dls, AWD_LSTM, drop_mult=.5, pretrained=cfg['pretrained'])

def fit(learn, cfg):
    if cfg['model'] == 'bag' or not cfg['pretrained']: return learn.fit_one_cycle(cfg['epochs'], cfg['lr'])
    learn.fine_tune(cfg['epochs'], cfg['lr'])

def predict(learn, df, cfg):
    "Probabilities of the classes, one row for each row of `df`"
    dl = learn.dls.test_dl(plain(df, cfg)[['text']], bs=64, num_workers=0)
    preds = learn.get_preds(dl=dl)[0].float()
    return (preds.softmax(1) if cfg['model'] == 'bag' else preds).numpy()

def baselines(train, rows, cfg):
    "What counting words is worth"
    model = make_pipeline(TfidfVectorizer(sublinear_tf=True), LogisticRegression(max_iter=1000, C=10))
    model.fit(train[cfg['text']], train[cfg['target']])
    return {'word counts': model.predict_proba(rows[cfg['text']])}

# --- the app

def inputs(cfg, gr): return [gr.Textbox(value=cfg['example'], label='Text', lines=4, max_length=20_000)]

def row(values, cfg):
    if not (values[0] or '').strip(): raise ValueError("Write a text first.")
    return pd.DataFrame({cfg['text']: [values[0]]})
