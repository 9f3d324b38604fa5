"""A live powercap tree made of files: a process advances the counters in place about every millisecond.

The counters follow the monotonic clock at a stated power, so a test knows the true energy of every window. Files are
written with one `pwrite` of a fixed-width number, never truncated and never replaced, as held descriptors require.
"""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from greenlint.testing import simulated
from greenlint.testing.simulated import Zone, layout

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["CounterTree", "Zone"]


class CounterTree:
    """Builds the tree below `root` and keeps it alive; a context manager. `root` is what GREENLINT_POWERCAP_ROOT names.

    devices  the directory that holds the devices which the links of `root` lead to (default: inside `root`)
    start_s  when the counters started, by `time.perf_counter`; None: when the tree is started
    """

    def __init__(
        self,
        root: str | os.PathLike[str],
        zones: Sequence[Zone] = (Zone(),),
        *,
        devices: str | None = None,
        start_s: float | None = None,
    ) -> None:
        self.root, self.zones = os.fspath(root), tuple(zones)
        self.devices, self.start_s = devices or os.path.join(self.root, ".devices"), start_s
        self._writer: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> CounterTree:
        self.build()
        self.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self.stop()

    def path(self, zone: str, file: str = "energy_uj") -> str:
        """The path of a zone's file, the zone as the kernel names it ("intel-rapl:0", "intel-rapl:0:0")."""
        return os.path.join(self.root, zone, file)

    def build(self) -> None:
        """Make directories, files and links as the kernel does."""
        os.makedirs(self.root, exist_ok=True)
        for node in layout(self.zones):
            path = os.path.join(self.devices, node.path)
            if node.folder:
                os.makedirs(path)
                os.symlink(os.path.relpath(self.root, path), os.path.join(path, "subsystem"))
                continue
            content = node.zone.content_at(0.0) if node.zone else (node.text or "").encode()
            with open(path, "wb") as stream:
                stream.write(content)
            if node.zone:
                os.chmod(path, node.zone.mode | 0o200)  # the writer of an ordinary user opens it too
        self.link()

    def link(self) -> None:
        """Make the links of the class directory."""
        for node in layout(self.zones):
            if node.folder:
                target = os.path.relpath(os.path.join(self.devices, node.path), self.root)
                os.symlink(target, os.path.join(self.root, os.path.basename(node.path)))

    def start(self) -> None:
        """Start the process that advances the counters; returns when they move."""
        counters = [(os.path.join(self.devices, node.path), node.zone) for node in layout(self.zones) if node.zone]
        order = simulated.order([(path, zone) for path, zone in counters if zone.alive], self.start_s)
        # -I -S: the writer needs nothing but the standard library, and starts faster so.
        self._writer = subprocess.Popen(
            [sys.executable, "-I", "-S", simulated.__file__, order], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._writer.stdout is not None
        if not self._writer.stdout.readline():
            raise RuntimeError("the writer of the simulated counters did not start")

    def stop(self) -> None:
        """Stop the counters where they are."""
        if self._writer is not None:
            self._writer.kill()
            self._writer.communicate()
            self._writer = None
