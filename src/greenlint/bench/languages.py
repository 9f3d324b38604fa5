"""Guesses the language of a command from the name of its executable; a label for reports, never a cause."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

UNKNOWN = "unknown"

_LANGUAGES = {
    "python": "python",
    "pypy": "python",
    "node": "javascript",
    "nodejs": "javascript",
    "deno": "javascript",
    "bun": "javascript",
    "ts-node": "typescript",
    "tsx": "typescript",
    "ruby": "ruby",
    "jruby": "ruby",
    "truffleruby": "ruby",
    "php": "php",
    "perl": "perl",
    "lua": "lua",
    "luajit": "lua",
    "java": "java",
    "kotlin": "kotlin",
    "scala": "scala",
    "clojure": "clojure",
    "groovy": "groovy",
    "dotnet": "csharp",
    "mono": "csharp",
    "Rscript": "r",
    "julia": "julia",
    "erl": "erlang",
    "escript": "erlang",
    "elixir": "elixir",
    "ocaml": "ocaml",
    "ocamlrun": "ocaml",
    "runghc": "haskell",
    "runhaskell": "haskell",
    "sbcl": "lisp",
    "guile": "scheme",
    "racket": "racket",
    "swift": "swift",
    "dart": "dart",
    "tclsh": "tcl",
    "octave": "octave",
    "gawk": "awk",
    "mawk": "awk",
    "awk": "awk",
    "bash": "shell",
    "dash": "shell",
    "sh": "shell",
    "zsh": "shell",
}
_VERSION = re.compile(r"[-.\d]*t?(?:\.exe)?$")


def guess_language(argv: Sequence[str]) -> str:
    """ "python" for python, python3.13, pypy3 and {python}; "unknown" for a compiled program, which names no language.

    `env NAME=VALUE program` is looked through; what a JVM or node program was written in cannot be seen.
    """
    words = list(argv)
    while words and os.path.basename(words[0]) == "env":
        words = [word for word in words[1:] if "=" not in word and not word.startswith("-")]
    if not words:
        return UNKNOWN
    name = os.path.basename(words[0].replace("\\", "/"))
    if name == "{python}":
        return "python"
    return _LANGUAGES.get(name) or _LANGUAGES.get(_VERSION.sub("", name), UNKNOWN)
