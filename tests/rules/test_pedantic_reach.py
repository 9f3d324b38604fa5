"""What rules without a file of cases show to those who ask for all, and hide by default; unused definitions of one file."""

from __future__ import annotations

from pathlib import Path

import pytest
from rule_lab import Lab

from greenlint.config.schema import Config, LintConfig
from greenlint.linter.runner import check_paths

CASES = [
    ("GL107", "def f():\n    return\n    pass\n", [3]),
    (
        "GL607",
        "from collections import defaultdict\nSEEN = defaultdict(list)\ndef note(key, value):\n    SEEN[key].append(value)\n",
        [2],
    ),
    ("GL608", "from dataclasses import dataclass\n@dataclass(slots=False)\nclass Event:\n    time: float\n", [2]),
    (
        "GL808",
        "from torch.utils.data import DataLoader as Loader\ndef f(d, m):\n    for x in Loader(d, pin_memory=False):\n"
        "        m(x.cuda())\n",
        [3],
    ),
    ("GL815", "from torch import nn\nx = nn.Sequential(nn.Conv2d(3, 4, 3, bias=True), nn.BatchNorm2d(4))\n", [2]),
    (
        "GL227",
        "def best(sizes, room, n):\n    if n == 0:\n        return 0\n"
        "    return max(best(sizes, room - sizes[n - 1], n - 1), best(sizes, room, n - 1))\n",
        [1],
    ),
    (
        "GL411",
        "from shop.models import Item\ndef cheap():\n"
        "    return list(filter(lambda item: item.price < 10, Item.objects.all()))\n",
        [3],
    ),
    (
        "GL510",
        "from django.http import JsonResponse\nfrom blog.models import Post\ndef posts(request):\n"
        "    return JsonResponse(list(Post.objects.values()), safe=False)\n",
        [4],
    ),
    (
        "GL510",
        "from fastapi import APIRouter\nrouter = APIRouter()\n@router.get('/x')\nasync def f(session):\n"
        "    return (await session.scalars(select(Order))).all()\n",
        [5],
    ),
    ("GL107", "def f():\n    try:\n        return 1\n    finally:\n        pass\n    return 2\n", [6]),
    ("GL107", "def f():\n    while True:\n        if x: pass\n    return 3\n", [4]),
    ("GL107", "def f():\n    return 1\n    '''doc'''\n", [3]),
    ("GL201", "text = 'a'\ntext += 'b'\n", [2]),
    ("GL201", ("def f():\n    city = 'Paris'\n    sent = 'I live in '\n    sent += city\n    return sent\n"), [4]),
    ("GL201", ("def f(items):\n    result = ''\n    for i in items:\n        result += i\n    return result\n"), [4]),
    ("GL201", "s = ''\nfor i in range(10):\n    s += str(i)\n", [3]),
    ("GL201", "def f():\n    s = ''\n    for c in ['a', 'b', 'c']:\n        s += c\n    return s\n", [4]),
    ("GL201", ("def f(xs):\n    s = ''\n    i = 0\n    while i < 10:\n        s = s + 'x'\n        i += 1\n"), [5]),
    (
        "GL201",
        ("def f(words):\n    out = ''\n    for w in words:\n        for c in w:\n            out += c\n    return out\n"),
        [5],
    ),
    ("GL201", "def f(name):\n    a = 'Hello ' \n    a += name\n    a += '!'\n    return a\n", [3, 4]),
    ("GL201", "def f(xs):\n    s = ''\n    for x in xs:\n        s += x\n        print(s)\n", [4]),
    ("GL201", "data = b''\nfor chunk in chunks:\n    data += chunk\n", [3]),
    ("GL201", "def f(conn):\n    data = b''\n    while len(data) < 9:\n        data += conn.recv(9)\n    return data\n", [4]),
    ("GL205", "def f(xs):\n    while xs:\n        print(xs[0])\n        del xs[:1]\n", [4]),
    ("GL205", "def f(lines):\n    for line in lines:\n        parts = line.split()\n        print(parts.pop(0))\n", []),
    (
        "GL201",
        "def f(xs):\n    b = c = d = e = ''\n    for x in xs:\n        b = str(x) + b\n        c = f'{c}{x}'\n"
        "        d = '%s%s' % (d, x)\n"
        "        e = '{}{}'.format(e, x)\n    return b, c, d, e\n",
        [4, 5, 6, 7],
    ),
    (
        "GL201",
        "def f(xs, n):\n    for x in xs:\n        s = x.name\n        s = f'<{s}>'\n        x.text = '%s!' % x.text\n"
        "    for s in xs:\n"
        "        s = '-' + s\n    return f'{s}{n}'\n",
        [],
    ),
    (
        "GL201",
        "def f(word):\n    back = ''\n    n = 0\n    for c in word:\n        back = c + back\n        n = c + n\n"
        "    return back, n\n",
        [5],
    ),
    ("GL205", "l = [1, 2]\nl.insert(0, 3)\n", [2]),
    ("GL205", "def f(items):\n    items.insert(0, 1)\n", [2]),
    ("GL205", ("def f(items):\n    out = []\n    for i in range(10):\n        out.insert(0, i)\n    return out\n"), [4]),
    ("GL205", "def f(q):\n    while q:\n        x = q.pop(0)\n", [3]),
    ("GL205", "class A:\n    def push(self, x):\n        self.items.insert(0, x)\n", [3]),
    ("GL205", "numbers = []\nfor i in [1, 2, 3]:\n    numbers.insert(0, i)\n", [3]),
    ("GL205", "def f(items):\n    return items.pop(0)\n", [2]),
    ("GL205", "def f(xs):\n    for x in xs:\n        x.children.insert(0, x)\n", [3]),
    ("GL221", ("for i in range(10):\n    try:\n        print(i)\n    except ValueError:\n        print('x')\n"), [2]),
    (
        "GL221",
        ("def f(xs):\n    for x in xs:\n        try:\n            g(x)\n        except Exception:\n            pass\n"),
        [3],
    ),
    ("GL221", "while True:\n    try:\n        work()\n    except KeyError:\n        break\n", [2]),
    (
        "GL221",
        (
            "def f(xs):\n    for x in xs:\n        y = x\n        try:\n            g(y)\n"
            "        except Exception:\n            continue\n"
        ),
        [4],
    ),
    ("GL221", "i = 0\nwhile i < 10:\n    try: print(i)\n    except: pass\n    i += 1\n", [3]),
    (
        "GL221",
        (
            "def f(xs):\n    for x in xs:\n        if x:\n            try:\n                g(x)\n"
            "            except OSError as e:\n                print(e)\n            finally:\n"
            "                h()\n"
        ),
        [4],
    ),
    ("GL301", "with open('f') as f:\n    data = f.read()\n", [2]),
    ("GL301", "def f(path):\n    return open(path).read()\n", [2]),
    ("GL301", "def g(f):\n    for line in f.read().splitlines():\n        print(line)\n", [2]),
    ("GL301", "from pathlib import Path\ntext = Path('x').read_text()\n", [2]),
    ("GL301", "def g(p):\n    for line in p.read_text().split('\\n'):\n        print(line)\n", [2]),
    ("GL301", "with open('f', 'rb') as f:\n    process(f.read())\n", [2]),
    ("GL301", "import json\nwith open('f') as f:\n    d = json.loads(f.read())\n", [3]),
    ("GL301", "import sys\nfor line in sys.stdin.read().splitlines():\n    print(line)\n", [2]),
    ("GL302", "with open('f') as f:\n    lines = f.readlines()\n", [2]),
    ("GL302", "def g(f):\n    for line in f.readlines():\n        print(line)\n", [2]),
    ("GL302", "def g(f):\n    return f.readlines()\n", [2]),
    ("GL302", "with open('f') as f:\n    print(len(f.readlines()))\n", [2]),
    (
        "GL302",
        ("import io\ndef g():\n    with open('f') as f:\n        for l in reversed(f.readlines()):\n            print(l)\n"),
        [4],
    ),
    ("GL302", "with open('f') as f:\n    for line in f.readlines():\n        f.seek(0)\n", [2]),
    ("GL303", "import pandas as pd\ndf = pd.read_csv('x.csv')\n", [2]),
    ("GL303", "import pandas as pd\ndef f(p):\n    return pd.read_csv(p)\n", [3]),
    ("GL303", "import pandas as pd\ndf = pd.read_csv('x.csv', sep=';', header=0)\n", [2]),
    ("GL303", "import pandas\ndf = pandas.read_excel('x.xlsx', sheet_name='a')\n", [2]),
    ("GL303", "from pandas import read_csv\nx = read_csv('a')\n", [2]),
    ("GL303", "import pandas as pd\nFILE = 'x'\ndf = pd.read_feather(FILE)\ndf.head()\n", [3]),
    (
        "GL303",
        ("import pandas as pd\nclass A:\n    def m(self):\n        self.df = pd.read_csv(self.path, index_col=0)\n"),
        [4],
    ),
    ("GL701", "while True:\n    pass\n", [1]),
    ("GL701", "def f():\n    while not done:\n        pass\n", [2]),
    ("GL701", "while check():\n    pass\n", [1]),
]


