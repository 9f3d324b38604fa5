"""What the reports say about recorded comparisons, measured energy among them."""

from __future__ import annotations

import json
import random
import tracemalloc
from dataclasses import replace

import pytest

from greenlint.bench.comparison import Comparison, Host, Subject
from greenlint.bench.output import Spool
from greenlint.bench.plan import Expectation, Implementation, Plan
from greenlint.bench.record import measurements_of
from greenlint.bench.reference import Reference
from greenlint.bench.status import Status
from greenlint.bench.summary import summarise
from greenlint.bench.trial import Trial
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Machine
from greenlint.reporters.compare_json import as_json
from greenlint.reporters.compare_text import render_text

MACHINE = Machine("test-1-1-8cpu", "Test CPU", 8, 2**34, False, "linux", "6.1")
COUNTER = Energy(
    energy_j=0.0,
    idle_j=0.0,
    u_rand=0.01,
    u_sys=0.02,
    sys_group="rapl/test",
    method=Method.COUNTER,
    provider="rapl-powercap",
    domains=("package-0",),
    boundary="package-0, above idle",
)


def subject(name: str, cpu_s: float, joules: float, *, status: Status = Status.OK, energy: Energy = COUNTER) -> Subject:
    """Fifteen simulated rounds."""
    draw = random.Random(name)
    trials = []
    for number in range(1, 16):
        factor = 1 + 0.02 * draw.random()
        value = energy._replace(energy_j=joules * factor + 1.0, idle_j=1.0)
        measurement = Measurement(name, "command", value, int(cpu_s * factor * 1.1e9), int(cpu_s * factor * 1e9), 10_000_000)
        trials.append(Trial(name, number, 1, Status.OK, "", measurement, "abc", 3))
    reason = "" if status is Status.OK else "exit code 1: \x1b[31mboom"
    return Subject(Implementation(name, "c", (name,)), status, reason, tuple(trials))


def comparison(*subjects: Subject) -> Comparison:
    plan = Plan("test", tuple(s.implementation for s in subjects), subjects[0].name, seed=1)
    host = Host(MACHINE, 0.5, 0.7, "rapl-powercap", Method.COUNTER, "package-0")
    return Comparison(plan, subjects, subjects[0].name, subjects[0].name, 15, host, "2026-11-21T00:00:00+00:00")


def test_measured_energy_is_compared_above_idle() -> None:
    found = comparison(subject("a", 1.0, 10.0), subject("b", 1.0, 20.0))
    ratio = summarise(found).ratios["b"].energy
    assert ratio is not None
    assert ratio.value == pytest.approx(2.0, rel=0.02)  # (21 - 1) / (11 - 1), not 21 / 11
    text = render_text(found, summarise(found), 200)
    assert "energy (measured)" in text
    assert "energy above idle / a" in text
    assert "times its energy above idle." in text
    assert "No energy ranking" not in text


@pytest.mark.parametrize(
    ("energy", "why"),
    [
        (COUNTER._replace(method=Method.MODEL), "estimated from CPU and wall time"),
        (COUNTER._replace(method=Method.DEFAULT), "estimated from CPU and wall time"),
        (COUNTER._replace(method=Method.METER), "measured (T2) against measured (T1)"),
        (COUNTER._replace(boundary="package-0 and dram, above idle"), "incomparable"),
        (COUNTER._replace(limit_j=1000.0), "15 of 30 runs is below the detection limit"),
    ],
)
def test_energy_that_cannot_be_compared_is_not_ranked_and_says_why(energy: Energy, why: str) -> None:
    found = comparison(subject("a", 1.0, 10.0), subject("b", 1.0, 20.0, energy=energy))
    summary = summarise(found)
    assert why in summary.energy_unranked
    assert summary.ratios["b"].energy is None
    assert "energy above idle / a" not in render_text(found, summary, 200)


def test_unmeasured_energy_is_never_zero() -> None:
    found = comparison(subject("a", 1.0, 10.0), subject("b", 1.0, 20.0))
    bare = replace(
        found.subjects[1],
        trials=tuple(replace(t, measurement=t.measurement._replace(energy=None)) for t in found.subjects[1].trials),
    )
    mixed = replace(found, subjects=(found.subjects[0], bare))
    text = render_text(mixed, summarise(mixed), 200)
    assert "unmeasured" in text
    assert "no energy was measured" in text
    assert as_json(mixed, summarise(mixed), run_id=None, exit_code=0)["implementations"][1]["rounds"][0]["energy"] is None


