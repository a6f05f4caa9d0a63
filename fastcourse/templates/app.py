"Ask the model in a browser, on this computer alone: python app.py"
import os

from data import settings
from evaluate import load
import gradio as gr
import task

cfg = settings()
learn = load()

def answer(*values):
    "The probability of each class, or the number, for what was entered"
    try: row = task.row(values, cfg)
    except ValueError as e: raise gr.Error(str(e), print_exception=False) from None
    with learn.no_bar(), learn.no_logging(): preds = task.predict(learn, row, cfg)
    return dict(zip(cfg['classes'], map(float, preds[0]))) if cfg['task'] == 'classification' else round(float(preds[0]), 3)

output = gr.Label(label=cfg['target'], num_top_classes=5) if cfg['task'] == 'classification' else gr.Number(label=cfg['target'])
demo = gr.Interface(fn=answer, inputs=task.inputs(cfg, gr), outputs=output, title=cfg['title'], flagging_mode='never', analytics_enabled=False, delete_cache=(3600, 3600))

if __name__ == '__main__': demo.launch(server_name=os.environ.get('GRADIO_SERVER_NAME', '127.0.0.1'))
