"Answers to the exercises of lesson 12, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
import numpy as np, torch, torch.nn.functional as F

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- predicted

@right
def predicted(p, q, bp, bq, lo, hi): return torch.lerp(torch.full_like(bp, lo), torch.full_like(bp, hi), ((p*q).sum(-1) + bp + bq).sigmoid())

@right
def predicted(p, q, bp, bq, lo, hi): return (torch.bmm(p[:,None], q[:,:,None])[:,0,0] + bp + bq).sigmoid().mul(hi - lo).add(lo)

@right
def predicted(p, q, bp, bq, lo, hi): return lo + (hi - lo)*(torch.tanh(((p @ q.T).diagonal() + bp + bq)/2) + 1)/2

@right
def predicted(p, q, bp, bq, lo, hi):
    x = torch.cat([p, bp[:,None], torch.ones_like(bp)[:,None]], 1)*torch.cat([q, torch.ones_like(bq)[:,None], bq[:,None]], 1)
    return lo + (hi - lo)/(1 + torch.exp(-x.sum(1)))

@wrong
def predicted(p, q, bp, bq, lo, hi): return lo + hi*torch.sigmoid((p*q).sum(1) + bp + bq)

@wrong
def predicted(p, q, bp, bq, lo, hi): return lo + (hi - lo)*torch.sigmoid((p*q).sum(1)*(bp + bq))

@wrong
def predicted(p, q, bp, bq, lo, hi): return (lo + (hi - lo)*torch.sigmoid((p*q).sum(1) + bp + bq)).round()

@wrong
def predicted(p, q, bp, bq, lo, hi): return lo + (hi - lo)*torch.softmax((p*q).sum(1) + bp + bq, 0)

@wrong
def predicted(p, q, bp, bq, lo, hi): return lo + (hi - lo)*torch.sigmoid((p*q).sum(1) + bp - bq)

@right
def predicted(p, q, bp, bq, lo, hi):
    res = []
    for i in range(p.shape[0]):
        x = float(bp[i]) + float(bq[i])
        for j in range(p.shape[1]): x += float(p[i,j])*float(q[i,j])
        res.append(lo + (hi - lo)/(1 + math.exp(-x)))
    return torch.tensor(res)

@right
def predicted(p, q, bp, bq, lo, hi):
    from scipy.special import expit
    return torch.from_numpy(expit((p.numpy()*q.numpy()).sum(-1) + bp.numpy() + bq.numpy())*(hi - lo) + lo)

@right
def predicted(p, q, bp, bq, lo, hi):
    x = F.pad(p*q, (0, 1)) + 0
    x[:,-1] = bp + bq
    return hi - (hi - lo)*torch.sigmoid(-x.sum(-1))

@right
def predicted(p, q, bp, bq, lo, hi):
    x = torch.vmap(torch.dot)(p, q) + bp + bq
    return torch.stack([torch.zeros_like(x), x], 1).softmax(1) @ torch.tensor([lo, hi], dtype=x.dtype)

@right
def predicted(p, q, bp, bq, lo, hi): return F.logsigmoid(torch.linalg.vecdot(p, q) + bp + bq).exp().mul_(hi - lo).add_(lo)

@wrong
def predicted(p, q, bp, bq, lo, hi): return torch.sigmoid((p*q).sum(1) + bp + bq)

@wrong
def predicted(p, q, bp, bq, lo, hi): return lo + (hi - lo)*torch.sigmoid((p*q).sum(1)) + bp

@wrong
def predicted(p, q, bp, bq, lo, hi): return lo + (hi - lo)*((p*q).sum(1) + bp + bq)

@wrong
def predicted(p, q, bp, bq, lo, hi):
    bp += (p*q).sum(1) + bq
    return lo + (hi - lo)*bp.sigmoid()

@wrong
def predicted(p, q, bp, bq, lo, hi): return (lo + (hi - lo)*torch.sigmoid((p*q).sum(1) + bp + bq))[:,None]

@wrong
def predicted(p, q, bp, bq, lo, hi): return lo + (hi - lo)*torch.sigmoid(F.cosine_similarity(p, q) + bp + bq)

