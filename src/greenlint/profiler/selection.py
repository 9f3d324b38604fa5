"""Choose the provider of a session: the first in order whose counters pass the self-check, else the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError, ProviderError
from greenlint.profiler.cpu import read_cpu
from greenlint.profiler.machine import describe_machine
from greenlint.profiler.provider import REFUSED, Context, ModelSource, Probe, Provider, Source
from greenlint.profiler.registry import all_providers

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.model.run import Machine
    from greenlint.profiler.accounts.base import Account
    from greenlint.profiler.clock import ProcessTreeClock


@dataclass(frozen=True, slots=True)
class Choice:
    """The source that was taken, and what was said about all that were looked at."""

    name: str
    source: Source
    probes: tuple[Probe, ...]
    machine: Machine

    def account(self, clock: ProcessTreeClock) -> Account:
        """The account that fits the kind of the source."""
        from greenlint.profiler.accounts.model import ModelAccount

        assert isinstance(self.source, ModelSource)
        return ModelAccount(self.source, self.machine.machine_class, clock.resolution_ns)


def make_context(settings: Mapping[str, Any]) -> Context:
    """Look at this machine once."""
    cpu = read_cpu()
    return Context(describe_machine(cpu), cpu, settings)


def choose(name: str, *, self_check: bool, settings: Mapping[str, Any]) -> Choice:
    """Probe and open. Raises ProviderError when `name` is not "auto" and cannot be used."""
    context, providers = make_context(settings), all_providers()
    if name != "auto":
        if name not in providers:
            raise ProviderError(f"there is no energy provider {name!r}", f"choose from {', '.join(providers)}")
        return _open_named(providers[name], context)
    probes: list[Probe] = []
    for provider in providers.values():
        if provider.order is None or provider.beside:
            continue
        probe = probe_safely(provider, context)
        probes.append(probe)
        if probe.found:
            return Choice(provider.name, provider.open(context), tuple(probes), context.machine)
    raise ProviderError("no energy provider works here")


def _open_named(provider: Provider, context: Context) -> Choice:
    probe = probe_safely(provider, context)
    if not probe.found:
        raise ProviderError(f"{provider.name}: {probe.reason}", probe.remedy)
    return Choice(provider.name, provider.open(context), (probe,), context.machine)


def probe_safely(provider: Provider, context: Context) -> Probe:
    """The probe of a provider, a faulty one of a plug-in included."""
    try:
        return provider.probe(context)
    except GreenlintError as error:
        return Probe(provider.name, REFUSED, error.message, error.hint)
    except Exception as error:  # noqa: BLE001  a provider of a plug-in may raise anything; it must not end the session
        return Probe(provider.name, REFUSED, f"probe failed: {type(error).__name__}: {error}", "report it to its authors")
