"""Workbooks that a program parses again and again, and others."""

P = "import pandas as pd\n\n"
WORKBOOK = "from openpyxl import load_workbook\n\n"

BAD = {
    "sheets in a loop": (P + "def f(path, names):\n    return {name: pd.read_excel(path, name) for name in names}\n", [4]),
    "in a for loop": (
        P + "def f(path, names):\n    for name in names:\n        use(pd.read_excel(path, sheet_name=name))\n",
        [5],
    ),
    "a few sheets": (P + "for name in ['a', 'b']:\n    use(pd.read_excel('x.xlsx', sheet_name=name))\n", [4]),
    "a literal path": (
        P + "def f(days):\n    for day in days:\n        df = pd.read_excel('x.xlsx')\n        use(df[df.day == day])\n",
        [5],
    ),
    "in a list": (P + "def f(path, days):\n    return [pd.read_excel(path).loc[day] for day in days]\n", [4]),
    "by keyword": (P + "def f(path, days):\n    for day in days:\n        use(pd.read_excel(io=path), day)\n", [5]),
    "a joined path": (
        "import os\n"
        + P
        + "def f(root, days):\n    for day in days:\n        use(pd.read_excel(os.path.join(root, 'x.xlsx')), day)\n",
        [6],
    ),
    "an attribute": (
        P + "class A:\n    def f(self, days):\n        for day in days:\n            use(pd.read_excel(self.path), day)\n",
        [6],
    ),
    "openpyxl": (WORKBOOK + "def f(path, names):\n    for name in names:\n        use(load_workbook(path)[name])\n", [5]),
    "openpyxl by its module": (
        "import openpyxl\n\ndef f(path, names):\n    for name in names:\n        use(openpyxl.load_workbook(path)[name])\n",
        [5],
    ),
    "xlrd": (
        "import xlrd\n\ndef f(path, n):\n    for i in range(n):\n        use(xlrd.open_workbook(path).sheet_by_index(i))\n",
        [5],
    ),
    "polars": (
        "import polars as pl\n\ndef f(path, names):\n    for n in names:\n        use(pl.read_excel(path, sheet_name=n))\n",
        [5],
    ),
    "imported by name": (
        "from pandas import read_excel\n\ndef f(path, names):\n    return [read_excel(path, n) for n in names]\n",
        [4],
    ),
    "two sheets": (P + "a = pd.read_excel('x.xlsx', sheet_name='a')\nb = pd.read_excel('x.xlsx', sheet_name='b')\n", [4]),
    "three sheets": (
        P
        + "def f(path):\n    a = pd.read_excel(path, 'a')\n    b = pd.read_excel(path, 'b')\n    c = pd.read_excel(path, 'c')\n"
        "    return a, b, c\n",
        [5, 6],
    ),
    "two sheets of a constant path": (
        P + "PATH = 'x.xlsx'\n\ndef f():\n    a = pd.read_excel(PATH, 'a')\n    return a.join(pd.read_excel(PATH, 'b'))\n",
        [7],
    ),
    "the second one behind a condition": (
        P + "def f(path, more):\n    a = pd.read_excel(path, 'a')\n    if more:\n"
        "        return a.join(pd.read_excel(path, 'b'))\n    return a\n",
        [6],
    ),
    "two sheets of each workbook": (
        P + "def f(paths):\n    for path in paths:\n        use(pd.read_excel(path, 'a'), pd.read_excel(path, 'b'))\n",
        [5],
    ),
    "names of sheets first": (
        P + "def f(path):\n    names = pd.ExcelFile(path).sheet_names\n    return pd.read_excel(path, names[0])\n",
        [5],
    ),
    "with other arguments": (
        P + "def f(path):\n    head = pd.read_excel(path, nrows=2)\n    body = pd.read_excel(path, skiprows=2)\n"
        "    return head, body\n",
        [5],
    ),
    "two libraries": (
        "import openpyxl\n"
        + P
        + "def f(path):\n    names = openpyxl.load_workbook(path).sheetnames\n    return pd.read_excel(path, names[0])\n",
        [6],
    ),
    "in both loops": (
        P + "def f(path, a, b):\n    for x in a:\n        for y in b:\n            use(pd.read_excel(path), x, y)\n",
        [6],
    ),
}

