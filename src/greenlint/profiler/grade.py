"""A letter for how well this machine can measure, with the reasons that keep it from a better one.

A  a counter, bare metal, nobody else at work, fixed clock · B  a counter on bare metal · C  a counter of a virtual or shared
machine, or a model that knows the processor · D  anything less: energy and elapsed time should decide nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple

if TYPE_CHECKING:
    from greenlint.model.energy import Method
    from greenlint.profiler.conditions import Conditions
    from greenlint.profiler.noise import Noise

QUIET_CPUS = 0.1
"""Others may keep this many CPUs busy on a machine that counts as quiet."""

NOISY = 0.05
"""CPU time of the same work that spreads more than this decides nothing: usual effects are smaller."""

STOLEN = 0.02
"""Part of the CPU time taken by a hypervisor above which times and shares are doubtful."""


class Grade(NamedTuple):
    """The letter, and per obstacle one line that says what is in the way of the next better letter."""

    letter: str
    reasons: tuple[str, ...]


def grade(
    method: Method, *, virtualised: bool, known_cpu: bool, logical_cpus: int, conditions: Conditions, noise: Noise
) -> Grade:
    """Judge a machine; `known_cpu` says that the power model has a row or a TDP for its processor. Pure."""
    worst = _disqualified(method, known_cpu, logical_cpus, conditions, noise)
    if worst:
        return Grade("D", worst)
    limits = _without_counter(method, virtualised)
    if limits:
        return Grade("C", limits)
    restless = _restless(conditions, noise)
    return Grade("B", restless) if restless else Grade("A", ())


def _disqualified(method: Method, known_cpu: bool, logical_cpus: int, conditions: Conditions, noise: Noise) -> tuple[str, ...]:
    found = []
    if not method.measured and not known_cpu:
        found.append("no counter, and the power model does not know this processor")
    if conditions.load is not None and conditions.load > logical_cpus:
        found.append(f"more work than CPUs (load {conditions.load:.1f} on {logical_cpus})")
    if noise.cpu > NOISY:
        found.append(f"CPU time of the same work spreads by {noise.cpu:.1%}")
    if noise.stolen > STOLEN:
        found.append(f"a hypervisor takes {noise.stolen:.0%} of the CPU time")
    return tuple(found)


def _without_counter(method: Method, virtualised: bool) -> tuple[str, ...]:
    found = []
    if not method.measured:
        found.append("no energy counter that can be read: energy is estimated")
    if virtualised:
        found.append("a virtual machine: neighbours share its processor unseen")
    return tuple(found)


def _restless(conditions: Conditions, noise: Noise) -> tuple[str, ...]:
    found = []
    if noise.others_cpus > QUIET_CPUS:
        found.append(f"other processes keep {noise.others_cpus:.1f} CPUs busy")
    if conditions.turbo == "on":
        found.append("turbo is on: the clock depends on heat and on the neighbours")
    if conditions.governor not in ("performance", ""):
        found.append(f"the clock governor is {conditions.governor}: short runs see a changing clock")
    if conditions.throttled:
        found.append(f"the processor was slowed down for heat {conditions.throttled} times since boot")
    return tuple(found)
