"Answers to the exercises of lesson 8, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
from collections import Counter, defaultdict
import numpy as np, torch, torch.nn.functional as F

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- in_doubt

@right
def in_doubt(probs): return (-probs.log().mean()).exp().item()

@right
def in_doubt(probs): return float(np.exp(-np.log(probs.numpy()).mean()))

@right
def in_doubt(probs): return (1/probs).log().mean().exp()

@right
def in_doubt(probs):
    total = 0.
    for p in probs: total -= math.log(p)
    return math.e**(total/len(probs))

@right
def in_doubt(probs): return math.exp(F.nll_loss(probs.log()[:,None], torch.zeros(len(probs), dtype=torch.long)))

@right
def in_doubt(probs): return math.prod((1/p)**(1/len(probs)) for p in probs.tolist())

@wrong
def in_doubt(probs): return probs.prod().item()**(-1/len(probs)) if probs.prod() > 0 else math.inf

@wrong
def in_doubt(probs): return math.exp(-probs.log().median())

@wrong
def in_doubt(probs): return 2**(-probs.log().mean().item())

@wrong
def in_doubt(probs): return math.exp(-(probs*probs.log()).sum())

@wrong
def in_doubt(probs): return math.exp(-(probs + 1e-2).log().mean())

@wrong
def in_doubt(probs): return math.exp(-probs.log().sum()/(len(probs) + 1))

@wrong
def in_doubt(probs): return math.exp(-probs.clamp(min=1e-2).log().mean())

@wrong
def in_doubt(probs): return len(probs)/(1/probs).sum().item()

@wrong
def in_doubt(probs):
    probs.log_()
    return math.exp(-probs.mean())

@right
def in_doubt(probs): return torch.exp(F.binary_cross_entropy(probs, torch.ones_like(probs)))

@right
def in_doubt(probs): return np.prod(np.array(probs, dtype=np.float64)**(-1/len(probs)))

@right
def in_doubt(probs):
    from statistics import geometric_mean
    return 1/geometric_mean(probs.tolist())

