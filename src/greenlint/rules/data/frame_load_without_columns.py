"""GL303 frame-load-without-columns."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._frame_uses import loads_of
from greenlint.rules.data._frames import Columns
from greenlint.source.infer import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LOADERS = {
    "pandas.read_csv": "usecols",
    "pandas.read_table": "usecols",
    "pandas.read_excel": "usecols",
    "pandas.read_parquet": "columns",
    "pandas.read_feather": "columns",
    "pandas.read_orc": "columns",
    "polars.read_csv": "columns",
    "polars.read_parquet": "columns",
    "polars.read_ipc": "columns",
}
"""Qualified loader -> its parameter that selects columns."""
_ALL_MAY_BE_USED = 30
"""Nothing shows which columns are used."""
_WRITERS = frozenset(
    {
        *("to_csv", "to_dict", "to_excel", "to_feather", "to_hdf", "to_html", "to_json", "to_latex", "to_markdown", "to_numpy"),
        *("to_orc", "to_parquet", "to_pickle", "to_records", "to_sql", "to_string"),
    }
)
_LIBRARIES = frozenset(name.split(".")[0] for name in _LOADERS)
_OTHER_RESULT = frozenset({"chunksize", "iterator", "squeeze", "nrows", "n_rows", "sheet_name", "header", "names", "index_col"})
"""Arguments that give something else than a frame of named columns, or few rows."""


class FrameLoadWithoutColumns(FileRule):
    """A table is loaded with all its columns although only a few named ones are used.

    ## Why it wastes

    Every column that is loaded is parsed, converted and held in memory. `usecols=` (CSV, Excel) skips the others while
    parsing, `columns=` (Parquet, Feather, ORC) does not even read them from the disk.

    ## When to leave it alone

    When the file holds no other columns. The rule follows the frame through one function or script and is silent as soon as it
    leaves its sight: returned, passed on, stored, iterated, printed, or asked for anything about all its columns (`.columns`,
    `.shape`, `.head()`, `.merge()` ...). It is silent for `chunksize`, `nrows`, `header`, `names`, `index_col` and
    `sheet_name`, for data in memory, for lazy readers (`polars.scan_*`, dask), which select columns themselves, for `read_json`,
    which cannot, and for more than `max-columns` used columns. Of all other loads without a list of columns it says so with a confidence
    of 30, except where the whole frame is described or written out.

    ## Evidence

    Whole processes, CPython 3.11.7, pandas: 3 of 20 columns of 400,000 rows, peak memory 257 -> 91 MB, CPU 0.56 -> 0.45 s
    with the import of pandas in both (`python benchmarks/rules/run.py GL303`).
    """

    code = "GL303"
    name = "frame-load-without-columns"
    effect = Effect(EffectClass.MEMORY, "parses and holds unused columns (257 -> 91 MB with 3 of 20 columns)", "bench GL303")
    confidence = 80
    packages = _LIBRARIES
    options = {"max-columns": 8}
    examples = (
        Bad(
            "import pandas as pd\n\ndf = pd.read_csv('sales.csv')\nprint(df['price'].sum(), df.tax.mean())\n",
            fixed='import pandas as pd\n\ndf = pd.read_csv(\'sales.csv\', usecols=["price", "tax"])\n'
            "print(df['price'].sum(), df.tax.mean())\n",
            lines=(3,),
        ),
        Bad(
            "from pandas import read_parquet as rp\n\ndef f(p):\n    return rp(p,)[['a', 'b']].sum()\n",
            fixed="from pandas import read_parquet as rp\n\ndef f(p):\n    return rp(p, columns=[\"a\", \"b\"],)[['a', 'b']].sum()\n",
            lines=(4,),
        ),
        Bad(
            "import pandas\n\ndef f(p):\n    t = pandas.read_csv(\n        p,\n        sep=';',  # semicolons\n    )\n"
            "    return t[t.year > 2000].groupby('land')['menge'].sum()\n",
            fixed='import pandas\n\ndef f(p):\n    t = pandas.read_csv(\n        p,\n        sep=\';\', usecols=["year", "land", "menge"],'
            "  # semicolons\n    )\n    return t[t.year > 2000].groupby('land')['menge'].sum()\n",
            lines=(4,),
        ),
        Bad(
            "import pandas as pd\n\ndef f(p):\n    df = pd.read_feather(p)\n    df['total'] = df['n'] * df['price']\n"
            "    late = df[df['day'].isin([6, 7])]\n    return late['total'].sum(), len(df)\n",
            fixed='import pandas as pd\n\ndef f(p):\n    df = pd.read_feather(p, columns=["n", "price", "day"])\n'
            "    df['total'] = df['n'] * df['price']\n"
            "    late = df[df['day'].isin([6, 7])]\n    return late['total'].sum(), len(df)\n",
            lines=(4,),
        ),
        Bad(
            "import polars as pl\n\ndef f(p):\n    return pl.read_parquet(p).select('naïve')\n",
            fixed="import polars as pl\n\ndef f(p):\n    return pl.read_parquet(p, columns=[\"naïve\"]).select('naïve')\n",
        ),
        Bad(
            "import pandas as pd\n\ndef f(p):\n    df = pd.read_excel(p)\n    return df.loc[df.a > 1, 'b'].tolist()\n",
            fixed='import pandas as pd\n\ndef f(p):\n    df = pd.read_excel(p, usecols=["a", "b"])\n'
            "    return df.loc[df.a > 1, 'b'].tolist()\n",
        ),
        Bad(
            "import pandas as pd\n\ndef f(p):\n    df = pd.read_table(p)\n    def mean():\n        return df['x'].mean()\n    return mean()\n",
            fixed='import pandas as pd\n\ndef f(p):\n    df = pd.read_table(p, usecols=["x"])\n    def mean():\n'
            "        return df['x'].mean()\n    return mean()\n",
        ),
        Bad(
            "import pandas as pd\n\ndef f(p):\n    xs = pd.read_orc(p).sort_values('t')['x']\n    return [x for x in xs]\n",
            fixed="import pandas as pd\n\ndef f(p):\n    xs = pd.read_orc(p, columns=[\"t\", \"x\"]).sort_values('t')['x']\n"
            "    return [x for x in xs]\n",
        ),
        Good("import pandas as pd\ndf = pd.read_csv(p, usecols=['a'])\nprint(df['a'])\n", "says which"),
        Good("import pandas as pd\ndef f(p):\n    df = pd.read_csv(p)\n    print(df['a'])\n    return df\n", "returned"),
        Good("import pandas as pd\ndef f(p):\n    df = pd.read_csv(p)\n    g(df)\n    return df['a']\n", "passed on"),
        Good("import pandas as pd\ndf = pd.read_csv(p)\nprint(df.columns, df['a'])\n", "asks for all"),
        Good("import pandas as pd\ndf = pd.read_csv(p)\nprint(df.mean(), df.a)\n", "a method, not a column"),
        Good("import pandas as pd\ndef f(p, c):\n    df = pd.read_csv(p)\n    return df[c]\n", "not a literal column"),
        Good("import pandas as pd\ndf = pd.read_json(p)\nprint(df['a'])\n", "read_json cannot"),
        Good("import pandas as pd, io\ndf = pd.read_csv(io.StringIO(s))\nprint(df['a'])\n", "in memory"),
        Good("import pandas as pd\nfor part in pd.read_csv(p, chunksize=9):\n    print(part['a'])\n", "not a frame"),
        Good(
            "import pandas as pd\ndef f(p):\n    df = pd.read_csv(p)\n    df = df.rename(str)\n    return df['a']\n", "rebound"
        ),
        Good("import csv\ndf = csv.read_csv(p)\nprint(df['a'])\n", "another library"),
        Good("import pandas as pd\ndf = pd.read_csv(p, **options)\nprint(df['a'])\n", "unknown arguments"),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield findings about the loads of a file that imports a data frame library."""
        imported = {local: target for local, target in module.imports.items() if target.split(".")[0] in _LIBRARIES}
        if imported:
            functions = {name.split(".")[1] for name in _LOADERS}
            for callee in functions.union(local for local, target in imported.items() if target in _LOADERS):
                for call in module.calls(callee):
                    yield from self._load(call, module)

    def _load(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A finding when all that happens to the frame is that a few literal columns are read."""
        loader = module.qualified_name(node.func) or ""
        parameter = _LOADERS.get(loader)
        if parameter is None or not (node.args or node.keywords) or any(k.arg in (None, parameter) for k in node.keywords):
            return
        names = self._needed(node, loader, module)
        if not names:
            if self.least > _ALL_MAY_BE_USED or any(_takes_all(use, module) for use in loads_of(node, module) or ()):
                return
            message = f"loads all columns; name those that are used in `{parameter}=`"
            yield self.finding(node, module, message, confidence=_ALL_MAY_BE_USED)
            return
        shown = ", ".join(names)
        message = f"loads all columns and uses only {shown}; name them in `{parameter}=`"
        yield self.finding(node, module, message, fix=_fix(node, parameter, names, module))

    def _needed(self, node: ast.Call, loader: str, module: Module) -> list[str]:
        """The few columns of the frame that are used; empty when they are many or nothing shows them."""
        if len(node.args) > 1 or any(k.arg in _OTHER_RESULT for k in node.keywords) or _is_starred(node):
            return []
        if any(kind_of(argument, module) == "memory-file" for argument in node.args):
            return []
        columns = Columns(module, attributes=loader.startswith("pandas."))
        names = columns.needed() if columns.follow(node) else []
        return names if len(names) <= self.option["max-columns"] else []


def _takes_all(use: ast.expr, module: Module) -> bool:
    """Whether this use of a frame looks at all its columns, or writes them out."""
    method = module.parent(use)
    if not (isinstance(method, ast.Attribute) and isinstance(module.parent(method), ast.Call)):
        return False
    return method.attr == "describe" or method.attr in _WRITERS


def _is_starred(node: ast.Call) -> bool:
    return any(isinstance(argument, ast.Starred) for argument in node.args)


def _fix(node: ast.Call, parameter: str, names: list[str], module: Module) -> Fix | None:
    dates = next((k.value for k in node.keywords if k.arg == "parse_dates"), None)
    if dates is not None:
        if not isinstance(dates, ast.List):
            return None
        named = [item.value for item in dates.elts if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        if len(named) != len(dates.elts):
            return None
        names = list(dict.fromkeys(names + named))
    listed = ", ".join(f'"{name}"' if repr(name) == f"'{name}'" else repr(name) for name in names)
    last = max([*node.args, *(k.value for k in node.keywords)], key=lambda argument: module.span(argument)[1])
    end = module.span(last)[1]
    return Fix("Load only these columns", (Edit(end, end, f", {parameter}=[{listed}]"),), Applicability.UNSAFE)
