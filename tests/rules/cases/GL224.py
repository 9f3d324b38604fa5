"""Texts that GL224 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "one array from another": """
import numpy as np

def f(n):
    a = np.arange(n)
    b = np.zeros(n)
    for i in range(n):  # !
        b[i] = 2 * a[i]
    return b
""",
        "one array from two": """
import numpy as np

def f(a: np.ndarray, b: np.ndarray):
    c = np.empty(len(a))
    for i in range(len(a)):  # !
        c[i] = a[i] + b[i]
    return c
""",
        "a sum": """
import numpy as np

def f(a: np.ndarray):
    total = 0.0
    for i in range(len(a)):  # !
        total += a[i]
    return total
""",
        "a dot product": """
import numpy as np

def f(a: np.ndarray, b: np.ndarray):
    total = 0.0
    for i in range(a.shape[0]):  # !
        total += a[i] * b[i]
    return total
""",
        "a sum of squares": """
import numpy as np

def f(n):
    a = np.linspace(0, 1, n)
    total = 0
    for i in range(n):  # !
        total += a[i] ** 2
    return total
""",
        "in place": """
import numpy as np

def f(n):
    a = np.ones(n)
    for i in range(n):  # !
        a[i] *= 2 * a[i]
    return a
""",
        "in place, written out": """
import numpy as np

def f(n):
    a = np.ones(n)
    for i in range(n):  # !
        a[i] = a[i] * 3
    return a
""",
        "a matrix": """
import numpy as np

def f(n):
    a = np.zeros((n, n))
    b = np.ones((n, n))
    for i in range(n):
        for j in range(n):  # !
            b[i, j] = a[i, j] + 1
    return b
""",
        "the outer product": """
import numpy as np

def f(n):
    a = np.arange(n)
    b = np.arange(n)
    c = np.zeros((n, n))
    for i in range(n):
        for j in range(n):  # !
            c[i, j] = a[i] * b[j]
    return c
""",
        "the product of matrices": """
import numpy as np

def f(n):
    a = np.ones((n, n))
    b = np.ones((n, n))
    c = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            for k in range(n):  # !
                c[i, j] += a[i, k] * b[k, j]
    return c
""",
        "with the index itself": """
import numpy as np

def f(n):
    a = np.arange(n)
    b = np.zeros(n)
    for i in range(n):  # !
        b[i] = a[i] * i
    return b
""",
        "with a number": """
import numpy as np

def f(n, rate: float):
    a = np.arange(n)
    b = np.zeros(n)
    for i in range(n):  # !
        b[i] = (a[i] - 1) / rate
    return b
""",
        "numpy by its own name": """
import numpy

def f(n):
    a = numpy.arange(n)
    total = 0
    for k in range(n):  # !
        total += a[k]
    return total
""",
        "the constructor imported": """
from numpy import arange

def f(n):
    a = arange(n)
    total = 0
    for k in range(n):  # !
        total += a[k]
    return total
""",
        "zeros_like": """
import numpy as np

def f(a: np.ndarray):
    b = np.zeros_like(a)
    for i in range(len(a)):  # !
        b[i] = -a[i]
    return b
""",
        "an array of literals": """
import numpy as np

def f(n):
    a = np.array([1, 2, 3, 4])
    total = 0
    for i in range(n):  # !
        total += a[i]
    return total
""",
        "an attribute": """
import numpy as np

class A:
    def __init__(self, n):
        self.a = np.zeros(n)

    def sum(self, n):
        total = 0
        for i in range(n):  # !
            total += self.a[i]
        return total
""",
        "at module level": """
import numpy as np
a = np.arange(1000)
b = np.zeros(1000)
for i in range(1000):  # !
    b[i] = a[i] + 1
""",
        "annotated as NDArray": """
import numpy as np
import numpy.typing as npt

def f(a: npt.NDArray[np.float64]):
    total = 0.0
    for i in range(len(a)):  # !
        total += a[i]
    return total
""",
        "negated": """
import numpy as np

def f(n):
    a = np.arange(n)
    b = np.zeros(n)
    for i in range(n):  # !
        b[i] = -a[i] + 0.5
    return b
