"""Names that a loop looks up step by step, and others."""


def loop(body: str, head: str = "import os\n", more: str = "") -> str:
    return f"{head}\n\ndef f(names):\n    for name in names:\n        {body}\n{more}"


BAD = {
    "a function": (loop("use(os.path.isabs(name))"), [6]),
    "a constant": (loop("use(name + os.path.sep)"), [6]),
    "twice, said once": (loop("use(os.path.isabs(name), os.path.isabs(name + 'x'))"), [6]),
    "two functions": (loop("use(os.path.isabs(name))\n        use(os.path.isdir(name))"), [6, 7]),
    "a submodule that is imported": (loop("use(xml.dom.minidom.parse(name))", "import xml.dom.minidom\n"), [6]),
    "under another name": (loop("use(o.path.isabs(name))", "import os as o\n"), [6]),
    "numpy": (loop("use(np.linalg.norm(name))", "import numpy as np\n"), [6]),
    "a class": (loop("use(isinstance(name, collections.abc.Mapping))", "import collections.abc\n"), [6]),
    "in a while loop": ("import os\n\ndef f(n):\n    while n:\n        n = os.path.dirname(n)\n", [5]),
    "in a comprehension": ("import os\n\ndef f(names):\n    return [os.path.basename(n) for n in names]\n", [4]),
    "in a generator": ("import os\n\ndef f(names):\n    return any(os.path.isabs(n) for n in names)\n", [4]),
    "in the test of a while loop": ("import os\n\ndef f(n):\n    while os.path.isdir(n):\n        n = n[1:]\n", [4]),
    "in an inner loop": (
        "import os\n\ndef f(rows):\n    for row in rows:\n        for n in row:\n            use(os.path.isabs(n))\n",
        [6],
    ),
    "in a coroutine": ("import os\n\nasync def f(names):\n    async for n in names:\n        use(os.path.isabs(n))\n", [5]),
    "at the level of the module": ("import os\nimport sys\nfor n in sys.path:\n    use(os.path.isabs(n))\n", [4]),
    "in a method": (
        "import os\n\nclass A:\n    def f(self):\n        for n in self.names:\n            use(os.path.isabs(n))\n",
        [6],
    ),
    "in a branch": (loop("if name:\n            use(os.path.isabs(name))"), [7]),
    "in a formatted text": (loop("use(f'{os.path.sep}{name}')"), [6]),
    "four steps": (loop("use(xml.etree.ElementTree.fromstring(name).tag)", "import xml.etree.ElementTree\n"), [6]),
    "two loops": (loop("use(os.path.isabs(name))", more="    for name in names:\n        use(os.path.isabs(name))\n"), [6, 8]),
    "in a default of a call": (loop("use(name, key=os.path.basename)"), [6]),
}

PEDANTIC = {
    "a short loop": ("import os\n\ndef f():\n    for name in ('a', 'b'):\n        use(os.path.isabs(name))\n", [5]),
    "one step": (loop("use(math.sqrt(name))", "import math\n"), [6]),
    "one step, a constant": (loop("use(math.pi * name)", "import math\n"), [6]),
}

GOOD = {
    "a name": loop("use(isabs(name))", "from os.path import isabs\n"),
    "no loop": "import os\n\ndef f(name):\n    return os.path.isabs(name)\n",
    "what is walked": "import os\n\ndef f():\n    for name in os.environ.keys():\n        use(name)\n",
    "a short loop": "import os\n\ndef f():\n    for name in ('a', 'b'):\n        use(os.path.isabs(name))\n",
    "left at once": loop("return os.path.isabs(name)"),
    "an object": loop("use(name.path.parts(1))"),
    "an attribute of self": "class A:\n    def f(self, names):\n        for name in names:\n"
    "            use(self.table.get(name))\n",
    "a class that is imported": loop("use(Path.home.x(name))", "from pathlib import Path\n"),
    "it is replaced": loop("os.path.isabs = name\n        use(os.path.isabs(name))"),
    "it is stored": loop("os.path.sep = name"),
    "the exception of a handler": loop(
        "try:\n            use(name)\n        except http.client.HTTPException:\n            pass", "import http.client\n"
    ),
    "exceptions of a handler": loop(
        "try:\n            use(name)\n        except (http.client.HTTPException, KeyError):\n            pass",
        "import http.client\n",
    ),
    "in a function that the loop defines": loop("def g():\n            return os.path.isabs(name)\n        use(g)"),
    "in the else": "import os\n\ndef f(names):\n    for name in names:\n        use(name)\n    else:\n"
    "        use(os.path.sep)\n",
    "a parameter of the same name": "import os\n\ndef f(names, os):\n    for name in names:\n"
    "        use(os.path.isabs(name))\n",
    "a few attempts": "import os\n\ndef f(path):\n    for attempt in attempts():\n        use(os.path.isdir(path))\n",
    "under a local name": "import os\n\ndef f(names):\n    isabs = os.path.isabs\n    for name in names:\n"
    "        use(isabs(name))\n",
    "a star import": loop("use(path.isabs(name))", "from os import *\n"),
    "a decorator in a loop's function": "import functools\n\ndef f(names):\n    g = functools.cache(len)\n"
    "    for name in names:\n"
    "        use(g(name))\n",
    "a string": loop("use('os.path.isabs')"),
    "deleted": loop("del os.environ[name]"),
}
