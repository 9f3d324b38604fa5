"""Which changes can reach a benchmark: documentation never, imported code always, and what cannot be told counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.sampling.reach import reached


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for path, text in {
        "bench/test_b.py": "from pkg.used import work\nfrom . import helper\n",
        "bench/helper.py": "import pkg.deep\n",
        "bench/__init__.py": "",
        "conftest.py": "import pkg.fixtures\n",
        "src/pkg/__init__.py": "",
        "src/pkg/used.py": "from pkg import inner\nfrom .sibling import thing\n",
        "src/pkg/inner/__init__.py": "from . import core\n",
        "src/pkg/inner/core.py": "",
        "src/pkg/sibling.py": "",
        "src/pkg/deep.py": "",
        "src/pkg/fixtures.py": "",
        "src/pkg/unused.py": "",
        "tests/test_other.py": "import pkg.unused\n",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    (tmp_path / ".git").mkdir()
    return tmp_path


def reach(project: Path, *changed: str) -> list[str]:
    return reached(changed, str(project), [str(project / "bench")], [str(project / "src"), str(project)])


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "docs/page.rst",
        "LICENSE",
        "LICENSE.txt",
        ".github/workflows/ci.yml",
        "logo.svg",
        "src/pkg/used.pyi",
        ".gitignore",
    ],
)
def test_documentation_and_its_like_reach_nothing(project: Path, name: str) -> None:
    assert reach(project, name) == []


@pytest.mark.parametrize(
    "name",
    [
        *("bench/test_b.py", "bench/helper.py", "conftest.py", "src/pkg/used.py", "src/pkg/__init__.py", "src/pkg/deep.py"),
        *("src/pkg/inner/__init__.py", "src/pkg/inner/core.py", "src/pkg/sibling.py", "src/pkg/fixtures.py"),
    ],
)
def test_code_that_a_benchmark_imports_on_any_way_is_reached(project: Path, name: str) -> None:
    assert reach(project, name, "README.md") == [name]


@pytest.mark.parametrize("name", ["src/pkg/unused.py", "tests/test_other.py"])
def test_code_that_no_benchmark_imports_is_not(project: Path, name: str) -> None:
    assert reach(project, name) == []


@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.txt", "data/input.csv", "src/pkg/native.c", "Makefile"])
def test_files_of_other_kinds_may_always_matter(project: Path, name: str) -> None:
    assert reach(project, name) == [name]


@pytest.mark.parametrize(
    "code",
    ["import importlib\nimportlib.import_module('pkg.unused')\n", "__import__('x')\n", "def broken(:\n"],
)
def test_where_imports_cannot_be_told_all_code_counts(project: Path, code: str) -> None:
    (project / "src/pkg/used.py").write_text(code)
    assert reach(project, "src/pkg/unused.py") == ["src/pkg/unused.py"]


def test_a_single_file_of_benchmarks_brings_the_conftest_above_it(project: Path) -> None:
    starts = [str(project / "bench/test_b.py")]
    assert reached(["conftest.py"], str(project), starts, [str(project / "src")]) == ["conftest.py"]
