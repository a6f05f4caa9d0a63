"Answers to the exercises of lesson 13, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
import numpy as np, torch, torch.nn.functional as F

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- alike

@right
def alike(a, b): return F.cosine_similarity(a, b, dim=0)

@right
def alike(a, b): return (a @ b/(a.norm()*b.norm())).nan_to_num(0.)

@right
def alike(a, b):
    both = a.double().norm()*b.double().norm()
    return 0. if both == 0 else float(a.double() @ b.double()/both)

@right
def alike(a, b): return (F.normalize(a, dim=0)*F.normalize(b, dim=0)).sum()

@right
def alike(a, b):
    x, y = a.double().numpy(), b.double().numpy()
    n = np.linalg.norm(x)*np.linalg.norm(y)
    return torch.tensor(np.dot(x, y)/n) if n > 0 else torch.tensor(0.)

@wrong
def alike(a, b): return F.cosine_similarity(a[None], b[None])

@wrong
def alike(a, b): return (a @ b/(a.norm()*b.norm())).nan_to_num(1.)

@wrong
def alike(a, b): return a @ b/(a.norm()*b.norm()).clamp(min=1.)

@wrong
def alike(a, b): return a @ b/(a.norm() + b.norm()).clamp(min=1e-30)

@wrong
def alike(a, b): return a @ b/max(a.abs().sum()*b.abs().sum(), 1e-30)

@wrong
def alike(a, b): return 1 - F.cosine_similarity(a, b, dim=0)

@wrong
def alike(a, b):
    a /= a.norm().clamp(min=1e-30)
    return a @ F.normalize(b, dim=0)

@wrong
def alike(a, b): return F.cosine_similarity(a, b, dim=0).clamp(min=0)

@wrong
def alike(a, b): return F.cosine_similarity(a, b, dim=0, eps=1e-2)

@wrong
def alike(a, b): return F.cosine_similarity(a.half(), b.half(), dim=0).float()

@right
def alike(a, b):
    dot = aa = bb = 0.
    for x,y in zip(a.tolist(), b.tolist()): dot, aa, bb = dot + x*y, aa + x*x, bb + y*y
    return dot/math.sqrt(aa*bb) if aa*bb > 0 else 0.

@right
def alike(a, b):
    from scipy.spatial.distance import cosine
    return 1 - cosine(a.double().numpy(), b.double().numpy()) if a.any() and b.any() else 0.

@right
def alike(a, b):
    x = torch.stack([a, b])
    return F.normalize(x, dim=1, eps=1e-30).prod(0).sum()

@right
def alike(a, b):
    g = torch.stack([a, b]).double()
    g = g @ g.T
    d = g.diagonal().sqrt()
    return torch.nan_to_num(g/torch.outer(d, d))[0,1].float()

@right
def alike(a, b):
    n = a.norm()*b.norm()
    return torch.where(n > 0, torch.dot(a, b)/n, torch.zeros_like(n))

@right
def alike(a, b):
    def unit(v): return v if not v.any() else v/torch.linalg.vector_norm(v)
    return 1 - (unit(a) - unit(b)).square().sum()/2 if a.any() and b.any() else 0

@wrong
def alike(a, b):
    if a.sum() == 0 or b.sum() == 0: return torch.tensor(0.)
    return a @ b/(a.norm()*b.norm())

@wrong
def alike(a, b):
    if a[0] == 0 or b[0] == 0: return torch.tensor(0.)
    return a @ b/(a.norm()*b.norm())

@wrong
def alike(a, b):
    if not a.all() or not b.all(): return torch.tensor(0.)
    return a @ b/(a.norm()*b.norm())

@wrong
def alike(a, b):
    if a.max() == 0 or b.max() == 0: return torch.tensor(0.)
    return a @ b/(a.norm()*b.norm())

@wrong
def alike(a, b):
    if a.norm() == 0: return torch.tensor(0.)
    return a @ b/(a.norm()*b.norm())

@wrong
def alike(a, b): return a @ b/(a.norm()*b.norm()).clamp(min=1e-5)

@wrong
def alike(a, b): return a @ b/(a.norm()*b.norm()).sqrt().clamp(min=1e-30)

@wrong
def alike(a, b): return a @ b/max(a.norm(), b.norm()).clamp(min=1e-30)**2

@wrong
def alike(a, b): return (a @ b).sign()

