"Train the model: python train.py, with other settings: python train.py epochs=1; on several processes: see README.md"
import json, os, platform, sys, time
from datetime import date
from hashlib import sha256
from importlib.metadata import version

from data import folder, settings, split, stop
from evaluate import by_slice, compared, figures, judge, losses, report, write_card

import torch
from fastai.callback.core import Callback
from fastai.callback.fp16 import MixedPrecision
from fastai.callback.progress import ProgressCallback
from fastai.callback.training import GradientAccumulation
from fastai.torch_core import set_seed

import task

world = int(os.environ.get('WORLD_SIZE', 1))   # processes that were started together
if world > 1: import several

# --- precision

class Half(Callback):
    "Compute in bfloat16 on a CPU, where fastai's `to_bf16` does nothing"
    order = 10
    def before_batch(self):
        self.context = torch.autocast('cpu', dtype=torch.bfloat16)
        self.context.__enter__()
    def after_pred(self): self.learn.pred = self.pred.float()
    def after_loss(self): self.context.__exit__(None, None, None)

def precise(learn, cfg):
    "float32, bf16 or fp16, as config.json says"
    if cfg['precision'] == 'float32': return
    if torch.device(learn.dls.device).type == 'cpu': learn.add_cb(Half()) if cfg['precision'] == 'bf16' else print("A CPU has no use for fp16; training goes on in float32.")
    else: learn.to_bf16() if cfg['precision'] == 'bf16' else learn.to_fp16()

# --- all of it

def main(args=()):
    cfg = settings(args)
    if world > 1: several.join()
    set_seed(cfg['seed'], reproducible=True)
    df = task.read(cfg)
    parts = split(df, cfg)
    if (n := (parts == 'train').sum()) < cfg['bs']*world: stop(f"There are {n} rows to train on, not enough for one batch of {cfg['bs']*world}; make bs in config.json smaller.")
    learn = task.learner(df, parts, cfg)
    precise(learn, cfg)
    if cfg['accumulate'] > 1: learn.add_cb(GradientAccumulation(cfg['accumulate']*cfg['bs']))
    if not sys.stderr.isatty() and 'ipykernel' not in sys.modules: learn.remove_cb(ProgressCallback)   # nobody watches
    start = time.perf_counter()
    if world > 1: several.fit(learn, cfg)   # only the first process comes back from it
    else: task.fit(learn, cfg)
    seconds, loss = time.perf_counter() - start, float(learn.recorder.losses[-1])
    for cb in Half, MixedPrecision, GradientAccumulation: learn.remove_cb(cb)   # nothing of the training goes into the file
    rows = df[parts == 'valid']
    with learn.no_bar(), learn.no_logging(): preds = task.predict(learn, rows, cfg)
    mine = losses(preds, rows[cfg['target']], cfg)
    table = by_slice(mine, rows, cfg)
    valid = judge(mine, table, compared(df[parts == 'train'], rows, cfg), rows, cfg)
    figures(preds, mine, table, rows, cfg)
    learn.export(folder/'model.pkl')
    before = folder/'metrics.json'   # the test rows count as used, also for the next model
    test = json.loads(before.read_text(encoding='utf-8')).get('test') if before.is_file() else None
    device = torch.device(learn.dls.device)
    metrics = dict(measure=cfg['measure'], valid=valid, test=test, rows={o: int((parts == o).sum()) for o in ('train', 'valid', 'test')}, loss=loss,
                   seconds=seconds, processes=world, precision=cfg['precision'], seed=cfg['seed'], date=date.today().isoformat(),
                   device=torch.cuda.get_device_name() if device.type == 'cuda' else f'{device.type}, {os.cpu_count()} cores',
                   versions=dict(python=platform.python_version(), **{o: version(o) for o in ('torch', 'fastai', 'pandas', 'scikit-learn')}),
                   sha256=sha256((folder/'model.pkl').read_bytes()).hexdigest(), settings=cfg)
    (folder/'metrics.json').write_text(json.dumps(metrics, indent=1), encoding='utf-8')
    write_card(cfg, metrics)
    print(*report(valid, cfg), f'trained in {seconds:.0f} s on {metrics["device"]}, {world} process{"es"*(world > 1)}', sep='\n')
    return learn

if __name__ == '__main__': main(sys.argv[1:])
