"""Mounts that only this process and its children see: how unmodified programs are shown a simulated /sys.

Linux only. Root, or a user who may make user namespaces; Docker's default seccomp profile forbids both.
"""

from __future__ import annotations

import ctypes
import os

_CLONE_NEWNS, _CLONE_NEWUSER = 0x00020000, 0x10000000
_MS_REC, _MS_PRIVATE = 0x4000, 0x40000
_MS_NOSUID, _MS_NODEV, _MS_BIND = 0x2, 0x4, 0x1000


class Forbidden(Exception):
    """The system does not let this process have mounts of its own; the text says why."""


def enter() -> None:
    """Leave the mount namespace of the parent; nothing that is mounted from now on is seen outside.

    For a process of one thread that has been started for this purpose. Raises Forbidden.
    """
    flags, uid, gid = _CLONE_NEWNS, os.geteuid(), os.getegid()
    if uid != 0:
        flags |= _CLONE_NEWUSER
    _call("unshare", flags)
    if uid != 0:
        _become_root(uid, gid)
    mount("none", "/", None, _MS_REC | _MS_PRIVATE)


def cover(path: str) -> None:
    """Put an empty folder over `path`. Raises Forbidden, FileNotFoundError where there is nothing to cover."""
    os.stat(path)
    mount("tmpfs", path, "tmpfs", _MS_NOSUID | _MS_NODEV, "mode=755")


def open_way(path: str) -> None:
    """Let every user reach `path`: a folder above it that is closed to others is shown with the way to `path` alone."""
    parts = os.path.realpath(path).split("/")
    for length in range(2, len(parts)):
        folder, step = "/".join(parts[:length]), parts[length]
        if os.stat(folder).st_mode & 0o001:
            continue
        real = os.open(folder, os.O_PATH)
        try:
            cover(folder)
            os.mkdir(f"{folder}/{step}")
            mount(f"/proc/self/fd/{real}/{step}", f"{folder}/{step}", None, _MS_BIND | _MS_REC)
        finally:
            os.close(real)


def mount(source: str, target: str, kind: str | None, flags: int, options: str = "") -> None:
    """The system call of this name. Raises Forbidden."""
    _call("mount", source.encode(), target.encode(), kind.encode() if kind else None, flags, options.encode() or None)


def _become_root(uid: int, gid: int) -> None:
    try:
        for name, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
    except OSError as error:
        raise Forbidden(f"this user may not map itself in a user namespace: {error.strerror}") from error


def _call(name: str, *arguments: object) -> None:
    library = ctypes.CDLL(None, use_errno=True)
    if not hasattr(library, name):
        raise Forbidden(f"this system has no {name}()")
    prepared = [ctypes.c_ulong(value) if isinstance(value, int) else value for value in arguments]
    if name == "unshare":
        prepared = [ctypes.c_int(value) for value in arguments if isinstance(value, int)]
    if getattr(library, name)(*prepared):
        code = ctypes.get_errno()
        what = f" of {os.fsdecode(arguments[1])}" if name == "mount" and isinstance(arguments[1], bytes) else ""
        raise Forbidden(f"{name}{what}: {os.strerror(code)}")
