"""Reads NAME=CMD as it is typed: one name, one command line split as a shell splits it, and run without a shell."""

from __future__ import annotations

import os
import re
import shlex
from typing import TYPE_CHECKING

from greenlint.bench.languages import guess_language
from greenlint.bench.plan import Implementation, check_placeholders, nearest
from greenlint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_EXAMPLE = 'write for example py="python sort.py" c=./sort'
_NAMED = re.compile(r"([^\s=]+)=(.*)$", re.DOTALL)
_SHELL_WORDS = frozenset({"|", "||", "&&", ";", "&", ">", ">>", "<", "2>", "2>&1"})


def read_implementations(arguments: Sequence[str], languages: Mapping[str, str]) -> tuple[Implementation, ...]:
    """The implementations of NAME=CMD arguments, in their order.

    `languages` overrides the guess by name. Raises ConfigError naming the argument that is wrong.
    """
    found = tuple(_read_one(argument, languages) for argument in arguments)
    names = [implementation.name for implementation in found]
    for name in languages:
        if name not in names:
            raise ConfigError(f"--language: {name!r} is no implementation", nearest(name, names))
    return found


def read_pairs(values: Sequence[str], option: str) -> dict[str, str]:
    """NAME=VALUE options as a dictionary. Raises ConfigError for one without name or value."""
    pairs: dict[str, str] = {}
    for text in values:
        name, equals, value = text.partition("=")
        if not (name and equals and value):
            raise ConfigError(f"{option} {text!r} is not NAME=VALUE", f"for example {option} c=c")
        pairs[name] = value
    return pairs


def shell_words(implementation: Implementation) -> list[str]:
    """Arguments that a shell would act on and that are handed over as they are, for a warning."""
    return [word for word in implementation.run if word in _SHELL_WORDS]


def _read_one(argument: str, languages: Mapping[str, str]) -> Implementation:
    match = _NAMED.match(argument)
    if match is None:
        if argument.endswith(".toml"):
            raise ConfigError(f"{argument!r}: one SPEC.toml stands alone", _EXAMPLE)
        raise ConfigError(f"{argument!r} is neither NAME=CMD nor a SPEC.toml", _EXAMPLE)
    name, text = match[1], match[2]
    try:
        argv = shlex.split(text)
    except ValueError as error:
        raise ConfigError(f"{argument!r}: the command cannot be split: {error}", "check the quotes") from error
    if not argv or not argv[0]:
        raise ConfigError(f"{argument!r}: the command is empty", _EXAMPLE)
    check_placeholders(argv, f"{argument!r}")
    return Implementation(name, languages.get(name) or guess_language(argv), tuple(argv), cwd=os.getcwd())
