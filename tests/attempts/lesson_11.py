"Answers to the exercises of lesson 11, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import bisect, math, statistics
from collections import Counter, defaultdict
import numpy as np, pandas as pd, torch, torch.nn.functional as F

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- codes

@right
def codes(values, known): return (pd.Index(known, dtype=object).get_indexer(pd.Series(values, dtype=object)) + 1).tolist()

@right
def codes(values, known):
    number = defaultdict(int, zip(known, range(1, len(known)+1)))
    return [number[v] for v in values]

@right
def codes(values, known):
    "NumPy numbers in a list"
    names = np.array(known, dtype=object)
    return [np.int64((names == v).argmax() + 1) if (names == v).any() else np.int64(0) for v in values]

@right
def codes(values, known):
    if not values: return []
    try: first = known.index(values[0]) + 1
    except ValueError: first = 0
    return [first, *codes_of_the_rest(values[1:], known)]

def codes_of_the_rest(values, known): return [next((i for i,name in enumerate(known, 1) if name == v), 0) for v in values]

@right
def codes(values, known):
    order = sorted(range(len(known)), key=known.__getitem__)
    names, res = [known[i] for i in order], []
    for v in values:
        at = len(names) if v is None else bisect.bisect_left(names, v)
        res.append(order[at] + 1 if at < len(names) and names[at] == v else 0)
    return res

@right
def codes(values, known): return list(map({None: 0, **{name: i for i,name in enumerate(known, start=1)}}.get, values, [0]*len(values)))

@wrong
def codes(values, known):
    "small and capital letters are the same"
    number = {name.lower(): i for i,name in enumerate(known, 1)}
    return [number.get(v.lower(), 0) if v is not None else 0 for v in values]

@wrong
def codes(values, known):
    "a missing name is the name None"
    number = {str(name): i for i,name in enumerate(known, 1)}
    return [number.get(str(v), 0) for v in values]

@wrong
def codes(values, known):
    "without the spaces"
    number = {name.strip(): i for i,name in enumerate(known, 1)}
    return [number.get((v or '').strip(), 0) for v in values]

@wrong
def codes(values, known): return [known.index(v)+1 if v and v in known else 0 for v in values]

@wrong
def codes(values, known):
    known.insert(0, None)
    return [known.index(v) if v in known else 0 for v in values]

@wrong
def codes(values, known): return torch.tensor([known.index(v)+1 if v in known else 0 for v in values])

@wrong
def codes(values, known): return [v in known and known.index(v)+1 for v in values]

@wrong
def codes(values, known): return [known.index(v)+1 for v in values if v is not None and v in known]

@wrong
def codes(values, known): return [{name: i+1 for i,name in enumerate(known)}[v] if v is not None else 0 for v in values]

@wrong
def codes(values, known): return [next((i for i,name in enumerate(known, 1) if v is not None and name.startswith(v)), 0) for v in values]

@wrong
def codes(values, known): return [known.index(v)+1 if v in known else -1 for v in values]

@wrong
def codes(values, known):
    "the set has its own order"
    number = {name: i for i,name in enumerate(set(known), 1)}
    return [number.get(v, 0) for v in values]

@wrong
def codes(values, known): return pd.Series(pd.Categorical(values, categories=known)).cat.codes.tolist()

@wrong
def codes(values, known):
    "missing names come last, as one more code"
    number = {name: i for i,name in enumerate([*known, None], 1)}
    return [number.get(v, 0) for v in values]

# --- fill

@right
def fill(x, train): return x.where(~x.isnan(), torch.tensor(np.nanmedian(train.numpy())).to(x.dtype)), x.isnan()

