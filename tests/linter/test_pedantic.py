"""`--pedantic` shows all there is, as far as other settings leave it open."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.config.loader import load_config
from greenlint.config.schema import LintConfig
from greenlint.linter.runner import check_paths

SHOP = "import sys\n\n\ndef offered():\n    return 1\n\n\ndef go(name):\n    return getattr(sys.modules[__name__], name)()\n"
"""A function that nothing names, in a file that makes names at run time."""


def confidences(folder: Path, settings: str) -> list[int]:
    (folder / "pyproject.toml").write_text(f"[tool.greenlint]\n{settings}\n")
    (folder / "shop.py").write_text(SHOP)
    return [finding.confidence for finding in check_paths([str(folder)], load_config(str(folder))).findings]


def test_the_default_hides_what_is_not_certain_enough(tmp_path: Path) -> None:
    assert all(confidence >= 60 for confidence in confidences(tmp_path, ""))


def test_pedantic_shows_any_confidence(tmp_path: Path) -> None:
    assert any(confidence < 60 for confidence in confidences(tmp_path, "pedantic = true"))


@pytest.mark.parametrize("threshold", [60, 100])
def test_a_threshold_that_is_said_holds(threshold: int, tmp_path: Path) -> None:
    assert all(c >= threshold for c in confidences(tmp_path, f"pedantic = true\nmin-confidence = {threshold}"))


def test_pedantic_runs_preview_rules_unless_they_are_switched_off() -> None:
    assert LintConfig(pedantic=True).shows_preview
    assert not LintConfig(pedantic=True, preview=False).shows_preview
    assert not LintConfig().shows_preview
