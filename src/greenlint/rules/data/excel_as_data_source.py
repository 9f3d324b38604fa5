"""GL321 excel-as-data-source."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._reopen import depends_on_others, runs_in_every_turn, stays_the_same
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import enclosing_loops, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_READERS = frozenset(
    {
        "geopandas.read_excel",
        "modin.pandas.read_excel",
        "openpyxl.load_workbook",
        "openpyxl.reader.excel.load_workbook",
        "pandas.ExcelFile",
        "pandas.read_excel",
        "polars.read_excel",
        "xlrd.open_workbook",
    }
)
_ONCE = 25
"""Below the default threshold: people may edit this workbook, and then it has to be parsed."""
_WRITERS = frozenset({"ExcelWriter", "save", "to_excel", "write_excel"})


class ExcelAsDataSource(FileRule):
    """A program parses the same Excel workbook more than once, or on every run.

    ## Why it wastes

    A workbook is a ZIP archive of XML. To read a sheet it is unpacked, and Python makes an object of every cell, along with the
    texts that all sheets share: 22 microseconds a cell in the measurement below. Each further call does it again.

    ## What to do

    Read it once, before the loop: `pd.read_excel(path, sheet_name=None)` gives all sheets, `pd.ExcelFile(path)` keeps the workbook
    open. Data that only programs use belongs in Parquet or, for one machine, in a pickle.

    ## When to leave it alone

    When the file changes in between. The rule is silent where the program writes a workbook, in loops that wait or start other
    programs, and in `while` loops; behind a condition, and for a workbook that is read once, it has confidence 25, as people
    may edit it.

    ## Evidence

    Whole processes, CPython 3.11.7, pandas with openpyxl, one workbook parsed for each of three regions and once for all: 20,000
    rows of two columns 4.05 -> 2.26 s of CPU, 5,000 rows 1.64 -> 1.10 s; the import of pandas and the writing of the workbook are in
    both (`python benchmarks/rules/run.py GL321`). In preview: too few places in real code to say how often it is right.
    """

    code = "GL321"
    name = "excel-as-data-source"
    preview = True
    effect = Effect(
        EffectClass.CONSTANT,
        "unpacks and parses the same workbook again (4.05 -> 2.26 s of CPU for 20,000 rows, three times)",
        "bench GL321",
    )
    confidence = 70
    callees = frozenset({name.rpartition(".")[2] for name in _READERS})
    packages = frozenset({name.partition(".")[0] for name in _READERS})
    examples = (
        Bad(
            "import pandas as pd\n\ndef totals(path, sheets):\n    for sheet in sheets:\n"
            "        print(pd.read_excel(path, sheet_name=sheet).sum())\n",
            lines=(5,),
        ),
        Bad(
            "import pandas as pd\n\nprices = pd.read_excel('shop.xlsx', sheet_name='prices')\n"
            "stock = pd.read_excel('shop.xlsx', sheet_name='stock')\n",
            lines=(4,),
        ),
        Good("import pandas as pd\n\nbook = pd.read_excel('shop.xlsx', sheet_name=None)\n", "all sheets at once"),
        Good(
            "import pandas as pd\n\ndef load(paths):\n    return [pd.read_excel(path) for path in paths]\n",
            "another workbook in each turn",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` parses a workbook; it is sure where the same one was parsed before."""
        name, path = module.qualified_name(node.func), _path(node)
        if name not in _READERS or path is None or is_test(module.path):
            return
        shown = ast.unparse(path)
        if not _is_written(module):
            for loop in enclosing_loops(node, module):
                if isinstance(loop, (ast.While, ast.AsyncFor)) or not stays_the_same(path, loop, module):
                    break
                if runs_in_every_turn(node, loop, module) and not depends_on_others(loop) and not leaves(node, loop, module):
                    yield self.finding(node, module, f"parses the workbook {shown} in every turn; read it once before the loop")
                    return
            if _was_read(node, path, module):
                message = f"parses the workbook {shown} once more; read all sheets in one call, or keep a pd.ExcelFile"
                yield self.finding(node, module, message)
                return
        message = f"parses the workbook {shown} on every run; if only programs use the data, Parquet is smaller and faster"
        yield self.finding(node, module, message, confidence=_ONCE)


def _path(node: ast.Call) -> ast.expr | None:
    """The expression that names the workbook; None for none, and for one that is open already."""
    named = [keyword.value for keyword in node.keywords if keyword.arg in ("filename", "io", "path_or_buffer", "source")]
    path = node.args[0] if node.args else named[0] if named else None
    return None if isinstance(path, ast.Starred) else path


def _is_written(module: Module) -> bool:
    """Whether this file writes workbooks, so that one may have changed since it was read."""
    return any(module.calls(callee) for callee in _WRITERS)


def _was_read(node: ast.Call, path: ast.expr, module: Module) -> bool:
    """Whether an earlier call of the same scope, in no other branch, read the same workbook."""
    if any(isinstance(part, (ast.Call, ast.Subscript, ast.NamedExpr, ast.Await)) for part in ast.walk(path)):
        return False
    if isinstance(path, ast.Name) and not _keeps_its_value(path, module):
        return False  # a name that is bound twice, or holds an open workbook
    text, scope, around = ast.unparse(path), module.scope(node), set(_branches(node, module))
    for callee in ExcelAsDataSource.callees:
        for call in module.calls(callee):
            if (call.lineno, call.col_offset) >= (node.lineno, node.col_offset) or module.scope(call) is not scope:
                continue
            earlier = _path(call)
            if earlier is None or ast.unparse(earlier) != text or module.qualified_name(call.func) not in _READERS:
                continue
            if set(_branches(call, module)) <= around:
                return True
    return False


def _keeps_its_value(name: ast.Name, module: Module) -> bool:
    """Whether the name is bound once, to something that is no open workbook."""
    names = names_of(module)
    scope = names.scope(name)
    bindings = names.bindings(name.id, scope) if scope is not None else ()
    value = bindings[0].value if len(bindings) == 1 else name
    return not (value is name or (isinstance(value, ast.Call) and module.qualified_name(value.func) in _READERS))


def _branches(node: ast.AST, module: Module) -> Iterator[tuple[ast.AST, str]]:
    """The branches that `node` stands in: the statement, and which part of it."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.If, ast.Try, ast.Match, ast.While, ast.IfExp)):
            part = next((field for field, value in ast.iter_fields(ancestor) if value is child or _holds(value, child)), "")
            yield ancestor, part
        child = ancestor


def _holds(value: object, child: ast.AST) -> bool:
    return isinstance(value, list) and any(each is child for each in value)
