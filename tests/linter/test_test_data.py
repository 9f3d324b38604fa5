"""What tests read as data and copies of other people's code are as they are on purpose: only `--pedantic` shows their waste."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.config.schema import Config, LintConfig
from greenlint.linter.runner import check_paths

WASTE = "def f(x):\n    return x\n    print(x)\n\n\nf(1)\n"


def lines(folder: Path, *paths: str, pedantic: bool = False) -> list[tuple[str, int]]:
    config = Config(root=str(folder), lint=LintConfig(select=("GL107", "GL102"), pedantic=pedantic))
    found = check_paths([str(folder / path) for path in paths or (".",)], config).findings
    return [(finding.path, finding.line) for finding in found if finding.code == "GL107"]


def write(folder: Path, **files: str) -> None:
    for name, text in files.items():
        path = folder / (name.replace("__", "/").replace("//", "__") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)


def test_what_nobody_imports_below_tests_is_data(tmp_path: Path) -> None:
    write(tmp_path, tests__functional__bad=WASTE, tests__test_it="def test():\n    assert 1\n")
    assert lines(tmp_path) == []
    assert lines(tmp_path, pedantic=True) == [("tests/functional/bad.py", 3)]


@pytest.mark.parametrize("user", ["from tests.functional import bad\n", "from .functional.bad import f\n", "import bad\n"])
def test_what_a_test_imports_is_code(user: str, tmp_path: Path) -> None:
    write(tmp_path, tests__functional__bad=WASTE, tests__test_it=f"{user}\ndef test():\n    assert bad.f(1)\n")
    assert lines(tmp_path) == [("tests/functional/bad.py", 3)]


@pytest.mark.parametrize("name", ["tests__test_it", "tests__conftest", "tests__it_test", "src__bad", "test_bad"])
def test_what_a_runner_collects_and_what_is_no_test_is_code(name: str, tmp_path: Path) -> None:
    write(tmp_path, **{name: WASTE})
    assert len(lines(tmp_path)) == 1


def test_a_program_below_tests_is_code(tmp_path: Path) -> None:
    write(tmp_path, tests__run_all=f"{WASTE}\nif __name__ == '__main__':\n    f(2)\n")
    assert len(lines(tmp_path)) == 1


def test_a_file_alone_is_judged_by_its_folder(tmp_path: Path) -> None:
    write(tmp_path, tests__data__bad=WASTE, tests__helper=WASTE, tests__test_it="import helper\n")
    assert lines(tmp_path, "tests/data/bad.py") == []
    assert lines(tmp_path, "tests/helper.py") == [("tests/helper.py", 3)]


@pytest.mark.parametrize("path", ["src__shop__//vendor__bad", "third_party__bad", "vendored-tool__bad"])
def test_copies_of_other_peoples_code_are_theirs(path: str, tmp_path: Path) -> None:
    write(tmp_path, **{path: WASTE})
    assert lines(tmp_path) == []
    assert len(lines(tmp_path, pedantic=True)) == 1


@pytest.mark.parametrize(("project", "found"), [("shop", 0), ("Six", 1)])
def test_a_package_of_a_well_known_name_is_a_copy_unless_the_project_is_called_so(
    project: str, found: int, tmp_path: Path
) -> None:
    write(tmp_path, six__init="", shop__main="import six\n")
    (tmp_path / "six" / "__init__.py").write_text(WASTE)
    (tmp_path / "setup.cfg").write_text(f"[metadata]\nname = {project}\n")
    assert len(lines(tmp_path)) == found
    assert len(lines(tmp_path, pedantic=True)) == 1
