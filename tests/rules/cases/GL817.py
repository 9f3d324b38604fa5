"""GL817: losses kept with their graph, and those that are numbers, or are wanted as they are."""

T = "import torch\n"
L = "for x in loader:\n    loss = f(x)\n    loss.backward()\n"
D = "def train(loader):\n    total = 0\n"
B = "    for x in loader:\n        loss = f(x)\n        loss.backward()\n"

BAD = {
    "scaled": (T + D + B + "        total += loss * x.size(0)\n", [7]),
    "a mean": (T + D + B + "        total += loss / len(loader)\n", [7]),
    "scaled and written out": (T + D + B + "        total = total + x.size(0) * loss\n", [7]),
    "added up": (T + D + B + "        total += loss\n", [7]),
    "added with a plus": (T + D + B + "        total = total + loss\n", [7]),
    "the other way round": (T + D + B + "        total = loss + total\n", [7]),
    "a list": (T + "losses = []\n" + L + "    losses.append(loss)\n", [6]),
    "a script": (T + "total = 0\n" + L + "    total += loss\n", [6]),
    "before the backward pass": (
        T + "total = 0\nfor x in loader:\n    loss = f(x)\n    total += loss\n    loss.backward()\n",
        [5],
    ),
    "an attribute": (
        T + "class A:\n    def f(self, loader):\n        for x in loader:\n            loss = g(x)\n"
        "            loss.backward()\n"
        "            self.total += loss\n",
        [7],
    ),
    "a dictionary": (T + "sums = {'a': 0}\n" + L + "    sums['a'] += loss\n", [6]),
    "a list of the class": (
        T + "class A:\n    def f(self, loader):\n        for x in loader:\n            loss = g(x)\n"
        "            loss.backward()\n            self.losses.append(loss)\n",
        [7],
    ),
    "epochs around": (
        T + "for e in range(99):\n    total = 0\n    for x in loader:\n        loss = f(x)\n        loss.backward()\n"
        "        total += loss\n",
        [7],
    ),
    "a tensor to begin with": (T + "total = torch.zeros(1)\n" + L + "    total += loss\n", [6]),
    "a scaler": (
        T + "total = 0\nfor x in loader:\n    loss = f(x)\n    loss.backward(retain_graph=True)\n    total += loss\n",
        [6],
    ),
    "a while loop": (T + "total = 0\nwhile more():\n    loss = f()\n    loss.backward()\n    total += loss\n", [6]),
    "a branch": (T + "total = 0\n" + L + "    if x:\n        total += loss\n", [7]),
    "two losses": (
        T + "a = b = 0\n" + "for x in loader:\n    u = f(x)\n    v = g(x)\n    u.backward()\n"
        "    v.backward()\n    a += u\n"
        "    b += v\n",
        [8, 9],
    ),
    "both ways": (T + "total = 0\nlosses = []\n" + L + "    total += loss\n    losses.append(loss)\n", [7, 8]),
    "enumerate": (
        T + "total = 0\nfor i, x in enumerate(loader):\n    loss = f(x)\n    loss.backward()\n    total += loss\n",
        [6],
    ),
    "autocast": (
        T + "total = 0\nfor x in loader:\n    with torch.autocast('cuda'):\n        loss = f(x)\n"
        "    loss.backward()\n    total += loss\n",
        [7],
    ),
    "a method of a module": (
        T + "class A(torch.nn.Module):\n    def fit(self, loader):\n        total = 0.0\n        for x in loader:\n"
        "            loss = self(x)\n            loss.backward()\n            total += loss\n        return total\n",
        [8],
    ),
    "divided before": (
        T + "total = 0\nfor x in loader:\n    loss = f(x)\n    loss = loss / 4\n    loss.backward()\n    total += loss\n",
        [7],
    ),
    "annotated": (
        T + "total: float = 0\nfor x in loader:\n    loss: torch.Tensor = f(x)\n    loss.backward()\n    total += loss\n",
        [6],
    ),
}

BAD |= {
    "a sum of the same name is wanted elsewhere": (
        T + "def f(loader):\n    total = 0\n    for x in loader:\n        loss = g(x)\n        loss.backward()\n"
        "        total += loss\n"
        "    return total\n\ndef h(xs):\n    total = sum(g(x) for x in xs)\n    total.backward()\n",
        [7],
    ),
}

