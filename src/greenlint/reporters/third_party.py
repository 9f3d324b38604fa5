"""Admits the findings formats of plug-ins, and turns what goes wrong inside one into an error that names its package."""

from __future__ import annotations

import re

from greenlint.errors import PluginError
from greenlint.plugins.manager import one_line, warn

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from typing import Any

    from greenlint.model.check import CheckResult
    from greenlint.plugins.manager import Contribution, Plugin
    from greenlint.reporters.base import RenderOptions, Reporter

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


class ForeignReporter:
    """A format of a plug-in."""

    def __init__(self, reporter: Any, plugin: Plugin) -> None:
        self.NAME: str = reporter.NAME
        self._render, self._plugin = reporter.render, plugin

    def render(self, result: CheckResult, options: RenderOptions) -> str:
        """The report. Raises PluginError when the plug-in fails or gives no text."""
        hint = "report it to its authors; --output-format text works without it"
        try:
            text = self._render(result, options)
        except Exception as error:  # a plug-in may raise anything; the user is told whose fault it is
            raise PluginError(f"output format {self.NAME} of {self._plugin} failed: {one_line(error)}", hint) from error
        if not isinstance(text, str):
            raise PluginError(f"output format {self.NAME} of {self._plugin} gives no text", hint)
        return text


def admit(offered: Sequence[Contribution], own: Collection[str]) -> dict[str, Reporter]:
    """The usable formats among those offered, by name; one warning for each plug-in with others."""
    admitted: dict[str, Reporter] = {}
    for plugin, reporters in offered:
        problems: list[str] = []
        for reporter in reporters:
            name = getattr(reporter, "NAME", None)
            wrong = _problem(reporter, {*own, *admitted})
            if wrong:
                problems.append(f"output format {name or repr(reporter)[:40]}: {wrong}")
            else:
                admitted[reporter.NAME] = ForeignReporter(reporter, plugin)
        warn(plugin, problems)
    return admitted


def _problem(reporter: Any, taken: Collection[str]) -> str:
    name = getattr(reporter, "NAME", None)
    if not (isinstance(name, str) and _NAME.fullmatch(name)):
        return "its NAME is not lower case words joined by hyphens"
    if name in taken:
        return "the name is taken"
    return "" if callable(getattr(reporter, "render", None)) else "it has no render(result, options)"
