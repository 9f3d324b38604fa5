"""A comparison of two commits as JSON, version 1."""

from __future__ import annotations

import math

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.gate.against import Against
    from greenlint.gate.paired import Compared

NAME = "json"


def as_object(result: Against, exit_code: int) -> dict[str, Any]:
    """The object of `greenlint gate --base REV --json`; ratios are head over base, values of one iteration in s or J."""
    return {
        "version": 1,
        "base": result.base,
        "head": result.head,
        "uncommitted": result.uncommitted,
        "metric": result.metric,
        "machine_class": result.machine_class,
        "seed": result.settings.seed,
        "min_effect": result.settings.min_effect,
        "skipped": result.skipped,
        "notices": list(result.notices),
        "exit_code": exit_code,
        "benchmarks": [_benchmark(one) for one in result.results],
    }


def _benchmark(one: Compared) -> dict[str, Any]:
    change = one.change
    return {
        "name": one.name,
        "verdict": one.verdict.value,
        "reason": one.reason,
        "stage": one.stage,
        "base": one.base,
        "head": one.head,
        "ratio": change.ratio if change else None,
        "interval": [change.low, change.high] if change else None,
        "p_worse": change.p_worse if change else None,
        "p_better": change.p_better if change else None,
        "pairs": change.pairs if change else 0,
        "visible_ratio": change.visible if change and math.isfinite(change.visible) else None,
    }
