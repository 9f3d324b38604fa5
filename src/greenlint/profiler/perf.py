"""The perf_event_open system call: the one place that knows its number and its structure.

It imports nothing of ours, for the supervisor of commands must stay small.
"""

from __future__ import annotations

import errno
import os
import struct
import sys

TYPE_SOFTWARE = 1
TASK_CLOCK = 1  # of TYPE_SOFTWARE: nanoseconds on a CPU

DISABLED = 1 << 0
INHERIT = 1 << 1
EXCLUDE_KERNEL = 1 << 5  # lifts the permission needed; the task clock still counts kernel time
ENABLE_ON_EXEC = 1 << 12

_SYSCALL = {
    "x86_64": 298, "aarch64": 241, "i686": 336, "i386": 336, "armv7l": 364,
    "ppc64le": 319, "ppc64": 319, "s390x": 331, "riscv64": 241, "loongarch64": 241,
}  # fmt: skip
_CLOSE_ON_EXEC = 8
_ATTRIBUTES = struct.Struct("=IIQQQQQII")  # perf_event_attr up to config1; the kernel takes short structures
_SIZE = 64  # PERF_ATTR_SIZE_VER0


def architecture() -> str:
    """The machine architecture in lower case, without starting a process ("x86_64", "arm64", "amd64")."""
    if hasattr(os, "uname"):
        return os.uname().machine.lower()
    return os.environ.get("PROCESSOR_ARCHITECTURE", sys.platform).lower()


def available() -> bool:
    """True where this module knows the system call; whether the kernel allows it shows at the first `open_event`."""
    return sys.platform == "linux" and architecture() in _SYSCALL


def open_event(event_type: int, config: int, *, pid: int = 0, cpu: int = -1, flags: int = 0) -> int:
    """Open a counting event and return its file descriptor; `os.read` of 8 bytes gives the count.

    pid 0 and cpu -1 follow the calling thread anywhere; pid -1 and a CPU number count a whole CPU.
    Raises OSError (EACCES or EPERM: not permitted; ENOENT, ENODEV, EINVAL: no such event; ENOSYS: no perf).
    """
    if not available():
        raise OSError(errno.ENOSYS, "perf_event_open is not available on this system")
    attributes = _ATTRIBUTES.pack(event_type, _SIZE, config, 0, 0, 0, flags, 0, 0).ljust(_SIZE, b"\0")
    arguments = (_SYSCALL[architecture()], attributes, pid, cpu, -1, _CLOSE_ON_EXEC)
    descriptor = _call_quickly(arguments)
    return descriptor if descriptor >= 0 else _call(arguments)


_Arguments = tuple[int, bytes, int, int, int, int]


def _call_quickly(arguments: _Arguments) -> int:
    """The system call; negative where it failed or this interpreter has no such way.

    The module `ctypes` makes some 60 classes, which took a tenth of the start of the pytest plug-in; its core is enough for
    one call. That core is not documented, though it has not changed since Python 2.5, so `_call` stands behind it.
    """
    try:
        from _ctypes import call_cdeclfunction, dlopen, dlsym

        itself = dlopen(None, 0)  # type: ignore[arg-type] # None is this program, as in `ctypes.CDLL(None)`
        return int(call_cdeclfunction(dlsym(itself, "syscall"), arguments))
    except (ImportError, TypeError, OSError):
        return -1


def _call(arguments: _Arguments) -> int:
    """The system call in the documented way. Raises OSError."""
    import ctypes

    number, attributes, pid, cpu, group, flags = arguments
    libc = ctypes.CDLL(None, use_errno=True)
    libc.syscall.restype = ctypes.c_long
    descriptor = libc.syscall(
        ctypes.c_long(number),
        ctypes.c_char_p(attributes),
        ctypes.c_int(pid),
        ctypes.c_int(cpu),
        ctypes.c_int(group),
        ctypes.c_ulong(flags),
    )
    if descriptor < 0:
        error = ctypes.get_errno()
        raise OSError(error, os.strerror(error))
    return int(descriptor)


def read_count(descriptor: int) -> int:
    """The count of an event since it was opened. Raises OSError, also at the end of file: the event's CPU went offline."""
    count = os.read(descriptor, 8)
    if len(count) != 8:
        raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
    return int.from_bytes(count, sys.byteorder)