def test_an_excluded_implementation_stays_in_table_json_and_ledger_with_its_reason() -> None:
    found = comparison(subject("a", 1.0, 10.0), subject("b", 2.0, 20.0), subject("c", 0.1, 1.0, status=Status.CRASHED))
    summary = summarise(found)
    text = render_text(found, summary, 100)
    assert summary.order == ("a", "b")
    assert any(line.startswith("c ") and "crashed" in line for line in text.splitlines())
    assert "Excluded (1 failed):" in text
    assert [entry["name"] for entry in as_json(found, summary, run_id=None, exit_code=1)["excluded"]] == ["c"]
    assert all(m.excluded.startswith("crashed: ") for m in measurements_of(found) if m.name == "c")


def test_what_a_program_printed_cannot_drive_the_terminal() -> None:
    found = comparison(subject("a", 1.0, 10.0), subject("b", 1.0, 9.0), subject("c", 1.0, 1.0, status=Status.CRASHED))
    assert "\x1b" not in render_text(found, summarise(found), 100)


@pytest.mark.parametrize("width", [40, 60, 80, 120, 200])
def test_the_report_fits_its_width_and_drops_nothing(width: int) -> None:
    found = comparison(subject("implementation-with-a-very-long-name", 1.0, 10.0), subject("b", 123.456, 2000.0))
    text = render_text(found, summarise(found), width)
    if width >= 60:
        assert max(map(len, text.splitlines())) <= width
    for heading in ("CPU time", "group", "wall time", "peak memory", "energy (measured)", "language"):
        assert heading in text


def test_many_busy_processors_are_mentioned() -> None:
    fast = subject("b", 1.0, 9.0)
    fast = replace(
        fast, trials=tuple(replace(t, measurement=t.measurement._replace(wall_ns=t.cpu_ns // 2)) for t in fast.trials)
    )
    found = comparison(subject("a", 1.0, 10.0), fast)
    assert "b kept 2.0 processors busy on average" in render_text(found, summarise(found), 100)


def test_a_run_too_short_for_the_clock_has_no_ratio() -> None:
    idle = subject("b", 1.0, 9.0)
    idle = replace(idle, trials=tuple(replace(t, measurement=t.measurement._replace(cpu_ns=0)) for t in idle.trials))
    found = comparison(subject("a", 1.0, 10.0), idle)
    assert "b: no CPU ratio to a" in render_text(found, summarise(found), 100)


def test_the_json_object_has_the_fields_of_version_1() -> None:
    found = comparison(subject("a", 1.0, 10.0), subject("b", 2.0, 20.0))
    report = json.loads(json.dumps(as_json(found, summarise(found), run_id="x", exit_code=0), allow_nan=False))
    assert report["version"] == 1
    assert set(report) == {
        "version", "tool", "kind", "run_id", "started_utc", "interrupted", "exit_code", "plan", "rounds", "baseline",
        "reference", "host", "energy", "implementations", "order", "equivalence_margin", "pairs", "excluded", "warnings",
        "caveat",
    }  # fmt: skip
    b = report["implementations"][1]
    assert set(b) == {
        "name", "language", "run", "cwd", "env", "status", "reason", "build", "median", "ratio_to_baseline", "group",
        "rounds", "uncounted",
    }  # fmt: skip
    assert set(b["ratio_to_baseline"]["cpu"]) == {"value", "interval", "pairs", "level", "p"}
    assert len(b["rounds"]) == 15
    assert set(b["rounds"][0]["energy"]) >= {
        "energy_j", "idle_j", "dynamic_j", "u_rand", "u_sys", "sys_group", "interval", "method", "tier", "provider",
        "domains", "boundary", "warnings",
    }  # fmt: skip
    assert set(report["pairs"][0]) >= {"a", "b", "quantity", "value", "interval", "p_holm", "relation", "reason"}
    assert report["host"]["mark"] == "measured"


def test_fifty_megabytes_are_checked_in_a_few_hundred_kilobytes_of_memory() -> None:
    block = b"0123456789abcde\n" * 65536
    with Spool() as expected, Spool() as got:
        for _ in range(50):
            expected.stdout.write(block)
            got.stdout.write(block)
        got.stdout.write(b"x")
        expected.stdout.flush()
        got.stdout.flush()
        tracemalloc.start()
        reference = Reference(expected.keep_stdout(), "a", Expectation())
        difference = reference.difference(got, got.digest())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        reference.close()
    assert difference is not None
    assert "goes on after" in difference
    assert peak < 4_000_000
