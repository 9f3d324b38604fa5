"""The energy report as one self-contained HTML page."""

from __future__ import annotations

from greenlint.reporters.energy.chart import commit_charts
from greenlint.reporters.energy.tables import basis_line, notes, percent, seconds, subject, title
from greenlint.reporters.energy.text import period
from greenlint.reporters.html.cells import energy_columns, quantity, row, table, verdict
from greenlint.reporters.html.markup import Markup, join, prose, tag
from greenlint.reporters.html.page import badge, legend, page, section
from greenlint.reporters.numbers import show

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.budget import Verdict
    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.energy.report import EnergyReport
    from greenlint.reporters.survey.rows import Basis, Row

_MOST_ROWS = 100  # rows per table; a page of thousands helps nobody, the CSV has them all


def render_page(report: EnergyReport, words: Catalog) -> str:
    """The page: numbers, commits, languages, tests, budgets, how to read it."""
    heading = words("report.heading", project=report.project)
    header = join(
        tag("p", "greenlint", class_="eyebrow"),
        tag("h1", heading),
        tag("p", words("report.lead"), class_="lead"),
        tag("p", period(report, words), class_="meta"),
    )
    order = [name for name in ("commit", "language", "test") if name in report.sections]
    main = join(
        _numbers(report, words),
        _budgets(report.judged.verdicts, words),
        [_section(report, name, words) for name in order],
        legend(words),
    )
    footer = join(tag("p", note) for note in notes(report, words))
    return page(heading, words, header, main, footer)


def _numbers(report: EnergyReport, words: Catalog) -> Markup:
    """Four boxes: the newest test run (else the newest run), its CPU time, how many tests have energy, budgets."""
    runs = report.survey.runs
    suites = [one for one in runs if one.run.kind == "account" and one.complete]
    newest = (suites or runs)[-1]
    mark = [badge(newest.energy.method.mark, words, newest.energy.method.tier)] if newest.energy else []
    tests = {one.key for one in report.survey.by_test if one.kind == "call"}
    measured = {one.key for one in report.survey.by_test if one.kind == "call" and one.energy}
    boxes = [
        (
            words("report.newest" if suites else "report.newest.run"),
            quantity(newest.energy, words),
            tag("small", newest.run.started_utc[:10], " ", mark),
        ),
        (words("report.cpu"), seconds(newest.cpu_s), tag("small", badge("CPU time", words))),
        (words("report.tests"), f"{len(measured)}", tag("small", words("report.of", total=len(tests)))),
        (words("report.budgets"), *_budget_box(report.judged.verdicts, words)),
    ]
    return tag("dl", [tag("div", tag("dt", name), tag("dd", value, more)) for name, value, more in boxes], class_="numbers")


def _budget_box(verdicts: tuple[Verdict, ...], words: Catalog) -> tuple[str, Markup]:
    outcomes = [one.outcome.value for one in verdicts]
    if not outcomes:
        return words("none"), join()
    exceeded = outcomes.count("fail")
    bad = [" · ", tag("span", words("report.exceeded", count=exceeded), class_="verdict fail")] if exceeded else []
    return str(outcomes.count("pass")), tag("small", words("report.met", total=len(outcomes)), bad)


def _section(report: EnergyReport, name: str, words: Catalog) -> Markup:
    groups = report.by_basis(name)
    sections = []
    for kind in dict.fromkeys(rows[0].kind for _, rows in groups):
        own = [(basis, rows) for basis, rows in groups if rows[0].kind == kind]
        charts = commit_charts(own, words) if name == "commit" else []
        blocks = [_table(report, name, basis, rows, words) for basis, rows in own]
        hint = words(f"report.hint.{subject(name, own[0][1])}")
        sections.append(section(title(name, kind, words), hint, *charts, *blocks))
    return join(sections)


def _table(report: EnergyReport, name: str, basis: Basis, rows: list[Row], words: Catalog) -> Markup:
    shown = rows[:_MOST_ROWS]
    left = len(rows) - len(shown)
    top = max((one.energy.interval[1] for one in shown if one.energy), default=0.0)
    heads = _heads(name, subject(name, rows), words)
    body = [row(heads, _cells(report, name, one, top, words)) for one in shown]
    more = [tag("p", prose(words("report.more", count=left, by=name)), class_="note")] if left else []
    drawn = table(basis_line(basis, rows, words), heads, body, long_names=name == "test")
    return tag("div", drawn, more, class_="card")


def _heads(name: str, what: str, words: Catalog) -> list[tuple[str, str]]:
    """Titles and classes; "far" columns are left out on a phone."""
    energy = [("energy", "num"), ("interval", "far"), ("mark", "")]
    rest = {
        "test": [("cpu", "num far"), ("runs", "num far"), ("budget", "")],
        "language": [("share", "num"), ("cpu", "num far"), ("windows", "num far")],
        "commit": [("cpu", "num far"), ("runs", "num far"), ("tests", "num far")],
    }[name]
    return [(words(f"col.{key}"), css) for key, css in [(what, "name"), *energy, *rest]]


def _cells(report: EnergyReport, name: str, one: Row, top: float, words: Catalog) -> list[Markup]:
    label = tag("small", one.label) if one.label else join()
    key = tag("span", one.key, class_="mono" if name != "language" else None)
    rest = {
        "test": lambda: [seconds(one.cpu_s), str(one.runs), verdict(report.verdict_of(one), words)],
        "language": lambda: [percent(one.share), seconds(one.cpu_s), str(one.windows)],
        "commit": lambda: [seconds(one.cpu_s), str(one.runs), str(round(one.windows / one.runs))],
    }[name]()
    return [join(key, label), *energy_columns(one.energy, top, words), *(join(text) for text in rest)]


def _budgets(verdicts: tuple[Verdict, ...], words: Catalog) -> Markup:
    if not verdicts:
        return section(words("report.budgets"), words("report.no_budgets"))
    columns = (("budget", "name"), ("limit", "num"), ("value", "num"), ("mark", ""), ("verdict", ""))
    heads = [(words(f"col.{key}"), css) for key, css in columns]
    rows = [row(heads, _budget_cells(one, words)) for one in verdicts]
    card = tag("div", table(words("report.hint.budgets"), heads, rows, long_names=True), class_="card")
    return section(words("report.budgets"), "", card)


def _budget_cells(one: Verdict, words: Catalog) -> list[Markup]:
    budget = one.budget
    value = tag("span", words("not_measured"), class_="absent")
    if one.value is not None:
        shown = show(one.value, "J" if budget.quantity == "energy" else "s", one.low, one.high)
        text = tag("span", f"{shown.value} {shown.unit}", class_="value")
        value = join(text, tag("span", shown.interval, class_="between"))
    where = f"{words(f'scope.{budget.scope}')} · {budget.where}"
    return [
        join(tag("span", one.subject, class_="mono"), tag("small", where)),
        join(budget.text),
        value,
        badge(one.mark, words),
        verdict(one.outcome.value, words),
    ]
