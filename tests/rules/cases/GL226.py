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
