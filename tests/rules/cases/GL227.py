"""Texts that GL227 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "Fibonacci": """
def fib(n):  # !
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
""",
        "in one expression": """
def fib(n):  # !
    return n if n < 2 else fib(n - 1) + fib(n - 2)
""",
        "the other order": """
def fib(n):  # !
    return fib(n - 2) + fib(n - 1) if n > 1 else 1
""",
        "in an else branch": """
def fib(n):  # !
    if n <= 1:
        return n
    else:
        return fib(n - 1) + fib(n - 2)
""",
        "three calls": """
def ways(n):  # !
    if n < 1:
        return n == 0
    return ways(n - 1) + ways(n - 2) + ways(n - 3)
""",
        "two parameters": """
def choose(n, k):  # !
    if k in_range(n):
        return 1
    return choose(n - 1, k - 1) + choose(n - 1, k)
""".replace("k in_range(n)", "k == 0 or k == n"),
        "a grid": """
def paths(x, y):  # !
    if x == 0 or y == 0:
        return 1
    return paths(x - 1, y) + paths(x, y - 1)
""",
        "the least of two": """
def cost(i, j):  # !
    if i == 0 or j == 0:
        return i + j
    return min(cost(i - 1, j), cost(i, j - 1)) + 1
""",
        "the greatest of three": """
def best(i, j):  # !
    if i < 0 or j < 0:
        return 0
    return max(best(i - 1, j), best(i, j - 1), best(i - 1, j - 1) + 1)
""",
        "upwards": """
def climb(i):  # !
    if i > 40:
        return 1
    return climb(i + 1) + climb(i + 2)
""",
        "a method": """
class A:
    def fib(self, n):  # !
        if n < 2:
            return n
        return self.fib(n - 1) + self.fib(n - 2)
""",
        "a class method": """
class A:
    @classmethod
    def fib(cls, n):  # !
        if n < 2:
            return n
        return cls.fib(n - 1) + cls.fib(n - 2)
""",
        "annotated": """
def fib(n: int) -> int:  # !
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
""",
        "positional-only": """
def fib(n, /):  # !
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)
""",
        "a nested function": """
def f(m):
    def fib(n):  # !
        return n if n < 2 else fib(n - 1) + fib(n - 2)
    return fib(m)
""",
        "with another parameter": """
def ways(n, step):  # !
    if n < 2:
        return step
    return ways(n - 1, step) + ways(n - 2, step)
""",
        "weighted": """
def term(n):  # !
    if n < 2:
        return 1
    return 2 * term(n - 1) - 3 * term(n - 2)
""",
        "modulo": """
def term(n):  # !
    if n < 2:
        return 1
    return (term(n - 1) + term(n - 2)) % 1000
""",
        "in parentheses over lines": """
def fib(n):  # !
    if n < 2:
        return n
    return (
        fib(n - 1)
        + fib(n - 2)
    )
""",
        "async": """
async def fib(n):  # !
    if n < 2:
        return n
    return await fib(n - 1) + await fib(n - 2)
""",
        "keywords": """
def f(n, deep):  # !
    return f(n=n - 1, deep=deep) + f(n=n - 2, deep=deep)
""",
        "a default left out": """
def f(n, deep=False):  # !
    return n if n < 2 else f(n - 1) + f(n - 2)
""",
        "a base case in a literal": """
def fib(n):  # !
    if n in (0, 1):
        return n
    return fib(n - 1) + fib(n - 2)
""",
        "a lambda": """
fib = lambda n: n if n < 2 else fib(n - 1) + fib(n - 2)  # !
""",
        "a lambda of a class": """
class A:
    fib = lambda self, n: n if n < 2 else self.fib(n - 1) + self.fib(n - 2)  # !
""",
        "in a case": """
def fib(n):  # !
    match n:
        case 0 | 1:
            return n
        case _:
            return fib(n - 1) + fib(n - 2)
""",
        "a sum of a list": """
def fib(n):  # !
    return n if n < 2 else sum([fib(n - 1), fib(n - 2)])
""",
        "a pair": """
