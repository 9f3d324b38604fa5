"""Finds the repeat in a regular expression that makes the time of a failing match double with every few characters."""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from greenlint.named_tuple import NamedTuple
from greenlint.rules.loops._ambiguity import Automaton, Characters, Part

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


_ALPHABET = frozenset([*range(128), 0xA0, 0xE9, 0x416, 0x4E2D])
"""What stands for all characters: ASCII, a wide blank, and letters of other scripts."""
_MANY = 8
"""Copies of a part that a counted repeat is written out into; longer counts are left alone."""


class Trouble(NamedTuple):
    """A text that the pattern cannot match and takes exponential time to find out: `pump` many times, then `end`."""

    pump: str
    end: str


class _Unknown(Exception):
    """The pattern has a part that is not a plain set of texts: a look-around, a back reference, a boundary in a repeat."""


def trouble(pattern: str, flags: int, *, whole: bool) -> Trouble | None:
    """The trouble of a pattern, or None; `whole` says that it must match the text to its end."""
    if not any(mark in pattern for mark in ("*", "+", "{")):
        return None
    try:
        tree = _parser().parse(pattern, flags)
    except (re.error, OverflowError, RecursionError, ValueError):
        return None
    return _search(list(tree), [], tree.state.flags, whole)


def _parser() -> Any:
    if sys.version_info >= (3, 11):
        from re import _parser  # type: ignore[attr-defined]

        return _parser
    import sre_parse

    return sre_parse


def _search(items: list[Any], after: list[Any], flags: int, whole: bool) -> Trouble | None:
    """Look at each repeat, with what follows it in the pattern."""
    for index, (op, argument) in enumerate(items):
        rest = [*items[index + 1 :], *after]
        name = str(op)
        if name in ("MAX_REPEAT", "MIN_REPEAT"):
            least, most, body = argument
            if most >= 64 and least < most:
                found = _exponential(list(body), rest, flags, whole)
                if found is not None:
                    return found
            rest = [(op, argument), *rest] if most > 1 else rest
            found = _search(list(body), rest, flags, whole)
        elif name == "SUBPATTERN":
            _, added, dropped, body = argument
            found = _search(list(body), rest, (flags | added) & ~dropped, whole)
        elif name == "BRANCH":
            found = next(filter(None, (_search(list(branch), rest, flags, whole) for branch in argument[1])), None)
        else:
            continue
        if found is not None:
            return found
    return None


def _exponential(body: list[Any], rest: list[Any], flags: int, whole: bool) -> Trouble | None:
    if len(body) == 1 and str(body[0][0]) in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
        return None  # one character after the other
    automaton = Automaton()
    try:
        turn = automaton.repeated(_sequence(body, automaton, flags), optional=True)
        taken, at_end = _needed(rest, flags, whole)
    except (_Unknown, OverflowError):
        return None
    if taken is None:
        return None
    pump = automaton.pump(_ALPHABET - taken)
    if pump is None and taken:  # `"(?:[^"\\]|\\.|\\")*"`: the quote of the end stands in the text, where no turn is over
        pump = automaton.pump(_ALPHABET)
        if pump is not None and automaton.may_end_before(turn, pump, taken):
            pump = None
    if pump is None:
        return None
    if not at_end:
        return Trouble(pump, "")
    read = frozenset().union(*automaton.reads)
    left = [code for code in _ALPHABET - read - taken if 33 <= code <= 126] or [
        code for code in _ALPHABET - read - taken if code != 10
    ]
    return Trouble(pump, chr(min(left))) if left else None


def _needed(rest: list[Any], flags: int, whole: bool) -> tuple[Characters | None, bool]:
    """The characters by which the rest of the pattern may begin, and whether it needs the end of the text.

    None instead of characters when the rest always matches.
    """
    taken: Characters = frozenset()
    for op, argument in rest:
        name = str(op)
        if name == "AT":
            if str(argument) in ("AT_END", "AT_END_STRING"):
                return taken, True
            raise _Unknown
        part_of = Automaton()
        part = _one(op, argument, part_of, flags)
        taken |= frozenset().union(*(part_of.reads[state] for state in part.first))
        if not part.empty:
            return taken, False
        taken |= frozenset().union(*part_of.reads)
    return (taken, True) if whole else (None, False)


def _sequence(items: list[Any], automaton: Automaton, flags: int) -> Part:
    return automaton.sequence([_one(op, argument, automaton, flags) for op, argument in items])


def _one(op: Any, argument: Any, automaton: Automaton, flags: int) -> Part:
    name = str(op)
    if name in ("LITERAL", "NOT_LITERAL", "ANY", "IN"):
        return automaton.character(_characters(name, argument, flags))
    if name == "SUBPATTERN":
        _, added, dropped, body = argument
        return _sequence(list(body), automaton, (flags | added) & ~dropped)
    if name == "BRANCH":
        return automaton.choice([_sequence(list(branch), automaton, flags) for branch in argument[1]])
    if name in ("MAX_REPEAT", "MIN_REPEAT"):
        least, most, body = argument
        return _repeat(least, most, body, automaton, flags)
    raise _Unknown


def _repeat(least: int, most: int, body: Any, automaton: Automaton, flags: int) -> Part:
    if least > _MANY:
        raise _Unknown
    items = list(body)
    if most > _MANY * 8:
        copies = [_sequence(items, automaton, flags) for _ in range(max(least, 1))]
        return automaton.sequence([*copies[:-1], automaton.repeated(copies[-1], optional=least == 0)])
    parts: list[Part] = []
    for number in range(min(most, max(least, _MANY))):
        part = _sequence(items, automaton, flags)
        parts.append(part if number < least else Part(part.first, part.last, 1))
    if most <= least + 1:
        return automaton.sequence(parts)
    whole = automaton.sequence(parts[:least])
    tail = automaton.sequence([])
    for part in reversed(parts[least:]):
        joined = automaton.sequence([Part(part.first, part.last, 0), tail])
        tail = Part(joined.first, joined.last, 1)
    return automaton.sequence([whole, tail])


def _characters(name: str, argument: Any, flags: int) -> Characters:
    found: frozenset[int]
    if name == "ANY":
        return _ALPHABET if flags & re.DOTALL else _ALPHABET - {10}
    if name in ("LITERAL", "NOT_LITERAL"):
        found = _of_literal(argument, flags)
        return found if name == "LITERAL" else _ALPHABET - found
    negated = False
    found = frozenset()
    for op, value in argument:
        kind = str(op)
        if kind == "NEGATE":
            negated = True
        elif kind == "LITERAL":
            found |= _of_literal(value, flags)
        elif kind == "RANGE":
            codes = [code for code in _ALPHABET if value[0] <= code <= value[1]]
            found |= frozenset().union(*(_of_literal(code, flags) for code in codes))
        elif kind == "CATEGORY":
            found |= _category(str(value))
        else:
            raise _Unknown
    return _ALPHABET - found if negated else found


def _of_literal(code: int, flags: int) -> Characters:
    if flags & re.IGNORECASE:
        letter = chr(code)
        return frozenset(ord(c) for c in (letter.lower(), letter.upper()) if len(c) == 1)
    return frozenset({code})


@lru_cache(maxsize=16)
def _category(name: str) -> Characters:
    shorthand = {"DIGIT": "\\d", "SPACE": "\\s", "WORD": "\\w"}.get(name.rpartition("_")[2])
    if shorthand is None:
        raise _Unknown
    matching = frozenset(code for code in _ALPHABET if re.match(shorthand, chr(code)))
    return _ALPHABET - matching if "_NOT_" in name else matching
