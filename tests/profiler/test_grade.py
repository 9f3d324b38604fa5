"""The grade of a machine follows from what was found, names what is in the way, and never hides an obstacle."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.model.energy import Method
from greenlint.profiler.conditions import Conditions, read_conditions
from greenlint.profiler.grade import Grade, grade
from greenlint.profiler.noise import Noise, measure_noise, spread
from greenlint.profiler.privilege import capabilities, privilege, used

CALM = Noise(cpu=0.005, wall=0.006, rounds=25, work_s=0.008, others_cpus=0.0, stolen=0.0)
FIXED = Conditions(governor="performance", turbo="off", smt="off", throttled=0, load=0.1)


def judged(
    method: Method = Method.COUNTER,
    *,
    virtualised: bool = False,
    known_cpu: bool = True,
    conditions: Conditions = FIXED,
    noise: Noise = CALM,
) -> Grade:
    return grade(method, virtualised=virtualised, known_cpu=known_cpu, logical_cpus=4, conditions=conditions, noise=noise)


def test_a_quiet_bare_machine_with_a_counter_and_a_fixed_clock_is_the_best() -> None:
    assert judged() == Grade("A", ())


@pytest.mark.parametrize(
    ("conditions", "noise", "reason"),
    [
        (FIXED._replace(turbo="on"), CALM, "turbo is on"),
        (FIXED._replace(governor="powersave"), CALM, "governor is powersave"),
        (FIXED._replace(throttled=3), CALM, "slowed down for heat 3 times"),
        (FIXED, CALM._replace(others_cpus=0.4), "keep 0.4 CPUs busy"),
    ],
)
def test_what_moves_the_clock_or_shares_the_machine_costs_one_grade(conditions: Conditions, noise: Noise, reason: str) -> None:
    letter, reasons = judged(conditions=conditions, noise=noise)
    assert letter == "B"
    assert reason in " ".join(reasons)


def test_an_estimate_or_a_virtual_machine_is_no_better_than_c() -> None:
    assert judged(Method.MODEL).letter == "C"
    assert judged(virtualised=True).letter == "C"
    assert len(judged(Method.MODEL, virtualised=True).reasons) == 2


@pytest.mark.parametrize(
    ("method", "known", "conditions", "noise", "reason"),
    [
        (Method.DEFAULT, False, FIXED, CALM, "does not know this processor"),
        (Method.COUNTER, True, FIXED._replace(load=4.5), CALM, "load 4.5 on 4"),
        (Method.COUNTER, True, FIXED, CALM._replace(cpu=0.12), "spreads by 12.0%"),
        (Method.COUNTER, True, FIXED, CALM._replace(stolen=0.2), "takes 20%"),
    ],
)
def test_a_machine_on_which_nothing_can_be_decided_is_the_worst(
    method: Method, known: bool, conditions: Conditions, noise: Noise, reason: str
) -> None:
    letter, reasons = judged(method, known_cpu=known, conditions=conditions, noise=noise)
    assert letter == "D"
    assert reason in " ".join(reasons)


def test_unknown_conditions_are_no_obstacle() -> None:
    assert judged(conditions=Conditions()) == Grade("A", ())


def test_conditions_are_read_from_the_files_of_the_kernel(tmp_path: Path) -> None:
    for path, text in {
        "intel_pstate/no_turbo": "0\n",
        "smt/active": "1\n",
        "cpu0/cpufreq/scaling_governor": "schedutil\n",
        "cpu0/thermal_throttle/core_throttle_count": "12\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    found = read_conditions(str(tmp_path))
    assert found[:4] == ("schedutil", "on", "on", 12)


def test_amd_says_boost_where_intel_says_no_turbo(tmp_path: Path) -> None:
    (tmp_path / "cpufreq").mkdir()
    (tmp_path / "cpufreq" / "boost").write_text("0\n")
    assert read_conditions(str(tmp_path)).turbo == "off"


def test_where_the_kernel_says_nothing_everything_is_unknown(tmp_path: Path) -> None:
    assert read_conditions(str(tmp_path / "none"))[:4] == ("", "", "", None)


def test_noise_is_measured_in_a_moment_and_is_no_negative_number() -> None:
    noise = measure_noise(rounds=5)
    assert noise.rounds == 5
    assert noise.cpu >= 0 and noise.wall >= 0 and noise.others_cpus >= 0 and 0 <= noise.stolen <= 1
    assert 0.0005 < noise.work_s < 1


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 0.0), ([5], 0.0), ([0, 0], 0.0), ([100] * 9 + [10_000], 0.0), ([90, 100, 110], 0.14826)],
)
def test_the_spread_is_robust_and_relative(values: list[int], expected: float) -> None:
    assert spread(values) == pytest.approx(expected)


def test_the_capabilities_that_matter_are_named(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text(f"Name:\tx\nCapEff:\t{1 << 38 | 1 << 5:016x}\n")
    assert capabilities(str(status)) == ("CAP_PERFMON",)
    status.write_text("CapEff:\tnot hexadecimal\n")
    assert capabilities(str(status)) == ()
    assert capabilities(str(tmp_path / "none")) == ()


def test_the_privilege_is_told_without_a_proc(tmp_path: Path) -> None:
    assert privilege(str(tmp_path / "none"), str(tmp_path / "none")) in ("root", "an ordinary user", "unknown")
    (tmp_path / "paranoid").write_text("4\n")
    assert privilege(paranoid=str(tmp_path / "paranoid")).endswith("perf_event_paranoid 4")


def test_the_right_by_which_a_counter_is_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert used("") == "none needed"
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    status = tmp_path / "status"
    status.write_text(f"CapEff:\t{1 << 38:016x}\n")
    assert used("CAP_PERFMON", str(status)) == "CAP_PERFMON"
    assert used("CAP_DAC_READ_SEARCH", str(status)) == "none: everybody may read it here"
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    assert used("CAP_PERFMON", str(status)) == "root (CAP_PERFMON is enough)"
