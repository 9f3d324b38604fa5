"""Which rules run: selection by code or prefix, checked against the rules that exist."""

from __future__ import annotations

import os

from greenlint.errors import ConfigError
from greenlint.linter.selected import SelectedRule
from greenlint.rules.heads import all_heads
from greenlint.rules.registry import ENGINE_RULES, may_be_missing

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from greenlint.config.schema import Config, LintConfig
    from greenlint.rules.heads import RuleHead


def select_rules(config: Config) -> list[SelectedRule]:
    """The selected rules in code order, with their options.

    A rule whose fix was measured to save nothing on the versions of Python that the project supports counts as preview.

    Raises ConfigError for a code or option that no rule has, and for a value of another type than the option's default,
    naming the configuration file and line where possible.
    """
    lint = config.lint
    rules = all_heads()
    for code in (*lint.select, *lint.ignore, *lint.rule_options, *_flat(lint.per_file_ignores.values())):
        if not may_be_missing(code):
            check_code(code, config)
    for code, options in lint.rule_options.items():
        rule = rules.get(code)
        if rule is None and may_be_missing(code):
            continue
        for option, value in options.items():
            if rule is None or option not in rule.options:
                known = ", ".join(rule.options) if rule and rule.options else "none"
                raise ConfigError(f"{_where(config, option)}rule {code} has no option {option!r}", f"its options: {known}")
            if not _alike(value, rule.options[option]):
                example = f"for example {rule.options[option]!r}"
                raise ConfigError(f"{_where(config, option)}{option!r} of rule {code} cannot be {value!r}", example)
    chosen = [rule for code, rule in rules.items() if _selected(code, rule, lint)]
    if any(rule.without_effect for rule in chosen) and not lint.shows_preview:
        from greenlint.config.requires_python import supported

        versions = supported(config.root)
        chosen = [rule for rule in chosen if rule.code in lint.select or not rule.is_moot(versions)]
    return [SelectedRule(rule, lint.rule_options.get(rule.code), least=lint.least_confidence) for rule in chosen]


def engine_code_selected(code: str, lint: LintConfig) -> bool:
    """Whether an engine finding (GL900, GL901, GL902) is wanted: always, unless it is ignored."""
    return not any(code.startswith(prefix) for prefix in lint.ignore)


def check_code(code: str, config: Config | None = None) -> None:
    """Raise ConfigError when no rule has this code or prefix."""
    known = [*all_heads(), *ENGINE_RULES]
    if code.startswith("GL") and any(name.startswith(code) for name in known):
        return
    import difflib

    near = difflib.get_close_matches(code, known, n=1)
    where = _where(config, code) if config else ""
    raise ConfigError(
        f"{where}unknown rule code {code!r}", f"did you mean {near[0]}?" if near else "`greenlint rules` lists them"
    )


def _selected(code: str, rule: RuleHead, lint: LintConfig) -> bool:
    if any(code.startswith(prefix) for prefix in lint.ignore):
        return False
    if lint.select:
        if code in lint.select:
            return True
        if not any(code.startswith(prefix) for prefix in lint.select):
            return False
    return (lint.shows_preview or not rule.preview) and (lint.pedantic or not rule.pedantic)


def _alike(value: object, default: object) -> bool:
    """Whether a configured value can stand for a default: of its type, numbers not negative, a whole number for a fraction."""
    if isinstance(default, (int, float)) and not isinstance(default, bool):
        fits = isinstance(value, (int, float) if isinstance(default, float) else int) and not isinstance(value, bool)
        return fits and isinstance(value, (int, float)) and value >= 0
    if isinstance(default, (list, tuple)):
        return isinstance(value, list) and all(isinstance(item, str) for item in value)
    return type(value) is type(default)


def _where(config: Config, key: str) -> str:
    """ "file:line: " of the first line of the configuration that mentions `key`, the file as seen from the current folder."""
    if config.path is None:
        return ""
    relative = os.path.relpath(config.path)
    shown = config.path if relative.startswith("..") else relative
    try:
        with open(config.path, encoding="utf-8") as file:
            for number, line in enumerate(file, 1):
                if key in line:
                    return f"{shown}:{number}: "
    except OSError:
        pass
    return ""


def _flat(groups: Iterable[Iterable[str]]) -> list[str]:
    return [item for group in groups for item in group]
