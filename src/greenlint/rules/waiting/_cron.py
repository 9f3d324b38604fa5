"""Texts that say how often something runs: lines of cron, `rate(1 minute)`, `every 5 seconds`."""

from __future__ import annotations

import re

_MINUTE = 60.0
_ALWAYS = ("*", "*/1", "?")
_STEP = re.compile(r"(?:\*|0)/(\d+)")
_LIST = re.compile(r"\d+(?:,\d+)+")
_RATE = re.compile(r"(?:rate\(|every )\s*(\d+(?:\.\d+)?)?\s*(second|minute|sec|min|s|m)s?\)?", re.IGNORECASE)
_CONTINUOUS = "@continuous"
"""Airflow: the next run starts when the last one has ended."""
_FIELDS = 5


def cron_text(text: str, *, seconds_first: bool = False) -> float | None:
    """Seconds between two runs, for texts that say at most a minute; None for all others.

    Six fields have one for seconds: the last one for croniter, which most libraries use, the first one for those of `seconds_first`.
    """
    text = text.strip()
    if text == _CONTINUOUS:
        return 1.0
    rate = _RATE.fullmatch(text)
    if rate is not None:
        return float(rate[1] or 1) * (_MINUTE if rate[2].lower().startswith("m") else 1.0)
    fields = text.split()
    if len(fields) == _FIELDS:
        return _MINUTE if fields[0] in _ALWAYS and set(fields[1:]) <= {"*", "?"} else None
    if len(fields) != _FIELDS + 1:
        return None
    second, others = (fields[0], fields[1:]) if seconds_first else (fields[-1], fields[:-1])
    if others[0] not in _ALWAYS or not set(others[1:]) <= {"*", "?"}:
        return None
    return seconds_field(second)


def seconds_field(field: str) -> float | None:
    """How far apart the seconds of a field are: `*/15`, `0,20,40`."""
    if field in _ALWAYS:
        return 1.0
    step = _STEP.fullmatch(field)
    if step is not None:
        return float(step[1]) or None
    if _LIST.fullmatch(field):
        return _MINUTE / len(field.split(","))
    return _MINUTE if field.isdigit() else None
