"""`greenlint FILE...` with default options, without loading the command-line parser."""

from __future__ import annotations

import sys

from greenlint.errors import GreenlintError


def check_plainly(paths: list[str]) -> int:
    """Lint `paths` as configured and print the text report; returns the exit code."""
    from greenlint.cli.checking import CheckRequest, run_check

    try:
        return run_check(CheckRequest(paths=tuple(paths)))
    except GreenlintError as error:
        sys.stderr.write(f"greenlint: error: {error}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        return quiet_broken_pipe()


def quiet_broken_pipe() -> int:
    """The reader of our output has gone (`greenlint | head`): say nothing, and let the interpreter close quietly."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141
