"""attrs: its classes are plain ones."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    methods=words("evolve"),
    plain_decorators=words("attrs define frozen mutable"),
)
