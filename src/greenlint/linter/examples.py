"""Runs the good and bad examples of a rule: the example is the test is the documentation."""

from __future__ import annotations

import os
import tempfile

from greenlint.config.schema import Config
from greenlint.linter.fixer.apply import _repair
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.rules.base import Bad, Good

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.check import CheckResult
    from greenlint.rules.base import Rule

_NAME = "example.py"


def check_examples(rule: type[Rule]) -> list[str]:
    """What is wrong with the examples of `rule`; empty when all hold.

    A bad example must be reported (on the lines it names), its fix must give exactly `fixed`, and that text must be clean.
    A good example must stay silent.
    """
    return [problem for example in rule.examples for problem in check_example(rule, example)]


def check_example(rule: type[Rule], example: Bad | Good) -> list[str]:
    """What is wrong with one example."""
    result = lint_text(rule, example.code, dict(example.files or {}))
    label = f"{rule.code}: {example.code!r}"
    if isinstance(example, Good):
        return [f"{label} must stay silent ({example.why}), but: {f.line}: {f.message}" for f in result.findings]
    if not result.findings:
        return [f"{label} must be reported"]
    problems = []
    lines = tuple(sorted(finding.line for finding in result.findings))
    if example.lines and lines != tuple(sorted(example.lines)):
        problems.append(f"{label} is reported on lines {lines}, not {example.lines}")
    fixed, _ = _repair(example.code.encode(), [f for f in result.findings if f.path == _NAME])
    text = fixed.decode()
    if example.fixed is None:
        if text != example.code:
            problems.append(f"{label} has a fix that the example does not show: {text!r}")
    elif text != example.fixed:
        problems.append(f"{label} is fixed to {text!r}, not {example.fixed!r}")
    elif lint_text(rule, text, dict(example.files or {})).findings:
        problems.append(f"{label} is still reported after its fix")
    return problems


def lint_text(rule: type[Rule], code: str, files: dict[str, str]) -> CheckResult:
    """Findings of one rule about `code` in a project of its own, beside `files`."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {_NAME: code, **files}.items():
            path = os.path.join(folder, name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(text)
        options = CheckOptions(jobs=1, use_cache=False, rules=(rule(),))
        result = check_paths([folder], Config(root=folder), options)
        own = tuple(finding for finding in result.findings if finding.code in (rule.code, "GL900", "GL901"))
        return result._replace(findings=own)
