"""Runs a Python process without a privilege or a system call, for real: dropped capabilities, a seccomp filter, private mounts.

Each launcher is a small program that confines itself and then becomes the program under test.
"""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UNABLE = 77
"""Exit code of a launcher that the kernel does not let confine itself."""

_PERF = {"x86_64": 298, "aarch64": 241}

_WITHOUT_CAPABILITIES = """
import ctypes, os, sys
prctl = ctypes.CDLL(None, use_errno=True).prctl
for capability in range(64):
    if prctl(24, capability, 0, 0, 0):  # PR_CAPBSET_DROP
        break
if not capability:
    sys.exit(77)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""

_WITHOUT_PERF = """
import ctypes, os, struct, sys
number, error = int(sys.argv[1]), int(sys.argv[2])
rows = [
    (0x20, 0, 0, 0),                   # load the number of the system call
    (0x15, 0, 1, number),              # is it perf_event_open?
    (0x06, 0, 0, 0x00050000 | error),  # then fail with this error
    (0x06, 0, 0, 0x7FFF0000),          # else allow
]
code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *row) for row in rows))
class Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_ushort), ("code", ctypes.c_void_p)]
program = Program(len(rows), ctypes.addressof(code))
prctl = ctypes.CDLL(None, use_errno=True).prctl
# PR_SET_NO_NEW_PRIVS, then PR_SET_SECCOMP with a filter; both stay over the exec.
if prctl(38, 1, 0, 0, 0) or prctl(22, 2, ctypes.byref(program), 0, 0):
    sys.exit(77)
os.execv(sys.executable, [sys.executable, *sys.argv[3:]])
"""

_WITH_MOUNTS = """
import ctypes, os, sys
libc = ctypes.CDLL(None, use_errno=True)
if libc.unshare(0x20000) or libc.mount(None, b"/", None, 0x44000, None):  # CLONE_NEWNS; MS_REC | MS_PRIVATE
    sys.exit(77)
for step in filter(None, sys.argv[1].split(";")):
    kind, _, place = step.partition(" ")
    place = place.encode()
    if kind == "empty":
        failed = libc.mount(b"none", place, b"tmpfs", 0, None)
    else:  # a read-only view of the same directory: MS_BIND, then MS_REMOUNT | MS_BIND | MS_RDONLY
        failed = libc.mount(place, place, None, 0x1000, None) or libc.mount(None, place, None, 0x1021, None)
    if failed:
        sys.exit(77)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""

needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="capabilities, seccomp and mounts are Linux's")
needs_root = pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can do this to itself")
needs_filter = pytest.mark.skipif(platform.machine() not in _PERF, reason="the filter is written for x86_64 and aarch64")


def without_capabilities(arguments: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python with `arguments` as a user without any capability (its user number stays)."""
    return _run(_WITHOUT_CAPABILITIES, arguments, **options)


def without_perf(error: int, arguments: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python with `arguments` where perf_event_open fails with `error`, as under a container's seccomp profile."""
    return _run(_WITHOUT_PERF, [str(_PERF[platform.machine()]), str(error), *arguments], **options)


def with_mounts(steps: Sequence[str], arguments: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    """Run Python with `arguments` in a mount namespace; a step is "empty PLACE" or "readonly PLACE"."""
    return _run(_WITH_MOUNTS, [";".join(steps), *arguments], **options)


def lock_away(path: Path) -> None:
    """Make a file unreadable for the user of this test, once that has no capability."""
    if os.geteuid() == 0:
        os.chown(path, 12345, 12345)
    path.chmod(0o400 if os.geteuid() == 0 else 0)


def _run(launcher: str, arguments: Sequence[str], **options: object) -> subprocess.CompletedProcess[str]:
    settings: dict[str, object] = {"capture_output": True, "text": True, "timeout": 60, **options}
    done: subprocess.CompletedProcess[str] = subprocess.run(  # type: ignore[call-overload]
        [sys.executable, "-c", launcher, *arguments], **settings
    )
    if done.returncode == UNABLE:
        pytest.skip("this kernel or container does not let a process confine itself so")
    return done
