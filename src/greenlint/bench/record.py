"""Puts a comparison into the ledger: one measurement per counted run, builds apart, exclusions with their reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.ledger.ids import new_run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.bench.comparison import Comparison, Subject
    from greenlint.ledger.store import Ledger
    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Commit, Run


def run_of(comparison: Comparison, commit: Commit | None, project: str, args: Sequence[str]) -> Run:
    """The ledger's run of a comparison, of kind "compare"."""
    host = comparison.host
    run = new_run(
        kind="compare",
        machine=host.machine,
        commit=commit,
        provider=host.provider,
        method=host.method.value,
        project=project,
        args=tuple(args),
        notes=comparison.warnings,
        facts={
            "name": comparison.plan.name,
            "seed": comparison.plan.seed,
            "rounds": comparison.rounds,
            "baseline": comparison.baseline,
            "load": [host.load_before, host.load_after],
            "excluded": {s.name: f"{s.status.value}: {s.reason}" for s in comparison.subjects if not s.ok},
        },
    )
    return run._replace(started_utc=comparison.started_utc)


def measurements_of(comparison: Comparison) -> list[Measurement]:
    """Builds (phase "setup") and counted runs; those of an excluded implementation all carry its reason.

    One that never got as far leaves the run that failed, so that it does not vanish.
    """
    found: list[Measurement] = []
    for subject in comparison.subjects:
        if subject.build is not None:
            found.append(subject.build.trial.measurement._replace(phase="setup", extra={"step": "build"}))
        trials = subject.trials or (() if subject.ok else subject.uncounted[-1:])
        found += [_excluded(trial.measurement, subject) for trial in trials]
    return found


def store(ledger: Ledger, run: Run, comparison: Comparison) -> None:
    """Write everything. Raises LedgerError."""
    ledger.begin(run)
    ledger.append(run.run_id, measurements_of(comparison))
    ledger.finish(run.run_id, "interrupted" if comparison.interrupted else "complete")


def _excluded(measurement: Measurement, subject: Subject) -> Measurement:
    if subject.ok or measurement.excluded:
        return measurement
    return measurement._replace(excluded=f"{subject.status.value}: {subject.reason}")
