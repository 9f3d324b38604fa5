"""The control workload: a fixed piece of work in a fresh process, measured beside every commit.

What it costs says what the machine was like in that session: values of commits are divided by it, and a session in which
it is far off is left out. Run as `python -m greenlint.history.control PROVIDER`; prints one JSON object.
"""

from __future__ import annotations

import json
import os
import sys
from itertools import pairwise
from typing import Any, NamedTuple

from greenlint.analysis.stats import median
from greenlint.errors import GreenlintError
from greenlint.model.energy import Energy

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
    import subprocess

    command = [sys.executable, "-m", "greenlint.history.control", provider]
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            capture_output=True,
            stdin=subprocess.DEVNULL,
            timeout=_LONGEST_S,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise GreenlintError(f"the control workload did not end within {_LONGEST_S} s") from error
    try:
        data = json.loads(done.stdout)
    except ValueError:
        said = os.fsdecode(done.stderr).strip().splitlines()
        reason = said[-1] if said else f"exit code {done.returncode}"
        raise GreenlintError(f"the control workload failed: {reason}", "`greenlint doctor` says what can be measured") from None
    if "error" in data:
        raise GreenlintError(data["error"], data["hint"])
    energy = Energy.from_json(data["energy"]) if data["energy"] else None
    return Control(data["cpu_s"], data["energy_j"], energy, data["wall_s"], data["provider"], data["method"])


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
        rounds = [meter.energy(start, end) for start, end in pairwise(readings)]
        whole = meter.energy(readings[0], readings[-1])
        cpu_s = median([(end.cpu_ns - start.cpu_ns) / 1e9 for start, end in pairwise(readings)])
    joules = [energy.energy_j for energy in rounds if energy is not None] if not meter.invalid else []
    return {
        "cpu_s": cpu_s,
        "energy_j": median(joules) if joules else None,
        "energy": whole.to_json() if whole is not None and joules else None,
        "wall_s": (readings[-1].t_ns - readings[0].t_ns) / 1e9,
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
