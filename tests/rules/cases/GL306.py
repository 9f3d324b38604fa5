"""Tables that a program writes as CSV and reads back, and others."""

P = "import os\nimport pandas as pd\n\n"
CACHE = P + "CACHE = 'cache.csv'\n\n\n"

BAD = {
    "in two functions": (P + "def w(df):\n    df.to_csv('a.csv')\n\ndef r():\n    return pd.read_csv('a.csv')\n", [8]),
    "a cache": (
        P + "def f(p):\n    if os.path.exists(p):\n        return pd.read_csv(p)\n    else:\n"
        "        df = load()\n        df.to_csv(p)\n        return df\n",
        [6],
    ),
    "a constant": (CACHE + "def w(df):\n    df.to_csv(CACHE)\n\ndef r():\n    return pd.read_csv(CACHE)\n", [11]),
    "written, then read": (P + "def f(df, p):\n    df.to_csv(p)\n    return pd.read_csv(p)\n", [6]),
    "with other arguments": (P + "def f(df, p):\n    df.to_csv(p, index=False)\n    return pd.read_csv(p, index_col=0)\n", [6]),
    "an attribute of self": (
        P + "class A:\n    def f(self):\n        self.df.to_csv(self.path)\n        return pd.read_csv(self.path)\n",
        [7],
    ),
    "an array": (
        "import numpy as np\n\ndef w(a):\n    np.savetxt('a.txt', a)\n\ndef r():\n    return np.loadtxt('a.txt')\n",
        [7],
    ),
    "a joined path": (
        P + "def f(df, d):\n    df.to_csv(os.path.join(d, 'a.csv'))\n    return pd.read_csv(os.path.join(d, 'a.csv'))\n",
        [6],
    ),
    "a formatted path": (P + "def f(df, d):\n    df.to_csv(f'{d}/a.csv')\n    return pd.read_csv(f'{d}/a.csv')\n", [6]),
    "polars": ("import polars as pl\n\ndef f(df, p):\n    df.write_csv(p)\n    return pl.read_csv(p)\n", [5]),
    "polars, lazily": ("import polars as pl\n\ndef f(df, p):\n    df.sink_csv(p)\n    return pl.scan_csv(p)\n", [5]),
    "dask": ("import dask.dataframe as dd\n\ndef f(df, p):\n    df.to_csv(p)\n    return dd.read_csv(p)\n", [5]),
    "imported by name": ("from pandas import read_csv\n\ndef f(df, p):\n    df.to_csv(p)\n    return read_csv(p)\n", [5]),
    "at the level of the module": (P + "df.to_csv('x.csv')\nback = pd.read_csv('x.csv')\n", [5]),
    "in a loop": (
        P + "def f(frames):\n    for i, df in frames:\n        df.to_csv(f'{i}.csv')\n        use(pd.read_csv(f'{i}.csv'))\n",
        [7],
    ),
    "by keyword": (P + "def f(df, p):\n    df.to_csv(path_or_buf=p)\n    return pd.read_csv(filepath_or_buffer=p)\n", [6]),
    "a path object": (
        "from pathlib import Path\n"
        + P
        + "def f(df, d):\n    df.to_csv(Path(d) / 'x.csv')\n    return pd.read_csv(Path(d) / 'x.csv')\n",
        [7],
    ),
    "under try": (
        P + "def f(df, p):\n    try:\n        df = pd.read_csv(p)\n    except OSError:\n        df = load()\n"
        "        df.to_csv(p)\n    return df\n",
        [6],
    ),
    "a series": (P + "def f(df, p):\n    df['x'].to_csv(p)\n    return pd.read_csv(p)['x']\n", [6]),
    "a table": (P + "def f(df, p):\n    df.to_csv(p, sep='\\t')\n    return pd.read_table(p)\n", [6]),
    "read in two places": (
        P + "def w(df):\n    df.to_csv('a.csv')\n\ndef r():\n    return pd.read_csv('a.csv')\n\ndef s():\n"
        "    return pd.read_csv('a.csv')\n",
        [8, 11],
    ),
}

PEDANTIC = {
    "an array for others": ("from numpy import savetxt\n\nsavetxt('a.csv', a, delimiter=',')\n", [3]),
    "the csv module": ("import csv\n\nwith open('a.csv') as f:\n    rows = list(csv.reader(f))\n", [4]),
    "read only": (P + "df = pd.read_csv('in.csv')\n", [4]),
    "written only": (P + "df.to_csv('out.csv')\n", [4]),
    "read, changed and written": (P + "def f(p):\n    df = pd.read_csv(p)\n    df.to_csv(p)\n", [5, 6]),
    "another path": (P + "df = pd.read_csv('in.csv')\ndf.to_csv('out.csv')\n", [4, 5]),
}

GOOD = {
    "numbers of others": "import numpy as np\n\na = np.loadtxt('in.csv', delimiter=',')\n",
    "an array as it is": "import numpy as np\n\ndef f(a):\n    np.save('a.npy', a)\n    return np.load('a.npy')\n",
    "another savetxt": "import numpy\nimport shop\n\nshop.savetxt('a.csv', a)\n",
    "parquet": P + "def f(df, p):\n    df.to_parquet(p)\n    return pd.read_parquet(p)\n",
    "pickle": P + "def f(df, p):\n    df.to_pickle(p)\n    return pd.read_pickle(p)\n",
    "in from others": P + "df = pd.read_csv('in.csv')\n",
    "out to others": P + "df.to_csv('out.csv')\n",
    "in and out": P + "df = pd.read_csv('in.csv')\ndf.to_csv('out.csv')\n",
    "the same file, changed": P + "def f(p):\n    df = pd.read_csv(p)\n    df['x'] = 1\n    df.to_csv(p)\n",
    "an argument of the same name in another function": P
    + "def r(path):\n    return pd.read_csv(path)\n\ndef w(df, path):\n    df.to_csv(path)\n",
    "in memory": P + "text = df.to_csv()\n",
    "no file": P + "text = df.to_csv(None)\n",
    "the csv module": "import csv\n\ndef f(p):\n    with open(p) as g:\n        return list(csv.reader(g))\n",
    "another library": "import shop\n\ndef f(t, p):\n    t.to_csv(p)\n    return shop.read_csv(p)\n",
    "an own function": P + "def read_csv(p):\n    return p\n\ndef f(df, p):\n    df.to_csv(p)\n    return read_csv(p)\n",
    "an address": P + "df = pd.read_csv('https://example.org/data.csv')\n",
    "json": P + "def f(df, p):\n    df.to_json(p)\n    return pd.read_json(p)\n",
    "a path that differs": P + "def f(df, p, q):\n    df.to_csv(p)\n    return pd.read_csv(q)\n",
    "excel": P + "def f(df, p):\n    df.to_excel(p)\n    return pd.read_excel(p)\n",
    "feather": P + "def f(df, p):\n    df.to_feather(p)\n    return pd.read_feather(p)\n",
    "a database": P + "def f(df, c):\n    df.to_sql('t', c)\n    return pd.read_sql('select * from t', c)\n",
    "a name that each function has": P
    + "def r():\n    p = ask()\n    return pd.read_csv(p)\n\ndef w(df):\n    p = ask()\n    df.to_csv(p)\n",
    "a formatted path elsewhere": P
    + "def r(d):\n    return pd.read_csv(f'{d}/a.csv')\n\ndef w(df, d):\n    df.to_csv(f'{d}/a.csv')\n",
    "stars": P + "def f(df, p):\n    df.to_csv(*p)\n    return pd.read_csv(*p)\n",
}
