"""`greenlint gate` over real ledgers: verdicts, exit codes, and what happens where data is missing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from gate_lab import MACHINE, call, command, configure, counted, gate, record, session
from gate_lab import outcomes as verdicts

from greenlint.ledger.store import Ledger
from greenlint.model.measurement import Measurement


@pytest.mark.parametrize(("joules", "code", "outcome"), [(1.0, 0, "pass"), (3.0, 1, "fail"), (2.0, 0, "inconclusive")], ids=str)
def test_a_value_passes_fails_or_is_in_doubt(tmp_path: Path, joules: float, code: int, outcome: str) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(joules)))
    done = gate(tmp_path, "--json")
    assert (done.returncode, verdicts(done)) == (code, {"t.py::test_a": outcome})


def test_doubt_is_exit_three_only_when_asked_for(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(2.0)))
    assert gate(tmp_path).returncode == 0
    assert gate(tmp_path, "--strict").returncode == 3


def test_a_certain_violation_weighs_more_than_missing_data_and_doubt(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n[budgets."gone.py::*"]\nenergy = "1 J"\n')
    record(tmp_path, call("t.py::test_a", counted(9.0)), call("t.py::test_b", counted(2.0)))
    assert gate(tmp_path, "--strict").returncode == 1


@pytest.mark.parametrize("name", ["t.py::test_page[500]", "t.py::test_page[a-b]", "t.py::test_page[x*y]"])
def test_the_brackets_of_a_parameter_are_brackets(tmp_path: Path, name: str) -> None:
    configure(tmp_path, f'[budgets."{name}"]\nenergy = "2 J"\n')
    record(tmp_path, call(name, counted(9.0)), call("t.py::test_page5", counted(9.0)))
    done = gate(tmp_path, "--json")
    assert (done.returncode, verdicts(done)) == (1, {name: "fail"})


def test_the_last_attempt_of_a_rerun_counts_and_skipped_tests_do_not(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    first = call("t.py::test_a", counted(9.0), outcome="failed")
    record(tmp_path, first, call("t.py::test_a", counted(1.0), attempt=2), call("t.py::test_s", None, outcome="skipped"))
    done = gate(tmp_path, "--json")
    assert (done.returncode, verdicts(done)) == (0, {"t.py::test_a": "pass"})


def test_cpu_time_has_budgets_of_its_own(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\ncpu = "0.5 s"\n')
    record(tmp_path, call("t.py::test_a", None, cpu_s=0.1), call("t.py::test_b", None, cpu_s=0.9))
    assert verdicts(gate(tmp_path, "--json")) == {"t.py::test_a": "pass", "t.py::test_b": "fail"}


def test_suite_language_and_commit_add_up_what_belongs_to_them(tmp_path: Path) -> None:
    configure(
        tmp_path,
        '[budgets.suite]\nenergy = "50 J"\n[budgets.language.c]\nenergy = "1 J"\n[budgets.language.python]\nenergy = "100 J"\n'
        '[budgets.commit]\nenergy = "70 J"\n',
    )
    record(tmp_path, call("t.py::test_a", counted(30.0)), session(counted(40.0)))
    programs = (command("sort.py", "python", counted(30.0)), command("sort.c", "c", counted(2.0)))
    record(tmp_path, *programs, run_id="run2", kind="measure", started_utc="2026-10-01T09:00:00.000+00:00")
    done = gate(tmp_path, "--json")
    found = {(v["scope"], v["subject"]): (v["outcome"], v["value"]) for v in json.loads(done.stdout)["verdicts"]}
    assert found == {
        ("suite", "shop"): ("pass", pytest.approx(40.0)),
        ("language", "c"): ("fail", pytest.approx(2.0)),
        ("language", "python"): ("pass", pytest.approx(70.0)),
        ("commit", "a" * 12): ("inconclusive", pytest.approx(72.0)),
    }
    assert done.returncode == 1


def test_runs_of_another_class_of_machine_are_not_added(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.commit]\nenergy = "50 J"\n')
    record(tmp_path, session(counted(40.0)))
    other = MACHINE._replace(machine_class="amd-25-17-16cpu")
    record(tmp_path, command("x", "c", counted(900.0)), run_id="run2", kind="measure", machine=other)
    assert gate(tmp_path).returncode == 0


def test_a_budget_for_another_class_of_machine_cannot_be_compared(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.suite]\nenergy = "50 J"\nmachine = "amd-25-17-16cpu"\n')
    record(tmp_path, session(counted(400.0)))
    done = gate(tmp_path, "--json")
    assert (done.returncode, verdicts(done)) == (0, {"shop": "incomparable"})
    assert gate(tmp_path, "--strict").returncode == 3


@pytest.mark.parametrize(
    ("rows", "status"),
    [
        ([call("t.py::test_a", None), session(None)], "complete"),
        ([call("other.py::test_a", counted(1.0))], "complete"),
        ([call("t.py::test_a", counted(1.0)), session(counted(9.0))], "invalid: the counter stalled"),
        ([], "complete"),
    ],
    ids=["no energy", "no such test", "a counter that stalled", "empty run"],
)
def test_missing_data_never_passes(tmp_path: Path, rows: list[Measurement], status: str) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n[budgets.suite]\nenergy = "2000 J"\n')
    record(tmp_path, *rows, status=status)
    done = gate(tmp_path, "--json")
    assert done.returncode == 4
    assert set(verdicts(done).values()) == {"unmeasured"}


def test_a_sum_with_a_missing_part_is_unmeasured(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.language.python]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(4.0)))
    record(tmp_path, command("a.py", "python", None), run_id="run2", kind="measure")
    done = gate(tmp_path, "--json")
    assert (done.returncode, verdicts(done)) == (4, {"python": "unmeasured"})


@pytest.mark.parametrize("prepare", ["no ledger", "empty ledger"])
def test_without_a_run_it_says_what_to_do(tmp_path: Path, prepare: str) -> None:
    configure(tmp_path, '[budgets.suite]\nenergy = "50 J"\n')
    if prepare == "empty ledger":
        Ledger.open(str(tmp_path / ".greenlint" / "ledger.sqlite")).close()
    done = gate(tmp_path)
    assert done.returncode == 4
    assert done.stderr.startswith("greenlint: error: nothing measured: ")
    assert "pytest --energy" in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_budgets_it_says_how_to_write_one(tmp_path: Path) -> None:
    configure(tmp_path, "")
    done = gate(tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "no budgets are configured" in done.stderr


@pytest.mark.parametrize(
    ("budget", "say"),
    [
        ('energy = "2"', "greenlint.toml:2: budget for 'suite': '2' has no unit"),
        ("energy = 2", "greenlint.toml:2: budget for 'suite': 2 has no unit"),
        ('energy = "2 s"', "'2 s' is in s, but J is needed here"),
        ('energy = "-2 J"', "is negative"),
        ('energy = "1e999 J"', "is not a finite number"),
        ('energie = "2 J"', "greenlint.toml:2: unknown budget 'energie'"),
    ],
)
def test_a_wrong_budget_is_one_line_with_its_place(tmp_path: Path, budget: str, say: str) -> None:
    configure(tmp_path, f"[budgets.suite]\n{budget}\n")
    done = gate(tmp_path)
    assert done.returncode == 2
    assert say in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_run_that_was_killed_is_judged_with_a_note(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(1.0)), status="open")
    done = gate(tmp_path)
    assert done.returncode == 0
    assert "never finished" in done.stderr
    assert gate(tmp_path, "--strict").returncode == 3


def test_the_newest_finished_run_is_judged_unless_another_is_named(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(9.0)), run_id="old", started_utc="2026-09-01T08:00:00.000+00:00")
    record(tmp_path, call("t.py::test_a", counted(1.0)), run_id="new", started_utc="2026-09-02T08:00:00.000+00:00")
    assert gate(tmp_path).returncode == 0
    assert gate(tmp_path, "--run", "old").returncode == 1
    assert gate(tmp_path, "--run", "none").returncode == 4


def test_text_and_markdown_name_value_mark_limit_and_place(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(9.0)))
    text, markdown = gate(tmp_path).stdout, gate(tmp_path, "--format", "md").stdout
    for part in ("FAIL", "t.py::test_a", "9.00 J", "measured", "2 J", "greenlint.toml:2"):
        assert part in text
    assert "| test | `t.py::test_a` |" in markdown


def test_the_verdicts_go_into_the_ledger_and_lose_nothing(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(9.0)))
    gate(tmp_path)
    gate(tmp_path)
    with Ledger.open(str(tmp_path / ".greenlint" / "ledger.sqlite")) as ledger:
        assert [row.name for row in ledger.measurements("run1")] == ["t.py::test_a"]
