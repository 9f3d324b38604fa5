"""Whatever lies where the ledger should be, every command says so in one line, and no row is lost or invented."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from shell import greenlint, without_root

from greenlint.ledger.ids import new_run
from greenlint.ledger.schema import VERSION
from greenlint.ledger.store import Ledger
from greenlint.model.measurement import Measurement
from greenlint.model.run import Commit, Machine

MACHINE = Machine("test-class", "cpu", 2, 1 << 30, True, "linux", "6")
COMMANDS = [
    ("ledger", "--ledger", "L", "verify"),
    ("ledger", "--ledger", "L", "export"),
    ("ledger", "--ledger", "L", "merge", "good.sqlite"),
    ("ledger", "--ledger", "L", "import", "good.jsonl"),
    ("ledger", "--ledger", "other.sqlite", "merge", "L"),
    ("report", "--ledger", "L"),
    ("report", "--kpi", "--ledger", "L"),
    ("gate", "--ledger", "L"),
]


def fill(path: Path, name: str = "t", commit: Commit | None = None) -> str:
    """A ledger with one run of two measurements; returns the id of the run."""
    run = new_run(kind="account", machine=MACHINE, commit=commit, provider="model", method="model", project="p", args=(name,))
    with Ledger.open(path) as ledger:
        ledger.begin(run)
        ledger.append(run.run_id, [Measurement(f"{name}{n}", "call", None, 1000, 900) for n in range(2)])
        ledger.finish(run.run_id)
    return run.run_id


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with a sound ledger, its export, and a budget."""
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint.budgets.suite]\nenergy = "4 J"\n')
    fill(tmp_path / "good.sqlite")
    exported = greenlint("ledger", "--ledger", "good.sqlite", "export", cwd=tmp_path)
    assert exported.returncode == 0
    (tmp_path / "good.jsonl").write_text(exported.stdout)
    return tmp_path


def newer(path: Path) -> None:
    fill(path)
    database = sqlite3.connect(path)
    database.execute(f"PRAGMA user_version={VERSION + 7}")
    database.close()


def of_something_else(path: Path) -> None:
    database = sqlite3.connect(path)
    database.execute("CREATE TABLE cookies (name)")
    database.execute(f"PRAGMA user_version={VERSION}")
    database.close()


def cut(path: Path) -> None:
    fill(path)
    path.write_bytes(path.read_bytes()[:10_000])


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("make", "say"),
    [
        (newer, f"is of ledger version {VERSION + 7}, this greenlint knows {VERSION} (upgrade greenlint; nothing was changed)"),
        (lambda path: path.write_text("dear diary\n" * 99), "file is not a database (it is not a ledger; move it away or name"),
        (of_something_else, "is an SQLite file, but not a greenlint ledger"),
        (cut, "database disk image is malformed (the file is damaged"),
    ],
    ids=["newer version", "text file", "other database", "cut off"],
)
def test_what_is_no_ledger_is_one_line_and_keeps_every_byte(
    project: Path, command: tuple[str, ...], make: Callable[[Path], object], say: str
) -> None:
    ledger = project / "l.sqlite"
    make(ledger)
    before = ledger.read_bytes()
    done = greenlint(*("l.sqlite" if word == "L" else word for word in command), cwd=project)
    if make is cut and command[-1] == "verify":  # a damaged ledger is what `verify` is there to find
        assert (done.returncode, done.stderr) == (1, "")
        assert done.stdout.startswith(f"l.sqlite: {say}")
    else:
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(f"greenlint: error: l.sqlite: {say}")
        assert done.stderr.count("\n") == 1
    assert ledger.read_bytes() == before
    assert not (project / "other.sqlite").exists()


@pytest.mark.parametrize(("make", "say"), [(newer, "is of ledger version"), (cut, "malformed"), (Path.mkdir, "is a folder")])
def test_a_measured_command_keeps_its_exit_code_when_the_ledger_is_unusable(
    project: Path, make: Callable[[Path], object], say: str
) -> None:
    make(project / "l.sqlite")
    done = greenlint("measure", "--", "sh", "-c", "echo out; exit 7", cwd=project, GREENLINT_LEDGER="l.sqlite")
    assert (done.returncode, done.stdout) == (7, "out\n")
    noted = [line for line in done.stderr.splitlines() if line.startswith("greenlint: note: not recorded: ")]
    assert len(noted) == 1
    assert say in noted[0]
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="capabilities are a Linux matter")
def test_a_ledger_in_a_read_only_place_is_read(project: Path) -> None:
    folder = project / "artifact"
    folder.mkdir()
    fill(folder / "l.sqlite")
    (folder / "l.sqlite").chmod(0o444)
    folder.chmod(0o555)
    (project / "l.sqlite").touch()
    try:
        say = {
            words[0] + words[-1]: greenlint(*words, cwd=project, before=without_root)
            for words in (
                ("ledger", "--ledger", "artifact/l.sqlite", "verify"),
                ("ledger", "--ledger", "artifact/l.sqlite", "export"),
                ("ledger", "--ledger", "l.sqlite", "merge", "artifact/l.sqlite"),
                ("report", "--ledger", "artifact/l.sqlite"),
                ("ledger", "--ledger", "artifact/l.sqlite", "import", "good.jsonl"),
            )
        }
    finally:
        folder.chmod(0o755)
    assert say["ledgerverify"].stdout == "artifact/l.sqlite: 1 run, 0 never finished, 0 problems\n"
    assert json.loads(say["ledgerexport"].stdout)["run"]["args"] == ["t"]
    assert say["ledgerartifact/l.sqlite"].stdout == "artifact/l.sqlite: 1 run added, 0 known already\n"
    assert say["reportartifact/l.sqlite"].returncode in (0, 4)
    assert "t0" in say["reportartifact/l.sqlite"].stdout
    refused = say["ledgergood.jsonl"]
    assert refused.returncode == 2
    assert "read-only" in refused.stderr
    assert refused.stderr.count("\n") == 1


