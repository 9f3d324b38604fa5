"""GL801: networks in evaluation mode that keep their graph, and those that do not, train, or need a gradient."""

T = "import torch\n"
D = "def f(model, x):\n"
E = "    model.eval()\n"
N = "with torch.no_grad():\n"

BAD = {
    "a function": (T + D + E + "    return model(x)\n", [4]),
    "a script": (T + "model.eval()\nprint(model(x))\n", [3]),
    "a loop": (T + D + E + "    for b in x:\n        show(model(b))\n", [5]),
    "a comprehension": (T + D + E + "    return [model(b).argmax() for b in x]\n", [4]),
    "eval in a chain": (T + "net = build().to('cpu').eval()\ny = net(x)\n", [3]),
    "moved after eval": (T + "net = build()\nnet.eval().to('cuda')\ny = net(x)\n", [4]),
    "moved before eval": (T + "net = build()\nnet.to('cuda').eval()\ny = net(x)\n", [4]),
    "two calls": (T + D + E + "    a = model(x)\n    b = model(x + 1)\n    return a + b\n", [4, 5]),
    "transformers": ("from transformers import AutoModel\nm = AutoModel.from_pretrained('b').eval()\nout = m(**inputs)\n", [3]),
    "an attribute": (T + "class P:\n    def run(self, x):\n        self.net.eval()\n        return self.net(x)\n", [5]),
    "eval in the constructor": (
        T + "class P:\n    def __init__(self):\n        self.net = load()\n        self.net.eval()\n"
        "    def run(self, x):\n"
        "        return self.net(x)\n",
        [7],
    ),
    "a global network": (T + "net = load()\nnet.eval()\n\ndef run(x):\n    return net(x)\n", [6]),
    "only one of two is guarded": (
        T + D + E + "    with torch.no_grad():\n        a = model(x)\n    return a, model(x)\n",
        [6],
    ),
    "async": (T + "async def f(model, x):\n" + E + "    return model(await x)\n", [4]),
    "in a branch with its eval": (T + D + "    if x:\n        model.eval()\n        return model(x)\n", [5]),
    "another context manager": (T + D + E + "    with timer():\n        return model(x)\n", [5]),
    "autocast is not enough": (T + D + E + "    with torch.autocast('cpu'):\n        return model(x)\n", [5]),
    "trained before": (T + "model.train()\nstep(model)\nmodel.eval()\nprint(model(x))\n", [5]),
    "back to training after": (T + D + E + "    y = model(x)\n    model.train()\n    return y\n", [4]),
    "keyword arguments": (T + D + E + "    return model(input_ids=x, labels=None)\n", [4]),
    "an item of the answer": (T + D + E + "    return model(x)[0].item()\n", [4]),
    "torchvision": ("import torchvision\nm = torchvision.models.resnet18()\nm.eval()\nprint(m(x))\n", [4]),
    "nested functions": (
        T + "def outer(model):\n    def inner(x):\n        model.eval()\n        return model(x)\n    return inner\n",
        [5],
    ),
    "a walrus": (T + D + E + "    if (y := model(x)) is not None:\n        use(y)\n", [4]),
    "a caller without a guard": (T + D + E + "    return model(x)\n\ndef g(m):\n    return f(m, 1)\n", [4]),
}

GOOD = {
    "no_grad": T + D + E + "    with torch.no_grad():\n        return model(x)\n",
    "inference_mode": T + D + E + "    with torch.inference_mode():\n        return model(x)\n",
    "a name for it": "from torch import no_grad\n" + D + E + "    with no_grad():\n        return model(x)\n",
    "set_grad_enabled": T + D + E + "    with torch.set_grad_enabled(False):\n        return model(x)\n",
    "two managers": T + D + E + "    with torch.autocast('cpu'), torch.no_grad():\n        return model(x)\n",
    "a decorator": T + "@torch.no_grad()\n" + D + E + "    return model(x)\n",
    "a decorator without brackets": T + "@torch.inference_mode\n" + D + E + "    return model(x)\n",
    "a guard far outside": T
    + D
    + E
    + "    with torch.no_grad():\n        for b in x:\n            if b:\n                show(model(b))\n",
    "the caller guards": T + D + E + "    return model(x)\n\ndef g(m):\n    with torch.no_grad():\n        return f(m, 1)\n",
    "the caller's caller guards": T
    + D
    + E
    + "    return model(x)\n\ndef g(m):\n    return f(m, 1)\n\n@torch.no_grad()\ndef h(m):\n    g(m)\n",
    "off for the whole program": T + "torch.set_grad_enabled(False)\n" + D + E + "    return model(x)\n",
    "frozen": T + D + "    for p in model.parameters():\n        p.requires_grad = False\n" + E + "    return model(x)\n",
    "called before eval": T + D + "    y = model(x)\n" + E + "    return y\n",
    "back in training": T + D + E + "    check(x)\n    model.train()\n    return model(x)\n",
    "eval in the other branch": T
    + D
    + "    if x:\n        model.eval()\n    else:\n        model.train()\n    return model(x)\n",
    "a network of its own": T
    + "class A(torch.nn.Module):\n    def __init__(self):\n        self.b = load().eval()\n    def run(self, x):\n"
    "        return self.b(x)\n",
    "a loss through a frozen network": T
    + "class L:\n    def __init__(self):\n        self.vgg = load().eval()\n    def loss(self, x):\n"
    "        return self.vgg(x)\n",
    "a gradient of the input": T + D + E + "    y = model(x)\n    y.backward()\n    return x.grad\n",
    "autograd": T + D + E + "    return torch.autograd.grad(model(x).sum(), x)\n",
    "another network": T + "def f(a, b, x):\n    a.eval()\n    return b(x)\n",
    "an expression, not a mode": "import torch\nimport pandas as pd\nframe.eval('a + b')\nframe(x)\n",
    "no torch": "def f(model, x):\n    model.eval()\n    return model(x)\n",
    "a builtin": T + "y = eval('x')\n",
    "never called": T + D + E + "    return model\n",
    "generate has its own guard": T + D + E + "    return model.generate(x)\n",
}

