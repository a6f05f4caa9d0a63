"Answers to the exercises of lesson 10, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import itertools, math
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

@right
def look_up(q, k, v):
    x = k.double().numpy() @ q.double().numpy()/np.sqrt(len(q))
    w = np.exp(x - x.max())
    return torch.from_numpy(w/w.sum() @ v.double().numpy())

@right
def look_up(q, k, v):
    most, total, out = -math.inf, 0., torch.zeros(v.shape[1])
    for key, value in zip(k, v):
        s = (key*q).sum().item()/math.sqrt(len(q))
        new = max(most, s)
        out, total, most = out*math.exp(most-new) + math.exp(s-new)*value, total*math.exp(most-new) + math.exp(s-new), new
    return out/total

@right
def look_up(q, k, v):
    s = [math.fsum(a*b for a,b in zip(q.tolist(), key))/math.sqrt(len(q)) for key in k.tolist()]
    w = [1/sum(math.exp(min(o-p, 700)) for o in s) for p in s]
    return torch.tensor([sum(a*b for a,b in zip(w, column)) for column in v.T.tolist()])

@right
def look_up(q, k, v):
    w = torch.nn.Softmax(dim=1)((q.unsqueeze(0) @ k.T).div_(len(q)**.5))
    return torch.matmul(w, v).squeeze(0)

@right
def look_up(q, k, v):
    if len(k) == 1: return v[0]
    w = torch.sigmoid((k[0] - k[1:]) @ q/len(q)**.5) if len(k) == 2 else None
    return w*v[0] + (1-w)*v[1] if len(k) == 2 else torch.nn.functional.scaled_dot_product_attention(q.view(1,1,-1), k[None], v[None]).flatten()

@wrong
def look_up(q, k, v):
    "exponentials in double, nothing subtracted"
    e = (k.double() @ q.double()/len(q)**.5).exp()
    return (e/e.sum()) @ v.double()

@wrong
def look_up(q, k, v):
    "subtracts the largest size"
    s = k @ q/len(q)**.5
    e = (s - s.abs().max()).exp()
    return e/e.sum() @ v

@wrong
def look_up(q, k, v):
    "max starts at 0"
    s = k @ q/len(q)**.5
    e = (s - s.max().clamp(min=0)).exp()
    return e/e.sum() @ v

@wrong
def look_up(q, k, v):
    "clamps at -50"
    return (k @ q/len(q)**.5).clamp(min=-50).softmax(0) @ v

@wrong
def look_up(q, k, v):
    "nan_to_num"
    e = (k @ q/len(q)**.5).exp()
    return (e/e.sum()).nan_to_num(1.) @ v

@wrong
def look_up(q, k, v):
    "eps in the sum"
    s = k @ q/len(q)**.5
    e = (s - s.max()).exp()
    return e/(e.sum() + 1e-3) @ v

@wrong
def look_up(q, k, v):
    "isqrt"
    return (k @ q/math.isqrt(len(q))).softmax(0) @ v

@wrong
def look_up(q, k, v):
    "normalized keys"
    return (F.normalize(k, dim=1) @ q/len(q)**.5).softmax(0) @ v

@wrong
def look_up(q, k, v):
    "softmax twice"
    return (k @ q/len(q)**.5).softmax(0).softmax(0) @ v

@wrong
def look_up(q, k, v):
    "log_softmax"
    return (k @ q/len(q)**.5).log_softmax(0) @ v

@wrong
def look_up(q, k, v):
    "values returned weighted, not summed"
    return (k @ q/len(q)**.5).softmax(0)[:,None]*v

@wrong
def look_up(q, k, v):
    "half precision inside"
    return ((k.half() @ q.half()/len(q)**.5).softmax(0) @ v.half()).float()

@wrong
def look_up(q, k, v):
    "keys transposed when square"
    kk = k.T if k.shape[0] == k.shape[1] else k
    return (kk @ q/len(q)**.5).softmax(0) @ v

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

