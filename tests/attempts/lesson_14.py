"Answers to the exercises of lesson 14, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
from collections import Counter
import numpy as np, torch

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- trivial_error

@right
def trivial_error(train, valid): return float((valid != train.mode().values).double().mean())

@right
def trivial_error(train, valid):
    counts = {}
    for y in sorted(train.tolist()): counts[y] = counts.get(y, 0) + 1
    best = max(counts, key=counts.get)
    return 1 - valid.tolist().count(best)/len(valid)

@right
def trivial_error(train, valid):
    answer = np.bincount(train.numpy()).argmax()
    return float(np.mean(valid.numpy() != answer))

@right
def trivial_error(train, valid):
    hits = (valid == torch.bincount(train, minlength=20).argmax())
    return (len(hits) - int(hits.sum()))/len(hits)

@wrong
def trivial_error(train, valid): return (valid != torch.cat([train, valid]).bincount().argmax()).float().mean().item()

@wrong
def trivial_error(train, valid): return 1 - train.bincount().max().item()/len(train)

@wrong
def trivial_error(train, valid): return (valid != train[0]).float().mean().item()

@wrong
def trivial_error(train, valid): return (valid != train.bincount().argmin()).float().mean().item()

@wrong
def trivial_error(train, valid): return (valid != train.bincount().max()).float().mean().item()

@wrong
def trivial_error(train, valid): return (valid != Counter(train.tolist()).most_common()[-1][0]).float().mean().item()

# --- draw_interval

@right
def draw_interval(values, rows, level):
    means = torch.gather(values.expand(len(rows), -1), 1, rows).mean(-1)
    return torch.quantile(means, torch.tensor([.5 - level/2, .5 + level/2]))

@right
def draw_interval(values, rows, level):
    means = sorted(sum(values[i].item() for i in r)/len(r) for r in rows)
    def q(share):
        at = share*(len(means) - 1)
        low, high = math.floor(at), math.ceil(at)
        return means[low] + (means[high] - means[low])*(at - low)
    return torch.tensor([q((1 - level)/2), q((1 + level)/2)])

@right
def draw_interval(values, rows, level): return torch.from_numpy(np.percentile(values.numpy()[rows.numpy()].mean(1), [50*(1-level), 50*(1+level)]).astype('float32'))

@wrong
def draw_interval(values, rows, level): return values[rows].mean(1).quantile(torch.tensor([0., level]))

@wrong
def draw_interval(values, rows, level): return values[rows].sum(1).quantile(torch.tensor([(1-level)/2, (1+level)/2]))

@wrong
def draw_interval(values, rows, level): return values[rows].median(1).values.quantile(torch.tensor([(1-level)/2, (1+level)/2]))

@wrong
def draw_interval(values, rows, level):
    means = values[rows].mean(1)
    return torch.stack([means.quantile((1-level)/2, interpolation='lower'), means.quantile((1+level)/2, interpolation='higher')])

@wrong
def draw_interval(values, rows, level):
    low, high = values[rows].mean(1).quantile(torch.tensor([(1-level)/2, (1+level)/2]))
    return 2*values.mean() - torch.stack([high, low])

@wrong
def draw_interval(values, rows, level): return values[rows.unique(dim=1)].mean(1).quantile(torch.tensor([.025, .975]))

# --- gives_away

@right
def gives_away(column, target):
    half = len(column)//2
    base = int(torch.bincount(target[:half]).argmax())
    wrong = trivial = 0
    for v,y in zip(column[half:].tolist(), target[half:].tolist()):
        seen = target[:half][column[:half] == v]
        answer = int(torch.bincount(seen).argmax()) if len(seen) else base
        wrong += answer != y
        trivial += base != y
    return (trivial - wrong)/trivial if trivial else 0.0

@right
def gives_away(column, target):
    half = len(target)//2
    x, y = column.numpy(), target.numpy()
    base = np.bincount(y[:half]).argmax()
    known = {v: np.bincount(y[:half][x[:half] == v]).argmax() for v in np.unique(x[:half])}
    said = np.array([known.get(v, base) for v in x[half:]])
    e, b = float(np.mean(said != y[half:])), float(np.mean(base != y[half:]))
    return 0. if b == 0 else 1 - e/b