def pair(n):  # !
    if n < 2:
        return (n, n)
    return (pair(n - 1)[0], pair(n - 2)[1])
""",
    }
)

GOOD = plain(
    {
        "a cache": """
import functools

@functools.cache
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
""",
        "lru_cache": """
from functools import lru_cache

@lru_cache(maxsize=None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
""",
        "their own decorator": """
@memoize
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)
""",
        "a dict": """
memo = {}

def fib(n):
    if n in memo:
        return memo[n]
    memo[n] = n if n < 2 else fib(n - 1) + fib(n - 2)
    return memo[n]
""",
        "a dict by get": """
def fib(n, memo={}):
    known = memo.get(n)
    if known is not None:
        return known
    return fib(n - 1, memo) + fib(n - 2, memo)
""",
        "a loop": """
def fib(n):
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a
""",
        "one call": """
def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)
""",
        "one of two branches": """
def f(n, odd):
    return f(n - 1, odd) if odd else f(n - 2, odd)
""",
        "an or": """
def find(n):
    return find(n - 1) or find(n - 2)
""",
        "a tree": """
def depth(tree):
    return tree and 1 + max(depth(tree.left), depth(tree.right))
""",
        "halves": """
def total(rows):
    middle = len(rows) // 2
    return total(rows[:middle]) + total(rows[middle:])
""",
        "towers": """
def move(n, a, b, c):
    if n:
        move(n - 1, a, c, b)
        move(n - 1, c, b, a)
""",
        "arguments that are not less a constant": """
def f(n, rows):
    return f(n - rows[0], rows) + f(n - rows[1], rows)
""",
        "another function": """
def g(n):
    return n

def f(n):
    return g(n - 1) + g(n - 2)
""",
        "a method of another object": """
class A:
    def f(self, n):
        return self.inner.f(n - 1) + self.inner.f(n - 2)
""",
        "a generator": """
def walk(n):
    if n:
        yield from walk(n - 1)
        yield from walk(n - 2)
""",
        "in a lambda": """
def f(n):
    return (lambda: f(n - 1) + f(n - 2))
""",
        "different returns": """
def f(n, odd):
    if odd:
        return f(n - 1, odd)
    return f(n - 2, odd)
""",
        "a step of nothing": """
def f(n, m):
    return f(n, m) + f(n - 1, m)
""",
    }
)

PEDANTIC = {
    "return a + b in a function": (
        ("def fib(n):\n    if n < 2:\n        return n\n    a = fib(n - 1)\n    b = fib(n - 2)\n    return a + b\n"),
        [1],
    ),
    "return count(n // 2) + count(n - 1) in a function": (
        ("def count(n):\n    if n <= 1:\n        return 1\n    return count(n // 2) + count(n - 1)\n"),
        [1],
    ),
    "the same call twice": (
        "def power(x, n):\n    if n == 0:\n        return 1\n    return power(x, n // 2) * power(x, n // 2)\n",
        [1],
    ),
    "what is left of two texts": (
        "def edit(a, b):\n    if not a or not b:\n        return len(a) + len(b)\n    if a[0] == b[0]:\n"
        "        return edit(a[1:], b[1:])\n"
        "    return 1 + min(edit(a[1:], b), edit(a, b[1:]), edit(a[1:], b[1:]))\n",
        [1],
    ),
    "with a coin and without it": (
        "def change(coins, amount):\n    if amount <= 0 or not coins:\n        return amount == 0\n"
        "    return change(coins[1:], amount) + change(coins, amount - coins[0])\n",
        [1],
    ),
    "called by the name of the class, and reported once": (
        "class K:\n    @staticmethod\n    def luc(n):\n        if n > 9:\n            return K.luc(n - 1) + K.luc(n // 2)\n"
        "        return K.luc(n - 2) + K.luc(n // 2)\n",
        [3],
    ),
    "halves, towers and trees": (
        "def total(rows):\n    return total(rows[: len(rows) // 2]) + total(rows[len(rows) // 2 :])\n\n\ndef depth(t):\n"
        "    return 0 if t is None else 1 + max(depth(t.left), depth(t.right))\n\n\ndef search(xs, lo, hi):\n"
        "    m = (lo + hi) // 2\n"
        "    if xs[m]:\n        return search(xs, m + 1, hi)\n    return search(xs, lo, m)\n",
        [],
    ),
}

PEDANTIC |= marked(
    {
        "coins": """
