"""GL603 judges settings by the name of their file."""

from __future__ import annotations

import pytest

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.rules.registry import all_rules
from greenlint.source.module import Module


@pytest.mark.parametrize(
    ("path", "confidences"),
    [
        ("shop/settings/prod.py", [80]),
        ("shop/settings/production.py", [80]),
        ("config/production.py", [80]),
        ("shop/settings_prod.py", [80]),
        ("production_config.py", [80]),
        ("shop/settings.py", [40]),
        ("shop/settings/base.py", [40]),
        ("shop/settings/dev.py", []),
        ("shop/settings/local.py", []),
        ("shop/settings/test.py", []),
        ("tests/settings/prod.py", []),
        ("shop/products/views.py", []),
        ("shop/live/views.py", []),
        ("shop/production/views.py", []),
    ],
)
def test_the_name_of_the_file_says_where_it_serves(path: str, confidences: list[int]) -> None:
    found = lint_module(Module(path, b"DEBUG = True\n"), RuleSet([all_rules()["GL603"]()]))
    assert [finding.confidence for finding in found] == confidences
