"""GL303 frame-load-without-columns."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ARGUMENT = {
    "pandas.read_csv": "usecols",
    "pandas.read_table": "usecols",
    "pandas.read_excel": "usecols",
    "pandas.read_parquet": "columns",
    "pandas.read_feather": "columns",
    "pandas.read_orc": "columns",
    "polars.read_csv": "columns",
    "polars.read_parquet": "columns",
}
_CHANGES_COLUMNS = frozenset({"usecols", "columns", "names", "header", "index_col", "chunksize", "iterator", "nrows"})


class FrameLoadWithoutColumns(FileRule):
    """A table is loaded with all its columns, but only some are used.

    ## Why it wastes

    Every column is read, parsed and kept in memory. `usecols=` (`columns=` for columnar formats) leaves out the others; with
    Parquet, Feather and ORC they are not even read from the disk.

    ## When to leave it alone

    When the file has no other columns. The rule is silent unless it sees every use of the frame in the same function, and each
    is a column by its literal name: a frame that is returned, passed on, iterated or asked for anything else is left alone.

    ## Evidence

    `python benchmarks/rules/run.py GL303`; see benchmarks/rules/RESULTS.md.
    """

    code = "GL303"
    name = "frame-load-without-columns"
    effect = Effect(EffectClass.MEMORY, "parses and keeps columns that nothing uses", "bench GL303")
    confidence = 90
    callees = frozenset(name.rpartition(".")[2] for name in _ARGUMENT)
    examples = (
        Bad(
            "import pandas as pd\n\ndef f(p):\n    df = pd.read_csv(p)\n    return df['a'].sum() + df['b'].sum()\n",
            fixed="import pandas as pd\n\ndef f(p):\n    df = pd.read_csv(p, usecols=['a', 'b'])\n"
            "    return df['a'].sum() + df['b'].sum()\n",
            lines=(4,),
        ),
        Bad(
            "from pandas import read_parquet\n\ndef f(p):\n    t = read_parquet(\n        p,\n    )\n    return t[['x', 'y']].mean()\n",
            fixed="from pandas import read_parquet\n\ndef f(p):\n    t = read_parquet(\n        p, columns=['x', 'y'],\n    )\n"
            "    return t[['x', 'y']].mean()\n",
            lines=(4,),
        ),
        Good("import pandas as pd\n\ndef f(p):\n    df = pd.read_csv(p, usecols=['a'])\n    return df['a'].sum()\n", "told"),
        Good("import pandas as pd\n\ndef f(p):\n    df = pd.read_csv(p)\n    print(df['a'])\n    return df\n", "returned"),
        Good("import pandas as pd\n\ndef f(p):\n    df = pd.read_csv(p)\n    return df.groupby('a')['b'].sum()\n", "a method"),
        Good("import pandas as pd\n\ndef f(p, c):\n    df = pd.read_csv(p)\n    return df[c].sum()\n", "any column"),
        Good(
            "import pandas as pd\n\ndef f(p):\n    df = pd.read_csv(p)\n    df['c'] = 1\n    return df['a']\n", "it is changed"
        ),
        Good("import pandas as pd\n\ndef f(p):\n    df = pd.read_json(p)\n    return df['a']\n", "no such argument"),
        Good("import pandas as pd\n\ndf = pd.read_csv('x')\nprint(df['a'])\n", "a module variable may be imported"),
        Good("import pandas as pd\n\ndef f(p):\n    df = pd.read_csv(p)\n    return len(df), df['a']\n", "passed on"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when literal columns are all that is used of the frame."""
        argument = _ARGUMENT.get(module.qualified_name(node.func) or "")
        if argument is None or any(k.arg is None or k.arg in _CHANGES_COLUMNS for k in node.keywords):
            return
        columns = _columns(node, module)
        if not columns or not node.args:
            return
        shown = ", ".join(repr(column) for column in columns)
        last = max((module.span(part)[1] for part in (*node.args, *node.keywords)), default=0)
        fix = Fix("Load only these columns", (Edit(last, last, f", {argument}=[{shown}]"),), Applicability.UNSAFE)
        message = f"loads every column, but only {shown} are used; pass `{argument}=`"
        yield self.finding(node, module, message, fix=fix)


def _columns(node: ast.Call, module: Module) -> list[str]:
    """The literal columns, in order of first use, when nothing else is done with the frame; else empty."""
    from greenlint.source.names import names_of

    holder = module.parent(node)
    if not isinstance(holder, ast.Assign) or len(holder.targets) != 1 or not isinstance(holder.targets[0], ast.Name):
        return []
    target, names = holder.targets[0], names_of(module)
    scope = names.scope(target)
    if scope is None or isinstance(scope, (ast.Module, ast.ClassDef)) or len(names.bindings(target.id, scope)) != 1:
        return []
    columns: dict[str, None] = {}
    for load in names.loads(target.id, scope):
        use = module.parents[load]
        if not isinstance(use, ast.Subscript) or use.value is not load or not isinstance(use.ctx, ast.Load):
            return []
        keys = use.slice.elts if isinstance(use.slice, ast.List) else [use.slice]
        for key in keys:
            if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
                return []
            columns[key.value] = None
    return list(columns)
