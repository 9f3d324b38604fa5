"""Texts that GL611 must and must not report."""

from marks import marked, plain

BAD = {
    "append": ("def f(y):\n    o = []\n    for x in y:\n        o.append(x)\n    return o\n", [3]),
    "append to a parameter": ("def f(y, o: list):\n    for x in y:\n        o.append(x)\n", [2]),
    "append to a typed parameter": ("def f(y, o: list[int]):\n    for x in y:\n        o.append(x)\n", [2]),
    "append to an attribute": (
        "class A:\n    def __init__(self):\n        self.o = []\n    def f(self, y):\n        for x in y:\n"
        "            self.o.append(x)\n",
        [5],
    ),
    "append of a call's items": ("def f():\n    o = []\n    for x in g():\n        o.append(x)\n    return o\n", [3]),
    "append of a method's items": ("def f(y):\n    o = []\n    for x in y.rows():\n        o.append(x)\n    return o\n", [3]),
    "append of a range": ("def f(n):\n    o = []\n    for x in range(n):\n        o.append(x)\n    return o\n", [3]),
    "append in a branch": (
        "def f(y, z):\n    o = []\n    if z:\n        for x in y:\n            o.append(x)\n    return o\n",
        [4],
    ),
    "append in a loop": (
        "def f(ys):\n    o = []\n    for y in ys:\n        for x in y:\n            o.append(x)\n    return o\n",
        [4],
    ),
    "append in a generator": ("def f(y):\n    o = list()\n    for x in y:\n        o.append(x)\n    yield o\n", [3]),
    "append in async code": ("async def f(y):\n    o = []\n    for x in y:\n        o.append(x)\n    return o\n", [3]),
    "append in try": (
        "def f(y):\n    o = []\n    try:\n        for x in y:\n            o.append(x)\n"
        "    except ValueError:\n        pass\n    return o\n",
        [4],
    ),
    "append with a comment": ("def f(y):\n    o = []\n    for x in y:  # all\n        o.append(x)\n    return o\n", [3]),
    "append, then the item is used": ("def f(y):\n    o = []\n    for x in y:\n        o.append(x)\n    return o, x\n", [3]),
    "append at module level": ("o = []\nfor x in y:\n    o.append(x)\n", [2]),
    "add": ("def f(y):\n    o = set()\n    for x in y:\n        o.add(x)\n    return o\n", [3]),
    "add to a set of some": ("def f(y):\n    o = {1, 2}\n    for x in y:\n        o.add(x)\n    return o\n", [3]),
    "add to a parameter": ("def f(y, o: set[str]):\n    for x in y:\n        o.add(x)\n", [2]),
    "sum": ("def f(y):\n    t = 0\n    for x in y:\n        t += x\n    return t\n", [3]),
    "sum of floats": ("def f(y):\n    t = 0.0\n    for x in y:\n        t += x\n    return t\n", [3]),
    "sum with a start": ("def f(y):\n    t = 100\n    for x in y:\n        t += x\n    return t\n", [3]),
    "sum of values": ("def f(d):\n    t = 0\n    for x in d.values():\n        t += x\n    return t\n", [3]),
    "sum of an annotated name": ("def f(y):\n    t: int = 0\n    for x in y:\n        t += x\n    return t\n", [3]),
}

