"""`greenlint report`: what tests, languages and commits use, and the organisation page."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

import click

from greenlint.cli.options import ANY_PATH

if TYPE_CHECKING:
    from greenlint.cli.reporting import Report, ReportRequest

_HOW = "run `pytest --energy` or `greenlint measure -- CMD` first"
_FORMATS = ("text", "md", "csv", "json", "html")


@click.command("report")
@click.option("--ledger", "ledger_path", type=ANY_PATH, help="Ledger file (default: as configured).")
@click.option("--by", type=click.Choice(["test", "language", "commit"]), help="Only this table, with all its rows.")
@click.option("--since", metavar="DATE", help="Only runs from this day or time on (2026-11-01, UTC).")
@click.option("--kpi", is_flag=True, help="The organisation page: energy per test run, bill, budgets, data quality, waste.")
@click.option("--html", "html_file", type=ANY_PATH, help="Also write one self-contained HTML page to this file.")
@click.option("--format", "output_format", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option("--output", type=ANY_PATH, help="Write the report to this file instead of stdout.")
@click.option("--lang", type=click.Choice(["en", "zh-CN"]), help="Language for people (default: from the locale).")
def command(
    ledger_path: str | None,
    by: str | None,
    since: str | None,
    kpi: bool,
    html_file: str | None,
    output_format: str,
    as_json: bool,
    output: str | None,
    lang: str | None,
) -> None:
    """Report energy by test, by language and by commit, from the ledger.

    Exit codes: 0 reported, 2 usage or configuration, 4 nothing measured yet.
    """
    from greenlint.cli.common import load_config_or_fail, style, width, write_data, write_text
    from greenlint.cli.reporting import ReportRequest, parse_since
    from greenlint.errors import ConfigError
    from greenlint.reporters.base import RenderOptions, plain
    from greenlint.reporters.catalog import language_of, load_catalog

    if kpi and by:
        raise ConfigError("--by chooses a table of the energy report, and --kpi is another page", "leave one of the two out")
    config = load_config_or_fail(".")
    request = ReportRequest(
        config=config,
        path=ledger_path or os.path.join(config.root, config.energy.ledger),
        sections=(by,) if by else ("test", "language", "commit"),
        since=parse_since(since),
        kpi=kpi,
        words=load_catalog(lang or language_of(os.environ)),
        options=RenderOptions(width(), plain if output else style),
        top=None if by else config.energy.report,
    )
    report = _make(request)
    if html_file:
        _write(html_file, report.render("html"))
        sys.stderr.write(f"greenlint: wrote {html_file}\n")
    text = report.render("json" if as_json else output_format)
    if output:
        _write(output, text)
    else:
        (write_data if as_json or output_format != "text" else write_text)(text)
    if not report.measured:
        nothing_measured(f"{request.path}: no run has energy", "`greenlint doctor` says what this machine can measure")


def _make(request: ReportRequest) -> Report:
    """The report over the runs that are asked for; without any the process ends."""
    from greenlint.cli.reporting import load, make_report
    from greenlint.ledger.store import Ledger

    if not Ledger.exists(request.path):
        nothing_measured(f"{request.path}: no such ledger", _HOW)
    loaded = load(request)
    if not loaded.survey.runs:
        _explain_nothing(request, loaded.all_runs)
    return make_report(request, loaded)


def _explain_nothing(request: ReportRequest, all_runs: int) -> NoReturn:
    from greenlint.model.text import counted

    if request.since is not None and all_runs:
        nothing_measured(
            f"{request.path}: no run since {request.since}", f"{counted(all_runs, 'run')} in all: choose an earlier day"
        )
    nothing_measured(f"{request.path}: the ledger holds no measurement", _HOW)


def nothing_measured(message: str, hint: str) -> NoReturn:
    """Missing data is never a result: say what is missing and leave with 4."""
    from greenlint.cli.common import say

    say("error", f"nothing measured: {message} ({hint})")
    sys.exit(4)


def _write(path: str, text: str) -> None:
    from greenlint.errors import ConfigError
    from greenlint.linter.atomic import write_atomically

    try:
        write_atomically(path, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise ConfigError(f"{path}: cannot be written: {error.strerror}") from error
