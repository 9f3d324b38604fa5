"""Runs the benchmarks of a side once, tests and commands alike, and says how much of the CPU was taken away meanwhile."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from greenlint.errors import GreenlintError
from greenlint.profiler.busy import BusyClock
from greenlint.sampling.commands import read_commands, run_commands
from greenlint.sampling.sample import Process, Setup, run_process

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from greenlint.config.schema import Config
    from greenlint.profiler.busy import Busy
    from greenlint.profiler.meter import Meter
    from greenlint.sampling.commands import Commands
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
        process: Callable[[Side, Setup, int, Sequence[str]], Process] = run_process,
    ) -> None:
        """`machine` as configured; `process` runs the tests of a side."""
        self._sides, self._setup, self._commands, self._machine = sides, setup, commands, machine
        self._process = process
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

    def __call__(self, side: str, seed: int, names: Sequence[str] = ()) -> Process:
        """One process for all tests, and one for each command. Raises ProcessFailed."""
        before = self._busy.read()
        tests = self._tests(self._sides[side], seed, [name for name in names if name not in self._commands], bool(names))
        chosen = {name: argv for name, argv in self._commands.items() if not names or name in names}
        if not chosen or self._meter is None:
            return tests._replace(stolen=_stolen(before, self._busy.read()))
        commands = run_commands(self._sides[side], chosen, self._setup, seed, self._meter)
        return Process(
            {**tests.values, **commands.values},
            {**tests.failed, **commands.failed},
            seed,
            _stolen(before, self._busy.read()),
            tests.provider or commands.provider,
        )

    def _tests(self, side: Side, seed: int, names: Sequence[str], chosen: bool) -> Process:
        setup = _present(side, self._setup)
        if (chosen and not names) or (not setup.paths and (self._setup.paths or self._commands)):
            return Process({}, {}, seed)
        return self._process(side, setup, seed, names)


def _present(side: Side, setup: Setup) -> Setup:
    """The same with only those paths that this side has: a benchmark folder may be new."""
    kept = tuple(path for path in setup.paths if os.path.exists(os.path.join(side.path, path.partition("::")[0])))
    return setup._replace(paths=kept)


def _stolen(before: Busy, after: Busy) -> float:
    stolen = after.steal_ns - before.steal_ns
    return max(0, stolen) / max(after.busy_ns - before.busy_ns + stolen, 1)
