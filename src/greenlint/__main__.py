"""The entry point: answers --version before importing anything, and the pre-commit case without the command-line parser."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NoReturn

COMMANDS = {
    "check": "Lint files and folders (the default command).",
    "compare": "Compare implementations side by side, in any language.",
    "doctor": "Say what this machine can measure, why not more, and what to do.",
    "gate": "Check energy budgets over the ledger.",
    "ledger": "Merge, verify, export, import and clean the ledger.",
    "measure": "Measure energy, CPU time and memory of a command.",
    "report": "Report energy by test, language and commit; --kpi for the organisation page.",
    "rule": "Explain one rule.",
    "rules": "List all rules.",
}


def main() -> None:
    """Run the command line; never returns."""
    arguments = sys.argv[1:]
    if arguments in (["--version"], ["-V"]):
        from greenlint._version import __version__

        sys.stdout.write(f"greenlint {__version__}\n")
        sys.exit(0)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = _quiet_broken_pipe()
    except OSError as error:
        code = _report_os_error(error)
    if arguments and arguments[0] in COMMANDS and arguments[0] != "check":
        sys.exit(code)
    _leave(code)


def _run(arguments: list[str]) -> int:
    if plain_check(arguments):
        from greenlint.cli.fast import check_plainly

        return check_plainly(arguments)
    from greenlint.cli.main import cli

    try:
        cli(prog_name="greenlint")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2 if stop.code else 0
    return 0


def _quiet_broken_pipe() -> int:
    """The reader of our output has gone (`greenlint | head`): say nothing, and let the interpreter close quietly."""
    _discard_output()
    return 141


def _report_os_error(error: OSError) -> int:
    """What no command expected, such as a full disk behind standard output: one line, and no second one at the end."""
    _discard_output()
    sys.stderr.write(f"greenlint: error: {error.filename or 'standard output'}: {error.strerror or error}\n")
    return 2


def _discard_output() -> None:
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _leave(code: int) -> NoReturn:
    """End a lint run without the interpreter's tidying up, which takes 30 ms after a large project."""
    import atexit
    import os

    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)


def plain_check(arguments: list[str]) -> bool:
    """True for `greenlint FILE...`, what a pre-commit hook runs: no option to parse, so click is not needed (20 ms)."""
    if not arguments or any(argument.startswith("-") for argument in arguments):
        return False
    return arguments[0] not in COMMANDS


if __name__ == "__main__":
    main()
