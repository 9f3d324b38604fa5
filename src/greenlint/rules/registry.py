"""Finds the rules: every class with a code in the files below this package, and those of plug-ins; there is no list to edit."""

from __future__ import annotations

import os
import sys
from functools import lru_cache
from importlib import import_module

from greenlint.named_tuple import NamedTuple
from greenlint.plugins.discovery import contributions, incomplete
from greenlint.rules.base import AssetRule, FileRule, ProjectRule, Rule

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.finding import EffectClass, Severity
    from greenlint.rules.third_party import Admitted

OWN = "greenlint"
"""The origin of the rules that come with greenlint."""

OWN_LETTERS = "ACDIW"
"""The letters after GL that greenlint keeps for itself, beside the codes of digits alone."""

_BASES = (Rule, FileRule, ProjectRule, AssetRule)

ENGINE_RULES = {
    "GL900": ("syntax-error", "The file is not valid Python for the running interpreter."),
    "GL901": ("internal-error", "A rule failed on this file; the rest was still linted."),
    "GL902": ("unused-suppression", "A suppression comment that silences nothing."),
}
"""Findings that the engine itself reports, code -> (name, summary)."""


class RuleInfo(NamedTuple):
    """What reports say about a rule."""

    code: str
    name: str
    summary: str
    doc: str
    effect_class: EffectClass | None
    severity: Severity | None


def _module_names() -> Iterator[str]:
    root = os.path.dirname(__file__)
    if not os.path.isdir(root):  # imported from a zip file: slower, but complete
        import pkgutil

        package = sys.modules["greenlint.rules"]
        for info in pkgutil.walk_packages(package.__path__, "greenlint.rules."):
            if info.name.count(".") == 3 and not info.ispkg:
                yield info.name
        return
    with os.scandir(root) as entries:
        groups = sorted(entry.name for entry in entries if entry.is_dir() and not entry.name.startswith("_"))
    for group in groups:
        for file in sorted(os.listdir(os.path.join(root, group))):
            if file.endswith(".py") and not file.startswith("_"):
                yield f"greenlint.rules.{group}.{file[:-3]}"


@lru_cache(maxsize=1)
def own_rules() -> dict[str, type[Rule]]:
    """Every built-in rule class by code, in code order."""
    found: dict[str, type[Rule]] = {}
    for name in _module_names():
        for value in vars(import_module(name)).values():
            if isinstance(value, type) and issubclass(value, Rule) and value not in _BASES and "code" in vars(value):
                found[value.code] = value
    return dict(sorted(found.items()))


@lru_cache(maxsize=1)
def all_rules() -> dict[str, type[Rule]]:
    """Every rule class by code, in code order: greenlint's own and those of installed plug-ins."""
    foreign = {code: rule for code, (rule, _) in _foreign_rules().items()}
    return dict(sorted({**own_rules(), **foreign}.items())) if foreign else own_rules()


@lru_cache(maxsize=1)
def _foreign_rules() -> dict[str, Admitted]:
    offered = contributions("greenlint_rules")
    if not offered:
        return {}
    from greenlint.rules.third_party import admit

    return admit(offered, own_rules())


def has_foreign_rules() -> bool:
    """Whether any installed plug-in offers rules."""
    return bool(contributions("greenlint_rules"))


def rule_origin(code: str) -> str:
    """Where a rule comes from: "greenlint", or the package and version of its plug-in."""
    admitted = _foreign_rules().get(code)
    return admitted.origin if admitted is not None else OWN


def may_be_missing(code: str) -> bool:
    """Whether an unknown code may be that of a plug-in that is switched off or was left out with a warning."""
    letter = code[2:3]
    return code.startswith("GL") and letter.isalpha() and letter not in OWN_LETTERS and incomplete()


def rule_info(code: str) -> RuleInfo | None:
    """Metadata of a rule or of an engine finding; None for an unknown code."""
    if code in ENGINE_RULES:
        name, summary = ENGINE_RULES[code]
        return RuleInfo(code, name, summary, summary, None, None)
    rule = all_rules().get(code)
    if rule is None:
        return None
    return RuleInfo(code, rule.name, rule.summary(), rule.__doc__ or "", rule.effect.effect_class, rule.severity)
