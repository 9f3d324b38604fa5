"""gc removes what it was told to and nothing else, and says what it did."""

from __future__ import annotations

import os
import re
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from ledger_lab import make_run, row, store, writer
from shell import greenlint

from greenlint.errors import LedgerError, UnitError
from greenlint.ledger.batch import Batch
from greenlint.ledger.collecting import Rule, collect, seconds_of
from greenlint.ledger.store import Ledger
from greenlint.model.run import Commit

DAY = 86400.0


def days_ago(days: float) -> str:
    return (datetime.now(timezone.utc) - timedelta(days=days)).isoformat(timespec="milliseconds")


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> dict[str, Commit]:
    """A repository with three commits; the first is tagged "v1", the second "v2" with an annotated tag."""
    folder = tmp_path / "r"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commits = {}
    for name in ("v1", "v2", "plain"):
        git(folder, "commit", "-qm", name, "--allow-empty")
        commits[name] = Commit(git(folder, "rev-parse", "HEAD"), "", 1, False, "main", name)
    git(folder, "tag", "v1", commits["v1"].sha)
    git(folder, "tag", "-am", "two", "v2", commits["v2"].sha)
    return commits


def ledger_of(folder: Path) -> Path:
    return folder / "r" / ".greenlint" / "ledger.sqlite"


def left(path: Path) -> set[str]:
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
        return {m.name for run in ledger.runs() for m in ledger.measurements(run.run_id)}


@pytest.mark.parametrize(
    ("text", "days"), [("90 days", 90), ("1 day", 1), ("2 weeks", 14), ("36h", 1.5), ("1.5 months", 45), ("1 year", 365)]
)
def test_ages_are_read_with_their_unit(text: str, days: float) -> None:
    assert seconds_of(text) == days * DAY


@pytest.mark.parametrize("text", ["90", "days", "-1 day", "1 fortnight", ""])
def test_an_age_without_a_unit_is_refused(text: str) -> None:
    with pytest.raises(UnitError, match="is not an age"):
        seconds_of(text)


