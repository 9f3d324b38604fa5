"""What fixtures cost, each apart: set-up and tear-down, without the fixtures that were set up inside.

A session fixture must not land on the test that happens to ask first. Time is cut at every border, and each piece belongs to
the innermost fixture that was at work: the pieces telescope, so nothing is counted twice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pytest

    from greenlint.model.energy import Energy
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.reading import Reading

LONG_NS = 41_000_000
"""Pieces of this length are known to 1 % by a counter of 1 ms, and kept; shorter ones are pooled by their CPU time."""

_PARAMETER = "get_direct_param_fixture_func"  # pytest's stand-in for the values of parametrize

SCOPES = ("session", "package", "module", "class", "function")


class Cost:
    """The sum of one fixture: how often it was set up, and what both halves used without other fixtures, in ns."""

    __slots__ = (
        "cpu_ns",
        "first_ns",
        "last_ns",
        "long",
        "name",
        "scope",
        "set_up_cpu_ns",
        "set_ups",
        "short_cpu_ns",
        "wall_ns",
    )

    def __init__(self, name: str, scope: str) -> None:
        self.name, self.scope = name, scope
        self.set_ups = self.wall_ns = self.cpu_ns = self.set_up_cpu_ns = 0
        self.clear()

    def clear(self) -> None:
        """Forget what was counted."""
        self.set_ups = self.wall_ns = self.cpu_ns = self.set_up_cpu_ns = 0
        self.short_cpu_ns, self.first_ns, self.last_ns = 0, 0, 0
        self.long: list[tuple[Reading, Reading]] = []

    def charge(self, start: Reading, end: Reading, keep: bool) -> int:
        """Add one piece; returns its CPU time."""
        wall, cpu = end[0] - start[0], end[1] - start[1]
        self.wall_ns += wall
        self.cpu_ns += cpu
        if keep or wall >= LONG_NS:
            self.long.append((start, end))
        else:
            self.pool(start[0], end[0], cpu)
        return cpu

    def pool(self, start_ns: int, end_ns: int, cpu_ns: int) -> None:
        """Add to the short pieces, of which only the CPU time and the stretch they lie in are kept."""
        self.first_ns = min(self.first_ns or start_ns, start_ns)
        self.last_ns = max(self.last_ns, end_ns)
        self.short_cpu_ns += cpu_ns

    def energy(self, meter: Meter, *, foreign: bool = False) -> Energy | None:
        """Energy of all pieces; `foreign` when they come from other processes. None where no joules are claimed."""
        parts = [
            meter.energy_of(start[0], end[0], end[1] - start[1]) if foreign else meter.energy(start, end)
            for start, end in self.long
        ]
        if self.last_ns or not parts:
            parts.append(meter.energy_of(self.first_ns, self.last_ns, self.short_cpu_ns))
        found = [part for part in parts if part is not None]
        if len(found) < len(parts):
            return None
        whole = found[0]
        for part in found[1:]:
            whole = whole + part
        return whole

    def packed(self) -> list[Any]:
        """Plain values for the way from a worker to its controller."""
        long = [(start[0], end[0], end[1] - start[1]) for start, end in self.long]
        head = [self.name, self.scope, self.set_ups, self.wall_ns, self.cpu_ns, self.set_up_cpu_ns]
        return [*head, self.short_cpu_ns, self.first_ns, self.last_ns, long]


class FixtureCosts:
    """The costs of all fixtures of a process; `cpu_ns` of all, `test_cpu_ns` of the function fixtures of the running test."""

    def __init__(self, read: Callable[[], Reading], *, keep: bool = False) -> None:
        """`keep` every piece: for devices that are read by their own record and not by CPU time."""
        self.costs: dict[tuple[str, str], Cost] = {}
        self.cpu_ns = self.test_cpu_ns = 0
        self._read, self._keep = read, keep
        self._stack: list[Cost] = []
        self._since: Reading | None = None

    def cost_of(self, fixturedef: pytest.FixtureDef[Any]) -> Cost | None:
        """The sum that a fixture belongs to; None for the values of parametrize, which cost nothing."""
        if getattr(fixturedef.func, "__name__", "") == _PARAMETER:
            return None
        place = fixturedef.baseid
        name = f"{place}::{fixturedef.argname}" if place else fixturedef.argname
        return self.named(name, fixturedef.scope)

    def named(self, name: str, scope: str) -> Cost:
        """The sum of this name and scope."""
        cost = self.costs.get((name, scope))
        if cost is None:
            cost = self.costs[name, scope] = Cost(name, scope)
        return cost

    def enter(self, cost: Cost) -> None:
        """A fixture begins to work; the one around it pauses."""
        now = self._read()
        if self._stack:
            self._charge(self._stack[-1], now)
        self._stack.append(cost)
        self._since = now

    def leave(self) -> int:
        """The innermost fixture has done its work; returns its CPU time since it last began, ns."""
        if not self._stack:
            return 0
        now = self._read()
        cpu = self._charge(self._stack.pop(), now)
        self._since = now
        return cpu

    def _charge(self, cost: Cost, now: Reading) -> int:
        since = self._since
        assert since is not None
        cpu = cost.charge(since, now, self._keep)
        self.cpu_ns += cpu
        if cost.scope == "function":
            self.test_cpu_ns += cpu
        return cpu

    def take(self) -> list[list[Any]]:
        """What was counted since the last call, packed; the sums start anew."""
        used = [cost for cost in self.costs.values() if cost.wall_ns]
        found = [cost.packed() for cost in used]
        for cost in used:
            cost.clear()
        return found

    def absorb(self, packed: Iterable[list[Any]]) -> None:
        """Add what a worker has sent."""
        from greenlint.profiler.reading import Reading

        for name, scope, set_ups, wall, cpu, set_up_cpu, short_cpu, first, last, long in packed:
            cost = self.named(name, scope)
            cost.set_ups += set_ups
            cost.wall_ns += wall
            cost.cpu_ns += cpu
            cost.set_up_cpu_ns += set_up_cpu
            cost.long += [(Reading(start, 0), Reading(end, used)) for start, end, used in long]
            if last:
                cost.pool(first, last, short_cpu)
