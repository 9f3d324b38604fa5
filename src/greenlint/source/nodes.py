"""One pass over a syntax tree: nodes by class, calls by name, and the parent of every node.

The pass is the largest cost after parsing, so it knows for each class which fields can hold nodes and looks at no other.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict

_NODE_TYPES = frozenset(
    [
        "alias",
        "arg",
        "arguments",
        "comprehension",
        "excepthandler",
        "expr",
        "keyword",
        "match_case",
        "pattern",
        "stmt",
        "type_param",
        "withitem",
    ]
)
_FIELD = re.compile(r"(\w+)([*?]*) (\w+)")
_Children = tuple[tuple[str, ...], tuple[str, ...]]


def _children(cls: type[ast.AST]) -> _Children:
    """The fields of `cls` that hold one node, and those that hold a list, read from its ASDL signature."""
    single: list[str] = []
    several: list[str] = []
    for kind, mark, name in _FIELD.findall(cls.__doc__ or ""):
        if kind in _NODE_TYPES and name in cls._fields:
            (several if "*" in mark else single).append(name)
    return tuple(single), tuple(several)


_CHILDREN: dict[type[ast.AST], _Children] = {}
for _cls in vars(ast).values():
    if isinstance(_cls, type) and issubclass(_cls, ast.AST) and _cls._fields:
        _CHILDREN[_cls] = _children(_cls)
_LEAF: _Children = ((), ())


class NodeIndex:
    """Every node of a tree by class, calls by the last part of the callee's name, and parents.

    by_class[ast.For] is in no particular order; `parents` maps each node but the root to the node that holds it.
    """

    __slots__ = ("by_class", "calls", "parents")

    def __init__(self, tree: ast.AST) -> None:
        by_class: defaultdict[type[ast.AST], list[ast.AST]] = defaultdict(list)
        parents: dict[ast.AST, ast.AST] = {}
        children = _CHILDREN
        stack: list[ast.AST] = [tree]
        pop, push = stack.pop, stack.append
        while stack:
            node = pop()
            cls = node.__class__
            by_class[cls].append(node)
            single, several = children.get(cls, _LEAF)
            for name in single:
                child = getattr(node, name)
                if child is not None:
                    parents[child] = node
                    push(child)
            for name in several:
                for child in getattr(node, name):
                    if child is not None:  # a missing key of a dict display (`{**a}`), a missing default
                        parents[child] = node
                        push(child)
        self.by_class = by_class
        self.parents = parents
        calls: defaultdict[str, list[ast.Call]] = defaultdict(list)
        for call in by_class.get(ast.Call, ()):
            func = call.func  # type: ignore[attr-defined]
            kind = func.__class__
            if kind is ast.Attribute:
                calls[func.attr].append(call)  # type: ignore[arg-type]
            elif kind is ast.Name:
                calls[func.id].append(call)  # type: ignore[arg-type]
        self.calls = calls
