"Answers to the exercises of lesson 9, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
import numpy as np, pandas as pd, torch, torch.nn.functional as F
from fastai.text.all import match_embeds, pad_input_chunk

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- group_rates

@right
def group_rates(top, n, factor): return [top*factor**-(n-1-i) for i in range(n)]

@right
def group_rates(top, n, factor):
    from itertools import accumulate, repeat
    return [*accumulate(repeat(top, n), lambda a,_: a/factor)][::-1]

@right
def group_rates(top, n, factor): return (top/torch.tensor(float(factor), dtype=torch.float64)**torch.arange(n-1, -1, -1)).tolist()

@right
def group_rates(top, n, factor): return np.geomspace(top/factor**(n-1), top, n).tolist()

@right
def group_rates(top, n, factor):
    def rates(n): return [top] if n == 1 else [o/factor for o in rates(n-1)] + [top]
    return rates(n)

@wrong
def group_rates(top, n, factor): return top/factor**torch.arange(n-1, -1, -1)

@wrong
def group_rates(top, n, factor): return sorted(top/factor**i for i in range(n))

@wrong
def group_rates(top, n, factor): return [top/2.6**(n-1-i) for i in range(n)]

@wrong
def group_rates(top, n, factor): return [0.]*(n-1) + [top]

@wrong
def group_rates(top, n, factor): return [top/factor**(n-1-i) for i in range(n-1)]

@wrong
def group_rates(top, n, factor): return [top/factor**(4*(n-1-i)/max(n-1, 1)) for i in range(n)]

@wrong
def group_rates(top, n, factor): return [top*factor**i for i in range(n)]

@right
def group_rates(top, n, factor): return (top/factor**torch.arange(n-1, -1, -1)).tolist()

@right
def group_rates(top, n, factor): return np.logspace(math.log10(top/factor**(n-1)), math.log10(top), n).tolist()

@right
def group_rates(top, n, factor): return pd.Series([1.] + [1/factor]*(n-1)).cumprod().mul(top).iloc[::-1].tolist()

@right
def group_rates(top, n, factor):
    res = []
    for _ in range(n):
        res.append(top)
        top /= factor
    return res[::-1]

@wrong
def group_rates(top, n, factor):
    rates = np.full(n, top)
    for i in range(n-2, -1, -1): rates[i] = rates[i+1]/factor
    return rates.tolist()

@wrong
def group_rates(top, n, factor): return [round(top/factor**(n-1-i), 3) for i in range(n)]

@wrong
def group_rates(top, n, factor): return [top/max(factor, 1)**(n-1-i) for i in range(n)]

@wrong
def group_rates(top, n, factor): return [top/factor**(3-i) for i in range(n)]

# --- epochs_trained

@right
def epochs_trained(n, epochs): return [sum(e for k,e in enumerate(epochs) if k >= n-1-i) for i in range(n)]

@right
def epochs_trained(n, epochs):
    res, learns = [0]*n, set()
    for k,e in enumerate(epochs):
        if k < n: learns.add(n-1-k)
        for i in learns: res[i] += e
    return res

@right
def epochs_trained(n, epochs):
    table = np.array([[e*(i >= n-1-k) for i in range(n)] for k,e in enumerate(epochs)], dtype=int).reshape(-1, n)
    return table.sum(0).tolist()

@right
def epochs_trained(n, epochs):
    def trained(n, epochs): return [] if n == 0 else trained(n-1, epochs[1:]) + [sum(epochs)]
    return trained(n, epochs)

@wrong
def epochs_trained(n, epochs): return [float(sum(epochs[n-1-i:])) for i in range(n)]

@wrong
def epochs_trained(n, epochs): return [sum(epochs[-(i+1):]) for i in range(n)]

@wrong
def epochs_trained(n, epochs): return [sum(epochs[max(len(epochs)-1-i, 0):]) for i in range(n)]

@wrong
def epochs_trained(n, epochs): return [epochs[0]*(i == n-1) + sum(epochs[1:]) for i in range(n)]

@wrong
def epochs_trained(n, epochs): return np.cumsum(epochs[::-1]).tolist()

