"""The safe fixes of the rules about comprehensions and generators: the program gives the same before and after."""

from __future__ import annotations

import pytest
from rule_lab import Lab, run

CALL = "\n\nresult = f([3, 1, 2])\n"
SAFE = {
    "a list": ("GL220", "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out\n"),
    "conditions": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        if x > 1:\n            if x - 3 or x:\n"
        "                out.append((x, x))\n    return out\n",
    ),
    "skipped items": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        if x > 2 or x < 2:\n            continue\n"
        "        out.append(x)\n    return out\n",
    ),
    "skipped, said twice": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        if not x - 1:\n            continue\n"
        "        out.append(-x)\n    return out\n",
    ),
    "a set": ("GL220", "def f(xs):\n    out = set()\n    for x in xs:\n        out.add(x % 2)\n    return out\n"),
    "a dict with double keys": (
        "GL220",
        "def f(xs):\n    out = {}\n    for i, x in enumerate(xs):\n        out[x % 2] = i\n    return out\n",
    ),
    "a choice": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        out.append('a' if x > 1 else 'b')\n    return out\n",
    ),
    "a choice as what is walked": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs if xs else [9]:\n        out.append(x + 1)\n    return out\n",
    ),
    "a tuple that is walked": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in *xs, 4:\n        out.append(x + 1)\n    return out\n",
    ),
    "a generator as element": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        out.append(sum(y for y in range(x)))\n    return out\n",
    ),
    "two after each other": (
        "GL220",
        "def f(xs):\n    a = []\n    for x in xs:\n        a.append(x + 1)\n    b = []\n    for x in a:\n"
        "        b.append(x * 2)\n    return a, b\n",
    ),
    "lines that are long": (
        "GL220",
        "def f(xs):\n    out = []\n    for a_long_name_of_a_number in xs:\n        out.append(a_long_name_of_a_number * 1000 + "
        "a_long_name_of_a_number * 100 + a_long_name_of_a_number)\n    return out\n",
    ),
    "lines that are broken": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        if (x\n                > 1):\n"
        "            out.append(\n                x\n                + 1\n"
        "            )\n    return out\n",
    ),
    "a loop over a list of a range": (
        "GL219",
        "def f(xs):\n    n, total = len(xs) * 50, 0\n    for x in [i * i for i in range(n)]:\n"
        "        total += x\n    return total\n",
    ),
    "a list of a generator": (
        "GL310",
        "def f(xs):\n    n, total = len(xs) * 50, 0\n    for x in list(i * i for i in range(n)):\n"
        "        total += x\n    return total\n",
    ),
}
NOT_SAFE = {
    "the variable is used afterwards": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x)\n    return out, x\n",
    ),
    "the variable is used before": (
        "GL220",
        "def f(xs):\n    x = 0\n    print(x)\n    out = []\n    for x in xs:\n        out.append(x * 2)\n    return out\n",
    ),
    "at the level of the module": ("GL220", "xs = [1]\nout = []\nfor x in xs:\n    out.append(x * 2)\n"),
    "another function sees the list": (
        "GL220",
        "def f(xs):\n    out = []\n    for x in xs:\n        out.append(g(x))\n    def g(x):\n"
        "        return len(out)\n    return out\n",
    ),
    "a part is kept when it fails": (
        "GL220",
        "def f(xs):\n    try:\n        out = []\n        for x in xs:\n            out.append(1 / x)\n"
        "    except ZeroDivisionError:\n        pass\n"
        "    return out\n",
    ),
    "a comment": ("GL220", "def f(xs):\n    out = []\n    for x in xs:\n        out.append(x * 2)  # twice\n    return out\n"),
    "elements of unknown code": ("GL219", "def f(xs):\n    for x in [print(y) for y in xs]:\n        print(x)\n"),
    "a map": ("GL310", "def f(xs):\n    for x in list(map(str, xs)):\n        print(x)\n"),
}


@pytest.mark.parametrize("name", SAFE)
def test_a_safe_fix_keeps_what_the_program_does(name: str) -> None:
    code, text = SAFE[name]
    program = text + CALL
    after = Lab(code).repaired(program, unsafe=False)
    assert after != program
    assert run(after) == run(program)


@pytest.mark.parametrize("name", NOT_SAFE)
def test_what_may_behave_otherwise_is_not_fixed_without_being_asked(name: str) -> None:
    code, text = NOT_SAFE[name]
    assert Lab(code).repaired(text, unsafe=False, least=0) == text
