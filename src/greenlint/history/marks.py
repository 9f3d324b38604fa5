"""Marks on commits: written once, never changed, kept in the ledger beside the runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.ledger.batch import Batch, now
from greenlint.model.text import encodable

if TYPE_CHECKING:
    from greenlint.ledger.store import Ledger
    from greenlint.model.annotation import Annotation


def add_mark(ledger: Ledger, mark: Annotation) -> bool:
    """Store a mark with the time of now; False when the very same is there already. Raises LedgerError."""
    known = {one._replace(at_utc="") for one in ledger.annotations()}
    mark = mark._replace(**{name: encodable(value) for name, value in mark._asdict().items()})
    if mark._replace(at_utc="") in known:
        return False
    ledger.add_missing([Batch("annotation", mark._fields, [tuple(mark._replace(at_utc=now()))])])
    return True
