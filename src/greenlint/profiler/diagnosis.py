"""Looks at everything that decides how well this machine can measure; nothing is changed and nothing is sent."""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING

from greenlint.errors import ProviderError
from greenlint.model.energy import Method
from greenlint.plugins.discovery import installed_plugins, switched_off
from greenlint.profiler.calibration import Calibration, find_calibration
from greenlint.profiler.conditions import Conditions, read_conditions
from greenlint.profiler.grade import Grade, grade
from greenlint.profiler.meter import Meter
from greenlint.profiler.noise import Noise, measure_noise
from greenlint.profiler.privilege import privilege, used
from greenlint.profiler.registry import all_providers
from greenlint.profiler.selection import make_context, probe_safely, try_provider

if TYPE_CHECKING:
    from greenlint.config.schema import Config
    from greenlint.model.run import Machine
    from greenlint.plugins.manager import Plugin
    from greenlint.profiler.idle import IdlePower
    from greenlint.profiler.provider import Context, Probe, Provider

EXTRAS = {"codecarbon": "codecarbon", "pyrapl": "pyRAPL", "gpu": "pynvml", "amd": "amdsmi", "assets": "PIL", "fix": "libcst"}
"""Extra of greenlint -> module that it brings."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was found.

    probes  every provider; those that were opened carry the result of their self-check
    by_name  providers that are taken only when they are named
    chosen, method, boundary  what a session would use now; clock  how CPU time of the process tree is read
    problem  why the configured provider is not the chosen one, or ""
    idle  idle power of what the chosen provider covers; privilege  what this user may read
    grade  how well this machine can measure now, with the reasons; conditions, noise  what it follows from
    calibration  what a counter once said about this machine class, or None
    ledger  where runs are recorded, and why not when they cannot be; git  the state of the working tree, in words
    plugins  those installed, with their hooks or their problem; plugins_off  the environment asks for none
    """

    machine: Machine
    probes: tuple[Probe, ...]
    by_name: frozenset[str]
    chosen: str
    method: str
    boundary: str
    clock: str
    problem: str
    idle: IdlePower
    privilege: str
    grade: Grade
    conditions: Conditions
    noise: Noise
    calibration: Calibration | None
    ledger: str
    ledger_problem: str
    git: str
    extras: dict[str, bool]
    plugins: tuple[Plugin, ...]
    plugins_off: bool


def diagnose(config: Config, *, idle_s: float = 2.0) -> Diagnosis:
    """Probe all providers and open the one that a session would use; with counters, sleep `idle_s` for idle power."""
    context = make_context(config.machine)
    noise = measure_noise()
    meter, problem = _open(config)
    with meter:
        opened = {probe.name: probe for probe in meter.probes}
        method, boundary, clock, chosen = meter.method.mark, meter.boundary, meter.clock.kind, meter.provider
        idle = meter.measure_idle(idle_s) if meter.method.measured else meter.idle
        kind, found = meter.method, meter.device_facts()
    providers = all_providers()
    probes = tuple(opened.get(name) or _looked_at(provider, context) for name, provider in providers.items())
    probes = tuple(
        probe._replace(facts={**probe.facts, **found.get(probe.name, {}), **_right(providers[probe.name], probe)})
        for probe in probes
    )
    path = os.path.join(config.root, config.energy.ledger)
    conditions = read_conditions()
    return Diagnosis(
        machine=context.machine,
        probes=probes,
        by_name=frozenset(name for name, provider in providers.items() if provider.order is None),
        chosen=chosen,
        method=method,
        boundary=boundary,
        clock=clock,
        problem=problem,
        idle=idle,
        privilege=privilege(),
        grade=grade(
            kind,
            virtualised=context.machine.virtualised,
            known_cpu=any(probe.name == "model" and probe.method is Method.MODEL for probe in probes),
            logical_cpus=context.machine.logical_cpus,
            conditions=conditions,
            noise=noise,
        ),
        conditions=conditions,
        noise=noise,
        calibration=find_calibration(context.machine.machine_class, config.machine),
        ledger=path,
        ledger_problem=_ledger_problem(path),
        git=_git(config.root),
        extras={extra: find_spec(module) is not None for extra, module in EXTRAS.items()},
        plugins=installed_plugins(),
        plugins_off=switched_off(),
    )


def _looked_at(provider: Provider, context: Context) -> Probe:
    """The probe of a provider that the session did not open; its counters are watched too, unless opening is costly."""
    if provider.costly:
        return probe_safely(provider, context)
    opened = try_provider(provider, context, self_check=True, fresh=True)
    if opened.source is not None:
        opened.source.close()
    return opened.probe


def _right(provider: Provider, probe: Probe) -> dict[str, str]:
    measured = probe.method is not None and probe.method.measured
    return {"privilege": used(provider.privilege)} if probe.found and measured else {}


def _open(config: Config) -> tuple[Meter, str]:
    """The meter of a session here; where the configured provider cannot be used, the best that can, and why."""
    wanted = config.energy.provider
    try:
        return Meter.open(wanted, settings=config.machine, fresh=True), ""
    except ProviderError as error:
        if wanted == "auto":
            raise
        return Meter.open(settings=config.machine, fresh=True), f"{wanted} is configured, but {error}"


def _ledger_problem(path: str) -> str:
    """Why nothing can be recorded at `path`; "" when it can. Nothing is created."""
    folder = os.path.dirname(path)
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    if os.path.exists(path):
        from greenlint.errors import LedgerError
        from greenlint.ledger.store import Ledger

        try:
            Ledger.open(path, create=False).close()
        except LedgerError as error:
            return str(error)
        return "" if os.access(path, os.W_OK) else "it is read-only"
    return "" if os.access(folder, os.W_OK) else f"{folder} is read-only"


def _git(root: str) -> str:
    from greenlint.ledger.git import describe_commit

    commit = describe_commit(root)
    if commit is None:
        return "no git commit here: runs are kept without one"
    return f"{commit.sha[:12]}{' with uncommitted changes' if commit.dirty else ''}"
