"""`greenlint bench`: repeat benchmarks in fresh processes until their medians are precise, and store every process."""

from __future__ import annotations

import os
import shlex
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

from greenlint.cli.options import ANY_PATH

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.config.schema import Config
    from greenlint.gate.repeat import Goal, Repeated

METRICS = ("auto", "energy", "cpu", "instructions")
_RULES = os.path.join("benchmarks", "rules", "run.py")


class _WithCommand(click.Command):
    """Keeps what follows `--` apart: click would take it for more PATHS."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Split at the first `--`."""
        at = args.index("--") if "--" in args else len(args)
        ctx.meta["greenlint.command"] = tuple(args[at + 1 :])
        if at < len(args) and not ctx.meta["greenlint.command"]:
            raise click.UsageError("a command is needed behind --")
        return super().parse_args(ctx, args[:at])


@click.command("bench", cls=_WithCommand, options_metavar="[OPTIONS]", epilog="A command to measure may follow behind `--`.")
@click.argument("paths", nargs=-1, type=ANY_PATH)
@click.option("-k", "keyword", default="", metavar="EXPRESSION", help="Only benchmarks that match, as in pytest.")
@click.option("--precision", default="2 %", show_default=True, metavar="PERCENT", help="Half the interval over the median.")
@click.option("--max-processes", type=click.IntRange(1, 10_000), default=30, show_default=True, help="Stop after this many.")
@click.option(
    "--metric", type=click.Choice(METRICS), default="auto", show_default=True, help="Auto: energy if counted, else CPU."
)
@click.option("--require", type=click.Choice(["measured", "attributed", "estimated", "none"]), help="Weakest accepted method.")
@click.option("--provider", help="Energy provider (default: as configured).")
@click.option("--seed", type=click.IntRange(0), help="Repeat the hash seeds of a run.")
@click.option("--ledger", "ledger_path", metavar="FILE", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.option("--no-ledger", is_flag=True, help="Record nothing.")
@click.option("--strict", is_flag=True, help="Exit 3 when a benchmark stays less precise than asked for.")
@click.option("--format", "output_format", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--rules", is_flag=True, help="Measure the evidence of the linter's rules again; PATHS are rule codes then.")
@click.option("--write", is_flag=True, help="With --rules: put the results in the place of the old ones.")
@click.pass_context
def command(
    ctx: click.Context, /, paths: tuple[str, ...], rules: bool, output_format: str, as_json: bool, **options: Any
) -> None:
    """Measure benchmarks: tests in PATHS that use the `energy` fixture, the configured commands, or one command.

    Every process counts once, by the median of its rounds; there are as many as it takes until the 95 % interval of their
    median is narrow enough. Each is in the ledger.

    Exit codes: 0 measured, 2 usage, 3 less precise than asked for (with --strict), 4 nothing measured, a benchmark that fails,
    or the required method is not available.
    """
    argv: tuple[str, ...] = ctx.meta["greenlint.command"]
    if rules:
        _measure_rules(paths, argv, write=options["write"])
    if options["write"]:
        raise click.UsageError("--write is for --rules")
    if argv and (paths or options["keyword"]):
        raise click.UsageError("PATHS and -k choose tests: leave them out, or the command")
    _bench(paths, argv, options, "json" if as_json else output_format)


def _bench(paths: tuple[str, ...], argv: tuple[str, ...], options: dict[str, Any], output_format: str) -> NoReturn:
    from greenlint.cli.common import load_config_or_fail, say
    from greenlint.cli.comparing import Progress

    config = load_config_or_fail(".")
    progress = Progress()
    try:
        result = _measure(config, paths, argv, options, progress)
    finally:
        progress.clear()
    missing = not result.results or any(one.failed for one in result.results)
    rough = any(not one.precise for one in result.results)
    code = 4 if missing else 3 if rough and options["strict"] else 0
    run_id = None if options["no_ledger"] or not result.results else _record(result, config, options["ledger_path"])
    _report(result, run_id, code, output_format)
    if not result.results:
        say("error", "nothing measured: no test uses the `energy` fixture, and no command is configured")
    sys.exit(code)


def _measure(config: Config, paths: tuple[str, ...], argv: tuple[str, ...], options: dict[str, Any], progress: Any) -> Repeated:
    from greenlint.gate.repeat import SIDE, repeat
    from greenlint.sampling.running import Runner, commands_of, setup_of
    from greenlint.sampling.worktrees import Side

    goal = _goal(config, options)
    setup = setup_of(config, paths, options["keyword"], options["provider"])
    commands = {shlex.join(argv): argv} if argv else commands_of(config, paths, options["keyword"])
    side = Side(SIDE, "", os.getcwd() if argv or paths else config.root)
    if argv:
        setup = setup._replace(paths=())
    if goal.metric == "instructions":
        from greenlint.gate.counting import counter_here

        counter = counter_here()
        return repeat(lambda _side, _seed, names: counter(side, setup, commands, 0, names), goal, progress.tell)
    with Runner({SIDE: side}, setup, commands, config.machine) as run:
        return repeat(run, goal, progress.tell)


def _goal(config: Config, options: dict[str, Any]) -> Goal:
    import random

    from greenlint.cli.comparing_commits import percentage
    from greenlint.gate.repeat import Goal

    precision = percentage("--precision", options["precision"])
    if precision <= 0:
        raise click.UsageError("--precision must be above 0 %")
    seed = options["seed"] if options["seed"] is not None else random.SystemRandom().randrange(2**31)
    require = options["require"] or config.energy.require
    return Goal(precision, options["max_processes"], seed, options["metric"], require)


def _record(result: Repeated, config: Config, named: str | None) -> str | None:
    """Store every process; a ledger that cannot be written costs a note, not the result."""
    from greenlint.cli.common import say
    from greenlint.errors import LedgerError
    from greenlint.gate.record import rows_of, run_of
    from greenlint.ledger.git import describe_commit
    from greenlint.ledger.store import Ledger

    goal = result.goal
    facts = {"metric": result.metric, "seed": goal.seed, "precision": goal.precision}
    processes = [sample.process for sample in result.samples]
    run = run_of("bench", processes, describe_commit(config.root), config.root, sys.argv[1:], facts)
    rows = [
        row
        for number, sample in enumerate(result.samples, 1)
        for row in rows_of(sample.process, number, {"process": str(number)}, sample.excluded)
    ]
    path = os.path.abspath(named) if named else os.path.join(config.root, config.energy.ledger)
    try:
        with Ledger.open(path) as ledger:
            ledger.begin(run)
            ledger.append(run.run_id, rows)
            ledger.finish(run.run_id)
    except LedgerError as error:
        say("note", f"the processes are not recorded: {error}")
        return None
    return run.run_id


def _report(result: Repeated, run_id: str | None, code: int, output_format: str) -> None:
    from greenlint.cli.common import echo_json, style, width, write_data, write_text
    from greenlint.profiler.machine import describe_machine
    from greenlint.reporters.bench.repeated import as_object, table_of
    from greenlint.reporters.tables import markdown, text

    machine_class = describe_machine().machine_class
    if output_format == "json":
        echo_json(as_object(result, machine_class, run_id, code))
    elif output_format == "md":
        write_data(markdown.render_table(table_of(result, machine_class)))
    elif result.results:
        write_text(text.render_table(table_of(result, machine_class), width(), style))


def _measure_rules(codes: Sequence[str], argv: Sequence[str], *, write: bool) -> NoReturn:
    """Hand over to the project's own script; 4 where there is none."""
    import subprocess

    from greenlint.cli.common import load_config_or_fail, say

    if argv:
        raise click.UsageError("--rules measures rules, not a command")
    root = load_config_or_fail(".").root
    if not os.path.isfile(os.path.join(root, _RULES)):
        say("error", f"nothing measured: this project has no {_RULES}; the evidence of the rules is part of greenlint's own")
        sys.exit(4)
    done = subprocess.run([sys.executable, _RULES, *codes, *(["--write"] if write else [])], cwd=root, check=False)
    sys.exit(2 if done.returncode else 0)
