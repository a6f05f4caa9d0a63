"Answers to the exercises of lesson 1, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import collections, functools, itertools, math, operator, random, re
import numpy as np, pandas as pd, torch
import torch.nn.functional as F

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- species_and_breed

@right
def species_and_breed(name):
    stem = name[:-4]
    while stem[-1] != '_': stem = stem[:-1]
    breed = stem[:-1]
    return ('cat', 'dog')[breed[0] == breed[0].lower()], breed.lower().replace('_', ' ')

@right
def species_and_breed(name):
    words = re.findall('[A-Za-z]+', name)[:-1]
    return 'dog' if name[0] in 'abcdefghijklmnopqrstuvwxyz' else 'cat', ' '.join(map(str.lower, words))

@right
def species_and_breed(name):
    breed = ' '.join(itertools.takewhile(lambda w: not w[0].isdigit(), name.split('_')))
    return {True: 'cat', False: 'dog'}[breed.istitle() or breed[0].isupper()], breed.casefold()

@right
def species_and_breed(name): return ['cat' if re.match('[A-Z]', name) else 'dog', re.sub(r'_\d+\.jpg$', '', name).replace('_', ' ').lower()]

@wrong
def species_and_breed(name):  # one digit only
    return 'cat' if name[0].isupper() else 'dog', name[:-6].replace('_', ' ').lower()

@wrong
def species_and_breed(name):  # the last word of a breed with several goes
    return 'cat' if name[0].isupper() else 'dog', ' '.join(name.split('_')[:2]).lower() if name.count('_') > 1 else name.split('_')[0].lower()

@wrong
def species_and_breed(name):  # a capital anywhere but at the start
    return 'cat' if name[1:].lower() != name[1:] else 'dog', name.rpartition('_')[0].replace('_', ' ').lower()

@wrong
def species_and_breed(name):  # only the first underscore becomes a space
    return 'cat' if name[0].isupper() else 'dog', name.rpartition('_')[0].replace('_', ' ', 1).lower()

@wrong
def species_and_breed(name): return ' '.join(('cat' if name[0].isupper() else 'dog', name.rpartition('_')[0].replace('_', ' ').lower()))

# --- fraction_wrong

@right
def fraction_wrong(probs, targs): return float(np.mean(probs.numpy().argmax(1) != targs.numpy()))

@right
def fraction_wrong(probs, targs): return torch.where(probs.topk(1).indices.squeeze(1) == targs, 0., 1.).mean()

@right
def fraction_wrong(probs, targs): return sum(p[y] < p.max() for p,y in zip(probs, targs)).item()/len(probs)

@right
def fraction_wrong(probs, targs):
    frame = pd.DataFrame(probs.numpy())
    return (frame.idxmax(axis=1) != pd.Series(targs.numpy())).mean().item()

@right
def fraction_wrong(probs, targs):
    hot = F.one_hot(targs, probs.shape[1])
    return 1 - (hot*(probs == probs.max(1, keepdim=True).values)).sum().item()/probs.shape[0]

@wrong
def fraction_wrong(probs, targs):  # the whole batch is right or wrong
    return float(not torch.equal(probs.argmax(1), targs))

@wrong
def fraction_wrong(probs, targs):  # two classes only
    return (probs.argmax(1) - targs).abs().float().mean().item()

@wrong
def fraction_wrong(probs, targs):  # per cent
    return 100*(probs.argmax(1) != targs).float().mean().item()

@wrong
def fraction_wrong(probs, targs):  # rounded
    return round((probs.argmax(1) != targs).float().mean().item(), 1)

@wrong
def fraction_wrong(probs, targs):  # the second best counts as right as well
    return (probs.topk(min(2, probs.shape[1])).indices != targs[:,None]).all(1).float().mean().item()

@wrong
def fraction_wrong(probs, targs): return (probs.argmax(1) != targs).float().mean(0, keepdim=True)

# --- batches_per_epoch

@right
def batches_per_epoch(n, valid_pct, bs): return math.floor((n - math.floor(valid_pct*n))/bs)

@right
def batches_per_epoch(n, valid_pct, bs): return len(range(bs, n - int(n*valid_pct) + 1, bs))

