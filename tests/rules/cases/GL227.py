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
        "keywords": """
def f(n, deep):
    return f(n=n - 1, deep=deep) + f(n=n - 2, deep=deep)
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
