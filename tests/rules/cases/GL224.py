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

HEAD = """
import math
import numpy as np
import pandas as pd

"""

MORE = """
def a(x: np.ndarray, y: np.ndarray):
    total = 0.0
    for i in range(len(x)):  # !
        d = x[i] - y[i]
        total += d * d
    return total

def b(x: np.ndarray):
    out = np.zeros_like(x)
    for i in range(len(x)):  # !
        if x[i] > 0:
            out[i] = x[i] * 2
        else:
            out[i] = 0
    return out

def c(x: np.ndarray):
    n = 0
    for v in x:  # !
        if v > 3:
            n += 1
    return n

def d(x: np.ndarray):
    out = np.zeros(len(x) - 1)
    for i in range(len(x) - 1):  # !
        out[i] = x[i + 1] - x[i]
    return out

def f(x: np.ndarray):
    return [math.sqrt(v) for v in x]  # !

def g(x: np.ndarray, y: np.ndarray):
    return sum(abs(a - b) for a, b in zip(x, y))  # !

def h(mat: np.ndarray):
    return [[v * 2 for v in row] for row in mat]  # !

def i(x: np.ndarray):
    return list(map(lambda v: v * 2, x))  # !

def j(img):
    h, w = img.shape
    for y in range(h):
        for x in range(w):  # !
            img[y, x] = 255 - img[y, x]

def k(df: pd.DataFrame):
    out = []
    for v in df["price"]:  # !
        out.append(round(v * 1.2, 2))
    return out

def l(df: pd.DataFrame):
    for i in range(len(df)):  # !
        df["total"][i] = df["price"][i] * df["qty"][i]

def m(df: pd.DataFrame):
    res = []
    for i in range(len(df)):  # !
        res.append(df["price"].iloc[i] * df["qty"].iloc[i])
    return res

def n(arr):
    arr = np.array(arr)
    total = 0
    for idx in np.ndindex(arr.shape):  # !
        total += arr[idx] ** 2
    return total

def o(arr: np.ndarray):
    total = 0
    for x in np.nditer(arr):  # !
        total += x
    return total

class Model:
    def __init__(self, n):
        self.a = np.ones(n)
        self.out = np.zeros(n)
        self.total = 0

    def run(self):
        for i in range(len(self.a)):  # !
            self.out[i] = np.sin(self.a[i])

    def add(self):
        for v in self.a:  # !
            self.total += v

    def step(self):
        for t in range(100):
            self.a = self.a * 0.5

def t(n):
    out = np.zeros(n)
    for i in range(n):  # !
        out[i] = i * 0.5
    return out

def w(x: "np.ndarray"):
    s = 0
    i = 0
    while i < len(x):  # !
        s += x[i]
        i += 1
    return s

def x1(a: np.ndarray, b: np.ndarray):
    c = np.zeros((len(a), len(b)))
    for i, u in enumerate(a):
        for j, v in enumerate(b):  # !
            c[i, j] = u * v
    return c

def x3(a: np.ndarray):
    result = np.empty(len(a))
    for i in range(len(a)):  # !
        result[i] = max(a[i], 0)
    return result

def x4(path):
    data = np.load(path)
    out = []
    for v in data:  # !
        out.append((v - 3) / 2)
    return out

def x8(a: np.ndarray):
    mask = [v > 3 for v in a]
    return [v * 2 for v in a if v > 3]  # !
"""

RIGHT = """
def e(n):
    y = np.zeros(n)
    for i in range(1, n):
        y[i] = y[i - 1] + i
    return y

def p(arr: np.ndarray):
    for x in arr:
        print(x)

def q(model, arr: np.ndarray):
    out = []
    for x in arr:
        out.append(model(x))
    return out

def r(arr: np.ndarray):
    best = arr[0]
    ema = 0.0
    out = []
    for x in arr:
        ema = 0.9 * ema + 0.1 * x
        out.append(ema)
    return out

def s(X: np.ndarray, Y: np.ndarray, w):
    for x, y in zip(X, Y):
        pred = np.dot(w, x)
        w += 0.1 * (y - pred) * x
    return w

def u(words):
    total = 0
    for w in words:
        total += len(w)
    return total

def v(prices: list):
    total = 0
    for x in prices:
        total += x * 2
    return total

def x5(n):
    rng = np.random.default_rng()
    for _ in range(n):
        x = rng.normal()

def x6(arr: np.ndarray):
    fib = np.zeros(10)
    for i in range(2, 10):
        fib[i] = fib[i - 1] + fib[i - 2]

def x7(parts):
    for part in np.array_split(parts, 4):
        send(part * 2)
"""

PEDANTIC |= marked({"each a loop over an array": HEAD + MORE})

SILENT = plain({"each turn needs another, or does more than arithmetic": HEAD + RIGHT}) | plain(
    {
        "a search that the items end": """
import numpy as np

def f(a: np.ndarray, stop: float):
    total, i = 0, 0
    while a[i] < stop:
        total += a[i]
        i += 1
    return total
""",
        "conversions": """
import numpy as np

def f(a: np.ndarray):
    return [int(x) for x in a]
""",
        "two places of one array": """
import numpy as np

def f(a: np.ndarray, n):
    b = np.zeros(n)
    for i in range(1, n - 1):
        b[i + 1] = a[i] * 2
        b[i - 1] -= a[i]
    return b
""",
        "a choice": """
import numpy as np

def f(a: np.ndarray, names):
    return [names[x] if x != -1 else None for x in a]
""",
    }
)
