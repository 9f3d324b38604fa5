"""Fixes that change the shape of a statement: LibCST rebuilds the statement's own text, and one edit puts it back.

LibCST keeps comments and formatting but costs 100 ms to import and 12 MB with what it needs, so it is loaded only here, for
statements to be fixed, and comes with the extra `greenlint[fix]`. Without it these fixes are left out.
"""

from __future__ import annotations

from functools import lru_cache
from importlib.util import find_spec

from greenlint.model.fix import Edit, Fix
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import libcst as cst

    Transformation = Callable[[cst.BaseStatement], "Kept | None"]


def as_edits(fix: Fix, data: bytes) -> Fix:
    """The same fix with exact edits.

    The single edit of a structural fix spans a whole statement and its text is ignored; `replacement` names the
    transformation. A fix without `replacement` is returned as it is. When the statement cannot be rebuilt, or LibCST is not
    there, the result has no edits and so changes nothing.
    """
    if not fix.replacement:
        return fix
    if not is_possible():
        return fix._replace(edits=(), replacement=None)
    edit = fix.edits[0]
    text = _rebuild(data, edit, _TRANSFORMATIONS[fix.replacement])
    edits = () if text is None else (Edit(edit.start, edit.end, text),)
    return fix._replace(edits=edits, replacement=None)


@lru_cache(maxsize=1)
def is_possible() -> bool:
    """Whether LibCST is installed."""
    return find_spec("libcst") is not None


def is_structural(fix: Fix | None) -> bool:
    """Whether a fix needs LibCST."""
    return fix is not None and fix.replacement in _TRANSFORMATIONS


def _rebuild(data: bytes, edit: Edit, transform: Transformation) -> str | None:
    import libcst as cst

    line_start = max(data.rfind(b"\n", 0, edit.start), data.rfind(b"\r", 0, edit.start)) + 1
    try:
        indent, text = data[line_start : edit.start].decode("utf-8"), data[edit.start : edit.end].decode("utf-8")
    except UnicodeDecodeError:
        return None
    if indent.strip():
        return None  # it does not start its line: `if a: b` bodies and the like are left alone
    newline = "\r\n" if b"\r\n" in data else "\n"
    header = f"if True:{newline}" if indent else ""  # dedenting instead would change the contents of long strings
    try:
        module = cst.parse_module(f"{header}{indent}{text}{newline}")
    except cst.ParserSyntaxError:
        return None
    block = _inner(module) if indent else module
    if block is None or len(block.body) != 1 or not isinstance(block.body[0], cst.BaseStatement):
        return None
    kept = transform(block.body[0])
    if kept is None:
        return None
    rebuilt = module.deep_replace(block, block.with_changes(body=kept.body, footer=kept.footer))
    return rebuilt.code[len(header) :].strip() if isinstance(rebuilt, cst.Module) else None


def _inner(module: cst.Module) -> cst.IndentedBlock | None:
    import libcst as cst

    outer = module.body[0]
    return outer.body if isinstance(outer, cst.If) and isinstance(outer.body, cst.IndentedBlock) else None


class Kept(NamedTuple):
    """The statements that take the place of one, and the comment lines below them."""

    body: Sequence[cst.BaseStatement]
    footer: Sequence[cst.EmptyLine]


def _keep_else(statement: cst.BaseStatement) -> Kept | None:
    """`if False: A else: B` becomes B, with the comments of B kept; an `elif` becomes the `if`."""
    import libcst as cst

    if not isinstance(statement, cst.If) or statement.orelse is None:
        return None
    if isinstance(statement.orelse, cst.If):
        return Kept([statement.orelse.with_changes(leading_lines=statement.leading_lines)], ())
    return _contents(statement.orelse.body)


def _keep_then(statement: cst.BaseStatement) -> Kept | None:
    """`if True: A else: B` becomes A, with the comments of A kept."""
    import libcst as cst

    return _contents(statement.body) if isinstance(statement, cst.If) else None


def _contents(suite: cst.BaseSuite) -> Kept | None:
    import libcst as cst

    if not isinstance(suite, cst.IndentedBlock):
        return None
    return Kept([item for item in suite.body if isinstance(item, cst.BaseStatement)], suite.footer)


_TRANSFORMATIONS: dict[str, Transformation] = {
    "keep-else": _keep_else,
    "keep-then": _keep_then,
}