@wrong
def epochs_trained(n, epochs): return [sum(epochs[:i+1]) for i in range(n)]

@wrong
def epochs_trained(n, epochs): return [sum(epochs[n-1-i:n]) for i in range(n)]

@right
def epochs_trained(n, epochs):
    res = torch.zeros(n, dtype=torch.long)
    for k,e in enumerate(epochs): res[-(k+1):] += e
    return list(res)

@right
def epochs_trained(n, epochs):
    from itertools import accumulate
    frozen = [0, *accumulate(epochs)] + [sum(epochs)]*n
    return [sum(epochs) - frozen[n-1-i] for i in range(n)]

@right
def epochs_trained(n, epochs): return (np.array(epochs)@(np.arange(n) >= n-1-np.arange(len(epochs))[:,None])).astype(int).tolist()

@wrong
def epochs_trained(n, epochs):
    res = [0]*n
    for k,e in enumerate(epochs):
        for i in range(n-1-k, n):
            if 0 < i: res[i] += e
    return res

@wrong
def epochs_trained(n, epochs): return [sum(epochs[-(len(epochs)-(n-1-i)):]) for i in range(n)]

@wrong
def epochs_trained(n, epochs):
    res = []
    for _ in range(n):
        res.insert(0, sum(epochs))
        if epochs: epochs.pop(0)
    return res

@wrong
def epochs_trained(n, epochs):
    n = max(n, len(epochs))
    return [sum(epochs[n-1-i:]) for i in range(n)]

@wrong
def epochs_trained(n, epochs):
    epochs = [e for e in epochs if e]
    return [sum(epochs[n-1-i:]) for i in range(n)]

# --- new_table

@right
def new_table(table, old, new): return match_embeds({'0.encoder.weight': table}, old, new)['0.encoder.weight']

@right
def new_table(table, old, new):
    at = torch.tensor([old.index(w) if w in old else -1 for w in new])
    return torch.where((at < 0)[:,None], table.mean(0), table[at])

@right
def new_table(table, old, new):
    M = torch.tensor([[float(a == w) for a in old] if w in old else [1/len(old)]*len(old) for w in new], dtype=table.dtype)
    return M @ table

@right
def new_table(table, old, new):
    frame = pd.DataFrame(table.numpy(), index=old).reindex(new)
    return torch.tensor(frame.fillna(frame.iloc[:0].mean()).where(frame.notna(), pd.Series(table.mean(0).numpy()), axis=1).to_numpy())

@wrong
def new_table(table, old, new):
    table[-1] = table.mean(0)
    return torch.stack([table[old.index(w)] if w in old else table[-1] for w in new])

@wrong
def new_table(table, old, new): return torch.stack([table[old.index(w)] if w in old else table.median(0).values for w in new])

@wrong
def new_table(table, old, new): return torch.stack([table[old.index(w)] if w in old else table.sum(0) for w in new])

@wrong
def new_table(table, old, new): return torch.stack([table[[o for o in range(len(old)) if old[o][0] == w[0]][0]] if any(o[0] == w[0] for o in old) else table.mean(0) for w in new])

@wrong
def new_table(table, old, new):
    words = sorted(set(new), key=new.index)
    return torch.stack([table[old.index(w)] if w in old else table.mean(0) for w in words])

@wrong
def new_table(table, old, new): return torch.stack([table[old.index(w)] if w in old else table.mean(1).mean().expand(table.shape[1]) for w in new])

@wrong
def new_table(table, old, new): return [table[old.index(w)] if w in old else table.mean(0) for w in new]

@wrong
def new_table(table, old, new): return table if list(old) == list(new) else torch.stack([table[old.index(w)] if w in old else table.mean(0) for w in new])

@wrong
def new_table(table, old, new): return torch.stack([table[old.index(w)] if w in old else table.mean(0) for w in new]).float()

@right
def new_table(table, old, new):
    from collections import defaultdict
    mean = sum(table)/len(table)
    rows = defaultdict(lambda: mean, zip(old, table))
    return torch.vstack([rows[w] for w in new])