@right
def fill(x, train):
    s, m = train.sort().values, int((~train.isnan()).sum())
    return torch.where(torch.isnan(x), (s[(m-1)//2] + s[m//2])/2, x), torch.isnan(x)

@right
def fill(x, train):
    middle = statistics.median([v for v in train.tolist() if not math.isnan(v)])
    return torch.tensor([middle if math.isnan(v) else v for v in x.tolist()]), torch.tensor([math.isnan(v) for v in x.tolist()])

@right
def fill(x, train):
    column = pd.Series(x.double().numpy())
    return torch.from_numpy(column.fillna(pd.Series(train.double().numpy()).median()).to_numpy()), torch.from_numpy(column.isna().to_numpy())

@right
def fill(x, train):
    known = train[train == train]
    middle = (known.median() - (-known).median())/2
    return x.masked_fill(x != x, middle.item()), x != x

@right
def fill(x, train):
    "a heap of halves, by recursion"
    def inner(v): return sum(v)/len(v) if len(v) < 3 else inner(v[1:-1])
    gap = torch.isnan(x)
    res = x.clone()
    res.masked_scatter_(gap, torch.full((len(x),), inner(sorted(train[~train.isnan()].tolist()))))
    return [res, gap]

@wrong
def fill(x, train):
    "the median of the different values"
    return torch.where(x.isnan(), train[~train.isnan()].unique().quantile(.5), x), x.isnan()

@wrong
def fill(x, train):
    "zeros of the training rows count as gaps"
    known = train[train.nan_to_num(0) != 0]
    return torch.where(x.isnan(), known.quantile(.5), x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), train.nan_to_num(0).quantile(.5), x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), torch.cat([x, train]).nanquantile(.5), x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), x.nanmedian(), x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), x.nanquantile(.5), x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), train.quantile(.5), x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), train.median(), x), x.isnan()

