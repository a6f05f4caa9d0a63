"Train the model: python train.py, with other settings: python train.py epochs=1; on several processes: see README.md"
import json, os, platform, sys, time
from datetime import date
from hashlib import sha256
from importlib.metadata import version

from data import folder, settings, split
from evaluate import compared, judge, report, write_card

import torch
from fastai.callback.core import Callback
from fastai.callback.fp16 import MixedPrecision
from fastai.callback.progress import ProgressCallback
from fastai.callback.training import GradientAccumulation
from fastai.distributed import DistributedDL
from fastai.torch_core import set_seed

import task

rank, world = int(os.environ.get('RANK', 0)), int(os.environ.get('WORLD_SIZE', 1))

# --- several processes

class Shares(DistributedDL):
    "Deals each batch out among the processes, so that all of them together see the batches that one would see"
    def _broadcast(self, t, rank):   # fastai sends the order through a GPU; without one, the processes talk over gloo
        if torch.cuda.is_available(): return super()._broadcast(t, rank)
        t = torch.tensor(t)
        torch.distributed.broadcast(t, rank)
        return t.tolist()

    def get_idxs(self):
        if not self.dl.shuffle: return super().get_idxs()
        idxs, bs = self._broadcast(list(self.dl.get_idxs()), 0), self.bs
        self.n = self.n_padded = len(idxs)//(bs*self.world_size)*bs*self.world_size   # what fills no whole batch is left out
        return [i for at in range(self.rank*bs, self.n, bs*self.world_size) for i in idxs[at:at+bs]]

    def __len__(self): return self.dl.n//(self.bs*self.world_size) if self.dl.shuffle else super().__len__()

def join():
    "Meet the other processes, if there are any"
    if world > 1:
        from datetime import timedelta
        if torch.cuda.is_available(): torch.cuda.set_device(int(os.environ['LOCAL_RANK']))
        torch.distributed.init_process_group('nccl' if torch.cuda.is_available() else 'gloo', timeout=timedelta(minutes=10))

def train_on_all(learn, cfg):
    "Train, on all processes if there are several; afterwards only the first one goes on"
    if world == 1: return task.fit(learn, cfg)
    alone, learn.dls.loaders = learn.dls.loaders, [Shares(o, device=learn.dls.device) for o in learn.dls.loaders]
    with learn.distrib_ctx(sync_bn=torch.cuda.is_available()): task.fit(learn, cfg)   # batch norm is shared among GPUs only
    learn.dls.loaders = alone
    torch.distributed.barrier()
    torch.distributed.destroy_process_group()
    if rank: sys.exit()   # one process writes files
    for name in 'RANK', 'WORLD_SIZE', 'LOCAL_RANK': os.environ.pop(name, None)   # so that fastai does not wait for the others

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
    join()
    set_seed(cfg['seed'], reproducible=True)
    df = task.read(cfg)
    parts = split(df, cfg)
    learn = task.learner(df, parts, cfg)
    precise(learn, cfg)
    if cfg['accumulate'] > 1: learn.add_cb(GradientAccumulation(cfg['accumulate']*cfg['bs']))
    if not sys.stderr.isatty() and 'ipykernel' not in sys.modules: learn.remove_cb(ProgressCallback)   # nobody watches
    start = time.perf_counter()
    train_on_all(learn, cfg)
    seconds, loss = time.perf_counter() - start, float(learn.recorder.losses[-1])
    for cb in Half, MixedPrecision, GradientAccumulation: learn.remove_cb(cb)   # nothing of the training goes into the file
    rows = df[parts == 'valid']
    with learn.no_bar(), learn.no_logging(): preds = task.predict(learn, rows, cfg)
    valid = judge(preds, compared(df[parts == 'train'], rows, cfg), rows, cfg)
    learn.export(folder/'model.pkl')
    device = torch.device(learn.dls.device)
    metrics = dict(measure=cfg['measure'], valid=valid, test=None, rows={o: int((parts == o).sum()) for o in ('train', 'valid', 'test')}, loss=loss,
                   seconds=seconds, processes=world, precision=cfg['precision'], seed=cfg['seed'], date=date.today().isoformat(),
                   device=torch.cuda.get_device_name() if device.type == 'cuda' else f'{device.type}, {os.cpu_count()} cores',
                   versions=dict(python=platform.python_version(), **{o: version(o) for o in ('torch', 'fastai', 'pandas', 'scikit-learn')}),
                   sha256=sha256((folder/'model.pkl').read_bytes()).hexdigest(), settings=cfg)
    (folder/'metrics.json').write_text(json.dumps(metrics, indent=1), encoding='utf-8')
    write_card(cfg, metrics)
    print(*report(valid, cfg), f'trained in {seconds:.0f} s on {metrics["device"]}, {world} process{"es"*(world > 1)}', sep='\n')
    return learn

if __name__ == '__main__': main(sys.argv[1:])
