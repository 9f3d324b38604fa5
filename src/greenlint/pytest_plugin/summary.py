"""The energy table at the end of a pytest run."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from greenlint.model.energy import format_joules
from greenlint.model.format import format_quantity
from greenlint.pytest_plugin.balance import balance_of, fault

if TYPE_CHECKING:
    import pytest

    from greenlint.model.measurement import Measurement
    from greenlint.pytest_plugin.session import EnergySession

_LEAST_NAME = 20


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
        if meter.invalid and warning.endswith(meter.invalid):  # said above
            continue
        terminal.write_line(f"warning: {warning}", yellow=True)
    _where(terminal, session)


def _exceeded(row: Measurement) -> bool:
    """Whether one of its budgets failed."""
    verdicts = _verdicts(row)
    if not verdicts:
        return False
    from greenlint.model.budget import Outcome

    return Outcome.FAIL.value in verdicts.values()


def _table(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    shown = session.results.table()
    if not shown:
        return
    columns = max(terminal._tw.fullwidth, 40)
    rows = [(row.name, *_cells(row)) for row in shown]
    sizes = [max(len(row[i]) for row in rows) for i in range(1, 4)]
    beside = columns - sum(sizes) - 7 >= _LEAST_NAME  # else budgets go to lines of their own
    name_size = max(_LEAST_NAME, columns - sum(sizes if beside else sizes[:2]) - (7 if beside else 5))
    for row, (name, energy, cpu, budget) in zip(shown, rows):
        short = name if len(name) <= name_size else "…" + name[-(name_size - 1) :]
        line = f"{short:<{name_size}}  {energy:>{sizes[0]}}  {cpu:>{sizes[1]}}"
        lines = [f"{line}  {budget:>{sizes[2]}}"] if beside or not budget else [line, f"    {budget}"]
        for text in lines:
            terminal.write_line(text.rstrip(), red=_exceeded(row))


def _benchmarks(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    """One line for each benchmark, grouped; the interval is of all rounds together, divided by the iterations."""
    for stats in sorted(session.benches, key=lambda stats: stats.group):
        energy = stats.energy
        value = "unmeasured" if energy is None else format_joules(energy.per(stats.iterations))
        group = f" [{stats.group}]" if stats.group else ""
        times = f"cpu {format_quantity(stats.cpu_s, 's')} wall {format_quantity(stats.wall_s, 's')}"
        line = f"{stats.name}{group}  {value} each  {times}  {len(stats.rounds)} rounds of {stats.rounds[0].iterations}"
        judged = [f"budget {one.budget.text}: {one.outcome.value}" for one in session.bench_verdicts.get(stats.name, ())]
        terminal.write_line("  ".join([line, *judged]))


def _cells(row: Measurement) -> tuple[str, str, str]:
    energy = format_joules(row.energy) if row.energy else "unmeasured"
    cpu = f"cpu {format_quantity(row.cpu_ns / 1e9, 's')}"
    budget = ", ".join(f"budget {_limit(row, name)}: {text}" for name, text in _verdicts(row).items())
    return energy, cpu, budget


def _limit(row: Measurement, name: str) -> str:
    return row.extra.get(f"budget_{name}") or row.extra.get(f"limit_{name}", "")


def _verdicts(row: Measurement) -> dict[str, str]:
    return {key[8:]: text for key, text in row.extra.items() if key.startswith("verdict_")}


def _session_line(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    total, balance = session.total, balance_of(session)
    if total is None or balance is None:
        return
    parts = [f"{name} {_joules(joules)}" for name, joules in balance.parts.items()]
    if session.plan is not None:
        parts[0] = parts[0].replace("tests", "benchmarks")
    parts = [f"session {format_joules(total)} {total.method.mark} = {parts[0]}", *(f"+ {part}" for part in parts[1:])]
    if session.results.rerun_joules:
        parts.append(f"(of it reruns {_joules(session.results.rerun_joules)})")
    _write_wrapped(terminal, parts)
    if balance.fixtures:
        scopes = [
            f"{scope} {_joules(joules)} (cpu {format_quantity(balance.fixtures_cpu_s[scope], 's')})"
            for scope, joules in balance.fixtures.items()
        ]
        _write_wrapped(terminal, [f"fixtures by scope: {scopes[0]}", *(f"· {scope}" for scope in scopes[1:])])
    terminal.write_line(f"boundary: {total.boundary}")
    problem = fault(session, balance)
    if problem:
        terminal.write_line(f"warning: {problem}", yellow=True)


def _write_wrapped(terminal: pytest.TerminalReporter, parts: list[str]) -> None:
    """The parts one after the other, on as many lines as the terminal needs."""
    width, line = max(terminal._tw.fullwidth, 40), parts[0]
    for part in parts[1:]:
        if len(line) + 1 + len(part) > width:
            terminal.write_line(line)
            line = "   "
        line = f"{line} {part}"
    terminal.write_line(line)


def _joules(value: float) -> str:
    return format_quantity(max(0.0, value), "J")


def _where(terminal: pytest.TerminalReporter, session: EnergySession) -> None:
    writer = session.writer
    if writer.problem:
        lost = f" ({writer.lost} rows are missing)" if writer.lost else ""
        terminal.write_line(f"ledger: {writer.problem}; this run is not recorded in full{lost}", yellow=True)
    elif writer.path is not None:
        terminal.write_line(f"recorded as run {writer.run.run_id} in {_shown(writer.path, str(session.config.rootpath))}")


def _shown(path: str, root: str) -> str:
    """Relative to the project; worked out without the current directory, which a test may have deleted."""
    return path[len(root) + 1 :] if path.startswith(root + os.sep) else path
