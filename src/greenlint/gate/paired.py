"""Head against base: fresh processes of both in turn, a second look with new pairs at what seems changed, then a verdict.

The process is the sample, not the iteration: processes of one program differ by several per cent (memory layout, placement)
however often each repeats its work. The order alternates (base head, head base, …), so that drift hits both sides alike.
"""

from __future__ import annotations

import math
import random
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from greenlint.analysis.pairs import (
    FAMILY_P,
    HOLM_ABOVE,
    Change,
    change_of,
    confirmed_better,
    confirmed_worse,
    pairs_for,
    suspicious,
)
from greenlint.analysis.stats import holm

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from greenlint.gate.sample import Value

_LEAST_S = 1e-9


class Verdict(str, Enum):
    """What a benchmark's pairs say."""

    WORSE = "worse"
    BETTER = "better"
    UNCHANGED = "unchanged"
    UNCONFIRMED = "unconfirmed"
    NEW = "new"
    GONE = "gone"
    INCOMPARABLE = "incomparable"


class Compared(NamedTuple):
    """One benchmark: its verdict, the change its deciding pairs show (None without pairs), both values, and why.

    base, head  medians of an iteration, in the unit of the metric; stage  1 or 2, whose pairs decided
    """

    name: str
    verdict: Verdict
    change: Change | None
    base: float | None
    head: float | None
    stage: int
    reason: str = ""


class Settings(NamedTuple):
    """Pairs of both stages (None: as the number of benchmarks needs), least effect that matters, seed of the hash seeds."""

    first_pairs: int
    second_pairs: int | None
    min_effect: float
    seed: int


class Series(NamedTuple):
    """The values of one benchmark, pair by pair."""

    base: list[Value]
    head: list[Value]


def compare(
    run: Callable[[str, int, Sequence[str]], dict[str, Value]],
    settings: Settings,
    progress: Callable[[str], object] = lambda _: None,
) -> tuple[str, list[Compared]]:
    """The metric ("energy" or "cpu") and one result for each benchmark, by name.

    run  starts one process: side ("base" or "head"), hash seed, names of benchmarks (empty: all) -> values
    """
    draw = random.Random(settings.seed)
    first = _collect(run, settings.first_pairs, (), draw, lambda text: progress(f"stage 1: {text}"))
    both = [name for name, series in first.items() if series.base and series.head]
    metric = _metric([first[name] for name in both])
    results = [_lone(name, first[name]) for name in first if name not in both]
    logs = {name: _logs(first[name], metric) for name in both}
    suspects = [name for name in both if logs[name] and suspicious(logs[name])]
    second: dict[str, Series] = {}
    if suspects:
        pairs = settings.second_pairs or pairs_for(len(both))
        second = _collect(run, pairs, suspects, draw, lambda text: progress(f"stage 2, {len(suspects)} suspects: {text}"))
    results += [_first_result(name, first[name], logs[name], metric) for name in both if name not in second]
    results += _second_results({name: second[name] for name in suspects if name in second}, metric, len(both), settings)
    return metric, sorted(results)


def _collect(
    run: Callable[[str, int, Sequence[str]], dict[str, Value]],
    pairs: int,
    names: Sequence[str],
    draw: random.Random,
    progress: Callable[[str], object],
) -> dict[str, Series]:
    found: dict[str, Series] = {}
    for number in range(pairs):
        seed = draw.randrange(2**32)
        for side in ("base", "head") if number % 2 == 0 else ("head", "base"):
            progress(f"pair {number + 1} of {pairs}, {side}")
            for name, value in run(side, seed, names).items():
                series = found.setdefault(name, Series([], []))
                (series.base if side == "base" else series.head).append(value)
        if number == 0 and not found:
            break
    return found


def _metric(all_series: Iterable[Series]) -> str:
    """Energy where every process counted it, else CPU time: a modelled energy is CPU time times a constant."""
    methods = {value.method for series in all_series for value in (*series.base, *series.head)}
    return "energy" if methods and methods <= {"counter", "attributed", "meter"} else "cpu"


def _number(value: Value, metric: str) -> float:
    number = value.energy_j if metric == "energy" and value.energy_j is not None else value.cpu_s
    return max(number, _LEAST_S)


def _logs(series: Series, metric: str) -> list[float]:
    """Logarithms of head over base; a side that failed in some process leaves its pair out."""
    return [math.log(_number(h, metric) / _number(b, metric)) for b, h in zip(series.base, series.head)]


def _lone(name: str, series: Series) -> Compared:
    only_head = bool(series.head)
    verdict = Verdict.NEW if only_head else Verdict.GONE
    return Compared(name, verdict, None, None, None, 1, "not in the base" if only_head else "not in the head")


def _first_result(name: str, series: Series, logs: list[float], metric: str) -> Compared:
    return Compared(name, Verdict.UNCHANGED, change_of(logs), *_medians(series, metric), 1)


def _second_results(second: dict[str, Series], metric: str, benchmarks: int, settings: Settings) -> list[Compared]:
    changes = {name: change_of(_logs(series, metric)) for name, series in second.items()}
    worse = {name: change.p_worse for name, change in changes.items()}
    better = {name: change.p_better for name, change in changes.items()}
    if benchmarks > HOLM_ABOVE:
        worse, better = _adjusted(worse, benchmarks), _adjusted(better, benchmarks)
    results = []
    for name, change in changes.items():
        if confirmed_worse(change, worse[name], settings.min_effect):
            verdict, reason = Verdict.WORSE, f"{change.pairs} new pairs, p {worse[name]:.2g}"
        elif confirmed_better(change, better[name], settings.min_effect):
            verdict, reason = Verdict.BETTER, f"{change.pairs} new pairs, p {better[name]:.2g}"
        else:
            verdict, reason = Verdict.UNCONFIRMED, "the first pairs looked changed, new pairs did not confirm it"
        results.append(Compared(name, verdict, change, *_medians(second[name], metric), 2, reason))
    return results


def _adjusted(ps: dict[str, float], benchmarks: int) -> dict[str, float]:
    """Holm's adjustment over all benchmarks, scaled so that the family's 5 % reads as the stage's own limit."""
    from greenlint.analysis.pairs import SECOND_P

    padded = holm([*ps.values(), *[1.0] * (benchmarks - len(ps))])
    return {name: p * SECOND_P / FAMILY_P for name, p in zip(ps, padded)}


def _medians(series: Series, metric: str) -> tuple[float, float]:
    from greenlint.analysis.stats import median

    base, head = ([_number(value, metric) for value in side] for side in series)
    return median(base), median(head)
