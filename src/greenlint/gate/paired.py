"""Head against base: pairs of fresh processes, a second look with new pairs at what seems changed, then a verdict.

The process is the sample, not the iteration: processes of one program differ by their memory layout and placement however
often each repeats its work. Their rounds alternate, and so does the side that begins, so that drift hits both alike.
"""

from __future__ import annotations

import math
import random
from enum import Enum
from typing import TYPE_CHECKING

from greenlint.analysis.pairs import (
    FAMILY_P,
    HOLM_ABOVE,
    SECOND_P,
    Change,
    change_of,
    confirmed_better,
    confirmed_worse,
    pairs_for,
    spread_of,
    suspicious,
    visible_effect,
)
from greenlint.analysis.stats import hodges_lehmann, holm, median
from greenlint.errors import ProviderError
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.collecting import STOLEN, Pair, Together, collect, logs_of, number_of, values

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from greenlint.sampling.collecting import Runner
    from greenlint.sampling.sample import Value

COUNTED = frozenset({"counter", "attributed", "meter"})
"""Methods whose joules a device counted. A modelled energy is CPU time times a constant, and says nothing more than it."""


class Verdict(str, Enum):
    """What a benchmark's pairs say."""

    WORSE = "worse"
    UNMEASURED = "unmeasured"
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
    """Pairs of both stages (None: the default), least effect that matters, seed of the hash seeds, and what decides.

    metric  "auto" is energy where every process counted it, else CPU time; "energy", "cpu" and "instructions" force one
    """

    first_pairs: int
    second_pairs: int | None
    min_effect: float
    seed: int
    metric: str = "auto"


class Paired(NamedTuple):
    """The metric that decided, one result for each benchmark by name, every pair that was measured, and what to know."""

    metric: str
    results: tuple[Compared, ...]
    pairs: tuple[Pair, ...] = ()
    notices: tuple[str, ...] = ()


def compare(run: Runner, settings: Settings, progress: Callable[[str], object] = lambda _: None) -> Paired:
    """Both stages. Raises ProviderError when energy must decide and was not counted, and what `run` raises."""
    draw = random.Random(settings.seed)
    first = collect(run, 1, settings.first_pairs, (), draw, lambda text: progress(f"stage 1: {text}"))
    names = {name: None for pair in first for side in (pair.base, pair.head) for name in (*side.values, *side.failed)}
    both = {name: found for name in names if (found := values(first, name))}
    metric = _metric(settings.metric, both.values())
    logs = {name: logs_of(found, metric) for name, found in both.items()}
    suspects = [name for name in both if suspicious(logs[name])]
    deciding = settings.second_pairs or pairs_for(len(suspects))
    second: list[Pair] = []
    if suspects:
        what = f"{len(suspects)} suspect{'s' if len(suspects) > 1 else ''}"
        second = collect(run, 2, deciding, suspects, draw, lambda text: progress(f"stage 2, {what}: {text}"))
    again = {name: found for name in suspects if (found := values(second, name))}
    results = [lone(name, first) for name in names if name not in both]
    results += [_first_result(name, both[name], metric, deciding) for name in both if name not in suspects]
    results += [_vanished(name, both[name], metric, second) for name in suspects if name not in again]
    for looks in (Verdict.WORSE, Verdict.BETTER):
        same = {name: found for name, found in again.items() if (hodges_lehmann(logs[name]) > 0) is (looks is Verdict.WORSE)}
        results += _second_results(same, metric, looks, len(both), settings)
    notices = [*_notices((*first, *second), both), *(run.notices if isinstance(run, Together) else ())]
    return Paired(metric, tuple(sorted(results)), (*first, *second), tuple(notices))


def _metric(wanted: str, all_values: Iterable[Sequence[tuple[Value, Value]]]) -> str:
    methods = {value.method for found in all_values for both in found for value in both}
    counted = bool(methods) and methods <= COUNTED
    if wanted == "energy" and methods and not counted:
        raise ProviderError("--metric energy, but not every process could count it", "`greenlint doctor` says why")
    return "energy" if counted and wanted != "cpu" else "cpu"


