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
