"""The loop, data and database rules on real code: they do not fail, and every fix leaves a file that parses."""

from __future__ import annotations

import ast
import os
import sysconfig

import pytest
from rule_lab import SHOWN

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.linter.fixer.edits import apply_fixes
from greenlint.rules.registry import all_rules
from greenlint.source.module import Module

CODES = ("GL201", "GL205", "GL301", "GL302", "GL303", "GL404")
STDLIB = sysconfig.get_path("stdlib")
FILES = sorted(name for name in os.listdir(STDLIB) if name.endswith(".py"))


@pytest.mark.parametrize("start", range(4))
def test_the_standard_library_is_linted_and_repaired_without_harm(start: int) -> None:
    rules = RuleSet([all_rules()[code]() for code in CODES])
    shown = lines = 0
    for name in FILES[start::4]:
        with open(os.path.join(STDLIB, name), "rb") as file:
            data = file.read()
        lines += data.count(b"\n")
        found = lint_module(Module(name, data), rules)
        assert [f.message for f in found if f.code == "GL901"] == []
        shown += sum(f.confidence >= SHOWN for f in found)
        for finding in found:
            if finding.fix:
                repaired, applied = apply_fixes(data, [finding.fix])
                assert applied == 1, f"{name}:{finding.line}: the fix of {finding.code} does not parse"
                again = lint_module(Module(name, repaired), rules)
                same = [f for f in again if f.code == finding.code and f.message == finding.message]
                before = [f for f in found if f.code == finding.code and f.message == finding.message]
                assert len(same) < len(before), f"{name}:{finding.line}: still reported after its fix"
                ast.parse(repaired)
    assert shown <= lines / 1000, "more than one finding per thousand lines at the default confidence"
