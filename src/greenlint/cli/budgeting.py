"""What `greenlint budget` does: values from the ledger, limits from values, and the edited file."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import click

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.config.schema import Config
    from greenlint.gate.subjects import Evidence
    from greenlint.history.limits import Limit, Value
    from greenlint.history.toml_edit import Edit
    from greenlint.ledger.store import Ledger
    from greenlint.model.budget import Budget

_SMALLEST_STEP = 0.01
"""A limit is not lowered by less than 1 %: the file would change with every run."""


class Measured(NamedTuple):
    """The newest usable runs on this class of machine, newest first."""

    runs: list[Evidence]
    machine_class: str


def init_limits(ledger_path: str | None, tests: tuple[str, ...], options: dict[str, Any]) -> int:
    """Write limits where there are none; the exit code. Raises GreenlintError."""
    from greenlint.cli.common import load_config_or_fail, say
    from greenlint.history.toml_edit import Edit

    config = load_config_or_fail(".")
    share = _headroom(options["headroom"])
    measured = _measured(ledger_path, config, options["last"])
    known = {(budget.scope, budget.selector) for budget in config.budgets}
    edits, short = [], 0
    for wanted in _wanted(measured, tests):
        if (wanted.scope, wanted.selector) in known:
            continue
        for quantity, unit in (("energy", "J"), ("cpu", "s")):
            values = _values(measured, wanted._replace(quantity=quantity))
            limit = _limit(values, share, quantity, measured)
            if limit is not None:
                edits.append(Edit(_table(wanted), quantity, _text(limit, unit), measured.machine_class))
                _tell(wanted.selector, wanted.scope, quantity, unit, limit)
                break
            short = max(short, len(values))
    if not edits and not known:
        return _nothing(measured, short)
    if not edits:
        say("note", "everything that was measured has a limit already; `greenlint budget update` changes them")
        return 0
    return _write(config, edits, dry_run=options["dry_run"])


def update_limits(ledger_path: str | None, options: dict[str, Any]) -> int:
    """Change the configured limits; the exit code. Raises GreenlintError."""
    from greenlint.cli.common import load_config_or_fail, say
    from greenlint.errors import ConfigError
    from greenlint.history.toml_edit import Edit

    config = load_config_or_fail(".")
    if not config.budgets:
        raise ConfigError("no budgets are configured", "`greenlint budget init` writes them")
    share = _headroom(options["headroom"])
    measured = _measured(ledger_path, config, options["last"])
    edits, judged, short = [], 0, 0
    for budget in config.budgets:
        if budget.machine_class not in ("", measured.machine_class):
            say("note", f"{budget.where}: is for machine class {budget.machine_class}, this is {measured.machine_class}")
            continue
        if os.path.abspath(budget.where.rpartition(":")[0]) != config.path:
            say("note", f"{budget.where}: stands in another file that this project's configuration extends")
            continue
        values = _values(measured, budget)
        limit = _limit(values, share, budget.quantity, measured)
        if limit is None:
            short = max(short, len(values))
            say("note", f"{budget.where}: {budget.selector}: {_too_few(len(values))}")
            continue
        judged += 1
        unit = "J" if budget.quantity == "energy" else "s"
        if _moves(budget.limit, limit.limit, allow_raise=options["allow_raise"]):
            edits.append(Edit(_table(budget), budget.quantity, _text(limit, unit)))
            _tell(budget.selector, budget.scope, budget.quantity, unit, limit, f"was {budget.text}, ")
    if not judged:
        return _nothing(measured, short)
    if not edits:
        say("note", "no limit can be lowered" + ("" if options["allow_raise"] else " (--allow-raise raises them as well)"))
        return 0
    return _write(config, edits, dry_run=options["dry_run"])


def _moves(old: float, new: float, *, allow_raise: bool) -> bool:
    return new < old * (1 - _SMALLEST_STEP) or (allow_raise and new > old * (1 + _SMALLEST_STEP))


def _measured(ledger_path: str | None, config: Config, last: int) -> Measured:
    from greenlint.ledger.store import Ledger
    from greenlint.profiler.machine import describe_machine

    machine_class = describe_machine().machine_class
    path = ledger_path or os.path.join(config.root, config.energy.ledger)
    if not Ledger.exists(path):
        return Measured([], machine_class)
    with Ledger.open(path, create=False) as ledger:
        return Measured(_evidence(ledger, machine_class, last), machine_class)


def _evidence(ledger: Ledger, machine_class: str, last: int) -> list[Evidence]:
    """The newest runs of those that were called in the usual way: half a suite says nothing about the whole one."""
    from collections import Counter

    from greenlint.gate.subjects import gather
    from greenlint.history.accounts import selection_of

    here = [
        run for run in ledger.runs(kind="account") if run.status == "complete" and run.machine.machine_class == machine_class
    ]
    usual = Counter(selection_of(run) for run in here).most_common(1)
    chosen = [run for run in here if selection_of(run) == usual[0][0]][:last]
    found = [gather(ledger, run.run_id) for run in chosen]
    return [evidence for evidence in found if evidence is not None]


def _wanted(measured: Measured, tests: Sequence[str]) -> list[Budget]:
    """What limits could be set for: the suite, each language, and each test that is asked for."""
    from greenlint.gate.subjects import subjects
    from greenlint.model.budget import Budget

    languages = {row.language for one in measured.runs for rows in one.measurements.values() for row in rows}
    found = [Budget("suite", "*", "", 0.0, "", "")]
    if len(languages) > 1:  # else it is the suite once more
        found += [Budget("language", language, "", 0.0, "", "") for language in sorted(languages)]
    for glob in tests:
        budget = Budget("test", glob, "", 0.0, "", "")
        names = {subject.name for one in measured.runs for subject in subjects(budget, one)}
        if not names and measured.runs:
            raise click.UsageError(f"--test {glob}: no test of the newest runs matches")
        found += [budget._replace(selector=name) for name in sorted(names)]
    return list(dict.fromkeys(found))


def _values(measured: Measured, budget: Budget) -> list[Value]:
    """One value per run: the largest of those that the budget is about. Energies only where a device counted them."""
    from greenlint.gate.subjects import subjects
    from greenlint.history.limits import Value

    found: list[Value] = []
    for one in measured.runs:
        values: list[Value] = []
        for subject in subjects(budget, one):
            if budget.quantity == "cpu" and subject.cpu_s is not None:
                values.append(Value(subject.cpu_s, 0.001))
            elif budget.quantity == "energy" and subject.energy is not None and subject.energy.method.measured:
                values.append(Value(subject.energy.energy_j, subject.energy.u))
        if values:
            found.append(max(values))
    return found


def _limit(values: list[Value], share: float | None, quantity: str, measured: Measured) -> Limit | None:
    from greenlint.history.limits import limit_of
    from greenlint.profiler.pair_noise import find_noise

    noise = find_noise(measured.machine_class, quantity)
    return limit_of(values, share, noise.process_sd if noise is not None else 0.0)


def _headroom(text: str) -> float | None:
    from greenlint.cli.comparing_commits import percentage

    return None if text == "auto" else percentage("--headroom", text)


def _table(budget: Budget) -> tuple[str, ...]:
    if budget.scope in ("suite", "commit"):
        return (budget.scope,)
    return ("language", budget.selector) if budget.scope == "language" else (budget.selector,)


def _text(limit: Limit, unit: str) -> str:
    from greenlint.history.limits import limit_text

    return limit_text(limit.limit, unit)


def _tell(selector: str, scope: str, quantity: str, unit: str, limit: Limit, before: str = "") -> None:
    from greenlint.cli.common import write_text
    from greenlint.model.format import format_quantity
    from greenlint.model.text import counted
    from greenlint.reporters.encoding import printable

    name = scope if selector == "*" else f"{scope} {selector}" if scope == "language" else selector
    base = f"95 % of {counted(limit.runs, 'run')} below {format_quantity(limit.base, unit)}"
    write_text(f"{printable(name)}: {quantity} {_text(limit, unit)} ({before}{base}, head-room {limit.headroom:.1%})\n")


def _too_few(count: int) -> str:
    from greenlint.history.limits import LEAST_RUNS
    from greenlint.model.text import counted

    return f"{counted(count, 'usable run')} on this class of machine, {LEAST_RUNS} are needed"


def _nothing(measured: Measured, most: int) -> int:
    from greenlint.cli.common import say

    hint = "run `pytest --energy`; one run is enough with --headroom PERCENT"
    say("error", f"nothing measured: {_too_few(most)} ({measured.machine_class}; {hint})")
    return 4


def _write(config: Config, edits: list[Edit], *, dry_run: bool) -> int:
    """Edit the file, or show the difference. Raises GreenlintError when it cannot be read, edited or written."""
    import difflib

    from greenlint.cli.common import write_data
    from greenlint.errors import ConfigError
    from greenlint.history.toml_edit import apply
    from greenlint.linter.atomic import write_atomically

    path = config.path or _new_path(config.root)
    try:
        with open(path, encoding="utf-8", newline="") as file:
            text = file.read()
    except FileNotFoundError:
        text = ""
    home = ("tool", "greenlint") if os.path.basename(path) == "pyproject.toml" else ()
    changed = apply(text, edits, home)
    if dry_run:
        name = os.path.relpath(path)
        lines = difflib.unified_diff(text.splitlines(True), changed.splitlines(True), f"a/{name}", f"b/{name}")
        write_data("".join(lines))
        return 0
    try:
        write_atomically(path, changed.encode("utf-8"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
    return 0


def _new_path(root: str) -> str:
    shared = os.path.join(root, "pyproject.toml")
    return shared if os.path.exists(shared) else os.path.join(root, "greenlint.toml")
