"""GL220 manual-comprehension."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from operator import attrgetter

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.loops._collect import collected, comprehension_text, line_start
from greenlint.rules.loops._steady import remembered
from greenlint.source.blocks import place_in_block
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import FUNCTIONS, names_of
from greenlint.source.repeat import is_inside, is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.loops._collect import Collected
    from greenlint.source.module import Module

_OTHERS = 40
"""Below the default threshold: the collection is not seen to be new, so that the gain is smaller, or the loop is short."""
_MANY = 200
"""Mentions of a variable up to which a fix asks of each whether it belongs to another loop."""
_TIED_TO_FRAME = re.compile(r"\b(?:super|locals|vars|dir|eval|exec|globals|__class__)\b|:=|\bawait\b|\blambda\b|#")
"""What means something else inside a comprehension, or would be lost."""


class ManualComprehension(FileRule):
    """A loop fills a new list, set or dict item by item, which a comprehension does in one expression.

    ## Why it wastes

    `out.append(x)` looks up a method and calls it for every item. A comprehension stores the item with one instruction.

    ## When to leave it alone

    When the loop does more than that, or asks what it has collected so far (`if x not in seen`): the rule is silent for both. The gain is
    small, so the rule is pedantic. Short loops, collections that hold something already, and those that are not seen to be lists get
    confidence 40. The fix is safe inside a function where nothing else uses the loop's variable, and unsafe elsewhere: at
    module level the variable is visible, and under `try` a part of the list may be.

    ## Evidence

    Whole processes: 20 lists of 100,000 numbers take loops 1.13 [1.08, 1.18] times the CPU of comprehensions under CPython 3.11.7, 1.10
    [1.05, 1.17] times under 3.14.10; nothing to be seen at 1,000 (`python benchmarks/rules/run.py GL220 --rounds 30`; six rounds cannot tell it from noise).
    Little, so only with `--pedantic`. Precision on real code: `benchmarks/rules/labels/GL220.tsv`.
    """

    code = "GL220"
    name = "manual-comprehension"
    effect = Effect(
        EffectClass.CONSTANT,
        "a method call per item: about a tenth of the CPU of a loop that only appends",
        "bench GL220",
    )
    severity = Severity.NOTE
    confidence = 85
    pedantic = True
    examples = (
        Bad(
            "def f(rows):\n    names = []\n    for row in rows:\n        if row.ok:\n            names.append(row.name)\n"
            "    return names  # all\n",
            fixed="def f(rows):\n    names = [row.name for row in rows if row.ok]\n    return names  # all\n",
            lines=(3,),
        ),
        Bad(
            "def f(rows):\n    table: dict[str, int] = {}\n    for key, value in rows:\n        table[key] = value + 1\n    return table\n",
            fixed="def f(rows):\n    table: dict[str, int] = {key: value + 1 for key, value in rows}\n    return table\n",
            lines=(3,),
        ),
        Good(
            "def f(rows):\n    seen = []\n    for row in rows:\n        if row.name not in seen:\n            seen.append(row.name)\n"
            "    return seen\n",
            "asks what it has collected so far",
        ),
        Good(
            "def f(rows):\n    names = []\n    for row in rows:\n        log(row)\n        names.append(row.name)\n    return names\n",
            "does more than that",
        ),
    )

    def check(self, node: ast.For | ast.AsyncFor, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` does what a comprehension would."""
        found = collected(node)
        if found is None or _needs_loop(found, node, module):
            return
        kind = remembered("loops.kind", found.place, None, module, lambda: kind_of(found.place, module))
        if kind not in (found.kind, None) or (kind is None and found.kind != "list"):
            return
        start = _new_collection(found, node, module)
        copies = not found.tests and len(found.items) == 1 and ast.unparse(found.items[0]) == ast.unparse(node.target)
        sure = start is not None and not copies and not is_short(node, module) and not _outlives(node, module)
        path = dotted(found.place)
        message = f"fills `{path}` item by item; a {found.kind} comprehension needs no call per item"
        fix = _fix(found, node, start, module) if start is not None and not copies else None
        yield self.finding(node, module, message, confidence=None if sure else _OTHERS, fix=fix)


def _needs_loop(found: Collected, loop: ast.For | ast.AsyncFor, module: Module) -> bool:
    """Whether a comprehension could not do it: it reads what it fills, yields, or is in the body of a class."""
    path = dotted(found.place)
    parts = [*found.items, *(test for test, _ in found.tests), loop.iter, loop.target]
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, (ast.Yield, ast.YieldFrom)):
                return True
            if isinstance(node, (ast.Name, ast.Attribute)) and dotted(node) == path:
                return True
    if found.kind == "dict" and not _targets(loop) & {n.id for n in ast.walk(found.items[0]) if isinstance(n, ast.Name)}:
        return True
    if any(isinstance(node, (ast.Attribute, ast.Subscript)) for node in ast.walk(loop.target)):
        return True
    return isinstance(module.scope(loop), ast.ClassDef)


def _targets(loop: ast.For | ast.AsyncFor) -> set[str]:
    return {node.id for node in ast.walk(loop.target) if isinstance(node, ast.Name)}


