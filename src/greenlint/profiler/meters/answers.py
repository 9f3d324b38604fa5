"""Finding a number in what a meter answered, and saying what was there instead when it is not found."""

from __future__ import annotations

import json
from typing import Any

_SHOWN = 60
_MOST_NAMES = 8


def parse(body: bytes, where: str) -> Any:
    """The JSON of a body. Raises ValueError."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise ValueError(f"{where} does not answer in JSON, but with {shown(body.decode('utf-8', 'replace'))}") from None


def find(document: Any, field: str, where: str) -> Any:
    """The value at a path such as "meters.0.power". Raises ValueError that names what is there instead."""
    value = document
    for part in field.split("."):
        if isinstance(value, dict) and part in value:
            value = value[part]
        elif isinstance(value, list) and part.isdigit() and int(part) < len(value):
            value = value[int(part)]
        else:
            raise ValueError(f"the answer of {where} has no {field!r}: there is no {part!r} among {_names(value)}")
    return value


def number(value: Any, what: str) -> float:
    """The number that a value is or spells. Raises ValueError."""
    if isinstance(value, (int, float, str)) and not isinstance(value, bool):
        try:
            return float(value)
        except (ValueError, OverflowError):
            pass
    raise ValueError(f"{what} shows {shown(value)}, which is no number")


def shown(value: Any) -> str:
    """A short printable form of what a stranger sent."""
    text = ascii(value)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"


def _names(value: Any) -> str:
    if isinstance(value, list):
        return f"{len(value)} entries"
    if not isinstance(value, dict):
        return shown(value)
    names = [shown(name) for name in value]
    return ", ".join(names[:_MOST_NAMES]) + (", …" if len(names) > _MOST_NAMES else "") if names else "nothing"