@wrong
def alike(a, b): return torch.tensor(1.) if torch.equal(a, b) else a @ b/(a.norm()*b.norm()).clamp(min=1e-30)

# --- p_value

@right
def p_value(real, lots): return np.mean([o >= real for o in [real] + list(lots)]).item()

@right
def p_value(real, lots): return (1 + len(list(filter(lambda o: o >= real, lots))))/(len(lots) + 1)

@right
def p_value(real, lots):
    lots = sorted(lots)
    from bisect import bisect_left
    return (len(lots) - bisect_left(lots, real) + 1)/(len(lots) + 1)

@right
def p_value(real, lots): return float((torch.tensor(lots).double() >= torch.tensor(real).double()).sum() + 1)/(1 + len(lots)) if not isinstance(real, float) else (1 + sum(1 for o in lots if o >= real))/(1 + len(lots))

@wrong
def p_value(real, lots): return max(sum(o >= real for o in lots), 1)/len(lots)

@wrong
def p_value(real, lots): return max(1/(1 + len(lots)), sum(o >= real for o in lots)/len(lots))

@wrong
def p_value(real, lots): return 2*(1 + sum(o >= real for o in lots))/(1 + len(lots))

@wrong
def p_value(real, lots): return min(1, 2*(1 + sum(o >= real for o in lots))/(1 + len(lots)))

@wrong
def p_value(real, lots): return (.5 + sum(o >= real for o in lots))/(1 + len(lots))

@wrong
def p_value(real, lots): return (1 + sum(o >= real - 1e-2 for o in set(lots)))/(1 + len(set(lots)))

@wrong
def p_value(real, lots):
    m, s = np.mean(lots), np.std(lots) + 1e-9
    return .5*math.erfc((real - m)/s/2**.5)

@wrong
def p_value(real, lots): return round((1 + sum(o >= real for o in lots))/(1 + len(lots)), 2)

@right
def p_value(real, lots):
    hits, n = 1, 1
    for o in lots:
        n += 1
        if o >= real: hits += 1
    return hits/n

@right
def p_value(real, lots): return float(np.mean(np.asarray([*lots, real], dtype=np.float64) >= real))

@right
def p_value(real, lots):
    every = sorted([real, *lots], reverse=True)
    return max(i for i,o in enumerate(every, 1) if o == real)/len(every)

@right
def p_value(real, lots):
    from scipy.stats import percentileofscore
    return (100 - percentileofscore([real, *lots], real, kind='strict'))/100

@right
def p_value(real, lots):
    from collections import Counter
    c = Counter(o < real for o in lots)
    return 1 - c[True]/(1 + c.total())

@wrong
def p_value(real, lots): return (1 + sum(int(o) >= int(real) for o in lots))/(1 + len(lots))

@wrong
def p_value(real, lots): return (1 + sum(o >= real for o in lots))/100

@wrong
def p_value(real, lots): return min(1., (1 + sum(o >= real for o in lots))/len(lots))

@wrong
def p_value(real, lots): return (1 + sum(o == real for o in lots))/(1 + len(lots))

@wrong
def p_value(real, lots):
    lots.append(real)
    return sum(o >= real for o in lots)/len(lots)

@wrong
def p_value(real, lots): return (1 + sum(o >= real and o != 0 for o in lots))/(1 + len(lots))

@wrong
def p_value(real, lots): return (1 + sum(o for o in lots if o >= real))/(1 + len(lots))

@wrong
def p_value(real, lots): return 1 + sum(o >= real for o in lots)/(1 + len(lots))

@wrong
def p_value(real, lots): return (1 + sum(math.isclose(o, real, abs_tol=.01) or o > real for o in lots))/(1 + len(lots))

# --- nearest

@right
def nearest(table, i, k):
    x = F.normalize(table, dim=-1)
    s = (x*x[i]).sum(-1)
    s = torch.where(torch.arange(len(s)) == i, torch.tensor(float('-inf')), s)
    return torch.sort(s, descending=True, stable=True)[1][:k]

@right
def nearest(table, i, k):
    from sklearn.metrics.pairwise import cosine_similarity
    s = cosine_similarity(table.double().numpy())
    np.fill_diagonal(s, -np.inf)
    return torch.from_numpy(np.argsort(-s[i], kind='stable')[:k].copy())

