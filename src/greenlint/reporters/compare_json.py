"""A comparison as one JSON object, version 1: every raw run, and every figure that the text report shows."""

from __future__ import annotations

from greenlint import __version__
from greenlint.bench.ratios import MARGIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.bench.comparison import Build, Comparison, Host, Subject
    from greenlint.bench.figures import Centre, Figures
    from greenlint.bench.plan import Plan
    from greenlint.bench.ratios import Pair, Ratio
    from greenlint.bench.summary import Ratios, Summary

VERSION = 1
CAVEAT = "Differences are between these programs on this host, not between languages."


def as_json(comparison: Comparison, summary: Summary, *, run_id: str | None, exit_code: int) -> dict[str, Any]:
    """Seconds, bytes and joules; intervals are 95 % unless `level` says otherwise. `run_id` is None without a ledger."""
    energies = [t.energy for s in comparison.ranked for t in s.trials if t.energy is not None]
    return {
        "version": VERSION,
        "tool": {"name": "greenlint", "version": __version__},
        "kind": "compare",
        "run_id": run_id,
        "started_utc": comparison.started_utc,
        "interrupted": comparison.interrupted,
        "exit_code": exit_code,
        "plan": _plan(comparison.plan),
        "rounds": comparison.rounds,
        "baseline": comparison.baseline,
        "reference": comparison.reference or None,
        "host": _host(comparison.host),
        "energy": {
            "ranked": not summary.energy_unranked,
            "why_not_ranked": summary.energy_unranked or None,
            "marks": sorted({energy.method.mark for energy in energies}),
        },
        "implementations": [_subject(subject, summary) for subject in comparison.subjects],
        "order": list(summary.order),
        "equivalence_margin": MARGIN,
        "pairs": [_pair(pair) for pair in summary.pairs],
        "excluded": [
            {"name": subject.name, "status": subject.status.value, "reason": subject.reason}
            for subject in comparison.subjects
            if not subject.ok
        ],
        "warnings": list(comparison.warnings),
        "caveat": CAVEAT,
    }


def _plan(plan: Plan) -> dict[str, Any]:
    expectation = plan.expectation
    return {
        "name": plan.name,
        "spec": plan.path,
        "seed": plan.seed,
        "baseline": plan.baseline,
        "rounds": plan.rounds,
        "warmup": plan.warmup,
        "timeout_s": plan.timeout_s,
        "expect": expectation.file,
        "mode": expectation.mode,
        "rtol": expectation.rtol if expectation.mode == "numeric" else None,
        "atol": expectation.atol if expectation.mode == "numeric" else None,
    }


def _host(host: Host) -> dict[str, Any]:
    return {
        **host.machine._asdict(),
        "load_before": host.load_before,
        "load_after": host.load_after,
        "provider": host.provider,
        "method": host.method.value,
        "tier": host.method.tier,
        "mark": host.method.mark,
        "boundary": host.boundary,
    }


def _subject(subject: Subject, summary: Summary) -> dict[str, Any]:
    implementation = subject.implementation
    figures = summary.figures.get(subject.name)
    ratios = summary.ratios.get(subject.name)
    return {
        "name": subject.name,
        "language": implementation.language,
        "run": list(implementation.run),
        "cwd": implementation.cwd,
        "env": dict(implementation.env),
        "status": subject.status.value,
        "reason": subject.reason,
        "build": _build(subject.build) if subject.build else None,
        "median": _figures(figures) if figures else None,
        "ratio_to_baseline": _ratios(ratios) if ratios else None,
        "group": summary.groups.get(subject.name),
        "rounds": [trial.to_json() for trial in subject.trials],
        "uncounted": [trial.to_json() for trial in subject.uncounted],
    }


def _build(build: Build) -> dict[str, Any]:
    return {"argv": list(build.argv), "size_bytes": build.size, **build.trial.to_json(), "errors": list(build.trial.errors)}


def _figures(figures: Figures) -> dict[str, Any]:
    return {
        "cpu_s": _centre(figures.cpu_s),
        "wall_s": _centre(figures.wall_s),
        "peak_bytes": _centre(figures.peak_bytes) if figures.peak_bytes else None,
        "energy": figures.energy.to_json() if figures.energy else None,
        "cores": figures.cores,
    }


def _centre(centre: Centre) -> dict[str, Any]:
    return {"value": centre.value, "interval": [centre.low, centre.high], "n": centre.n, "level": centre.level}


def _ratios(ratios: Ratios) -> dict[str, Any]:
    named = {"cpu": ratios.cpu, "wall": ratios.wall, "peak": ratios.peak, "energy": ratios.energy}
    return {name: _ratio(ratio) if ratio else None for name, ratio in named.items()}


def _ratio(ratio: Ratio) -> dict[str, Any]:
    return {
        "value": ratio.value,
        "interval": [ratio.low, ratio.high],
        "pairs": ratio.pairs,
        "level": ratio.level,
        "p": ratio.p,
    }


def _pair(pair: Pair) -> dict[str, Any]:
    return {
        "a": pair.a,
        "b": pair.b,
        "quantity": "cpu",
        **_ratio(pair.ratio),
        "p_holm": pair.p_holm,
        "relation": pair.relation.value,
        "reason": pair.reason,
    }
