"""`greenlint check --diff`: repairs as a patch that `git apply` and `patch` take."""

from __future__ import annotations

import os

from greenlint.cli.common import write_data

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from greenlint.linter.fixer import FileFix


def print_diff(changed: Sequence[FileFix]) -> None:
    """Unified diffs of text files on stdout, in UTF-8; for binary files a line with both sizes."""
    write_data("".join(text for one in changed for text in _file(one)))


def _file(one: FileFix) -> Iterator[str]:
    import difflib

    try:
        before, after = one.before.decode("utf-8"), one.after.decode("utf-8")
    except UnicodeDecodeError:
        yield f"Binary file {_quoted(one.path)}: {len(one.before)} -> {len(one.after)} bytes\n"
        return
    for line in difflib.unified_diff(_lines(before), _lines(after), _quoted(f"a/{one.path}"), _quoted(f"b/{one.path}")):
        yield line if line.endswith("\n") else line + "\n\\ No newline at end of file\n"


def _lines(text: str) -> list[str]:
    """Lines as patch(1) knows them, with their ends: only a line feed ends one, a form feed or a lone CR does not."""
    return [line + "\n" for line in text.split("\n")[:-1]] + ([rest] if (rest := text.rpartition("\n")[2]) else [])


def _quoted(path: str) -> str:
    """The path, in the quotes of git where it holds a quote, a backslash, a control character or bytes that are no UTF-8."""
    if path.isprintable() and not set('"\\') & set(path):
        return path
    codes = "".join(chr(byte) if 32 <= byte < 127 and byte not in b'"\\' else f"\\{byte:03o}" for byte in os.fsencode(path))
    return f'"{codes}"'
