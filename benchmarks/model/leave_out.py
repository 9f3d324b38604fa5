"""Errors with the CPU models left out: what the model says of a processor whose servers it has never seen.

The same CPU is in many published results, so leaving out single servers flatters any model. Here a CPU model with all its
variants (8280 and 8280L) leaves both files together.
"""

from __future__ import annotations

import math
from statistics import mean
from typing import TYPE_CHECKING, Any, NamedTuple

from fitting import TIERS, fit, predict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dataset import Server

QUANTITIES = ("idle", "full", "dynamic")
LEVEL = 0.9
LAST_TRAINED = 2022


class Case(NamedTuple):
    """A server and what a model that never saw its CPU says of it, by tier, W at 11 loads (or at idle and full)."""

    server: Server
    watts: dict[str, list[float]]


def leave_out(tested: list[Server], idle_full: list[Server], curves: list[Server], **options: Any) -> list[Case]:
    """Every server of `tested`, modelled without its CPU model."""
    cases = []
    for family in sorted({server.family for server in tested}):
        table = fit([s for s in idle_full if s.family != family], [s for s in curves if s.family != family], **options)
        for server in (s for s in tested if s.family == family):
            cases.append(Case(server, {tier: predict(table, server, tier) for tier in TIERS}))
    return cases


def newer(idle_full: list[Server], curves: list[Server], **options: Any) -> list[Case]:
    """Every server published after 2022, modelled from what was published until then; most architectures are new."""
    table = fit([server for server in idle_full if server.year <= LAST_TRAINED], curves, **options)
    tested = [server for server in idle_full if server.year > LAST_TRAINED and server.tdp_w and server.arch]
    return [Case(server, {tier: predict(table, server, tier) for tier in TIERS}) for server in tested]


def tier_errors(left_out: list[Case], later: list[Case], tier: str, quantity: str) -> list[tuple[str, float]]:
    """The errors that the interval of a tier is made of.

    Tier C is met by processors newer than the table, so what a model of 2022 did on newer servers counts there too.
    """
    return log_errors([*left_out, *later] if tier == "C" else left_out, tier, quantity)


def pick(quantity: str, watts: Iterable[float]) -> float:
    """Idle, full or dynamic W of a load curve."""
    idle, *_, full = watts
    return {"idle": idle, "full": full, "dynamic": full - idle}[quantity]


def mape(pairs: Iterable[tuple[float, float]]) -> float:
    """Mean absolute error of (modelled, true), %."""
    return 100 * mean(abs(modelled / true - 1) for modelled, true in pairs)


def bias(pairs: Iterable[tuple[float, float]]) -> float:
    """Mean error of (modelled, true), %."""
    return 100 * mean(modelled / true - 1 for modelled, true in pairs)


def log_errors(cases: Iterable[Case], tier: str, quantity: str) -> list[tuple[str, float]]:
    """CPU family and logarithm of true over modelled."""
    return [
        (case.server.family, math.log(pick(quantity, case.server.power) / pick(quantity, case.watts[tier])))
        for case in cases
    ]  # fmt: skip


def half_width(errors: list[float]) -> float:
    """The half-width of the interval, in logarithms, that holds 90 % of these errors; symmetric, as greenlint states it."""
    ordered = sorted(abs(error) for error in errors)
    place = LEVEL * (len(ordered) - 1)
    left = int(place)
    right = min(left + 1, len(ordered) - 1)
    return ordered[left] + (ordered[right] - ordered[left]) * (place - left)


def interval(errors: list[tuple[str, float]]) -> list[float]:
    """The factors of the 90 % interval."""
    width = half_width([error for _, error in errors])
    return [math.exp(-width), math.exp(width)]


def coverage(cases: list[Case], later: list[Case], tier: str, quantity: str) -> float:
    """Share of left-out results inside the interval that is made of the errors of all other CPU models."""
    inside = 0
    made_of = tier_errors(cases, later, tier, quantity)
    asked = log_errors(cases, tier, quantity)
    for family in {family for family, _ in asked}:
        width = half_width([error for other, error in made_of if other != family])
        inside += sum(abs(error) <= width for other, error in asked if other == family)
    return inside / len(asked)


def covered(errors: list[tuple[str, float]], stated: list[float]) -> float:
    """Share of results inside a stated interval."""
    return sum(stated[0] <= math.exp(error) <= stated[1] for _, error in errors) / len(errors)


def paired(cases: Iterable[Case], tier: str, choose: Callable[[list[float]], float]) -> list[tuple[float, float]]:
    """(modelled, true) of one quantity."""
    return [(choose(case.watts[tier]), choose(list(case.server.power))) for case in cases]
