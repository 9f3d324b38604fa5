"""The control workload: a fixed piece of work in a fresh process, measured beside every commit.

What it costs says what the machine was like in that session: values of commits are divided by it, and a session in which
it is far off is left out. Run as `python -m greenlint.history.control PROVIDER`; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from typing import Any

from greenlint.errors import GreenlintError
from greenlint.model.energy import Energy
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.process import run_whole
from greenlint.sampling.windows import figures

NAME = "[control]"
ROUNDS = 5
_TURNS = 200
_LONGEST_S = 120


class Control(NamedTuple):
    """One process: CPU seconds and joules of a round (medians), the energy of all rounds, and where it came from."""

    cpu_s: float
    energy_j: float | None
    energy: Energy | None
    wall_s: float
    provider: str
    method: str


def run_control(provider: str, seed: int) -> Control:
    """Measure the control workload in a fresh process. Raises GreenlintError with its last words when it fails."""
    command = [sys.executable, "-m", "greenlint.history.control", provider]
    environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
    done = run_whole(command, cwd=os.getcwd(), env=environment, timeout_s=_LONGEST_S)
    if done.timed_out:
        raise GreenlintError(f"the control workload did not end within {_LONGEST_S} s")
    try:
        found = json.loads(done.last_line)
    except ValueError:
        why = f"the control workload failed: {done.last_line} (exit code {done.code})"
        raise GreenlintError(why, "`greenlint doctor` says what can be measured") from None
    if "error" in found:
        raise GreenlintError(found["error"], found["hint"])
    energy = Energy.from_json(found["energy"]) if found["energy"] else None
    return Control(found["cpu_s"], found["energy_j"], energy, found["wall_s"], found["provider"], found["method"])


def work() -> int:
    """About 50 ms of what programs do: numbers, texts, dictionaries, sorting. Changed, it would cut every series in two."""
    total = 0
    for turn in range(_TURNS):
        words = [f"{(number * 7919 + turn) % 10007:05d}" for number in range(600)]
        counts: dict[str, int] = {}
        for word in words:
            counts[word[:3]] = counts.get(word[:3], 0) + len(word)
        total += sum(value * value for value in counts.values()) + len("".join(sorted(words, reverse=True)))
    return total


def measure(provider: str) -> dict[str, Any]:
    """One warm-up and `ROUNDS` rounds of the work. Raises ProviderError for a provider that is not available."""
    from greenlint.profiler.meter import Meter

    with Meter.open(provider) as meter:
        work()
        readings = [meter.read()]
        for _ in range(ROUNDS):
            work()
            readings.append(meter.read())
        windows = list(pairwise(readings))
        found = figures(meter, windows)
    if meter.invalid:
        found = found._replace(energy_j=None, energy=None)
    return {
        "cpu_s": found.cpu_s,
        "energy_j": found.energy_j,
        "energy": found.energy.to_json() if found.energy is not None else None,
        "wall_s": sum(found.wall_rounds),
        "provider": meter.provider,
        "method": meter.method.value,
    }


def main() -> None:
    """Measure and print; what cannot be measured is printed as an error with its remedy."""
    try:
        answer = measure(sys.argv[1])
    except GreenlintError as error:
        answer = {"error": error.message, "hint": error.hint}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
