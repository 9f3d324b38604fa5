"""What kind of value an expression has, as far as its own file shows: literals, known calls, bindings, annotations.

The answer is a word ("str", "list", "file", "cursor" ...) or None. None means unknown, and rules treat it as a reason
to stay silent or to be less sure, never as a kind of its own.
"""

from __future__ import annotations

import ast

from greenlint.source.kinds import ANNOTATIONS, BUILTIN_CALLS, METHODS, QUALIFIED_CALLS, QUALIFIED_NAMES, STRING_METHODS
from greenlint.source.names import names_of
from greenlint.source.parse import parse_expression

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_DISPLAYS: dict[type[ast.AST], str] = {
    ast.JoinedStr: "str",
    ast.List: "list",
    ast.ListComp: "list",
    ast.Tuple: "tuple",
    ast.Set: "set",
    ast.SetComp: "set",
    ast.Dict: "dict",
    ast.DictComp: "dict",
    ast.GeneratorExp: "generator",
    ast.Compare: "bool",
    ast.Lambda: "function",
}
_SEQUENCES = ("str", "bytes", "list", "tuple")
_DEPTH = 40
"""How many expressions deep an answer may lie; beyond, it is unknown, and the stack stays far from its limit."""


class _Walk:
    """One question: the expressions being asked about, and how many more may be before the answer is "unknown".

    Names that are bound to each other in many ways would otherwise be walked along every path.
    """

    __slots__ = ("left", "path")

    def __init__(self) -> None:
        self.path: set[ast.AST] = set()
        self.left = 200


def kind_of(node: ast.expr, module: Module) -> str | None:
    """The kind of value that `node` evaluates to, or None when this file does not tell."""
    return _kind(node, module, _Walk())


