"""The contract of a rule, checked: what the engine relies on, what its page must say, and every example."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from greenlint.linter.examples import check_examples
from greenlint.rules.base import AssetRule, Bad, Good
from greenlint.rules.third_party import rule_problems

if TYPE_CHECKING:
    from greenlint.rules.base import Rule

SECTIONS = ("## Why it wastes", "## When to leave it alone", "## Evidence")
"""The headings that a rule's docstring has below its summary line."""


def check_rule(rule: type[Rule]) -> None:
    """Check a rule class as greenlint's own tests check theirs; the rule need not be installed.

    Each `Bad` must be reported and repaired to exactly `fixed`, which must be clean; each `Good` must stay silent.
    Raises AssertionError listing every broken clause.
    """
    problems = rule_problems(rule)
    if not problems:
        problems = [*_page_problems(rule), *_option_problems(rule), *_example_problems(rule), *check_examples(rule)]
    if problems:
        label = getattr(rule, "code", None) or getattr(rule, "__name__", repr(rule))
        raise AssertionError("\n".join(f"{label}: {problem.removeprefix(f'{label}: ')}" for problem in problems))


def _page_problems(rule: type[Rule]) -> list[str]:
    doc = inspect.cleandoc(rule.__doc__ or "")
    problems = [f"the docstring lacks the section {section!r}" for section in SECTIONS if section not in doc]
    if "\n\n" not in doc or "\n" in doc.partition("\n\n")[0]:
        problems.append("the docstring begins with one line that says what the rule finds, and an empty line")
    if not (rule.effect.statement and rule.effect.evidence):
        problems.append("effect says how large it is (statement) and what backs that (evidence)")
    return problems


def _option_problems(rule: type[Rule]) -> list[str]:
    wrong = [name for name, value in rule.options.items() if not _is_toml(value)]
    return [f"the default of option {name!r} cannot be written in TOML" for name in wrong]


def _is_toml(value: Any) -> bool:
    if isinstance(value, (list, tuple)):
        return all(_is_toml(item) for item in value)
    return isinstance(value, (bool, int, float, str))


def _example_problems(rule: type[Rule]) -> list[str]:
    if issubclass(rule, AssetRule):
        return []  # examples are texts; a rule about other bytes brings tests of its own
    problems: list[str] = []
    if not any(isinstance(example, Bad) for example in rule.examples):
        problems.append("examples hold no Bad, so nothing shows what the rule finds")
    if not any(isinstance(example, Good) for example in rule.examples):
        problems.append("examples hold no Good, so nothing guards the near misses")
    nameless = sum(isinstance(example, Good) and not example.why for example in rule.examples)
    if nameless:
        problems.append(f"{nameless} Good do not say why the code is to be left alone")
    return problems
