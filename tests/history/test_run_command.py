"""`greenlint history run` and `bisect` in real repositories with real processes."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from history_lab import WORK, commit, core, git, greenlint, ledger_path, line, project, write

from greenlint.ledger.store import Ledger

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.run import Run

WORK_PY = "total = 0\nfor i in range(int({times} * 150_000)):\n    total += i * i\n"


def runs(folder: Path, kind: str = "history") -> list[Run]:
    with Ledger.open(ledger_path(folder), create=False) as ledger:
        return ledger.runs(kind=kind)


def status(folder: Path) -> dict[str, str]:
    """Subject -> how its newest run ended."""
    return {run.commit.subject: run.status for run in reversed(runs(folder)) if run.commit is not None}


def make(folder: Path) -> Path:
    """A repository whose benchmark is a small command: its processes start fast."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    command = json.dumps(f"{sys.executable} -S -E work.py")
    settings = f'[bench.commands]\nwork = {command}\n[energy]\nprovider = "model"\n'
    commit(folder, "first", {"greenlint.toml": settings, ".gitignore": ".greenlint/\n", "work.py": WORK_PY.format(times=1)})
    return folder


@pytest.fixture
def commands(tmp_path: Path) -> Path:
    """Such a repository of one commit."""
    return make(tmp_path / "project")


