"""`greenlint report` as a user meets it: tables, files, formats, errors and exit codes, on real ledgers."""

from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner, Result
from ledger_samples import TESTS, call, energy, project, run, session, write
from page_checks import check_page

from greenlint.cli.report import command
from greenlint.reporters.width import columns

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return project(tmp_path_factory.mktemp("report") / "shop")


@pytest.fixture
def here(shop: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(shop)
    for name in ("LC_ALL", "LC_MESSAGES", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_US.UTF-8")
    return shop


def report(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(command, list(arguments), env=environment or None, catch_exceptions=True)


def test_the_terminal_shows_three_tables_and_the_budgets_with_marks_and_intervals(here: Path) -> None:
    result = report()
    assert result.exit_code == 0
    for part in ("By test", "By command", "By language", "By commit (test suite)", "Budgets"):
        assert f"\n{part}\n" in result.stdout
    line = next(line for line in result.stdout.splitlines() if "test_load_all" in line)
    assert "6.72 J" in line
    assert "[6.19, 7.25]" in line
    assert "measured" in line
    assert "exceeded" in line
    assert "\x1b" not in result.stdout
    assert result.stderr == ""


@pytest.mark.parametrize("width", [60, 80, 120])
def test_tables_fit_the_terminal_and_keep_value_interval_and_basis(here: Path, width: int) -> None:
    lines = report(COLUMNS=str(width)).stdout.splitlines()
    assert max(len(line) for line in lines) <= width
    assert any("6.72 J" in line and "[6.19, 7.25]" in line for line in lines)
    assert any(line.startswith("measured (T2) · machine class amd-25-17-16cpu") for line in lines)


@pytest.mark.parametrize("language", ["en", "zh-CN"])
@pytest.mark.parametrize("page", [(), ("--kpi",)], ids=["tables", "organisation page"])
def test_forty_columns_are_enough(here: Path, page: tuple[str, ...], language: str) -> None:
    lines = report(*page, "--lang", language, COLUMNS="40").stdout.splitlines()
    assert max(map(columns, lines)) <= 40


def test_a_table_of_the_report_cannot_be_asked_of_the_organisation_page(here: Path) -> None:
    done = in_a_process(here, "--kpi", "--by", "test")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "greenlint: error: --by chooses a table of the energy report, and --kpi is another page (leave one of the two out)\n"
    )


def test_values_below_the_detection_limit_are_bounds_never_zero(here: Path) -> None:
    line = next(line for line in report("--by", "test").stdout.splitlines() if "test_nothing" in line)
    assert "<= 6.60 mJ" in line


def test_a_budget_of_another_machine_does_not_speak_about_this_one(here: Path) -> None:
    lines = [line for line in report("--by", "test").stdout.splitlines() if "test_load_all" in line and "estimated" in line]
    assert lines
    assert not any("exceeded" in line or "met" in line for line in lines)


@pytest.mark.parametrize(("by", "title"), [("test", "By test"), ("language", "By language"), ("commit", "By commit")])
def test_by_shows_one_table_with_all_rows(here: Path, by: str, title: str) -> None:
    shown = report("--by", by).stdout
    assert title in shown
    assert sum(other in shown for other in ("By test", "By language", "By commit (")) == 1


def test_a_long_table_says_how_to_see_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [call(f"tests/test_x.py::test_{number}", energy(1.0 + number)) for number in range(30)]
    path = write(tmp_path / "many.sqlite", (run(1), rows, "complete"))
    shown = report("--ledger", path, "--lang", "en").stdout
    assert "20 more rows: `greenlint report --by test --format csv`" in shown
    assert "more rows" not in report("--ledger", path, "--by", "test").stdout


def test_json_is_one_object_with_every_field_and_null_for_what_was_not_measured(here: Path) -> None:
    document = json.loads(report("--json").stdout)
    assert document["kind"] == "energy-report"
    assert {"by_test", "by_language", "by_commit", "budgets", "runs", "period", "left_out"} <= document.keys()
    row = next(row for row in document["by_test"] if row["test"].endswith("test_load_all") and row["mark"] == "measured")
    assert row["energy"]["tier"] == "T2"
    assert row["energy"]["interval"][0] < row["energy"]["energy_j"] < row["energy"]["interval"][1]
    assert row["verdict"] == "fail"
    rust = next(budget for budget in document["budgets"] if budget["selector"] == "rust")
    assert (rust["outcome"], rust["value"], rust["bounds"]) == ("unmeasured", None, None)


def test_csv_has_a_line_per_row_in_base_units(here: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(report("--format", "csv").stdout)))
    tests = [row for row in rows if row["section"] == "test" and row["mark"] == "measured"]
    assert len(tests) == len(TESTS)
    first = tests[0]
    assert float(first["low_j"]) < float(first["energy_j"]) < float(first["high_j"])
    assert {row["section"] for row in rows} == {"test", "language", "commit"}


def test_markdown_has_a_table_per_section(here: Path) -> None:
    shown = report("--format", "md").stdout
    assert "## Energy report: shop" in shown
    assert shown.count("| --- |") >= 4


def test_html_is_written_beside_the_table_on_stdout(here: Path, tmp_path: Path) -> None:
    target = tmp_path / "page.html"
    result = report("--html", str(target))
    assert result.exit_code == 0
    assert "By test" in result.stdout
    assert f"wrote {target}" in result.stderr
    page = check_page(target.read_text(encoding="utf-8"), "en")
    assert "6.72 J [6.19, 7.25]" in page.text
    assert "not measured" in page.text
    assert any("Line chart" in (one.get("aria-label") or "") for one in page.of("svg"))


def test_the_page_is_chinese_when_asked_or_when_the_locale_is(here: Path) -> None:
    for result in (report("--format", "html", "--lang", "zh-CN"), report("--format", "html", LANG="zh_CN.UTF-8")):
        page = check_page(result.stdout, "zh-CN")
        assert "能耗报告：shop" in page.text
        assert "未测量" in page.text


def test_output_writes_the_report_to_a_file_and_nothing_to_stdout(here: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    result = report("--json", "--output", str(target))
    assert result.stdout == ""
    assert json.loads(target.read_text())["project"] == "shop"


def test_a_test_name_cannot_become_markup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    name = "t.py::test[<script>alert('x')</script>&amp;\"\x1b[31m\udcff|*]"
    commit_subject: dict[str, Any] = {"project": "<b>"}
    path = write(tmp_path / "l.sqlite", (run(1, **commit_subject), [call(name.replace("\udcff", ""), energy(1.0))], "complete"))
    page = check_page(report("--ledger", path, "--format", "html", "--lang", "en").stdout, "en")
    assert "<script>alert('x')</script>&amp;" in page.text
    assert "\x1b" not in report("--ledger", path).stdout
    assert "\x1b" not in report("--ledger", path, "--format", "md").stdout


def test_thousands_of_tests_still_make_a_page_of_bounded_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    rows = [call(f"tests/test_{n % 50}.py::test_with_a_name_{n}", energy(0.1 + n / 1000)) for n in range(3000)]
    path = write(tmp_path / "l.sqlite", (run(1), rows, "complete"))
    page = check_page(report("--ledger", path, "--format", "html", "--lang", "en").stdout, "en")
    assert "2900 more rows" in page.text


@pytest.mark.parametrize("extra", [[], ["--kpi"], ["--json"], ["--html", "x.html"]])
def test_without_a_ledger_it_says_how_to_measure_and_exits_4(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, extra: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    result = report(*extra)
    assert result.exit_code == 4
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1
    assert "no such ledger (run `pytest --energy` or `greenlint measure -- CMD` first)" in result.stderr
    assert not (tmp_path / ".greenlint").exists()


def test_an_empty_ledger_is_nothing_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = report("--ledger", write(tmp_path / "l.sqlite"))
    assert (result.exit_code, result.stdout) == (4, "")
    assert "holds no measurement" in result.stderr


def test_a_run_that_was_killed_before_its_first_test_is_nothing_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = report("--ledger", write(tmp_path / "l.sqlite", (run(1), [], "open")))
    assert (result.exit_code, result.stdout) == (4, "")


def test_cpu_time_alone_is_shown_but_is_not_energy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    path = write(tmp_path / "l.sqlite", (run(1), [call("t.py::t", None), session(None)], "complete"))
    result = report("--ledger", path, "--lang", "en")
    assert result.exit_code == 4
    assert "not measured" in result.stdout
    assert "no run has energy (`greenlint doctor`" in result.stderr
    assert json.loads(report("--ledger", path, "--json").stdout)["by_test"][0]["energy"] is None


def test_since_names_a_period_and_an_empty_one_is_said_to_be_empty(here: Path) -> None:
    assert "runs: 2, from 2026-10-20" in report("--since", "2026-10-15").stdout
    late = report("--since", "2027-01-01")
    assert late.exit_code == 4
    assert "no run since 2027-01-01 (14 runs in all: choose an earlier day)" in late.stderr


def in_a_process(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "greenlint", "report", *arguments],
        cwd=folder,
        env={**os.environ, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_wrong_date_file_or_folder_is_one_line_and_exit_2(here: Path, tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("this is not a ledger, but it is long enough to be read as one " * 20)
    newer = tmp_path / "newer.sqlite"
    with sqlite3.connect(newer) as database:
        database.execute("PRAGMA user_version=99")
    database.close()
    wrong: list[tuple[list[str], str]] = [
        (["--since", "yesterday"], "--since yesterday: is not a date"),
        (["--ledger", str(text)], "notes.txt"),
        (["--ledger", str(newer)], "version 99"),
        (["--html", str(tmp_path / "no" / "such" / "page.html")], "cannot be written"),
    ]
    for arguments, message in wrong:
        result = in_a_process(here, *arguments)
        assert result.returncode == 2, arguments
        assert message in result.stderr
        assert "Traceback" not in result.stderr


def test_a_real_process_prints_results_to_stdout_only(here: Path) -> None:
    result = in_a_process(here, "--by", "language")
    assert result.returncode == 0
    assert "By language" in result.stdout
    assert result.stderr == ""


def test_help_names_every_option_and_the_exit_codes(here: Path) -> None:
    text = report("--help").output
    for option in ("--ledger", "--by", "--since", "--kpi", "--html", "--format", "--json", "--output", "--lang"):
        assert option in text
    assert "4 nothing measured" in text
