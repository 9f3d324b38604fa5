"""`greenlint history`: energy per commit, measured, shown, published, bisected and annotated."""

from __future__ import annotations

import sys
from typing import Any

import click

from greenlint.cli.options import ANY_PATH

_SETUP = "Shell command that sets a worktree up, in an environment of its own that commits with equal lock files share."


@click.group("history")
@click.option("--ledger", "ledger_path", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.pass_context
def command(context: click.Context, ledger_path: str | None) -> None:
    """Measure benchmarks per commit, and see where they changed."""
    context.obj = ledger_path


@command.command("run")
@click.argument("commits", metavar="A..B")
@click.argument("paths", nargs=-1, type=ANY_PATH)
@click.option("-k", "keyword", default="", metavar="EXPRESSION", help="Only benchmarks that match, as in pytest.")
@click.option("--every", type=click.IntRange(1), default=1, metavar="N", help="Only each N-th commit, counted back from B.")
@click.option("--tags", is_flag=True, help="Only commits that a tag names.")
@click.option("--missing", is_flag=True, help="Leave out commits with any result on this machine class, however measured.")
@click.option("--retry", is_flag=True, help="Try commits again that could not be built or run.")
@click.option("--processes", type=click.IntRange(3, 100), default=3, show_default=True, help="Fresh processes per commit.")
@click.option("--setup", metavar="CMD", help=_SETUP)
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(0.1), help="Of one process and of the set-up.")
@click.option("--provider", help="Energy provider (default: as configured).")
@click.option("--seed", type=click.IntRange(0), help="Repeat the order and the hash seeds of a run.")
@click.pass_obj
def run(ledger_path: str | None, /, commits: str, paths: tuple[str, ...], **options: Any) -> None:
    """Measure the benchmarks of the commits after A up to B, each in a git worktree, in random order.

    Commits are those along first parents; a single revision is that commit alone. What the ledger holds already is not
    measured again, so a run that was stopped goes on where it was. A commit that cannot be run is a result as well.

    Exit codes: 0 there are values, 2 usage or git, 4 nothing measured.
    """
    from greenlint.cli.history_run import run_history

    sys.exit(run_history(ledger_path, commits, paths, options))


@command.command("show")
@click.argument("name", default="")
@click.option("--branch", default="HEAD", show_default=True, metavar="REV", help="The line of first parents that leads here.")
@click.option("--rename", "renames", multiple=True, metavar="OLD=NEW", help="Join a benchmark to the one it became.")
@click.option("--format", "output_format", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.pass_obj
def show(ledger_path: str | None, name: str, branch: str, renames: tuple[str, ...], output_format: str, as_json: bool) -> None:
    """Show the series of the ledger along the commits, with the points at which their level changed.

    NAME chooses series that hold it, or match it with * and ?; their values are listed. Test suites and languages have series
    from `pytest --energy` and `greenlint measure` runs as well.

    Exit codes: 0 shown, 2 usage or git, 4 nothing measured yet.
    """
    from greenlint.cli.history_show import load, write

    history = load(ledger_path, name, branch, renames)
    write(history, "json" if as_json else output_format, detailed=bool(name))


@command.command("publish")
@click.argument("folder", metavar="DIR", type=ANY_PATH)
@click.option("--branch", default="HEAD", show_default=True, metavar="REV", help="The line of first parents that leads here.")
@click.option("--rename", "renames", multiple=True, metavar="OLD=NEW", help="Join a benchmark to the one it became.")
@click.pass_obj
def publish(ledger_path: str | None, folder: str, branch: str, renames: tuple[str, ...]) -> None:
    """Write one page that stands alone (DIR/index.html): a chart for each series, with changes, limits and marks.

    Exit codes: 0 written, 2 usage or git, 4 nothing measured yet.
    """
    from greenlint.cli.history_show import load, write_page

    write_page(load(ledger_path, "", branch, renames), folder)


@command.command("mark")
@click.argument("commit", metavar="SHA")
@click.argument("text")
@click.option("--kind", type=click.Choice(["break", "accepted", "note"]), default="note", show_default=True)
@click.option("--benchmark", default="", metavar="NAME", help="Only for this benchmark.")
@click.option("--machine", "machine_class", default="", metavar="CLASS", help="Only on this class of machine.")
@click.option("--author", default="", help="Who says so (default: nobody is named).")
@click.pass_obj
def mark(ledger_path: str | None, /, commit: str, text: str, kind: str, **about: str) -> None:
    """Say something about a commit.

    "break": values before it and from it on are not compared, for the machine or the benchmark changed; "accepted": the
    change here is known and wanted; "note": a remark.
    """
    from greenlint.cli.history_show import add

    add(ledger_path, commit, text, kind, about)


@command.command("bisect")
@click.argument("good")
@click.argument("bad")
@click.argument("name")
@click.option(
    "--min-effect", default="2 %", show_default=True, metavar="PERCENT", help="Least change between the ends that is one."
)
@click.option("--setup", metavar="CMD", help=_SETUP)
@click.option("--timeout", metavar="SECONDS", type=click.FloatRange(0.1), help="Of one process and of the set-up.")
@click.option("--provider", help="Energy provider (default: as configured).")
@click.option("--seed", type=click.IntRange(0), default=0, help="Of the hash seeds; another one measures all pairs again.")
@click.option("--strict", is_flag=True, help="Exit 3 when the ends do not differ, or several commits are left.")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object.")
@click.pass_obj
def bisect(ledger_path: str | None, /, good: str, bad: str, name: str, strict: bool, as_json: bool, **options: Any) -> None:
    """Find the commit after GOOD up to BAD that changed the benchmark NAME.

    Both ends are compared by interleaved pairs of fresh processes, then commits between them, always half of those left that
    can reach the benchmark. Every pair is kept in the ledger, so a search that was stopped goes on where it was.

    Exit codes: 0 found or nothing to find, 2 usage or git, 3 in doubt (with --strict).
    """
    from greenlint.cli.history_bisect import run_bisect

    sys.exit(run_bisect(ledger_path, good, bad, name, options, strict=strict, as_json=as_json))
