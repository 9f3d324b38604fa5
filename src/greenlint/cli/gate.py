"""`greenlint gate`: check the configured budgets over the ledger."""

from __future__ import annotations

import os
import sys
from typing import Any, NoReturn

import click

from greenlint.cli.options import ANY_PATH

FILE_FORMATS = ("md", "json", "junit", "sarif")
FORMATS = ("text", *FILE_FORMATS)
METRICS = ("auto", "energy", "cpu", "instructions")


@click.command("gate")
@click.argument("paths", nargs=-1, type=ANY_PATH)
@click.option("--base", metavar="REV", help="Measure the benchmarks of this state against those of another commit.")
@click.option("-k", "keyword", default="", metavar="EXPRESSION", help="With --base: only benchmarks that match, as in pytest.")
@click.option("--pairs", default="8", show_default=True, metavar="N[,M]", help="With --base: process pairs of both stages.")
@click.option(
    "--min-effect", metavar="PERCENT", help="With --base: least change that matters (default: 2 %; of instructions 0.5 %)."
)
@click.option(
    "--metric",
    type=click.Choice(METRICS),
    default="auto",
    show_default=True,
    help="With --base: what decides; auto is energy where it is counted, else CPU time.",
)
@click.option("--seed", type=click.IntRange(0), help="With --base: repeat the order and the hash seeds of a run.")
@click.option("--provider", help="With --base: energy provider (default: as configured).")
@click.option("--ledger", "ledger_path", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.option("--run", "run_id", metavar="ID", help="Judge this run (default: the newest finished one).")
@click.option("--strict", is_flag=True, help="Exit 3 when a verdict stays in doubt, or the run is of another commit.")
@click.option("--format", "output_format", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("--also", multiple=True, metavar="FORMAT=FILE", help="With --base: write a format to a file, too.")
@click.option("--summary", is_flag=True, help="With --base: add the Markdown to the file that GITHUB_STEP_SUMMARY names.")
@click.option("--json", "as_json_flag", is_flag=True, help="The same as --format json.")
def command(
    paths: tuple[str, ...], base: str | None, strict: bool, output_format: str, as_json_flag: bool, **options: Any
) -> None:
    """Check [tool.greenlint.budgets] over what was measured; with --base, compare two commits.

    With --base, the tests in PATHS that use the `energy` fixture, and the commands in [tool.greenlint.bench.commands], run in
    fresh process pairs, base and head in turn. What looks changed in the first pairs is measured again in new ones, and only
    those decide. Every pair is in the ledger.

    Exit codes: 0 all holds, 1 a budget is certainly exceeded or a benchmark confirmed worse, 2 usage, 3 doubt (with
    --strict), 4 nothing measured.
    """
    output_format = "json" if as_json_flag else output_format
    given = [f"--{name}" for name in ("ledger", "run") if options["ledger_path" if name == "ledger" else "run_id"]]
    if base is None:
        _only_for_base(paths, options, output_format)
        _budgets(options["ledger_path"], options["run_id"], strict, output_format)
    elif given:
        raise click.UsageError(f"{' and '.join(given)} is for budgets, not for --base")
    else:
        from greenlint.cli.comparing_commits import compare_commits

        compare_commits(base, paths, options, strict=strict, output_format=output_format)


def _only_for_base(paths: tuple[str, ...], options: dict[str, Any], output_format: str) -> None:
    """Raise UsageError for what says nothing about budgets."""
    given = ["PATHS"] if paths else []
    given += ["-k"] if options["keyword"] else []
    given += ["--seed"] if options["seed"] is not None else []
    given += [f"--{name}" for name in ("provider", "min-effect", "also", "summary") if options[name.replace("-", "_")]]
    given += ["--metric"] if options["metric"] != "auto" else []
    if given:
        raise click.UsageError(f"only for --base: {', '.join(given)}")
    if output_format in ("junit", "sarif"):
        raise click.UsageError(f"only for --base: --format {output_format}")


def _budgets(ledger_path: str | None, run_id: str | None, strict: bool, output_format: str) -> None:
    from greenlint.cli.common import echo_json, load_config_or_fail, say, style, width, write_data, write_text
    from greenlint.errors import ConfigError, LedgerError
    from greenlint.gate.gate import judge_all
    from greenlint.gate.subjects import gather
    from greenlint.ledger.git import describe_commit
    from greenlint.ledger.store import Ledger
    from greenlint.reporters import gate_text

    config = load_config_or_fail(".")
    if not config.budgets:
        raise ConfigError("no budgets are configured", 'add for example [tool.greenlint.budgets.suite] energy = "400 J"')
    path = ledger_path or os.path.join(config.root, config.energy.ledger)
    if not Ledger.exists(path):
        nothing_measured(f"{path}: no such ledger", "run `pytest --energy` first")
    with Ledger.open(path, create=False) as ledger:
        evidence = gather(ledger, run_id)
        if evidence is None:
            which = f"no single run begins with {run_id!r}" if run_id else "it holds no test run"
            nothing_measured(f"{path}: {which}", "run `pytest --energy` first")
        result = judge_all(config.budgets, evidence, describe_commit(config.root))
        try:
            ledger.add_verdicts(evidence.run.run_id, result.verdicts)
        except LedgerError as error:
            say("note", f"the verdicts are not recorded: {error}")
    code = result.exit_code(strict=strict)
    if output_format == "json":
        echo_json(gate_text.as_json(result, evidence.run, code))
    elif output_format == "md":
        write_data(gate_text.render_markdown(result, evidence.run))
    else:
        write_text(gate_text.render_text(result, evidence.run, width(), style))
    for notice in result.notices:
        say("note", notice)
    sys.exit(code)


def nothing_measured(message: str, hint: str) -> NoReturn:
    """Missing data never passes: say what is missing and leave with 4."""
    from greenlint.cli.common import say

    say("error", f"nothing measured: {message} ({hint})")
    sys.exit(4)
