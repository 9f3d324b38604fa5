"""Words of texts are kept: an edit of code does not read the manual again, and whatever the cache holds, results are right."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any

import pytest

from greenlint.config.schema import Config, LintConfig
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.source import texts

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.model.check import CheckResult

FILES = {
    "padding.py": f"{'#' * 999}\n" * 350,  # a cache is worth it above 300 kB
    "lib.py": "def in_manual():\n    return 1\n\n\ndef in_page():\n    return 2\n\n\ndef nowhere():\n    return 3\n",
    "manual.md": "Call `in_manual()` now.\n",
    "page.html": "<p>{{ in_page }}</p>\n",
    "tool.c": 'run("quoted");\n',
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).write_text(text)
    return tmp_path


def check(folder: Path, *, cached: bool = True) -> CheckResult:
    config = Config(root=str(folder), lint=LintConfig(preview=True))
    return check_paths([str(folder)], config, CheckOptions(use_cache=cached, jobs=1))


def unused(folder: Path) -> list[str]:
    """The functions that a run with the cache reports, which are those that a run without it does."""
    result = check(folder)
    assert result == check(folder, cached=False)
    return sorted(finding.message.split("`")[1] for finding in result.findings if finding.code == "GL102")


def define(folder: Path, name: str) -> None:
    """An edit after which the project rules are asked."""
    with open(folder / "lib.py", "a") as file:
        file.write(f"\n\ndef {name}():\n    return 4\n")


def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are read from now on."""
    found: list[str] = []
    real = texts.read_text

    def read(path: str) -> bytes:
        found.append(path.rpartition("/")[2])
        return real(path)

    monkeypatch.setattr(texts, "read_text", read)
    return found


def test_an_edit_of_code_reads_only_manuals_that_mention_what_is_asked_for(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unused(project) == ["nowhere"]
    define(project, "another")
    found = reads(monkeypatch)
    assert [f.message.split("`")[1] for f in check(project).findings if f.code == "GL102"] == ["nowhere", "another"]
    assert set(found) == {"manual.md"}


def test_a_change_log_says_nothing_about_names_and_makes_nothing_be_read(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert unused(project) == ["nowhere"]
    (project / "CHANGELOG.md").write_text("- `nowhere()` is gone.\n")
    found = reads(monkeypatch)
    assert len(check(project).findings) == 1
    assert found == []


def test_a_text_that_changes_comes_or_goes_is_read(project: Path) -> None:
    assert unused(project) == ["nowhere"]
    (project / "manual.md").write_text("Call `nowhere()` now.\n")
    assert unused(project) == ["in_manual"]
    (project / "page.html").unlink()
    assert unused(project) == ["in_manual", "in_page"]
    (project / "new.cfg").write_text("run = in_page\n")
    assert unused(project) == ["in_manual"]
    define(project, "quoted")
    assert unused(project) == ["in_manual"]
    (project / "tool.c").write_text("run(quoted);\n")
    assert unused(project) == ["in_manual", "quoted"]


def test_a_file_that_does_not_parse_counts_word_by_word_beside_known_texts(project: Path) -> None:
    assert unused(project) == ["nowhere"]
    (project / "old.py").write_text("print nowhere\n")
    assert unused(project) == []
    define(project, "another")
    assert unused(project) == ["another"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda state, packed: [state],
        lambda state, packed: [state, None],
        lambda state, packed: [state, packed[:3]],
        lambda state, packed: [state, [*packed[:3], [[99]] * len(packed[3])]],
        lambda state, packed: [state, [*packed[:3], [[-1]] * len(packed[3])]],
        lambda state, packed: [state, [*packed[:3], [[0.0]] * len(packed[3])]],
        lambda state, packed: [state, [*packed[:3], [[True]] * len(packed[3])]],
        lambda state, packed: [state, [*packed[:3], packed[3][:-1]]],
        lambda state, packed: [state, [packed[0], [["manual.md", 7, ""]], *packed[2:]]],
        lambda state, packed: [state, [packed[0], packed[1], 5, packed[3]]],
        lambda state, packed: [state, ["x", *packed[1:]]],
        lambda state, packed: {"state": state},
    ],
)
def test_a_damaged_cache_costs_time_and_nothing_else(project: Path, spoil: Any) -> None:
    assert unused(project) == ["nowhere"]
    database = sqlite3.connect(project / ".greenlint" / "cache.sqlite")
    stored = json.loads(database.execute("SELECT payload FROM report WHERE key = ?", (b"texts",)).fetchone()[0])
    database.execute("UPDATE report SET payload = ? WHERE key = ?", (json.dumps(spoil(*stored)), b"texts"))
    database.commit()
    database.close()
    define(project, "another")
    assert unused(project) == ["another", "nowhere"]
