"""K07, dead-code ratio: lines that nothing uses or reaches, as a part of all lines of Python."""

from __future__ import annotations

from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.tile import Figure, Tile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.kpi.facts import Facts


def tile(facts: Facts) -> Tile:
    """Dead lines, divided by lines; the bounds weigh confidence and add suspicions."""
    lint = facts.lint
    lines = next((count for name, count in lint.lines.items() if name.lower() == "python"), 0)
    if not lines:
        return Tile("K07", (Figure(None, "%", mark="unmeasured"),), lint.coverage, next_steps=(Message("next.lint"),))
    figure = Figure(lint.dead_lines / lines, "%", lint.dead_low / lines, min(lint.dead_high / lines, 1.0))
    steps = [Message("next.dead")] if lint.dead_lines else []
    if lint.unread:
        steps.append(Message("next.lint_some"))
    if figure.vague:
        steps.append(Message("next.suspicions"))
    counts = (Message("K07.lines", {"dead": str(lint.dead_lines), "all": str(lines)}),)
    return Tile("K07", (figure,), lint.coverage, facts=counts, next_steps=tuple(steps))