PEDANTIC = {
    "once": (P + "df = pd.read_excel('x.xlsx')\n", [3]),
    "behind a condition in a loop": (
        P + "def f(path, days):\n    for day in days:\n        if day.new:\n            use(pd.read_excel(path), day)\n",
        [6],
    ),
    "each workbook": (P + "def f(paths):\n    return [pd.read_excel(path) for path in paths]\n", [4]),
    "either": (
        P + "def f(path, old):\n    if old:\n        return pd.read_excel(path, 'a')\n    else:\n"
        "        return pd.read_excel(path, 'b')\n",
        [5, 7],
    ),
    "written as well": (P + "df = pd.read_excel('x.xlsx')\ndf.to_excel('x.xlsx')\nback = pd.read_excel('x.xlsx')\n", [3, 5]),
}

GOOD = {
    "once": P + "df = pd.read_excel('x.xlsx')\n",
    "all sheets": P + "book = pd.read_excel('x.xlsx', sheet_name=None)\n",
    "an open workbook": P
    + "def f(path):\n    book = pd.ExcelFile(path)\n    return pd.read_excel(book, 'a'), pd.read_excel(book, 'b')\n",
    "an open workbook, its own method": P
    + "def f(path, names):\n    book = pd.ExcelFile(path)\n    return [book.parse(name) for name in names]\n",
    "an open workbook in with": P
    + "def f(path):\n    with pd.ExcelFile(path) as book:\n        return pd.read_excel(book, 'a'), pd.read_excel(book, 'b')\n",
    "each workbook": P + "def f(paths):\n    return [pd.read_excel(path) for path in paths]\n",
    "each path of a pattern": "import glob\n" + P + "frames = [pd.read_excel(path) for path in glob.glob('*.xlsx')]\n",
    "a path that the loop makes": P
    + "def f(n):\n    for i in range(n):\n        path = f'{i}.xlsx'\n        use(pd.read_excel(path))\n",
    "two workbooks": P + "a = pd.read_excel('a.xlsx')\nb = pd.read_excel('b.xlsx')\n",
    "either": P + "def f(path, old):\n    if old:\n        return pd.read_excel(path, 'a')\n    else:\n"
    "        return pd.read_excel(path, 'b')\n",
    "another attempt": P
    + "def f(path):\n    try:\n        return pd.read_excel(path, engine='openpyxl')\n    except ValueError:\n"
    "        return pd.read_excel(path, engine='xlrd')\n",
    "written in between": P + "df = pd.read_excel('x.xlsx')\ndf.to_excel('x.xlsx')\nback = pd.read_excel('x.xlsx')\n",
    "waits for a change": "import time\n"
    + P
    + "def f(path, days):\n    for day in days:\n        use(pd.read_excel(path))\n        time.sleep(3600)\n",
    "until it is there": P + "def f(path):\n    while True:\n        use(pd.read_excel(path))\n",
    "an attribute that the loop changes": P
    + "class A:\n    def f(self, paths):\n        for self.path in paths:\n            use(pd.read_excel(self.path))\n",
    "left at once": P + "def f(path, days):\n    for day in days:\n        return pd.read_excel(path)\n",
    "another function": P
    + "def f(path):\n    return pd.read_excel(path, 'a')\n\ndef g(path):\n    return pd.read_excel(path, 'b')\n",
    "a name bound twice": P + "path = ask()\na = pd.read_excel(path)\npath = ask()\nb = pd.read_excel(path)\n",
    "a path that is asked for": P + "a = pd.read_excel(ask())\nb = pd.read_excel(ask())\n",
    "another library": "import shop\n\ndef f(path, names):\n    return [shop.read_excel(path, name) for name in names]\n",
    "an own function": P
    + "def read_excel(path, name):\n    return name\n\ndef f(path, names):\n    return [read_excel(path, n) for n in names]\n",
    "stars": P + "def f(args):\n    return pd.read_excel(*args), pd.read_excel(*args)\n",
    "csv": P + "def f(path, names):\n    return [pd.read_csv(path) for name in names]\n",
}
