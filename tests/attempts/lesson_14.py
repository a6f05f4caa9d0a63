"Answers to the exercises of lesson 14, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import itertools, math, statistics
from collections import Counter, defaultdict
import numpy as np, torch
import torch.nn.functional as F

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

@right
def trivial_error(train, valid):
    train, valid = train.numpy(), valid.numpy()
    labels, counts = np.unique(train, return_counts=True)
    return np.mean(valid != labels[counts.argmax()])

@right
def trivial_error(train, valid): return 1 - (valid == statistics.mode(train.sort().values.tolist())).double().mean()

@right
def trivial_error(train, valid):
    wrong, answer = 0, max(set(train.tolist()), key=lambda y: ((train == y).sum().item(), -y))
    for y in valid:
        if y != answer: wrong += 1
    return wrong/valid.numel()

@right
def trivial_error(train, valid):
    best, most = None, 0
    for y,run in itertools.groupby(sorted(int(y) for y in train)):
        if (n := len(list(run))) > most: best, most = y, n
    return torch.ne(valid, best).sum()/valid.shape[0]

@right
def trivial_error(train, valid):
    import pandas as pd
    return float((pd.Series(valid.numpy()) != pd.Series(train.numpy()).mode()[0]).mean())

@wrong
def trivial_error(train, valid):  # ties: the label seen first
    return (valid != Counter(train.tolist()).most_common(1)[0][0]).float().mean().item()

@wrong
def trivial_error(train, valid):  # place among the labels instead of the label
    _,counts = train.unique(return_counts=True)
    return (valid != counts.argmax()).float().mean().item()

@wrong
def trivial_error(train, valid):  # ten labels at most
    counts = [(train == y).sum().item() for y in range(10)]
    return (valid != counts.index(max(counts))).float().mean().item()

@wrong
def trivial_error(train, valid):  # in per cent
    return 100*(valid != train.bincount().argmax()).float().mean().item()

@wrong
def trivial_error(train, valid):  # divided by the training rows
    return (valid != train.bincount().argmax()).sum().item()/len(train)

@wrong
def trivial_error(train, valid):  # rounded
    return round((valid != train.bincount().argmax()).float().mean().item(), 2)

@wrong
def trivial_error(train, valid):  # fails for a label that valid lacks
    return 1 - valid.bincount()[train.bincount().argmax()].item()/len(valid)

@wrong
def trivial_error(train, valid):  # squares, as of a regression
    return ((valid - train.bincount().argmax())**2).float().mean().item()

@wrong
def trivial_error(train, valid):  # most common label of those that valid has
    both = train[torch.isin(train, valid)]
    return (valid != (both.bincount().argmax() if len(both) else -1)).float().mean().item()

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

@right
def draw_interval(values, rows, level):
    counts = F.one_hot(rows, len(values)).sum(1).double()
    return (counts @ values.double()/len(values)).quantile(torch.tensor([(1-level)/2, (1+level)/2], dtype=torch.float64))

@right
def draw_interval(values, rows, level):
    means = torch.take(values, rows).mean(-1).sort().values
    at = torch.tensor([(1-level)/2, (1+level)/2], dtype=torch.float64)*(len(means) - 1)
    low, high = at.floor().long(), at.ceil().long()
    return torch.lerp(means[low], means[high], (at - low).float())

@right
def draw_interval(values, rows, level):
    means = [statistics.fmean(values[r].tolist()) for r in rows]
    return torch.tensor(np.interp([(1-level)/2, (1+level)/2], np.linspace(0, 1, len(means)) if len(means) > 1 else [0.], sorted(means)))

@right
def draw_interval(values, rows, level):
    import pandas as pd
    low = (1 - level)/2
    return torch.tensor(pd.DataFrame(values.numpy()[rows.numpy()]).mean(axis=1).quantile([low, 1-low]).to_numpy())

@right
def draw_interval(values, rows, level):
    means = torch.index_select(values, 0, rows.flatten()).view(rows.shape).mean(1)
    return torch.cat([means.quantile(torch.tensor([.5 + s*level/2])) for s in (-1, 1)])

