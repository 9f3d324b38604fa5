"""The ledger keeps what was committed, whatever happens, and says in one line what is wrong with a file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.errors import LedgerError
from greenlint.ledger import opening
from greenlint.ledger.exchange import import_lines, merge_from
from greenlint.ledger.exports import jsonl
from greenlint.ledger.exports.selection import Selection
from greenlint.ledger.git import describe_commit
from greenlint.ledger.ids import new_run
from greenlint.ledger.rows import SAMPLE_COLUMNS, measurement_of, sample_row
from greenlint.ledger.schema import VERSION
from greenlint.ledger.store import Ledger
from greenlint.model.energy import Energy, Method
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine, Run

MACHINE = Machine("test-class", "cpu", 2, 1 << 30, True, "linux", "6")
FINITE = st.floats(0, 1e6, allow_nan=False)


def make_run(kind: str = "account", commit: Commit | None = None) -> Run:
    return new_run(kind=kind, machine=MACHINE, commit=commit, provider="model", method="model", project="p")


def measurement(number: int, energy: Energy | None = None) -> Measurement:
    return Measurement(f"t{number}", "call", energy, 1000, 900)


@given(
    joules=FINITE,
    idle=FINITE,
    u=FINITE,
    method=st.sampled_from(list(Method)),
    domains=st.lists(st.text(max_size=5), max_size=3).map(tuple),
    extra=st.dictionaries(st.text(max_size=5), st.text(max_size=5), max_size=2),
)
def test_a_measurement_comes_back_to_the_microjoule(
    joules: float, idle: float, u: float, method: Method, domains: tuple[str, ...], extra: dict[str, str]
) -> None:
    energy = Energy(round(joules, 6), round(idle, 6), u, u / 2, "g", method, "p", domains, "b", 0.1, ("w",))
    before = Measurement("n", "call", energy, 5, 4, 3, "passed", "c", 2, "why", 7, extra)
    database = sqlite3.connect(":memory:")
    database.row_factory = sqlite3.Row
    columns = ",".join(SAMPLE_COLUMNS)
    database.execute(f"CREATE TABLE s ({columns})")
    database.execute(f"INSERT INTO s VALUES ({','.join('?' * len(SAMPLE_COLUMNS))})", sample_row("r", 0, before))
    after = measurement_of(database.execute("SELECT * FROM s").fetchone())
    database.close()
    assert after.energy is not None
    assert after.energy.energy_j == pytest.approx(energy.energy_j, abs=1e-6)
    assert after.energy.bounds(1.96) == pytest.approx(energy.bounds(1.96), rel=1e-6, abs=2e-6)
    assert (after.name, after.extra, after.attempt, after.energy.method, after.energy.domains) == (
        "n", extra, 2, method, domains,
    )  # fmt: skip


def test_runs_and_measurements_come_back(tmp_path: Path) -> None:
    run = make_run(commit=Commit("a" * 40, "", 1, True, "main", "subject"))
    with Ledger.open(tmp_path / ".greenlint" / "l.sqlite") as ledger:
        ledger.begin(run)
        ledger.begin(run)
        ledger.append(run.run_id, [measurement(1), measurement(2)])
        ledger.append(run.run_id, [measurement(3)])
        assert [m.name for m in ledger.measurements(run.run_id)] == ["t1", "t2", "t3"]
        assert ledger.latest_run("account").status == "open"  # type: ignore[union-attr]
        ledger.finish(run.run_id)
        (stored,) = ledger.runs()
        assert stored.status == "complete"
        assert stored.commit == run.commit
        assert ledger.by_commit("a" * 40) == [stored]
        assert ledger.check() == []
    assert (tmp_path / ".greenlint" / ".gitignore").read_text() == "*\n"


def test_a_full_disk_is_one_line_and_keeps_what_was_there(tmp_path: Path) -> None:
    run = make_run()
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        ledger.begin(run)
        ledger.append(run.run_id, [measurement(1)])
        pages = ledger._database.execute("PRAGMA page_count").fetchone()[0]
        ledger._database.execute(f"PRAGMA max_page_count={pages + 1}")
        with pytest.raises(LedgerError, match=r"l\.sqlite: database or disk is full \(free some space"):
            ledger.append(run.run_id, [measurement(n) for n in range(2000)])
        assert [m.name for m in ledger.measurements(run.run_id)] == ["t1"]


@pytest.mark.parametrize(
    ("make", "say"),
    [
        (lambda p: p.write_text("this is a text file, and no database at all" * 50), "file is not a database"),
        (lambda p: p.mkdir(), "is a folder, not a ledger"),
        (lambda p: sqlite3.connect(p).execute("CREATE TABLE x (y)").connection.close(), "not a greenlint ledger"),
        (lambda p: sqlite3.connect(p).execute(f"PRAGMA user_version={VERSION + 1}").connection.close(), "upgrade greenlint"),
    ],
    ids=["text file", "folder", "other database", "newer version"],
)
def test_what_is_no_ledger_is_named_and_left_alone(tmp_path: Path, make: object, say: str) -> None:
    path = tmp_path / "l.sqlite"
    make(path)  # type: ignore[operator]
    before = path.read_bytes() if path.is_file() else None
    with pytest.raises(LedgerError, match="l.sqlite") as caught:
        Ledger.open(path)
    assert say in str(caught.value)
    assert before is None or path.read_bytes() == before


def test_a_missing_ledger_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="pytest --energy"):
        Ledger.open(tmp_path / "none.sqlite", create=False)
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_becomes_a_ledger(tmp_path: Path) -> None:
    (tmp_path / "l.sqlite").touch()
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        assert ledger.runs() == []


def test_an_older_ledger_is_brought_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        ledger.begin(run)
    monkeypatch.setattr(opening, "MIGRATIONS", (*opening.MIGRATIONS, "ALTER TABLE run ADD COLUMN note TEXT;"))
    monkeypatch.setattr(opening, "VERSION", VERSION + 1)
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        assert [one.run_id for one in ledger.runs()] == [run.run_id]
        assert ledger._database.execute("PRAGMA user_version").fetchone()[0] == VERSION + 1


def test_merging_and_importing_twice_change_nothing(tmp_path: Path) -> None:
    run = make_run()
    energy = Energy(1.5, 0.5, 0.1, 0.2, "g", Method.MODEL, "model", ("cpu",), "b")
    with Ledger.open(tmp_path / "a.sqlite") as a, Ledger.open(tmp_path / "b.sqlite") as b:
        a.begin(run)
        a.append(run.run_id, [measurement(1, energy), measurement(2)])
        a.finish(run.run_id)
        assert merge_from(b, a) == (1, 0, 0, 0)
        assert merge_from(b, a) == (0, 1, 0, 0)
        assert b.measurements(run.run_id) == a.measurements(run.run_id)
        (tmp_path / "e.jsonl").write_text("".join(jsonl.export(Selection(a))))
        with Ledger.open(tmp_path / "c.sqlite") as c:
            assert import_lines(c, str(tmp_path / "e.jsonl")) == (1, 0, 0, 0)
            assert c.measurements(run.run_id) == a.measurements(run.run_id)
            assert c.runs() == a.runs()
            (tmp_path / "bad.jsonl").write_text("{}\n")
            with pytest.raises(LedgerError, match="bad.jsonl:1"):
                import_lines(c, str(tmp_path / "bad.jsonl"))


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_the_commit_is_described_in_every_state_of_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert describe_commit(str(tmp_path)) is None
    repository = tmp_path / "r"
    repository.mkdir()
    git(repository, "init", "-q", "-b", "main")
    assert describe_commit(str(repository)) is None
    (repository / "a").write_text("1")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "the subject")
    first = describe_commit(str(repository))
    assert first is not None
    assert (first.branch, first.dirty, first.subject, first.parent) == ("main", False, "the subject", "")
    (repository / "untracked").write_text("1")
    assert describe_commit(str(repository)) == first
    (repository / "a").write_text("2")
    assert describe_commit(str(repository)).dirty  # type: ignore[union-attr]
    git(repository, "commit", "-qam", "two")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", "shallow")
    assert describe_commit(str(tmp_path / "shallow")).subject == "two"  # type: ignore[union-attr]
    git(repository, "checkout", "-q", "--detach")
    assert describe_commit(str(repository)).branch == ""  # type: ignore[union-attr]
    monkeypatch.setenv("PATH", "")
    assert describe_commit(str(repository)) is None


def test_looking_at_a_repository_never_locks_or_writes_its_index(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "a").write_text("1")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "one")
    os.utime(tmp_path / "a", (1, 1))  # `git status` would note the new time in the index
    before = (tmp_path / ".git/index").read_bytes()
    commit = describe_commit(str(tmp_path))
    assert commit is not None
    assert not commit.dirty
    assert (tmp_path / ".git/index").read_bytes() == before