def _outlives(loop: ast.For | ast.AsyncFor, module: Module) -> bool:
    """Whether a variable of the loop is read, or deleted, after it; a comprehension leaves none."""
    names = names_of(module)
    for node in ast.walk(loop.target):
        scope = names.scope(node) if isinstance(node, ast.Name) else None
        if not isinstance(node, ast.Name) or scope is None:
            continue
        uses = names.uses(node.id, scope)
        after = bisect_right(uses, loop.end_lineno or loop.lineno, key=attrgetter("lineno"))
        following = uses[after] if after < len(uses) else None
        if following is not None and not isinstance(following.ctx, ast.Store) and not _is_bound_again(following, module):
            return True
    return False


def _is_bound_again(use: ast.Name, module: Module) -> bool:
    """Whether the statement of this use, such as `x = x + 1` or a loop over `x`, stands for itself."""
    return any(
        isinstance(around, (ast.For, ast.AsyncFor)) and use.id in _targets(around) and not is_inside(use, around.iter, module)
        for around in module.ancestors(use)
    )


def _new_collection(found: Collected, loop: ast.stmt, module: Module) -> ast.Assign | ast.AnnAssign | None:
    """The statement of the same block that makes the collection, empty, with no other mention of it before the loop."""
    block, place = place_in_block(loop, module)
    filled = found.place
    scope = names_of(module).scope(filled) if isinstance(filled, ast.Name) else None
    if not isinstance(filled, ast.Name) or scope is None:
        return None
    uses = names_of(module).uses(filled.id, scope)
    before = bisect_left(uses, loop.lineno, key=attrgetter("lineno")) - 1
    statement = module.parent(uses[before]) if before >= 0 else None
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or place_in_block(statement, module)[0] is not block:
        return None
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    made = targets == [uses[before]] and _is_empty(statement.value, found.kind, module)
    return statement if made and place > place_in_block(statement, module)[1] else None


def _is_empty(value: ast.expr | None, kind: str, module: Module) -> bool:
    if isinstance(value, ast.List):
        return kind == "list" and not value.elts
    if isinstance(value, ast.Dict):
        return kind == "dict" and not value.keys
    return isinstance(value, ast.Call) and not value.args and not value.keywords and module.is_builtin(value.func, kind)


def _fix(found: Collected, loop: ast.For | ast.AsyncFor, start: ast.Assign | ast.AnnAssign, module: Module) -> Fix | None:
    """The comprehension in place of the empty collection, and the loop gone, where they stand one after the other."""
    adjacent = place_in_block(loop, module)[1] == place_in_block(start, module)[1] + 1
    if isinstance(loop, ast.AsyncFor) or loop.type_comment or start.value is None or not adjacent:
        return None
    begin, end = module.span(start)[1], module.span(loop)[1]
    text = module.data[begin:end].decode("utf-8", "replace")
    rest = module.data[end:].split(b"\n", 1)[0].strip()
    if _TIED_TO_FRAME.search(text) or rest or line_start(loop, module).strip() or line_start(start, module).strip():
        return None
    comprehension = comprehension_text(found, loop, start.value.col_offset, module)
    edits = (Edit(*module.span(start.value), comprehension), Edit(begin, end, ""))
    safe = _is_local(loop, found.place, module)  # type: ignore[arg-type]
    return Fix(f"Use a {found.kind} comprehension", edits, Applicability.SAFE if safe else Applicability.UNSAFE)


def _is_local(loop: ast.For, place: ast.Name, module: Module) -> bool:
    """Whether neither the loop's variables nor a half-filled collection can be seen by anybody else."""
    scope = module.scope(loop)
    if not isinstance(scope, FUNCTIONS):
        return False
    for ancestor in module.ancestors(loop):
        if ancestor is scope:
            break
        if isinstance(ancestor, (ast.Try, ast.With, ast.AsyncWith)):
            return False
    names = names_of(module)
    if names.scope(place) is not scope or len(names.uses(place.id, scope)) > _MANY:
        return False
    if any(module.scope(use) is not scope for use in names.uses(place.id, scope)):
        return False
    for node in ast.walk(loop.target):
        if isinstance(node, ast.Name):
            if names.scope(node) is not scope or len(names.uses(node.id, scope)) > _MANY:
                return False
            if not all(_is_of_a_loop(use, loop, scope, module) for use in names.uses(node.id, scope)):
                return False
    return True


def _is_of_a_loop(use: ast.Name, loop: ast.For, scope: ast.AST, module: Module) -> bool:
    """Whether this use of a variable belongs to the loop, or to another one that binds the variable itself."""
    if is_inside(use, loop, module):
        return module.scope(use) is scope
    child: ast.AST = use
    for ancestor in module.ancestors(use):
        around = isinstance(ancestor, (ast.For, ast.AsyncFor)) and child is not ancestor.iter and child not in ancestor.orelse
        if around and use.id in _targets(ancestor):  # type: ignore[arg-type]
            return not is_inside(loop, ancestor, module)
        child = ancestor
    return False
