"""GL816: tensors that numpy fills first, and those whose numbers come from elsewhere."""

T = "import numpy as np\nimport torch\n\ndef f(n, m):\n"

BAD = {
    "random": (T + "    return torch.tensor(np.random.rand(n, m))\n", [5]),
    "normal": (T + "    return torch.tensor(np.random.randn(n, m))\n", [5]),
    "normal with a size": (T + "    return torch.tensor(np.random.normal(0, 1, size=(n, m)))\n", [5]),
    "uniform": (T + "    return torch.tensor(np.random.uniform(size=n))\n", [5]),
    "integers": (T + "    return torch.tensor(np.random.randint(0, 9, n))\n", [5]),
    "zeros": (T + "    return torch.tensor(np.zeros((n, m)))\n", [5]),
    "ones": (T + "    return torch.tensor(np.ones(n))\n", [5]),
    "full": (T + "    return torch.tensor(np.full((n, m), 7))\n", [5]),
    "empty": (T + "    return torch.tensor(np.empty(n))\n", [5]),
    "Tensor": (T + "    return torch.Tensor(np.zeros((n, m)))\n", [5]),
    "FloatTensor": (T + "    return torch.FloatTensor(np.random.rand(n, m))\n", [5]),
    "then converted": (T + "    return torch.tensor(np.random.rand(n, m)).float().to('cuda')\n", [5]),
    "converted before": (T + "    return torch.tensor(np.random.rand(n, m).astype('float32'))\n", [5]),
    "reshaped before": (T + "    return torch.tensor(np.zeros(n * m).reshape(n, m))\n", [5]),
    "a dtype": (T + "    return torch.tensor(np.zeros(n), dtype=torch.float32)\n", [5]),
    "a name": (T + "    a = np.random.rand(n, m)\n    return torch.tensor(a)\n", [6]),
    "a literal million": ("import numpy as np\nimport torch\nx = torch.tensor(np.random.rand(1000, 1000))\n", [3]),
    "a loop of small ones": ("import numpy as np\nimport torch\nfor r in rows:\n    use(torch.tensor(np.zeros(8)), r)\n", [4]),
    "imported": ("from numpy import zeros\nfrom torch import tensor\ndef f(n):\n    return tensor(zeros(n))\n", [4]),
    "aliases": ("import numpy\nimport torch as t\ndef f(n):\n    return t.tensor(numpy.ones(n))\n", [4]),
    "standard normal": (T + "    return torch.tensor(np.random.standard_normal(n))\n", [5]),
    "in a comprehension": (T + "    return [torch.tensor(np.random.rand(5, 5)) for _ in range(n)]\n", [5]),
}

GOOD = {
    "torch itself": "import torch\n\ndef f(n):\n    return torch.rand(n)\n",
    "data": T + "    return torch.tensor(np.array(n))\n",
    "a file": T + "    return torch.tensor(np.load('a.npy'))\n",
    "a list": T + "    return torch.tensor([n, m])\n",
    "the array is used too": T + "    a = np.random.rand(n, m)\n    use(a)\n    return torch.tensor(a)\n",
    "filled afterwards": T + "    a = np.zeros(n)\n    a[0] = m\n    return torch.tensor(a)\n",
    "a seeded generator": T + "    r = np.random.default_rng(0)\n    return torch.tensor(r.random(n))\n",
    "another function": T + "    return torch.tensor(np.log(n))\n",
    "arithmetic": T + "    return torch.tensor(np.random.rand(n) * m)\n",
    "small": "import numpy as np\nimport torch\nx = torch.tensor(np.zeros((3, 3)))\n",
    "shared memory": T + "    return torch.from_numpy(np.zeros(n))\n",
    "a short range": T + "    return torch.tensor(np.arange(n))\n",
    "linspace": T + "    return torch.tensor(np.linspace(0, 1, n))\n",
    "only numpy": "import numpy as np\nimport torch\nx = np.zeros(10**9)\n",
    "no argument": "import torch\nx = torch.Tensor()\n",
    "another library": "import numpy as np\nimport torch\nfrom mine import tensor\nx = tensor(np.zeros(10**9))\n",
    "bound twice": T + "    a = np.zeros(n)\n    if m:\n        a = m\n    return torch.tensor(a)\n",
    "of the caller": "import torch\n\ndef f(a):\n    return torch.tensor(a)\n",
    "random of Python": "import random\nimport torch\nx = torch.tensor(random.random())\n",
    "like another": T + "    return torch.tensor(np.zeros_like(n))\n",
    "a shape": T + "    return torch.zeros(np.prod((n, m)))\n",
}

PEDANTIC = {
    "small": ("import numpy as np\nimport torch\nx = torch.tensor(np.zeros((3, 3)))\n", [3]),
    "shared memory": (T + "    return torch.from_numpy(np.zeros(n))\n", [5]),
}
