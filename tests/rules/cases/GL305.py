"""Tables that are loaded whole to be added up, and those that are needed whole."""

P = "import pandas as pd\n\n"

BAD = {
    "a sum": (P + "print(pd.read_csv('a')['x'].sum())\n", [3]),
    "under a name": (P + "df = pd.read_csv('a')\nprint(df['x'].sum())\n", [3]),
    "a length": (P + "print(len(pd.read_csv('a')))\n", [3]),
    "a length under a name": (P + "def f(p):\n    df = pd.read_csv(p)\n    return len(df)\n", [4]),
    "several values": (P + "df = pd.read_csv('a')\nprint(df['x'].min(), df['x'].max(), df['y'].mean())\n", [3]),
    "an attribute": (P + "df = pd.read_csv('a')\nprint(df.x.sum())\n", [3]),
    "all columns": (P + "df = pd.read_csv('a')\nprint(df.sum())\n", [3]),
    "counted values": (P + "df = pd.read_csv('a')\nprint(df['x'].value_counts())\n", [3]),
    "groups": (P + "df = pd.read_csv('a')\nprint(df.groupby('k')['x'].sum())\n", [3]),
    "rows one by one": (P + "df = pd.read_csv('a')\nfor row in df.itertuples():\n    print(row)\n", [3]),
    "rows with their index": (P + "df = pd.read_csv('a')\nfor i, row in df.iterrows():\n    print(row)\n", [3]),
    "rows in a comprehension": (P + "df = pd.read_csv('a')\nx = [r.x for r in df.itertuples()]\n", [3]),
    "without empty rows": (P + "print(pd.read_csv('a').dropna()['x'].sum())\n", [3]),
    "read_table": (P + "print(pd.read_table('a')['x'].sum())\n", [3]),
    "read_fwf": (P + "print(pd.read_fwf('a')['x'].sum())\n", [3]),
    "imported by name": ("from pandas import read_csv\n\nprint(read_csv('a')['x'].sum())\n", [3]),
    "in a method": (P + "class A:\n    def f(self):\n        df = pd.read_csv(self.p)\n        return df['x'].count()\n", [5]),
    "in a loop": (P + "def f(ps):\n    for p in ps:\n        print(pd.read_csv(p)['x'].max())\n", [5]),
    "with types": (P + "print(pd.read_csv('a', dtype={'x': 'int8'})['x'].sum())\n", [3]),
    "some columns": (P + "df = pd.read_csv('a', usecols=['x', 'y'])\nprint(df['x'].sum(), df['y'].sum())\n", [3]),
    "how many different ones": (P + "df = pd.read_csv('a')\nprint(df['x'].nunique())\n", [3]),
}

PEDANTIC = {
    "the rows of a query": (P + "def f(c):\n    return pd.read_sql('SELECT price FROM sales', c)['price'].max()\n", [4]),
    "the rows of a table": (
        P + "def f(c):\n    df = pd.read_sql_table('sales', c)\n    print(df['price'].sum(), len(df))\n",
        [4],
    ),
    "given back": (P + "def f(p):\n    return pd.read_csv(p)\n", [4]),
    "an attribute of self": (P + "class A:\n    def f(self):\n        self.df = pd.read_csv('a')\n", [5]),
}

GOOD = {
    "a query that adds up": P + "def f(c):\n    return pd.read_sql('select sum(price) s from sales', c)['s'].max()\n",
    "a query that is bounded": P
    + "def f(c):\n    return pd.read_sql_query('select price from sales limit 9', c)['price'].max()\n",
    "rows that are kept": P + "def f(c):\n    return pd.read_sql('select price from sales', c)\n",
    "part by part": P + "for part in pd.read_csv('a', chunksize=9):\n    print(part['x'].sum())\n",
    "an iterator": P + "it = pd.read_csv('a', iterator=True)\nprint(it.get_chunk(9)['x'].sum())\n",
    "a few rows": P + "print(pd.read_csv('a', nrows=9)['x'].sum())\n",
    "given back": P + "def f(p):\n    return pd.read_csv(p)\n",
    "passed on": P + "use(pd.read_csv('a'))\n",
    "the median": P + "df = pd.read_csv('a')\nprint(df['x'].median())\n",
    "sorted": P + "df = pd.read_csv('a')\nprint(df.sort_values('x'))\n",
    "merged": P + "df = pd.read_csv('a')\nprint(df.merge(b))\n",
    "changed": P + "df = pd.read_csv('a')\ndf['y'] = df['x'] - df['x'].mean()\nprint(df['y'].sum())\n",
    "a column kept": P + "x = pd.read_csv('a')['x']\n",
    "printed": P + "df = pd.read_csv('a')\nprint(df)\n",
    "also passed on": P + "df = pd.read_csv('a')\nprint(df['x'].sum())\nuse(df)\n",
    "bound twice": P + "df = pd.read_csv('a')\ndf = df[df.x > 1]\nprint(df['x'].sum())\n",
    "in memory": P + "import io\nprint(pd.read_csv(io.StringIO(s))['x'].sum())\n",
    "unknown arguments": P + "print(pd.read_csv('a', **options)['x'].sum())\n",
    "excel": P + "print(pd.read_excel('a')['x'].sum())\n",
    "parquet": P + "print(pd.read_parquet('a')['x'].sum())\n",
    "another library": "import pandas\nimport shop\n\nprint(shop.read_csv('a')['x'].sum())\n",
    "no argument": P + "print(pd.read_csv()['x'].sum())\n",
    "plotted": P + "df = pd.read_csv('a')\ndf.plot()\n",
    "written": P + "df = pd.read_csv('a')\ndf.to_parquet('b')\n",
}

