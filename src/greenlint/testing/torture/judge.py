"""Whether an answer on a machine of the torture table is right: the truth inside the interval, or a reason for no value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenlint.testing.torture.case import Case

_NEAR = 0.15
"""A value must also be this near to the truth, so that no interval is right only because it is wide."""

_OWN_FILES = ".cache/"  # a cache in the folder that the user's system has for caches is no litter

_SLEEP_S = 0.1
"""A self-check rests for a few milliseconds, once per boot; more than this holds the program up."""

_EFFECTS = {
    "processes_started": "process(es) started",
    "processes_running": "running until the end",
    "processes_left": "left after it",
    "connections": "network call(s)",
    "descriptors": "descriptor(s) left open",
    "threads": "thread(s)",
    "root_handlers": "handler(s) on the root logger",
    "files_left": "file(s) left",
}


def problems(case: Case, report: dict[str, Any], said: dict[str, Any]) -> list[str]:
    """What is wrong with greenlint's answer; nothing when it is right.

    report  what `world` printed; said  what `window` printed in it
    """
    if said["error"]:
        return [f"it fails: {said['error']}"]
    found = _value_problems(case, said)
    words = "\n".join(said["said"] + [said["invalid"] or ""])
    if case.says and not re.search(case.says, words):
        found.append(f"nothing that it says matches {case.says!r}: {words}")
    if case.side_effects:
        found += effect_problems(report, said["effects"])
    return found


def _value_problems(case: Case, said: dict[str, Any]) -> list[str]:
    if case.watts is None:
        return [f"{said['text']} is called measured"] if said["measured"] else []
    if not said["measured"]:
        return [] if case.or_refuse else [f"nothing was measured: {said['text']}"]
    value = said["value"]
    truth, (low, high) = case.watts * said["window_s"], value["interval"]
    found = [] if low <= truth <= high else [f"{truth:.4g} J is outside of [{low:.4g}, {high:.4g}]"]
    if not value["below_limit"] and abs(value["energy_j"] - truth) > _NEAR * truth:
        found.append(f"{value['energy_j']:.4g} J is far from {truth:.4g} J")
    return found


def effect_problems(report: dict[str, Any], effects: dict[str, float]) -> list[str]:
    """What a tool left behind or did in passing, in words."""
    files = [name for name in report["left_files"] if not name.startswith(_OWN_FILES)]
    counts = {**effects, "files_left": len(files), "processes_left": report["left_processes"]}
    found = [f"{counts[name]:g} {words}" for name, words in _EFFECTS.items() if counts.get(name)]
    return found + ([f"slept for {effects['slept_s']:.2g} s"] if effects["slept_s"] > _SLEEP_S else [])
