"Answers to the exercises of lesson 10, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
import numpy as np, torch, torch.nn.functional as F

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- look_up

@right
def look_up(q, k, v): return F.scaled_dot_product_attention(q[None], k, v)[0]

@right
def look_up(q, k, v):
    w = torch.einsum('d,nd->n', q, k).div(math.sqrt(q.numel())).softmax(-1)
    return torch.einsum('n,ne->e', w, v)

@right
def look_up(q, k, v): return ((q/len(q)**.25) @ (k/len(q)**.25).T).softmax(0) @ v

@right
def look_up(q, k, v): return v.T @ F.softmax(k.mv(q)*q.shape[-1]**-.5, dim=-1)

@right
def look_up(q, k, v):
    s = k @ q/math.sqrt(k.shape[-1])
    return (s - s.logsumexp(0)).exp() @ v

@wrong
def look_up(q, k, v): return F.scaled_dot_product_attention(q[None], k, v)

@wrong
def look_up(q, k, v): return (k @ q/math.sqrt(v.shape[1])).softmax(0) @ v

@wrong
def look_up(q, k, v): return ((k @ q/len(q)**.5).softmax(0)[:,None]*v).mean(0)

@wrong
def look_up(q, k, v):
    e = (k @ q/len(q)**.5).exp()
    return (e/(e.sum() + 1)) @ v

@wrong
def look_up(q, k, v): return ((k @ q/len(q)**.5).softmax(0) @ v).tolist()

@wrong
def look_up(q, k, v): return (-(k - q).pow(2).sum(1)/len(q)**.5).softmax(0) @ v

@wrong
def look_up(q, k, v): return (F.cosine_similarity(k, q[None], dim=1)).softmax(0) @ v

@wrong
def look_up(q, k, v):
    q /= len(q)**.5
    return (k @ q).softmax(0) @ v

@wrong
def look_up(q, k, v): return (k @ q/len(q)**.5).sigmoid() @ v

@wrong
def look_up(q, k, v): return (k @ q/len(q)**.5).clamp(max=20).softmax(0) @ v

# --- may_look

@right
def may_look(lengths, n):
    i, j = torch.meshgrid(torch.arange(n), torch.arange(n), indexing='ij')
    return torch.stack([(j <= i) & (j < length) for length in lengths.tolist()])

@right
def may_look(lengths, n):
    j = torch.arange(n)
    return j < torch.minimum(lengths[:,None], j + 1)[:,:,None]

@right
def may_look(lengths, n):
    bad = torch.triu(torch.ones(n, n), 1).bool()[None] | (torch.arange(n)[None,None] >= lengths[:,None,None])
    return bad.logical_not()

@right
def may_look(lengths, n): return torch.tensor([[[j <= i and j < m for j in range(n)] for i in range(n)] for m in lengths.tolist()])

@wrong
def may_look(lengths, n):
    p = torch.arange(n) < lengths[:,None]
    return torch.ones(n, n, dtype=torch.bool).tril() & p[:,None] & p[:,:,None]

@wrong
def may_look(lengths, n): return (torch.ones(n, n).tril() * (torch.arange(n) < lengths[:,None])[:,None])

@wrong
def may_look(lengths, n): return (torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths[:,None])[:,None]).int()

@wrong
def may_look(lengths, n): return (torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths[:,None])[:,None])[:,None]

@wrong
def may_look(lengths, n): return torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths.max())

@wrong
def may_look(lengths, n): return torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) >= n - lengths[:,None])[:,None]

@wrong
def may_look(lengths, n):
    m = int(lengths.max())
    return torch.ones(m, m, dtype=torch.bool).tril() & (torch.arange(m) < lengths[:,None])[:,None]

@wrong
def may_look(lengths, n): return torch.ones(n, n, dtype=torch.bool).tril() & ((torch.arange(n) < lengths[:,None])[:,None] | torch.eye(n, dtype=torch.bool))

@wrong
def may_look(lengths, n): return torch.ones(n, n, dtype=torch.bool).tril(1) & (torch.arange(n) < lengths[:,None])[:,None]

