"""GL233 repeat-dotted-lookup."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.loops._collect import line_start
from greenlint.rules.loops._extent import data_loops
from greenlint.rules.loops._steady import is_rebound, mentions_in
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import enclosing_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_ONE_STEP = 40
"""`math.sqrt`: one look-up in a module, some nanoseconds since Python 3.11."""


_OBJECT = 20
"""Steps through objects: any of them may be a property that gives something else next time."""
_LONG = 3
"""Dots from which on steps through objects are worth a note."""
_SHORT = 25
"""The loop is short, or left at once."""


class RepeatDottedLookup(FileRule):
    """A loop walks from a module to its submodule to what it needs there in every turn.

    ## Why it wastes

    `os.path.isabs(x)` in a loop looks up `os`, then `path` in it, then `isabs` in that, before it calls anything. A local name that
    is bound before the loop is one instruction.

    ## When to leave it alone

    Nearly always: it is nanoseconds a turn, and the full name reads better. The rule is pedantic, speaks once for each
    function and loop, and gives one step (`math.sqrt`) confidence 40, short loops 25, and three and more steps through objects (`self.a.b.c`) 20. It is silent where the loop patches what it
    names. The fix is unsafe: whoever replaces the function while the loop runs is not heard.

    ## Evidence

    Whole processes, CPython 3.11.7, a comparison with `os.path.sep` and nothing else in the loop: 0.051 -> 0.032 s of CPU for 1,500,000
    turns, 0.017 -> 0.013 s for 300,000, and no effect for 1,000, which is 12 ns a turn (`python benchmarks/rules/run.py GL233`).

    In preview: nearly all of its 2,400 findings in 8.3 million lines of real code call functions that take a hundred times as long.
    """

    code = "GL233"
    name = "repeat-dotted-lookup"
    effect = Effect(
        EffectClass.CONSTANT, "12 ns a turn (0.051 -> 0.032 s of CPU for 1,500,000 turns that do nothing else)", "bench GL233"
    )
    severity = Severity.NOTE
    confidence = 65
    pedantic = True
    preview = True
    examples = (
        Bad(
            "import os\n\ndef f(names):\n    for name in names:\n        if os.path.isabs(name):  # full\n            use(name)\n",
            fixed="import os\n\ndef f(names):\n    isabs = os.path.isabs\n    for name in names:\n        if isabs(name):  # full\n"
            "            use(name)\n",
            lines=(5,),
        ),
        Bad("import os.path\n\ndef f(names):\n    return [name for name in names if os.path.isabs(name)]\n", lines=(4,)),
        Good(
            "from os.path import isabs\n\ndef f(names):\n    for name in names:\n        if isabs(name):\n            use(name)\n",
            "one name",
        ),
        Good("import os\n\ndef f(name):\n    return os.path.isabs(name)\n", "no loop"),
    )

    def check(self, node: ast.Attribute, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is the first mention of what its loop looks up step by step."""
        if not isinstance(node.ctx, ast.Load) or module.loop(node) is None or isinstance(module.parent(node), ast.Attribute):
            return
        path, root = _from_module(node, module)
        if not path:
            yield from self._from_object(node, module)
            return
        if _is_caught(node, module) or not _is_imported(root, module):
            return
        long = next(data_loops(node, module), None)
        loop = long or next(enclosing_loops(node, module), None)
        if loop is None or not _is_first(path, loop, module) or _is_patched(node, loop, module):
            return
        steps = path.count(".")
        message = f"the loop looks up `{path}` in {steps + 1} steps in every turn; bind it to a local name before the loop"
        confidence = _SHORT if long is None else None if steps > 1 else _ONE_STEP
        called = getattr(module.parent(node), "func", None) is node
        yield self.finding(node, module, message, confidence=confidence, fix=_fix(node, path, loop, module) if called else None)

    def _from_object(self, node: ast.Attribute, module: Module) -> Iterator[Finding]:
        """`self.config.options.limit`: each step may be a property, so it is only a note."""
        path = dotted(node) or ""
        loop = next(data_loops(node, module), None)
        if path.count(".") < _LONG or loop is None or not _is_first(path, loop, module):
            return
        part: ast.expr = node
        while isinstance(part, ast.Attribute):
            if any(not isinstance(use.ctx, ast.Load) for use in mentions_in(part, loop, module)):  # type: ignore[attr-defined]
                return
            part = part.value
        if not is_rebound(part, loop, module):
            message = f"the loop looks up `{path}` in {path.count('.') + 1} steps in every turn; bind it to a local name before the loop"
            yield self.finding(node, module, message, confidence=_OBJECT)


