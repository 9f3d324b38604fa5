"""The interface of an account, and the words for the two idle policies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Protocol

    from greenlint.model.energy import Energy, Method
    from greenlint.profiler.idle import IdlePower
    from greenlint.profiler.reading import Reading

    class Account(Protocol):
        """Turns readings of one source into energy.

        `invalid` is the reason why no number of the session counts, or None.
        """

        method: Method
        boundary: str

        @property
        def invalid(self) -> str | None: ...
        @property
        def idle(self) -> IdlePower: ...

        def read(self) -> tuple[int, ...]:
            """Unwrapped microjoules per domain. Never raises: a source that fails makes the account invalid."""

        def energy(self, start: Reading, end: Reading, idle: str) -> Energy | None:
            """Energy of this process tree between two readings; None where no joules are claimed."""

        def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> Energy | None:
            """Energy of a window that ran in another process and used `cpu_ns`."""

        def record(self, period_s: float) -> None:
            """Begin to record the timeline that `share` needs."""

        def measure_idle(self, seconds: float) -> IdlePower:
            """Idle power over a window of sleep, where it can be measured; else what is known anyway."""

        def finish(self) -> tuple[str, ...]:
            """Check once more, release the source, return warnings."""


IDLE_WORDS = {"apart": "above idle", "wall": "idle included"}
"""Added to the boundary, so that values under different idle policies are never compared."""


def policy(boundary: str, idle: str) -> str:
    """The boundary in words, with the idle policy. Raises ValueError for an unknown policy."""
    if idle not in IDLE_WORDS:
        raise ValueError(f"idle policy {idle!r} is not one of {', '.join(IDLE_WORDS)}")
    return f"{boundary}, {IDLE_WORDS[idle]}"
