"""What a recorded comparison says: figures, ratios to the baseline, pairs, groups, and whether energy may be ranked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.bench.figures import Figures, figures_of
from greenlint.bench.letters import letter_groups
from greenlint.bench.ratios import Pair, Ratio, Relation, judge_pairs, paired_ratio
from greenlint.model.energy import Method

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.bench.comparison import Comparison, Subject
    from greenlint.bench.trial import Trial

_BY_CPU_TIME = (Method.MODEL, Method.DEFAULT, Method.PRIOR, Method.PROXY)


@dataclass(frozen=True, slots=True)
class Ratios:
    """Ratios of one implementation to the baseline; energy above idle, and only when it was measured."""

    cpu: Ratio | None
    wall: Ratio | None
    peak: Ratio | None
    energy: Ratio | None


@dataclass(frozen=True, slots=True)
class Summary:
    """Pure results of a comparison, by name of implementation.

    order   ranked names, least CPU time first;  groups  letters over CPU time
    energy_unranked  why there is no energy ratio, or ""
    """

    figures: dict[str, Figures]
    ratios: dict[str, Ratios]
    order: tuple[str, ...]
    pairs: tuple[Pair, ...]
    groups: dict[str, str]
    energy_unranked: str


def summarise(comparison: Comparison) -> Summary:
    """All figures of a comparison. Only rounds in which every ranked implementation ran are paired."""
    ranked = comparison.ranked
    figures = {s.name: found for s in comparison.subjects if (found := figures_of(s)) is not None}
    order = tuple(sorted((s.name for s in ranked), key=lambda name: figures[name].cpu_s.value))
    columns = {subject.name: _common(subject, ranked) for subject in ranked}
    unranked = why_energy_unranked([trial for trials in columns.values() for trial in trials])
    pairs = judge_pairs({name: _values(columns[name], _cpu) for name in order})
    different = [frozenset((pair.a, pair.b)) for pair in pairs if pair.relation is Relation.DIFFERENT]
    return Summary(
        figures=figures,
        ratios=_ratios(columns, comparison.baseline, energy=not unranked),
        order=order,
        pairs=tuple(pairs),
        groups=letter_groups(order, different) if pairs else {},
        energy_unranked=unranked,
    )


def why_energy_unranked(trials: Sequence[Trial]) -> str:
    """Why energy must not be ranked; "" when it may: all measured, alike in tier, boundary and machine, above the limit."""
    energies = [trial.energy for trial in trials if trial.energy is not None]
    if len(energies) < len(trials) or not energies:
        return "no energy was measured"
    estimated = next((energy for energy in energies if energy.method in _BY_CPU_TIME), None)
    if estimated is not None:
        return f"energy is estimated from CPU and wall time ({estimated.provider}), not measured: it adds nothing to them"
    for energy in energies[1:]:
        reason = energies[0].incomparable(energy)
        if reason is not None:
            return f"energy is incomparable: {reason}"
    below = sum(energy.below_limit or energy.dynamic_j <= 0 for energy in energies)
    if below:
        return f"energy of {below} of {len(energies)} runs is below the detection limit: make the work larger"
    return ""


def _common(subject: Subject, ranked: Sequence[Subject]) -> list[Trial]:
    rounds = set.intersection(*({trial.round for trial in other.trials} for other in ranked))
    return [trial for trial in subject.trials if trial.round in rounds]


def _ratios(columns: dict[str, list[Trial]], baseline: str, *, energy: bool) -> dict[str, Ratios]:
    if baseline not in columns:
        return {}
    base = columns[baseline]

    def ratio(trials: list[Trial], read: Callable[[Trial], float | None]) -> Ratio | None:
        return paired_ratio(_values(trials, read), _values(base, read))

    return {
        name: Ratios(
            ratio(trials, _cpu), ratio(trials, _wall), ratio(trials, _peak), ratio(trials, _above_idle) if energy else None
        )
        for name, trials in columns.items()
        if name != baseline
    }


def _values(trials: list[Trial], read: Callable[[Trial], float | None]) -> list[float]:
    """One value per round; nothing when one is unknown, for a missing value is not 0."""
    values = [read(trial) for trial in trials]
    return [value for value in values if value is not None] if None not in values else []


def _cpu(trial: Trial) -> float:
    return trial.cpu_ns


def _wall(trial: Trial) -> float:
    return trial.wall_ns


def _peak(trial: Trial) -> float | None:
    return trial.peak_bytes


def _above_idle(trial: Trial) -> float | None:
    return trial.energy.dynamic_j if trial.energy else None
