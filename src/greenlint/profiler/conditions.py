"""The state of the machine that decides how far two measurements on it may differ: clock control, siblings, load, steal."""

from __future__ import annotations

import os

from greenlint.named_tuple import NamedTuple

_CPU = "/sys/devices/system/cpu"


class Conditions(NamedTuple):
    """What the system tells; "" or None where it does not.

    governor  of the first CPU's clock ("performance", "powersave", …); turbo, smt  "on" or "off"
    throttled  how often the first CPU's core was slowed down for heat since boot
    load       busy processes during the last minute
    """

    governor: str = ""
    turbo: str = ""
    smt: str = ""
    throttled: int | None = None
    load: float | None = None


def read_conditions(root: str = _CPU) -> Conditions:
    """Look; nothing is changed, and what cannot be read stays unknown."""
    no_turbo = _text(f"{root}/intel_pstate/no_turbo")
    turbo = {"0": "on", "1": "off"}.get(no_turbo) or {"1": "on", "0": "off"}.get(_text(f"{root}/cpufreq/boost"), "")
    throttled = _text(f"{root}/cpu0/thermal_throttle/core_throttle_count")
    return Conditions(
        governor=_text(f"{root}/cpu0/cpufreq/scaling_governor"),
        turbo=turbo,
        smt={"1": "on", "0": "off"}.get(_text(f"{root}/smt/active"), ""),
        throttled=int(throttled) if throttled.isdigit() else None,
        load=_load(),
    )


def _load() -> float | None:
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):
        return None


def _text(path: str) -> str:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read(64).strip()
    except OSError:
        return ""
