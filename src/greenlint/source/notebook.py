"""The Python of a Jupyter notebook as one text, and the way back from its lines to cells."""

from __future__ import annotations

import json
import re
from bisect import bisect_right

from greenlint.named_tuple import NamedTuple
from greenlint.source.parse import parse

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

_PYTHON = frozenset({"python", "ipython", "python3", "python2", "sage"})
_KEEPS_PYTHON = frozenset({"capture", "prun", "python", "python3", "time", "timeit"})
"""Cell magics whose other lines are Python that runs here."""

_MAGIC_LINE = re.compile(r"^(\s*)(?:[%!?].*|[\w.]+\?\??\s*)$")
_MAGIC_VALUE = re.compile(r"^(\s*[\w.,\[\]\"' ()]+=\s*)[%!].*$")


class NotebookError(ValueError):
    """The file is no notebook that can be read; the message says why."""


class BrokenCell(NamedTuple):
    """A code cell that is not Python even without its magics; lines count from 1 in the cell."""

    cell: int
    line: int
    column: int
    message: str


class Notebook(NamedTuple):
    """The code cells in order, each ending in a line break; magics are blanked, so that lines stay where they were.

    starts  first line of each code cell in `data`
    cells   its number in the notebook, where every cell counts, from 1
    """

    data: bytes
    starts: tuple[int, ...]
    cells: tuple[int, ...]
    broken: tuple[BrokenCell, ...] = ()


def place(cells: Sequence[tuple[int, int]], line: int) -> tuple[int, int]:
    """Cell number and line in the cell of a line of a notebook's text, from (first line, number) of each cell."""
    at = max(bisect_right([start for start, _ in cells], line) - 1, 0)
    start, number = cells[at]
    return number, line - start + 1


def read_notebook(data: bytes) -> Notebook:
    """The Python of a notebook; no cells when it is written in another language.

    Raises NotebookError when the file is no notebook.
    """
    try:
        document = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise NotebookError(f"not valid JSON: {error}" if isinstance(error, ValueError) else "nested too deeply") from error
    if not isinstance(document, dict):
        raise NotebookError("no notebook: the top of the file is not an object")
    if not _is_python(document.get("metadata")):
        return Notebook(b"", (), ())
    lines: list[str] = []
    starts, numbers, broken = [], [], []
    for number, cell in enumerate(_cells(document), 1):
        source = _source(cell)
        if source is None:
            continue
        text, problem = _plain(source)
        if problem is not None:
            broken.append(BrokenCell(number, problem.lineno or 1, problem.offset or 1, problem.msg))
        starts.append(len(lines) + 1)
        numbers.append(number)
        lines += text or [""]
    return Notebook(
        "".join(f"{line}\n" for line in lines).encode("utf-8", "replace"), tuple(starts), tuple(numbers), tuple(broken)
    )


def _is_python(metadata: Any) -> bool:
    """Whether the kernel is Python; a notebook that does not say is."""
    if not isinstance(metadata, dict):
        return True
    for table, key in (("kernelspec", "language"), ("language_info", "name")):
        found = metadata.get(table)
        if isinstance(found, dict) and isinstance(found.get(key), str):
            return found[key].lower() in _PYTHON
    return True


def _cells(document: dict[str, Any]) -> list[Any]:
    """The cells, also of notebooks of version 3, which have them in worksheets."""
    if document.get("cells") is not None:
        return _list_of_cells(document)
    sheets = document.get("worksheets")
    sheets = sheets if isinstance(sheets, list) else []
    return [cell for sheet in sheets if isinstance(sheet, dict) for cell in _list_of_cells(sheet)]


def _list_of_cells(holder: dict[str, Any]) -> list[Any]:
    cells = holder.get("cells", [])
    if not isinstance(cells, list):
        raise NotebookError("no notebook: `cells` is not a list")
    return cells


def _source(cell: Any) -> str | None:
    if not isinstance(cell, dict) or cell.get("cell_type") != "code":
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(part for part in source if isinstance(part, str))
    return source if isinstance(source, str) else None


def _plain(source: str) -> tuple[list[str], SyntaxError | None]:
    """The lines of a cell as Python, and what is wrong with it when it is none: then its lines are empty."""
    lines = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", " ").replace("\f", " ").split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].startswith("%%"):
        name = lines[first][2:].split(" ")[0].strip()
        if name not in _KEEPS_PYTHON:
            return [""] * len(lines), None
        lines[first] = ""
    problem = _problem(lines)
    if problem is None:
        return lines, None
    without = [_MAGIC_VALUE.sub(r"\1None", _MAGIC_LINE.sub(r"\1pass", line)) for line in lines]
    problem = _problem(without)
    return (without, None) if problem is None else ([""] * len(lines), problem)


def _problem(lines: list[str]) -> SyntaxError | None:
    try:
        parse("\n".join(lines))
    except SyntaxError as error:
        return error
    except (ValueError, RecursionError, MemoryError):
        return SyntaxError("nested too deeply for the parser", ("", 1, 1, ""))
    return None
