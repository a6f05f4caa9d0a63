"Answers to the exercises of lesson 4, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
import numpy as np, torch
import torch.nn.functional as F
from sklearn.metrics import jaccard_score

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- to_classes

@right
def to_classes(trimap): return torch.tensor([9, 1, 0, 2]).take(trimap)

@right
def to_classes(trimap):
    res = torch.zeros_like(trimap)
    res[trimap == 1], res[trimap == 3] = 1, 2
    return res

@right
def to_classes(trimap): return trimap.clone().apply_(lambda v: {1: 1, 2: 0, 3: 2}[v])

@right
def to_classes(trimap): return (3*trimap*trimap - 11*trimap + 10)//2   # 1, 0, 2 for 1, 2, 3

@wrong
def to_classes(trimap): return 2 - trimap.clamp(max=2)

@wrong
def to_classes(trimap): return 3 - trimap

@wrong
def to_classes(trimap): return (trimap % 2)

@wrong
def to_classes(trimap): return torch.tensor([0, 1, 0, 2])[trimap].tolist()

@wrong
def to_classes(trimap): return torch.tensor([0, 1, 0, 255])[trimap]

@wrong
def to_classes(trimap):
    trimap[trimap == 2] = 0
    trimap[trimap == 3] = 2
    return trimap

# --- class_iou

@right
def class_iou(pred, targ, cls):
    a, b = (pred == cls).numpy(), (targ == cls).numpy()
    return float(np.logical_and(a, b).sum()/np.logical_or(a, b).sum()) if np.logical_or(a, b).any() else 1.0

@right
def class_iou(pred, targ, cls): return float(jaccard_score((targ == cls).flatten(), (pred == cls).flatten(), zero_division=1))

@right
def class_iou(pred, targ, cls):
    a, b = {i for i,v in enumerate(pred.flatten().tolist()) if v == cls}, {i for i,v in enumerate(targ.flatten().tolist()) if v == cls}
    return len(a & b)/len(a | b) if a | b else 1.

@right
def class_iou(pred, targ, cls):
    a, b = (pred == cls).float(), (targ == cls).float()
    both = (a*b).sum()
    return (both/(a.sum() + b.sum() - both)).nan_to_num(1.).item()

@wrong
def class_iou(pred, targ, cls):
    a, b = pred == cls, targ == cls
    return (a & b).sum().item()/max(1, (a | b).sum().item())

@wrong
def class_iou(pred, targ, cls):
    a, b = pred == cls, targ == cls
    return ((a & b).sum().item() + 1)/((a | b).sum().item() + 1)

@wrong
def class_iou(pred, targ, cls):
    a, b = pred == cls, targ == cls
    return (a & b).sum().item()/a.sum().item() if a.any() else 1.

@wrong
def class_iou(pred, targ, cls):
    a, b = pred == cls, targ == cls
    return (a & b).sum().item()/max(a.sum().item(), b.sum().item(), 1) if (a | b).any() else 1.

@wrong
def class_iou(pred, targ, cls):
    a, b = (pred >= cls), (targ >= cls)
    return (a & b).sum().item()/(a | b).sum().item() if (a | b).any() else 1.

# --- to_unit

@right
def to_unit(points, width, height): return torch.tensor([[2*x/width - 1, 2*y/height - 1] for x,y in points.tolist()])

@right
def to_unit(points, width, height): return points @ torch.diag(torch.tensor([2/width, 2/height])) - 1

@right
def to_unit(points, width, height):
    res = points.clone()
    res[:,0] = torch.lerp(torch.tensor(-1.), torch.tensor(1.), points[:,0]/width)
    res[:,1] = torch.lerp(torch.tensor(-1.), torch.tensor(1.), points[:,1]/height)
    return res

@wrong
def to_unit(points, width, height): return points*2/max(width, height) - 1

@wrong
def to_unit(points, width, height): return (points*2/torch.tensor([width - 1., height - 1.])) - 1

@wrong
def to_unit(points, width, height): return 1 - points*2/torch.tensor([float(width), float(height)])

@wrong
def to_unit(points, width, height): return (points*2/torch.tensor([float(width), float(height)]) - 1)[0]

