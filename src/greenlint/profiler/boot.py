"""Tells one boot of the machine from the next, so that a self-check is believed no longer than the counter lives."""

from __future__ import annotations

import sys

_LINUX = "/proc/sys/kernel/random/boot_id"
_STEP_S = 120
"""Windows tells only how long it has been up: boots that are this close to each other, s, are taken for one."""


def boot_id() -> str:
    """A text that differs between boots; "" where the system tells none, and then nothing is remembered."""
    if sys.platform == "darwin":
        return _of_macos()
    if sys.platform == "win32":
        return _of_windows()
    try:
        with open(_LINUX, encoding="ascii", errors="replace") as file:
            return file.readline().strip()
    except OSError:
        return ""


def _of_macos() -> str:
    """The kernel's own identifier of the boot session (`sysctl kern.bootsessionuuid`)."""
    import ctypes

    try:
        sysctl = ctypes.CDLL(None).sysctlbyname
    except (OSError, AttributeError):
        return ""
    text, size = ctypes.create_string_buffer(64), ctypes.c_size_t(64)
    failed = sysctl(b"kern.bootsessionuuid", text, ctypes.byref(size), None, ctypes.c_size_t(0))
    return "" if failed else text.value.decode("ascii", "replace")


def _of_windows() -> str:
    import ctypes
    from time import time

    kernel = getattr(ctypes, "windll", None)
    if kernel is None:
        return ""
    ticks = kernel.kernel32.GetTickCount64
    ticks.restype = ctypes.c_uint64
    return booted_at(time(), ticks() / 1e3)


def booted_at(now_s: float, up_s: float) -> str:
    """The boot as a number, from the wall clock and the time since; both drift a little, so it is rounded."""
    return f"up-{round((now_s - up_s) / _STEP_S)}"
