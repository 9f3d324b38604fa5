"""What `greenlint doctor --aa` does: measure the machine against itself, print, and keep the noise."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from greenlint.config.schema import Config
    from greenlint.gate.itself import Itself


def measure_itself(config: Config, paths: tuple[str, ...], pairs: int, noise_file: str | None, *, as_json: bool) -> None:
    """Raises GreenlintError when nothing can be measured, ConfigError for a noise file that is something else."""
    from greenlint.cli.common import echo_json, style, width, write_text
    from greenlint.cli.comparing import Progress
    from greenlint.errors import ConfigError
    from greenlint.profiler.pair_noise import default_path, load, save
    from greenlint.reporters.bench.itself import as_object, render

    path = noise_file or default_path()
    if not path:
        raise ConfigError("this user has no home directory to keep the noise in", "name a file with --noise-file")
    load(path)  # a file that is something else is told before the work, not after it
    progress = Progress()
    try:
        found = _measure(config, paths, pairs, progress)
    finally:
        progress.clear()
    try:
        save(found.noise, path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}", "name another with --noise-file") from error
    if as_json:
        echo_json(as_object(found, path))
    else:
        write_text(render(found, path, width(), style))


def _measure(config: Config, paths: tuple[str, ...], pairs: int, progress: object) -> Itself:
    from greenlint.cli.comparing import Progress
    from greenlint.gate.itself import against_itself
    from greenlint.gate.workload import NAME, run_workload
    from greenlint.profiler.machine import describe_machine
    from greenlint.sampling.running import Runner, commands_of, setup_of
    from greenlint.sampling.sample import run_process
    from greenlint.sampling.worktrees import Side

    assert isinstance(progress, Progress)
    setup, commands = setup_of(config, paths, "", None), commands_of(config, paths, "")
    built_in = not setup.paths and not commands
    folder = os.getcwd() if paths else config.root
    sides = {name: Side(name, "", folder) for name in ("base", "head")}
    workload = NAME if built_in else ", ".join([*setup.paths, *commands])
    with Runner(sides, setup, commands, config.machine, run_workload if built_in else run_process) as run:
        machine_class = describe_machine().machine_class
        return against_itself(run, machine_class, workload, pairs, random.SystemRandom().randrange(2**31), progress.tell)
