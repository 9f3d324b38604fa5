"""GL313 listdir-then-stat."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.memory._copies import builtin_call
from greenlint.source.flow import final_use
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ASKING = frozenset({"os.path.isfile", "os.path.isdir", "os.path.islink"})
_MEASURING = frozenset({"os.path.getsize", "os.path.getmtime", "os.path.getctime", "os.path.getatime", "os.stat", "os.lstat"})
"""What the listing holds on Windows only: elsewhere an entry must ask the system too, once."""
_SORTED = frozenset({"sorted", "list", "enumerate", "reversed"})
_TAKING = frozenset({"filter", "map", "max", "min", "sorted"})
_NAMED = 50
"""The list of names has a name of its own, and the folder may be another one by the time of the loop."""
_LITTLE = 30
_SEPARATORS = ("'/'", "'\\\\'", "os.sep", "os.path.sep", "sep")


class ListdirThenStat(FileRule):
    """A folder is listed by name, and the system is asked again for every name whether it is a file or a folder.

    ## Why it wastes

    The listing that the system gives says of every entry whether it is a file, a folder or a link. `os.listdir` drops that and
    keeps the names, so that `os.path.isfile` must look each of them up once more. `os.scandir` keeps it: `entry.is_file()` asks
    the system for nothing (except behind links), and `entry.path` is already joined.

    ## When to leave it alone

    In folders of a handful of entries, and for links, which `entry.is_file()` follows by asking as before. The rule is silent
    where the path that is asked about is not visibly the listed folder joined with the entry. Sizes and times have confidence 30, as
    the system is asked for them also by `entry.stat()` (except on Windows), and so have names of `os.walk`. There is no fix,
    because `scandir` gives entries and not names.

    ## Evidence

    Whole processes, CPython 3.11.7, set-up included: 2,000 files gone through 50 times 0.26 -> 0.11 s of CPU, 100 files
    0.029 -> 0.022 s (`python benchmarks/rules/run.py GL313`).
    """

    code = "GL313"
    name = "listdir-then-stat"
    effect = Effect(EffectClass.CONSTANT, "asks again about every name (1.5 µs each)", "bench GL313")
    confidence = 85
    callees = frozenset({"listdir", "walk"})
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
        called = module.qualified_name(node.func)
        if called == "os.walk":
            yield from self._walk(node, module)
            return
        if called != "os.listdir" or len(node.args) > 1 or node.keywords:
            return
        use = walked = final_use(node, module)
        holder = module.parent(walked)
        while isinstance(holder, ast.Call) and holder.args[:1] == [walked] and builtin_call(holder, _SORTED, module):
            if _lambda(holder) is not None:
                break
            walked, holder = holder, module.parent(holder)
        found = _entry(holder, walked, module)
        if found is None:
            return
        entry, loop = found
        asked = _asked(ast.unparse(node.args[0]) if node.args else "", entry, loop, _ASKING, module)
        if asked is not None:
            message = f"asks the system about every name again with `{asked}`; `os.scandir` gives entries that know it"
            yield self.finding(node, module, message, confidence=None if use is node else _NAMED)
            return
        asked = _asked(ast.unparse(node.args[0]) if node.args else "", entry, loop, _MEASURING, module)
        if asked is not None:
            message = f"asks about every name with `{asked}`; an entry of `os.scandir` has its path, and on Windows the answer"
            yield self.finding(node, module, message, confidence=_LITTLE)

    def _walk(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`os.walk`, whose lists of folders and files come from the same listing."""
        loop = module.parent(node)
        if not (isinstance(loop, ast.For) and loop.iter is node and isinstance(loop.target, ast.Tuple)):
            return
        parts = [part.id if isinstance(part, ast.Name) else "" for part in loop.target.elts]
        entries = {
            inner.target.id
            for inner in ast.walk(loop)
            if isinstance(inner, (ast.For, ast.comprehension))
            and isinstance(inner.target, ast.Name)
            and not {part.id for part in ast.walk(inner.iter) if isinstance(part, ast.Name)}.isdisjoint(parts[1:])
        }
        for entry in sorted(entries):
            asked = _asked(parts[0], entry, loop, _ASKING | _MEASURING, module)
            if asked is not None:
                message = f"asks about every name of the walk again with `{asked}`; an entry of `os.scandir` knows more"
                yield self.finding(node, module, message, confidence=_LITTLE)
                return


def _lambda(call: ast.Call) -> ast.Lambda | None:
    """The function of one argument in `max(names, key=lambda n: ...)` and `filter(lambda n: ..., names)`."""
    given = [*call.args[:1], *(keyword.value for keyword in call.keywords if keyword.arg == "key")]
    return next((each for each in given if isinstance(each, ast.Lambda) and len(each.args.args) == 1), None)


def _entry(holder: ast.AST | None, walked: ast.expr, module: Module) -> tuple[str, ast.AST] | None:
    """What the names are called one by one, and the loop, comprehension or function that they are called so in."""
    if isinstance(holder, ast.Call) and walked in holder.args and builtin_call(holder, _TAKING, module):
        function = _lambda(holder)
        return (function.args.args[0].arg, function) if function is not None else None
    if not isinstance(holder, (ast.For, ast.comprehension)) or holder.iter is not walked:
        return None
    entry = holder.target.elts[-1] if isinstance(holder.target, ast.Tuple) and holder.target.elts else holder.target
    loop = holder if isinstance(holder, ast.For) else module.parents[holder]
    return (entry.id, loop) if isinstance(entry, ast.Name) else None


def _asked(folder: str, entry: str, loop: ast.AST, functions: frozenset[str], module: Module) -> str | None:
    """The function that the loop asks about `folder` joined with `entry`."""
    for part in ast.walk(loop):
        if isinstance(part, ast.Call) and len(part.args) == 1 and module.qualified_name(part.func) in functions:
            path = part.args[0]
            if isinstance(path, ast.Name):
                bound = [b.value for b in names_of(module).valid_bindings(path)]
                value = next((v for v in bound if v is not None and any(a is loop for a in module.ancestors(v))), None)
                path = value if value is not None else path
            if _is_joined(path, folder, entry, module):
                return ast.unparse(part.func)
    return None


def _is_joined(path: ast.expr, folder: str, entry: str, module: Module) -> bool:
    if isinstance(path, ast.Name):
        return path.id == entry and folder in ("", "'.'")
    if isinstance(path, ast.Call):
        joined = module.qualified_name(path.func) == "os.path.join" and len(path.args) == 2
        return joined and [ast.unparse(part) for part in path.args] == [folder, entry]
    if isinstance(path, ast.JoinedStr):
        parts = [part.value if isinstance(part, ast.FormattedValue) else part for part in path.values]
    elif isinstance(path, ast.BinOp):
        parts = _added(path)
    else:
        return False
    texts = [ast.unparse(part) for part in parts]
    return texts in ([folder, entry], *([folder, separator, entry] for separator in _SEPARATORS))


def _added(path: ast.expr) -> list[ast.expr]:
    """`folder + "/" + name` -> its three parts."""
    if isinstance(path, ast.BinOp) and isinstance(path.op, ast.Add):
        return [*_added(path.left), *_added(path.right)]
    return [path]
