"""Classes of records whose instances carry a dict each, and the places that make many of them."""

from __future__ import annotations

import ast
import re

from greenlint.named_tuple import NamedTuple
from greenlint.source.calls import constant, keyword, last_name
from greenlint.source.module import FunctionNode
from greenlint.source.names import names_of
from greenlint.source.repeat import enclosing_loops, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_MAKERS = frozenset({"dataclasses.dataclass", "attr.s", "attr.attrs", "attr.attributes", "attr.dataclass"})
_PLAIN_DECORATORS = frozenset({"functools.total_ordering", "typing.final", "typing_extensions.final"})
_KEEPING = frozenset({"append", "appendleft", "add", "insert", "setdefault"})
_COLLECTING = frozenset({"list", "tuple", "set", "frozenset", "dict", "sorted", "deque"})

_MANY = re.compile(
    r"\b(lines|rows|records|tokens|words|cells|points|samples|pixels|nodes|edges|vertices|documents|splitlines|fetchall|iterrows|itertuples"
    r"|reader|readlines|finditer|range|scandir|rglob|walk|DictReader)\b"
)
"""What there are many of, and calls that give much."""


class Record(NamedTuple):
    """A class whose instances could do without a dict.

    decorator  what makes it a record; None for subclasses of `str` and tuples
    pure       nothing in the class or its file speaks against slots, as far as can be seen
    """

    decorator: ast.expr | None
    pure: bool


def record_of(node: ast.ClassDef, module: Module) -> Record | None:
    """What kind of record a class without slots is; None for all others."""
    if any("__slots__" in _targets(statement) for statement in node.body):
        return None
    for decorator in node.decorator_list:
        call = decorator if isinstance(decorator, ast.Call) else None
        if module.qualified_name(call.func if call else decorator) not in _MAKERS:
            continue
        slots = keyword(call, "slots") if call is not None else None
        off = isinstance(slots, ast.Constant) and slots.value is False
        if call is not None and ((slots is not None and not off) or any(item.arg is None for item in call.keywords)):
            return None
        return Record(decorator, _is_pure(node, module))
    if len(node.bases) == 1 and not node.keywords and _is_immutable(node.bases[0], module):
        return Record(None, False)
    return None


def _targets(statement: ast.stmt) -> list[str]:
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _is_immutable(base: ast.expr, module: Module) -> bool:
    if isinstance(base, ast.Call):
        return module.qualified_name(base.func) in ("collections.namedtuple", "typing.NamedTuple")
    if isinstance(base, ast.Subscript):
        base = base.value
    return any(module.is_builtin(base, name) for name in ("str", "tuple"))


def _is_pure(node: ast.ClassDef, module: Module) -> bool:
    """Whether slots hold all that the class shows its instances to need, and no other class of the file builds on it."""
    if node.keywords or any(not module.is_builtin(base, "object") for base in node.bases):
        return False
    decorators = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    known = (module.qualified_name(each) or last_name(each) for each in decorators)
    if any(name not in _MAKERS | _PLAIN_DECORATORS for name in known) or _is_base(node.name, module):
        return False
    fields = {
        name for statement in node.body if isinstance(statement, (ast.AnnAssign, ast.Assign)) for name in _targets(statement)
    }
    return not any(_needs_dict(part, fields) for part in ast.walk(node))


def _is_base(name: str, module: Module) -> bool:
    known: dict[int, frozenset[str]] = module.notes.setdefault("memory.bases", {})
    if 0 not in known:
        known[0] = frozenset(last_name(base) for each in module.nodes(ast.ClassDef) for base in each.bases)
    return name in known[0]


def _needs_dict(part: ast.AST, fields: set[str]) -> bool:
    if isinstance(part, ast.Attribute):
        if part.attr in ("__dict__", "__weakref__"):
            return True
        own = isinstance(part.ctx, ast.Store) and isinstance(part.value, ast.Name) and part.value.id == "self"
        return own and part.attr not in fields
    if isinstance(part, ast.Call):
        name = last_name(part.func)
        return name in ("vars", "__setattr__", "setattr", "ref", "proxy") or (name == "super" and not part.args)
    if isinstance(part, FunctionNode):
        return any(last_name(each) == "cached_property" for each in part.decorator_list)
    return False


def kept_in_loop(node: ast.ClassDef, module: Module) -> ast.Call | None:
    """A call of the class that a loop makes again and again, and whose results stay together."""
    for call in module.calls(node.name):
        if isinstance(call.func, ast.Name) and _is_repeated(call, module) and _is_kept(call, module):
            return call
    return None


def _is_repeated(call: ast.Call, module: Module) -> bool:
    return any(not isinstance(loop, ast.While) for loop in repeating_loops(call, module))


def is_many(call: ast.Call, module: Module) -> bool:
    """Whether the loops around the call go over what comes in large numbers, by its name or where it comes from."""
    return any(_MANY.search(ast.unparse(source)) for loop in repeating_loops(call, module) for source in _sources(loop))


def _sources(loop: ast.AST) -> list[ast.expr]:
    if isinstance(loop, (ast.For, ast.AsyncFor)):
        return [loop.iter]
    return [part.iter for part in getattr(loop, "generators", ())]


def _is_kept(value: ast.expr, module: Module) -> bool:
    """Whether this place puts the value into a collection, once per turn of the loop."""
    holder = module.parent(value)
    if isinstance(holder, (ast.ListComp, ast.SetComp)):
        return holder.elt is value
    if isinstance(holder, ast.DictComp):
        return holder.value is value
    if isinstance(holder, ast.GeneratorExp):
        call = module.parent(holder)
        return holder.elt is value and isinstance(call, ast.Call) and last_name(call.func) in _COLLECTING
    if isinstance(holder, ast.Tuple):
        return _is_kept(holder, module)
    if isinstance(holder, ast.Call):
        return isinstance(holder.func, ast.Attribute) and holder.func.attr in _KEEPING and value in holder.args
    if isinstance(holder, ast.Assign) and len(holder.targets) == 1:
        target = holder.targets[0]
        if isinstance(target, ast.Subscript):
            return not isinstance(target.slice, ast.Constant)
        return isinstance(target, ast.Name) and _name_is_kept(target, value, module)
    return False


def _name_is_kept(target: ast.Name, value: ast.expr, module: Module) -> bool:
    names = names_of(module)
    scope = names.scope(target)
    loop = next(enclosing_loops(value, module), None)
    if scope is None or constant(value) is not None:
        return False
    loads = names.loads(target.id, scope)
    return any(
        not isinstance(module.parent(load), ast.Assign) and _is_kept(load, module)
        for load in loads
        if next(enclosing_loops(load, module), None) is loop and load.lineno >= target.lineno
    )
