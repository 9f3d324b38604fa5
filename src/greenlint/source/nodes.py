"""One pass over a syntax tree: nodes by class, names, attributes and calls by what they are called, and all parents.

The pass is the largest cost after parsing, so it knows for each class which fields can hold nodes and looks at no other.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

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
    """Every node of a tree.

    by_class    class -> nodes in no particular order, but for `ast.Name` and `ast.Attribute`
    names       `id` -> nodes of `ast.Name`
    attributes  `attr` -> nodes of `ast.Attribute`
    calls       last part of the callee's name -> nodes of `ast.Call`; a name that an import gives another one
                (`from m import name as other`) counts as what it was
    parents     each node but the root -> the node that holds it
    """

    __slots__ = ("attributes", "by_class", "calls", "names", "parents")

    def __init__(self, tree: ast.AST) -> None:
        by_class: defaultdict[type[ast.AST], list[ast.AST]] = defaultdict(list)
        parents: dict[ast.AST, ast.AST] = {}
        names: defaultdict[str, list[ast.Name]] = defaultdict(list)
        attributes: defaultdict[str, list[ast.Attribute]] = defaultdict(list)
        children, name_class, constant_class, attribute_class = _CHILDREN, ast.Name, ast.Constant, ast.Attribute
        constant = by_class[ast.Constant].append
        holders: list[Any] = [tree]
        push = holders.append
        for node in holders:  # grows meanwhile; names and constants, two nodes of five, hold nothing and stay out
            cls = node.__class__
            if cls is attribute_class:  # the same as below, spelled out for the most frequent class
                attributes[node.attr].append(node)
                child = node.value
                parents[child] = node
                if child.__class__ is name_class:
                    names[child.id].append(child)
                else:
                    push(child)
                continue
            by_class[cls].append(node)
            single, several = children.get(cls, _LEAF)
            for field in single:
                child = getattr(node, field)
                if child is not None:
                    parents[child] = node
                    kind = child.__class__
                    if kind is name_class:
                        names[child.id].append(child)
                    elif kind is constant_class:
                        constant(child)
                    else:
                        push(child)
            for field in several:
                for child in getattr(node, field):
                    if child is not None:  # a missing key of a dict display (`{**a}`), a missing default
                        parents[child] = node
                        kind = child.__class__
                        if kind is name_class:
                            names[child.id].append(child)
                        elif kind is constant_class:
                            constant(child)
                        else:
                            push(child)
        self.by_class = by_class
        self.names = names
        self.attributes = attributes
        self.parents = parents
        calls: defaultdict[str, list[ast.Call]] = defaultdict(list)
        found: list[Any] = by_class[ast.Call]
        for node in found:
            func = node.func
            kind = func.__class__
            if kind is ast.Attribute:
                calls[func.attr].append(node)
            elif kind is name_class:
                calls[func.id].append(node)
        imports: list[Any] = by_class[ast.ImportFrom]
        for node in imports:
            for alias in node.names:
                if alias.asname in calls and alias.asname != alias.name:  # its calls are calls of `name`
                    of_methods: list[ast.Call] = []
                    for call in calls[alias.asname]:
                        (calls[alias.name] if call.func.__class__ is name_class else of_methods).append(call)
                    calls[alias.asname] = of_methods
        self.calls = calls

    def of(self, kind: type[ast.AST]) -> list[Any]:
        """All nodes of one class, in no particular order."""
        if kind is ast.Name:
            return [node for group in self.names.values() for node in group]
        if kind is ast.Attribute:
            return [node for group in self.attributes.values() for node in group]
        return self.by_class.get(kind, [])
