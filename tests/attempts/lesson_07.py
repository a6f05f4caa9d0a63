"Answers to the exercises of lesson 7, right ones written in other ways and wrong ones that nearly pass; `right` and `wrong` say which"
import math
import numpy as np, pandas as pd, torch

answers = []
def right(f): answers.append((f, True))
def wrong(f): answers.append((f, False))

# --- step_down

@right
def step_down(w, g, lr): return w + -lr*g

@right
def step_down(w, g, lr): return w.sub(g, alpha=lr)

@right
def step_down(w, g, lr):
    p = w.clone().requires_grad_()
    p.grad = g.clone()
    torch.optim.SGD([p], lr=lr).step()
    return p.detach()

@right
def step_down(w, g, lr): return torch.lerp(w, w - g, lr)

@wrong
def step_down(w, g, lr): return w*(1 - lr*g)

@wrong
def step_down(w, g, lr): return (w - lr*g).sum()

@wrong
def step_down(w, g, lr): return (w - lr*g).tolist()

@wrong
def step_down(w, g, lr): return w - g/lr

@wrong
def step_down(w, g, lr): return w - min(lr, 1)*g

@wrong
def step_down(w, g, lr): return (w - lr*g).flatten()

@wrong
def step_down(w, g, lr):
    g *= lr
    return w - g

# --- velocities

@right
def velocities(grads, m): return torch.stack([sum(m**(t-k)*grads[k] for k in range(t+1)) for t in range(len(grads))])

@right
def velocities(grads, m):
    res = torch.empty_like(grads)
    v = 0.
    for i,g in enumerate(grads): res[i] = v = g + v*m
    return res

@right
def velocities(grads, m):
    from itertools import accumulate
    return torch.stack([*accumulate(grads, lambda v,g: m*v + g)])

@right
def velocities(grads, m):
    p = torch.zeros_like(grads[0]).requires_grad_()
    opt, res = torch.optim.SGD([p], lr=1., momentum=m), []
    for g in grads:
        before, p.grad = p.detach().clone(), g.clone()
        opt.step()
        res.append(before - p.detach())
    return torch.stack(res)

@wrong
def velocities(grads, m):
    v, res = grads[0], []
    for g in grads:
        v = m*v + g
        res.append(v)
    return torch.stack(res)

@wrong
def velocities(grads, m): return grads.cumsum(0)

@wrong
def velocities(grads, m): return grads.cumsum(0)*m

@wrong
def velocities(grads, m):
    v, res = torch.zeros_like(grads[0]), []
    for g in grads:
        v.mul_(m).add_(g)
        res.append(v)
    return torch.stack(res)

@wrong
def velocities(grads, m):
    for i in range(1, len(grads)): grads[i] += m*grads[i-1]
    return grads

@wrong
def velocities(grads, m):
    v, res = torch.zeros_like(grads[0]), []
    for g in grads.flip(0):
        v = m*v + g
        res.append(v)
    return torch.stack(res)

@wrong
def velocities(grads, m):
    v, res = torch.zeros_like(grads[0]), []
    for g in grads:
        v = m*(v + g)
        res.append(v)
    return torch.stack(res)

# --- smoothed

@right
def smoothed(losses, beta): return float(pd.Series(losses).ewm(alpha=1-beta).mean().iloc[-1])

@right
def smoothed(losses, beta):
    w = np.array([beta])**np.arange(len(losses))[::-1]
    return float(np.average(losses, weights=w))

@right
def smoothed(losses, beta):
    x = torch.tensor(losses).double()
    mean = torch.tensor(0.).double()
    for loss in x: mean = torch.lerp(loss, mean, beta)
    return (mean/(1 - beta**len(x))).item()

@right
def smoothed(losses, beta):
    mean = 0.
    for t,loss in enumerate(losses, 1): mean += (loss - mean)*(1-beta)/(1-beta**t)
    return mean

