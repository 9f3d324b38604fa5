"""Lints and repairs a text with one rule, for the tests of this folder."""

from __future__ import annotations

import ast

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.linter.fixer.edits import apply_fixes
from greenlint.model.finding import Finding
from greenlint.model.fix import Applicability
from greenlint.rules.registry import all_rules
from greenlint.source.module import Module

SHOWN = 60
"""The default threshold of `min_confidence`."""


class Lab:
    """One rule and what it says."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.rules = RuleSet([all_rules()[code]()])

    def findings(self, text: str | bytes, *, least: int = SHOWN) -> list[Finding]:
        data = text if isinstance(text, bytes) else text.encode()
        found = lint_module(Module("example.py", data), self.rules)
        assert [f.message for f in found if f.code == "GL901"] == []
        return [f for f in found if f.confidence >= least]

    def lines(self, text: str | bytes, *, least: int = SHOWN) -> list[int]:
        return [f.line for f in self.findings(text, least=least)]

    def repaired(self, text: str | bytes, *, unsafe: bool = True, least: int = SHOWN) -> str:
        """The text after all rounds of fixing; what comes out parses, and another round changes nothing."""
        data = text if isinstance(text, bytes) else text.encode()
        for _ in range(10):
            fixes = [f.fix for f in self.findings(data, least=least) if f.fix]
            after, _ = apply_fixes(data, [f for f in fixes if unsafe or f.applicability is Applicability.SAFE])
            if after == data:
                ast.parse(data)
                return data.decode()
            data = after
        raise AssertionError("the fixes never settle")


def run(text: str, **names: object) -> object:
    """Execute a program and return what it leaves in `result`."""
    space: dict[str, object] = dict(names)
    exec(compile(text, "example.py", "exec"), space)
    return space["result"]
