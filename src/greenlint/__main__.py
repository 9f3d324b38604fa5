"""The entry point: answers --version before importing anything, and the pre-commit case without the command-line parser."""

from __future__ import annotations

import _signal as signal  # type: ignore[import-not-found]  # without the enumerations of `signal`, which take 1 ms
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType
    from typing import NoReturn

COMMANDS = {
    "bench": "Repeat benchmarks until they are precise, and store them.",
    "check": "Lint files and folders (the default command).",
    "budget": "Write limits from what was measured.",
    "compare": "Compare implementations side by side, in any language.",
    "doctor": "Say what this machine can measure, why not more, and what to do.",
    "gate": "Check energy budgets over the ledger.",
    "history": "Measure benchmarks per commit, and see where they changed.",
    "ledger": "Merge, verify, export, import and clean the ledger.",
    "measure": "Measure energy, CPU time and memory of a command.",
    "report": "Report energy by test, language and commit; --kpi for the organisation page.",
    "rule": "Explain one rule.",
    "rules": "List all rules.",
}

INTERRUPTED = 130
"""Exit code after Ctrl-C, as a shell reports SIGINT; never 1, which means findings."""


def main() -> None:
    """Run the command line; never returns."""
    arguments = sys.argv[1:]
    if sys.stdout is None or sys.stderr is None:
        _reopen_closed_streams()
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # else whoever started us does not want it
        signal.signal(signal.SIGINT, _interrupt)
    try:
        code = _run(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        code = _quiet_broken_pipe()
    except OSError as error:
        code = _report_os_error(error)
    except KeyboardInterrupt:
        sys.stderr.write("greenlint: interrupted\n")
        code = INTERRUPTED
    if arguments and arguments[0] in (*COMMANDS, "--version", "-V") and arguments[0] != "check":
        sys.exit(code)
    _leave(code)


def _interrupt(_number: int, frame: FrameType | None) -> None:
    """Ctrl-C. Python loses exceptions in callbacks of weak references, which each import has: there it comes 1 ms later."""
    code = frame.f_code if frame is not None else None
    if (
        code is not None
        and code.co_name == "cb"
        and code.co_filename == "<frozen importlib._bootstrap>"
        and sys.platform != "win32"
    ):
        signal.signal(signal.SIGALRM, _interrupt)
        signal.setitimer(signal.ITIMER_REAL, 0.001)
        return
    raise KeyboardInterrupt


def _run(arguments: list[str]) -> int:
    if arguments in (["--version"], ["-V"]):
        from greenlint import __version__

        sys.stdout.write(f"greenlint {__version__}\n")
        return 0
    lint = lint_arguments(arguments)
    if lint is not None:
        from greenlint.cli.fast import check_plainly

        code = check_plainly(lint)
        if code is not None:
            return code
    from greenlint.cli.main import cli

    try:
        cli(prog_name="greenlint")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2 if stop.code else 0
    return 0


def _reopen_closed_streams() -> None:
    """A caller that closed a stream (`>&-`) does not want to read it: write to nowhere, and keep its number taken."""
    import os

    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - open as long as the process


def _quiet_broken_pipe() -> int:
    """The reader of our output has gone (`greenlint | head`): say nothing, and let the interpreter close quietly."""
    _discard_output()
    return 141


def _report_os_error(error: OSError) -> int:
    """What no command expected, such as a full disk behind standard output: one line, and no second one at the end."""
    _discard_output()
    where = error.filename or ("standard output" if _folder_exists() else "the current folder")
    sys.stderr.write(f"greenlint: error: {where}: {error.strerror or error}\n")
    return 2


def _folder_exists() -> bool:
    import os

    try:
        os.getcwd()
    except OSError:
        return False  # somebody deleted it while our shell was in it
    return True


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


def lint_arguments(arguments: list[str]) -> list[str] | None:
    """What follows `greenlint` or `greenlint check` when files are named to lint; None for all other commands."""
    if not arguments or "--help" in arguments or "-h" in arguments:
        return None
    if arguments[0] == "check":
        return arguments[1:]
    return None if arguments[0] in COMMANDS else arguments


if __name__ == "__main__":
    main()
