"""Whatever happens to the processes that write, every row that they were told is stored is there afterwards, once."""

from __future__ import annotations

import os
import random
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from ledger_lab import make_run, row, store, writer
from shell import greenlint

from greenlint.ledger import opening
from greenlint.ledger.schema import MIGRATIONS, VERSION
from greenlint.ledger.store import Ledger

SOURCE = Path(__file__).parents[2] / "src" / "greenlint"


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX matter")
def test_twenty_times_kill_minus_nine_lose_nothing_that_was_committed(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    moments = random.Random(20)
    told: dict[str, int] = {}
    for _ in range(20):
        process = writer(path, 100_000)
        assert process.stdout is not None
        run_id = process.stdout.readline().split()[0]
        time.sleep(moments.uniform(0, 0.02))
        process.send_signal(signal.SIGKILL)
        told[run_id] = len(process.communicate()[0].splitlines()) + 1
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
        assert {run.run_id: run.status for run in ledger.runs()} == dict.fromkeys(told, "open")
        for run_id, batches in told.items():
            rows = len(ledger.measurements(run_id))
            assert rows % 3 == 0
            assert rows >= batches * 3


def test_four_processes_with_two_hundred_transactions_each_lose_no_row(tmp_path: Path) -> None:
    path = tmp_path / "new" / "l.sqlite"
    processes = [writer(path, 200) for _ in range(4)]
    for process in processes:
        _, error = process.communicate()
        assert (process.returncode, error) == (0, "")
    with Ledger.open(path) as ledger:
        assert [len(ledger.measurements(run.run_id)) for run in ledger.runs()] == [600] * 4
        assert ledger.check() == []


def test_many_processes_may_make_the_ledger_at_the_same_moment(tmp_path: Path) -> None:
    code = "import sys; from greenlint.ledger.store import Ledger; sys.stdin.read(); Ledger.open(sys.argv[1]).close()"
    for number in range(2):
        path = tmp_path / f"{number}.sqlite"
        command = [sys.executable, "-c", code, str(path)]
        processes = [subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(6)]
        for process in processes:
            assert process.stdin is not None
            process.stdin.flush()
        for process in processes:
            _, error = process.communicate("")
            assert (process.returncode, error) == (0, "")
        with Ledger.open(path, create=False) as ledger:
            assert ledger.check() == []


def test_a_writer_waits_while_the_ledger_is_locked(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    store(path, [row()])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    process = writer(path, 1)
    time.sleep(0.4)
    assert process.poll() is None
    holder.execute("COMMIT")
    holder.close()
    _, error = process.communicate()
    assert (process.returncode, error) == (0, "")


def test_a_ledger_that_stays_locked_is_one_line_and_nothing_of_it_is_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_TIMEOUT_S", 0.1)
    path = tmp_path / "l.sqlite"
    run = store(path, [row()])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(path) as ledger:
        with pytest.raises(opening.LedgerError, match=r"database is locked \(another process holds it"):
            ledger.append(run.run_id, [row("later")])
        holder.execute("ROLLBACK")
        holder.close()
        ledger.append(run.run_id, [row("later")])
        assert [m.name for m in ledger.measurements(run.run_id)] == ["t", "later"]


@pytest.mark.parametrize("busy_s", [0, 0.3])
def test_who_opens_the_ledger_says_how_long_it_waits_for_others(tmp_path: Path, busy_s: float) -> None:
    path = tmp_path / "l.sqlite"
    run = store(path, [row()])
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with Ledger.open(path, busy_s=busy_s) as ledger:
        began_s = time.monotonic()
        with pytest.raises(opening.LedgerError, match="locked"):
            ledger.append(run.run_id, [row("later")])
        assert busy_s * 0.9 <= time.monotonic() - began_s < 10
    holder.close()


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE is a POSIX matter")
def test_a_disk_that_is_full_stops_the_writer_with_one_line_and_keeps_the_ledger_sound(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    process = writer(path, 5000, "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))")
    told, error = process.communicate()
    assert process.returncode == 1
    assert re.search(r"LedgerError: .*l\.sqlite: (disk I/O error|database or disk is full) \(.*free", error.splitlines()[-1])
    with Ledger.open(path) as ledger:
        (run,) = ledger.runs()
        assert len(ledger.measurements(run.run_id)) == 3 * len(told.splitlines())
        assert ledger.check() == []


def test_a_damaged_page_is_found_and_named(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    store(path, [row(f"test_{n}", extra={"x": "y" * 50}) for n in range(300)])
    data = bytearray(path.read_bytes())
    data[12 * 4096 : 13 * 4096] = os.urandom(4096)
    path.write_bytes(data)
    done = greenlint("ledger", "--ledger", "l.sqlite", "verify", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert re.search(r"l\.sqlite: .*(page|malformed|row)", done.stdout)
    assert "Traceback" not in done.stdout


def test_a_lost_measurement_and_a_changed_run_are_found(tmp_path: Path) -> None:
    path = tmp_path / "l.sqlite"
    first, second = store(path, [row(str(n)) for n in range(4)]), store(path, [row()])
    with Ledger.open(path) as ledger:
        assert ledger.check() == []
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("DELETE FROM sample WHERE run_id = ? AND seq = 1", (first.run_id,))
    database.execute("UPDATE run SET kind = 'bench' WHERE id = ?", (second.run_id,))
    database.execute("INSERT INTO verdict (run_id, at_utc) VALUES ('nobody', '')")
    database.close()
    done = greenlint("ledger", "--ledger", "l.sqlite", "verify", cwd=tmp_path)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "l.sqlite: verdict row 1 refers to a missing run nobody"
    assert lines[1].startswith(f"l.sqlite: run {second.run_id} has been changed: its content has the id ")
    assert lines[2] == f"l.sqlite: run {first.run_id} has 3 measurements, numbered 0 to 3: 1 are missing"
    assert lines[3] == "l.sqlite: 2 runs, 0 never finished, 3 problems"


def test_a_ledger_of_the_first_version_is_brought_up_to_date_or_read_where_it_is_protected(tmp_path: Path) -> None:
    path = tmp_path / "old" / "l.sqlite"
    path.parent.mkdir()
    database = sqlite3.connect(path)
    database.executescript(MIGRATIONS[0])
    database.execute("PRAGMA user_version=1")
    database.execute("INSERT INTO machine VALUES ('m', 'c', 'cpu', 1, 1, 0, 'linux', '6')")
    run = ("r1", "account", "2026-01-01T00:00:00Z", "m", None, None, "0", "p", "model", "", "[]", "[]", "{}")
    database.execute(f"INSERT INTO run VALUES ({','.join('?' * len(run))})", run)
    database.commit()
    database.close()
    copy = opening.open_view(str(path))
    assert copy.execute("SELECT id FROM run").fetchone()[0] == "r1"
    assert copy.execute("PRAGMA user_version").fetchone()[0] == VERSION
    copy.close()
    database = sqlite3.connect(path)
    assert database.execute("PRAGMA user_version").fetchone()[0] == 1
    database.close()
    with Ledger.open(path) as ledger:
        assert [run.run_id for run in ledger.runs()] == ["r1"]
        assert ledger.annotations() == []


def test_no_code_but_gc_changes_or_removes_rows() -> None:
    changing = re.compile(
        r"\b(UPDATE\s+\w+\s+SET|DELETE\s+FROM|DROP\s+TABLE|INSERT\s+OR\s+REPLACE|REPLACE\s+INTO|DO\s+UPDATE)\b"
    )
    others = ("rules", "linter")  # examples of rules, and the cache of the linter
    files = [path for path in SOURCE.rglob("*.py") if path.relative_to(SOURCE).parts[0] not in others]
    assert {path.name for path in files if changing.search(path.read_text(encoding="utf-8"))} == {"collecting.py"}


def test_sqlite_sees_no_update_and_no_delete_in_all_that_writes(tmp_path: Path) -> None:
    from greenlint.ledger.exchange import merge_from

    store(tmp_path / "other.sqlite", [row()])
    refused = []

    def only_inserts(action: int, table: str | None, *_: object) -> int:
        if action in (sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE):
            refused.append((action, table))
            return sqlite3.SQLITE_DENY
        return sqlite3.SQLITE_OK

    run = make_run()
    with Ledger.open(tmp_path / "l.sqlite") as ledger, Ledger.open(tmp_path / "other.sqlite") as other:
        ledger._database.set_authorizer(only_inserts)
        ledger.begin(run)
        ledger.append(run.run_id, [row()])
        ledger.add_verdicts(run.run_id, [])
        ledger.finish(run.run_id)
        merge_from(ledger, other)
        merge_from(ledger, other)
        assert len(ledger.runs()) == 2
    assert refused == []
