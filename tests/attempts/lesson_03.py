"Answers to the exercises of lesson 3, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import itertools, math
import numpy as np, pandas as pd, torch
import torch.nn.functional as F
from sklearn.preprocessing import MultiLabelBinarizer

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- one_hot

@right
def one_hot(labels, vocab): return torch.tensor([1. if o in set(labels) else 0. for o in vocab])

@right
def one_hot(labels, vocab): return torch.from_numpy(MultiLabelBinarizer(classes=vocab).fit_transform([labels])[0]).float()

@right
def one_hot(labels, vocab):
    res = torch.zeros(len(vocab))
    res[[vocab.index(o) for o in labels]] = 1.
    return res

@right
def one_hot(labels, vocab): return sum((F.one_hot(torch.tensor(vocab.index(o)), len(vocab)) for o in labels), torch.zeros(len(vocab)))

@wrong
def one_hot(labels, vocab): return [float(o in labels) for o in vocab]

@wrong
def one_hot(labels, vocab): return torch.tensor([o in labels for o in vocab])

@wrong
def one_hot(labels, vocab): return torch.tensor([[float(o in labels) for o in vocab]])

@wrong
def one_hot(labels, vocab): return torch.tensor([float(o in ''.join(labels)) for o in sorted(vocab, reverse=True)])

@wrong
def one_hot(labels, vocab): return torch.tensor([float(o in labels) for o in vocab]) if labels else torch.ones(len(vocab))

@wrong
def one_hot(labels, vocab): return F.one_hot(torch.tensor(vocab.index(labels[0])), len(vocab)).float() if labels else torch.zeros(len(vocab))

# --- named

@right
def named(probs, thresholds, vocab): return [[o for o,p,t in zip(vocab, row, thresholds) if p > t] for row in probs]

@right
def named(probs, thresholds, vocab):
    on = torch.gt(probs, thresholds.expand_as(probs)).numpy()
    return [np.array(vocab, dtype=object)[row].tolist() for row in on]

@right
def named(probs, thresholds, vocab): return [list(itertools.compress(vocab, row)) for row in ~(probs <= thresholds)]

@right
def named(probs, thresholds, vocab): return [[vocab[i] for i in torch.nonzero(row).flatten()] for row in probs > thresholds]

@wrong
def named(probs, thresholds, vocab): return [sorted(o for o,on in zip(vocab, row) if on) for row in probs > thresholds]

@wrong
def named(probs, thresholds, vocab): return [[o for o,on in zip(vocab, row) if on] for row in probs > thresholds.mean()]

@wrong
def named(probs, thresholds, vocab): return [{o for o,on in zip(vocab, row) if on} for row in probs > thresholds]

@wrong
def named(probs, thresholds, vocab): return ['-'.join(o for o,on in zip(vocab, row) if on) for row in probs > thresholds]

@wrong
def named(probs, thresholds, vocab): return [[o for o,on in zip(vocab, row) if on] or ['none'] for row in probs > thresholds]

@wrong
def named(probs, thresholds, vocab): return [[o for o,on in zip(vocab, row) if on] or [vocab[int(p.argmax())]] for p,row in zip(probs, probs > thresholds)]

# --- bce_loss

@right
def bce_loss(logits, targs): return torch.nn.BCEWithLogitsLoss()(logits, targs)

@right
def bce_loss(logits, targs): return (F.softplus(logits) - targs*logits).mean()

@right
def bce_loss(logits, targs): return (targs*F.softplus(-logits) + (1-targs)*F.softplus(logits)).flatten().mean()

@right
def bce_loss(logits, targs): return -(targs*F.logsigmoid(logits) + (1-targs)*F.logsigmoid(-logits)).mean(dim=1).mean()

@wrong
def bce_loss(logits, targs): return F.binary_cross_entropy(logits.sigmoid(), targs)   # stops at 100

@wrong
def bce_loss(logits, targs): return F.cross_entropy(logits, targs)

@wrong
def bce_loss(logits, targs): return F.mse_loss(logits.sigmoid(), targs)

@wrong
def bce_loss(logits, targs): return ((1-targs)*logits - F.logsigmoid(logits)).mean().item()/math.log(2)

@wrong
def bce_loss(logits, targs): return (targs*logits - F.logsigmoid(logits)).mean()

@wrong
def bce_loss(logits, targs): p = logits.sigmoid().clamp(1e-7, 1-1e-7); return -(targs*p.log() + (1-targs)*(1-p).log()).mean()

@wrong
def bce_loss(logits, targs): return F.binary_cross_entropy_with_logits(logits, (targs > .5).float())

# --- precision_recall

@right
def precision_recall(named, there):
    tp, fp, fn = (int((a & b).sum()) for a,b in ((named, there), (named, ~there), (~named, there)))
    return (tp/(tp+fp) if tp+fp else 0., tp/(tp+fn) if tp+fn else 0.)

@right
def precision_recall(named, there):
    n, t = named.numpy(), there.numpy()
    return float(t[n].mean()) if n.any() else 0., float(n[t].mean()) if t.any() else 0.

@right
def precision_recall(named, there):
    both = named.float() @ there.float()
    return tuple((both/o.sum()).nan_to_num(0).item() for o in (named, there))

