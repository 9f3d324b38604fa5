"""A powercap device tree whose counters are computed at the moment of each read, served through /dev/fuse.

Exact where `CounterTree` is a millisecond late, and able to delay and to fail reads. It speaks the kernel's protocol itself
(include/uapi/linux/fuse.h of the Linux sources), so no library is needed; Linux only, and inside `private_mounts` only.
"""

from __future__ import annotations

import errno
import os
import signal
import struct
import time
from typing import TYPE_CHECKING

from greenlint.testing import private_mounts
from greenlint.testing.simulated import Node, layout

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.testing.simulated import Zone

_IN = struct.Struct("<IIQQIIIHH")
_OUT = struct.Struct("<IiQ")
_INIT = struct.Struct("<IIIIHHIIHHI28x")
_ATTR = struct.Struct("<QQQQQQIIIIIIIIII")
_ENTRY = struct.Struct("<QQQQII")
_OPENED = struct.Struct("<QII")
_DIRENT = struct.Struct("<QQII")
_READ = struct.Struct("<QQI")

_LOOKUP, _FORGET, _GETATTR, _READLINK, _OPEN, _READ_FILE, _STATFS, _RELEASE = 1, 2, 3, 5, 14, 15, 17, 18
_FLUSH, _INIT_CALL, _OPENDIR, _READDIR, _RELEASEDIR, _INTERRUPT, _BATCH_FORGET = 25, 26, 27, 28, 29, 36, 42
_UNANSWERED = (_FORGET, _INTERRUPT, _BATCH_FORGET)

_VERSION = (7, 31)
_DIRECT_IO = 1  # no cache: every read comes to us, whatever the stated size
_BUFFER = 1 << 17
_FOLDER, _LINK, _FILE = 0o040000, 0o120000, 0o100000
_PAGE = 4096  # the size that files of sysfs state


class FuseTree:
    """Serves `zones` at `mountpoint`, an empty folder, from a process of its own; a context manager.

    subsystem  where the link of this name in every folder leads: the class directory
    start_s    when the counters started, by `time.perf_counter`
    Raises private_mounts.Forbidden where the kernel or the user may not do this.
    """

    def __init__(self, mountpoint: str, zones: Sequence[Zone], *, subsystem: str, start_s: float) -> None:
        self._mountpoint, self._zones = mountpoint, tuple(zones)
        self._subsystem, self._start_s = subsystem, start_s
        self.pid = 0

    def __enter__(self) -> FuseTree:
        try:
            device = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
        except OSError as error:
            raise private_mounts.Forbidden(f"/dev/fuse: {error.strerror}") from error
        options = f"fd={device},rootmode=40755,user_id=0,group_id=0,allow_other,default_permissions"
        try:
            private_mounts.mount("powercap", self._mountpoint, "fuse", 0x2 | 0x4, options)
            self.pid = os.fork()
            if self.pid == 0:
                _serve_until_the_end(device, _Tree(self._zones, self._subsystem, self._start_s))
        finally:
            os.close(device)
        return self

    def __exit__(self, *exception: object) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)


def _serve_until_the_end(device: int, tree: _Tree) -> None:
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        tree.serve(device)
    finally:
        os._exit(0)


