"""A comparison for the terminal: one table, the ratios in words, what was left out, and on which host it holds."""

from __future__ import annotations

import os

from greenlint.bench.ratios import LEVEL, Relation
from greenlint.model.format import format_quantity
from greenlint.reporters.base import plain
from greenlint.reporters.compare_json import CAVEAT
from greenlint.reporters.compare_table import EXACT_ENOUGH, ratio_text, table_lines
from greenlint.reporters.encoding import printable
from greenlint.reporters.tables.text import wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.bench.comparison import Comparison
    from greenlint.bench.summary import Summary
    from greenlint.reporters.base import Style

_LEAST_WIDTH = 40
_MOST_PAIRS = 6


def render_text(comparison: Comparison, summary: Summary, width: int, style: Style = plain) -> str:
    """The whole report, at most `width` columns wide, ending in a line break."""
    width = max(width, _LEAST_WIDTH)
    lines = [style(line, bold=True) for line in wrap(_title(comparison), width)]
    lines += ["", *table_lines(comparison, summary, width, style)]
    for part in (_sentences(comparison, summary), _alike(summary)):
        lines += _paragraph(part, width)
    lines += _excluded(comparison, width, style)
    lines += _paragraph(_notes(comparison, summary), width)
    return "\n".join(lines) + "\n"


def _paragraph(texts: list[str], width: int) -> list[str]:
    """An empty line and the texts, wrapped; what came from a program cannot drive the terminal."""
    return ["", *(line for text in texts for line in wrap(printable(text), width, "  "))] if texts else []


def _title(comparison: Comparison) -> str:
    plan = comparison.plan
    count = len(comparison.subjects)
    rounds = f"{comparison.rounds} rounds in random order (seed {plan.seed})" if comparison.rounds else "nothing was counted"
    if comparison.interrupted:
        rounds += ", interrupted"
    checked = f"; output of every run checked against {_origin(comparison)}" if comparison.rounds else ""
    tolerance = f" (numbers within {plan.expectation.rtol:g})" if checked and plan.expectation.mode == "numeric" else ""
    return f"{printable(plan.name)}: {count} implementations, {rounds}{printable(checked)}{tolerance}"


def _origin(comparison: Comparison) -> str:
    """The file of the expected output as one would type it here, or the implementation that gave it."""
    if comparison.plan.expectation.file is None:
        return f"that of {comparison.reference}"
    try:
        relative = os.path.relpath(comparison.reference)
    except ValueError:  # another drive
        return comparison.reference
    return comparison.reference if relative.startswith(os.pardir) else relative


def _sentences(comparison: Comparison, summary: Summary) -> list[str]:
    found = []
    for name in summary.order:
        ratios = summary.ratios.get(name)
        if ratios is None:
            continue
        if ratios.cpu is None:
            found.append(f"{name}: no CPU ratio to {comparison.baseline}: a run is below the resolution of the clock.")
            continue
        energy = f", and {ratio_text(ratios.energy)} times its energy above idle" if ratios.energy else ""
        found.append(f"{name} used {ratio_text(ratios.cpu)} times the CPU time of {comparison.baseline}{energy}.")
    return found


def _alike(summary: Summary) -> list[str]:
    """Pairs that share a group: which are equivalent, and which are only not told apart."""
    alike = [pair for pair in summary.pairs if pair.relation is not Relation.DIFFERENT]
    words = {
        Relation.EQUIVALENT: "are indistinguishable, equivalent in CPU time",
        Relation.UNDECIDED: "are indistinguishable, no difference in CPU time shown",
        Relation.TOO_FEW_ROUNDS: "cannot be told apart in so few rounds",
    }
    found = [
        f"{pair.a} and {pair.b} {words[pair.relation]}: {pair.reason} ({ratio_text(pair.ratio)})."
        for pair in alike[:_MOST_PAIRS]
    ]
    more = len(alike) - _MOST_PAIRS
    return [*found, f"{more} more pairs share a group: see the groups, or --json."] if more > 0 else found


def _excluded(comparison: Comparison, width: int, style: Style) -> list[str]:
    out = [subject for subject in comparison.subjects if not subject.ok]
    if not out:
        return []
    failed = sum(subject.status.failure for subject in out)
    counts = [f"{failed} failed"] if failed else []
    counts += [f"{len(out) - failed} not installed here"] if len(out) > failed else []
    lines = ["", style(f"Excluded ({', '.join(counts)}):", bold=True)]
    for subject in out:
        status, colour = subject.status.value, "red" if subject.status.failure else "yellow"
        first, *rest = wrap(f"  {printable(subject.name)}: {status}: {printable(subject.reason)}", width, "    ")
        lines += [first.replace(f": {status}:", f": {style(status, fg=colour)}:", 1), *rest]
    return lines


def _notes(comparison: Comparison, summary: Summary) -> list[str]:
    lines = [f"note: {text}" for text in (*comparison.warnings, *_busy_cores(summary))]
    if summary.order:
        lines.append(
            f"Medians and paired ratios with {_level(summary):.4g} % intervals (none where within ±{100 * EXACT_ENOUGH:g} %)."
        )
        if summary.energy_unranked:
            lines.append(f"No energy ranking: {summary.energy_unranked}.")
    lines += _builds(comparison)
    return [*lines, _host_line(comparison), CAVEAT]


def _level(summary: Summary) -> float:
    """The coverage in % that all intervals have: 95, or what so few rounds can give."""
    levels = [summary.figures[name].cpu_s.level for name in summary.order]
    levels += [ratios.cpu.level for ratios in summary.ratios.values() if ratios.cpu]
    return 100 * min(LEVEL, *levels)


def _busy_cores(summary: Summary) -> list[str]:
    """Programs that computed on several processors: their wall time is not their work."""
    return [
        f"{name} kept {summary.figures[name].cores:.1f} processors busy on average"
        for name in summary.order
        if summary.figures[name].cores > 1.15
    ]


def _builds(comparison: Comparison) -> list[str]:
    made = [
        f"{subject.name} {format_quantity(subject.build.trial.cpu_ns / 1e9, 's')}"
        for subject in comparison.subjects
        if subject.build is not None
    ]
    return [f"Build, once and not in the runs (CPU time): {', '.join(made)}."] if made else []


def _host_line(comparison: Comparison) -> str:
    host = comparison.host
    machine = host.machine
    load = ""
    if host.load_before is not None and host.load_after is not None:
        load = f", load {host.load_before:.1f} before and {host.load_after:.1f} after"
    busy = " (busy: wall times suffer)" if host.busy else ""
    return (
        f"Host: {machine.machine_class} ({machine.cpu_model}), {machine.logical_cpus} CPUs{load}{busy}; "
        f"energy by {host.provider}, {host.method.mark}: {_boundary(comparison)}."
    )


def _boundary(comparison: Comparison) -> str:
    """What is inside the joules, with the idle policy where a run has some."""
    energies = (trial.energy for subject in comparison.ranked for trial in subject.trials)
    return next((energy.boundary for energy in energies if energy is not None), comparison.host.boundary)
