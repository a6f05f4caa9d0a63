"Answers to the exercises of lesson 5, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import numpy as np, torch
import torch.nn.functional as F

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- broadcast_shape

@right
def broadcast_shape(a, b):
    try: return np.broadcast_shapes(a, b)
    except ValueError: return None

@right
def broadcast_shape(a, b):
    if len(a) < len(b): a, b = b, a
    res = list(a)
    for k in range(1, len(b)+1):
        if a[-k] == 1: res[-k] = b[-k]
        elif b[-k] not in (1, a[-k]): return None
    return tuple(res)

@right
def broadcast_shape(a, b): return broadcast_shape_inner(a, b)

def broadcast_shape_inner(a, b):
    if not a: return tuple(b)
    if not b: return tuple(a)
    head = broadcast_shape_inner(a[:-1], b[:-1])
    if head is None or (a[-1] != b[-1] and 1 not in (a[-1], b[-1])): return None
    return head + (b[-1] if a[-1] == 1 else a[-1],)

@wrong
def broadcast_shape(a, b):   # a length of zero is not the larger one
    n = max(len(a), len(b))
    a, b = (1,)*(n-len(a)) + tuple(a), (1,)*(n-len(b)) + tuple(b)
    if any(i != j and 1 not in (i, j) for i, j in zip(a, b)): return None
    return tuple(max(i, j) for i, j in zip(a, b))

@right
def broadcast_shape(a, b):   # a list counts as a tuple
    n = max(len(a), len(b))
    a, b = (1,)*(n-len(a)) + a, (1,)*(n-len(b)) + b
    if any(i != j and 1 not in (i, j) for i, j in zip(a, b)): return None
    return [j if i == 1 else i for i, j in zip(a, b)]

@wrong
def broadcast_shape(a, b):   # torch.Size of a sum, an error where None is wanted
    return tuple((torch.empty(a) + torch.empty(b)).shape)

@wrong
def broadcast_shape(a, b):   # only the last two axes are looked at
    n = max(len(a), len(b))
    a, b = (1,)*(n-len(a)) + a, (1,)*(n-len(b)) + b
    if any(i != j and 1 not in (i, j) for i, j in zip(a[-2:], b[-2:])): return None
    return tuple(j if i == 1 else i for i, j in zip(a, b))

@wrong
def broadcast_shape(a, b):   # divisible lengths "fit"
    n = max(len(a), len(b))
    a, b = (1,)*(n-len(a)) + a, (1,)*(n-len(b)) + b
    if any(max(i, j) % max(1, min(i, j)) for i, j in zip(a, b)): return None
    return tuple(j if i == 1 else i for i, j in zip(a, b))

# --- stable_softmax

@right
def stable_softmax(z):
    e = np.exp(z.numpy() - z.numpy().max(axis=1, keepdims=True))
    return torch.from_numpy(e/e.sum(axis=1, keepdims=True))

@right
def stable_softmax(z): return 1/(z[:,None,:] - z[:,:,None]).exp().sum(dim=2)

@right
def stable_softmax(z): return torch.log_softmax(z, -1).exp()

@wrong
def stable_softmax(z):
    e = (z - z.mean(dim=1, keepdim=True)).exp()
    return e/e.sum(dim=1, keepdim=True)

@wrong
def stable_softmax(z):
    e = z.exp()
    return (e/e.sum(dim=1, keepdim=True)).nan_to_num(1.)

@wrong
def stable_softmax(z):
    z -= z.amax(dim=1, keepdim=True)
    e = z.exp()
    return e/e.sum(dim=1, keepdim=True)

@wrong
def stable_softmax(z):
    e = (z - z.amax(dim=1, keepdim=True)).exp()
    return e/(e.sum(dim=1, keepdim=True) + 1e-3)

@wrong
def stable_softmax(z): return torch.sigmoid(z)/torch.sigmoid(z).sum(dim=1, keepdim=True)

@wrong
def stable_softmax(z):
    e = 2**(z - z.amax(dim=1, keepdim=True))
    return e/e.sum(dim=1, keepdim=True)

# --- loss_gradient

@right
def loss_gradient(z, y):
    n, c = z.shape
    res = torch.zeros(n, c)
    for i in range(n):
        p = F.softmax(z[i], dim=0)
        for j in range(c): res[i,j] = (p[j] - (1. if j == int(y[i]) else 0.))/n
    return res

@right
def loss_gradient(z, y): return (F.softmax(z, 1) - torch.eye(z.shape[1])[y]).div(len(z))

@right
def loss_gradient(z, y): return F.softmax(z, 1).scatter_add(1, y[:,None], -torch.ones(len(y), 1))/len(y)

@wrong
def loss_gradient(z, y): return (F.softmax(z, 1) - torch.eye(z.shape[1])[y]).mean(dim=0, keepdim=True).expand_as(z)

@wrong
def loss_gradient(z, y): return (F.softmax(z, 0) - torch.eye(z.shape[1])[y])/len(y)

@wrong
def loss_gradient(z, y): return (F.sigmoid(z) - torch.eye(z.shape[1])[y])/len(y)

