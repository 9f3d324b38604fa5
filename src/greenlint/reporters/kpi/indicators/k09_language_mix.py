"""K09, language mix: which languages the energy and the lines of code belong to."""

from __future__ import annotations

from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.tile import Figure, Part, Tile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.reporters.kpi.facts import Facts

_SHOWN = 5


def tile(facts: Facts) -> Tile:
    """The largest language's share of the energy of windows, and both mixes.

    Energy above idle, for some windows carry an idle share and others do not.
    """
    joules: dict[str, float] = {}
    marks: set[str] = set()
    for row in facts.survey.by_language:
        if row.energy is not None:
            joules[row.key] = joules.get(row.key, 0.0) + max(0.0, row.energy.dynamic_j)
            marks.add(row.energy.method.mark)
    windows = sum(row.windows for row in facts.survey.by_language)
    unmeasured = sum(row.unmeasured for row in facts.survey.by_language)
    bars = [("K09.energy", _parts(joules)), ("K09.lines", _parts(facts.lint.lines))]
    bars = [bar for bar in bars if bar[1]]
    if not joules or sum(joules.values()) <= 0:
        figure = Figure(None, "%", mark="unmeasured")
        return Tile("K09", (figure,), 0.0, bars=tuple(bars), next_steps=(Message("next.measure"),))
    name, most = max(joules.items(), key=lambda item: item[1])
    mark = marks.pop() if len(marks) == 1 else "mixed"
    figure = Figure(most / sum(joules.values()), "%", mark=mark, label=Message("K09.top", {"language": name}))
    return Tile("K09", (figure,), (windows - unmeasured) / windows, bars=tuple(bars))


def _parts(amounts: Mapping[str, float]) -> tuple[Part, ...]:
    """Shares, largest first; beyond the fifth language they are one part."""
    total = sum(amounts.values())
    if total <= 0:
        return ()
    ordered = sorted(amounts.items(), key=lambda item: (-item[1], item[0]))
    parts = [Part(name, amount / total) for name, amount in ordered[:_SHOWN]]
    rest = sum(amount for _, amount in ordered[_SHOWN:])
    return (*parts, Part(Message("other"), rest / total)) if rest else tuple(parts)
