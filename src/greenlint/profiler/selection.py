"""Choose the provider of a session: the first in order whose counters pass the self-check, else the model."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.errors import GreenlintError, ProviderError
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.cpu import read_cpu
from greenlint.profiler.machine import describe_machine
from greenlint.profiler.provider import REFUSED, Context, Probe, Provider, is_counter, is_curve, is_model, is_proxy
from greenlint.profiler.registry import all_providers, candidates, find_provider

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.profiler.accounts.base import Account
    from greenlint.profiler.accounts.curve import CurveAccount
    from greenlint.profiler.clock import Clock
    from greenlint.profiler.registry import Candidate
    from greenlint.profiler.selfcheck import Evidence
    from greenlint.profiler.source import CounterSource, CurveSource, Source


_REMEDY_VIRTUAL = "usual in a virtual machine; use a bare-metal machine"
_REMEDY_METAL = "load its driver again, or see what the kernel's log says about it"


class Choice(NamedTuple):
    """The source that was taken, what its self-check saw, and what was said about all that were looked at."""

    name: str
    source: Source
    evidence: Evidence | None
    probes: tuple[Probe, ...]
    context: Context
    devices: tuple[CurveSource, ...] = ()
    notes: tuple[str, ...] = ()

    def device_accounts(self) -> tuple[CurveAccount, ...]:
        """The accounts of the devices beside it."""
        if not self.devices:
            return ()
        from greenlint.profiler.accounts.curve import CurveAccount

        return tuple(CurveAccount(source, self.context.machine.machine_class) for source in self.devices)

    def account(self, clock: Clock) -> Account:
        """The account that fits the kind of the source. Raises ProviderError when its first read fails."""
        source, machine_class = self.source, self.context.machine.machine_class
        if is_model(source):
            from greenlint.profiler.accounts.model import ModelAccount

            return ModelAccount(source, machine_class, clock.resolution_ns)
        if is_curve(source):
            from greenlint.profiler.accounts.curve import CurveAccount

            return CurveAccount(source, machine_class)
        if is_proxy(source):
            from greenlint.profiler.accounts.proxy import ProxyAccount

            return ProxyAccount(source)
        from greenlint.profiler.accounts.counter import CounterAccount
        from greenlint.profiler.idle import NOT_SEPARATED, measure_idle
        from greenlint.profiler.selfcheck import REST_S

        try:
            if not source.method.measured:
                idle = NOT_SEPARATED
            else:
                idle = self.evidence.idle if self.evidence else measure_idle(source, REST_S)
            return CounterAccount(source, machine_class, idle, clock)
        except (OSError, ValueError) as error:
            source.close()
            raise ProviderError(f"{self.name}: {error}") from error


class Opened(NamedTuple):
    """A probe, and when everything went well the open source with the evidence of its self-check."""

    probe: Probe
    source: Source | None = None
    evidence: Evidence | None = None


def make_context(settings: Mapping[str, Any]) -> Context:
    """Look at this machine once."""
    cpu = read_cpu()
    return Context(describe_machine(cpu), cpu, settings)


def choose(wanted: str | Provider, *, self_check: bool, settings: Mapping[str, Any], fresh: bool = False) -> Choice:
    """Probe and open. Raises ProviderError when `wanted` is not "auto" and cannot be used."""
    context = make_context(settings)
    if wanted == "auto":
        return _choose_best(candidates(context), context, self_check=self_check, fresh=fresh)
    provider = wanted if isinstance(wanted, Provider) else _named(wanted)
    name, opened = provider.name, try_provider(provider, context, self_check=self_check, fresh=fresh)
    if opened.source is None:
        raise ProviderError(f"{name}: {opened.probe.reason}", opened.probe.remedy)
    return Choice(name, opened.source, opened.evidence, (opened.probe,), context)


def _named(name: str) -> Provider:
    provider = find_provider(name)
    if provider is None:
        raise ProviderError(f"there is no energy provider {name!r}", f"choose from auto, {', '.join(all_providers())}")
    return provider


def _choose_best(candidates: list[Candidate], context: Context, *, self_check: bool, fresh: bool) -> Choice:
    probes: list[Probe] = []
    devices: dict[str, CurveSource] = {}
    taken: tuple[str, Source, Evidence | None] | None = None
    inside: str | None = None
    for candidate in candidates:
        if taken is not None and not candidate.beside:
            continue
        if inside and candidate.beside:
            probes.append(_inside(candidate.name, inside))
            continue
        provider = candidate.provider
        opened = try_provider(provider, context, self_check=self_check, fresh=fresh)
        probes.append(opened.probe)
        if provider.beside and opened.source is not None and is_curve(opened.source):
            devices[provider.name] = opened.source
        elif opened.source is not None:
            taken = provider.name, opened.source, opened.evidence
            inside = provider.name if provider.contains_devices(context) else None
    if taken is None:
        raise ProviderError("; ".join(f"{probe.name}: {probe.reason}" for probe in probes) or "there is no energy provider")
    if inside:
        for source in devices.values():
            source.close()
        probes = [_inside(probe.name, inside) if probe.name in devices else probe for probe in probes]
        devices = {}
    return Choice(*taken, tuple(probes), context, tuple(devices.values()), _passed_over(candidates, probes, context))


def _passed_over(candidates: list[Candidate], probes: list[Probe], context: Context) -> tuple[str, ...]:
    """What the user configured and does not get must not be replaced in silence."""
    by_name = {candidate.name: candidate for candidate in candidates}
    refused = [probe for probe in probes if not probe.found and by_name[probe.name].provider.asked_for(context)]
    return tuple(f"{probe.name} is configured, but not used: {probe.reason}" for probe in refused)


def _inside(name: str, container: str) -> Probe:
    return Probe(name, REFUSED, f"its devices are inside what {container} reads: beside it they would count twice")


def try_provider(provider: Provider, context: Context, *, self_check: bool, fresh: bool = False) -> Opened:
    """Probe, open, and watch the counters; a provider that fails at any of the three is refused with the reason.

    fresh  check again even when this boot's evidence is stored
    """
    probe = probe_safely(provider, context)
    if not probe.found:
        return Opened(probe)
    try:
        source = provider.open(context)
        if self_check and source.method.measured and is_counter(source):
            return _checked(probe, source, context, fresh=fresh)
        return Opened(probe, source)
    except (OSError, ValueError) as error:
        from greenlint.profiler.fault import explain

        return Opened(probe._replace(status=REFUSED, reason=explain(error)))
    except GreenlintError as error:
        return Opened(probe._replace(status=REFUSED, reason=error.message, remedy=error.hint))
    except Exception as error:  # noqa: BLE001  a provider of a plug-in may raise anything; it must not end the session
        return Opened(_faulty(provider, "opening", error))


def _checked(probe: Probe, source: CounterSource, context: Context, *, fresh: bool) -> Opened:
    from greenlint.profiler.kept import Kept
    from greenlint.profiler.selfcheck import check_counters
    from greenlint.profiler.trust import recall, remember

    evidence = None if fresh else recall(source.identity, len(source.domains))
    try:
        if evidence is None:
            evidence = check_counters(source, virtualised=context.machine.virtualised)
            remember(source.identity, evidence)
        else:
            source.read()  # what passed earlier in this boot may fail now
    except BaseException:
        source.close()
        raise
    notes = "; ".join(evidence.notes)
    if evidence.problem:
        source.close()
        remedy = _REMEDY_VIRTUAL if context.machine.virtualised else _REMEDY_METAL
        return Opened(probe._replace(status=REFUSED, reason=evidence.problem, remedy=remedy), evidence=evidence)
    kept = Kept(source, evidence)
    facts = {
        "updates": f"every {kept.period_s * 1e3:.3g} ms",
        "at rest": f"{evidence.rest_w:.3g} W",
        "under load": f"{evidence.burn_w:.3g} W",
        **({"note": notes} if notes else {}),
    }
    names = tuple(domain.name for domain in kept.domains)
    return Opened(probe._replace(domains=names, facts={**probe.facts, **facts}), kept, evidence)


def probe_safely(provider: Provider, context: Context) -> Probe:
    """The probe of a provider, a faulty one of a plug-in included."""
    try:
        return provider.probe(context)
    except GreenlintError as error:
        return Probe(provider.name, REFUSED, error.message, error.hint)
    except Exception as error:  # noqa: BLE001  a provider of a plug-in may raise anything; it must not end the session
        return _faulty(provider, "probe", error)


def _faulty(provider: Provider, stage: str, error: Exception) -> Probe:
    return Probe(provider.name, REFUSED, f"{stage} failed: {type(error).__name__}: {error}", "report it to its authors")
