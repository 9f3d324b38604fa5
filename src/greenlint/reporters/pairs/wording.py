"""Words and figures that all formats of a comparison share."""

from __future__ import annotations

import math

from greenlint.gate.paired import Verdict
from greenlint.model.format import format_quantity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.analysis.pairs import Change
    from greenlint.gate.against import Against
    from greenlint.gate.paired import Compared

ORDER = tuple(Verdict)
"""The worst first."""


def ordered(result: Against) -> list[Compared]:
    """The benchmarks, those that need attention first."""
    return sorted(result.results, key=lambda one: (ORDER.index(one.verdict), one.name))


def headline(result: Against) -> str:
    """One sentence: how many of each verdict, and what could have been seen."""
    if result.skipped:
        return f"nothing to measure: {result.skipped}"
    if not result.results:
        return "nothing measured: no test uses the `energy` fixture, and no command is configured"
    counts = [(verdict, sum(one.verdict is verdict for one in result.results)) for verdict in ORDER]
    return ", ".join(f"{count} {verdict.value}" for verdict, count in counts if count) + visible(result)


def visible(result: Against) -> str:
    """The smallest worsening that the deciding pairs would have shown in most benchmarks."""
    if result.metric == "instructions":
        return f" (a change of more than {result.settings.min_effect:.1%} is certain)"
    found = sorted(one.change.visible for one in result.results if one.change is not None)
    if not found:
        return ""
    middle = found[len(found) // 2]
    if math.isinf(middle):
        return " (too few pairs to be certain of any worsening)"
    return f" (a worsening of {middle - 1:.1%} or more would be seen)"


_UNITS = {"energy": "J", "cpu": "s", "instructions": " instructions"}
_WHAT = {
    "energy": "energy (measured, above idle) of an iteration",
    "cpu": "CPU time (proxy, no joules) of an iteration in the best round",
    "instructions": "instructions (proxy, no joules) of an iteration",
}


def value(number: float | None, metric: str) -> str:
    """Energy, CPU time or instructions of an iteration."""
    return "-" if number is None else format_quantity(number, _UNITS[metric]).replace("  ", " ")


def change_text(change: Change | None) -> str:
    """ "+5.1 % [+4.0, +6.2]"."""
    if change is None:
        return "-"
    return f"{change.ratio - 1:+.1%} [{change.low - 1:+.1%}, {change.high - 1:+.1%}]"


def provenance(result: Against) -> str:
    """What was measured, how, and where."""
    pairs = {one.change.pairs for one in result.results if one.change is not None}
    counts = " and ".join(str(count) for count in sorted(pairs)) or "no"
    what = _WHAT[result.metric]
    if result.metric == "instructions":
        return f"{what}; {counts} runs a side; {result.machine_class}"
    return f"{what}; {counts} interleaved process pairs; {result.machine_class}; seed {result.settings.seed}"


def repeat(result: Against) -> str:
    """The command that measures the same again."""
    metric = "" if result.settings.metric == "auto" else f" --metric {result.settings.metric}"
    return f"greenlint gate --base {result.base[:12]}{metric} --seed {result.settings.seed}"
