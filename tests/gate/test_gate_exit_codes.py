"""The exit code of the gate for every mix of verdicts, and what it prints about them."""

from __future__ import annotations

import itertools
import json
import sqlite3
from pathlib import Path

import pytest
from gate_lab import call, configure, counted, found, gate, ledger_path, modelled, record, session

from greenlint.gate.gate import GateResult
from greenlint.model.budget import Budget, Outcome, Verdict
from greenlint.model.energy import Energy, Method

BUDGET = Budget("test", "t", "energy", 1.0, "1 J", "greenlint.toml:1")
TOML = '[budgets."t.py::*"]\nenergy = "2 J"\n'


def result(outcomes: tuple[Outcome, ...], notices: tuple[str, ...] = ()) -> GateResult:
    return GateResult(tuple(Verdict(BUDGET, "t", one, None, None, None, "", "") for one in outcomes), notices)


@pytest.mark.parametrize("size", range(1, 6))
def test_every_mix_of_verdicts_has_the_exit_code_of_the_contract(size: int) -> None:
    for mix in itertools.combinations(Outcome, size):
        doubt = Outcome.INCONCLUSIVE in mix or Outcome.INCOMPARABLE in mix
        firm = 1 if Outcome.FAIL in mix else 4 if Outcome.UNMEASURED in mix else 0
        assert result(mix).exit_code(strict=False) == firm, mix
        assert result(mix).exit_code(strict=True) == (firm or (3 if doubt else 0)), mix


def test_no_verdict_at_all_is_no_pass() -> None:
    assert result(()).exit_code(strict=False) == 4
    assert result(()).exit_code(strict=True) == 4


def test_a_notice_is_doubt_only_under_strict() -> None:
    assert result((Outcome.PASS,), ("stale",)).exit_code(strict=False) == 0
    assert result((Outcome.PASS,), ("stale",)).exit_code(strict=True) == 3
    assert result((Outcome.FAIL,), ("stale",)).exit_code(strict=True) == 1
    assert result((Outcome.UNMEASURED,), ("stale",)).exit_code(strict=True) == 4


@pytest.mark.parametrize("form", [[], ["--json"], ["--format", "json"], ["--format", "md"]])
@pytest.mark.parametrize(("joules", "code"), [(1.0, 0), (9.0, 1)])
def test_the_exit_code_is_that_of_the_verdicts_in_every_format(
    tmp_path: Path, form: list[str], joules: float, code: int
) -> None:
    configure(tmp_path, TOML)
    record(tmp_path, call("t.py::test_a", counted(joules)))
    done = gate(tmp_path, *form)
    assert (done.returncode, done.stderr) == (code, "")
    assert done.stdout


def test_json_is_one_object_with_all_that_decided(tmp_path: Path) -> None:
    configure(tmp_path, TOML)
    record(tmp_path, call("t.py::test_a", counted(9.0)))
    done = gate(tmp_path, "--json")
    answer = json.loads(done.stdout)
    assert done.stdout == gate(tmp_path, "--format", "json").stdout
    verdict = answer.pop("verdicts")[0]
    assert answer == {
        "version": 1,
        "run": "run1",
        "machine_class": "intel-6-207-2vcpu-kvm",
        "provider": "rapl-powercap",
        "exit_code": 1,
        "notices": [],
    }
    energy = verdict.pop("energy")
    assert verdict == {
        "scope": "test",
        "selector": "t.py::*",
        "subject": "t.py::test_a",
        "quantity": "energy",
        "limit": 2.0,
        "limit_text": "2 J",
        "where": "greenlint.toml:2",
        "outcome": "fail",
        "value": pytest.approx(9.0),
        "low": pytest.approx(9.0 - 2.326348 * 0.18),
        "high": pytest.approx(9.0 + 2.326348 * 0.18),
        "mark": "measured",
        "reason": "99 % bounds 8.58 J to 9.42 J, 4.5 times the limit",
        "advice": "find the cause: greenlint check, then a profiler on 't.py::test_a'",
    }
    assert Energy.from_json(energy) == counted(9.0)
    assert (energy["tier"], energy["method"], energy["boundary"]) == ("T2", "counter", "package")
    assert energy["interval"] == pytest.approx([9.0 - 1.959964 * 0.18, 9.0 + 1.959964 * 0.18])


def test_json_without_a_value_is_null_never_zero(tmp_path: Path) -> None:
    configure(tmp_path, TOML + 'cpu = "1 s"\n')
    record(tmp_path, call("t.py::test_a", None, cpu_s=0.1))
    energy, cpu = found(gate(tmp_path, "--json"))
    assert (energy["value"], energy["low"], energy["high"], energy["energy"]) == (None, None, None, None)
    assert (cpu["value"], cpu["energy"], cpu["mark"]) == (pytest.approx(0.1), None, "CPU time")


def test_text_says_value_mark_limit_place_reason_and_next_step(tmp_path: Path) -> None:
    configure(tmp_path, TOML + '[budgets.suite]\nenergy = "9 J"\n')
    rows = (call("t.py::test_a", modelled(9.0)), call("t.py::test_b", counted(1.0)), call("t.py::test_c", counted(2.0)))
    record(tmp_path, *rows, session(None))
    text = gate(tmp_path, COLUMNS="200").stdout
    assert text.splitlines() == [
        "greenlint gate: run run1 of 2026-10-01T08:00:00Z on intel-6-207-2vcpu-kvm, rapl-powercap",
        "",
        "FAIL  test: t.py::test_a",
        "      9.00 J estimated against 2 J (greenlint.toml:2)",
        "      99 % bounds 8.58 J to 9.42 J, 4.5 times the limit",
        "      next: find the cause: greenlint check, then a profiler on 't.py::test_a'",
        "PASS  test: t.py::test_b",
        "      1.00 J measured against 2 J (greenlint.toml:2)",
        "INCONCLUSIVE  test: t.py::test_c",
        "      2.00 J measured against 2 J (greenlint.toml:2)",
        "      99 % bounds 1.91 J to 2.09 J",
        "      next: measure again, or widen the limit: the interval straddles it",
        "UNMEASURED  suite: shop",
        "      unmeasured against 9 J (greenlint.toml:4)",
        "      nothing was measured",
        "      next: run `pytest --energy`",
        "",
        "1 fail, 1 unmeasured, 1 inconclusive, 1 pass",
    ]


