"""Quantities as people write them: "2 J", "150 mJ", "0.3 s", "50 Minstr"; a bare number is an error."""

from __future__ import annotations

import math
import re

from greenlint.errors import UnitError
from greenlint.named_tuple import NamedTuple

_PREFIX = {"": 1.0, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "μ": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9}
_QUANTITY = re.compile(r"\s*([+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)\s*([^\d\s].*?)?\s*$")
_UNIT = re.compile(r"([nuµμmkMG]?)(J|Wh|s|instr|B)$")


class Quantity(NamedTuple):
    """A number in its base unit: J (joules), s (seconds), instr (instructions), B (bytes)."""

    value: float
    unit: str
    text: str


def parse_quantity(text: object, *, expect: str | None = None) -> Quantity:
    """Read "2 J", "150 mJ", "1.5 Wh", "0.3 s", "50 Minstr".

    `expect` names the base unit that is required. Raises UnitError when the number or the unit is missing,
    unknown, negative, infinite or of another kind.
    """
    if not isinstance(text, str):
        raise UnitError(f"{text!r} has no unit", 'write a number and a unit, for example "2 J"')
    match = _QUANTITY.match(text)
    if match is None:
        raise UnitError(f"{text!r} is not a quantity", 'write a number and a unit, for example "2 J"')
    if not match[2]:
        raise UnitError(f"{text!r} has no unit", f'for example "{match[1]} J"')
    unit = _UNIT.match(match[2])
    if unit is None:
        raise UnitError(f"{text!r} has an unknown unit {match[2]!r}", "use J, Wh, s or instr with n, u, m, k, M or G")
    value = float(match[1]) * _PREFIX[unit[1]]
    base = unit[2]
    if base == "Wh":
        value, base = value * 3600.0, "J"
    if math.isinf(value):
        raise UnitError(f"{text!r} is not a finite number")
    if value < 0:
        raise UnitError(f"{text!r} is negative", "a limit is zero or more")
    if expect is not None and base != expect:
        raise UnitError(f"{text!r} is in {base}, but {expect} is needed here")
    return Quantity(value, base, text)
