"""What `greenlint gate --base` does: measure both commits, print, and leave with the verdict's code."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from greenlint.config.schema import Config
    from greenlint.gate.against import Against


def compare_commits(
    base: str, paths: tuple[str, ...], options: dict[str, Any], *, strict: bool, output_format: str
) -> NoReturn:
    """Run the comparison. Raises GreenlintError for an unknown commit or a process that fails."""
    from greenlint.cli.common import load_config_or_fail, say
    from greenlint.cli.comparing import Progress
    from greenlint.gate.against import Request, against

    config = load_config_or_fail(".")
    first, second = _pairs(options["pairs"])
    effect = None if options["min_effect"] is None else percentage("--min-effect", options["min_effect"])
    keyword, seed, provider, metric = (options[name] for name in ("keyword", "seed", "provider", "metric"))
    outputs = [_output(text) for text in options["also"]]
    request = Request(base, paths, keyword, first, second, effect, seed, provider, metric)
    progress = Progress()
    try:
        result = against(config, request, progress.tell)
    finally:
        progress.clear()
    _record(result, config)
    code = result.exit_code(strict=strict)
    _write(result, output_format, code)
    for name, path in outputs:
        _write_file(path, _text(result, name, code), "w")
    if options["summary"]:
        _summary(result, code)
    for notice in (*result.notices, *_too_few(result)):
        say("note", notice)
    if code == 4:
        unmeasured = [one.name for one in result.results if one.reason and one.verdict.value == "unmeasured"]
        what = f"{len(unmeasured)} benchmarks fail" if unmeasured else "no test uses the `energy` fixture (name their paths)"
        say("error", f"nothing measured: {what}")
    sys.exit(code)


def _text(result: Against, output_format: str, code: int) -> str:
    """The result in a format for programs."""
    from greenlint.reporters.encoding import json_text
    from greenlint.reporters.pairs import json, junit, markdown, sarif

    if output_format == json.NAME:
        return json_text(json.as_object(result, code))
    renderers = {markdown.NAME: markdown.render, junit.NAME: junit.render, sarif.NAME: sarif.render}
    return renderers[output_format](result)


def _write(result: Against, output_format: str, code: int) -> None:
    from greenlint.cli.common import style, width, write_data, write_text
    from greenlint.reporters.pairs import text

    if output_format == text.NAME:
        write_text(text.render(result, width(), style))
    else:
        write_data(_text(result, output_format, code))


def _output(text: str) -> tuple[str, str]:
    """Format and path of an --also, checked before anything is measured."""
    from greenlint.cli.comparing import require_folder
    from greenlint.cli.gate import FILE_FORMATS

    name, _, path = text.partition("=")
    if name not in FILE_FORMATS or not path:
        raise click.UsageError(f"--also {text}: one of {', '.join(FILE_FORMATS)}, then = and a file such as md=gate.md")
    require_folder(path)
    return name, path


def _summary(result: Against, code: int) -> None:
    """The Markdown behind what other steps of the job have written to its summary."""
    from greenlint.cli.common import say

    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        _write_file(path, _text(result, "md", code), "a")
    else:
        say("note", "--summary: GITHUB_STEP_SUMMARY names no file here, nothing was written")


def _write_file(path: str, text: str, mode: str) -> None:
    from greenlint.errors import ConfigError

    try:
        with open(path, mode, encoding="utf-8", errors="surrogateescape") as file:
            file.write(text)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error


def _record(result: Against, config: Config) -> None:
    """Store every pair; a ledger that cannot be written costs a note, not the verdict."""
    if not result.pairs or config.energy.ledger == "off":
        return
    from greenlint.cli.common import say
    from greenlint.errors import LedgerError
    from greenlint.gate.record import gate_rows, gate_run
    from greenlint.ledger.git import describe_commit
    from greenlint.ledger.store import Ledger

    run = gate_run(result, describe_commit(config.root), config.root, sys.argv[1:])
    try:
        with Ledger.open(os.path.join(config.root, config.energy.ledger)) as ledger:
            ledger.begin(run)
            ledger.append(run.run_id, gate_rows(result.pairs))
            ledger.finish(run.run_id)
    except LedgerError as error:
        say("note", f"the pairs are not recorded: {error}")


def _too_few(result: Against) -> list[str]:
    """What the noise of this machine, where `doctor --aa` has measured it, says about the pairs that were chosen."""
    from greenlint.analysis.pairs import SECOND_PAIRS, pairs_needed
    from greenlint.profiler.pair_noise import find_noise

    noise = find_noise(result.machine_class, result.metric)
    if noise is None or not result.pairs:
        return []
    chosen = result.settings.second_pairs or SECOND_PAIRS
    needed = pairs_needed(noise.sd, PROMISED)
    if needed is not None and needed <= chosen:
        return []
    advice = f"--pairs {result.settings.first_pairs},{needed}" if needed else "use a quieter machine"
    many = f"{needed} pairs" if needed else "more pairs than anybody runs"
    return [f"processes differ by {noise.sd:.1%} here ({noise.date}): to see +5 % takes {many}, {chosen} decide: {advice}"]


PROMISED = 0.05
"""The worsening that a gate ought to find in eight of ten cases."""


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


def percentage(option: str, text: str) -> float:
    """A share of 1 from "2 %". Raises UsageError."""
    number = text.strip().removesuffix("%").strip()
    try:
        share = float(number) / 100
    except ValueError:
        share = -1.0
    if not 0 <= share < 10 or not text.strip().endswith("%"):
        raise click.UsageError(f"{option} {text}: a percentage such as '2 %' is needed")
    return share
