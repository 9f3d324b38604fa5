"""`greenlint report --kpi` on a real project with a real ledger: every format, both languages."""

from __future__ import annotations

import csv
import io
import json
import time
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner, Result
from ledger_samples import call, energy, project, run, session, write
from page_checks import check_page

from greenlint.cli.report import command

if TYPE_CHECKING:
    from pathlib import Path

IDS = ["K02", "K03", "K04", "K06", "K07", "K08", "K09"]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("kpi") / "shop")


@pytest.fixture
def here(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(shop)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return shop


def kpi(*arguments: str) -> Result:
    return CliRunner().invoke(command, ["--kpi", *arguments])


def test_the_terminal_shows_value_interval_mark_and_coverage_of_each_indicator(here: Path) -> None:
    result = kpi()
    assert result.exit_code == 0, result.output
    for identifier in IDS:
        assert f"\n{identifier}  " in result.stdout
    line = next(line for line in result.stdout.splitlines() if line.startswith("K02"))
    assert "[" in line
    assert "estimated" in line
    assert "100" in line
    assert max(len(line) for line in result.stdout.splitlines()) <= 80


def test_the_page_has_a_card_per_indicator_and_says_what_it_rests_on(here: Path) -> None:
    page = check_page(kpi("--format", "html").stdout, "en")
    assert [one.get("id") for one in page.of("article")] == IDS
    for text in (
        "WORLD 2025, 458.29 g/kWh",
        "Ember, Yearly Electricity Data",
        "location-based",
        "Not in these figures",
        "T2 counter on the chip",
        "Weak evidence",
        "Runs in the ledger: 14, 2026-10-01 to 2026-10-21",
    ):
        assert text in page.text


def test_the_chinese_page_says_the_same_in_chinese(here: Path) -> None:
    english, chinese = (check_page(kpi("--format", "html", "--lang", lang).stdout, lang) for lang in ("en", "zh-CN"))
    assert "绿色软件研发：shop" in chinese.text
    assert "每次测试运行能耗" in chinese.text
    assert "Energy per test run" not in chinese.text
    assert [one.get("class") for one in english.of("article")] == [one.get("class") for one in chinese.of("article")]
    assert len(english.of("svg")) == len(chinese.of("svg"))


def test_json_carries_intervals_marks_formulas_and_the_factor(here: Path) -> None:
    document = json.loads(kpi("--json", "--lang", "zh-CN").stdout)
    assert [one["id"] for one in document["indicators"]] == IDS
    first = document["indicators"][0]
    assert first["name"] == "Energy per test run"  # machines get English
    assert first["figures"][0]["interval"][0] < first["figures"][0]["value"] < first["figures"][0]["interval"][1]
    assert document["carbon_factor"]["zone"] == "WORLD"
    assert document["carbon_factor"]["source"]


def test_csv_has_a_line_per_figure(here: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(kpi("--format", "csv").stdout)))
    assert {row["id"] for row in rows} == set(IDS)
    assert {row["unit"] for row in rows} >= {"J", "Wh", "g", "1", "B"}


def test_markdown_is_a_table_and_a_list_of_steps(here: Path) -> None:
    shown = kpi("--format", "md").stdout
    assert "### All indicators" in shown
    assert "### What to do next" in shown


def test_the_dead_function_of_the_project_is_counted(here: Path) -> None:
    tile = next(one for one in json.loads(kpi("--json").stdout)["indicators"] if one["id"] == "K07")
    assert tile["figures"][0]["value"] > 0
    assert "lines of Python" in tile["facts"][0]


def test_an_unmeasured_ledger_gives_a_page_of_missing_tiles_and_exit_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "l.sqlite", (run(1), [call("t.py::t", None), session(None)], "complete"))
    result = kpi("--ledger", path, "--format", "html", "--lang", "en")
    assert result.exit_code == 4
    page = check_page(result.stdout, "en")
    states = {one.get("id"): str(one.get("class")).split()[1] for one in page.of("article")}
    assert [name for name, state in states.items() if state == "missing"] == [name for name in IDS if name != "K08"]
    assert " 0 J" not in page.text


def test_a_wrong_zone_is_one_line_that_names_the_known_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint.carbon]\nzone = "ATLANTIS"\n')
    path = write(tmp_path / "l.sqlite", (run(1), [session(energy(1.0))], "complete"))
    result = kpi("--ledger", path)
    assert "unknown carbon zone 'ATLANTIS'" in str(result.exception)


def test_a_year_of_runs_makes_a_small_page_in_good_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [*(call(f"t.py::t{n}", energy(1.0)) for n in range(5)), session(energy(9.0))]
    records = [(run(day % 28 + 1, run_id=f"r{day}"), rows, "complete") for day in range(400)]
    path = write(tmp_path / "l.sqlite", *records)
    before = time.process_time()
    page = kpi("--ledger", path, "--format", "html", "--lang", "en").stdout
    assert time.process_time() - before < 5
    check_page(page, "en")
