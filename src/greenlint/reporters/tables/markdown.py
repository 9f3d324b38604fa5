"""Tables as GitHub-flavoured Markdown, for pull requests and job summaries."""

from __future__ import annotations

from greenlint.reporters.encoding import printable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.reporters.tables.model import Table


def render_table(table: Table) -> str:
    """A heading, the table and its notes, ending in a line break."""
    lines = [f"### {_text(table.title)}", ""]
    if table.subtitle:
        lines += [_text(table.subtitle), ""]
    lines.append(_row(column.title for column in table.columns))
    lines.append("|" + "|".join(" ---: " if column.align == ">" else " --- " for column in table.columns) + "|")
    lines += [_row(row) for row in table.rows]
    for note in table.notes:
        lines += ["", _text(note)]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_text(cell) for cell in cells) + " |"


def _text(text: str) -> str:
    """The text with the characters that Markdown or HTML would act on made harmless."""
    for char in "\\`*_[]<>|#~":
        text = text.replace(char, "\\" + char)
    return printable(text)
