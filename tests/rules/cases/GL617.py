"""Texts that GL617 must and must not report."""

BAD = {
    "a counter": ("for i in range(n):\n    use(i ** 2)\n", [2]),
    "in a comprehension": ("x = [i ** 2 for i in range(n)]\n", [1]),
    "in a generator": ("x = sum(i**2 for i in range(n))\n", [1]),
    "in a dict": ("x = {i: i ** 2 for i in range(n)}\n", [1]),
    "an annotated argument": ("def f(x: float, xs):\n    for y in xs:\n        use(y, x ** 2)\n", [3]),
    "a length": ("def f(xs):\n    n = len(xs)\n    for x in xs:\n        use(x, n ** 2)\n", [4]),
    "a float": ("def f(xs):\n    h = 0.5\n    for x in xs:\n        use(x, h ** 2)\n", [4]),
    "converted": ("def f(lines):\n    for line in lines:\n        v = float(line)\n        use(v ** 2)\n", [4]),
    "in a product": ("for i in range(n):\n    use(3 * i ** 2)\n", [2]),
    "negative": ("for i in range(n):\n    use(-i ** 2)\n", [2]),
    "in a power": ("for i in range(n):\n    use(2 ** i ** 2)\n", [2]),
    "in a fraction": ("for i in range(1, n):\n    use(1 / i ** 2)\n", [2]),
    "two at once": ("for i in range(n):\n    for j in range(n):\n        use(i ** 2 + j ** 2)\n", [3, 3]),
    "as a float": ("for i in range(n):\n    use(i ** 2.0)\n", [2]),
    "pow": ("for i in range(n):\n    use(pow(i, 2))\n", [2]),
    "math.pow": ("import math\nfor i in range(n):\n    use(math.pow(i, 2))\n", [3]),
    "math.pow by name": ("from math import pow as p, pow\nfor i in range(n):\n    use(pow(i, 2))\n", [3]),
    "while": ("def f(n: int):\n    while n > 0:\n        n -= 1\n        use(n ** 2)\n", [4]),
    "async": ("async def f(xs):\n    k: int = 3\n    async for x in xs:\n        use(x, k ** 2)\n", [4]),
    "enumerate": ("for i, x in enumerate(xs):\n    use(x, i ** 2)\n", [2]),
    "in a nested function": ("def f():\n    def g(n):\n        return [k ** 2 for k in range(n)]\n    return g\n", [3]),
    "in a condition": ("def f(n):\n    for i in range(n):\n        if i ** 2 > n:\n            break\n", [3]),
    "in parentheses": ("for i in range(n):\n    use((i ** 2) % 7)\n", [2]),
}

PEDANTIC = {
    "once": ("def f(x: float):\n    return x ** 2\n", [2]),
    "of unknown kind": ("def f(xs):\n    return [x ** 2 for x in xs]\n", [2]),
    "an attribute": ("def f(self, xs):\n    for x in xs:\n        use(self.r ** 2)\n", [3]),
    "a call": ("x = [f(i) ** 2 for i in range(n)]\n", [1]),
    "an item": ("x = [v[i] ** 2 for i in range(n)]\n", [1]),
    "a difference": ("x = [(i - m) ** 2 for i in range(n)]\n", [1]),
    "in three turns": ("for i in range(3):\n    use(i ** 2)\n", [2]),
    "pow, once": ("x = pow(y, 2)\n", [1]),
}

GOOD = {
    "multiplied": "for i in range(n):\n    use(i * i)\n",
    "a cube": "for i in range(n):\n    use(i ** 3)\n",
    "a root": "for i in range(n):\n    use(i ** 0.5)\n",
    "a power": "for i in range(n):\n    use(i ** k)\n",
    "a power of two": "for i in range(n):\n    use(2 ** i)\n",
    "literals": "for i in range(n):\n    use(10 ** 2)\n",
    "an array": "import numpy as np\na = np.zeros(9)\nfor i in range(n):\n    use(a ** 2)\n",
    "a sum of arrays": "import numpy as np\na = np.zeros(9)\nfor i in range(n):\n    use((a + 1) ** 2)\n",
    "an annotated array": "import numpy as np\ndef f(a: np.ndarray, n):\n    for i in range(n):\n        use(a ** 2)\n",
    "symbols": "import sympy\nfor i in range(n):\n    use(i ** 2)\n",
    "symbols by name": "from sympy import Symbol\nfor i in range(n):\n    use(i ** 2)\n",
    "three arguments of pow": "for i in range(n):\n    use(pow(i, 2, m))\n",
    "own pow": "def pow(a, b):\n    return a\nfor i in range(n):\n    use(pow(i, 2))\n",
    "a method": "for i in range(n):\n    use(decimal.pow(i, 2))\n",
    "torch": "import torch\nfor i in range(n):\n    use(torch.pow(t, 2))\n",
    "unpacked": "for i in range(n):\n    use(pow(*i, 2))\n",
    "keyword arguments": "def f(**kw):\n    return g(**kw)\n",
    "of unknown kind": "def f(xs):\n    return [x ** 2 for x in xs]\n",
    "outside loops": "def f(n: int):\n    return n ** 2\n",
    "True": "for i in range(n):\n    use(i ** True)\n",
    "a text": "x = 'i ** 2'\n",
    "a shift": "for i in range(n):\n    use(i << 2)\n",
}

PEDANTIC |= {
    "in place": ("def f(xs):\n    for x in xs:\n        x **= 2\n        print(x)\n", [3]),
    "an item in place": ("def f(xs):\n    for i in range(len(xs)):\n        xs[i] **= 2\n", [3]),
}

SILENT = {
    "a cube in place": "def f(xs):\n    for x in xs:\n        x **= 3\n        print(x)\n",
    "a product in place": "def f(xs):\n    for x in xs:\n        x *= 2\n        print(x)\n",
    "an array in place": "import numpy as np\ndef f(n):\n    x = np.zeros(n)\n    for i in range(n):\n        x **= 2\n",
}
