"""Every rule has evidence that anyone can run again: a benchmark folder, equal output on both sides, and a row of results."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.rules.registry import all_rules

FOLDER = Path(__file__).parents[2] / "benchmarks" / "rules"
NEEDS = {
    "GL226": "torch",
    **dict.fromkeys(("GL303", "GL304", "GL305", "GL306"), "pandas"),
    **dict.fromkeys(("GL113", "GL320"), "numpy"),
    "GL319": "PIL",
    **dict.fromkeys(("GL801", "GL803", "GL815", "GL816", "GL817"), "torch"),
    **dict.fromkeys(("GL802", "GL804", "GL805", "GL809", "GL811"), "sklearn"),
}
"""The package that a benchmark measures, where greenlint's own environment need not have it."""
CARDS = {"GL806": 1, "GL807": 1, "GL808": 1, "GL810": 1, "GL814": 2}
"""How many graphics cards a benchmark needs."""
PAIRS = sorted(path.parent.name for path in FOLDER.glob("GL*/before.py"))


@pytest.mark.parametrize("code", sorted(all_rules()))
def test_every_rule_has_a_benchmark(code: str) -> None:
    folder = FOLDER / code
    names = {path.name for path in folder.glob("*")}
    assert {"before.py", "after.py", "sizes.txt"} <= names or "bench.py" in names


@pytest.mark.parametrize("code", sorted(all_rules()))
def test_the_results_mention_every_rule(code: str) -> None:
    assert any(code in path.read_text(encoding="utf-8") for path in FOLDER.glob("RESULTS*.md"))


@pytest.mark.parametrize("code", PAIRS)
def test_before_and_after_print_the_same(code: str) -> None:
    package = NEEDS.get(code)
    if package is not None:
        pytest.importorskip(package, reason=f"{package} is not installed: the benchmark of {code} needs it")
    if code in CARDS:
        torch = pytest.importorskip("torch", reason=f"torch is not installed: the benchmark of {code} needs it")
        if torch.cuda.device_count() < CARDS[code]:
            pytest.skip(f"the benchmark of {code} needs {CARDS[code]} graphics cards")
    size = min((FOLDER / code / "sizes.txt").read_text(encoding="utf-8").split(), key=int)
    outputs = [
        subprocess.run(
            [sys.executable, FOLDER / code / f"{side}.py", size], capture_output=True, check=True, timeout=120, text=True
        ).stdout
        for side in ("before", "after")
    ]
    assert outputs[0] == outputs[1]
    assert outputs[0].count("\n") == 1


def test_the_runner_measures_a_pair_and_names_the_folders_that_exist() -> None:
    runner = [sys.executable, FOLDER / "run.py"]
    done = subprocess.run([*runner, "GL205", "--rounds", "1"], capture_output=True, text=True, timeout=120, check=True)
    rows = [line for line in done.stdout.splitlines() if line.startswith("| GL205")]
    assert len(rows) == len((FOLDER / "GL205" / "sizes.txt").read_text(encoding="utf-8").split())
    unknown = subprocess.run([*runner, "GL000"], capture_output=True, text=True, timeout=60, check=False)
    assert unknown.returncode == 2
    assert "GL000" in unknown.stderr and "GL205" in unknown.stderr
