"""A measurement: the energy and resources of one named window."""

from __future__ import annotations

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.model.energy import Energy


class Measurement(NamedTuple):
    """What one window used.

    name      test node id, benchmark, command or implementation
    phase     call | setup | teardown | fixture | collect | session | command | plugin | idle | window (a block inside a
              test) | bench (a round or process of a benchmark) | control (the workload that `history` compares by)
    energy    None when nothing was measured; None never means zero
    wall_ns, cpu_ns  elapsed monotonic time; user + system time of the whole process tree, ns
    peak_bytes       peak memory in bytes, None when unknown
    outcome   passed | failed | skipped | xfailed | crashed | wrong-output | timeout | ok
    excluded  the reason why the window must not be ranked or judged, or ""
    t0_ns     monotonic start, ns
    extra     free text facts ("budget_j", "params", "toolchain", ...)
    """

    name: str
    phase: str
    energy: Energy | None
    wall_ns: int
    cpu_ns: int
    peak_bytes: int | None = None
    outcome: str = "ok"
    language: str = "python"
    attempt: int = 1
    excluded: str = ""
    t0_ns: int = 0
    extra: Mapping[str, str] = {}

    def to_json(self) -> dict[str, Any]:
        """JSON with the energy fields of the contract beside its own."""
        return {
            "name": self.name,
            "phase": self.phase,
            "energy": self.energy.to_json() if self.energy else None,
            "wall_s": self.wall_ns / 1e9,
            "cpu_s": self.cpu_ns / 1e9,
            "peak_bytes": self.peak_bytes,
            "outcome": self.outcome,
            "language": self.language,
            "attempt": self.attempt,
            "excluded": self.excluded,
            "extra": dict(self.extra),
        }
