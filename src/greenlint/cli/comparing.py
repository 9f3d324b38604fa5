"""What `greenlint compare` does between its options and its exit code."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING

from greenlint.errors import ConfigError, GreenlintError, LedgerError, ProviderError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.bench.comparison import Comparison
    from greenlint.bench.plan import Expectation, Plan
    from greenlint.bench.trial import Trial
    from greenlint.config.schema import Config
    from greenlint.profiler.meter import Meter

INTERRUPTED = 130
_QUIET_S = 2.0


@dataclass(frozen=True, slots=True)
class Changes:
    """Options that stand above a SPEC file; None leaves what it says."""

    baseline: str | None
    expect: str | None
    mode: str | None
    rtol: float | None
    rounds: int | None
    warmup: int | None
    seed: int | None
    timeout_s: float | None


@dataclass(frozen=True, slots=True)
class Output:
    """Where the result goes; `ledger` is a path relative to the project root, None to record nothing."""

    as_json: bool
    file: str | None
    ledger: str | None
    allow_failures: bool


def make_plan(what: Sequence[str], changes: Changes, languages: Sequence[str]) -> Plan:
    """The plan of a SPEC file or of NAME=CMD arguments, with the options applied. Raises ConfigError."""
    from greenlint.bench.arguments import read_implementations, read_pairs
    from greenlint.bench.plan import Plan, check_names
    from greenlint.bench.schedule import draw_seed
    from greenlint.bench.spec_file import read_spec

    named = read_pairs(languages, "--language")
    if len(what) == 1 and what[0].endswith(".toml"):
        plan = read_spec(what[0])
        known = [implementation.name for implementation in plan.implementations]
        if unknown := set(named) - set(known):
            raise ConfigError(f"--language: {min(unknown)!r} is no implementation", f"known: {', '.join(known)}")
        plan = replace(
            plan, implementations=tuple(replace(i, language=named.get(i.name, i.language)) for i in plan.implementations)
        )
    else:
        found = read_implementations(what, named)
        plan = Plan("comparison", found, found[0].name, draw_seed())
    baseline = changes.baseline or plan.baseline
    check_names([i.name for i in plan.implementations], baseline, "compare")
    return replace(
        plan,
        baseline=baseline,
        expectation=_expectation(plan.expectation, changes),
        rounds=plan.rounds if changes.rounds is None else changes.rounds,
        warmup=plan.warmup if changes.warmup is None else changes.warmup,
        seed=plan.seed if changes.seed is None else changes.seed,
        timeout_s=plan.timeout_s if changes.timeout_s is None else changes.timeout_s,
    )


def _expectation(planned: Expectation, changes: Changes) -> Expectation:
    if changes.expect is not None and not os.path.isfile(changes.expect):
        raise ConfigError(f"--expect {changes.expect}: there is no such file")
    mode = changes.mode or planned.mode
    if changes.rtol is not None and mode != "numeric":
        raise ConfigError("--rtol has no meaning for exact output", "add --mode numeric")
    rtol = planned.rtol if changes.rtol is None else changes.rtol
    return replace(planned, file=changes.expect or planned.file, mode=mode, rtol=rtol)


def require_folder(path: str | None) -> None:
    """Find out before measuring that a report file cannot be written. Raises ConfigError."""
    if path is None or _is_device(path):
        return
    folder = os.path.dirname(os.path.abspath(path))
    if not os.path.isdir(folder):
        raise ConfigError(f"{path}: the folder {folder} does not exist")
    if os.path.isdir(path) or not os.access(folder, os.W_OK):
        raise ConfigError(f"{path}: cannot be written", "name a file in a folder that you may write to")


def _is_device(path: str) -> bool:
    """True for /dev/null and the like, which are written to and never replaced."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


