"""In a fresh checkout with a restored cache git's index says what is in the files, and nothing that it cannot know."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from greenlint.source.discover import Finder, State
from greenlint.source.git_index import objects

WASTE = "def f(p):\n    return p\n    print(p)\n"


def git(folder: Path, *arguments: str) -> str:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    return subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True).stdout


def committed(folder: Path, files: int = 120) -> Path:
    """A repository of so many wasteful files, all committed, and the cache of a run over it beside it."""
    folder.mkdir()
    for number in range(files):
        (folder / f"m{number}.py").write_text(f"x = 1{number:03}\n" * 400 + WASTE)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "one")
    return folder


def cloned(origin: Path, name: str) -> Path:
    """A fresh clone whose files are older than its index by more than a tick of the clock, as most of a large one are."""
    git(origin.parent, "clone", "-q", origin.name, name)
    time.sleep(0.05)
    git(origin.parent / name, "update-index", "--force-write-index")
    return origin.parent / name


def read(folder: Path, cache: Path) -> tuple[str, set[str]]:
    """The report of a run with this cache, and the source files that it opened."""
    code = (
        f"import sys; sys.path[:0] = {sys.path!r}\n"
        "sys.argv = ['greenlint', 'check', '--select', 'GL107', '--output-format', 'concise', '.']\n"
        "opened = open(sys.stderr.fileno(), 'w', closefd=False)\n"
        "sys.addaudithook(lambda event, found: event == 'open' and str(found[0]).endswith('.py')"
        f" and str(found[0]).startswith({str(folder)!r}) and print(found[0], file=opened, flush=True))\n"
        "from greenlint.__main__ import main\n"
        "main()\n"
    )
    environment = {**os.environ, "GREENLINT_CACHE_DIR": str(cache)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    return done.stdout, {os.path.basename(line) for line in done.stderr.splitlines()}


def test_with_a_restored_cache_a_fresh_clone_is_not_read_but_for_what_differs(tmp_path: Path) -> None:
    origin, cache = committed(tmp_path / "origin"), tmp_path / "cache"
    report, opened = read(origin, cache)
    assert len(opened) == 120
    assert read(cloned(origin, "clone"), cache) == (report, set())
    other = cloned(origin, "other")
    git(other, "update-index", "--assume-unchanged", "m3.py")
    git(other, "update-index", "--skip-worktree", "m4.py")
    for name in ("m1.py", "m3.py", "m4.py"):  # as large as before
        (other / name).write_text((other / name).read_text().replace("return p", "print(p)"))
    (other / "m5.py").unlink()
    (other / "new.py").write_text(WASTE)
    (other / "moved.py").write_bytes((other / "m6.py").read_bytes())
    found, opened = read(other, cache)
    assert opened >= {"m1.py", "m3.py", "m4.py", "new.py", "moved.py"}
    assert len(opened) == 5
    gone = {f"m{number}.py" for number in (1, 3, 4, 5)}
    lines = [line for line in report.splitlines(True) if line.split(":")[0] not in gone]
    assert set(lines) < set(found.splitlines(True))
    assert {line.split(":")[0] for line in set(found.splitlines(True)) - set(lines) if ".py:" in line} == {"new.py", "moved.py"}


def test_what_an_edit_made_is_read_once_and_then_known_by_its_commit(tmp_path: Path) -> None:
    origin, cache = committed(tmp_path / "origin"), tmp_path / "cache"
    read(origin, cache)
    (origin / "m7.py").write_text(WASTE)
    _, opened = read(origin, cache)
    assert opened == {"m7.py"}
    git(origin, "commit", "-qam", "two")
    report, opened = read(cloned(origin, "first"), cache)
    assert opened <= {"m7.py"}
    assert read(cloned(origin, "second"), cache) == (report, set())


def test_an_edit_that_was_taken_back_is_not_taken_for_what_git_holds(tmp_path: Path) -> None:
    origin, cache = committed(tmp_path / "origin"), tmp_path / "cache"
    clone = cloned(origin, "clone")
    report, _ = read(clone, cache)
    text = (clone / "m7.py").read_text()
    (clone / "m7.py").write_text(text.replace("return p", "print(p)"))  # as large as before
    assert read(clone, cache)[0] != report
    assert read(cloned(origin, "other"), cache)[0] == report


def test_a_checkout_with_other_line_ends_is_read(tmp_path: Path) -> None:
    """The objects are the same."""
    origin, cache = committed(tmp_path / "origin"), tmp_path / "cache"
    read(origin, cache)
    for path in origin.glob("*.py"):
        path.unlink()
    git(origin, "config", "core.autocrlf", "true")
    git(origin, "checkout", "-q", "--", ".")
    time.sleep(0.05)
    git(origin, "update-index", "--force-write-index")
    assert b"\r\n" in (origin / "m7.py").read_bytes()
    assert len(named(origin)) == 120
    _, opened = read(origin, cache)
    assert len(opened) == 120


def test_a_cache_that_two_checkouts_share_tells_them_apart(tmp_path: Path) -> None:
    """Files of the same size and with the same time stamps, as far as those can be copied."""
    origin, cache = committed(tmp_path / "origin"), tmp_path / "cache"
    clone = cloned(origin, "clone")
    path = clone / "m7.py"
    path.write_text(path.read_text().replace("return p", "print(p)"))
    for number in range(120):
        info = (origin / f"m{number}.py").stat()
        os.utime(clone / f"m{number}.py", ns=(info.st_atime_ns, info.st_mtime_ns))
    for _ in range(2):
        assert "m7.py:" in read(origin, cache)[0]
        assert "m7.py:" not in read(clone, cache)[0]


def test_a_file_that_was_changed_right_after_the_checkout_is_read(tmp_path: Path) -> None:
    """As large as before and with the same time stamp."""
    origin, cache = committed(tmp_path / "origin"), tmp_path / "cache"
    read(origin, cache)
    clone = cloned(origin, "clone")
    stamp = (clone / "m7.py").stat().st_mtime_ns
    (clone / "m7.py").write_text((clone / "m7.py").read_text().replace("return p", "print(p)"))
    os.utime(clone / "m7.py", ns=(stamp, stamp))
    found, _ = read(clone, cache)
    assert "m7.py:" not in found
    assert "m8.py:" in found


def states(root: Path) -> list[tuple[str, State]]:
    """All source files and the state of each."""
    return [(file.path, file.state) for file in Finder(str(root), (), ()).find([str(root)])]


def named(root: Path) -> dict[str, str]:
    """What the index says of the files below `root`."""
    found = objects(str(root), states(root))
    return {path: name.hex() for path, name in found.items()}


def staged(root: Path) -> dict[str, str]:
    """What git says itself."""
    lines = git(root, "ls-files", "--stage").splitlines()
    return {line.partition("\t")[2]: line.split()[1] for line in lines if line.endswith(".py")}


@pytest.mark.parametrize("version", [2, 3, 4])
def test_every_version_of_the_index_says_what_git_says(tmp_path: Path, version: int) -> None:
    origin = committed(tmp_path / "origin", 40)
    deep = origin / "a" / ("long" * 60) / "b"
    deep.mkdir(parents=True)
    (deep / "x.py").write_text(WASTE)
    (origin / "later.py").write_text(WASTE)
    git(origin, "add", "a")
    git(origin, "add", "--intent-to-add", "later.py")  # has the bits of version 3
    git(origin, "update-index", "--index-version", str(version))
    time.sleep(0.05)
    git(origin, "update-index", "--force-write-index")
    expected = staged(origin)
    del expected["later.py"]
    found = named(origin)
    found.pop("later.py", None)
    assert found == expected
    assert named(origin / "a") == staged(origin / "a")
    (origin / "m3.py").write_text((origin / "m3.py").read_text())
    assert "m3.py" not in named(origin)


@pytest.mark.parametrize("number", range(3))
def test_size_and_both_time_stamps_are_those_that_git_saw(tmp_path: Path, number: int) -> None:
    origin = committed(tmp_path / "origin", 3)
    time.sleep(0.05)
    git(origin, "update-index", "--force-write-index")
    ((path, state), *others) = states(origin)
    another = list(state)
    another[number] += 1
    assert objects(str(origin), [(path, state), *others]).keys() == {"m0.py", "m1.py", "m2.py"}
    assert objects(str(origin), [(path, (another[0], another[1], another[2])), *others]).keys() == {"m1.py", "m2.py"}


def test_a_worktree_has_an_index_of_its_own(tmp_path: Path) -> None:
    origin = committed(tmp_path / "origin", 3)
    git(origin, "worktree", "add", "-q", "../tree")
    time.sleep(0.05)
    git(tmp_path / "tree", "update-index", "--force-write-index")
    assert named(tmp_path / "tree") == staged(origin)


def test_a_file_as_new_as_the_index_is_not_taken_for_what_it_was(tmp_path: Path) -> None:
    origin = committed(tmp_path / "origin", 3)
    index = origin / ".git" / "index"
    newest = max(path.stat().st_mtime_ns for path in origin.glob("*.py"))
    os.utime(index, ns=(newest + 1_000_000, newest + 1_000_000))
    assert len(named(origin)) < 3


def test_a_damaged_index_is_no_error(tmp_path: Path) -> None:
    origin = committed(tmp_path / "origin", 20)
    index = origin / ".git" / "index"
    data = index.read_bytes()
    files = states(origin)
    draw = random.Random(4)
    for number in range(400):
        cut = draw.randrange(len(data))
        damaged = data[:cut] if number % 2 else data[:cut] + draw.randbytes(draw.randrange(1, 9)) + data[cut + 4 :]
        index.write_bytes(damaged)
        assert set(objects(str(origin), files)) <= {path for path, _ in files}
    index.write_bytes(data[:40])
    assert objects(str(origin), files) == {}
    index.unlink()
    assert objects(str(origin), files) == {}


def test_names_of_another_length_are_not_misread(tmp_path: Path) -> None:
    folder = tmp_path / "sha256"
    folder.mkdir()
    git(folder, "init", "-q", "--object-format=sha256")
    for number in range(5):
        (folder / f"m{number}.py").write_text(WASTE)
    git(folder, "add", ".")
    time.sleep(0.05)
    git(folder, "update-index", "--force-write-index")
    assert named(folder) == {}
