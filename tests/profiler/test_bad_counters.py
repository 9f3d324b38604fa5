"""Counters that exist but do not count, or count something else: refused at the start, or found out before the end."""

from __future__ import annotations

import os
import sys
import time
from itertools import count
from pathlib import Path

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler import perf
from greenlint.profiler.accounts.totals import Totals
from greenlint.profiler.meter import Meter
from greenlint.profiler.provider import Domain
from greenlint.profiler.providers.rapl_perf import RaplPerf
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selection import make_context
from greenlint.profiler.selfcheck import Watch, judge
from greenlint.testing import CounterTree, FakeClock, ReplayProvider, Zone, check_provider

linux = pytest.mark.skipif(sys.platform != "linux", reason="perf exists on Linux only")


def can_count_a_cpu() -> bool:
    try:
        os.close(perf.open_event(perf.TYPE_SOFTWARE, 0, pid=-1, cpu=0))
    except OSError:
        return False
    return True


needs_perf = pytest.mark.skipif(not can_count_a_cpu(), reason="the kernel does not let this user count a CPU's events")


def unit(folder: Path, *events: str, cpumask: str = "0") -> Path:
    """A `power` unit of software CPU clocks, 40 W for each event and CPU."""
    (folder / "events").mkdir(parents=True)
    (folder / "type").write_text("1\n")
    (folder / "cpumask").write_text(f"{cpumask}\n")
    for event in events:
        (folder / "events" / event).write_text("event=0x00\n")
        (folder / "events" / f"{event}.scale").write_text("4e-8\n")
        (folder / "events" / f"{event}.unit").write_text("Joules\n")
    return folder


@pytest.mark.parametrize("start_uj", [0, 1, 123_456_789_012])
def test_dead_for_ever_at_any_value_is_refused_with_a_remedy(tmp_path: Path, start_uj: int) -> None:
    with CounterTree(tmp_path, [Zone(dead=True, start_uj=start_uj, zones=(Zone("dram", watts=4.0),))]):
        with pytest.raises(ProviderError, match="package-0 does not advance") as caught:
            Meter.open(RaplPowercap(str(tmp_path)))
    assert caught.value.hint


def test_a_counter_that_advances_only_when_the_machine_is_idle_is_refused() -> None:
    times = [place * 1_000_000 for place in range(60)]
    rest, burn = Watch(times, [(place * 40_000,) for place in range(60)]), Watch(times, [(60 * 40_000,)] * 60)
    assert "does not advance in 59 ms under load" in judge((Domain("package-0"),), rest, [burn]).problem


def test_a_counter_that_trembles_around_one_value_is_refused() -> None:
    places = count()
    with pytest.raises(ProviderError, match="advance"):
        Meter.open(ReplayProvider(at=lambda: (5_000_000 + 900 * (next(places) % 2),)))


def test_a_counter_that_only_goes_down_is_refused() -> None:
    places = count()
    with pytest.raises(ProviderError, match="went back"):
        Meter.open(ReplayProvider(at=lambda: (10**12 - 50_000 * next(places),)))


def test_a_counter_of_time_not_energy_is_refused_as_implausible() -> None:
    """A counter in nanojoules that is taken for microjoules."""
    with pytest.raises(ProviderError, match=r"plausible|jumped"):
        Meter.open(ReplayProvider(at=lambda: (time.perf_counter_ns() * 40,)))


def test_a_counter_that_stops_in_the_session_voids_it_at_the_next_look(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(stalls_after_s=0.3)]), Meter.open(RaplPowercap(str(tmp_path))) as meter:
        start = meter.read()
        time.sleep(0.4)
        meter.energy(start, meter.read())
        time.sleep(0.3)
        meter.read()
        assert meter.invalid is not None and "package-0 stood still" in meter.invalid


def test_memory_that_stops_while_the_package_counts_on_voids_the_session(tmp_path: Path) -> None:
    zones = [Zone(zones=(Zone("dram", watts=4.0, stalls_after_s=0.3),))]
    with CounterTree(tmp_path, zones), Meter.open(RaplPowercap(str(tmp_path))) as meter:
        until = time.monotonic() + 1.0
        while meter.invalid is None and time.monotonic() < until:
            time.sleep(0.05)
            meter.read()
        assert meter.invalid is not None and "dram-0 stood still" in meter.invalid


def test_a_slow_counter_is_not_taken_for_one_that_stands_still() -> None:
    clock = FakeClock()
    provider = ReplayProvider(at=lambda: (clock.t_ns // 10**9 * 40_000_000,), period_s=1.0, domains=(Domain("meter"),))
    totals = Totals(provider.open(make_context({})), clock.now_ns)
    for _ in range(40):
        clock.advance(0.25)
        totals.read()
    assert totals.invalid is None


@linux
def test_a_power_unit_with_the_platform_alone_is_refused_by_probe_and_open(tmp_path: Path) -> None:
    probe = check_provider(RaplPerf(str(unit(tmp_path, "energy-psys"))))
    assert probe.status == "refused" and "never counted as a package" in probe.reason


@linux
def test_a_power_unit_without_any_event_is_refused_by_probe_and_open(tmp_path: Path) -> None:
    assert check_provider(RaplPerf(str(unit(tmp_path)))).status == "refused"


@needs_perf
@pytest.mark.parametrize("mask", ["", "x", "0-x", "99999"])
def test_a_mask_of_cpus_that_cannot_be_used_is_refused(tmp_path: Path, mask: str) -> None:
    probe = check_provider(RaplPerf(str(unit(tmp_path, "energy-pkg", cpumask=mask))))
    assert probe.status == "refused" and "energy-pkg cannot be used" in probe.reason


@needs_perf
def test_a_cpu_whose_topology_vanished_still_gives_a_package(tmp_path: Path) -> None:
    provider = RaplPerf(str(unit(tmp_path / "power", "energy-pkg", "energy-ram")), str(tmp_path / "no cpus"))
    assert check_provider(provider).domains == ("package-0", "dram-0")


@needs_perf
def test_a_cpu_that_goes_offline_in_the_session_voids_it(tmp_path: Path) -> None:
    """The kernel answers reads of its event with the end of the file."""
    before = set(os.listdir("/proc/self/fd"))
    with Meter.open(RaplPerf(str(unit(tmp_path, "energy-pkg"))), clock=FakeClock()) as meter:
        meter.read()
        (held,) = [int(name) for name in set(os.listdir("/proc/self/fd")) - before if is_event(name)]
        null = os.open(os.devnull, os.O_RDONLY)
        os.dup2(null, held)
        os.close(null)
        meter.read()
        assert meter.invalid is not None and "its CPU went offline" in meter.invalid


@needs_perf
def test_events_that_the_program_closed_void_the_session_and_say_so(tmp_path: Path) -> None:
    with Meter.open(RaplPerf(str(unit(tmp_path, "energy-pkg")))) as meter:
        meter.read()
        os.closerange(512, 600)
        meter.read()
        assert meter.invalid is not None and "closed our file descriptors" in meter.invalid


def is_event(descriptor: str) -> bool:
    try:
        return "perf_event" in os.readlink(f"/proc/self/fd/{descriptor}")
    except OSError:
        return False
