"""A comparison as recorded: every trial of every implementation, excluded ones with their reason, and the host."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.bench.status import Status

if TYPE_CHECKING:
    from greenlint.bench.plan import Implementation, Plan
    from greenlint.bench.trial import Trial
    from greenlint.model.energy import Method
    from greenlint.model.run import Machine


@dataclass(frozen=True, slots=True)
class Build:
    """The build step of an implementation, which is never added to its runs; `size` of {out} in bytes, None without it."""

    argv: tuple[str, ...]
    trial: Trial
    size: int | None


@dataclass(frozen=True, slots=True)
class Subject:
    """An implementation and what was recorded about it.

    trials  counted runs in order of rounds, those before an exclusion included; uncounted: verification and warm-up
    """

    implementation: Implementation
    status: Status
    reason: str
    trials: tuple[Trial, ...]
    uncounted: tuple[Trial, ...] = ()
    build: Build | None = None

    @property
    def name(self) -> str:
        """The name of the implementation."""
        return self.implementation.name

    @property
    def ok(self) -> bool:
        """True when it may be ranked."""
        return self.status is Status.OK


@dataclass(frozen=True, slots=True)
class Host:
    """Where it ran: the machine, its one-minute load before and after (None where the system has none), the provider."""

    machine: Machine
    load_before: float | None
    load_after: float | None
    provider: str
    method: Method
    boundary: str

    @property
    def busy(self) -> bool:
        """True when more processes wanted to run than there are processors, before any of ours."""
        return self.load_before is not None and self.load_before > self.machine.logical_cpus


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything recorded; every figure of a report is a pure function of it.

    baseline   the implementation that ratios refer to: the planned one, or the first usable one when that failed
    reference  where the expected output came from: a file or an implementation; "" when there was none
    rounds     complete rounds; interrupted when the user stopped it
    """

    plan: Plan
    subjects: tuple[Subject, ...]
    baseline: str
    reference: str
    rounds: int
    host: Host
    started_utc: str
    warnings: tuple[str, ...] = ()
    interrupted: bool = False

    @property
    def ranked(self) -> tuple[Subject, ...]:
        """The subjects that may be ranked, in the order of the plan."""
        return tuple(subject for subject in self.subjects if subject.ok and subject.trials)

    @property
    def excluded(self) -> tuple[Subject, ...]:
        """The rest, in the order of the plan."""
        ranked = self.ranked
        return tuple(subject for subject in self.subjects if subject not in ranked)

    def exit_code(self, *, allow_failures: bool) -> int:
        """1 when an implementation failed, 4 when no two could be measured, else 0."""
        if any(subject.status.failure for subject in self.subjects) and not allow_failures:
            return 1
        return 0 if len(self.ranked) >= 2 else 4
