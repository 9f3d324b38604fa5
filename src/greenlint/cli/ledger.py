"""`greenlint ledger`: merge, verify, export and import the store."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from greenlint.cli.options import ANY_PATH

if TYPE_CHECKING:
    from greenlint.ledger.store import Ledger


@click.group("ledger")
@click.option("--ledger", "path", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.pass_context
def command(context: click.Context, path: str | None) -> None:
    """Look after the ledger, the file that holds every run."""
    from greenlint.cli.common import load_config_or_fail

    config = load_config_or_fail(".")
    context.obj = path or os.path.join(config.root, config.energy.ledger)


@command.command("verify")
@click.pass_obj
def verify(path: str) -> None:
    """Check the file: exit 0 when it is sound, 1 when it is not."""
    with _open(path, create=False) as ledger:
        problems = ledger.check()
        runs, unfinished = ledger.counts()
    for problem in problems:
        click.echo(f"{path}: {problem}")
    click.echo(f"{path}: {runs} runs, {unfinished} never finished, {len(problems)} problems")
    sys.exit(1 if problems else 0)


@command.command("merge")
@click.argument("files", nargs=-1, required=True, type=ANY_PATH)
@click.pass_obj
def merge(path: str, files: tuple[str, ...]) -> None:
    """Add the runs of other ledgers; runs that are already there are left as they are, so merging twice changes nothing."""
    from greenlint.ledger.exchange import merge_from

    for file in files:
        _open(file, create=False).close()  # all of them, before the first row is copied
    with _open(path) as ledger:
        for file in files:
            with _open(file, create=False) as other:
                added, known = merge_from(ledger, other)
            click.echo(f"{file}: {added} runs added, {known} were known")


@command.command("export")
@click.option("--output", type=ANY_PATH, help="File to write (default: stdout).")
@click.pass_obj
def export(path: str, output: str | None) -> None:
    """Write every run and measurement as JSON Lines: one object per run."""
    from greenlint.cli.common import write_data
    from greenlint.errors import LedgerError
    from greenlint.ledger.exchange import export_lines
    from greenlint.linter.atomic import write_atomically

    with _open(path, create=False) as ledger:
        lines = export_lines(ledger)
        if output is None:
            for line in lines:
                write_data(f"{line}\n")
            return
        text = "".join(f"{line}\n" for line in lines)
    try:
        write_atomically(output, text.encode("utf-8"))
    except OSError as error:
        raise LedgerError(f"{output}: cannot be written: {error.strerror}") from error


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=ANY_PATH)
@click.pass_obj
def import_(path: str, files: tuple[str, ...]) -> None:
    """Add runs from files that `export` wrote; those already there are left as they are."""
    from greenlint.ledger.exchange import import_lines

    with _open(path) as ledger:
        for file in files:
            added, known = import_lines(ledger, file)
            click.echo(f"{file}: {added} runs added, {known} were known")


def _open(path: str, *, create: bool = True) -> Ledger:
    from greenlint.ledger.store import Ledger

    return Ledger.open(path, create=create)
