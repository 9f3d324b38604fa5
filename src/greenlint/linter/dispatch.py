"""Sends the nodes of a parsed file to the rules that asked for them, and keeps a failing rule from stopping the run."""

from __future__ import annotations

import ast
from collections import defaultdict
from typing import TYPE_CHECKING

from greenlint.model.finding import Effect, EffectClass, Finding, Severity
from greenlint.rules.base import AssetRule, FileRule, ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from greenlint.rules.base import Rule
    from greenlint.source.asset import Asset
    from greenlint.source.module import Module
    from greenlint.source.project import ProjectIndex

_NO_EFFECT = Effect(EffectClass.CONSTANT, "the linter itself", "none")


class RuleSet:
    """The selected rules, arranged by what they want to see."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self.rules = tuple(rules)
        self.by_node: defaultdict[type[ast.AST], list[FileRule]] = defaultdict(list)
        self.by_callee: defaultdict[str, list[FileRule]] = defaultdict(list)
        self.project: list[ProjectRule] = []
        self.assets: defaultdict[str, list[AssetRule]] = defaultdict(list)
        for rule in self.rules:
            if isinstance(rule, FileRule):
                self._add_file_rule(rule)
            elif isinstance(rule, ProjectRule):
                self.project.append(rule)
            elif isinstance(rule, AssetRule):
                for suffix in rule.suffixes:
                    self.assets[suffix].append(rule)

    def _add_file_rule(self, rule: FileRule) -> None:
        kinds = node_kinds(rule)
        if rule.callees:
            for callee in rule.callees:
                self.by_callee[callee].append(rule)
            kinds = tuple(kind for kind in kinds if kind is not ast.Call)
        for kind in kinds:
            self.by_node[kind].append(rule)


def node_kinds(rule: FileRule) -> tuple[type[ast.AST], ...]:
    """The node classes named by the annotation of `check`'s `node` parameter.

    Raises TypeError naming the rule when the annotation does not consist of `ast` classes.
    """
    annotation = rule.check.__annotations__.get("node", "")
    if not isinstance(annotation, str):
        raise TypeError(f"{rule.code}: the rule's file lacks `from __future__ import annotations`")
    kinds = []
    for part in annotation.split("|"):
        kind = getattr(ast, part.strip().removeprefix("ast."), None)
        if not (isinstance(kind, type) and issubclass(kind, ast.AST)):
            raise TypeError(f"{rule.code}: `check(node: {annotation})` does not name nodes of ast")
        kinds.append(kind)
    return tuple(kinds)


def lint_module(module: Module, rules: RuleSet) -> list[Finding]:
    """The findings of all file rules about one parsed file, in report order."""
    found: list[Finding] = []
    by_class = module.index.by_class
    for kind, wanting in rules.by_node.items():
        nodes = by_class.get(kind)
        if nodes:
            for rule in wanting:
                _run(rule, nodes, module, found)
    calls = module.index.calls
    for callee, wanting in rules.by_callee.items():
        if callee in calls:
            for rule in wanting:
                _run(rule, calls[callee], module, found)
    found.sort(key=lambda finding: finding.sort_key)
    return found


def _run(rule: FileRule, nodes: Iterable[ast.AST], module: Module, found: list[Finding]) -> None:
    try:
        for node in nodes:
            found.extend(rule.check(node, module))
    except Exception as error:  # noqa: BLE001  a rule, perhaps a third party's, must not stop the run: it becomes GL901
        found.append(internal_error(module.path, rule, error))


def lint_asset(asset: Asset, rules: RuleSet) -> list[Finding]:
    """The findings of all asset rules about one file. Raises AssetError when the file is broken."""
    from greenlint.source.asset import AssetError

    found: list[Finding] = []
    for rule in rules.assets.get(asset.suffix, ()):
        try:
            found.extend(rule.check(asset))
        except AssetError:
            raise
        except Exception as error:  # noqa: BLE001  as for file rules
            found.append(internal_error(asset.path, rule, error))
    return found


def lint_project(index: ProjectIndex, rules: RuleSet) -> Iterator[Finding]:
    """The findings of the rules that see the whole project."""
    for rule in rules.project:
        try:
            yield from rule.check_project(index)
        except Exception as error:  # noqa: BLE001  as for file rules
            yield internal_error(".", rule, error)


def internal_error(path: str, rule: Rule, error: Exception) -> Finding:
    """GL901: which rule failed on which file, and why."""
    detail = f"{type(error).__name__}: {error}".splitlines()[0][:200]
    return engine_finding(
        "GL901", "internal-error", path, 1, f"rule {rule.code} failed on this file ({detail}); please report it"
    )


def engine_finding(code: str, name: str, path: str, line: int, message: str, column: int = 1) -> Finding:
    """A finding of the engine itself, about one line."""
    severity = Severity.ERROR if code != "GL902" else Severity.WARNING
    return Finding(code, name, path, line, column, line, column, message, _NO_EFFECT, 100, severity)