PEDANTIC = {
    "a gradient of another tensor of the file": (
        T + D + E + "    return model(x)\n\ndef g(x):\n    x.requires_grad_(True)\n    return f(x)\n",
        [4],
    ),
    "a gradient asked for by assignment": (T + "x.requires_grad = True\n" + D + E + "    return model(x)\n", [5]),
    "train(False)": (T + D + "    model.train(False)\n    return model(x)\n", [4]),
    "numbers alone": (T + D + "    return model(x).argmax(1).tolist()\n", [3]),
    "an item of an attribute": (T + "class P:\n    def f(self, x):\n        return self.net(x)[0].sum().item()\n", [4]),
    "detached at once": (T + D + "    return model(**x).logits.detach().cpu().tolist()\n", [3]),
    "forward by name": (T + D + E + "    return model.forward(x)\n", [4]),
}

SILENT = {
    "the gradient of the answer": T + D + E + "    model(x).sum().backward()\n    return x.grad\n",
    "frozen by call": T + D + "    model.requires_grad_(False)\n" + E + "    return model(x)\n",
    "frozen or not": T + D + "    model.requires_grad_(flag)\n" + E + "    return model(x)\n",
    "numbers under a guard": T + D + "    with torch.no_grad():\n        return model(x).tolist()\n",
    "numbers of a training step": T + "def train(model, x):\n    return model(x).tolist()\n",
    "numbers besides a gradient": T + D + "    model(x).sum().backward()\n    return model(x).tolist()\n",
    "numbers of something else": T + D + "    return loss(x).tolist()\n",
    "numbers of a method": T + D + "    return model.score(x).tolist()\n",
    "numbers where the caller guards": T + D + "    return model(x).tolist()\n\ndef g(m):\n    with torch.no_grad():\n"
    "        return f(m, 1)\n",
    "train(True)": T + D + "    model.train(True)\n    return model(x)\n",
    "train": T + D + "    model.train()\n    return model(x)\n",
}

PEDANTIC |= {
    "numbers after train(False), once": (T + D + "    model.train(False)\n    return model(x).sum().item()\n", [4]),
}

PEDANTIC |= {
    "train(mode=False)": (T + D + "    model.train(mode=False)\n    return model(x)\n", [4]),
    "at once": (T + D + "    return model.eval()(x)\n", [3]),
    "handed to map": (T + D + E + "    return list(map(model, x))\n", [4]),
    "in a closure": (T + D + E + "    def g(y):\n        return model(y)\n    return g(x)\n", [5]),
    "switched off in another function": (
        T + D + E + "    return model(x)\n\ndef g():\n    torch.set_grad_enabled(False)\n",
        [4],
    ),
    "loaded ready-made": (
        "import torch\nfrom transformers import AutoModel\nmodel = AutoModel.from_pretrained('a')\n\n"
        "def f(x):\n    return model(**x).last_hidden_state\n",
        [6],
    ),
    "loaded from a file": (T + "net = torch.jit.load('a')\nprint(net(x))\n", [3]),
    "named like it": (T + "def predict(model, x):\n    return model(x).softmax(-1)\n", [3]),
    "named like it, a method": (T + "class A:\n    async def infer(self, x):\n        return self.net(x)\n", [4]),
}

SILENT |= {
    "switched off in the same function": T
    + "def f(model, x):\n    torch.set_grad_enabled(False)\n    model.eval()\n    return model(x)\n",
    "switched off by the caller": T
    + D
    + E
    + "    return model(x)\n\ndef g(m):\n    torch.set_grad_enabled(False)\n    return f(m, 1)\n",
    "loaded to be trained": "import torch\nfrom transformers import AutoModel, Trainer\n"
    "model = AutoModel.from_pretrained('a')\nTrainer(model)\nprint(model(x))\n",
    "loaded under a guard": T + "net = torch.jit.load('a')\nwith torch.no_grad():\n    print(net(x))\n",
    "a dictionary of weights": T + "weights = torch.load('a')\nnet.load_state_dict(weights)\n",
    "a pipeline": "import torch\nfrom transformers import pipeline\nclassifier = pipeline('a')\n\n"
    "def predict(x):\n    return classifier(x)\n",
    "named like it, under a guard": T + "@torch.inference_mode()\ndef predict(model, x):\n    return model(x)\n",
    "a step of Lightning": T + "class A:\n    def validation_step(self, x, i):\n        return self.model(x)\n",
    "made there": T + "def evaluate(x):\n    net = Net(3)\n    return net\n",
    "another library": "import sklearn\ndef predict(model, x):\n    return model(x)\n",
}
