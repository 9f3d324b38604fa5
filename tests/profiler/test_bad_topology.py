"""Machines of every shape: all that must be counted is counted once, in the order of the numbers, and nothing else."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from greenlint.profiler.meter import Meter
from greenlint.profiler.powercap import find_zones
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selection import make_context
from greenlint.testing import CounterTree, Zone

DRAM = Zone("dram", watts=4.0, range_uj=65_712_999_613)
INSIDE = (Zone("core", 20.0), Zone("uncore", 2.0))


def names(root: Path) -> tuple[str, ...]:
    return RaplPowercap(str(root)).probe(make_context({})).domains


def counted_w(root: Path, seconds: float = 0.15) -> float:
    """The power that a session sees."""
    with Meter.open(RaplPowercap(str(root))) as meter:
        start = meter.read()
        time.sleep(seconds)
        end = meter.read()
    assert meter.invalid is None
    return (sum(end.counters) - sum(start.counters)) / 1e6 / ((end.t_ns - start.t_ns) / 1e9)


@pytest.mark.parametrize("sockets", [1, 2, 4, 8])
def test_sockets_and_their_memory_add_up(tmp_path: Path, sockets: int) -> None:
    zones = [Zone(f"package-{number}", watts=20.0 + number, zones=(*INSIDE, DRAM)) for number in range(sockets)]
    true_w = sum(zone.watts + DRAM.watts for zone in zones)
    with CounterTree(tmp_path, [*zones, Zone("psys", 500.0)]):
        assert counted_w(tmp_path) == pytest.approx(true_w, rel=0.05)


@pytest.mark.parametrize("seed", range(3))
def test_zones_in_any_order_are_found_in_the_order_of_their_numbers(tmp_path: Path, seed: int) -> None:
    """The kernel numbers zones as drivers register them: zone 0 may well be psys, zone 1 package-3."""
    zones = [Zone(f"package-{number}", zones=(DRAM, *INSIDE)) for number in range(12)] + [Zone("psys"), Zone("package-12")]
    random.Random(seed).shuffle(zones)
    CounterTree(tmp_path, zones).build()
    found = names(tmp_path)
    assert len(found) == len(set(found)) == 25
    assert {name for name in found if name.startswith("package")} == {f"package-{number}" for number in range(13)}
    for package in range(12):
        assert f"dram-{package}" in found


def test_memory_belongs_to_its_own_package_where_numbers_have_two_digits(tmp_path: Path) -> None:
    zones = [Zone(f"package-{number}", zones=(DRAM,) if number in (1, 11) else ()) for number in range(12)]
    CounterTree(tmp_path, zones).build()
    memory = {zone.domain.name: zone.path for zone in find_zones(str(tmp_path)) if zone.domain.name.startswith("dram")}
    assert {name: Path(path).name for name, path in memory.items()} == {
        "dram-1": "intel-rapl:1:0",
        "dram-11": "intel-rapl:11:0",
    }


def test_sub_zones_with_two_digits_are_found(tmp_path: Path) -> None:
    CounterTree(tmp_path, [Zone("package-0", zones=(*(Zone("core") for _ in range(11)), DRAM))]).build()
    assert names(tmp_path) == ("package-0", "dram-0")


@pytest.mark.parametrize("sockets", [1, 2])
def test_dies_of_unequal_counters_are_all_counted(tmp_path: Path, sockets: int) -> None:
    zones = [
        Zone(f"package-{socket}-die-{die}", watts=20.0, start_uj=1_000_000 * (1 + 2 * socket + die))
        for socket in range(sockets)
        for die in range(2)
    ]
    with CounterTree(tmp_path, zones):
        assert counted_w(tmp_path) == pytest.approx(40.0 * sockets, rel=0.05)


def test_dies_that_show_one_counter_twice_are_counted_once(tmp_path: Path) -> None:
    """As some AMD machines do: one socket's counter behind several dies."""
    zones = [Zone(f"package-{socket}-die-{die}", watts=30.0) for socket in range(2) for die in range(2)]
    with CounterTree(tmp_path, zones) as tree:
        for socket in range(2):
            first, second = tree.path(f"intel-rapl:{2 * socket}"), Path(tree.path(f"intel-rapl:{2 * socket + 1}"))
            second.unlink()
            second.symlink_to(first)
        assert counted_w(tmp_path) == pytest.approx(60.0, rel=0.05)


def test_two_sockets_with_equal_counters_and_equal_power_are_both_counted(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", watts=30.0), Zone("package-1", watts=30.0)]):
        assert counted_w(tmp_path) == pytest.approx(60.0, rel=0.05)


def test_a_machine_seen_through_two_interfaces_is_counted_once(tmp_path: Path) -> None:
    zones = [
        Zone(f"package-{number}", watts=25.0, control=control)
        for control in ("intel-rapl-mmio", "intel-rapl")
        for number in (0, 1)
    ]
    with CounterTree(tmp_path, zones):
        assert counted_w(tmp_path) == pytest.approx(50.0, rel=0.05)


def test_a_machine_without_memory_counter_is_counted_and_says_so(tmp_path: Path) -> None:
    """All AMD machines, and many desktops."""
    with CounterTree(tmp_path, [Zone("package-0", watts=35.0, zones=(Zone("core", 20.0),))]):
        assert counted_w(tmp_path) == pytest.approx(35.0, rel=0.05)
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            assert "without DRAM" in meter.boundary


def test_a_socket_whose_counter_is_missing_is_named_as_left_out(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", watts=35.0), Zone("package-1", watts=35.0)]) as tree:
        Path(tree.path("intel-rapl:1")).unlink()
        assert counted_w(tmp_path) == pytest.approx(35.0, rel=0.05)
        with Meter.open(RaplPowercap(str(tmp_path))) as meter:
            assert "intel-rapl:1/energy_uj" in meter.probes[0].facts["left out"]
            assert "without package-1" in meter.boundary


def test_names_that_are_no_packages_are_never_counted(tmp_path: Path) -> None:
    odd = [
        "package",
        "package-",
        "package-x",
        "package-0-die",
        "package-0-die-",
        "package-00x",
        "PACKAGE-0",
        "",
        "dram",
        "psys",
    ]
    CounterTree(tmp_path, [Zone(name) for name in odd]).build()
    assert names(tmp_path) == ()


def test_two_zones_of_one_name_are_told_apart_or_counted_once(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0", watts=20.0), Zone("package-0", watts=20.0, start_uj=9_000_000)]):
        found = names(tmp_path)
        assert len(found) == len(set(found))
