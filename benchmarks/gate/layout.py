"""Whether a difference of memory layout alone is taken for a change: the same work, with one longer argument on one side.

python benchmarks/gate/layout.py --pairs 20
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import sys
from statistics import mean, stdev

from error_rates import FEW, LONG, SLOWED, SUITE

from greenlint.sampling.alternating import run_alternating
from greenlint.sampling.process import Start


def pair(order: tuple[str, str], seed: int) -> dict[str, float]:
    """Logarithms of head over base; the head is told to do as much work as the base, in more words."""
    starts = {}
    for side in order:
        factors = {str(number): 1.0 for number in SLOWED} if side == "head" else {}
        argv = [sys.executable, str(SUITE), json.dumps(factors), json.dumps(FEW), str(LONG)]
        starts[side] = Start(argv, os.getcwd(), {**os.environ, "PYTHONHASHSEED": str(seed)})
    done = {side: json.loads(found.output) for side, found in run_alternating(starts, 600).items()}
    return {name: math.log(min(done["head"][name]) / min(done["base"][name])) for name in done["base"]}


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=20)
    pairs, draw = parser.parse_args().pairs, random.Random(1)
    logs = [pair(("base", "head") if number % 2 else ("head", "base"), draw.randrange(2**32)) for number in range(pairs)]
    print("| benchmark | head over base, 95 % interval | sd |")
    print("| --- | --- | --: |")
    for name in logs[0]:
        found = [one[name] for one in logs]
        print(f"| {name} | {mean(found):+.2%} ± {1.96 * stdev(found) / math.sqrt(pairs):.2%} | {stdev(found):.1%} |")


if __name__ == "__main__":
    main()