def test_names_that_are_no_unicode_are_recorded_and_come_back_readable(tmp_path: Path) -> None:
    name = os.fsdecode(b"./caf\xe9.sh")
    (tmp_path / name).write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / name).chmod(0o755)
    (tmp_path / "pyproject.toml").write_text("[tool.greenlint]\n")
    assert greenlint("measure", "--", name, cwd=tmp_path).returncode == 3
    exported = greenlint("ledger", "export", cwd=tmp_path)
    data = json.loads(exported.stdout)
    assert data["run"]["args"] == ["./caf\\xe9.sh"]
    assert "caf\\xe9.sh" in data["measurements"][0]["name"]
    assert greenlint("ledger", "verify", cwd=tmp_path).returncode == 0
    assert "caf" in greenlint("report", cwd=tmp_path).stdout


def test_a_commit_that_is_no_unicode_is_recorded(tmp_path: Path) -> None:
    commit = Commit("a" * 40, "", 1, False, os.fsdecode(b"\xff"), "caf\udce9 \ud800")
    run_id = fill(tmp_path / "l.sqlite", os.fsdecode(b"\xfe"), commit)
    with Ledger.open(tmp_path / "l.sqlite") as ledger:
        run = ledger.run(run_id)
        assert run is not None
        assert run.commit is not None
        assert (run.commit.branch, run.commit.subject) == ("\\xff", "caf\\udce9 \\ud800")
        assert [m.name for m in ledger.measurements(run_id)] == ["\\xfe0", "\\xfe1"]


def test_rows_that_something_else_has_changed_are_named(project: Path) -> None:
    database = sqlite3.connect(project / "good.sqlite")
    database.execute("UPDATE run SET args = 'no json'")
    database.execute("UPDATE sample SET energy_uj = 1, method = 'guess' WHERE seq = 1")
    database.commit()
    database.close()
    verified = greenlint("ledger", "--ledger", "good.sqlite", "verify", cwd=project)
    assert verified.returncode == 1
    lines = verified.stdout.splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("good.sqlite: run ")
    assert lines[0].endswith(" cannot be read")
    assert lines[1] == "good.sqlite: sample row 2 cannot be read"
    assert lines[2] == "good.sqlite: 1 run, 0 never finished, 2 problems"
    for command in (("report",), ("ledger", "export")):
        done = greenlint(command[0], "--ledger", "good.sqlite", *command[1:], cwd=project)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)
        assert "good.sqlite: holds a row that cannot be read" in done.stderr


