"""How often `greenlint gate --base` cries wolf, and how often it sees +5 %: real process pairs, and many resampled ones (bar B5).

    python benchmarks/gate/error_rates.py --real 20 --simulated 400

A trial is a whole decision by `greenlint.gate.paired.compare`: 8 pairs, then new pairs for the suspects. Real trials run
suite.py in fresh processes: a hundred unchanged benchmarks with rounds of half a millisecond, to provoke false alarms, and ten with
the ten milliseconds that a round has in a gate, five of them 5 % slower. Resampled trials draw whole pairs, with random sign,
from all real pairs of unchanged benchmarks of either sort, so that what benchmarks of one process have in common stays in.
Normal noise of 2 % and of 3.5 % a pair is simulated beside it.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import subprocess
import sys
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from greenlint.analysis.pairs import MIN_EFFECT, robust_spread
from greenlint.analysis.stats import median, wilson_interval
from greenlint.gate.paired import Paired, Settings, Verdict, compare
from greenlint.profiler.machine import describe_machine
from greenlint.sampling.collecting import number_of
from greenlint.sampling.sample import Process, Value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

SUITE = Path(__file__).with_name("suite.py")
BENCHMARKS = 100
SLOWED, EFFECT = (5, 27, 49, 61, 93), 0.05
"""Five kinds of work in five sizes."""

FEW = (2, 14, 36, 58, 70, *SLOWED)
SHORT, LONG = 200, 4000
"""Units of work of a round."""


class Tally:
    """Decisions of one sort: trials with a false alarm or a false praise, slowed benchmarks found, pairs they took."""

    def __init__(self) -> None:
        self.trials = self.alarmed = self.praised = self.slowed = self.found = self.most_pairs = 0

    def add(self, done: Paired, slowed: Sequence[str]) -> None:
        """Take a decision in."""
        self.trials += 1
        self.alarmed += any(one.verdict is Verdict.WORSE and one.name not in slowed for one in done.results)
        self.praised += any(one.verdict is Verdict.BETTER for one in done.results)
        self.slowed += len(slowed)
        self.found += sum(one.verdict is Verdict.WORSE and one.name in slowed for one in done.results)
        self.most_pairs = max(self.most_pairs, sum(not pair.excluded for pair in done.pairs))

    def row(self, name: str) -> str:
        """One line of the table."""
        found = _share(self.found, self.slowed) if self.slowed else "-"
        alarmed, praised = _share(self.alarmed, self.trials), _share(self.praised, self.trials)
        return f"| {name} | {self.trials} | {alarmed} | {praised} | {found} | {self.most_pairs} |"


def _share(count: int, of: int) -> str:
    low, high = wilson_interval(count, of)
    return f"{count} of {of}: {count / of:.1%} [{low:.1%}, {high:.1%}]"


def settings(seed: int) -> Settings:
    """The defaults of the command."""
    return Settings(8, None, MIN_EFFECT, seed)


def real(slowed: Sequence[int], every: Sequence[int], units: int) -> Callable[[str, int, Sequence[str]], Process]:
    """Fresh processes of the suite; head does 5 % more work in the slowed benchmarks."""

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        factors = {str(number): 1 + EFFECT for number in slowed} if side == "head" else {}
        chosen = [int(name) for name in names] or list(every)
        argv = [sys.executable, str(SUITE), json.dumps(factors), json.dumps(chosen), str(units)]
        env = {**os.environ, "PYTHONHASHSEED": str(seed)}
        done = subprocess.run(argv, env=env, capture_output=True, text=True, check=True)
        rounds = {name: tuple(found) for name, found in json.loads(done.stdout).items()}
        return Process({name: Value(median(found), None, "", 1, None, found) for name, found in rounds.items()}, seed=seed)

    return run


def simulated(draw: Callable[[], dict[str, float]], slowed: Sequence[int]) -> Callable[[str, int, Sequence[str]], Process]:
    """Processes whose logarithms `draw` gives for each pair; base is 1."""
    pending: dict[int, dict[str, float]] = {}

    def run(side: str, seed: int, names: Sequence[str]) -> Process:
        logs = pending.pop(seed) if seed in pending else pending.setdefault(seed, draw())
        chosen = names or list(logs)
        effect = {str(number): math.log1p(EFFECT) for number in slowed}
        seconds = {name: math.exp(logs[name] + effect.get(name, 0.0)) if side == "head" else 1.0 for name in chosen}
        return Process({name: Value(value, None, "") for name, value in seconds.items()})

    return run


def resampled(pool: Sequence[dict[str, float]], rng: random.Random) -> Callable[[], dict[str, float]]:
    """Whole real pairs, each with a random sign: the same code is as likely to be slower as faster."""

    def draw() -> dict[str, float]:
        sign = rng.choice((1, -1))
        return {name: sign * log for name, log in rng.choice(pool).items()}

    return draw


def normal(sd: float, rng: random.Random) -> Callable[[], dict[str, float]]:
    """Independent normal noise."""
    return lambda: {str(number): rng.gauss(0, sd) for number in range(BENCHMARKS)}


def logs_of(done: Paired, names: Sequence[str]) -> list[dict[str, float]]:
    """The logarithms of the first stage's pairs."""
    first = [pair for pair in done.pairs if pair.stage == 1 and not pair.excluded]
    return [
        {name: math.log(number_of(pair.head.values[name], "cpu") / number_of(pair.base.values[name], "cpu")) for name in names}
        for pair in first
    ]


