"""The programs that are shipped for comparing languages: they print the same, and are as small as promised."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.bench import spec_file
from greenlint.bench.spec_file import read_spec
from greenlint.config.toml_parser import loads

FOLDER = Path(__file__).parents[2] / "benchmarks" / "languages"
SIZES = ("1", "2", "7", "1000")


def printed(*argv: str) -> list[str]:
    return [subprocess.run([*argv, n], capture_output=True, text=True, check=True).stdout for n in SIZES]


def expected(n: int) -> str:
    """The same by the library's sort."""
    numbers, x = [], 42
    for _ in range(n):
        x = 48271 * x % (2**31 - 1)
        numbers.append(x)
    numbers.sort()
    checksum = 0
    for number in numbers:
        checksum = (checksum * 31 + number) % (2**31 - 1)
    return f"n={n} first={numbers[0]} middle={numbers[n // 2]} last={numbers[-1]} checksum={checksum}\n"


def test_python_sorts_as_the_library_does() -> None:
    assert printed(sys.executable, str(FOLDER / "sort" / "sort.py")) == [expected(int(n)) for n in SIZES]


@pytest.mark.skipif(shutil.which("gcc") is None, reason="gcc is not installed here")
def test_c_prints_the_same(tmp_path: Path) -> None:
    program = tmp_path / "sort"
    flags = ["-O2", "-Wall", "-Wextra", "-Werror"]
    subprocess.run(["gcc", *flags, "-o", str(program), str(FOLDER / "sort" / "sort.c")], check=True)
    assert printed(str(program)) == [expected(int(n)) for n in SIZES]


@pytest.mark.skipif(shutil.which("node") is None, reason="node is not installed here")
def test_javascript_prints_the_same() -> None:
    assert printed("node", str(FOLDER / "sort" / "sort.js")) == [expected(int(n)) for n in SIZES]


def test_the_expected_file_is_right() -> None:
    assert (FOLDER / "sort" / "expected.txt").read_text() == expected(500_000)


def test_programs_are_at_most_eighty_lines() -> None:
    for path in (FOLDER / "sort").glob("sort.*"):
        assert len(path.read_text().splitlines()) <= 80, path.name


def test_the_readme_explains_every_key_of_a_spec_and_no_other() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    block = loads(text.split("```toml")[1].split("```")[0])
    assert tuple(block["compare"]) == spec_file.COMPARE_KEYS
    assert tuple(block["problem"]) == spec_file.PROBLEM_KEYS
    assert tuple(block["implementation"][0]) == spec_file.IMPLEMENTATION_KEYS


def test_the_shipped_spec_is_valid_and_names_three_languages() -> None:
    plan = read_spec(str(FOLDER / "compare.toml"))
    assert {i.language for i in plan.implementations} == {"python", "c", "javascript"}
