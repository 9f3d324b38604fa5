"""Says where two outputs differ, in one line and without reading either into memory."""

from __future__ import annotations

import math
import os
import re
from typing import TYPE_CHECKING, BinaryIO

from greenlint.bench.output import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator

_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_WHOLE = re.compile(r"[+-]?\d+$")
_SHOWN = 40
_LONGEST = 1 << 20


class _TooLongError(Exception):
    """A word would have to be held in memory whole."""


def exact_difference(expected: BinaryIO, got: BinaryIO) -> str | None:
    """The first byte that differs, as "line 3: expected '12', got '13'"; None for equal files."""
    position = _first_difference(expected, got)
    if position is None:
        return None
    sizes = _size(expected), _size(got)
    if sizes[1] == 0:
        return f"printed nothing, {sizes[0]} bytes expected"
    if position == sizes[1]:
        return f"output ends after {sizes[1]} bytes, {sizes[0]} expected"
    if position == sizes[0]:
        return f"output goes on after the {sizes[0]} bytes expected ({sizes[1]} bytes)"
    line, start = _line_of(expected, position)
    begin = max(start, position - _SHOWN // 2)
    return f"line {line}: expected {_excerpt(expected, begin)}, got {_excerpt(got, begin)}"


def numeric_difference(expected: BinaryIO, got: BinaryIO, rtol: float, atol: float) -> str | None:
    """The first word that differs; None when all words agree, decimal numbers within |a - b| <= max(rtol |a|, atol)."""
    try:
        return _word_difference(expected, got, rtol, atol)
    except _TooLongError:
        return f"a word of more than {_LONGEST} bytes cannot be compared as numbers"


def _word_difference(expected: BinaryIO, got: BinaryIO, rtol: float, atol: float) -> str | None:
    count = 0
    theirs = _words(got)
    for count, (line, want) in enumerate(_words(expected), 1):
        have = next(theirs, None)
        if have is None:
            return f"printed nothing, {want!r} expected" if count == 1 else f"output ends before word {count}, {want!r}"
        if not _agree(want, have[1], rtol, atol):
            return f"line {line}: expected {want[:_SHOWN]!r}, got {have[1][:_SHOWN]!r}"
    more = next(theirs, None)
    return None if more is None else f"line {more[0]}: {more[1][:_SHOWN]!r} after the {count} words expected"


def _agree(want: str, have: str, rtol: float, atol: float) -> bool:
    if want == have:
        return True
    if _NUMBER.sub("0", want) != _NUMBER.sub("0", have):
        return False
    return all(_close(a, b, rtol, atol) for a, b in zip(_NUMBER.findall(want), _NUMBER.findall(have)))


def _close(want: str, have: str, rtol: float, atol: float) -> bool:
    if _WHOLE.match(want) and _WHOLE.match(have):
        return _digits(want) == _digits(have)
    return math.isfinite(float(have)) and abs(float(want) - float(have)) <= max(rtol * abs(float(want)), atol)


def _digits(whole: str) -> str:
    """Canonical text of a whole number of any length: int() refuses more than 4300 digits."""
    digits = whole.lstrip("+-").lstrip("0") or "0"
    return f"-{digits}" if whole.startswith("-") and digits != "0" else digits


def _words(file: BinaryIO) -> Iterator[tuple[int, str]]:
    """Words with their line, read in pieces; a word is what white space ends."""
    file.seek(0)
    line, rest = 1, b""
    while chunk := file.read(CHUNK):
        text = rest + chunk
        cut = max(text.rfind(b" "), text.rfind(b"\n"), text.rfind(b"\t")) + 1
        text, rest = text[:cut], text[cut:]
        if len(rest) > _LONGEST:
            raise _TooLongError
        for row in text.splitlines(keepends=True):
            for word in row.split():
                yield line, word.decode("utf-8", "replace")
            line += row.endswith(b"\n")
    for word in rest.split():
        yield line, word.decode("utf-8", "replace")


def _first_difference(expected: BinaryIO, got: BinaryIO) -> int | None:
    expected.seek(0)
    got.seek(0)
    position = 0
    while True:
        a, b = expected.read(CHUNK), got.read(CHUNK)
        if a != b:
            common = min(len(a), len(b))
            return position + next((i for i in range(common) if a[i] != b[i]), common)
        if not a:
            return None
        position += len(a)


def _line_of(file: BinaryIO, position: int) -> tuple[int, int]:
    """The 1-based line of a byte, and where that line starts."""
    file.seek(0)
    line, start, read = 1, 0, 0
    while read < position:
        chunk = file.read(min(CHUNK, position - read))
        if b"\n" in chunk:
            line += chunk.count(b"\n")
            start = read + chunk.rfind(b"\n") + 1
        read += len(chunk)
    return line, start


def _excerpt(file: BinaryIO, begin: int) -> str:
    file.seek(begin)
    return repr(file.read(_SHOWN).split(b"\n", 1)[0].decode("utf-8", "replace"))


def _size(file: BinaryIO) -> int:
    return os.fstat(file.fileno()).st_size
