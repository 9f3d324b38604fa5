"""The torture table for greenlint alone: on every simulated machine the truth is inside its interval, or it gives a reason.

`benchmarks/torture/run.py` runs the same with other tools beside it; see docs/torture.md.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from greenlint.testing.torture.case import Case
from greenlint.testing.torture.cases import CASES
from greenlint.testing.torture.judge import problems
from greenlint.testing.torture.world import FORBIDDEN

WINDOW_S, AT_S, LATEST_S = 0.3, 0.8, 13.0
WINDOW = [sys.executable, "-m", "greenlint.testing.torture.window"]
TRIES = 3
"""A 95 % interval misses the truth once in twenty windows by its meaning; a case that is handled wrongly fails each time."""

AT_ONCE = 3
"""Most of a case's time is a wait, so that some can share the machine."""


def measure(case: Case, *options: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the world reports, and what greenlint says in it; again with more time when it was not ready for the event.

    Where the system forbids mounts the machine is a folder, as far as files can show it.
    """
    at_s = AT_S
    while True:
        argv = [sys.executable, "-m", "greenlint.testing.torture.world", case.key, *options]
        argv += ["--at", str(at_s), "--window", str(WINDOW_S), "--", *WINDOW]
        done = subprocess.run(argv, capture_output=True, text=True, check=False)
        if done.returncode == FORBIDDEN and not options:
            return measure(case, "--in-folder")
        assert done.returncode in (0, FORBIDDEN), done.stderr
        report = json.loads(done.stdout)
        if "forbidden" in report:
            return report, {}
        assert report["stdout"], report["stderr"]
        said = json.loads(report["stdout"].splitlines()[-1])
        if not said["late"] or at_s > LATEST_S:
            return report, said
        at_s *= 2


@pytest.fixture(scope="module")
def measured() -> Iterator[Callable[[Case], tuple[dict[str, Any], dict[str, Any]]]]:
    """Measures a case; without xdist, which runs tests side by side itself, some cases at a time are measured ahead."""
    if "PYTEST_XDIST_WORKER" in os.environ:
        yield measure
        return
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = {case.key: pool.submit(measure, case) for case in CASES}
        yield lambda case: answers[case.key].result()


@pytest.mark.skipif(sys.platform != "linux", reason="powercap is a part of Linux")
@pytest.mark.parametrize("case", CASES, ids=[case.key for case in CASES])
def test_greenlint_is_right_on(case: Case, measured: Callable[[Case], tuple[dict[str, Any], dict[str, Any]]]) -> None:
    report, said = measured(case)
    if "forbidden" in report:
        pytest.skip(f"this system does not allow the simulated machine: {report['forbidden']}")
    found = problems(case, report, said)
    for _ in range(TRIES - 1):
        if not found:
            break
        found = problems(case, *measure(case))
    assert found == []
