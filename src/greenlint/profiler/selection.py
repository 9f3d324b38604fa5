"""Choose the provider of a session: the first in order whose counters pass the self-check, else the model."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError, ProviderError
from greenlint.profiler.cpu import read_cpu
from greenlint.profiler.machine import describe_machine
from greenlint.profiler.provider import REFUSED, Context, CounterSource, ModelSource, Probe, Provider, Source
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
        if isinstance(self.source, ModelSource):
            from greenlint.profiler.accounts.model import ModelAccount

            return ModelAccount(self.source, self.machine.machine_class, clock.resolution_ns)
        from greenlint.profiler.accounts.counter import CounterAccount
        from greenlint.profiler.idle import measure_idle

        idle_w = measure_idle(self.source)
        return CounterAccount(self.source, self.machine.machine_class, idle_w)


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
        return _open_named(providers[name], context, self_check=self_check)
    probes: list[Probe] = []
    for provider in providers.values():
        if provider.order is None or provider.beside:
            continue
        probe, source = _try(provider, context, self_check=self_check)
        probes.append(probe)
        if source is not None:
            return Choice(provider.name, source, tuple(probes), context.machine)
    raise ProviderError("no energy provider works here")


def _open_named(provider: Provider, context: Context, *, self_check: bool) -> Choice:
    probe, source = _try(provider, context, self_check=self_check)
    if source is None:
        raise ProviderError(f"{provider.name}: {probe.reason}", probe.remedy)
    return Choice(provider.name, source, (probe,), context.machine)


def _try(provider: Provider, context: Context, *, self_check: bool) -> tuple[Probe, Source | None]:
    """Probe, open, and watch the counters; a provider that fails at any of the three is refused with the reason."""
    probe = probe_safely(provider, context)
    if not probe.found:
        return probe, None
    try:
        source = provider.open(context)
    except GreenlintError as error:
        return replace(probe, status=REFUSED, reason=error.message, remedy=error.hint), None
    if self_check and isinstance(source, CounterSource) and not isinstance(source, ModelSource):
        from greenlint.profiler.selfcheck import check_counters

        check = check_counters(source)
        if check.problem:
            source.close()
            remedy = "usual in a virtual machine; use a bare-metal machine" if context.machine.virtualised else ""
            return replace(probe, status=REFUSED, reason=check.problem, remedy=remedy), None
        probe = replace(probe, facts={**probe.facts, "power under load": f"{check.burn_w:.3g} W"})
    return probe, source


def probe_safely(provider: Provider, context: Context) -> Probe:
    """The probe of a provider, a faulty one of a plug-in included."""
    try:
        return provider.probe(context)
    except GreenlintError as error:
        return Probe(provider.name, REFUSED, error.message, error.hint)
    except Exception as error:  # noqa: BLE001  a provider of a plug-in may raise anything; it must not end the session
        return Probe(provider.name, REFUSED, f"probe failed: {type(error).__name__}: {error}", "report it to its authors")
