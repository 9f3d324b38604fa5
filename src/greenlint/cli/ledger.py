"""`greenlint ledger`: merge, verify, export, import and gc: looking after the store."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from greenlint.cli.options import ANY_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Check the file and every row in it: exit 0 when it is sound, 1 when it is not."""
    from greenlint.errors import LedgerError
    from greenlint.model.text import counted

    try:
        with _open(path, create=False) as ledger:
            problems = ledger.check()
            runs, unfinished = ledger.counts()
            spooled = ledger.spooled
    except LedgerError as error:
        if "malformed" not in error.message:
            raise
        click.echo(f"{error}\n{path}: cannot be read, 1 problem")
        sys.exit(1)
    for problem in problems:
        click.echo(f"{path}: {problem}")
    click.echo(f"{path}: {counted(runs, 'run')}, {unfinished} never finished, {counted(len(problems), 'problem')}")
    if spooled:
        click.echo(f"{path}: new runs go to its spool, for SQLite cannot be used there ({spooled})")
    sys.exit(1 if problems else 0)


@command.command("merge")
@click.argument("files", nargs=-1, type=ANY_PATH)
@click.pass_obj
def merge(path: str, files: tuple[str, ...]) -> None:
    """Add the runs of other ledgers, and what waits in spools; what is already there is left as it is.

    FILES are ledgers or folders with spool files (*.jsonl), which stay where they are. Without FILES, only the ledger's own
    spool is taken in. Merging twice changes nothing.
    """
    from greenlint.ledger.exchange import merge_from, merge_spool
    from greenlint.model.text import counted

    for file in files:
        if not os.path.isdir(file):
            _open(file, create=False).close()  # all of them, before the first row is copied
    with _open(path, create=bool(files)) as ledger:
        for file in files:
            if os.path.isdir(file):
                click.echo(f"{file}: {merge_spool(ledger, file)}")
                continue
            with _open(file, create=False) as other:
                click.echo(f"{file}: {merge_from(ledger, other)}")
        if not files:
            runs, unfinished = ledger.counts()
            click.echo(f"{path}: {counted(runs, 'run')}, {unfinished} never finished; its spool is taken in")


@command.command("export")
@click.argument("file", required=False, type=ANY_PATH)
@click.option("--format", "format_name", default="jsonl", show_default=True, help="Format; `--format help` lists them.")
@click.option("--run", "run_id", metavar="ID", help="Only the run whose id begins so.")
@click.option("--kind", help="Only runs of this kind (account, bench, compare, measure …).")
@click.option("--output", type=ANY_PATH, help="The same as FILE.")
@click.pass_obj
def export(path: str, file: str | None, format_name: str, run_id: str | None, kind: str | None, output: str | None) -> None:
    """Write runs to FILE (default: stdout) in a format that other tools read."""
    from greenlint.cli.common import say
    from greenlint.ledger.exports.registry import format_names, load_format
    from greenlint.ledger.exports.selection import Selection

    if format_name == "help":
        for name in format_names():
            click.echo(f"{name:24} {load_format(name).SUMMARY}")
        return
    chosen = load_format(format_name)
    if file and output:
        raise click.UsageError("name the file once, as FILE or with --output")
    with _open(path, create=False) as ledger:
        selection = Selection(ledger, run_id=run_id, kind=kind)
        _write(output or file, chosen.export(selection))
    for notice in selection.notices:
        say("note", notice)


def _write(file: str | None, content: Iterable[str] | bytes) -> None:
    from greenlint.cli.common import write_data
    from greenlint.errors import LedgerError
    from greenlint.linter.atomic import write_atomically

    if file in (None, "-"):
        if isinstance(content, bytes):
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            return
        for part in content:
            write_data(part)
        return
    assert file is not None
    data = content if isinstance(content, bytes) else "".join(content).encode("utf-8")
    try:
        write_atomically(file, data)
    except OSError as error:
        raise LedgerError(f"{file}: cannot be written: {error.strerror}") from error


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=ANY_PATH)
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["jsonl", "pytest-benchmark"]),
    default="jsonl",
    show_default=True,
    help="What wrote the files: `ledger export`, or pytest-benchmark (times only; they hold no energy).",
)
@click.pass_obj
def import_(path: str, files: tuple[str, ...], format_name: str) -> None:
    """Add runs from files; those already there are left as they are."""
    from greenlint.ledger.exchange import import_lines
    from greenlint.ledger.pytest_benchmark import import_benchmarks

    read = import_lines if format_name == "jsonl" else import_benchmarks
    with _open(path) as ledger:
        for file in files:
            click.echo(f"{file}: {read(ledger, file)}")


@command.command("gc")
@click.option("--older-than", metavar="AGE", help='Remove runs older than this, such as "90 days".')
@click.option("--keep-last", type=click.IntRange(min=1), metavar="N", help="Keep the newest N of each kind and machine class.")
@click.option("--all", "everything", is_flag=True, help="Remove runs of tagged and of annotated commits as well.")
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
@click.pass_obj
def gc(path: str, older_than: str | None, keep_last: int | None, everything: bool, dry_run: bool) -> None:
    """Remove old runs and give their space back: the only command that takes anything out of a ledger.

    With both conditions a run goes when it is older and not among the newest. Runs of tagged or annotated commits stay,
    and so do unfinished runs of the last day, which may still be going on.
    """
    from greenlint.ledger.collecting import Rule, collect, seconds_of

    if older_than is None and keep_last is None:
        raise click.UsageError('say what to remove: --older-than "90 days", --keep-last N, or both')
    age = None if older_than is None else seconds_of(older_than)
    with _open(path, create=False) as ledger:
        done = collect(ledger, Rule(age, keep_last, everything), dry_run=dry_run)
    click.echo(f"{path}: {done}")


def _open(path: str, *, create: bool = True) -> Ledger:
    from greenlint.ledger.store import Ledger

    return Ledger.open(path, create=create)
