"""The page that says where each energy test lives names files that exist, all twenty-two tests, and no file twice in vain."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "testing-energy.md"


def test_every_file_that_the_page_names_exists() -> None:
    named = set(re.findall(r"`((?:tests|benchmarks)/[\w/.-]+)`", PAGE.read_text(encoding="utf-8")))
    assert len(named) > 30
    assert {name for name in named if not (ROOT / name).is_file()} == set()


def test_all_twenty_two_are_listed() -> None:
    rows = re.findall(r"^\| (\d+) \|", PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert rows == [str(number) for number in range(1, 23)]


@pytest.mark.parametrize("path", sorted((ROOT / "tests" / "profiler").glob("test_bad_*.py")), ids=lambda path: path.stem)
def test_every_test_of_bad_input_is_on_the_page(path: Path) -> None:
    assert path.name in PAGE.read_text(encoding="utf-8")