def test_a_merge_that_cannot_be_carried_out_makes_no_ledger(project: Path) -> None:
    done = greenlint("ledger", "--ledger", "new.sqlite", "merge", "good.sqlite", "none.sqlite", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("greenlint: error: none.sqlite: no such ledger")
    assert not (project / "new.sqlite").exists()


@pytest.mark.parametrize(
    ("change", "say"),
    [
        (lambda text: "[]\n", "x.jsonl:1: is not an exported run"),
        (lambda text: text + "{\n", "x.jsonl:2: is not an exported run"),
        (lambda text: text.replace('"version": 1', '"version": 9'), "x.jsonl:1: is of export version 9 (upgrade greenlint)"),
        (lambda text: text.replace('"wall_ns": 1000', '"wall_ns": 1e999'), "x.jsonl:1: is not an exported run"),
        (lambda text: text.replace('"wall_ns": 1000', '"wall_ns": 1e30'), "x.jsonl:1: is not an exported run"),
        (lambda text: text.replace('"peak_bytes": null', '"peak_bytes": {}'), "x.jsonl:1: is not an exported run"),
        (lambda text: text.replace('"call"', "7"), "x.jsonl:1: is not an exported run"),
        (lambda text: text.replace('"account"', "{}"), "x.jsonl:1: is not an exported run"),
    ],
    ids=["no object", "cut line", "newer", "infinite", "too large", "wrong type", "number for text", "object for text"],
)
def test_a_damaged_export_is_one_line_with_its_place(project: Path, change: Callable[[str], str], say: str) -> None:
    text = (project / "good.jsonl").read_text()
    assert change(text) != text
    (project / "x.jsonl").write_text(change(text))
    done = greenlint("ledger", "--ledger", "new.sqlite", "import", "x.jsonl", cwd=project)
    assert done.returncode == 2
    assert done.stderr.startswith(f"greenlint: error: {say}")
    assert done.stderr.count("\n") == 1
    assert greenlint("ledger", "--ledger", "new.sqlite", "verify", cwd=project).returncode == 0


@pytest.mark.parametrize(("name", "data"), [("none.jsonl", None), ("binary.jsonl", b"\xff\xfe")])
def test_an_export_that_cannot_be_read_is_named(tmp_path: Path, name: str, data: bytes | None) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    done = greenlint("ledger", "--ledger", "l.sqlite", "import", name, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith(f"greenlint: error: {name}: ")
    assert "Errno" not in done.stderr
    assert done.stderr.count("\n") == 1


def test_all_of_a_ledger_survives_the_way_through_an_export(project: Path) -> None:
    fill(project / "good.sqlite", "é😀 中文")
    greenlint("ledger", "--ledger", "good.sqlite", "export", "--output", "e.jsonl", cwd=project)
    assert greenlint("ledger", "--ledger", "b.sqlite", "import", "e.jsonl", cwd=project).stdout == (
        "e.jsonl: 2 runs added, 0 known already\n"
    )
    with Ledger.open(project / "good.sqlite") as a, Ledger.open(project / "b.sqlite") as b:
        assert a.runs() == b.runs()
        assert [a.measurements(run.run_id) for run in a.runs()] == [b.measurements(run.run_id) for run in b.runs()]


def test_a_ledger_named_on_the_command_line_is_meant_from_the_current_folder_by_every_command(project: Path) -> None:
    inner = project / "inner"
    inner.mkdir()
    compared = greenlint("compare", "--rounds", "5", "--ledger", "l.sqlite", "a=true", "b=true", cwd=inner)
    assert compared.returncode == 0
    assert sorted(path.name for path in project.glob("**/l.sqlite")) == ["l.sqlite"]
    assert greenlint("ledger", "--ledger", "l.sqlite", "verify", cwd=inner).stdout.startswith("l.sqlite: 1 run,")
    assert "Energy" in greenlint("report", "--ledger", "l.sqlite", cwd=inner).stdout


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def test_a_run_names_its_commit_in_every_state_of_the_repository_and_none_without_git(tmp_path: Path) -> None:
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q", "-b", "main")
    (origin / "pyproject.toml").write_text("[tool.greenlint]\n")
    git(origin, "add", ".")
    git(origin, "commit", "-qm", "one")
    git(origin, "commit", "-qm", "two", "--allow-empty")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{origin}", "shallow")

    def recorded(folder: Path, **environment: str) -> Commit | None:
        done = greenlint("measure", "--", "true", cwd=folder, **environment)
        assert (done.returncode, "Traceback" in done.stderr, "error" in done.stderr) == (0, False, False)
        with Ledger.open(folder / ".greenlint" / "ledger.sqlite", create=False) as ledger:
            return ledger.runs(limit=1)[0].commit

    clean, shallow = recorded(origin), recorded(tmp_path / "shallow")
    assert clean is not None
    assert shallow is not None
    assert (shallow.sha, clean.subject, clean.dirty, clean.branch) == (clean.sha, "two", False, "main")
    (origin / "pyproject.toml").write_text("[tool.greenlint]\n# edited\n")
    assert recorded(origin) == clean._replace(dirty=True)
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "true").symlink_to("/bin/true")
    assert recorded(origin, PATH=str(tmp_path / "bin")) is None


@pytest.mark.parametrize(
    ("make", "say"), [(newer, "upgrade greenlint"), (cut, "malformed"), (of_something_else, "not a greenlint ledger")]
)
def test_tests_run_to_their_verdict_whatever_the_ledger_is(tmp_path: Path, make: Callable[[Path], object], say: str) -> None:
    make(tmp_path / "l.sqlite")
    before = (tmp_path / "l.sqlite").read_bytes()
    (tmp_path / "test_a.py").write_text("def test_good(): pass\ndef test_bad(): assert 0\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--energy", "--energy-ledger=l.sqlite"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout
    assert done.stdout.count(say) == 1
    assert "INTERNALERROR" not in done.stdout + done.stderr
    assert (tmp_path / "l.sqlite").read_bytes() == before
