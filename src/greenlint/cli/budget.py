"""`greenlint budget`: limits from what the ledger holds, written into the configuration."""

from __future__ import annotations

import sys
from typing import Any

import click

from greenlint.cli.options import ANY_PATH

_HEADROOM = "Between the 95th percentile and the limit: auto (what one run could not tell) or a percentage."


@click.group("budget")
@click.option("--ledger", "ledger_path", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.pass_context
def command(context: click.Context, ledger_path: str | None) -> None:
    """Write limits from what was measured into pyproject.toml or greenlint.toml."""
    context.obj = ledger_path


@command.command("init")
@click.option("--test", "tests", multiple=True, metavar="GLOB", help="Limit each test that matches as well, by its node id.")
@click.option("--headroom", default="auto", show_default=True, metavar="auto|PERCENT", help=_HEADROOM)
@click.option("--last", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N", help="Newest runs to use.")
@click.option("--dry-run", is_flag=True, help="Show what would be written as a diff.")
@click.pass_obj
def init(ledger_path: str | None, /, tests: tuple[str, ...], **options: Any) -> None:
    """Set limits of the test suite and of each language, where there are none yet.

    They are the 95th percentile of the newest finished runs on this class of machine, and head-room. Where a device counts
    joules the limit is in joules, else in CPU seconds. Nothing is written without data.

    Exit codes: 0 written or nothing to add, 2 usage or configuration, 4 nothing measured.
    """
    from greenlint.cli.budgeting import init_limits

    sys.exit(init_limits(ledger_path, tests, options))


@command.command("update")
@click.option("--headroom", default="auto", show_default=True, metavar="auto|PERCENT", help=_HEADROOM)
@click.option("--last", type=click.IntRange(1, 10_000), default=20, show_default=True, metavar="N", help="Newest runs to use.")
@click.option("--allow-raise", is_flag=True, help="Raise limits as well; without it they only go down.")
@click.option("--dry-run", is_flag=True, help="Show what would be written as a diff.")
@click.pass_obj
def update(ledger_path: str | None, /, **options: Any) -> None:
    """Tighten the configured limits to what is measured now (a ratchet: they never go up by themselves).

    Exit codes: 0 written or nothing to change, 2 usage or configuration, 4 nothing measured.
    """
    from greenlint.cli.budgeting import update_limits

    sys.exit(update_limits(ledger_path, options))