BAD |= {
    "chosen rows": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(df[df['x'] > 3]['y'].sum())\n",
        [3],
    ),
    "chosen rows by loc": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(df.loc[df.x > 3, 'y'].mean())\n",
        [3],
    ),
    "a comparison": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint((df['level'] == 'ERROR').sum())\n",
        [3],
    ),
    "a product": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint((df['price'] * df['n']).sum())\n",
        [3],
    ),
    "the shape": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(df.shape[0])\n",
        [3],
    ),
    "the length of a choice": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(len(df[df.x > 1]))\n",
        [3],
    ),
    "the length of the index": (
        "import pandas as pd\n\nprint(len(pd.read_csv('a').index))\n",
        [3],
    ),
    "a builtin": (
        "import pandas as pd\n\nprint(max(pd.read_csv('a')['x']))\n",
        [3],
    ),
    "groups by agg": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(df.groupby('k').agg({'x': 'sum', 'y': ['min', 'max']}))\n",
        [3],
    ),
    "groups by names": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(df.groupby('k').agg(total=('x', 'sum')))\n",
        [3],
    ),
    "filled": (
        "import pandas as pd\n\nprint(pd.read_csv('a')['x'].fillna(0).sum())\n",
        [3],
    ),
}

PEDANTIC |= {
    "polars": (
        "import polars as pl\n\nprint(pl.read_csv('a')['x'].max())\n",
        [3],
    ),
    "polars under a name": (
        "import polars as pl\n\nclass A:\n    def f(self):\n        d = pl.read_parquet(self.p)\n        return d['x'].sum()\n",
        [5],
    ),
    "groups of polars": (
        "import polars as pl\n\nd = pl.read_csv('a')\nprint(d.group_by('k').agg(pl.col('x').sum().alias('s')))\n",
        [3],
    ),
    "polars of unknown use": (
        "import polars as pl\n\ndef f(p):\n    return pl.read_ndjson(p)\n",
        [4],
    ),
    "JSON by lines": (
        "import pandas as pd\n\nprint(pd.read_json('a', lines=True)['n'].sum())\n",
        [3],
    ),
    "JSON by lines, given back": (
        "import pandas as pd\n\ndef f(p):\n    return pd.read_json(p, lines=True)\n",
        [4],
    ),
    "SAS": (
        "import pandas as pd\n\nprint(pd.read_sas('a')['n'].sum())\n",
        [3],
    ),
    "the first rows": (
        "import pandas as pd\n\nprint(pd.read_csv('a').head())\n",
        [3],
    ),
    "the names of the columns": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(list(df.columns))\n",
        [3],
    ),
    "an aggregate of unknown kind": (
        "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(df.groupby('k').agg(f))\n",
        [3],
    ),
}

SILENT = {
    "sorted": "import pandas as pd\n\ndf = pd.read_csv('a')\nprint(df.sort_values('x'))\n",
    "sorted and written": "import pandas as pd\n\ndf = pd.read_csv('a')\ndf.sort_values('t').to_csv('b')\n",
    "drawn": "import pandas as pd\n\ndf = pd.read_csv('a')\ndf.plot(x='t', y='v')\n",
    "drawn otherwise": "import pandas as pd\n\ndf = pd.read_csv('a')\ndf['v'].plot.bar()\n",
    "the median": "import pandas as pd\n\nprint(pd.read_csv('a')['x'].median())\n",
    "the median of groups": "import pandas as pd\n\nprint(pd.read_csv('a').groupby('k')['x'].median())\n",
    "merged": "import pandas as pd\n\ndf = pd.read_csv('a')\nx = df.merge(b)\n",
    "a window": "import pandas as pd\n\ndf = pd.read_csv('a')\nx = df['v'].rolling(7).mean()\n",
    "JSON that is one document": "import pandas as pd\n\nprint(pd.read_json('a')['n'].sum())\n",
    "lazy": "import polars as pl\n\nprint(pl.scan_csv('a').select(pl.col('x').max()).collect())\n",
    "a few rows of polars": "import polars as pl\n\nprint(pl.read_csv('a', n_rows=9)['x'].max())\n",
    "polars in memory": "import polars as pl\n\nimport io\nprint(pl.read_csv(io.BytesIO(b))['x'].max())\n",
}

GOOD |= {
    "differences from the mean": P + "df = pd.read_csv('a')\nprint((df['x'] - df['x'].mean()).abs().sum())\n",
    "an average by a function": P + "df = pd.read_csv('a')\nprint(df.groupby('k').agg({'x': 'median'}))\n",
}
