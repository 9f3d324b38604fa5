"""How often `greenlint gate --base` cries wolf, and how often it sees +5 %: real process pairs, and many resampled ones (bar B5).

    python benchmarks/gate/error_rates.py --real 20 --simulated 400

A trial is a whole decision by `greenlint.gate.paired.compare`: 8 pairs, then new pairs for the suspects. Real trials run
suite.py in fresh processes that take turns: a hundred unchanged benchmarks with rounds of half a millisecond, to provoke false alarms, and ten with
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
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from statistics import mean, stdev
from typing import TYPE_CHECKING, NamedTuple

from load import neighbours

from greenlint.analysis.pairs import MIN_EFFECT, robust_spread
from greenlint.analysis.stats import median, wilson_interval
from greenlint.gate.paired import Paired, Settings, Verdict, compare
from greenlint.profiler.machine import describe_machine
from greenlint.sampling.alternating import run_alternating
from greenlint.sampling.collecting import number_of
from greenlint.sampling.process import Start
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


class Real:
    """Fresh processes of the suite that take turns; head does 5 % more work in the slowed benchmarks."""

    def __init__(self, slowed: Sequence[int], every: Sequence[int], units: int) -> None:
        self.notices: list[str] = []
        self._factors, self._every, self._units = {str(number): 1 + EFFECT for number in slowed}, every, units

    def __call__(self, side: str, seed: int, names: Sequence[str]) -> Process:
        start = self._start(side, seed, names)
        done = subprocess.run(start.command, env=start.env, capture_output=True, text=True, check=True)
        return _process(done.stdout, seed)

    def both(self, order: Sequence[str], seed: int, names: Sequence[str]) -> dict[str, Process]:
        """A pair as the gate takes it."""
        found = run_alternating({side: self._start(side, seed, names) for side in order}, 600)
        return {side: _process(done.output, seed) for side, done in found.items()}

    def _start(self, side: str, seed: int, names: Sequence[str]) -> Start:
        factors = self._factors if side == "head" else {}
        chosen = [int(name) for name in names] or list(self._every)
        argv = [sys.executable, str(SUITE), json.dumps(factors), json.dumps(chosen), str(self._units)]
        return Start(argv, os.getcwd(), {**os.environ, "PYTHONHASHSEED": str(seed)})


def _process(output: str, seed: int) -> Process:
    rounds = {name: tuple(found) for name, found in json.loads(output).items()}
    return Process({name: Value(median(found), None, "", 1, None, found) for name, found in rounds.items()}, seed=seed)


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


class Trial(NamedTuple):
    """One real trial: of unchanged benchmarks and of a mixture; alarms, praises and pairs of both, and the load at its end.

    found  of the slowed ones; many, few, slowed  logarithms of the pairs of the first stage, of unchanged benchmarks with short
    rounds, with long rounds, and of the slowed ones
    """

    alarms: tuple[int, int]
    praises: tuple[int, int]
    pairs: tuple[int, int]
    found: int
    load: float
    many: list[dict[str, float]]
    few: list[dict[str, float]]
    slowed: list[dict[str, float]]


def trial(first: int, second: int) -> Trial:
    """Measure one; the seeds of its two decisions."""
    same, slower = Tally(), Tally()
    one, two = (
        compare(Real((), range(BENCHMARKS), SHORT), settings(first)),
        compare(Real(SLOWED, FEW, LONG), settings(second)),
    )
    same.add(one, ())
    slower.add(two, [str(n) for n in SLOWED])
    return Trial(
        (same.alarmed, slower.alarmed),
        (same.praised, slower.praised),
        (same.most_pairs, slower.most_pairs),
        slower.found,
        os.getloadavg()[0],
        logs_of(one, [str(n) for n in range(BENCHMARKS)]),
        logs_of(two, [str(n) for n in FEW if n not in SLOWED]),
        logs_of(two, [str(n) for n in SLOWED]),
    )


def run_real(trials: int, beside: int, rng: random.Random, keep: str) -> list[Trial]:
    """Those that the file holds, and so many more, `beside` of them at once."""
    done = []
    if keep and os.path.exists(keep):
        with open(keep, encoding="utf-8") as file:
            done = [Trial(*json.loads(line)) for line in file]
    seeds = [(rng.randrange(2**31), rng.randrange(2**31)) for _ in range(trials)]
    with ThreadPoolExecutor(beside) as pool:
        for future in as_completed([pool.submit(trial, *both) for both in seeds]):
            done.append(future.result())
            if keep:
                with open(keep, "a", encoding="utf-8") as file:
                    file.write(json.dumps(done[-1]) + "\n")
            found, alarms = sum(one.found for one in done), sum(one.alarms[0] for one in done)
            seen = f"{found} of {len(done) * len(SLOWED)} found, {alarms} with an alarm"
            sys.stderr.write(f"{len(done)} real trials, load {done[-1].load:.1f}: {seen}\n")
    return done


def tally_of(trials: Sequence[Trial], which: int) -> Tally:
    """The first decisions of all trials, or the second."""
    tally = Tally()
    tally.trials = len(trials)
    tally.alarmed = sum(one.alarms[which] for one in trials)
    tally.praised = sum(one.praises[which] for one in trials)
    tally.most_pairs = max(one.pairs[which] for one in trials)
    if which:
        tally.found, tally.slowed = sum(one.found for one in trials), len(trials) * len(SLOWED)
    return tally


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


def _facts(trials: Sequence[Trial]) -> str:
    """Load, noise, bias of the sides, and what the slowed benchmarks came out at."""
    loads = sorted(one.load for one in trials)
    slowed = median([log for one in trials for logs in one.slowed for log in logs.values()])
    return (
        f"load {loads[0]:.1f} to {loads[-1]:.1f} (median {median(loads):.1f}); rounds of 0.5 ms: {_noise(_pool(trials, 'many'))}; "
        f"rounds of 10 ms: {_noise(_pool(trials, 'few'))}; the slowed ones by the median of all pairs {math.expm1(slowed):+.1%}"
    )


def _pool(trials: Sequence[Trial], name: str) -> list[dict[str, float]]:
    return [logs for one in trials for logs in getattr(one, name)]


def _noise(pool: Sequence[dict[str, float]]) -> str:
    spreads = sorted(robust_spread([logs[name] for logs in pool]) for name in pool[0])
    plain = median([stdev([logs[name] for logs in pool]) for name in pool[0]])
    means = [mean(logs.values()) for logs in pool]
    bias = f"head over base {mean(means):+.2%} ± {1.96 * stdev(means) / math.sqrt(len(means)):.2%}"
    return f"noise of a pair {median(spreads):.1%} robust ({spreads[0]:.1%} to {spreads[-1]:.1%}), {plain:.1%} plain, {bias}"


def main() -> None:
    """Run all trials and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--real", type=int, default=20, help="real trials of each sort, beside those that are kept")
    parser.add_argument("--simulated", type=int, default=400, help="resampled and simulated trials of each sort")
    parser.add_argument("--beside", type=int, default=1, help="real trials at once: each is load for the others")
    parser.add_argument("--load", type=int, default=0, help="busy processes beside the real trials")
    parser.add_argument("--keep", default="", metavar="FILE", help="keep real trials there, and add to those it holds")
    parser.add_argument("--seed", type=int, default=20261121)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    rows, facts = [], ""
    with neighbours(arguments.load if arguments.real else 0):
        trials = run_real(arguments.real, arguments.beside, rng, arguments.keep)
    if trials:
        facts = f", {arguments.beside} real trials at once, {arguments.load} busy processes beside them, {_facts(trials)}"
        many, few = resampled(_pool(trials, "many"), rng), spread_over(resampled(_pool(trials, "few"), rng))
        rows += [
            tally_of(trials, 0).row("real: 100 unchanged, rounds of 0.5 ms"),
            tally_of(trials, 1).row("real: 5 unchanged, 5 slowed, rounds of 10 ms"),
            run_simulated(arguments.simulated, many, (), rng).row("resampled: 100 unchanged, 0.5 ms"),
            run_simulated(arguments.simulated, few, SLOWED, rng).row("resampled: 5 unchanged, 5 slowed, 10 ms"),
            run_simulated(arguments.simulated, many, SLOWED, rng).row("resampled: 95 unchanged, 5 slowed, 0.5 ms"),
        ]
    for sd in (0.02, 0.035):
        draw = normal(sd, rng)
        rows.append(run_simulated(arguments.simulated, draw, (), rng).row(f"normal {sd:.1%}: 100 unchanged"))
        rows.append(run_simulated(arguments.simulated, draw, SLOWED, rng).row(f"normal {sd:.1%}: 95 unchanged, 5 slowed"))
    print("| trials | n | any false alarm | any false praise | +5 % found | most pairs |")
    print("| --- | --: | --- | --- | --- | --: |")
    print("\n".join(rows))
    print(f"\n{describe_machine().machine_class}, Python {sys.version.split()[0]}, seed {arguments.seed}{facts}")


if __name__ == "__main__":
    main()
