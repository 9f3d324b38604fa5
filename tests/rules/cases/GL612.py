"""Texts that GL612 must and must not report."""

_N = "import numpy as np\n"
_T = "import numpy as np\nimport torch\n"

BAD = {
    "a tensor by keyword": (_T + "a = np.linspace(0, 1, 5)\nt = torch.tensor(data=a)\n", [4]),
    "roots": (_N + "x = np.array(np.cumsum(y))\n", [2]),
    "zeros": (_N + "x = np.array(np.zeros(5))\n", [2]),
    "an array of an array": (_N + "x = np.array(np.array(y))\n", [2]),
    "stacked": (_N + "x = np.array(np.vstack(rows))\n", [2]),
    "a product": (_N + "x = np.array(np.ones(5) * y)\n", [2]),
    "a product of a name": (_N + "a = np.ones(5)\nx = np.array(a * 2)\nuse(a)\n", [3]),
    "converted": (_N + "x = np.array(np.ones(5).astype(int))\n", [2]),
    "a name for it": (_N + "def f(y):\n    r = np.cumsum(y)\n    return np.array(r)\n", [4]),
    "random": (_N + "x = np.array(np.random.rand(5))\n", [2]),
    "where": (_N + "x = np.array(np.where(a, b, c))\n", [2]),
    "loaded": (_N + "x = np.array(np.load(path))\n", [2]),
    "by name": ("from numpy import array, zeros\nx = array(zeros(5))\n", [2]),
    "another name": ("import numpy\nx = numpy.array(numpy.arange(5))\n", [2]),
    "in a comprehension": (_N + "x = [np.array(np.diff(r)) for r in rows]\n", [2]),
    "an argument": (_N + "use(k=np.array(np.outer(a, b)))\n", [2]),
    "in a coroutine": (_N + "async def f():\n    return np.array(np.stack(await g()))\n", [3]),
    "a tensor": (_T + "t = torch.tensor(np.random.rand(9))\n", [3]),
    "a tensor of a name": (_T + "def f(y):\n    r = np.cumsum(y)\n    return torch.tensor(r)\n", [5]),
    "a tensor on a device": (_T + "t = torch.tensor(np.zeros(9), device=d)\n", [3]),
    "a tensor by name": ("import numpy as np\nfrom torch import tensor\nt = tensor(np.zeros(9))\n", [3]),
    "in a class": (_N + "class A:\n    def f(self, y):\n        self.x = np.array(np.diff(y))\n", [4]),
    "over lines": (_N + "x = np.array(\n    np.concatenate(\n        rows\n    )\n)\n", [2]),
}

PEDANTIC = {
    "a type": (_N + "x = np.array(np.zeros(5), dtype=float)\n", [2]),
    "a type by place": (_N + "x = np.array(np.zeros(5), float)\n", [2]),
    "a tensor of floats": (_T + "t = torch.FloatTensor(np.zeros(9))\n", [3]),
    "others use it": (_N + "a = np.zeros(5)\nx = np.array(a)\nuse(a)\n", [3]),
    "annotated": (_N + "def f(a: np.ndarray):\n    return np.array(a)\n", [3]),
    "a tensor of one in use": (_T + "def f(a: np.ndarray):\n    return torch.tensor(a), a\n", [4]),
    "a frame": ("import numpy as np\nimport pandas as pd\ndef f(df):\n    return np.array(df.to_numpy())\n", [4]),
    "a column": ("import numpy as np\nimport pandas as pd\ndef f(df):\n    return np.array(df['a'].values)\n", [4]),
    "a tensor": ("import torch\ndef f(t: torch.Tensor):\n    return torch.tensor(t)\n", [3]),
    "a tensor that was just made": ("import torch\nt = torch.zeros(n)\nu = torch.tensor(t)\n", [3]),
    "an attribute": (
        _T + "class A:\n    def __init__(self, p):\n        self.x = np.load(p)\n    def f(self):\n"
        "        return torch.tensor(self.x)\n",
        [7],
    ),
    "items of a list of arrays": (
        "import numpy as np\nimport torch\ndef f(xs: list[np.ndarray]):\n    return [torch.tensor(x) for x in xs]\n",
        [4],
    ),
    "a part of an array": (_T + "def f(x: np.ndarray):\n    return torch.tensor(x[:, 1:])\n", [4]),
    "another view": (
        "import numpy as np\nimport torch\ndef f(x: np.ndarray):\n    return torch.tensor(x.reshape(3, 4))\n",
        [4],
    ),
    "turned": (_T + "def f(x: np.ndarray):\n    return torch.tensor(x.T)\n", [4]),
    "of a dictionary": (
        "import numpy as np\nimport torch\ndef f(d: dict[str, np.ndarray]):\n    return torch.tensor(d['a'])\n",
        [4],
    ),
    "or nothing": (_T + "def f(x: np.ndarray | None):\n    return torch.tensor(x)\n", [4]),
    "named again": (_T + "def f(x):\n    x = np.asarray(x)\n    return torch.tensor(x)\n", [5]),
    "integers": (_T + "def f(x: np.ndarray):\n    return torch.IntTensor(x)\n", [4]),
}

