"""Texts that GL615 must and must not report."""

_P = "import pandas as pd\n"
_N = "import numpy as np\n"

BAD = {
    "one": (_P + "if s.nunique() == 1:\n    pass\n", [2]),
    "not one": (_P + "if s.nunique() != 1:\n    pass\n", [2]),
    "more than one": (_P + "if s.nunique() > 1:\n    pass\n", [2]),
    "at most one": (_P + "if s.nunique() <= 1:\n    pass\n", [2]),
    "less than two": (_P + "if s.nunique() < 2:\n    pass\n", [2]),
    "two or more": (_P + "if s.nunique() >= 2:\n    pass\n", [2]),
    "the other way round": (_P + "if 1 == s.nunique():\n    pass\n", [2]),
    "the other way round, less": (_P + "if 1 < s.nunique():\n    pass\n", [2]),
    "a column": (_P + "if df['a'].nunique() == 1:\n    pass\n", [2]),
    "a column as an attribute": (_P + "if df.a.nunique() == 1:\n    pass\n", [2]),
    "missing values count": (_P + "if s.nunique(dropna=False) == 1:\n    pass\n", [2]),
    "len of unique": (_P + "if len(s.unique()) == 1:\n    pass\n", [2]),
    "size of unique": (_P + "if s.unique().size == 1:\n    pass\n", [2]),
    "shape of unique": (_P + "if s.unique().shape[0] > 1:\n    pass\n", [2]),
    "numpy": (_N + "if len(np.unique(x)) == 1:\n    pass\n", [2]),
    "size in numpy": (_N + "if np.unique(x).size < 2:\n    pass\n", [2]),
    "shape in numpy": (_N + "if np.unique(x).shape[0] == 1:\n    pass\n", [2]),
    "unique of pandas": (_P + "if len(pd.unique(x)) == 1:\n    pass\n", [2]),
    "assert": (_P + "def f(s):\n    assert s.nunique() == 1, 'many'\n", [3]),
    "while": (_P + "while s.nunique() > 1:\n    s = step(s)\n", [2]),
    "and": (_P + "x = a and s.nunique() == 1\n", [2]),
    "not": (_P + "x = not s.nunique() == 1\n", [2]),
    "a choice": (_P + "x = 1 if s.nunique() == 1 else 2\n", [2]),
    "in a comprehension": (_P + "x = [c for c in df if df[c].nunique() == 1]\n", [2]),
    "of a call": (_P + "if load().nunique() == 1:\n    pass\n", [2]),
    "in a class": (_P + "class A:\n    def f(self):\n        if self.s.nunique() == 1:\n            return 1\n", [4]),
    "in a coroutine": (_P + "async def f(s):\n    if s.nunique() == 1:\n        await g()\n", [3]),
}

PEDANTIC = {
    "a list": (_N + "if len(np.unique(list(map(len, xs)))) > 1:\n    pass\n", [2]),
    "perhaps a list": (_N + "if isinstance(x, (list, np.ndarray)) and len(np.unique(x)) == 1:\n    pass\n", [2]),
    "kept": (_P + "x = df.nunique() == 1\n", [2]),
    "a mask": (_P + "df = df.loc[:, df.nunique() > 1]\n", [2]),
    "returned": (_P + "def f(s):\n    return s.nunique() == 1\n", [3]),
}

GOOD = {
    "a list with a name": _N
    + "def f(types):\n    codes = [code(t) for t in types]\n    if len(np.unique(codes)) > 1:\n        pass\n",
    "another number": _P + "if s.nunique() == 3:\n    pass\n",
    "at most two": _P + "if s.nunique() <= 2:\n    pass\n",
    "none": _P + "if s.nunique() == 0:\n    pass\n",
    "compared with a name": _P + "if s.nunique() == k:\n    pass\n",
    "compared with a length": _P + "if s.nunique() == len(s):\n    pass\n",
    "the count": _P + "n = s.nunique()\n",
    "the values": _P + "v = s.unique()\nif len(v) == 1:\n    use(v)\n",
    "groups": _P + "if df.groupby('a').b.nunique() > 1:\n    pass\n",
    "groups at the end": _P + "if (df.groupby('a')['b'].nunique() > 1).any():\n    pass\n",
    "names of columns": _P + "if df.columns.nunique() == 1:\n    pass\n",
    "types": _P + "if df.dtypes.nunique() > 1:\n    pass\n",
    "a length": _P + "if len(s) == 1:\n    pass\n",
    "a set": _P + "if len(set(s)) == 1:\n    pass\n",
    "no pandas": "if s.nunique() == 1:\n    pass\n",
    "counts per value": _N + "if len(np.unique(x, return_counts=True)) == 1:\n    pass\n",
    "per axis": _N + "if len(np.unique(x, axis=0)) == 1:\n    pass\n",
    "another shape": _N + "if np.unique(x).shape[1] == 1:\n    pass\n",
    "a chain": _P + "if 0 < s.nunique() <= 1:\n    pass\n",
    "as it should be": _P + "if (s.to_numpy() == s.iloc[0]).all():\n    pass\n",
    "a float": _P + "if s.nunique() == 1.0:\n    pass\n",
    "identity": _P + "if s.nunique() is 1:\n    pass\n",
    "own len": _P + "from m import len\nif len(s.unique()) == 1:\n    pass\n",
    "per axis in pandas": _P + "if df.nunique(axis=1) == 1:\n    pass\n",
    "unique of another library": _P + "if len(tools.unique(s)) == 1:\n    pass\n",
}