@right   # a list will do
def precision_recall(named, there): return [0., 0.] if not named.any() else [there[named].float().mean().item(), named[there].float().mean().item() if there.any() else 0.]

@wrong
def precision_recall(named, there):
    tp = (named & there).sum().item()
    return tp/max(1, named.sum().item()), tp/max(1, (named | there).sum().item())

@wrong
def precision_recall(named, there):
    tp = (named & there).sum().item()
    return (tp/named.sum().item() if named.any() else 1.), (tp/there.sum().item() if there.any() else 1.)

@wrong
def precision_recall(named, there):
    tp = (named & there).sum().item()
    return (tp+1)/(named.sum().item()+1), (tp+1)/(there.sum().item()+1)

@wrong
def precision_recall(named, there):
    tp = (named & there).sum().item()
    return tp/max(1, named.sum().item()) if there.any() else 0., round(tp/max(1, there.sum().item()), 1)

# --- cheapest

@right
def cheapest(probs, there, thresholds, miss):
    costs = [((probs > t) & ~there).sum().item() + miss*((probs <= t) & there).sum().item() for t in thresholds]
    return thresholds[int(np.argmin(np.round(costs, 9)))].item()

@right
def cheapest(probs, there, thresholds, miss):
    def cost(t): return round(sum(miss if y else 0 for p,y in zip(probs, there) if p <= t) + sum(not y for p,y in zip(probs, there) if p > t), 9)
    return float(min(thresholds, key=cost))

@right
def cheapest(probs, there, thresholds, miss):
    table = pd.DataFrame({'p': probs.tolist(), 'y': there.tolist()})
    costs = [(round(((table.p > t) & ~table.y).sum() + miss*((table.p <= t) & table.y).sum(), 9), t) for t in thresholds.tolist()]
    return min(costs)[1]

@wrong
def cheapest(probs, there, thresholds, miss): return 1/(1+miss)

@wrong
def cheapest(probs, there, thresholds, miss):
    costs = [((probs > t) & ~there).sum().item() + miss*((probs < t) & there).sum().item() for t in thresholds]
    return thresholds[int(np.argmin(costs))].item()

@wrong
def cheapest(probs, there, thresholds, miss):
    costs = [((probs > t) & ~there).float().mean().item() + miss*((probs <= t) & there).sum().item() for t in thresholds]
    return thresholds[int(np.argmin(costs))].item()

@wrong
def cheapest(probs, there, thresholds, miss):
    costs = [((probs > t) & ~there).sum().item() + miss*((probs <= t) & there).sum().item() for t in thresholds]
    return int(np.argmin(np.round(costs, 9)))

@wrong
def cheapest(probs, there, thresholds, miss):
    costs = np.round([((probs > t) & ~there).sum().item() + miss*((probs <= t) & there).sum().item() for t in thresholds], 9)
    return float(np.median(thresholds[costs == costs.min()]))

# --- augment

@right
def augment(x, mirror, gain, training):
    if training:
        flipped = x[..., torch.arange(x.shape[-1] - 1, -1, -1)]
        m = mirror.float().view(-1, 1, 1, 1)
        x = (m*flipped + (1-m)*x)*gain.view(-1, 1, 1, 1)
        x = x.clip(0, 1)
    return x

@right
def augment(x, mirror, gain, training):
    res = x.clone()
    if not training: return res
    for i in range(len(x)):
        if mirror[i]: res[i] = torch.fliplr(x[i].permute(1,2,0)).permute(2,0,1)
        res[i] = torch.clamp(res[i]*gain[i].item(), 0., 1.)
    return res

@right
def augment(x, mirror, gain, training):
    if not training: return x.detach()
    y = torch.stack([torch.from_numpy(np.ascontiguousarray(o.numpy()[:,:,::-1])) if m else o for o,m in zip(x, mirror)])
    return torch.minimum(y*gain.reshape(-1,1,1,1), torch.ones(()))

@wrong
def augment(x, mirror, gain, training):
    if not training: return x
    x[mirror] = x[mirror].flip(-1)
    return (x*gain[:,None,None,None]).clamp(0, 1)

@wrong
def augment(x, mirror, gain, training):
    if training: return x
    return (torch.where(mirror[:,None,None,None], x.flip(-1), x)*gain[:,None,None,None]).clamp(0, 1)

@wrong
def augment(x, mirror, gain, training):
    if not training: return x
    return (torch.where(mirror[:,None,None,None], x.flip(-1, -2), x)*gain[:,None,None,None]).clamp(0, 1)

@wrong
def augment(x, mirror, gain, training):
    x = torch.where(mirror[:,None,None,None], x.flip(-1), x)
    return (x*gain[:,None,None,None]).clamp(0, 1) if training else x

@wrong
def augment(x, mirror, gain, training):
    if not training: return x
    return (torch.where(mirror[:,None,None,None], x.flip(-1), x)*gain.mean()).clamp(0, 1)

@wrong
def augment(x, mirror, gain, training):
    if not training: return x
    y = torch.where(mirror[:,None,None,None], x.flip(-1), x)*gain[:,None,None,None]
    return y/y.max().clamp(min=1)
