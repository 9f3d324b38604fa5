"""What an energy provider is: it says whether it works here, and why not; opened, it is one of four kinds of source.

A provider is one file in `profiler/providers`, holding one subclass of `Provider`; dropping the file in is the
registration. The meter, not the provider, unwraps counters, pairs readings, splits by CPU time and computes
uncertainty. `greenlint.testing.check_provider` is the contract as a test that any provider can run.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any, ClassVar

    from typing_extensions import TypeIs

    from greenlint.model.energy import Method
    from greenlint.model.run import Machine
    from greenlint.profiler.cpu import CpuIdentity
    from greenlint.profiler.source import CounterSource, CurveSource, ModelSource, ProxySource, Source

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


class CurveWindow(NamedTuple):
    """Energy read from a recorded curve, J, its standard uncertainty and detection limit, J, and what was wrong."""

    energy_j: float
    u_j: float
    limit_j: float
    warnings: tuple[str, ...] = ()


def is_counter(source: Source) -> TypeIs[CounterSource]:
    """Whether it is a `CounterSource`: four questions like this one take less time than `isinstance` with a protocol."""
    return hasattr(source, "read")


def is_model(source: Source) -> TypeIs[ModelSource]:
    """Whether it is a `ModelSource`."""
    return hasattr(source, "dynamic_w")


def is_curve(source: Source) -> TypeIs[CurveSource]:
    """Whether it is a `CurveSource`."""
    return hasattr(source, "between")


def is_proxy(source: Source) -> TypeIs[ProxySource]:
    """Whether it is a `ProxySource`."""
    return hasattr(source, "instructions")
