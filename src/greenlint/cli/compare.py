"""`greenlint compare`: implementations side by side, in any language, by interleaved paired rounds."""

from __future__ import annotations

import os
import sys

import click

from greenlint.bench.plan import DEFAULT_ROUNDS, DEFAULT_RTOL, DEFAULT_TIMEOUT_S, LEAST_ROUNDS
from greenlint.cli.options import ANY_PATH


@click.command("compare")
@click.argument("what", nargs=-1, required=True, metavar="SPEC.toml | NAME=CMD NAME=CMD...")
@click.option("--baseline", metavar="NAME", help="What ratios refer to, and whose output is right (default: the first).")
@click.option("--expect", metavar="FILE", type=ANY_PATH, help="A file with the right output, instead of the baseline's.")
@click.option("--mode", type=click.Choice(["exact", "numeric"]), help="How outputs are compared (default: exact).")
@click.option(
    "--rtol",
    metavar="X",
    type=click.FloatRange(min=0),
    help=f"Relative tolerance of --mode numeric (default: {DEFAULT_RTOL:g}).",
)
@click.option(
    "--rounds",
    metavar="N",
    type=click.IntRange(min=LEAST_ROUNDS),
    help=f"Counted runs of each, {LEAST_ROUNDS} or more (default: {DEFAULT_ROUNDS}, fewer when that takes over 5 minutes).",
)
@click.option(
    "--warmup", metavar="N", type=click.IntRange(min=0), help="Uncounted runs besides the verification run (default: 0)."
)
@click.option("--seed", metavar="N", type=click.IntRange(min=0), help="Seed of the random order (default: drawn, and printed).")
@click.option(
    "--timeout",
    metavar="SECONDS",
    type=click.FloatRange(min=0, min_open=True),
    help=f"Seconds that one run may take (default: {DEFAULT_TIMEOUT_S:g}).",
)
@click.option("--language", "languages", multiple=True, metavar="NAME=LANG", help="Language of one; otherwise guessed.")
@click.option("--provider", metavar="NAME", help="Energy provider (default: as configured, else the best that works here).")
@click.option("--allow-failures", is_flag=True, help="Exit 0 although an implementation crashed, hung or printed wrong output.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object with every raw run instead of the table.")
@click.option("--output-file", metavar="FILE", type=ANY_PATH, help="Write the report to this file instead of stdout.")
@click.option("--ledger", "ledger_path", metavar="FILE", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.option("--no-ledger", is_flag=True, help="Record nothing.")
def command(
    what: tuple[str, ...],
    baseline: str | None,
    expect: str | None,
    mode: str | None,
    rtol: float | None,
    rounds: int | None,
    warmup: int | None,
    seed: int | None,
    timeout: float | None,
    languages: tuple[str, ...],
    provider: str | None,
    allow_failures: bool,
    as_json: bool,
    output_file: str | None,
    ledger_path: str | None,
    no_ledger: bool,
) -> None:
    """Compare programs that do the same work.

    Every round runs each program once, in random order, and checks what it prints. Ratios are paired by round. Commands
    are split as a shell splits them and run without one: greenlint compare py="python sort.py 1000" c="./sort 1000"

    Exit codes: 0 compared, 1 a program crashed, hung or printed something else, 2 usage, 4 no two could be measured. A
    program that is not installed is shown, and is no failure.
    """
    from greenlint.cli.common import load_config_or_fail
    from greenlint.cli.comparing import Changes, Output, carry_out, make_plan, require_folder

    changes = Changes(baseline, expect, mode, rtol, rounds, warmup, seed, timeout)
    plan = make_plan(what, changes, languages)
    require_folder(output_file)
    config = load_config_or_fail(".")
    ledger = os.path.abspath(ledger_path) if ledger_path else config.energy.ledger
    output = Output(as_json, output_file, None if no_ledger else ledger, allow_failures)
    sys.exit(carry_out(plan, config, provider or config.energy.provider, output, what))
