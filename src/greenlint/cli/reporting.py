"""What `greenlint report` does once its options are known: read the ledger once, then render in any format."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import date, datetime, timezone
from typing import TYPE_CHECKING, Protocol

from greenlint.errors import ConfigError
from greenlint.ledger.store import Ledger

if TYPE_CHECKING:
    from greenlint.config.schema import Config
    from greenlint.reporters.base import RenderOptions
    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.energy.report import EnergyReport
    from greenlint.reporters.kpi.facts import Facts
    from greenlint.reporters.kpi.lint_facts import LintFacts
    from greenlint.reporters.kpi.tile import Tile
    from greenlint.reporters.survey.rows import Survey
    from greenlint.reporters.verdicts import Judged


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """The options of one call; `top` limits the rows by test on a terminal."""

    config: Config
    path: str
    sections: tuple[str, ...]
    since: str | None
    kpi: bool
    words: Catalog
    options: RenderOptions
    top: int | None

    @property
    def project(self) -> str:
        """The name of the project's folder."""
        return os.path.basename(os.path.abspath(self.config.root))


class Report(Protocol):
    """A report that is ready to be rendered."""

    @property
    def measured(self) -> bool:
        """Whether anything in it has energy."""

    def render(self, name: str) -> str:
        """The report as text, md, csv, json or html."""


def parse_since(text: str | None) -> str | None:
    """A day or a time as ISO 8601 in UTC. Raises ConfigError for anything else."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        pass
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))  # Python 3.10 does not know the Z
    except ValueError:
        raise ConfigError(f"--since {text}: is not a date", "write it as 2026-11-01 or 2026-11-01T12:00") from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=timezone.utc)).astimezone(timezone.utc).isoformat()


@dataclass(frozen=True, slots=True)
class Loaded:
    """What the ledger holds about the period, the verdicts over its newest test run, and the number of all its runs."""

    survey: Survey
    judged: Judged
    all_runs: int


def load(request: ReportRequest) -> Loaded:
    """Read the ledger once. Raises LedgerError for a file that is no ledger."""
    from greenlint.reporters.survey.gather import gather
    from greenlint.reporters.verdicts import judge_newest

    with Ledger.open(request.path, create=False) as ledger:
        survey = gather(ledger, request.since)
        return Loaded(survey, judge_newest(ledger, request.config), len(ledger.runs()))


def make_report(request: ReportRequest, loaded: Loaded) -> Report:
    """The report about a period that has runs. Raises ConfigError for an unknown carbon zone or rule code."""
    if request.kpi:
        from greenlint.carbon.factors import factor_for
        from greenlint.reporters.kpi.facts import Facts
        from greenlint.reporters.kpi.registry import all_tiles

        config = request.config
        factor, lint = factor_for(config.carbon), _lint(config)
        facts = Facts(request.project, loaded.survey, loaded.judged.verdicts, config.carbon, factor, lint)
        return _KpiReport(request, facts, all_tiles(facts))
    from greenlint.reporters.energy.report import EnergyReport

    return _EnergyReport(request, EnergyReport(request.project, loaded.survey, loaded.judged, request.sections))


def _lint(config: Config) -> LintFacts:
    from greenlint.reporters.kpi.lint_facts import lint_facts

    if sys.stderr.isatty():
        sys.stderr.write("greenlint: looking at the source for dead code and assets ...\n")
    return lint_facts(config)


@dataclass(frozen=True, slots=True)
class _EnergyReport:
    request: ReportRequest
    report: EnergyReport

    @property
    def measured(self) -> bool:
        return self.report.survey.measured

    def render(self, name: str) -> str:
        from greenlint.reporters.encoding import json_text
        from greenlint.reporters.energy import document, page, text

        words, top = self.request.words, self.request.top
        if name == "json":
            return json_text(document.as_json(self.report))
        if name == "csv":
            return document.as_csv(self.report)
        if name == "html":
            return page.render_page(self.report, words)
        if name == "md":
            return text.render_markdown(self.report, words, top)
        return text.render_text(self.report, words, self.request.options, top)


@dataclass(frozen=True, slots=True)
class _KpiReport:
    request: ReportRequest
    facts: Facts
    tiles: tuple[Tile, ...]

    @property
    def measured(self) -> bool:
        return self.facts.survey.measured

    def render(self, name: str) -> str:
        from greenlint.reporters.encoding import json_text
        from greenlint.reporters.kpi import document, page, tables

        words = self.request.words
        if name == "json":
            return json_text(document.as_json(self.facts, self.tiles))
        if name == "csv":
            return document.as_csv(self.tiles)
        if name == "html":
            return page.render_page(self.facts, self.tiles, words)
        if name == "md":
            return tables.render_markdown(self.facts, self.tiles, words)
        return tables.render_text(self.facts, self.tiles, words, self.request.options)
