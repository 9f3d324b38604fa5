"""The kinds of source that a provider opens: a counter, a power model, a recorded curve, or a count of work.

They are told apart by what they have, so a source of a plug-in need not inherit anything. `runtime_checkable` classes take long
to make and longer to ask, so every start goes by `is_model` and the like, and the classes are for type checkers and tests.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from greenlint.model.energy import Method
    from greenlint.profiler.provider import CurveWindow, Domain


class Described(Protocol):
    """What every source says of its numbers: the provider, the method, and what is inside and what is not."""

    @property
    def name(self) -> str: ...
    @property
    def method(self) -> Method: ...
    @property
    def boundary(self) -> str: ...


@runtime_checkable
class CounterSource(Described, Protocol):
    """Counters that grow with the energy used, read when a window begins and ends.

    period_s  the counters' update period, s; gain  relative standard uncertainty of their calibration
    identity  tells these counters from all others of any provider while the machine runs; self-checks are stored under it
    """

    @property
    def domains(self) -> tuple[Domain, ...]: ...
    @property
    def period_s(self) -> float: ...
    @property
    def gain(self) -> float: ...
    @property
    def identity(self) -> str: ...

    def read(self) -> tuple[int, ...]:
        """Microjoules of each domain, not unwrapped. Raises OSError or ValueError when a counter cannot be read."""

    def close(self) -> None:
        """Release what is held."""


@runtime_checkable
class ModelSource(Described, Protocol):
    """A power model: no counter at all, energy follows from CPU time and wall time.

    dynamic_w   watts of one busy logical CPU above idle; idle_w  idle watts of the whole machine
    dynamic_sd, idle_sd  standard deviation of the logarithm of true over modelled
    """

    @property
    def tier(self) -> str: ...
    @property
    def dynamic_w(self) -> float: ...
    @property
    def idle_w(self) -> float: ...
    @property
    def dynamic_sd(self) -> float: ...
    @property
    def idle_sd(self) -> float: ...

    def close(self) -> None:
        """Release what is held."""


@runtime_checkable
class CurveSource(Described, Protocol):
    """A device that is too slow to be read at boundaries: a thread records its counter, windows are interpolated.

    idle_w  power of the device when nothing runs on it, W; 0 when unknown
    """

    @property
    def domains(self) -> tuple[Domain, ...]: ...
    @property
    def gain(self) -> float: ...
    @property
    def idle_w(self) -> float: ...

    def between(self, start_ns: int, end_ns: int) -> CurveWindow:
        """Energy of a window given by monotonic times."""

    def settle(self, end_ns: int) -> None:
        """Wait (at most about a third of a second) until the curve reaches past `end_ns`."""

    def close(self) -> tuple[str, ...]:
        """Stop recording; returns warnings about the recording."""


@runtime_checkable
class ProxySource(Described, Protocol):
    """Work instead of energy: CPU time comes from the meter's own clock, instructions from here; no joules are claimed.

    kind  what is counted, in words; missing  why nothing can be counted, or ""
    """

    @property
    def kind(self) -> str: ...
    @property
    def missing(self) -> str: ...

    def instructions(self) -> int:
        """Instructions until now. Raises OSError."""

    def close(self) -> None:
        """Release what is held."""


Source = CounterSource | ModelSource | CurveSource | ProxySource
