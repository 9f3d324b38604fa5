"""Sphinx and docutils: extensions, directives, roles, builders."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("setup"),
    methods=words("""run add_content get_signatures handle_signature add_target_and_index transform_content
        before_content after_content resolve_xref resolve_any_xref get_objects merge_domaindata clear_doc process_doc"""),
    callback_prefixes=words("visit_ depart_"),
    files=words("conf.py"),
    live_bases=words(
        "Directive SphinxDirective ObjectDescription Builder Domain Transform SphinxTransform SphinxPostTransform Autodoc"
    ),
)