@right
def new_table(table, old, new):
    x = table.numpy().astype(np.float64)
    rows, mean = dict(zip(old, x)), x.mean(axis=0)
    return torch.from_numpy(np.array([rows.get(w, mean) for w in new])).to(table.dtype)

@right
def new_table(table, old, new):
    at = torch.tensor([old.index(w) if w in old else len(old) for w in new])
    return F.embedding(at, torch.cat([table, table.mean(0)[None]]))

@wrong
def new_table(table, old, new):
    place, res = {w: i for i,w in enumerate(old)}, table.mean(0).repeat(len(new), 1)
    for i,w in enumerate(new):
        if place.get(w, 0) > 0: res[i] = table[place[w]]
    return res

@wrong
def new_table(table, old, new):
    res = torch.empty(len(new), table.shape[1], dtype=table.dtype)
    for i,w in enumerate(new): res[i] = table[old.index(w)] if w in old else table.mean(-1)
    return res

@wrong
def new_table(table, old, new): return torch.stack([table[old.index(w)] if w in old else table.mean() for w in new])

@wrong
def new_table(table, old, new):
    res = torch.randn(len(new), table.shape[1], dtype=table.dtype)
    for i,w in enumerate(new):
        if w in old: res[i] = table[old.index(w)]
    return res

@wrong
def new_table(table, old, new):
    for w in new:
        if w not in old:
            old.append(w)
            table = torch.cat([table, table.mean(0, keepdim=True)])
    return table[[old.index(w) for w in new]]

@wrong
def new_table(table, old, new):
    res = table.mean(0).repeat(len(new), 1)
    for i,w in enumerate(old):
        if w in new: res[new.index(w)] = table[i]
    return res

@wrong
def new_table(table, old, new):
    rest = [i for i,w in enumerate(old) if w not in new]
    mean = table[rest].mean(0) if rest else table.mean(0)
    return torch.stack([table[old.index(w)] if w in old else mean for w in new])

# --- slanted_rate

@right
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = int(total*cut_frac)
    return float(np.interp(t, [0, cut, cut/cut_frac], [high/ratio, high, high/ratio]))

@right
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    p = t/cut if t <= cut else 1 - (t - cut)/(cut/cut_frac - cut)
    p = min(max(p, 0), 1)
    return p*high + (1-p)*high/ratio

@right
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = total*cut_frac//1
    p = min(t/cut, 1 - (t-cut)*cut_frac/(cut*(1-cut_frac)))
    return max(high*(1/ratio + p*(1 - 1/ratio)), high/ratio)

def height(t, cut, cut_frac): return t/cut if t < cut else max(1 - (t - cut)/(cut*(1/cut_frac - 1)), 0)

@wrong
def slanted_rate(t, total, cut_frac, ratio, high): return high*(1 + height(t, round(total*cut_frac), cut_frac)*(ratio - 1))/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high): return high*(1 + height(t, math.ceil(total*cut_frac), cut_frac)*(ratio - 1))/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    p = t/cut if t < cut else 1 - (t - cut)/(total - cut)
    return high*(1 + p*(ratio - 1))/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high): return high*(1 + height(t + 1, math.floor(total*cut_frac), cut_frac)*(ratio - 1))/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    p = t/cut if t < cut else (1 + math.cos(math.pi*min((t - cut)/(cut*(1/cut_frac - 1)), 1)))/2
    return high*(1 + p*(ratio - 1))/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high): return high*(1 + height(t, math.floor(total*cut_frac), cut_frac)*ratio)/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    p = t/cut if t < cut else 1 - (t - cut)/(cut*(1/cut_frac - 1))
    return max(high*(1 + p*(ratio - 1))/ratio, 0.)

@wrong
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    p = t/cut if t < cut else max(1 - t/(cut/cut_frac), 0)
    return high*(1 + p*(ratio - 1))/ratio

@right
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = np.floor(total*cut_frac)
    p = np.where(t < cut, t/cut, np.maximum(1 - (t - cut)/(cut*(1/cut_frac - 1)), 0))
    return np.float32(high*(1 + p*(ratio - 1))/ratio)

