"""typer, which is click underneath."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("app cli callback version_callback"),
    methods=words("list_commands get_command parse_args invoke convert shell_complete"),
)