@pytest.mark.parametrize(("code", "text", "lines"), CASES)
def test_what_may_be_waste_is_hidden_by_default(code: str, text: str, lines: list[int]) -> None:
    assert Lab(code).lines(text) == []
    assert Lab(code).lines(text, least=0) == lines


ONE_FILE = """class Shape:
    def area(self):
        pass

    @staticmethod
    def unit():
        pass

    @property
    def name(self):
        return 1


def outer():
    def inner():
        pass


class Unused:
    class Inner:
        pass


Shape()
"""


def test_all_unused_definitions_of_one_file_are_shown(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(ONE_FILE)
    lint = LintConfig(pedantic=True, select=("GL102", "GL103", "GL104"))
    found = check_paths([str(tmp_path)], Config(root=str(tmp_path), lint=lint)).findings
    assert [finding.line for finding in found] == [2, 6, 10, 14, 15, 19, 20]
    assert {finding.line for finding in found if finding.confidence >= 60} == {14, 19}


@pytest.mark.parametrize(
    ("code", "text", "line"),
    [
        ("GL610", "x = list(y for y in z)\n\ndef list(a): return a\n", 1),
        ("GL212", "x = sorted(y)[0]\n\ndef f(sorted): return sorted(1)[0]\n", 1),
        ("GL609", "x = list(sorted(y))\n\nclass A:\n    def list(self): pass\n", 1),
        ("GL214", "any([x for x in y])\n\ndef f():\n    any = print\n    any([x for x in y])\n", 1),
    ],
)
def test_a_builtin_that_the_file_redefines_elsewhere_is_doubted(code: str, text: str, line: int) -> None:
    assert Lab(code).lines(text) == []
    assert Lab(code).lines(text, least=0) == [line]


@pytest.mark.parametrize(
    "text",
    [
        "def f(call):\n    for _ in range(9):\n        try:\n            x = call()\n            break\n"
        "        except OSError:\n            continue\n",
        "def f(ask):\n    while True:\n        try:\n            return int(ask())\n"
        "        except ValueError:\n            pass\n",
        "def f(call):\n    while True:\n        try:\n            x = call()\n        except OSError:\n            continue\n"
        "        else:\n            break\n",
    ],
)
def test_a_statement_that_is_tried_again_has_to_stand_in_the_loop(text: str) -> None:
    assert Lab("GL221").lines(text, least=0) == []
