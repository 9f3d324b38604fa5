"""Energy goes to whoever used the CPU, with real processes on a live counter that feels the load of this machine."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.testing import CounterTree, Zone
from greenlint.testing.duty import Duty, run_together

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="busy times are those of /proc/stat")

IDLE_W, PER_CPU_W = 20.0, 15.0


def burn(seconds: float) -> None:
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass


@pytest.fixture
def meter(tmp_path: Path) -> Iterator[Meter]:
    with CounterTree(tmp_path, [Zone(watts=IDLE_W, per_cpu_w=PER_CPU_W)]):
        with Meter.open(RaplPowercap(str(tmp_path))) as opened:
            yield opened


def test_busy_time_has_ten_times_the_dynamic_energy_of_slept_time(meter: Meter) -> None:
    readings = [meter.read()]
    for action in (time.sleep, burn):
        action(0.7)
        readings.append(meter.read())
    slept, busy = (meter.energy(start, end) for start, end in pairwise(readings))
    low, high = busy.interval
    assert low < 0.7 * PER_CPU_W < high
    # Where neighbours kept all CPUs busy the idle power is not known, and the values say that they may be nothing.
    assert busy.below_limit or busy.energy_j >= 10 * slept.energy_j


def test_two_processes_get_energy_by_their_cpu_time(meter: Meter) -> None:
    meter.start_timeline(0.02)
    time.sleep(0.25)
    start = meter.read()
    cpu_ns = run_together([Duty(0.02, 0.001), Duty(0.02, 0.05)], 1.2)
    end = meter.read()
    parts = [meter.energy_of(start.t_ns, end.t_ns, used_ns) for used_ns in cpu_ns]
    assert parts[0].energy_j * cpu_ns[1] == pytest.approx(parts[1].energy_j * cpu_ns[0], rel=0.001)
    for part, used_ns in zip(parts, cpu_ns):
        low, high = part.interval
        assert low < PER_CPU_W * used_ns / 1e9 < high
