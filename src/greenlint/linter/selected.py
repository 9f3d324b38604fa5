"""A selected rule with its options, imported when the first thing that it wants to see turns up."""

from __future__ import annotations

from greenlint.rules.heads import head_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.rules.base import Rule
    from greenlint.rules.heads import RuleHead


class SelectedRule:
    """One rule of a run.

    head    what is known of it without importing it
    option  its options as configured, defaults included
    least   the confidence from which its findings are shown
    """

    __slots__ = ("_rule", "head", "least", "option")

    def __init__(
        self, head: RuleHead, options: Mapping[str, Any] | None = None, rule: Rule | None = None, *, least: int = 0
    ) -> None:
        self.head = head
        self.least = least
        self.option: Mapping[str, Any] = {**head.options, **(options or {})}
        self._rule = rule

    @classmethod
    def of(cls, rule: Rule) -> SelectedRule:
        """A rule that is there already."""
        return cls(head_of(type(rule)), rule.option, rule)

    @property
    def code(self) -> str:
        """The rule's code."""
        return self.head.code

    @property
    def rule(self) -> Any:
        """The rule itself; a FileRule, ProjectRule or AssetRule by `head.kind`."""
        if self._rule is None:
            self._rule = self.head.load()(self.option)
            self._rule.least = self.least
        return self._rule
