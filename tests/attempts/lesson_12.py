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