GOOD = {
    "extend": "def f(y):\n    o = []\n    o.extend(y)\n    return o\n",
    "another value": "def f(y):\n    o = []\n    for x in y:\n        o.append(x.name)\n    return o\n",
    "a call": "def f(y):\n    o = []\n    for x in y:\n        o.append(g(x))\n    return o\n",
    "a condition": "def f(y):\n    o = []\n    for x in y:\n        if x:\n            o.append(x)\n    return o\n",
    "two statements": "def f(y):\n    o = []\n    for x in y:\n        o.append(x)\n        use(x)\n    return o\n",
    "an else": "def f(y):\n    o = []\n    for x in y:\n        o.append(x)\n    else:\n        o.append(1)\n    return o\n",
    "a short literal": "def f(a, b):\n    o = []\n    for x in (a, b):\n        o.append(x)\n    return o\n",
    "a constant": "def f():\n    o = []\n    for x in NAMES:\n        o.append(x)\n    return o\n",
    "not known to be a list": "def f(y, o):\n    for x in y:\n        o.append(x)\n",
    "a deque": "from collections import deque\ndef f(y):\n    o = deque()\n    for x in y:\n"
    "        o.append(x)\n    return o\n",
    "its own items": "def f(o: list):\n    for x in o:\n        o.append(x)\n",
    "its own part": "def f(o: list):\n    for x in o[:3]:\n        o.append(x)\n",
    "asynchronous": "async def f(y):\n    o = []\n    async for x in y:\n        o.append(x)\n    return o\n",
    "unpacked": "def f(y):\n    o = []\n    for x, z in y:\n        o.append(x)\n    return o\n",
    "a starred item": "def f(y):\n    o = []\n    for x in y:\n        o.append(*x)\n    return o\n",
    "another name": "def f(y, z):\n    o = []\n    for x in y:\n        o.append(z)\n    return o\n",
    "insert": "def f(y):\n    o = []\n    for x in y:\n        o.insert(0, x)\n    return o\n",
    "sum of an attribute": "def f(y):\n    t = 0\n    for x in y:\n        t += x.size\n    return t\n",
    "a product": "def f(y):\n    t = 1\n    for x in y:\n        t *= x\n    return t\n",
    "text": "def f(y):\n    t = ''\n    for x in y:\n        t += x\n    return t\n",
    "lists": "def f(y):\n    t = []\n    for x in y:\n        t += x\n    return t\n",
    "of unknown start": "def f(y, t):\n    for x in y:\n        t += x\n    return t\n",
    "bound elsewhere too": "def f(y, z):\n    t = 0\n    if z:\n        t = z\n    for x in y:\n        t += x\n    return t\n",
    "any": "def f(y):\n    for x in y:\n        if x > 3:\n            return True\n    return False\n",
    "the largest": "def f(y):\n    b = y[0]\n    for x in y:\n        if x > b:\n            b = x\n    return b\n",
    "a count": "def f(y):\n    c = {}\n    for x in y:\n        c[x] = c.get(x, 0) + 1\n    return c\n",
    "an item of a list": "def f(y, o):\n    for o[0] in y:\n        o.append(o[0])\n",
}

PEDANTIC = {
    "for x in xs: in a function": (
        ("def f(xs):\n    for x in xs:\n        if check(x):\n            return True\n    return False\n"),
        [2],
    ),
    "for x in xs:, case 2": (
        ("def f(xs):\n    for x in xs:\n        if not x.ok:\n            return False\n    return True\n"),
        [2],
    ),
    "for x in xs:, case 3": (
        ("def f(xs):\n    for x in xs:\n        if x:\n            return True\n    else:\n        return False\n"),
        [2],
    ),
    "z = x if x > y else y": ("z = x if x > y else y\n", [1]),
    "return a if a < b else b in a function": ("def f(a, b):\n    return a if a < b else b\n", [2]),
    "if a < b: in a function": ("def f(a, b):\n    if a < b:\n        a = b\n    return a\n", [2]),
    "if value > limit:": ("if value > limit:\n    value = limit\n", [1]),
    "if x > y: z = x": ("if x > y: z = x\nelse: z = y\n", [1]),
    "for x in [1, 2, 3]:": ("total = 0\nfor x in [1, 2, 3]:\n    total += x\n", [2]),
    "for x in xs:, case 4": (
        (
            "def f(xs):\n    c = {}\n    for x in xs:\n        if x in c:\n            c[x] += 1\n"
            "        else:\n            c[x] = 1\n    return c\n"
        ),
        [3],
    ),
}

PEDANTIC |= {
    "a sum written out": (
        "def f(x):\n    total = 0\n    for i in x:\n        total = total + i.price\n    return total\n",
        [3],
    ),
}