@wrong
def fill(x, train):
    "the upper of the middle two"
    known = train[~train.isnan()].sort().values
    return torch.where(x.isnan(), known[len(known)//2], x), x.isnan()

@wrong
def fill(x, train):
    "the middle without sorting"
    known = train[~train.isnan()]
    return torch.where(x.isnan(), (known[(len(known)-1)//2] + known[len(known)//2])/2, x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), train.nanquantile(.5), x), x.isnan().float()

@wrong
def fill(x, train): return x.isnan(), torch.where(x.isnan(), train.nanquantile(.5), x)

@wrong
def fill(x, train): return torch.where(x.isnan(), train.nanquantile(.5), x)

@wrong
def fill(x, train):
    gap = x == float('nan')
    return torch.where(gap, train.nanquantile(.5), x), gap

@wrong
def fill(x, train):
    values = train.numpy()
    values.sort()
    m = int((~np.isnan(values)).sum())
    return torch.where(x.isnan(), float(values[(m-1)//2] + values[m//2])/2, x), x.isnan()

@wrong
def fill(x, train): return torch.where(x.isnan(), train[~train.isnan()].mode().values, x), x.isnan()

@wrong
def fill(x, train):
    "the half-way between the ends"
    known = train[~train.isnan()]
    return torch.where(x.isnan(), (known.min() + known.max())/2, x), x.isnan()

@wrong
def fill(x, train): return x.nan_to_num(train.nanquantile(.5).item()), train.isnan()

# --- last_days

@right
def last_days(day, k): return torch.from_numpy(np.isin(day.numpy(), np.unique(day.numpy())[-k:]))

@right
def last_days(day, k):
    held = torch.zeros(len(day), dtype=torch.bool)
    for _ in range(k): held |= day == day[~held].max()
    return held

@right
def last_days(day, k): return torch.tensor([len({o for o in day.tolist() if o > d}) < k for d in day.tolist()])

@right
def last_days(day, k): return torch.tensor((pd.Series(day.numpy()).rank(method='dense', ascending=False) <= k).to_numpy())

@right
def last_days(day, k): return ~(day[:,None] == day.unique()[:-k]).any(dim=1)

@right
def last_days(day, k):
    "recursion"
    newest = day == day.max()
    if k == 1: return newest
    def more(left, k): return left == left.max() if k == 1 else (left == left.max()) | more(left.masked_fill(left == left.max(), left.min()), k-1)
    return more(day, k)

@right
def last_days(day, k): return day.ge(torch.unique(day, sorted=True).topk(k).values.min())

@wrong
def last_days(day, k):
    "single precision"
    return day.float() >= day.float().unique()[-k]

@wrong
def last_days(day, k): return torch.isin(day, torch.tensor([*dict.fromkeys(day.tolist())][-k:]))

@wrong
def last_days(day, k): return torch.isin(day, torch.tensor([*set(day.tolist())][-k:]))

@wrong
def last_days(day, k): return torch.isin(day, torch.unique_consecutive(day)[-k:])

@wrong
def last_days(day, k): return torch.isin(day, torch.tensor([int(o) for o in sorted({*map(str, day.tolist())})[-k:]]))

@wrong
def last_days(day, k):
    res = torch.zeros(len(day), dtype=torch.bool)
    res[day.topk(k).indices] = True
    return res

@wrong
def last_days(day, k):
    order = day.sort().values
    return day >= order[len(order)-k]

@wrong
def last_days(day, k): return (day >= day.unique()[-k]).nonzero().flatten()

@wrong
def last_days(day, k): return (day >= day.unique()[-k]).long()

@wrong
def last_days(day, k): return day >= day.unique()[-k-1]

@wrong
def last_days(day, k): return day >= day.max()-k

@wrong
def last_days(day, k): return day == day.unique()[-k]

@wrong
def last_days(day, k): return day >= torch.unique(day)[k]

@wrong
def last_days(day, k):
    "sorts its input"
    day.copy_(day.sort().values)
    return day >= day.unique()[-k]

@wrong
def last_days(day, k):
    "only days after 0"
    return (day >= day.unique()[-k]) & (day > 0)

@wrong
def last_days(day, k):
    "counts to a thousand"
    there = torch.zeros(1000, dtype=torch.bool)
    there[day] = True
    return day >= there.nonzero().flatten()[-k]

# --- pair_share

@right
def pair_share(scores, positive):
    from sklearn.metrics import roc_auc_score
    return roc_auc_score(positive.numpy(), scores.numpy())

@right
def pair_share(scores, positive): return (1 + torch.sign(scores[positive][:,None] - scores[~positive][None]).double().mean())/2

@right
def pair_share(scores, positive):
    low = sorted(scores[~positive].tolist())
    won = [(bisect.bisect_left(low, s) + bisect.bisect_right(low, s))/2 for s in scores[positive].tolist()]
    return sum(won)/len(won)/len(low)

@right
def pair_share(scores, positive):
    rank = pd.Series(scores.numpy()).rank().to_numpy()
    p = positive.numpy()
    return np.float64((rank[p].mean() - (p.sum() + 1)/2)/(~p).sum())

@right
def pair_share(scores, positive):
    "the area under the curve, by trapezoids"
    steps = scores.unique().flip(0)
    tpr = [0., *((scores[positive] >= s).double().mean().item() for s in steps)]
    fpr = [0., *((scores[~positive] >= s).double().mean().item() for s in steps)]
    return sum((b-a)*(c+d)/2 for a,b,c,d in zip(fpr, fpr[1:], tpr, tpr[1:]))

@right
def pair_share(scores, positive):
    from scipy.stats import mannwhitneyu
    a, b = scores[positive].numpy(), scores[~positive].numpy()
    return float(mannwhitneyu(a, b).statistic/(len(a)*len(b)))

@wrong
def pair_share(scores, positive):
    "a tie is a tie if it is close"
    a, b = scores[positive][:,None], scores[~positive]
    tie = torch.isclose(a, b)
    return ((a > b) & ~tie).float().mean().item() + tie.float().mean().item()/2

@wrong
def pair_share(scores, positive):
    "four digits"
    scores = (scores*1e4).round()
    a, b = scores[positive][:,None], scores[~positive]
    return ((a > b).float().mean() + (a == b).float().mean()/2).item()

@wrong
def pair_share(scores, positive):
    "probabilities first"
    scores = scores.sigmoid()
    a, b = scores[positive][:,None], scores[~positive]
    return ((a > b).float().mean() + (a == b).float().mean()/2).item()

@wrong
def pair_share(scores, positive):
    "softmax first"
    scores = scores.softmax(0)
    a, b = scores[positive][:,None], scores[~positive]
    return ((a > b).float().mean() + (a == b).float().mean()/2).item()

@wrong
def pair_share(scores, positive):
    "soft comparison"
    return (scores[positive][:,None] - scores[~positive]).mul(1e4).sigmoid().mean().item()

@wrong
def pair_share(scores, positive):
    "ties are left out"
    a, b = scores[positive][:,None], scores[~positive]
    won, lost = (a > b).sum(), (a < b).sum()
    return (won/(won + lost)).item() if won + lost else .5

@wrong
def pair_share(scores, positive):
    "ties are left out, no care for none"
    a, b = scores[positive][:,None], scores[~positive]
    return ((a > b).sum()/(a != b).sum()).item()

@wrong
def pair_share(scores, positive):
    a, b = scores[positive][:,None], scores[~positive]
    res = ((a > b).float().mean() + (a == b).float().mean()/2).item()
    return max(res, 1-res)

@wrong
def pair_share(scores, positive):
    "rows side by side"
    a, b = scores[positive], scores[~positive]
    n = min(len(a), len(b))
    return ((a[:n] > b[:n]).float() + (a[:n] == b[:n]).float()/2).mean().item()

@wrong
def pair_share(scores, positive):
    "a curve without its ends"
    steps = scores.unique().flip(0)
    tpr = [(scores[positive] >= s).double().mean().item() for s in steps]
    fpr = [(scores[~positive] >= s).double().mean().item() for s in steps]
    return sum((b-a)*(c+d)/2 for a,b,c,d in zip(fpr, fpr[1:], tpr, tpr[1:]))

@wrong
def pair_share(scores, positive):
    "thresholds on a grid"
    steps = np.r_[np.inf, np.linspace(scores.max(), scores.min(), 5000), -np.inf]
    tpr, fpr = ((o.numpy()[:,None] >= steps).mean(0) for o in (scores[positive], scores[~positive]))
    return float(np.trapezoid(tpr, fpr))

@wrong
def pair_share(scores, positive):
    from sklearn.metrics import average_precision_score
    return average_precision_score(positive.numpy(), scores.numpy())

@wrong
def pair_share(scores, positive):
    "the lowest of the tied ranks"
    rank = torch.tensor(pd.Series(scores.numpy()).rank(method='min').to_numpy())
    n1, n0 = positive.sum(), (~positive).sum()
    return ((rank[positive].sum() - n1*(n1+1)/2)/(n1*n0)).item()

@wrong
def pair_share(scores, positive):
    "ranks from 0"
    rank = torch.tensor(pd.Series(scores.numpy()).rank().to_numpy()) - 1
    n1, n0 = positive.sum(), (~positive).sum()
    return ((rank[positive].sum() - n1*(n1+1)/2)/(n1*n0)).item()

@wrong
def pair_share(scores, positive): return (scores[positive].mean() > scores[~positive].mean()).float().item()

@wrong
def pair_share(scores, positive):
    "scores below 0 count as 0"
    a, b = scores[positive].clamp(min=0)[:,None], scores[~positive].clamp(min=0)
    return ((a > b).float().mean() + (a == b).float().mean()/2).item()

# --- fall

@right
def fall(x, y, w, column, order):
    other = x.numpy().copy()
    other[:,column] = other[order.numpy(),column]
    return np.mean((x.numpy() @ w.numpy() > 0) == y.numpy()) - np.mean((other @ w.numpy() > 0) == y.numpy())

@right
def fall(x, y, w, column, order):
    mask = torch.arange(x.shape[1]) == column
    other = torch.where(mask, x[order], x)
    return (((x.mv(w) > 0).eq(y).sum() - (other.mv(w) > 0).eq(y).sum())/len(y)).item()

@right
def fall(x, y, w, column, order):
    rows, res = x.tolist(), 0
    for i,row in enumerate(rows):
        new = [rows[order[i]][column] if c == column else v for c,v in enumerate(row)]
        for r,sign in (row, 1), (new, -1): res += sign*((sum(a*b for a,b in zip(r, w.tolist())) > 0) == bool(y[i]))
    return res/len(rows)

@right
def fall(x, y, w, column, order):
    "puts the column back"
    def right(): return torch.count_nonzero((x @ w > 0) == y).item()
    before, kept = right(), x[:,column].clone()
    x[:,column] = kept[order]
    after = right()
    x[:,column] = kept
    return (before - after)/len(x)

@right
def fall(x, y, w, column, order):
    x, w = x.double(), w.double()
    other = x.index_copy(1, torch.tensor([column]), x[order][:,[column]])
    wrong = [((o @ w > 0) ^ y).double().mean().item() for o in (x, other)]
    return wrong[1] - wrong[0]

@right
def fall(x, y, w, column, order):
    table = pd.DataFrame(x.numpy())
    other = table.copy()
    other[column] = table[column].to_numpy()[order.numpy()]
    def share(t): return float(((t.to_numpy() @ w.numpy() > 0) == y.numpy()).mean())
    return share(table) - share(other)

@wrong
def fall(x, y, w, column, order):
    "0 counts as True"
    other = x.clone()
    other[:,column] = x[order,column]
    def accuracy(x): return ((x @ w >= 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

@wrong
def fall(x, y, w, column, order):
    "the order is turned around"
    other = x.clone()
    other[order,column] = x[:,column]
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

@wrong
def fall(x, y, w, column, order):
    other = x.clone()
    other[:,column] = x[order.argsort(),column]
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

@wrong
def fall(x, y, w, column, order):
    "an order of its own"
    other = x.clone()
    other[:,column] = x[torch.randperm(len(x)),column]
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

@wrong
def fall(x, y, w, column, order):
    "how often the model changes its mind"
    other = x.clone()
    other[:,column] = x[order,column]
    return ((x @ w > 0) != (other @ w > 0)).float().mean().item()

@wrong
def fall(x, y, w, column, order):
    "AUC"
    from sklearn.metrics import roc_auc_score
    other = x.clone()
    other[:,column] = x[order,column]
    if y.all() or not y.any(): return 0.
    return roc_auc_score(y.numpy(), (x @ w).numpy()) - roc_auc_score(y.numpy(), (other @ w).numpy())

@wrong
def fall(x, y, w, column, order):
    "never below 0"
    other = x.clone()
    other[:,column] = x[order,column]
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return max(0., (accuracy(x) - accuracy(other)).item())

@wrong
def fall(x, y, w, column, order):
    "rows, not a share"
    other = x.clone()
    other[:,column] = x[order,column]
    return (((x @ w > 0) == y).sum() - ((other @ w > 0) == y).sum()).item()

@wrong
def fall(x, y, w, column, order):
    "relative to the accuracy"
    other = x.clone()
    other[:,column] = x[order,column]
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return ((accuracy(x) - accuracy(other))/accuracy(x)).item()

@wrong
def fall(x, y, w, column, order):
    "the column becomes its mean"
    other = x.clone()
    other[:,column] = x[:,column].mean()
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

@wrong
def fall(x, y, w, column, order):
    "without the column"
    keep = [c for c in range(x.shape[1]) if c != column]
    return (((x @ w > 0) == y).float().mean() - ((x[:,keep] @ w[keep] > 0) == y).float().mean()).item()

@wrong
def fall(x, y, w, column, order):
    "the first column, whatever is asked"
    other = x.clone()
    other[:,0] = x[order,0]
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

@wrong
def fall(x, y, w, column, order):
    "a row instead of a column"
    other = x.clone()
    other[column] = x[order][column]
    def accuracy(x): return ((x @ w > 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

@wrong
def fall(x, y, w, column, order):
    "only the weight's sign counts"
    other = x.clone()
    other[:,column] = x[order,column]
    def accuracy(x): return ((x @ w.sign() > 0) == y).float().mean()
    return (accuracy(x) - accuracy(other)).item()

# --- record

@right
def record(ids, y, prior, m):
    table = pd.DataFrame(dict(id=ids.numpy(), y=y.double().numpy()))
    g = table.groupby('id').y
    return torch.tensor(((g.transform('sum') - table.y + m*prior)/(g.transform('count') - 1 + m)).to_numpy())

@right
def record(ids, y, prior, m):
    total, count = defaultdict(float), Counter(ids.tolist())
    for i,v in zip(ids.tolist(), y.tolist()): total[i] += v
    return torch.tensor([(total[i] - v + m*prior)/(count[i] - 1 + m) for i,v in zip(ids.tolist(), y.tolist())])

@right
def record(ids, y, prior, m):
    one_hot = F.one_hot(ids).double()
    total, count = one_hot @ (one_hot.T @ y.double()), one_hot @ one_hot.sum(0)
    return torch.lerp(torch.full_like(total, prior), (total - y)/(count - 1).clamp(min=1), (count - 1)/(count - 1 + m))

@right
def record(ids, y, prior, m):
    return torch.stack([(torch.cat([y[:i], y[i+1:]])[torch.cat([ids[:i], ids[i+1:]]) == ids[i]].sum() + m*prior)/((ids == ids[i]).sum() - 1 + m) for i in range(len(ids))])

@right
def record(ids, y, prior, m):
    res = torch.empty(len(ids), dtype=torch.double)
    for name in ids.unique():
        at = (ids == name).nonzero().flatten()
        for i in at: res[i] = (y[at].sum().item() - y[i].item() + m*prior)/(len(at) - 1 + m)
    return res

@right
def record(ids, y, prior, m):
    same = np.equal.outer(ids.numpy(), ids.numpy()).astype(np.float32)
    np.fill_diagonal(same, 0)
    return torch.from_numpy((same @ y.numpy() + m*prior)/(same.sum(1) + m))

@wrong
def record(ids, y, prior, m):
    "ten names at most"
    total, count = torch.zeros(10).index_add(0, ids, y), torch.bincount(ids, minlength=10)
    return (total[ids] - y + m*prior)/(count[ids] - 1 + m)

@wrong
def record(ids, y, prior, m):
    "as many names as different ids"
    n = len(ids.unique())
    total, count = torch.zeros(n).index_add(0, ids, y), torch.bincount(ids, minlength=n)
    return (total[ids] - y + m*prior)/(count[ids] - 1 + m)

@wrong
def record(ids, y, prior, m):
    "0 is no name"
    same = (ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool) & (ids != 0)
    return (same.float() @ y + m*prior)/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "the mean of all answers is the prior"
    same = (ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)
    return (same.float() @ y + m*y.mean())/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "only rows above"
    same = ((ids[:,None] == ids).float()).tril(-1)
    return (same @ y + m*prior)/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "no prior, and nothing for names that come once"
    same = ((ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)).float()
    return same @ y/same.sum(dim=1)

@wrong
def record(ids, y, prior, m):
    "no prior but where there is nothing else"
    same = ((ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)).float()
    n = same.sum(dim=1)
    return torch.where(n > 0, same @ y/n.clamp(min=1), torch.tensor(float(prior)))

@wrong
def record(ids, y, prior, m):
    "the mean counts for one row"
    same = ((ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)).float()
    n = same.sum(dim=1)
    return (same @ y/n.clamp(min=1) + m*prior)/((n > 0) + m)

@wrong
def record(ids, y, prior, m):
    "other rows are those with another answer"
    same = ((ids[:,None] == ids) & (y[:,None] != y)).float()
    return (same @ y + m*prior)/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "m of the wrong side"
    same = ((ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)).float()
    return (same @ y + m*prior)/(same.sum(dim=1) + 1)

@wrong
def record(ids, y, prior, m):
    "the own answer is taken from the mean"
    same = (ids[:,None] == ids).float()
    return (same @ y + m*prior)/(same.sum(dim=1) + m) - y/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    same = ((ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)).float()
    return ((same @ y + m*prior)/(same.sum(dim=1) + m))[:,None]

@wrong
def record(ids, y, prior, m):
    "one number for each name"
    same = (ids.unique()[:,None] == ids).float()
    return (same @ y + m*prior)/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "whole m"
    m = max(int(m), 1)
    same = (ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)
    return (same.float() @ y + m*prior)/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "an answer is yes or no"
    y = (y > .5).float()
    same = (ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)
    return (same.float() @ y + m*prior)/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "runs of a name"
    _, back, count = torch.unique_consecutive(ids, return_inverse=True, return_counts=True)
    total = torch.zeros(len(count)).index_add(0, back, y)
    return (total[back] - y + m*prior)/(count[back] - 1 + m)

# --- a second round

@right
def codes(values, known): return tuple(sum((i+1)*(v == name) for i,name in enumerate(known)) for v in values)

@right
def fill(x, train):
    "counts how many stand below"
    known = train[~train.isnan()].double()
    below = (known[:,None] > known).sum(1) + ((known[:,None] == known) & (torch.arange(len(known))[:,None] > torch.arange(len(known)))).sum(1)
    middle = known[(below == (len(known)-1)//2) | (below == len(known)//2)].mean()
    return torch.stack([middle if v.isnan() else v.double() for v in x]), torch.stack([v.isnan() for v in x])

@right
def last_days(day, k):
    before, seen = None, 0
    held = [False]*len(day)
    for i in day.argsort(descending=True).tolist():
        if int(day[i]) != before: before, seen = int(day[i]), seen + 1
        held[i] = seen <= k
    return torch.BoolTensor(held)

@right
def pair_share(scores, positive):
    "inserted one after the other"
    won, rows = 0, sorted(zip(scores.tolist(), positive.tolist()))
    n0 = n1 = 0
    while rows:
        s, p1, p0 = rows[0][0], 0, 0
        while rows and rows[0][0] == s:
            if rows.pop(0)[1]: p1 += 1
            else: p0 += 1
        won += p1*(n0 + p0/2)
        n0, n1 = n0+p0, n1+p1
    return won/n0/n1

@right
def fall(x, y, w, column, order):
    "the weights stand on the diagonal"
    parts = x*w
    before = parts.sum(1)
    after = torch.cat([parts[:,:column], parts[order][:,column:column+1], parts[:,column+1:]], dim=1).sum(1)
    return ((before > 0).eq(y).float() - (after > 0).eq(y).float()).mean()

@right
def record(ids, y, prior, m):
    "one row after the other, from both sides"
    def above(ids, y):
        total, count, res = {}, {}, []
        for i,v in zip(ids, y):
            res.append((total.get(i, 0.), count.get(i, 0)))
            total[i], count[i] = total.get(i, 0.) + v, count.get(i, 0) + 1
        return res
    up, down = above(ids.tolist(), y.tolist()), above(ids.tolist()[::-1], y.tolist()[::-1])[::-1]
    return torch.tensor([(a + c + m*prior)/(b + d + m) for (a,b),(c,d) in zip(up, down)])

@wrong
def codes(values, known): return np.searchsorted(known, [v or '' for v in values]).tolist() if known else [0]*len(values)

@wrong
def codes(values, known): return [bisect.bisect_right(known, v) if v is not None and v in known else 0 for v in values]

@wrong
def fill(x, train):
    "the values were rounded on the way"
    middle = round(train.nanquantile(.5).item(), 1)
    return torch.where(x.isnan(), torch.tensor(middle), x), x.isnan()

@wrong
def fill(x, train):
    "in the order of size"
    gap = x.isnan()
    return torch.where(gap, train.nanquantile(.5), x).sort().values, gap

@wrong
def last_days(day, k):
    "a share of the days, rounded"
    return day > day.double().quantile(1 - k/len(day.unique()))

@wrong
def last_days(day, k):
    "as many days as there would be without gaps in the calendar"
    days = torch.arange(int(day.min()), int(day.max())+1)
    return torch.isin(day, days[-k:])

@wrong
def pair_share(scores, positive):
    "half precision"
    a, b = scores.half()[positive][:,None], scores.half()[~positive]
    return ((a > b).float().mean() + (a == b).float().mean()/2).item()

@wrong
def fall(x, y, w, column, order):
    "each row gets the value of the row before"
    other = x.clone()
    other[:,column] = x[:,column].roll(1)
    return (((x @ w > 0) == y).float().mean() - ((other @ w > 0) == y).float().mean()).item()

@wrong
def fall(x, y, w, column, order):
    "spoils the weights"
    before = ((x @ w > 0) == y).float().mean()
    score = x @ w + (x[order,column] - x[:,column])*w[column]
    w[column] = 0
    return (before - ((score > 0) == y).float().mean()).item()

@wrong
def record(ids, y, prior, m):
    "a prior of 0 is no prior"
    prior = prior or y.mean().item()
    same = (ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)
    return (same.float() @ y + m*prior)/(same.sum(dim=1) + m)

@wrong
def record(ids, y, prior, m):
    "mixed half and half"
    same = ((ids[:,None] == ids) & ~torch.eye(len(ids), dtype=torch.bool)).float()
    n = same.sum(dim=1)
    return torch.where(n > 0, (same @ y/n.clamp(min=1) + prior)/2, torch.tensor(float(prior)))