@wrong
def predicted(p, q, bp, bq, lo, hi): return (lo + (hi - lo)*torch.sigmoid((p*q).sum(1) + bp + bq)).clamp(1, 5)

# --- careful_means

@right
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    table = torch.zeros(size, 2, dtype=stars.dtype).index_add(0, films, torch.stack([stars, torch.ones_like(stars)], 1))
    return (table[:,0] + lam*mu)/(table[:,1] + lam)

@right
def careful_means(films, stars, size, lam):
    hot = F.one_hot(films, size).to(stars.dtype)
    return (hot.T @ stars + lam*stars.mean())/(hot.sum(0) + lam)

@right
def careful_means(films, stars, size, lam):
    mu, total, n = stars.mean().item(), [0.]*size, [0]*size
    for i,s in zip(films.tolist(), stars.tolist()): total[i] += s; n[i] += 1
    return torch.tensor([(t + lam*mu)/(k + lam) for t,k in zip(total, n)], dtype=stars.dtype)

@right
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    n = torch.zeros(size, dtype=stars.dtype).scatter_add(0, films, torch.ones_like(stars))
    mean = torch.zeros(size, dtype=stars.dtype).scatter_add(0, films, stars)/n.clamp(min=1)
    share = n/(n + lam)
    return share*mean + (1 - share)*mu

@wrong
def careful_means(films, stars, size, lam):
    n = torch.bincount(films, minlength=size)
    mean = torch.zeros(size, dtype=stars.dtype).index_add(0, films, stars)/n.clamp(min=1)
    mu = mean[n > 0].mean()
    return (mean*n + lam*mu)/(n + lam)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    return mu + torch.zeros(size, dtype=stars.dtype).index_add(0, films, stars - mu)/(torch.bincount(films, minlength=size) + lam + 1)

@wrong
def careful_means(films, stars, size, lam):
    mu, n = stars.mean(), torch.bincount(films, minlength=size)
    mean = torch.zeros(size, dtype=stars.dtype).index_add(0, films, stars)/n.clamp(min=1)
    return torch.where(n >= lam, mean, mu)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    return mu + torch.zeros(size, dtype=stars.dtype).index_add(0, films, stars - mu)/(torch.bincount(films, minlength=size)**2 + lam)

@right
def careful_means(films, stars, size, lam):
    mu, res = stars.double().mean(), []
    for i in range(size):
        mine = stars[films == i]
        res.append(float((mine.double().sum() + lam*mu)/(len(mine) + lam)))
    return torch.tensor(res)

@right
def careful_means(films, stars, size, lam):
    import pandas as pd
    mu = float(stars.mean())
    g = pd.Series(stars.numpy()).groupby(films.numpy()).agg(['sum', 'count']).reindex(range(size), fill_value=0)
    return torch.tensor(((g['sum'] + lam*mu)/(g['count'] + lam)).to_numpy())

@right
def careful_means(films, stars, size, lam):
    who = torch.cat([films, torch.arange(size)])
    weight = torch.cat([torch.ones(len(films)), torch.full((size,), float(lam))]).double()
    values = torch.cat([stars, stars.mean().expand(size)]).double()
    return torch.bincount(who, weight*values)/torch.bincount(who, weight)

@right
def careful_means(films, stars, size, lam):
    s, n = np.zeros(size), np.zeros(size)
    np.add.at(s, films.numpy(), stars.numpy())
    np.add.at(n, films.numpy(), 1)
    return torch.tensor((s + lam*stars.numpy().mean())/(n + lam))

@right
def careful_means(films, stars, size, lam):
    res = torch.full((size,), stars.mean().item(), dtype=stars.dtype)   # a running mean, rating by rating
    n = torch.full((size,), float(lam), dtype=stars.dtype)
    for i,s in zip(films, stars):
        n[i] += 1
        res[i] += (s - res[i])/n[i]
    return res

@right
def careful_means(films, stars, size, lam):
    x = F.one_hot(films, size).double()            # ridge regression on columns of 0 and 1
    return torch.linalg.solve(x.T @ x + lam*torch.eye(size).double(), x.T @ (stars - stars.mean()).double()) + stars.mean()

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    return (torch.bincount(films, weights=stars.long(), minlength=size) + lam*mu)/(torch.bincount(films, minlength=size) + lam)

