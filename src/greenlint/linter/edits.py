"""What is different in a few files since a snapshot was written, to keep beside it.

Writing down thousands of others again would take longer than looking at the few.
"""

from __future__ import annotations

import json

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.source.discover import State

MOST = 100
"""From more edits on the snapshot is written anew."""


class Edit(NamedTuple):
    """One name: its state now, and what is known of an input whose contents are others.

    content  hash of the contents; empty where they are those of the snapshot, and with it the rest
    key      of the entry
    held     the object of git that holds the contents; empty where that is not known
    entry    packed; None where the next run has to look, and for what is no file to lint
    """

    state: State
    content: bytes = b""
    key: bytes = b""
    held: bytes = b""
    entry: list[Any] | None = None


def pack_edits(digest: bytes, edits: Mapping[int, Edit]) -> str:
    """Edits by the place of the name, and the digest of all inputs with them."""
    rows = [[place, edit.state, *(part.hex() for part in edit[1:4]), edit.entry] for place, edit in edits.items()]
    return json.dumps([digest.hex(), rows])


def unpack_edits(packed: str, inputs: int, names: int) -> tuple[bytes, dict[int, Edit]]:
    """The inverse, for a snapshot of so many names, inputs first. Raises ValueError or TypeError for anything else."""
    digest, rows = json.loads(packed)
    edits = {}
    for place, (size, mtime_ns, ctime_ns), *known, entry in rows:
        content, key, held = map(bytes.fromhex, known)
        fits = (
            {type(number) for number in (place, size, mtime_ns, ctime_ns)} == {int}
            and 0 <= place < (inputs if content else names)
            and (len(content), len(key)) in ((16, 16), (0, 0))
            and len(held) in (0, 20)
        )
        if not fits:
            raise ValueError("an edit that does not fit the snapshot")
        edits[place] = Edit((size, mtime_ns, ctime_ns), content, key, held, entry)
    return bytes.fromhex(digest), edits