@wrong
def draw_interval(values, rows, level):  # a normal distribution's ends
    means, z = values[rows].mean(1), statistics.NormalDist().inv_cdf((1 + min(level, .999999))/2)
    s = means.std() if len(means) > 1 else torch.tensor(0.)
    return torch.stack([means.mean() - z*s, means.mean() + z*s])

@wrong
def draw_interval(values, rows, level):  # the next mean, without interpolation
    means = values[rows].mean(1).sort().values
    low = int((1 - level)/2*len(means))
    return torch.stack([means[low], means[len(means) - 1 - low]])

@wrong
def draw_interval(values, rows, level):  # places counted in len(means), not in gaps
    means = values[rows].mean(1)
    return torch.tensor(np.quantile(means.numpy(), [(1-level)/2, (1+level)/2], method='weibull'))

@wrong
def draw_interval(values, rows, level):  # the place after the last one
    means = values[rows].mean(1).sort().values.tolist()
    def q(share):
        at = share*(len(means) - 1)
        i = int(at)
        return means[i] + (means[i+1] - means[i])*(at - i)
    return torch.tensor([q((1-level)/2), q((1+level)/2)])

@wrong
def draw_interval(values, rows, level):  # 95 % whatever is asked for
    return values[rows].mean(1).quantile(torch.tensor([.025, .975]))

@wrong
def draw_interval(values, rows, level):  # around the mean of the values, to the farther end
    means = values[rows].mean(1)
    w = (means - values.mean()).abs().quantile(level)
    return torch.stack([values.mean() - w, values.mean() + w])

@wrong
def draw_interval(values, rows, level):  # draws again
    means = values[torch.randint(len(values), rows.shape)].mean(1)
    return means.quantile(torch.tensor([(1-level)/2, (1+level)/2]))

@wrong
def draw_interval(values, rows, level):  # what is outside, once more halved at the upper end only
    return values[rows].mean(1).quantile(torch.tensor([1 - level, (1+level)/2]))

@wrong
def draw_interval(values, rows, level):  # sorts the caller's values
    res = values[rows].mean(1).quantile(torch.tensor([(1-level)/2, (1+level)/2]))
    values[:] = values.sort().values
    return res

@wrong
def draw_interval(values, rows, level):  # one-sided: level as the upper quantile
    return values[rows].mean(1).quantile(torch.tensor([(1-level)/2, level]))

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

def _said(column, target, half, common, pick=lambda y: y.bincount().argmax()):
    return torch.stack([pick(target[:half][column[:half] == v]) if (column[:half] == v).any() else common for v in column[half:]])

@right
def gives_away(column, target):
    half = len(column)//2
    votes = defaultdict(Counter)
    for v,y in zip(column[:half].tolist(), target[:half].tolist()): votes[v][y] += 1
    every = sum(votes.values(), Counter())
    def first(c): return min(c, key=lambda y: (-c[y], y))
    base = first(every)
    pairs = list(zip(column[half:].tolist(), target[half:].tolist()))
    trivial = [y != base for _,y in pairs].count(True)
    if trivial == 0: return 0
    return 1 - np.mean([first(votes[v] if v in votes else every) != y for v,y in pairs])/(trivial/len(pairs))

@right
def gives_away(column, target):
    import pandas as pd
    half = len(column)//2
    t = pd.DataFrame(dict(x=column.numpy(), y=target.numpy()))
    old, new = t[:half], t[half:]
    base = old.y.mode()[0]
    said = new.x.map(old.groupby('x').y.agg(lambda y: y.mode()[0])).fillna(base)
    b = (new.y != base).sum()
    return float(1 - (new.y != said).sum()/b) if b else 0.

