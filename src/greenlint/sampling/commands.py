"""Commands of [tool.greenlint.bench] as benchmarks beside tests: each is a whole process tree, measured from outside."""

from __future__ import annotations

import os
import shlex
import tempfile
from typing import TYPE_CHECKING

from greenlint.errors import ConfigError
from greenlint.sampling.sample import Process, Value, environment

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from greenlint.profiler.meter import Meter
    from greenlint.sampling.sample import Setup
    from greenlint.sampling.worktrees import Side

    Commands = Mapping[str, Sequence[str]]
    """Arguments without a shell, by the name of the benchmark."""


def read_commands(texts: Mapping[str, str], keyword: str = "") -> dict[str, tuple[str, ...]]:
    """The commands as arguments, split as a shell splits them; those whose name holds `keyword`, in any case.

    Raises ConfigError for an empty one and for quotes that do not close.
    """
    found = {}
    for name, text in texts.items():
        try:
            argv = tuple(shlex.split(text))
        except ValueError as error:
            raise ConfigError(f"bench command {name!r}: {text!r}: {error}") from error
        if not argv:
            raise ConfigError(f"bench command {name!r} is empty")
        if keyword.lower() in name.lower():
            found[name] = argv
    return found


def run_commands(side: Side, commands: Commands, setup: Setup, seed: int, meter: Meter) -> Process:
    """Run each once in the side's folder. A command that fails is named with its own last words."""
    values: dict[str, Value] = {}
    failed: dict[str, str] = {}
    for name, argv in commands.items():
        found = _run(side, argv, setup, seed, meter)
        if isinstance(found, str):
            failed[name] = found
        else:
            values[name] = found
    return Process(values, failed, seed, provider=meter.provider)


def _run(side: Side, argv: Sequence[str], setup: Setup, seed: int, meter: Meter) -> Value | str:
    from greenlint.profiler.command import CommandNotFound, run_command

    with tempfile.TemporaryFile() as errors, open(os.devnull, "r+b") as nothing:
        try:
            done = run_command(
                argv,
                meter=meter,
                stdin=nothing,
                stdout=nothing,
                stderr=errors,
                cwd=side.path,
                env={**environment(side, setup.pythonpath, seed), **setup.variables},
                timeout_s=setup.timeout_s,
            )
        except CommandNotFound as error:
            return str(error)
        if done.timed_out:
            return f"not finished after {setup.timeout_s:g} s"
        if done.returncode:
            errors.seek(max(0, errors.seek(0, os.SEEK_END) - 4096))
            said = os.fsdecode(errors.read()).strip().splitlines()
            return f"exit code {done.returncode}" + (f": {said[-1]}" if said else "")
    energy, cpu_s = done.measurement.energy, done.cpu_ns / 1e9
    joules, method = (energy.energy_j, energy.method.value) if energy is not None else (None, "")
    return Value(cpu_s, joules, method, 1, energy, (cpu_s,), (done.wall_ns / 1e9,))
