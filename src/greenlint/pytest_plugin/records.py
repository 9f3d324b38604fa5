"""What the session knows about each test, and the one writer of the ledger; a ledger that fails never fails a test."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

from greenlint.errors import GreenlintError
from greenlint.model.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.ledger.store import Ledger
    from greenlint.model.budget import Verdict
    from greenlint.model.energy import Energy
    from greenlint.model.run import Run
    from greenlint.profiler.reading import Reading
    from greenlint.pytest_plugin.rounds import BenchStats

_FLUSH_AFTER_S = 1.0
_FLUSH_AFTER_ROWS = 500


class Record(NamedTuple):
    """One attempt of one test: outcome of its call phase, energy of the call, CPU time of call and fixtures in ns."""

    nodeid: str
    energy: Energy | None
    outcome: str
    wall_ns: int
    cpu_ns: int
    fixture_cpu_ns: int
    attempt: int = 1
    t0_ns: int = 0
    verdicts: Sequence[Verdict] = ()

    def measurement(self) -> Measurement:
        """The row of the ledger."""
        extra = {"fixture_cpu_ns": str(self.fixture_cpu_ns)}
        for verdict in self.verdicts:
            extra[f"budget_{verdict.budget.quantity}"] = verdict.budget.text
            extra[f"verdict_{verdict.budget.quantity}"] = verdict.outcome.value
        return Measurement(
            self.nodeid,
            "call",
            self.energy,
            self.wall_ns,
            self.cpu_ns,
            outcome=self.outcome,
            attempt=self.attempt,
            t0_ns=self.t0_ns,
            extra=extra,
        )


def block_row(record: Record, name: str, energy: Energy | None, start: Reading, end: Reading) -> Measurement:
    """The row of a named block inside a test; part of the test's call, never to be added to it."""
    return Measurement(
        f"{record.nodeid}::{name}",
        "window",
        energy,
        end.t_ns - start.t_ns,
        end.cpu_ns - start.cpu_ns,
        outcome=record.outcome,
        attempt=record.attempt,
        excluded="part of its test",
        t0_ns=start.t_ns,
    )


def round_rows(stats: BenchStats) -> list[Measurement]:
    """One row for each round of a benchmark, with its number of iterations."""
    facts = {name: str(value) for name, value in stats.extra_info.items()}
    if stats.group:
        facts["group"] = stats.group
    return [
        Measurement(
            stats.name,
            "bench",
            one.energy,
            one.wall_ns,
            one.cpu_ns,
            t0_ns=one.t0_ns,
            extra={**facts, "iterations": str(one.iterations), "round": str(number)},
        )
        for number, one in enumerate(stats.rounds)
    ]


class LedgerWriter:
    """Appends in batches of about a second, so that a killed run loses no more than that; stops at the first error."""

    def __init__(self, path: str | None, run: Run) -> None:
        self.path = path
        self.run = run
        self.problem: str | None = None
        self._ledger: Ledger | None = None
        self._waiting: list[Measurement] = []
        self._last = monotonic()
        if path is not None:
            self._guard(self._open)

    def _open(self) -> None:
        from greenlint.ledger.store import Ledger

        assert self.path is not None
        self._ledger = Ledger.open(self.path)
        self._ledger.begin(self.run)

    def add(self, measurement: Measurement) -> None:
        """Queue one row and write the queue when it is old or long enough."""
        if self._ledger is None:
            return
        self._waiting.append(measurement)
        now = monotonic()
        if now - self._last > _FLUSH_AFTER_S or len(self._waiting) >= _FLUSH_AFTER_ROWS:
            self._last = now
            self._flush()

    def _flush(self) -> None:
        rows, self._waiting = self._waiting, []
        ledger = self._ledger
        if ledger is not None and rows:
            self._guard(lambda: ledger.append(self.run.run_id, rows))

    def finish(self, rows: list[Measurement], status: str) -> None:
        """Write what is left, close the run and the ledger."""
        self._waiting += rows
        self._flush()
        ledger = self._ledger
        if ledger is not None:
            self._guard(lambda: ledger.finish(self.run.run_id, status))
            ledger.close()

    def _guard(self, action: object) -> None:
        try:
            action()  # type: ignore[operator]
        except GreenlintError as error:
            self.problem = str(error)
            self._ledger = None
