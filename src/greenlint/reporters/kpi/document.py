"""The indicators for programs: JSON with provenance, and CSV with one line per figure; both in English."""

from __future__ import annotations

from greenlint import __version__
from greenlint.carbon.factors import Pue, pue_for
from greenlint.reporters.catalog import load_catalog

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from greenlint.reporters.kpi.facts import Facts
    from greenlint.reporters.kpi.tile import Figure, Tile

CSV_COLUMNS = ("id", "name", "figure", "value", "low", "high", "unit", "mark", "coverage", "state")


def as_json(facts: Facts, tiles: Sequence[Tile]) -> dict[str, Any]:
    """Version 1 of the document; what was not measured is null."""
    runs, factor = facts.survey.runs, facts.factor
    pue = pue_for(facts.carbon, factor)
    return {
        "version": 1,
        "kind": "kpi-report",
        "tool": {"name": "greenlint", "version": __version__},
        "project": facts.project,
        "period": {"from": runs[0].run.started_utc, "to": runs[-1].run.started_utc},
        "runs": len(runs),
        "machine_classes": sorted({total.run.machine.machine_class for total in runs}),
        "carbon_factor": {
            "zone": factor.zone,
            "g_per_kwh": factor.value_g_per_kwh,
            "interval": [factor.low, factor.high],
            "year": factor.year,
            "convention": factor.convention,
            "basis": factor.basis,
            "source": factor.source,
            "licence": factor.licence,
            "note": factor.note,
            "pue": pue.value if isinstance(pue, Pue) else pue,
            "pue_interval": [pue.low, pue.high] if isinstance(pue, Pue) else [pue, pue],
        },
        "indicators": [_tile(tile) for tile in tiles],
    }


def as_csv(tiles: Sequence[Tile]) -> str:
    """Base units (J, Wh, g, B, shares of 0 to 1) with a dot; empty where nothing was measured."""
    import csv
    import io

    words = load_catalog("en")
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CSV_COLUMNS)
    for tile in tiles:
        for figure in tile.figures:
            numbers = ["" if number is None else number for number in (figure.value, figure.low, figure.high)]
            coverage = "" if tile.coverage is None else tile.coverage
            label = words.say(figure.label) if figure.label else ""
            unit = _unit(figure)
            writer.writerow([tile.id, words(f"{tile.id}.name"), label, *numbers, unit, figure.mark, coverage, tile.state])
    return out.getvalue()


def _tile(tile: Tile) -> dict[str, Any]:
    words = load_catalog("en")
    return {
        "id": tile.id,
        "name": words(f"{tile.id}.name"),
        "formula": words(f"{tile.id}.formula"),
        "state": tile.state,
        "figures": [_figure(figure) for figure in tile.figures],
        "coverage": tile.coverage,
        "tiers": dict(tile.tiers),
        "mix": {
            title or "all": {part.label if isinstance(part.label, str) else words.say(part.label): part.share for part in parts}
            for title, parts in tile.bars
        },
        "facts": [words.say(fact) for fact in tile.facts],
        "next_steps": [words.say(step) for step in tile.next_steps],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    interval = None if figure.low is None or figure.high is None else [figure.low, figure.high]
    label = load_catalog("en").say(figure.label) if figure.label else ""
    return {
        "label": label,
        "value": figure.value,
        "interval": interval,
        "unit": _unit(figure),
        "mark": figure.mark,
        "vague": figure.vague,
    }


def _unit(figure: Figure) -> str:
    return "1" if figure.unit == "%" else figure.unit
