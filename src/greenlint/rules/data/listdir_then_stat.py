"""GL313 listdir-then-stat."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.memory._copies import builtin_call
from greenlint.source.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ASKING = frozenset({"os.path.isfile", "os.path.isdir", "os.path.islink"})
_SORTED = frozenset({"sorted", "list", "enumerate", "reversed"})


class ListdirThenStat(FileRule):
    """A folder is listed by name, and the system is asked again for every name whether it is a file or a folder.

    ## Why it wastes

    The listing that the system gives says of every entry whether it is a file, a folder or a link. `os.listdir` drops that and
    keeps the names, so that `os.path.isfile` must look each of them up once more. `os.scandir` keeps it: `entry.is_file()` asks
    the system for nothing (except behind links), and `entry.path` is already joined.

    ## When to leave it alone

    In folders of a handful of entries, and for links, which `entry.is_file()` follows by asking as before. The rule is silent
    where the path that is asked about is not visibly the listed folder joined with the entry. There is no fix, because `scandir`
    gives entries and not names.

    ## Evidence

    Whole processes, CPython 3.11.7, set-up included: 2,000 files gone through 50 times 0.26 -> 0.11 s of CPU, 100 files
    0.029 -> 0.022 s (`python benchmarks/rules/run.py GL313`).
    """

    code = "GL313"
    name = "listdir-then-stat"
    effect = Effect(EffectClass.CONSTANT, "asks again about every name (1.5 µs each)", "bench GL313")
    confidence = 85
    callees = frozenset({"listdir"})
    packages = frozenset({"os"})
    examples = (
        Bad(
            "import os\n\nfor name in os.listdir(folder):\n    path = os.path.join(folder, name)\n    if os.path.isfile(path):\n"
            "        use(path)\n",
            lines=(3,),
        ),
        Bad("import os\n\nfiles = [n for n in os.listdir(root) if os.path.isdir(os.path.join(root, n))]\n", lines=(3,)),
        Good("import os\n\nfor name in os.listdir(folder):\n    use(os.path.join(folder, name))\n", "nothing is asked"),
        Good(
            "import os\n\nfor name in os.listdir(folder):\n    if os.path.isfile(os.path.join(other, name)):\n        use(name)\n",
            "another folder",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the names that `node` lists are asked about one by one."""
        if module.qualified_name(node.func) != "os.listdir" or len(node.args) > 1 or node.keywords:
            return
        walked: ast.expr = node
        holder = module.parent(walked)
        while isinstance(holder, ast.Call) and holder.args[:1] == [walked] and builtin_call(holder, _SORTED, module):
            walked, holder = holder, module.parent(holder)
        if not isinstance(holder, (ast.For, ast.comprehension)) or holder.iter is not walked:
            return
        loop = holder if isinstance(holder, ast.For) else module.parents[holder]
        entry = holder.target.elts[-1] if isinstance(holder.target, ast.Tuple) and holder.target.elts else holder.target
        if not isinstance(entry, ast.Name):
            return
        asked = _asked(ast.unparse(node.args[0]) if node.args else "", entry.id, loop, module)
        if asked is not None:
            message = f"asks the system about every name again with `{asked}`; `os.scandir` gives entries that know it"
            yield self.finding(node, module, message)


def _asked(folder: str, entry: str, loop: ast.AST, module: Module) -> str | None:
    """The function that the loop asks about `folder` joined with `entry`."""
    for part in ast.walk(loop):
        if isinstance(part, ast.Call) and len(part.args) == 1 and module.qualified_name(part.func) in _ASKING:
            path = part.args[0]
            if isinstance(path, ast.Name):
                bound = [b.value for b in names_of(module).valid_bindings(path)]
                value = next((v for v in bound if v is not None and any(a is loop for a in module.ancestors(v))), None)
                path = value if value is not None else path
            if _is_joined(path, folder, entry, module):
                return ast.unparse(part.func)
    return None


def _is_joined(path: ast.expr, folder: str, entry: str, module: Module) -> bool:
    if isinstance(path, ast.Call) and module.qualified_name(path.func) == "os.path.join" and len(path.args) == 2:
        return ast.unparse(path.args[0]) == folder and ast.unparse(path.args[1]) == entry
    return isinstance(path, ast.Name) and path.id == entry and folder in ("", "'.'")
