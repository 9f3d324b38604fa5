"""One line per finding, for editors, grep and logs."""

from __future__ import annotations

from greenlint.reporters.encoding import printable
from greenlint.reporters.location import costs_energy, location

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.check import CheckResult
    from greenlint.model.finding import Finding
    from greenlint.reporters.base import RenderOptions

NAME = "concise"


def render(result: CheckResult, options: RenderOptions) -> str:
    """`path:line:col: CODE message [effect]` for each finding; nothing when there is none, no effect for the engine's own."""
    style = options.style
    return "".join(
        f"{style(location(finding), bold=True)}: {style(finding.code, fg='red')} "
        f"{printable(finding.message)}{_effect(finding)}\n"
        for finding in result.findings
    )


def _effect(finding: Finding) -> str:
    return f" [{finding.effect.effect_class.value}]" if costs_energy(finding) else ""
