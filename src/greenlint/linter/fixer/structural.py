"""Fixes that change the shape of a statement: LibCST rebuilds the statement's own text, and one edit puts it back.

LibCST keeps comments and formatting but costs 100 ms to import, so it is loaded only here, for statements to be fixed.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from greenlint.model.fix import Edit, Fix

if TYPE_CHECKING:
    from collections.abc import Callable

    import libcst as cst


def as_edits(fix: Fix, data: bytes) -> Fix:
    """The same fix with exact edits.

    The single edit of a structural fix spans a whole statement and its text is ignored; `replacement` names the
    transformation. A fix without `replacement` is returned as it is. When the statement cannot be rebuilt, the result has
    no edits and so changes nothing.
    """
    if not fix.replacement:
        return fix
    edit = fix.edits[0]
    text = _rebuild(data, edit, _TRANSFORMATIONS[fix.replacement])
    edits = () if text is None else (Edit(edit.start, edit.end, text),)
    return fix._replace(edits=edits, replacement=None)


def _rebuild(data: bytes, edit: Edit, transform: Callable[[cst.BaseStatement], list[cst.BaseStatement] | None]) -> str | None:
    import libcst as cst

    line_start = max(data.rfind(b"\n", 0, edit.start), data.rfind(b"\r", 0, edit.start)) + 1
    indent = data[line_start : edit.start].decode("utf-8")
    if indent.strip():
        return None  # it does not start its line: `if a: b` bodies and the like are left alone
    source = textwrap.dedent(indent + data[edit.start : edit.end].decode("utf-8"))
    try:
        module = cst.parse_module(source + "\n")
    except cst.ParserSyntaxError:
        return None
    if len(module.body) != 1 or not isinstance(module.body[0], cst.BaseStatement):
        return None
    statements = transform(module.body[0])
    if statements is None:
        return None
    rebuilt = module.with_changes(body=statements).code.rstrip("\n")
    return textwrap.indent(rebuilt, indent)[len(indent) :]


def _keep_else(statement: cst.BaseStatement) -> list[cst.BaseStatement] | None:
    """`if False: A else: B` becomes B, with the comments of B kept; an `elif` becomes the `if`."""
    import libcst as cst

    if not isinstance(statement, cst.If) or statement.orelse is None:
        return None
    if isinstance(statement.orelse, cst.If):
        return [statement.orelse.with_changes(leading_lines=statement.leading_lines)]
    body = statement.orelse.body
    if not isinstance(body, cst.IndentedBlock):
        return None
    return [item for item in body.body if isinstance(item, cst.BaseStatement)]


def _keep_then(statement: cst.BaseStatement) -> list[cst.BaseStatement] | None:
    """`if True: A else: B` becomes A."""
    import libcst as cst

    if not isinstance(statement, cst.If) or not isinstance(statement.body, cst.IndentedBlock):
        return None
    return [item for item in statement.body.body if isinstance(item, cst.BaseStatement)]


_TRANSFORMATIONS: dict[str, Callable[[cst.BaseStatement], list[cst.BaseStatement] | None]] = {
    "keep-else": _keep_else,
    "keep-then": _keep_then,
}
