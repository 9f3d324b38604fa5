"""Bar B6 by its own benchmark, with fewer series."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from benchmarks.history.changepoints import CASES, score

ROOT = Path(__file__).parents[2]


def test_a_step_of_5_percent_among_wild_values_is_found_and_few_are_invented() -> None:
    case = CASES[0]
    assert (case.noise, case.step, case.wild) == (0.01, 0.05, 0.05)
    result = score(case, 150, seed=1)
    assert result.found >= 0.95
    assert result.false_points <= 0.1


def test_the_benchmark_prints_a_row_for_each_case_and_says_whether_the_bar_is_kept() -> None:
    script = ROOT / "benchmarks/history/changepoints.py"
    done = subprocess.run([sys.executable, str(script), "--series", "5"], capture_output=True, text=True, check=False)
    assert len(re.findall(r"^\| +[\d.]+%", done.stdout, re.MULTILINE)) == len(CASES)
    assert "bar B6" in done.stdout
    assert done.stderr == ""
