"""The energy report as tables: one per section and basis, so that nothing is ranked that cannot be compared."""

from __future__ import annotations

from greenlint.reporters.numbers import show
from greenlint.reporters.tables.model import Column, Table

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.budget import Verdict
    from greenlint.model.energy import Energy
    from greenlint.reporters.catalog import Catalog
    from greenlint.reporters.energy.report import EnergyReport
    from greenlint.reporters.survey.rows import Basis, Row

_COLOURS = {"pass": "green", "fail": "red", "inconclusive": "yellow", "incomparable": "yellow", "unmeasured": "yellow"}


def tables(report: EnergyReport, words: Catalog, *, top: int | None = None) -> Iterator[Table]:
    """All tables of the report; `top` limits the rows by test and says how many are left out."""
    for section in report.sections:
        for basis, rows in report.by_basis(section):
            yield _section(report, section, basis, rows, words, top if section == "test" else None)
    if report.judged.verdicts:
        yield _budgets(report.judged.verdicts, words)


def notes(report: EnergyReport, words: Catalog) -> list[str]:
    """What was left out, and why there may be several tables of a kind."""
    survey = report.survey
    found = [
        words(f"report.{name}", count=count)
        for name, count in (
            ("interrupted", survey.interrupted),
            ("invalid", survey.invalid),
            ("excluded", survey.excluded),
        )
        if count
    ]
    if any(sum(1 for basis, _ in report.by_basis(section) if basis.tier) > 1 for section in report.sections):
        found.append(words("report.separate"))
    return found


def subject(section: str, rows: list[Row]) -> str:
    """What the rows of a group are: test, command, language or commit."""
    return "command" if section == "test" and rows[0].kind == "command" else section


def title(section: str, kind: str, words: Catalog) -> str:
    """The heading of a group: commands stand apart from tests, and each kind of run has its own commits."""
    if section == "commit":
        return words("report.by_commit.kind", kind=words(f"kind.{kind}"))
    return words("report.by_command" if kind == "command" else f"report.by_{section}")


def basis_line(basis: Basis, rows: list[Row], words: Catalog) -> str:
    """What all values of a table share, in words."""
    energy = next((row.energy for row in rows if row.energy), None)
    if energy is None:
        return words("not_measured")
    mark = words(f"mark.{energy.method.mark}")
    return words("basis", mark=mark, tier=basis.tier, machine=basis.machine_class, boundary=basis.boundary)


def energy_cells(energy: Energy | None, words: Catalog) -> tuple[str, str, str]:
    """Value, interval and mark; below the detection limit "<= x J", without a measurement its word."""
    if energy is None:
        return words("not_measured"), "", words("mark.unmeasured")
    mark = words(f"mark.{energy.method.mark}")
    if energy.below_limit:
        limit = show(energy.upper_limit, "J")
        return f"<= {limit.value} {limit.unit}", "", mark
    shown = show(energy.energy_j, "J", *energy.interval)
    return f"{shown.value} {shown.unit}", shown.interval, mark


def seconds(value: float) -> str:
    """A CPU time: "611 ms"."""
    shown = show(value, "s")
    return f"{shown.value} {shown.unit}"


def percent(share: float | None) -> str:
    """A share: "62 %", or nothing."""
    return "" if share is None else f"{share * 100:.0f} %" if share >= 0.0095 or share == 0 else "< 1 %"


def _section(report: EnergyReport, section: str, basis: Basis, rows: list[Row], words: Catalog, top: int | None) -> Table:
    shown = rows[:top]
    left = len(rows) - len(shown)
    energy = (
        Column(words("col.energy"), ">"),
        Column(words("col.interval")),
        Column(words("col.mark"), drop=2),
    )
    cpu = Column(words("col.cpu"), ">", drop=4)
    verdicts = {words(f"verdict.{outcome}"): colour for outcome, colour in _COLOURS.items()}
    columns = {
        "test": (
            Column(words(f"col.{subject(section, rows)}"), flexible=True, keep_end=True),
            *energy,
            cpu,
            Column(words("col.runs"), ">", drop=5),
            Column(words("col.budget"), drop=1, colours=verdicts),
        ),
        "language": (
            Column(words("col.language"), flexible=True),
            *energy,
            Column(words("col.share"), ">", drop=3),
            cpu,
            Column(words("col.windows"), ">", drop=5),
        ),
        "commit": (
            Column(words("col.commit"), flexible=True),
            *energy,
            cpu,
            Column(words("col.runs"), ">", drop=5),
            Column(words("col.tests"), ">", drop=6),
            Column(words("col.subject"), flexible=True, drop=8),
        ),
    }[section]
    cells = tuple(_cells(report, section, row, words) for row in shown)
    more = (words("report.more", count=left, by=section),) if left else ()
    return Table(title(section, rows[0].kind, words), columns, cells, basis_line(basis, rows, words), more)


def _cells(report: EnergyReport, section: str, row: Row, words: Catalog) -> tuple[str, ...]:
    energy = energy_cells(row.energy, words)
    cpu = seconds(row.cpu_s)
    if section == "test":
        outcome = report.verdict_of(row)
        return (row.key, *energy, cpu, str(row.runs), words(f"verdict.{outcome}") if outcome else "")
    if section == "language":
        return (row.key, *energy, percent(row.share), cpu, str(row.windows))
    return (row.key, *energy, cpu, str(row.runs), str(round(row.windows / row.runs)), row.label)


def _budgets(verdicts: tuple[Verdict, ...], words: Catalog) -> Table:
    colours = {words(f"verdict.{outcome}"): colour for outcome, colour in _COLOURS.items()}
    columns = (
        Column(words("col.scope"), drop=4),
        Column(words("col.budget"), flexible=True, keep_end=True),
        Column(words("col.limit"), ">"),
        Column(words("col.value"), ">"),
        Column(words("col.bounds"), drop=2),
        Column(words("col.mark"), drop=3),
        Column(words("col.verdict"), colours=colours),
    )
    rows = tuple(_budget_cells(verdict, words) for verdict in verdicts)
    return Table(words("report.budgets"), columns, rows, words("report.hint.budgets"))


def _budget_cells(verdict: Verdict, words: Catalog) -> tuple[str, ...]:
    unit = "J" if verdict.budget.quantity == "energy" else "s"
    value, bounds = "-", ""  # the verdict says why
    if verdict.value is not None:
        shown = show(verdict.value, unit, verdict.low, verdict.high)
        value, bounds = f"{shown.value} {shown.unit}", shown.interval
    return (
        words(f"scope.{verdict.budget.scope}"),
        verdict.subject,
        verdict.budget.text,
        value,
        bounds,
        words(f"mark.{verdict.mark}"),
        words(f"verdict.{verdict.outcome.value}"),
    )
