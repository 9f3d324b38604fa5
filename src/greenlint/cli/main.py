"""The command group: help lists all commands without importing one; an unknown first word means `check`."""

from __future__ import annotations

import sys
from importlib import import_module

import click

from greenlint import __version__
from greenlint.__main__ import COMMANDS, INTERRUPTED
from greenlint.errors import GreenlintError


class LazyGroup(click.Group):
    """Imports a command only when it is called, and hands everything that is no command to `check`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All command names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command object, imported now."""
        if name not in COMMANDS:
            return None
        command = import_module(f"greenlint.cli.{name}").command
        if not isinstance(command, click.Command):
            raise TypeError(f"greenlint.cli.{name}.command is not a click command")
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a command name the arguments are those of `check`; group options come first and alone."""
        if not args or args[0] not in (*COMMANDS, "--help", "-h", "--version", "-V"):
            args = ["check", *args]
        return super().parse_args(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, from the help lines alone."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the command; an expected error is one line and its exit code."""
        try:
            return super().invoke(ctx)
        except GreenlintError as error:
            from greenlint.cli.common import say

            say("error", error)
            ctx.exit(error.exit_code)
        except KeyboardInterrupt:  # before click takes it and leaves with 1, which means findings
            sys.stderr.write("greenlint: interrupted\n")
            ctx.exit(INTERRUPTED)


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Find wasteful code, measure what it costs, and hold it to a budget.\n\n"
    "`greenlint PATH...` is the same as `greenlint check PATH...`.",
)
@click.version_option(__version__, "-V", "--version", message="greenlint %(version)s")
def cli() -> None:
    """The group itself does nothing."""