@wrong
def careful_means(films, stars, size, lam):
    table = torch.zeros(size, 6)
    for i,s in zip(films.tolist(), stars.tolist()): table[i,int(s)] += 1
    return (table @ torch.arange(6.) + lam*stars.mean())/(table.sum(1) + lam)

@wrong
def careful_means(films, stars, size, lam):
    table = torch.zeros(size, len(films), dtype=stars.dtype)
    table[films, range(len(films))] = stars
    return (table.sum(1) + lam*stars.mean())/((table > 0).sum(1) + lam)     # 0 stars are taken for no rating

@wrong
def careful_means(films, stars, size, lam):
    mu, n = stars.mean(), torch.bincount(films, minlength=size)
    res = mu + torch.zeros(size, dtype=stars.dtype).index_add(0, films, stars - mu)/(n + lam)
    return torch.where(n > 0, res, 0)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    return (torch.bincount(films, weights=stars, minlength=size) + mu)/(torch.bincount(films, minlength=size) + 1)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    return (torch.bincount(films, weights=stars, minlength=size) + lam*mu)/torch.bincount(films, minlength=size).clamp(min=1)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    return (torch.bincount(films, weights=stars, minlength=size) + mu)/(torch.bincount(films, minlength=size) + lam)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    return (torch.bincount(films, weights=stars) + lam*mu)/(torch.bincount(films) + lam)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.median()
    return (torch.bincount(films, weights=stars, minlength=size) + lam*mu)/(torch.bincount(films, minlength=size) + lam)

@wrong
def careful_means(films, stars, size, lam):
    extra = round(lam)
    mu = stars.mean()
    return (torch.bincount(films, weights=stars, minlength=size) + extra*mu)/(torch.bincount(films, minlength=size) + extra)

@wrong
def careful_means(films, stars, size, lam):
    mu = stars.mean()
    stars -= mu
    return mu + torch.bincount(films, weights=stars, minlength=size)/(torch.bincount(films, minlength=size) + lam)

@wrong
def careful_means(films, stars, size, lam):
    mu, n = stars.mean(), torch.bincount(films, minlength=size)
    mean = torch.bincount(films, weights=stars, minlength=size)/n.clamp(min=1)
    return (mean + lam*mu)/(1 + lam)

# --- one_step

@right
def one_step(p, q, r, lr, lam):
    both = torch.stack([p, q]).requires_grad_()
    ((r - both.prod(0).sum())**2 + lam*both.square().sum()).backward()
    return tuple((both - lr*both.grad).detach())

@right
def one_step(p, q, r, lr, lam):
    e, shrink = 2*lr*(r - torch.dot(p, q)), 1 - 2*lr*lam
    return shrink*p + e*q, shrink*q + e*p

@right
def one_step(p, q, r, lr, lam):
    old = p.clone()
    e = (r - (p*q).sum()).item()
    p = p + 2*lr*(e*q - lam*p)
    return p, q + 2*lr*(e*old - lam*q)

@wrong
def one_step(p, q, r, lr, lam):
    q = q + 2*lr*((r - p @ q)*p - lam*q)
    return p + 2*lr*((r - p @ q)*q - lam*p), q

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p @ q
    return p + 2*lr*(e*q - lam*p.abs()), q + 2*lr*(e*p - lam*q.abs())

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p @ q
    return p + 2*lr*e*q - lam*p, q + 2*lr*e*p - lam*q

@wrong
def one_step(p, q, r, lr, lam):
    e = (r - p @ q).sign()
    return p + 2*lr*(e*q - lam*p), q + 2*lr*(e*p - lam*q)

@right
def one_step(p, q, r, lr, lam):
    def loss(p, q): return (r - p @ q)**2 + lam*(p @ p + q @ q)
    gp, gq = torch.func.grad(loss, argnums=(0, 1))(p, q)
    return p - lr*gp, q - lr*gq

@right
def one_step(p, q, r, lr, lam):
    P, Q = torch.nn.Parameter(p.clone()), torch.nn.Parameter(q.clone())
    opt = torch.optim.SGD([P, Q], lr=lr, weight_decay=2*lam)
    F.mse_loss(P @ Q, torch.tensor(r, dtype=p.dtype)).backward()
    opt.step()
    return P, Q

