"""Head against base by counted instructions: one run a side and a repeat, no statistics, for equal programs count equal."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.analysis.pairs import Change
from greenlint.analysis.stats import median
from greenlint.gate.paired import Compared, Paired, Verdict, lone
from greenlint.sampling.collecting import Pair

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.gate.paired import Settings
    from greenlint.sampling.collecting import Runner

MIN_CHANGE = 0.005
"""The least change that is reported: 0.5 %. Hash seeds alone moved counts by 0.06 %; they are fixed, this leaves room."""

RUNS = 2


def compare_counts(run: Runner, settings: Settings, progress: Callable[[str], object] = lambda _: None) -> Paired:
    """Every benchmark with the ratio of its counts. Raises what `run` raises."""
    pairs = []
    for number in range(1, RUNS + 1):
        done = {}
        for side in ("base", "head"):
            progress(f"instructions: run {number} of {RUNS}, {side}")
            done[side] = run(side, 0, ())
        pairs.append(Pair(1, number, done["base"], done["head"]))
        if not any(side.values or side.failed for side in done.values()):
            break
    names = {name: None for pair in pairs for side in (pair.base, pair.head) for name in (*side.values, *side.failed)}
    results = [_result(name, pairs, settings.min_effect) for name in names]
    return Paired("instructions", tuple(sorted(results)), tuple(pairs))


def _result(name: str, pairs: Sequence[Pair], least: float) -> Compared:
    base = [count for pair in pairs if name in pair.base.values and (count := pair.base.values[name].instructions)]
    head = [count for pair in pairs if name in pair.head.values and (count := pair.head.values[name].instructions)]
    if len(base) < len(pairs) or len(head) < len(pairs):
        return lone(name, pairs)
    low, high = min(head) / max(base), max(head) / min(base)
    wobble = max(max(side) / min(side) for side in (base, head))
    worse, better = low > 1 + least, high < 1 / (1 + least)
    change = Change(
        median(head) / median(base), low, high, float(not worse), float(not better), len(pairs), (1 + least) * wobble
    )
    if worse or better:
        verdict, reason = Verdict.WORSE if worse else Verdict.BETTER, _identity(wobble)
    elif 1 / (1 + least) <= low and high <= 1 + least:
        verdict, reason = Verdict.UNCHANGED, ""
    else:
        verdict, reason = Verdict.UNCONFIRMED, f"{_identity(wobble)}: not deterministic enough, use --metric cpu"
    return Compared(name, verdict, change, median(base), median(head), 1, reason)


def _identity(wobble: float) -> str:
    """How far the repeat agrees with the first run."""
    if math.isclose(wobble, 1.0, rel_tol=1e-12):
        return "the repeat counted the same to the last instruction"
    return f"two runs of one commit differ by {wobble - 1:.3%}"
