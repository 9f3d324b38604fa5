"""The energy table at the end of a pytest run."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.model.budget import Outcome
from greenlint.model.energy import format_joules
from greenlint.model.format import format_quantity

if TYPE_CHECKING:
    import pytest

    from greenlint.pytest_plugin.records import Record
    from greenlint.pytest_plugin.session import EnergySession


def write_summary(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    """Where the numbers come from, the costliest tests, the whole session, and what went wrong."""
    meter = session.meter
    terminal.section(f"greenlint energy ({session.method.mark} · {meter.provider} · {meter.machine.machine_class})")
    if meter.invalid:
        terminal.write_line(f"no valid measurement: {meter.invalid}", red=True)
    else:
        _table(terminal, session)
        _benchmarks(terminal, session)
        _session_line(terminal, session)
    for warning in session.warnings:
        terminal.write_line(f"warning: {warning}", yellow=True)
    _where(terminal, session)


def _table(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    shown = [record for record in session.records if record.energy is not None]
    shown.sort(key=lambda record: -(record.energy.energy_j if record.energy else 0.0))
    if session.report != "all":
        count = 0 if session.report == "none" else int(session.report)
        judged = [record for record in shown[count:] if record.verdicts]
        shown = shown[:count] + judged
    if not shown:
        return
    columns = max(terminal._tw.fullwidth, 40)
    rows = [(record.nodeid, *_cells(record)) for record in shown]
    sizes = [max(len(row[i]) for row in rows) for i in range(1, 4)]
    name_size = max(20, columns - sum(sizes) - 7)
    for record, (name, *cells) in zip(shown, rows):
        short = name if len(name) <= name_size else "…" + name[-(name_size - 1) :]
        line = f"{short:<{name_size}}  " + "  ".join(f"{cell:>{size}}" for cell, size in zip(cells, sizes))
        terminal.write_line(line.rstrip(), red=any(v.outcome is Outcome.FAIL for v in record.verdicts))


def _benchmarks(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    """One line for each benchmark, grouped; the interval is of all rounds together, divided by the iterations."""
    for stats in sorted(session.benches, key=lambda stats: stats.group):
        energy = stats.energy
        value = "unmeasured" if energy is None else format_joules(energy.per(stats.iterations))
        group = f" [{stats.group}]" if stats.group else ""
        times = f"cpu {format_quantity(stats.cpu_s, 's')} wall {format_quantity(stats.wall_s, 's')}"
        terminal.write_line(
            f"{stats.name}{group}  {value} each  {times}  {len(stats.rounds)} rounds of {stats.rounds[0].iterations}"
        )


def _cells(record: Record) -> tuple[str, str, str]:
    energy = format_joules(record.energy) if record.energy else "unmeasured"
    cpu = f"cpu {format_quantity(record.cpu_ns / 1e9, 's')}"
    budget = ", ".join(f"budget {verdict.budget.text}: {verdict.outcome.value}" for verdict in record.verdicts)
    return energy, cpu, budget


def _session_line(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    total = session.total
    if total is None:
        return
    tests = sum(r.energy.energy_j for r in session.records if r.energy is not None)
    collect = session.collect.energy_j if session.collect else 0.0
    rest = max(0.0, total.dynamic_j - tests - collect)
    waste = sum(r.energy.energy_j for r in _superseded(session.records) if r.energy is not None)
    measured = sum(stats.energy.energy_j for stats in session.benches if stats.energy is not None)
    rest = max(0.0, rest - measured)
    parts = [
        f"benchmarks {format_quantity(measured, 'J')}" if session.plan else f"tests {format_quantity(tests, 'J')}",
        f"collection {format_quantity(collect, 'J')}",
        f"fixtures, pytest and plug-ins {format_quantity(rest, 'J')}",
        f"idle {format_quantity(total.idle_j, 'J')}",
    ]
    if waste:
        parts.append(f"of it reruns {format_quantity(waste, 'J')}")
    terminal.write_line(
        f"session {format_joules(total)} {total.method.mark} = " + " + ".join(parts[:4]) + "".join(f", {p}" for p in parts[4:])
    )
    terminal.write_line(f"boundary: {total.boundary}")


def _superseded(records: list[Record]) -> list[Record]:
    """Attempts after which the same test ran again."""
    last = {record.nodeid: record for record in records}
    return [record for record in records if last[record.nodeid] is not record]


def _where(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    writer = session.writer
    if writer.problem:
        terminal.write_line(f"ledger: {writer.problem}; this run is not recorded in full", yellow=True)
    elif writer.path is not None:
        terminal.write_line(f"recorded as run {writer.run.run_id} in {writer.path}")
