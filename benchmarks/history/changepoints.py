"""Bar B6: how surely `greenlint history` finds a step of a series, and how often it sees one that is not there.

Simulated series of commits: noise, a share of wild values (up to +50 %), and one step. "Found" is a change within three commits
of the true one; every other change is a false point. A series without a step has false points only.

    python benchmarks/history/changepoints.py [--series N] [--seed S]
"""

from __future__ import annotations

import argparse
import random
from typing import NamedTuple

from greenlint.analysis.changepoints import change_points

NEAR = 3


class Case(NamedTuple):
    """Noise (standard deviation of a value), step, values before and after it, share of wild values."""

    noise: float
    step: float
    before: int
    after: int
    wild: float


class Score(NamedTuple):
    """Shares of the series in which the step was found, found at its very commit, inside the printed range, and false points."""

    found: float
    exact: float
    in_range: float
    false_points: float


CASES = (
    Case(0.01, 0.05, 60, 10, 0.05),
    Case(0.01, 0.05, 60, 20, 0.05),
    Case(0.01, 0.05, 100, 100, 0.05),
    Case(0.01, 0.05, 60, 5, 0.0),
    Case(0.01, 0.03, 60, 20, 0.05),
    Case(0.035, 0.05, 60, 20, 0.0),
    Case(0.035, 0.10, 60, 10, 0.05),
    Case(0.01, -0.05, 60, 10, 0.05),
    Case(0.01, 0.0, 70, 0, 0.05),
    Case(0.035, 0.0, 70, 0, 0.05),
)
"""The first one is the bar."""


def simulate(case: Case, draw: random.Random) -> list[float]:
    """The values of one series around 1."""
    values = []
    for place in range(case.before + case.after):
        value = draw.gauss(1.0, case.noise) * (1.0 + (case.step if place >= case.before else 0.0))
        values.append(value * (1.0 + draw.uniform(0.0, 0.5)) if draw.random() < case.wild else value)
    return values


def score(case: Case, series: int, seed: int) -> Score:
    """Judge so many series of a case."""
    draw = random.Random(f"{seed}/{case}")
    found = exact = in_range = false_points = 0
    for _ in range(series):
        points = change_points(simulate(case, draw))
        near = [point for point in points if case.step and abs(point.place - case.before) <= NEAR]
        found += bool(near)
        exact += any(point.place == case.before for point in near)
        in_range += any(point.first <= case.before <= point.last for point in near)
        false_points += len(points) - min(1, len(near))
    return Score(found / series, exact / series, in_range / series, false_points / series)


def main() -> None:
    """Print a table; leave with 1 when the first case misses the bar."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--series", type=int, default=1000, help="series of each case (default: 1000)")
    parser.add_argument("--seed", type=int, default=6)
    arguments = parser.parse_args()
    print(f"{arguments.series} series of each case, seed {arguments.seed}\n")
    print("| noise | step | before + after | wild values | found | exact commit | in range | false points per series |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    scores = [score(case, arguments.series, arguments.seed) for case in CASES]
    for case, result in zip(CASES, scores, strict=True):
        shares = [f"{share:.1%}" if case.step else "-" for share in result[:3]]
        cells = [f"{case.noise:.1%}", f"{case.step:+.0%}", f"{case.before} + {case.after}", f"{case.wild:.0%}", *shares]
        print(f"| {' | '.join(cells)} | {result.false_points:.3f} |")
    kept = scores[0].found >= 0.95 and scores[0].false_points <= 0.1
    print(f"\nbar B6 (first row: at least 95 % found, at most 0.1 false points per series): {'kept' if kept else 'MISSED'}")
    raise SystemExit(0 if kept else 1)


if __name__ == "__main__":
    main()
