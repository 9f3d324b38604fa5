"""The stages of a comparison: find and build, verify, warm up, then rounds in random order with every output checked."""

from __future__ import annotations

import os
import tempfile
from datetime import datetime, timezone
from typing import TYPE_CHECKING

from greenlint.bench.comparison import Comparison, Host
from greenlint.bench.entry import Entry
from greenlint.bench.execute import Executor
from greenlint.bench.output import Spool
from greenlint.bench.plan import DEFAULT_ROUNDS, LONGEST_DEFAULT_S
from greenlint.bench.prepare import is_shim, prepare
from greenlint.bench.schedule import draw_orders, fewest_rounds, fit_rounds
from greenlint.bench.status import Status
from greenlint.bench.verify import open_reference, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from greenlint.bench.plan import Plan
    from greenlint.bench.reference import Reference
    from greenlint.profiler.meter import Meter


def compare(plan: Plan, meter: Meter, tell: Callable[[str], None]) -> Comparison:
    """Carry out a plan. `tell` gets a few words before each run.

    Programs that fail are excluded, never raised; Ctrl-C ends the rounds and keeps what was recorded. Raises OSError
    when no temporary file can be made or the expected output cannot be read.
    """
    started = datetime.now(timezone.utc).isoformat(timespec="milliseconds")
    load = _load()
    entries = [Entry(implementation) for implementation in plan.implementations]
    executor = Executor(meter, plan.timeout_s)
    reference = open_reference(plan.expectation)
    rounds, interrupted = 0, False
    try:
        with tempfile.TemporaryDirectory(prefix="greenlint-") as folder:
            for entry in entries:
                tell(f"prepare {entry.name}")
                prepare(entry, executor, folder)
            first = [entry for entry in entries if entry.name == plan.baseline]
            rest = [entry for entry in entries if entry.name != plan.baseline]
            reference = verify(first + rest, executor, plan.expectation, reference, tell)
            if reference is not None:
                _warm_up(entries, executor, plan.warmup, tell)
                rounds = _measure(plan, entries, executor, reference, tell)
    except KeyboardInterrupt:
        interrupted = True
        rounds = min((len(entry.trials) for entry in entries if entry.usable), default=0)
    finally:
        if reference is not None:
            reference.close()
    host = Host(meter.machine, load, _load(), meter.provider, meter.method, meter.boundary)
    return Comparison(
        plan=plan,
        subjects=tuple(entry.freeze() for entry in entries),
        baseline=_baseline(plan, entries),
        reference=reference.origin if reference else "",
        rounds=rounds,
        host=host,
        started_utc=started,
        warnings=tuple(_warnings(plan, entries, reference, rounds)),
        interrupted=interrupted,
    )


def _warm_up(entries: Sequence[Entry], executor: Executor, times: int, tell: Callable[[str], None]) -> None:
    for number in range(1, times + 1):
        for entry in entries:
            if entry.usable:
                tell(f"warm up {number}/{times}: {entry.name}")
                with Spool() as spool:
                    entry.record(executor.run(entry, spool))


def _measure(
    plan: Plan, entries: Sequence[Entry], executor: Executor, reference: Reference, tell: Callable[[str], None]
) -> int:
    """The counted rounds; returns how many were completed. A comparison of one is not made."""
    usable = [entry for entry in entries if entry.usable]
    if len(usable) < 2:
        return 0
    round_s = sum(entry.uncounted[-1].wall_ns for entry in usable) / 1e9
    rounds = plan.rounds or fit_rounds(DEFAULT_ROUNDS, len(usable), round_s, LONGEST_DEFAULT_S)
    by_name = {entry.name: entry for entry in entries}
    orders = draw_orders(list(by_name), rounds, plan.seed)
    for number, order in enumerate(orders, 1):
        present = [by_name[name] for name in order if by_name[name].usable]
        if len(present) < 2:
            return number - 1
        for position, entry in enumerate(present, 1):
            tell(f"round {number}/{rounds}: {entry.name}")
            _count(entry, executor, reference, number, position)
    return rounds


def _count(entry: Entry, executor: Executor, reference: Reference, number: int, position: int) -> None:
    with Spool() as spool:
        trial = executor.run(entry, spool, round=number, position=position)
        if trial.status is Status.OK:
            difference = reference.difference(spool, trial.digest)
            if difference is not None:
                reason = f"round {number} printed something else than the verification run: {difference}"
                trial = trial.failed(Status.NONDETERMINISTIC, reason)
        elif trial.status is Status.CRASHED:
            trial = trial.failed(trial.status, f"{trial.reason} (round {number})")
    entry.record(trial)


def _baseline(plan: Plan, entries: Sequence[Entry]) -> str:
    names = [entry.name for entry in entries if entry.usable]
    return plan.baseline if plan.baseline in names or not names else names[0]


def _warnings(plan: Plan, entries: Sequence[Entry], reference: Reference | None, rounds: int) -> list[str]:
    """What a reader must know besides the numbers."""
    found: list[str] = []
    baseline = _baseline(plan, entries)
    if baseline != plan.baseline:
        found.append(f"the baseline {plan.baseline} is excluded: ratios refer to {baseline} instead")
    if reference is not None and reference.empty:
        found.append("the expected output is empty: equal output proves nothing here")
    if reference is not None and plan.expectation.file is None:
        found += _suspect_reference(entries, reference.origin)
    usable = [entry for entry in entries if entry.usable]
    needed = fewest_rounds(len(usable))
    if 0 < rounds < needed:
        found.append(f"{rounds} rounds cannot show a difference among {len(usable)}: use --rounds {needed} or more")
    found += [
        f"{entry.name}: {entry.argv[0]} is a version manager's shim, which costs CPU time of its own: name the program itself"
        for entry in usable
        if entry.argv and is_shim(entry.argv[0])
    ]
    for entry in usable:
        texts = [text for trial in entry.trials for text in trial.warnings]
        found += [f"{entry.name}: {text}" for text in dict.fromkeys(texts)]
    return found


def _suspect_reference(entries: Sequence[Entry], origin: str) -> list[str]:
    """When those with "wrong" output agree among themselves, the reference is the odd one out."""
    wrong = [entry for entry in entries if entry.status is Status.WRONG_OUTPUT]
    if len(wrong) < 2 or len({entry.uncounted[-1].digest for entry in wrong}) != 1:
        return []
    names = ", ".join(entry.name for entry in wrong)
    return [f"{names} printed the same as each other: is {origin} wrong? name a file with --expect"]


def _load() -> float | None:
    try:
        return os.getloadavg()[0]
    except (AttributeError, OSError):
        return None