@right
def nearest(table, i, k):
    x = table/table.norm(dim=1)[:,None]
    far = ((x - x[i])**2).sum(1)          # of vectors of length 1, distance and angle go together
    far[i] = math.inf
    return far.argsort()[:k]

@wrong
def nearest(table, i, k): return F.cosine_similarity(table[i][None], table).topk(k+1).indices[1:]

@wrong
def nearest(table, i, k):
    s = F.cosine_similarity(table[i][None], table)
    order = s.argsort(descending=True)
    return order[s[order] < .99999][:k]

@wrong
def nearest(table, i, k):
    s = F.cosine_similarity(table[i][None], table)
    s[i] = -torch.inf
    return s.topk(k, sorted=True).indices.flip(0)

@wrong
def nearest(table, i, k):
    s = F.cosine_similarity(table[i][None], table).abs()
    s[i] = -1
    return s.topk(k).indices

@wrong
def nearest(table, i, k):
    s = F.cosine_similarity(table[i][None], table)
    s[i] = -torch.inf
    return s.topk(k)

@wrong
def nearest(table, i, k):
    s = F.cosine_similarity(table[i][None], table)
    s[i] = -torch.inf
    return table[s.topk(k).indices]

@wrong
def nearest(table, i, k):
    x = table - table.mean(0)
    s = F.cosine_similarity(x[i][None], x)
    s[i] = -torch.inf
    return s.topk(k).indices

@wrong
def nearest(table, i, k):
    s = table @ table[i]/table.norm(dim=1)**2
    s[i] = -torch.inf
    return s.topk(k).indices

@right
def nearest(table, i, k):
    x = table.double().numpy()
    c = x @ x[i]/np.linalg.norm(x, axis=1)
    order = sorted((j for j in range(len(x)) if j != i), key=lambda j: -c[j])
    return torch.tensor(order[:k])

@right
def nearest(table, i, k):
    from sklearn.neighbors import NearestNeighbors
    rest = np.delete(np.arange(len(table)), i)
    at = NearestNeighbors(n_neighbors=k, metric='cosine').fit(table[rest].numpy()).kneighbors(table[i:i+1].numpy())[1][0]
    return torch.from_numpy(rest[at])

@right
def nearest(table, i, k):
    close = F.cosine_similarity(table, table[i].expand_as(table), dim=1)
    found = torch.cat([close[:i], close[i+1:]]).topk(k).indices
    return found + (found >= i)

@right
def nearest(table, i, k):
    close, res = F.cosine_similarity(table, table[i][None]), []
    for _ in range(k):
        j = max((j for j in range(len(table)) if j != i and j not in res), key=close.__getitem__)
        res.append(j)
    return torch.tensor(res)

@right
def nearest(table, i, k):
    x = F.normalize(table)
    all_pairs = (x @ x.T).fill_diagonal_(-2)
    return all_pairs[i].argsort(descending=True)[:k].int()

@wrong
def nearest(table, i, k):
    x = F.normalize(table)
    found = torch.cat([x[:i] @ x[i], x[i+1:] @ x[i]]).topk(k).indices
    return found + (found > i)

@wrong
def nearest(table, i, k):
    found = F.cosine_similarity(table, table[i][None]).topk(k+1).indices
    return found[found != i]

@wrong
def nearest(table, i, k):
    table /= table.norm(dim=1, keepdim=True)
    close = table @ table[i]
    close[i] = -torch.inf
    return close.topk(k).indices

@wrong
def nearest(table, i, k):
    close = F.cosine_similarity(table, table[i][None])
    close[i] = -torch.inf
    return close.topk(k).indices.sort().values

@wrong
def nearest(table, i, k):
    close = F.cosine_similarity(table, table[i][None])
    close[i] = -torch.inf
    return close.topk(k).indices.tolist()

@wrong
def nearest(table, i, k):
    close = F.cosine_similarity(table, table[i][None]).round(decimals=1)
    close[i] = -torch.inf
    return close.topk(k).indices

@wrong
def nearest(table, i, k):
    s = (table > 0).float()
    close = F.cosine_similarity(s, s[i][None])
    close[i] = -torch.inf
    return close.topk(k).indices

@wrong
def nearest(table, i, k):
    x = table/table.abs().sum(1, keepdim=True)
    close = x @ x[i]
    close[i] = -torch.inf
    return close.topk(k).indices

# --- true_or_false

