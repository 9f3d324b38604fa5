"""dataclasses: plain classes."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    plain_decorators=words("dataclass"),
)
