"""What the torture table found wrong in greenlint, each held by a test of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.profiler import rapl
from greenlint.profiler.provider import Domain
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selection import make_context
from greenlint.profiler.selfcheck import Watch, judge
from greenlint.testing import CounterTree, Zone

DIES = (Domain("package-0-die-0"), Domain("package-0-die-1"))


def watch(steps: list[tuple[int, int]], start_ns: int = 0) -> Watch:
    rows = [(0, 0)]
    for a, b in steps:
        rows.append((rows[-1][0] + a, rows[-1][1] + b))
    return Watch([start_ns + place * 1_000_000 for place in range(len(rows))], rows)


def test_a_mirror_is_seen_where_a_busy_machine_lets_the_burn_see_few_updates() -> None:
    rest, burn = watch([(40_000 + place, 40_000 + place) for place in range(20)]), watch([(40_000, 40_000)] * 3)
    evidence = judge(DIES, rest, [burn])
    assert evidence.keep == (0,)
    assert "mirrors package-0-die-0" in evidence.notes[0]


def test_two_dies_that_differ_at_rest_alone_are_two() -> None:
    rest, burn = watch([(40_000, 39_000 + 500 * (place % 5)) for place in range(20)]), watch([(40_000, 40_000)] * 3)
    assert judge(DIES, rest, [burn]).keep == (0, 1)


def topology(root: Path, packages: dict[int, str | None]) -> str:
    for cpu, package in packages.items():
        folder = root / f"cpu{cpu}" / "topology"
        folder.mkdir(parents=True)
        if package is not None:
            (folder / "physical_package_id").write_text(f"{package}\n")
    (root / "cpufreq").mkdir()
    return str(root)


@pytest.mark.parametrize(
    ("packages", "sockets"),
    [({0: "0", 1: "0"}, 1), ({0: "0", 1: "1", 2: "0"}, 2), ({0: "0", 1: None}, 1), ({0: "-1", 1: "-1"}, 0)],
)
def test_sockets_are_those_of_the_cpus_that_are_on(tmp_path: Path, packages: dict[int, str | None], sockets: int) -> None:
    assert rapl.count_sockets(topology(tmp_path, packages)) == sockets


def test_where_there_is_no_topology_nothing_is_said_about_sockets(tmp_path: Path) -> None:
    assert rapl.count_sockets(str(tmp_path / "none")) == 0
    assert "sockets" not in rapl.boundary((Domain("package-0"),), 0)


@pytest.mark.parametrize(
    ("zones", "partial"),
    [
        ([Zone("package-0")], True),
        ([Zone("package-0"), Zone("package-1", content="garbage")], True),
        ([Zone("package-0-die-0"), Zone("package-0-die-1")], True),
        ([Zone("package-0"), Zone("package-1")], False),
    ],
)
def test_a_socket_without_a_counter_is_named_in_the_boundary(tmp_path: Path, zones: list[Zone], partial: bool) -> None:
    CounterTree(tmp_path / "powercap", zones).build()
    provider = RaplPowercap(str(tmp_path / "powercap"), topology(tmp_path / "cpu", {0: "0", 1: "1"}))
    source = provider.open(make_context({}))
    assert ("1 of 2 sockets" in source.boundary) is partial
    source.close()
