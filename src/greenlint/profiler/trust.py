"""Remember self-checks: per user, by boot and counter, so that a session burns CPU only once per boot."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from greenlint.profiler.boot import boot_id
from greenlint.profiler.machine import user_file
from greenlint.profiler.records import replace_json
from greenlint.profiler.selfcheck import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.profiler.idle import IdlePower

REFUSAL_LASTS_S = 600
"""A refused counter is tried again after ten minutes: the fault may have been a passing one."""

_VERSION = 2
_MOST_BYTES, _MOST_COUNTERS = 1 << 20, 4096


def recall(identity: str, counters: int = _MOST_COUNTERS) -> Evidence | None:
    """The evidence stored for a source of that many `counters` in this boot, or None; what is damaged is not believed."""
    boot, now = boot_id(), _now()
    entry = _load(boot).get(identity)
    if not boot or not isinstance(entry, dict):
        return None
    try:
        evidence = Evidence(
            keep=tuple(int(place) for place in entry["keep"]),
            problem=str(entry["problem"]),
            notes=tuple(str(note) for note in entry["notes"]),
            period_s=float(entry["period_s"]),
            rest_w=float(entry["rest_w"]),
            burn_w=float(entry["burn_w"]),
            others_cpus=float(entry["others_cpus"]),
            watched_s=float(entry["watched_s"]),
            rest_s=float(entry["rest_s"]),
            quiet_w=float(entry["quiet_w"]),
            u_quiet_w=float(entry["u_quiet_w"]),
        )
        expired = bool(evidence.problem) and not 0 <= now - float(entry["at"]) <= REFUSAL_LASTS_S
    except (KeyError, TypeError, ValueError, OverflowError):
        return None
    return evidence if _sane(evidence, counters) and not expired else None


def _sane(evidence: Evidence, counters: int) -> bool:
    numbers = [value for value in evidence if isinstance(value, float)]
    places = sorted(set(evidence.keep))
    return (
        all(0 <= number < float("inf") for number in numbers)
        and evidence.watched_s > 0
        and evidence.rest_s > 0
        and places == sorted(evidence.keep)
        and all(0 <= place < counters for place in places)
        and bool(places or evidence.problem)
    )


def remember(identity: str, evidence: Evidence) -> None:
    """Store evidence; silently does nothing where the cache cannot be written (the next session checks again)."""
    boot = boot_id()
    if boot:
        _store(boot, {**_load(boot), identity: {**evidence._asdict(), "at": _now()}})


def remember_idle(identity: str, idle: IdlePower) -> None:
    """Add the idle power of a quiet window to the evidence of this counter, where there is some."""
    evidence = recall(identity)
    if evidence is not None:
        remember(identity, evidence._replace(quiet_w=idle.watts, u_quiet_w=idle.u_watts))


def _now() -> float:
    from time import time

    return time()


def default_path() -> str:
    """Where the evidence is kept for this user; "" without a home directory, and then nothing is kept."""
    return user_file("cache", "self-checks.json")


def _load(boot: str) -> dict[str, Any]:
    import json

    path = default_path()
    try:
        # A pipe would never end, and what is too large was not written by us.
        if not os.path.isfile(path) or os.path.getsize(path) > _MOST_BYTES:
            return {}
        with open(path, encoding="utf-8") as file:
            stored = json.load(file)
    except (OSError, ValueError, RecursionError):
        return {}
    if not isinstance(stored, dict) or stored.get("version") != _VERSION or stored.get("boot") != boot:
        return {}
    checks = stored.get("checks")
    return checks if isinstance(checks, dict) else {}


def _store(boot: str, checks: Mapping[str, Any]) -> None:
    path = default_path()
    if path:
        with suppress(OSError):
            replace_json(path, {"version": _VERSION, "boot": boot, "checks": checks})
