"Answers to the exercises of lesson 2, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import collections, functools, hashlib, itertools, math, operator, statistics
import numpy as np, pandas as pd, torch
from scipy.stats import binomtest

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- for_label

@right
def for_label(vocab, probs): return {str(vocab[i]): float(probs[i]) for i in range(len(probs))}

@right
def for_label(vocab, probs): return collections.OrderedDict((str(c), p) for c, p in zip(vocab, probs.tolist()))

@right
def for_label(vocab, probs): return pd.Series(probs.double().numpy(), index=[str(c) for c in vocab]).to_dict()

@right
def for_label(vocab, probs): return {f'{c}': p.item() for c, p in sorted(zip(vocab, probs), key=lambda o: -o[1])}  # a dictionary has no wrong order

@wrong
def for_label(vocab, probs): return {str(c): p.numpy() for c, p in zip(vocab, probs)}

@wrong
def for_label(vocab, probs): return {str(c): np.float32(p) for c, p in zip(vocab, probs)}

@wrong
def for_label(vocab, probs): return {str(c): str(float(p)) for c, p in zip(vocab, probs)}

@wrong
def for_label(vocab, probs): return {str(c): round(float(p), 2) for c, p in zip(vocab, probs)}

@wrong
def for_label(vocab, probs): return {str(c): float(p) for c, p in zip(vocab, probs) if p > .5}

@wrong
def for_label(vocab, probs): return {str(c): float(p) for c, p in zip(vocab, probs.softmax(0))}

@wrong
def for_label(vocab, probs): return {str(c): float(p) for c, p in zip(vocab, probs.sort(descending=True).values)}

@wrong
def for_label(vocab, probs): return {c if isinstance(c, str) else repr(c).lower(): float(p) for c, p in zip(vocab, probs)}

# --- same_file

@right
def same_file(data, expected):
    h = hashlib.sha256()
    h.update(data)
    return all(a == b for a, b in zip(h.hexdigest(), expected)) and len(expected) == 64

@right
def same_file(data, expected): return expected == ''.join(f'{b:02x}' for b in hashlib.sha256(data).digest())

@right
def same_file(data, expected): return {hashlib.new('SHA256', data).hexdigest()} == {expected}

@wrong
def same_file(data, expected): return all(a == b for a, b in zip(hashlib.sha256(data).hexdigest(), expected))  # a short text passes

@wrong
def same_file(data, expected): return hashlib.sha256(data).hexdigest()[1:] == expected[1:]

@wrong
def same_file(data, expected): return hashlib.sha256(data).hexdigest()[:-1] == expected[:-1]

@wrong
def same_file(data, expected): return len(hashlib.sha256(data).hexdigest()) == len(expected)

@wrong
def same_file(data, expected): return hashlib.sha512(data).hexdigest() == expected

@wrong
def same_file(data, expected): return hashlib.sha256(data).hexdigest() is expected

@wrong
def same_file(data, expected): return hashlib.sha256(data.strip(b'\0')).hexdigest() == expected

@wrong
def same_file(data, expected): return hashlib.sha256(data[:512]).hexdigest() == expected

@wrong
def same_file(data, expected): return True

@wrong
def same_file(data, expected): return False

@wrong
def same_file(data, expected): return bool(data) and hashlib.sha256(data).hexdigest() == expected

@wrong
def same_file(data, expected): return int(hashlib.sha256(data).hexdigest() == expected)

# --- slice_errors

@right
def slice_errors(wrong, parts):
    n, k = collections.Counter(parts), collections.Counter(p for w, p in zip(wrong, parts) if w)
    return {p: k[p]/n[p] for p in n}

@right
def slice_errors(wrong, parts):
    pairs = sorted(zip(parts, wrong))
    return {p: statistics.mean(float(w) for _, w in g) for p, g in itertools.groupby(pairs, key=lambda o: o[0])}

@right
def slice_errors(wrong, parts):
    res, seen = collections.defaultdict(float), collections.defaultdict(int)
    for w, p in zip(wrong, parts):
        seen[p] += 1
        res[p] += (w - res[p])/seen[p]
    return dict(res)

@right
def slice_errors(wrong, parts):
    w, p = np.array(wrong, float), np.array(parts)
    return {str(name): w[p == name].mean() for name in np.unique(p)}

@wrong
def slice_errors(wrong, parts): return {p: statistics.mean(float(w) for w, _ in g) for p, g in itertools.groupby(zip(wrong, parts), key=lambda o: o[1])}  # not sorted first

@wrong
def slice_errors(wrong, parts): return sum(wrong)/len(wrong)

@wrong
def slice_errors(wrong, parts): return dict.fromkeys(parts, sum(wrong)/len(wrong))

@wrong
def slice_errors(wrong, parts): return {p: round(sum(w for w, q in zip(wrong, parts) if q == p)/list(parts).count(p), 1) for p in parts}

@wrong
def slice_errors(wrong, parts): return {p: sum(w for w, q in zip(wrong, parts) if q == p)/(list(parts).count(p) + 1) for p in parts}

@wrong
def slice_errors(wrong, parts): return [(p, sum(w for w, q in zip(wrong, parts) if q == p)/list(parts).count(p)) for p in sorted(set(parts))]

@wrong
def slice_errors(wrong, parts): return {p: any(w for w, q in zip(wrong, parts) if q == p) for p in parts}

# --- wilson

@right
def wilson(wrong, n):
    low, high = binomtest(wrong, n).proportion_ci(method='wilson')
    return [low, high]

@right
def wilson(wrong, n):
    z, right = 1.96, n - wrong
    root = z*math.sqrt(wrong*right/n + z**2/4)
    return (wrong + z**2/2 - root)/(n + z**2), (wrong + z**2/2 + root)/(n + z**2)

