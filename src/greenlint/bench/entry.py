"""An implementation on its way through the stages; the frozen `Subject` is what remains of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from greenlint.bench.comparison import Subject
from greenlint.bench.status import Status

if TYPE_CHECKING:
    from greenlint.bench.comparison import Build
    from greenlint.bench.plan import Implementation
    from greenlint.bench.trial import Trial


@dataclass(slots=True)
class Entry:
    """Collects trials until it is excluded; `argv` has its placeholders filled and its program found."""

    implementation: Implementation
    argv: list[str] = field(default_factory=list)
    status: Status = Status.OK
    reason: str = ""
    trials: list[Trial] = field(default_factory=list)
    uncounted: list[Trial] = field(default_factory=list)
    build: Build | None = None

    @property
    def name(self) -> str:
        """The name of the implementation."""
        return self.implementation.name

    @property
    def usable(self) -> bool:
        """True until it is excluded."""
        return self.status is Status.OK

    def exclude(self, status: Status, reason: str) -> None:
        """Take it out of the comparison."""
        self.status, self.reason = status, reason

    def record(self, trial: Trial) -> None:
        """Keep a trial; one that failed excludes the implementation."""
        (self.trials if trial.round else self.uncounted).append(trial)
        if trial.status is not Status.OK and self.usable:
            self.exclude(trial.status, trial.reason)

    def freeze(self) -> Subject:
        """What was recorded."""
        return Subject(self.implementation, self.status, self.reason, tuple(self.trials), tuple(self.uncounted), self.build)
