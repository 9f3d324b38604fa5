"""What the last run left answers for files that are as they were, in a repository and without; it never answers wrongly."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import sqlite3
import subprocess
import time
from array import array
from collections.abc import Callable
from pathlib import Path

import pytest

from greenlint.config.schema import Config, LintConfig
from greenlint.linter import cache, collect, runner, snapshot
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.model.check import CheckResult
from greenlint.rules.assets import _delivery
from greenlint.source import git_index
from greenlint.source.discover import Finder

WASTE = "def f(p):\n    return p\n    print(p)\n"
STYLE = ".a { color: red; background: blue }\n" * 400
FILES = {
    "a.py": WASTE,
    "b.py": "from a import f\n\n\ndef unused():\n    return f(1)\n",
    "inner/c.py": WASTE,
    "static/site.css": STYLE,
    "static/data.json": '{"a": "b"}\n' * 2000,
    "README.md": "Call `unused()`.\n",
    ".gitignore": "ignored*\n",
}
_TICK_S = 0.012
"""Longer than the kernel's clock for time stamps stands still."""


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small projects have a cache, and a time stamp is old after a few ms."""
    monkeypatch.setattr(runner, "_CACHE_WORTH_BYTES", 0)
    monkeypatch.setattr(cache, "_RACY_NS", int(_TICK_S * 0.8e9))


@pytest.fixture(params=["repository", "folder"])
def project(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text)
    if request.param == "repository":
        git(tmp_path, "init", "-q", "-b", "main")
        git(tmp_path, "add", ".")
        git(tmp_path, "commit", "-qm", "one")
    return tmp_path


def check(folder: Path, *, cached: bool = True, paths: tuple[str, ...] = ("",)) -> CheckResult:
    _delivery._searched.cache_clear()  # a run has a process of its own
    time.sleep(_TICK_S)
    config = Config(root=str(folder), lint=LintConfig(preview=True))
    return check_paths([os.path.join(folder, path) for path in paths], config, CheckOptions(use_cache=cached, jobs=1))


def found(result: CheckResult) -> set[tuple[str, str]]:
    return {(finding.code, finding.path) for finding in result.findings}


def count(monkeypatch: pytest.MonkeyPatch, owner: type, name: str, run: Callable[[], object]) -> int:
    """How often a method is called in a run."""
    calls = []
    real = getattr(owner, name)

    def counted(*given: object) -> object:
        calls.append(given)
        return real(*given)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, counted)
        run()
    return len(calls)


@pytest.mark.parametrize("project", ["repository"], indirect=True)
def test_where_git_lists_the_same_nothing_is_listed_or_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = check(project)
    check(project)  # the first one made the folder of the cache, which is beside the assets
    listed = count(monkeypatch, Finder, "find", lambda: check(project))
    assert listed == 0
    assert check(project) == first
    (project / "a.py").write_text("import json\n")
    assert count(monkeypatch, Finder, "find", lambda: check(project)) == 0
    assert check(project) == check(project, cached=False) != first


def test_a_young_file_may_change_within_its_time_stamp_and_is_read_again(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "_RACY_NS", 10_000_000_000)
    expected = check(project)
    read: list[str] = []
    real = collect.content_hash
    monkeypatch.setattr(collect, "content_hash", lambda path, **how: (read.append(path), real(path, **how))[1])
    for _ in range(3):
        assert check(project) == expected
        assert os.path.join(project, "a.py") in read
        read.clear()


def _touch(path: Path) -> None:
    path.write_bytes(path.read_bytes())


def _same_size(path: Path) -> None:
    path.write_text(path.read_text().replace("def f(p)", "def g(p)"))


def _linked(path: Path) -> None:
    path.rename(path.with_name("elsewhere.txt"))
    path.symlink_to("elsewhere.txt")


EDITS: dict[str, Callable[[Path], object]] = {
    "a new file": lambda root: (root / "new.py").write_text(WASTE),
    "a new file in a new folder": lambda root: (root / "x").mkdir() or (root / "x" / "n.py").write_text(WASTE),
    "a file that git ignores": lambda root: (root / "ignored.py").write_text(WASTE),
    "git ignores another file": lambda root: (root / ".gitignore").write_text("inner\na.py\n"),
    "git ignores nothing": lambda root: ((root / "ignored.py").write_text(WASTE), (root / ".gitignore").unlink()),
    "a file is deleted": lambda root: (root / "a.py").unlink(),
    "a folder is deleted": lambda root: shutil.rmtree(root / "inner"),
    "a file becomes a link": lambda root: _linked(root / "a.py"),
    "a file becomes a folder": lambda root: (root / "a.py").unlink() or (root / "a.py").mkdir(),
    "a file is renamed": lambda root: (root / "a.py").rename(root / "z.py"),
    "a file is written again": lambda root: _touch(root / "a.py"),
    "an edit of the same size": lambda root: _same_size(root / "a.py"),
    "one with an old time stamp": lambda root: _same_size(root / "a.py") or os.utime(root / "a.py", (1e9, 1e9)),
    "a text mentions another name": lambda root: (root / "README.md").write_text("Nothing.\n"),
    "a new text": lambda root: (root / "setup.cfg").write_text("[x]\ny = unused\n"),
    "an asset shrinks": lambda root: (root / "static" / "site.css").write_text("a {}"),
    "a compressed copy": lambda root: (root / "static" / "site.css.gz").write_bytes(b"x"),
    "the server compresses": lambda root: (root / "nginx.conf").write_text("gzip on;\n"),
    "the server compresses, below": lambda root: (root / "inner" / "settings.py").write_text("import whitenoise\n"),
    "a file of settings": lambda root: (root / "b.py").write_text("import whitenoise\n"),
    "attributes": lambda root: (root / ".gitattributes").write_text("*.css filter=lfs\n"),
    "a package around the assets": lambda root: (root / "static" / "__init__.py").write_text(""),
    "attributes in a folder": lambda root: (root / "static" / ".gitattributes").write_text("*.css filter=lfs\n"),
    "all at once": lambda root: [(root / path).write_text(text + "\n") for path, text in FILES.items()],
    "a file that cannot be parsed": lambda root: (root / "a.py").write_text("def f(:\n"),
    "no files": lambda root: [(root / path).unlink() for path in FILES],
}


@pytest.mark.parametrize("name", EDITS)
def test_after_any_change_and_back_the_answer_is_that_of_a_run_without(project: Path, name: str) -> None:
    for _ in range(2):
        assert check(project) == check(project, cached=False)
    assert ("GLA109", "static/site.css") in found(check(project))
    EDITS[name](project)
    for _ in range(3):
        assert check(project) == check(project, cached=False)
    for path, text in FILES.items():
        if (project / path).is_dir():
            (project / path).rmdir()
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).unlink(missing_ok=True)
        (project / path).write_text(text)
    for _ in range(2):
        assert check(project) == check(project, cached=False)


def test_a_configuration_behind_a_link_counts_as_it_is_now(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("etc") / "site.conf"
    elsewhere.write_text("listen 80;\n")
    try:
        (project / "nginx.conf").symlink_to(elsewhere)
    except OSError:
        pytest.skip("this user of Windows may not make links")
    for _ in range(2):
        assert ("GLA109", "static/site.css") in found(check(project))
    elsewhere.write_text("gzip on;\n")
    assert ("GLA109", "static/site.css") not in found(check(project))


def believe_git(monkeypatch: pytest.MonkeyPatch) -> None:
    """What git's index says counts at once, and for a few files, too."""
    monkeypatch.setattr(collect, "_MANY", 0)
    monkeypatch.setattr(git_index, "_TICK_NS", int(_TICK_S * 0.8e9))


