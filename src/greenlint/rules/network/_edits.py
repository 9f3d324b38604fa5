"""Edits, and a look at the text of a file, that rules of this group share."""

from __future__ import annotations

from greenlint.rules.base import Edit

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from typing import Any

    from greenlint.source.module import Module


def add_argument(call: ast.Call, text: str, module: Module) -> Edit | None:
    """An edit that puts `text` behind the last argument of `call`; None where the place is not plain to see."""
    _, end = module.span(call)
    given = [*call.args, *(item.value for item in call.keywords)]
    if not given:
        return Edit(end - 1, end - 1, text) if module.data[end - 2 : end] == b"()" else None
    last = max(module.span(value)[1] for value in given)
    if last >= end:  # a generator that shares its brackets with the call
        return None
    if module.data[last : end - 1].strip(b" \t\r\n,)") or any(item.arg is None for item in call.keywords):
        return None
    return Edit(last, last, f", {text}") if b")" not in module.data[last : end - 1] else None


def mentions(module: Module, word: bytes) -> bool:
    """Whether the file holds `word` (lower case) anywhere; found once."""
    notes: dict[Any, bool] = module.notes.setdefault("mentions", {})
    if word not in notes:
        notes[word] = word in module.data.lower()
    return notes[word]
