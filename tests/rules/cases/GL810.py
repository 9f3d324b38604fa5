"""GL810: training steps that wait for the graphics card."""

T = "import torch\nmodel.cuda()\n"
L = "for x in loader:\n    loss = f(x)\n    loss.backward()\n"

BAD = {
    "printed as it is": (T + L + "    print(loss)\n", [6]),
    "waited for": (T + L + "    torch.cuda.synchronize()\n", [6]),
    "a sum": (T + L + "    total += loss.item()\n", [6]),
    "a list": (T + L + "    losses.append(loss.item())\n", [6]),
    "printed": (T + L + "    print(loss.item())\n", [6]),
    "cpu": (T + L + "    out.append(y.cpu())\n", [6]),
    "tolist": (T + L + "    out += y.tolist()\n", [6]),
    "a progress bar": (T + L + "    bar.set_postfix(loss=loss.item())\n", [6]),
    "enumerate": (T + "for i, x in enumerate(loader):\n    loss = f(x)\n    loss.backward()\n    total += loss.item()\n", [6]),
    "an attribute": (T + L + "    total += self.loss.item()\n", [6]),
    "twice": (T + L + "    a += loss.item()\n    b += acc.item()\n", [6, 7]),
    "in a function": (
        T + "def f(loader):\n    for x in loader:\n        loss = g(x)\n        loss.backward()\n        yield loss.item()\n",
        [7],
    ),
}

GOOD = {
    "something else printed": T + L + "    print(x)\n",
    "waited for once": T + L + "torch.cuda.synchronize()\n",
    "detached": T + L + "    total += loss.detach()\n",
    "now and then": T + L + "    if x:\n        print(loss.item())\n",
    "after the loop": T + L + "print(loss.item())\n",
    "no training": T + "for x in loader:\n    total += f(x).item()\n",
    "no card": "import torch\n" + L + "    total += loss.item()\n",
    "no torch": "model.cuda()\n" + L + "    total += loss.item()\n",
    "short": T + "for x in (1, 2):\n    loss = f(x)\n    loss.backward()\n    total += loss.item()\n",
    "an argument": T + L + "    total += loss.item(0)\n",
    "a conditional expression": T + L + "    total = loss.item() if x else 0\n",
    "items": T + L + "    use(d.items())\n",
}

PEDANTIC = {"no card": ("import torch\n" + L + "    total += loss.item()\n", [5])}
