"""GL101 unused-import."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.dead_code._import_costs import HEAVY_MS, import_cost
from greenlint.rules.dead_code._imports import (
    bound_names,
    is_kept_in_this_file,
    is_kept_on_purpose,
    is_plainly_placed,
    is_standard,
    removal,
    unread,
)
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.dead_code._imports import Bound
    from greenlint.source.module import Module

_SMALL = Effect(EffectClass.START_UP, "start-up, small: the module is loaded at each start for nothing", "bench GL101")
_FOR_EFFECT = 50
"""Confidence where the import may be there for what it does: a module of the project or of a package we do not know."""
_KEPT_FOR_A_REASON = 25
"""Where imports are often there for others: guarded ones, those of packages, of files that hand names on or look through them."""
_MANY = 4
_MOST = 3
_RUN_BY_NAME = ("setup", "setUp", "teardown", "tearDown", "load_tests", "pytest_", "test", "Test")


class UnusedImport(FileRule):
    """An import whose name the file never reads.

    ## Why it wastes

    An import runs the whole module, and all that it imports in turn, at each start of the program, of each worker and of each
    test run. For most modules that is a millisecond or less; pandas, scipy or a web framework take from a tenth of a second
    to seconds. The message names the cost where it was measured.

    ## When to leave it alone

    Some imports are there for what they do: they register handlers, models or codecs, start plug-ins, or check that a package
    is installed. The rule is silent about `__init__.py` and `conftest.py`, imports inside `try`, `with` or `if TYPE_CHECKING`,
    `import x as x`, names in `__all__`, modules that only hand on names (no `def` or `class` of their own), files that look
    through their own names (`globals()`, `exec`), imports with a comment that gives a reason (`# noqa`, `# re-export`,
    `# side effect`, `# registers ...`), templates of projects, and names in quoted annotations, type comments and doctests. A plain `import x` of a package that is
    neither in the standard library nor in the table of measured ones gets a confidence of 50, and so does a name from the file's own
    package at the top of a module without `__all__`, for others may import it from here. A `lazy import` (Python 3.15) costs nothing
    until its name is read, so that the rule says nothing of it.

    The fix is safe where nobody else can read the name from here (inside a function, in tests and scripts, in a module with `__all__`) and
    the import is one of the standard library that does nothing else. Elsewhere it needs `--unsafe-fixes`.

    ## Evidence

    `python benchmarks/rules/run.py GL101`: 30 starts of a tool that imports asyncio and unittest.mock for nothing take 2.02 s of CPU
    time and 26 MB, without them 0.69 s and 11 MB (ratio 3.01, 95 % interval 2.87 to 3.14), CPython 3.11. What other packages take was
    measured by `python benchmarks/rules/GL101/import_costs.py NAME...`: pandas 370 ms, scikit-learn 1.1 s, TensorFlow 3.7 s.

    Precision: 176 findings in 8.3 million lines of the standard library and 40 packages, most of which another linter keeps clean; of 50
    drawn at random 48 are right (`benchmarks/rules/labels/GL101.tsv`). In preview until its fix has run over whole projects.
    """

    code = "GL101"
    name = "unused-import"
    effect = _SMALL
    severity = Severity.NOTE
    confidence = 95
    preview = True
    examples = (
        Bad(
            "import asyncio\nimport sys\n\nprint(sys.argv)\n\nif __name__ == '__main__':\n    print(1)\n",
            fixed="import sys\n\nprint(sys.argv)\n\nif __name__ == '__main__':\n    print(1)\n",
            lines=(1,),
        ),
        Bad(
            "from os.path import (\n    basename,\n    dirname,\n    join,\n)\n\n\ndef f(a):\n    return join(a, 'x')\n",
            fixed="from os.path import (\n    join,\n)\n\n\ndef f(a):\n    return join(a, 'x')\n",
            lines=(2, 3),
        ),
        Bad(
            "def f(x):\n    import json\n\n    return x\n",
            fixed="def f(x):\n    return x\n",
            lines=(2,),
        ),
        Bad("import pandas as pd\n\n\ndef f(x):\n    return x\n", fixed="def f(x):\n    return x\n", lines=(1,)),
        Good("import os\n\n\ndef f():\n    return os.getcwd()\n", "read"),
        Good("import os\n\n__all__ = ['os']\n\n\ndef f():\n    return 1\n", "handed on"),
        Good(
            "try:\n    import numpy\nexcept ImportError:\n    HAS = False\nelse:\n    HAS = True\n", "looks whether it is there"
        ),
        Good("import readline\n\n\ndef f():\n    return input()\n", "importing it changes `input`"),
        Good("import app.models  # noqa: F401\n\n\ndef f():\n    return 1\n", "on purpose"),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield a finding for each name that an import of the file binds in vain."""
        file = module.path.rpartition("/")[2]
        every, named = unread(module)
        if not every or is_kept_in_this_file(module):
            return
        hands_on = file in ("__init__.py", "conftest.py") or "template" in module.path  # a template shows what to import
        found = self._sure(every, module) if named and not hands_on else []
        by_statement: dict[ast.AST, list[Bound]] = {}
        for item in found:
            by_statement.setdefault(item.node, []).append(item)
        for item in found:
            yield self._finding(item, by_statement[item.node], module)
        known = {id(item.alias) for item in found}
        for item in every:
            if id(item.alias) not in known and not is_kept_on_purpose(item.node, item.alias, module):
                message = f"`{item.name}` is imported and not read in this file"
                yield self.finding(item.alias, module, message, confidence=_KEPT_FOR_A_REASON)

    def _sure(self, every: list[Bound], module: Module) -> list[Bound]:
        """Those that are hardly there for anything else."""
        found = [item for item in every if _is_wasted(item, module)]
        if not found:
            return []
        at_top = [item for item in found if module.scope(item.node) is module.tree]
        if _only_hands_on(module) or _hands_on_many(at_top, module):
            found = [item for item in found if item not in at_top]
        return found

    def _finding(self, item: Bound, unused: list[Bound], module: Module) -> Finding:
        cost = 0 if _is_own(item, module) else import_cost(item.target)
        confidence = _confidence(item, unused, module)
        effect = _SMALL
        message = f"`{item.name}` is imported and never read"
        if cost >= HEAVY_MS:
            package = item.target.partition(".")[0]
            effect = Effect(EffectClass.START_UP, f"{package}: about {cost} ms of CPU at each start", "bench GL101")
            message += f"; loading {package} takes about {cost} ms of CPU at each start"
        severity = Severity.WARNING if cost >= HEAVY_MS else Severity.NOTE
        return self.finding(
            item.alias, module, message, effect=effect, confidence=confidence, severity=severity, fix=_fix(item, unused, module)
        )


