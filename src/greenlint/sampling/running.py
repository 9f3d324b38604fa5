"""Runs the benchmarks of a side once, tests and commands alike, and says how much of the CPU was taken away meanwhile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from greenlint.errors import GreenlintError
from greenlint.profiler.busy import BusyClock
from greenlint.sampling.commands import read_commands, run_commands
from greenlint.sampling.in_step import InStep
from greenlint.sampling.sample import Process, Setup, run_process

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.config.schema import Config
    from greenlint.profiler.busy import Busy
    from greenlint.profiler.meter import Meter
    from greenlint.sampling.commands import Commands
    from greenlint.sampling.in_step import Task
    from greenlint.sampling.sample import Job
    from greenlint.sampling.worktrees import Side


def setup_of(config: Config, paths: Sequence[str], keyword: str, provider: str | None) -> Setup:
    """How the benchmarks of a project are run; `paths` empty means those configured, `provider` None the configured one."""
    bench = config.bench
    return Setup(
        tuple(paths) or bench.paths,
        keyword,
        bench.pythonpath,
        provider or config.energy.provider,
        bench.rounds,
        bench.timeout_s,
    )


def commands_of(config: Config, paths: Sequence[str], keyword: str) -> dict[str, tuple[str, ...]]:
    """The configured commands; none where tests are named, for then only these are meant. Raises ConfigError."""
    return {} if paths else read_commands(config.bench.commands, keyword)


class Runner:
    """A context manager, called with side, hash seed and names (empty: all) for each process.

    Tests run where paths are known, or where there is no command: then pytest looks for them itself. One meter serves all
    commands. Raises GreenlintError at the end when its counter stalled.
    """

    def __init__(
        self,
        sides: Mapping[str, Side],
        setup: Setup,
        commands: Commands,
        machine: Mapping[str, Any],
        job: Job = run_process,
        *,
        own: Mapping[str, Setup] | None = None,
    ) -> None:
        """`machine` as configured; `job` runs the tests of a side; `own` setups of sides, where they differ from `setup`.

        `sides` and `own` may grow meanwhile.
        """
        self._sides, self._setup, self._commands, self._machine = sides, setup, commands, machine
        self._own = {} if own is None else own
        self._job, self._in_step = job, InStep(job)
        self._meter: Meter | None = None
        self._busy = BusyClock()

    def __enter__(self) -> Runner:
        if self._commands:
            from greenlint.profiler.meter import Meter

            self._meter = Meter.open(self._setup.provider, settings=self._machine)
        return self

    def __exit__(self, kind: type[BaseException] | None, *rest: object) -> None:
        self._busy.close()
        if self._meter is not None:
            self._meter.close()
            if self._meter.invalid and kind is None:
                raise GreenlintError(f"the energy of the commands does not count: {self._meter.invalid}")

    @property
    def notices(self) -> list[str]:
        """Why pairs did not take turns, where they did not."""
        return [self._in_step.notice] if self._in_step.notice else []

    def __call__(self, side: str, seed: int, names: Sequence[str] = ()) -> Process:
        """One process for all tests, and one for each command. Raises ProcessFailed."""
        before = self._busy.read()
        task = self._task(side, names)
        tests = self._job(task[0], task[1], seed, task[2]) if task is not None else Process({}, {}, seed)
        found = [tests, *(self._command(side, name, seed) for name in self._chosen(names))]
        return _joined(found, _stolen(before, self._busy.read()))

    def both(self, order: Sequence[str], seed: int, names: Sequence[str] = ()) -> dict[str, Process]:
        """The same for two sides, whose tests take turns round by round, and whose commands run next to each other.

        The first of `order` begins. Raises ProcessFailed.
        """
        before = self._busy.read()
        tasks = {side: self._task(side, names) for side in order}
        found = {side: [Process({}, {}, seed)] for side in order}
        present = {side: task for side, task in tasks.items() if task is not None}
        done = self._in_step.run(present, seed) if present else {}
        for side, process in done.items():
            found[side] = [process]
        for number, name in enumerate(self._chosen(names)):
            for side in order if number % 2 == 0 else reversed(order):
                found[side].append(self._command(side, name, seed))
        stolen = _stolen(before, self._busy.read())
        return {side: _joined(processes, stolen) for side, processes in found.items()}

    def _chosen(self, names: Sequence[str]) -> list[str]:
        return [name for name in self._commands if not names or name in names]

    def _command(self, side: str, name: str, seed: int) -> Process:
        assert self._meter is not None  # there is one wherever there are commands
        setup = self._own.get(side, self._setup)
        return run_commands(self._sides[side], {name: self._commands[name]}, setup, seed, self._meter)

    def _task(self, name: str, names: Sequence[str]) -> Task | None:
        """What the process of the tests has to do; None without tests."""
        side, tests = self._sides[name], [one for one in names if one not in self._commands]
        setup = _present(side, self._own.get(name, self._setup))
        if (names and not tests) or (not setup.paths and (self._setup.paths or self._commands)):
            return None
        return side, setup, tests


def _joined(found: Sequence[Process], stolen: float) -> Process:
    """Tests and commands of one side as one."""
    return Process(
        {name: value for process in found for name, value in process.values.items()},
        {name: words for process in found for name, words in process.failed.items()},
        found[0].seed,
        stolen,
        next((process.provider for process in found if process.provider), ""),
    )


def _present(side: Side, setup: Setup) -> Setup:
    """The same with only those paths that this side has: a benchmark folder may be new."""
    kept = tuple(path for path in setup.paths if os.path.exists(os.path.join(side.path, path.partition("::")[0])))
    return setup._replace(paths=kept)


def _stolen(before: Busy, after: Busy) -> float:
    stolen = after.steal_ns - before.steal_ns
    return max(0, stolen) / max(after.busy_ns - before.busy_ns + stolen, 1)
