"""Merging and importing add what is missing and nothing else, however often and in whatever order they are done."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ledger_lab import SHA, joules, make_run, row, store
from shell import greenlint

from greenlint.errors import LedgerError
from greenlint.history.marks import add_mark
from greenlint.ledger.batch import Batch, of_samples
from greenlint.ledger.exchange import import_lines, merge_from
from greenlint.ledger.exports import jsonl
from greenlint.ledger.exports.selection import Selection
from greenlint.ledger.ids import content_id
from greenlint.ledger.store import Ledger
from greenlint.model.annotation import Annotation
from greenlint.model.budget import Budget, Outcome, Verdict
from greenlint.model.run import Commit

VERDICT = Verdict(Budget("suite", "s", "energy", 1.0, "1 J", "x:1"), "s", Outcome.FAIL, 2.0, 1.8, 2.2, "measured", "why", "")


def all_of(ledger: Ledger) -> dict[str, set[tuple[object, ...]]]:
    """Every row of a ledger by table."""
    found: dict[str, set[tuple[object, ...]]] = {}
    for batch in ledger.batches():
        found.setdefault(batch.table, set()).update(batch.rows)
    return found


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """A ledger with two runs, one of them of a commit, with verdicts and a mark."""
    path = tmp_path / "full.sqlite"
    run = store(path, [row("a", joules(1)), row("b")], make_run(commit=Commit(SHA, "", 1, True, "main", "s")))
    store(path, [row("c")], make_run("bench"), "interrupted")
    with Ledger.open(path) as ledger:
        ledger.add_verdicts(run.run_id, [VERDICT, VERDICT._replace(outcome=Outcome.PASS, value=None)])
        mark = (SHA, "note", "new runner", "", "", "me", "2026-01-01")
        names = ("commit_sha", "kind", "text", "benchmark", "machine_class", "author", "at_utc")
        ledger.add_missing([Batch("annotation", names, [mark])])
    return path


def test_all_tables_come_along_and_twice_is_once(full: Path, tmp_path: Path) -> None:
    with Ledger.open(full) as a, Ledger.open(tmp_path / "b.sqlite") as b:
        assert merge_from(b, a) == (2, 0, 0, 0)
        assert all_of(b) == all_of(a)
        assert merge_from(b, a) == (0, 2, 0, 0)
        assert all_of(b) == all_of(a)
        assert set(all_of(a)) == {"machine", "commit_", "run", "sample", "run_status", "verdict", "annotation"}
        assert b.check() == []


def test_marks_come_along_in_an_export_once(full: Path, tmp_path: Path) -> None:
    other = "b" * 40
    with Ledger.open(full) as a:
        add_mark(a, Annotation(other, "break", "é of nobody's run"))
    for arguments in (
        ("export", "all.jsonl"),
        ("export", "--kind", "account", "some.jsonl"),
        ("export", "--kind", "bench", "none.jsonl"),
    ):
        assert greenlint("ledger", "--ledger", full.name, *arguments, cwd=tmp_path).returncode == 0
    for name, said, marks in (
        ("all", "2 runs added, 0 known already; 2 marks added", {SHA, other}),
        ("some", "1 run added, 0 known already; 1 mark added", {SHA}),
        ("none", "1 run added, 0 known already", set()),
    ):
        command = ("ledger", "--ledger", f"{name}.sqlite", "import", f"{name}.jsonl")
        assert greenlint(*command, cwd=tmp_path).stdout == f"{name}.jsonl: {said}\n"
        assert "mark" not in greenlint(*command, cwd=tmp_path).stdout
        with Ledger.open(full) as a, Ledger.open(tmp_path / f"{name}.sqlite") as b:
            assert b.annotations() == [mark for mark in a.annotations() if mark.commit_sha in marks]


@pytest.mark.parametrize(
    ("mark", "why"),
    [
        ({"commit_sha": SHA, "kind": "other", "text": ""}, "'other' is no kind of mark"),
        ({"commit_sha": SHA, "kind": "note", "text": 3}, "a mark holds something that is no text"),
        ({"kind": "note", "text": ""}, "commit_sha"),
        ([], "mapping"),
    ],
)
def test_what_is_no_mark_is_named_by_its_line(tmp_path: Path, mark: object, why: str) -> None:
    (tmp_path / "x.jsonl").write_text(json.dumps({"version": 1, "mark": mark}) + "\n")
    done = greenlint("ledger", "--ledger", "l.sqlite", "import", "x.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert done.stderr.startswith("greenlint: error: x.jsonl:1: is not an exported run or mark (") and why in done.stderr


def test_a_run_that_was_merged_while_it_went_on_is_completed(tmp_path: Path) -> None:
    run = make_run()
    with Ledger.open(tmp_path / "a.sqlite") as a, Ledger.open(tmp_path / "b.sqlite") as b:
        a.begin(run)
        a.append(run.run_id, [row("a")])
        assert merge_from(b, a) == (1, 0, 0, 0)
        a.append(run.run_id, [row("b")])
        a.finish(run.run_id)
        assert merge_from(b, a) == (0, 1, 1, 0)
        assert [m.name for m in b.measurements(run.run_id)] == ["a", "b"]
        assert b.runs()[0].status == "complete"
    done = greenlint("ledger", "--ledger", "b.sqlite", "merge", "a.sqlite", cwd=tmp_path)
    assert done.stdout == "a.sqlite: 0 runs added, 1 known already\n"


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(data=st.data())
def test_the_order_of_merging_does_not_matter(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    folder = tmp_path_factory.mktemp("orders")
    for number in range(3):
        store(folder / f"{number}.sqlite", [row(f"t{number}")])
    results = []
    for name in ("x", "y"):
        with Ledger.open(folder / f"{name}.sqlite") as target:
            for number in data.draw(st.lists(st.integers(0, 2), max_size=3)) + data.draw(st.permutations(range(3))):
                with Ledger.open(folder / f"{number}.sqlite") as other:
                    merge_from(target, other)
            results.append(all_of(target))
    assert results[0] == results[1]


def test_two_runs_of_one_id_that_differ_are_refused_and_nothing_is_half_merged(full: Path, tmp_path: Path) -> None:
    with Ledger.open(full) as a, Ledger.open(tmp_path / "b.sqlite") as b:
        merge_from(b, a)
        run = a.runs()[0]
        a._database.execute("UPDATE sample SET name = 'other' WHERE run_id = ?", (run.run_id,))
        store(full, [row("new")])
        before = all_of(b)
        with pytest.raises(LedgerError, match=f"full.sqlite: cannot be merged: run {run.run_id} holds another measurement"):
            merge_from(b, a)
        assert all_of(b) == before


def test_an_export_holds_all_and_is_imported_once(full: Path, tmp_path: Path) -> None:
    with Ledger.open(full) as a, Ledger.open(tmp_path / "b.sqlite") as b:
        (tmp_path / "e.jsonl").write_text("".join(jsonl.export(Selection(a))))
        assert import_lines(b, str(tmp_path / "e.jsonl")) == (2, 0, 0, 1)
        assert import_lines(b, str(tmp_path / "e.jsonl")) == (0, 2, 0, 0)
        assert all_of(b) == all_of(a)


@pytest.mark.parametrize("verdicts", [[{"outcome": []}], [{}], {"a": 1}, "x", [1]])
def test_verdicts_that_are_none_are_refused(full: Path, tmp_path: Path, verdicts: object) -> None:
    with Ledger.open(full) as a, Ledger.open(tmp_path / "b.sqlite") as b:
        line = json.loads(next(iter(jsonl.export(Selection(a)))))
        (tmp_path / "e.jsonl").write_text(json.dumps({**line, "verdicts": verdicts}))
        with pytest.raises(LedgerError, match="e.jsonl:1: is not an exported run"):
            import_lines(b, str(tmp_path / "e.jsonl"))
        assert b.runs() == []


def test_the_id_of_a_run_is_that_of_its_content(tmp_path: Path) -> None:
    run = make_run(commit=Commit(SHA, "", 1, True, "main", "s"))
    assert content_id(run) == run.run_id
    assert make_run().run_id != make_run().run_id
    assert content_id(run._replace(notes=("later",), status="complete", started_utc="2026-01-01")) == run.run_id
    for change in ({"kind": "gate"}, {"commit": None}, {"provider": "x"}, {"args": ("x",)}, {"project": "q"}):
        assert content_id(run._replace(**change)) != run.run_id  # type: ignore[arg-type]
    assert content_id(run._replace(facts={})) == ""
    store(tmp_path / "l.sqlite", [row()], run)
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        stored = ledger.run(run.run_id)
        assert stored is not None
        assert content_id(stored) == run.run_id


def test_rows_are_named_by_their_columns(tmp_path: Path) -> None:
    batch = of_samples("r", 5, [row(), row()])
    assert [dict(zip(batch.columns, values))["seq"] for values in batch.rows] == [5, 6]
