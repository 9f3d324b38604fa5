"""The uncounted verification run: does every program run, and do all print the same?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.bench.output import Spool
from greenlint.bench.reference import Reference
from greenlint.bench.status import Status

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.bench.entry import Entry
    from greenlint.bench.execute import Executor
    from greenlint.bench.plan import Expectation
    from greenlint.bench.trial import Trial


def open_reference(expectation: Expectation) -> Reference | None:
    """The expected output of a file, or None when an implementation has to give it. Raises OSError."""
    if expectation.file is None:
        return None
    return Reference(open(expectation.file, "rb"), expectation.file, expectation)


def verify(
    entries: Sequence[Entry],
    executor: Executor,
    expectation: Expectation,
    reference: Reference | None,
    tell: Callable[[str], None],
) -> Reference | None:
    """Run each usable entry once, excluding what fails; returns the reference, None when no entry could give one.

    Without an expected file the first entry whose two runs print the same gives the reference, so the baseline comes
    first in `entries`. An output that differs is asked for a second time: a program that contradicts itself is
    nondeterministic, not wrong.
    """
    for entry in entries:
        if not entry.usable:
            continue
        tell(f"verify {entry.name}")
        with Spool() as spool:
            trial = executor.run(entry, spool)
            if trial.status is not Status.OK:
                entry.record(trial)
            elif reference is None:
                reference = _become_reference(entry, executor, expectation, spool, trial)
            else:
                entry.record(_verified(entry, executor, reference, spool, trial))
    return reference


def _become_reference(
    entry: Entry, executor: Executor, expectation: Expectation, spool: Spool, trial: Trial
) -> Reference | None:
    """The reference made of what was printed; None when a second run fails or contradicts the first."""
    entry.record(trial)
    reference = Reference(spool.keep_stdout(), entry.name, expectation)
    with Spool() as second:
        again = executor.run(entry, second)
        difference = reference.difference(second, again.digest) if again.status is Status.OK else None
    if difference is not None:
        again = again.failed(Status.NONDETERMINISTIC, f"its second run printed something else: {difference}")
    entry.record(again)
    if entry.usable:
        return reference
    reference.close()
    return None


def _verified(entry: Entry, executor: Executor, reference: Reference, spool: Spool, trial: Trial) -> Trial:
    difference = reference.difference(spool, trial.digest)
    if difference is None:
        return trial
    with Spool() as second:
        again = executor.run(entry, second)
    if again.status is Status.OK and again.digest != trial.digest:
        return trial.failed(Status.NONDETERMINISTIC, f"two runs printed different output ({difference})")
    return trial.failed(Status.WRONG_OUTPUT, difference)