@right
def batches_per_epoch(n, valid_pct, bs): return divmod(n - int(valid_pct*n), bs)[0]

@right
def batches_per_epoch(n, valid_pct, bs): return sum(1 for o in itertools.zip_longest(*[iter(range(n - int(valid_pct*n)))]*bs) if None not in o)

@wrong
def batches_per_epoch(n, valid_pct, bs): return (n - round(valid_pct*n))//bs

@wrong
def batches_per_epoch(n, valid_pct, bs): return max(1, (n - int(valid_pct*n))//bs)

@wrong
def batches_per_epoch(n, valid_pct, bs): return (n - math.ceil(valid_pct*n))//bs

@wrong
def batches_per_epoch(n, valid_pct, bs): return n//bs - int(valid_pct*n)//bs

@wrong
def batches_per_epoch(n, valid_pct, bs): return math.ceil((n - int(valid_pct*n))/bs) - 1

# --- split_by_group

@right
def split_by_group(groups, valid_pct=0.2, seed=42):
    names, r = sorted(set(groups)), np.random.RandomState(seed)
    hidden = set(r.choice(len(names), max(1, round(valid_pct*len(names))), replace=False).tolist())
    sides = {True: [], False: []}
    for i,g in enumerate(groups): sides[names.index(g) in hidden].append(i)
    return sides[False], sides[True]

@right
def split_by_group(groups, valid_pct=0.2, seed=42):
    names = list(dict.fromkeys(groups))
    torch.manual_seed(seed)
    order = torch.randperm(len(names)).tolist()
    hidden = {names[i] for i in order[:max(1, round(valid_pct*len(names)))]}
    valid = [i for i,g in enumerate(groups) if g in hidden]
    return sorted(set(range(len(groups))) - set(valid)), valid

@right
def split_by_group(groups, valid_pct=0.2, seed=42):
    codes, names = pd.factorize(pd.Series([str(g) for g in groups]), sort=True)
    hidden = np.random.default_rng(seed).permutation(len(names))[:max(1, round(len(names)*valid_pct))]
    mask = np.isin(codes, hidden)
    return [int(i) for i in np.nonzero(~mask)[0]], [int(i) for i in np.nonzero(mask)[0]]

@right
def split_by_group(groups, valid_pct=0.2, seed=42):
    random.seed(seed)
    names = sorted(set(groups), key=str)
    hidden = random.sample(names, k=max(1, round(valid_pct*len(names))))
    train, valid = [], []
    for i in reversed(range(len(groups))): (valid if groups[i] in hidden else train).append(i)
    return train, valid

@wrong
def split_by_group(groups, valid_pct=0.2, seed=42):  # each group is hidden with a probability
    r = random.Random(seed)
    hidden = {g for g in sorted(set(groups)) if r.random() < valid_pct}
    return [i for i,g in enumerate(groups) if g not in hidden], [i for i,g in enumerate(groups) if g in hidden]

@wrong
def split_by_group(groups, valid_pct=0.2, seed=42):  # `seed` only moves a window
    names = sorted(set(groups))
    hidden = [names[seed % len(names)]]
    return [i for i,g in enumerate(groups) if g not in hidden], [i for i,g in enumerate(groups) if g in hidden]

@wrong
def split_by_group(groups, valid_pct=0.2, seed=42):  # returns the pictures' groups
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    hidden = names[:max(1, round(valid_pct*len(names)))]
    return [g for g in groups if g not in hidden], [g for g in groups if g in hidden]

@wrong
def split_by_group(groups, valid_pct=0.2, seed=42):  # groups are drawn by their share of pictures, twice the same possible
    r = random.Random(seed)
    hidden = {r.choice(groups) for _ in range(max(1, round(valid_pct*len(set(groups)))))}
    return [i for i,g in enumerate(groups) if g not in hidden], [i for i,g in enumerate(groups) if g in hidden]

@wrong
def split_by_group(groups, valid_pct=0.2, seed=42):  # sorts the caller's list
    groups.sort()
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    hidden = names[:max(1, round(valid_pct*len(names)))]
    return [i for i,g in enumerate(groups) if g not in hidden], [i for i,g in enumerate(groups) if g in hidden]

@wrong
def split_by_group(groups, valid_pct=0.2, seed=42):  # always another split: the seed is drawn anew
    random.seed()
    names = sorted(set(groups))
    random.shuffle(names)
    hidden = names[:max(1, round(valid_pct*len(names)))]
    return [i for i,g in enumerate(groups) if g not in hidden], [i for i,g in enumerate(groups) if g in hidden]

@wrong
def split_by_group(groups, valid_pct=0.2, seed=42):  # the first picture of each hidden group only
    names = sorted(set(groups))
    random.Random(seed).shuffle(names)
    valid = [groups.index(g) for g in names[:max(1, round(valid_pct*len(names)))]]
    return [i for i in range(len(groups)) if i not in valid], valid

# --- confusion

@right
def confusion(targs, answers, c):
    counts = collections.Counter(zip(targs.tolist(), answers.tolist()))
    return torch.tensor([[counts[i,j] for j in range(c)] for i in range(c)])

@right
def confusion(targs, answers, c): return F.one_hot(targs, c).T @ F.one_hot(answers, c)

@right
def confusion(targs, answers, c): return torch.zeros(c, c, dtype=torch.int64).index_put_((targs, answers), torch.ones_like(targs), accumulate=True)

@right
def confusion(targs, answers, c):
    table = np.zeros((c, c), dtype=np.int64)
    np.add.at(table, (targs.numpy(), answers.numpy()), 1)
    return torch.from_numpy(table)

@right
def confusion(targs, answers, c): return torch.zeros(c*c, dtype=torch.int32).scatter_add(0, targs*c + answers, torch.ones(len(targs), dtype=torch.int32)).view(c, c)

@wrong
def confusion(targs, answers, c): return torch.bincount(targs*c + answers).reshape(-1, c)

@wrong
def confusion(targs, answers, c):  # as large as the classes that occur
    c = int(max(targs.max(), answers.max())) + 1
    return torch.bincount(targs*c + answers, minlength=c*c).reshape(c, c)

@wrong
def confusion(targs, answers, c): return torch.bincount(targs*c + answers, minlength=c*c)

@wrong
def confusion(targs, answers, c):  # symmetric
    m = torch.bincount(targs*c + answers, minlength=c*c).reshape(c, c)
    return (m + m.T)//2

@wrong
def confusion(targs, answers, c): return torch.bincount(targs*c + answers, minlength=c*c).reshape(c, c).tolist()

# --- top_losses

@right
def top_losses(probs, targs, k): return torch.topk(-torch.log(probs.gather(1, targs[:,None]).squeeze(1)), k)

@right
def top_losses(probs, targs, k):
    losses, order = torch.sort(-(probs*F.one_hot(targs, probs.shape[1])).sum(1).log(), descending=True)
    return losses[:k], order[:k]

@right
def top_losses(probs, targs, k):
    losses = -np.log(probs.numpy()[np.arange(len(targs)), targs.numpy()])
    order = np.argsort(-losses)[:k].copy()
    return torch.from_numpy(losses[order]), torch.from_numpy(order)

@right
def top_losses(probs, targs, k):
    losses = F.cross_entropy(probs.log(), targs, reduction='none')
    return [losses.topk(k)[0], losses.topk(k)[1]]

@wrong
def top_losses(probs, targs, k): return (-probs[range(len(targs)), targs].log2()).topk(k)

@wrong
def top_losses(probs, targs, k): return (-probs[range(len(targs)), targs].log10()).topk(k)

@wrong
def top_losses(probs, targs, k): return (-probs[range(len(targs)), targs].log()).topk(k, sorted=True).values

@wrong
def top_losses(probs, targs, k):  # only pictures that are wrong
    losses = -probs[range(len(targs)), targs].log()
    losses[probs.argmax(1) == targs] = 0
    return losses.topk(k)

@wrong
def top_losses(probs, targs, k):
    losses = (-probs[range(len(targs)), targs].log()).sort().values
    return losses[-k:], torch.arange(len(losses))[-k:]

@wrong
def top_losses(probs, targs, k): return (-probs[range(len(targs)), targs].log()).topk(k)[::-1]

@wrong
def top_losses(probs, targs, k): return (-probs.log()[:,0]).topk(k)
