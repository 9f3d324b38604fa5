"""Coverage data beside a project: what ran is in use, and what nobody names and nothing ran is certain."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from greenlint.config.schema import Config
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.rules.dead_code.unused_function import UnusedFunction
from greenlint.rules.dead_code.unused_method import UnusedMethod
from greenlint.source.coverage import read_coverage

TEXT = "def ran():\n    return 1\n\n\ndef idle():\n    return 2\n\n\nclass A:\n    def late(self):\n        return 3\n\n\nA()\n"


def write(
    root: Path, *, lines: dict[str, list[int]] | None = None, arcs: dict[str, list[tuple[int, int]]] | None = None
) -> None:
    """A data file as coverage.py 7 writes it."""
    path = root / ".coverage"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE file (id INTEGER PRIMARY KEY, path TEXT)")
        database.execute("CREATE TABLE line_bits (file_id INTEGER, context_id INTEGER, numbits BLOB)")
        database.execute("CREATE TABLE arc (file_id INTEGER, context_id INTEGER, fromno INTEGER, tono INTEGER)")
        for number, name in enumerate({**(lines or {}), **(arcs or {})}, 1):
            database.execute("INSERT INTO file VALUES (?, ?)", (number, name))
            bits = bytearray(8)
            for line in (lines or {}).get(name, ()):
                bits[line // 8] |= 1 << line % 8
            if name in (lines or {}):
                database.execute("INSERT INTO line_bits VALUES (?, 1, ?)", (number, bytes(bits)))
            for start, end in (arcs or {}).get(name, ()):
                database.execute("INSERT INTO arc VALUES (?, 1, ?, ?)", (number, start, end))
    database.close()


def judged(root: Path) -> dict[str, int]:
    """Name of each unused function or method -> confidence."""
    options = CheckOptions(jobs=1, use_cache=False, rules=(UnusedFunction(), UnusedMethod()))
    config = Config(root=str(root))
    config = config._replace(lint=config.lint._replace(min_confidence=0))
    return {f.message.split("`")[1]: f.confidence for f in check_paths([str(root)], config, options).findings}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(TEXT)
    os.utime(tmp_path / "app.py", (1_000_000_000, 1_000_000_000))
    return tmp_path


def test_without_data_the_names_decide(root: Path) -> None:
    found = judged(root)
    assert found["ran"] == found["idle"] == 70


@pytest.mark.parametrize("absolute", [True, False])
def test_what_ran_is_in_use_and_what_never_ran_is_certain(root: Path, absolute: bool) -> None:
    write(root, lines={f"{root}/app.py" if absolute else "app.py": [1, 2, 5, 9, 10, 14]})
    found = judged(root)
    assert "ran" not in found
    assert found["idle"] == 100


def test_branch_data_say_the_same(root: Path) -> None:
    write(root, arcs={"app.py": [(-1, 1), (1, 5), (5, -1), (-1, 2), (2, -1)]})
    found = judged(root)
    assert "ran" not in found
    assert found["idle"] == 100


def test_data_older_than_the_file_only_say_what_is_in_use(root: Path) -> None:
    write(root, lines={"app.py": [1, 2, 5]})
    os.utime(root / "app.py", (4_000_000_000, 4_000_000_000))
    found = judged(root)
    assert "ran" not in found
    assert found["idle"] == 70


def test_files_that_nobody_watched_are_judged_by_names(root: Path) -> None:
    write(root, lines={"other.py": [1]})
    assert judged(root)["idle"] == 70


def test_what_a_package_offers_is_not_certain_however_little_runs(root: Path) -> None:
    (root / "pyproject.toml").write_text("[build-system]\nrequires = ['hatchling']\n")
    write(root, lines={"app.py": [1, 5]})
    assert judged(root).get("idle", 0) < 60


@pytest.mark.parametrize("data", [b"", b"!coverage.py: This is a private format", b"SQLite format 3\0" + b"x" * 200])
def test_other_and_damaged_data_are_as_none(root: Path, data: bytes) -> None:
    (root / ".coverage").write_bytes(data)
    assert read_coverage(str(root)) is None
    assert judged(root)["idle"] == 70


def test_new_data_are_seen_although_no_file_changed(root: Path) -> None:
    """The cache must not answer with what was right before the tests ran."""
    (root / "big.py").write_text("x = 1\n" * 60_000)
    options = CheckOptions(jobs=1, rules=(UnusedFunction(),))
    config = Config(root=str(root))
    before = check_paths([str(root)], config, options).findings
    write(root, lines={"app.py": [1, 2, 5, 6]})
    after = check_paths([str(root)], config, options).findings
    assert len(before) == 2
    assert not after