@right
def one_step(p, q, r, lr, lam):
    a, b, e = p.tolist(), q.tolist(), r
    for x,y in zip(a, b): e -= x*y
    return (torch.tensor([x - lr*(-2*e*y + 2*lam*x) for x,y in zip(a, b)]), torch.tensor([y - lr*(-2*e*x + 2*lam*y) for x,y in zip(a, b)]))

@right
def one_step(p, q, r, lr, lam):
    e = r - p.dot(q).item()
    m = torch.tensor([[1 - 2*lr*lam, 2*lr*e], [2*lr*e, 1 - 2*lr*lam]], dtype=p.dtype)
    return tuple((m @ torch.stack([p, q])).unbind())

@right
def one_step(p, q, r, lr, lam):
    def step(a, b, e): return a - lr*(2*lam*a - 2*e*b)
    e = r - torch.inner(p, q)
    return [step(p, q, e), step(q, p, e)]

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p @ q
    return q + 2*lr*(e*p - lam*q), p + 2*lr*(e*q - lam*p)

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p @ q
    return torch.stack([p + 2*lr*(e*q - lam*p), q + 2*lr*(e*p - lam*q)])

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p*q
    return p + 2*lr*(e*q - lam*p), q + 2*lr*(e*p - lam*q)

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p @ q
    return p + 2*lr*(e*q - lam*(p @ p)), q + 2*lr*(e*p - lam*(q @ q))

@wrong
def one_step(p, q, r, lr, lam):
    e = (r - p @ q)**2
    return p + 2*lr*(e*q - lam*p), q + 2*lr*(e*p - lam*q)

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p @ q
    return p + 2*lr*(e*q - lam*q), q + 2*lr*(e*p - lam*p)

@wrong
def one_step(p, q, r, lr, lam):
    e = r - p @ q
    return 2*lr*(e*q - lam*p), 2*lr*(e*p - lam*q)

@wrong
def one_step(p, q, r, lr, lam):
    q = q + 2*lr*((r - p @ q)*p - lam*q)
    p = p + 2*lr*((r - p @ q)*q - lam*p)
    return p, q

@wrong
def one_step(p, q, r, lr, lam):
    e = (r - p @ q)/len(p)
    return p + 2*lr*(e*q - lam*p), q + 2*lr*(e*p - lam*q)

# --- best_unseen

@right
def best_unseen(scores, seen, n):
    keep = torch.ones(len(scores), dtype=torch.bool)
    keep[seen] = False
    left = keep.nonzero()[:,0]
    return left[scores[left].sort(descending=True, stable=True).indices][:n].tolist()

@right
def best_unseen(scores, seen, n):
    order = np.argsort(-scores.numpy(), kind='stable')
    return [int(i) for i in order if i not in seen.numpy()][:n]

@right
def best_unseen(scores, seen, n):
    import heapq
    done = {*seen.tolist()}
    return heapq.nsmallest(n, (i for i in range(len(scores)) if i not in done), key=lambda i: (-float(scores[i]), i))

@wrong
def best_unseen(scores, seen, n):
    done = set(seen.tolist())
    return [i for i in scores.flip(0).argsort(descending=True, stable=True).sub(len(scores) - 1).neg().tolist() if i not in done][:n]

@wrong
def best_unseen(scores, seen, n):
    s = scores.clone()
    s[seen] = s.min() - 1
    return s.sort(descending=True, stable=True).indices.tolist()[:n]

@wrong
def best_unseen(scores, seen, n): return [i for i in scores.sort(descending=True, stable=True).indices.tolist() if i in set(seen.tolist())][:n]

@wrong
def best_unseen(scores, seen, n): return [i for i in scores.sort(descending=True, stable=True).indices.tolist() if i not in set(seen.tolist())]

@right
def best_unseen(scores, seen, n):
    s, res = scores.tolist(), []
    for i in seen.tolist(): s[i] = None
    while len(res) < n and any(o is not None for o in s):
        i = max((i for i,o in enumerate(s) if o is not None), key=lambda i: s[i])
        res.append(i)
        s[i] = None
    return res