def _is_wasted(item: Bound, module: Module) -> bool:
    name, alias = item.name, item.alias
    if name.startswith("_") or not is_plainly_placed(item.node, module) or is_kept_on_purpose(item.node, alias, module):
        return False
    if item.target.strip(".") == alias.name and isinstance(item.node, ast.ImportFrom):
        return False  # `from . import handlers` loads a module of the package
    if is_test(module.path) and (
        name.startswith(_RUN_BY_NAME)
        or (not is_standard(item.target) and any(a.arg == name for a in module.nodes(ast.arg)))  # a fixture
        or _only_imports(module.scope(item.node))
    ):
        return False
    top = item.target.partition(".")[0]
    plain = isinstance(item.node, ast.Import) and (alias.asname is None or "." in alias.name)
    return is_standard(item.target) or not (plain and "." in item.target) if top else True


def _only_imports(scope: ast.AST) -> bool:
    """Whether a function tries nothing but whether its imports work."""
    body: list[ast.stmt] = getattr(scope, "body", [])
    return not isinstance(scope, ast.Module) and all(isinstance(one, (ast.Import, ast.ImportFrom, ast.Expr)) for one in body)


def _only_hands_on(module: Module) -> bool:
    """Whether the file defines nothing: it collects names for others, or it is a script, which then runs something."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return not any(module.index.by_class.get(kind) for kind in kinds) and not _is_program(module)


def _hands_on_many(unused: list[Bound], module: Module) -> bool:
    """Whether so many imports are unread that the file is more likely a place from which others import them."""
    if len(unused) < _MANY or b"__all__" in module.data:
        return False
    return len(unused) * _MOST >= sum(module.scope(item.node) is module.tree for item in bound_names(module))


def _is_program(module: Module) -> bool:
    return b"__main__" in module.data or is_test(module.path)


def _confidence(item: Bound, unused: list[Bound], module: Module) -> int:
    if is_standard(item.target):
        return 95
    known = import_cost(item.target) > 0
    if isinstance(item.node, ast.Import):
        return 90 if known or item.alias.asname else _FOR_EFFECT
    at_top = module.scope(item.node) is module.tree
    if at_top and len(unused) >= _MANY and len(unused) == len(item.node.names):
        return _FOR_EFFECT
    if at_top and _is_own(item, module) and not is_test(module.path) and b"__all__" not in module.data:
        return _FOR_EFFECT  # others may import the name from here
    return 90 if known else 85


def _is_own(item: Bound, module: Module) -> bool:
    """Whether an import is from the package that the file belongs to, or from the private part of a module."""
    top = item.target.partition(".")[0]
    return not top or top.startswith("_") or top in module.path.split("/")[:-1]


def _fix(item: Bound, unused: list[Bound], module: Module) -> Fix | None:
    if not module.utf8:
        return None
    found = removal(item, unused, module)
    if found is None:
        return None
    edit, takes_comment = found
    local = module.scope(item.node) is not module.tree
    safe = is_standard(item.target) and not takes_comment and (local or _is_program(module) or b"__all__" in module.data)
    return Fix("Remove the import", (edit,), Applicability.SAFE if safe else Applicability.UNSAFE)
