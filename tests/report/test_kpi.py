"""The indicators: formulas, coverage, and the rule that weak evidence looks weak and missing evidence is never zero."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ledger_samples import call, counted, energy, run, session

from greenlint.carbon.factors import factor_for
from greenlint.config.schema import CarbonConfig
from greenlint.model.budget import Budget, Outcome, Verdict
from greenlint.model.check import CheckError, CheckResult
from greenlint.model.finding import Effect, EffectClass, Finding, Severity
from greenlint.model.fix import Applicability, Edit, Fix
from greenlint.reporters.kpi.facts import Facts
from greenlint.reporters.kpi.indicators.k04_budgets_met import wilson
from greenlint.reporters.kpi.lint_facts import LintFacts, facts_of
from greenlint.reporters.kpi.registry import all_tiles
from greenlint.reporters.kpi.tile import Figure, Tile
from greenlint.reporters.survey.gather import survey

if TYPE_CHECKING:
    from pathlib import Path

    from greenlint.model.measurement import Measurement
    from greenlint.model.run import Run

LINT = LintFacts(2, 1.8, 3, {"python": 200, "css": 50}, 4096, 1, 12, 0)


def tiles(*records: tuple[Run, list[Measurement]], verdicts: tuple[Verdict, ...] = (), **changes: Any) -> dict[str, Tile]:
    carbon = changes.get("carbon", CarbonConfig())
    facts = Facts("shop", survey(records), verdicts, carbon, factor_for(carbon), changes.get("lint", LINT))
    return {tile.id: tile for tile in all_tiles(facts)}


def verdict(outcome: Outcome) -> Verdict:
    budget = Budget("test", "t", "energy", 1.0, "1 J", "pyproject.toml:1")
    return Verdict(budget, "t", outcome, 1.0, 0.9, 1.1, "measured", "")


def steps(tile: Tile) -> set[str]:
    return {step.key for step in tile.next_steps}


def suite(day: int, joules: float, **changes: Any) -> tuple[Run, list[Measurement]]:
    return run(day, status="complete", **changes), [call("t", energy(joules / 2)), session(energy(joules))]


def test_the_promised_indicators_are_there_in_order() -> None:
    assert list(tiles(suite(1, 1.0))) == ["K02", "K03", "K04", "K06", "K07", "K08", "K09"]


def test_energy_per_run_is_the_sum_over_the_runs_and_its_trend_has_every_run() -> None:
    tile = tiles(*(suite(day, float(day)) for day in range(1, 6)))["K02"]
    assert tile.headline.value == pytest.approx(3.0)
    assert tile.headline.mark == "estimated"
    assert [point.value for point in tile.trend] == pytest.approx([1, 2, 3, 4, 5])
    assert tile.coverage == 1.0
    minutes = 5 * 20 / 60
    assert tile.figures[1].value == pytest.approx(15 / minutes)


def test_half_of_the_runs_without_energy_make_the_tile_weak_and_name_the_remedy() -> None:
    blind = [(run(day, status="complete"), [call("t", None), session(None)]) for day in (2, 3)]
    tile = tiles(suite(1, 1.0), *blind)["K02"]
    assert tile.coverage == pytest.approx(1 / 3)
    assert tile.state == "weak"
    assert "next.coverage" in steps(tile)


def test_without_energy_everything_about_energy_is_missing_and_nothing_is_zero() -> None:
    found = tiles((run(1, status="complete"), [call("t", None), session(None)]))
    for name in ("K02", "K03", "K06", "K09"):
        assert found[name].state == "missing"
        assert found[name].headline.value is None
        assert "next.measure" in steps(found[name])


def test_carbon_is_energy_times_pue_times_factor_with_both_intervals() -> None:
    carbon = CarbonConfig(zone="FRA", pue=1.5, price_per_kwh=0.25)
    tile = tiles(suite(1, 3.6e6), carbon=carbon)["K03"]
    electricity, grams, money = tile.figures
    factor = factor_for(carbon)
    assert electricity.value == pytest.approx(1500.0)  # Wh
    assert grams.value == pytest.approx(1.5 * factor.value_g_per_kwh)
    assert grams.low is not None
    assert grams.high is not None
    assert electricity.low is not None
    assert grams.low / grams.value < min(electricity.low / electricity.value, factor.low / factor.value_g_per_kwh)
    assert (money.value, money.unit) == (pytest.approx(0.375), "EUR")
    assert "next.zone" not in steps(tile)


def test_an_unknown_place_is_weak_carbon_and_asks_for_the_zone() -> None:
    tile = tiles(suite(1, 3.6e6))["K03"]
    assert tile.figures[1].vague
    assert not tile.figures[0].vague
    assert "next.zone" in steps(tile)


def test_errors_of_one_method_do_not_average_out_over_a_year() -> None:
    tile = tiles(*(suite(day, 100.0) for day in range(1, 29)))["K03"]
    half = (tile.headline.high or 0) - (tile.headline.value or 0)
    assert half / (tile.headline.value or 1) == pytest.approx(1.96 * 0.2, rel=0.05)


def test_only_certain_compliance_counts_as_met() -> None:
    outcomes = [Outcome.PASS] * 6 + [Outcome.FAIL, Outcome.INCONCLUSIVE, Outcome.INCOMPARABLE, Outcome.UNMEASURED]
    tile = tiles(suite(1, 1.0), verdicts=tuple(map(verdict, outcomes)))["K04"]
    assert tile.headline.value == pytest.approx(0.6)
    assert (tile.headline.low, tile.headline.high) == pytest.approx((0.3127, 0.8318), abs=1e-3)  # Wilson, 6 of 10
    assert tile.coverage == pytest.approx(0.7)
    assert "next.exceeded" in steps(tile)


def test_no_budget_and_no_measured_budget_are_both_missing() -> None:
    assert tiles(suite(1, 1.0))["K04"].state == "missing"
    unmeasured = tiles(suite(1, 1.0), verdicts=(verdict(Outcome.UNMEASURED),))["K04"]
    assert unmeasured.state == "missing"
    assert "next.measure" in steps(unmeasured)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_wilson_contains_the_share_and_stays_a_share(counts: tuple[int, int]) -> None:
    met, total = counts
    low, high = wilson(met, total)
    assert 0 <= low <= met / total <= high <= 1
    assert high - low < 2 / math.sqrt(total)


def test_the_measured_share_is_by_joules_not_by_runs() -> None:
    server = (run(2, status="complete"), [session(counted(30.0))])
    tile = tiles(suite(1, 10.0), server)["K06"]
    assert tile.headline.value == pytest.approx(0.75)
    assert dict(tile.tiers) == pytest.approx({"T2": 0.75, "T3": 0.25})


def test_a_project_that_only_estimates_is_told_so() -> None:
    tile = tiles(suite(1, 10.0))["K06"]
    assert tile.headline.value == 0.0
    assert "next.counter" in steps(tile)


def test_dead_code_is_bounded_by_confidence_and_suspicion() -> None:
    figure = tiles(suite(1, 1.0))["K07"].headline
    assert (figure.value, figure.low, figure.high) == pytest.approx((0.01, 0.009, 0.015))


def test_bytes_savable_are_exact() -> None:
    figure = tiles(suite(1, 1.0))["K08"].headline
    assert (figure.value, figure.low, figure.unit, figure.mark) == (4096.0, None, "B", "counted")


def test_source_that_could_not_be_checked_is_not_measured() -> None:
    found = tiles(suite(1, 1.0), lint=LintFacts(files=2, unread=2))
    assert found["K07"].state == found["K08"].state == "missing"
    assert steps(found["K08"]) == {"next.lint"}


def test_languages_are_shares_of_energy_and_of_lines() -> None:
    commands = [call("a", energy(9.0)), call("b", energy(1.0), language="c")]
    tile = tiles((run(1, status="complete"), commands))["K09"]
    assert tile.headline.value == pytest.approx(0.9)
    assert tile.headline.label is not None
    assert tile.headline.label.values == {"language": "python"}
    mixes = {title: {part.label: part.share for part in parts} for title, parts in tile.bars}
    assert mixes == {"K09.energy": {"python": 0.9, "c": 0.1}, "K09.lines": {"python": 0.8, "css": 0.2}}


@pytest.mark.parametrize(
    ("figure", "vague"),
    [
        (Figure(10.0, "J", 5.1, 14.9), False),
        (Figure(10.0, "J", 4.9, 11.0), True),
        (Figure(10.0, "J", 9.0, 15.1), True),
        (Figure(10.0, "B"), False),
        (Figure(None, "J"), False),
    ],
)
def test_wider_than_half_the_value_is_vague(figure: Figure, vague: bool) -> None:
    assert figure.vague is vague
    assert Tile("K02", (figure,), 1.0).state == ("missing" if figure.value is None else "weak" if vague else "firm")


@pytest.mark.parametrize(("coverage", "state"), [(0.49, "weak"), (0.5, "firm"), (None, "firm")])
def test_less_than_half_covered_is_weak(coverage: float | None, state: str) -> None:
    assert Tile("K02", (Figure(1.0, "J", 0.9, 1.1),), coverage).state == state


def finding(code: str, lines: tuple[int, int], confidence: int = 90, saved: int | None = None) -> Finding:
    effect = Effect(EffectClass.START_UP, "", "", saved)
    return Finding(code, "n", "a.py", lines[0], 1, lines[1], 2, "m", effect, confidence, Severity.WARNING)


def test_lines_that_findings_share_count_once_and_only_dead_code_counts() -> None:
    findings = (
        finding("GL102", (1, 10)),
        finding("GL107", (8, 12), confidence=80),
        finding("GL102", (20, 29), confidence=40),
        finding("GL205", (50, 60)),
        finding("GLA101", (1, 1), saved=1000),
        finding("GLA101", (1, 1), saved=24),
    )
    errors = (CheckError("b.py", "x"), CheckError("c.py", "y", fatal=False))
    facts = facts_of(CheckResult(findings, errors, files=4, lines={"python": 100}), 60)
    assert (facts.dead_lines, facts.dead_high) == (12, 22)
    assert facts.dead_low == pytest.approx(10 * 0.9 + 2 * 0.8)
    assert (facts.bytes_savable, facts.savable_findings) == (1024, 2)
    assert facts.coverage == pytest.approx(0.75)


def test_a_dead_function_counts_with_all_the_lines_that_its_removal_takes_away(tmp_path: Path) -> None:
    text = "x = 1\n\n\ndef dead():\n    a = 1\n    return a\n\n\ny = 2\n"
    (tmp_path / "a.py").write_text(text)
    start, end = text.index("def dead"), text.index("\n\ny")
    fix = Fix("Delete", (Edit(start, end, ""),), Applicability.UNSAFE)
    one = finding("GL102", (4, 4))._replace(fix=fix)
    facts = facts_of(CheckResult((one,), files=1, root=str(tmp_path), lines={"python": 9}), 60)
    assert facts.dead_lines == 3
