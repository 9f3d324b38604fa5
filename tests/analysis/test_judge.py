"""Verdicts about simulated programs whose true energy is known: rates of false alarms and of detection."""

from __future__ import annotations

import math
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.analysis.judge import judge, judge_cpu
from greenlint.model.budget import Budget, Outcome
from greenlint.model.energy import Energy, Method

TRIALS = 6000


def budget(limit: float, quantity: str = "energy", machine: str = "") -> Budget:
    return Budget("test", "t", quantity, limit, f"{limit} J", "greenlint.toml:1", machine)


def energy(joules: float, u: float = 0.0, limit_j: float = 0.0, u_sys: float = 0.0) -> Energy:
    return Energy(joules, 0.0, u, u_sys, "g", Method.COUNTER, "rapl", ("package-0",), "package", limit_j)


def readings(truth: float, relative: float, seed: int) -> list[Energy]:
    """What an honest meter says about `truth`: an error of the size that it states, normal or, when large, log-normal."""
    chance = random.Random(seed)
    found = []
    for _ in range(TRIALS):
        if relative <= 0.3:
            value = truth + chance.gauss(0, relative * truth)
            found.append(energy(value, relative * truth))
        else:
            sigma = math.sqrt(math.log1p(relative**2))
            value = truth * math.exp(chance.gauss(0, sigma))
            found.append(energy(value, relative * value))
    return found


def share(truth: float, relative: float, outcome: Outcome, seed: int) -> float:
    found = [judge(budget(10.0), value, "t").outcome for value in readings(truth, relative, seed)]
    return found.count(outcome) / TRIALS


@pytest.mark.parametrize("relative", [0.02, 0.1, 0.3, 0.6, 1.2])
@pytest.mark.parametrize("truth", [10.0, 9.0])
def test_a_program_within_its_budget_fails_in_at_most_one_of_a_hundred_runs(truth: float, relative: float) -> None:
    # 1 % of 6,000 with four binomial standard deviations
    assert share(truth, relative, Outcome.FAIL, seed=1) <= 0.01 + 4 * math.sqrt(0.01 * 0.99 / TRIALS)


@pytest.mark.parametrize("relative", [0.02, 0.1, 0.3, 0.6, 1.2])
def test_a_program_above_its_budget_passes_in_at_most_one_of_a_hundred_runs(relative: float) -> None:
    assert share(10.01, relative, Outcome.PASS, seed=2) <= 0.01 + 4 * math.sqrt(0.01 * 0.99 / TRIALS)


@pytest.mark.parametrize(("factor", "relative"), [(1.15, 0.02), (1.8, 0.1), (9.0, 0.5)])
def test_a_clear_excess_is_found(factor: float, relative: float) -> None:
    assert share(10.0 * factor, relative, Outcome.FAIL, seed=3) > 0.95


@pytest.mark.parametrize(("factor", "relative"), [(0.85, 0.02), (0.6, 0.1), (0.1, 0.5)])
def test_a_clear_margin_passes(factor: float, relative: float) -> None:
    assert share(10.0 * factor, relative, Outcome.PASS, seed=4) > 0.95


def test_at_the_limit_nearly_all_is_in_doubt() -> None:
    assert share(10.0, 0.1, Outcome.INCONCLUSIVE, seed=5) > 0.97


@given(joules=st.floats(0.001, 1e6), relative=st.floats(0, 2), limit=st.floats(0.001, 1e6), factor=st.floats(1, 100))
def test_a_wider_limit_never_makes_it_worse(joules: float, relative: float, limit: float, factor: float) -> None:
    order = [Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.PASS]
    value = energy(joules, relative * joules)
    tight, wide = judge(budget(limit), value, "t"), judge(budget(limit * factor), value, "t")
    assert order.index(tight.outcome) <= order.index(wide.outcome)


@given(joules=st.floats(0.001, 1e6), relative=st.floats(0.001, 2), limit=st.floats(0.001, 1e6))
def test_the_bounds_hold_the_value_and_decide(joules: float, relative: float, limit: float) -> None:
    verdict = judge(budget(limit), energy(joules, relative * joules), "t")
    assert verdict.low is not None and verdict.high is not None
    assert verdict.low <= joules <= verdict.high
    assert (verdict.outcome is Outcome.FAIL) == (verdict.low > limit)
    assert (verdict.outcome is Outcome.PASS) == (verdict.high <= limit)


def test_below_the_detection_limit_nothing_fails() -> None:
    hidden = energy(0.5, 0.3, limit_j=1.0)
    assert judge(budget(0.1), hidden, "t").outcome is Outcome.INCONCLUSIVE
    assert judge(budget(5.0), hidden, "t").outcome is Outcome.PASS


def test_systematic_and_random_parts_count_both() -> None:
    assert judge(budget(10.0), energy(11.0, 0.3, u_sys=0.4), "t").outcome is Outcome.INCONCLUSIVE
    assert judge(budget(10.0), energy(11.0, 0.3), "t").outcome is Outcome.FAIL


def test_no_value_is_unmeasured_and_another_machine_class_incomparable() -> None:
    assert judge(budget(1e9), None, "t").outcome is Outcome.UNMEASURED
    assert judge(budget(1e9, machine="b"), energy(1.0), "t", machine_class="a").outcome is Outcome.INCOMPARABLE
    assert judge(budget(1e9, machine="a"), energy(1.0), "t", machine_class="a").outcome is Outcome.PASS


def test_an_estimate_is_marked_as_one() -> None:
    estimate = Energy(1.0, 0.0, 0.0, 0.2, "g", Method.MODEL, "model", ("machine",), "machine")
    assert judge(budget(9.0), estimate, "t").mark == "estimated"
    assert judge(budget(9.0), energy(1.0), "t").mark == "measured"


def test_a_limit_of_zero_fails_what_was_seen() -> None:
    assert judge(budget(0.0), energy(1.0, 0.01), "t").outcome is Outcome.FAIL


@pytest.mark.parametrize(("cpu_s", "outcome"), [(0.9, Outcome.PASS), (1.0, Outcome.INCONCLUSIVE), (1.1, Outcome.FAIL)])
def test_cpu_time_is_judged_with_its_spread(cpu_s: float, outcome: Outcome) -> None:
    verdict = judge_cpu(budget(1.0, "cpu"), cpu_s, "t")
    assert (verdict.outcome, verdict.mark) == (outcome, "CPU time")
