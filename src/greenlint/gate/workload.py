"""The built-in workload of `greenlint doctor --aa`, for projects without benchmarks: the same work in every process.

Run as `python -m greenlint.gate.workload PROVIDER ROUNDS`; prints the benchmarks as `pytest --energy-json` would.
"""

from __future__ import annotations

import itertools
import json
import os
import sys
from typing import TYPE_CHECKING, Any

from greenlint.errors import GreenlintError
from greenlint.sampling.sample import Process, ProcessFailed, last_lines, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading
    from greenlint.sampling.sample import Setup
    from greenlint.sampling.worktrees import Side

NAME = "[built-in]"
_ITERATIONS, _COUNTED_ITERATIONS = 4, 16
"""Of a round: some 12 ms of CPU time, and some 50 ms where a counter steps every millisecond."""


def run_workload(side: Side, setup: Setup, seed: int, names: Sequence[str] = ()) -> Process:  # noqa: ARG001 - one shape
    """A fresh process of the built-in workload. Raises ProcessFailed."""
    import subprocess

    command = [sys.executable, "-m", "greenlint.gate.workload", setup.provider, str(setup.rounds)]
    env = {**os.environ, "PYTHONHASHSEED": str(seed)}
    try:
        done = subprocess.run(
            command, env=env, capture_output=True, stdin=subprocess.DEVNULL, timeout=setup.timeout_s, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise ProcessFailed(f"the built-in workload took longer than {setup.timeout_s:g} s") from error
    if done.returncode:
        raise ProcessFailed(f"the built-in workload failed: {last_lines(os.fsdecode(done.stderr))}")
    report = json.loads(done.stdout)
    return Process({one["name"]: value_of(one) for one in report["benchmarks"]}, {}, seed, provider=report["provider"])


def work() -> int:
    """Some 3 ms of what programs do: numbers, texts, dictionaries, sorting."""
    words = [f"{number * 7919 % 10007:05d}" for number in range(4000)]
    counts: dict[str, int] = {}
    for word in words:
        counts[word[:3]] = counts.get(word[:3], 0) + len(word)
    return sum(value * value for value in counts.values()) + len("".join(sorted(words, reverse=True)))


def measure(provider: str, rounds: int) -> dict[str, Any]:
    """One warm-up round and `rounds` that count. Raises GreenlintError for a provider that is not available."""
    from greenlint.profiler.meter import Meter

    with Meter.open(provider) as meter:
        iterations = _COUNTED_ITERATIONS if meter.method.measured else _ITERATIONS
        readings = []
        for _ in range(rounds + 1):
            for _ in range(iterations):
                work()
            readings.append(meter.read())
        row = _row(meter, readings, iterations)
    if meter.invalid:
        raise GreenlintError(meter.invalid)
    return {"provider": meter.provider, "benchmarks": [row]}


def _row(meter: Meter, readings: Sequence[Reading], iterations: int) -> dict[str, Any]:
    from greenlint.analysis.stats import median

    windows = list(itertools.pairwise(readings))
    energies = [meter.energy(start, end) for start, end in windows]
    joules = [energy.energy_j / iterations for energy in energies if energy is not None]
    whole = meter.energy(readings[0], readings[-1])
    cpu = [(end.cpu_ns - start.cpu_ns) / 1e9 for start, end in windows]
    wall = [(end.t_ns - start.t_ns) / 1e9 for start, end in windows]
    return {
        "name": NAME,
        "iterations": iterations * len(windows),
        "cpu_s": median(cpu) / iterations,
        "energy_j": median(joules) if joules else None,
        "energy": whole.to_json() if whole is not None else None,
        "rounds": [{"iterations": iterations, "cpu_s": c, "wall_s": w} for c, w in zip(cpu, wall)],
    }


def main() -> None:
    """Measure and print; what cannot be measured is one line and exit code 4."""
    try:
        sys.stdout.write(json.dumps(measure(sys.argv[1], int(sys.argv[2]))))
    except GreenlintError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    main()
