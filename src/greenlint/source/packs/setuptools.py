"""setuptools: commands and their steps."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("build_py build_ext sdist bdist_wheel develop install test egg_info setup"),
    methods=words("""initialize_options finalize_options run build_extension build_extensions get_outputs
        get_source_files get_ext_fullpath get_ext_filename get_export_symbols copy_extensions_to_source"""),
    files=words("setup.py"),
    live_bases=words("Command build_ext build_py sdist develop install bdist_wheel egg_info"),
)