# --- into_heads

@right
def into_heads(x, heads):
    size, rest = divmod(x.shape[2], heads)
    if rest: raise ValueError(f'{rest} numbers are left over')
    return torch.stack([x[:,:,h*size:(h+1)*size] for h in range(heads)], 1)

@right
def into_heads(x, heads):
    b, n, width = x.size()
    if width/heads != width//heads: raise ValueError('heads must divide the width')
    return x.contiguous().view(b, n, heads, -1).swapaxes(1, 2).contiguous()

@right
def into_heads(x, heads):
    if x.shape[-1] % heads: raise ValueError
    return torch.tensor(np.stack(np.split(x.numpy(), heads, axis=-1), axis=1))

@right
def into_heads(x, heads):
    class Wrong(ValueError): pass
    if x.shape[-1] % heads: raise Wrong('no')
    return x.transpose(1, 2).reshape(len(x), heads, -1, x.shape[1]).transpose(2, 3)

@wrong
def into_heads(x, heads):
    assert x.shape[-1] % heads == 0
    b, n, width = x.shape
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    b, n, width = x.shape
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    if x.shape[-1] % heads: raise ValueError
    return list(x.chunk(heads, dim=-1))

@wrong
def into_heads(x, heads):
    if x.shape[-1] % heads: raise ValueError
    return torch.stack(x.chunk(heads, dim=-1), dim=0)

