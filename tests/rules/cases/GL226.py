"""GL226: loops over the rows of tensors, and those that are no tensors, are short, or cannot be otherwise."""

T = "import torch\n"
F = "import tensorflow as tf\n"
X = "def f(n):\n    x = torch.rand(n, 8)\n    z = 0\n"

BAD = {
    "columns": (T + "def f(n):\n    x = torch.rand(n, 8)\n    z = 0\n    for c in x.t():\n        z += c\n", [5]),
    "the data of it": (T + "def f(n):\n    x = torch.rand(n, 8)\n    z = 0\n    for c in x.data:\n        z += c\n", [5]),
    "all but the first": (T + "def f(n):\n    x = torch.rand(n, 8)\n    z = 0\n    for c in x[1:]:\n        z += c\n", [5]),
    "a variable of tensorflow": (F + "x = tf.Variable(start)\nz = 0\nfor r in x:\n    z += r\n", [4]),
    "rows": (T + X + "    for r in x:\n        z += r\n", [5]),
    "indexes": (T + X + "    for i in range(n):\n        z += x[i]\n", [5]),
    "indexes by len": (T + X + "    for i in range(len(x)):\n        z += x[i]\n", [5]),
    "indexes by shape": (T + X + "    for i in range(x.shape[0]):\n        z += x[i]\n", [5]),
    "squares": (T + X + "    for r in x:\n        z += r * r\n", [5]),
    "a product": (T + X + "    for r in x:\n        z *= r\n", [5]),
    "enumerate": (T + X + "    for i, r in enumerate(x):\n        z += i * r\n", [5]),
    "a parameter": (T + "def f(x: torch.Tensor):\n    z = 0\n    for r in x:\n        z += r\n    return z\n", [4]),
    "tensorflow": (F + "x = tf.random.uniform([500, 10])\nz = tf.zeros([10])\nfor i in range(500):\n    z += x[i]\n", [4]),
    "tensorflow rows": (F + "x = tf.ones([500, 10])\nz = 0\nfor r in x:\n    z += r\n", [4]),
    "a constant tensor": (
        F + "def f(v):\n    x = tf.constant(v)\n    z = 0\n    for r in x:\n        z += r\n    return z\n",
        [5],
    ),
    "moved": (T + "def f(a):\n    x = torch.tensor(a).to('cuda')\n    z = 0\n    for r in x:\n        z += r\n", [5]),
    "an attribute": (
        T + "class A:\n    def __init__(self):\n        self.x = torch.zeros(9)\n    def f(self):\n        z = 0\n"
        "        for r in self.x:\n            z += r\n        return z\n",
        [7],
    ),
    "a sum of tensors": (
        T + "def f(n):\n    x = torch.rand(n) + torch.rand(n)\n    z = 0\n    for r in x:\n        z += r\n",
        [5],
    ),
    "made on the spot": (T + "z = 0\nfor r in torch.arange(1000):\n    z += r\n", [3]),
    "from numpy": (T + "def f(a):\n    x = torch.from_numpy(a)\n    z = 0\n    for r in x:\n        z += r\n", [5]),
    "two sums": (T + X + "    w = 0\n    for r in x:\n        z += r\n        w += r * r\n", [6]),
}

