"""Every rule of the default set is tried on at least twenty texts that it must report and twenty that it must not.

`cases/GLxxx.py` holds them: `BAD` maps a name to (text, lines), `GOOD` maps a name, which says why it is right, to a text.
`PEDANTIC` is like `BAD` for what may be waste as far as the rule can see: only `--pedantic` shows it. `SILENT` is like
`GOOD` for what the rule can see to be right: `--pedantic` does not show it either.
Rules about the whole project have theirs in test files of their own.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from rule_lab import Lab

from greenlint.rules.base import FileRule
from greenlint.rules.registry import all_rules

CASES = {path.stem: runpy.run_path(str(path)) for path in sorted((Path(__file__).parent / "cases").glob("GL*.py"))}
BAD = [(code, name) for code, cases in CASES.items() for name in cases["BAD"]]
PEDANTIC = [(code, name) for code, cases in CASES.items() for name in cases.get("PEDANTIC", ())]
SILENT = [(code, name) for code, cases in CASES.items() for name in cases.get("SILENT", ())]
GOOD = [(code, name) for code, cases in CASES.items() for name in cases["GOOD"]]
LEAST = 20


def case(code: str, kind: str, name: str) -> Any:
    return CASES[code][kind][name]


@pytest.mark.parametrize(("code", "name"), BAD)
def test_waste_is_reported_where_it_stands(code: str, name: str) -> None:
    text, lines = case(code, "BAD", name)
    assert Lab(code).lines(text) == list(lines)


@pytest.mark.parametrize(("code", "name"), PEDANTIC)
def test_what_may_be_waste_is_reported_to_those_who_ask_for_all(code: str, name: str) -> None:
    text, lines = case(code, "PEDANTIC", name)
    lab = Lab(code)
    assert lab.lines(text) == []
    assert lab.lines(text, least=0) == list(lines)


@pytest.mark.parametrize(("code", "name"), GOOD)
def test_right_code_is_left_alone(code: str, name: str) -> None:
    assert Lab(code).lines(case(code, "GOOD", name)) == []


@pytest.mark.parametrize(("code", "name"), SILENT)
def test_what_is_known_to_be_right_is_shown_to_nobody(code: str, name: str) -> None:
    assert Lab(code).lines(case(code, "SILENT", name), least=0) == []


@pytest.mark.parametrize("code", sorted(CASES))
def test_fixes_settle_and_parse(code: str) -> None:
    lab = Lab(code)
    for text, _ in [*CASES[code]["BAD"].values(), *CASES[code].get("PEDANTIC", {}).values()]:
        lab.repaired(text, least=0)


@pytest.mark.parametrize("code", sorted(CASES))
def test_rules_of_the_default_set_have_enough_cases(code: str) -> None:
    rule = all_rules()[code]
    assert issubclass(rule, FileRule)
    if not rule.preview:
        assert len(CASES[code]["BAD"]) >= LEAST
        assert len(CASES[code]["GOOD"]) >= LEAST