@wrong
def into_heads(x, heads):
    if x.shape[-1] % heads: raise ValueError
    b, n, width = x.shape
    return x.transpose(1, 2).reshape(b, heads, n, width//heads)

@wrong
def into_heads(x, heads):
    b, n, width = x.shape
    if width % heads: return None
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    b, n, width = x.shape
    if heads > width: raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

# --- wave

@right
def wave(p, width):
    i = torch.arange(width) // 2
    angles = p[:,None] / 10000**(2*i/width)
    return torch.where(torch.arange(width) % 2 == 0, angles.sin(), angles.cos())

@right
def wave(p, width):
    freqs = torch.exp(-math.log(10000)*torch.arange(0, width, 2).float()/width)
    z = torch.polar(torch.ones(len(p), width//2), torch.outer(p, freqs))
    return torch.stack([z.imag, z.real], -1).reshape(len(p), width)

@right
def wave(p, width):
    angles = p.double()[:,None] / 10000**(torch.arange(0, width, 2).double()/width)
    return torch.stack([angles.sin(), angles.cos()], -1).flatten(1).float()

@right
def wave(p, width):
    angles = (p[:,None] / 10000**(torch.arange(0, width, 2)/width)).repeat_interleave(2, dim=1)
    return (angles + torch.tensor([0., math.pi/2]).repeat(width//2)).sin()

@wrong
def wave(p, width):
    angles = torch.arange(len(p))[:,None] / 10000**(torch.arange(0, width, 2)/width)
    return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    angles = p[:,None] / 1000**(torch.arange(0, width, 2)/width)
    return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    angles = p[:,None] / 10000**(torch.arange(0, width, 2)/(width//2))
    return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    angles = p.abs()[:,None] / 10000**(torch.arange(0, width, 2)/width)
    return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    angles = p[:,None] / 10000**(torch.arange(0, width, 2)/width)
    return torch.stack([angles.sin(), angles.cos()], 1).flatten(1)

@wrong
def wave(p, width):
    angles = p[:,None] / 10000**(torch.arange(0, width, 2)/width)
    return torch.stack([angles.sin(), angles.cos()], 2)

@wrong
def wave(p, width):
    angles = p[:,None] / 10000**(torch.arange(2, width+2, 2)/width)
    return torch.stack([angles.sin(), angles.cos()], 2).flatten(1)

# --- odds

@right
def odds(logits, temperature, k):
    t = max(temperature, 1e-12)
    keep = logits.argsort(descending=True)[:k]
    res = torch.zeros(len(logits))
    res[keep] = ((logits[keep] - logits.max())/t).softmax(0)
    return res

@right
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    rank = (logits[None] > logits[:,None]).sum(1)
    return F.softmax(torch.where(rank < k, logits/temperature, torch.full_like(logits, -torch.inf)), 0)

@right
def odds(logits, temperature, k):
    least = sorted(logits.tolist())[-k]
    e = [0. if o < least else math.exp((o - max(logits.tolist()))/temperature) if temperature else float(o == logits.max()) for o in logits.tolist()]
    return torch.tensor(e)/sum(e)

@right
def odds(logits, temperature, k):
    if temperature: logits = logits/temperature
    else: k = 1
    out = logits.new_full(logits.shape, -math.inf)
    top = logits.topk(k)
    return out.scatter(0, top.indices, top.values).softmax(-1)

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    p = (logits/temperature).softmax(0)
    return torch.where(p >= p.topk(k).values[-1], p, 0.)

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return logits.argmax()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/(temperature or 1)).softmax(0)

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k, largest=False).values[-1]
    return (logits.masked_fill(logits > least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(min(k+1, len(logits))).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -10.)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    e = (logits/temperature).exp()
    e[logits < logits.topk(k).values[-1]] = 0
    return e/e.sum()

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    logits[logits < logits.topk(k).values[-1]] = -math.inf
    return (logits/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).log_softmax(0)

# --- put_together

@right
def put_together(a, log_a, b, log_b):
    d = (log_b - log_a)[:,None]
    return torch.lerp(a, b, d.sigmoid()), log_a + F.softplus(log_b - log_a, threshold=1e9).where(log_b - log_a < 80, log_b - log_a)

@right
def put_together(a, log_a, b, log_b):
    logs = torch.stack([log_a, log_b])
    w = logs.softmax(0)[...,None]
    return (w*torch.stack([a, b])).sum(0), logs.logsumexp(0)

@right
def put_together(a, log_a, b, log_b):
    x, y = log_a.double(), log_b.double()
    m = torch.max(x, y)
    s = torch.exp(x-m) + torch.exp(y-m)
    return ((torch.exp(x-m)/s)[:,None]*a + (torch.exp(y-m)/s)[:,None]*b).float(), (m + s.log()).float()

@right
def put_together(a, log_a, b, log_b):
    both = torch.logaddexp(log_a, log_b)
    return [a*torch.exp(log_a - both).unsqueeze(-1) + b*torch.exp(log_b - both).unsqueeze(-1), both]

@wrong
def put_together(a, log_a, b, log_b):
    both = torch.logaddexp(log_a, log_b)
    return (log_a - both).exp()*a + (log_b - both).exp()*b, both

@wrong
def put_together(a, log_a, b, log_b):
    both = torch.logaddexp(log_a, log_b)
    return (log_a - both).exp()[:,None]*a + (log_b - both).exp()[:,None]*b

@wrong
def put_together(a, log_a, b, log_b):
    m = log_a
    wa, wb = (log_a - m).exp(), (log_b - m).exp()
    return (wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None], m + (wa+wb).log()

@wrong
def put_together(a, log_a, b, log_b):
    m = torch.max(log_a.max(), log_b.max())
    wa, wb = (log_a - m).exp(), (log_b - m).exp()
    return (wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None], m + (wa+wb).log()

@wrong
def put_together(a, log_a, b, log_b):
    both = torch.logaddexp(log_a, log_b)
    return (log_a - both).exp()[:,None]*a + (log_b - both).exp()[:,None]*b, both.exp()

@wrong
def put_together(a, log_a, b, log_b):
    both = torch.logaddexp(log_a, log_b)
    return both, (log_a - both).exp()[:,None]*a + (log_b - both).exp()[:,None]*b

@wrong
def put_together(a, log_a, b, log_b):
    both = torch.logaddexp(log_a, log_b) - math.log(2)
    return (log_a - both).exp()[:,None]*a/2 + (log_b - both).exp()[:,None]*b/2, both

@wrong
def put_together(a, log_a, b, log_b):
    first = (log_a > log_b)[:,None]
    return torch.where(first, a, b), torch.logaddexp(log_a, log_b)