@right
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = int(total*cut_frac)
    p = torch.tensor([t/cut, 1 - (t - cut)/(cut*(1/cut_frac - 1))], dtype=torch.float64).min().clamp(0, 1)
    return high*(1 + p*(ratio - 1))/ratio

@right
def slanted_rate(t, total, cut_frac, ratio, high):
    cut, rate, step = math.floor(total*cut_frac), high/ratio, high*(1 - 1/ratio)
    for k in range(1, t+1): rate = rate + step/cut if k <= cut else max(rate - step/(cut/cut_frac - cut), high/ratio)
    return rate

@wrong
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    p = t/cut if t < cut else 1 - (t - cut)/(total - 1 - cut)
    return high*(1 + p*(ratio - 1))/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high): return max(high*height(t, math.floor(total*cut_frac), cut_frac), high/ratio)

@wrong
def slanted_rate(t, total, cut_frac, ratio, high): return high/ratio*ratio**height(t, math.floor(total*cut_frac), cut_frac)

@wrong
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    p = t/cut if t < cut else abs(1 - (t - cut)/(cut*(1/cut_frac - 1)))
    return high*(1 + p*(ratio - 1))/ratio

@wrong
def slanted_rate(t, total, cut_frac, ratio, high):
    cut = math.floor(total*cut_frac)
    return high*(1 + height(t, cut, cut_frac)*(ratio - 1))/ratio if t <= cut/cut_frac else 0.

