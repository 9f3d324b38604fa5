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
