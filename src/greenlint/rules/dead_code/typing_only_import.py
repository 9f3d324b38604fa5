"""GL112 typing-only-import."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.dead_code._annotations import evaluates_annotations, evaluates_only_classes, is_annotation_only
from greenlint.rules.dead_code._import_costs import HEAVY_MS, import_cost
from greenlint.rules.dead_code._imports import (
    bound_names,
    hidden_uses,
    is_kept_on_purpose,
    is_plainly_placed,
    read_names,
    removal,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.rules.dead_code._imports import Bound
    from greenlint.source.module import Module

_LIGHT = 30
"""The module is small, or something else may load it anyway."""
_READ = 25
"""The file imports a library that reads the annotations of its classes, though not those of the plain functions that need the name."""


class TypingOnlyImport(FileRule):
    """A heavy package is imported at each start, and only annotations name it.

    ## Why it wastes

    With `from __future__ import annotations` nobody evaluates an annotation at run time, yet the import runs the whole package
    at each start. Under `if TYPE_CHECKING:` only type checkers see it.

    ## When to leave it alone

    Libraries that read annotations at run time need the names: the rule is silent in files that import FastAPI, typer,
    beartype and the like or that call `get_type_hints`, under decorators it does not know, and in classes with bases it does not know.
    Beside pydantic, SQLAlchemy, msgspec and others that read the annotations of their own classes its confidence is 25. It is silent where the file also uses the package for work, and about packages whose import takes
    less than 50 ms (`benchmarks/rules/GL101/import_costs.py`) or lazy (Python 3.15). Where another module of the program loads the package anyway, nothing is saved.

    The fix moves the import under `if TYPE_CHECKING:`; it needs `--unsafe-fixes`, since other files may read the name from here.

    ## Evidence

    `python benchmarks/rules/run.py GL112`: 30 starts of a tool that imports numpy for one annotation take 3.80 s of CPU time and
    35 MB, 0.72 s and 12 MB when only type checkers see the import (ratio 5.19, 95 % interval 4.84 to 5.66), CPython 3.11.

    Open: precision. 34 findings in 8.3 million lines of the standard library and 40 packages. Each import is needed by annotations alone,
    but in all of these programs something else loads the package, so that nothing is saved (`benchmarks/rules/labels/GL112.tsv`).
    One file cannot tell; the rule stays in preview until it asks the whole project.
    """

    code = "GL112"
    name = "typing-only-import"
    effect = Effect(
        EffectClass.START_UP, "the package is loaded at each start for annotations that nobody evaluates", "bench GL112"
    )
    confidence = 90
    preview = True
    examples = (
        Bad(
            "from __future__ import annotations\n\nimport sys\nimport pandas as pd\n\n\ndef f(x: pd.DataFrame) -> None:\n"
            "    print(x, sys.argv)\n",
            fixed="from __future__ import annotations\n\nimport sys\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n"
            "    import pandas as pd\n\n\ndef f(x: pd.DataFrame) -> None:\n    print(x, sys.argv)\n",
            lines=(4,),
        ),
        Bad(
            "from __future__ import annotations\nfrom typing import TYPE_CHECKING\nfrom pandas import DataFrame, Series\n\n"
            "if TYPE_CHECKING:\n    import os\n\n\ndef f(x: DataFrame) -> Series:\n    return x['a']\n",
            fixed="from __future__ import annotations\nfrom typing import TYPE_CHECKING\n\n"
            "if TYPE_CHECKING:\n    from pandas import DataFrame, Series\n    import os\n\n\n"
            "def f(x: DataFrame) -> Series:\n    return x['a']\n",
            lines=(3,),
        ),
        Good(
            "from __future__ import annotations\n\nimport pandas as pd\n\n\ndef f(x: pd.DataFrame):\n    return pd.concat([x, x])\n",
            "used for work as well",
        ),
        Good("import pandas as pd\n\n\ndef f(x: pd.DataFrame):\n    return x\n", "evaluated when the function is defined"),
        Good(
            "from __future__ import annotations\n\nfrom typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import pandas as pd\n\n\n"
            "def f(x: pd.DataFrame):\n    return x\n",
            "what it should be",
        ),
        Good(
            "from __future__ import annotations\n\nimport pandas as pd\nfrom pydantic import BaseModel\n\n\n"
            "class M(BaseModel):\n    x: pd.DataFrame\n",
            "pydantic reads the annotation",
        ),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield a finding for each import statement of a heavy package that only annotations need."""
        if module.path.endswith("__init__.py"):
            return
        if not _is_lazy(module):
            yield from self._quoted(module)
            return
        every = list(bound_names(module))
        heavy = [item for item in every if import_cost(item.target) >= HEAVY_MS]
        if not every:
            return
        if evaluates_annotations(module):
            if evaluates_only_classes(module):
                yield from (
                    self._light(item, module, _READ)
                    for item in every
                    if _top(item) not in _TYPING and _is_for_types(item, module)
                )
            return
        typing_only = [item for item in heavy if _is_for_types(item, module)]
        others = {_top(item) for item in heavy if item not in typing_only and not _is_late_or_typed(item, module)}
        wasted = [item for item in typing_only if _top(item) not in others]
        by_statement: dict[ast.stmt, list[Bound]] = {}
        for item in wasted:
            by_statement.setdefault(item.node, []).append(item)
        for statement, items in by_statement.items():
            yield self._finding(statement, items, module)
        told = {id(item.alias) for item in wasted}
        used = {name for name in {item.name for item in every} if not _is_for_work(name, module)}
        for item in every:
            if id(item.alias) not in told and item.name in used and _top(item) not in _TYPING and _is_for_types(item, module):
                yield self._light(item, module)

    def _quoted(self, module: Module) -> Iterator[Finding]:
        """Names that nothing but quoted annotations mention."""
        if b"__all__" in module.data or self.least > _LIGHT:
            return
        confidence = _LIGHT
        if evaluates_annotations(module):
            if not evaluates_only_classes(module):
                return
            confidence = _READ
        read = read_names(module)
        found = [item for item in bound_names(module) if item.name not in read and _top(item) not in _TYPING]
        hidden = hidden_uses(module) if found else None
        local = _in_local_annotations(module)
        for item in bound_names(module):
            if item.name in local and _top(item) not in _TYPING:
                yield self._light(item, module, confidence)
        for item in found:
            if hidden is not None and item.name in hidden and is_plainly_placed(item.node, module):
                yield self._light(item, module, confidence)

    def _light(self, item: Bound, module: Module, confidence: int = _LIGHT) -> Finding:
        message = f"only annotations use `{item.name}`; import it under `if TYPE_CHECKING:`"
        return self.finding(item.alias, module, message, confidence=confidence)

    def _finding(self, statement: ast.stmt, items: list[Bound], module: Module) -> Finding:
        cost = max(import_cost(item.target) for item in items)
        package = _top(items[0])
        names = ", ".join(f"`{item.name}`" for item in items)
        message = (
            f"only annotations use {names}, and loading {package} takes about {cost} ms of CPU at each start; "
            "import it under `if TYPE_CHECKING:`"
        )
        effect = Effect(EffectClass.START_UP, f"{package}: about {cost} ms of CPU at each start", "bench GL112")
        return self.finding(statement, module, message, effect=effect, fix=_fix(items, module))


