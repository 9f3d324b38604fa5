"""GL806: networks that are trained in 32-bit numbers."""

T = "import torch\nmodel.cuda()\n"
STEP = "for x, y in loader:\n    loss = f(model(x), y)\n    loss.backward()\n    optimizer.step()\n"
H = "from transformers import TrainingArguments, Seq2SeqTrainingArguments\n"
P = "import lightning as L\n"

BAD = {
    "a step": (T + STEP, [5]),
    "to a device": ("import torch\nmodel.to(device)\n" + STEP, [5]),
    "to cuda": ("import torch\nmodel.to('cuda:0')\n" + STEP, [5]),
    "epochs": (T + "for e in range(99):\n    for x in loader:\n        model(x).backward()\n        o.step()\n", [5]),
    "in a function": (
        T + "def train(loader):\n    for x in loader:\n        loss = model(x)\n        loss.backward()\n        o.step()\n",
        [6],
    ),
    "two losses": (T + "for x in loader:\n    a(x).backward()\n    b(x).backward()\n    o.step()\n", [4]),
    "samples, which are no amp": (T + "sample = 1\n" + STEP, [6]),
    "a measure called precision": (T + "from sklearn.metrics import precision_score\n" + STEP, [6]),
    "transformers": (H + "a = TrainingArguments('out', learning_rate=1e-4)\n", [2]),
    "transformers, sequences": (H + "a = Seq2SeqTrainingArguments(output_dir='out')\n", [2]),
    "lightning": (P + "t = L.Trainer(accelerator='gpu', devices=1)\n", [2]),
    "lightning of old": ("from pytorch_lightning import Trainer\nt = Trainer(accelerator='cuda')\n", [2]),
}

GOOD = {
    "autocast": T + STEP.replace("    loss =", "    with torch.autocast('cuda'):\n        loss ="),
    "a scaler": T + "from torch.cuda.amp import GradScaler\n" + STEP,
    "bfloat16": T + "model.to(torch.bfloat16)\n" + STEP,
    "half": T + "model.half()\n" + STEP,
    "tf32": T + "torch.backends.cuda.matmul.allow_tf32 = True\n" + STEP,
    "products": T + "torch.set_float32_matmul_precision('high')\n" + STEP,
    "64 bits are needed": T + "x = x.double()\n" + STEP,
    "a library decides": T + "from accelerate import Accelerator\n" + STEP,
    "the processor": "import torch\n" + STEP,
    "no step": T + "for x in loader:\n    model(x).backward()\n",
    "no loop": T + "loss = model(x)\nloss.backward()\noptimizer.step()\n",
    "transformers with bf16": H + "a = TrainingArguments('out', bf16=True)\n",
    "transformers by options": H + "a = TrainingArguments(**options)\n",
    "lightning with a width": P + "t = L.Trainer(accelerator='gpu', precision='bf16-mixed')\n",
    "lightning by itself": P + "t = L.Trainer(accelerator='auto')\n",
    "another trainer": "import torch\nfrom mine import Trainer\nt = Trainer(accelerator='gpu')\n",
}

PEDANTIC = {
    "another function knows better": (
        T
        + "def f():\n"
        + "".join(f"    {line}\n" for line in STEP.splitlines())
        + "\ndef g():\n    with torch.autocast('cuda'):\n        go()\n",
        [6],
    ),
    "another call knows better": (H + "a = TrainingArguments('a')\nb = TrainingArguments('b', bf16=True)\n", [2]),
}