def test_text_keeps_within_a_narrow_terminal(tmp_path: Path) -> None:
    configure(tmp_path, TOML)
    record(tmp_path, call("t.py::test_a", counted(9.0)))
    assert max(len(line) for line in gate(tmp_path, COLUMNS="50").stdout.splitlines()) <= 50


def test_colour_is_for_terminals_and_those_who_ask(tmp_path: Path) -> None:
    configure(tmp_path, TOML)
    record(tmp_path, call("t.py::test_a", counted(9.0)))
    assert "\x1b[" not in gate(tmp_path).stdout
    assert "\x1b[1;31mFAIL\x1b[0m" in gate(tmp_path, NO_COLOR="", FORCE_COLOR="1").stdout


def test_markdown_keeps_a_bar_inside_its_cell(tmp_path: Path) -> None:
    configure(tmp_path, TOML)
    record(tmp_path, call("t.py::test_a[x|y]", counted(1.0)))
    lines = gate(tmp_path, "--format", "md").stdout.splitlines()
    assert lines[0] == "### greenlint gate: 1 pass"
    row = "| test | `t.py::test_a[x\\|y]` | 1.00 J measured | 2 J | pass | 99 % bounds 953 mJ to 1.05 J |"
    assert lines[2:] == [
        "| scope | subject | value | limit | verdict | reason |",
        "| --- | --- | --- | --- | --- | --- |",
        row,
        "",
        "run `run1` on intel-6-207-2vcpu-kvm, provider rapl-powercap",
    ]


def test_the_ledger_keeps_every_verdict(tmp_path: Path) -> None:
    configure(tmp_path, TOML + 'cpu = "1 s"\n')
    record(tmp_path, call("t.py::test_a", counted(9.0), cpu_s=0.1))
    gate(tmp_path)
    with sqlite3.connect(ledger_path(tmp_path)) as database:
        rows = database.execute("SELECT * FROM verdict").fetchall()
    database.close()
    kept = [(row[0], *row[2:9]) for row in rows]
    assert kept == [
        ("run1", "test", "t.py::*", "energy", 2.0, "t.py::test_a", "fail", pytest.approx(9.0)),
        ("run1", "test", "t.py::*", "cpu", 1.0, "t.py::test_a", "pass", pytest.approx(0.1)),
    ]


def test_an_estimate_below_the_detection_limit_passes_only_where_its_upper_99_percent_bound_does(tmp_path: Path) -> None:
    hidden = Energy(0.9, 0.0, 0.35, 0.0, "g", Method.COUNTER, "rapl", ("package-0",), "package", limit_j=1.0)
    configure(tmp_path, '[budgets.a]\nenergy = "2.1 J"\n[budgets.b]\nenergy = "2.2 J"\n[budgets.c]\nenergy = "0.1 J"\n')
    record(tmp_path, *(call(name, hidden) for name in "abc"))
    done = gate(tmp_path, "--json")
    assert [(v["subject"], v["outcome"]) for v in found(done)] == [("a", "inconclusive"), ("b", "pass"), ("c", "inconclusive")]


@pytest.mark.parametrize("arguments", [["--bogus"], ["--format", "xml"], ["extra"], ["--run"]])
def test_wrong_usage_is_two_and_prints_no_result(tmp_path: Path, arguments: list[str]) -> None:
    configure(tmp_path, TOML)
    done = gate(tmp_path, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_ledger_is_an_error_and_stays_as_it_is(tmp_path: Path) -> None:
    configure(tmp_path, TOML)
    other = tmp_path / "notes.txt"
    other.write_text("these are notes, not a database\n" * 50)
    done = gate(tmp_path, "--ledger", "notes.txt")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "notes.txt" in done.stderr
    assert other.read_text() == "these are notes, not a database\n" * 50


def test_another_ledger_can_be_named_on_the_command_line_or_configured(tmp_path: Path) -> None:
    record(tmp_path, call("t.py::test_a", counted(9.0)))
    (tmp_path / ".greenlint" / "ledger.sqlite").rename(tmp_path / "other.sqlite")
    configure(tmp_path, TOML)
    assert gate(tmp_path).returncode == 4
    assert gate(tmp_path, "--ledger", "other.sqlite").returncode == 1
    assert gate(tmp_path, GREENLINT_LEDGER="other.sqlite").returncode == 1
    configure(tmp_path, '[energy]\nledger = "other.sqlite"\n' + TOML)
    assert gate(tmp_path).returncode == 1


def test_it_finds_configuration_and_ledger_from_a_folder_below(tmp_path: Path) -> None:
    configure(tmp_path, TOML)
    record(tmp_path, call("t.py::test_a", counted(9.0)))
    (tmp_path / "src").mkdir()
    assert gate(tmp_path / "src").returncode == 1


def test_a_missing_ledger_is_not_created(tmp_path: Path) -> None:
    configure(tmp_path, TOML)
    assert gate(tmp_path).returncode == 4
    assert not (tmp_path / ".greenlint").exists()