_TYPING = frozenset({"typing", "typing_extensions", "__future__"})


def _is_for_work(name: str, module: Module) -> bool:
    """Whether the file reads the name outside of annotations, asked with one walk over its names."""
    notes: dict[Any, Any] = module.notes.setdefault("names outside annotations", {})
    if 0 not in notes:
        names = module.index.names
        imported = {item.name for item in bound_names(module)} & names.keys()
        notes[0] = {one for one in imported if not all(_may_annotate(node, module) for node in names[one])}
    return name in notes[0]


def _in_local_annotations(module: Module) -> set[str]:
    """The names that the file reads in annotations of local variables alone, which are never evaluated."""
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    inside: set[int] = set()
    names: set[str] = set()
    for node in by_class.get(ast.AnnAssign, ()):
        if isinstance(module.scope(node), (ast.FunctionDef, ast.AsyncFunctionDef)):
            mentioned = [part for part in ast.walk(node.annotation) if isinstance(part, ast.Name)]
            inside.update(id(part) for part in mentioned)
            names.update(part.id for part in mentioned)
    if not names:
        return names
    return {name for name in names if all(id(node) in inside for node in module.index.names[name])}


def _may_annotate(node: ast.AST, module: Module) -> bool:
    """Whether the name stands in an annotation of whatever kind."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.arg, ast.AnnAssign)):
            return child is ancestor.annotation
        if isinstance(ancestor, ast.stmt):
            return child is getattr(ancestor, "returns", None)
        child = ancestor
    return False


def _top(item: Bound) -> str:
    return item.target.partition(".")[0]


def _is_lazy(module: Module) -> bool:
    """Whether the file says `from __future__ import annotations`."""
    nodes: list[Any] = module.index.by_class.get(ast.ImportFrom, [])
    return any(node.module == "__future__" and any(a.name == "annotations" for a in node.names) for node in nodes)


def _is_for_types(item: Bound, module: Module) -> bool:
    at_top = module.parents[item.node] is module.tree
    if not at_top or not is_plainly_placed(item.node, module) or is_kept_on_purpose(item.node, item.alias, module):
        return False
    return is_annotation_only(item.name, module)


def _is_late_or_typed(item: Bound, module: Module) -> bool:
    """Whether an import runs later than at the start, or never."""
    return module.scope(item.node) is not module.tree or any(
        isinstance(holder, ast.If) and "TYPE_CHECKING" in ast.dump(holder.test) for holder in module.ancestors(item.node)
    )


def _fix(items: list[Bound], module: Module) -> Fix | None:
    node = items[0].node
    if not module.utf8:
        return None
    removals = [removal(item, items, module) for item in items]
    if any(found is None or found[1] for found in removals):
        return None
    edits = dict.fromkeys(found[0] for found in removals if found is not None)
    aliases = ", ".join(a.name + (f" as {a.asname}" if a.asname else "") for a in (item.alias for item in items))
    line = (
        f"from {'.' * node.level}{node.module or ''} import {aliases}"
        if isinstance(node, ast.ImportFrom)
        else f"import {aliases}"
    )
    guard = _guard(module)
    if guard is not None:
        first = guard.body[0]
        place = module.offset(first.lineno, 0)
        indent = module.lines[first.lineno - 1][: first.col_offset].decode()
        if indent.strip():
            return None
        return Fix("Import it for type checkers only", (*edits, Edit(place, place, f"{indent}{line}\n")), Applicability.UNSAFE)
    last = _last_import(module)
    place = module.offset((last.end_lineno or last.lineno) + 1, 0)
    known = module.imports.get("TYPE_CHECKING") == "typing.TYPE_CHECKING"
    text = ("" if known else "from typing import TYPE_CHECKING\n") + f"\nif TYPE_CHECKING:\n    {line}\n"
    if last is node and edits:  # the statement makes room for the block
        (edit,) = edits if len(items) == len(node.names) else (None,)
        if edit is None:
            return None
        start, end = module.offset(node.lineno, 0), module.offset((node.end_lineno or node.lineno) + 1, 0)
        return Fix("Import it for type checkers only", (Edit(start, end, text),), Applicability.UNSAFE)
    return Fix("Import it for type checkers only", (*edits, Edit(place, place, text)), Applicability.UNSAFE)


def _guard(module: Module) -> ast.If | None:
    """The `if TYPE_CHECKING:` of the module."""
    for statement in module.tree.body:
        if isinstance(statement, ast.If) and isinstance(statement.test, ast.Name) and statement.test.id == "TYPE_CHECKING":
            return statement
    return None


def _last_import(module: Module) -> ast.stmt:
    """The last import of the first run of imports, a docstring before them aside."""
    last = module.tree.body[0]
    for statement in module.tree.body:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            last = statement
        elif not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)):
            break
    return last