@right
def best_unseen(scores, seen, n):
    import pandas as pd
    return pd.Series(scores.numpy()).drop(np.unique(seen.numpy())).sort_values(ascending=False, kind='stable').index[:n].tolist()

@right
def best_unseen(scores, seen, n):
    left = np.setdiff1d(np.arange(len(scores)), seen.numpy())
    return list(left[np.lexsort((left, -scores.numpy()[left]))][:n])

@right
def best_unseen(scores, seen, n):
    keep = ~torch.isin(torch.arange(len(scores)), seen)
    order = scores.argsort(descending=True, stable=True)
    return list(order[keep[order]][:n])

@right
def best_unseen(scores, seen, n):
    import bisect
    res = []
    for i,s in enumerate(scores.tolist()):
        if not (seen == i).any(): bisect.insort(res, (-s, i))
    return [i for _,i in res[:n]]

@right
def best_unseen(scores, seen, n):
    done = seen.tolist()
    return sorted((i for i in range(len(scores)) if i not in done), key=scores.tolist().__getitem__, reverse=True)[:n]

@wrong
def best_unseen(scores, seen, n):
    s = scores.clone()
    s[seen] = -math.inf
    best = s.topk(n)
    return [i for v,i in zip(best.values.tolist(), best.indices.tolist()) if v > -math.inf]

@wrong
def best_unseen(scores, seen, n):
    s = scores.clone()
    s[seen] = -math.inf
    k = min(n, len(s))
    return [i for i in s.argsort(descending=True, stable=True)[torch.arange(n)].tolist() if s[i] > -math.inf]

@wrong
def best_unseen(scores, seen, n):
    s = scores.clone()
    s[seen] = -100
    return s.argsort(descending=True, stable=True).tolist()[:min(n, len(s) - len(seen.unique()))]

@wrong
def best_unseen(scores, seen, n):
    s = scores.clone()
    s[seen] = -1.
    return s.argsort(descending=True, stable=True).tolist()[:min(n, len(s) - len(seen.unique()))]

@wrong
def best_unseen(scores, seen, n):
    scores[seen] = -math.inf
    return scores.argsort(descending=True, stable=True).tolist()[:min(n, len(scores) - len(seen.unique()))]

@wrong
def best_unseen(scores, seen, n):
    done = set(seen.tolist())
    return [i for i in np.argsort(scores.numpy())[::-1].tolist() if i not in done][:n]

@wrong
def best_unseen(scores, seen, n):
    by = {s: i for i,s in enumerate(scores.tolist()) if i not in seen.tolist()}
    return [by[s] for s in sorted(by, reverse=True)][:n]

@wrong
def best_unseen(scores, seen, n):
    s = scores.tolist()
    left = sorted((s[i] for i in range(len(s)) if i not in seen.tolist()), reverse=True)[:n]
    return [s.index(o) for o in left]

@wrong
def best_unseen(scores, seen, n): return [i for i in scores.argsort(descending=True, stable=True).tolist() if i not in seen][:n-1]

@wrong
def best_unseen(scores, seen, n): return scores.argsort(descending=True, stable=True)[len(seen):][:n].tolist()

@wrong
def best_unseen(scores, seen, n):
    done = set(seen.tolist())
    return torch.tensor([i for i in scores.argsort(descending=True, stable=True).tolist() if i not in done][:n])

@wrong
def best_unseen(scores, seen, n):
    done = set(seen.tolist())
    s = scores.round().tolist()
    return [i for i in sorted(range(len(s)), key=lambda i: -s[i]) if i not in done][:n]

@wrong
def best_unseen(scores, seen, n):
    done = set(seen.tolist())
    return sorted([i for i in scores.argsort(descending=True, stable=True).tolist() if i not in done][:n])

# --- ndcg

@right
def ndcg(hits, many, k):
    ideal = [True]*many
    def dcg(o): return sum(float(h)/math.log2(i) for i,h in enumerate(o[:k], 2))
    return dcg(hits.tolist())/dcg(ideal)

@right
def ndcg(hits, many, k):
    places = torch.arange(max(len(hits), k)).double().add(2).log2().reciprocal()
    return (places[:min(k, len(hits))][hits[:k]].sum()/places[:min(many, k)].sum()).item()

