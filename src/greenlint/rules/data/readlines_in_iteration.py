"""GL302 readlines-in-iteration."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._files import (
    is_rewritten,
    is_small_by_nature,
    is_used_between,
    mentions,
    open_mode,
    opening_call,
    reads_standard_input,
)
from greenlint.source.flow import final_use, inline, is_lazy, iteration, repeated_part
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module

_WHOLE = 30
"""The list may be needed: it is kept, walked backwards or more than once."""
_UNKNOWN_RECEIVER = 55
"""Below the default threshold: nothing but file-like objects has `readlines`, but a third of them hold their data in memory."""


class ReadlinesInIteration(FileRule):
    """A file is read whole into a list of lines that a loop then walks once.

    ## Why it wastes

    `readlines()` holds every line of the file in memory at the same time, each as an object of its own, before the loop sees
    the first one. A file is itself an iterator over its lines and holds one at a time.

    ## When to leave it alone

    When the loop moves, closes or rewrites the file while it reads: the rule is silent where the file, or a call that opens or
    replaces the same path, occurs in the loop. It is also silent for `readlines(hint)`, which limits the size, for files in
    memory (`io.StringIO`), and for lazy generator expressions, which may run after the file was closed. The fix is safe where
    the file was visibly opened, and unsafe where the receiver is unknown.

    ## Evidence

    Whole processes, CPython 3.11.7: at a million lines peak memory 133 -> 12 MB and CPU 0.15 -> 0.10 s; at 100,000 lines
    24 -> 12 MB and 15 % less CPU (`python benchmarks/rules/run.py GL302`).
    """

    code = "GL302"
    name = "readlines-in-iteration"
    effect = Effect(EffectClass.MEMORY, "holds the whole file (133 -> 12 MB at a million lines)", "bench GL302")
    confidence = 95
    callees = frozenset({"readlines"})
    examples = (
        Bad(
            "with open(path) as f:\n    for line in f.readlines():  # each\n        use(line)\n",
            fixed="with open(path) as f:\n    for line in f:  # each\n        use(line)\n",
            lines=(2,),
        ),
        Bad("for line in open('a').readlines():\n    use(line)\n", fixed="for line in open('a'):\n    use(line)\n"),
        Bad(
            "import gzip\n\ndef f(p):\n    g = gzip.open(p)\n    return [row.split() for row in g.readlines()]\n",
            fixed="import gzip\n\ndef f(p):\n    g = gzip.open(p)\n    return [row.split() for row in g]\n",
            lines=(5,),
        ),
        Bad(
            "from pathlib import Path\nwith Path('é') .open() as f:\n    n = sum(1 for x in f . readlines( ) if x)\n",
            fixed="from pathlib import Path\nwith Path('é') .open() as f:\n    n = sum(1 for x in f if x)\n",
            lines=(3,),
        ),
        Bad(
            "from typing import TextIO\n\ndef f(file: TextIO):\n    for i, line in enumerate(file.readlines(), 1):\n"
            "        print(i, line)\n",
            fixed="from typing import TextIO\n\ndef f(file: TextIO):\n    for i, line in enumerate(file, 1):\n"
            "        print(i, line)\n",
        ),
        Bad(
            "import sys\nfor l in sys.stdin.readlines():\n    use(l)\n",
            fixed="import sys\nfor l in sys.stdin:\n    use(l)\n",
        ),
        Bad(
            "with open(path) as f:\n    lines = f.readlines()\n    for line in lines:\n        use(line)\n",
            fixed="with open(path) as f:\n    for line in f:\n        use(line)\n",
            lines=(2,),
        ),
        Bad("with open(path) as f:\n    lines = f.readlines()\nfor line in lines:\n    use(line)\n", lines=(2,)),
        Good("with open(path) as f:\n    for line in f:\n        use(line)\n", "what it should be"),
        Good(
            "with open(path) as f:\n    lines = f.readlines()\n    print(len(lines))\n    for l in lines:\n        pass\n",
            "kept",
        ),
        Good("with open(path) as f:\n    for line in reversed(f.readlines()):\n        use(line)\n", "needs them all"),
        Good("with open(path) as f:\n    for line in f.readlines(4096):\n        use(line)\n", "a limit"),
        Good("with open(p, 'r+') as f:\n    for line in f.readlines():\n        f.write(line)\n", "the loop uses the file"),
        Good("for line in open(p).readlines():\n    open(p, 'w').write(line)\n", "the loop rewrites the file"),
        Good("with open(p) as f:\n    g = (l for l in f.readlines())\nuse(g)\n", "would read a closed file"),
        Good("def f(x):\n    for l in x.readlines():\n        use(l)\n", "not known to be a file"),
        Good("import io\nfor line in io.StringIO(text).readlines():\n    use(line)\n", "already in memory"),
        Good(
            "class R:\n    def readlines(self):\n        return [x for x in self.rows.readlines()]\n",
            "a file-like class itself",
        ),
        Good("def f(x):\n    for line in x.readlines:\n        use(line)\n", "not a call"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the lines that `node` reads are only walked once."""
        func = node.func
        if not isinstance(func, ast.Attribute) or node.args or node.keywords:
            return
        kind = kind_of(func.value, module)
        if kind not in ("file", "stdin", None) or _is_file_like_class(func.value, node, module):
            return
        if kind is None and (self.least > _UNKNOWN_RECEIVER or _is_of_own_class(func.value, module)):
            return
        value = final_use(node, module)
        site = iteration(value, module)
        if site is None or is_lazy(site, module) or _is_needed(node, func.value, site, module):
            message = "`readlines()` holds all lines of the file in memory; iterate over the file where it can be large"
            yield self.finding(node, module, message, confidence=_WHOLE)
            return
        message = "`readlines()` holds all lines of the file in memory; iterate over the file itself"
        confidence = self.confidence if kind else _UNKNOWN_RECEIVER
        yield self.finding(node, module, message, confidence=confidence, fix=_fix(node, value, kind, site, module))


