"""The parts of a SARIF log that need a conversion: rules, file addresses, columns and byte spans."""

from __future__ import annotations

from greenlint.model.text import encodable
from greenlint.rules.registry import rule_info
from greenlint.source.positions import utf16_column

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.model.finding import Finding
    from greenlint.model.fix import Edit
    from greenlint.reporters.sources import Sources

_BOM = b"\xef\xbb\xbf"


def rule_descriptor(code: str) -> dict[str, Any]:
    """The reportingDescriptor of a rule (section 3.49); for a code of a plug-in that is gone, only its id."""
    info = rule_info(code)
    if info is None:
        return {"id": code}
    descriptor: dict[str, Any] = {
        "id": code,
        "name": "".join(word.capitalize() for word in info.name.split("-")),
        "shortDescription": {"text": info.summary},
        "fullDescription": {"text": info.summary},
        "help": {"text": info.doc, "markdown": info.doc},
    }
    if info.severity is not None:
        descriptor["defaultConfiguration"] = {"level": info.severity.value}
    if info.effect_class is not None:
        descriptor["properties"] = {"tags": ["green-software", info.effect_class.value]}
    return descriptor


def artifact(path: str) -> dict[str, Any]:
    """The artifactLocation of a path below the root; every byte that a URI does not allow is percent-encoded."""
    from urllib.parse import quote_from_bytes

    return {
        "uri": quote_from_bytes(path.encode("utf-8", "surrogateescape"), safe="/"),
        "uriBaseId": "SRCROOT",
    }


def columns(finding: Finding, sources: Sources) -> tuple[int, int]:
    """Start and end column of the finding in UTF-16 code units; as they are when the line cannot be read."""
    return (
        _column(sources.line(finding.path, finding.line), finding.column),
        _column(sources.line(finding.path, finding.end_line), finding.end_column),
    )


def replacement(edit: Edit, data: bytes | None) -> dict[str, Any]:
    """The replacement object (section 3.57) of a byte-span edit, as a text region where the text is readable."""
    text = {"insertedContent": {"text": encodable(edit.text)}} if edit.text else {}
    if data is None or edit.end > len(data):
        return {"deletedRegion": {"byteOffset": edit.start, "byteLength": edit.end - edit.start}, **text}
    start_line, start_column = _position(data, edit.start)
    end_line, end_column = _position(data, edit.end)
    region = {
        "startLine": start_line,
        "startColumn": start_column,
        "endLine": end_line,
        "endColumn": end_column,
    }
    return {"deletedRegion": region, **text}


def _column(line: str | None, column: int) -> int:
    return column if line is None or line.isascii() else utf16_column(line, column)


def _position(data: bytes, offset: int) -> tuple[int, int]:
    """1-based line and UTF-16 column of a byte offset; a byte order mark is not a character (section 3.30.1)."""
    before = data[:offset].removeprefix(_BOM)
    lines = (before + b"\0").splitlines()  # the NUL keeps an empty last line
    current = lines[-1][:-1].decode("utf-8", "replace")
    return len(lines), utf16_column(current, len(current) + 1)
