"""What is read back from the ledger: points, changes, breaks, and what is left out."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from history_lab import OTHER, WORK, joules, ledger_path, line, record_series, run_of

from greenlint.history.commits import line_of
from greenlint.history.control_check import suspects
from greenlint.history.marks import add_mark
from greenlint.history.view import History, Wanted, load_history
from greenlint.ledger.store import Ledger
from greenlint.model.annotation import Annotation
from greenlint.model.measurement import Measurement

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.history.series import Series

EVERYTHING = Wanted()


def load(folder: Path, wanted: Wanted = EVERYTHING) -> History:
    with Ledger.open(ledger_path(folder)) as ledger:
        return load_history(ledger, line_of(str(folder), "HEAD"), "p", wanted)


def only(folder: Path, wanted: Wanted = EVERYTHING) -> Series:
    (series,) = load(folder, wanted).series
    return series


def mark(folder: Path, sha: str, kind: str, text: str = "why", **about: str) -> None:
    with Ledger.open(ledger_path(folder)) as ledger:
        assert add_mark(ledger, Annotation(sha, kind, text, **about))


def test_a_step_of_5_percent_is_found_at_its_commit(tmp_path: Path) -> None:
    shas = line(tmp_path, 60)
    record_series(tmp_path, shas, [2.0] * 40 + [2.1] * 20)
    (shift,) = only(tmp_path).shifts
    assert (shas.index(shift.good) < 40 <= shas.index(shift.bad), 1.03 < shift.ratio < 1.07) == (True, True)


def test_commits_that_were_not_measured_widen_the_range(tmp_path: Path) -> None:
    shas = line(tmp_path, 60)
    chosen = shas[::5]
    record_series(tmp_path, chosen, [2.0] * 6 + [3.0] * 6)
    (shift,) = only(tmp_path).shifts
    assert (shift.good, shift.bad, shift.commits) == (shas[25], shas[30], 5)


def test_a_session_whose_control_workload_is_off_is_left_out_with_the_reason(tmp_path: Path) -> None:
    shas = line(tmp_path, 30)
    controls = [0.05] * 30
    controls[12] = 0.07
    record_series(tmp_path, shas, [2.0] * 30, controls=controls)
    series = only(tmp_path)
    left_out = [point for point in series.points if point.dropped]
    assert [point.sha for point in left_out] == [shas[12]]
    assert "control workload +4" in left_out[0].dropped
    assert not series.shifts


def test_a_machine_that_became_slower_for_good_is_no_outlier_and_no_change(tmp_path: Path) -> None:
    shas = line(tmp_path, 60)
    slower = [0.05] * 40 + [0.055] * 20
    record_series(tmp_path, shas, [2.0] * 40 + [2.2] * 20, controls=slower)
    series = only(tmp_path)
    assert not series.shifts  # the benchmark and the control workload slowed down alike
    assert sum(bool(point.dropped) for point in series.points) <= 2


def test_control_workloads_are_believed_where_there_are_few() -> None:
    assert suspects([1.0, 1.0, 9.0, 1.0]) == {}
    assert list(suspects([1.0, 1.001, 1.0, 1.3, 1.0, 0.999, 1.0])) == [3]


def test_classes_of_machine_are_never_mixed_and_the_break_is_said(tmp_path: Path) -> None:
    shas = line(tmp_path, 40)
    record_series(tmp_path, shas[:20], [2.0] * 20)
    record_series(tmp_path, shas[20:], [0.5] * 20, machine=OTHER)
    one, two = load(tmp_path).series
    assert {one.basis.machine_class, two.basis.machine_class} == {"intel-6-207-2vcpu-kvm", OTHER.machine_class}
    assert not one.shifts + two.shifts
    assert any("break" in remark and OTHER.machine_class in remark for remark in one.remarks)


def test_a_break_mark_ends_the_search_and_an_accepted_change_says_so(tmp_path: Path) -> None:
    shas = line(tmp_path, 90)
    record_series(tmp_path, shas, [2.0] * 30 + [2.4] * 30 + [2.0] * 30)
    assert len(only(tmp_path).shifts) == 2
    mark(tmp_path, shas[30], "break", "other compiler")
    mark(tmp_path, shas[60], "accepted", "new format", benchmark=WORK)
    (shift,) = only(tmp_path).shifts
    assert (shift.accepted, shift.ratio < 1) == ("new format", True)


def test_marks_of_another_benchmark_or_machine_do_not_count(tmp_path: Path) -> None:
    shas = line(tmp_path, 40)
    record_series(tmp_path, shas, [2.0] * 20 + [2.4] * 20)
    mark(tmp_path, shas[20], "break", benchmark="other")
    mark(tmp_path, shas[20], "break", machine_class="other")
    assert len(only(tmp_path).shifts) == 1


def test_energy_counts_where_every_process_was_counted_else_cpu_time(tmp_path: Path) -> None:
    shas = line(tmp_path, 10)
    record_series(tmp_path, shas[:9], [2.0] * 9, energy=True)
    assert (only(tmp_path).metric, only(tmp_path).mark) == ("energy", "measured")
    record_series(tmp_path, shas[9:], [2.0], name=WORK)  # without a counter
    assert (only(tmp_path).metric, only(tmp_path).mark) == ("cpu", "CPU time")


def test_a_renamed_benchmark_is_guessed_and_joined_on_request(tmp_path: Path) -> None:
    shas = line(tmp_path, 40)
    record_series(tmp_path, shas[:20], [2.0] * 20, name="old.py::test_work")
    record_series(tmp_path, shas[20:], [2.4] * 20, name="new.py::test_work")
    remarks = [remark for series in load(tmp_path).series for remark in series.remarks]
    assert any("--rename 'old.py::test_work=new.py::test_work'" in remark for remark in remarks)
    joined = only(tmp_path, Wanted(renamed={"old.py::test_work": "new.py::test_work"}))
    assert (len(joined.points), len(joined.shifts)) == (40, 1)


def test_unfinished_runs_and_commits_of_other_branches_are_not_in_the_series(tmp_path: Path) -> None:
    shas = line(tmp_path, 10)
    record_series(tmp_path, [*shas[:9], "f" * 40], [2.0] * 10)
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        ledger.begin(run_of("history", shas[9], 9))
    history = load(tmp_path)
    assert (len(history.series[0].points), history.elsewhere) == (9, 1)


def test_a_benchmark_that_fails_is_named_with_its_words_and_gives_no_points(tmp_path: Path) -> None:
    shas = line(tmp_path, 3)
    record_series(tmp_path, shas, [2.0] * 3)
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        for run in ledger.runs()[:2]:
            ledger.append(run.run_id, [Measurement("bad", "bench", None, 0, 0, outcome="failed", excluded="exit code 1")])
    history = load(tmp_path)
    assert history.broken == {"bad": (2, "exit code 1")}
    assert [series.basis.name for series in history.series] == [WORK]


def record_accounts(folder: Path, shas: list[str], values: list[float], *, commands: bool = False) -> None:
    draw = random.Random(3)
    with Ledger.open(ledger_path(folder)) as ledger:
        for number, (sha, value) in enumerate(zip(shas, values)):
            for kind, name, phase, language in (
                ("account", "[session]", "session", "python"),
                *((("measure", "sort", "command", "rust"),) if commands else ()),
            ):
                run = run_of(kind, sha, number)
                ledger.begin(run)
                cpu_ns = int(1e9 * value * draw.gauss(1, 0.005))
                ledger.append(run.run_id, [Measurement(name, phase, joules(value), cpu_ns, cpu_ns, language=language)])
                ledger.finish(run.run_id)


def test_accounting_runs_alone_give_a_history_of_the_suite_and_of_languages(tmp_path: Path) -> None:
    shas = line(tmp_path, 30)
    record_accounts(tmp_path, shas, [100.0] * 15 + [120.0] * 15, commands=True)
    series = {(one.basis.what, one.basis.name): one for one in load(tmp_path).series}
    assert set(series) == {("suite", "pytest"), ("language", "rust")}
    assert [len(one.shifts) for one in series.values()] == [1, 1]
    assert all(one.metric == "energy" for one in series.values())


@pytest.mark.parametrize("changes", [{"dirty": True}])
def test_runs_of_changed_files_are_not_those_of_their_commit(tmp_path: Path, changes: dict[str, bool]) -> None:
    (sha,) = line(tmp_path, 1)
    run = run_of("account", sha, 0)
    assert run.commit is not None
    with Ledger.open(ledger_path(tmp_path)) as ledger:
        ledger.begin(run._replace(commit=run.commit._replace(**changes)))
        ledger.append(run.run_id, [Measurement("[session]", "session", joules(1), 1, 1)])
        ledger.finish(run.run_id)
    assert not load(tmp_path).series