@wrong
def loss_gradient(z, y): return F.log_softmax(z, 1).exp()/len(y)

@wrong
def loss_gradient(z, y):
    p = z.exp()/z.exp().sum(dim=1, keepdim=True)
    return (p - torch.eye(z.shape[1])[y])/len(y)

@wrong
def loss_gradient(z, y):
    p = F.softmax(z, 1)
    p[range(len(y)), y] -= 1/len(y)
    return p

# --- linear_back

@right
def linear_back(x, w, g):
    dx = torch.stack([sum(g[i,o]*w[:,o] for o in range(w.shape[1])) for i in range(len(x))])
    dw = torch.stack([(x[:,k,None]*g).sum(0) for k in range(x.shape[1])])
    return dx, dw, g.sum(0)

@right
def linear_back(x, w, g): return g.matmul(w.t()), x.t().matmul(g), g.sum(0)

@right
def linear_back(x, w, g): return (w @ g.T).T, (g.T @ x).T, (g.T @ torch.ones(len(g)))

@right
def linear_back(x, w, g): return [g @ w.T, x.T @ g, g.sum(0)]   # a list counts as a tuple

@wrong
def linear_back(x, w, g): return g @ w.T, x.T @ g

@wrong
def linear_back(x, w, g): return g @ w.T, x.T @ g, g.sum(0, keepdim=True)

@wrong
def linear_back(x, w, g): return g @ w.T, x.T @ g, g.sum()

@wrong
def linear_back(x, w, g): return g @ w.T*(x > 0), x.T @ g, g.sum(0)

@wrong
def linear_back(x, w, g): return (g @ w.T)/len(x), (x.T @ g)/len(x), g.mean(0)

# --- row_batches

@right
def row_batches(n, bs, drop_last):
    res = []
    while len(res)*bs < n:
        start = len(res)*bs
        batch = [i for i in range(start, start + bs) if i < n]
        if drop_last and len(batch) < bs: break
        res.append(batch)
    return res

@right
def row_batches(n, bs, drop_last):
    end = n - n % bs if drop_last else n
    return [[*range(i, min(i + bs, end))] for i in range(0, end, bs)]

@right
def row_batches(n, bs, drop_last):
    from torch.utils.data import BatchSampler
    return list(BatchSampler(range(n), bs, drop_last))

@wrong
def row_batches(n, bs, drop_last): return [range(i, min(i + bs, n)) for i in range(0, n - n % bs if drop_last else n, bs)]

@wrong
def row_batches(n, bs, drop_last): return [[*range(i*bs, min(n, (i+1)*bs))] for i in range(n//bs + (not drop_last))]   # an empty one at the end

@wrong
def row_batches(n, bs, drop_last): return [o.tolist() for o in torch.arange(n).chunk(max(1, n//bs))]

@wrong
def row_batches(n, bs, drop_last):
    res = [[*range(i, min(i + bs, n))] for i in range(0, n, bs)]
    return res[1:] if drop_last and n % bs else res

# --- parents_first

@right
def parents_first(parents, last):
    depth = {}
    def deep(name):
        if name not in depth: depth[name] = 1 + max(map(deep, parents.get(name, [])), default=0)
        return depth[name]
    deep(last)
    return sorted(depth, key=depth.get)

@right
def parents_first(parents, last):
    res = []
    def visit(name):
        if name not in res:
            for p in reversed(parents.get(name, [])): visit(p)
            res.append(name)
    visit(last)
    return res

@wrong
def parents_first(parents, last):
    depth, todo = {last: 0}, [last]   # the shortest way counts, so a parent may come too late
    while todo:
        name = todo.pop(0)
        for p in parents.get(name, []):
            if p not in depth:
                depth[p] = depth[name] + 1
                todo.append(p)
    return sorted(depth, key=lambda o: -depth[o])

@wrong
def parents_first(parents, last): return sorted({last, *parents, *(p for o in parents.values() for p in o)})

@wrong
def parents_first(parents, last):
    res = [last]
    for p in parents.get(last, []): res.insert(0, p)
    return res

@wrong
def parents_first(parents, last):
    res, seen = [], set()
    def visit(name):
        if name in seen: return
        seen.add(name)
        for p in parents.get(name, []): visit(p)
        res.append(name)
    visit(last)
    return res[:-1]

@wrong
def parents_first(parents, last):
    res, seen = [], set()
    def visit(name):
        if name in seen: return
        for p in parents.get(name, []): visit(p)
        if name not in seen: res.append(name)
        seen.add(name)
        parents.pop(name, None)   # "no need to come back", and the caller's dictionary is gone
    visit(last)
    return res

@right
def stable_softmax(z):
    rows = []
    for r in z.tolist():
        m = max(r)
        e = [np.exp(v - m) for v in r]
        rows.append([v/sum(e) for v in e])
    return torch.tensor(rows)

@right
def loss_gradient(z, y): return (F.log_softmax(z, 1).exp() - F.one_hot(y, z.shape[1]))/z.shape[0]

@right
def row_batches(n, bs, drop_last): return [[*range(i*bs, min(i*bs + bs, n))] for i in range(n//bs + (not drop_last and n % bs > 0))]