@wrong
def slanted_rate(t, total, cut_frac, ratio, high): return high*(1 + height(t, total//round(1/cut_frac), cut_frac)*(ratio - 1))/ratio

# --- three_views

@right
def three_views(out, lens): return torch.stack([torch.cat([o[n-1], o[:n].max(0)[0], o[:n].sum(0)/n]) for o,n in zip(out, lens.tolist())])

@right
def three_views(out, lens):
    mask = torch.arange(out.shape[1]) >= lens[:,None]
    nan = out.masked_fill(mask[...,None], math.nan)
    at = (lens - 1)[:,None,None].expand(-1, 1, out.shape[2])
    return torch.cat([out.gather(1, at)[:,0], nan.nan_to_num(-1e30).amax(1), nan.nanmean(1)], dim=-1)

@right
def three_views(out, lens):
    packed = torch.nn.utils.rnn.unpad_sequence(out, lens, batch_first=True)
    return torch.cat([torch.stack([o[-1] for o in packed]), torch.stack([o.amax(0) for o in packed]), torch.stack([o.mean(0) for o in packed])], 1)

@right
def three_views(out, lens):
    n, length, d = out.shape
    res = torch.empty(n, 3*d)
    for i in range(n):
        for j in range(d):
            column = [out[i,k,j].item() for k in range(lens[i])]
            res[i,j], res[i,d+j], res[i,2*d+j] = column[-1], max(column), sum(column)/len(column)
    return res

@wrong
def three_views(out, lens):
    lens = lens.clamp(max=out.shape[1]-1)
    return torch.stack([torch.cat([o[n-1], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens)])

@wrong
def three_views(out, lens): return torch.stack([torch.stack([o[n-1], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens)])

@wrong
def three_views(out, lens): return torch.stack([torch.cat([o[n-1], o[:n].abs().amax(0), o[:n].mean(0)]) for o,n in zip(out, lens)])

@wrong
def three_views(out, lens): return torch.stack([torch.stack([o[n-1], o[:n].amax(0), o[:n].mean(0)], 1).flatten() for o,n in zip(out, lens)])

@wrong
def three_views(out, lens): return torch.stack([torch.cat([o[n-1], o[:n].amax(0), o[:n].median(0).values]) for o,n in zip(out, lens)])

@wrong
def three_views(out, lens):
    for o,n in zip(out, lens): o[n:] = 0
    return torch.stack([torch.cat([o[n-1], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens)])

@wrong
def three_views(out, lens): return torch.stack([torch.cat([o[0], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens)])

@right
def three_views(out, lens):
    keep = torch.arange(out.shape[1])[None,:,None] < lens[:,None,None]
    clean = out.masked_fill(~keep, 0)
    return torch.cat([out[range(len(out)), lens-1], out.masked_fill(~keep, -math.inf).amax(1), clean.sum(1)/lens[:,None]], 1)

@wrong
def three_views(out, lens):
    keep = torch.arange(out.shape[1])[None,:,None] < lens[:,None,None]
    return torch.cat([out[range(len(out)), lens-1], out.masked_fill(~keep, -100.).amax(1), out.masked_fill(~keep, 0).sum(1)/lens[:,None]], 1)

@right
def three_views(out, lens):
    x = out.numpy()
    return torch.tensor(np.array([np.r_[x[i,n-1], x[i,:n].max(0), x[i,:n].mean(0)] for i,n in enumerate(lens.numpy())]))

@right
def three_views(out, lens):
    at = (lens-1).view(-1, 1, 1).expand(-1, 1, out.shape[2])
    filled = out.nan_to_num(-1e9)
    means = out.cumsum(1)/torch.arange(1, out.shape[1]+1)[:,None]
    return torch.cat([o.gather(1, at).squeeze(1) for o in (out, filled.cummax(1).values, means)], -1)

@right
def three_views(out, lens):
    def one(o, largest, total):
        if len(o) == 1: return o[0], torch.maximum(largest, o[0]), total + o[0]
        return one(o[1:], torch.maximum(largest, o[0]), total + o[0])
    parts = [one(o[:n].double(), torch.tensor(-math.inf), 0) for o,n in zip(out, lens)]
    return torch.stack([torch.cat([last, largest, total/n]) for (last,largest,total),n in zip(parts, lens)])

@wrong
def three_views(out, lens):
    keep = (torch.arange(out.shape[1])[None] < lens[:,None])[...,None]
    return torch.cat([out[range(len(out)), lens-1], torch.where(keep, out, -math.inf).amax(1), (out*keep).sum(1)/lens[:,None]], 1)

@wrong
def three_views(out, lens): return torch.stack([torch.cat([o[min(int(n), len(o)-1)], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens)])

@wrong
def three_views(out, lens): return torch.stack([torch.cat([o[:n][-1], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens-1)])

@wrong
def three_views(out, lens): return torch.stack([torch.cat([o[n-1], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens.sort(descending=True).values)])

@wrong
def three_views(out, lens):
    n = lens.max()
    return torch.cat([out[:,n-1], out[:,:n].amax(1), out[:,:n].mean(1)], 1)

@wrong
def three_views(out, lens):
    lens = (out != out[:,-1:]).any(-1).sum(1).clamp(min=1)
    return torch.stack([torch.cat([o[n-1], o[:n].amax(0), o[:n].mean(0)]) for o,n in zip(out, lens)])

# --- chunk_padded

@right
def chunk_padded(texts, seq_len, pad):
    width = max(map(len, texts))
    while width % seq_len: width += 1
    rows = []
    for t in texts:
        left = 0
        while len(t) + left + seq_len <= width: left += seq_len
        rows.append([pad]*left + t.tolist() + [pad]*(width - left - len(t)))
    return torch.tensor(rows)

@right
def chunk_padded(texts, seq_len, pad):
    longest = max(map(len, texts))
    dummy = torch.full((-(-longest//seq_len)*seq_len,), pad)
    return torch.stack([s[0] for s in pad_input_chunk([(t,) for t in [*texts, dummy]], pad_idx=pad, seq_len=seq_len)])[:-1]

@right
def chunk_padded(texts, seq_len, pad):
    filled = [F.pad(t, (0, -len(t) % seq_len), value=pad) for t in texts]
    width = max(map(len, filled))
    return torch.stack([F.pad(t, (width - len(t), 0), value=pad) for t in filled])

@wrong
def chunk_padded(texts, seq_len, pad):
    return torch.stack([s[0] for s in pad_input_chunk([(t,) for t in texts], pad_idx=pad, seq_len=seq_len)])

@wrong
def chunk_padded(texts, seq_len, pad):
    filled = [F.pad(t, (-len(t) % seq_len, 0), value=pad) for t in texts]
    width = max(map(len, filled))
    return torch.stack([F.pad(t, (width - len(t), 0), value=pad) for t in filled])

@wrong
def chunk_padded(texts, seq_len, pad):
    filled = [F.pad(t, (0, -len(t) % seq_len), value=pad) for t in sorted(texts, key=len, reverse=True)]
    width = max(map(len, filled))
    return torch.stack([F.pad(t, (width - len(t), 0), value=pad) for t in filled])

@wrong
def chunk_padded(texts, seq_len, pad):
    filled = [F.pad(t, (0, -len(t) % seq_len), value=pad) for t in texts]
    width = max(map(len, filled))
    return torch.stack([F.pad(t, (width - len(t), 0), value=pad) for t in filled]).float()

@wrong
def chunk_padded(texts, seq_len, pad):
    filled = [F.pad(t, (0, -len(t) % seq_len), value=pad) for t in texts]
    width = len(filled[0])
    return torch.stack([F.pad(t, (width - len(t), 0), value=pad) for t in filled])

@wrong
def chunk_padded(texts, seq_len, pad):
    width = -(-max(map(len, texts))//72)*72
    res = torch.full((len(texts), width), pad)
    for row,t in zip(res, texts): row[(width - len(t))//72*72:][:len(t)] = t
    return res

@right
def chunk_padded(texts, seq_len, pad):
    own = [F.pad(t, (0, -len(t) % seq_len), value=pad) for t in texts]
    return torch.nn.utils.rnn.pad_sequence([o.flip(0) for o in own], batch_first=True, padding_value=pad).flip(1)

@right
def chunk_padded(texts, seq_len, pad):
    chunks, blank = [t.split(seq_len) for t in texts], torch.full((seq_len,), pad)
    n = max(map(len, chunks))
    return torch.stack([torch.cat([blank]*(n - len(c)) + [torch.cat([o, blank[len(o):]]) for o in c]) for c in chunks])

@right
def chunk_padded(texts, seq_len, pad):
    width = int(np.ceil(max(map(len, texts))/seq_len))*seq_len
    res = np.full((len(texts), width), pad, dtype=np.int32)
    for row,t in zip(res, texts):
        end = width - (width - len(t)) % seq_len
        row[end-len(t):end] = t.numpy()
    return torch.from_numpy(res)

@wrong
def chunk_padded(texts, seq_len, pad):
    width = -(-max(map(len, texts[:2]))//seq_len)*seq_len
    res = torch.full((len(texts), width), pad)
    for row,t in zip(res, texts): row[(width - len(t))//seq_len*seq_len:][:len(t)] = t
    return res

@wrong
def chunk_padded(texts, seq_len, pad):
    width = -(-max(map(len, texts))//seq_len)*seq_len
    res = torch.full((len(texts), width), pad, dtype=torch.int16)
    for row,t in zip(res, texts): row[(width - len(t))//seq_len*seq_len:][:len(t)] = t
    return res

@wrong
def chunk_padded(texts, seq_len, pad):
    width = -(-max(map(len, texts))//seq_len)*seq_len
    res = torch.full((len(texts), width), pad)
    for row,t in zip(res, texts): row[(width - len(t))//seq_len:][:len(t)] = t
    return res

@wrong
def chunk_padded(texts, seq_len, pad):
    texts = [t[t != pad] for t in texts]
    width = -(-max(map(len, texts))//seq_len)*seq_len
    res = torch.full((len(texts), width), pad)
    for row,t in zip(res, texts): row[(width - len(t))//seq_len*seq_len:][:len(t)] = t
    return res

@wrong
def chunk_padded(texts, seq_len, pad):
    width = max(2, -(-max(map(len, texts))//seq_len))*seq_len
    res = torch.full((len(texts), width), pad)
    for row,t in zip(res, texts): row[(width - len(t))//seq_len*seq_len:][:len(t)] = t
    return res
