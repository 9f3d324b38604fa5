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


def counted_j(tree: CounterTree, *zones: str) -> float:
    """What the files say at this moment: exact even when the machine delays the writer."""
    return sum(int(Path(tree.path(zone)).read_text()) for zone in zones) / 1e6


@pytest.fixture
def meter(tmp_path: Path):  # type: ignore[no-untyped-def]
    with CounterTree(tmp_path, [Zone(watts=WATTS)]):
        with Meter.open(RaplPowercap(str(tmp_path))) as opened:
            yield opened


def test_the_truth_lies_within_the_interval_of_nearly_every_window(meter: Meter) -> None:
    held = claimed = 0
    for seconds, count in ((0.005, 30), (0.012, 60), (0.03, 30), (0.1, 3)):
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
    with CounterTree(tmp_path, [Zone(watts=WATTS, range_uj=range_uj, start_uj=range_uj - 100_000)]) as tree:
        (tmp_path / "intel-rapl:0" / "constraint_0_max_power_uw").write_text("30000000\n")
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            before, first = counted_j(tree, "intel-rapl:0"), meter.read()
            start = first
            for _ in range(8):
                time.sleep(0.15)
                end = meter.read()
                assert meter.energy(start, end, idle="wall").energy_j > 0
                start = end
            shown = counted_j(tree, "intel-rapl:0") - before
            by_clock = WATTS * (end.t_ns - first.t_ns) / 1e9
            truth = shown + round((by_clock - shown) / 20) * 20
            total = meter.energy(first, end, idle="wall")
        assert meter.invalid is None
    assert truth > 40
    assert sum(end.counters) - sum(first.counters) == pytest.approx(truth * 1e6, abs=1e6)
    assert 0.4 * truth < total.energy_j < 1.1 * truth  # what other processes used meanwhile is theirs


def test_two_wraps_without_a_read_are_not_guessed(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(watts=WATTS, range_uj=20_000_000)]):
        (tmp_path / "intel-rapl:0" / "constraint_0_max_power_uw").write_text("30000000\n")
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            meter.read()
            time.sleep(1.1)
            meter.read()
    assert meter.invalid is not None and "more than once" in meter.invalid


def test_two_sockets_and_their_memory_add_up(tmp_path: Path) -> None:
    zones = [
        Zone("package-0", 40, zones=(Zone("dram", 4),)),
        Zone("package-1", 30, zones=(Zone("dram", 3),)),
        Zone("psys", 200),
    ]
    names = ("intel-rapl:0", "intel-rapl:0:0", "intel-rapl:1", "intel-rapl:1:0")
    with CounterTree(tmp_path, zones) as tree:
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            before, start = counted_j(tree, *names), meter.read()
            time.sleep(0.5)
            end, after = meter.read(), counted_j(tree, *names)
            energy = meter.energy(start, end, idle="wall")
    assert sum(end.counters) - sum(start.counters) == pytest.approx((after - before) * 1e6, abs=1e6)
    assert 0.4 * (after - before) < energy.energy_j < 1.1 * (after - before)  # as above
    assert energy.domains == ("package-0", "dram-0", "package-1", "dram-1")
    assert energy.boundary.startswith("CPU package + DRAM (RAPL)")


def test_reading_from_two_threads_keeps_the_total(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(watts=WATTS, range_uj=0)]) as tree:
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            meter.start_timeline(0.002)
            before, start = counted_j(tree, "intel-rapl:0"), meter.read()
            others = [threading.Thread(target=lambda: [meter.read() for _ in range(2000)]) for _ in range(2)]
            for thread in others:
                thread.start()
            for thread in others:
                thread.join()
            time.sleep(0.3)
            end, after = meter.read(), counted_j(tree, "intel-rapl:0")
            total = sum(end.counters) - sum(start.counters)
        assert meter.invalid is None
    assert total == pytest.approx((after - before) * 1e6, abs=1e6)


def test_idle_power_follows_from_the_check_on_a_tree_that_feels_the_load(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(watts=20, per_cpu_w=15)]):
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            watts, u_watts = meter.idle[:2]
    assert abs(watts - 20) < 3 * u_watts + 1
