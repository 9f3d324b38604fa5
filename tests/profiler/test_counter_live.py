"""Counters on a live simulated tree of known power: the stated intervals hold the truth, through wraps and jitter."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from greenlint.profiler.meter import Meter
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.testing import CounterTree, Zone

WATTS = 42.0


@pytest.fixture
def meter(tmp_path: Path):  # type: ignore[no-untyped-def]
    with CounterTree(tmp_path, [Zone(watts=WATTS)]):
        with Meter.open(RaplPowercap(str(tmp_path))) as opened:
            yield opened


def test_the_truth_lies_within_the_interval_of_nearly_every_window(meter: Meter) -> None:
    held = claimed = 0
    for seconds, count in ((0.03, 100), (0.06, 30), (0.2, 6), (0.5, 3)):
        for _ in range(count):
            start = meter.read()
            time.sleep(seconds)
            end = meter.read()
            energy = meter.energy(start, end, idle="wall")
            low, high = energy.interval
            claimed += 1
            held += low <= WATTS * (end.t_ns - start.t_ns) / 1e9 <= high
    assert held >= 0.88 * claimed


def test_a_short_window_does_not_claim_more_than_the_counter_can_tell(meter: Meter) -> None:
    for _ in range(50):
        start = meter.read()
        time.sleep(0.0005)
        end = meter.read()
        total_j = sum(end.counters) / 1e6 - sum(start.counters) / 1e6
        energy = meter.energy(start, end)
        assert energy.upper_limit >= 0 and energy.interval[0] >= 0
        assert energy.method.mark == "attributed" or total_j == 0


def test_a_wrap_in_the_window_is_repaired(tmp_path: Path) -> None:
    range_uj = 20_000_000  # wraps twice a second
    with CounterTree(tmp_path, [Zone(watts=WATTS, range_uj=range_uj, start_uj=range_uj - 100_000)]):
        (tmp_path / "intel-rapl:0" / "constraint_0_max_power_uw").write_text("30000000\n")
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            first = start = meter.read()
            for _ in range(8):
                time.sleep(0.15)
                end = meter.read()
                assert meter.energy(start, end, idle="wall").energy_j > 0
                start = end
            total = meter.energy(first, end, idle="wall")
            truth = WATTS * (end.t_ns - first.t_ns) / 1e9
        assert meter.invalid is None
    assert total.energy_j == pytest.approx(truth, rel=0.02)


def test_two_wraps_without_a_read_are_not_guessed(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(watts=WATTS, range_uj=20_000_000)]):
        (tmp_path / "intel-rapl:0" / "constraint_0_max_power_uw").write_text("30000000\n")
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            meter.read()
            time.sleep(1.1)
            meter.read()
    assert meter.invalid is not None and "more than once" in meter.invalid


def test_two_sockets_and_their_memory_add_up(tmp_path: Path) -> None:
    zones = [Zone("package-0", 40, zones=(Zone("dram", 4),)), Zone("package-1", 30, zones=(Zone("dram", 3),)), Zone("psys", 200)]
    with CounterTree(tmp_path, zones):
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            start = meter.read()
            time.sleep(0.5)
            end = meter.read()
            energy = meter.energy(start, end, idle="wall")
    assert energy.energy_j == pytest.approx(77 * (end.t_ns - start.t_ns) / 1e9, rel=0.05)
    assert energy.domains == ("package-0", "dram-0", "package-1", "dram-1")
    assert energy.boundary.startswith("CPU package + DRAM (RAPL)")


def test_reading_from_two_threads_keeps_the_total(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(watts=WATTS, range_uj=5_000_000)]):
        (tmp_path / "intel-rapl:0" / "constraint_0_max_power_uw").write_text("15000000\n")
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            meter.start_timeline(0.002)
            start = meter.read()
            others = [threading.Thread(target=lambda: [meter.read() for _ in range(2000)]) for _ in range(2)]
            for thread in others:
                thread.start()
            for thread in others:
                thread.join()
            time.sleep(0.3)
            end = meter.read()
            total = sum(end.counters) - sum(start.counters)
        assert meter.invalid is None
    assert total / 1e6 == pytest.approx(WATTS * (end.t_ns - start.t_ns) / 1e9, rel=0.05)


def test_idle_power_follows_from_the_check_on_a_tree_that_feels_the_load(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(watts=20, per_cpu_w=15)]):
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            watts, u_watts, _ = meter.idle
    assert abs(watts - 20) < 3 * u_watts + 3