def lone(name: str, pairs: Sequence[Pair]) -> Compared:
    """A benchmark that has a value on one side only, or on none."""
    failed = {side: next((words for pair in pairs if (words := getattr(pair, side).failed.get(name))), "") for side in SIDES}
    there = {side: any(name in getattr(pair, side).values for pair in pairs) for side in SIDES}
    if failed["head"]:
        return Compared(name, Verdict.UNMEASURED, None, None, None, 1, f"fails in the head: {failed['head']}")
    if failed["base"]:
        return Compared(name, Verdict.NEW, None, None, None, 1, f"fails in the base: {failed['base']}")
    if there["head"]:
        return Compared(name, Verdict.NEW, None, None, None, 1, "not in the base")
    return Compared(name, Verdict.GONE, None, None, None, 1, "not in the head")


SIDES = ("base", "head")


def _first_result(name: str, found: Sequence[tuple[Value, Value]], metric: str, deciding: int) -> Compared:
    """What did not look changed; what could have been seen depends on the pairs that would have decided."""
    logs = logs_of(found, metric)
    change = change_of(logs)._replace(visible=math.exp(visible_effect(spread_of(logs), deciding)))
    return Compared(name, Verdict.UNCHANGED, change, *_medians(found, metric), 1)


def _vanished(name: str, found: Sequence[tuple[Value, Value]], metric: str, second: Sequence[Pair]) -> Compared:
    """A suspect that has no value in the second stage: without new pairs nothing is confirmed."""
    said = next((words for pair in second for side in (pair.head, pair.base) if (words := side.failed.get(name))), "")
    reason = "looked changed, and gave no value when measured again" + (f": {said}" if said else "")
    return Compared(name, Verdict.UNCONFIRMED, change_of(logs_of(found, metric)), *_medians(found, metric), 1, reason)


def _second_results(
    second: dict[str, list[tuple[Value, Value]]], metric: str, looks: Verdict, benchmarks: int, settings: Settings
) -> list[Compared]:
    """The suspects that looked alike in the first stage, worse or better: nothing else can be confirmed of them.

    Of many benchmarks these suspects are the family that Holm's adjustment is for, not all benchmarks: they were picked by
    other pairs than those that are judged here.
    """
    worse = looks is Verdict.WORSE
    changes = {name: change_of(logs_of(found, metric)) for name, found in second.items()}
    ps = {name: change.p_worse if worse else change.p_better for name, change in changes.items()}
    if benchmarks > HOLM_ABOVE:  # scaled so that the family's 5 % reads as the stage's own limit
        ps = {name: max(p, least * SECOND_P / FAMILY_P) for (name, p), least in zip(ps.items(), holm([*ps.values()]))}
    confirmed = confirmed_worse if worse else confirmed_better
    results = []
    for name, change in changes.items():
        verdict, reason = Verdict.UNCONFIRMED, "the first pairs looked changed, new pairs did not confirm it"
        if confirmed(change, ps[name], settings.min_effect):
            verdict, reason = looks, f"{change.pairs} new pairs, p {ps[name]:.2g}"
        results.append(Compared(name, verdict, change, *_medians(second[name], metric), 2, reason))
    return results


def _medians(found: Sequence[tuple[Value, Value]], metric: str) -> tuple[float, float]:
    return median([number_of(base, metric) for base, _ in found]), median([number_of(head, metric) for _, head in found])


def _notices(pairs: Sequence[Pair], both: Iterable[str]) -> list[str]:
    notices = []
    again = sum(bool(pair.excluded) for pair in pairs)
    if again:
        notices.append(f"{again} pair{'s were' if again > 1 else ' was'} measured again: the CPU was taken away meanwhile")
    kept = sum(not pair.excluded and max(pair.base.stolen, pair.head.stolen) > STOLEN for pair in pairs)
    if kept:
        notices.append(f"{kept} pair{'s' if kept > 1 else ''} of a machine that was taken away count all the same")
    flaky = [name for name in both if any(name in side.failed for pair in pairs for side in (pair.base, pair.head))]
    if flaky:
        notices.append(f"in some processes failed: {', '.join(flaky)}")
    return notices
