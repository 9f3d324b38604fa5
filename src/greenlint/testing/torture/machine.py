"""Builds the simulated machine of a case below this process's own /sys, or in a folder."""

from __future__ import annotations

import contextlib
import os
import shutil
from typing import TYPE_CHECKING

from greenlint.testing import private_mounts
from greenlint.testing.counter_tree import CounterTree
from greenlint.testing.fuse_tree import FuseTree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.testing.torture.case import Case, Moment

CLASS, DEVICES, CPUS = "/sys/class/powercap", "/sys/devices/virtual/powercap", "/sys/devices/system/cpu"
_PERF_UNITS = "/sys/bus/event_source/devices"


@contextlib.contextmanager
def mounted(case: Case, moment: Moment, start_s: float) -> Iterator[None]:
    """The machine below /sys, for this process and its children. Raises private_mounts.Forbidden.

    What is not simulated is hidden: no real energy event, sensor, battery or product name stands beside the counters.
    """
    private_mounts.cover(os.path.dirname(CLASS))
    private_mounts.cover(os.path.dirname(DEVICES))
    if os.path.isdir(_PERF_UNITS):
        private_mounts.cover(_PERF_UNITS)
    with open(f"{CPUS}/online", encoding="ascii") as file:
        online = file.read()
    private_mounts.cover(CPUS)
    _write(f"{CPUS}/online", online)  # the C library counts CPUs here
    _make_cpus(CPUS, case)
    os.mkdir(DEVICES)
    with _counters(case, moment, start_s):
        if case.masked:
            shutil.rmtree(DEVICES)
            os.mkdir(DEVICES)
        yield


@contextlib.contextmanager
def _counters(case: Case, moment: Moment, start_s: float) -> Iterator[None]:
    zones = case.zones(moment)
    tree = CounterTree(CLASS, zones, devices=DEVICES, start_s=start_s)
    if case.computed:
        with FuseTree(DEVICES, zones, subsystem=CLASS, start_s=start_s):
            os.mkdir(CLASS)
            tree.link()
            yield
    else:
        with tree:
            yield


@contextlib.contextmanager
def in_folder(case: Case, moment: Moment, start_s: float, folder: str) -> Iterator[str]:
    """The machine as `folder`/powercap, which is given back, and `folder`/cpu.

    Raises private_mounts.Forbidden where files cannot show it.
    """
    if case.computed or case.nobody:
        raise private_mounts.Forbidden("a folder of files cannot show this machine")
    root = f"{folder}/powercap"
    _make_cpus(f"{folder}/cpu", case)
    with CounterTree(root, case.zones(moment), start_s=start_s) as tree:
        if case.masked:
            shutil.rmtree(tree.devices)
        yield root


def _make_cpus(root: str, case: Case) -> None:
    """Topology of a machine with so many sockets; at least one CPU for each die."""
    number = max(case.sockets * case.dies, os.cpu_count() or 1)
    for cpu in range(number):
        folder = f"{root}/cpu{cpu}/topology"
        os.makedirs(folder)
        facts = {"physical_package_id": cpu % case.sockets, "die_id": cpu // case.sockets % case.dies, "core_id": cpu}
        for name, value in facts.items():
            _write(f"{folder}/{name}", f"{value}\n")
    for name in ("present", "possible"):
        _write(f"{root}/{name}", f"0-{number - 1}\n" if number > 1 else "0\n")


def _write(path: str, text: str) -> None:
    with open(path, "w", encoding="ascii") as file:
        file.write(text)