def coin(coins, amount):  # !
    if amount == 0:
        return 0
    best = float("inf")
    for c in coins:
        if c <= amount:
            best = min(best, 1 + coin(coins, amount - c))
    return best
""",
        "a rod": """
def rod(prices, n):  # !
    if n <= 0:
        return 0
    return max(prices[i] + rod(prices, n - i - 1) for i in range(n))
""",
        "Catalan numbers": """
def catalan(n):  # !
    if n <= 1: return 1
    res = 0
    for i in range(n):
        res += catalan(i) * catalan(n - i - 1)
    return res
""",
        "a chain of matrices": """
def chain(p, i, j):  # !
    if i == j: return 0
    best = 10**9
    for k in range(i, j):
        best = min(best, chain(p, i, k) + chain(p, k + 1, j) + p[i - 1] * p[k] * p[j])
    return best
""",
        "words": """
def word_break(s, words):  # !
    if not s: return True
    for i in range(1, len(s) + 1):
        if s[:i] in words and word_break(s[i:], words):
            return True
    return False
""",
        "partitions": """
def partition(n, m):  # !
    if n == 0: return 1
    if n < 0 or m == 0: return 0
    return partition(n - m, m) + partition(n, m - 1)
""",
        "two names at once": """
def fibl(n):  # !
    a, b = fibl(n - 1), fibl(n - 2)
    return a + b
""",
        "a sum of turns": """
def fibs2(n):  # !
    return sum(fibs2(n - i) for i in (1, 2))
""",
        "eggs": """
def egg(n, k):  # !
    if k <= 1: return k
    best = k
    for x in range(1, k + 1):
        best = min(best, 1 + max(egg(n - 1, x - 1), egg(n, k - x)))
    return best
""",
        "the longest rising part": """
def lis(a, i):  # !
    best = 1
    for j in range(i):
        if a[j] < a[i]:
            best = max(best, lis(a, j) + 1)
    return best
""",
        "a while loop": """
def stairs(n):  # !
    total = 0
    i = 1
    while i <= 3:
        total += stairs(n - i)
        i += 1
    return total
""",
        "calls in calls": """
def hof(n):  # !
    return 1 if n < 3 else hof(n - hof(n - 1)) + hof(n - hof(n - 2))
""",
        "parts of a dict": """
def dicts(n):  # !
    if n < 2: return n
    r = {"a": dicts(n - 1), "b": dicts(n - 2)}
    return r["a"] + r["b"]
""",
        "a name that grows": """
def tile(n):  # !
    if n < 2:
        return 1
    total = tile(n - 1)
    total += tile(n - 2)
    return total
""",
        "a name that grows in a case": """
def tile(n):  # !
    match n:
        case 0 | 1:
            return 1
        case _:
            total = tile(n - 1)
            total += tile(n - 2)
            return total
""",
        "a name that grows in a branch": """
def tile(n):  # !
    if n > 1:
        total = tile(n - 1)
        total += tile(n - 2)
        return total
    return 1
""",
        "keywords in several statements": """
def pell(n, /, *, trace=None):  # !
    if n < 2:
        return n
    one = pell(n - 1, trace=trace)
    two = pell(n - 2, trace=trace)
    return 2 * one + two
""",
        "the better of two": """
def pack(sizes, room, n):  # !
    if n == 0:
        return 0
    if sizes[n - 1] > room:
        return pack(sizes, room, n - 1)
    take = sizes[n - 1] + pack(sizes, room - sizes[n - 1], n - 1)
    leave = pack(sizes, room, n - 1)
    return max(take, leave)
""",
        "one or the other": """
def subset(sizes, n, target):  # !
    if n == 0:
        return target == 0
    return subset(sizes, n - 1, target) or subset(sizes, n - 1, target - sizes[n - 1])
