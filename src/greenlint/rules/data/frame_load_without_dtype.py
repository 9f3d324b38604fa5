"""GL304 frame-load-without-dtype."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._frame_uses import LOADERS, given, loader, loads_of
from greenlint.source.blocks import place_in_block
from greenlint.source.calls import is_open_ended, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_GUESSED = 30
"""Below the default threshold: the types that pandas guesses may be the right ones."""
_SMALL = frozenset({"category", "float16", "float32", "int16", "int32", "int8", "uint16", "uint32", "uint8"})
"""Types that take less room than those that pandas guesses."""
_CONVERTED = frozenset({"converters", "dtype", "nrows"})
_IN_PARTS = frozenset({"chunksize", "iterator"})
_ONE_PART = 20
"""Only a part of the table is in memory, but the types of each part are guessed anew."""
_LIKE_PANDAS = ("modin.pandas.", "dask.dataframe.", "cudf.", "pyspark.pandas.")
"""Modules with the loaders of pandas."""
_MAPPING = frozenset({"imap", "imap_unordered", "map", "partial", "starmap", "submit"})


class FrameLoadWithoutDtype(FileRule):
    """A table is loaded with guessed types, and its columns are converted to smaller ones afterwards.

    ## Why it wastes

    Without `dtype=` pandas reads every number as 64 bits and every text as an object of its own. `astype("category")` or
    `astype("float32")` after the load comes too late: the large columns are there already, and are walked once more.

    ## When to leave it alone

    When the column must be cleaned before it can be converted: the rule is silent unless the column comes straight from the file, and
    where `converters` or `nrows` are given. A load without `dtype` that nothing converts gets confidence 30, also where the loader is
    handed on (`map(pd.read_csv, paths)`) or is that of modin, Dask, cuDF or Spark, and one in parts (`chunksize`) 20, both
    hidden by default: the types may be right.

    ## Evidence

    Whole processes, CPython 3.11.7, pandas, six columns: 500,000 rows 128 -> 108 MB, 100,000 83 -> 81 MB with the import of pandas
    in both; CPU the same (`python benchmarks/rules/run.py GL304`).

    In preview: 8.3 million lines of real code, most of them libraries, have no finding of this confidence.
    """

    code = "GL304"
    name = "frame-load-without-dtype"
    effect = Effect(
        EffectClass.MEMORY,
        "columns at full size before they are made small (128 -> 108 MB for 500,000 rows of six)",
        "bench GL304",
    )
    confidence = 80
    preview = True
    callees = frozenset(name.rpartition(".")[2] for name in LOADERS) | _MAPPING
    packages = frozenset({"pandas", "modin", "dask", "cudf", "pyspark"})
    examples = (
        Bad(
            "import pandas as pd\n\ndf = pd.read_csv('sales.csv')\ndf['land'] = df['land'].astype('category')\nprint(df)\n",
            lines=(3,),
        ),
        Bad("import pandas as pd\n\ndf = pd.read_csv('a.csv').astype({'x': 'float32', 'y': 'int8'})\n", lines=(3,)),
        Good("import pandas as pd\n\ndf = pd.read_csv('sales.csv', dtype={'land': 'category'})\n", "says it at once"),
        Good(
            "import pandas as pd\n\ndf = pd.read_csv('a.csv')\ndf['n'] = df['n'].fillna(0).astype('int32')\n",
            "cleaned before",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` loads a frame whose types are guessed."""
        if last_name(node.func) in _MAPPING:
            handed = _handed_on(node, module)
            message = "each load guesses the types, 64 bits and text objects; hand on a loader with `dtype=`"
            if handed:
                yield self.finding(node, module, message, confidence=_GUESSED)
            return
        known = loader(node, module) is not None
        if not (known or _is_like_pandas(node, module)) or _says_types(node):
            return
        if given(node) & _IN_PARTS:
            message = "guesses the types of each part anew, 64 bits and text objects; name smaller ones in `dtype=`"
            yield self.finding(node, module, message, confidence=_ONE_PART)
            return
        converted = _converted(node, module) if known else None
        if converted:
            message = (
                f"loads `{converted[0]}` at full size and converts it to {converted[1]} afterwards; name the type in `dtype=`"
            )
            yield self.finding(node, module, message)
            return
        message = "loads columns of guessed types, 64 bits and text objects; name smaller ones in `dtype=`"
        yield self.finding(node, module, message, confidence=_GUESSED)