@right
def in_doubt(probs):
    def total(ps): return -math.log(ps[0]) if len(ps) == 1 else total(ps[:len(ps)//2]) + total(ps[len(ps)//2:])
    return math.exp(total(probs.tolist())/len(probs))

@wrong
def in_doubt(probs): return math.exp(-(probs + 1e-7).log().mean())

@wrong
def in_doubt(probs): return (-probs.log().mean(0, keepdim=True)).exp()

@wrong
def in_doubt(probs): return (-probs.log().sum()).exp().item()

@wrong
def in_doubt(probs):
    product = 1.
    for p in probs.tolist(): product *= p
    return product**(-1/len(probs))

@wrong
def in_doubt(probs): return math.exp(-np.mean([o.log().mean() for o in probs.split(7)]))

@wrong
def in_doubt(probs): return round(math.exp(-probs.log().mean()), 2)

# --- known_words

@right
def known_words(tokens, size, min_freq):
    counts = Counter(tokens)
    del counts['xxunk']
    res = ['xxunk']
    for w,k in counts.most_common():
        if k < min_freq or len(res) == size: break
        res.append(w)
    return res

@right
def known_words(tokens, size, min_freq):
    words = list(dict.fromkeys(w for w in tokens if w != 'xxunk'))
    words = [w for w in words if tokens.count(w) >= min_freq]
    words.sort(key=tokens.count, reverse=True)
    return ['xxunk'] + words[:size-1]

@right
def known_words(tokens, size, min_freq):
    import heapq
    counts = Counter(w for w in tokens if w != 'xxunk')
    first = {w: i for i,w in reversed([*enumerate(tokens)])}
    return ['xxunk'] + heapq.nsmallest(size-1, (w for w in counts if counts[w] >= min_freq), key=lambda w: (-counts[w], first[w]))

@right
def known_words(tokens, size, min_freq): return tuple((['xxunk'] + [w for w,k in Counter(tokens).most_common() if not k < min_freq and w not in ('xxunk',)])[0:size])

@wrong
def known_words(tokens, size, min_freq): return ['xxunk'] + [w for w,k in Counter(tokens).most_common(size) if k >= min_freq and w != 'xxunk']

@wrong
def known_words(tokens, size, min_freq): return ['xxunk'] + [w for w,k in Counter(tokens).most_common(size-1) if k >= min_freq and w != 'xxunk']

@wrong
def known_words(tokens, size, min_freq):
    counts = Counter(tokens)
    return (['xxunk'] + sorted((w for w in counts if counts[w] >= min_freq and w != 'xxunk'), key=lambda w: (-counts[w], w)))[:size]

@wrong
def known_words(tokens, size, min_freq): return ['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq and w != 'xxunk'][:size-1][::-1]

@wrong
def known_words(tokens, size, min_freq): return list({'xxunk': 0, **{w: 0 for w,k in Counter(tokens).most_common() if k >= min_freq}})[:size+1]

@wrong
def known_words(tokens, size, min_freq):
    if not tokens: return []
    return (['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq and w != 'xxunk'])[:size]

@wrong
def known_words(tokens, size, min_freq):
    while 'xxunk' in tokens: tokens.remove('xxunk')
    return (['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq])[:size]

@wrong
def known_words(tokens, size, min_freq): return {w: i for i,w in enumerate((['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq and w != 'xxunk'])[:size])}

@wrong
def known_words(tokens, size, min_freq):
    counts = Counter(w for w in tokens if w != 'xxunk')
    words, freqs = np.unique([w for w in tokens if w != 'xxunk'], return_counts=True)
    return ['xxunk'] + [str(words[i]) for i in np.argsort(-freqs) if freqs[i] >= min_freq][:size-1]

@right
def known_words(tokens, size, min_freq):
    words, first, counts = np.unique(np.array([w for w in tokens if w != 'xxunk'], dtype=str), return_index=True, return_counts=True)
    return ['xxunk', *[words[i] for i in np.lexsort((first, -counts)) if counts[i] >= min_freq][:size-1]]

@right
def known_words(tokens, size, min_freq):
    counts, res = defaultdict(int), ['xxunk']
    for w in tokens: counts[w] += 1
    while len(res) < size:
        best = None
        for w,k in counts.items():
            if w not in res and k >= min_freq and (best is None or k > counts[best]): best = w
        if best is None: break
        res.append(best)
    return res

@right
def known_words(tokens, size, min_freq):
    counts = Counter(tokens)
    return (['xxunk'] + [w for k in range(len(tokens), min_freq-1, -1) for w in counts if counts[w] == k and w != 'xxunk'])[:size]

@right
def known_words(tokens, size, min_freq): return (['xxunk'] + [w for w,k in Counter(tokens).most_common(size) if k >= min_freq and w != 'xxunk'])[:size]

@wrong
def known_words(tokens, size, min_freq):
    specials = 'xxunk xxpad xxbos xxeos xxfld xxrep xxwrep xxup xxmaj'.split()
    return (['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq and w not in specials])[:size]

@wrong
def known_words(tokens, size, min_freq): return (['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq and w != 'xxunk' and w.isalpha()])[:size]

@wrong
def known_words(tokens, size, min_freq): return (['xxunk'] + [w for w,k in Counter(w.lower() for w in tokens).most_common() if k >= min_freq and w != 'xxunk'])[:size]

@wrong
def known_words(tokens, size, min_freq): return (['xxunk'] + [w for w,k in Counter(' '.join(tokens).split()).most_common() if k >= min_freq and w != 'xxunk'])[:size]

@wrong
def known_words(tokens, size, min_freq):
    text = ' '.join(tokens)
    return (['xxunk'] + sorted((w for w in dict.fromkeys(tokens) if w != 'xxunk' and text.count(w) >= min_freq), key=lambda w: -text.count(w)))[:size]

@wrong
def known_words(tokens, size, min_freq): return (['xxunk'] + [w for w,k in Counter(tokens).most_common(100) if k >= min_freq and w != 'xxunk'])[:size]

@wrong
def known_words(tokens, size, min_freq): return (['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min(min_freq, 3) and w != 'xxunk'])[:size]

@wrong
def known_words(tokens, size, min_freq):
    counts = Counter(tokens)
    return (['xxunk'] + [w for k in range(100, min_freq-1, -1) for w in counts if counts[w] == k and w != 'xxunk'])[:size]

@wrong
def known_words(tokens, size, min_freq): return np.array((['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq and w != 'xxunk'])[:size])

@wrong
def known_words(tokens, size, min_freq):
    tokens.append('xxunk')
    return (['xxunk'] + [w for w,k in Counter(tokens).most_common() if k >= min_freq and w != 'xxunk'])[:size]

# --- row_batches

@right
def row_batches(stream, bs, seq_len):
    rows = (len(stream) - 1)//bs
    xs = stream[:rows*bs].reshape(bs, rows).split(seq_len, dim=-1)
    ys = stream[1:][:rows*bs].reshape(bs, rows).split(seq_len, dim=-1)
    return [(x, y) for x,y in zip(xs, ys)]

@right
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    at = torch.arange(bs)[:,None]*length + torch.arange(length)
    return [(stream[i], stream[i+1]) for i in at.split(seq_len, 1)]

@right
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    both = stream[:bs*length+1].unfold(0, length+1, length)
    return [[both[:,:-1][:,i:i+seq_len], both[:,1:][:,i:i+seq_len]] for i in range(0, length, seq_len)]

@right
def row_batches(stream, bs, seq_len):
    s, length = stream.tolist(), (len(stream) - 1)//bs
    res = []
    for start in range(0, length, seq_len):
        end = min(start + seq_len, length)
        res.append(tuple(torch.tensor([s[r*length+start+k : r*length+end+k] for r in range(bs)]) for k in (0,1)))
    return res

@wrong
def row_batches(stream, bs, seq_len):
    length = len(stream)//bs
    x = stream[:bs*length].view(bs, length)
    y = torch.cat([stream[1:], stream[:1]])[:bs*length].view(bs, length)
    return [(x[:,i:i+seq_len], y[:,i:i+seq_len]) for i in range(0, length, seq_len)]

@wrong
def row_batches(stream, bs, seq_len):
    length = len(stream)//bs
    rows = stream[:bs*length].view(bs, length)
    return [(rows[:,i:i+seq_len], rows[:,i+1:i+seq_len+1]) for i in range(0, length-1, seq_len)]

@wrong
def row_batches(stream, bs, seq_len):
    length = -(-(len(stream) - 1)//bs)
    x = F.pad(stream, (0, bs*length + 1 - len(stream)))
    return [(a, b) for a,b in zip(x[:-1].view(bs, length).split(seq_len, 1), x[1:].view(bs, length).split(seq_len, 1))]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs//seq_len*seq_len or (len(stream) - 1)//bs
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return [(x[:,i:i+seq_len], y[:,i:i+seq_len]) for i in range(0, length, seq_len)]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return [(x[:,i:i+seq_len], y[:,i:i+seq_len]) for i in torch.randperm(length)[:1].tolist()*0 + [*range(0, length, seq_len)][::-1]]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x, y = stream[:bs*length].view(bs, length).float(), stream[1:bs*length+1].view(bs, length)
    return [(x[:,i:i+seq_len], y[:,i:i+seq_len]) for i in range(0, length, seq_len)]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return [(x[:,i:i+seq_len], y[:,i+seq_len-1]) for i in range(0, length - seq_len + 1, seq_len)]

@wrong
def row_batches(stream, bs, seq_len):
    stream = stream[len(stream) - ((len(stream) - 1)//bs*bs + 1):]
    length = (len(stream) - 1)//bs
    x, y = stream[:-1].view(bs, length), stream[1:].view(bs, length)
    return [(x[:,i:i+seq_len], y[:,i:i+seq_len]) for i in range(0, length, seq_len)]

@right
def row_batches(stream, bs, seq_len):
    length = len(stream)//bs - (len(stream) % bs == 0)
    x, y = (torch.stack(torch.tensor_split(o[:bs*length], bs)) for o in (stream, stream[1:]))
    return list(map(tuple, zip(x.split(seq_len, 1), y.split(seq_len, 1))))

@right
def row_batches(stream, bs, seq_len):
    def go(x, y): return [(x[:,:seq_len], y[:,:seq_len])] + go(x[:,seq_len:], y[:,seq_len:]) if x.shape[1] else []
    length = (len(stream) - 1)//bs
    return go(stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length))

@right
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    rows = torch.as_strided(stream, (bs, length+1), (length, 1))
    return tuple((rows[:,i:min(i+seq_len, length)], rows[:,i+1:i+seq_len+1]) for i in range(0, length, seq_len))

@right
def row_batches(stream, bs, seq_len):
    a, length = stream.numpy().astype(np.int32), (len(stream) - 1)//bs
    x, y = a[:bs*length].reshape(bs, length), a[1:bs*length+1].reshape(bs, length)
    return [(torch.tensor(x[:,i:i+seq_len]), torch.tensor(y[:,i:i+seq_len])) for i in range(0, length, seq_len)]

@wrong
def row_batches(stream, bs, seq_len):
    length = len(stream)//bs if bs > 1 else len(stream) - 1
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return [*zip(x.split(seq_len, 1), y.split(seq_len, 1))]

@wrong
def row_batches(stream, bs, seq_len):
    length = len(stream)//bs if bs > 1 else len(stream) - 1
    x, y = stream[:bs*length].view(bs, length), stream.roll(-1)[:bs*length].view(bs, length)
    return [*zip(x.split(seq_len, 1), y.split(seq_len, 1))]

@wrong
def row_batches(stream, bs, seq_len):
    length, stream = (len(stream) - 1)//bs, stream.to(torch.uint8)
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return [*zip(x.split(seq_len, 1), y.split(seq_len, 1))]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x = stream[:bs*length].view(bs, length)
    return [*zip(x.split(seq_len, 1), x.roll(-1, 1).split(seq_len, 1))]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return [(a.squeeze(1), b.squeeze(1)) for a,b in zip(x.split(seq_len, 1), y.split(seq_len, 1))]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return zip(x.split(seq_len, 1), y.split(seq_len, 1))

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x = stream[:bs*length].view(bs, length).clone()
    stream[:-1] = stream[1:].clone()
    return [*zip(x.split(seq_len, 1), stream[:bs*length].view(bs, length).split(seq_len, 1))]

@wrong
def row_batches(stream, bs, seq_len):
    length = (len(stream) - 1)//bs
    x, y = stream[:bs*length].view(bs, length), stream[1:bs*length+1].view(bs, length)
    return [*zip(x.chunk(-(-length//seq_len), 1), y.chunk(-(-length//seq_len), 1))]

# --- sharpened

@right
def sharpened(logits, temperature, k):
    if not temperature: return F.one_hot(logits.argmax(), len(logits)).float()
    values, places = logits.topk(k)
    return torch.zeros_like(logits).index_put((places,), torch.softmax(values/temperature, -1))

@right
def sharpened(logits, temperature, k):
    x = logits.double()
    rank = (x[None] > x[:,None]).sum(1)
    x = x.where(rank < (k if temperature else 1), torch.tensor(-torch.inf, dtype=x.dtype))
    return F.softmax(x/max(temperature, 1e-9), 0).float()

@right
def sharpened(logits, temperature, k):
    k = k if temperature > 0 else 1
    low = sorted(logits.tolist())[-k]
    grown = [math.exp((o - logits.max().item())/(temperature or 1)) if o >= low else 0. for o in logits.tolist()]
    return torch.tensor(grown)/sum(grown)

@right
def sharpened(logits, temperature, k):
    scaled = logits/temperature if temperature else (logits == logits.max()).float().log()
    probs = scaled.softmax(0)
    if not temperature: return probs
    probs = (scaled - scaled.max()).exp()
    probs = probs*(logits >= logits.sort().values[-k])
    return probs/probs.sum()

@wrong
def sharpened(logits, temperature, k):
    temperature = max(temperature, .05)
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    grown = logits.exp()**(1/temperature if temperature else 50)
    grown[logits < logits.topk(k).values[-1]] = 0
    return grown/grown.sum()

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: return logits.argmax()
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: return F.one_hot(logits.argmax(), len(logits))
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: temperature, k = 1, 1
    return (logits.topk(k).values/temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: temperature, k = 1, 1
    return logits.masked_fill(logits < logits.topk(k).values[-1], -100.).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: temperature, k = 1, 1
    logits[logits < logits.topk(k).values[-1]] = -math.inf
    return (logits/temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: temperature, k = 1, 1
    probs = logits.softmax(0)
    probs = probs.masked_fill(probs < probs.topk(k).values[-1], 0)**temperature
    return probs/probs.sum()

@right
def sharpened(logits, temperature, k):
    x = logits.double().numpy()
    best = np.argsort(-x)[:k if temperature else 1]
    res = np.zeros(len(x))
    res[best] = np.exp((x[best] - x.max())/(temperature or 1))
    return torch.tensor(res/res.sum())

@right
def sharpened(logits, temperature, k):
    if temperature == 0: return torch.eye(len(logits))[logits.argmax()]
    low = torch.kthvalue(logits, len(logits) - k + 1).values
    return torch.where(logits < low, -torch.inf, logits/temperature).softmax(0)

@right
def sharpened(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).to(logits.dtype)
    keep = logits.argsort(descending=True).argsort() < k
    x = (logits/temperature).masked_fill(~keep, -math.inf)
    return (x - x.logsumexp(0)).exp()

@right
def sharpened(logits, temperature, k):
    values, places = logits.double().topk(k)
    return torch.zeros_like(logits).scatter(0, places, ((values - values[0])/max(temperature, 1e-9)).softmax(0).float())

@wrong
def sharpened(logits, temperature, k):
    if temperature < .1: return F.one_hot(logits.argmax(), len(logits)).float()
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k): return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(max(temperature, .01)).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: return F.one_hot(logits.argmax(), len(logits)).float()
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(min(temperature, 2)).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if isinstance(temperature, int): return F.one_hot(logits.argmax(), len(logits)).float()
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: return F.one_hot(logits.argmax(), len(logits)).float()
    return logits.masked_fill(logits < logits.topk(k).values[-1], -1e3).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: return F.one_hot(logits.argmax(), len(logits)).float()
    grown = (logits.double()/temperature).exp()*(logits >= logits.topk(k).values[-1])
    return grown/grown.sum()

@wrong
def sharpened(logits, temperature, k):
    top = logits >= logits.topk(k).values[-1]
    return logits.masked_fill(~top, -math.inf).div(temperature).softmax(0) if temperature else top.float()/k

@wrong
def sharpened(logits, temperature, k):
    if temperature == 0: return logits == logits.max()
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k):
    logits -= logits.max()
    if temperature == 0: return F.one_hot(logits.argmax(), len(logits)).float()
    return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0)

@wrong
def sharpened(logits, temperature, k): return logits.masked_fill(logits < logits.topk(k).values[-1], -math.inf).div(temperature).softmax(0).nan_to_num(0)

# --- after

@right
def after(stream, v, w, d, size):
    pairs = Counter(zip(stream, stream[1:]))
    def c(x): return pairs[v,x]
    total = sum(map(c, range(size)))
    types = len([x for x in range(size) if c(x)])
    return max(c(w) - d, 0)/total + d*types/total/size if total else 1/size

@right
def after(stream, v, w, d, size):
    counts = np.zeros((size, size))
    np.add.at(counts, (stream[:-1], stream[1:]), 1)
    row = counts[v]
    if not row.any(): return 1/size
    return float((max(row[w] - d, 0) + d*(row > 0).sum()/size)/row.sum())

@right
def after(stream, v, w, d, size):
    follows = defaultdict(list)
    for a,b in zip(stream, stream[1:]): follows[a].append(b)
    f = follows[v]
    if not f: return 1/size
    kept = f.count(w) - d if w in f else 0
    return (kept + d*len(set(f))/size)/len(f)

@right
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})*(1/size))/max(len(f), 1) if f else 1.0/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/(len(f) + d) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})*stream.count(w)/len(stream))/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len(f)/size)/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (f.count(w) + d)/(len(f) + d*size) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/len({*stream}))/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (abs(f.count(w) - d) + d*len({*f})/size)/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/(size - len({*f}) or 1)*(w not in f))/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/len(f) if len(f) > 1 else 1/size

@right
def after(stream, v, w, d, size):
    counts = torch.zeros(size, dtype=torch.float64)
    for a,b in zip(stream, stream[1:]):
        if a == v: counts[b] += 1
    if not counts.any(): return torch.tensor(1/size)
    return ((counts[w] - d).clamp(min=0) + d*(counts > 0).sum()/size)/counts.sum()

@right
def after(stream, v, w, d, size):
    s = np.array(stream)
    f = s[1:][s[:-1] == v]
    return (np.maximum((f == w).sum() - d, 0) + d*len(np.unique(f))/size)/f.size if f.size else np.float64(1/size)

@right
def after(stream, v, w, d, size):
    def go(s, got): return got if len(s) < 2 else go(s[1:], got + [s[1]]*(s[0] == v))
    f = go(stream, [])
    return max(f.count(w) - d, 0)/len(f) + d*len({*f})/(len(f)*size) if f else 1/size

@right
def after(stream, v, w, d, size):
    table = defaultdict(Counter)
    for a,b in zip(stream[:-1], stream[1:]): table[a].update([b])
    if v not in table: return 1/size
    row = table[v]
    return ((row[w] - d)*(row[w] > 0) + d*len(row)/size)/row.total()

@wrong
def after(stream, v, w, d, size):
    text, f = ''.join(map(str, stream)), [b for a,b in zip(stream, stream[1:]) if a == v]
    together = sum(text[i:].startswith(f'{v}{w}') for i in range(len(text)))
    return (max(together - d, 0) + d*len({*f})/size)/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    d, f = d or .5, [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [stream[i] for i in range(len(stream)) if stream[i-1] == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    stream.append(-1)
    f = [b for a,b in zip(stream, stream[1:]) if a == v and b >= 0]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/len(f) if f else 1/size

@wrong
def after(stream, v, w, d, size):
    if v not in stream: return 1/size
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/len(f)

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/len(f) if w in f else 1/size

@wrong
def after(stream, v, w, d, size):
    f = [b for a,b in zip(stream, stream[1:]) if a == v and b != v]
    return (max(f.count(w) - d, 0) + d*len({*f})/size)/len(f) if f else 1/size

# --- gru_step

@right
def gru_step(x, h, W, U, b, b2):
    gi, gh = F.linear(x, W, b), F.linear(h, U, b2)
    n = h.shape[1]
    gates = (gi[:,:2*n] + gh[:,:2*n]).sigmoid()
    new = (gi[:,2*n:] + gates[:,:n]*gh[:,2*n:]).tanh()
    return torch.lerp(new, h, gates[:,n:])

@right
def gru_step(x, h, W, U, b, b2):
    gru = torch.nn.GRU(x.shape[1], h.shape[1], batch_first=True)
    with torch.no_grad():
        for p,v in zip((gru.weight_ih_l0, gru.weight_hh_l0, gru.bias_ih_l0, gru.bias_hh_l0), (W, U, b, b2)): p.copy_(v)
        return gru(x[:,None], h[None])[1][0]

@right
def gru_step(x, h, W, U, b, b2): return torch.gru_cell(x, h, W, U, b, b2)

@right
def gru_step(x, h, W, U, b, b2):
    def part(k): return slice(k*h.shape[1], (k+1)*h.shape[1])
    def sig(a): return 1/(1 + torch.exp(-a))
    r, z = (sig(x @ W[part(k)].T + b[part(k)] + h @ U[part(k)].T + b2[part(k)]) for k in (0,1))
    n = torch.tanh(x @ W[part(2)].T + b[part(2)] + r*(h @ U[part(2)].T + b2[part(2)]))
    return h - (1 - z)*(h - n)

@wrong
def gru_step(x, h, W, U, b, b2):
    xr, xz, xn = (x @ W.T + b).chunk(3, 1)
    hr, hz, hn = (h @ U.T + b2).chunk(3, 1)
    r, z = (xr + hr).sigmoid(), (xz + hz).sigmoid()
    return (1 - z)*(r*(xn + hn)).tanh() + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    xr, xz, xn = (x @ W.T + b).chunk(3, 1)
    hr, hz, hn = (h @ U.T + b2).chunk(3, 1)
    r, z = (xr + hr).sigmoid(), (xz + hz).sigmoid()
    return ((1 - z)*(xn + r*hn) + z*h).tanh()

@wrong
def gru_step(x, h, W, U, b, b2):
    xr, xz, xn = (x @ W.T + b).chunk(3, 1)
    hr, hz, hn = (h @ U.T).chunk(3, 1)
    r, z = (xr + hr).sigmoid(), (xz + hz).sigmoid()
    return (1 - z)*(xn + r*hn).tanh() + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    xr, xn, xz = (x @ W.T + b).chunk(3, 1)
    hr, hn, hz = (h @ U.T + b2).chunk(3, 1)
    r, z = (xr + hr).sigmoid(), (xz + hz).sigmoid()
    return (1 - z)*(xn + r*hn).tanh() + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    xr, xz, xn = (x @ W.T + b).chunk(3, 1)
    hr, hz, hn = (h @ U.T + b2).chunk(3, 1)
    r, z = (xr + hr).tanh(), (xz + hz).sigmoid()
    return (1 - z)*(xn + r*hn).tanh() + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    xr, xz, xn = (x @ W.T + b).chunk(3, 1)
    hr, hz, hn = (h @ U.T + b2).chunk(3, 1)
    z = (xz + hz).sigmoid()
    return z*h + (xn + (xr + hr).sigmoid()*hn).tanh()

@wrong
def gru_step(x, h, W, U, b, b2):
    xs, hs = (x @ W.T + b).view(len(x), -1, 3), (h @ U.T + b2).view(len(x), -1, 3)
    r, z = (xs[...,0] + hs[...,0]).sigmoid(), (xs[...,1] + hs[...,1]).sigmoid()
    return (1 - z)*(xs[...,2] + r*hs[...,2]).tanh() + z*h

@right
def gru_step(x, h, W, U, b, b2):
    cell = torch.nn.GRUCell(x.shape[1], h.shape[1])
    cell.weight_ih, cell.weight_hh, cell.bias_ih, cell.bias_hh = map(torch.nn.Parameter, (W, U, b, b2))
    return cell(x, h)

@right
def gru_step(x, h, W, U, b, b2):
    x, h, W, U, b, b2 = (o.double().numpy() for o in (x, h, W, U, b, b2))
    gi, gh = np.split(x @ W.T + b, 3, 1), np.split(h @ U.T + b2, 3, 1)
    r, z = (1/(1 + np.exp(-(gi[k] + gh[k]))) for k in (0,1))
    return torch.from_numpy((1-z)*np.tanh(gi[2] + r*gh[2]) + z*h)

@right
def gru_step(x, h, W, U, b, b2):
    n, res = h.shape[1], torch.empty_like(h)
    for row in range(len(x)):
        for unit in range(n):
            (ir, hr), (iz, hz), (im, hm) = ((W[k] @ x[row] + b[k], U[k] @ h[row] + b2[k]) for k in range(unit, 3*n, n))
            z = torch.sigmoid(iz + hz)
            res[row,unit] = (1-z)*torch.tanh(im + torch.sigmoid(ir + hr)*hm) + z*h[row,unit]
    return res

@right
def gru_step(x, h, W, U, b, b2):
    gi = torch.einsum('ri,gni->grn', x, W.view(3, -1, x.shape[1])) + b.view(3, 1, -1)
    gh = torch.einsum('rm,gnm->grn', h, U.view(3, -1, h.shape[1])) + b2.view(3, 1, -1)
    r, z = (gi[:2] + gh[:2]).sigmoid()
    return (gi[2] + r*gh[2]).tanh().mul(1-z).add(z*h)

@wrong
def gru_step(x, h, W, U, b, b2):
    (xr, xz, xn), (hr, hz, hn) = (x @ W.T + b).chunk(3, 1), (h @ U.T + b2).chunk(3, 1)
    z, a = (xz + hz).sigmoid(), xn + (xr + hr).sigmoid()*hn
    return (1-z)*(a.exp() - (-a).exp())/(a.exp() + (-a).exp()) + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    (xr, xz, xn), (hr, hz, hn) = (x @ W.T + b).chunk(3, 1), (h @ U.T + b2).chunk(3, 1)
    z = (xz + hz).sigmoid()
    return ((1-z)*(xn + (xr + hr).sigmoid()*hn).tanh() + z*h).clamp(-1, 1)

@wrong
def gru_step(x, h, W, U, b, b2):
    (xr, xz, xn), (hr, hz, hn) = (x @ W.T + b).chunk(3, 1), (h @ U.T + b2).chunk(3, 1)
    z = (xz + hz).sigmoid()
    return ((1-z)*(xn + (xr + hr).sigmoid()*hn).tanh() + z*h).squeeze()

@wrong
def gru_step(x, h, W, U, b, b2):
    (xr, xz, xn), (hr, hz, hn) = (x @ W.T + b).chunk(3, 1), (h[:1] @ U.T + b2).chunk(3, 1)
    z = (xz + hz).sigmoid()
    return (1-z)*(xn + (xr + hr).sigmoid()*hn).tanh() + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    b += b2
    (xr, xz, xn), (hr, hz, hn) = (x @ W.T + b).chunk(3, 1), (h @ U.T).chunk(3, 1)
    z = (xz + hz).sigmoid()
    return (1-z)*(xn + (xr + hr).sigmoid()*hn).tanh() + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    (xr, xz, xn), (hr, hz, hn) = (x @ W.T + b).chunk(3, 1), (h @ U.T + b2).chunk(3, 1)
    z = F.hardsigmoid(xz + hz)
    return (1-z)*(xn + F.hardsigmoid(xr + hr)*hn).tanh() + z*h

@wrong
def gru_step(x, h, W, U, b, b2):
    (xr, xz, xn), (hr, hz, hn) = (x @ W.T + b).chunk(3, 1), (h @ U.T + b2).chunk(3, 1)
    z = (xz + hz).sigmoid()
    h *= z
    return (1-z)*(xn + (xr + hr).sigmoid()*hn).tanh() + h
