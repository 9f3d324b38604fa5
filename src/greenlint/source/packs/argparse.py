"""argparse: actions and formatters are called back."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    methods=words("""add_usage add_argument add_arguments start_section end_section format_help format_usage
        convert_arg_line_to_args error exit print_help"""),
    inert_bases=words("ArgumentTypeError ArgumentError Namespace"),
)
