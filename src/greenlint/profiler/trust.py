"""Remember self-checks: per user, by boot and counter, so that a session burns CPU only once per boot."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from greenlint.profiler.machine import boot_id
from greenlint.profiler.selfcheck import Evidence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.profiler.idle import IdlePower

REFUSAL_LASTS_S = 600
"""A refused counter is tried again after ten minutes: the fault may have been a passing one."""

_VERSION = 2


def cache_directory() -> str:
    """The user's cache directory for greenlint, by the conventions of the platform; it need not exist."""
    home = os.path.expanduser("~")
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or os.path.join(home, "AppData", "Local")
    elif sys.platform == "darwin":
        base = os.path.join(home, "Library", "Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or os.path.join(home, ".cache")
    return os.path.join(base, "greenlint")


def recall(identity: str) -> Evidence | None:
    """The evidence stored for this counter in this boot, or None."""
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
    except (KeyError, TypeError, ValueError):
        return None
    return None if expired else evidence


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


def _path() -> str:
    return os.path.join(cache_directory(), "self-checks.json")


def _load(boot: str) -> dict[str, Any]:
    import json

    try:
        with open(_path(), encoding="utf-8") as file:
            stored = json.load(file)
    except (OSError, ValueError):
        return {}
    if not isinstance(stored, dict) or stored.get("version") != _VERSION or stored.get("boot") != boot:
        return {}
    checks = stored.get("checks")
    return checks if isinstance(checks, dict) else {}


def _store(boot: str, checks: Mapping[str, Any]) -> None:
    import json

    path = _path()
    part = f"{path}.{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(part, "w", encoding="utf-8") as file:
            json.dump({"version": _VERSION, "boot": boot, "checks": checks}, file)
        os.replace(part, path)
    except OSError:
        return
