"""Calls that only compute, as statements."""


def body(text, imports="import copy, json, os.path, re"):
    """A function of the text."""
    return f"{imports}\n\n\ndef f(x, y: str):\n" + "".join(f"    {line}\n" for line in text.split("\n"))


PD = "import pandas as pd"
BAD = {
    "a frame with inplace=False": (body("d = pd.read_csv(x)\nd.dropna(inplace=False)\nreturn d", PD), [6]),
    "sorted": (body("sorted(x)\nreturn x"), [5]),
    "with a key": (body("sorted(x, key=lambda i: i)\nreturn x"), [5]),
    "sum": (body("sum(x)\nreturn x"), [5]),
    "len": (body("len(x)\nreturn x"), [5]),
    "max": (body("max(x)\nreturn x"), [5]),
    "abs": (body("abs(x)\nreturn x"), [5]),
    "replace on a string": (body("y.replace('a', 'b')\nreturn y"), [5]),
    "strip on a string": (body("y.strip()\nreturn y"), [5]),
    "lower on a literal's name": (body("z = 'A'\nz.lower()\nreturn z"), [6]),
    "split on str()": (body("z = str(x)\nz.split(',')\nreturn z"), [6]),
    "join": (body("','.join(x)\nreturn x"), [5]),
    "deepcopy": (body("copy.deepcopy(x)\nreturn x"), [5]),
    "a function imported by name": (body("deepcopy(x)\nreturn x", "from copy import deepcopy"), [5]),
    "np.delete": (body("np.delete(x, 0)\nreturn x", "import numpy as np"), [5]),
    "os.path.join": (body("os.path.join(x, y)\nreturn x"), [5]),
    "re.sub": (body("re.sub('a', 'b', y)\nreturn y"), [5]),
    "in a loop": (body("for i in x:\n    y.strip()\nreturn y"), [6]),
    "in a branch": (body("if x:\n    sorted(x)\nreturn y"), [6]),
    "in an else": (body("if x:\n    return 1\nelse:\n    sorted(x)\nreturn y"), [8]),
    "in a handler": (body("try:\n    x()\nexcept ValueError:\n    y.strip()\nreturn y"), [8]),
    "of the module": ("rows = [3, 2]\nsorted(rows)\nprint(rows)\n", [2]),
    "in a coroutine": ("async def f(x):\n    sorted(x)\n    return x\n", [2]),
    "dropna of a frame": (body("z = pd.read_csv(y)\nz.dropna()\nreturn z", PD), [6]),
    "rename of a frame that was changed before": (
        body("z = pd.DataFrame(x)\nz = z.dropna()\nz.rename(columns=x)\nreturn z", PD),
        [7],
    ),
    "an annotated frame": ("import pandas as pd\n\n\ndef f(z: pd.DataFrame):\n    z.sort_values('a')\n    return z\n", [5]),
    "copy of a list": (body("z = [1]\nz.copy()\nreturn z"), [6]),
}