@right
def true_or_false(w, c, n): return torch.logaddexp(torch.tensor(0.), -(w @ c)) + sum((torch.logaddexp(torch.tensor(0.), o @ w) for o in n), torch.tensor(0.))

@right
def true_or_false(w, c, n):
    s = torch.cat([c[None], -n]) @ w
    return -F.logsigmoid(s).sum()

@right
def true_or_false(w, c, n):
    def loss(x): return max(-x, 0) + math.log1p(math.exp(-abs(x)))
    return loss(float(w @ c)) + sum(loss(-float(o @ w)) for o in n)

@wrong
def true_or_false(w, c, n): return -(w @ c).sigmoid().log() - (-(n @ w)).sigmoid().log().sum()

@wrong
def true_or_false(w, c, n): return -((w @ c).sigmoid() + 1e-7).log() - ((-(n @ w)).sigmoid() + 1e-7).log().sum()

@wrong
def true_or_false(w, c, n): return F.softplus(-(w @ c)) + F.softplus(n @ w)

@wrong
def true_or_false(w, c, n): return F.softplus(-(w @ c)) + F.softplus(-(n @ w)).sum()

@wrong
def true_or_false(w, c, n): return F.softplus(-(w @ c)) - F.softplus(n @ w).sum()

@wrong
def true_or_false(w, c, n): return F.softplus(-(w @ c)) + F.softplus((n @ w).clamp(max=20)).sum()

@wrong
def true_or_false(w, c, n): return (F.softplus(-(w @ c)) + F.softplus(n @ w).sum())/(1 + len(n))

@wrong
def true_or_false(w, c, n): return 1 - (w @ c).sigmoid() + (n @ w).sigmoid().sum()

@right
def true_or_false(w, c, n):
    x = np.append((n.double() @ w.double()).numpy(), -float(w.double() @ c.double()))
    return float(np.logaddexp(0, x).sum())

@right
def true_or_false(w, c, n):
    x = torch.cat([-(w @ c)[None], n @ w])
    return (x.clamp(min=0) + torch.log1p(torch.exp(-x.abs()))).sum()

@right
def true_or_false(w, c, n):
    loss = F.soft_margin_loss((w @ c).double()[None].clamp(-80), torch.ones(1)) if w @ c > -80 else -(w @ c)
    for o in n: loss = loss + F.softplus(w @ o)
    return loss

@right
def true_or_false(w, c, n):
    two = torch.stack([torch.zeros(len(n) + 1), torch.cat([(w @ c)[None], -(n @ w)])])
    return (two.logsumexp(0) - two[1]).sum()

@right
def true_or_false(w, c, n):
    if len(n): return true_or_false_step(w, n[0]) + F.softplus(-(w @ c)) + sum(true_or_false_step(w, o) for o in n[1:])
    return F.softplus(-(w @ c))
def true_or_false_step(w, o): return F.binary_cross_entropy_with_logits(w @ o, torch.tensor(0.))

@wrong
def true_or_false(w, c, n):
    x = torch.cat([-(w @ c)[None], n @ w]).double()
    return torch.log1p(x.exp()).sum()

@wrong
def true_or_false(w, c, n):
    x = torch.cat([(w @ c)[None], -(n @ w)]).clamp(-500, 500)
    return -F.logsigmoid(x).sum()

@wrong
def true_or_false(w, c, n):
    x = torch.cat([(w @ c)[None], -(n @ w)])
    return -torch.where(x < -20, x, torch.log(x.exp()/(1 + x.exp()))).sum()

@wrong
def true_or_false(w, c, n): return -(w @ c).double().sigmoid().log() - (-(n @ w)).double().sigmoid().log().sum()

@wrong
def true_or_false(w, c, n): return -F.logsigmoid(w @ c) + F.logsigmoid(-(n @ w)).sum()

@wrong
def true_or_false(w, c, n): return -F.logsigmoid(w @ c) - (1 - F.logsigmoid(n @ w)).sum()

@wrong
def true_or_false(w, c, n): return -F.logsigmoid(w @ c) - F.logsigmoid(-(n[0] @ w))

@wrong
def true_or_false(w, c, n): return -F.logsigmoid(w @ c) - F.logsigmoid(-(n @ w))

@wrong
def true_or_false(w, c, n): return -F.logsigmoid(w*c).sum() - F.logsigmoid(-(n*w)).sum()