@wrong
def gives_away(column, target):
    half = (len(column) + 1)//2
    common = target[:half].bincount().argmax()
    said = torch.stack([target[:half][column[:half] == v].bincount().argmax() if (column[:half] == v).any() else common for v in column[half:]])
    wrong, trivial = (said != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):
    half = len(column)//2
    common = target[:half].bincount().argmax()
    said = torch.stack([target[:half][column[:half] == v].bincount().argmax() if (column[:half] == v).any() else common for v in column[half:]])
    wrong, trivial = (said != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return max(0., 1 - wrong/trivial) if trivial else 0.

@wrong
def gives_away(column, target):
    half = len(column)//2
    common = target[:half].bincount().argmax()
    said = torch.stack([target[:half][column[:half] == v].bincount().argmax() if (column[:half] == v).any() else common for v in column[half:]])
    wrong, trivial = (said != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):
    half = len(column)//2
    common = target[:half].bincount().argmax()
    said = torch.stack([target[:half][column[:half] == v].bincount().argmax() if (column[:half] == v).any() else common for v in column[half:]])
    wrong, trivial = (said != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 1.

# --- my_share

@right
def my_share(n, rank, world):
    rows = list(range(n))*world
    return rows[:math.ceil(n/world)*world][rank::world]

@right
def my_share(n, rank, world):
    size = (n + world - 1)//world
    return [(rank + k*world) % n for k in range(size)]

@right
def my_share(n, rank, world):
    rows = torch.arange(math.ceil(n/world)*world) % n
    return rows.view(-1, world)[:,rank].tolist()

@wrong
def my_share(n, rank, world): return [i % n for i in range(rank, n + world, world)]

@wrong
def my_share(n, rank, world): return [i % n for i in range(rank, n + n % world, world)]

@wrong
def my_share(n, rank, world): return np.array_split(np.arange(n), world)[rank].tolist()

@wrong
def my_share(n, rank, world): return [i % n for i in range(rank + 1, -(-n//world)*world + 1, world)]

@wrong
def my_share(n, rank, world): return torch.tensor([i % n for i in range(rank, -(-n//world)*world, world)])

# --- gradient_in_pieces

@right
def gradient_in_pieces(w, pieces):
    n, total = 0, torch.zeros_like(w)
    for x,y in pieces:
        total += (2*(x @ w - y)[:,None]*x).mean(0)*len(y)
        n += len(y)
    return total/n

@right
def gradient_in_pieces(w, pieces):
    w = w.detach().clone().requires_grad_()
    loss = sum(((x @ w - y)**2).sum() for x,y in pieces)/sum(map(len, (y for _,y in pieces)))
    return torch.autograd.grad(loss, w)[0]

@right
def gradient_in_pieces(w, pieces):
    xx, xy = sum(x.T @ x for x,_ in pieces), sum(x.T @ y for x,y in pieces)
    return 2*(xx @ w - xy)/sum(x.shape[0] for x,_ in pieces)

@wrong
def gradient_in_pieces(w, pieces):
    x, y = pieces[0]
    return 2*x.T @ (x @ w - y)/len(y)

@wrong
def gradient_in_pieces(w, pieces): return sum(2*x.T @ (x @ w - y) for x,y in pieces)/sum(x.numel() for x,_ in pieces)

@wrong
def gradient_in_pieces(w, pieces):
    for x,y in pieces: w -= 2*x.T @ (x @ w - y)/len(y)
    return w

@wrong
def gradient_in_pieces(w, pieces): return sum(2*x.T @ (x @ w - y)/len(y)**2 for x,y in pieces)

# --- warm_rates

@right
def warm_rates(steps, base, world, warm):
    t = torch.arange(steps, dtype=torch.float32)
    return torch.minimum(base + base*(world - 1)*t/max(warm, 1e-9), torch.tensor(base*world)) if warm else torch.full((steps,), base*world, dtype=torch.float32)

@right
def warm_rates(steps, base, world, warm): return torch.tensor(np.interp(range(steps), [0, warm], [base, base*world]) if warm else [base*world]*steps, dtype=torch.float32)

@right
def warm_rates(steps, base, world, warm): return torch.tensor([float(base*(1 + (world - 1)*min(1, i/warm if warm else 1))) for i in range(steps)])

@right
def warm_rates(steps, base, world, warm):
    res = []
    for i in range(steps): res.append(base*world if i >= warm else base*(warm - i)/warm + base*world*i/warm)
    return torch.tensor(res, dtype=torch.float32)

@right
def warm_rates(steps, base, world, warm): return base*torch.where(torch.arange(steps) < warm, 1 + (world - 1)*torch.arange(steps)/(warm or 1), torch.tensor(float(world)))

@wrong
def warm_rates(steps, base, world, warm): return torch.linspace(base, base*world, steps)

@wrong
def warm_rates(steps, base, world, warm): return torch.tensor([base*world**min(1, i/warm) if warm else base*world for i in range(steps)], dtype=torch.float32)

@wrong
def warm_rates(steps, base, world, warm): return torch.tensor([base if i < warm else base*world for i in range(steps)], dtype=torch.float32)

@wrong
def warm_rates(steps, base, world, warm): return [base + base*(world - 1)*min(1, i/warm if warm else 1) for i in range(steps)]

@wrong
def warm_rates(steps, base, world, warm): return torch.tensor([base + world*min(1, i/warm if warm else 1) for i in range(steps)])
