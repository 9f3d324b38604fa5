"""The words of the project's texts as the last run found them that asked: reading a manual takes longer than most edits."""

from __future__ import annotations

import hashlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.linter.cache import Cache
    from greenlint.source.texts import Texts

_SLOT = b"texts"
"""One for all states of the texts: what it holds is large, and of use only while they stay as they are."""


def recall_texts(texts: Texts, cache: Cache, keys: Mapping[str, bytes]) -> bool:
    """Fill `texts` with what was found before; False where one of them has changed. `keys` of the contents of files by path."""
    stored = cache.report(_SLOT)
    if not isinstance(stored, list) or len(stored) != 2 or stored[0] != _state(texts, keys):
        return False
    return texts.unpack(stored[1])


def texts_to_remember(texts: Texts, keys: Mapping[str, bytes]) -> dict[bytes, list[Any]]:
    """What `recall_texts` needs, by key."""
    return {_SLOT: [_state(texts, keys), texts.pack()]}


def _state(texts: Texts, keys: Mapping[str, bytes]) -> str:
    """A digest of all contents."""
    digest = hashlib.sha256()
    for path in texts.paths:
        digest.update(f"{path}\0".encode("utf-8", "surrogateescape"))
        digest.update(keys[path])
    return digest.hexdigest()