@pytest.mark.parametrize("seed", range(8))
def test_random_changes(project: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    if seed % 2:
        believe_git(monkeypatch)
    draw = random.Random(seed)
    in_git = (project / ".git").exists()
    paths = [*FILES, "new.py", "inner/new.py", "static/site.css.gz", "nginx.conf", "ignored.py", "notes.md", "setup.cfg"]
    for _ in range(25):
        for _ in range(draw.choice([0, 1, 1, 2, 5])):
            path = project / draw.choice(paths)
            kind = draw.choice(["write", "write", "write", "delete", "link", "touch"])
            if kind == "delete" or path.is_symlink():
                path.unlink(missing_ok=True)
            elif kind == "link" and not path.exists():
                path.symlink_to(project / draw.choice(paths))
            elif kind == "touch" and path.exists():
                path.touch()
            else:
                path.write_text(draw.choice([WASTE, STYLE, "gzip on;\n", "x = 1\n", "unused()\n", "def f(:\n", ""]))
        if in_git and draw.random() < 0.3:
            time.sleep(_TICK_S)
            command = draw.choice(
                ["add .", "stash", "checkout -- .", "rm -q --cached -r .", "update-index --force-write-index"]
            )
            with contextlib.suppress(subprocess.CalledProcessError):  # nothing to take back
                git(project, *command.split())
        if draw.random() < 0.2:
            scope = draw.choice([("inner",), ("static",), ("", "inner")])
            if all((project / path).is_dir() for path in scope):
                assert check(project, paths=scope) == check(project, cached=False, paths=scope)
        assert check(project) == check(project, cached=False)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("project", ["repository"], indirect=True)
def test_two_checkouts_may_share_a_cache(
    project: Path, tmp_path_factory: pytest.TempPathFactory, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    believe_git(monkeypatch)
    monkeypatch.setenv("GREENLINT_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
    draw = random.Random(seed)
    places = [project, tmp_path_factory.mktemp("copies") / "b"]
    shutil.copytree(*places)  # with its time stamps
    for _ in range(20):
        place = draw.choice(places)
        for path in draw.sample(sorted(FILES), draw.randrange(3)):
            stamp = (place / path).stat().st_mtime_ns if (place / path).exists() else 0
            (place / path).write_text(draw.choice([FILES[path], WASTE, WASTE.replace("return p", "print(p)")]))
            if stamp and draw.random() < 0.5:
                os.utime(place / path, ns=(stamp, stamp))
        if draw.random() < 0.4:
            time.sleep(_TICK_S)
            git(place, *draw.choice(["add .", "checkout -q HEAD -- .", "update-index --force-write-index"]).split())
        assert check(place) == check(place, cached=False)
    with sqlite3.connect(os.path.join(os.environ["GREENLINT_CACHE_DIR"], "cache.sqlite")) as database:
        assert database.execute("SELECT count(*) FROM snapshot").fetchone() == (2,)
    database.close()


def test_time_stamps_of_another_checkout_say_nothing(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """As on systems that let a copy have all of them."""
    folder = tmp_path_factory.mktemp("cache")
    other = tmp_path_factory.mktemp("copies") / "b"
    shutil.copytree(project, other)
    (other / "a.py").write_text(WASTE.replace("return p", "print(p)"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GREENLINT_CACHE_DIR", str(folder))
        check(project)
        with sqlite3.connect(folder / "cache.sqlite") as database:
            (names,) = database.execute("SELECT names FROM snapshot").fetchone()
            found = [(other / name).stat() for name in os.fsdecode(names).split("\0")]
            states = array("q", [number for info in found for number in (info.st_size, info.st_mtime_ns, info.st_ctime_ns)])
            database.execute("UPDATE snapshot SET states = ?", (states.tobytes(),))
        database.close()
        assert check(other) == check(other, cached=False)


@pytest.mark.parametrize("column", ["head", "names", "states", "contents", "keys", "held", "entries"])
def test_a_damaged_snapshot_costs_time_and_nothing_else(project: Path, column: str) -> None:
    draw = random.Random(column)
    for number in range(12):
        check(project)
        (project / "a.py").write_text(WASTE + "#" * (number % 2))
        with sqlite3.connect(project / ".greenlint" / "cache.sqlite") as database:
            (value,) = database.execute(f"SELECT {column} FROM snapshot").fetchone()
            data = value.encode() if isinstance(value, str) else value
            start = draw.randrange(len(data) + 1)
            cut = data[: start - start % 8] if number % 3 else b"[]" * number  # shorter, or something else
            database.execute(f"UPDATE snapshot SET {column} = ?", (cut.decode() if isinstance(value, str) else cut,))
        database.close()
        assert check(project) == check(project, cached=False)


@pytest.mark.parametrize("seed", range(3))
def test_a_head_of_another_shape_likewise(project: Path, seed: int) -> None:
    draw = random.Random(seed)
    junk: list[object] = [None, 7, -1, "x", [9], [[]], {}, [None], ["", [0]], [["a"], [9]], [1, 0, 0, 0], "TTTTTTTTT"]
    check(project)
    for _ in range(40):
        with sqlite3.connect(project / ".greenlint" / "cache.sqlite") as database:
            (head,) = database.execute("SELECT head FROM snapshot").fetchone()
            changed = json.loads(head) | {draw.choice(list(json.loads(head))): draw.choice(junk)}
            database.execute("UPDATE snapshot SET head = ?", (json.dumps(changed),))
        database.close()
        (project / "a.py").write_text(WASTE + "#" * draw.randrange(2))
        assert check(project) == check(project, cached=False)


@pytest.mark.parametrize("seed", range(3))
def test_damaged_edits_cost_time_and_nothing_else(project: Path, seed: int) -> None:
    draw = random.Random(seed)
    junk: list[object] = [None, 7, -1, "x", [9], [[]], {}, [None], 1 << 70, "zz", "ab" * 16, 10**6]
    for number in range(30):
        check(project)
        (project / "a.py").write_text(WASTE + "#" * number)
        check(project)
        with sqlite3.connect(project / ".greenlint" / "cache.sqlite") as database:
            ((payload,),) = database.execute("SELECT payload FROM edits").fetchall() or [("[0, []]",)]
            kept = json.loads(payload)
            if kept[1] and draw.random() < 0.8:
                row = draw.choice(kept[1])
                row[draw.randrange(len(row))] = draw.choice(junk)
            else:
                kept[draw.randrange(2)] = draw.choice(junk)
            database.execute("UPDATE edits SET payload = ?", (json.dumps(kept),))
        database.close()
        (project / "b.py").write_text("x = 1\n" * draw.randrange(3))
        assert check(project) == check(project, cached=False)


def snapshots(project: Path) -> tuple[int, int]:
    """When the last snapshot was written, and how many edits are kept beside it."""
    with sqlite3.connect(project / ".greenlint" / "cache.sqlite") as database:
        rows = database.execute("SELECT snapshot.made, payload FROM snapshot LEFT JOIN edits USING (key)").fetchall()
    database.close()
    ((made, payload),) = rows
    return made, len(json.loads(payload)[1]) if payload else 0


def test_a_few_edits_are_kept_beside_the_snapshot_and_many_are_written_into_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check(project)
    check(project)
    made, others = snapshots(project)  # the first run made a folder
    monkeypatch.setattr(snapshot, "MOST", others + 2)
    (project / "a.py").write_text("x = 1\n")
    check(project)
    assert snapshots(project) == (made, others + 1)
    (project / "b.py").touch()
    assert check(project) == check(project, cached=False)
    assert snapshots(project) == (made, others + 2)
    (project / "inner" / "c.py").write_text("x = 2\n")
    assert check(project) == check(project, cached=False)
    assert snapshots(project)[0] > made
    assert snapshots(project)[1] == 0
    assert check(project) == check(project, cached=False)


def test_a_file_may_come_into_the_state_that_the_snapshot_knows_with_other_contents(project: Path) -> None:
    """Where time stamps can be set at will."""
    check(project)
    check(project)
    (project / "a.py").write_text("import json\n")
    check(project)
    (project / "a.py").write_text(WASTE.replace("return p", "print(p)"))
    info = (project / "a.py").stat()
    with sqlite3.connect(project / ".greenlint" / "cache.sqlite") as database:
        ((names, written),) = database.execute("SELECT names, states FROM snapshot").fetchall()
        states = array("q", written)
        place = 3 * os.fsdecode(names).split("\0").index("a.py")
        states[place : place + 3] = array("q", (info.st_size, info.st_mtime_ns, info.st_ctime_ns))
        database.execute("UPDATE snapshot SET states = ?", (states.tobytes(),))
    database.close()
    for number in range(3):
        (project / "b.py").write_text("x = 1\n" * number)
        assert check(project) == check(project, cached=False)


def test_edits_are_in_the_snapshot_that_is_written_next(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(project)
    (project / "a.py").write_text("import json\n")
    check(project)
    monkeypatch.setattr(snapshot, "MOST", 0)
    (project / "b.py").touch()
    for _ in range(3):
        assert check(project) == check(project, cached=False)


def test_a_file_that_could_not_be_read_when_it_changed_is_looked_at(project: Path) -> None:
    check(project)
    (project / "a.py").write_text("import json\n")
    check(project)
    with sqlite3.connect(project / ".greenlint" / "cache.sqlite") as database:
        ((payload,),) = database.execute("SELECT payload FROM edits").fetchall()
        digest, rows = json.loads(payload)
        without = [[*row[:-1], None] for row in rows]
        assert without != rows
        database.execute("UPDATE edits SET payload = ?", (json.dumps([digest, without]),))
    database.close()
    (project / "b.py").write_text("x = 1\n")
    assert check(project) == check(project, cached=False)


@pytest.mark.parametrize("project", ["repository"], indirect=True)
def test_a_file_that_does_not_matter_comes_with_an_edit(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(project)
    check(project)
    (project / "x.bin").write_bytes(b"x")
    (project / "a.py").write_text("import json\n")
    assert check(project) == check(project, cached=False)
    assert count(monkeypatch, Finder, "find", lambda: check(project)) == 0


def test_the_cache_keeps_the_snapshots_of_sixteen_calls(project: Path) -> None:
    for number in range(20):
        (project / f"folder{number}").mkdir()
        (project / f"folder{number}" / "m.py").write_text(WASTE)
    for number in range(20):
        check(project, paths=(f"folder{number}",))
    check(project)
    with sqlite3.connect(project / ".greenlint" / "cache.sqlite") as database:
        assert database.execute("SELECT count(*) FROM snapshot").fetchone() == (16,)
    database.close()


def test_files_that_are_named_are_read_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    real = collect.content_hash
    monkeypatch.setattr(collect, "content_hash", lambda path, **how: (read.append(path), real(path, **how))[1])
    paths = ("a.py", "b.py")
    for _ in range(2):
        assert check(project, paths=paths) == check(project, cached=False, paths=paths)
    assert sorted(read) == [str(project / path) for path in paths]


def test_a_file_that_comes_leaves_the_others_unread(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check(project)
    (project / "new.py").write_text(WASTE)
    read: list[str] = []
    real = collect.content_hash
    monkeypatch.setattr(collect, "content_hash", lambda path, **how: (read.append(path), real(path, **how))[1])
    check(project)
    assert read == [str(project / "new.py")]
