"""What `greenlint gate --base` does: measure both commits, print, and leave with the verdict's code."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from greenlint.gate.against import Against


def compare_commits(
    base: str, paths: tuple[str, ...], options: dict[str, Any], *, strict: bool, output_format: str
) -> NoReturn:
    """Run the comparison. Raises GreenlintError for an unknown commit or a process that fails."""
    from greenlint.cli.common import load_config_or_fail, say
    from greenlint.gate.against import Request, against

    config = load_config_or_fail(".")
    first, second = _pairs(options["pairs"])
    request = Request(
        base, paths, options["keyword"], first, second, _effect(options["min_effect"]), options["seed"], options["provider"]
    )
    with _Progress() as progress:
        result = against(config, request, progress.show)
    code = result.exit_code(strict=strict)
    _write(result, output_format, code)
    for notice in result.notices:
        say("note", notice)
    if code == 4:
        say("error", "nothing measured: no test uses the `energy` fixture (name the benchmarks' paths)")
    sys.exit(code)


def _write(result: Against, output_format: str, code: int) -> None:
    from greenlint.cli.common import echo_json, style, width, write_data, write_text
    from greenlint.reporters.pairs import json, junit, markdown, text

    if output_format == json.NAME:
        echo_json(json.as_object(result, code))
    elif output_format == markdown.NAME:
        write_data(markdown.render(result))
    elif output_format == junit.NAME:
        write_data(junit.render(result))
    else:
        write_text(text.render(result, width(), style))


def _pairs(text: str) -> tuple[int, int | None]:
    """Pairs of the first and, where given, of the second stage."""
    from greenlint.analysis.pairs import FIRST_P, SECOND_P, least_pairs

    parts = text.split(",")
    if len(parts) > 2 or not all(part.strip().isdigit() and 1 <= int(part) <= 1000 for part in parts):
        raise click.UsageError(f"--pairs {text}: one or two whole numbers such as 8 or 8,12 are needed")
    first, second = int(parts[0]), int(parts[1]) if len(parts) == 2 else None
    for number, least in ((first, least_pairs(FIRST_P)), (second, least_pairs(SECOND_P))):
        if number is not None and number < least:
            raise click.UsageError(f"--pairs {text}: {number} pairs can never be certain of a change, {least} can")
    return first, second


def _effect(text: str) -> float:
    number = text.strip().removesuffix("%").strip()
    try:
        effect = float(number) / 100
    except ValueError:
        effect = -1.0
    if not 0 <= effect < 10 or not text.strip().endswith("%"):
        raise click.UsageError(f"--min-effect {text}: a percentage such as '2 %' is needed")
    return effect


class _Progress:
    """One line on a terminal that is written over; nothing in a pipe."""

    def __enter__(self) -> _Progress:
        self._shown = sys.stderr.isatty()
        return self

    def __exit__(self, *exception: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")

    def show(self, text: str) -> None:
        """Say what is being done."""
        if self._shown:
            sys.stderr.write(f"\r\x1b[K{text}")
            sys.stderr.flush()
