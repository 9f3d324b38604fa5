"""K08, bytes savable: what open findings about assets would save, each found by really doing it."""

from __future__ import annotations

from greenlint.reporters.catalog import Message
from greenlint.reporters.kpi.tile import Figure, Tile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.reporters.kpi.facts import Facts


def tile(facts: Facts) -> Tile:
    """Bytes, exact; carbon of transfers is not claimed, for nobody counted them."""
    lint = facts.lint
    if not lint.files or lint.unread == lint.files:
        return Tile("K08", (Figure(None, "B", mark="unmeasured"),), lint.coverage, next_steps=(Message("next.lint"),))
    steps = [Message("next.bytes")] if lint.bytes_savable else []
    counts = (Message("K08.findings", {"count": str(lint.savable_findings)}),)
    return Tile("K08", (Figure(float(lint.bytes_savable), "B"),), lint.coverage, facts=counts, next_steps=tuple(steps))
