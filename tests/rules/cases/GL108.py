"""Branches that a settled condition never lets run."""

V = "import sys\n\nX = f'{1}'\n\n"


def gate(test, imports=V):
    """A test with two branches."""
    return f"{imports}if {test}:\n    a = one()\nelse:\n    a = two()\n"


BAD = {
    "older than f-strings": (gate("sys.version_info < (3, 0)"), [6]),
    "older than f-strings, by minor": (gate("sys.version_info < (3, 5)"), [6]),
    "as old as f-strings": (gate("sys.version_info < (3, 6)"), [6]),
    "newer or equal": (gate("sys.version_info >= (3, 6)"), [8]),
    "a bound of one number": (gate("sys.version_info >= (3,)"), [8]),
    "the first number": (gate("sys.version_info[0] == 2"), [6]),
    "the first number, else": (gate("sys.version_info[0] >= 3"), [8]),
    "the first number below": (gate("sys.version_info[0] < 3"), [6]),
    "major": (gate("sys.version_info.major == 2"), [6]),
    "not": (gate("not sys.version_info >= (3, 0)"), [6]),
    "a slice": (gate("sys.version_info[:2] < (3, 4)"), [6]),
    "imported by name": (gate("version_info < (3, 0)", "from sys import version_info\n\nX = f'{1}'\n\n"), [6]),
    "six": (gate("six.PY2", "import six\n\nX = f'{1}'\n\n"), [6]),
    "six, else": (gate("six.PY3", "import six\n\nX = f'{1}'\n\n"), [8]),
    "annotations prove Python 3": (gate("sys.version_info < (3,)", "import sys\ndef f(x: int) -> int:\n    return x\n"), [5]),
    "nonlocal proves Python 3": (
        "import sys\ndef f():\n    x = 1\n    def g():\n        nonlocal x\n"
        "        x = 2\n    if sys.version_info < (3, 0):\n        g(1)\n    return x\n",
        [8],
    ),
    "the walrus proves 3.8": (
        "import sys\nif (n := 3) and sys:\n    print(n)\nif sys.version_info < (3, 8):\n    print(1)\n",
        [5],
    ),
    "match proves 3.10": (
        "import sys\nmatch sys:\n    case 1:\n        pass\nif sys.version_info < (3, 10):\n    print(1)\n",
        [6],
    ),
    "a keyword-only parameter": ("import sys\ndef f(*, x):\n    return x\nif sys.version_info[0] == 2:\n    print(1)\n", [5]),
    "a tuple": ("def f(a, b):\n    if (a, b):\n        return 1\n    else:\n        return 2\n", [5]),
    "a tuple of one": ("def f(a):\n    if (a,):\n        return 1\n    else:\n        return 2\n", [5]),
    "a length": ("def f(a):\n    if len(a) >= 0:\n        return 1\n    else:\n        return 2\n", [5]),
    "a negative length": ("def f(a):\n    if len(a) < 0:\n        return 1\n    return 2\n", [3]),
    "elif": (V + "if X == 2:\n    pass\nelif sys.version_info < (3, 0):\n    print(1)\n", [8]),
}

GOOD = {
    "Python 2 can read it": gate("sys.version_info < (3, 0)", "import sys\n"),
    "open": gate("sys.version_info >= (3, 12)"),
    "open below": gate("sys.version_info < (3, 9)"),
    "newer than what the file proves": gate("sys.version_info > (3, 6)"),
    "one version exactly": gate("sys.version_info[:2] == (3, 6)"),
    "the second number": gate("sys.version_info[1] < 6"),
    "another version": gate("django.VERSION < (3, 0)", "import django\nX = f'{1}'\n"),
    "somebody's version_info": gate("version_info < (3, 0)", "from acme import version_info\nX = f'{1}'\n"),
    "with another condition": gate("sys.version_info < (3, 0) and X"),
    "a platform": gate("sys.platform == 'win32'"),
    "type checkers": "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import json\n",
    "a plain constant is another rule's": "if 0:\n    print(1)\n",
    "an empty tuple": "if ():\n    print(1)\n",
    "a starred tuple": "def f(a):\n    if (*a,):\n        return 1\n    return 2\n",
    "may be empty": "def f(a):\n    if len(a) > 0:\n        return 1\n    return 2\n",
    "empty": "def f(a):\n    if len(a) == 0:\n        return 1\n    return 2\n",
    "somebody's len": "def f(a, len):\n    if len(a) >= 0:\n        return 1\n    else:\n        return 2\n",
    "nothing in the branch": V + "if sys.version_info < (3, 0):\n    pass\n",
    "no other branch": V + "if sys.version_info >= (3, 0):\n    print(1)\n",
    "makes a generator": V + "def f():\n    if sys.version_info < (3, 0):\n        yield 1\n    return\n",
    "a text": gate("sys.version < '3'"),
    "a computed bound": gate("sys.version_info < LEAST"),
    "after a return": V + "def f():\n    return 1\n    if sys.version_info < (3, 0):\n        print(1)\n",
}

PEDANTIC = {
    "if False:": ("if False:\n    print(1)\n", [1]),
    "if x or True:": ("if x or True:\n    pass\n", [1]),
    "if x and False:": ("if x and False:\n    pass\n", [1]),
    "a = b or True": ("a = b or True\n", [1]),
    "a = b and False": ("a = b and False\n", [1]),
    "while False:": ("while False:\n    pass\n", [1]),
    "if True:": ("if True:\n    a = 1\nelse:\n    b = 1\n", [1]),
    "if 0: pass": ("if 0: pass\n", [1]),
    "x = 1 if True else 2": ("x = 1 if True else 2\n", [1]),
    "if a or 1 or b:": ("if a or 1 or b:\n    pass\n", [1]),
}
