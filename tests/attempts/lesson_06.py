"Answers to the exercises of lesson 6, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
import numpy as np, torch
import torch.nn.functional as F
from torch import nn

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- count_weights

@right
def count_weights(ni, nf, kernel, groups, bias): return len(torch.nn.utils.parameters_to_vector(nn.Conv2d(ni, nf, kernel, groups=groups, bias=bias).parameters()))

@right
def count_weights(ni, nf, kernel, groups, bias):
    res = 0
    for _ in range(nf):
        for _ in range(ni//groups): res += kernel*kernel
        if bias: res += 1
    return res

@right
def count_weights(ni, nf, kernel, groups, bias): return nf*((ni//groups)*kernel**2 + (1 if bias else 0))

@wrong
def count_weights(ni, nf, kernel, groups, bias): return nf*(ni/groups)*kernel**2/1 + nf*bias + .5

@wrong
def count_weights(ni, nf, kernel, groups, bias): return ni*(nf//groups)*kernel**2 + ni*bias

@wrong
def count_weights(ni, nf, kernel, groups, bias): return nf*(ni//groups)*kernel**2 + nf*(not bias)

@wrong
def count_weights(ni, nf, kernel, groups, bias): return nf*(ni//groups)*kernel*2 + nf*bias

@wrong
def count_weights(ni, nf, kernel, groups, bias): return nf*(ni - groups + 1)*kernel**2 + nf*bias

# --- conv_row

@right
def conv_row(row, kernel, stride):
    k = len(kernel)
    return torch.tensor([float(np.dot(row[i:i+k].numpy(), kernel.numpy())) for i in range(0, len(row) - k + 1, stride)])

@right
def conv_row(row, kernel, stride): return torch.from_numpy(np.correlate(row.numpy(), kernel.numpy(), 'valid')[::stride].copy())

@right
def conv_row(row, kernel, stride):
    k = len(kernel)
    band = torch.stack([F.pad(kernel, (i, len(row) - k - i)) for i in range(0, len(row) - k + 1, stride)])
    return band @ row

@right
def conv_row(row, kernel, stride): return torch.einsum('nk,k->n', row.unfold(0, kernel.shape[0], stride), kernel)

@wrong
def conv_row(row, kernel, stride): return torch.from_numpy(np.convolve(row.numpy(), kernel.numpy(), 'valid')[::stride].copy())

@wrong
def conv_row(row, kernel, stride): return torch.from_numpy(np.correlate(row.numpy(), kernel.numpy(), 'same')[::stride].copy())

@wrong
def conv_row(row, kernel, stride):
    k = len(kernel)
    return torch.stack([(row[i:i+k]*kernel).sum() for i in range(0, len(row), stride) if i + k < len(row)] or [torch.tensor(0.)])

@wrong
def conv_row(row, kernel, stride): return [(w*kernel).sum().item() for w in row.unfold(0, len(kernel), stride)]

@wrong
def conv_row(row, kernel, stride): return (row.unfold(0, len(kernel), stride) @ kernel)[None]

@wrong
def conv_row(row, kernel, stride):
    row *= 1.0001
    return row.unfold(0, len(kernel), stride) @ kernel

@wrong
def conv_row(row, kernel, stride): return row.unfold(0, len(kernel), 1).matmul(kernel)[stride - 1::stride]

# --- pool_2x2

@right
def pool_2x2(x):
    n, c, h, w = x.shape
    res = torch.empty(n, c, h//2, w//2)
    for i in range(h//2):
        for j in range(w//2): res[:,:,i,j] = x[:,:,2*i:2*i+2,2*j:2*j+2].amax((2,3))
    return res

@right
def pool_2x2(x):
    rows = torch.max(x[:,:,::2], x[:,:,1::2])
    return torch.max(rows[...,::2], rows[...,1::2])

@right
def pool_2x2(x): return torch.stack([x[:,:,i::2,j::2] for i in (0,1) for j in (0,1)]).max(dim=0)[0]

@right
def pool_2x2(x): return -F.max_pool2d(-(x*1), 1) if False else F.adaptive_max_pool2d(x, (x.shape[2]//2, x.shape[3]//2))

@wrong
def pool_2x2(x): return torch.stack([x[:,:,i::2,j::2] for i in (0,1) for j in (0,1)]).max(dim=0)

@wrong
def pool_2x2(x): return torch.stack([x[:,:,i::2,i::2] for i in (0,1)]).amax(0)

@wrong
def pool_2x2(x): return F.max_pool2d(x.abs(), 2)

@wrong
def pool_2x2(x): return F.adaptive_max_pool2d(x, x.shape[2]//2)

@wrong
def pool_2x2(x): return F.max_pool2d(x, 2, padding=1)[:,:,:x.shape[2]//2,:x.shape[3]//2]

@wrong
def pool_2x2(x):
    n, c, h, w = x.shape
    return x.reshape(n, c, 2, h//2, 2, w//2).amax((2,4))

# --- normalize

@right
def normalize(x, eps):
    bn = nn.BatchNorm2d(x.shape[1], eps=eps, affine=False)
    return bn(x)

@right
def normalize(x, eps):
    a = x.numpy()
    m, v = a.mean((0,2,3), keepdims=True), a.var((0,2,3), keepdims=True)
    return torch.from_numpy((a - m)/np.sqrt(v + eps))

@right
def normalize(x, eps):
    n = x.numel()/x.shape[1]
    m = x.sum((0,2,3))/n
    d = x - m.view(1,-1,1,1)
    return d*((d*d).sum((0,2,3))/n + eps).rsqrt().view(1,-1,1,1)

@right
def normalize(x, eps): return F.instance_norm(x.transpose(0,1).reshape(1, x.shape[1], -1, 1), eps=eps).view(x.shape[1], x.shape[0], *x.shape[2:]).transpose(0,1) if x.numel() > x.shape[1] else torch.zeros_like(x)

@wrong
def normalize(x, eps): return nn.BatchNorm2d(x.shape[1], eps=eps).eval()(x)

@wrong
def normalize(x, eps):
    m, v = x.mean((0,2,3), keepdim=True), x.var((0,2,3), keepdim=True, unbiased=False)
    return (x - m)/v.clamp(min=eps).sqrt()

@wrong
def normalize(x, eps):
    x -= x.mean((0,2,3), keepdim=True)
    return x/(x.var((0,2,3), keepdim=True, unbiased=False) + eps).sqrt()

@wrong
def normalize(x, eps):
    m, v = x.mean((0,2,3), keepdim=True), (x**2).mean((0,2,3), keepdim=True)
    return (x - m)/(v + eps).sqrt()

@wrong
def normalize(x, eps):
    m, v = x.mean((0,2,3), keepdim=True), x.var((0,2,3), keepdim=True, unbiased=False)
    return (x - m)/(v + 1e-5).sqrt()

@wrong
def normalize(x, eps): return F.group_norm(x, x.shape[1], eps=eps)

# --- halvings

@right
def halvings(size): return math.ceil(math.log2(size)) if size < 1000 else len(bin(size - 1)) - 2

@right
def halvings(size): return 0 if size == 1 else 1 + halvings_of((size + 1)//2)

def halvings_of(size): return 0 if size == 1 else 1 + halvings_of((size + 1)//2)

@right
def halvings(size):
    x, n = torch.zeros(1, 1, size, 1), 0
    while x.shape[2] > 1:
        x, n = F.conv2d(x, torch.zeros(1, 1, 3, 3), stride=2, padding=1), n + 1
    return n

@wrong
def halvings(size): return round(math.log2(size))

@wrong
def halvings(size): return int(math.log2(size))

@wrong
def halvings(size): return math.log2(size)

@wrong
def halvings(size): return size.bit_length()

@wrong
def halvings(size): return max(1, (size - 1).bit_length())

# --- conv_back

@right
def conv_back(x, w, g):
    dx, dw = torch.zeros_like(x), torch.zeros_like(w)
    for i in range(g.shape[0]):
        for j in range(g.shape[1]):
            dx[i:i+w.shape[0],j:j+w.shape[1]] += g[i,j]*w
            dw += g[i,j]*x[i:i+w.shape[0],j:j+w.shape[1]]
    return dx, dw

@right
def conv_back(x, w, g):
    from torch.nn.grad import conv2d_input, conv2d_weight
    return conv2d_input((1, 1, *x.shape), w[None,None], g[None,None])[0,0], conv2d_weight(x[None,None], (1, 1, *w.shape), g[None,None])[0,0]

@right
def conv_back(x, w, g):
    _, back = torch.func.vjp(lambda x, w: F.conv2d(x[None,None], w[None,None])[0,0], x, w)
    return back(g)

@wrong
def conv_back(x, w, g): return F.conv2d(F.pad(g, (w.shape[0]-1,)*2 + (w.shape[1]-1,)*2)[None,None], w.flip(0,1)[None,None])[0,0], F.conv2d(x[None,None], g[None,None])[0,0]

@wrong
def conv_back(x, w, g): return F.conv_transpose2d(g[None,None], w[None,None])[0,0], F.conv2d(g[None,None], x[None,None])[0,0] if g.shape == x.shape else F.conv2d(x[None,None], g.flip(0,1)[None,None])[0,0]

@wrong
def conv_back(x, w, g): return F.conv_transpose2d(g[None,None], w[None,None])[0,0], F.conv2d(x[None,None], g[None,None])

@wrong
def conv_back(x, w, g):
    dx, (h, width) = torch.zeros_like(x), g.shape
    dw = torch.zeros_like(w)
    for a in range(w.shape[0]):
        for b in range(w.shape[0]):   # a square kernel is taken for granted
            if b < w.shape[1]:
                dx[a:a+h,b:b+width] += g*w[a,b]
                dw[a,b] = (g*x[a:a+h,b:b+width]).sum()
    return dx, dw

@wrong
def conv_back(x, w, g): return F.conv_transpose2d(g[None,None], w[None,None])[0,0].detach(), (x[:w.shape[0],:w.shape[1]]*g.sum())
