"""The `energy` fixture: measures a call, a coroutine or a block inside a test; without `--energy` it only runs them."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest

from greenlint.analysis.judge import TICK_S
from greenlint.named_tuple import NamedTuple
from greenlint.pytest_plugin.judging import NOTHING, Used
from greenlint.pytest_plugin.rounds import BenchStats, Plan, Round, more_iterations
from greenlint.pytest_plugin.steady import SteadyClock
from greenlint.sampling.turns import turns_here

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Mapping, Sequence

    from greenlint.model.energy import Energy
    from greenlint.profiler.reading import Reading


class Block(NamedTuple):
    """A named block or call inside a test: where it began and ended."""

    name: str
    start: Reading
    end: Reading


class EnergyFixture:
    """One test's access to the meter.

    stats   what the measured call used, after it; None where nothing was measured
    group   label under which reports put this benchmark; extra_info  the test's own facts, stored with it
    """

    def __init__(
        self,
        name: str,
        read: Callable[[], Reading] | None = None,
        energy: Callable[[Reading, Reading], Energy | None] | None = None,
        plan: Plan | None = None,
        marked: Mapping[str, str] | None = None,
        *,
        counted: Callable[[Reading, Reading], Mapping[str, str]] | None = None,
    ) -> None:
        """`read`, `energy` and `counted` of the meter, None where nothing is measured; `marked` group and baseline of its test.

        plan  None outside benchmark mode: one call
        """
        marked = marked or {}
        self.name, self.group, self.baseline = name, marked.get("group", ""), marked.get("baseline", "")
        self.extra_info: dict[str, object] = {}
        self.stats: BenchStats | None = None
        self.blocks: list[Block] = []
        self._read, self._energy, self._counted, self._plan, self._used = read, energy, counted, plan, False

    def __call__(self, function: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Any:
        """Call `function` and return its result; in benchmark mode as often as it takes, measured."""
        return self.pedantic(function, args, kwargs)

    def pedantic(
        self,
        target: Callable[..., Any],
        args: Sequence[Any] = (),
        kwargs: Mapping[str, Any] | None = None,
        *,
        setup: Callable[[], Any] | None = None,
        teardown: Callable[..., Any] | None = None,
        rounds: int | None = None,
        warmup_rounds: int | None = None,
        iterations: int | None = None,
    ) -> Any:
        """Call `target` with full control of rounds and iterations; returns the result of the last call.

        setup  called before each round, not measured; may return (args, kwargs) for it, which needs iterations=1
        teardown  called after each round with the same arguments, not measured
        Raises ValueError for contradictory arguments, and pytest's usage error when used twice in one test.
        """
        self._claim()
        plan = self._settled(rounds, warmup_rounds, iterations, setup is not None)
        call = _Call(target, tuple(args), dict(kwargs or {}), setup, teardown)
        count, number = plan.iterations, plan.rounds
        if count is None:
            count, number = plan.divided(self._calibrated(call, plan.least_ns))
        for _ in range(plan.warmup_rounds):
            call.run(count, SteadyClock.now_ns)
        done = []
        for _ in range(number):
            self._await_turn()
            done.append((count, *call.run(count, self._now)))
        self._finish(done)
        return call.result

    async def run(self, function: Callable[..., Awaitable[Any]], /, *args: Any, **kwargs: Any) -> Any:
        """The same for a coroutine function: await `energy.run(fetch, url)`."""
        self._claim()
        plan = self._settled(None, None, None, once=False)
        count, sure = plan.iterations if plan.iterations is not None else 1, False
        rounds = plan.rounds
        while plan.iterations is None:
            began = SteadyClock.now_ns()
            for _ in range(count):
                result = await function(*args, **kwargs)
            more = more_iterations(count, SteadyClock.now_ns() - began, plan.least_ns)
            if more is None and sure:
                count, rounds = plan.divided(count)
                break
            count, sure = more or count, more is None
        done = []
        for number in range(plan.warmup_rounds + rounds):
            if number >= plan.warmup_rounds:
                self._await_turn()
            start = self._now()
            for _ in range(count):
                result = await function(*args, **kwargs)
            if number >= plan.warmup_rounds:
                done.append((count, start, self._now()))
        self._finish(done)
        return result

    @contextmanager
    def window(self, name: str) -> Generator[None, None, None]:
        """Account a block of the test under a name of its own; it stays part of its test."""
        start = self._now()
        try:
            yield
        finally:
            end = self._now()
            if start is not None and end is not None:
                self.blocks.append(Block(name, start, end))

    @property
    def used(self) -> Used:
        """What one iteration used; nothing before the call, and nothing where nothing is measured."""
        stats = self.stats
        if stats is None:
            return NOTHING
        energy = stats.energy
        cpu_s = sum(one.cpu_ns for one in stats.rounds) / stats.iterations / 1e9
        tick_s = TICK_S * len(stats.rounds) ** 0.5 / stats.iterations  # the clock is read once a round
        return Used(energy.per(stats.iterations) if energy is not None else None, cpu_s, stats.instructions, tick_s)

    def _claim(self) -> None:
        if self._used:
            raise pytest.UsageError(f"{self.name}: the energy fixture measures one call per test; use energy.window for more")
        self._used = True

    def _settled(self, rounds: int | None, warmups: int | None, iterations: int | None, once: bool) -> Plan:
        for label, value, least in (("rounds", rounds, 1), ("iterations", iterations, 1), ("warmup_rounds", warmups, 0)):
            if value is not None and (type(value) is not int or value < least):
                raise ValueError(f"{label}={value!r} must be a whole number of at least {least}")
        if once and iterations not in (None, 1):
            raise ValueError("setup is called before each round: it needs iterations=1")
        if self._plan is None:
            return Plan(rounds=1, iterations=1, warmup_rounds=0)
        plan = self._plan
        return Plan(
            rounds if rounds is not None else plan.rounds,
            1 if once else iterations if iterations is not None else plan.iterations,
            plan.least_ns,
            warmups if warmups is not None else plan.warmup_rounds,
            plan.parts,
        )

    def _calibrated(self, call: _Call, least_ns: int) -> int:
        """Iterations for a round of this length, found twice: one trial may be long because the machine was busy."""
        count, sure = 1, False
        while True:
            start, end = call.run(count, SteadyClock.now_ns)
            more = more_iterations(count, end - start, least_ns)
            if more is None and sure:
                return count
            count, sure = more or count, more is None

    def _await_turn(self) -> None:
        """Where two sides are compared round by round: until the other side has done its own."""
        if self._plan is not None and (turns := turns_here()) is not None:
            turns.wait(self.name)

    def _now(self) -> Any:
        return self._read() if self._read is not None else None

    def _finish(self, done: list[tuple[int, Any, Any]]) -> None:
        energy = self._energy
        if self._read is not None and self._plan is None:
            self.blocks += [Block("call", start, end) for _, start, end in done]
        if energy is None:
            return
        self.stats = BenchStats(
            self.name,
            tuple(
                Round(
                    count,
                    energy(start, end),
                    end.cpu_ns - start.cpu_ns,
                    end.t_ns - start.t_ns,
                    start.t_ns,
                    self._count(start, end),
                )
                for count, start, end in done
            ),
            self.group,
            self.extra_info,
            self.baseline,
        )

    def _count(self, start: Reading, end: Reading) -> int | None:
        counted = self._counted(start, end).get("instructions") if self._counted is not None else None
        return int(counted) if counted is not None else None


class _Call:
    """A target with its arguments, called in rounds."""

    def __init__(
        self,
        target: Callable[..., Any],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
        setup: Callable[[], Any] | None,
        teardown: Callable[..., Any] | None,
    ) -> None:
        self.target, self.args, self.kwargs = target, args, kwargs
        self.setup, self.teardown, self.result = setup, teardown, None

    def run(self, count: int, now: Callable[[], Any]) -> tuple[Any, Any]:
        """One round; returns what `now` gave before and after it."""
        if self.setup is not None:
            given = self.setup()
            if given is not None:
                self.args, self.kwargs = given
        target, args, kwargs = self.target, self.args, self.kwargs
        turns = range(count - 1)
        start = now()
        for _ in turns:
            target(*args, **kwargs)
        self.result = target(*args, **kwargs)
        end = now()
        if self.teardown is not None:
            self.teardown(*args, **kwargs)
        return start, end