@wrong
def smoothed(losses, beta):
    mean = 0.
    for loss in losses: mean = beta*mean + (1-beta)*loss
    return mean/(1 - beta**max(len(losses)-1, 1))

@wrong
def smoothed(losses, beta):
    mean = 0.
    for loss in losses: mean = beta*mean + (1-beta)*loss
    return mean/(1 - beta)

@wrong
def smoothed(losses, beta):
    mean = 0.
    for loss in losses: mean = beta*mean + loss
    return mean

@wrong
def smoothed(losses, beta):
    mean = 0.
    for loss in reversed(losses): mean = beta*mean + (1-beta)*loss
    return mean/(1 - beta**len(losses))

@wrong
def smoothed(losses, beta): return sum(losses[-50:])/len(losses[-50:])

@wrong
def smoothed(losses, beta):
    losses.append(0.)
    mean = 0.
    for loss in losses[:-1]: mean = beta*mean + (1-beta)*loss
    return mean/(1 - beta**(len(losses)-1))

@wrong
def smoothed(losses, beta):
    res, mean = [], 0.
    for t,loss in enumerate(losses, 1):
        mean = beta*mean + (1-beta)*loss
        res.append(mean/(1 - beta**t))
    return res

# --- fastest_fall

@right
def fastest_fall(rates, losses):
    x, y = np.log10(rates.double().numpy()), losses.double().numpy()
    return float(rates[int(np.argmin(np.diff(y)/np.diff(x)))])

@right
def fastest_fall(rates, losses):
    best, at = math.inf, None
    for a,b,x,y in zip(rates.tolist(), rates.tolist()[1:], losses.tolist(), losses.tolist()[1:]):
        if (y - x)/(math.log(b) - math.log(a)) < best: best, at = (y - x)/(math.log(b) - math.log(a)), a
    return at

@right
def fastest_fall(rates, losses): return rates[((losses[:-1] - losses[1:])/(rates[1:]/rates[:-1]).log2()).argmax()].item()

@wrong
def fastest_fall(rates, losses): return int(((losses[1:] - losses[:-1])/(rates[1:].log() - rates[:-1].log())).argmin())

@wrong
def fastest_fall(rates, losses): return float(rates[int(np.argmin(np.gradient(losses.numpy(), np.log(rates.numpy()))))])

@wrong
def fastest_fall(rates, losses): return rates[((losses[1:]/losses[:-1])/(rates[1:].log() - rates[:-1].log())).argmin()].item()

@wrong
def fastest_fall(rates, losses): return rates[losses.argmin()].item()/10

@wrong
def fastest_fall(rates, losses):
    i = ((losses[1:] - losses[:-1])/(rates[1:].log() - rates[:-1].log())).argmin()
    return (rates[i]*rates[i+1]).sqrt().item()

@wrong
def fastest_fall(rates, losses): return ((losses[1:] - losses[:-1])/(rates[1:].log() - rates[:-1].log())).min().item()

# --- triangle

@right
def triangle(total, warm, peak):
    res = []
    for i in range(total):
        if i < warm: res.append(peak*(i+1)/warm)
        else: res.append(peak - peak*(i-warm+1)/(total-warm))
    return res

@right
def triangle(total, warm, peak): return np.interp(range(total), [-1, warm-1, total-1], [0, peak, 0]).tolist()

@right
def triangle(total, warm, peak): return [peak*(i+1)/warm if i < warm else peak*(total-1-i)/(total-warm) for i in range(total)]

@wrong
def triangle(total, warm, peak): return np.interp(range(total), [0, warm, total-1], [0, peak, 0]).tolist()

@wrong
def triangle(total, warm, peak): return np.interp(range(total), [-1, warm-1, total], [0, peak, 0]).tolist()

@wrong
def triangle(total, warm, peak): return [peak*(i+1)/warm if i < warm else peak*(total-1-i)/(total-warm-1) if total-warm > 1 else 0. for i in range(total)]

