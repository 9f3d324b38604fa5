"""GL618 trivial-accessor."""

from __future__ import annotations

import ast
import re

from greenlint.named_tuple import NamedTuple
from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_GETTER = re.compile(r"get_?([a-zA-Z]\w*)$")
_SETTER = re.compile(r"set_?([a-zA-Z]\w*)$")
_PROPERTY = 35
"""A property costs more than a method, but its users write an attribute, and can later have one."""
_INHERITED = 30
"""A base class may ask for the method."""
_OTHER_NAME = 25


class Accessor(NamedTuple):
    """A method that does no more than read or write one attribute."""

    attribute: str
    writes: bool


class TrivialAccessor(FileRule):
    """A method does nothing but hand out, or store, one attribute.

    ## Why it wastes

    A call of a method costs several times what it takes to read an attribute: a frame is set up, and torn down again. An attribute can
    become a property later without a change for those who use it, so that the method prepares for nothing.

    ## When to leave it alone

    It is advice about design more than about energy: some ten nanoseconds a call. The rule is part of `--pedantic`. The confidence is 70
    for `get_x` and `set_x` of an attribute `x` or `_x` in a class without bases, 35 for properties, 30 in classes with
    bases, whose interface may ask for the method, and 25 under other names and for setters whose value has a default. It is silent for abstract, static and special methods, and
    under decorators it does not know.

    ## Evidence

    Whole processes, CPython 3.11.7: 3,000,000 reads 0.133 -> 0.095 s of CPU, 300,000 no effect beyond noise (`python benchmarks/rules/run.py GL618`).

    In preview: its findings in real code have not been judged.
    """

    code = "GL618"
    name = "trivial-accessor"
    pedantic = True
    preview = True
    effect = Effect(EffectClass.CONSTANT, "one call for each read (0.133 -> 0.095 s of CPU for 3,000,000)", "bench GL618")
    confidence = 70
    examples = (
        Bad(
            "class P:\n    def __init__(self, x):\n        self._x = x\n\n    def get_x(self):\n        return self._x\n",
            lines=(5,),
        ),
        Bad("class P:\n    def setAge(self, age):\n        self.age = age\n", lines=(2,)),
        Good("class P:\n    def get_x(self):\n        return self._x + 1\n", "it computes"),
        Good("class P:\n    def get_x(self):\n        return self._load()\n", "it works"),
    )

    def check(self, node: ast.FunctionDef, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` only reads or writes one attribute."""
        owner = module.parent(node)
        if len(node.body) > 2 or not isinstance(owner, ast.ClassDef):
            return
        accessor = _accessor(node)
        if accessor is None or node.name.startswith("__"):
            return
        kind = _decorated(node, module)
        if kind is None:
            return
        does = "stores" if accessor.writes else "hands out"
        message = f"`{node.name}` only {does} `{accessor.attribute}`, at the cost of a call; let callers use the attribute"
        yield self.finding(node, module, message, confidence=_confidence(node, accessor, owner, kind, self.confidence))


def _accessor(node: ast.FunctionDef) -> Accessor | None:
    """What a method whose body is one plain statement, after a docstring, reads or writes of its object."""
    arguments = [*node.args.posonlyargs, *node.args.args]
    if not arguments or node.args.vararg or node.args.kwarg or node.args.kwonlyargs:
        return None
    body = node.body[1:] if len(node.body) == 2 and _is_text(node.body[0]) else node.body
    if len(body) != 1:
        return None
    only, own = body[0], arguments[0].arg
    if len(arguments) == 1 and isinstance(only, ast.Return):
        name = _own_attribute(only.value, own)
        return Accessor(name, False) if name else None
    if len(arguments) == 2 and isinstance(only, ast.Assign) and len(only.targets) == 1:
        name = _own_attribute(only.targets[0], own)
        given = isinstance(only.value, ast.Name) and only.value.id == arguments[1].arg
        return Accessor(name, True) if name and given else None
    return None


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _own_attribute(node: ast.expr | None, own: str) -> str | None:
    plain = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == own
    return node.attr if plain and isinstance(node, ast.Attribute) else None


def _decorated(node: ast.FunctionDef, module: Module) -> str | None:
    """ "method" or "property"; None under any other decorator."""
    if not node.decorator_list:
        return "method"
    only = node.decorator_list[0]
    if len(node.decorator_list) != 1:
        return None
    if module.is_builtin(only, "property") or (isinstance(only, ast.Attribute) and only.attr in ("setter", "getter")):
        return "property"
    return None


def _confidence(node: ast.FunctionDef, accessor: Accessor, owner: ast.ClassDef, kind: str, sure: int) -> int:
    if kind == "property":
        return _PROPERTY
    if owner.bases or owner.keywords:
        return _INHERITED
    if node.args.defaults:
        return _OTHER_NAME  # without an argument it puts the attribute back
    match = (_SETTER if accessor.writes else _GETTER).match(node.name)
    named = match is not None and match[1].lower().replace("_", "") == accessor.attribute.lower().replace("_", "")
    return sure if named else _OTHER_NAME