class _Tree:
    """The nodes by number (the root is 1) and the answers to the kernel's questions."""

    def __init__(self, zones: Sequence[Zone], subsystem: str, start_s: float) -> None:
        self._start_s = start_s
        nodes = [Node("")]
        for node in layout(zones):
            nodes.append(node)
            if node.folder:
                nodes.append(Node(f"{node.path}/subsystem", target=subsystem))
        self._nodes = dict(enumerate(nodes, 1))
        self._numbers = {node.path: number for number, node in self._nodes.items()}
        self._contents: dict[int, bytes] = {}
        self._handles = 0
        self._answers: dict[int, Callable[[int, bytes], bytes]] = {
            _INIT_CALL: self._init,
            _LOOKUP: self._lookup,
            _GETATTR: lambda number, _: struct.pack("<QII", 0, 0, 0) + self._attributes(number),
            _READLINK: lambda number, _: self._nodes[number].target.encode(),
            _OPEN: self._open,
            _OPENDIR: self._open,
            _READ_FILE: self._read,
            _READDIR: self._list,
            _RELEASE: self._release,
            _RELEASEDIR: self._release,
            _FLUSH: lambda *_: b"",
            _STATFS: lambda *_: bytes(80),
        }

    def serve(self, device: int) -> None:
        """Answer until the mount goes away."""
        while True:
            try:
                message = os.read(device, _BUFFER)
            except OSError as error:
                if error.errno in (errno.EINTR, errno.ENOENT, errno.EAGAIN):  # the caller gave up meanwhile
                    continue
                return
            _, call, unique, number = _IN.unpack_from(message)[:4]
            if call in _UNANSWERED:
                continue
            code, body = self._answer(call, number, message[_IN.size :])
            try:
                os.write(device, _OUT.pack(_OUT.size + len(body), -code, unique) + body)
            except FileNotFoundError:  # the caller gave up meanwhile
                continue

    def _answer(self, call: int, number: int, body: bytes) -> tuple[int, bytes]:
        answer = self._answers.get(call)
        if answer is None:
            return errno.ENOSYS, b""
        try:
            return 0, answer(number, body)
        except OSError as error:
            return error.errno or errno.EIO, b""

    def _init(self, _: int, body: bytes) -> bytes:
        return _INIT.pack(*_VERSION, 0, 0, 12, 9, _PAGE, 1, 1, 0, 0)

    def _lookup(self, number: int, body: bytes) -> bytes:
        name = os.fsdecode(body.partition(b"\0")[0])
        path = f"{self._nodes[number].path}/{name}".lstrip("/")
        found = self._numbers.get(path)
        if found is None:
            raise FileNotFoundError(errno.ENOENT, path)
        return _ENTRY.pack(found, 0, 0, 0, 0, 0) + self._attributes(found)

    def _attributes(self, number: int) -> bytes:
        node = self._nodes[number]
        mode = _FOLDER | 0o755 if node.folder else _LINK | 0o777 if node.target else _FILE | 0o444
        if node.zone:
            mode = _FILE | node.zone.mode
        size = len(node.target) or (0 if node.folder else _PAGE)
        return _ATTR.pack(number, size, 0, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, _PAGE, 0)

    def _open(self, number: int, body: bytes) -> bytes:
        self._handles += 1
        return _OPENED.pack(self._handles, 0 if self._nodes[number].folder else _DIRECT_IO, 0)

    def _read(self, number: int, body: bytes) -> bytes:
        handle, offset, size = _READ.unpack_from(body)
        if offset == 0:
            self._contents[handle] = self._content(self._nodes[number])
        return self._contents.get(handle, b"")[offset : offset + size]

    def _content(self, node: Node) -> bytes:
        if node.zone is None:
            return (node.text or "").encode()
        if node.zone.delay_s:
            time.sleep(node.zone.delay_s)
        return node.zone.content_at(time.perf_counter() - self._start_s)

    def _list(self, number: int, body: bytes) -> bytes:
        _, offset, size = _READ.unpack_from(body)
        parent, listing = self._nodes[number].path, b""
        children = [(n, node) for n, node in self._nodes.items() if n > 1 and os.path.dirname(node.path) == parent]
        for place, (child, node) in enumerate(children[offset:], offset + 1):
            name = os.path.basename(node.path).encode()
            kind = 4 if node.folder else 10 if node.target else 8
            entry = _DIRENT.pack(child, place, len(name), kind) + name
            entry += b"\0" * (-len(entry) % 8)
            if len(listing) + len(entry) > size:
                break
            listing += entry
        return listing

    def _release(self, number: int, body: bytes) -> bytes:
        self._contents.pop(_READ.unpack_from(body)[0], None)
        return b""
