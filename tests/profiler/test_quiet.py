"""Idle power is learnt from the quietest moment of a session, and says how little is known where there was none."""

from __future__ import annotations

import pytest

from greenlint.profiler.accounts.history import Sample
from greenlint.profiler.accounts.quiet import Quiet
from greenlint.profiler.idle import idle_from_check
from greenlint.testing.known_power import KnownPower, Load

IDLE_W, PER_CPU_W = 20.0, 15.0


def session(*moments: tuple[float, float]) -> Quiet:
    """What is known after moments of (seconds, busy CPUs)."""
    quiet, now_s, energy_j, busy_s = Quiet(0.001, 0.01), 1.0, 0.0, 1.0
    quiet.add(Sample(round(now_s * 1e9), 0, 0, round(busy_s * 1e9), 0))
    for seconds, cpus in moments:
        now_s, energy_j, busy_s = now_s + seconds, energy_j + (IDLE_W + PER_CPU_W * cpus) * seconds, busy_s + cpus * seconds
        quiet.add(Sample(round(now_s * 1e9), energy_j * 1e6, 0, round(busy_s * 1e9), 0))
    return quiet


def test_the_quietest_moment_gives_idle_power() -> None:
    idle = session((0.5, 2.0), (0.5, 0.02), (0.5, 1.0)).idle
    assert idle is not None
    assert idle.watts == pytest.approx(IDLE_W, abs=0.01)
    assert 0.1 < idle.u_watts < 0.5


def test_a_machine_that_is_never_quiet_gives_idle_power_with_a_wide_interval() -> None:
    idle = session((0.5, 2.0), (0.5, 1.2), (0.5, 1.6)).idle
    assert idle is not None
    assert idle.watts == pytest.approx(IDLE_W, abs=0.1)
    assert idle.u_watts > 0.5 * IDLE_W


def test_a_machine_that_is_always_equally_busy_says_that_most_of_its_power_may_not_be_idle_power() -> None:
    idle = session((0.5, 2.0), (0.5, 2.0)).idle
    assert idle is not None
    assert idle.watts - 2 * idle.u_watts < IDLE_W < idle.watts


def test_moments_too_short_for_the_ticks_of_the_kernel_are_put_together() -> None:
    assert session(*[(0.01, 0.0)] * 10).idle is None
    idle = session(*[(0.01, 0.0), (0.01, 1.0)] * 20).idle
    assert idle is not None and idle.watts <= IDLE_W + 0.5 * PER_CPU_W + 0.1


def test_without_busy_times_nothing_is_learnt() -> None:
    quiet = Quiet(0.001, 0.01)
    for second in range(1, 5):
        quiet.add(Sample(second * 1_000_000_000, second * 20e6, 0, 0, 0))
    assert quiet.idle is None


def test_a_noisy_self_check_is_replaced_by_what_the_session_shows() -> None:
    machine = KnownPower(iter(()), idle_w=IDLE_W)
    meter = machine.open_meter(0.0207)
    rough = meter.idle.u_watts
    for _ in range(5):
        machine.spend(Load(0.5, 0.0, 0.0, 0.0, 0.0))
        meter.read()
        machine.spend(Load(0.5, 1.0, PER_CPU_W))
        meter.read()
    assert meter.idle.watts == pytest.approx(IDLE_W, rel=0.005)
    assert meter.idle.u_watts < rough


def test_the_check_of_a_busy_machine_admits_that_it_knows_little() -> None:
    idle = idle_from_check(50.0, 50.0, 2.0, period_s=0.001, rest_s=0.02, watched_s=0.055)
    assert idle.watts == 50.0 and idle.watts - 2 * idle.u_watts < IDLE_W
