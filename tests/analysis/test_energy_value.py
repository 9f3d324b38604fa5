"""An energy value: its bounds by hand, its sums, its words, and what it refuses."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.analysis.combine import total
from greenlint.analysis.judge import judge, judge_cpu
from greenlint.errors import IncompatibleError
from greenlint.model.budget import Budget, Outcome
from greenlint.model.energy import Energy, Method, format_joules

TIERS = {"meter": "T1", "counter": "T2", "attributed": "T2", "model": "T3", "default": "T4", "prior": "T5", "proxy": "-"}
MARKS = {
    "meter": "measured",
    "counter": "measured",
    "attributed": "attributed",
    "model": "estimated",
    "default": "estimated",
    "prior": "estimated",
    "proxy": "proxy",
}


def energy(joules: float = 10.0, u_rand: float = 0.3, u_sys: float = 0.4, **changes: object) -> Energy:
    plain = Energy(joules, 2.0, u_rand, u_sys, "g", Method.COUNTER, "rapl", ("package-0",), "package")
    return replace(plain, **changes)  # type: ignore[arg-type]


def budget(limit: float, quantity: str = "energy", machine: str = "") -> Budget:
    return Budget("test", "t", quantity, limit, "x", "greenlint.toml:1", machine)


@pytest.mark.parametrize("method", Method)
def test_tier_and_mark_of_every_method_are_those_of_the_contract(method: Method) -> None:
    assert (method.tier, method.mark) == (TIERS[method.value], MARKS[method.value])
    assert method.measured is (method.value in ("meter", "counter", "attributed"))


def test_bounds_by_hand() -> None:
    value = energy()
    assert (value.u, value.dynamic_j) == (pytest.approx(0.5), 8.0)
    assert value.bounds(2.0) == pytest.approx((9.0, 11.0))
    assert value.interval == pytest.approx((10 - 1.959964 * 0.5, 10 + 1.959964 * 0.5))


def test_the_interval_turns_log_normal_above_thirty_percent() -> None:
    assert energy(10.0, 3.0, 0.0).bounds(1.0) == pytest.approx((7.0, 13.0))
    sigma = math.sqrt(math.log(1 + 0.31**2))
    assert energy(10.0, 3.1, 0.0).bounds(1.0) == pytest.approx((10 * math.exp(-sigma), 10 * math.exp(sigma)))


@pytest.mark.parametrize(
    ("value", "z", "bounds"),
    [
        (energy(10.0, 0.0, 0.0), 2.0, (10.0, 10.0)),
        (energy(0.0, 0.5, 0.0), 2.0, (0.0, 1.0)),
        (energy(-0.2, 0.5, 0.0), 2.0, (0.0, 0.8)),
        (energy(-5.0, 0.5, 0.0), 2.0, (0.0, 0.0)),
        (energy(10.0, 3.0, 0.0), 5.0, (0.0, 25.0)),
    ],
)
def test_bounds_never_reach_below_zero(value: Energy, z: float, bounds: tuple[float, float]) -> None:
    assert value.bounds(z) == pytest.approx(bounds)


@given(st.floats(1e-6, 1e9), st.floats(0, 3), st.floats(0, 3), st.floats(1e-3, 1e3), st.floats(0.1, 4))
def test_bounds_scale_with_the_unit(joules: float, rand: float, sys: float, scale: float, z: float) -> None:
    value = energy(joules, rand * joules, sys * joules).bounds(z)
    scaled = energy(joules * scale, rand * joules * scale, sys * joules * scale).bounds(z)
    assert scaled == pytest.approx((value[0] * scale, value[1] * scale), rel=1e-6)


@given(st.floats(1e-3, 1e6), st.floats(0.001, 2), st.floats(1e-3, 1e6), st.floats(1e-3, 1e3))
def test_a_verdict_does_not_depend_on_the_unit(joules: float, relative: float, limit: float, scale: float) -> None:
    verdict = judge(budget(limit), energy(joules, relative * joules, 0.0), "t")
    assert verdict.low is not None and verdict.high is not None
    if min(abs(verdict.low - limit), abs(verdict.high - limit)) > 1e-6 * limit:
        scaled = judge(budget(limit * scale), energy(joules * scale, relative * joules * scale, 0.0), "t")
        assert scaled.outcome is verdict.outcome


@given(st.floats(1e-3, 1e6), st.floats(0, 0.3), st.floats(1e-3, 1e6))
def test_a_larger_uncertainty_never_makes_a_verdict_firmer(joules: float, relative: float, limit: float) -> None:
    firm = judge(budget(limit), energy(joules, relative * joules / 2, 0.0), "t").outcome
    loose = judge(budget(limit), energy(joules, relative * joules, 0.0), "t").outcome
    assert loose in (firm, Outcome.INCONCLUSIVE)


def test_the_verdict_takes_the_one_sided_99_percent_bounds_and_includes_the_limit() -> None:
    verdict = judge(budget(10.0), energy(10.0, 0.5, 0.0), "t")
    assert (verdict.low, verdict.high) == pytest.approx((10 - 2.326348 * 0.5, 10 + 2.326348 * 0.5))
    exact = energy(10.0, 0.0, 0.0)
    assert judge(budget(10.0), exact, "t").outcome is Outcome.PASS
    assert judge(budget(math.nextafter(10.0, 0)), exact, "t").outcome is Outcome.FAIL
    assert judge(budget(0.0), exact, "t").reason == "99 % bounds 10.0 J to 10.0 J"


def test_a_verdict_carries_the_value_that_it_judged() -> None:
    value = energy()
    for limit in (1.0, 10.0, 99.0):
        assert judge(budget(limit), value, "t").energy is value
    assert judge(budget(1.0, machine="a"), value, "t", machine_class="b").energy is None


@pytest.mark.parametrize(
    ("joules", "u", "limit_j", "high"),
    [
        (0.5, 0.3, 2.0, 2.0),
        (0.5, 0.1, 0.5, 0.5 + 2.326348 * 0.1),
        (-0.1, 0.3, 0.2, -0.1 + 2.326348 * 0.3),
        (0.0, 0.0, 0.3, 0.3),
    ],
)
def test_below_the_detection_limit_the_truth_lies_between_zero_and_the_larger_bound(
    joules: float, u: float, limit_j: float, high: float
) -> None:
    hidden = energy(joules, u, 0.0, limit_j=limit_j)
    verdict = judge(budget(high * 1.001), hidden, "t")
    assert (verdict.outcome, verdict.low, verdict.high) == (Outcome.PASS, 0.0, pytest.approx(high))
    assert judge(budget(high * 0.999), hidden, "t").outcome is Outcome.INCONCLUSIVE


@given(st.floats(-10, 10), st.floats(0, 10), st.floats(0, 10), st.floats(0, 100))
def test_no_value_below_its_detection_limit_ever_fails(joules: float, u: float, above: float, limit: float) -> None:
    assert judge(budget(limit), energy(joules, u, 0.0, limit_j=joules + above), "t").outcome is not Outcome.FAIL


def test_no_number_is_no_pass() -> None:
    assert judge(budget(1e9), energy(math.nan, 0.1, 0.0), "t").outcome is Outcome.INCONCLUSIVE
    assert judge(budget(1e9), energy(1.0, math.inf, 0.0), "t").outcome is not Outcome.PASS
    assert judge_cpu(budget(1e9, "cpu"), None, "t").outcome is Outcome.UNMEASURED
    assert judge(budget(1e9, machine="a"), None, "t", machine_class="b").outcome is Outcome.UNMEASURED


def test_cpu_time_of_another_class_of_machine_is_not_compared() -> None:
    verdict = judge_cpu(budget(1e9, "cpu", machine="a"), 0.1, "t", machine_class="b")
    assert (verdict.outcome, verdict.value, verdict.mark) == (Outcome.INCOMPARABLE, None, "unmeasured")
    assert judge_cpu(budget(1e9, "cpu", machine="a"), 0.1, "t", machine_class="a").outcome is Outcome.PASS


@pytest.mark.parametrize("cpu_s", [0.0, 0.0005, 0.1, 3.0, 500.0])
def test_the_bounds_of_a_cpu_time_by_hand(cpu_s: float) -> None:
    verdict = judge_cpu(budget(1.0, "cpu"), cpu_s, "t")
    spread = 2.326348 * math.sqrt(0.001**2 + (0.02 * cpu_s) ** 2)
    assert (verdict.low, verdict.high) == pytest.approx((max(0.0, cpu_s - spread), cpu_s + spread))
    assert verdict.energy is None


def test_words_for_people() -> None:
    assert str(energy(8.4, 0.2, 0.0)) == "8.40 J [8.01, 8.79] (measured · rapl)"
    assert format_joules(energy(0.0084, 0.0002, 0.0)) == "8.40 mJ [8.01, 8.79]"
    assert format_joules(energy(0.001, 0.0, 0.0, limit_j=0.02)) == "<= 20.0 mJ"
    assert format_joules(energy(0.0, 0.0, 0.0, limit_j=0.02)) == "<= 20.0 mJ"
    assert str(energy(1.0, 0.0, 0.0, method=Method.MODEL)).endswith("(estimated · rapl)")


values = st.builds(
    energy,
    st.floats(0, 1e9),
    st.floats(0, 1e9),
    st.floats(0, 1e9),
    idle_j=st.floats(0, 1e9),
    method=st.sampled_from(Method),
    limit_j=st.floats(0, 10),
    warnings=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    domains=st.lists(st.sampled_from(["package-0", "dram", "gpu-0"]), unique=True).map(tuple),
)


@given(values)
def test_json_round_trip(value: Energy) -> None:
    assert Energy.from_json(value.to_json()) == value


def test_json_has_the_fields_of_the_contract() -> None:
    assert energy().to_json() == {
        "energy_j": 10.0,
        "idle_j": 2.0,
        "dynamic_j": 8.0,
        "u_rand": 0.3,
        "u_sys": 0.4,
        "sys_group": "g",
        "interval": pytest.approx([10 - 1.959964 * 0.5, 10 + 1.959964 * 0.5]),
        "below_limit": False,
        "limit_j": 0.0,
        "method": "counter",
        "tier": "T2",
        "provider": "rapl",
        "domains": ["package-0"],
        "boundary": "package",
        "warnings": [],
    }


def test_a_sum_of_two_by_hand() -> None:
    a = energy(3.0, 0.3, 0.5, idle_j=1.0, limit_j=0.3, warnings=("x",))
    b = energy(4.0, 0.4, 1.2, idle_j=0.5, limit_j=0.4, warnings=("x", "y"), provider="nvml", method=Method.ATTRIBUTED)
    both = a + b
    assert (both.energy_j, both.idle_j, both.u_rand, both.u_sys, both.limit_j) == pytest.approx((7.0, 1.5, 0.5, 1.7, 0.5))
    assert (both.method, both.provider, both.warnings, both.sys_group) == (Method.ATTRIBUTED, "rapl + nvml", ("x", "y"), "g")
    apart = a + replace(b, sys_group="h", domains=("dram",), boundary="memory")
    assert apart.u_sys == pytest.approx(1.3)
    assert (apart.sys_group, apart.domains, apart.boundary) == ("g+h", ("package-0", "dram"), "package + memory")


def test_a_total_by_hand() -> None:
    a = energy(3.0, 0.3, 0.5, idle_j=1.0, limit_j=0.3, warnings=("x",), window_id="w")
    b = energy(4.0, 0.4, 1.2, idle_j=0.5, limit_j=0.4, warnings=("x", "y"), window_id="v", sys_group="h", boundary="memory")
    c = energy(5.0, 1.2, 0.5, idle_j=0.0, method=Method.METER, domains=("wall",), provider="plug")
    added = total([a, None, b, c])
    assert added.energy is not None
    whole = added.energy
    assert (whole.energy_j, whole.idle_j, whole.u_rand) == pytest.approx((12.0, 1.5, 1.3))
    assert (whole.u_sys, whole.limit_j) == pytest.approx((math.hypot(1.0, 1.2), 0.5))
    assert (whole.method, whole.provider, whole.boundary) == (Method.COUNTER, "rapl + plug", "package / memory")
    assert (whole.domains, whole.warnings, whole.window_id) == (("package-0", "wall"), ("x", "y"), "")
    assert whole.sys_group == "g + h"
    assert (added.count, added.unmeasured, added.measured_share) == (3, 1, 1.0)
    assert {tier: value.energy_j for tier, value in added.by_tier.items()} == {"T1": 5.0, "T2": 7.0}


def test_a_total_refuses_to_count_one_window_twice() -> None:
    window = energy(window_id="w", domains=("package-0", "dram"))
    for other in (window, energy(window_id="w", domains=("dram",)), energy(window_id="w", domains=("gpu-0", "dram"))):
        with pytest.raises(IncompatibleError, match="overlapping domains of one window: .*dram"):
            total([energy(window_id="v"), window, other])
    allowed = [window, energy(window_id="w", domains=("gpu-0",)), energy(window_id="v"), energy(), energy()]
    assert total(allowed).count == 5


def test_the_share_that_was_measured_of_nothing_is_nothing() -> None:
    assert total([energy(0.0)]).measured_share == 0.0
    assert total([]).measured_share == 0.0
    assert total([energy(1.0, method=Method.ATTRIBUTED)]).measured_share == 1.0


def test_what_must_not_be_compared_says_why() -> None:
    assert energy().incomparable(energy(99.0)) is None
    assert energy().incomparable(energy(method=Method.METER)) == "measured (T2) against measured (T1)"
    assert energy().incomparable(energy(boundary="wall")) == "different boundaries: 'package' and 'wall'"
    assert energy(method=Method.MODEL).incomparable(energy(method=Method.DEFAULT)) == "estimated (T3) against estimated (T4)"