@right
def wilson(wrong, n): return tuple(sorted(np.roots([1 + 1.96**2/n, -(2*wrong/n + 1.96**2/n), (wrong/n)**2]).real))  # where the distance from p is z standard errors

@wrong
def wilson(wrong, n): return tuple(binomtest(wrong, n).proportion_ci(method='exact'))

@wrong
def wilson(wrong, n): return tuple(binomtest(wrong, n).proportion_ci(method='wilsoncc'))

@wrong
def wilson(wrong, n): return tuple(binomtest(wrong, n).proportion_ci(confidence_level=.9, method='wilson'))

@wrong
def wilson(wrong, n):
    low, high = binomtest(wrong, n).proportion_ci(method='wilson')
    return 100*low, 100*high

@wrong
def wilson(wrong, n):  # z = 2
    p, z = wrong/n, 2
    middle, half = p + z**2/(2*n), z*(p*(1-p)/n + z**2/(4*n**2))**.5
    return (middle - half)/(1 + z**2/n), (middle + half)/(1 + z**2/n)

@wrong
def wilson(wrong, n):  # Agresti and Coull
    n_, p_ = n + 1.96**2, (wrong + 1.96**2/2)/(n + 1.96**2)
    half = 1.96*(p_*(1-p_)/n_)**.5
    return p_ - half, p_ + half

@wrong
def wilson(wrong, n):
    if wrong == 0: return 0., 0.
    return tuple(binomtest(wrong, n).proportion_ci(method='wilson'))

@wrong
def wilson(wrong, n):  # of the share that is right
    low, high = binomtest(n - wrong, n).proportion_ci(method='wilson')
    return low, high

# --- one_day

@right
def one_day(records, rates, patrols, corrected=False):
    p = records/np.sum(records)
    return records + (patrols*rates*p.min() if corrected else patrols*rates*p)

@right
def one_day(records, rates, patrols, corrected=False):
    new = records.copy()
    for i in range(len(new)):
        p = records/records.sum()
        new[i] += patrols*p[i]*rates[i]*(min(p)/p[i] if corrected else 1)
    return new

@right
def one_day(records, rates, patrols, corrected=False): return records + patrols*rates*(np.full(len(records), records.min()) if corrected else records)/records.sum()

@wrong
def one_day(records, rates, patrols, corrected=False):  # the least record instead of the least share
    p = records/records.sum()
    return records + patrols*p*rates*(records.min()/p if corrected else 1)

@wrong
def one_day(records, rates, patrols, corrected=False):  # of the other place: Ensign's weight, for two places
    p = records/records.sum()
    return records + patrols*p*rates*((1 - p) if corrected else 1)

@wrong
def one_day(records, rates, patrols, corrected=False):
    p = records/records.sum()
    found = np.round(patrols*p)*rates
    return records + (found*p.min()/p if corrected else found)

@wrong
def one_day(records, rates, patrols, corrected=True):
    p = records/records.sum()
    found = patrols*p*rates
    return records + (found*p.min()/p if corrected else found)

@wrong
def one_day(records, rates, patrols, corrected=False):
    p = records/records.sum()
    found = patrols*p*rates
    if corrected: return (records + found)*p.min()/p
    return records + found

@wrong
def one_day(records, rates, patrols, corrected=False):
    p = records/records.max()
    found = patrols*p*rates
    return records + (found*p.min()/p if corrected else found)

@wrong
def one_day(records, rates, patrols, corrected=False):
    p = records/records.sum()
    found = patrols*p*rates
    if corrected: found = found*p[1]/p
    return records + found

@wrong
def one_day(records, rates, patrols, corrected=False):
    p = (records/records.sum())[::-1]
    found = patrols*p*rates
    return records + (found*p.min()/p if corrected else found)

# --- luck

@right
def luck(valid, test, k): return statistics.mean(w[i] - v[i] for v, w in zip(valid, test) for i in [int(np.argmin(v[:k]))])

@right
def luck(valid, test, k):
    v = torch.as_tensor(valid[:, :k])
    best = v.argmin(1, keepdim=True)
    return (torch.as_tensor(test).gather(1, best) - v.gather(1, best)).mean()

@right
def luck(valid, test, k):
    won = valid[:, :k] == valid[:, :k].min(axis=1, keepdims=True)
    return (test[:, :k][won] - valid[:, :k][won]).mean()

@wrong
def luck(valid, test, k): return np.median([w[v[:k].argmin()] - v[:k].min() for v, w in zip(valid, test)])

@wrong
def luck(valid, test, k): return np.mean([abs(w[v[:k].argmin()] - v[:k].min()) for v, w in zip(valid, test)])

@wrong
def luck(valid, test, k): return np.sum([w[v[:k].argmin()] - v[:k].min() for v, w in zip(valid, test)])

@wrong
def luck(valid, test, k): return np.mean([w[v[:k+1].argmin()] - v[:k+1].min() for v, w in zip(valid, test)])

@wrong
def luck(valid, test, k): return np.mean([w[v[-k:].argmin()] - v[-k:].min() for v, w in zip(valid, test)])

@wrong
def luck(valid, test, k): return np.mean([w[:k].mean() - v[:k].min() for v, w in zip(valid, test)])

@wrong
def luck(valid, test, k): return np.array([w[v[:k].argmin()] - v[:k].min() for v, w in zip(valid, test)])

@wrong
def luck(valid, test, k):
    i = np.unravel_index(valid[:, :k].argmin(), valid[:, :k].shape)
    return test[i] - valid[i]