@wrong
def to_unit(points, width, height):
    points *= 2/torch.tensor([float(width), float(height)])
    return points - 1

# --- mean_place

@right
def mean_place(z):
    p = F.softmax(z.reshape(1, -1), dim=1).reshape(z.shape)
    return torch.tensor([(p*torch.arange(z.shape[1])).sum(), (p*torch.arange(z.shape[0])[:,None]).sum()])

@right
def mean_place(z):
    p = (z - z.logsumexp((0, 1))).exp()
    return torch.stack([torch.einsum('hw,w->', p, torch.arange(z.shape[1]).float()), torch.einsum('hw,h->', p, torch.arange(z.shape[0]).float())])

@right
def mean_place(z):
    from fastcourse.segmentation import Where
    size = torch.tensor([z.shape[1], z.shape[0]])
    return ((Where()(z[None,None])[0] + 1)*size - 1)/2

@wrong
def mean_place(z):
    p = z.flatten().softmax(0).view_as(z)
    return torch.tensor([(p*torch.arange(z.shape[1])).sum(), (p*torch.arange(z.shape[0])[:,None]).sum()]).round()

@wrong
def mean_place(z):
    p = z.softmax(1).softmax(0)
    return torch.tensor([(p*torch.arange(z.shape[1])).sum(), (p*torch.arange(z.shape[0])[:,None]).sum()])

@wrong
def mean_place(z):
    p = z.sigmoid()/z.sigmoid().sum()
    return torch.tensor([(p*torch.arange(z.shape[1])).sum(), (p*torch.arange(z.shape[0])[:,None]).sum()])

@wrong
def mean_place(z):
    p = z.flatten().softmax(0).view_as(z)
    return torch.tensor([(p*torch.arange(z.shape[1])).mean(), (p*torch.arange(z.shape[0])[:,None]).mean()])

@wrong
def mean_place(z):
    from fastcourse.segmentation import Where
    return Where()(z[None,None])[0]

# --- step_up

@right
def step_up(x, skip): return torch.cat([torch.nn.Upsample(scale_factor=2)(x), skip], dim=1)

@right
def step_up(x, skip): return torch.cat([torch.kron(x, torch.ones(1, 1, 2, 2)), skip], dim=1)

@right
def step_up(x, skip):
    n, c, h, w = x.shape
    return torch.cat([x[:,:,:,None,:,None].expand(n, c, h, 2, w, 2).reshape(n, c, 2*h, 2*w), skip], dim=-3)

@wrong
def step_up(x, skip): return torch.cat([F.interpolate(x, size=skip.shape[2:], mode='bicubic'), skip], dim=1)

@wrong
def step_up(x, skip): return torch.cat([x.repeat_interleave(2, dim=2).repeat(1, 1, 1, 2), skip], dim=1)

@wrong
def step_up(x, skip): return torch.cat([x.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3), skip.relu()], dim=1)

@wrong
def step_up(x, skip): return torch.cat([x.repeat_interleave(4, dim=2).view(*x.shape[:2], *skip.shape[2:]), skip], dim=1)

@wrong
def step_up(x, skip): return torch.cat([x.repeat_interleave(2, dim=2).repeat_interleave(2, dim=3).transpose(2, 3), skip.transpose(2, 3)], dim=1)

# --- in_range

@right
def in_range(z, low, high): return torch.lerp(torch.full_like(z, low), torch.full_like(z, high), torch.sigmoid(z))

@right
def in_range(z, low, high): return high*z.sigmoid() + low*(-z).sigmoid()

@right
def in_range(z, low, high): return low + (high-low)*F.logsigmoid(z).exp()

@wrong
def in_range(z, low, high): return low + (high-low)*(torch.tanh(z) + 1)/2

@wrong
def in_range(z, low, high): return low + (high-low)*z.softmax(0)

@wrong
def in_range(z, low, high): return low + (high-low)*(z/4 + .5).clamp(0, 1)

@wrong
def in_range(z, low, high): return low + (high-low)*z.exp()/(1 + z.exp())

@wrong
def in_range(z, low, high): return low + (high-low)*z.sigmoid().mean()
