"""The machine against itself: process pairs of the same code, and what they say about every later comparison (A/A)."""

from __future__ import annotations

import math
import random
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from greenlint.analysis.pairs import pairs_needed, robust_spread, spread_of, visible_effect
from greenlint.analysis.stats import median
from greenlint.analysis.student import two_sided_p
from greenlint.errors import ProviderError
from greenlint.gate.paired import COUNTED
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.pair_noise import PairNoise
from greenlint.sampling.collecting import collect, logs_of, number_of, values

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.sampling.collecting import Pair, Runner
    from greenlint.sampling.sample import Value

PAIRS, LEAST_PAIRS = 30, 8
SHOWN_PAIRS = (8, 10, 12, 15, 20, 30, 40)
EFFECTS = (0.02, 0.05, 0.10)
_SIMPLE_RISE = 0.05
_Z95, _Z99 = 1.644854, 2.326348  # one-sided


class Rule(NamedTuple):
    """A simple rule, and how many of the pairs of unchanged code it would have called worse."""

    name: str
    alarms: int
    of: int


class Itself(NamedTuple):
    """What was found. `noise` is what is kept; by_benchmark  the same standard deviation for each benchmark.

    robust    by the median absolute deviation: what pairs do as a rule, single ones far off left out
    visible   smallest worsening seen in 80 % of runs, by number of pairs; infinite where so few are never certain
    needed    pairs that see a worsening, None for more than anybody runs
    headroom  what a limit needs above the true value so that 95 % of unchanged runs pass with certainty, as a part of it
    """

    noise: PairNoise
    robust: float
    by_benchmark: dict[str, float]
    visible: dict[int, float]
    needed: dict[float, int | None]
    headroom: float
    rules: tuple[Rule, ...]
    excluded: int


def against_itself(
    run: Runner, machine_class: str, workload: str, pairs: int, seed: int, progress: Callable[[str], object]
) -> Itself:
    """Measure so many pairs whose sides are the same. Raises ProviderError when there is nothing to measure."""
    done = collect(run, 1, pairs, (), random.Random(seed), progress)
    both = {name: found for name in _names(done) if len(found := values(done, name)) >= LEAST_PAIRS}
    if not both:
        failed = next((words for pair in done for words in pair.base.failed.values()), "")
        raise ProviderError(
            "nothing measured: " + (failed or "no test uses the `energy` fixture"), "name the benchmarks: --aa PATHS"
        )
    methods = {value.method for found in both.values() for pair in found for value in pair}
    metric = "energy" if methods <= COUNTED else "cpu"
    sds = {name: spread_of(logs_of(found, metric)) for name, found in both.items()}
    sd = median([*sds.values()])
    counted = min(len(found) for found in both.values())
    today = datetime.now(timezone.utc).date().isoformat()
    alone = median([spread_of(_processes(found, metric)) for found in both.values()])
    noise = PairNoise(machine_class, metric, sd, counted, len(sds), workload, today, alone)
    return Itself(
        noise,
        median([robust_spread(logs_of(found, metric)) for found in both.values()]),
        sds,
        {number: math.expm1(visible_effect(sd, number)) for number in SHOWN_PAIRS},
        {effect: pairs_needed(sd, effect) for effect in EFFECTS},
        math.expm1((_Z95 + _Z99) * noise.process_sd),
        _rules(both),
        sum(bool(pair.excluded) for pair in done),
    )


def _names(pairs: Sequence[Pair]) -> list[str]:
    return sorted({name for pair in pairs for name in pair.base.values})


def _processes(found: Sequence[tuple[Value, Value]], metric: str) -> list[float]:
    """Logarithms of single processes of all pairs, near and far: what runs of another day differ by at least."""
    return [math.log(number_of(value, metric)) for pair in found for value in pair]


def _rules(both: dict[str, list[tuple[Value, Value]]]) -> tuple[Rule, ...]:
    """What rules that look at one process of each side would have said; they need rounds, which a command does not have.

    The two are of neighbouring pairs, one after the other as in other tools: those of one pair took turns.
    """
    pairs = [(one[0], after[1]) for found in both.values() for one, after in zip(found, (*found[1:], found[0]))]
    rounds = [(base, head) for base, head in pairs if min(len(base.wall_rounds), len(head.wall_rounds)) >= 2]
    found = [
        Rule("mean elapsed time +5 %", sum(_risen(base.wall_rounds, head.wall_rounds) for base, head in pairs), len(pairs)),
        Rule("mean CPU time +5 %", sum(_risen(base.cpu_rounds, head.cpu_rounds) for base, head in pairs), len(pairs)),
    ]
    if rounds:
        elapsed = sum(_differs(base.wall_rounds, head.wall_rounds) for base, head in rounds)
        cpu = sum(_differs(base.cpu_rounds, head.cpu_rounds) for base, head in rounds)
        found += [
            Rule("t test of elapsed time, p < 0.05", elapsed, len(rounds)),
            Rule("t test of CPU time, p < 0.05", cpu, len(rounds)),
        ]
    return tuple(found)


def _risen(base: Sequence[float], head: Sequence[float]) -> bool:
    return bool(base and head) and _mean(head) > _mean(base) * (1 + _SIMPLE_RISE)


def _differs(base: Sequence[float], head: Sequence[float]) -> bool:
    """Whether head is slower by Student's t test with pooled variance, as many harnesses apply it to iterations."""
    df = len(base) + len(head) - 2
    squares = sum((x - _mean(side)) ** 2 for side in (base, head) for x in side)
    error = math.sqrt(squares / df * (1 / len(base) + 1 / len(head)))
    rise = _mean(head) - _mean(base)
    return rise > 0 and two_sided_p(rise / error if error else math.inf, df) < 0.05


def _mean(xs: Sequence[float]) -> float:
    return math.fsum(xs) / len(xs)
