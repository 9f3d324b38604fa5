"""Counters turned into energy, exactly: a simulated machine of known idle power and known joules per CPU second."""

from __future__ import annotations

from itertools import pairwise

import pytest

from greenlint.model.energy import Method
from greenlint.profiler.meter import Meter
from greenlint.profiler.provider import Domain
from greenlint.profiler.selection import try_provider
from greenlint.testing import FakeClock, ReplayProvider

IDLE_W, PER_CPU_S = 20.0, 15.0


class Machine:
    """20 W at rest and 15 J per busy CPU second; `meter` sees it, `run` lets time pass on it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *, step_ns: int = 1_000_000) -> None:
        self.clock, self._step_ns = FakeClock(), step_ns
        self._reads = 0
        from greenlint.profiler import idle

        def known(*_: object) -> idle.IdlePower:
            return idle.IdlePower(IDLE_W, 0.1, "known")

        monkeypatch.setattr(idle, "measure_idle", known)
        self.meter = Meter.open(ReplayProvider(at=self._counter), self_check=False, clock=self.clock)

    def _counter(self) -> tuple[int]:
        """The counter as hardware has it: constant between updates, but for the microjoule that the read itself costs."""
        self._reads += 1
        shown_ns = self.clock.t_ns // self._step_ns * self._step_ns
        part = shown_ns / self.clock.t_ns
        return (int((IDLE_W * shown_ns / 1e9 + PER_CPU_S * self.clock.busy_ns * part / 1e9) * 1e6) + self._reads,)

    def run(self, seconds: float, cpu_s: float = 0.0, others_s: float = 0.0) -> None:
        pieces = max(1, round(seconds / 0.1))
        for _ in range(pieces):
            self.clock.advance(seconds / pieces, cpu_s=cpu_s / pieces, others_s=others_s / pieces)
            self.meter.read()


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    return Machine(monkeypatch)


@pytest.mark.parametrize("range_uj", [0, 30_000_000], ids=["endless", "wrapping"])
def test_parts_of_a_session_sum_to_what_the_counter_gained_in_whole_microjoules(range_uj: int) -> None:
    clock, gained, shown = FakeClock(), 29_000_000, []

    def counter() -> tuple[int]:
        shown.append(gained)
        return (gained % (range_uj + 1) if range_uj else gained,)

    domain = Domain("package-0", range_uj, 100.0)
    meter = Meter.open(ReplayProvider(at=counter, domains=(domain,)), self_check=False, clock=clock)
    readings, first = [meter.read()], shown[-1]
    for number in range(300):
        gained += 61 * (1 + number * 37 % 700)
        clock.advance(0.0007 * (1 + number % 13), cpu_s=0.0005)
        readings.append(meter.read())
        if number % 5 == 0:
            meter.energy(readings[-2], readings[-1])  # what is asked in between must not matter
    parts = [end.counters[0] - start.counters[0] for start, end in pairwise(readings)]
    assert sum(parts) == shown[-1] - first == gained - first
    assert all(part >= 0 for part in parts)


def test_alone_a_long_window_is_measured_and_split_into_idle_and_dynamic(machine: Machine) -> None:
    start = machine.meter.read()
    machine.run(2.0, cpu_s=2.0)
    energy = machine.meter.energy(start, machine.meter.read(), idle="wall")
    assert energy.method is Method.COUNTER
    assert energy.energy_j == pytest.approx(70, rel=0.01)
    assert energy.idle_j == pytest.approx(40, rel=0.01)
    assert energy.dynamic_j == pytest.approx(30, rel=0.02)


def test_apart_only_the_energy_above_idle_is_ours(machine: Machine) -> None:
    start = machine.meter.read()
    machine.run(2.0, cpu_s=2.0)
    energy = machine.meter.energy(start, machine.meter.read())
    assert energy.energy_j == pytest.approx(30, rel=0.02)
    assert energy.idle_j == 0
    low, high = energy.interval
    assert low < 30 < high


def test_sleeping_has_no_dynamic_energy(machine: Machine) -> None:
    machine.run(1.0, cpu_s=1.0)
    start = machine.meter.read()
    machine.run(1.0)
    energy = machine.meter.energy(start, machine.meter.read())
    assert energy.below_limit
    assert energy.upper_limit < 1.0


def test_neighbours_change_the_attributed_energy_by_less_than_a_tenth(monkeypatch: pytest.MonkeyPatch) -> None:
    values = []
    for others_s in (0.0, 7.0):
        machine = Machine(monkeypatch)
        machine.run(1.0, others_s=others_s / 2)
        start = machine.meter.read()
        machine.run(2.0, cpu_s=2.0, others_s=others_s)
        values.append(machine.meter.energy(start, machine.meter.read()))
        machine.run(1.0, others_s=others_s / 2)
    quiet, busy = values
    assert quiet.method is Method.COUNTER
    assert busy.method is Method.ATTRIBUTED
    assert busy.warnings
    assert busy.energy_j == pytest.approx(quiet.energy_j, rel=0.1)
    low, high = busy.interval
    assert low < 30 < high


def test_two_windows_under_different_idle_policies_are_not_comparable(machine: Machine) -> None:
    start = machine.meter.read()
    machine.run(1.0, cpu_s=1.0)
    end = machine.meter.read()
    apart, wall = machine.meter.energy(start, end), machine.meter.energy(start, end, idle="wall")
    assert apart.incomparable(wall)


def test_an_unknown_idle_policy_is_an_error(machine: Machine) -> None:
    reading = machine.meter.read()
    with pytest.raises(ValueError, match="idle policy"):
        machine.meter.energy(reading, reading, idle="never")


def test_short_tests_get_their_share_of_the_time_around_them(machine: Machine) -> None:
    machine.run(1.0, cpu_s=1.0)
    total = 0.0
    for _ in range(500):
        start = machine.meter.read()
        machine.clock.advance(0.002, cpu_s=0.002)
        energy = machine.meter.energy(start, machine.meter.read())
        assert energy.method is Method.ATTRIBUTED
        assert energy.energy_j >= 0
        low, high = energy.interval
        assert low <= 0.002 * PER_CPU_S <= high
        total += energy.energy_j
    assert total == pytest.approx(500 * 0.002 * PER_CPU_S, rel=0.05)


def test_empty_windows_claim_nothing(machine: Machine) -> None:
    machine.run(0.5, cpu_s=0.4)
    for _ in range(3000):
        reading = machine.meter.read()
        energy = machine.meter.energy(reading, machine.meter.read())
        assert energy.below_limit
        assert 0 <= energy.upper_limit < 10
        machine.clock.advance(0.0001)


def test_windows_of_workers_share_the_energy_above_idle(machine: Machine) -> None:
    machine.meter.start_timeline(60)
    start_ns = machine.clock.t_ns
    machine.run(2.0, cpu_s=0.1, others_s=3.0)
    end_ns = machine.clock.t_ns
    one = machine.meter.energy_of(start_ns, end_ns, 1_000_000_000)
    other = machine.meter.energy_of(start_ns, end_ns, 2_000_000_000)
    assert one.energy_j == pytest.approx(15, rel=0.02)
    assert other.energy_j == pytest.approx(30, rel=0.02)
    machine.meter.close()


def test_a_window_of_a_worker_in_the_middle_is_interpolated(machine: Machine) -> None:
    machine.meter.start_timeline(60)
    machine.run(2.0, others_s=0.2)
    start_ns = machine.clock.t_ns
    machine.run(1.0, others_s=1.0)
    end_ns = machine.clock.t_ns
    machine.run(2.0, others_s=0.2)
    energy = machine.meter.energy_of(start_ns, end_ns, 1_000_000_000)
    low, high = energy.interval
    assert low < 15 < high < 20
    machine.meter.close()
    assert machine.meter.invalid is None


def test_windows_can_still_be_judged_after_the_session(machine: Machine) -> None:
    start = machine.meter.read()
    machine.run(1.0, cpu_s=1.0)
    end = machine.meter.read()
    machine.meter.close()
    assert machine.meter.energy(start, end).energy_j == pytest.approx(15, rel=0.05)
    assert machine.meter.energy_of(start.t_ns, end.t_ns, end.cpu_ns - start.cpu_ns).energy_j == pytest.approx(15, rel=0.1)


def test_stolen_time_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch)
    machine.clock.advance(10, cpu_s=5, steal_s=2)
    assert any("stole 29%" in warning for warning in machine.meter.close())


def test_a_source_is_closed_with_its_meter_once() -> None:
    from greenlint.profiler.selection import make_context

    provider = ReplayProvider(at=iter_up())
    source = try_provider(provider, make_context({}), self_check=False).source
    assert source is not None
    with Meter.open(provider, self_check=False) as meter:
        meter.close()
        assert meter.close() == ()


def iter_up():  # type: ignore[no-untyped-def]
    value = 0

    def row() -> tuple[int]:
        nonlocal value
        value += 40
        return (value,)

    return row
