"""GL306 csv-as-intermediate."""

from __future__ import annotations

import ast
from collections import defaultdict

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

_ONE_SIDE = 25
"""Below the default threshold: who else reads or writes the file is not known, and CSV may be what they understand."""
_ROUND_TRIP = 50
"""In a test, that is what is tested."""
_READERS = frozenset({"genfromtxt", "loadtxt", "read_csv", "scan_csv", "read_table"})
_WRITERS = frozenset({"savetxt", "to_csv", "write_csv", "sink_csv"})
_ARRAYS = frozenset({"genfromtxt", "loadtxt", "savetxt"})
"""Functions of numpy."""
_LIBRARIES = frozenset({"cudf", "dask", "numpy", "pandas", "polars", "pyarrow", "modin", "geopandas", "vaex"})


_CSV = frozenset({"csv.DictReader", "csv.DictWriter", "csv.reader", "csv.writer"})


_TEXT = "{} a table as text; if only this project uses it, {} is smaller and faster"


class CsvAsIntermediate(FileRule):
    """A program writes a table as CSV to read it back itself.

    ## Why it wastes

    In a CSV file every number is text: it is written digit by digit and read digit by digit, the types are guessed anew, and the file
    is larger. Parquet or Feather hold the columns as they are in memory, compressed, and give back single columns; for
    one machine and one version, a pickle does.

    ## When to leave it alone

    When somebody else reads the file, or a person looks at it. The rule is sure where one file of the program both writes and reads
    the same path with a data frame library or numpy. One side alone gets confidence 25, as CSV may be what the others understand, and
    tests of the round trip get 50.

    ## Evidence

    Whole processes, CPython 3.11.7, pandas, against a pickle of the frame, as Parquet needs pyarrow: 200,000 rows of two columns 0.593 ->
    0.401 s of CPU and 101 -> 78 MB, 50,000 0.452 -> 0.408 s; the import of pandas is in both (`python benchmarks/rules/run.py GL306`).

    In preview: 8.3 million lines of real code, most of them libraries, have no finding of this confidence outside of tests.
    """

    code = "GL306"
    name = "csv-as-intermediate"
    effect = Effect(
        EffectClass.TRANSFER,
        "numbers as text, written and parsed again (0.593 -> 0.401 s of CPU for 200,000 rows)",
        "bench GL306",
    )
    confidence = 70
    preview = True
    callees = _READERS | _WRITERS | {name.rpartition(".")[2] for name in _CSV}
    packages = _LIBRARIES | {"csv"}
    examples = (
        Bad(
            "import pandas as pd\n\ndef prepare(df):\n    df.to_csv('cache.csv')\n\ndef work():\n    return pd.read_csv('cache.csv')\n",
            lines=(7,),
        ),
        Bad(
            "import os\nimport pandas as pd\n\nCACHE = os.path.join('data', 'clean.csv')\n\nif os.path.exists(CACHE):\n"
            "    df = pd.read_csv(CACHE)\nelse:\n    df = load()\n    df.to_csv(CACHE, index=False)\n",
            lines=(7,),
        ),
        Good("import pandas as pd\n\ndf = pd.read_csv('in.csv')\ndf.to_csv('out.csv')\n", "from others, for others"),
        Good("import pandas as pd\n\npd.read_parquet('cache.parquet').to_parquet('cache.parquet')\n", "columns as they are"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` reads what the same file writes, or handles CSV at all."""
        path = _path(node)
        if path is None:
            return
        callee = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        if callee not in _READERS | _WRITERS:
            if module.qualified_name(node.func) in _CSV:
                yield self.finding(node, module, _TEXT.format("handles", "Parquet or Feather"), confidence=_ONE_SIDE)
            return
        reads = callee in _READERS
        binary = "`numpy.save`" if callee in _ARRAYS else "Parquet or Feather"
        if (reads or callee in _ARRAYS) and (module.qualified_name(node.func) or "").partition(".")[0] not in _LIBRARIES:
            return
        if callee in _ARRAYS and is_test(module.path):
            return
        if reads and _is_written(node, path, module):
            shown = ast.unparse(path)
            message = f"reads {shown}, which this program wrote as text; keep intermediate data in {binary}"
            yield self.finding(node, module, message, confidence=_ROUND_TRIP if is_test(module.path) else None)
            return
        if callee in ("genfromtxt", "loadtxt"):
            return  # what others wrote, or a text in memory
        if isinstance(path, ast.Constant) and not str(path.value).split("?")[0].endswith((".csv", ".tsv", ".csv.gz", ".txt")):
            return
        yield self.finding(node, module, _TEXT.format("reads" if reads else "writes", binary), confidence=_ONE_SIDE)


def _path(node: ast.Call) -> ast.expr | None:
    """The expression that names the file; None for none, a buffer, or a `with` that reads from memory."""
    named = [
        keyword.value
        for keyword in node.keywords
        if keyword.arg in ("path_or_buf", "filepath_or_buffer", "source", "file", "fname")
    ]
    path = node.args[0] if node.args else named[0] if named else None
    return None if isinstance(path, ast.Starred) or (isinstance(path, ast.Constant) and path.value is None) else path


def _is_written(read: ast.Call, path: ast.expr, module: Module) -> bool:
    """Whether a call of this file writes the same path, by a name that means the same there."""
    if isinstance(path, ast.Name):
        same_scope = True
    elif isinstance(path, (ast.Constant, ast.Attribute, ast.JoinedStr, ast.Call, ast.BinOp)):
        same_scope = any(isinstance(part, ast.Name) and not module.imports.get(part.id) for part in ast.walk(path))
    else:
        return False
    if isinstance(path, ast.Constant) and not isinstance(path.value, str):
        return False
    text = ast.unparse(path)
    names = [part.id for part in ast.walk(path) if isinstance(part, ast.Name) and part.id not in module.imports]
    constant = all(name.isupper() for name in names)
    for call in _writes(module).get(text, ()):
        if not same_scope or constant or module.scope(call) is module.scope(read):
            return not _is_updated(read, call, module)
    return False


def _writes(module: Module) -> dict[str, list[ast.Call]]:
    """The text of each path that the file writes a table to -> the calls; made once for each file."""
    notes: dict[int, Any] = module.notes.setdefault("data.csv writes", {})
    if 0 not in notes:
        found: defaultdict[str, list[ast.Call]] = defaultdict(list)
        for callee in _WRITERS:
            for call in module.calls(callee):
                written = _path(call)
                if written is not None:
                    found[ast.unparse(written)].append(call)
        notes[0] = found
    known: dict[str, list[ast.Call]] = notes[0]
    return known


def _is_updated(read: ast.Call, write: ast.Call, module: Module) -> bool:
    """Whether a file that came from elsewhere is read, changed and written again in one go."""
    same = module.scope(read) is module.scope(write)
    return same and read.lineno < write.lineno and not _in_branches(read, write, module)


def _in_branches(read: ast.Call, write: ast.Call, module: Module) -> bool:
    """Whether one branch reads what the other one writes: a cache."""
    around = set(module.ancestors(read))
    return any(isinstance(ancestor, (ast.If, ast.Try)) and ancestor in around for ancestor in module.ancestors(write))
