"""Which of the usual privileges this process has for reading energy counters, in words for `greenlint doctor`."""

from __future__ import annotations

import os

_CAPABILITIES = {2: "CAP_DAC_READ_SEARCH", 21: "CAP_SYS_ADMIN", 38: "CAP_PERFMON"}
"""Number -> name of the Linux capabilities that open energy counters (linux/capability.h)."""


def privilege(status: str = "/proc/self/status", paranoid: str = "/proc/sys/kernel/perf_event_paranoid") -> str:
    """Such as "root, perf_event_paranoid 2" or "an ordinary user with CAP_PERFMON, perf_event_paranoid 2"."""
    if not hasattr(os, "geteuid"):
        return "unknown"
    if os.geteuid() == 0:
        user = "root"
    else:
        held = capabilities(status)
        user = "an ordinary user" + (f" with {', '.join(held)}" if held else "")
    level = _line(paranoid)
    return f"{user}, perf_event_paranoid {level}" if level else user


def used(needed: str, status: str = "/proc/self/status") -> str:
    """By what right this process reads a counter that takes `needed`; the files or the kernel may also let everybody."""
    if not needed:
        return "none needed"
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        return f"root ({needed} is enough)"
    return needed if needed in capabilities(status) else "none: everybody may read it here"


def capabilities(status: str = "/proc/self/status") -> tuple[str, ...]:
    """The effective capabilities of this process among those that matter here."""
    for line in _text(status).splitlines():
        if line.startswith("CapEff:"):
            try:
                bits = int(line.split()[1], 16)
            except (IndexError, ValueError):
                return ()
            return tuple(name for bit, name in _CAPABILITIES.items() if bits >> bit & 1)
    return ()


def _line(path: str) -> str:
    return _text(path).partition("\n")[0].strip()


def _text(path: str) -> str:
    try:
        with open(path, encoding="ascii", errors="replace") as file:
            return file.read(16384)
    except OSError:
        return ""
