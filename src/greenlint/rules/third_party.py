"""Admits the rules of plug-ins: a rule that could break the engine, or that takes another's code, is left out with a warning."""

from __future__ import annotations

import re
import sys

from greenlint.model.finding import Effect, EffectClass, Severity
from greenlint.named_tuple import NamedTuple
from greenlint.plugins.manager import one_line, warn
from greenlint.rules.base import AssetRule, Bad, FileRule, Good, ProjectRule, Rule
from greenlint.rules.nodes import node_kinds
from greenlint.rules.registry import OWN, OWN_LETTERS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from greenlint.plugins.manager import Contribution

CODES = "GL, a letter other than A, C, D, I or W, and three digits, such as GLX101"
"""The codes of plug-ins, in words; those letters and the bare numbers are greenlint's own."""

_CODE = re.compile(rf"GL(?![{OWN_LETTERS}])[A-Z][0-9]{{3}}")
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_KINDS = (FileRule, ProjectRule, AssetRule)


class Admitted(NamedTuple):
    """A rule of a plug-in, and the plug-in's package and version."""

    rule: type[Rule]
    origin: str


def admit(offered: Sequence[Contribution], own: Mapping[str, type[Rule]]) -> dict[str, Admitted]:
    """The usable rules among those offered, by code; one warning for each plug-in with others."""
    admitted: dict[str, Admitted] = {}
    for plugin, rules in offered:
        problems: list[str] = []
        for rule in rules:
            wrong = rule_problems(rule) or _taken(rule, own, admitted)
            if wrong:
                problems.append(f"rule {_label(rule)}: {wrong[0]}")
            else:
                admitted[rule.code] = Admitted(rule, str(plugin))
        warn(plugin, problems)
    return admitted


def rule_problems(rule: Any) -> list[str]:
    """What keeps the engine from running `rule`, as clauses; empty when it can be run."""
    if not (isinstance(rule, type) and issubclass(rule, _KINDS) and rule not in _KINDS):
        return ["is no subclass of FileRule, ProjectRule or AssetRule"]
    problems = [*_code_problems(rule), *_metadata_problems(rule), *_place_problems(rule)]
    return problems or _working_problems(rule)


def _code_problems(rule: type[Rule]) -> list[str]:
    code = getattr(rule, "code", None)
    if rule.__module__.startswith("greenlint.rules."):
        return []
    if isinstance(code, str) and code.startswith("GL0"):
        return [f"code {code}: GL0 and two digits belong to another tool; take {CODES}"]
    if not (isinstance(code, str) and _CODE.fullmatch(code)):
        return [f"code {code!r} is not {CODES}"]
    return []


def _metadata_problems(rule: type[Rule]) -> list[str]:
    problems: list[str] = []
    name, effect, severity = (getattr(rule, attribute, None) for attribute in ("name", "effect", "severity"))
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        problems.append(f"name {name!r} is not lower case words joined by hyphens")
    if not (isinstance(effect, Effect) and isinstance(effect.effect_class, EffectClass)):
        problems.append("effect is not an Effect with an EffectClass")
    if not isinstance(severity, Severity):
        problems.append("severity is not a Severity")
    if not (type(rule.confidence) is int and 0 <= rule.confidence <= 100):
        problems.append("confidence is not a whole number from 0 to 100")
    if not (isinstance(rule.examples, tuple) and all(isinstance(example, (Bad, Good)) for example in rule.examples)):
        problems.append("examples is not a tuple of Bad and Good")
    if not rule.summary():
        problems.append("its docstring is empty")
    return problems


def _place_problems(rule: type[Rule]) -> list[str]:
    """Worker processes that are not forked import the class by its name."""
    found: Any = sys.modules.get(rule.__module__)
    for part in rule.__qualname__.split("."):
        found = getattr(found, part, None)
    return [] if found is rule else ["is not found by its name in its module, as worker processes need"]


def _working_problems(rule: type[Rule]) -> list[str]:
    base = next(kind for kind in _KINDS if issubclass(rule, kind))
    check = "check_project" if base is ProjectRule else "check"
    if getattr(rule, check) is getattr(base, check):
        return [f"does not define {check}"]
    if issubclass(rule, AssetRule):
        suffixes = getattr(rule, "suffixes", None)
        if not (isinstance(suffixes, tuple) and suffixes and all(_is_suffix(suffix) for suffix in suffixes)):
            return ["suffixes is not a tuple of lower-case endings such as '.svg'"]
    try:
        made = rule()
        if isinstance(made, FileRule):
            node_kinds(made)
    except Exception as error:  # noqa: BLE001  a class of a plug-in may raise anything when made; it must not end the run
        return [one_line(error)]
    return []


def _is_suffix(suffix: object) -> bool:
    return isinstance(suffix, str) and suffix.startswith(".") and suffix == suffix.lower()


def _taken(rule: type[Rule], own: Mapping[str, type[Rule]], admitted: Mapping[str, Admitted]) -> list[str]:
    """Whether another rule has the code or the name already."""
    others = {code: (other.name, OWN) for code, other in own.items()}
    others |= {code: (other.rule.name, other.origin) for code, other in admitted.items()}
    if rule.code in others:
        return [f"the code is taken by {others[rule.code][0]} of {others[rule.code][1]}"]
    return [f"the name is taken by {code} of {origin}" for code, (name, origin) in others.items() if name == rule.name]


def _label(rule: Any) -> str:
    return str(getattr(rule, "code", None) or getattr(rule, "__name__", None) or repr(rule)[:40])
