"""What the commands share: errors, JSON, colours, width, configuration."""

from __future__ import annotations

import os
import sys

from greenlint.errors import GreenlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, NoReturn

    from greenlint.config.schema import Config

_LIKENESS = str.maketrans({"µ": "u", "·": "-", "±": "+/-", "–": "-", "…": "...", "²": "^2", "×": "x", "→": "->", "≤": "<="})
_CODES = {"red": "31", "green": "32", "yellow": "33", "blue": "34", "magenta": "35", "cyan": "36", "dim": "2"}


def fail(error: GreenlintError) -> NoReturn:
    """Print one line to stderr and leave with the exit code of the error."""
    say("error", error)
    sys.exit(error.exit_code)


def say(level: str, message: object) -> None:
    """One line to stderr, whatever line breaks and control characters a file name in it has."""
    from greenlint.reporters.encoding import printable

    sys.stderr.write(f"greenlint: {level}: {printable(str(message))}\n")


def echo_json(value: Any) -> None:
    """One JSON object on stdout."""
    from greenlint.reporters.encoding import json_text

    write_data(json_text(value))


def write_text(text: str) -> None:
    """Text for people, in the encoding of the terminal: where that lacks a character, it is written out."""
    sys.stdout.write(encodable_in(text, sys.stdout.encoding))
    sys.stdout.flush()


def encodable_in(text: str, encoding: str | None) -> str:
    """The text itself, or what an old terminal can show of it: "uJ" for "µJ", and \\u.... for what has no likeness."""
    encoding = encoding or "ascii"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_LIKENESS).encode(encoding, "backslashreplace").decode(encoding)
    return text


def write_data(text: str) -> None:
    """Text for programs: formats and patches are UTF-8 whatever the terminal is; bytes of odd file names stay as they are."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "surrogateescape"))
    sys.stdout.flush()


def width(default: int = 80) -> int:
    """Columns of the terminal; COLUMNS when set; `default` in a pipe."""
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit() and int(columns) > 0:
        return int(columns)
    try:
        return os.get_terminal_size(sys.__stdout__.fileno()).columns or default  # type: ignore[union-attr]
    except (AttributeError, OSError, ValueError):  # AttributeError: standard output is closed
        return default


def colour_wanted() -> bool:
    """NO_COLOR wins, then FORCE_COLOR, then whether stdout is a terminal."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty()


def style(text: str, *, fg: str | None = None, bold: bool = False) -> str:
    """Text with ANSI colour where colour is wanted."""
    if not colour_wanted() or not (fg or bold):
        return text
    codes = ";".join(code for code in ("1" if bold else "", _CODES.get(fg or "", "")) if code)
    return f"\x1b[{codes}m{text}\x1b[0m"


def load_config_or_fail(start: str = ".") -> Config:
    """The configuration of `start`; a wrong one ends the program with its message."""
    from greenlint.config.loader import load_config

    try:
        return load_config(start)
    except GreenlintError as error:
        fail(error)