GOOD = {
    "a list": _N + "x = np.array([1, 2])\n",
    "a list of arrays": _N + "x = np.array([np.zeros(3), np.ones(3)])\n",
    "a comprehension": _N + "x = np.array([f(y) for y in ys])\n",
    "unknown": _N + "def f(x):\n    return np.array(x)\n",
    "a copy": _N + "x = np.array(np.zeros(5), copy=True)\n",
    "no copy": _N + "x = np.array(np.zeros(5), copy=False)\n",
    "more dimensions": _N + "x = np.array(np.zeros(5), ndmin=2)\n",
    "asarray": _N + "x = np.asarray(np.zeros(5))\n",
    "a method": _N + "x = np.zeros(5).copy()\n",
    "a sum": _N + "x = np.array(np.sum(y))\n",
    "a view": _N + "x = np.array(np.transpose(y))\n",
    "reshaped": _N + "x = np.array(np.reshape(y, (2, 2)))\n",
    "a buffer that cannot be written": _N + "x = np.array(np.frombuffer(b))\n",
    "a file in memory": _N + "x = np.array(np.load(p, mmap_mode='r'))\n",
    "indices": _N + "x = np.array(np.where(a))\n",
    "one random number": _N + "x = np.array(np.random.rand())\n",
    "with the step": _N + "x = np.array(np.linspace(0, 1, 5, retstep=True))\n",
    "into another": _N + "x = np.array(np.add(a, b, out=c))\n",
    "from_numpy": _T + "t = torch.from_numpy(np.zeros(9))\n",
    "as_tensor": _T + "t = torch.as_tensor(np.zeros(9))\n",
    "a tensor of a list": _T + "t = torch.tensor([1, 2])\n",
    "a tensor of a number": _T + "t = torch.tensor(3.0)\n",
    "a tensor with a gradient": _T + "t = torch.tensor(np.zeros(9), requires_grad=True)\n",
    "the array of the library": "import numpy as np\nimport array\nx = array.array('d', np.zeros(5))\n",
    "own array": "import numpy as np\nfrom mine import array\nx = array(np.zeros(5))\n",
    "unpacked": _N + "x = np.array(*parts)\n",
    "in use": _N + "x = np.zeros(9)\ny = np.array(x)\ny[0] = 1\nuse(x)\n",
    "an argument in use": _N + "def f(a: np.ndarray):\n    b = np.array(a)\n    b[0] = 0\n    return b\n",
    "two ways": _N + "def f(y, k):\n    r = np.cumsum(y)\n    if k:\n        r = [1]\n    return np.array(r)\n",
    "the values of a dict": "import numpy as np\nimport pandas as pd\nx = np.array(d.values())\n",
    "a number": "import torch\ndef f(t: float):\n    return torch.tensor(t)\n",
}

PEDANTIC |= {
    "what asarray gave": ("import numpy as np\ndef f(xs):\n    x = np.asarray(xs)\n    print(np.array(x))\n", [4]),
    "an array that was filled before": (
        "import numpy as np\ndef f(a: np.ndarray):\n    a[0] = 1\n    b = np.array(a)\n    return a, b\n",
        [4],
    ),
    "an array that others know": ("import numpy as np\ndef f(a: np.ndarray):\n    b = np.array(a)\n    return b.sum()\n", [3]),
}

SILENT = {
    "a copy that is stored into": "import numpy as np\ndef f(a: np.ndarray):\n    b = np.array(a)\n"
    "    b[0] = 1\n    return a, b\n",
    "a copy of the same name": "import numpy as np\ndef f(a: np.ndarray):\n    a = np.array(a)\n    a[0] = 1\n    return a\n",
    "an array that is filled later": "import numpy as np\ndef f(a: np.ndarray):\n    b = np.array(a)\n"
    "    a.fill(0)\n    return b\n",
    "an array that is filled in the next turn": "import numpy as np\ndef f(a: np.ndarray, xs):\n    out = []\n"
    "    for x in xs:\n"
    "        a[0] = x\n        out.append(np.array(a))\n    return out\n",
    "a tensor that is zeroed": _T + "def f(a: np.ndarray):\n    t = torch.tensor(a)\n    t.zero_()\n    return t\n",
    "one item, which may be a number": _T + "def f(x: np.ndarray):\n    return torch.tensor(x[0])\n",
    "an attribute that may be a list": _T
    + "class A:\n    def __init__(self, p):\n        self.x = np.load(p)\n    def g(self, x):\n"
    "        self.x = x\n    def f(self):\n        return torch.tensor(self.x)\n",
    "items of a list of lists": _T + "def f(xs: list[list]):\n    return [torch.tensor(x) for x in xs]\n",
    "the list itself": _T + "def f(xs: list[np.ndarray]):\n    return np.array(xs)\n",
    "named again at times": _T + "def f(x):\n    if y:\n        x = np.asarray(x)\n    return torch.tensor(x)\n",
}
