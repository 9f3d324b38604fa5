"""One line per finding, for editors, grep and logs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.reporters.encoding import printable
from greenlint.reporters.location import location

if TYPE_CHECKING:
    from greenlint.model.check import CheckResult
    from greenlint.reporters.base import RenderOptions

NAME = "concise"


def render(result: CheckResult, options: RenderOptions) -> str:
    """`path:line:col: CODE message [effect]` for each finding; nothing when there is none."""
    style = options.style
    return "".join(
        f"{style(location(finding), bold=True)}: {style(finding.code, fg='red')} "
        f"{printable(finding.message)} [{finding.effect.effect_class.value}]\n"
        for finding in result.findings
    )
