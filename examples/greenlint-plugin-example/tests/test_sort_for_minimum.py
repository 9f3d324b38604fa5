"""The rule is what it says: its contract and all its examples."""

from __future__ import annotations

from greenlint.testing import check_rule
from greenlint_plugin_example.sort_for_minimum import SortForMinimum


def test_the_rule_keeps_its_contract_and_its_examples_hold() -> None:
    check_rule(SortForMinimum)
