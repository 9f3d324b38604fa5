"""`greenlint doctor`: what this machine can measure, why not more, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from greenlint.cli.options import ANY_PATH

if TYPE_CHECKING:
    from greenlint.config.schema import Config
    from greenlint.profiler.calibration import Calibration


@click.command("doctor")
@click.argument("paths", nargs=-1, type=ANY_PATH)
@click.option("--aa", is_flag=True, help="The machine against itself: process pairs of the same code, and what they say.")
@click.option("--pairs", type=click.IntRange(8, 1000), default=30, show_default=True, help="With --aa: how many.")
@click.option("--noise-file", metavar="FILE", help="With --aa: where to keep it (default: with the user's data).")
@click.option(
    "--calibrate", "calibrating", is_flag=True, help="Compare counter and power model under load (some 10 s), and keep it."
)
@click.option("--calibration-file", metavar="FILE", help="Where to keep it (default: with the user's data).")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def command(
    paths: tuple[str, ...],
    aa: bool,
    pairs: int,
    noise_file: str | None,
    calibrating: bool,
    calibration_file: str | None,
    as_json: bool,
) -> None:
    """Look at every energy provider and say which is taken, why others are not, and what to do about it.

    With --calibrate, measure idle power and the power of busy CPUs with the counter and keep how far the power model is off:
    it then takes that up wherever a machine of the same class has no counter that can be read.

    With --aa, run the benchmarks (in PATHS, the configured ones, else a built-in workload) in process pairs of the same code,
    and say how much they differ, which worsening that lets one see, and which simple rules would have raised an alarm.
    """
    from greenlint.cli.common import echo_json, load_config_or_fail, style, width, write_text
    from greenlint.errors import ConfigError
    from greenlint.reporters import doctor_text

    config = load_config_or_fail(".")
    if aa:
        from greenlint.cli.itself import measure_itself

        measure_itself(config, paths, pairs, noise_file, as_json=as_json)
        return
    if paths or noise_file is not None:
        raise click.UsageError("PATHS and --noise-file are for --aa")
    if calibrating:
        calibration, path = _calibrate(config, calibration_file)
        if as_json:
            echo_json({"version": 1, "path": path, **doctor_text.calibration_object(calibration)})
        else:
            write_text(doctor_text.render_calibration(calibration, path, width()))
        return
    if calibration_file is not None:
        raise ConfigError("--calibration-file is for --calibrate", "name the file as machine.calibration to use it")
    from greenlint.profiler.diagnosis import diagnose

    diagnosis = diagnose(config)
    if as_json:
        echo_json(doctor_text.as_object(diagnosis))
    else:
        write_text(doctor_text.render(diagnosis, width(), style))


def _calibrate(config: Config, named: str | None) -> tuple[Calibration, str]:
    """Measure and keep. Raises ProviderError where nothing can be calibrated, ConfigError for a file that is something else."""
    import sys

    from greenlint.errors import ConfigError
    from greenlint.profiler.calibrating import calibrate
    from greenlint.profiler.calibration import load, save
    from greenlint.profiler.machine import calibration_path
    from greenlint.profiler.meter import Meter
    from greenlint.profiler.selection import make_context

    path = named or calibration_path()
    if not path:
        raise ConfigError("this user has no home directory to keep the calibration in", "name a file with --calibration-file")
    load(path)  # a file that is something else is told before the load, not after it
    if sys.stderr.isatty():
        sys.stderr.write("resting and loading the CPUs for some ten seconds ...\n")
    with Meter.open(config.energy.provider, settings=config.machine, fresh=True) as meter:
        calibration = calibrate(meter, make_context(config.machine))
    try:
        save(calibration, path)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}", "name another with --calibration-file") from error
    return calibration, path
