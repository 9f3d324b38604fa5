"""docs/python.md: every example runs word for word, in a project of its own and without a warning."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.ledger.store import Ledger

PAGE = Path(__file__).parents[2] / "docs" / "python.md"
EXAMPLES = dict(
    re.findall(r"^## ([^\n]+)\n(?:(?!^## ).)*?^```python\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S)
)


def run(example: str, folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache"), "PYTHONIOENCODING": "utf-8"}
    environment.pop("GREENLINT_PROVIDER", None)
    script = folder / "example.py"
    script.write_text(example, encoding="utf-8")
    return subprocess.run(
        [sys.executable, "-W", "error", str(script)],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
    )


def test_no_example_of_the_page_is_left_out() -> None:
    assert len(EXAMPLES) == PAGE.read_text(encoding="utf-8").count("```python\n") == 6


@pytest.mark.parametrize("heading", EXAMPLES)
def test_the_example_runs_as_it_stands(heading: str, tmp_path: Path) -> None:
    done = run(EXAMPLES[heading], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


def test_the_example_with_the_ledger_leaves_one_complete_run(tmp_path: Path) -> None:
    run(EXAMPLES["In the ledger, and as JSON"], tmp_path)
    with Ledger.open(str(tmp_path / ".greenlint" / "ledger.sqlite"), create=False) as ledger:
        (recorded,) = ledger.runs()
        assert recorded.status == "complete"


def test_the_example_with_a_score_follows_the_settings_of_the_project(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint.carbon]\nzone = "DEU"\n')
    lines = run(EXAMPLES["Carbon and Software Carbon Intensity"], tmp_path).stdout.splitlines()
    assert "µg CO2e per request [" in lines[0]
    assert lines[2].startswith("DEU 2025 CO2e, life cycle")
