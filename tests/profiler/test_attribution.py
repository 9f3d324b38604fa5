"""Energy goes to whoever used the CPU: busy against asleep, us against neighbours, many short windows against their sum."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from itertools import pairwise

import pytest

from greenlint.analysis.combine import total as total_of
from greenlint.model.energy import Energy, Method
from greenlint.profiler.accounts.history import Stretch
from greenlint.profiler.accounts.split import Steps, Window, direct, pooled, surer
from greenlint.profiler.meter import Meter
from greenlint.testing import FakeClock
from greenlint.testing.known_power import KnownPower, Load

OWN_W, OTHERS_W = 22.0, 22.0


def window(machine: KnownPower, meter: Meter, load: Load, idle: str = "apart") -> Energy:
    start = meter.read()
    machine.spend(load)
    return meter.energy(start, meter.read(), idle=idle)


def machine_and_meter(idle_w: float = 20.0) -> tuple[KnownPower, Meter]:
    machine = KnownPower(iter(()), idle_w=idle_w)
    meter = machine.open_meter(2.0007)
    machine.run(0.6)
    return machine, meter


def test_a_busy_second_has_ten_times_the_dynamic_energy_of_a_slept_one_by_counters() -> None:
    machine, meter = machine_and_meter()
    slept = window(machine, meter, Load(1.0, 0.001, 0.02))
    busy = window(machine, meter, Load(1.0, 1.0, OWN_W))
    assert slept.below_limit
    assert busy.energy_j >= 10 * slept.upper_limit
    assert busy.interval[0] < OWN_W < busy.interval[1]


def test_a_busy_second_has_ten_times_the_dynamic_energy_of_a_slept_one_by_the_model() -> None:
    clock = FakeClock()
    with Meter.open("model", clock=clock) as meter:
        readings = [meter.read()]
        for cpu_s in (0.001, 1.0):
            clock.advance(1.0, cpu_s=cpu_s)
            readings.append(meter.read())
        slept, busy = (meter.energy(a, b) for a, b in pairwise(readings))
    assert slept is not None and busy is not None
    assert busy.energy_j >= 10 * slept.energy_j


def test_the_background_of_a_quiet_machine_is_not_charged_to_a_program_that_sleeps() -> None:
    machine, meter = machine_and_meter()
    slept = window(machine, meter, Load(2.0, 0.0005, 0.01, 0.05, 1.0))
    assert slept.energy_j < 0.1


def test_energy_does_not_jump_where_background_becomes_a_neighbour() -> None:
    values = []
    for others in (0.09, 0.13):
        machine, meter = machine_and_meter()
        machine.spend(Load(0.5, 1.0, OWN_W, others, OTHERS_W * others))
        values.append(window(machine, meter, Load(1.0, 1.0, OWN_W, others, OTHERS_W * others)))
    below, above = values
    assert (below.method, above.method) == (Method.COUNTER, Method.ATTRIBUTED)
    assert below.energy_j == pytest.approx(OWN_W, rel=0.02)
    assert above.energy_j == pytest.approx(OWN_W, rel=0.02)


def test_alone_with_idle_inside_the_value_is_the_difference_of_the_counter() -> None:
    machine, meter = machine_and_meter()
    start = meter.read()
    machine.spend(Load(1.0, 1.0, OWN_W, 0.05, 1.0))
    end = meter.read()
    assert meter.energy(start, end, idle="wall").energy_j == (sum(end.counters) - sum(start.counters)) / 1e6


@pytest.mark.parametrize("others_cpus", [1, 3, 15])
def test_a_neighbour_on_all_other_cores_changes_our_energy_by_less_than_a_tenth(others_cpus: int) -> None:
    values = []
    for cpus in (0, others_cpus):
        machine, meter = machine_and_meter()
        load = Load(1.0, 1.0, OWN_W, cpus, OTHERS_W * cpus)
        machine.spend(load)
        values.append(window(machine, meter, load))
    quiet, crowded = values
    assert crowded.energy_j == pytest.approx(quiet.energy_j, rel=0.1)
    assert crowded.method is Method.ATTRIBUTED and crowded.warnings
    assert crowded.u > 2 * quiet.u, "that programs differ in energy per CPU second must show"


def test_processes_get_energy_by_their_cpu_shares() -> None:
    machine, meter = machine_and_meter()
    shares_s = (0.3, 0.6, 1.5)
    start_ns = machine.clock.t_ns
    machine.spend(Load(2.0, 0.0, 0.0, sum(shares_s) / 2, 15.0 * sum(shares_s) / 2))
    parts = [meter.energy_of(start_ns, machine.clock.t_ns, round(seconds * 1e9)) for seconds in shares_s]
    for part, seconds in zip(parts, shares_s):
        assert part.energy_j == pytest.approx(15.0 * seconds, rel=0.02)
    assert sum(part.energy_j for part in parts) == pytest.approx(15.0 * sum(shares_s), rel=0.01)


@pytest.mark.parametrize("own_w", [4.0, 15.0, OWN_W])
@pytest.mark.parametrize("seconds", [0.005, 0.05])
@pytest.mark.parametrize("elsewhere", [False, True], ids=["own window", "window of another process"])
def test_no_window_can_have_used_more_than_the_whole_machine_did(seconds: float, elsewhere: bool, own_w: float) -> None:
    machine, meter = machine_and_meter(idle_w=1.0)
    for load in (Load(0.4, 1.0, OWN_W, 0.05, 1.0), Load(seconds, 1.0, own_w)):
        start, start_ns, before_j = meter.read(), machine.clock.t_ns, machine.total_j
        meter.energy_of(start_ns - 1, start_ns, 0)  # the history has a sample here
        machine.spend(load)
        end, own_ns = meter.read(), round(load.seconds * 1e9)
        value = meter.energy_of(start_ns, machine.clock.t_ns, own_ns) if elsewhere else meter.energy(start, end)
        assert isinstance(value, Energy)
        machine_j = machine.total_j - before_j
        # The counter's own uncertainty: 5 % of its calibration, and half an update of the power at either end.
        u_counter_j = math.hypot(0.05 * machine_j, 0.0005 * (2 * OWN_W))
        low, high = value.interval
        assert low <= value.energy_j <= high <= max(value.energy_j, machine_j + 2.4 * u_counter_j)
        assert value.u <= max(value.energy_j, high)
        assert Energy.from_json(value.to_json()).interval == value.interval


def short_windows(count: int, rng: random.Random) -> Iterator[Load]:
    for _ in range(count):
        cpu = rng.choice((0.0, 0.3, 1.0))
        yield Load(rng.uniform(0.0005, 0.004), cpu, OWN_W * cpu)


@pytest.mark.parametrize("at_the_end", [False, True], ids=["judged at once", "judged after the session"])
def test_the_sum_of_short_windows_is_right_to_a_hundredth(at_the_end: bool) -> None:
    machine, meter = machine_and_meter()
    before_j, readings, values = machine.own_j, [meter.read()], []
    for load in short_windows(3000, random.Random(3)):
        machine.spend(load)
        readings.append(meter.read())
        if not at_the_end:
            values.append(meter.energy(readings[-2], readings[-1]))
    if at_the_end:
        values = [meter.energy(start, end) for start, end in pairwise(readings)]
    total = sum(value.energy_j for value in values)
    assert total == pytest.approx(machine.own_j - before_j, rel=0.01)
    summed = total_of(values).energy
    assert summed is not None
    low, high = summed.interval
    assert low < machine.own_j - before_j < high


def test_three_thousand_empty_windows_claim_nothing_of_their_own_and_nothing_finer_than_the_unit_of_the_counter() -> None:
    machine, meter = machine_and_meter()
    machine.spend(Load(0.5, 0.8, 0.8 * OWN_W))
    for number in range(3000):
        load = Load(1e-6 * (number % 50))
        own, all_in = window(machine, meter, load), window(machine, meter, load, "wall")
        assert own.energy_j >= 0 and own.below_limit and own.interval[0] == 0
        assert own.interval[1] >= 61e-6
        low, high = all_in.interval
        assert 0 <= low <= all_in.energy_j <= high < 0.01
        assert high - low >= 61e-6


STEPS = Steps(0.001, 1, 0.01)


def test_a_short_window_is_read_from_the_counter_where_the_surroundings_say_less() -> None:
    rest, busy = Stretch(0.5, 10.0, 0.005, 0.005, 0.0), Stretch(0.5, 20.0, 0.5, 0.5, 0.0)
    read = Window(0.3, 0.005, 0.005)
    assert not surer(pooled(read, rest, 20.0, STEPS), read, rest, 0.4, STEPS), "0.4 W over half a second is 0.2 J"
    assert surer(pooled(read, busy, 20.0, STEPS), read, busy, 0.4, STEPS)


def test_a_stretch_without_any_time_has_no_energy_and_no_error() -> None:
    nothing = Stretch(0.0, 0.0, 0.0, 0.0, 0.0)
    for part in (direct(Window(0.0, 0.0, 0.0), nothing, 20.0, STEPS), pooled(Window(0.0, 0.0, 0.0), nothing, 20.0, STEPS)):
        assert part.dynamic_j == 0 and math.isfinite(part.u_read) and part.u_split == 0


def test_without_busy_times_all_energy_above_idle_is_ours() -> None:
    part = direct(Window(42.0, 1.0, 1.0), Stretch(1.0, 42.0, 1.0, 0.0, 0.0), 20.0, STEPS)
    assert part.dynamic_j == pytest.approx(22.0) and not part.shared