GOOD = {
    "the sum of an object is wanted in another method": T
    + "class A:\n    def f(self, loader):\n        for x in loader:\n            loss = g(x)\n            loss.backward()\n"
    "            self.total += loss\n    def h(self):\n        self.total.backward()\n",
    "a nested function goes back": T
    + "def f(loader):\n    total = 0\n    for x in loader:\n        loss = g(x)\n        loss.backward()\n"
    "        total += loss\n"
    "    def back():\n        total.backward()\n    back()\n",
    "a number, scaled": T + "total = 0\n" + L + "    total += loss.item() * x.size(0)\n",
    "a scaled sum is wanted": T + "total = 0\nfor x in xs:\n    loss = f(x)\n    total += loss / 4\ntotal.backward()\n",
    "a number": T + "total = 0\n" + L + "    total += loss.item()\n",
    "detached": T + "total = 0\n" + L + "    total += loss.detach()\n",
    "float": T + "total = 0\n" + L + "    total += float(loss)\n",
    "data": T + "total = 0\n" + L + "    total += loss.data\n",
    "cut off before": T + "total = 0\n" + L + "    loss = loss.detach()\n    total += loss\n",
    "a number before": T + "total = 0\n" + L + "    loss = loss.item()\n    total += loss\n",
    "the sum is wanted": T + "total = 0\nfor x in xs:\n    loss = f(x)\n    total += loss\ntotal.backward()\n",
    "the sum is wanted in the end": T
    + "total = 0\nfor x in xs:\n    loss = f(x)\n    loss.backward()\n    total += loss\ntotal.backward()\n",
    "parts of a loss": T
    + "for x in xs:\n    loss = 0\n    for y in x:\n        part = f(y)\n        loss += part\n    loss.backward()\n",
    "anew in each turn": T + "for x in loader:\n    total = 0\n    loss = f(x)\n    loss.backward()\n    total += loss\n",
    "a list anew in each turn": T
    + "for x in loader:\n    losses = []\n    loss = f(x)\n    loss.backward()\n    losses.append(loss)\n",
    "a running mean": T + "mean = 0\n" + L + "    mean = 0.9 * mean + 0.1 * loss.item()\n",
    "no backward": T + "total = 0\nfor x in loader:\n    loss = f(x)\n    total += loss\n",
    "three turns": T + "total = 0\nfor x in (1, 2, 3):\n    loss = f(x)\n    loss.backward()\n    total += loss\n",
    "another name": T + "total = 0\n" + L + "    total += x\n",
    "no torch": "total = 0\n" + L + "    total += loss\n",
    "no loop": T + "loss = f(x)\nloss.backward()\ntotal += loss\n",
    "printed": T + L + "    print(loss)\n",
    "made before the loop": T + "loss = f()\nfor x in loader:\n    loss.backward()\n    total += x\n",
    "handed on": T + L + "    log(loss)\n",
    "left after one turn": T + "total = 0\n" + L + "    total += loss\n    break\n",
}

PEDANTIC = {
    "cleared elsewhere": (
        "import keras\ndef f():\n    for i in range(10):\n        m = keras.Sequential([])\n\ndef g():\n"
        "    keras.backend.clear_session()\n",
        [4],
    ),
    "a model in each turn": (
        "import tensorflow as tf\nfor i in range(100):\n    m = tf.keras.Sequential([])\n    use(m, i)\n",
        [3],
    ),
    "gradients that add up": (T + "for x in loader:\n    loss = f(x)\n    loss.backward()\n    optimizer.step()\n", [5]),
}

BAD |= {
    "with its number": (T + "kept = []\n" + L + "    kept.append((x, loss))\n", [6]),
    "in a list that is added": (T + "kept = []\n" + L + "    kept += [loss]\n", [6]),
    "moved": (T + "total = 0\n" + L + "    total += loss.cpu()\n", [6]),
    "by its number": (T + "kept = {}\n" + L + "    kept[x] = loss\n", [6]),
    "in a list that extends": (T + "kept = []\n" + L + "    kept.extend([loss])\n", [6]),
}

PEDANTIC |= {
    "a scaler": (T + "total = 0\nfor x in xs:\n    loss = f(x)\n    scaler.scale(loss).backward()\n    total += loss\n", [6]),
    "an accelerator": (
        T + "total = 0\nfor x in xs:\n    loss = f(x)\n    accelerator.backward(loss)\n    total += loss\n",
        [6],
    ),
    "a part": (T + "total = 0\nfor x in xs:\n    a = f(x)\n    b = a + g(x)\n    b.backward()\n    total += a\n", [7]),
    "the answer": (
        T + "kept = []\nfor x in xs:\n    out = model(x)\n    loss = f(out, x)\n    loss.backward()\n    kept.append(out)\n",
        [7],
    ),
    "an attribute of a step": (
        T + "class A:\n    def step(self, x):\n        loss = f(x)\n        loss.backward()\n        self.total += loss\n",
        [6],
    ),
    "gradients that another function clears": (
        T + "def a(loader):\n    for x in loader:\n        loss = f(x)\n        loss.backward()\n        optimizer.step()\n\n"
        "def b():\n    optimizer.zero_grad()\n",
        [6],
    ),
}

SILENT = {
    "the last one": T + "kept = {}\n" + L + "    kept['loss'] = loss\n",
    "moved as a number": T + "kept = []\n" + L + "    kept.append((x, loss.cpu().item()))\n",
    "a sum that a scaler goes back through": T + "total = 0\nfor x in xs:\n    loss = f(x)\n    total = total + loss\n"
    "    scaler.scale(total).backward()\n",
    "the target": T + "kept = []\nfor x, y in xs:\n    loss = f(model(x), y)\n    loss.backward()\n    kept.append(y)\n",
    "cleared by a helper": T + "def clear():\n    optimizer.zero_grad()\n\ndef a(xs):\n    for x in xs:\n        clear()\n"
    "        f(x).backward()\n        optimizer.step()\n",
}
