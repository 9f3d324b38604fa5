"""GL305 frame-load-without-chunks."""

from __future__ import annotations

import re

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._frame_uses import (
    LAZY,
    OTHER_LOADERS,
    SQL_LOADERS,
    TEXT_LOADERS,
    given,
    is_aggregated,
    is_first,
    loader,
    loads_of,
    needs_all,
)
from greenlint.rules.database._sql import sql_text
from greenlint.source.calls import constant, keyword

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from greenlint.source.module import Module

_MAY_NEED_ALL = 25
"""Below the default threshold: what is done with the rows may need all of them."""
_OF_A_QUERY = 50
"""What the query gives may be few rows."""
_FEW = re.compile(r"\b(limit|top|fetch first|group by|count\s*\(|sum\s*\(|avg\s*\(|min\s*\(|max\s*\()", re.IGNORECASE)
"""Words of a statement that gives few rows, or has the database add them up already."""
_PARTS = frozenset({"chunksize", "iterator", "nrows", "n_rows", "row_count_name"})
_LOADERS = TEXT_LOADERS | SQL_LOADERS | OTHER_LOADERS | LAZY.keys()


class FrameLoadWithoutChunks(FileRule):
    """A table is loaded whole although only sums, counts and the like are made of it.

    ## Why it wastes

    A frame of all rows lies in memory at the same time, three to ten times the size of the file. `chunksize=` reads a part at a time,
    and sums, counts, smallest and largest values of the parts add up to those of the whole.

    ## When to leave it alone

    When the file is small, which its text does not tell: the rule stays in preview for that reason. Where the frame is more than aggregated,
    confidence is 25, so that only `--pedantic` shows it, and 50 where the rows are those of a query, which may be few, of a loader other
    than those of text (JSON by lines, SAS, Stata, polars, which has `scan_csv` for it), or where only the first rows are looked at.
    The rule is silent where all rows are needed at the same time (sorted, merged, drawn, a median), for `nrows`, for parts, for JSON
    that is one document, and for data in memory.

    ## Evidence

    Whole processes, CPython 3.11.7, pandas: 500,000 rows of four columns 121 -> 74 MB, 200,000 90 -> 74 MB, of which the import of
    pandas takes 71; CPU the same (`python benchmarks/rules/run.py GL305`).

    In preview: the size of the file is not known, and real libraries have no finding to judge by.
    """

    code = "GL305"
    name = "frame-load-without-chunks"
    effect = Effect(EffectClass.MEMORY, "holds all rows (121 -> 74 MB for 500,000 of four columns)", "bench GL305")
    confidence = 60
    preview = True
    callees = frozenset(name.rpartition(".")[2] for name in _LOADERS)
    packages = frozenset({"pandas", "polars"})
    examples = (
        Bad(
            "import pandas as pd\n\ndf = pd.read_csv('sales.csv')\nprint(df['price'].sum(), len(df))\n",
            lines=(3,),
        ),
        Bad("import pandas as pd\n\nprint(pd.read_csv('sales.csv').groupby('land')['price'].sum())\n", lines=(3,)),
        Good(
            "import pandas as pd\n\ntotal = 0\nfor part in pd.read_csv('a.csv', chunksize=100_000):\n    total += part['x'].sum()\n",
            "part by part",
        ),
        Good("import pandas as pd\n\nprint(pd.read_csv('a.csv', nrows=10)['x'].sum())\n", "a few rows"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` loads a whole file of rows."""
        name = loader(node, module)
        if name not in _LOADERS or given(node) & _PARTS:
            return
        if name == "pandas.read_json" and constant(keyword(node, "lines")) is not True:
            return
        uses = loads_of(node, module)
        aggregated = bool(uses) and all(is_aggregated(use, module) for use in uses or ())
        if name in SQL_LOADERS:
            query = sql_text(node.args[0], module) if node.args else None
            if aggregated and not _FEW.search(query or ""):
                message = "fetches all rows only to add them up; the query can do that (`SELECT SUM(...)`)"
                yield self.finding(node, module, message, confidence=_OF_A_QUERY)
            return
        lazy = LAZY.get(name or "")
        if aggregated and lazy is not None:
            message = f"loads all rows only to add them up; `{lazy}` and `collect` read what that needs, part by part"
            yield self.finding(node, module, message, confidence=_OF_A_QUERY)
        elif aggregated:
            message = "loads all rows only to add them up; `chunksize=` does that part by part"
            yield self.finding(node, module, message, confidence=self.confidence if name in TEXT_LOADERS else _OF_A_QUERY)
        elif uses and all(is_first(use, module) for use in uses):
            message = f"loads all rows to look at the first ones; `{'n_rows' if lazy else 'nrows'}=` reads only those"
            yield self.finding(node, module, message, confidence=_OF_A_QUERY)
        elif not any(needs_all(use, module) for use in uses or ()):
            instead = f"`{lazy}` reads" if lazy is not None else "`chunksize=` reads"
            message = f"loads all rows at once; if the file is large, {instead} it part by part"
            yield self.finding(node, module, message, confidence=_MAY_NEED_ALL)
