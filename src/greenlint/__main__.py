"""The entry point: answers --version before importing anything, and the pre-commit case without the command-line parser."""

from __future__ import annotations

import sys

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
    if plain_check(arguments):
        from greenlint.cli.fast import check_plainly

        sys.exit(check_plainly(arguments))
    from greenlint.cli.main import cli

    cli(prog_name="greenlint")


def plain_check(arguments: list[str]) -> bool:
    """True for `greenlint FILE...`, what a pre-commit hook runs: no option to parse, so click is not needed (20 ms)."""
    if not arguments or any(argument.startswith("-") for argument in arguments):
        return False
    return arguments[0] not in COMMANDS


if __name__ == "__main__":
    main()