""",
    }
)

SILENT = plain(
    {
        "Ackermann": """
def ack(m, n):
    if m == 0: return n + 1
    if n == 0: return ack(m - 1, 1)
    return ack(m - 1, ack(m, n - 1))
""",
        "towers": """
def hanoi(n, a, b, c):
    if n == 0: return
    hanoi(n - 1, a, c, b)
    print(a, c)
    hanoi(n - 1, b, a, c)
""",
        "wrapped afterwards": """
def wrapped(n):
    return n if n < 2 else wrapped(n - 1) + wrapped(n - 2)
wrapped = lru_cache(None)(wrapped)
""",
        "cells that are marked": """
def fill(g, x, y):
    if g[x][y]: return 0
    g[x][y] = 1
    return 1 + fill(g, x - 1, y) + fill(g, x + 1, y)
""",
        "cells that are noted": """
def fill2(g, x, y, seen):
    if (x, y) in seen: return 0
    seen.add((x, y))
    return 1 + fill2(g, x - 1, y, seen) + fill2(g, x + 1, y, seen)
""",
        "permutations": """
def perms(s):
    if len(s) < 2: return [s]
    out = []
    for i in range(len(s)):
        for rest in perms(s[:i] + s[i + 1:]):
            out.append(s[i] + rest)
    return out
""",
        "paths": """
def size(path, names):
    total = 0
    for n in names:
        total += size(path + n, names)
    return total
""",
        "children": """
def deep(node, level):
    return sum(deep(c, level + 1) for c in node.children)
""",
        "halves": """
def bs(xs, lo, hi):
    m = (lo + hi) // 2
    if xs[m] > 1:
        return bs(xs, lo, m - 1)
    return bs(xs, m + 1, hi)
""",
        "one of two": """
def gcd(a, b):
    if a == b: return a
    if a > b: return gcd(a - b, b)
    return gcd(a, b - a)
""",
        "one of three": """
def par(n):
    if n % 2: return par(n - 1)
    elif n: return par(n - 2)
    return 0
""",
        "one half": """
def power(x, n):
    if n == 0: return 1
    half = power(x, n // 2)
    return half * half if n % 2 == 0 else half * half * x
""",
        "two parts": """
def qs(xs):
    return qs([x for x in xs if x < xs[0]]) + qs([x for x in xs if x > xs[0]])
""",
        "remembered at an error": """
def memo(n, cache={}):
    try:
        return cache[n]
    except KeyError:
        cache[n] = memo(n - 1) + memo(n - 2)
        return cache[n]
""",
        "columns taken": """
def queens(row, n, cols):
    if row == n: return 1
    c = 0
    for col in range(n):
        if col not in cols:
            c += queens(row + 1, n, cols | {col})
    return c
""",
        "another try": """
def retry(n):
    try:
        return go()
    except OSError:
        return retry(n - 1)
""",
        "one smaller": """
def bits(n):
    return n if n < 2 else bits(n // 2) + n % 2
""",
        "one of two expressions": """
def collatz(n):
    if n == 1: return 0
    return 1 + (collatz(n // 2) if n % 2 == 0 else collatz(3 * n + 1))
""",
        "one result used twice": """
def subsets(xs):
    if not xs: return [[]]
    rest = subsets(xs[1:])
    return rest + [[xs[0], *r] for r in rest]
""",
        "another function": """
def isodd(n): return iseven(n - 1)
def minimax(b, depth, mx):
    if mx:
        return max(minimax(b.play(m), depth - 1, False) for m in b.moves())
    return min(minimax(b.play(m), depth - 1, True) for m in b.moves())
""",
        "a parser that moves on": """
def term(text, start):
    if text[start] == '(':
        start = term(text, start + 1)
        start = term(text, start + 2)
        return start + 1
    return start
""",
        "a generator of parts": """
def parts(n):
    for i in range(n):
        yield from parts(i)
        for part in parts(n - i):
            yield part
""",
        "a loop that is left": """
def split(text):
    for i, mark in enumerate(text):
        if mark == '+':
            return split(text[:i]) + split(text[i + 1:])
    return int(text)
""",
    }
)
