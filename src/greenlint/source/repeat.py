"""How often a place runs: which loops repeat it, which of them are short, and which it leaves at once."""

from __future__ import annotations

import ast

from greenlint.source.names import COMPREHENSIONS, names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

Loop = ast.For | ast.AsyncFor | ast.While | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
LOOPS = (ast.For, ast.AsyncFor, ast.While, *COMPREHENSIONS)
FEW = 64
"""Loops over at most so many literal items count as short: their cost does not grow with the data."""
_NAME_SEPARATORS = (".", "/", "\\", "-", "_", "::", b".", b"/")
"""Separators of the parts of dotted names, paths, versions and identifiers, which are few."""
_NOT_GROWING = frozenset({"clear", "copy", "count", "index", "pop", "remove", "reverse", "sort"})
_LOOKING = frozenset(
    {"all", "any", "enumerate", "len", "max", "min", "print", "range", "reversed", "set", "sorted", "sum", "zip"}
)


def is_inside(node: ast.AST, holder: ast.AST, module: Module) -> bool:
    """True when `node` is `holder` or a part of it."""
    return node is holder or any(ancestor is holder for ancestor in module.ancestors(node))


def enclosing_loops(node: ast.AST, module: Module) -> Iterator[Loop]:
    """The loops and comprehensions of the same function that run `node` once per iteration, innermost first."""
    loop = module.loop(node)
    while loop is not None:
        if isinstance(loop, LOOPS):
            yield loop
        loop = module.loop(loop)


def repeating_loops(node: ast.AST, module: Module) -> Iterator[Loop]:
    """Those enclosing loops that may run `node` many times: not short, not left right after it."""
    for loop in enclosing_loops(node, module):
        if not is_short(loop, module) and not leaves(node, loop, module):
            yield loop


def is_short(loop: Loop, module: Module) -> bool:
    """True when the loop's own text bounds it to a few iterations: a literal, `range(3)`."""
    if isinstance(loop, ast.While):
        return isinstance(loop.test, ast.Name) and is_short_iterable(loop.test, module)
    iterables = [loop.iter] if isinstance(loop, (ast.For, ast.AsyncFor)) else [gen.iter for gen in loop.generators]
    return all(is_short_iterable(iterable, module) for iterable in iterables)


def is_short_iterable(node: ast.expr, module: Module) -> bool:
    """True when the text of an iterable bounds it to a few items, or it is a constant, which does not grow with the data."""
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return len(node.elts) <= FEW and not any(isinstance(item, ast.Starred) for item in node.elts)
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
        return len(node.value) <= FEW
    if isinstance(node, (ast.Name, ast.Attribute)) and (node.id if isinstance(node, ast.Name) else node.attr).isupper():
        return True  # a constant, however long, does not grow with the data
    if isinstance(node, ast.Name):
        return _is_short_name(node, module)
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        return is_short_iterable(node.value, module)
    if _splits_a_name(node):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
        if module.is_builtin(node.func, "range"):
            return _is_short_range(node.args, module)
        if node.func.id in ("enumerate", "reversed", "sorted", "zip") and module.is_builtin(node.func, node.func.id):
            return any(is_short_iterable(argument, module) for argument in node.args)
    return False


def _is_short_name(node: ast.Name, module: Module) -> bool:
    names = names_of(module)
    scope = names.scope(node)
    if scope is None:
        return False
    values = [binding.value for binding in names.bindings(node.id, scope)]
    if values and all(_is_short_value(value, module) for value in values):
        return not any(may_grow(load, module) for load in names.loads(node.id, scope))
    return bool(values) and all(value is not None and _splits_a_name(value) for value in values)


def _is_short_value(value: ast.expr | None, module: Module) -> bool:
    if isinstance(value, ast.ListComp):  # over literals and ranges; a name could lead back to this very list
        plain = all(
            isinstance(part.iter, (ast.Call, ast.List, ast.Tuple)) and not _names(part.iter) for part in value.generators
        )
        return plain and is_short(value, module)
    return isinstance(value, (ast.Tuple, ast.List)) and is_short_iterable(value, module)


