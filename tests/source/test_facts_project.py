"""What is known about a project as a whole: what it ships, what is a test, and which names its texts mention."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.source.facts import FileFacts
from greenlint.source.project import ProjectIndex, is_test
from greenlint.source.texts import MAX_TEXT, TEXT_FILES, Texts

BUILD = "[build-system]\nrequires = ['hatchling']\n"


@pytest.mark.parametrize(
    "path", ["tests/a.py", "a/b/test/c.py", "test_a.py", "a/b_test.py", "a/conftest.py", "testing/x.py", "app/tests.py"]
)
def test_tests_are_known_by_their_paths(path: str) -> None:
    assert is_test(path)


@pytest.mark.parametrize("path", ["a.py", "latest/a.py", "contest.py", "src/pkg/testing/helpers.py", "attest_x.py"])
def test_other_files_are_no_tests(path: str) -> None:
    assert not is_test(path)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pyproject.toml", BUILD),
        ("pyproject.toml", "[tool.poetry]\nname = 'x'\n"),
        ("setup.py", "from setuptools import setup\nsetup(name='x')\n"),
        ("setup.cfg", "[metadata]\nname = x\n"),
    ],
)
def test_packaging_files_make_a_project_published(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert ProjectIndex({}, root=str(tmp_path)).published("src/pkg/a.py")


def test_a_configuration_file_alone_publishes_nothing(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.greenlint]\nselect = ['GL']\n")
    (tmp_path / "setup.cfg").write_text("[flake8]\n")
    assert not ProjectIndex({}, root=str(tmp_path)).published("a.py")


def test_packages_inside_a_repository_are_told_from_the_rest_of_it(tmp_path: Path) -> None:
    (tmp_path / "library").mkdir()
    (tmp_path / "library" / "pyproject.toml").write_text(BUILD)
    index = ProjectIndex({}, root=str(tmp_path))
    assert index.published("library/pkg/a.py")
    assert not index.published("tools/a.py")


def test_linting_a_folder_of_a_package_finds_the_packaging_above_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    (tmp_path / "src" / "pkg").mkdir(parents=True)
    assert ProjectIndex({}, root=str(tmp_path / "src" / "pkg")).published("a.py")


def test_what_lies_above_the_repository_does_not_count(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    assert not ProjectIndex({}, root=str(tmp_path / "repo")).published("a.py")


def test_a_django_site_is_an_application(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(BUILD)
    assert not ProjectIndex({"manage.py": FileFacts()}, root=str(tmp_path)).published("shop/views.py")


def test_a_project_without_a_folder_is_not_published() -> None:
    assert not ProjectIndex({}).published("a.py")


def test_configuration_and_templates_mention_all_their_words(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[project.scripts]\nx = 'pkg.mod:start'\n")
    (tmp_path / "page.html").write_text("<p>{{ shout(name) }}</p>")
    (tmp_path / "Makefile").write_text("run:\n\tpython -c 'import a; a.go()'\n")
    names = Texts(str(tmp_path), ["pyproject.toml", "page.html", "Makefile"]).mentioned(["start", "shout", "go", "stop"])
    assert {"start", "shout", "go"} <= names


def test_documentation_mentions_code_and_not_prose(tmp_path: Path) -> None:
    (tmp_path / "guide.md").write_text("We handle parse errors: call `check` or load_all or run() on it.")
    names = Texts(str(tmp_path), ["guide.md"]).mentioned(["check", "load_all", "run", "handle", "parse", "errors"])
    assert {"check", "load_all", "run"} <= names
    assert not names & {"handle", "parse", "errors"}


def test_change_logs_do_not_keep_code_alive(tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_text("Removed `old_one()`.")
    assert Texts(str(tmp_path), ["CHANGELOG.md"]).mentioned(["old_one"]) == frozenset()


def test_extension_sources_mention_what_they_quote(tmp_path: Path) -> None:
    (tmp_path / "ext.c").write_text('PyObject_CallMethod(o, "on_call", NULL); int helper;')
    assert Texts(str(tmp_path), ["ext.c"]).mentioned(["on_call", "helper"]) == {"on_call"}


def test_files_that_are_missing_binary_or_huge_do_not_stop_the_search(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b"\xff\xfe\x00 known_name \x80")
    (tmp_path / "b.json").write_bytes(b"huge_name " * (MAX_TEXT // 10 + 1))
    (tmp_path / "folder.json").mkdir()
    names = Texts(str(tmp_path), ["a.json", "b.json", "gone.json", "folder.json"]).mentioned(["known_name", "huge_name"])
    assert "known_name" in names
    assert "huge_name" not in names


def test_python_that_does_not_parse_still_counts_as_text(tmp_path: Path) -> None:
    (tmp_path / "newer.py").write_text("def f(:\n    _helper()\n")
    assert "_helper" in Texts(str(tmp_path), ["newer.py"]).mentioned(["_helper"])


def test_the_endings_of_text_files_are_known_to_discovery() -> None:
    assert {".html", ".md", ".toml", "makefile"} <= set(TEXT_FILES)