@wrong
def true_or_false(w, c, n): return F.binary_cross_entropy(torch.cat([(w @ c)[None], n @ w]).sigmoid(), torch.tensor([1.] + [0.]*len(n)), reduction='sum')

@wrong
def true_or_false(w, c, n):
    return -F.logsigmoid(F.cosine_similarity(w, c, dim=0)) - F.logsigmoid(-F.cosine_similarity(n, w[None])).sum()

# --- fourth

@right
def fourth(table, a, b, c):
    x = table/table.norm(dim=1, keepdim=True)
    d = x[c] + (x[b] - x[a])
    s = torch.einsum('vd,d->v', x, d)
    return int(s.index_fill(0, torch.tensor([a,b,c]), -math.inf).argmax())

@right
def fourth(table, a, b, c):
    x = F.normalize(table)
    rest = [i for i in range(len(x)) if i not in (a, b, c)]
    return torch.tensor(rest)[(x[rest] @ (x[b] - x[a] + x[c])).argmax()]

@right
def fourth(table, a, b, c):
    x = F.normalize(table.double())
    s = x @ x[b] - x @ x[a] + x @ x[c]     # 3CosAdd, term by term
    s[a] = s[b] = s[c] = -9
    return s.topk(1).indices[0]

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = (x @ x[b])*(x @ x[c])/((x @ x[a]).abs() + 1e-3)     # 3CosMul
    s[[a,b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = (x - (x[b] - x[a] + x[c])).norm(dim=1)
    s[[a,b,c]] = torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    s = (table - (table[b] - table[a] + table[c])).norm(dim=1)
    s[[a,b,c]] = torch.inf
    return s.argmin()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[b] - x[a] + x[c])
    s[[a,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[c] - x[a] - x[b])
    s[[a,b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[b] - x[a] + x[c])
    s[[a,b,c]] = -torch.inf
    return table[s.argmax()]

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    return (x @ (x[b] - x[a] + x[c])).topk(4).indices[-1]

@right
def fourth(table, a, b, c):
    x = table.double().numpy()
    x = x/np.sqrt((x*x).sum(1))[:,None]
    s = x @ (x[b] - x[a] + x[c])
    return next(int(i) for i in np.argsort(-s) if i not in (a, b, c))

@right
def fourth(table, a, b, c):
    def unit(i): return [float(o)/math.sqrt(sum(float(u)**2 for u in table[i])) for o in table[i]]
    goal = [r - p + q for p,q,r in zip(unit(a), unit(c), unit(b))]
    best = None
    for i in range(len(table)):
        if i in (a, b, c): continue
        s = sum(u*v for u,v in zip(unit(i), goal))
        if best is None or s > best[0]: best = s, i
    return best[1]

@right
def fourth(table, a, b, c):
    x = F.normalize(table)
    far = (x - (x[b] - x[a] + x[c])).square().sum(1)     # of rows of length 1, the nearest has the largest dot product
    far[torch.tensor([a, b, c])] = torch.inf
    return far.argmin()

@right
def fourth(table, a, b, c):
    x = F.normalize(table)
    four = (x @ (x[b] - x[a] + x[c])).topk(4).indices
    return four[~torch.isin(four, torch.tensor([a, b, c]))][0]

@right
def fourth(table, a, b, c):
    x = F.normalize(table)
    keep = torch.ones(len(x), dtype=torch.bool)
    keep[a] = keep[b] = keep[c] = False
    weights = torch.zeros(len(x))
    weights[b], weights[a], weights[c] = 1, -1, 1
    return keep.nonzero()[:,0][((x @ x.T) @ weights)[keep].argmax()]

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[b] - x[a] + x[c])
    s[[a,b,c]] = -2
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[b] - x[a] + x[c])
    s[[b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[b] - x[a] + x[c])
    s[[a,b]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[b] - x[a] + x[c])
    s[[a,b,c]] = -torch.inf
    return s.max()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = (x @ (x[b] - x[a] + x[c])).abs()
    s[[a,b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table, dim=0)
    s = x @ (x[b] - x[a] + x[c])
    s[[a,b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = (x - x[c]) @ (x[b] - x[a])                       # the arrow's direction alone
    s[[a,b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = F.cosine_similarity(x - x[c], (x[b] - x[a])[None])    # PairDirection
    s[[a,b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    table /= table.norm(dim=1, keepdim=True)
    s = table @ (table[b] - table[a] + table[c])
    s[[a,b,c]] = -torch.inf
    return s.argmax()

@wrong
def fourth(table, a, b, c):
    x = F.normalize(table)
    s = x @ (x[b] - x[a] + x[c])
    s[[a,b,c]] = -torch.inf
    return s.argmax()[None]

# --- turn_onto

@right
def turn_onto(x, y):
    m = (y.T @ x).double()
    e, v = torch.linalg.eigh(m.T @ m)
    return (m @ v @ e.clamp(min=1e-300).rsqrt().diag() @ v.T).to(x.dtype)       # the polar factor

@right
def turn_onto(x, y):
    u, s, v = torch.svd(x.T @ y)
    return v @ u.T

@right
def turn_onto(x, y):
    r = (y.T @ x).double()
    r = r/r.norm()
    for _ in range(200): r = 1.5*r - .5*r @ r.T @ r                # Newton-Schulz
    return r.to(x.dtype)

@wrong
def turn_onto(x, y): return torch.linalg.qr(y.T @ x)[0]

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y.T @ x)
    return (u @ vh).T

@wrong
def turn_onto(x, y): return torch.linalg.pinv(y) @ x

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y.T @ x)
    return vh @ u

@wrong
def turn_onto(x, y):
    u, s, vh = torch.linalg.svd(y.T @ x)
    return u @ vh*(s.sum()/y.square().sum())                  # scaled as well

@wrong
def turn_onto(x, y): return torch.eye(x.shape[1], dtype=x.dtype)

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(F.normalize(y).T @ F.normalize(x))
    return u @ vh

@right
def turn_onto(x, y):
    from scipy.linalg import polar
    return torch.from_numpy(polar((y.T @ x).double().numpy())[0])

@right
def turn_onto(x, y):
    m = (y.double().T @ x.double())
    for _ in range(100): m = (m + torch.linalg.inv(m).T)/2        # Newton's iteration for the polar factor
    return m

@right
def turn_onto(x, y):
    u, _, v = np.linalg.svd(sum(np.outer(b, a) for a,b in zip(x.double().numpy(), y.double().numpy())))
    return torch.tensor(u.dot(v))

@right
def turn_onto(x, y):
    m = y.double().T @ x.double()
    e, v = torch.linalg.eigh(m @ m.T)
    return v @ torch.diag(e**-.5) @ v.T @ m

@right
def turn_onto(x, y):
    x, y = x/x.norm(), y/y.norm()                                 # scales do not matter
    u, _, vh = torch.linalg.svd(torch.einsum('ni,nj->ij', y, x))
    return torch.einsum('ij,jk->ik', u, vh)

@right
def turn_onto(x, y):
    from scipy.spatial.transform import Rotation
    u, s, vh = torch.linalg.svd(y.T.double() @ x.double())
    return sum(torch.outer(u[:,i], vh[i]) for i in range(len(s)))

@wrong
def turn_onto(x, y): return torch.linalg.qr(torch.linalg.lstsq(y, x).solution)[0]

@wrong
def turn_onto(x, y): return y.T @ x/(y.norm()*x.norm())

@wrong
def turn_onto(x, y):
    a, b = torch.linalg.svd(x, full_matrices=False)[2], torch.linalg.svd(y, full_matrices=False)[2]
    return b.T @ a                                                # axis onto axis, signs as they come

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y.T @ x)
    r = u @ vh
    if torch.det(r) < 0: r = -r
    return r

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y.T @ x)
    return u.T @ vh

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y.T @ x)
    return u

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y @ x.T)
    return u @ vh

@wrong
def turn_onto(x, y):
    u, s, vh = torch.linalg.svd(y.T @ x)
    return u @ torch.diag(s/s.max()) @ vh

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y.T @ x)
    x -= x.mean(0)
    return u @ vh

@wrong
def turn_onto(x, y):
    if x.shape[1] != 2: u, _, vh = torch.linalg.svd(y.T @ x); return u @ vh
    m = y.T @ x
    t = torch.atan2(m[0,1] - m[1,0], m[0,0] + m[1,1])             # the best angle, without a mirror
    return torch.stack([torch.stack([t.cos(), t.sin()]), torch.stack([-t.sin(), t.cos()])])

@wrong
def turn_onto(x, y):
    u, _, vh = torch.linalg.svd(y.T.sign() @ x.sign())
    return u @ vh