def _from_module(node: ast.Attribute, module: Module) -> tuple[str, ast.expr]:
    """The dotted path of `node` where it starts at a module, else "", and its first name."""
    base: ast.expr = node
    while isinstance(base, ast.Attribute):
        base = base.value
    if not (isinstance(base, ast.Name) and _is_module(base.id, module)):
        return "", base
    return dotted(node) or "", base


def _is_imported(root: ast.expr, module: Module) -> bool:
    """Whether the name stands for the module here, and not for an argument or a variable of the same name."""
    names = names_of(module)
    scope = names.scope(root) if isinstance(root, ast.Name) else None
    bindings = names.bindings(root.id, scope) if isinstance(root, ast.Name) and scope is not None else []
    return bool(bindings) and all(isinstance(binding.node, ast.alias) for binding in bindings)


def _is_module(root: str, module: Module) -> bool:
    """Whether a plain `import` binds the name, so that it is a module and not a class or an object."""
    notes: dict[int, Any] = module.notes.setdefault("loops.modules", {})
    known: frozenset[str] | None = notes.get(0)
    if known is None:
        imports: list[Any] = module.index.by_class.get(ast.Import, [])
        names = [alias.asname or alias.name.partition(".")[0] for node in imports for alias in node.names]
        known = notes[0] = frozenset(names)
    return root in known


def _is_first(path: str, loop: Loop, module: Module) -> bool:
    """Whether no finding was made about this path in this loop; remembers that one now is."""
    notes: dict[Any, Any] = module.notes.setdefault("loops.dotted", {})
    first = (path, loop) not in notes
    notes[(path, loop)] = True
    return first


def _is_caught(node: ast.Attribute, module: Module) -> bool:
    """Whether it names the exception of a handler, which is looked up only when one was raised."""
    holder = module.parent(node)
    if isinstance(holder, ast.Tuple):
        holder = module.parent(holder)
    return isinstance(holder, ast.ExceptHandler)


def _is_patched(func: ast.Attribute, loop: Loop, module: Module) -> bool:
    return any(not isinstance(use.ctx, ast.Load) for use in mentions_in(func, loop, module))  # type: ignore[attr-defined]


def _fix(func: ast.Attribute, path: str, loop: Loop, module: Module) -> Fix | None:
    """A local name before the loop, in its place every time."""
    name = func.attr
    if not isinstance(loop, (ast.For, ast.While)) or line_start(loop, module).strip() or names_of(module).is_mentioned(name):
        return None
    if module.function(loop) is None or isinstance(module.scope(loop), ast.ClassDef):
        return None
    holder = module.parent(loop)
    if (
        isinstance(holder, ast.If)
        and loop in holder.orelse
        and len(holder.orelse) == 1
        and holder.col_offset == loop.col_offset
    ):
        return None
    start = module.span(loop)[0]
    margin = line_start(loop, module).decode()
    uses = [use for use in mentions_in(func, loop, module) if module.loop(use) is not None]
    edits = [Edit(start, start, f"{name} = {path}\n{margin}"), *(Edit(*module.span(use), name) for use in uses)]
    return Fix("Bind it before the loop", tuple(sorted(edits, key=lambda edit: edit.start)), Applicability.UNSAFE)