@pytest.fixture(scope="module")
def untouched(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One of two equal commits, for tests that measure nothing."""
    folder = make(tmp_path_factory.mktemp("untouched") / "project")
    commit(folder, "second", {})
    return folder


def test_each_commit_is_measured_once_and_failures_are_results(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    commit(folder, "broken", {"src/pkg/core.py": "def work(n) syntax error\n"})
    commit(folder, "mended", {"src/pkg/core.py": core(1)})
    commit(folder, "nothing else", {})
    write(
        folder,
        {"pytest.ini": "[pytest]\naddopts = --no-such-option\n", "conftest.py": "raise SystemExit('not of the commit')\n"},
    )
    done = greenlint(folder, "history", "run", "HEAD~3..HEAD", "--seed", "1")
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("3 commits: 1 measured, 1 reused, 1 failed; seed 1")
    assert "SyntaxError" in done.stdout
    assert ".greenlint" not in done.stdout
    found = status(folder)
    assert (found["mended"], found["nothing else"]) == ("complete", "complete")
    assert found["broken"].startswith("failed: ")
    again = greenlint(folder, "history", "run", "HEAD~3..HEAD")
    assert again.stdout.startswith("3 commits: 2 reused, 1 failed")
    assert len(runs(folder)) == 3
    assert git(folder, "worktree", "list").count("\n") == 1
    assert git(folder, "status", "--porcelain", "--untracked-files=no") == ""
    shown = json.loads(greenlint(folder, "history", "show", "--json").stdout)
    (series,) = shown["series"]
    assert [(point["subject"], point["samples"]) for point in series["points"]] == [("mended", 3), ("nothing else", 3)]
    assert (series["metric"], series["mark"]) == ("cpu", "CPU time")
    assert len(shown["failed"]) == 1


def test_a_run_that_was_killed_goes_on_where_it_was(commands: Path) -> None:
    for number in range(2):
        commit(commands, f"change {number}", {"work.py": WORK_PY.format(times=1) + f"# {number}\n"})
    arguments = [sys.executable, "-m", "greenlint", "history", "run", "HEAD~2..HEAD"]
    started = subprocess.Popen(arguments, cwd=commands, stdout=subprocess.DEVNULL)
    _wait_for(lambda: ledger_path(commands).exists() and any(run.status == "complete" for run in runs(commands)))
    started.send_signal(signal.SIGKILL)
    started.wait()
    before = {run.run_id for run in runs(commands) if run.status == "complete"}
    done = greenlint(commands, "history", "run", "HEAD~2..HEAD")
    assert done.returncode == 0, done.stderr
    assert f"{len(before)} reused" in done.stdout
    assert before <= {run.run_id for run in runs(commands)}
    assert set(status(commands)) == {"change 0", "change 1"}
    assert not (commands / ".greenlint" / "worktrees").exists()


def _wait_for(condition: object) -> None:
    end = time.monotonic() + 60
    while not condition() and time.monotonic() < end:  # type: ignore[operator]
        time.sleep(0.02)


def test_a_commit_that_hangs_is_stopped_with_all_its_processes_and_stored(commands: Path) -> None:
    child = "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    hang = f"import subprocess, sys, time\n{child}\ntime.sleep(600)\n"
    commit(commands, "hangs", {"work.py": hang})
    began = time.monotonic()
    done = greenlint(commands, "history", "run", "HEAD", "--timeout", "0.5")
    assert time.monotonic() - began < 30
    assert (done.returncode, "nothing measured" in done.stderr) == (4, True)
    assert "not finished after 0.5 s" in status(commands)["hangs"]


def test_the_environment_is_made_once_for_equal_lock_files_and_a_failing_set_up_is_stored(commands: Path) -> None:
    setup = 'python -c "import sys; assert sys.prefix != sys.base_prefix" && cp requirements.txt $VIRTUAL_ENV/seen && sh set.sh'
    commit(commands, "one", {"requirements.txt": "a==1\n", "set.sh": "exit 0\n"})
    commit(commands, "two", {"set.sh": "echo no compiler here; exit 3\n"})
    done = greenlint(commands, "history", "run", "HEAD~2..HEAD", "--setup", setup)
    assert done.returncode == 0, done.stderr
    found = status(commands)
    assert found["one"] == "complete"
    assert found["two"] == "failed: set-up ended with 3: no compiler here"
    (environment,) = (path for path in (commands / ".greenlint" / "environments").iterdir() if path.is_dir())
    assert (environment / "seen").read_text() == "a==1\n"


def test_submodules_are_named_in_the_run(commands: Path, tmp_path: Path) -> None:
    line(tmp_path / "part", 1)
    git(commands, "-c", "protocol.file.allow=always", "submodule", "add", "-q", str(tmp_path / "part"), "part")
    git(commands, "commit", "-q", "-m", "with a part")
    greenlint(commands, "history", "run", "HEAD", "--timeout", "0.1")
    (run,) = runs(commands)
    assert "submodules were not checked out" in run.notes[0]


def test_the_culprit_is_found_and_a_second_search_measures_nothing(commands: Path) -> None:
    good = git(commands, "rev-parse", "HEAD").strip()
    for number in range(3):
        times = 3 if number >= 1 else 1
        commit(commands, f"change {number}", {"work.py": WORK_PY.format(times=times) + f"# {number}\n"})
    commit(commands, "words only", {"README.md": "text\n"})
    done = greenlint(commands, "history", "bisect", good, "HEAD", "work", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["confirmed"]
    assert [one["subject"] for one in found["left"]] == ["change 1"]
    assert (found["commits"], len(found["candidates"])) == (4, 3)
    again = json.loads(greenlint(commands, "history", "bisect", good, "HEAD", "work", "--json").stdout)
    assert (again["pairs_measured"], again["left"]) == (0, found["left"])
    assert {run.status for run in runs(commands, "bisect")} == {"complete"}
    assert git(commands, "worktree", "list").count("\n") == 1


@pytest.mark.long
def test_a_search_over_tests_passes_by_a_broken_commit(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    good = git(folder, "rev-parse", "HEAD").strip()
    commit(folder, "slower", {"src/pkg/core.py": core(3)})
    commit(folder, "broken", {"src/pkg/core.py": "def work(n) syntax error\n"})
    commit(folder, "mended", {"src/pkg/core.py": core(3, "mended")})
    found = json.loads(greenlint(folder, "history", "bisect", good, "HEAD", WORK, "--json").stdout)
    assert ([one["subject"] for one in found["left"]], found["notices"]) == (["slower"], [])


@pytest.mark.long
def test_a_search_over_tests_says_when_two_cannot_be_alive_at_once(tmp_path: Path) -> None:
    folder = project(tmp_path / "project")
    lock = str(tmp_path / "lock")
    alone = (
        f"import os, pytest\nfrom pkg.core import work\n@pytest.fixture(scope='module')\ndef lock():\n    os.mkdir({lock!r})\n"
        f"    yield\n    os.rmdir({lock!r})\ndef test_work(energy, lock): energy(work, 3000)\n"
    )
    commit(folder, "alone", {"bench/test_bench.py": alone})
    commit(folder, "alone and slower", {"src/pkg/core.py": core(9)})
    done = greenlint(folder, "history", "bisect", "HEAD~1", "HEAD", WORK)
    assert "Culprit" in done.stdout, done.stdout + done.stderr
    assert "alone and slower" in done.stdout
    assert "note: both sides ran one after the other" in done.stdout


def test_ends_that_do_not_differ_are_no_finding(commands: Path) -> None:
    commit(commands, "the same", {"work.py": WORK_PY.format(times=1) + "# same\n"})
    done = greenlint(commands, "history", "bisect", "HEAD~1", "HEAD", "work", "--strict")
    assert (done.returncode, "No change between the ends is confirmed" in done.stdout) == (3, True)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("run", "nowhere..HEAD"), "'nowhere' is no commit"),
        (("run", "HEAD...HEAD"), "is no range"),
        (("run", "HEAD..HEAD"), "no commit in HEAD..HEAD"),
        (("run", "HEAD", "--tags"), "no tagged commit"),
        (("run", "HEAD", "--tags", "--every", "2"), "exclude each other"),
        (("run", "HEAD", "--processes", "2"), "--processes"),
        (("run", "HEAD", "--provider", "rapl-nowhere"), "rapl-nowhere"),
        (("bisect", "HEAD", "HEAD", "work"), "the same commit"),
        (("bisect", "HEAD", "HEAD~1", "work"), "swap them"),
        (("bisect", "HEAD~1", "HEAD", "nothing"), "cannot be measured"),
        (("bisect", "HEAD~1", "HEAD", "work", "--min-effect", "2"), "a percentage such as"),
        (("mark", "nowhere", "text"), "'nowhere' is no commit"),
        (("mark", "HEAD", " "), "TEXT is empty"),
        (("mark", "HEAD", "x", "--machine", "none-such"), "no run is of this class"),
        (("show",), "nothing measured"),
        (("publish", "site"), "nothing measured"),
        (("show", "--rename", "x"), "OLD=NEW is needed"),
    ],
)
def test_wrong_arguments_are_one_line_each(untouched: Path, arguments: tuple[str, ...], message: str) -> None:
    done = greenlint(untouched, "history", *arguments)
    assert done.returncode in (2, 4)
    assert message in done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_unknown_revision_of_a_shallow_clone_says_what_to_fetch(commands: Path, tmp_path: Path) -> None:
    commit(commands, "second", {"file": "x"})
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{commands}", str(shallow)], check=True)
    done = greenlint(shallow, "history", "run", "HEAD~1..HEAD")
    assert (done.returncode, "git fetch --deepen" in done.stderr) == (2, True)


def test_outside_a_repository_the_reason_is_said(tmp_path: Path) -> None:
    done = greenlint(tmp_path, "history", "run", "HEAD", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert (done.returncode, "no commit of this repository" in done.stderr) == (2, True)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 1 MB."""
    place = tmp_path / "small"
    place.mkdir()
    if shutil.which("mount") is None or os.name != "posix":
        pytest.skip("there is no mount here")
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(place)], capture_output=True).returncode:
        pytest.skip("this user may not mount a file system")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


def test_a_full_disk_is_one_line_and_what_was_measured_stays(commands: Path, small_disk: Path) -> None:
    commit(commands, "large", {"file": "x" * 3_000_000})
    copy = small_disk / "copy"
    subprocess.run(["git", "clone", "-q", "--no-checkout", "--shared", str(commands), str(copy)], check=True)
    shutil.copy(commands / "greenlint.toml", copy)
    done = greenlint(copy, "history", "--ledger", str(commands / "ledger.sqlite"), "run", "HEAD")
    assert (done.returncode, "free some space" in done.stderr) == (2, True), done.stderr
    assert "Traceback" not in done.stderr
