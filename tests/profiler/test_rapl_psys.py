"""The platform counter: only for who asks for it by name, never beside the package, refused when it is dead."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler import perf
from greenlint.profiler.meter import Meter
from greenlint.profiler.provider import Probe
from greenlint.profiler.providers.rapl_psys import RaplPsys
from greenlint.profiler.selection import make_context
from greenlint.testing import CounterTree, Zone, check_provider

MACHINE = (Zone("package-0", watts=40.0, zones=(Zone("dram", 4.0),)), Zone("psys", watts=90.0))


def can_count_a_cpu() -> bool:
    try:
        os.close(perf.open_event(perf.TYPE_SOFTWARE, 0, pid=-1, cpu=0))
    except OSError:
        return False
    return True


needs_perf = pytest.mark.skipif(not can_count_a_cpu(), reason="the kernel does not let this user count a CPU's events")


def unit(folder: Path, event: str = "energy-psys", config: str = "event=0x00") -> Path:
    """A `power` unit whose event is the software CPU clock, at 60 W."""
    (folder / "events").mkdir(parents=True)
    for name, text in {
        "type": "1",
        "cpumask": "0",
        f"events/{event}": config,
        f"events/{event}.scale": "6e-8",
        f"events/{event}.unit": "Joules",
    }.items():
        (folder / name).write_text(f"{text}\n")
    return folder


def psys(root: Path, power: Path | None = None) -> RaplPsys:
    return RaplPsys(str(root), str(power or root / "no unit"))


def probe(provider: RaplPsys) -> Probe:
    return provider.probe(make_context({}))


def counted_w(provider: RaplPsys) -> float:
    with Meter.open(provider) as meter:
        start = meter.read()
        time.sleep(0.15)
        end = meter.read()
        assert meter.invalid is None
        assert meter.energy(start, end).domains == ("psys",)
    return (sum(end.counters) - sum(start.counters)) / 1e6 / ((end.t_ns - start.t_ns) / 1e9)


def test_the_platform_is_read_alone_without_package_and_memory(tmp_path: Path) -> None:
    with CounterTree(tmp_path, MACHINE):
        assert counted_w(psys(tmp_path)) == pytest.approx(90.0, rel=0.05)


def test_its_boundary_says_that_it_is_the_platform(tmp_path: Path) -> None:
    with CounterTree(tmp_path, MACHINE), Meter.open(psys(tmp_path)) as meter:
        assert meter.boundary.startswith("whole platform")
        assert "package and DRAM inside" in meter.boundary


def test_the_automatic_choice_never_takes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENLINT_POWERCAP_ROOT", str(tmp_path))
    with CounterTree(tmp_path, [Zone("psys", watts=90.0)]), Meter.open() as meter:
        assert meter.provider == "model"
        assert "rapl-psys" not in {one.name for one in meter.probes}


def test_by_name_it_is_taken_also_where_there_is_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENLINT_POWERCAP_ROOT", str(tmp_path))
    with CounterTree(tmp_path, [Zone("psys", watts=90.0)]), Meter.open("rapl-psys") as meter:
        assert meter.provider == "rapl-psys"


def test_a_second_socket_that_repeats_it_is_not_added(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("psys", watts=90.0), Zone("psys-1", watts=90.0)]):
        assert counted_w(psys(tmp_path)) == pytest.approx(90.0, rel=0.05)


@pytest.mark.parametrize("start", [0, 77_000_000])
def test_a_dead_platform_counter_is_refused_with_a_remedy(tmp_path: Path, start: int) -> None:
    with CounterTree(tmp_path, [Zone("psys", dead=True, start_uj=start)]):
        with pytest.raises(ProviderError, match="psys does not advance") as caught:
            Meter.open(psys(tmp_path))
    assert caught.value.hint


@needs_perf
def test_without_the_zone_the_event_is_read(tmp_path: Path) -> None:
    provider = psys(tmp_path / "none", unit(tmp_path / "power"))
    assert counted_w(provider) == pytest.approx(60.0, rel=0.05)


@needs_perf
def test_with_both_the_zone_is_read(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree", MACHINE):
        assert counted_w(psys(tmp_path / "tree", unit(tmp_path / "power"))) == pytest.approx(90.0, rel=0.05)


@needs_perf
def test_the_dead_event_of_a_virtual_machine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProviderError, match="does not advance"):
        Meter.open(psys(tmp_path / "none", unit(tmp_path / "power", config="event=0x09")))


def test_a_machine_without_it_says_so_and_names_what_to_use(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0")]).build()
    found = probe(psys(tmp_path, unit(tmp_path / "power", event="energy-pkg")))
    assert found.status == "unavailable" and "psys" in found.reason and "rapl-powercap" in found.remedy


def test_a_zone_that_cannot_be_read_is_refused_with_its_path(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("psys", content="garbage")]).build()
    found = probe(psys(tmp_path))
    assert found.status == "refused" and "intel-rapl:0/energy_uj" in found.reason


def test_the_provider_keeps_its_contract(tmp_path: Path) -> None:
    check_provider(RaplPsys())
    assert not check_provider(psys(tmp_path)).found
    with CounterTree(tmp_path / "tree", MACHINE):
        assert check_provider(psys(tmp_path / "tree")).found
