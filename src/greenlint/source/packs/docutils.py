"""docutils: directives and visitors."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    methods=words("run apply dispatch_visit dispatch_departure unknown_visit unknown_departure"),
    callback_prefixes=words("visit_ depart_"),
    live_bases=words("Directive Transform NodeVisitor SparseNodeVisitor GenericNodeVisitor Writer Parser Reader"),
)