GOOD = {
    "grown, which is another rule": T + "def f(xs):\n    y = torch.zeros(1)\n    for x in xs:\n        y = torch.cat([y, x])\n"
    "    return y\n",
    "one operation": T + "x = torch.rand(9, 8)\nz = x.sum(0)\n",
    "not a tensor": T + "def f(rows):\n    z = 0\n    for r in rows:\n        z += r\n",
    "a list": T + "x = [1, 2]\nz = 0\nfor r in x:\n    z += r\n",
    "a loader": T + "def f(loader):\n    for x, y in loader:\n        z += x\n",
    "a recurrence": T + X + "    h = None\n    for r in x:\n        h = cell(r, h)\n",
    "work for each row": T + X + "    for r in x:\n        print(r)\n",
    "a few rows": T + "def f(n):\n    x = torch.rand(n, 8)\n    z = 0\n    for i in range(3):\n        z += x[i]\n",
    "a list of tensors": T + "xs = [torch.rand(3), torch.rand(3)]\nz = 0\nfor x in xs:\n    z += x\n",
    "gathered and joined": T + "def f(xs):\n    ys = []\n    for x in xs:\n        ys.append(g(x))\n    return torch.cat(ys)\n",
    "joined, not grown": T + "def f(xs):\n    for x in xs:\n        y = torch.cat([x, x])\n        use(y)\n",
    "grown and used": T
    + "def f(xs):\n    y = torch.zeros(1)\n    for x in xs:\n        y = torch.cat([y, g(x, y)])\n    return y\n",
    "layers": T + "def f(layers, h, skip):\n    for layer in layers:\n        h = torch.cat([h, skip.pop()])\n"
    "        h = layer(h)\n    return h\n",
    "bound twice": T
    + "def f(n, o):\n    x = torch.rand(n)\n    if o:\n        x = o\n    z = 0\n    for r in x:\n        z += r\n",
    "numbers": T + "x = torch.rand(9).tolist()\nz = 0\nfor r in x:\n    z += r\n",
    "another annotation": T + "def f(x: list[torch.Tensor]):\n    z = 0\n    for r in x:\n        z += r\n",
    "an index for another list": T + X + "    for i in range(n):\n        z += names[i]\n",
    "no index": T + X + "    for _ in range(n):\n        z += x\n",
    "no library": "def f(x):\n    z = 0\n    for r in x:\n        z += r\n",
    "parameters of a network": T + "def f(net):\n    z = 0\n    for p in net.parameters():\n        z += p.sum()\n",
    "keys": T + "d = {'a': torch.rand(3)}\nz = 0\nfor k in d:\n    z += d[k]\n",
    "a file": T + "z = 0\nfor line in open('a'):\n    z += len(line)\n",
}

PEDANTIC = {
    "a comprehension": (T + "def f(n):\n    x = torch.rand(n, 8)\n    return [r.norm() for r in x]\n", [4]),
    "measured with size": (T + "def f(x):\n    z = 0\n    for i in range(x.size(0)):\n        z += x[i]\n    return z\n", [4]),
    "handed to the library": (
        F + "def f(x):\n    z = 0\n    for i in range(x.shape[0]):\n        z += tf.reduce_sum(x[i])\n    return z\n",
        [4],
    ),
    "work for each row": (T + X + "    for r in x:\n        print(r)\n", [5]),
    "a few rows": (T + "def f(n):\n    x = torch.rand(n, 8)\n    z = 0\n    for i in range(3):\n        z += x[i]\n", [5]),
    "rows that change": ("import torch\nt = torch.zeros(9, 9)\nfor i in range(t.size(0)):\n    t[i] += 1\n", [3]),
}

W = "        print(r)\n"

BAD |= {
    "the sum of Python": (T + "def f(n):\n    x = torch.rand(n)\n    return sum(x)\n", [4]),
    "the largest of Python": (F + "def f(x: tf.Tensor):\n    return max(x)\n", [3]),
    "a parameter that may be missing": (
        T + "def f(x: torch.Tensor | None):\n    z = 0\n    for r in x:\n        z += r\n    return z\n",
        [4],
    ),
    "a parameter in quotes": (T + "def f(x: 'torch.Tensor'):\n    z = 0\n    for r in x:\n        z += r\n    return z\n", [4]),
    "an optional parameter": (
        "from typing import Optional\nfrom torch import Tensor\n\ndef f(x: Optional[Tensor]):\n    z = 0\n    for r in x:\n"
        "        z += r\n    return z\n",
        [6],
    ),
    "a selection": (T + "def f(x: torch.Tensor, ids):\n    z = 0\n    for r in x[ids]:\n        z += r\n    return z\n", [4]),
    "a comparison": (T + "def f(x: torch.Tensor):\n    z = 0\n    for r in x > 1:\n        z += r\n    return z\n", [4]),
    "a function of the library": (
        F + "def f(x):\n    z = 0\n    for r in tf.math.square(x):\n        z += r\n    return z\n",
        [4],
    ),
    "means": (T + "def f(x: torch.Tensor):\n    z = 0\n    for r in x.mean(1):\n        z += r\n    return z\n", [4]),
}

