"""What was measured decides: a rule is off where all supported versions of Python showed no effect, and its page says so."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from greenlint.cli.rule import command
from greenlint.config.loader import load_config
from greenlint.linter.runner import check_paths
from greenlint.rules.evidence import measured, with_effect, without_effect
from greenlint.rules.registry import own_rules

RESULTS = Path(__file__).parents[2] / "benchmarks" / "rules"
LOOP = "total = 0\nfor a, b in pairs:\n    try:\n        total += a // b\n    except ZeroDivisionError:\n        break\n"


def kept() -> list[dict[str, object]]:
    files = sorted(RESULTS.glob("GL*/results.jsonl"))
    return [json.loads(line) for path in files for line in path.read_text(encoding="utf-8").splitlines()]


def test_greenlint_carries_the_measurements_of_its_repository() -> None:
    rows = [row for row in kept() if "not_measured" not in row]
    carried = {(code, row.python, row.size) for code in own_rules() for row in measured(code)}
    assert carried == {(row["code"], row["python"], row["size"]) for row in rows}


def test_every_rule_of_the_default_set_that_is_timed_has_an_effect() -> None:
    for code, rule in own_rules().items():
        if measured(code) and not (rule.preview or rule.pedantic):
            assert with_effect(code), code


@pytest.mark.parametrize(("requires", "reported"), [(">=3.10", True), (">=3.11", False), (">=3.12", False), (None, True)])
def test_a_rule_without_effect_on_the_supported_versions_is_off(requires: str | None, reported: bool, tmp_path: Path) -> None:
    assert (with_effect("GL221"), without_effect("GL221")) == (((3, 10),), ((3, 11), (3, 12), (3, 13), (3, 14)))
    project = f'[project]\nname = "x"\nrequires-python = "{requires}"\n' if requires else ""
    (tmp_path / "pyproject.toml").write_text(f"{project}[tool.greenlint]\npedantic = true\npreview = false\n")
    (tmp_path / "a.py").write_text(LOOP)
    found = check_paths([str(tmp_path / "a.py")], load_config(str(tmp_path))).findings
    assert [finding.code for finding in found] == (["GL221"] if reported else [])


@pytest.mark.parametrize("setting", ['select = ["GL221"]', "pedantic = true"])
def test_naming_the_rule_or_asking_for_all_brings_it_back(setting: str, tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        f'[project]\nname = "x"\nrequires-python = ">=3.12"\n[tool.greenlint]\n{setting}\n'
    )
    (tmp_path / "a.py").write_text(LOOP)
    assert "GL221" in [f.code for f in check_paths([str(tmp_path / "a.py")], load_config(str(tmp_path))).findings]


@pytest.mark.parametrize("columns", ["50", "100"])
def test_the_page_of_a_rule_shows_the_curve_and_fits(columns: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    page = CliRunner().invoke(command, ["GL221"]).output
    _, _, table = page.partition("## Measured")
    assert "3.10   1,000,000   1.07 [1.02, 1.10]" in table
    assert "No effect on 3.11, 3.12, 3.13, 3.14" in " ".join(table.split())
    assert max(map(len, table.partition("## Example")[0].splitlines())) <= int(columns)


def test_json_has_the_same_figures() -> None:
    data = json.loads(CliRunner().invoke(command, ["GL205", "--json"]).output)
    assert data["evidence"] == [json.loads(json.dumps(row._asdict())) for row in measured("GL205")]
    assert data["moot_on"] == []


def test_the_pages_of_the_rules_are_those_of_this_state() -> None:
    script = RESULTS.parents[1] / "scripts" / "rule_pages.py"
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
