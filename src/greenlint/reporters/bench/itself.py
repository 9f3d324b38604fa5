"""The machine against itself: tables for people, and JSON, version 1."""

from __future__ import annotations

import math

from greenlint.reporters.tables.model import Column, Table
from greenlint.reporters.tables.text import render_table, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.gate.itself import Itself
    from greenlint.reporters.base import Style

_WHAT = {"energy": "energy (measured)", "cpu": "CPU time (proxy)"}


def render(found: Itself, path: str, width: int, style: Style) -> str:
    """Noise, what can be seen, what to choose, and how simple rules would have failed."""
    noise = found.noise
    lines = [
        f"noise of a pair: {noise.sd:.2%} of {_WHAT[noise.metric]} (standard deviation; robust: {found.robust:.2%}); of one "
        f"process: {noise.process_sd:.2%}",
        *_noisiest(found),
        "pairs of the second stage to see, in 8 of 10 runs: "
        + ", ".join(f"+{effect:.0%}: {needed or 'too many'}" for effect, needed in found.needed.items()),
        f"head-room of a budget: {found.headroom:.1%} above the value, so that 95 of 100 unchanged runs pass with certainty",
        "simple rules on the same code: "
        + "; ".join(f"{rule.name}: {rule.alarms} false alarms in {rule.of}" for rule in found.rules),
    ]
    if found.excluded:
        lines.append(f"{found.excluded} pairs were measured again: the CPU was taken away meanwhile")
    lines.append(f"kept in {path}; `greenlint gate --base` says when it makes the chosen pairs too few")
    rows = tuple((str(pairs), f"+{effect:.1%}" if math.isfinite(effect) else "none") for pairs, effect in found.visible.items())
    columns = (Column("pairs", ">"), Column("smallest worsening that is seen", ">"))
    subtitle = f"{noise.machine_class} · {noise.workload} · {noise.pairs} interleaved process pairs of the same code"
    table = render_table(Table("greenlint doctor --aa", columns, rows, subtitle), width, style)
    return table + "\n" + "\n".join(line for text in lines for line in wrap(text, width, "  ")) + "\n"


def _noisiest(found: Itself) -> list[str]:
    if len(found.by_benchmark) < 2:
        return []
    name = max(found.by_benchmark, key=lambda each: found.by_benchmark[each])
    return [f"the noisiest of {len(found.by_benchmark)} benchmarks is {name}: {found.by_benchmark[name]:.2%}"]


def as_object(found: Itself, path: str) -> dict[str, Any]:
    """The object of `greenlint doctor --aa --json`; parts of 1, not per cent."""
    return {
        "version": 1,
        "path": path,
        **found.noise._asdict(),
        "robust_sd": found.robust,
        "process_sd": found.noise.process_sd,
        "by_benchmark": found.by_benchmark,
        "visible": {str(pairs): effect if math.isfinite(effect) else None for pairs, effect in found.visible.items()},
        "needed": {f"{effect:g}": pairs for effect, pairs in found.needed.items()},
        "headroom": found.headroom,
        "simple_rules": [rule._asdict() for rule in found.rules],
        "measured_again": found.excluded,
    }
