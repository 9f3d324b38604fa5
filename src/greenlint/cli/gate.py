"""`greenlint gate`: check the configured budgets over the ledger."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import click

from greenlint.cli.options import ANY_PATH


@click.command("gate")
@click.option("--ledger", "ledger_path", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.option("--run", "run_id", metavar="ID", help="Judge this run (default: the newest finished one).")
@click.option(
    "--strict", is_flag=True, help="Exit 3 when a verdict is inconclusive or incomparable, or the run is of another commit."
)
@click.option("--format", "output_format", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--json", "as_json_flag", is_flag=True, help="The same as --format json.")
def command(ledger_path: str | None, run_id: str | None, strict: bool, output_format: str, as_json_flag: bool) -> None:
    """Check [tool.greenlint.budgets] over what was measured.

    Exit codes: 0 all budgets hold, 1 one is certainly exceeded, 2 usage, 3 doubt (with --strict), 4 nothing measured.
    """
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
    if not os.path.exists(path):
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
    if as_json_flag or output_format == "json":
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
