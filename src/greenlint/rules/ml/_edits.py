"""Exact edits of the arguments of a call."""

from __future__ import annotations

from greenlint.model.fix import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

    from greenlint.source.module import Module


def without_keyword(keyword: ast.keyword, call: ast.Call, module: Module) -> Edit | None:
    """Take one keyword argument out, with the comma before or after it; None where a comment stands between."""
    others: list[ast.expr | ast.keyword] = [*call.args, *call.keywords]
    others.sort(key=lambda node: (node.lineno, node.col_offset))
    place = others.index(keyword)
    start, end = module.span(keyword)
    if place:
        start = module.span(others[place - 1])[1]
    elif len(others) > 1:
        end = module.span(others[1])[0]
    gone = module.data[start:end].replace(module.text(keyword).encode(), b"", 1)
    return None if gone.strip(b" \t\r\n,") else Edit(start, end, "")


def with_keyword(call: ast.Call, text: str, module: Module) -> Edit | None:
    """Put `name=value` behind the last argument; None for a call whose arguments cannot be told apart from comments."""
    others = [*call.args, *call.keywords]
    if not others:
        end = module.span(call)[1] - 1
        return Edit(end, end, text) if module.data[end - 1 : end] == b"(" else None
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    end = max(module.span(node)[1] for node in others)
    while module.data[end : end + 1] == b")" and end < module.span(call)[1] - 1:
        end += 1  # parentheses around the last argument
    return Edit(end, end, f", {text}")
