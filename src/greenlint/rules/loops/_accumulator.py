"""Finds sums that a loop builds up one piece at a time, says what each step costs, and rewrites them to list and join."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.loops._steady import mentions_in, remembered
from greenlint.source.infer import attribute_bindings, dotted, kind_of
from greenlint.source.names import names_of
from greenlint.source.repeat import enclosing_loops, is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

Target = ast.Name | ast.Attribute | ast.Subscript


class Accumulation(NamedTuple):
    """`target += piece` or `target = target + piece + ...`, and the loop that repeats it."""

    node: ast.AugAssign | ast.Assign
    target: Target
    pieces: tuple[ast.expr, ...]
    loop: Loop

    @property
    def copies_twice(self) -> bool:
        """`s = s + a + b` adds to a temporary string, which CPython cannot extend in place."""
        return len(self.pieces) > 1


def accumulation(node: ast.AST, module: Module) -> Accumulation | None:
    """What `node` builds up over the iterations of a loop, or None when it does not."""
    split = split_sum(node)
    if split is None or not isinstance(node, (ast.AugAssign, ast.Assign)):
        return None
    target, pieces = split
    loops = list(repeating_loops(node, module))
    if not loops or not _stays(target, loops[0], module):
        return None
    return Accumulation(node, target, pieces, loops[0])


def is_first(grown: Accumulation, module: Module) -> bool:
    """Whether no other statement before it builds up the same value in the same nest of loops: one report is enough."""
    outermost = [loop for loop in enclosing_loops(grown.node, module) if _stays(grown.target, loop, module)][-1:]
    holder = outermost[0] if outermost else grown.loop
    if dotted(grown.target) is None:
        return _first(grown.target, holder, module) is grown.node
    return remembered("sum.first", grown.target, holder, module, lambda: _first(grown.target, holder, module)) is grown.node


def _first(target: Target, holder: ast.AST, module: Module) -> ast.stmt | None:
    """The first statement in a nest of loops that builds up the value of `target`."""
    found: ast.stmt | None = None
    for node in ast.walk(holder):
        if isinstance(node, (ast.AugAssign, ast.Assign)) and (found is None or _precedes(node, found)):
            split = split_sum(node)
            if split is not None and same_place(split[0], target) and accumulation(node, module) is not None:
                found = node
    return found


def _precedes(a: ast.stmt, b: ast.stmt) -> bool:
    return (a.lineno, a.col_offset) < (b.lineno, b.col_offset)


def split_sum(node: ast.AST) -> tuple[Target, tuple[ast.expr, ...]] | None:
    """Target and pieces of `s += a` and `s = s + a + b`."""
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.Add):
        return node.target, (node.value,)
    if not (isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.value, ast.BinOp)):
        return None
    target = node.targets[0]
    if not isinstance(target, (ast.Name, ast.Attribute, ast.Subscript)):
        return None
    pieces: list[ast.expr] = []
    left: ast.expr = node.value
    while isinstance(left, ast.BinOp) and isinstance(left.op, ast.Add):
        pieces.append(left.right)
        left = left.left
    return (target, tuple(reversed(pieces))) if pieces and same_place(left, target) else None


def same_place(a: ast.expr, b: ast.expr) -> bool:
    """True when both are written alike: the same name, attribute or item."""
    if isinstance(a, ast.Name) and isinstance(b, ast.Name):
        return a.id == b.id
    return type(a) is type(b) and ast.unparse(a) == ast.unparse(b)


def _stays(target: Target, loop: Loop, module: Module) -> bool:
    """Whether every iteration adds to the same value: nothing in `loop` binds it, or what it hangs on, anew."""
    if isinstance(target, ast.Name):
        changed = remembered("sum.bound", target, loop, module, lambda: _bound_in(target, loop, module))
        return not changed and not remembered("sum.read", target, loop, module, lambda: _read_in(target, loop, module))
    if isinstance(target, ast.Subscript):
        return _same_item(target, loop, module)
    base = target.value
    if not isinstance(base, (ast.Name, ast.Attribute)) or dotted(base) is None:
        return False
    return not _assigned_in(target, loop, module) and not _reset_by_method(target, loop, module)


def _bound_in(name: ast.Name, loop: ast.AST, module: Module) -> bool:
    names = names_of(module)
    scope = names.scope(name)
    if scope is None:
        return False
    first, last = loop.lineno, loop.end_lineno  # type: ignore[attr-defined]
    for binding in names.bindings(name.id, scope):
        node = binding.node
        if first <= getattr(node, "lineno", first) <= last and split_sum(node) is None and is_inside(node, loop, module):
            return True
    return False


def _read_in(name: ast.Name, loop: ast.AST, module: Module) -> bool:
    uses = mentions_in(name, loop, module)
    return any(isinstance(use.ctx, ast.Load) and not _is_own_operand(use, module) for use in uses)  # type: ignore[attr-defined]


def _is_own_operand(load: ast.expr, module: Module) -> bool:
    """The second mention of s in `s = s + a`."""
    holder = module.parent(load)
    while isinstance(holder, ast.BinOp):
        holder = module.parent(holder)
    split = split_sum(holder) if isinstance(holder, ast.Assign) else None
    return split is not None and same_place(split[0], load) and not any(is_inside(load, p, module) for p in split[1])


def _same_item(target: ast.Subscript, loop: Loop, module: Module) -> bool:
    """The item of a container that the loop touches in no other way, under a key that it does not change."""
    if dotted(target.value) is None or not isinstance(target.slice, (ast.Constant, ast.Name)):
        return False
    for name in (node for node in ast.walk(target) if isinstance(node, ast.Name)):
        if _bound_in(name, loop, module):
            return False
    text = ast.unparse(target)
    base = ast.unparse(target.value)
    for node in ast.walk(loop):
        if isinstance(node, (ast.Name, ast.Attribute)) and dotted(node) == base:
            holder = module.parent(node)
            if not (isinstance(holder, ast.Subscript) and ast.unparse(holder) == text and _is_accumulated(holder, module)):
                return False
    return True


def _is_accumulated(place: ast.expr, module: Module) -> bool:
    return split_sum(module.statement(place)) is not None


def _assigned_in(target: ast.Attribute, loop: Loop, module: Module) -> bool:
    """Whether the loop assigns to `a.b` itself, or to the a of `a.b`."""
    path = dotted(target) or ""
    for node in ast.walk(loop):
        if isinstance(node, (ast.Name, ast.Attribute)) and not isinstance(node.ctx, ast.Load):
            stored = dotted(node) or ""
            if (path == stored or path.startswith(stored + ".")) and not (path == stored and _is_accumulated(node, module)):
                return True
    return False


def _reset_by_method(target: ast.Attribute, loop: Loop, module: Module) -> bool:
    """Whether the loop calls a method of the same object while another method assigns the attribute afresh."""
    base = dotted(target.value)
    calls = any(
        isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and dotted(node.func.value) == base
        for node in ast.walk(loop)
    )
    if not calls:
        return False
    own = module.function(target)
    for binding in attribute_bindings(target, module):
        function = module.function(binding.node)
        if function is not None and function is not own and function.name != "__init__" and split_sum(binding.node) is None:
            return True
    return False


def quadratic_reason(grown: Accumulation, module: Module) -> str:
    """Why CPython cannot extend this string in place; "" when it can (measured on 3.10 to 3.13)."""
    target = grown.target
    if isinstance(target, ast.Attribute):
        return "CPython never extends an attribute in place"
    if isinstance(target, ast.Subscript):
        return "CPython never extends an item in place"
    if grown.copies_twice:
        return "CPython extends in place for one `+` only"
    names = names_of(module)
    scope = names.scope(target)
    here = module.scope(target)
    if isinstance(scope, (ast.Module, ast.ClassDef)):
        return "CPython 3.11 and later extend only locals of a function in place"
    if scope is not here or any(module.scope(use) is not here for use in names.uses(target.id, scope or here)):
        return "CPython 3.11 and later do not extend a variable of two functions in place"
    return ""


def kind_of_sum(grown: Accumulation, module: Module) -> tuple[str | None, bool]:
    """The kind of the target, and whether its own bindings tell it (else a piece does: only str can be added to str)."""
    kind = kind_of(grown.target, module)
    if kind is not None:
        return kind, True
    return ("str" if any(kind_of(piece, module) == "str" for piece in grown.pieces) else None), False


def rebuilt(node: ast.Assign) -> tuple[Target, str] | None:
    """The target of `s = piece + s`, `s = f"{s}{piece}"`, `s = "%s%s" % (s, piece)`, `s = "{}{}".format(s, piece)`, and what does it."""
    target, value = node.targets[0], node.value
    if len(node.targets) != 1 or not isinstance(target, (ast.Name, ast.Attribute)):
        return None
    found: list[ast.expr] = []
    form = ""
    if isinstance(value, ast.JoinedStr):
        found, form = [part.value for part in value.values if isinstance(part, ast.FormattedValue)], "an f-string"
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mod) and _is_text(value.left):
        found, form = (value.right.elts if isinstance(value.right, ast.Tuple) else [value.right]), "`%`"
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        while isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
            found.append(value.right)
            value = value.left
        form = "`+`"
    elif isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "format":
        found, form = (value.args if _is_text(value.func.value) else []), "`format`"
    return (target, form) if sum(same_place(part, target) for part in found) == 1 else None


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)
