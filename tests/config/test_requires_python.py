"""Which versions a project supports, as its pyproject.toml says it; what is unclear excludes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from packaging.specifiers import SpecifierSet

from greenlint.config.requires_python import KNOWN, supported


def minors(tmp_path: Path, specifier: str) -> list[int]:
    (tmp_path / "pyproject.toml").write_text(f'[project]\nname = "x"\nrequires-python = "{specifier}"\n')
    return [minor for _, minor in supported(str(tmp_path))]


@pytest.mark.parametrize(
    "specifier",
    [
        ">=3.11",
        ">=3.9,<3.13",
        ">3.9",
        "<=3.12",
        "~=3.10",
        "==3.11.*",
        "!=3.10.*,>=3.9",
        ">=3.8, <4",
        ">=3.10,!=3.12.*",
        "<3.12",
    ],
)
def test_minor_versions_are_those_that_packaging_accepts(specifier: str, tmp_path: Path) -> None:
    accepts = SpecifierSet(specifier)
    expected = [minor for _, minor in KNOWN if any(accepts.contains(f"3.{minor}.{patch}") for patch in range(30))]
    if specifier == ">3.9":
        expected.remove(9)  # 3.9.1 is greater than 3.9, but nobody means that
    if specifier == "<=3.12":
        assert 12 in expected  # by 3.12.0
    assert minors(tmp_path, specifier) == expected


@pytest.mark.parametrize(
    ("specifier", "least", "most"),
    [
        (">=3.11.4", 11, 19),
        ("<3.12.3", 7, 12),
        ("~=3.11.2", 11, 11),
        ("==3.12.1", 12, 12),
        ("^3.10", 10, 19),
        ("!=3.10.2", 7, 19),
    ],
)
def test_patch_levels_and_poetrys_caret(specifier: str, least: int, most: int, tmp_path: Path) -> None:
    found = minors(tmp_path, specifier)
    assert (found[0], found[-1]) == (least, most)


@pytest.mark.parametrize("specifier", ["", "three", ">=3.9 || >=4", ">=3.11; python_version", "===3.11", ">=99", "=>3"])
def test_what_is_unclear_or_impossible_excludes_nothing(specifier: str, tmp_path: Path) -> None:
    assert supported_all(minors(tmp_path, specifier))


def supported_all(found: list[int]) -> bool:
    return found == [minor for _, minor in KNOWN]


def test_without_a_file_or_with_a_broken_one_everything_is_supported(tmp_path: Path) -> None:
    assert supported(str(tmp_path)) == KNOWN
    for text in ("[project\n", "project = 3\n", "[project]\nrequires-python = 3\n", "\x00", "[tool]\npoetry = 1\n"):
        (tmp_path / "pyproject.toml").write_text(text)
        assert supported(str(tmp_path)) == KNOWN


def test_poetrys_own_key_is_read(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.poetry.dependencies]\npython = "^3.12"\n')
    assert supported(str(tmp_path))[0] == (3, 12)