SILENT = {
    "a difference": "def f(x):\n    total = 0\n    for i in x:\n        total = total - i\n    return total\n",
    "another name": "def f(x, other):\n    for i in x:\n        total = other + i\n    return total\n",
}

HEAD = """
import operator
from collections import Counter, defaultdict
from functools import reduce

"""

MORE = """
def a(xs):
    found = False
    for x in xs:  # !
        if x > 3:
            found = True
            break
    return found

def c(xs):
    n = 0
    for x in xs:  # !
        if x > 3:
            n += 1
    return n

def d(xs):
    n = 0
    for _ in xs:  # !
        n += 1
    return n

def e(words):
    counts = defaultdict(int)
    for w in words:  # !
        counts[w] += 1
    return counts

def f(words):
    counts = {}
    for w in words:  # !
        if w not in counts:
            counts[w] = 0
        counts[w] += 1
    return counts

def g(words):
    counts = {}
    for w in words:  # !
        counts.setdefault(w, 0)
        counts[w] += 1
    return counts

def h(words):
    counts = {}
    for w in words:  # !
        try:
            counts[w] += 1
        except KeyError:
            counts[w] = 1
    return counts

def i(xs):
    return reduce(lambda a, b: a + b, xs)  # !

def j(xs):
    return reduce(operator.add, xs, 0)  # !

def k(xs):
    return reduce(lambda a, b: a if a > b else b, xs)  # !

def l(xs):
    p = 1
    for x in xs:  # !
        p *= x
    return p

def m(xs):
    t = 0
    for i in range(len(xs)):  # !
        t += xs[i]
    return t

def n(xs):
    best = xs[0]
    for i in range(1, len(xs)):  # !
        if xs[i] > best:  # !
            best = xs[i]
    return best

def o(xs):
    t = 0
    for x in xs:  # !
        t += len(x)
    return t

def p(xs):
    t = 0
    for k, v in xs.items():  # !
        t += v
    return t

def q(xs):
    t = 0
    for x in xs:  # !
        if x > 0:
            t += x
    return t

def r(xs):
    best = None
    for x in xs:  # !
        if best is None or x > best:
            best = x
    return best

def s(xs):
    best = 0
    for x in xs:  # !
        best = max(best, x)
    return best

def y(xs):
    words = Counter()
    for w in xs:  # !
        words[w.lower()] += 1
    return words

def z(xs):
    t = 0
    for x in xs:  # !
        t = t + x * 2
    return t

def a1(xs, target):
    for x in xs:  # !
        if x == target:
            return True
    else:
        return False

def a3(xs):
    return reduce(lambda a, b: a and b, xs)  # !

def a4(xs):
    lo, hi = xs[0], xs[0]
    for x in xs:
        if x < lo:  # !
            lo = x
        if x > hi:  # !
            hi = x
    return lo, hi
"""

RIGHT = """
def t(xs):
    out = ""
    for x in xs:
        out += x.name
    return out

def u(xs):
    bins = [0] * 10
    for x in xs:
        bins[x] += 1
    return bins

def v(xs):
    for x in xs:
        if x > 3:
            found = x
            break
    return found

async def w(xs):
    t = 0
    for x in xs:
        t += await x.size()
    return t

def x(xs):
    t = 0
    for x in xs:
        t += x
        print(t)
    return t

def a2(xs):
    return reduce(lambda a, b: a * 31 + b, xs)
"""

PEDANTIC |= marked({"each a builtin by hand": HEAD + MORE})

SILENT |= plain({"each more than a builtin": HEAD + RIGHT})

SILENT |= {
    "objects put together by an operator": "from functools import reduce\nfrom operator import or_\n"
    "def f(parts):\n    return reduce(or_, parts)\n",
    "lists put together": "from functools import reduce\nimport operator\n"
    "def f(parts):\n    return reduce(operator.add, parts, [])\n",
}
