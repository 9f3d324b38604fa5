"""A counter is believed only when it counts: dead, stalled, mirrored and implausible ones are told apart."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from greenlint.errors import ProviderError
from greenlint.profiler import trust
from greenlint.profiler.meter import Meter
from greenlint.profiler.provider import Domain
from greenlint.profiler.providers.rapl_powercap import RaplPowercap
from greenlint.profiler.selfcheck import Watch, judge
from greenlint.testing import CounterTree, ReplayProvider, Zone

MS = 1_000_000


def watch(*columns: list[int], every_ms: float = 1.0) -> Watch:
    rows = list(zip(*columns))
    return Watch([int(place * every_ms * MS) for place in range(len(rows))], rows)


def ramp(watts: float, count: int = 40, start: int = 0) -> list[int]:
    return [start + int(watts * 1000 * place) for place in range(count)]


def open_tree(root: Path) -> Meter:
    return Meter.open(RaplPowercap(str(root)))


@pytest.mark.parametrize("start", [0, 123_456_789])
def test_a_counter_that_never_moves_is_refused(tmp_path: Path, start: int) -> None:
    with CounterTree(tmp_path, [Zone(dead=True, start_uj=start)]):
        with pytest.raises(ProviderError, match="package-0 does not advance"):
            open_tree(tmp_path)


def test_a_refused_counter_leads_to_the_model_and_its_reason_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with CounterTree(tmp_path, [Zone(dead=True)]):
        monkeypatch.setenv("GREENLINT_POWERCAP_ROOT", str(tmp_path))
        with Meter.open() as meter:
            assert meter.provider == "model"
            reasons = {probe.name: probe.reason for probe in meter.probes}
    assert "does not advance" in reasons["rapl-powercap"]


def test_a_dead_memory_counter_is_left_out_and_named(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(zones=(Zone("dram", dead=True),))]):
        with open_tree(tmp_path) as meter:
            assert meter.probes[0].domains == ("package-0",)
            assert "without dram-0" in meter.boundary


def test_a_counter_that_stalls_in_the_session_makes_all_its_numbers_void(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone(stalls_after_s=0.4)]):
        meter = open_tree(tmp_path)
        assert meter.invalid is None
        time.sleep(0.5)
        warnings = meter.close()
    assert meter.invalid is not None and "stopped counting" in meter.invalid
    assert any(meter.invalid in warning for warning in warnings)


def test_one_stalled_socket_of_two_is_noticed(tmp_path: Path) -> None:
    with CounterTree(tmp_path, [Zone("package-0"), Zone("package-1", stalls_after_s=0.4)]):
        meter = open_tree(tmp_path)
        time.sleep(0.5)
        meter.close()
    assert meter.invalid is not None


def test_a_counter_that_disappears_makes_the_session_void_not_the_program() -> None:
    gone = OSError(19, "No such device")
    with Meter.open(ReplayProvider([*((number,) for number in range(8)), gone]), self_check=False) as meter:
        for _ in range(10):
            meter.read()
    assert meter.invalid is not None and "No such device" in meter.invalid


def test_mirrored_dies_are_counted_once() -> None:
    domains = (Domain("package-0-die-0"), Domain("package-0-die-1"))
    same = ramp(40)
    evidence = judge(domains, watch(same, same), [watch(same, same)])
    assert evidence.keep == (0,)
    assert "mirrors package-0-die-0" in evidence.notes[0]


def test_two_sockets_with_equal_counters_and_equal_power_are_both_kept() -> None:
    domains = (Domain("package-0"), Domain("package-1"))
    same = ramp(40)
    assert judge(domains, watch(same, same), [watch(same, same)]).keep == (0, 1)


def test_dies_of_equal_power_but_other_values_are_both_kept() -> None:
    domains = (Domain("package-0-die-0"), Domain("package-0-die-1"))
    columns = ramp(40), ramp(40, start=5_000_000)
    assert judge(domains, watch(*columns), [watch(*columns)]).keep == (0, 1)


def test_a_counter_that_moves_once_is_refused() -> None:
    burn = [0] * 20 + [40_000] * 20
    assert "advances only once" in judge((Domain("package-0"),), watch([0, 0]), [watch(burn)]).problem


def test_a_counter_that_goes_back_is_refused() -> None:
    burn = [*ramp(40, 20, start=10**9), *ramp(40, 20)]
    assert "went back" in judge((Domain("package-0"),), watch([0, 0]), [watch(burn)]).problem


def test_implausible_power_is_refused() -> None:
    assert "not plausible" in judge((Domain("package-0"),), watch([0, 0]), [watch(ramp(0.01))]).problem
    assert judge((Domain("package-0", max_w=500),), watch([0, 0]), [watch(ramp(60_000))]).problem


def test_memory_alone_is_not_enough() -> None:
    dead, alive = [7] * 40, ramp(4)
    evidence = judge((Domain("package-0"), Domain("dram-0")), watch(dead, alive), [watch(dead, alive)])
    assert "does not advance" in evidence.problem


def test_a_passed_check_is_remembered_for_this_boot(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "tree"):
        open_tree(tmp_path / "tree").close()
        start = time.perf_counter()
        open_tree(tmp_path / "tree").close()
        assert time.perf_counter() - start < 0.05


def test_a_refusal_is_remembered_too_but_not_for_another_tree(tmp_path: Path) -> None:
    with CounterTree(tmp_path / "dead", [Zone(dead=True)]), CounterTree(tmp_path / "alive"):
        for _ in range(2):
            with pytest.raises(ProviderError, match="does not advance"):
                open_tree(tmp_path / "dead")
        open_tree(tmp_path / "alive").close()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"version": 1}', '{"version": 99, "boot": "x", "checks": {}}'])
def test_a_damaged_cache_is_ignored(tmp_path: Path, content: str) -> None:
    os.makedirs(os.path.dirname(trust.default_path()), exist_ok=True)
    Path(trust.default_path()).write_text(content)
    with CounterTree(tmp_path):
        open_tree(tmp_path).close()


def test_a_home_that_cannot_be_written_costs_nothing_but_the_check(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    with CounterTree(tmp_path / "tree"):
        open_tree(tmp_path / "tree").close()