def carry_out(plan: Plan, config: Config, provider: str, output: Output, args: Sequence[str]) -> int:
    """Measure, record, report; returns the exit code. Raises GreenlintError."""
    from greenlint.bench.arguments import shell_words
    from greenlint.bench.compare import compare
    from greenlint.profiler.meter import Meter

    for implementation in plan.implementations:
        if words := shell_words(implementation):
            _note(f"{implementation.name}: {' '.join(words)} is handed over as it is, no shell runs; use sh -c '...' for one")
    progress = Progress()
    with Meter.open(provider, settings=config.machine) as meter:
        _require(config.energy.require, meter)
        try:
            comparison = compare(plan, meter, progress.tell)
        except OSError as error:
            raise GreenlintError(f"{error.filename or 'temporary file'}: {error.strerror or error}") from error
        finally:
            progress.clear()
        warnings, invalid = meter.close(), meter.invalid
    comparison = replace(comparison, warnings=(*comparison.warnings, *warnings))
    if invalid is not None:
        comparison = without_energy(comparison, invalid)
    run_id = _record(comparison, config, output, args)
    code = comparison.exit_code(allow_failures=output.allow_failures)
    _report(comparison, output, run_id, code)
    if code == 4:
        _note("nothing measured: no two implementations could be run", error=True)
    return INTERRUPTED if comparison.interrupted else code


def without_energy(comparison: Comparison, reason: str) -> Comparison:
    """The comparison with every joule taken out: a counter stalled, so none of them counts."""

    def strip(trials: Sequence[Trial]) -> tuple[Trial, ...]:
        return tuple(replace(trial, measurement=trial.measurement._replace(energy=None)) for trial in trials)

    subjects = tuple(
        replace(subject, trials=strip(subject.trials), uncounted=strip(subject.uncounted)) for subject in comparison.subjects
    )
    return replace(comparison, subjects=subjects, warnings=(*comparison.warnings, f"energy is unmeasured: {reason}"))


def _require(mark: str, meter: Meter) -> None:
    """Hold the provider against `require` of the configuration. Raises ProviderError."""
    order = ("measured", "attributed", "estimated", "none")
    given = meter.method.mark if meter.method.mark in order else "none"
    if order.index(given) > order.index(mark):
        hint = "`greenlint doctor` says what this machine can measure"
        raise ProviderError(f"energy must be {mark} (energy.require), but {meter.provider} gives {given} values", hint)


def _record(comparison: Comparison, config: Config, output: Output, args: Sequence[str]) -> str | None:
    """Store it; a ledger that cannot be written costs a note, not the result."""
    if output.ledger is None:
        return None
    from greenlint.bench.record import run_of, store
    from greenlint.ledger.git import describe_commit
    from greenlint.ledger.store import Ledger

    run = run_of(comparison, describe_commit(config.root), config.root, args)
    try:
        with Ledger.open(os.path.join(config.root, output.ledger)) as ledger:
            store(ledger, run, comparison)
    except LedgerError as error:
        _note(f"the comparison is not recorded: {error}")
        return None
    return run.run_id


def _report(comparison: Comparison, output: Output, run_id: str | None, code: int) -> None:
    from greenlint.bench.summary import summarise
    from greenlint.cli.common import style, width, write_data, write_text
    from greenlint.reporters.base import plain
    from greenlint.reporters.compare_json import as_json
    from greenlint.reporters.compare_text import render_text
    from greenlint.reporters.encoding import json_text

    summary = summarise(comparison)
    if output.as_json:
        text = json_text(as_json(comparison, summary, run_id=run_id, exit_code=code))
    else:
        text = render_text(comparison, summary, width(), plain if output.file else style)
    if output.file is None:
        (write_data if output.as_json else write_text)(text)
        return
    _write(output.file, text.encode("utf-8", "backslashreplace"))
    _note(f"wrote {output.file}")


def _write(path: str, data: bytes) -> None:
    from greenlint.linter.atomic import write_atomically

    try:
        write_atomically(path, data)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def _note(text: str, *, error: bool = False) -> None:
    from greenlint.cli.common import say

    say("error" if error else "note", text)


class Progress:
    """One line on stderr that says what is running: on a terminal only, and not before two seconds are over."""

    def __init__(self) -> None:
        self._wanted = sys.stderr.isatty()
        self._start = monotonic()
        self._shown = False

    def tell(self, text: str) -> None:
        """Show what runs now in place of what ran before."""
        if self._wanted and monotonic() - self._start > _QUIET_S:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
            self._shown = True

    def clear(self) -> None:
        """Take the line away."""
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
