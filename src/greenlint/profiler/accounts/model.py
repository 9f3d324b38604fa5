"""Energy by the CPU-time model: all its uncertainty is systematic, and is the same for every window of a machine."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from greenlint.model.energy import Energy
from greenlint.profiler.accounts.base import IDLE_WORDS, policy
from greenlint.profiler.idle import IdlePower

if TYPE_CHECKING:
    from greenlint.profiler.reading import Reading
    from greenlint.profiler.source import ModelSource

_DOMAINS = ("machine",)
_CRITICAL = 3.29  # Currie (1968): a detection limit with 5 % error of both kinds is 3.29 standard uncertainties


class ModelAccount:
    """E_dynamic = watts per busy CPU x CPU seconds of the process tree; E_idle = idle watts x wall seconds."""

    invalid: str | None = None

    def __init__(self, source: ModelSource, machine_class: str, resolution_ns: int) -> None:
        self._source = source
        self._group = f"model/{source.tier}/{machine_class}"
        self._resolution_s = resolution_ns / 1e9
        self._u_dynamic = _relative(source.dynamic_sd)
        self._u_idle = _relative(source.idle_sd)
        self._u_rand = source.dynamic_w * self._resolution_s * 0.41
        self.method, self.boundary = source.method, source.boundary
        self._boundaries = {idle: policy(source.boundary, idle) for idle in IDLE_WORDS}

    @property
    def idle(self) -> IdlePower:
        """Idle watts of the whole machine by the model."""
        return IdlePower(self._source.idle_w, self._source.idle_w * self._u_idle, f"power model, tier {self._source.tier}")

    def read(self) -> tuple[int, ...]:
        """No counter."""
        return ()

    def energy(self, start: Reading, end: Reading, idle: str) -> Energy:
        """From the differences of CPU time and, under the policy "wall", of wall time."""
        return self.share(start.t_ns, end.t_ns, end.cpu_ns - start.cpu_ns, idle)

    def share(self, start_ns: int, end_ns: int, cpu_ns: int, idle: str) -> Energy:
        """CPU time is all that the model needs to know of another process."""
        source = self._source
        dynamic_j = source.dynamic_w * max(0, cpu_ns) / 1e9
        idle_j = source.idle_w * max(0, end_ns - start_ns) / 1e9 if idle == "wall" else 0.0
        return Energy(  # by position, and with what stays the same at hand: this runs once a test
            dynamic_j + idle_j,
            idle_j,
            self._u_rand,
            dynamic_j * self._u_dynamic + idle_j * self._u_idle,
            self._group,
            self.method,
            source.name,
            _DOMAINS,
            self._boundaries.get(idle) or policy(self.boundary, idle),
            _CRITICAL * self._u_rand,
        )

    def record(self, period_s: float) -> None:
        """No timeline is needed."""

    def measure_idle(self, seconds: float) -> IdlePower:
        """What is known without measuring."""
        return self.idle

    def finish(self) -> tuple[str, ...]:
        """Nothing to check."""
        self._source.close()
        return ()


def _relative(sd: float) -> float:
    """Relative standard uncertainty of a log-normal factor; `Energy.bounds` turns it back into the same factors."""
    return math.sqrt(math.expm1(sd * sd))
