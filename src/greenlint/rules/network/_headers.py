"""Headers of requests, as dictionaries and as assignments to items."""

from __future__ import annotations

import ast

from greenlint.source.calls import keyword, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module


def header_value(node: ast.Dict | ast.Assign, name: str) -> ast.Constant | None:
    """The text or None that `node` gives to the header `name` (lower case): `{"Name": "x"}`, `headers["Name"] = "x"`."""
    if isinstance(node, ast.Dict):
        for key, value in zip(node.keys, node.values):
            if is_header(key, name) and isinstance(value, ast.Constant) and isinstance(value.value, (str, type(None))):
                return value
        return None
    target = node.targets[0]
    if not isinstance(target, ast.Subscript) or not is_header(target.slice, name) or not isinstance(node.value, ast.Constant):
        return None
    return node.value if "header" in last_name(target.value).lower() else None


def is_other_use(node: ast.Dict | ast.Assign, module: Module) -> bool:
    """Whether the headers are those of a part of a file or of a stream, where compression would be in the way."""
    if isinstance(node, ast.Dict) and any(is_header(key, "range") for key in node.keys):
        return True
    function = module.function(node)
    if function is not None and _asks_for_a_part(function, module):
        return True
    holder = module.parent(node)
    call = module.parent(holder) if isinstance(holder, ast.keyword) else None
    return isinstance(call, ast.Call) and keyword(call, "stream") is not None


def _asks_for_a_part(function: ast.AST, module: Module) -> bool:
    """Whether the function names a range, a length or a stream anywhere; found once."""
    notes = module.notes.setdefault("part-of-file", {})
    if id(function) not in notes:
        text = module.text(function).lower()
        notes[id(function)] = any(
            word in text for word in ("'range'", '"range"', "content-length", "stream=true", "iter_content")
        )
    found: bool = notes[id(function)]
    return found


def is_header(key: ast.expr | None, name: str) -> bool:
    """Whether `key` is the literal name (lower case) of a header."""
    return isinstance(key, ast.Constant) and isinstance(key.value, str) and key.value.lower() == name