def test_runs_older_than_an_age_go_with_all_their_rows(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    for days in (200, 100, 91, 89, 1):
        store(path, [row(f"d{days}")], make_run(started=days_ago(days)))
    with Ledger.open(path) as ledger:
        assert str(collect(ledger, Rule(90 * DAY, None), dry_run=True)) == (
            "3 runs (3 measurements) would be removed; nothing was changed"
        )
        assert len(ledger.runs()) == 5
        done = collect(ledger, Rule(90 * DAY, None))
        assert (done.runs, done.samples, done.kept) == (3, 3, 0)
        assert ledger.counts() == (2, 0)
        assert ledger.rows_of("run_status", "nobody") == []
    assert left(path) == {"d89", "d1"}


def test_the_newest_are_kept_for_each_kind_and_class_of_machine(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    for number in range(4):
        for kind, machine_class in (("account", "a"), ("account", "b"), ("bench", "a")):
            run = make_run(kind, started=days_ago(10 - number), machine_class=machine_class)
            store(path, [row(f"{kind}-{machine_class}-{number}")], run)
    with Ledger.open(path) as ledger:
        assert collect(ledger, Rule(None, 2)).runs == 6
        assert len(ledger._database.execute("SELECT * FROM machine").fetchall()) == 2
    assert left(path) == {f"{series}-{number}" for series in ("account-a", "account-b", "bench-a") for number in (2, 3)}


def test_both_conditions_must_hold(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    for days in (300, 200, 3, 2):
        store(path, [row(f"d{days}")], make_run(started=days_ago(days)))
    with Ledger.open(path) as ledger:
        assert collect(ledger, Rule(90 * DAY, 3)).runs == 1
    assert left(path) == {"d200", "d3", "d2"}


def test_a_run_that_may_still_go_on_and_one_without_a_readable_time_stay(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    store(path, [row("going on")], make_run(started=days_ago(0.1)), status="open")
    store(path, [row("killed long ago")], make_run(started=days_ago(5)), status="open")
    store(path, [row("when?")], make_run(started="yesterday"))
    store(path, [row("new")], make_run())
    with Ledger.open(path) as ledger:
        assert collect(ledger, Rule(0.0, 1)).runs == 1
    assert left(path) == {"going on", "when?", "new"}


def test_runs_of_tagged_and_annotated_commits_stay_unless_all_is_said(tmp_path: Path, repository: dict[str, Commit]) -> None:
    path = ledger_of(tmp_path)
    marked = Commit("b" * 40, "", 1, False, "main", "marked")
    for name, commit in {**repository, "marked": marked}.items():
        store(path, [row(name)], make_run(commit=commit, started=days_ago(100)))
    names = ("commit_sha", "kind", "text", "benchmark", "machine_class", "author", "at_utc")
    with Ledger.open(path) as ledger:
        ledger.add_missing([Batch("annotation", names, [(marked.sha, "note", "x", "", "", "me", "now")])])
        done = collect(ledger, Rule(90 * DAY, None))
        assert (done.runs, done.kept) == (1, 3)
        assert "3 more kept, for their commit is tagged or annotated" in str(done)
    assert left(path) == {"v1", "v2", "marked"}
    with Ledger.open(path) as ledger:
        assert collect(ledger, Rule(90 * DAY, None, True)).runs == 3
        assert [one.commit_sha for one in ledger.annotations()] == [marked.sha]
    assert left(path) == set()


def test_where_tags_cannot_be_told_nothing_is_removed(tmp_path: Path, repository: dict[str, Commit]) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{tmp_path / 'r'}", "shallow")
    for folder in (tmp_path, tmp_path / "shallow"):
        path = folder / "l.sqlite"
        store(path, [row("x")], make_run(commit=repository["v1"], started=days_ago(100)))
        done = greenlint("ledger", "--ledger", "l.sqlite", "gc", "--older-than", "1 day", cwd=folder)
        assert (done.returncode, done.stdout) == (2, "")
        assert "which commits are tagged cannot be told here" in done.stderr
        assert left(path) == {"x"}
        assert greenlint("ledger", "--ledger", "l.sqlite", "gc", "--older-than", "1 day", "--all", cwd=folder).returncode == 0
        assert left(path) == set()


def test_the_command_says_what_it_would_do_and_how_many_bytes_it_freed(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    for days in (100, 1):
        store(path, [row(f"d{days}", extra={"x": "y" * 900}) for _ in range(300)], make_run(started=days_ago(days)))
    before = path.stat().st_size
    command = ("ledger", "--ledger", "l.sqlite", "gc", "--older-than", "90 days")
    tried = greenlint(*command, "--dry-run", cwd=tmp_path)
    assert tried.stdout == "l.sqlite: 1 run (300 measurements) would be removed; nothing was changed\n"
    done = greenlint(*command, cwd=tmp_path)
    found = re.fullmatch(r"l\.sqlite: 1 run \(300 measurements\) removed, (\d+) bytes freed\n", done.stdout)
    assert found is not None
    assert path.stat().st_size == before - int(found[1])
    assert int(found[1]) > 200_000
    assert greenlint("ledger", "--ledger", "l.sqlite", "gc", cwd=tmp_path).returncode == 2
    wrong = greenlint("ledger", "--ledger", "l.sqlite", "gc", "--older-than", "90", cwd=tmp_path)
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)
    assert 'write a number and a unit, for example "90 days"' in wrong.stderr
    assert greenlint("ledger", "--ledger", "none.sqlite", "gc", "--keep-last", "1", cwd=tmp_path).returncode == 2


def test_writers_and_a_second_gc_go_on_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    for days in range(100, 160):
        store(path, [row(f"d{days}", extra={"x": "y" * 300}) for _ in range(20)], make_run(started=days_ago(days)))
    writers = [writer(path, 60) for _ in range(2)]
    for process in writers:
        assert process.stdout is not None
        process.stdout.readline()
    removed = []
    for keep in (40, 20, 5):
        with Ledger.open(path) as one, Ledger.open(path) as two:
            removed += [collect(one, Rule(90 * DAY, keep + 2)).runs, collect(two, Rule(90 * DAY, keep + 2)).runs]
    for process in writers:
        _, error = process.communicate()
        assert (process.returncode, error) == (0, "")
    assert removed == [20, 0, 20, 0, 15, 0]
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
        assert sorted(len(ledger.measurements(run.run_id)) for run in ledger.runs()) == [20] * 5 + [180] * 2


@pytest.mark.skipif(os.name != "posix", reason="permission bits")
def test_a_protected_ledger_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    store(path, [row()], make_run(started=days_ago(100)))
    with Ledger.open(path) as ledger:
        ledger._database.execute("PRAGMA query_only=ON")
        with pytest.raises(LedgerError, match="readonly"):
            collect(ledger, Rule(1.0, None))
    assert left(path) == {"t"}


def test_a_run_stays_as_long_as_another_takes_its_measurements_as_its_own(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    source = store(path, [row("shared")], make_run("history", started=days_ago(100)))
    store(path, [row("alone")], make_run("history", started=days_ago(99)))
    young = make_run("history", started=days_ago(1))
    store(path, [], young._replace(facts={**young.facts, "same_as": source.run_id}))
    with Ledger.open(path) as ledger:
        assert collect(ledger, Rule(90 * DAY, None)).runs == 1
    assert left(path) == {"shared"}
    with Ledger.open(path) as ledger:
        assert collect(ledger, Rule(0.0, None)).runs == 2
    assert left(path) == set()