""",
        "computed arrays": """
import numpy as np

def f(n):
    a = np.arange(n) * 2 + 1
    total = 0
    for i in range(n):  # !
        total += a[i]
    return total
""",
    }
)

GOOD = plain(
    {
        "the whole array": """
import numpy as np

def f(n):
    return np.arange(n) * 2
""",
        "the item before": """
import numpy as np

def f(n):
    a = np.zeros(n)
    for i in range(1, n):
        a[i] = a[i - 1] * 0.5
    return a
""",
        "another item of itself": """
import numpy as np

def f(n):
    a = np.zeros(n)
    b = np.arange(n)
    for i in range(n):
        a[i] = b[i] + a[0]
    return a
""",
        "lists": """
import numpy as np

def f(n):
    a = [0] * n
    b = [np.pi] * n
    for i in range(n):
        b[i] = a[i] * 2
    return b
""",
        "unknown": """
import numpy as np

def f(a, b):
    for i in range(len(a)):
        b[i] = a[i] * np.pi
    return b
""",
        "calls": """
import numpy as np

def f(n):
    a = np.arange(n)
    b = np.zeros(n)
    for i in range(n):
        b[i] = score(a[i])
    return b
""",
        "more in the body": """
import numpy as np

def f(n):
    a = np.arange(n)
    b = np.zeros(n)
    for i in range(n):
        b[i] = a[i] * 2
        print(i)
    return b
""",
        "a condition": """
import numpy as np

def f(n):
    a = np.arange(n)
    total = 0
    for i in range(n):
        if a[i] > 3:
            total += a[i]
    return total
""",
        "rows of a matrix": """
import numpy as np

def f(n):
    a = np.zeros((n, n))
    total = 0
    for i in range(n):
        total += a[i]
    return total
""",
        "a few items": """
import numpy as np

def f():
    a = np.arange(3)
    total = 0
    for i in range(3):
        total += a[i]
    return total
""",
        "an index of an index": """
import numpy as np

def f(n, order):
    a = np.arange(n)
    b = np.zeros(n)
    for i in range(n):
        b[i] = a[order[i]]
    return b
""",
        "no array in the sum": """
import numpy as np

def f(n):
    total = np.float64(0)
    for i in range(n):
        total += i
    return total
""",
        "compiled by numba": """
import numba
import numpy as np

@numba.njit
def f(a: np.ndarray):
    total = 0.0
    for i in range(len(a)):
        total += a[i]
    return total
""",
        "a dict": """
import numpy as np

def f(n):
    table = {}
    a = np.arange(n)
    for i in range(n):
        table[i] = a[i] * 2
    return table
""",
        "a slice": """
import numpy as np

def f(n):
    a = np.zeros((n, n))
    b = np.zeros(n)
    for i in range(n):
        b[i] = a[i, :] * 2
    return b
""",
        "a product": """
import numpy as np

def f(n):
    a = np.arange(n)
    total = 1
    for i in range(n):
        total *= a[i]
    return total
""",
        "without numpy": """
def f(np, n):
    a = np.arange(n)
    total = 0
    for i in range(n):
        total += a[i]
    return total
""",
        "a value that changes": """
import numpy as np

def f(n, state):
    a = np.zeros(n)
    for i in range(n):
        a[i] = state.step() + a[i]
    return a
""",
        "with else": """
import numpy as np

def f(n):
    a = np.arange(n)
    total = 0
    for i in range(n):
        total += a[i]
    else:
        print(total)
    return total
""",
        "walks the items of rows": """
import numpy as np

def f(rows):
    total = np.zeros(3)
    for row in rows:
        total += row
    return total
""",
        "objects": """
import numpy as np

def f(n, rows):
    a = np.zeros(n)
    for i in range(n):
        a[i] = rows[i].price
    return a
""",
        "a comprehension over a list": """
import numpy as np

def f(xs: list):
    return np.array([x * x for x in xs])