def _says_types(node: ast.Call) -> bool:
    """Whether the call names types, converts on its own, or loads a few rows; `dtype=None` is the same as nothing."""
    return any(item.arg in _CONVERTED and not _is_none(item.value) for item in node.keywords)


def _is_none(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _is_like_pandas(node: ast.Call, module: Module) -> bool:
    """A loader of a library that has the interface of pandas."""
    name = module.qualified_name(node.func) or ""
    known = name.startswith(_LIKE_PANDAS) and f"pandas.{name.rpartition('.')[2]}" in LOADERS
    return known and bool(node.args or node.keywords) and not is_open_ended(node)


def _handed_on(node: ast.Call, module: Module) -> bool:
    """`map(pd.read_csv, paths)`, `partial(pd.read_csv, sep=";")`."""
    handed = bool(node.args) and module.qualified_name(node.args[0]) in LOADERS
    return handed and not is_open_ended(node) and not _says_types(node)


def _converted(node: ast.Call, module: Module) -> tuple[str, str] | None:
    """A column that is converted as it came from the file, and its type."""
    holder = module.parent(node)
    if isinstance(holder, ast.Attribute):
        return _whole_frame(holder, module)
    statement = module.statement(node)
    block, first = place_in_block(statement, module)
    for use in loads_of(node, module) or []:
        conversion = module.statement(use)
        same, place = place_in_block(conversion, module)
        part = module.parent(use)
        if same is not block or place <= first or not isinstance(conversion, ast.Assign):
            continue
        found = _column(part, conversion, module) if isinstance(part, (ast.Attribute, ast.Subscript)) else None
        if found and not _stored_before(found[0], block[first + 1 : place]):
            return found
    return None


def _whole_frame(attribute: ast.Attribute, module: Module) -> tuple[str, str] | None:
    """`read_csv(...).astype({"x": "float32"})`."""
    call = module.parent(attribute)
    if attribute.attr != "astype" or not isinstance(call, ast.Call) or len(call.args) != 1:
        return None
    given_types = call.args[0]
    if isinstance(given_types, ast.Dict):
        for key, value in zip(given_types.keys, given_types.values):
            small = _small_type(value)
            if small and isinstance(key, ast.Constant):
                return str(key.value), small
        return None
    small = _small_type(given_types)
    return ("all columns", small) if small else None


def _column(part: ast.Attribute | ast.Subscript, statement: ast.Assign, module: Module) -> tuple[str, str] | None:
    """`df["x"] = df["x"].astype("category")`."""
    method = module.parent(part)
    call = module.parent(method) if isinstance(method, ast.Attribute) and method.attr == "astype" else None
    if not isinstance(call, ast.Call) or statement.value is not call or len(call.args) != 1:
        return None
    small = _small_type(call.args[0])
    if small is None or ast.unparse(statement.targets[0]) != ast.unparse(part):
        return None
    if isinstance(part, ast.Attribute):
        return part.attr, small
    return (str(part.slice.value), small) if isinstance(part.slice, ast.Constant) else None


def _small_type(node: ast.expr) -> str | None:
    name = node.value if isinstance(node, ast.Constant) else node.attr if isinstance(node, ast.Attribute) else None
    return name if isinstance(name, str) and name in _SMALL else None


def _stored_before(column: str, between: list[ast.stmt]) -> bool:
    """Whether the frame was worked on between the load and the conversion, so that the column may not be the file's."""
    for statement in between:
        for part in ast.walk(statement):
            stored = isinstance(part, ast.Subscript) and not isinstance(part.ctx, ast.Load)
            if stored and ast.unparse(part.slice) == repr(column):  # type: ignore[attr-defined]
                return True
            if isinstance(part, ast.keyword) and part.arg == "inplace":
                return True
    return False
