"""Every rule is what it says: its examples hold, and its page has all its parts."""

from __future__ import annotations

import pytest

from greenlint.linter.examples import check_example
from greenlint.rules.base import AssetRule, Bad, Good, Rule
from greenlint.rules.registry import all_rules

RULES = list(all_rules().values())
EXAMPLES = [
    pytest.param(rule, example, id=f"{rule.code}-{type(example).__name__.lower()}-{number}")
    for rule in RULES
    for number, example in enumerate(rule.examples)
]


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: type[Rule], example: Bad | Good) -> None:
    assert check_example(rule, example) == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_page(rule: type[Rule]) -> None:
    doc = rule.__doc__ or ""
    for section in ("## Why it wastes", "## When to leave it alone", "## Evidence"):
        assert section in doc
    assert rule.__module__.rpartition(".")[2] == rule.name.replace("-", "_")
    if not issubclass(rule, AssetRule):
        assert any(isinstance(example, Bad) for example in rule.examples)
        assert any(isinstance(example, Good) and example.why for example in rule.examples)


def test_codes_and_names_are_unique() -> None:
    names = [rule.name for rule in RULES]
    assert len(names) == len(set(names))
    assert not any(rule.code.startswith("GL0") for rule in RULES)