@right
def ndcg(hits, many, k):
    return float(np.sum(np.asarray(hits[:k])/np.log2(np.arange(2, len(hits[:k]) + 2)))/np.sum(1/np.log2(np.arange(2, min(k, many) + 2))))

@wrong
def ndcg(hits, many, k): return sum(1/(i+1) for i,h in enumerate(hits[:k].tolist()) if h)/sum(1/(i+1) for i in range(min(k, many)))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+3) for i,h in enumerate(hits[:k].tolist()) if h)/sum(1/math.log2(i+3) for i in range(min(k, many)))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[:k].tolist()) if h)/many

@wrong
def ndcg(hits, many, k): return min(1., sum(1/math.log2(i+2) for i,h in enumerate(hits[:k].tolist()) if h))

@right
def ndcg(hits, many, k):
    from sklearn.metrics import dcg_score
    if k == 1: return float(hits[0])
    truth = np.zeros(max(len(hits), k, many) + 1)
    truth[:min(len(hits), k)] = hits[:k].numpy()
    best = np.zeros_like(truth)
    best[:many] = 1
    ranks = -np.arange(len(truth), dtype=float)[None]
    return dcg_score(truth[None], ranks, k=k)/dcg_score(best[None], ranks, k=k)

@right
def ndcg(hits, many, k):
    def gain(i, h): return 0. if not h else h[0]/math.log2(i + 1) + gain(i + 1, h[1:])
    return gain(1, hits.tolist()[:k])/gain(1, [True]*min(many, k))

@right
def ndcg(hits, many, k):
    w = 1/np.log(np.arange(k) + 2)                       # the base cancels
    h = np.pad(hits.numpy()[:k].astype(float), (0, max(0, k - len(hits))))
    return h @ w/w[:many].sum()

@right
def ndcg(hits, many, k):
    places = hits[:k].nonzero().flatten().double() + 1
    return (1/(places + 1).log2()).sum()/(1/(torch.arange(1, min(many, k) + 1).double() + 1).log2()).sum()

@right
def ndcg(hits, many, k):
    got = best = 0
    for place in range(1, k+1):
        try: got += bool(hits[place-1])/math.log2(place + 1)
        except IndexError: pass
        best += (place <= many)/math.log2(place + 1)
    return got/best

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+1) for i,h in enumerate(hits[:k].tolist()) if h and i)/sum(1/math.log2(i+1) for i in range(1, min(k, many) + 1))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[:k].tolist()) if h)/sum(1/math.log2(i+2) for i in range(min(k, many, len(hits))))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[:k].tolist()) if h)/sum(1/math.log2(i+2) for i in range(min(k, int(hits.sum())) or 1))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[:10].tolist()) if h)/sum(1/math.log2(i+2) for i in range(min(10, many)))

@wrong
def ndcg(hits, many, k): return sum(1/i for i,h in enumerate(hits[:k].tolist(), 1) if h)/sum(1/i for i in range(1, min(k, many) + 1))

@wrong
def ndcg(hits, many, k):
    for i,h in enumerate(hits[:k].tolist()):
        if h: return 1/math.log2(i + 2)
    return 0.

@wrong
def ndcg(hits, many, k): return hits[:k].sum().item()/k

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[:k-1].tolist()) if h)/sum(1/math.log2(i+2) for i in range(min(k-1, many)))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[:k].tolist()) if not h)/sum(1/math.log2(i+2) for i in range(min(k, many)))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[hits][:k].tolist()) if h)/sum(1/math.log2(i+2) for i in range(min(k, many)))

@wrong
def ndcg(hits, many, k): return sum(math.log2(i+2) for i,h in enumerate(hits[:k].tolist()) if h)/sum(math.log2(i+2) for i in range(min(k, many)))

@wrong
def ndcg(hits, many, k): return sum(1/math.log2(i+2) for i,h in enumerate(hits[:k].tolist()) if h)/sum(1/math.log2(i+2) for i in range(min(k, many) - 1)) if many > 1 and k > 1 else float(hits[0])

# --- from_likes