@wrong
def triangle(total, warm, peak): return np.interp(range(total), [-1, warm-1, total-1], [0, peak, 0])

@wrong
def triangle(total, warm, peak): return [peak*(i+1)/warm if i <= warm else peak*(total-1-i)/(total-warm) for i in range(total)]

@wrong
def triangle(total, warm, peak): return [min((i+1)/warm, (total-1-i)/(total-warm)) for i in range(total)]

@wrong
def triangle(total, warm, peak): return [round(peak*min((i+1)/warm, (total-1-i)/(total-warm)), 2) for i in range(total)]

# --- adam_weights

@right
def adam_weights(w, grads, lr, b1, b2, eps):
    from fastcourse.schedule import Adam
    p = w.clone().requires_grad_()
    opt = Adam([p], lr, (b1, b2), eps)
    for g in grads:
        p.grad = g
        opt.step()
    return p.detach()

@right
def adam_weights(w, grads, lr, b1, b2, eps):
    def mean(x, b):
        c = torch.tensor([b**k for k in range(len(x))]).flip(0)
        return (c[:,None]*x).sum(0)/c.sum()
    for t in range(1, len(grads)+1): w = w - lr*mean(grads[:t], b1)/(mean(grads[:t]**2, b2).sqrt() + eps)
    return w

@right
def adam_weights(w, grads, lr, b1, b2, eps):
    res = []
    for j in range(len(w)):
        x, m, v = w[j].item(), 0., 0.
        for t in range(len(grads)):
            g = grads[t,j].item()
            m += (1-b1)*(g-m)
            v += (1-b2)*(g*g-v)
            x -= lr*m/(1-b1**(t+1))/(math.sqrt(v/(1-b2**(t+1))) + eps)
        res.append(x)
    return torch.tensor(res)

@wrong
def adam_weights(w, grads, lr, b1, b2, eps):
    p = w.clone().requires_grad_()
    opt = torch.optim.AdamW([p], lr=lr, betas=(b1, b2), eps=eps)
    for g in grads:
        p.grad = g.clone()
        opt.step()
    return p.detach()

@wrong
def adam_weights(w, grads, lr, b1, b2, eps):
    p = w.clone().requires_grad_()
    opt = torch.optim.NAdam([p], lr=lr, betas=(b1, b2), eps=eps)
    for g in grads:
        p.grad = g.clone()
        opt.step()
    return p.detach()

@wrong
def adam_weights(w, grads, lr, b1, b2, eps):
    m, v = torch.zeros_like(w), torch.zeros_like(w)
    for t,g in enumerate(grads, 1):
        m, v = b1*m + (1-b1)*g, b2*v + (1-b2)*g**2
        w = w - lr*(1-b2**t)**.5/(1-b1**t)*m/(v.sqrt() + eps)
    return w

@wrong
def adam_weights(w, grads, lr, b1, b2, eps):
    m, v = torch.zeros_like(w), torch.zeros_like(w)
    for t,g in enumerate(grads, 1):
        m, v = b1*m + (1-b1)*g, torch.maximum(b2*v, g.abs())
        w = w - lr*m/(1-b1**t)/(v + eps)
    return w

@wrong
def adam_weights(w, grads, lr, b1, b2, eps):
    m, v = torch.zeros_like(w), torch.zeros_like(w)
    for t,g in enumerate(grads, 1):
        m, v = b1*m + (1-b1)*g, b2*v + (1-b2)*g**2
        w = w + lr*m/(1-b1**t)/((v/(1-b2**t)).sqrt() + eps)
    return w

@wrong
def adam_weights(w, grads, lr, b1, b2, eps):
    m, v = torch.zeros_like(w), torch.zeros(1)
    for t,g in enumerate(grads, 1):
        m, v = b1*m + (1-b1)*g, b2*v + (1-b2)*(g**2).mean()
        w = w - lr*m/(1-b1**t)/((v/(1-b2**t)).sqrt() + eps)
    return w
