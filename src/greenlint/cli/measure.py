"""`greenlint measure -- CMD`: energy, CPU time, wall time and peak memory of a command's whole process tree."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from greenlint.carbon.score import Basis, Footprint
    from greenlint.config.schema import Config
    from greenlint.profiler.command import CommandResult
    from greenlint.profiler.meter import Meter

_RANK = {"measured": 3, "attributed": 2, "estimated": 1, "proxy": 0, "none": 0}


@click.command("measure", context_settings={"ignore_unknown_options": True, "allow_interspersed_args": False})
@click.argument("argv", nargs=-1, required=True, type=click.UNPROCESSED, metavar="-- COMMAND [ARG]...")
@click.option("--provider", help="Energy provider (default: as configured, else the best that works here).")
@click.option("--require", type=click.Choice(["measured", "attributed", "estimated", "none"]), help="Weakest accepted method.")
@click.option("--repeat", type=click.IntRange(1, 10_000), default=1, show_default=True, help="Run it this often.")
@click.option("--per", metavar="UNIT", help="Functional unit, such as request: adds carbon and Software Carbon Intensity.")
@click.option("--count", type=click.FloatRange(0, min_open=True), help="Functional units done by one run (default: 1).")
@click.option("--name", help="Name in the ledger (default: the command itself).")
@click.option("--language", default="unknown", help="Language of the program, for reports by language.")
@click.option("--timeout", type=click.FloatRange(0.001), help="Kill the command after this many seconds.")
@click.option("--ledger/--no-ledger", "use_ledger", default=True, help="Record the runs in the ledger.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout; the command's own stdout goes to stderr.")
def command(argv: tuple[str, ...], as_json: bool, **options: Any) -> None:
    """Run a command and measure its whole process tree, orphans included.

    The command's output passes through; the measurement goes to stderr. Exit code: the command's own (128 + signal), 2 when it
    cannot be started, 4 when nothing could be measured or the required method is not available.
    """
    from greenlint.cli.common import load_config_or_fail
    from greenlint.errors import ProviderError
    from greenlint.profiler.meter import Meter

    config = load_config_or_fail(".")
    require = options["require"] or config.energy.require
    with Meter.open(options["provider"] or config.energy.provider, settings=config.machine) as meter:
        if _RANK[meter.method.mark] < _RANK[require]:
            raise ProviderError(
                f"--require {require}, but {meter.provider} gives {meter.method.mark} energy", "`greenlint doctor` says why"
            )
        basis = _basis(config, meter, options["per"], options["count"])
        results = _run_all(argv, meter, options, as_json=as_json)
        warnings = meter.close()
        invalid = meter.invalid
    if options["use_ledger"]:
        _record(config, meter, results, argv)
    footprints = None if basis is None else [_footprint(basis, result, invalid, options) for result in results]
    _report(results, meter, (*warnings, *_doubts(results, options["per"])), footprints, as_json=as_json)
    code = results[-1].returncode
    sys.exit(code if code > 0 else 128 - code if code < 0 else 4 if invalid or _weaker(results, require) else 0)


def _run_all(argv: tuple[str, ...], meter: Meter, options: dict[str, Any], *, as_json: bool) -> list[CommandResult]:
    """Run the command as often as asked for; a run that fails is the last one."""
    from greenlint.profiler.command import run_command

    results: list[CommandResult] = []
    while len(results) < options["repeat"] and not (results and results[-1].returncode):
        sys.stdout.flush()
        result = run_command(
            argv,
            meter=meter,
            stdout=sys.stderr.fileno() if as_json else None,
            timeout_s=options["timeout"],
            name=options["name"],
            language=options["language"],
        )
        results.append(result)
    return results


def _basis(config: Config, meter: Meter, per: str | None, count: float | None) -> Basis | None:
    """What carbon rests on, or None when neither options nor settings ask for carbon.

    Raises what is wrong with them before the command runs.
    """
    if per is None and count is not None:
        raise click.UsageError("--count says how many functional units a run does: name them with --per")
    if per is not None and not per.strip():
        raise click.UsageError("--per names the functional unit, for example --per request")
    from greenlint.carbon.place import is_placed

    if per is None and not is_placed(config.carbon):
        return None
    from greenlint.profiler.footprint import basis_of

    basis = basis_of(meter.machine, config)
    if per is not None:
        basis.check(count or 1.0, per)
    return basis


def _footprint(basis: Basis, result: CommandResult, invalid: str | None, options: dict[str, Any]) -> Footprint | None:
    """Carbon of a run, and its score when a functional unit was named; None without energy."""
    from greenlint.carbon.score import whole

    energy = result.measurement.energy
    if invalid or energy is None:
        return None
    return basis.footprint(whole(energy, result.devices), result.wall_ns / 1e9, options["count"] or 1.0, options["per"])


def _doubts(results: list[CommandResult], per: str | None) -> list[str]:
    """The warnings of the runs and of their energies, each once."""
    texts = [text for result in results for text in result.warnings]
    texts += [text for result in results if result.measurement.energy for text in result.measurement.energy.warnings]
    if per is not None and results[-1].returncode:
        texts.append(f"the command failed: it may have done fewer of the functional unit {per!r} than its score says")
    return list(dict.fromkeys(texts))


def _weaker(results: list[CommandResult], require: str) -> bool:
    """Whether a run came out weaker than required, as a counter does on a machine that is shared; says so."""
    marks = [result.measurement.energy.method.mark if result.measurement.energy else "none" for result in results]
    weakest = min(marks, key=_RANK.__getitem__)
    if _RANK[weakest] >= _RANK[require]:
        return False
    sys.stderr.write(f"greenlint: error: --require {require}, but the energy is {weakest}: other processes were busy\n")
    return True


def _record(config: Config, meter: Meter, results: list[CommandResult], argv: tuple[str, ...]) -> None:
    """Store the runs; a ledger that cannot be written costs one line and nothing else."""
    from greenlint.cli.common import say
    from greenlint.errors import LedgerError
    from greenlint.ledger.store import Ledger
    from greenlint.profiler.measure_run import measure_run

    run = measure_run(meter, config.root, argv)
    try:
        with Ledger.open(os.path.join(config.root, config.energy.ledger)) as ledger:
            ledger.begin(run)
            ledger.append(run.run_id, [result.measurement for result in results])
            ledger.finish(run.run_id, f"invalid: {meter.invalid}" if meter.invalid else "complete")
    except LedgerError as error:
        say("note", f"not recorded: {error}")


def _report(
    results: list[CommandResult],
    meter: Meter,
    warnings: tuple[str, ...],
    footprints: list[Footprint | None] | None,
    *,
    as_json: bool,
) -> None:
    from greenlint.cli.common import echo_json, encodable_in, width
    from greenlint.reporters.measure_text import as_object, no_energy, render

    if as_json:
        if footprints and None in footprints:
            warnings = (*warnings, f"no carbon: {no_energy(meter.provider, meter.invalid)}")
        echo_json(as_object(results, meter, warnings, footprints))
    else:
        sys.stderr.write(encodable_in(render(results, meter, warnings, footprints, width()), sys.stderr.encoding))
