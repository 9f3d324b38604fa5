"""A trial: one run of one implementation, what it cost, what it printed and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from greenlint.bench.status import Status
    from greenlint.model.energy import Energy
    from greenlint.model.measurement import Measurement


@dataclass(frozen=True, slots=True)
class Trial:
    """One run.

    round     1-based; 0 for an uncounted run
    position  1-based place in the order of its round
    wall_ns, cpu_ns, peak_bytes  to the last descendant; of the whole process tree; None when unknown
    digest, output_bytes  BLAKE2b and size of standard output
    errors    the last lines of standard error of a run that failed; warnings: what is doubtful about its figures
    """

    name: str
    round: int
    position: int
    status: Status
    reason: str
    measurement: Measurement
    digest: str
    output_bytes: int
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def wall_ns(self) -> int:
        """Elapsed time to the last descendant, ns."""
        return self.measurement.wall_ns

    @property
    def cpu_ns(self) -> int:
        """User + system time of the whole process tree, ns."""
        return self.measurement.cpu_ns

    @property
    def peak_bytes(self) -> int | None:
        """True peak memory, bytes; None when unknown."""
        return self.measurement.peak_bytes

    @property
    def energy(self) -> Energy | None:
        """Energy of the process tree; None when nothing was measured."""
        return self.measurement.energy

    def failed(self, status: Status, reason: str) -> Trial:
        """The same trial with another end."""
        measurement = self.measurement._replace(outcome=status.value, excluded=reason)
        return replace(self, status=status, reason=reason, measurement=measurement)

    def to_json(self) -> dict[str, Any]:
        """JSON with the energy fields of the contract."""
        return {
            "round": self.round,
            "position": self.position,
            "status": self.status.value,
            "reason": self.reason,
            "wall_s": self.wall_ns / 1e9,
            "cpu_s": self.cpu_ns / 1e9,
            "peak_bytes": self.peak_bytes,
            "output_bytes": self.output_bytes,
            "output_digest": self.digest,
            "energy": self.energy.to_json() if self.energy else None,
            "warnings": list(self.warnings),
        }
