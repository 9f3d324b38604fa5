"""Which loops run a statement of a database once per row, and which variables change from turn to turn."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right

from greenlint.named_tuple import NamedTuple
from greenlint.source.infer import dotted
from greenlint.source.names import COMPREHENSIONS, names_of
from greenlint.source.project import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_ONCE = ("migration", "alembic", "versions")
_BATCHES = (
    "batch",
    "chunk",
    "page",
    "attempt",
    "retry",
    "retries",
    "tries",
    "model",
    "table",
    "queries",
    "statements",
    "offset",
    "options",
)
_MAKING = frozenset({"create", "get_or_create", "update_or_create"})
_INTERACTIVE = frozenset({"input", "sleep", "prompt", "getpass"})


def row_loop(node: ast.AST, module: Module) -> ast.For | ast.expr | None:
    """The innermost `for` or comprehension that runs `node` for each of many rows; None for batches, retries and tests."""
    if is_test(module.path) or is_migration(module.path):
        return None
    for loop in repeating_loops(node, module):
        if isinstance(loop, (ast.For, *COMPREHENSIONS)):
            return None if _is_of_batches(loop, module) else loop
        return None
    return None


def is_migration(path: str) -> bool:
    """Whether a file changes a database once and is never edited again."""
    return any(word in path.rpartition("/")[0] for word in _ONCE)


def is_aside(path: str) -> bool:
    """Whether waste in a file hardly matters: tests, whose tables are nearly empty, and migrations."""
    return is_test(path) or is_migration(path)


def _is_of_batches(loop: Loop, module: Module) -> bool:
    """Whether the loop walks batches, tables, statements or attempts instead of rows, or waits for a person."""
    heads = [(loop.target, loop.iter)] if isinstance(loop, ast.For) else [(g.target, g.iter) for g in _generators(loop)]
    for target, iterable in heads:
        text = f"{module.text(target)} {_origin(iterable, module)}".lower()
        if any(word in text for word in _BATCHES):
            return True
        if isinstance(iterable, ast.Call) and (_is_stepped(iterable, module) or _is_of_constant(iterable.func)):
            return True
    return not facts_of(loop, module).called.isdisjoint(_INTERACTIVE)


def _origin(iterable: ast.expr, module: Module) -> str:
    """The text of what a loop walks; of a name also what it was made from."""
    if not isinstance(iterable, ast.Name):
        return module.text(iterable)
    names = names_of(module)
    scope = names.scope(iterable)
    values = [binding.value for binding in names.bindings(iterable.id, scope)] if scope is not None else []
    if len(values) == 1 and isinstance(values[0], (ast.Call, ast.Subscript)) and values[0].lineno == values[0].end_lineno:
        return f"{iterable.id} {module.text(values[0])}"
    return iterable.id


def _is_stepped(call: ast.Call, module: Module) -> bool:
    """`range(0, n, 500)`."""
    return module.is_builtin(call.func, "range") and len(call.args) == 3


def _is_of_constant(function: ast.expr) -> bool:
    """`settings.DEFAULTS.items()`: a table that does not grow with the data."""
    table = function.value if isinstance(function, ast.Attribute) and function.attr in ("items", "keys", "values") else None
    name = table.attr if isinstance(table, ast.Attribute) else getattr(table, "id", "")
    return name.isupper()


def _generators(loop: Loop) -> list[ast.comprehension]:
    return loop.generators if isinstance(loop, COMPREHENSIONS) else []


class LoopFacts(NamedTuple):
    """What one walk through a loop finds.

    stored    the names that a turn sets
    called    the last parts of the names that it calls
    executes  how many calls of `execute` it holds
    numbers   whether it reads `lastrowid` or `rowcount`
    pauses    whether it yields or awaits
    makes     the dotted names that it calls, and those of the models whose manager makes rows
    """

    stored: frozenset[str]
    called: frozenset[str]
    executes: int
    numbers: bool
    pauses: bool
    makes: frozenset[str]


def facts_of(loop: ast.AST, module: Module) -> LoopFacts:
    """The facts about a loop, found once."""
    notes = module.notes.setdefault("loop-facts", {})
    if id(loop) not in notes:
        notes[id(loop)] = _look(loop)
    found: LoopFacts = notes[id(loop)]
    return found


def _look(loop: ast.AST) -> LoopFacts:
    nodes = list(ast.walk(loop))
    calls = [node.func for node in nodes if isinstance(node, ast.Call)]
    names = [func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "") for func in calls]
    attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    return LoopFacts(
        stored=frozenset([n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]),
        called=frozenset(names),
        executes=names.count("execute"),
        numbers=not attributes.isdisjoint({"lastrowid", "rowcount"}),
        pauses=any(isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await)) for node in nodes),
        makes=frozenset([name for name in map(_made, calls) if name]),
    )


def _made(func: ast.expr) -> str | None:
    """`Model(...)` and `Model.objects.create(...)` -> "Model"."""
    if isinstance(func, ast.Attribute) and func.attr in _MAKING and isinstance(func.value, ast.Attribute):
        return dotted(func.value.value)
    return dotted(func)


def changing_names(loop: ast.AST, module: Module) -> frozenset[str]:
    """The names that a turn of the loop sets: its targets and whatever its body assigns."""
    return facts_of(loop, module).stored


def item_names(loop: ast.AST, module: Module) -> frozenset[str]:
    """The names that stand for the item of a turn or a part of it: keys that are known before the loop starts."""
    notes = module.notes.setdefault("item-names", {})
    if id(loop) not in notes:
        notes[id(loop)] = frozenset(_item_names(loop))
    found: frozenset[str] = notes[id(loop)]
    return found


def _item_names(loop: ast.AST) -> set[str]:
    targets = [loop.target] if isinstance(loop, ast.For) else [g.target for g in getattr(loop, "generators", [])]
    found = {n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name)}
    values: dict[str, list[ast.expr]] = {}
    for node in ast.walk(loop):
        if isinstance(node, ast.Assign) and len(node.targets) == 1 and isinstance(node.targets[0], ast.Name):
            values.setdefault(node.targets[0].id, []).append(node.value)
    for name, given in values.items():
        if all(mentions_any(value, frozenset(found)) and _is_part(value) for value in given):
            found.add(name)
        else:
            found.discard(name)
    return found


def _is_part(value: ast.expr) -> bool:
    """Whether the value is cut out of the item, without asking anything else."""
    for node in ast.walk(value):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name not in _CUTTING:
                return False
        elif isinstance(node, (ast.Await, ast.Lambda, ast.NamedExpr)):
            return False
    return True


_CUTTING = frozenset({"int", "str", "strip", "lower", "upper", "get", "split", "format", "join", "len", "replace", "tuple"})


def mentions_any(node: ast.AST, names: frozenset[str]) -> bool:
    """Whether an expression reads one of the names."""
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))


def loads_in_loop(target: ast.Name, module: Module) -> list[ast.Name]:
    """The mentions that read a variable: of the target of a `for` loop those in the loop, else all."""
    names = names_of(module)
    scope = names.scope(target)
    loads = names.loads(target.id, scope) if scope is not None else []
    loop = module.parent(target)
    if not isinstance(loop, (ast.For, ast.AsyncFor)):
        return loads
    first = bisect_left(loads, loop.lineno, key=_line)
    return loads[first : bisect_right(loads, loop.end_lineno or 0, lo=first, key=_line)]


def _line(node: ast.Name) -> int:
    return node.lineno