PEDANTIC |= {
    "two tensors": (T + "def f(a: torch.Tensor, b: torch.Tensor):\n    for p, q in zip(a, b):\n        print(p, q)\n", [3]),
    "two, numbered": (
        T + "def f(a: torch.Tensor, b):\n    for i, (p, q) in enumerate(zip(a, b)):\n        print(p, q)\n",
        [3],
    ),
    "unbound rows": (T + X + "    for r in x.unbind(0):\n" + W, [5]),
    "unbound by the function": (T + X + "    for r in torch.unbind(x):\n" + W, [5]),
    "unstacked": (F + "x = tf.ones([9, 3])\nfor r in tf.unstack(x):\n    print(r)\n", [3]),
    "split into rows": (T + X + "    for r in x.split(1):\n" + W, [5]),
    "a list of rows": (T + X + "    for r in list(x):\n" + W, [5]),
    "backwards": (T + X + "    for r in reversed(x):\n" + W, [5]),
    "a set": (T + X + "    return {r.item() for r in x}\n", [5]),
    "a dict": (T + X + "    return {i: r for i, r in enumerate(x)}\n", [5]),
    "mapped": (T + X + "    return torch.stack(list(map(g, x)))\n", [5]),
    "a while loop": (T + X + "    i = 0\n    while i < len(x):\n        print(x[i])\n        i += 1\n", [6]),
    "rows that are written": (T + X + "    for i in range(n):\n        x[i, :] = 0\n", [5]),
    "columns by their number": (T + X + "    for i in range(8):\n        print(x[:, i])\n", [5]),
    "single values": (T + X + "    for i in range(n):\n        for j in range(n):\n            print(x[i][j])\n", [6]),
    "what layers make of it": (
        T + "def f(layers, ids):\n    h = torch.rand(9)[ids]\n    for layer in layers:\n        h = layer(h)\n"
        "    for r in h:\n        print(r)\n",
        [6],
    ),
    "a buffer": (
        T + "class A(torch.nn.Module):\n    def __init__(self):\n        self.register_buffer('b', torch.zeros(9))\n"
        "    def f(self):\n        for r in self.b:\n            print(r)\n",
        [6],
    ),
    "a range of tensorflow": (F + "def f(n):\n    for i in tf.range(n):\n        print(i)\n", [3]),
}

SILENT = {
    "a compiled range": F + "@tf.function\ndef f(n):\n    for i in tf.range(n):\n        tf.print(i)\n",
    "a dataset": F + "for i in tf.data.Dataset.range(5):\n    print(i)\n",
    "several tensors": T + "def f(*xs: torch.Tensor):\n    for x in xs:\n        print(x)\n",
    "a list of tensors, annotated": T + "def f(xs: 'list[torch.Tensor]'):\n    for x in xs:\n        print(x)\n",
    "a tensor or a list": T + "def f(x: torch.Tensor | list):\n    for r in x:\n        print(r)\n",
    "batches": T + X + "    for part in x.split(64):\n        print(part)\n",
    "numbers of a list": T + X + "    print(sum(x.tolist()))\n",
    "the larger of two": T + X + "    return max(x, z)\n",
    "a sum of losses": T + "def f(losses):\n    return sum(losses)\n",
    "layers": T + "def f(x, layers):\n    for layer in layers:\n        x = layer(x)\n    return x\n",
    "the shape": T + X + "    for size in x.shape:\n        print(size)\n",
    "a while loop over a list": T + "def f(xs):\n    i = 0\n    while i < len(xs):\n        print(xs[i])\n        i += 1\n",
    "a TensorArray": F
    + "def f(n):\n    a = tf.TensorArray(tf.int32, size=n)\n    for i in range(n):\n        a = a.write(i, i)\n",
}
