"""Sends the nodes of a parsed file to the rules that asked for them, and keeps a failing rule from stopping the run."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property

from greenlint.linter.selected import SelectedRule
from greenlint.model.finding import Effect, EffectClass, Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterable, Iterator

    from greenlint.rules.base import FileRule, Rule
    from greenlint.source.asset import Asset
    from greenlint.source.module import Module
    from greenlint.source.project import ProjectIndex

WHOLE_PROJECT = "."
"""Path of a finding about no file in particular: a project rule that failed."""
_NO_EFFECT = Effect(EffectClass.CONSTANT, "the linter itself", "none")


class RuleSet:
    """The selected rules, arranged by what they want to see."""

    def __init__(self, rules: Iterable[Rule | SelectedRule]) -> None:
        self.rules = tuple(one if isinstance(one, SelectedRule) else SelectedRule.of(one) for one in rules)
        self.by_node: defaultdict[str, list[SelectedRule]] = defaultdict(list)
        self.by_callee: defaultdict[str, list[SelectedRule]] = defaultdict(list)
        self.project: list[SelectedRule] = []
        self.assets: defaultdict[str, list[SelectedRule]] = defaultdict(list)
        for selected in self.rules:
            if selected.head.kind == "file":
                self._add_file_rule(selected)
            elif selected.head.kind == "project":
                self.project.append(selected)
            for suffix in selected.head.suffixes:
                self.assets[suffix].append(selected)

    @cached_property
    def by_class(self) -> list[tuple[type[ast.AST], list[SelectedRule]]]:
        """The rules on nodes, by class of node."""
        import ast  # 3 ms that a run does without where nothing has changed

        return [(getattr(ast, name), wanting) for name, wanting in self.by_node.items()]

    def _add_file_rule(self, selected: SelectedRule) -> None:
        head = selected.head
        for callee in head.callees:
            self.by_callee[callee].append(selected)
        for name in head.nodes:
            if not (head.callees and name == "Call"):
                self.by_node[name].append(selected)


def lint_module(module: Module, rules: RuleSet) -> list[Finding]:
    """The findings of all file rules about one parsed file, in report order."""
    found: list[Finding] = []
    index = module.index
    for kind, wanting in rules.by_class:
        nodes = index.of(kind)
        if nodes:
            _run_all(wanting, nodes, module, found)
    calls = index.calls
    for callee in rules.by_callee.keys() & calls.keys():
        _run_all(rules.by_callee[callee], calls[callee], module, found)
    found.sort(key=lambda finding: finding.sort_key)
    return found


def _run_all(wanting: Iterable[SelectedRule], nodes: Iterable[ast.AST], module: Module, found: list[Finding]) -> None:
    attributes = module.index.attributes
    for selected in wanting:
        head = selected.head
        if head.packages and head.packages.isdisjoint(module.packages):
            continue
        if (head.words or head.attributes) and attributes.keys().isdisjoint(head.attributes) and not module.holds(head.words):
            continue
        _run(selected.rule, nodes, module, found)


def _run(rule: FileRule, nodes: Iterable[ast.AST], module: Module, found: list[Finding]) -> None:
    first = len(found)
    try:
        for node in nodes:
            found.extend(rule.check(node, module))
        if len(found) > first:
            _verify(rule, found[first:])
    except Exception as error:  # noqa: BLE001  a rule, perhaps a third party's, must not stop the run: it becomes GL901
        found[first:] = [finding for finding in found[first:] if _is_of(rule, finding)]
        found.append(internal_error(module.path, rule, error))


def _verify(rule: Rule, findings: Iterable[object]) -> None:
    """Raise TypeError when a rule yields something that is no finding, or speaks for another rule."""
    if not all(_is_of(rule, finding) for finding in findings):
        raise TypeError(f"it yields something other than findings of {rule.code}")


def _is_of(rule: Rule, finding: object) -> bool:
    return isinstance(finding, Finding) and finding.code == rule.code


def lint_asset(asset: Asset, rules: RuleSet) -> list[Finding]:
    """The findings of all asset rules about one file. Raises AssetError when the file is broken."""
    from greenlint.source.asset import AssetError

    found: list[Finding] = []
    for selected in rules.assets.get(asset.suffix, ()):
        rule = selected.rule
        try:
            findings = list(rule.check(asset))
            _verify(rule, findings)
            found += findings
        except AssetError:
            raise
        except Exception as error:  # noqa: BLE001  as for file rules
            found.append(internal_error(asset.path, rule, error))
    return found


def lint_project(index: ProjectIndex, rules: RuleSet) -> Iterator[Finding]:
    """The findings of the rules that see the whole project."""
    for selected in rules.project:
        rule = selected.rule
        try:
            findings = list(rule.check_project(index))
            _verify(rule, findings)
            yield from findings
        except Exception as error:  # noqa: BLE001  as for file rules
            yield internal_error(WHOLE_PROJECT, rule, error)


def internal_error(path: str, rule: Rule, error: Exception) -> Finding:
    """GL901: which rule failed on which file, and why."""
    package = type(rule).__module__.partition(".")[0]
    authors = "" if package == "greenlint" else f" to the authors of {package}"
    where = "the project" if path == WHOLE_PROJECT else "this file"
    return _internal(path, f"rule {rule.code} failed on {where} ({_detail(error)}); please report it{authors}")


def failed_file(path: str, error: Exception) -> Finding:
    """GL901 of what greenlint itself does with a file, beside the rules."""
    return _internal(path, f"greenlint failed on this file ({_detail(error)}); please report it")


def _internal(path: str, message: str) -> Finding:
    return engine_finding("GL901", "internal-error", path, 1, message)


def _detail(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def engine_finding(code: str, name: str, path: str, line: int, message: str, column: int = 1) -> Finding:
    """A finding of the engine itself, about one line."""
    severity = Severity.ERROR if code != "GL902" else Severity.WARNING
    return Finding(code, name, path, line, column, line, column, message, _NO_EFFECT, 100, severity)
