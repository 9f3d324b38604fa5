"""Frames whose columns are converted right after they were loaded, and others."""

P = "import pandas as pd\n\n"


def f(body: str) -> str:
    return f"{P}def f(p):\n    df = pd.read_csv(p)\n{body}    return df\n"


BAD = {
    "a category": (f("    df['a'] = df['a'].astype('category')\n"), [4]),
    "a small float": (f("    df['a'] = df['a'].astype('float32')\n"), [4]),
    "a small number of numpy": ("import numpy as np\n" + f("    df['a'] = df['a'].astype(np.int8)\n"), [5]),
    "an attribute": (f("    df.a = df.a.astype('int16')\n"), [4]),
    "the whole frame": (P + "df = pd.read_csv('a').astype('float32')\n", [3]),
    "some columns at once": (P + "df = pd.read_csv('a').astype({'x': 'int8'})\n", [3]),
    "after something else": (f("    print(df.shape)\n    df['a'] = df['a'].astype('category')\n"), [4]),
    "after another column was stored": (f("    df['b'] = 1\n    df['a'] = df['a'].astype('category')\n"), [4]),
    "two columns": (f("    df['a'] = df['a'].astype('category')\n    df['b'] = df['b'].astype('int8')\n"), [4]),
    "read_table": (P + "df = pd.read_table('a')\ndf['x'] = df['x'].astype('uint8')\nprint(df)\n", [3]),
    "read_excel": (P + "df = pd.read_excel('a')\ndf['x'] = df['x'].astype('uint16')\nprint(df)\n", [3]),
    "read_fwf": (P + "df = pd.read_fwf('a')\ndf['x'] = df['x'].astype('uint32')\nprint(df)\n", [3]),
    "with other arguments": (P + "df = pd.read_csv('a', sep=';')\ndf['x'] = df['x'].astype('int32')\nprint(df)\n", [3]),
    "imported by name": (
        "from pandas import read_csv\n\ndf = read_csv('a')\ndf['x'] = df['x'].astype('float16')\nprint(df)\n",
        [3],
    ),
    "under another name": (
        "import pandas\n\ndf = pandas.read_csv('a')\ndf['x'] = df['x'].astype('category')\nprint(df)\n",
        [3],
    ),
    "in a method": (
        P + "class A:\n    def f(self, p):\n        t = pd.read_csv(p)\n"
        "        t['x'] = t['x'].astype('category')\n        return t\n",
        [5],
    ),
    "in a branch": (
        P + "def f(p):\n    if p:\n        t = pd.read_csv(p)\n        t['x'] = t['x'].astype('category')\n        return t\n",
        [5],
    ),
    "in a loop": (
        P + "def f(ps):\n    for p in ps:\n        t = pd.read_csv(p)\n"
        "        t['x'] = t['x'].astype('category')\n        yield t\n",
        [5],
    ),
    "under with": (
        P + "def f(p):\n    with p.open() as g:\n        t = pd.read_csv(g)\n"
        "        t['x'] = t['x'].astype('category')\n    return t\n",
        [5],
    ),
    "in a coroutine": (
        P + "async def f(p):\n    t = pd.read_csv(p)\n    t['x'] = t['x'].astype('category')\n    return t\n",
        [4],
    ),
}

PEDANTIC = {
    "no types": (f(""), [4]),
    "to a type of the same size": (f("    df['a'] = df['a'].astype('int64')\n"), [4]),
    "cleaned before": (f("    df['a'] = df['a'].fillna(0).astype('int8')\n"), [4]),
}

GOOD = {
    "types": P + "df = pd.read_csv('a', dtype={'x': 'category'})\n",
    "types and a conversion": P + "df = pd.read_csv('a', dtype=str)\ndf['x'] = df['x'].astype('category')\n",
    "converters": P + "df = pd.read_csv('a', converters={'x': int})\ndf['x'] = df['x'].astype('int8')\n",
    "nothing converted": f(""),
    "filled before": f("    df['a'] = df['a'].fillna(0).astype('int8')\n"),
    "replaced before": f("    df['a'] = clean(df['a'])\n    df['a'] = df['a'].astype('int8')\n"),
    "filled in place before": f("    df.fillna(0, inplace=True)\n    df['a'] = df['a'].astype('int8')\n"),
    "into another column": f("    df['b'] = df['a'].astype('category')\n"),
    "to a wide type": f("    df['a'] = df['a'].astype('float64')\n"),
    "to a text": f("    df['a'] = df['a'].astype(str)\n"),
    "to a type that is computed": f("    df['a'] = df['a'].astype(kind())\n"),
    "in another branch": f("    if p:\n        df['a'] = df['a'].astype('category')\n"),
    "bound twice": P
    + "def f(p):\n    df = pd.read_csv(p)\n    df = df.dropna()\n    df['a'] = df['a'].astype('int8')\n    return df\n",
    "a frame that is made": P + "df = pd.DataFrame(x)\ndf['a'] = df['a'].astype('category')\n",
    "parquet": P + "df = pd.read_parquet('a')\ndf['a'] = df['a'].astype('category')\n",
    "a few rows": P + "df = pd.read_csv('a', nrows=9)\ndf['a'] = df['a'].astype('category')\n",
    "in parts": P + "for df in pd.read_csv('a', chunksize=9):\n    df['a'] = df['a'].astype('category')\n",
    "unknown arguments": P + "df = pd.read_csv('a', **options)\ndf['a'] = df['a'].astype('category')\n",
    "in memory": P + "import io\ndf = pd.read_csv(io.StringIO(s))\ndf['a'] = df['a'].astype('category')\n",
    "another library": "import pandas\nimport shop\ndf = shop.read_csv('a')\ndf['a'] = df['a'].astype('category')\n",
    "an array": "import numpy as np\nimport pandas\nx = np.loadtxt('a')\nx = x.astype('float32')\n",
}

PEDANTIC |= {
    "parts": (P + "for part in pd.read_csv('a', chunksize=9):\n    print(part)\n", [3]),
    "an iterator": (P + "parts = pd.read_csv('a', iterator=True)\n", [3]),
    "no type": (P + "table = pd.read_csv('a', dtype=None)\n", [3]),
    "handed on": (P + "tables = list(map(pd.read_csv, paths))\n", [3]),
    "handed to a pool": (P + "def f(pool, paths):\n    return pool.map(pd.read_csv, paths)\n", [4]),
    "partial": (P + "from functools import partial\nload = partial(pd.read_csv, sep=';')\n", [4]),
    "dask": ("import dask.dataframe as dd\ntable = dd.read_csv('a*.csv')\n", [2]),
    "modin": ("import modin.pandas as pd\ntable = pd.read_csv('a.csv')\n", [2]),
}

SILENT = {
    "partial with types": P + "from functools import partial\nload = partial(pd.read_csv, dtype=TYPES)\n",
    "parts with types": P + "for part in pd.read_csv('a', chunksize=9, dtype=TYPES):\n    print(part)\n",
    "another function handed on": P + "tables = list(map(load, paths))\n",
    "dask with types": "import dask.dataframe as dd\ntable = dd.read_csv('a*.csv', dtype=TYPES)\n",
}