def run_real(trials: int, rng: random.Random) -> tuple[Tally, Tally, list[dict[str, float]], list[dict[str, float]]]:
    """Unchanged and slowed suites in turn, and the logarithms of all unchanged benchmarks of both."""
    same, slower = Tally(), Tally()
    many: list[dict[str, float]] = []
    few: list[dict[str, float]] = []
    for number in range(trials):
        began = monotonic()
        done = compare(real((), range(BENCHMARKS), SHORT), settings(rng.randrange(2**31)))
        same.add(done, ())
        many += logs_of(done, [str(n) for n in range(BENCHMARKS)])
        done = compare(real(SLOWED, FEW, LONG), settings(rng.randrange(2**31)))
        slower.add(done, [str(n) for n in SLOWED])
        few += logs_of(done, [str(n) for n in FEW if n not in SLOWED])
        sys.stderr.write(f"real trial {number + 1} of {trials}: {monotonic() - began:.0f} s, load {os.getloadavg()[0]:.1f}\n")
    return same, slower, many, few


def run_simulated(trials: int, draw: Callable[[], dict[str, float]], slowed: Sequence[int], rng: random.Random) -> Tally:
    """The same by numbers alone."""
    tally = Tally()
    for _ in range(trials):
        tally.add(compare(simulated(draw, slowed), settings(rng.randrange(2**31))), [str(number) for number in slowed])
    return tally


def spread_over(draw: Callable[[], dict[str, float]]) -> Callable[[], dict[str, float]]:
    """The noise of the five unchanged benchmarks for the five slowed ones, too."""

    def both() -> dict[str, float]:
        logs = draw()
        return {**logs, **{str(slowed): log for slowed, log in zip(SLOWED, logs.values())}}

    return both


def _noise(pool: Sequence[dict[str, float]]) -> str:
    spreads = sorted(robust_spread([logs[name] for logs in pool]) for name in pool[0])
    return f"{median(spreads):.1%} ({spreads[0]:.1%} to {spreads[-1]:.1%})"


def main() -> None:
    """Run all trials and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=int, default=20, help="real trials of each sort; 0 leaves them and the resampling out")
    parser.add_argument("--simulated", type=int, default=400, help="resampled and simulated trials of each sort")
    parser.add_argument("--seed", type=int, default=20261121)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    loads = [os.getloadavg()[0]]
    rows, noise = [], ""
    if arguments.real:
        same, slower, many, few = run_real(arguments.real, rng)
        loads.append(os.getloadavg()[0])
        noise = f"; noise of a pair (robust) {_noise(many)} in rounds of 0.5 ms, {_noise(few)} in rounds of 10 ms"
        rows += [same.row("real: 100 unchanged, rounds of 0.5 ms"), slower.row("real: 5 unchanged, 5 slowed, rounds of 10 ms")]
        same = run_simulated(arguments.simulated, resampled(many, rng), (), rng)
        slower = run_simulated(arguments.simulated, spread_over(resampled(few, rng)), SLOWED, rng)
        rows += [same.row("resampled: 100 unchanged, 0.5 ms"), slower.row("resampled: 5 unchanged, 5 slowed, 10 ms")]
        mixed = run_simulated(arguments.simulated, resampled(many, rng), SLOWED, rng)
        rows.append(mixed.row("resampled: 95 unchanged, 5 slowed, 0.5 ms"))
    for sd in (0.02, 0.035):
        draw = normal(sd, rng)
        rows.append(run_simulated(arguments.simulated, draw, (), rng).row(f"normal {sd:.1%}: 100 unchanged"))
        rows.append(run_simulated(arguments.simulated, draw, SLOWED, rng).row(f"normal {sd:.1%}: 95 unchanged, 5 slowed"))
    print("| trials | n | any false alarm | any false praise | +5 % found | most pairs |")
    print("| --- | --: | --- | --- | --- | --: |")
    print("\n".join(rows))
    load = " to ".join(f"{load:.1f}" for load in loads)
    print(f"\n{describe_machine().machine_class}, Python {sys.version.split()[0]}, load {load}{noise}, seed {arguments.seed}")


if __name__ == "__main__":
    main()