GOOD = {
    "a frame changed in place if told": body("d = pd.read_csv(x)\nd.dropna(inplace=y)\nreturn d", PD),
    "kept": body("x = sorted(x)\nreturn x"),
    "returned": body("return sorted(x)"),
    "passed on": body("print(sorted(x))\nreturn x"),
    "a try": body("try:\n    len(x)\nexcept TypeError:\n    return y\nreturn x"),
    "under with": body("with y:\n    sorted(x)\nreturn x"),
    "in a test": "def test_sorts(x):\n    sorted(x)\n",
    "in a function that is timed": "def time_sort(x):\n    sorted(x)\n",
    "an argument does something": body("sorted(x())\nreturn x"),
    "an argument is a generator": body("sum(i.run() for i in x)\nreturn x"),
    "any runs its generator": body("any(x)\nreturn x"),
    "list runs an iterator": body("list(x)\nreturn x"),
    "replace of a path": "from pathlib import Path\n\n\ndef f(x):\n    p = Path(x)\n    p.replace('b')\n",
    "replace of something unknown": body("x.replace('a', 'b')\nreturn x"),
    "sort": body("x.sort()\nreturn x"),
    "in place": body("z = pd.read_csv(y)\nz.dropna(inplace=True)\nreturn z", PD),
    "keywords unseen": body("z = pd.read_csv(y)\nz.dropna(**x)\nreturn z", PD),
    "a frame that may be something else": body("z = pd.read_csv(y) if x else x.z\nz.dropna()\nreturn z", PD),
    "to_csv writes": body("z = pd.read_csv(y)\nz.to_csv(y)\nreturn z", PD),
    "a function of that name": "def sorted(x):\n    x.clear()\n\n\ndef f(x):\n    sorted(x)\n",
    "a parameter of that name": "def f(sorted, x):\n    sorted(x)\n",
    "awaited": "async def f(x):\n    await x.replace('a')\n",
    "a set changed": body("z = set()\nz.update(x)\nreturn z"),
    "a dict popped": body("z = {}\nz.pop(x)\nreturn z"),
    "asks for a hash": body("hash(x)\nreturn x"),
    "asks whether it can be dumped": body("json.dumps(x)\nreturn x"),
    "into an array": body("np.clip(x, 0, 1, out=x)\nreturn x", "import numpy as np"),
    "into an array by position": body("np.clip(x, 0, 1, x)\nreturn x", "import numpy as np"),
    "called for its exception": body("abs(x)\nraise ValueError(x)"),
    "a docstring": 'def f(x):\n    """sorted(x)"""\n    return x\n',
    "a method called join": body("x.join()\nreturn x"),
    "a thread": "import threading\n\n\ndef f(x):\n    t = threading.Thread(target=x)\n    t.join()\n",
    "a generator": body("yield sorted(x)"),
    "a condition": body("sorted(x) and y()\nreturn x"),
}

PEDANTIC = {
    "a == 1 in a function": ("def f(a):\n    a == 1\n", [2]),
    "x in a function": ("def f(x):\n    x\n", [2]),
    "x.y in a function": ("def f(x):\n    x.y\n", [2]),
    "1 + 2": ("1 + 2\n", [1]),
    "[1, 2]": ("[1, 2]\n", [1]),
    "{'a': 1}": ("{'a': 1}\n", [1]),
    "s.upper() in a function": ("def f(s):\n    s.upper()\n", [2]),
    "df.drop_duplicates() in a function": ("def f(df):\n    df.drop_duplicates()\n", [2]),
    "[g(x) for x in y]": ("[g(x) for x in y]\n", [1]),
    "x > 1 and g() in a function": ("def f(x):\n    x > 1 and g()\n", [2]),
}

PEDANTIC |= {
    "a text that is formatted": ("def f(x):\n    'hello {}'.format(x)\n", [2]),
    "under errstate": (
        "import numpy as np\ndef f(w):\n    with np.errstate(all='ignore'):\n        np.concatenate([w, w])\n",
        [4],
    ),
    "under a lock": ("def f(self, xs):\n    with self._lock:\n        sorted(xs)\n", [3]),
    "the time": ("import time\ndef f():\n    time.time()\n", [3]),
    "the day": ("from datetime import datetime\ndef f():\n    datetime.now()\n", [3]),
    "a chain": ("import itertools\ndef f(a, b):\n    itertools.chain(a, b)\n", [3]),
    "a mean": ("import statistics\ndef f(a):\n    statistics.mean(a)\n", [3]),
    "whether a file exists": ("import os\ndef f(a):\n    os.path.exists(a)\n", [3]),
    "another path": ("def f(path):\n    path.with_suffix('.bak')\n", [2]),
    "a value of a dict": ("def f():\n    d = {}\n    d.get('a')\n", [3]),
}

SILENT = {
    "an error that is waited for": "import pytest\ndef f(xs):\n    with pytest.raises(TypeError):\n        sorted(xs)\n",
    "an error that is let go": "import contextlib\ndef f(s: str):\n    with contextlib.suppress(ValueError):\n"
    "        s.index('a')\n",
    "a warning that is waited for": "import warnings\nimport numpy as np\ndef f(w):\n    with warnings.catch_warnings():\n"
    "        np.sqrt(w)\n",
    "added in place": "import operator\ndef f(a, b):\n    operator.iadd(a, b)\n",
    "a value of something": "def f(client):\n    client.get('a')\n",
    "an encoder": "def f(model, x):\n    model.encode(x)\n",
    "an array that is given": "import numpy as np\ndef f(w):\n    np.add(w, 1, out=w)\n",
    "a logger": "def f(log):\n    log.log(10, 'x')\n",
}