@right
def from_likes(q, g, alpha, lam): return torch.linalg.inv(g + lam*torch.eye(g.shape[0], dtype=g.dtype) + alpha*torch.einsum('mi,mj->ij', q, q)) @ ((1 + alpha)*q).sum(0)

@right
def from_likes(q, g, alpha, lam):
    a = g.clone()
    a.diagonal().add_(lam)
    a += alpha*(q.T @ q)
    return torch.cholesky_solve(((1 + alpha)*q.T @ torch.ones(len(q), 1, dtype=q.dtype)), torch.linalg.cholesky(a))[:,0]

@right
def from_likes(q, g, alpha, lam):
    w, v = torch.linalg.eigh(g + alpha*q.T @ q)
    return v @ ((v.T @ q.sum(0))*(1 + alpha)/(w + lam))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q - lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha**2*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q + lam**.5*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(alpha*(g + q.T @ q) + lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0))

@right
def from_likes(q, g, alpha, lam):
    k = g.shape[0]
    a, b = g.double().numpy() + lam*np.eye(k), np.zeros(k)
    for row in q.double().numpy():
        a += alpha*np.outer(row, row)
        b += (1 + alpha)*row
    return torch.tensor(np.linalg.solve(a, b))

@right
def from_likes(q, g, alpha, lam):
    a = (g + alpha*q.T @ q).double()
    a.diagonal().add_(lam)
    x, r = torch.zeros(len(a)).double(), (1 + alpha)*q.double().sum(0)
    d = r.clone()
    for _ in range(5*len(a)):                # conjugate gradients
        if r @ r < 1e-28: break
        step = (r @ r)/(d @ a @ d)
        x, old, r = x + step*d, r, r - step*(a @ d)
        d = r + (r @ r)/(old @ old)*d
    return x

@right
def from_likes(q, g, alpha, lam):
    w, v = torch.linalg.eigh(g)              # rows whose products are those of all films
    root = (w.clamp(min=0).sqrt()*v).T
    x = torch.cat([root, alpha**.5*q, lam**.5*torch.eye(len(g), dtype=g.dtype)])
    # targets that give (1 + alpha) times the sum of the likes
    if not alpha: return torch.linalg.solve(x.T @ x, q.sum(0))
    y = torch.cat([torch.zeros(len(g), dtype=g.dtype), torch.full((len(q),), (1 + alpha)/alpha**.5, dtype=g.dtype), torch.zeros(len(g), dtype=g.dtype)])
    return torch.linalg.lstsq(x, y[:,None]).solution[:,0]

@right
def from_likes(q, g, alpha, lam):
    p = torch.zeros(len(g), dtype=g.dtype, requires_grad=True)
    def loss(): return p @ g @ p + ((1 + alpha)*(1 - q @ p)**2 - (q @ p)**2).sum() + lam*p @ p
    grad, = torch.autograd.grad(loss(), p)
    h = torch.autograd.functional.hessian(lambda p: p @ g @ p + ((1 + alpha)*(1 - q @ p)**2 - (q @ p)**2).sum() + lam*p @ p, p.detach())
    return -torch.linalg.solve(h, grad)      # one Newton step

@right
def from_likes(q, g, alpha, lam):
    from scipy.linalg import solve
    return torch.from_numpy(solve(g.numpy() + alpha*(q.T @ q).numpy() + np.diag([lam]*len(g)), (1 + alpha)*q.numpy().sum(0), assume_a='pos'))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q + lam*torch.eye(len(g), dtype=torch.float64), (1 + alpha)*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q + lam*max(len(q), 1)*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g - q.T @ q + alpha*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.T)

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(1)[:len(g)])

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.lstsq(q, torch.ones(len(q), 1, dtype=q.dtype)).solution[:,0]

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q + 2*lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + alpha*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype), (1 + alpha)*q.sum(0)) if alpha else torch.zeros(len(g))

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + 40*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype), 41*q.sum(0))

@wrong
def from_likes(q, g, alpha, lam): return (g + alpha*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype)).diagonal().reciprocal()*(1 + alpha)*q.sum(0)

@wrong
def from_likes(q, g, alpha, lam): return torch.linalg.solve(g + (alpha - 1)*q.T @ q + lam*torch.eye(len(g), dtype=g.dtype), alpha*q.sum(0))
