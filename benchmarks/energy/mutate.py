"""Take one safeguard of the profiler out at a time, in a copy of the source, and show that a named test dies of it.

python benchmarks/energy/mutate.py
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from typing import NamedTuple

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Mutant(NamedTuple):
    """A safeguard, the text that is it, what stands in its place, and the test that must fail then."""

    safeguard: str
    file: str
    text: str
    instead: str
    test: str


MUTANTS = (
    Mutant(
        "wrap handling",
        "profiler/unwrap.py",
        "first = delta + cycle if delta < 0 < range_uj else delta",
        "first = delta",
        "test_unwrap.py::test_true_energy_is_found_at_every_phase_of_a_wrap",
    ),
    Mutant(
        "two wraps are not guessed",
        "profiler/unwrap.py",
        "if range_uj > 0 and cycle <= limit - first:",
        "if False:",
        "test_unwrap.py::test_reads_too_far_apart_are_ambiguous",
    ),
    Mutant(
        "self-check",
        "profiler/selfcheck.py",
        "if len(trace.moved_ns) < 2:",
        "if False:",
        "test_selfcheck.py::test_a_counter_that_moves_once_is_refused",
    ),
    Mutant(
        "check at the end of a session",
        "profiler/accounts/recheck.py",
        "    return False",
        "    return True",
        "test_selfcheck.py::test_one_stalled_socket_of_two_is_noticed",
    ),
    Mutant(
        "telescoping",
        "profiler/accounts/totals.py",
        "total + (moved.delta_uj or 0) for total",
        "(moved.delta_uj or 0) for total",
        "test_counter_energy.py::test_parts_of_a_session_sum_to_what_the_counter_gained_in_whole_microjoules",
    ),
    Mutant(
        "interval: calibration",
        "profiler/accounts/counter.py",
        "self._source.gain * energy_j",
        "0.0",
        "test_coverage.py::test_alone_the_interval_of_the_total_holds_the_truth_as_often_as_it_says",
    ),
    Mutant(
        "interval: steps of the counter",
        "profiler/accounts/split.py",
        "    return math.hypot(u_lag * share, LAG",
        "    return math.hypot(0.0, LAG",
        "test_coverage.py::test_the_interval_holds_when_the_load_begins_with_the_window_and_the_counter_lags",
    ),
    Mutant(
        "interval: uneven programs",
        "profiler/accounts/split.py",
        "UNEVEN = 0.2",
        "UNEVEN = 0.02",
        "test_coverage.py::test_beside_a_neighbour_the_interval_covers_programs_as_uneven_as_is_assumed",
    ),
    Mutant(
        "interval: no wider than needed",
        "model/energy.py",
        "Z95 = 1.959964",
        "Z95 = 3.0",
        "test_coverage.py::test_alone_the_interval_of_the_total_holds_the_truth_as_often_as_it_says",
    ),
    Mutant(
        "idle power",
        "profiler/accounts/split.py",
        "above_j = window.total_j - idle_w * window.wall_s\n    u_ticks",
        "above_j = window.total_j\n    u_ticks",
        "test_attribution.py::test_a_busy_second_has_ten_times_the_dynamic_energy_of_a_slept_one_by_counters",
    ),
    Mutant(
        "shares of a shared machine",
        "profiler/accounts/split.py",
        "share = window.own_s / busy_s if others_cpus else 1.0",
        "share = 1.0",
        "test_attribution.py::test_a_neighbour_on_all_other_cores_changes_our_energy_by_less_than_a_tenth",
    ),
)


def passes(test: str, source: str) -> bool:
    """Run one test against the package in `source`."""
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", f"tests/profiler/{test}"]
    environment = {**os.environ, "PYTHONPATH": source, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode > 1:
        raise SystemExit(f"{test} did not run:\n{done.stdout}{done.stderr}")
    return done.returncode == 0


def survives(mutant: Mutant) -> bool:
    """Whether the test still passes without the safeguard."""
    with tempfile.TemporaryDirectory() as folder:
        package = shutil.copytree(
            os.path.join(ROOT, "src", "greenlint"),
            os.path.join(folder, "greenlint"),
            ignore=shutil.ignore_patterns("__pycache__"),
        )
        path = os.path.join(package, *mutant.file.split("/"))
        with open(path, encoding="utf-8") as file:
            source = file.read()
        if source.count(mutant.text) != 1:
            raise SystemExit(f"{mutant.file} no longer holds {mutant.text!r} exactly once")
        with open(path, "w", encoding="utf-8") as file:
            file.write(source.replace(mutant.text, mutant.instead))
        return passes(mutant.test, folder)


def main() -> int:
    """Print a table; 1 when a test passes without its safeguard, or fails with it."""
    healthy = all(passes(test, os.path.join(ROOT, "src")) for test in sorted({mutant.test for mutant in MUTANTS}))
    print(f"with all safeguards every test passes: {'yes' if healthy else 'NO'}\n")
    print("| safeguard taken out | test that dies of it | |\n| --- | --- | --- |")
    alive = 0
    for mutant in MUTANTS:
        lives = survives(mutant)
        alive += lives
        print(f"| {mutant.safeguard} | `{mutant.test}` | {'SURVIVES' if lives else 'dies'} |", flush=True)
    return 1 if alive or not healthy else 0


if __name__ == "__main__":
    sys.exit(main())