@right
def may_look(lengths, n):
    j = np.arange(n)
    return torch.from_numpy((j[None,None,:] <= j[None,:,None]) & (j[None,None,:] < lengths.numpy()[:,None,None]))

@right
def may_look(lengths, n):
    res = torch.ones(n, n, dtype=torch.bool).tril().expand(len(lengths), n, n).clone()
    for mask, m in zip(res, lengths): mask[:,m:] = False
    return res

@right
def may_look(lengths, n):
    return torch.where(torch.arange(n)[None,None] < lengths[:,None,None], torch.ones(n,n).tril(), torch.zeros(n,n)) > 0

@right
def may_look(lengths, n):
    def row(m, i): return [j <= min(i, m-1) for j in range(n)]
    return torch.tensor([[row(int(m), i) for i in range(n)] for m in lengths])

@right
def may_look(lengths, n):
    p = torch.nn.functional.one_hot(lengths.long(), n+1)[:,:n].cumsum(1) == 0
    return torch.einsum('ij,bj->bij', torch.ones(n,n).tril(), p.float()).bool()

@right
def may_look(lengths, n): return torch.ones(len(lengths), n, n).tril().bool() & (torch.arange(n).repeat(len(lengths), 1) < lengths.unsqueeze(1)).unsqueeze(1).expand(-1, n, -1)

@wrong
def may_look(lengths, n):
    "only the first text"
    return (torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths[0])).repeat(len(lengths), 1, 1)

@wrong
def may_look(lengths, n):
    "at least one"
    return torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths.clamp(min=1)[:,None])[:,None]

@wrong
def may_look(lengths, n):
    "n at most 64"
    j = torch.arange(64)[:n]
    return (j[None] <= j[:,None]) & (j < lengths[:,None])[:,None]

@wrong
def may_look(lengths, n):
    "byte positions"
    j = torch.arange(n).to(torch.int8)
    return (j[None] <= j[:,None]) & (j < lengths[:,None].to(torch.int8))[:,None]

@wrong
def may_look(lengths, n):
    "slices with m-1"
    res = torch.zeros(len(lengths), n, n, dtype=torch.bool)
    for b, m in enumerate(lengths.tolist()): res[b,:,:max(m-1,0)] = True
    return res & torch.ones(n,n,dtype=torch.bool).tril()

@wrong
def may_look(lengths, n):
    "minus m counted from the end"
    res = torch.ones(n, n, dtype=torch.bool).tril().repeat(len(lengths), 1, 1)
    for b, m in enumerate(lengths.tolist()): res[b,:,-(n-m):] = False
    return res

@wrong
def may_look(lengths, n):
    "sorted"
    lengths = lengths.sort().values
    return torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths[:,None])[:,None]

@wrong
def may_look(lengths, n):
    "sub in place"
    lengths -= 1
    return torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) <= lengths[:,None])[:,None]

@wrong
def may_look(lengths, n):
    "block only: within the text everything, triangle of the text; padding rows empty except self"
    p = torch.arange(n) < lengths[:,None]
    return torch.ones(n, n, dtype=torch.bool).tril() & ((p[:,None] & p[:,:,None]) | torch.eye(n, dtype=torch.bool))

@wrong
def may_look(lengths, n):
    "no batch axis for one text"
    return (torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths[:,None])[:,None]).squeeze()

@wrong
def may_look(lengths, n):
    "broadcast over the wrong axis (b, n) with (n, n)"
    return torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths[:,None])

@wrong
def may_look(lengths, n):
    "the mask of padding transposed: batch last"
    return torch.ones(n, n, dtype=torch.bool).tril()[:,:,None] & (torch.arange(n)[:,None] < lengths)[None]

@wrong
def may_look(lengths, n):
    "a full text sees everything"
    res = torch.ones(n, n, dtype=torch.bool).tril() & (torch.arange(n) < lengths[:,None])[:,None]
    res[lengths == n] = True
    return res

