"""How often the interval of `greenlint bench` holds the truth, although it stops as soon as the interval is narrow enough.

python benchmarks/gate/precision.py
"""

from __future__ import annotations

import math
import random
from typing import TYPE_CHECKING

from greenlint.gate.repeat import Goal, repeat
from greenlint.sampling.sample import Process, Value

if TYPE_CHECKING:
    from collections.abc import Sequence

TRIALS = 1500


def main() -> None:
    """Simulate processes with normal noise and print a Markdown table."""
    print("| noise of a process | interval holds the truth | processes on average |")
    print("| --: | --: | --: |")
    for sd in (0.01, 0.02, 0.03):
        held = processes = 0
        for trial in range(TRIALS):
            draw = random.Random(trial)

            def run(side: str, seed: int, names: Sequence[str], draw: random.Random = draw, sd: float = sd) -> Process:  # noqa: ARG001 - the shape of a runner
                return Process({"a": Value(1e-3 * math.exp(draw.gauss(0, sd)), None, "")})

            centre = repeat(run, Goal(0.02, 200, 1)).results[0].centre
            assert centre is not None and centre.low is not None and centre.high is not None
            held += centre.low <= 1e-3 <= centre.high
            processes += centre.values
        print(f"| {sd:.0%} | {held / TRIALS:.1%} | {processes / TRIALS:.1f} |")


if __name__ == "__main__":
    main()
