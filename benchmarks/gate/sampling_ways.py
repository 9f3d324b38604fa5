"""Which way of taking a pair of processes has the least noise on a busy machine: all ways in turn, in one run, on unchanged code.

    python benchmarks/gate/sampling_ways.py --blocks 40 --load 2

A block takes one pair in every way, in random order, so that all ways see the same machine. Figures of two runs do not compare.
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
from statistics import mean, stdev
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from error_rates import simulated
from load import neighbours

from greenlint.analysis.pairs import MIN_EFFECT, robust_spread
from greenlint.analysis.stats import hodges_lehmann, median
from greenlint.gate.paired import Settings, Verdict, compare
from greenlint.profiler.machine import describe_machine

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    Rounds = dict[str, list[float]]
    """CPU seconds of the rounds of one benchmark, by side; "base reference" and "head reference" are of the covariate."""

SUITE = Path(__file__).with_name("suite.py")
CHOSEN = (2, 14, 36, 58, 70, 3)
"""Kinds of work in several sizes."""

REFERENCE = 41
FULL_S = 0.2
"""What the rounds of a process and benchmark take in every way."""

ABBA = ("base", "head", "head", "base")


class Server:
    """A process of the suite that runs rounds when it is told to."""

    def __init__(self, seed: int, cpu: int | None) -> None:
        env = {**os.environ, "PYTHONHASHSEED": str(seed)}
        argv = [sys.executable, str(SUITE), "serve"]
        self._process = subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=env)
        if cpu is not None and hasattr(os, "sched_setaffinity"):
            os.sched_setaffinity(self._process.pid, {cpu})

    def ask(self, number: int, units: int, rounds: int) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{number} {units} {rounds}\n")
        self._process.stdin.flush()

    def answer(self) -> list[float]:
        assert self._process.stdout is not None
        found: list[float] = json.loads(self._process.stdout.readline())
        return found

    def now(self, number: int, units: int, rounds: int) -> list[float]:
        self.ask(number, units, rounds)
        return self.answer()

    def close(self) -> None:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Way(NamedTuple):
    """How a pair is taken: "after" each other, "beside" each other, in "step"; rounds and units of work in each; on one CPU."""

    name: str
    kind: str
    rounds: int
    units: int
    pinned: bool = False
    reference: bool = False


WAYS = (
    Way("one after the other", "after", 20, 4000),
    Way("one after the other, with a reference between rounds", "after", 20, 4000, reference=True),
    Way("side by side", "beside", 20, 4000),
    Way("side by side on one CPU", "beside", 20, 4000, pinned=True),
    Way("in step, rounds of 10 ms", "step", 20, 4000),
    Way("in step, rounds of 10 ms, on one CPU", "step", 20, 4000, pinned=True),
    Way("in step, rounds of 2.5 ms", "step", 80, 1000),
    Way("in step, rounds of 2.5 ms, on one CPU", "step", 80, 1000, pinned=True),
)


def take(way: Way, first: str, rng: random.Random) -> dict[int, Rounds]:
    """One pair of processes of unchanged code; `first` is the side that begins."""
    order = (first, "head" if first == "base" else "base")
    seed, cpu = rng.randrange(2**32), rng.choice(sorted(os.sched_getaffinity(0))) if way.pinned else None
    found: dict[int, Rounds] = {}
    if way.kind == "after":
        for side in order:
            server = Server(seed, cpu)
            for number in CHOSEN:
                _alone(way, server, number, side, found.setdefault(number, {}))
            server.close()
        return found
    servers = {side: Server(seed, cpu) for side in order}
    for number in CHOSEN:
        for side in order:
            servers[side].now(number, way.units, 1)
        if way.kind == "beside":
            for side in order:
                servers[side].ask(number, way.units, way.rounds)
            found[number] = {side: servers[side].answer() for side in order}
            continue
        rounds: Rounds = {side: [] for side in order}
        for turn in range(2 * way.rounds):
            side = order[0] if ABBA[turn % 4] == "base" else order[1]
            rounds[side] += servers[side].now(number, way.units, 1)
        found[number] = rounds
    for server in servers.values():
        server.close()
    return found


def _alone(way: Way, server: Server, number: int, side: str, rounds: Rounds) -> None:
    server.now(number, way.units, 1)
    if not way.reference:
        rounds[side] = server.now(number, way.units, way.rounds)
        return
    server.now(REFERENCE, way.units // 4, 1)
    for _ in range(way.rounds):
        rounds.setdefault(side, []).extend(server.now(number, way.units, 1))
        rounds.setdefault(f"{side} reference", []).extend(server.now(REFERENCE, way.units // 4, 1))


def best(count: int) -> Callable[[Rounds], float]:
    """Ratio of the best of the first `count` rounds."""
    return lambda rounds: math.log(min(rounds["head"][:count]) / min(rounds["base"][:count]))


def middle(rounds: Rounds) -> float:
    """Ratio of the medians."""
    return math.log(median(rounds["head"]) / median(rounds["base"]))


def quartile(rounds: Rounds) -> float:
    """Ratio of the lower quartiles."""
    low = {side: sorted(rounds[side])[len(rounds[side]) // 4] for side in ("base", "head")}
    return math.log(low["head"] / low["base"])


def lower_half(rounds: Rounds) -> float:
    """Ratio of the means of the faster halves."""
    low = {side: mean(sorted(rounds[side])[: len(rounds[side]) // 2]) for side in ("base", "head")}
    return math.log(low["head"] / low["base"])


def by_round(rounds: Rounds) -> float:
    """Median of the ratios of neighbouring rounds."""
    return median([math.log(head / base) for base, head in zip(rounds["base"], rounds["head"])])


def by_round_hl(rounds: Rounds) -> float:
    """Hodges-Lehmann estimate of the ratios of neighbouring rounds."""
    return hodges_lehmann([math.log(head / base) for base, head in zip(rounds["base"], rounds["head"])])


def over_reference(rounds: Rounds) -> float:
    """Ratio of the best, over that of the reference."""
    reference = math.log(min(rounds["head reference"]) / min(rounds["base reference"]))
    return best(10**6)(rounds) - reference


def middle_over_reference(rounds: Rounds) -> float:
    """Ratio of the medians of rounds over the reference beside each."""
    sides = {
        side: median([one / other for one, other in zip(rounds[side], rounds[f"{side} reference"])])
        for side in ("base", "head")
    }
    return math.log(sides["head"] / sides["base"])


def statistics_of(way: Way) -> dict[str, Callable[[Rounds], float]]:
    """What can be made of the rounds of a pair taken in this way."""
    found: dict[str, Callable[[Rounds], float]] = {}
    found |= {"best": best(way.rounds), "best of the first half": lambda rounds: best(len(rounds["base"]) // 2)(rounds)}
    found |= {"median": middle, "lower quartile": quartile, "mean of the faster half": lower_half}
    if way.kind == "step":
        found |= {"median of round ratios": by_round, "Hodges-Lehmann of round ratios": by_round_hl}
    if way.reference:
        found |= {"best over the reference": over_reference, "median of rounds over the reference": middle_over_reference}
    return found


class Row(NamedTuple):
    """What one way and statistic did: logarithms of pairs, and CPU s of a pair and benchmark."""

    name: str
    statistic: str
    logs: list[dict[str, float]]
    cpu_s: float

    def text(self, trials: int, rng: random.Random) -> str:
        """One line of the table."""
        names = sorted(self.logs[0])
        by_name = {name: [logs[name] for logs in self.logs] for name in names}
        robust = {name: robust_spread(logs) for name, logs in by_name.items()}
        far = [abs(log - median(logs)) > 3 * robust[name] for name, logs in by_name.items() for log in logs]
        pooled = [log for logs in by_name.values() for log in logs]
        alarms, found = self._decisions(names, trials, rng)
        return (
            f"| {self.name} | {self.statistic} | {median([*robust.values()]):.2%} "
            f"| {median([stdev(logs) for logs in by_name.values()]):.2%} | {mean(far):.1%} "
            f"| {mean(pooled):+.2%} ± {1.96 * self._error():.2%} | {self.cpu_s:.2f} | {alarms:.1%} | {found:.1%} |"
        )

    def _error(self) -> float:
        """Of the mean over all; pairs are independent, the benchmarks of one are not."""
        means = [mean(logs.values()) for logs in self.logs]
        return stdev(means) / math.sqrt(len(means))

    def _decisions(self, names: Sequence[str], trials: int, rng: random.Random) -> tuple[float, float]:
        """Trials with an alarm at unchanged code, and part of the benchmarks found when all are 5 % slower."""

        def draw() -> dict[str, float]:
            sign = rng.choice((1, -1))
            return {name: sign * log for name, log in rng.choice(self.logs).items()}

        alarms = found = 0
        for _ in range(trials):
            settings = Settings(8, None, MIN_EFFECT, rng.randrange(2**31))
            alarms += any(one.verdict is Verdict.WORSE for one in compare(simulated(draw, ()), settings).results)
            slowed = compare(simulated(draw, [int(name) for name in names]), settings)
            found += sum(one.verdict is Verdict.WORSE for one in slowed.results)
        return alarms / trials, found / trials / len(names)


def measure(blocks: int, found: dict[Way, list[dict[int, Rounds]]], rng: random.Random, keep: str) -> list[float]:
    """Add a pair of every way, block by block; the load of the machine after each."""
    loads = []
    for block in range(blocks):
        began, before = monotonic(), len(found[WAYS[0]])
        taken = {way: take(way, "base" if before % 2 else "head", rng) for way in rng.sample(WAYS, len(WAYS))}
        for way, pair in taken.items():
            found[way].append(pair)
        loads.append(os.getloadavg()[0])
        sys.stderr.write(f"block {block + 1} of {blocks}: {monotonic() - began:.0f} s, load {loads[-1]:.1f}\n")
        if keep:
            with open(keep, "w", encoding="utf-8") as file:
                json.dump([[way, pairs] for way, pairs in found.items()], file)
    return loads


def kept(path: str) -> dict[Way, list[dict[int, Rounds]]]:
    """The blocks of earlier calls; none without a file."""
    found: dict[Way, list[dict[int, Rounds]]] = {way: [] for way in WAYS}
    if os.path.exists(path):
        with open(path, encoding="utf-8") as file:
            for way, pairs in json.load(file):
                found[Way(*way)] = [{int(name): rounds for name, rounds in pair.items()} for pair in pairs]
    return found


def rows_of(found: dict[Way, list[dict[int, Rounds]]], cost_s: float) -> list[Row]:
    """Every statistic of every way, from as many rounds as take so many seconds of a process."""
    rows = []
    for way, pairs in found.items():
        count = round(way.rounds * min(1.0, cost_s / FULL_S))
        cut = [
            {number: {side: all_[:count] for side, all_ in rounds.items()} for number, rounds in pair.items()} for pair in pairs
        ]
        cpu_s = mean(sum(map(sum, rounds.values())) for pair in cut for rounds in pair.values())
        for name, statistic in statistics_of(way).items():
            logs = [{str(number): statistic(rounds) for number, rounds in pair.items()} for pair in cut]
            rows.append(Row(f"{way.name}, {count} rounds", name, logs, cpu_s))
    return rows


def main() -> None:
    """Measure and print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--blocks", type=int, default=40, help="pairs of every way; 0 with --keep only computes")
    parser.add_argument("--load", type=int, default=0, help="busy processes of load.py beside it")
    parser.add_argument("--cost", type=float, default=0.1, help="seconds of a process that are used, at most 0.2")
    parser.add_argument("--trials", type=int, default=200, help="resampled decisions of each row")
    parser.add_argument("--keep", default="", metavar="FILE", help="keep all rounds there, and add to those it holds")
    parser.add_argument("--seed", type=int, default=20261121)
    arguments = parser.parse_args()
    found, rng = kept(arguments.keep), random.Random(arguments.seed)
    with neighbours(arguments.load if arguments.blocks else 0):
        loads = sorted(measure(arguments.blocks, found, rng, arguments.keep))
    print("| pair | counts by | robust sd | sd | beyond 3 | head over base | CPU s | any false alarm | +5 % found |")
    print("| --- | --- | --: | --: | --: | --: | --: | --: | --: |")
    for row in rows_of(found, arguments.cost):
        print(row.text(arguments.trials, rng), flush=True)
    load = f", load {loads[0]:.1f} to {loads[-1]:.1f}" if loads else ""
    machine, blocks = describe_machine().machine_class, len(found[WAYS[0]])
    print(f"\n{machine}, Python {sys.version.split()[0]}, {blocks} blocks{load}, {arguments.load} of load.py beside it")


if __name__ == "__main__":
    main()