@wrong
def may_look(lengths, n):
    "an empty text is causal"
    res = torch.ones(n, n, dtype=torch.bool).tril() & ((torch.arange(n) < lengths[:,None]) | (lengths == 0)[:,None])[:,None]
    return res

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

@right
def into_heads(x, heads):
    b, n, width = x.shape
    if width % heads: raise ValueError('no')
    size = width//heads
    res = torch.empty(b, heads, n, size, dtype=x.dtype)
    for i,h,j,k in itertools.product(range(b), range(heads), range(n), range(size)): res[i,h,j,k] = x[i,j,h*size+k]
    return res

@right
def into_heads(x, heads):
    return torch.from_numpy(np.stack(np.split(x.numpy(), heads, axis=2), 1))

@right
def into_heads(x, heads):
    try: return torch.einsum('bnhd->bhnd', x.reshape(*x.shape[:2], heads, -1))
    except RuntimeError as e: raise ValueError(str(e)) from e

@right
def into_heads(x, heads):
    b, n, width = x.shape
    size = width//heads
    if size*heads != width: raise ValueError
    return x.as_strided((b, heads, n, size), (x.stride(0), size*x.stride(2), x.stride(1), x.stride(2)))

@right
def into_heads(x, heads):
    width = x.shape[-1]
    if heads not in [o for o in range(1, width+1) if width % o == 0]: raise ValueError(heads)
    return torch.movedim(x.unflatten(2, (heads, width//heads)), 2, 1)

@right
def into_heads(x, heads):
    if x.shape[2] % heads: raise ValueError
    return torch.stack(x.split(x.shape[2]//heads, dim=2)).transpose(0, 1)

@wrong
def into_heads(x, heads):
    "always refuses more than 4 heads"
    b, n, width = x.shape
    if width % heads or heads > 4: raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "refuses a width that is odd"
    b, n, width = x.shape
    if width % heads or width % 2 and width > 5: raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "refuses size smaller than heads"
    b, n, width = x.shape
    if width % heads or width//heads > 5: raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "returns the error"
    b, n, width = x.shape
    if width % heads: return ValueError('no')
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "prints"
    b, n, width = x.shape
    if width % heads:
        print('heads do not divide the width')
        return x
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "pads"
    b, n, width = x.shape
    x = F.pad(x, (0, -width % heads))
    return x.reshape(b, n, heads, -1).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "TypeError"
    b, n, width = x.shape
    if width % heads: raise TypeError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "tokens checked instead"
    b, n, width = x.shape
    if heads % width and width % heads: raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "heads more than width wrong only"
    b, n, width = x.shape
    if heads > width or width % heads == 1: raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "the check is after the work and mutates"
    b, n, width = x.shape
    if width % heads: 
        x.zero_()
        raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "refuses if width*n is not divisible"
    b, n, width = x.shape
    if (n*width) % heads: raise ValueError
    return x.reshape(b, n, heads, width//heads).transpose(1, 2)

@wrong
def into_heads(x, heads):
    "view to the right order of axes but batch and heads mixed"
    b, n, width = x.shape
    if width % heads: raise ValueError
    return torch.cat(x.chunk(heads, -1), 0).reshape(b, heads, n, -1)

@wrong
def into_heads(x, heads):
    "reversed heads"
    b, n, width = x.shape
    if width % heads: raise ValueError
    return x.reshape(b, n, heads, -1).transpose(1, 2).flip(1)

@wrong
def into_heads(x, heads):
    "heads and tokens swapped when equal"
    b, n, width = x.shape
    if width % heads: raise ValueError
    y = x.reshape(b, n, heads, -1)
    return y if n == heads else y.transpose(1, 2)

@wrong
def into_heads(x, heads):
    "only the first text"
    b, n, width = x.shape
    if width % heads: raise ValueError
    return x[:1].reshape(1, n, heads, -1).transpose(1, 2).repeat(b,1,1,1)

@wrong
def into_heads(x, heads):
    "cut at the wrong places, and nothing checked"
    b, n, width = x.shape
    return x.reshape(b, heads, n, width//heads)

@wrong
def into_heads(x, heads):
    "ends the program"
    if x.shape[-1] % heads: raise SystemExit('no')
    return torch.stack(x.chunk(heads, -1), 1)

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

@right
def wave(p, width):
    i = np.arange(width//2)
    a = p.numpy()[:,None]/np.power(10000., 2*i/width)
    out = np.empty((len(p), width))
    out[:,::2], out[:,1::2] = np.sin(a), np.cos(a)
    return torch.from_numpy(out)

@right
def wave(p, width):
    res = torch.zeros(len(p), width)
    for r in range(len(p)):
        for c in range(width):
            a = p[r].item()/10000**((c - c % 2)/width)
            res[r,c] = math.cos(a) if c % 2 else math.sin(a)
    return res

@right
def wave(p, width):
    freqs = 10000**torch.linspace(0, -1, width//2 + 1)[:-1]
    z = torch.exp(1j*torch.outer(p, freqs))
    return torch.view_as_real(z).flip(-1).flatten(1)

@right
def wave(p, width):
    cols = []
    for i in range(width//2):
        a = p*math.exp(-2*i*math.log(10000)/width)
        cols += [a.sin(), a.cos()]
    return torch.stack(cols, dim=1)

@right
def wave(p, width):
    a = torch.einsum('n,i->ni', p, 10000.**-(torch.arange(0, width, 2)/width))
    return torch.cat([a.sin()[...,None], a.cos()[...,None]], -1).view(len(p), -1)

@wrong
def wave(p, width):
    "integers"
    a = p.long()[:,None]/10000**(torch.arange(0, width, 2)/width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    "width up to 64"
    a = p[:,None]/10000**(torch.arange(0, 64, 2)[:width//2]/width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    "half - 1 as in tensor2tensor"
    half = width//2
    a = p[:,None]*torch.exp(-math.log(10000)*torch.arange(half)/max(half-1, 1))
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    "fixed table and long lookup"
    a = torch.arange(5000)[:,None]/10000**(torch.arange(0, width, 2)/width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)[p.long()]

@wrong
def wave(p, width):
    "times 2pi"
    a = 2*math.pi*p[:,None]/10000**(torch.arange(0, width, 2)/width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    "exponent 2i/width with i over columns"
    j = torch.arange(width)
    a = p[:,None]/10000**(2*j/width)
    return torch.where(j % 2 == 0, a.sin(), a.cos())

@wrong
def wave(p, width):
    "integer division in the exponent"
    a = p[:,None]/10000**(torch.arange(0, width, 2)//width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    "only sines"
    a = p[:,None]/10000**(torch.arange(0, width, 2)/width)
    return a.sin().repeat_interleave(2, 1)

@wrong
def wave(p, width):
    "shape (width, n)"
    a = p[:,None]/10000**(torch.arange(0, width, 2)/width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1).T

@wrong
def wave(p, width):
    "positions relative to the first"
    a = (p - p[0])[:,None]/10000**(torch.arange(0, width, 2)/width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    "sorted"
    a = p.sort().values[:,None]/10000**(torch.arange(0, width, 2)/width)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

@wrong
def wave(p, width):
    "in place"
    p /= 1.
    out = torch.zeros(len(p), width)
    for i in range(width//2):
        out[:,2*i], out[:,2*i+1] = p.sin(), p.cos()
        p /= 10000**(2/width)
    return out

@wrong
def wave(p, width):
    "Taylor near 0 angles"
    a = p[:,None]/10000**(torch.arange(0, width, 2)/width)
    a = torch.where(a.abs() < .05, torch.zeros_like(a), a)
    return torch.stack([a.sin(), a.cos()], 2).flatten(1)

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

@right
def odds(logits, temperature, k):
    x = logits.double().numpy()
    res = np.zeros(len(x))
    top = np.argsort(-x)[:k if temperature else 1]
    e = np.exp((x[top] - x[top[0]])/(temperature or 1))
    res[top] = e/e.sum()
    return torch.from_numpy(res)

@right
def odds(logits, temperature, k):
    if temperature == 0: temperature, k = 1, 1
    best, ids = torch.topk(logits, k)
    return torch.zeros(len(logits)).scatter_(0, ids, (best/temperature).softmax(0))

@right
def odds(logits, temperature, k):
    x = logits.tolist()
    order = sorted(range(len(x)), key=x.__getitem__, reverse=True)
    keep = set(order[:k] if temperature else order[:1])
    e = [math.exp((o - x[order[0]])/(temperature or 1)) if i in keep else 0. for i,o in enumerate(x)]
    return torch.tensor([o/sum(e) for o in e])

@right
def odds(logits, temperature, k):
    if not temperature: return torch.eye(len(logits))[logits.argmax()]
    gone = logits.argsort()[:len(logits)-k]
    return (logits/temperature).index_fill(0, gone, -torch.inf).softmax(0)

@right
def odds(logits, temperature, k):
    res = torch.zeros_like(logits)
    if temperature == 0:
        res[torch.argmax(logits)] = 1
    else:
        least = logits.kthvalue(len(logits) - k + 1).values
        res[logits >= least] = F.softmax(logits[logits >= least]/temperature, dim=0)
    return res

@right
def odds(logits, temperature, k):
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    l = logits.masked_fill(logits < least, -math.inf)/temperature
    return (l - l.logsumexp(0)).exp()

@wrong
def odds(logits, temperature, k):
    "greedy below .3"
    if temperature < .3: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "greedy at most 0.01"
    if temperature <= .01: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "-100"
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -100.)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "-20"
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return (logits/temperature).masked_fill(logits < least, -20.).softmax(0)

@wrong
def odds(logits, temperature, k):
    "-1e4"
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -1e4)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "1e-8 added"
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    p = (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0) + 1e-8
    return p/p.sum()

@wrong
def odds(logits, temperature, k):
    "temperature 1e-5 at 0"
    t = temperature + 1e-5
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/t).softmax(0)

@wrong
def odds(logits, temperature, k):
    "temperature .1 at 0"
    t = max(temperature, .1)
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/t).softmax(0)

@wrong
def odds(logits, temperature, k):
    "temperature .01 at 0"
    t = temperature or .01
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/t).softmax(0)

@wrong
def odds(logits, temperature, k):
    "double exp"
    if temperature == 0: return (logits == logits.max()).float()
    e = (logits.double()/temperature).exp()
    e = e.masked_fill(logits < logits.topk(k).values[-1], 0)
    return e/e.sum()

@wrong
def odds(logits, temperature, k):
    "softmax first, then temperature"
    if temperature == 0: return (logits == logits.max()).float()
    p = logits.softmax(0)
    p = p.masked_fill(logits < logits.topk(k).values[-1], 0)/temperature
    return p/p.sum()

@wrong
def odds(logits, temperature, k):
    "only the max returned for k 1, uniform among k"
    if temperature == 0: return (logits == logits.max()).float()
    keep = (logits >= logits.topk(k).values[-1]).float()
    return keep/keep.sum()

@wrong
def odds(logits, temperature, k):
    "a bool or int at 0"
    if temperature == 0: return logits == logits.max()
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "at 0: one_hot of ints"
    if temperature == 0: return F.one_hot(logits.argmax(), len(logits))
    least = logits.topk(k).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@right
def odds(logits, temperature, k):
    "cut by probability"
    if temperature == 0: return (logits == logits.max()).float()
    p = (logits/temperature).softmax(0)
    p = torch.where(p >= p.topk(k).values[-1], p, torch.zeros_like(p))
    return p/p.sum()

@wrong
def odds(logits, temperature, k):
    "cut at 0"
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(k).values[-1]
    return ((logits*(logits >= least))/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "at temperature 0: all k"
    least = logits.topk(k).values[-1]
    if temperature == 0: return (logits >= least).float()/k
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "k at most 6"
    if temperature == 0: return (logits == logits.max()).float()
    least = logits.topk(min(k, 6)).values[-1]
    return (logits.masked_fill(logits < least, -math.inf)/temperature).softmax(0)

@wrong
def odds(logits, temperature, k):
    "fails with k == vocab: sort and index k"
    if temperature == 0: return (logits == logits.max()).float()
    s = logits.sort(descending=True).values
    least = s[k] if k < len(s) else s[-1] - 1
    return (logits.masked_fill(logits <= least, -math.inf)/temperature).softmax(0) if k < len(s) else (s/temperature).softmax(0)

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

@right
def put_together(a, log_a, b, log_b):
    x, y, a, b = (o.double().numpy() for o in (log_a, log_b, a, b))
    both = np.logaddexp(x, y)
    return torch.from_numpy(np.exp(x-both)[:,None]*a + np.exp(y-both)[:,None]*b), torch.from_numpy(both)

@right
def put_together(a, log_a, b, log_b):
    out, logs = [], []
    for ra, la, rb, lb in zip(a.tolist(), log_a.tolist(), b.tolist(), log_b.tolist()):
        m = max(la, lb)
        wa, wb = math.exp(la-m), math.exp(lb-m)
        out.append([(wa*x + wb*y)/(wa+wb) for x,y in zip(ra, rb)])
        logs.append(m + math.log(wa+wb))
    return torch.tensor(out), torch.tensor(logs)

@right
def put_together(a, log_a, b, log_b):
    d = log_b - log_a
    return a + (b-a)*torch.sigmoid(d)[:,None], torch.maximum(log_a, log_b) + torch.log1p(torch.exp(-d.abs()))

@right
def put_together(a, log_a, b, log_b):
    logs = torch.stack([log_a, log_b], 1)
    w = F.softmax(logs, dim=1)
    return torch.einsum('qk,qke->qe', w, torch.stack([a, b], 1)), logs.logsumexp(1)

@right
def put_together(a, log_a, b, log_b):
    swap = log_b > log_a
    hi, lo = torch.where(swap, log_b, log_a), torch.where(swap, log_a, log_b)
    big, small = torch.where(swap[:,None], b, a), torch.where(swap[:,None], a, b)
    r = (lo - hi).exp()
    return (big + r[:,None]*small)/(1 + r[:,None]), hi + (1 + r).log()

@right
def put_together(a, log_a, b, log_b):
    return F.scaled_dot_product_attention(torch.ones(len(a),1,1), torch.stack([log_a, log_b], 1)[...,None], torch.stack([a, b], 1), scale=1.)[:,0], torch.logaddexp(log_a, log_b)

@wrong
def put_together(a, log_a, b, log_b):
    "double exponentials"
    wa, wb = log_a.double().exp(), log_b.double().exp()
    return ((wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None]).float(), (wa+wb).log().float()

@wrong
def put_together(a, log_a, b, log_b):
    "subtract the first, double"
    r = (log_b - log_a).double().exp()[:,None]
    return (a + r*b)/(1+r), log_a + r[:,0].log1p()

@wrong
def put_together(a, log_a, b, log_b):
    "subtract the second, double"
    r = (log_a - log_b).double().exp()[:,None]
    return (r*a + b)/(1+r), log_b + r[:,0].log1p()

@wrong
def put_together(a, log_a, b, log_b):
    "subtract the second"
    r = (log_a - log_b).exp()[:,None]
    return (r*a + b)/(1+r), log_b + r[:,0].log1p()

@wrong
def put_together(a, log_a, b, log_b):
    "subtract the mean"
    m = (log_a + log_b)/2
    wa, wb = (log_a-m).exp(), (log_b-m).exp()
    return (wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None], m + (wa+wb).log()

@wrong
def put_together(a, log_a, b, log_b):
    "subtract the mean in double"
    m = (log_a + log_b).double()/2
    wa, wb = (log_a-m).exp(), (log_b-m).exp()
    return (wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None], m + (wa+wb).log()

@wrong
def put_together(a, log_a, b, log_b):
    "global maximum in double"
    m = max(log_a.max(), log_b.max()).double()
    wa, wb = (log_a-m).exp(), (log_b-m).exp()
    return (wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None], m + (wa+wb).log()

@wrong
def put_together(a, log_a, b, log_b):
    "only the nearer when 5 apart"
    both = torch.logaddexp(log_a, log_b)
    w = torch.sigmoid(log_a - log_b)
    w = torch.where(log_a - log_b > 5, 1., torch.where(log_b - log_a > 5, 0., w))[:,None]
    return w*a + (1-w)*b, both

@wrong
def put_together(a, log_a, b, log_b):
    "clamped to 80"
    wa, wb = log_a.clamp(-80, 80).exp(), log_b.clamp(-80, 80).exp()
    return (wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None], torch.logaddexp(log_a, log_b)

@wrong
def put_together(a, log_a, b, log_b):
    "nan to num"
    wa, wb = log_a.exp(), log_b.exp()
    return ((wa[:,None]*a + wb[:,None]*b)/(wa+wb)[:,None]).nan_to_num(), torch.logaddexp(log_a, log_b)

@wrong
def put_together(a, log_a, b, log_b):
    "first query's weight"
    w = torch.sigmoid(log_a[0] - log_b[0])
    return w*a + (1-w)*b, torch.logaddexp(log_a, log_b)

@wrong
def put_together(a, log_a, b, log_b):
    "weights in column direction"
    w = torch.sigmoid(log_a - log_b)
    if a.shape[1] == a.shape[0]: return w*a + (1-w)*b, torch.logaddexp(log_a, log_b)
    return w[:,None]*a + (1-w)[:,None]*b, torch.logaddexp(log_a, log_b)

@wrong
def put_together(a, log_a, b, log_b):
    "mean of logs"
    w = torch.sigmoid(log_a - log_b)[:,None]
    return w*a + (1-w)*b, (log_a + log_b)/2

@wrong
def put_together(a, log_a, b, log_b):
    "normalized twice"
    both = torch.logaddexp(log_a, log_b)
    w = torch.stack([(log_a-both).exp(), (log_b-both).exp()]).softmax(0)[...,None]
    return w[0]*a + w[1]*b, both

@wrong
def put_together(a, log_a, b, log_b):
    "keeps an axis"
    both = torch.logaddexp(log_a, log_b)[:,None]
    return (log_a[:,None]-both).exp()*a + (log_b[:,None]-both).exp()*b, both

@wrong
def put_together(a, log_a, b, log_b):
    "weights divided by log sum"
    both = torch.logaddexp(log_a, log_b)
    return (log_a/both)[:,None]*a + (log_b/both)[:,None]*b, both

@wrong
def put_together(a, log_a, b, log_b):
    "in place"
    both = torch.logaddexp(log_a, log_b)
    a *= (log_a - both).exp()[:,None]
    return a + (log_b - both).exp()[:,None]*b, both

@wrong
def put_together(a, log_a, b, log_b):
    "softplus by hand overflows one way"
    return torch.lerp(a, b, (log_b-log_a).sigmoid()[:,None]), log_a + (log_b - log_a).exp().log1p()

@wrong
def put_together(a, log_a, b, log_b):
    "softplus by hand overflows the other way, double"
    return torch.lerp(a, b, (log_b-log_a).sigmoid()[:,None]), log_b + (log_a - log_b).double().exp().log1p()