""",
    }
)

PEDANTIC = {
    "a list of squares": ("import numpy as np\ndef f(n):\n    xs = np.arange(n)\n    return [x * x for x in xs]\n", [4]),
    "a sum of products": (
        "import numpy as np\ndef f(a: np.ndarray, b: np.ndarray):\n    return sum(x * y for x, y in zip(a, b))\n",
        [3],
    ),
    "a comprehension by index": (
        "import numpy as np\ndef f(a: np.ndarray):\n    return [a[k] * 2 for k in range(len(a))]\n",
        [3],
    ),
    "the sum of a column": (
        "import pandas as pd\ndef f(path):\n    table = pd.read_csv(path)\n    total = 0\n    for x in table['a']:\n"
        "        total += x\n    return total\n",
        [5],
    ),
    "the sum of squares of a column": (
        "import pandas as pd\ndef f(table: pd.DataFrame):\n    total = 0\n    for x in table['a'].to_numpy():\n"
        "        total += x ** 2\n    return total\n",
        [4],
    ),
    "two columns": (
        "import pandas as pd\ndef f(table: pd.DataFrame):\n    out = []\n    for x, y in zip(table['a'], table['b']):\n"
        "        out.append(x - y)\n    return out\n",
        [4],
    ),
    "items numbered": (
        "import numpy as np\ndef f(a: np.ndarray, b):\n    for k, x in enumerate(a):\n        b[k] = x * 2\n    return b\n",
        [3],
    ),
    "for i in range(len(x)): in a function": (
        ("def dot(x, y):\n    s = 0\n    for i in range(len(x)):\n        s += x[i] * y[i]\n    return s\n"),
        [3],
    ),
    "for l in range(k): in a function": (
        (
            "def mm(A, B, n, m, k):\n    C = [[0] * n for _ in range(n)]\n    for i in range(n):\n"
            "        for j in range(m):\n            for l in range(k):\n"
            "                C[i][j] += A[i][l] * B[l][j]\n    return C\n"
        ),
        [5],
    ),
    "for j in range(len(y)):": (
        (
            "import numpy as np\nx = np.array([1, 2]); y = np.array([3, 4])\nr = np.zeros((2, 2))\n"
            "for i in range(len(x)):\n    for j in range(len(y)):\n        r[i][j] = x[i] * y[j]\n"
        ),
        [5],
    ),
    "for i in range(len(a)): in a function": (
        ("def add(a, b):\n    c = []\n    for i in range(len(a)):\n        c.append(a[i] + b[i])\n    return c\n"),
        [3],
    ),
    "for i in range(a.shape[0]):": (
        ("import numpy as np\ndef f(a):\n    s = 0\n    for i in range(a.shape[0]):\n        s += a[i]\n    return s\n"),
        [4],
    ),
    "for j in range(0, len(y)): in a function": (
        (
            "def outer(x, y, r):\n    for i in range(0, len(x)):\n        for j in range(0, len(y)):\n"
            "            r[i, j] = x[i] * y[j]\n"
        ),
        [3],
    ),
    "for j in range(len(x)): in a function": (
        (
            "def mv(A, x):\n    y = [0] * len(A)\n    for i in range(len(A)):\n"
            "        for j in range(len(x)):\n            y[i] = y[i] + A[i][j] * x[j]\n    return y\n"
        ),
        [4],
    ),
    "for v in a:": (
        ("import numpy as np\ndef f(xs):\n    a = np.array(xs)\n    t = 0\n    for v in a:\n        t += v\n    return t\n"),
        [5],
    ),
    "for k in range(2): in a function": (
        (
            "def mm(A, B):\n    for i in range(2):\n        for j in range(2):\n            s = 0\n"
            "            for k in range(2):\n                s += A[i][k] * B[k][j]\n"
            "            C[i][j] = s\n"
        ),
        [5],
    ),
    "a series, and what goes on from the last turn": (
        "import numpy as np\nimport pandas as pd\ns = pd.Series(range(9))\nt = [v / 100 for v in s]\na = np.zeros(9)\n"
        "b = np.ones(9)\n"
        "for i in range(1, 9):\n    a[i] = 0.5 * a[i - 1] + b[i]\n",
        [4],
    ),
}
