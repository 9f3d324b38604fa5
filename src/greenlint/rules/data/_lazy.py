"""What gives its items one by one, and whether a loop may change where they come from."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.flow import repeated_part
from greenlint.source.names import names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module

_WALKERS = frozenset({"enumerate", "filter", "map", "reversed", "zip"})
_GIVING = frozenset(
    {
        *("itertools.accumulate", "itertools.batched", "itertools.chain", "itertools.chain.from_iterable"),
        *("itertools.combinations", "itertools.combinations_with_replacement", "itertools.compress", "itertools.dropwhile"),
        *("itertools.filterfalse", "itertools.islice", "itertools.pairwise", "itertools.permutations", "itertools.product"),
        *("itertools.repeat", "itertools.starmap", "itertools.takewhile", "itertools.zip_longest"),
        *("csv.DictReader", "csv.reader", "glob.iglob", "os.fwalk", "os.scandir", "os.walk", "re.finditer"),
    }
)
"""Functions that give their items one by one."""
_GIVING_METHODS = frozenset(
    {"finditer", "iglob", "iterdir", "iterrows", "itertuples", "iterator", "rglob", "iter_rows", "iter_lines"}
)
"""Methods that do, of whatever object has one of this name."""
_QUIET = frozenset(
    {
        "abs",
        "bool",
        "bytes",
        "chr",
        "float",
        "hash",
        "hex",
        "id",
        "int",
        "isinstance",
        "len",
        "max",
        "min",
        "ord",
        "print",
        "range",
    }
    | {"repr", "round", "str", "sum", "tuple", "type"}
)
"""Builtins that change nothing of what they are given."""
_QUIET_METHODS = frozenset(
    {
        "append",
        "add",
        "write",
        "debug",
        "info",
        "warning",
        "error",
        "lower",
        "upper",
        "strip",
        "split",
        "startswith",
        "endswith",
    }
    | {"format", "join", "replace", "get", "encode", "decode", "lstrip", "rstrip"}
)
_ARITHMETIC = (ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Add, ast.Sub, ast.Mult, ast.unaryop, ast.Load, ast.Tuple)


class Lazy(NamedTuple):
    """An expression whose items come one by one.

    node        the generator expression, or the call of `map` and the like
    walked      what its items come from
    is_numeric  whether they are made from a range by arithmetic that cannot fail
    is_opaque   whether they come from a generator function, which may do anything between two items
    """

    node: ast.expr
    walked: list[ast.expr]
    is_numeric: bool
    is_opaque: bool = False


def lazy_source(node: ast.expr, module: Module) -> Lazy | None:
    """What `node` is, when it is a generator expression or calls `map` and the like, `itertools` or a generator of this file."""
    if isinstance(node, ast.GeneratorExp):
        if any(part.is_async for part in node.generators) or any(isinstance(part, ast.Await) for part in ast.walk(node)):
            return None
        walked = [part.iter for part in node.generators]
        computed = [node.elt, *(test for part in node.generators for test in part.ifs)]
        ranges = all(isinstance(each, ast.Call) and module.is_builtin(each.func, "range") for each in walked)
        plain = ranges and all(isinstance(part, _ARITHMETIC) for each in computed for part in ast.walk(each))
        return Lazy(node, walked, plain)
    if not isinstance(node, ast.Call):
        return None
    if _gives_one_by_one(node.func, module):
        return Lazy(node, [node], False, is_opaque=True)
    if not (isinstance(node.func, ast.Name) and node.func.id in _WALKERS):
        return None
    if not module.is_builtin(node.func, node.func.id) or any(isinstance(each, ast.Starred) for each in node.args):
        return None
    first = 1 if node.func.id in ("map", "filter") else 0
    return Lazy(node, node.args[first:], False) if node.args[first:] else None


def _gives_one_by_one(function: ast.expr, module: Module) -> bool:
    if isinstance(function, ast.Attribute) and function.attr in _GIVING_METHODS:
        return True
    return module.qualified_name(function) in _GIVING or _is_generator(function, module)


def _is_generator(function: ast.expr, module: Module) -> bool:
    """Whether a call of `function` makes a generator: `rows` of this file, or `self.rows` of this class."""
    own: ast.AST | None = module.tree
    name = function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""
    if isinstance(function, ast.Attribute):
        method = module.function(function)
        own = module.parent(method) if method is not None else None
        if not isinstance(own, ast.ClassDef) or not isinstance(function.value, ast.Name) or function.value.id != "self":
            return False
    found = [each for each in _functions(module).get(name, ()) if module.parent(each) is own]
    return len(found) == 1 and not found[0].decorator_list and _yields(found[0])


def _functions(module: Module) -> dict[str, list[ast.FunctionDef]]:
    """The functions of the file by name, found once."""
    notes: dict[int, dict[str, list[ast.FunctionDef]]] = module.notes.setdefault("data.functions", {})
    if 0 not in notes:
        notes[0] = {}
        for function in module.nodes(ast.FunctionDef):
            notes[0].setdefault(function.name, []).append(function)
    return notes[0]


def _yields(function: ast.FunctionDef) -> bool:
    """Whether the function itself yields, not one inside of it."""
    waiting: list[ast.AST] = [*function.body]
    while waiting:
        node = waiting.pop()
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
    return False


def reads_changing(source: Lazy, site: IterationSite, module: Module) -> bool | None:
    """Whether something that the items come from may change while the loop runs; None when it certainly does."""
    parts = repeated_part(site, module)
    names = names_of(module)
    read = names_read(source.node, module)
    roots = {n.id for n in read}
    for part in parts:
        for node in ast.walk(part):
            if isinstance(node, ast.Name) and node.id in roots and not only_looked_at(node, module):
                return None
    loop = module.parents[site] if isinstance(site, ast.comprehension) else site
    for name in read:
        scope = names.scope(name)
        if scope is not None and any(is_inside(binding.node, loop, module) for binding in names.bindings(name.id, scope)):
            return None
    if source.is_numeric or source.is_opaque:
        return source.is_opaque
    return any(_may_act(node, module) for part in [*parts, source.node] for node in ast.walk(part))


def names_read(node: ast.expr, module: Module) -> list[ast.Name]:
    """The variables that an expression reads, without those of its own loops and the builtins."""
    own = {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    own |= {n.arg for n in ast.walk(node) if isinstance(n, ast.arg)}
    return [n for n in ast.walk(node) if isinstance(n, ast.Name) and n.id not in own and not module.is_builtin(n, n.id)]


def only_looked_at(name: ast.Name, module: Module) -> bool:
    """Whether this mention neither changes what the name stands for nor hands it to code that could."""
    holder = module.parent(name)
    if isinstance(holder, ast.Call):
        return isinstance(holder.func, ast.Name) and holder.func.id in _QUIET
    if isinstance(holder, ast.Subscript):
        return holder.value is not name or isinstance(holder.ctx, ast.Load)
    return isinstance(holder, (ast.Compare, ast.BinOp, ast.FormattedValue)) and isinstance(name.ctx, ast.Load)


def _may_act(node: ast.AST, module: Module) -> bool:
    """Whether a part of the loop may change objects that it does not name: stores, waits, yields, calls of unknown code."""
    if isinstance(node, (ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)):
        return True
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return not isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Call):
        func = node.func
        if isinstance(func, ast.Name):
            known = _QUIET | _WALKERS
            if func.id in ("map", "filter") and node.args:
                mapped = node.args[0]
                return not (isinstance(mapped, ast.Lambda) or (isinstance(mapped, ast.Name) and mapped.id in _QUIET))
            return not (func.id in known and module.is_builtin(func, func.id))
        return not (isinstance(func, ast.Attribute) and func.attr in _QUIET_METHODS)
    return False
