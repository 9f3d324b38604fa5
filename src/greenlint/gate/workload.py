"""The built-in workload of `greenlint doctor --aa`, for projects without benchmarks: the same work in every process.

Run as `python -m greenlint.gate.workload PROVIDER ROUNDS`; prints the benchmarks as `pytest --energy-json` would.
"""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, Any

from greenlint.errors import GreenlintError
from greenlint.sampling.process import Start
from greenlint.sampling.sample import Job, Process, ProcessFailed, last_lines, value_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading
    from greenlint.sampling.process import Done
    from greenlint.sampling.sample import Setup
    from greenlint.sampling.worktrees import Side

NAME = "[built-in]"
_ITERATIONS, _COUNTED_ITERATIONS = 4, 16
"""Of a round: some 12 ms of CPU time, and some 50 ms where a counter steps every millisecond."""


class _Workload(Job):
    """A fresh process of the built-in workload."""

    def start(self, side: Side, setup: Setup, seed: int, names: Sequence[str], path: str) -> Start:
        command = [sys.executable, "-m", "greenlint.gate.workload", setup.provider, str(setup.rounds)]
        return Start(command, os.getcwd(), {**os.environ, "PYTHONHASHSEED": str(seed)})

    def read(self, side: Side, seed: int, done: Done, path: str) -> Process:
        if done.code:
            raise ProcessFailed(f"the built-in workload failed: {last_lines(done.output)}")
        report = json.loads(done.output.splitlines()[-1])
        return Process({one["name"]: value_of(one) for one in report["benchmarks"]}, {}, seed, provider=report["provider"])


run_workload = _Workload()


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
    from greenlint.sampling.turns import turns_here

    turns = turns_here()
    with Meter.open(provider) as meter:
        iterations, number = _COUNTED_ITERATIONS if meter.method.measured else _ITERATIONS, rounds
        if turns is not None and not meter.method.measured:  # as many short rounds as benchmarks have in step
            iterations, number = 1, rounds * _ITERATIONS
        windows = []
        for turn in range(number + 1):
            if turns is not None and turn:
                turns.wait(NAME)
            start = meter.read()
            for _ in range(iterations):
                work()
            windows.append((start, meter.read()))
        row = _row(meter, windows[1:], iterations)
    if meter.invalid:
        raise GreenlintError(meter.invalid)
    return {"provider": meter.provider, "benchmarks": [row]}


def _row(meter: Meter, windows: Sequence[tuple[Reading, Reading]], iterations: int) -> dict[str, Any]:
    from greenlint.sampling.windows import figures

    found = figures(meter, windows, iterations)
    rounds = zip(found.cpu_rounds, found.wall_rounds)
    return {
        "name": NAME,
        "iterations": iterations * len(windows),
        "cpu_s": found.cpu_s,
        "energy_j": found.energy_j,
        "energy": found.energy.to_json() if found.energy is not None else None,
        "rounds": [{"iterations": iterations, "cpu_s": cpu_s, "wall_s": wall_s} for cpu_s, wall_s in rounds],
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
