"""Reports leave out what says nothing: excerpts of pictures and data, and "effects" of the linter's own findings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An asset, a file that does not parse, and a suppression that silences nothing."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "app.css").write_text(".box { color: red; }\n" * 2000)
    (tmp_path / "broken.py").write_text("def f(:\n")
    (tmp_path / "idle.py").write_text("x = 1  # greenlint: ignore[GL107] why\n")
    (tmp_path / "waste.py").write_text("def f(p):\n    return p\n    print(p)\n")
    return tmp_path


def check(output_format: str, project: Path) -> str:
    """The report of the real command."""
    done = subprocess.run(
        [sys.executable, "-m", "greenlint", "check", "--output-format", output_format, "."],
        cwd=project,
        env={**os.environ, "NO_COLOR": "1", "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    return done.stdout


def block(report: str, start: str) -> str:
    (found,) = [part for part in report.split("\n\n") if part.startswith(start)]
    return found


def test_an_asset_has_no_excerpt_and_code_has_one(project: Path) -> None:
    report = check("text", project)
    assert " | " not in block(report, "static/app.css:1:1 GLA109")
    assert "transfer: " in block(report, "static/app.css:1:1 GLA109")
    assert "  3 |     print(p)\n" in block(report, "waste.py:3:5 GL107")
    assert "  1 | def f(:\n" in block(report, "broken.py:1:7 GL900")
    assert "  1 | x = 1  # greenlint: ignore[GL107] why\n" in block(report, "idle.py:1:8 GL902")


@pytest.mark.parametrize("output_format", ["text", "concise", "github", "junit"])
def test_findings_of_the_engine_claim_no_effect(project: Path, output_format: str) -> None:
    report = check(output_format, project)
    assert "the linter itself" not in report
    assert "GL900" in report
    assert "GL902" in report
    assert "start-up" in report
    if output_format == "junit":
        texts = [failure.text or "" for failure in ElementTree.fromstring(report).iter("failure")]
        assert [("start-up: " in text, "confidence" in text) for text in texts if "waste.py" in text] == [(True, True)]


def test_a_line_break_in_a_file_name_is_written_out(tmp_path: Path) -> None:
    (tmp_path / "two\nlines.py").write_text("def f(p):\n    return p\n    print(p)\n")
    assert check("concise", tmp_path).startswith("two\\nlines.py:3:5: GL107 ")
    assert check("text", tmp_path).startswith("two\\nlines.py:3:5 GL107 ")
