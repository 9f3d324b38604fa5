"""Texts that GL223 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "of a range": """
import numpy as np

def f(n):
    for i in range(n):
        print(np.sqrt(i))  # !
""",
        "numpy by its own name": """
import numpy

def f(n):
    for i in range(n):
        print(numpy.sin(i))  # !
""",
        "the function imported": """
from numpy import exp

def f(n):
    return [exp(i) for i in range(n)]  # !
""",
        "computed from the index": """
import numpy as np

def f(n):
    return [np.cos(2 * i + 1) for i in range(n)]  # !
""",
        "computed before": """
import numpy as np

def f(n):
    for i in range(n):
        x = i / 10
        print(np.log(x + 1))  # !
""",
        "negative": """
import numpy as np

def f(n):
    for i in range(n):
        print(np.exp(-i))  # !
""",
        "of enumerate": """
import numpy as np

def f(rows):
    for i, row in enumerate(rows):
        print(np.sqrt(i), row)  # !
""",
        "an item of linspace": """
import numpy as np

def f(n):
    for x in np.linspace(0, 1, n):
        print(np.sin(x))  # !
""",
        "an item of arange": """
import numpy as np

def f(n):
    return [np.sin(x) for x in np.arange(n)]  # !
""",
        "an item of a named array": """
import numpy as np

def f(n):
    xs = np.linspace(0, 1, n)
    return [np.tanh(x) for x in xs]  # !
""",
        "by the index": """
import numpy as np

def f(n):
    xs = np.zeros([n])
    for i in range(n):
        print(np.abs(xs[i]))  # !
""",
        "a list of floats": """
import numpy as np

def f(values: list[float]):
    for value in values:
        print(np.sqrt(value))  # !
""",
        "a sequence of ints": """
import numpy as np
from typing import Sequence

def f(values: Sequence[int]):
    return {value: np.log2(value) for value in values}  # !
""",
        "float()": """
import numpy as np

def f(rows):
    for row in rows:
        print(np.sqrt(float(row)))  # !
""",
        "len()": """
import numpy as np

def f(rows):
    for row in rows:
        print(np.log(len(row)))  # !
""",
        "two numbers": """
import numpy as np

def f(n):
    for i in range(n):
        print(np.maximum(i, 3))  # !
""",
        "random": """
import random
import numpy as np

def f(rows):
    for row in rows:
        print(row, np.sqrt(random.random()))  # !
""",
        "math inside": """
import math
import numpy as np

def f(n):
    for i in range(n):
        print(np.floor(math.log(i + 1)))  # !
""",
        "while": """
import numpy as np

def f(n):
    i = 0
    while i < n:
        print(np.sqrt(i))  # !
        i += 1
""",
        "two loops": """
import numpy as np

def f(n, m):
    return [[np.hypot(i, j) for j in range(m)] for i in range(n)]  # !
""",
        "an annotated number": """
import numpy as np

def f(rows, base: float):
    for i in range(len(rows)):
        print(rows, np.power(base, i))  # !
""",
    }
)

GOOD = plain(
    {
        "the whole array": """
import numpy as np

def f(n):
    return np.sqrt(np.arange(n))
""",
        "rows may be arrays": """
import numpy as np

def f(rows):
    return [np.sqrt(row) for row in rows]
""",
        "rows of a matrix": """
import numpy as np

def f(n):
    table = np.zeros((n, n))
    return [np.sqrt(row) for row in table]
""",
        "a row by its index": """
import numpy as np

def f(n, table):
    for i in range(n):
        print(np.sqrt(table[i]))
""",
        "no loop": """
import numpy as np

def f(x: float):
    return np.sqrt(x)
""",
        "math": """
import math

def f(n):
    return [math.sqrt(i) for i in range(n)]
""",
        "a short range": """
import numpy as np

def f():
    return [np.sqrt(i) for i in range(10)]
""",
        "a short literal": """
import numpy as np

def f():
    return [np.sqrt(x) for x in (1.0, 2.0)]
