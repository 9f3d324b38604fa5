"""Which measurements the gate counts, and which it must leave out: nothing twice, nothing foreign, nothing unseen."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from gate_lab import COMMIT, MACHINE, call, command, configure, counted, found, gate, modelled, outcomes, record, session

from greenlint.model.measurement import Measurement

OTHER = MACHINE._replace(machine_class="amd-25-17-16cpu")


def values(folder: Path) -> dict[str, float | None]:
    done = gate(folder, "--json")
    return {f"{v['scope']} {v['subject']}": v["value"] for v in found(done)}


@pytest.mark.parametrize("quantity", ['energy = "50 J"', 'cpu = "50 s"'])
@pytest.mark.parametrize("budget", ['"t.py::test_a"', "suite", "language.python", "commit"])
def test_no_scope_and_no_quantity_is_judged_on_another_class_of_machine(tmp_path: Path, budget: str, quantity: str) -> None:
    configure(tmp_path, f'[budgets.{budget}]\n{quantity}\nmachine = "amd-25-17-16cpu"\n')
    record(tmp_path, call("t.py::test_a", counted(1.0)), session(counted(1.0), cpu_s=1.0))
    done = gate(tmp_path, "--json")
    verdict = found(done)[0]
    assert (done.returncode, verdict["outcome"], verdict["value"]) == (0, "incomparable", None)
    assert verdict["reason"] == "the limit is for machine class amd-25-17-16cpu, this is intel-6-207-2vcpu-kvm"
    assert gate(tmp_path, "--strict").returncode == 3


def test_a_budget_for_this_class_of_machine_is_judged(tmp_path: Path) -> None:
    configure(tmp_path, f'[budgets.suite]\nenergy = "50 J"\ncpu = "1 s"\nmachine = "{MACHINE.machine_class}"\n')
    record(tmp_path, session(counted(1.0), cpu_s=14.0))
    assert [v["outcome"] for v in found(gate(tmp_path, "--json"))] == ["pass", "fail"]


def test_cpu_time_is_added_up_for_suite_language_and_commit(tmp_path: Path) -> None:
    configure(
        tmp_path,
        '[budgets.suite]\ncpu = "100 s"\n'
        '[budgets.language.c]\ncpu = "100 s"\n[budgets.language.python]\ncpu = "100 s"\n[budgets.commit]\ncpu = "100 s"\n',
    )
    record(tmp_path, call("t.py::test_a", None, cpu_s=5.0), session(None, cpu_s=14.0))
    rows = (command("x.c", "c", None, cpu_s=2.0), command("x.py", "python", None, cpu_s=3.0))
    record(tmp_path, *rows, run_id="run2", kind="compare")
    assert values(tmp_path) == {
        "suite shop": pytest.approx(14.0),
        "language c": pytest.approx(2.0),
        "language python": pytest.approx(17.0),
        f"commit {'a' * 12}": pytest.approx(19.0),
    }


def test_only_the_session_counts_where_there_is_one(tmp_path: Path) -> None:
    """Its tests and commands ran inside it: adding them would count their energy twice."""
    configure(tmp_path, '[budgets.commit]\nenergy = "100 J"\n')
    record(tmp_path, call("t.py::test_a", counted(30.0)), command("x", "python", counted(20.0)), session(counted(40.0)))
    assert values(tmp_path) == {f"commit {'a' * 12}": pytest.approx(40.0)}


def test_what_must_not_be_counted_is_left_out_of_the_commit(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.commit]\nenergy = "100 J"\n[budgets.language.c]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(40.0)))
    rows = (command("good", "c", counted(2.0)), command("bad", "c", counted(500.0), excluded="wrong-output: differs"))
    record(tmp_path, *rows, run_id="run2", kind="compare")
    record(tmp_path, command("x", "c", counted(500.0)), run_id="run3", kind="measure", status="invalid: the counter stalled")
    record(tmp_path, command("x", "c", counted(500.0)), run_id="run4", kind="measure", machine=OTHER)
    other_commit = COMMIT._replace(sha="c" * 40)
    record(tmp_path, command("x", "c", counted(500.0)), run_id="run5", kind="measure", commit=other_commit)
    assert values(tmp_path) == {f"commit {'a' * 12}": pytest.approx(42.0), "language c": pytest.approx(2.0)}


def test_a_run_outside_any_repository_is_judged_alone(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.commit]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(40.0)), commit=None)
    record(tmp_path, session(counted(40.0)), commit=None, run_id="run2", started_utc="2026-09-01T08:00:00.000+00:00")
    assert values(tmp_path) == {"commit no commit": pytest.approx(40.0)}


def test_uncommitted_changes_are_named(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.commit]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(40.0)), commit=COMMIT._replace(dirty=True))
    assert outcomes(gate(tmp_path, "--json")) == {f"{'a' * 12}+dirty": "pass"}


def test_a_project_without_a_name_is_called_suite(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.session]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(40.0)), project="")
    assert outcomes(gate(tmp_path, "--json")) == {"suite": "pass"}


def test_tests_are_chosen_by_glob_and_nothing_else(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."tests/test_io.py::*"]\nenergy = "2 J"\n')
    names = (
        "tests/test_io.py::test_a",
        "tests/test_io.py::TestB::test_c",
        "tests/test_iox.py::test_a",
        "Tests/test_io.py::test_A",
    )
    record(tmp_path, *(call(name, counted(1.0)) for name in names))
    assert outcomes(gate(tmp_path, "--json")) == dict.fromkeys(names[:2], "pass")


def test_a_test_that_failed_is_judged_and_one_that_never_ran_is_not(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."*"]\nenergy = "2 J"\n')
    rows = [call(f"t.py::test_{o}", counted(9.0), outcome=o) for o in ("passed", "failed", "skipped", "xfailed")]
    record(tmp_path, *rows)
    assert outcomes(gate(tmp_path, "--json")) == {"t.py::test_passed": "fail", "t.py::test_failed": "fail"}


def test_only_skipped_tests_are_missing_data(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\ncpu = "1 s"\n')
    record(tmp_path, call("t.py::test_s", counted(0.1), outcome="skipped"))
    done = gate(tmp_path, "--json")
    assert (done.returncode, [v["outcome"] for v in found(done)]) == (4, ["unmeasured", "unmeasured"])


@pytest.mark.parametrize("quantity", ['energy = "2 J"', 'cpu = "2 s"'])
def test_an_excluded_window_neither_passes_nor_vanishes(tmp_path: Path, quantity: str) -> None:
    configure(tmp_path, f'[budgets."t.py::*"]\n{quantity}\n')
    record(tmp_path, call("t.py::test_a", counted(1.0)), call("t.py::test_b", counted(1.0), excluded="foreign load"))
    done = gate(tmp_path, "--json")
    assert (done.returncode, outcomes(done)) == (4, {"t.py::test_a": "pass", "t.py::test_b": "unmeasured"})


def test_windows_around_the_test_are_not_its_energy(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::test_a"]\nenergy = "2 J"\n')
    around = [Measurement("t.py::test_a", phase, counted(50.0), 1, 1, outcome="passed") for phase in ("setup", "teardown")]
    record(tmp_path, around[0], call("t.py::test_a", counted(1.0)), around[1])
    assert values(tmp_path) == {"test t.py::test_a": pytest.approx(1.0)}


def test_one_missing_part_leaves_the_sum_unmeasured_and_fails_nothing_else(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.commit]\nenergy = "2 J"\n[budgets.suite]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(40.0)))
    record(tmp_path, command("x", "c", None), run_id="run2", kind="measure")
    done = gate(tmp_path, "--json")
    assert (done.returncode, outcomes(done)) == (4, {"a" * 12: "unmeasured", "shop": "pass"})


def test_a_sum_with_an_estimate_in_it_is_marked_as_an_estimate(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.commit]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(40.0)))
    record(tmp_path, command("x", "c", modelled(2.0)), run_id="run2", kind="measure")
    assert [v["mark"] for v in found(gate(tmp_path, "--json"))] == ["estimated"]


def test_an_older_finished_run_is_preferred_to_one_that_was_broken_off(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(9.0)), run_id="whole", started_utc="2026-09-01T08:00:00.000+00:00")
    for run_id, status in (("killed", "open"), ("stopped", "interrupted"), ("stalled", "invalid: the counter stalled")):
        record(tmp_path, call("t.py::test_a", counted(1.0)), run_id=run_id, status=status)
    done = gate(tmp_path, "--json")
    assert (done.returncode, json.loads(done.stdout)["run"]) == (1, "whole")


def test_the_newest_run_is_a_test_run_not_a_measured_command(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.suite]\nenergy = "100 J"\n')
    record(tmp_path, command("x", "c", counted(1.0)), run_id="run2", kind="measure")
    done = gate(tmp_path)
    assert (done.returncode, done.stdout) == (4, "")
    assert "it holds no test run" in done.stderr


def test_an_ambiguous_beginning_of_a_run_id_judges_nothing(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.suite]\nenergy = "100 J"\n')
    record(tmp_path, session(counted(1.0)), run_id="aa1")
    record(tmp_path, session(counted(1.0)), run_id="aa2")
    assert gate(tmp_path, "--run", "aa2").returncode == 0
    done = gate(tmp_path, "--run", "aa")
    assert done.returncode == 4
    assert "no single run begins with 'aa'" in done.stderr


@pytest.mark.parametrize(
    ("status", "note"),
    [
        ("open", "run run1 never finished (killed?): its totals are missing"),
        ("interrupted", "run run1 was interrupted: its totals may be incomplete"),
        ("complete", ""),
    ],
)
def test_an_unfinished_run_is_noted_and_is_doubt_under_strict(tmp_path: Path, status: str, note: str) -> None:
    configure(tmp_path, '[budgets."t.py::*"]\nenergy = "2 J"\n')
    record(tmp_path, call("t.py::test_a", counted(1.0)), status=status)
    done, strict = gate(tmp_path, "--json"), gate(tmp_path, "--strict")
    assert (done.returncode, strict.returncode) == (0, 3 if note else 0)
    assert json.loads(done.stdout)["notices"] == ([note] if note else [])
    assert (note in done.stderr) and (bool(done.stderr) is bool(note))


def test_a_counter_that_stalled_is_the_reason_given(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.suite]\nenergy = "2000 J"\n')
    record(tmp_path, session(counted(9.0)), status="invalid: the counter stalled")
    verdict = found(gate(tmp_path, "--json"))[0]
    assert (verdict["reason"], verdict["subject"], verdict["mark"]) == ("invalid: the counter stalled", "*", "unmeasured")


def test_a_budget_that_matches_nothing_says_so(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.language.go]\nenergy = "2 J"\n')
    record(tmp_path, session(counted(9.0)))
    verdict = found(gate(tmp_path, "--json"))[0]
    assert (verdict["reason"], verdict["subject"]) == ("nothing in the run matches this budget", "go")
    assert verdict["advice"] == "run `pytest --energy`"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    return subprocess.run(["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout.strip()


def test_a_run_of_another_commit_is_noted(tmp_path: Path) -> None:
    configure(tmp_path, '[budgets.suite]\nenergy = "2000 J"\n')
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "greenlint.toml")
    git(tmp_path, "commit", "-q", "-m", "one")
    head = git(tmp_path, "rev-parse", "HEAD")
    record(tmp_path, session(counted(9.0)), commit=COMMIT._replace(sha=head))
    assert (gate(tmp_path, "--strict").returncode, gate(tmp_path).stderr) == (0, "")
    git(tmp_path, "commit", "-q", "--allow-empty", "-m", "two")
    now = git(tmp_path, "rev-parse", "HEAD")
    done = gate(tmp_path)
    assert (done.returncode, gate(tmp_path, "--strict").returncode) == (0, 3)
    assert f"the newest run is of commit {head[:12]}, HEAD is {now[:12]}: run `pytest --energy` again" in done.stderr