def _is_file_like_class(receiver: ast.expr, node: ast.Call, module: Module) -> bool:
    """Inside a class that is itself a file, `readlines` may be all that there is."""
    function = module.function(node)
    if function is None or not isinstance(module.parent(function), ast.ClassDef):
        return False
    return dotted(receiver) in ("self", "super") or function.name in ("readlines", "__iter__")


def _is_of_own_class(receiver: ast.expr, module: Module) -> bool:
    """Whether it is an object of a class of this file, whose `readlines` is its own."""
    made = opening_call(receiver, module)
    name = dotted(made.func) if made is not None else None
    return name is not None and any(each.name == name for each in module.nodes(ast.ClassDef))


def _is_needed(node: ast.Call, file: ast.expr, site: IterationSite, module: Module) -> bool:
    """Whether the loop relies on the file having been read to its end."""
    opened = opening_call(file, module)
    if is_small_by_nature(opened, module) or mentions(repeated_part(site, module), file):
        return True
    if is_used_between(node, file, site, module):
        return True
    if opened is not None and "+" in (open_mode(opened, module) or ""):
        return True
    return (
        is_rewritten(node, site, opened, module) or reads_standard_input(file, site, module) or _stops_early(file, site, module)
    )


def _stops_early(file: ast.expr, site: IterationSite, module: Module) -> bool:
    """Whether the loop may leave lines unread in a file that is used again afterwards."""
    if isinstance(site, ast.comprehension) or not any(isinstance(n, ast.Break) for part in site.body for n in ast.walk(part)):
        return False
    base = file
    while isinstance(base, ast.Attribute):
        base = base.value
    if not isinstance(base, ast.Name):
        return False
    names = names_of(module)
    scope = names.scope(base)
    uses = names.uses(base.id, scope) if scope is not None else []
    return any(use.lineno > (site.end_lineno or 0) for use in uses)


def _fix(node: ast.Call, value: ast.expr, kind: str | None, site: IterationSite, module: Module) -> Fix | None:
    receiver = node.func.value  # type: ignore[attr-defined]
    text = module.text(receiver)
    if not isinstance(receiver, (ast.Name, ast.Attribute, ast.Call, ast.Subscript)):
        text = f"({text})"
    edits = inline(node, value, text, module)
    if edits is None:
        return None
    yields = any(isinstance(n, (ast.Yield, ast.YieldFrom)) for part in repeated_part(site, module) for n in ast.walk(part))
    safe = kind == "file" and not yields
    return Fix("Iterate over the file", edits, Applicability.SAFE if safe else Applicability.UNSAFE)
