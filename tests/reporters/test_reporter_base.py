"""The formats as a family: found by their files, loaded one at a time, and total over any result."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from finding_samples import nasty_result, result

from greenlint.errors import ConfigError
from greenlint.reporters.base import RenderOptions, load_reporter, reporter_names

if TYPE_CHECKING:
    from pathlib import Path


def test_all_promised_formats_are_found() -> None:
    assert reporter_names() == ["concise", "github", "gitlab", "json", "junit", "sarif", "text"]


@pytest.mark.parametrize("name", reporter_names())
def test_a_format_is_called_as_its_file(name: str) -> None:
    assert name == load_reporter(name).NAME


def test_an_unknown_format_names_the_nearest_one() -> None:
    with pytest.raises(ConfigError, match=r"unknown output format 'sarf' \(did you mean sarif\?\)"):
        load_reporter("sarf")
    with pytest.raises(ConfigError, match="one of: concise, github"):
        load_reporter("???")


@pytest.mark.parametrize("name", reporter_names())
def test_every_format_renders_nothing_and_the_nastiest_result_as_utf8(name: str, tmp_path: Path) -> None:
    for one in (result(), nasty_result(tmp_path)):
        text = load_reporter(name).render(one, RenderOptions(60))
        text.encode("utf-8")
        assert text == "" or text.endswith("\n")
        assert "\x1b" not in text


@pytest.mark.parametrize("name", reporter_names())
def test_the_same_result_renders_to_the_same_bytes(name: str, tmp_path: Path) -> None:
    first, second = (load_reporter(name).render(nasty_result(tmp_path), RenderOptions()) for _ in range(2))
    assert first == second


@pytest.mark.parametrize("name", ["text", "concise"])
def test_formats_of_the_pre_commit_path_load_nothing_heavy(name: str) -> None:
    program = (
        "import sys, greenlint.model.check, greenlint.model.finding, greenlint.model.fix; before = set(sys.modules)\n"
        "from greenlint.reporters.base import load_reporter as load\n"
        f"load({name!r}); print(*sorted(set(sys.modules) - before))"
    )
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split()
    assert [module for module in loaded if not module.startswith("greenlint")] == []
