"""marshmallow: schemas and their hooks."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("Meta"),
    methods=words("handle_error on_bind_field get_attribute"),
    method_prefixes=words("get_ validate_ load_ dump_"),
)
