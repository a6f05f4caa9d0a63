"Training on several processes, through fastai's distributed context; `train.py` uses it when `accelerate launch` has started it several times"
import os, sys
from datetime import timedelta

import torch, torch.distributed as dist
from fastai.distributed import DistributedDL   # which gives learners their `distrib_ctx`

import task

class Shares(DistributedDL):
    "Deals each batch out among the processes, so that all of them together see the batches that one would see"
    def _broadcast(self, t, rank):   # fastai sends the order through a GPU; without one, the processes talk over gloo
        if torch.cuda.is_available(): return super()._broadcast(t, rank)
        t = torch.tensor(t)
        dist.broadcast(t, rank)
        return t.tolist()

    def get_idxs(self):
        if not self.dl.shuffle: return super().get_idxs()
        idxs, bs = self._broadcast(list(self.dl.get_idxs()), 0), self.bs
        self.n = self.n_padded = len(idxs)//(bs*self.world_size)*bs*self.world_size   # what fills no whole batch is left out
        return [i for at in range(self.rank*bs, self.n, bs*self.world_size) for i in idxs[at:at+bs]]

    def __len__(self): return self.dl.n//(self.bs*self.world_size) if self.dl.shuffle else super().__len__()

def join():
    "Meet the other processes"
    if torch.cuda.is_available(): torch.cuda.set_device(int(os.environ['LOCAL_RANK']))
    dist.init_process_group('nccl' if torch.cuda.is_available() else 'gloo', timeout=timedelta(minutes=10))

def fit(learn, cfg):
    "Train on all processes; afterwards only the first one goes on, as one process writes files"
    alone, learn.dls.loaders = learn.dls.loaders, [Shares(o, device=learn.dls.device) for o in learn.dls.loaders]
    with learn.distrib_ctx(sync_bn=torch.cuda.is_available()): task.fit(learn, cfg)   # GPUs share the means of batch norm; CPUs cannot
    learn.dls.loaders, rank = alone, dist.get_rank()
    dist.barrier()
    dist.destroy_process_group()
    if rank: sys.exit()
    for name in 'RANK', 'WORLD_SIZE', 'LOCAL_RANK': os.environ.pop(name, None)   # so that fastai does not wait for the others
