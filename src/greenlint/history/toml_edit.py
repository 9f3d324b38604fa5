"""Sets budgets in a TOML file as text: comments, order and spacing stay; what came out is parsed again to be sure."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_BARE = re.compile(r"[A-Za-z0-9_-]+")
_STRING = r'("(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\')'


class Edit(NamedTuple):
    """A key to set: the table below `budgets` ("suite",), ("language", "python"), (node id,), the key, the value, and the
    machine class that a new table is for.
    """

    table: tuple[str, ...]
    key: str
    value: str
    machine_class: str = ""


def apply(text: str, edits: Sequence[Edit], home: tuple[str, ...]) -> str:
    """The text with all edits; `home` is where greenlint's settings are: ("tool", "greenlint"), or () in a file of its own.

    Raises ConfigError, naming the key and the line to write by hand, where the file is written in a way that cannot be edited.
    """
    for edit in edits:
        text = _apply(text, edit, home)
    return text


def _apply(text: str, edit: Edit, home: tuple[str, ...]) -> str:
    data = _parse(text)
    path = (*home, "budgets", *edit.table)
    if edit.table == ("suite",) and _find(data, path) is None and _find(data, (*path[:-1], "session")) is not None:
        path = (*path[:-1], "session")  # another word for it
    table = _find(data, path)
    wanted = _expected(data, path, edit, new=table is None)
    if table is not None and edit.key in table:
        candidates = _replaced(text, edit, str(table[edit.key]))
    elif table is not None:
        candidates = _inserted(text, edit)
    else:
        candidates = iter([_appended(text, path, edit)])
    for candidate in candidates:
        if _parse(candidate) == wanted:
            return candidate
    header = ".".join(map(_key, path))
    raise ConfigError(f"[{header}] is written in a way that cannot be edited", f'write there: {edit.key} = "{edit.value}"')


def _parse(text: str) -> dict[str, Any] | None:
    from greenlint.config.toml_parser import TOMLDecodeError, loads

    try:
        return loads(text)
    except TOMLDecodeError:
        return None


def _find(data: dict[str, Any] | None, path: tuple[str, ...]) -> dict[str, Any] | None:
    found: Any = data
    for name in path:
        found = found.get(name) if isinstance(found, dict) else None
    return found if isinstance(found, dict) else None


def _expected(data: dict[str, Any] | None, path: tuple[str, ...], edit: Edit, *, new: bool) -> dict[str, Any]:
    wanted = copy.deepcopy(data or {})
    table = wanted
    for name in path:
        table = table.setdefault(name, {})
    table[edit.key] = edit.value
    if new and edit.machine_class:
        table["machine"] = edit.machine_class
    return wanted


def _replaced(text: str, edit: Edit, old: str) -> Iterator[str]:
    """The text with the value changed at each place where it may be the one."""
    pattern = re.compile(rf"(?<![\w-])[\"']?{re.escape(edit.key)}[\"']?\s*=\s*{_STRING}")
    for match in pattern.finditer(text):
        if _literal(match[1]) == old:
            yield text[: match.start(1)] + json.dumps(edit.value) + text[match.end(1) :]


def _literal(text: str) -> str | None:
    parsed = _parse(f"x = {text}")
    return None if parsed is None else parsed["x"]


def _inserted(text: str, edit: Edit) -> Iterator[str]:
    """The text with a line below each header: that of the table is among them where it has one."""
    for match in re.finditer(r"^[ \t]*\[[^\[\n][^\n]*\n", text, re.MULTILINE):
        yield text[: match.end()] + f"{edit.key} = {json.dumps(edit.value)}{_newline(text)}" + text[match.end() :]


def _appended(text: str, path: tuple[str, ...], edit: Edit) -> str:
    newline = _newline(text)
    lines = [f"[{'.'.join(map(_key, path))}]", f"{edit.key} = {json.dumps(edit.value)}"]
    if edit.machine_class:
        lines.append(f"machine = {json.dumps(edit.machine_class)}")
    gap = "" if not text else newline if text.endswith("\n") else newline * 2
    return text + gap + newline.join(lines) + newline


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else json.dumps(name, ensure_ascii=False)
