"""click: commands and parameter types."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("cli"),
    methods=words("""convert shell_complete get_metavar get_missing_message format_help format_usage format_options
        format_commands format_epilog get_help list_commands get_command resolve_command parse_args invoke make_context
        split_envvar_value process_value get_default handle_parse_result full_process_value get_help_record"""),
    plain_decorators=words("pass_context pass_obj make_pass_decorator"),
    inert_bases=words("ParamType UsageError ClickException BadParameter"),
)
