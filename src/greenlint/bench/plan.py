"""The plan of a comparison: which programs, against which output, how often, and drawn from which seed."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

from greenlint.errors import ConfigError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DEFAULT_ROUNDS = 15
LEAST_ROUNDS = 5
DEFAULT_TIMEOUT_S = 60.0
DEFAULT_RTOL = 1e-9
DEFAULT_ATOL = 1e-12
LONGEST_DEFAULT_S = 300.0
"""Without an explicit number of rounds, counted runs are kept to about this many seconds."""

PLACEHOLDERS = ("python", "out")
_PLACEHOLDER = re.compile(r"\{([A-Za-z_]\w*)\}$")


@dataclass(frozen=True, slots=True)
class Implementation:
    """One program of a comparison.

    run, build  argument lists, never given to a shell; build is empty when there is nothing to build
    cwd         absolute working directory of both; env: added to the environment of both
    """

    name: str
    language: str
    run: tuple[str, ...]
    build: tuple[str, ...] = ()
    cwd: str = ""
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Expectation:
    """What standard output must be: the file, or what the baseline prints.

    mode  "exact" compares bytes; "numeric" compares word by word, numbers with a decimal point or an exponent within
          rtol (relative) or atol (absolute), everything else, whole numbers included, exactly
    """

    file: str | None = None
    mode: str = "exact"
    rtol: float = DEFAULT_RTOL
    atol: float = DEFAULT_ATOL


@dataclass(frozen=True, slots=True)
class Plan:
    """A comparison to be made. `rounds` is None when the duration of a run shall decide; `path` is the SPEC file."""

    name: str
    implementations: tuple[Implementation, ...]
    baseline: str
    seed: int
    rounds: int | None = None
    warmup: int = 0
    timeout_s: float = DEFAULT_TIMEOUT_S
    expectation: Expectation = field(default_factory=Expectation)
    path: str | None = None


def check_names(names: Sequence[str], baseline: str, where: str) -> None:
    """Raises ConfigError for fewer than two implementations, a name given twice, or an unknown baseline."""
    if len(names) < 2:
        raise ConfigError(
            f"{where}: a comparison needs two implementations, {len(names)} given", "`greenlint measure -- CMD` measures one"
        )
    twice = next((name for position, name in enumerate(names) if name in names[:position]), None)
    if twice is not None:
        raise ConfigError(f"{where}: two implementations are named {twice!r}", "give each a name of its own")
    if baseline not in names:
        raise ConfigError(f"{where}: the baseline {baseline!r} is no implementation", nearest(baseline, names))


def check_placeholders(argv: Sequence[str], where: str) -> None:
    """Raises ConfigError for an argument such as "{pyton}" that looks like a placeholder and is none."""
    for argument in argv:
        match = _PLACEHOLDER.match(argument)
        if match and match[1] not in PLACEHOLDERS:
            raise ConfigError(f"{where}: unknown placeholder {argument!r}", nearest(match[1], PLACEHOLDERS))


def fill_placeholders(argv: Sequence[str], out: str) -> list[str]:
    """{python} becomes the running interpreter, {out} the path of what the build step makes; only as whole arguments."""
    values = {"{python}": sys.executable, "{out}": out}
    return [values.get(argument, argument) for argument in argv]


def nearest(word: str, known: Sequence[str]) -> str:
    """A hint: the known word that is meant, or all of them."""
    close = get_close_matches(word, known, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(known)}"
