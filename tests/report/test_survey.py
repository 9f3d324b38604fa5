"""What the reports gather from a ledger: means, sums, and who is kept apart or left out."""

from __future__ import annotations

import math
import statistics
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import SERVER, call, counted, energy, run, session, shop, write

from greenlint.ledger.store import Ledger
from greenlint.model.energy import Z95
from greenlint.model.measurement import Measurement
from greenlint.reporters.survey.gather import gather
from greenlint.reporters.survey.mean import mean

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.reporters.survey.rows import Survey

NAME = "tests/test_a.py::test_one"


def survey_of(tmp_path: Path, *records: object, since: str | None = None) -> Survey:
    with Ledger.open(write(tmp_path / "ledger.sqlite", *records)) as ledger:  # type: ignore[arg-type]
        return gather(ledger, since)


def test_a_test_is_the_mean_of_its_executions_with_the_spread_in_the_interval(tmp_path: Path) -> None:
    values = [1.0, 2.0, 3.0]
    found = survey_of(
        tmp_path, *((run(day), [call(NAME, energy(j, u_sys=0.0))], "complete") for day, j in enumerate(values, 1))
    )
    (row,) = found.by_test
    assert (row.key, row.runs, row.windows) == (NAME, 3, 3)
    assert row.energy is not None
    assert row.energy.energy_j == pytest.approx(2.0)
    low, high = row.energy.interval
    expected = 4.303 * statistics.stdev(values) / math.sqrt(3)  # Student's t with 2 degrees of freedom
    assert row.energy.u * Z95 == pytest.approx(expected, rel=0.01)
    assert low < 2.0 < high


@given(st.lists(st.floats(0.5, 2.0), min_size=1, max_size=30))
def test_repeats_never_shrink_the_systematic_part(values: list[float]) -> None:
    average = mean([energy(value) for value in values])
    assert average is not None
    assert average.u_sys == pytest.approx(0.2 * average.energy_j)


def test_a_mean_of_nothing_is_nothing() -> None:
    assert mean([]) is None


def test_machines_tiers_and_boundaries_never_share_a_row(tmp_path: Path) -> None:
    found = survey_of(
        tmp_path,
        (run(1), [call(NAME, energy(1.0))], "complete"),
        (run(2), [call(NAME, energy(1.0, boundary="another"))], "complete"),
        (run(3, machine=SERVER), [call(NAME, energy(1.0))], "complete"),
        (run(4), [call(NAME, counted(1.0))], "complete"),
    )
    assert len({row.basis for row in found.by_test}) == len(found.by_test) == 4


def test_what_was_not_measured_is_counted_and_never_zero(tmp_path: Path) -> None:
    found = survey_of(tmp_path, (run(1), [call(NAME, None), session(None)], "complete"))
    (row,) = found.by_test
    assert row.energy is None
    assert row.unmeasured == 1
    assert row.share is None
    assert found.runs[0].energy is None
    assert not found.measured


def test_one_unmeasured_part_makes_the_total_of_a_run_unmeasured(tmp_path: Path) -> None:
    found = survey_of(tmp_path, (run(1), [call("a", energy(1.0)), call("b", None)], "complete"))
    assert found.runs[0].energy is None


def test_the_session_is_the_total_and_is_not_added_to_its_parts(tmp_path: Path) -> None:
    found = survey_of(tmp_path, (run(1), [call(NAME, energy(1.0)), session(energy(9.0))], "complete"))
    total = found.runs[0].energy
    assert total is not None
    assert total.energy_j == pytest.approx(9.0)
    assert sum(row.energy.energy_j for row in found.by_language if row.energy) == pytest.approx(1.0)


def test_a_killed_run_keeps_its_tests_but_is_no_point_of_its_commit(tmp_path: Path) -> None:
    found = survey_of(tmp_path, (run(1), [call(NAME, energy(1.0))], "open"), (run(2), [call(NAME, energy(1.0))], "complete"))
    assert found.interrupted == 1
    assert found.by_test[0].windows == 2
    assert [row.runs for row in found.by_commit] == [1]


def test_numbers_of_a_run_with_a_stalled_counter_count_as_not_measured(tmp_path: Path) -> None:
    found = survey_of(tmp_path, (run(1), [call(NAME, counted(1.0)), session(counted(2.0))], "invalid: stalled"))
    assert found.invalid == 1
    assert not found.measured


def test_excluded_and_skipped_windows_are_not_ranked(tmp_path: Path) -> None:
    wrong = Measurement("wrong.py", "command", energy(1.0), 1, 1, outcome="wrong-output", excluded="wrong output")
    skipped = call("tests/test_s.py::test_s", None, outcome="skipped")
    found = survey_of(tmp_path, (run(1), [wrong, skipped, call(NAME, energy(1.0))], "complete"))
    assert [row.key for row in found.by_test] == [NAME]
    assert found.excluded == 1


def test_shares_are_those_of_one_kind_on_one_basis(tmp_path: Path) -> None:
    with Ledger.open(shop(tmp_path / "ledger.sqlite")) as ledger:
        found = gather(ledger)
    for rows in (found.by_test, found.by_language):
        for group in {(row.kind, row.basis) for row in rows}:
            assert sum(row.share or 0 for row in rows if (row.kind, row.basis) == group) == pytest.approx(1.0)


def test_commits_come_newest_first_and_a_dirty_tree_is_a_commit_of_its_own(tmp_path: Path) -> None:
    clean = run(3)
    assert clean.commit is not None
    dirty = run(4, commit=clean.commit._replace(dirty=True))
    rows = [call(NAME, energy(1.0))]
    found = survey_of(tmp_path, (run(1), rows, "complete"), (clean, rows, "complete"), (dirty, rows, "complete"))
    assert [row.key for row in found.by_commit] == ["0003000300", "0003000300+dirty", "0001000100"]


def test_since_takes_later_runs_only(tmp_path: Path) -> None:
    rows = [call(NAME, energy(1.0))]
    found = survey_of(tmp_path, *((run(day), rows, "complete") for day in (1, 5, 9)), since="2026-10-05")
    assert [total.run.run_id for total in found.runs] == ["run0005", "run0009"]