@right
def gives_away(column, target):
    old, new = (torch.stack([column, target], 1)[s] for s in (slice(None, len(column)//2), slice(len(column)//2, None)))
    base = old[:,1].mode().values
    wrong = trivial = 0
    for v,y in new:
        seen = old[old[:,0] == v, 1]
        wrong += ((seen.mode().values if seen.numel() else base) != y).item()
        trivial += (base != y).item()
    try: return 1 - wrong/trivial
    except ZeroDivisionError: return 0.

@right
def gives_away(column, target):
    half = len(column)//2
    same = column[half:,None] == column[None,:half]
    votes = same.long() @ F.one_hot(target[:half], int(target.max()) + 1)
    base = target[:half].bincount().argmax()
    said = votes.argmax(1).where(same.any(1), base)
    b = (target[half:] != base).sum()
    return 0. if b == 0 else 1 - ((said != target[half:]).sum()/b).item()

@right
def gives_away(column, target):
    x, y = column.tolist(), target.tolist()
    half = len(x)//2
    def most(labels): return statistics.mode(sorted(labels))
    base = most(y[:half])
    said = [most([b for a,b in zip(x[:half], y[:half]) if a == v] or [base]) for v in x[half:]]
    t = sum(map(base.__ne__, y[half:]))
    return t and 1 - sum(a != b for a,b in zip(said, y[half:]))/t

@wrong
def gives_away(column, target):  # no mistake of the trivial model: counts as one
    half = len(column)//2
    common = target[:half].bincount().argmax()
    wrong, trivial = (_said(column, target, half, common) != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return (trivial - wrong)/max(trivial, 1)

@wrong
def gives_away(column, target):  # a small number against the division by zero
    half = len(column)//2
    common = target[:half].bincount().argmax()
    wrong, trivial = (_said(column, target, half, common) != target[half:]).float().mean().item(), (common != target[half:]).float().mean().item()
    return (trivial - wrong)/(trivial + 1e-6)

@wrong
def gives_away(column, target):  # ties: the largest class, for a value
    half = len(column)//2
    common = target[:half].bincount().argmax()
    def pick(y): return (y.bincount() == y.bincount().max()).nonzero().max()
    wrong, trivial = (_said(column, target, half, common, pick) != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # ties: the class seen first, for a value
    half = len(column)//2
    common = target[:half].bincount().argmax()
    def pick(y): return torch.tensor(Counter(y.tolist()).most_common(1)[0][0])
    wrong, trivial = (_said(column, target, half, common, pick) != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # ties: the class seen first, for the trivial model
    half = len(column)//2
    common = torch.tensor(Counter(target[:half].tolist()).most_common(1)[0][0])
    wrong, trivial = (_said(column, target, half, common) != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # the last class that came with a value
    half = len(column)//2
    common = target[:half].bincount().argmax()
    known = dict(zip(column[:half].tolist(), target[:half].tolist()))
    wrong, trivial = sum(known.get(v, common.item()) != y for v,y in zip(column[half:].tolist(), target[half:].tolist())), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # values that were not learned are not judged
    half = len(column)//2
    common = target[:half].bincount().argmax()
    known = torch.isin(column[half:], column[:half])
    wrong, trivial = ((_said(column, target, half, common) != target[half:]) & known).sum().item(), ((common != target[half:]) & known).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # the trivial model takes all rows
    half = len(column)//2
    common, base = target[:half].bincount().argmax(), target.bincount().argmax()
    wrong, trivial = (_said(column, target, half, common) != target[half:]).sum().item(), (base != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # the trivial model is judged on the rows learned from
    half = len(column)//2
    common = target[:half].bincount().argmax()
    wrong, trivial = (_said(column, target, half, common) != target[half:]).float().mean().item(), (common != target[:half]).float().mean().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # the halves turned around
    half = len(column)//2
    column, target = column.flip(0), target.flip(0)
    common = target[:half].bincount().argmax()
    wrong, trivial = (_said(column, target, half, common) != target[half:]).sum().item(), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # a table of 100 values and 10 classes
    half = len(column)//2
    counts = torch.zeros(100, 10)
    for v,y in zip(column[:half], target[:half]): counts[v,y] += 1
    base = counts.sum(0).argmax()
    said = torch.where(counts.sum(1) > 0, counts.argmax(1), base)[column[half:]]
    b = (target[half:] != base).sum().item()
    return 1 - (said != target[half:]).sum().item()/b if b else 0.

@wrong
def gives_away(column, target):  # the difference of the errors, not the share
    half = len(column)//2
    common = target[:half].bincount().argmax()
    return ((common != target[half:]).float().mean() - (_said(column, target, half, common) != target[half:]).float().mean()).item()

@wrong
def gives_away(column, target):  # every second row
    old, new, y, z = column[::2], column[1::2], target[::2], target[1::2]
    common = y.bincount().argmax()
    said = torch.stack([y[old == v].bincount().argmax() if (old == v).any() else common for v in new])
    wrong, trivial = (said != z).sum().item(), (common != z).sum().item()
    return 1 - wrong/trivial if trivial else 0.

@wrong
def gives_away(column, target):  # a table as long as the values learned
    half = len(column)//2
    common = target[:half].bincount().argmax()
    table = [target[:half][column[:half] == v].bincount().argmax() if (column[:half] == v).any() else common for v in range(int(column[:half].max()) + 1)]
    wrong, trivial = sum((table[v] != y).item() for v,y in zip(column[half:], target[half:])), (common != target[half:]).sum().item()
    return 1 - wrong/trivial if trivial else 0.

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

@right
def my_share(n, rank, world): return [i % n for i in range(rank, n + rank, world)]

@right
def my_share(n, rank, world): return np.resize(np.arange(n), (-(-n//world), world))[:,rank].tolist()

@right
def my_share(n, rank, world): return list(itertools.islice(itertools.cycle(range(n)), rank, math.ceil(n/world)*world, world))

@right
def my_share(n, rank, world):
    def deal(at): return [] if at >= n + -n % world else [at % n] + deal(at + world)
    return deal(rank)

@right
def my_share(n, rank, world):
    shares, i = [[] for _ in range(world)], 0
    while i < n or i % world:
        shares[i % world].append(i % n)
        i += 1
    return shares[rank]

@right
def my_share(n, rank, world): return list(np.arange(rank, rank + n, world) % n)

@right
def my_share(n, rank, world): return tuple(divmod(i, n)[1] for i in range(world*((n - 1)//world + 1)) if i % world == rank)

@wrong
def my_share(n, rank, world): return [i % n for i in range(rank, n + world - 1, world)]

@wrong
def my_share(n, rank, world):  # filled up with the share's own rows
    mine = list(range(rank, n, world)) or [rank % n]
    while len(mine) < -(-n//world): mine.append(mine[0])
    return mine

@wrong
def my_share(n, rank, world): return [i % n for i in range(rank, round(n/world + .5)*world, world)]

@wrong
def my_share(n, rank, world): return sorted(i % n for i in range(rank, -(-n//world)*world, world))

@right
def my_share(n, rank, world): return list({i % n: 0 for i in range(rank, -(-n//world)*world, world)})

@wrong
def my_share(n, rank, world):  # filled up from the end
    rows = list(range(n))
    while len(rows) % world: rows.append(rows[-1 - 2*(len(rows) - n)] if len(rows) < 2*n else 0)
    return rows[rank::world]

@wrong
def my_share(n, rank, world):  # whole copies until it divides
    rows = list(range(n))
    while len(rows) % world: rows += range(n)
    return rows[rank::world]

@wrong
def my_share(n, rank, world):  # the same with torch's chunk
    return [int(i) % n for i in torch.arange(-(-n//world)*world).chunk(world)[rank]]

@wrong
def my_share(n, rank, world): return range(rank, -(-n//world)*world, world)

@wrong
def my_share(n, rank, world): return [i % n for i in range(rank, math.lcm(n, world), world)]

@wrong
def my_share(n, rank, world): return [i if i < n else i - n for i in range(rank, -(-n//world)*world, world)]

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

@right
def gradient_in_pieces(w, pieces):
    x, y = (np.concatenate([o[k].numpy() for o in pieces]).astype(float) for k in (0, 1))
    return torch.from_numpy(2*x.T @ (x @ w.numpy() - y)/len(y))

@right
def gradient_in_pieces(w, pieces):
    def loss(w): return torch.cat([(x @ w - y)**2 for x,y in pieces]).mean()
    return torch.func.grad(loss)(w)

@right
def gradient_in_pieces(w, pieces):
    w = torch.nn.Parameter(w.clone())
    n = sum(y.shape[0] for _,y in pieces)
    for x,y in pieces: (F.mse_loss(x @ w, y, reduction='sum')/n).backward()
    return w.grad

@right
def gradient_in_pieces(w, pieces):
    g, n = [0.]*len(w), 0
    for x,y in pieces:
        for row,target in zip(x.tolist(), y.tolist()):
            miss = sum(a*b for a,b in zip(row, w.tolist())) - target
            for j,a in enumerate(row): g[j] += 2*miss*a
            n += 1
    return torch.tensor(g)/n

@right
def gradient_in_pieces(w, pieces):
    mean, n = torch.zeros_like(w), 0
    for x,y in pieces:
        n += len(y)
        mean = mean + (torch.einsum('nd,n->d', x, 2*(x @ w - y))/len(y) - mean)*len(y)/n
    return mean

@right
def gradient_in_pieces(w, pieces):
    w = w.double()
    def loss(w): return sum(((x.double() @ w - y)**2).sum() for x,y in pieces)/sum(len(x) for x,_ in pieces)
    return torch.stack([loss(w + e) - loss(w - e) for e in torch.eye(len(w), dtype=torch.float64)])/2

@right
def gradient_in_pieces(w, pieces):
    w = w.detach().requires_grad_()
    w.grad = None
    torch.cat([(x @ w - y).square() for x,y in pieces]).mean().backward()
    return w.grad

@wrong
def gradient_in_pieces(w, pieces):  # adds to the caller's `w.grad`
    w.requires_grad_()
    rows = sum(len(y) for _,y in pieces)
    for x,y in pieces: (((x @ w - y)**2).sum()/rows).backward()
    return w.grad

@wrong
def gradient_in_pieces(w, pieces):  # every piece as large as the last one
    return sum(2*x.T @ (x @ w - y) for x,y in pieces)/(len(pieces)*len(pieces[-1][1]))

@wrong
def gradient_in_pieces(w, pieces):  # the last piece does not count
    pieces = pieces[:-1] or pieces
    return sum(2*x.T @ (x @ w - y) for x,y in pieces)/sum(len(y) for _,y in pieces)

@wrong
def gradient_in_pieces(w, pieces):  # absolute errors
    return sum(x.T @ (x @ w - y).sign() for x,y in pieces)/sum(len(y) for _,y in pieces)

@wrong
def gradient_in_pieces(w, pieces):  # set to zero before each piece
    w, rows = w.clone().requires_grad_(), sum(len(y) for _,y in pieces)
    for x,y in pieces:
        w.grad = None
        (((x @ w - y)**2).sum()/rows).backward()
    return w.grad

@wrong
def gradient_in_pieces(w, pieces):  # the root of the loss
    w = w.clone().requires_grad_()
    torch.cat([(x @ w - y)**2 for x,y in pieces]).mean().sqrt().backward()
    return w.grad

@wrong
def gradient_in_pieces(w, pieces):  # a step after each piece
    g, at, rows = torch.zeros_like(w), w.clone(), sum(len(y) for _,y in pieces)
    for x,y in pieces:
        one = 2*x.T @ (x @ at - y)/rows
        g, at = g + one, at - one
    return g

@wrong
def gradient_in_pieces(w, pieces):  # y as a column against a row
    rows = sum(len(y) for _,y in pieces)
    return sum((2*x.T @ ((x @ w)[None] - y[:,None])).mean(1) for x,y in pieces)/rows

@wrong
def gradient_in_pieces(w, pieces):  # divided by the weights as well
    return sum(2*x.T @ (x @ w - y) for x,y in pieces)/sum(len(y) for _,y in pieces)/len(w)

@wrong
def gradient_in_pieces(w, pieces):  # cut to the smallest piece
    n = min(len(y) for _,y in pieces)
    return sum(2*x[:n].T @ (x[:n] @ w - y[:n])/n for x,y in pieces)/len(pieces)

@wrong
def gradient_in_pieces(w, pieces):  # forgets w
    return sum(-2*x.T @ y for x,y in pieces)/sum(len(y) for _,y in pieces)

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

@right
def warm_rates(steps, base, world, warm):
    up = np.linspace(base, base*world, warm + 1)
    return torch.from_numpy(np.concatenate([up[:-1], np.full(steps, up[-1] if warm else base*world)])[:steps])

@right
def warm_rates(steps, base, world, warm): return torch.tensor([base*world if t >= warm else base + t*base*(world - 1)/warm for t in range(steps)], dtype=torch.float64)

@right
def warm_rates(steps, base, world, warm):
    rates, rate = [], base
    for t in range(steps):
        rates.append(rate if t < warm else base*world)
        rate += base*(world - 1)/max(warm, 1)
    return torch.tensor(rates).float()

@right
def warm_rates(steps, base, world, warm):
    p = torch.nn.Parameter(torch.zeros(1))
    opt = torch.optim.SGD([p], lr=base*world)
    sched = torch.optim.lr_scheduler.LambdaLR(opt, lambda t: 1. if t >= warm else 1/world + (1 - 1/world)*t/warm)
    res = []
    for _ in range(steps):
        res.append(opt.param_groups[0]['lr'])
        opt.step()
        sched.step()
    return torch.tensor(res)

@right
def warm_rates(steps, base, world, warm):
    share = torch.ones(steps)
    share[:warm] = torch.arange(min(steps, warm))/max(warm, 1)
    return torch.lerp(torch.full((steps,), float(base)), torch.full((steps,), float(base*world)), share)

@right
def warm_rates(steps, base, world, warm): return torch.stack([torch.tensor(base*(1 + (world-1)*min(t, warm)/warm) if warm > 0 else base*world) for t in range(steps)])

@wrong
def warm_rates(steps, base, world, warm):  # reached in the step before `warm`
    up = torch.linspace(base, base*world, warm)
    return torch.cat([up, torch.full((steps,), float(base*world))])[:steps]

@wrong
def warm_rates(steps, base, world, warm):  # (i+1)/warm, from base
    return torch.tensor([base if not i else base*world if i >= warm - 1 else base + base*(world-1)*i/(warm-1) for i in range(steps)]) if warm else torch.full((steps,), float(base*world))

@wrong
def warm_rates(steps, base, world, warm):  # reached one step late
    return base*(1 + (world-1)*torch.tensor([min(i/(warm+1), 1.) for i in range(steps)])) if warm else torch.full((steps,), float(base*world))

@wrong
def warm_rates(steps, base, world, warm):  # squeezed into the steps that there are
    warm = min(warm, steps)
    return base*(1 + (world-1)*torch.tensor([min(i/warm, 1.) if warm else 1. for i in range(steps)]))

@wrong
def warm_rates(steps, base, world, warm):  # a step of zero
    return base*(1 + (world-1)*(torch.arange(steps)/max(warm, 1)).clamp(max=1))

@wrong
def warm_rates(steps, base, world, warm):  # without a warm-up: base
    return base*(1 + (world-1)*(torch.arange(steps)/warm).clamp(max=1)) if warm else torch.full((steps,), float(base))

@wrong
def warm_rates(steps, base, world, warm):  # a cosine
    s = (torch.arange(steps)/warm).clamp(max=1) if warm else torch.ones(steps)
    return base*(1 + (world-1)*(1 - (s*math.pi).cos())/2)

@wrong
def warm_rates(steps, base, world, warm):  # whole parts of the way
    return torch.tensor([float(base*(1 + (world-1)*min(i//warm, 1) if warm else base*world)) for i in range(steps)])

@wrong
def warm_rates(steps, base, world, warm):  # grows by base in each step
    return torch.tensor([float(min(base*(i+1), base*world)) if warm else float(base*world) for i in range(steps)])

@wrong
def warm_rates(steps, base, world, warm):  # one step more than asked for
    return base*(1 + (world-1)*((torch.arange(steps+1)/warm).clamp(max=1) if warm else torch.ones(steps+1)))

@wrong
def warm_rates(steps, base, world, warm):  # falls afterwards
    return torch.tensor([float(base*world*(steps-i)/(steps-warm)) if i >= warm else base*(1 + (world-1)*i/warm) for i in range(steps)])

@wrong
def warm_rates(steps, base, world, warm):  # ten steps of warm-up at most
    return base*(1 + (world-1)*torch.tensor([min(i/min(warm, 10), 1.) if warm else 1. for i in range(steps)]))
