"""What an energy provider is: it says whether it works here, and why not; opened, it is one of three kinds of source.

A provider is one file in `profiler/providers`, holding one subclass of `Provider`; dropping the file in is the
registration. The meter, not the provider, unwraps counters, pairs readings, splits by CPU time and computes
uncertainty. `greenlint.testing.check_provider` is the contract as a test that any provider can run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, runtime_checkable

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.model.energy import Method
    from greenlint.model.run import Machine
    from greenlint.profiler.cpu import CpuIdentity

FOUND = "found"
REFUSED = "refused"
UNAVAILABLE = "unavailable"


class Probe(NamedTuple):
    """What a provider can do here; "not available" is a value with a reason and a remedy, not an exception.

    status   found | refused (it exists, but its numbers would be wrong) | unavailable (it does not exist here)
    remedy   what the user can do, "" when nothing helps
    method   how its values would come about, None unless found
    domains  what it reads ("package-0", "dram-0", "gpu-0")
    facts    what `greenlint doctor` prints beside it
    """

    name: str
    status: str
    reason: str
    remedy: str = ""
    method: Method | None = None
    domains: tuple[str, ...] = ()
    facts: Mapping[str, str] = {}

    @property
    def found(self) -> bool:
        """True when the provider may be opened."""
        return self.status == FOUND


class Context(NamedTuple):
    """What a provider may look at: the machine, and the user's `[tool.greenlint.machine]` settings."""

    machine: Machine
    cpu: CpuIdentity
    settings: Mapping[str, Any] = {}


class Provider:
    """Base class of all providers. A subclass needs no argument to be made; making one touches nothing.

    name  as users write it; order  place in the automatic choice, None for providers taken by name only
    beside  True for a device that is read beside the CPU provider (a GPU), never instead of it
    privilege  what reading it takes ("CAP_PERFMON"), "" when every user may
    costly  True when opening takes seconds or starts programs: then it is opened only to be used
    whole_machine  True when its boundary contains those devices (a wall meter, a battery): they are then not read beside it
    """

    name: ClassVar[str]
    order: ClassVar[int | None] = None
    beside: ClassVar[bool] = False
    whole_machine: ClassVar[bool] = False
    costly: ClassVar[bool] = False
    privilege: ClassVar[str] = ""

    def asked_for(self, context: Context) -> bool:
        """Whether the settings configure this provider: where it then cannot be used, the session says so."""
        return False

    def contains_devices(self, context: Context) -> bool:
        """Whether its boundary contains the devices that are read beside others; never raises."""
        return self.whole_machine

    def probe(self, context: Context) -> Probe:
        """Say what can be read here. Quick (no burning, no sleeping), and it never raises."""
        raise TypeError(f"{type(self).__name__} has no probe()")

    def open(self, context: Context) -> Source:
        """Open the source. Raises ProviderError when it is not found or went away since the probe."""
        raise TypeError(f"{type(self).__name__} has no open()")


class Domain(NamedTuple):
    """One counter.

    range_uj  the counter wraps to 0 above this value; 0 when it never wraps
    max_w     no plausible load exceeds this power, W; bounds wraps and rejects glitches
    """

    name: str
    range_uj: int = 0
    max_w: float = 1500.0


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


class CurveWindow(NamedTuple):
    """Energy read from a recorded curve, J, its standard uncertainty and detection limit, J, and what was wrong."""

    energy_j: float
    u_j: float
    limit_j: float
    warnings: tuple[str, ...] = ()


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
