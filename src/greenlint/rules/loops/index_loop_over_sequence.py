"""GL216 index-loop-over-sequence."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._asserted import is_asserted
from greenlint.rules.loops._compiled import is_compiled
from greenlint.rules.loops._steady import bindings_of, is_changed, is_read_after
from greenlint.source.infer import dotted, kind_of
from greenlint.source.names import COMPREHENSIONS, names_of
from greenlint.source.repeat import is_inside, is_short
from greenlint.source.shadowed import doubted, is_builtin_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_SEQUENCES = ("str", "bytes", "bytearray", "list", "tuple", "range")
_POSITION_TOO = 25
"""The position serves for more than a look-up: `enumerate` gives both, and is no faster."""
_UNKNOWN = 55
"""Below the default threshold: what has positions and a length need not give the same items when it is walked, as dicts and words of groups."""

_PERHAPS = "counts through the positions to look up the items; walk the items, with `enumerate` where both are needed"


class IndexLoopOverSequence(FileRule):
    """A loop counts through the positions of a sequence although it needs only the items.

    ## Why it wastes

    `for i in range(len(rows))` makes a number for each turn, and every `rows[i]` looks up the sequence and the item again.
    `for row in rows` hands out the items directly.

    ## When to leave it alone

    When the position serves for anything else: then the rule is silent, for `enumerate` is no faster than `range(len(rows))`.
    It is also silent where the loop may change the sequence, for `self`, for dicts, for functions that numba or the like
    compiles, and for short loops; of `while` loops it knows those that count from 0 to the length in steps of one. What is not known to be a list, tuple, string or sequence gets confidence 55, which the
    default threshold hides: it may give other things when it is walked. A loop that reads items and needs their positions as well
    gets 25; one that only fills places, reads the position after it, or makes the sequence longer or shorter is left alone even then.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.17 -> 0.13 s of CPU at 1,000,000 items, 0.040 -> 0.033 s at 200,000, no measurable
    effect at 1,000 (`python benchmarks/rules/run.py GL216`).
    """

    code = "GL216"
    name = "index-loop-over-sequence"
    effect = Effect(
        EffectClass.CONSTANT, "an index and a look-up for each item (0.17 -> 0.13 s of CPU at 1,000,000 items)", "bench GL216"
    )
    confidence = 90
    callees = frozenset({"range"})
    examples = (
        Bad(
            "def f(rows: list):\n    for i in range(len(rows)):\n        print(rows[i].name, rows[i].price)  # both\n",
            fixed="def f(rows: list):\n    for row in rows:\n        print(row.name, row.price)  # both\n",
            lines=(2,),
        ),
        Bad(
            "class A:\n    cells: list\n    def f(self):\n        return [self.cells[k] * 2 for k in range(len(self.cells))]\n",
            fixed="class A:\n    cells: list\n    def f(self):\n        return [cell * 2 for cell in self.cells]\n",
            lines=(4,),
        ),
        Good("def f(rows):\n    for i in range(len(rows)):\n        print(i, rows[i])\n", "the position is needed"),
        Good("def f(rows):\n    for i in range(len(rows)):\n        rows[i] += 1\n", "the items are replaced"),
    )

    def check(self, node: ast.Call | ast.While, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` counts through a sequence of which only the items are used."""
        if isinstance(node, ast.While):
            return self._while(node, module)
        return doubted(self._found(node, module), node, module)

    def _while(self, node: ast.While, module: Module) -> Iterator[Finding]:
        """`while i < len(rows):` with `i += 1` at its end."""
        counted = _counted(node, module)
        if counted is None or is_compiled(node, module):
            return
        index, sequence = counted
        names, scope = names_of(module), names_of(module).scope(index)
        stores = [binding.node for binding in names.bindings(index.id, scope)] if scope is not None else []
        if scope is None or sum(is_inside(store, node, module) for store in stores) != 1:
            return
        step = node.body[-1]
        loads = [load for load in names.loads(index.id, scope) if not is_inside(load, node.test, module)]
        looks = [load for load in loads if is_inside(load, node, module) and not is_inside(load, step, module)]
        items = [load for load in looks if _looks_up(load, dotted(sequence), module)]
        kind = kind_of(sequence, module)
        if not items or kind in ("dict", "set") or is_changed(sequence, node, module):
            return
        path = dotted(sequence)
        only = len(items) == len(loads) and len(stores) == 2 and _is_zero(stores[0])
        if only:
            known = kind in _SEQUENCES or _is_said_sequence(sequence, module)
            message = f"`{index.id}` serves only to look up `{path}[{index.id}]`; iterate over `{path}` itself"
            yield self.finding(node, module, message, confidence=None if known else _UNKNOWN)
        else:
            yield self.finding(node, module, _PERHAPS, confidence=_POSITION_TOO)

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        sequence = _measured(node, module)
        place = module.parent(node)
        if (
            sequence is None
            or _is_own(sequence, node, module)
            or not isinstance(place, (ast.For, ast.comprehension))
            or place.iter is not node
        ):
            yield from self._perhaps(node, module)
            return
        loop = place if isinstance(place, ast.For) else module.parents[place]
        if not isinstance(loop, (ast.For, *COMPREHENSIONS)) or not isinstance(place.target, ast.Name) or is_short(loop, module):
            yield from self._perhaps(node, module)
            return
        uses = _only_items(place.target, sequence, loop, module)
        kind = kind_of(sequence, module)
        if not uses or kind in ("dict", "set") or is_changed(sequence, loop, module):
            yield from self._perhaps(node, module)
            return
        if is_compiled(node, module) or is_asserted(node, module):
            return
        path = dotted(sequence)
        message = f"`{place.target.id}` serves only to look up `{path}[{place.target.id}]`; iterate over `{path}` itself"
        known = kind in _SEQUENCES or _is_said_sequence(sequence, module)
        yield self.finding(
            node, module, message, confidence=None if known else _UNKNOWN, fix=_fix(place.target, node, sequence, uses, module)
        )

    def _perhaps(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A note about a loop over the positions of a sequence that reads its items by them, whatever else it does."""
        place = module.parent(node)
        if self.least > _POSITION_TOO or not (isinstance(place, (ast.For, ast.comprehension)) and place.iter is node):
            return
        end = _end(node) if is_builtin_here(node.func, "range", module) else None
        if not isinstance(end, ast.Call) or not is_builtin_here(end.func, "len", module) or len(end.args) != 1:
            return
        sequence = end.args[0]
        loop = place if isinstance(place, ast.For) else module.parents[place]
        if kind_of(sequence, module) in ("dict", "set") or not _needs_items_alone(place.target, sequence, loop, module):
            return
        yield self.finding(node, module, _PERHAPS, confidence=_POSITION_TOO)


def _end(node: ast.Call) -> ast.expr | None:
    """The n of `range(n)`, `range(0, n)` and `range(0, n, 1)`."""
    fixed = [part.value if isinstance(part, ast.Constant) else None for part in node.args]
    if len(node.args) == 1:
        return node.args[0]
    return node.args[1] if fixed[:1] == [0] and (len(node.args) == 2 or fixed[2:] == [1]) else None


_RESIZES = frozenset({"append", "clear", "extend", "insert", "pop", "remove"})


def _needs_items_alone(index: ast.expr, sequence: ast.expr, loop: ast.AST, module: Module) -> bool:
    """Whether the loop reads items by their position, and neither it nor what follows needs positions for good."""
    names = names_of(module)
    scope = names.scope(index) if isinstance(index, ast.Name) else None
    if not isinstance(index, ast.Name) or scope is None:
        return True
    written = ast.dump(sequence)
    holders = [module.parent(load) for load in names.loads(index.id, scope) if is_inside(load, loop, module)]
    if not any(
        isinstance(item, ast.Subscript) and isinstance(item.ctx, ast.Load) and ast.dump(item.value) == written
        for item in holders
    ):
        return False  # it fills places, or those of another sequence
    if is_read_after(index, loop, module):
        return False  # the position where the loop stopped
    return not any(  # a walk over the items would meet what is added, and miss what moves up
        isinstance(use.func, ast.Attribute) and use.func.attr in _RESIZES and ast.dump(use.func.value) == written
        for use in ast.walk(loop)
        if isinstance(use, ast.Call)
    )


def _is_said_sequence(sequence: ast.expr, module: Module) -> bool:
    """Whether an annotation says that it is a sequence of some kind."""
    found = [binding.annotation for binding in bindings_of(sequence, module)]
    bases = [annotation.value if isinstance(annotation, ast.Subscript) else annotation for annotation in found]
    return bool(bases) and all(
        base is not None and (dotted(base) or "").rpartition(".")[2] in ("Sequence", "MutableSequence") for base in bases
    )


def _is_own(sequence: ast.expr, node: ast.Call, module: Module) -> bool:
    """Whether it is the object whose method this is: its `__iter__` may be this very loop."""
    function = module.function(node)
    arguments = function.args.posonlyargs + function.args.args if function is not None else []
    return bool(arguments) and isinstance(sequence, ast.Name) and sequence.id == arguments[0].arg == "self"


def _measured(node: ast.Call, module: Module) -> ast.expr | None:
    """The sequence in `range(len(sequence))`."""
    if len(node.args) != 1 or not is_builtin_here(node.func, "range", module):
        return None
    length = node.args[0]
    if not (isinstance(length, ast.Call) and is_builtin_here(length.func, "len", module) and len(length.args) == 1):
        return None
    return length.args[0] if dotted(length.args[0]) is not None else None


def _only_items(index: ast.Name, sequence: ast.expr, loop: Loop, module: Module) -> list[ast.Subscript]:
    """The places that read `sequence[index]`; empty when the index serves for anything else."""
    names = names_of(module)
    scope = names.scope(index)
    if scope is None or len(names.bindings(index.id, scope)) != 1:
        return []
    found: list[ast.Subscript] = []
    path = dotted(sequence)
    for load in names.loads(index.id, scope):
        item = module.parent(load)
        if not is_inside(load, loop, module) or not _looks_up(load, path, module):
            return []
        found.append(item)  # type: ignore[arg-type]
    return found


def _looks_up(index: ast.Name, path: str | None, module: Module) -> bool:
    """Whether this mention of the index reads `path[index]`."""
    item = module.parent(index)
    at_index = isinstance(item, ast.Subscript) and item.slice is index and isinstance(item.ctx, ast.Load)
    return at_index and dotted(item.value) == path  # type: ignore[union-attr]


def _counted(loop: ast.While, module: Module) -> tuple[ast.Name, ast.expr] | None:
    """The index and the sequence of `while i < len(sequence)` (or `i != ...`, `len(sequence) > i`) that ends with `i += 1`."""
    test, step = loop.test, loop.body[-1]
    if not (isinstance(test, ast.Compare) and len(test.ops) == 1) or loop.orelse:
        return None
    if any(isinstance(part, ast.Continue) and module.loop(part) is loop for part in ast.walk(loop)):
        return None  # it comes back to the same item: it waits for it
    if isinstance(test.ops[0], (ast.Lt, ast.NotEq)):
        index, length = test.left, test.comparators[0]
    elif isinstance(test.ops[0], ast.Gt):
        index, length = test.comparators[0], test.left
    else:
        return None
    measures = isinstance(length, ast.Call) and is_builtin_here(length.func, "len", module) and len(length.args) == 1
    if not measures or not isinstance(index, ast.Name) or dotted(length.args[0]) is None:  # type: ignore[attr-defined]
        return None
    by_one = (
        isinstance(step, ast.AugAssign)
        and isinstance(step.target, ast.Name)
        and step.target.id == index.id
        and isinstance(step.op, ast.Add)
        and isinstance(step.value, ast.Constant)
        and step.value.value == 1
    )
    return (index, length.args[0]) if by_one else None  # type: ignore[attr-defined]


def _is_zero(binder: ast.AST) -> bool:
    """`i = 0`."""
    return isinstance(binder, ast.Assign) and isinstance(binder.value, ast.Constant) and binder.value.value == 0


def _fix(index: ast.Name, counter: ast.Call, sequence: ast.expr, uses: list[ast.Subscript], module: Module) -> Fix | None:
    path = dotted(sequence) or ""
    name = _item_name(path.rpartition(".")[2], module)
    if name is None or any(b"#" in module.data[slice(*module.span(part))] for part in (counter, *uses)):
        return None
    edits = [Edit(*module.span(index), name), Edit(*module.span(counter), path)]
    edits += [Edit(*module.span(use), name) for use in uses]
    return Fix("Iterate over the items", tuple(edits), Applicability.UNSAFE)


def _item_name(plural: str, module: Module) -> str | None:
    """A name for one item that the file does not use yet."""
    plain = plural.lstrip("_")
    singular = [plain[:-1]] if len(plain) > 3 and plain.endswith("s") and not plain.endswith("ss") else []
    for name in (*singular, "item", f"{plain}_item"):
        if name.isidentifier() and not names_of(module).is_mentioned(name):
            return name
    return None