""",
        "an option": """
import numpy as np

def f(n, out):
    for i in range(n):
        np.sqrt(i, out=out)
""",
        "an array times a number": """
import numpy as np

def f(n, weights):
    for i in range(n):
        print(np.exp(weights * i))
""",
        "constants": """
import numpy as np

def f(n):
    for i in range(n):
        print(i / np.sqrt(2))
""",
        "another package": """
import torch

def f(n):
    for i in range(n):
        print(torch.sqrt(i))
""",
        "their own": """
import numpy as np

def sqrt(x):
    return x

def f(n):
    for i in range(n):
        print(np.zeros(i), sqrt(i))
""",
        "a method": """
import numpy as np

def f(n, tool):
    for i in range(n):
        print(tool.sqrt(i), np.pi)
""",
        "compiled by numba": """
import numba
import numpy as np

@numba.jit
def f(n):
    total = 0.0
    for i in range(n):
        total += np.sqrt(i)
    return total
""",
        "compiled, imported by name": """
from numba import njit
import numpy as np

@njit(parallel=True)
def f(n):
    total = 0.0
    for i in range(n):
        total += np.sqrt(i)
    return total
""",
        "left at once": """
import numpy as np

def f(n):
    for i in range(n):
        return np.sqrt(i)
""",
        "the iterable": """
import numpy as np

def f(x: float):
    for i in np.sqrt(x):
        print(i)
""",
        "sum": """
import numpy as np

def f(rows):
    for row in rows:
        print(np.sum(len(row)))
""",
        "bound to an array too": """
import numpy as np

def f(n, table):
    for i in range(n):
        x = i
        if i > 3:
            x = table[i]
        print(np.sqrt(x))
""",
        "a slice": """
import numpy as np

def f(n):
    xs = np.arange(n)
    for i in range(n):
        print(np.sqrt(xs[:i]))
""",
    }
)

PEDANTIC = {
    "math.sqrt(x)": ("import math\nfor x in [1, 2, 3]:\n    math.sqrt(x)\n", [3]),
    "print(np.sqrt(x))": ("import numpy as np\ndef f(xs):\n    for x in xs:\n        print(np.sqrt(x))\n", [4]),
    "return [math.sqrt(x) for x in xs]": ("import math\ndef f(xs):\n    return [math.sqrt(x) for x in xs]\n", [3]),
    "results.append(sqrt(i))": ("from math import sqrt\nresults = []\nfor i in range(10):\n    results.append(sqrt(i))\n", [4]),
    "y = np.sqrt(x.pop())": ("import numpy as np\nx = [4, 9]\nwhile x:\n    y = np.sqrt(x.pop())\n", [4]),
    "self.out += m.sqrt(v) in a method": (
        ("import math as m\nclass A:\n    def f(self):\n        for v in self.vals:\n            self.out += m.sqrt(v)\n"),
        [5],
    ),
    "return [np.exp(x) for x in xs]": ("import numpy as np\ndef f(xs):\n    return [np.exp(x) for x in xs]\n", [3]),
    "numpy.sin(i * j)": ("import numpy\nfor i in range(5):\n    for j in range(5):\n        numpy.sin(i * j)\n", [4]),
    "math.sin(3)": ("import math\nwhile True:\n    math.sin(3)\n", [3]),
    "whole arrays, rows, and what goes on from the last turn": (
        "import math\nimport numpy as np\nmat = np.zeros((10, 10))\nfor row in mat:\n    print(np.exp(row))\n"
        "for i in range(10):\n"
        "    mat[i] = np.sqrt(mat[i])\nw = np.ones(10)\nfor epoch in range(99):\n    w = np.tanh(w)\nt = 0\nwhile t < 10:\n"
        "    t += math.sin(t) + 1.5\n",
        [],
    ),
    "the name of the loop itself": (
        "import math\ndef f(xs):\n    for x in xs:\n        x = math.sqrt(x)\n        print(x)\n",
        [4],
    ),
}
