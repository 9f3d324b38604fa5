"""Where SQLite cannot be used nothing is lost either: what is written waits in a spool, is seen, and is taken in once."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from ledger_lab import SHA, joules, make_run, network, row, store, writer
from shell import greenlint

from greenlint.errors import LedgerError
from greenlint.ledger import opening
from greenlint.ledger.filesystem import is_network, network_file_system, statfs_of_macos
from greenlint.ledger.opening import spool_files, spool_folder
from greenlint.ledger.schema import VERSION
from greenlint.ledger.store import Ledger
from greenlint.model.budget import Budget, Outcome, Verdict
from greenlint.model.run import Commit


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The ledger of a project."""
    (tmp_path / "project").mkdir()
    return tmp_path / "project" / ".greenlint" / "ledger.sqlite"


@pytest.fixture
def remote(path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The project lies on NFS for the duration of the test."""
    table = network(path.parent.parent)
    monkeypatch.setenv("GREENLINT_MOUNTINFO", table)
    return table


def files(path: Path) -> list[str]:
    return [os.path.basename(name) for name in spool_files(spool_folder(str(path)))]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        *((kind, True) for kind in ("nfs4", "cifs", "9p", "fuse.sshfs", "lustre", "ceph", "virtiofs")),
        *((kind, False) for kind in ("ext4", "overlay", "tmpfs", "fuse.bindfs", "btrfs", "")),
    ],
)
def test_network_file_systems_are_told_by_the_mount_table(tmp_path: Path, kind: str, expected: bool) -> None:
    assert is_network(kind) is expected
    folder = tmp_path / "a folder with blanks"
    folder.mkdir()
    table = network(folder, kind or "x")
    os.environ["GREENLINT_MOUNTINFO"] = table
    try:
        assert network_file_system(str(folder)) == (kind if expected else "")
        assert network_file_system(str(tmp_path)) == ""
        (tmp_path / "link").symlink_to(folder)
        assert network_file_system(str(tmp_path / "link")) == (kind if expected else "")
    finally:
        del os.environ["GREENLINT_MOUNTINFO"]


def test_of_two_mounts_on_one_point_the_later_one_counts_and_a_missing_table_means_local(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    lines = [f"1 0 0:{n} / {tmp_path} rw - {kind} s rw" for n, kind in enumerate(("nfs4", "ext4"))]
    monkeypatch.setenv("GREENLINT_MOUNTINFO", str(table))
    assert network_file_system(str(tmp_path)) == ""
    table.write_text("\n".join(lines) + "\nnonsense\n")
    assert network_file_system(str(tmp_path)) == ""
    table.write_text("\n".join(reversed(lines)))
    assert network_file_system(str(tmp_path)) == "nfs4"
    table.write_bytes(b"\xff\xfe")
    assert network_file_system(str(tmp_path)) == ""


def test_macos_says_it_by_the_name_or_by_the_missing_mark_of_a_local_mount() -> None:
    def statfs(kind: bytes, local: bool) -> bytes:
        return bytes(64) + (0x1000 if local else 0).to_bytes(4, "little") + bytes(4) + kind.ljust(16, b"\0") + bytes(100)

    assert statfs_of_macos(statfs(b"apfs", True)) == "apfs"
    assert statfs_of_macos(statfs(b"smbfs", False)) == "smbfs"
    assert is_network(statfs_of_macos(statfs(b"somethingnew", False)))


def test_what_is_written_on_a_network_share_is_read_there_and_nothing_is_a_database(path: Path, remote: str) -> None:
    run = store(path, [row("a", joules(2)), row("b")], make_run(commit=Commit(SHA, "", 1, False, "main", "s")))
    assert files(path) == [f"{run.run_id}.jsonl"]
    assert not path.exists()
    assert (path.parent / ".gitignore").read_text() == "*\n"
    with Ledger.open(path, create=False) as ledger:
        assert ledger.spooled == "nfs4"
        assert ledger.run(run.run_id) == run._replace(status="complete")
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a", "b"]
        assert ledger.check() == []
    assert files(path) == [f"{run.run_id}.jsonl"]


def test_every_reader_sees_what_is_spooled(path: Path, remote: str) -> None:
    project = path.parent.parent
    (project / "pyproject.toml").write_text('[tool.greenlint.budgets.suite]\nenergy = "400 J"\n')
    store(path, [row("test_spooled", joules(2)), row("suite", joules(3), phase="session")])
    environment = {"GREENLINT_MOUNTINFO": remote}
    reported = greenlint("report", cwd=project, **environment)
    assert "test_spooled" in reported.stdout
    judged = greenlint("gate", cwd=project, **environment)
    assert (judged.returncode, "pass" in judged.stdout) == (0, True), judged.stderr
    exported = greenlint("ledger", "export", cwd=project, **environment)
    assert json.loads(exported.stdout)["verdicts"][0]["outcome"] == "pass"
    verified = greenlint("ledger", "verify", cwd=project, **environment)
    assert "1 run, 0 never finished, 0 problems" in verified.stdout
    assert "SQLite cannot be used there (nfs4)" in verified.stdout


def test_a_later_open_on_a_proper_file_system_takes_the_spool_in_once_and_says_so(
    path: Path, remote: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store(path, [row("a"), row("b")])
    store(path, [row("c")])
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path, create=False) as ledger:
        assert len(ledger.runs()) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"greenlint: note: {path}: 2 runs (8 rows) taken in from 2 spool files")
    assert said.count("\n") == 1
    assert files(path) == []
    with Ledger.open(path) as ledger:
        assert sorted(m.name for run in ledger.runs() for m in ledger.measurements(run.run_id)) == ["a", "b", "c"]
        assert ledger.check() == []
    assert capsys.readouterr().err == ""


def test_a_run_that_goes_on_is_taken_in_as_far_as_it_is_and_completed_later(
    path: Path, remote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = make_run()
    with Ledger.open(path) as writing:
        writing.begin(run)
        writing.append(run.run_id, [row("a")])
        with monkeypatch.context() as local:
            local.delenv("GREENLINT_MOUNTINFO")
            for _ in range(2):
                with Ledger.open(path) as ledger:
                    assert [m.name for m in ledger.measurements(run.run_id)] == ["a"]
        assert files(path) == [f"{run.run_id}.jsonl"]
        writing.append(run.run_id, [row("b")])
        writing.finish(run.run_id)
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a", "b"]
        assert ledger.run(run.run_id).status == "complete"  # type: ignore[union-attr]
    assert files(path) == []


def test_what_an_abandoned_run_left_is_put_away_after_a_day(path: Path, remote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store(path, [row("a")], status="open")
    spooled = path.parent / "spool" / f"{run.run_id}.jsonl"
    os.utime(spooled, (time.time() - 90_000,) * 2)
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert len(ledger.measurements(run.run_id)) == 1
    assert not spooled.exists()


def test_two_processes_never_write_to_one_file(path: Path, remote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    run = store(path, [row("a")])
    verdict = Verdict(
        Budget("suite", "suite", "energy", 1.0, "1 J", "pyproject.toml:1"), "suite", Outcome.PASS, 0.5, 0.4, 0.6, "m", "r", ""
    )
    with Ledger.open(path, create=False) as ledger:
        ledger.add_verdicts(run.run_id, [verdict])
        ledger.append(run.run_id, [row("b")])
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a", "b"]
    names = files(path)
    assert names[0] == f"{run.run_id}.jsonl"
    assert len(names) == 2
    assert names[1].startswith(run.run_id)
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a", "b"]
        assert [found["outcome"] for found in ledger.rows_of("verdict", run.run_id)] == ["pass"]


def test_a_torn_last_line_is_recognised_and_all_whole_ones_count(
    path: Path, remote: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = store(path, [row("a")])
    spooled = path.parent / "spool" / f"{run.run_id}.jsonl"
    whole = spooled.read_bytes()
    lines = whole.splitlines(keepends=True)
    spooled.write_bytes(whole + lines[1][: len(lines[1]) // 2])
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a"]
        assert ledger.check() == []
    assert "its last transaction was cut off and never counted" in capsys.readouterr().err


def test_a_writer_goes_on_behind_a_torn_line(path: Path, remote: str) -> None:
    run = make_run()
    with Ledger.open(path) as ledger:
        ledger.begin(run)
        spooled = path.parent / "spool" / f"{run.run_id}.jsonl"
        with spooled.open("ab") as file:
            file.write(b'{"greenlint_spool":1,"rows":[["samp')
        ledger.append(run.run_id, [row("a")])
    with Ledger.open(path, create=False) as ledger:
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a"]


@pytest.mark.parametrize(
    "line",
    [
        b"\0\0\0\0",
        b"[1, 2]",
        b'{"greenlint_spool":1,"rows":[["sample",["run_id"],[["x","y"]]]]}',
        b'{"greenlint_spool":1,"rows":[["run; DROP TABLE run",["id"],[["x"]]]]}',
        b'{"greenlint_spool":1,"rows":[["sample",["run_id","seq"],[["x",0]]]]}',
        b'{"greenlint_spool":1,"rows":[["run",["id"],[[{}]]]]}',
    ],
)
def test_a_damaged_line_costs_itself_and_its_file_is_kept(
    path: Path, remote: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: bytes
) -> None:
    run = store(path, [row("a")])
    spooled = path.parent / "spool" / f"{run.run_id}.jsonl"
    lines = spooled.read_bytes().splitlines(keepends=True)
    spooled.write_bytes(b"".join([lines[0], line + b"\n", *lines[1:]]))
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a"]
    said = capsys.readouterr().err
    assert " 2 is damaged, the rest is in; the file is kept as" in said
    assert said.count("\n") == 1
    assert [name.name for name in spooled.parent.iterdir()] == [f"{spooled.name}.damaged"]


@pytest.mark.parametrize(
    ("line", "say"),
    [
        (b'{"greenlint_spool":9,"rows":[]}', "is of spool version 9, this greenlint knows 1 (upgrade greenlint)"),
        (b'{"greenlint_spool":1,"rows":[["planet",["id"],[["x"]]]]}', "it is of a newer version: no such table: planet"),
    ],
)
def test_a_spool_of_a_newer_version_is_left_alone(
    path: Path, remote: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], line: bytes, say: str
) -> None:
    run = store(path, [row("a")])
    spooled = path.parent / "spool" / f"{run.run_id}.jsonl"
    with spooled.open("ab") as file:
        file.write(line + b"\n")
    before = spooled.read_bytes()
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert ledger.runs() == []
    assert say in capsys.readouterr().err
    assert spooled.read_bytes() == before


def test_a_full_disk_is_one_line_and_leaves_no_half_of_a_transaction(path: Path, remote: str) -> None:
    before = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))"
    process = writer(path, 1000, before, GREENLINT_MOUNTINFO=remote)
    told, error = process.communicate()
    assert process.returncode == 1
    assert "cannot be written: File too large (free some space there" in error.splitlines()[-1]
    (name,) = spool_files(spool_folder(str(path)))
    assert Path(name).read_bytes().endswith(b"\n")
    with Ledger.open(path, create=False) as ledger:
        assert len(ledger.measurements(ledger.runs()[0].run_id)) == 3 * len(told.splitlines())


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is a POSIX matter")
def test_kill_minus_nine_loses_no_line_that_was_told(path: Path, remote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    told = {}
    for number in range(8):
        process = writer(path, 100_000, GREENLINT_MOUNTINFO=remote)
        assert process.stdout is not None
        first = process.stdout.readline().split()
        time.sleep(0.003 * number)
        process.send_signal(signal.SIGKILL)
        told[first[0]] = len(process.communicate()[0].splitlines()) + 1
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert {run.run_id for run in ledger.runs()} == set(told)
        for run_id, batches in told.items():
            rows = len(ledger.measurements(run_id))
            assert rows % 3 == 0
            assert rows >= 3 * batches
        assert ledger.check() == []


def test_a_spool_can_be_taken_in_while_others_write_to_it(path: Path, remote: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same folder is remote to the writers and local to the one that takes in, as on the server of a share."""
    processes = [writer(path, 30, GREENLINT_MOUNTINFO=remote) for _ in range(3)]
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    done = threading.Event()

    def take() -> None:
        while not done.is_set():
            Ledger.open(path).close()

    thread = threading.Thread(target=take)
    thread.start()
    for process in processes:
        _, error = process.communicate()
        assert process.returncode == 0, error
    done.set()
    thread.join()
    with Ledger.open(path) as ledger:
        assert [len(ledger.measurements(run.run_id)) for run in ledger.runs()] == [90] * 3
        assert ledger.check() == []
    assert files(path) == []


def test_an_older_database_on_a_share_is_read_with_its_log_and_not_touched(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = make_run()
    with Ledger.open(path) as ledger:  # still open: what was written is in the write-ahead log alone
        ledger.begin(run)
        ledger.append(run.run_id, [row("a")])
        before = {name: (path.parent / name).read_bytes() for name in ("ledger.sqlite", "ledger.sqlite-wal")}
        assert before["ledger.sqlite-wal"]
        monkeypatch.setenv("GREENLINT_MOUNTINFO", network(path.parent.parent))
        with Ledger.open(path) as remote:
            remote.append(run.run_id, [row("b")])
            assert [m.name for m in remote.measurements(run.run_id)] == ["a", "b"]
        assert {name: (path.parent / name).read_bytes() for name in before} == before
    monkeypatch.delenv("GREENLINT_MOUNTINFO")
    with Ledger.open(path) as ledger:
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a", "b"]


def test_where_sqlite_cannot_keep_its_log_the_spool_is_used(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect

    def without_shared_memory(address: str, **options: object) -> sqlite3.Connection:
        if address != ":memory:":
            options["uri"], address = True, f"file:{address}?vfs=unix-dotfile"
        return real(address, **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(opening.sqlite3, "connect", without_shared_memory)
    run = store(path, [row("a")])
    with Ledger.open(path) as ledger:
        assert "journal mode" in ledger.spooled
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a"]
    monkeypatch.undo()
    with Ledger.open(path) as ledger:
        assert [m.name for m in ledger.measurements(run.run_id)] == ["a"]
        assert ledger.spooled == ""


def test_a_spool_beside_no_ledger_in_a_read_only_place_is_read(path: Path, remote: str) -> None:
    run = store(path, [row("a")])
    path.parent.chmod(0o555)
    if os.access(path.parent, os.W_OK):
        before = "import ctypes; c = ctypes.CDLL(None); [c.prctl(24, n, 0, 0, 0) for n in (1, 2)]"
        say = f"import os; {before}; os.execvp({sys.executable!r}, [{sys.executable!r}, '-m', 'greenlint', 'ledger', 'export'])"
        done = subprocess.run([sys.executable, "-c", say], cwd=path.parent.parent, capture_output=True, text=True)
        exported = done.stdout
    else:
        exported = greenlint("ledger", "export", cwd=path.parent.parent).stdout
    path.parent.chmod(0o755)
    assert json.loads(exported)["run"]["run_id"] == run.run_id
    assert files(path) == [f"{run.run_id}.jsonl"]


def test_a_share_without_any_ledger_says_so(path: Path, remote: str) -> None:
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger.open(path, create=False)
    path.mkdir(parents=True)
    with pytest.raises(LedgerError, match="is a folder"):
        Ledger.open(path)


def test_an_artefact_with_spool_files_is_merged_and_left_as_it_is(path: Path, remote: str, tmp_path: Path) -> None:
    store(path, [row("a"), row("b")])
    here = tmp_path / "here"
    here.mkdir()
    for expected in ("1 run (5 rows) taken in from 1 spool file", "0 runs (0 rows) taken in from 1 spool file"):
        done = greenlint("ledger", "--ledger", "l.sqlite", "merge", str(path.parent), cwd=here)
        assert (done.returncode, done.stdout) == (0, f"{path.parent}: {expected}\n"), done.stderr
    assert len(files(path)) == 1
    assert greenlint("ledger", "--ledger", "l.sqlite", "merge", str(here), cwd=here).returncode == 2
    refused = greenlint("ledger", "gc", "--keep-last", "1", cwd=path.parent.parent, GREENLINT_MOUNTINFO=remote)
    assert (refused.returncode, "cannot be cleared where it lies (nfs4)" in refused.stderr) == (2, True)


def test_the_rows_of_a_spool_have_the_names_of_the_tables(path: Path, remote: str) -> None:
    store(path, [row("a")])
    (name,) = spool_files(spool_folder(str(path)))
    lines = [json.loads(line) for line in Path(name).read_text().splitlines()]
    assert [[table for table, _, _ in line["rows"]] for line in lines] == [["machine", "run"], ["sample"], ["run_status"]]
    database = sqlite3.connect(":memory:")
    for step in opening.MIGRATIONS:
        database.executescript(step)
    for line in lines:
        for table, columns, _ in line["rows"]:
            known = {info[1] for info in database.execute(f"PRAGMA table_info({table})")}
            assert set(columns) <= known
    database.close()
    assert len(opening.MIGRATIONS) == VERSION