def _names(iterable: ast.expr) -> bool:
    called = iterable.func if isinstance(iterable, ast.Call) else None
    return any(isinstance(part, ast.Name) and part is not called for part in ast.walk(iterable))


def may_grow(load: ast.Name, module: Module) -> bool:
    """Whether this mention of a list adds to it, or hands it to code that could; looking, walking and taking out do not."""
    holder = module.parent(load)
    if isinstance(holder, ast.Attribute):
        return holder.attr not in _NOT_GROWING
    if isinstance(holder, ast.Call):
        return not (
            isinstance(holder.func, ast.Name) and holder.func.id in _LOOKING and module.is_builtin(holder.func, holder.func.id)
        )
    if isinstance(holder, ast.Subscript):
        return not isinstance(holder.ctx, ast.Load)
    looking = (ast.For, ast.AsyncFor, ast.comprehension, ast.Compare, ast.If, ast.IfExp, ast.While, ast.BoolOp, ast.UnaryOp)
    return not isinstance(holder, looking)


def _splits_a_name(node: ast.expr) -> bool:
    """`name.split(".")` and the like: a few parts, however much data there is."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
        return False
    separator = node.args[0]
    return node.func.attr in ("split", "rsplit") and isinstance(separator, ast.Constant) and separator.value in _NAME_SEPARATORS


def _is_short_range(arguments: list[ast.expr], module: Module) -> bool:
    for argument in arguments:
        if isinstance(argument, ast.Call) and module.is_builtin(argument.func, "len") and len(argument.args) == 1:
            return is_short_iterable(argument.args[0], module)
    try:
        return len(range(*(ast.literal_eval(argument) for argument in arguments))) <= FEW
    except (ValueError, TypeError, OverflowError):  # not literals, or not what range takes
        return False


def leaves(node: ast.AST, loop: Loop, module: Module) -> bool:
    """True when control certainly leaves `loop` after `node`: a `break`, `return` or `raise` follows in its block."""
    if isinstance(loop, COMPREHENSIONS):
        return False
    child: ast.AST = module.statement(node)
    while child is not loop:
        if isinstance(child, (ast.Return, ast.Raise)):
            return True
        follower = _next_exit(child, module)
        if isinstance(follower, (ast.Return, ast.Raise)):
            return True
        if follower is not None and module.loop(child) is loop:
            return isinstance(follower, ast.Break)  # of an inner loop it ends that one; what follows there decides
        parent = module.parent(child)
        if parent is None:
            return False
        child = parent
    return False


def _next_exit(statement: ast.AST, module: Module) -> ast.stmt | None:
    """The first `return`, `raise`, `break` or `continue` after this statement in its block."""
    notes: dict[int, dict[ast.stmt, ast.stmt | None]] = module.notes.setdefault("repeat.exits", {})
    parent = module.parent(statement)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if not isinstance(block, list):
            continue
        exits = notes.get(id(block))
        if exits is None:
            exits = notes[id(block)] = {}
            following: ast.stmt | None = None
            for each in reversed(block):
                exits[each] = following
                if isinstance(each, (ast.Return, ast.Raise, ast.Break, ast.Continue)):
                    following = each
        if statement in exits:
            return exits[statement]
    return None


def _following(statement: ast.AST, module: Module) -> list[ast.stmt]:
    """The statements after this one in its block."""
    block = block_of(statement, module)
    for index, candidate in enumerate(block):
        if candidate is statement:
            return block[index + 1 :]
    return []


def block_of(statement: ast.AST, module: Module) -> list[ast.stmt]:
    """The list of statements that holds this one; empty for what is not a statement."""
    parent = module.parent(statement)
    for field in ("body", "orelse", "finalbody"):
        block = getattr(parent, field, None)
        if isinstance(block, list) and statement in block:
            return block
    return []


def next_statement(statement: ast.AST, module: Module) -> ast.stmt | None:
    """The statement that follows in the same block."""
    following = _following(statement, module)
    return following[0] if following else None


def previous_statement(statement: ast.AST, module: Module) -> ast.stmt | None:
    """The statement right before in the same block."""
    block = block_of(statement, module)
    for index, candidate in enumerate(block):
        if candidate is statement:
            return block[index - 1] if index else None
    return None
