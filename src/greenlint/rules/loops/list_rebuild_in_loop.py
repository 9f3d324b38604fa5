"""GL202 list-rebuild-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._growth import Growth, growing_loop, growth
from greenlint.rules.loops._steady import bindings_of, remembered
from greenlint.source.infer import dotted, kind_of
from greenlint.source.places import is_test
from greenlint.source.repeat import enclosing_loops, is_inside, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

_SHORT = 55
"""Below the default threshold: most tuples that a loop builds have one item for each argument, axis or layer; tests have little data."""
_UNSURE = 35
"""Nothing shows what grows, or the loop keeps the copies or has few turns."""
_ONCE = 20
"""One copy, and no loop that repeats it."""
_INSTEAD = {
    "list": "append to it or extend it",
    "dict": "assign the item",
    "set": "add to it",
    "tuple": "collect in a list, convert it once",
}


class ListRebuildInLoop(FileRule):
    """A loop copies a whole list, dict, set or tuple each time it adds to it.

    ## Why it wastes

    `rows = rows + [row]`, `rows = [*rows, row]`, `seen = {**seen, key: row}` and `seen = seen.union(rows)` build a new container out of everything
    collected so far, so n items cost n²/2 copies. `append`, `seen[key] = row` and `add` change the container where it is, in
    constant time.

    ## When to leave it alone

    When an older copy must stay as it was, because another variable or another object still holds it. The rule is silent
    where the loop hands the container on, stores it or returns it, where it starts anew in the loop, and for short loops.
    Tuples cannot grow in place; most that loops build are short, so they, and whatever tests build, get confidence 55, which
    the default threshold hides.

    ## Evidence

    Whole processes, CPython 3.11.7: 5.70 -> 0.015 s of CPU at 60,000 items, 0.49 -> 0.012 s at 20,000, no measurable effect
    at 1,000 (`python benchmarks/rules/run.py GL202`).

    In preview: of 15 findings in 8.3 million lines of real code 11 are right; the others are loops of a few turns, which the
    code does not tell.
    """

    code = "GL202"
    name = "list-rebuild-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "copies grow with n² (5.70 -> 0.015 s of CPU at 60,000 items)", "bench GL202")
    confidence = 90
    preview = True
    callees = frozenset({"dict", "union"})
    examples = (
        Bad(
            "def f(rows):\n    out = []\n    for row in rows:\n        out = out + [row.name]  # names\n    return out\n",
            fixed="def f(rows):\n    out = []\n    for row in rows:\n        out.append(row.name)  # names\n    return out\n",
            lines=(4,),
        ),
        Bad(
            "def f(rows):\n    seen = {}\n    for row in rows:\n        seen = {**seen, row.key: row}\n    return seen\n",
            fixed="def f(rows):\n    seen = {}\n    for row in rows:\n        seen[row.key] = row\n    return seen\n",
            lines=(4,),
        ),
        Bad(
            "def f(rows):\n    seen = set()\n    for row in rows:\n        seen = seen | row.tags\n    return seen\n",
            fixed="def f(rows):\n    seen = set()\n    for row in rows:\n        seen |= row.tags\n    return seen\n",
            lines=(4,),
        ),
        Good("def f(rows):\n    out = []\n    for row in rows:\n        out += [row]\n    return out\n", "extends in place"),
        Good(
            "def f(path, tree):\n    for part in tree:\n        path = path + [part]\n        yield path\n",
            "each turn's copy is handed out",
        ),
    )

    def check(self, node: ast.BinOp | ast.Starred | ast.Dict | ast.Call | ast.AugAssign, module: Module) -> Iterator[Finding]:
        """Yield a finding when the statement of `node` copies what it adds to, once for each turn of a loop."""
        statement = _statement(node, module)
        grown = growth(statement) if statement is not None else None
        if grown is None:
            yield from self._joined(node, module)
            return
        kind = remembered("loops.kind", grown.place, None, module, lambda: _kind(grown, module))
        if kind not in _INSTEAD or (grown.form == "augmented" and kind != "tuple") or growing_loop(grown, module) is None:
            if kind in (None, *_INSTEAD) and (
                grown.form != "augmented" or kind == "tuple" or _is_display(grown.added, ast.Tuple)
            ):
                yield from self._perhaps(grown, module)
            return
        edit = _instead(grown, kind, module)
        fix = self.replace(grown.node, edit, module, "Change it in place", Applicability.UNSAFE) if edit else None
        path = dotted(grown.place)
        message = f"the loop copies the whole {kind} `{path}` each time it adds to it; {_INSTEAD[kind]}"
        yield self.finding(
            grown.node, module, message, confidence=_SHORT if kind == "tuple" or is_test(module.path) else None, fix=fix
        )

    def _perhaps(self, grown: Growth, module: Module) -> Iterator[Finding]:
        """What a loop copies, though nothing shows its kind or how often; a sum without a display may be one of numbers."""
        shows = grown.form in ("display", "call") or _is_display(grown.added, ast.List | ast.Tuple | ast.Dict | ast.Set)
        if shows and not _is_short_lived(grown, module):
            message = f"copies all of `{dotted(grown.place)}` to add to it; change it in place"
            confidence = _ONCE if module.loop(grown.node) is None else _UNSURE
            yield self.finding(grown.node, module, message, confidence=confidence)

    def _joined(self, node: ast.AST, module: Module) -> Iterator[Finding]:
        """`items + [x]` outside of an assignment to `items`; of a longer sum the whole is reported."""
        if not isinstance(node, ast.BinOp) or not isinstance(node.op, ast.Add):
            return
        holder = module.parent(node)
        if isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Add):
            return
        sides: list[ast.expr] = []
        left: ast.expr = node
        while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
            sides.append(left.right)
            left = left.left
        displays = [isinstance(side, (ast.List, ast.Tuple)) for side in (left, *sides)]
        if any(displays) and not all(displays):
            yield self.finding(node, module, "copies a list to add a few items; write `[*items, x]`", confidence=_ONCE)


def _is_short_lived(grown: Growth, module: Module) -> bool:
    """Whether each turn of the loop begins with a few items of its own, or the loop ends with this copy."""
    loop = next(enclosing_loops(grown.node, module), None)
    if loop is None:
        return False
    started = (ast.List, ast.Tuple, ast.Dict, ast.Set)
    own = (b for b in bindings_of(grown.place, module) if isinstance(b.node, ast.Assign) and growth(b.node) is None)
    return leaves(grown.node, loop, module) or any(
        isinstance(b.value, started) and is_inside(b.node, loop, module) for b in own
    )


def _kind(grown: Growth, module: Module) -> str | None:
    """What the place holds; the union of what is a set elsewhere is a set."""
    kind = kind_of(grown.place, module)
    if kind is not None or grown.form != "method":
        return kind
    others = [b.value for b in bindings_of(grown.place, module) if not (isinstance(b.node, ast.Assign) and growth(b.node))]
    kinds = {kind_of(value, module) if value is not None else None for value in others}
    return "set" if kinds == {"set"} else None


def _is_display(added: tuple[ast.expr, ...], kinds: Any) -> bool:
    return any(isinstance(part, kinds) for part in added)


def _statement(node: ast.AST, module: Module) -> ast.Assign | ast.AugAssign | None:
    if isinstance(node, ast.AugAssign):
        return node
    holder = module.parent(node)
    if isinstance(node, ast.Starred):
        if not isinstance(holder, (ast.List, ast.Tuple, ast.Set)) or holder.elts[0] is not node:
            return None
        holder = module.parent(holder)
    return holder if isinstance(holder, ast.Assign) else None


def _instead(grown: Growth, kind: str, module: Module) -> str | None:
    """The statement that changes the container in place, when it is one line and says the same."""
    if kind == "tuple" or b"#" in module.data[slice(*module.span(grown.node))] or grown.node.lineno != grown.node.end_lineno:
        return None
    path = module.text(grown.place)
    if grown.form == "display" and isinstance(grown.node, ast.Assign):
        return _from_display(path, grown.node.value, grown, module)
    if grown.form == "method":
        return f"{path}.update({', '.join(module.text(part) for part in grown.added)})"
    if len(grown.added) != 1:
        return None
    added = grown.added[0]
    if grown.form == "union":
        return f"{path} |= {module.text(added)}"
    if grown.form != "sum":
        return None
    if isinstance(added, ast.List) and len(added.elts) == 1 and not isinstance(added.elts[0], ast.Starred):
        return f"{path}.append({_argument(added.elts[0], module)})"
    return f"{path} += {module.text(added)}"


def _from_display(path: str, value: ast.expr, grown: Growth, module: Module) -> str | None:
    if len(grown.added) != 1 or isinstance(grown.added[0], ast.Starred):
        return None
    item = module.text(grown.added[0])
    if isinstance(value, ast.Dict):
        key = value.keys[1]
        return f"{path}[{module.text(key)}] = {item}" if key is not None else f"{path}.update({item})"
    method = "append" if isinstance(value, ast.List) else "add"
    return f"{path}.{method}({_argument(grown.added[0], module)})"


def _argument(node: ast.expr, module: Module) -> str:
    text = module.text(node)
    return f"({text})" if isinstance(node, (ast.NamedExpr, ast.GeneratorExp, ast.Yield, ast.YieldFrom)) else text