def dotted(node: ast.AST) -> str | None:
    """ "self.rows" for a name or a chain of attributes on a name, else None."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    return ".".join([node.id, *reversed(parts)])


def attribute_bindings(node: ast.Attribute, module: Module) -> list[Binding]:
    """What the surrounding class binds to `self.<attr>`, in its methods and its body; empty for other receivers."""
    owner = _class_of_self(node, module)
    if owner is None:
        return []
    names = names_of(module)
    found = names.bindings(node.attr, owner)
    return found + [
        names.binding(store) for store in names.attribute_stores.get(node.attr, ()) if _class_of_self(store, module) is owner
    ]


def _class_of_self(node: ast.Attribute, module: Module) -> ast.ClassDef | None:
    function = module.function(node)
    while function is not None and not isinstance(module.parent(function), ast.ClassDef):
        function = module.function(function)
    if function is None or not isinstance(node.value, ast.Name):
        return None
    arguments = [*function.args.posonlyargs, *function.args.args]
    owner = module.parent(function)
    if arguments and arguments[0].arg == node.value.id and isinstance(owner, ast.ClassDef):
        return owner
    return None


def _kind(node: ast.expr | None, module: Module, walk: _Walk) -> str | None:
    if node is None:
        return None
    simple = _DISPLAYS.get(type(node))
    if simple is not None:
        return simple
    if node in walk.path or walk.left == 0 or len(walk.path) >= _DEPTH:
        return None
    walk.left -= 1
    walk.path.add(node)
    kind = _compound(node, module, walk)
    walk.path.discard(node)
    return kind


def _compound(node: ast.expr, module: Module, walk: _Walk) -> str | None:
    if isinstance(node, ast.Constant):
        return type(node.value).__name__
    if isinstance(node, ast.Name):
        return _name(node, module, walk)
    if isinstance(node, ast.Call):
        return _call(node, module, walk)
    if isinstance(node, ast.Attribute):
        return _attribute(node, module, walk)
    if isinstance(node, ast.BinOp):
        return _operation(node, module, walk)
    return _other(node, module, walk)


def _other(node: ast.expr, module: Module, walk: _Walk) -> str | None:
    if isinstance(node, ast.IfExp):
        return _common([_kind(node.body, module, walk), _kind(node.orelse, module, walk)])
    if isinstance(node, ast.BoolOp):
        return _common([_kind(value, module, walk) for value in node.values])
    if isinstance(node, (ast.NamedExpr, ast.Await)):
        return _kind(node.value, module, walk)
    if isinstance(node, ast.Subscript):
        kind = _kind(node.value, module, walk)
        if kind == "str" or (kind in _SEQUENCES and isinstance(node.slice, ast.Slice)):
            return kind
    return None


def _common(kinds: list[str | None]) -> str | None:
    """The one kind that all share; a `None` object beside it (an optional value) does not count."""
    known = {kind for kind in kinds if kind != "NoneType"}
    return known.pop() if len(known) == 1 else None


def _operation(node: ast.BinOp, module: Module, walk: _Walk) -> str | None:
    left = _kind(node.left, module, walk)
    if isinstance(node.op, ast.Mod) and left in ("str", "bytes"):
        return left
    if isinstance(node.op, ast.Div) and left == "path":
        return left
    if isinstance(node.op, ast.Mult):
        right = _kind(node.right, module, walk)
        return next((kind for kind in (left, right) if kind in _SEQUENCES), None)
    if isinstance(node.op, ast.Add):
        if left in _SEQUENCES:
            return left  # nothing else can be added to a sequence
        right = _kind(node.right, module, walk)
        return right if left == right or (left is None and right == "str") else None
    return None


def _name(node: ast.Name, module: Module, walk: _Walk) -> str | None:
    names = names_of(module)
    return _agreed(names.valid_bindings(node), node.id, module, walk)


def _agreed(bindings: list[Binding], name: str, module: Module, walk: _Walk) -> str | None:
    """The kind that all bindings give; `s += x` and `s = s + x` leave it as it was."""
    kinds: list[str | None] = []
    for binding in bindings:
        if not isinstance(binding.node, ast.AugAssign) and not _extends_itself(binding.value, name):
            kinds.append(_bound_kind(binding, module, walk))
            if kinds[-1] is None:
                return None
    return _common(kinds) if kinds else None


def _extends_itself(value: ast.expr | None, name: str) -> bool:
    while isinstance(value, ast.BinOp) and isinstance(value.op, (ast.Add, ast.BitOr)):
        value = value.left
    return value is not None and dotted(value) == name


def _bound_kind(binding: Binding, module: Module, walk: _Walk) -> str | None:
    if binding.annotation is not None:
        return annotation_kind(binding.annotation, module)
    value = binding.value
    if isinstance(value, ast.Call) and len(value.args) == 1 and module.qualified_name(value.func) == "contextlib.closing":
        value = value.args[0]
    return _kind(value, module, walk)


def annotation_kind(annotation: ast.expr, module: Module) -> str | None:
    """The kind that an annotation names: `list[int]`, `typing.List`, `str | None`, `Optional[str]`, "TextIO"."""
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        try:
            annotation = parse_expression(annotation.value)
        except (SyntaxError, ValueError):
            return None
    if isinstance(annotation, ast.Constant) and annotation.value is None:
        return "NoneType"
    if isinstance(annotation, ast.BinOp) and isinstance(annotation.op, ast.BitOr):
        return _common([annotation_kind(annotation.left, module), annotation_kind(annotation.right, module)])
    if isinstance(annotation, ast.Subscript):
        name = dotted(annotation.value)
        if name is not None and name.split(".")[-1] in ("Optional", "Final", "Annotated", "ClassVar"):
            inner = annotation.slice.elts[0] if isinstance(annotation.slice, ast.Tuple) else annotation.slice
            return annotation_kind(inner, module)
        annotation = annotation.value
    name = module.qualified_name(annotation) or dotted(annotation)
    return ANNOTATIONS.get(name.removeprefix("typing.")) if name else None


def _attribute(node: ast.Attribute, module: Module, walk: _Walk) -> str | None:
    qualified = module.qualified_name(node)
    if qualified is not None:
        return QUALIFIED_NAMES.get(qualified)
    return _agreed(attribute_bindings(node, module), dotted(node) or "", module, walk)


def _call(node: ast.Call, module: Module, walk: _Walk) -> str | None:
    func = node.func
    if isinstance(func, ast.Name):
        if func.id in BUILTIN_CALLS and module.is_builtin(func, func.id):
            return BUILTIN_CALLS[func.id]
    elif isinstance(func, ast.Attribute) and func.attr in METHODS:
        receiver = _kind(func.value, module, walk)
        known = METHODS[func.attr]
        if receiver in known:
            return known[receiver]
    qualified = module.qualified_name(func)
    if qualified is not None:
        return QUALIFIED_CALLS.get(qualified)
    if isinstance(func, ast.Attribute) and func.attr in STRING_METHODS and _kind(func.value, module, walk) == "str":
        return "str"
    return None
