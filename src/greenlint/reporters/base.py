"""What a findings format is: one file in `findings/` with a NAME and a `render`, or the same from a plug-in."""

from __future__ import annotations

import os
from functools import lru_cache

from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple
from greenlint.plugins.discovery import contributions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    from greenlint.model.check import CheckResult

    class Style(Protocol):
        """Colours a text for the terminal, or returns it as it is; the command line passes its own."""

        def __call__(self, text: str, *, fg: str | None = None, bold: bool = False) -> str:
            """The text with the escape codes of colour `fg` (a name such as "red") around it."""
            ...

    class Reporter(Protocol):
        """A findings format; `render` is a pure function of the result (and of the files it points into)."""

        NAME: str

        def render(self, result: CheckResult, options: RenderOptions) -> str:
            """The whole report, with a final line break unless it is empty."""
            ...


_PACKAGE = "greenlint.reporters.findings"


def plain(text: str, *, fg: str | None = None, bold: bool = False) -> str:  # noqa: ARG001 - the shape of a Style
    """The style of files and pipes: the text as it is."""
    return text


class RenderOptions(NamedTuple):
    """What the surroundings ask of a format: terminal width in columns, and how to colour.

    source  show the line of code below each finding (the text format only)
    """

    width: int = 80
    style: Style = plain
    source: bool = True


def reporter_names() -> list[str]:
    """The names of all formats, sorted; greenlint's own are not imported."""
    return sorted([*_own_names(), *_of_plugins()])


def _own_names() -> list[str]:
    folder = os.path.join(os.path.dirname(__file__), "findings")
    if os.path.isdir(folder):
        files = os.listdir(folder)
        return [name[:-3] for name in files if name.endswith(".py") and not name.startswith("_")]
    import pkgutil  # imported from a zip file: slower, but complete

    from greenlint.reporters import findings

    return [info.name for info in pkgutil.iter_modules(findings.__path__) if not info.name.startswith("_")]


@lru_cache(maxsize=1)
def _of_plugins() -> dict[str, Reporter]:
    offered = contributions("greenlint_reporters")
    if not offered:
        return {}
    from greenlint.reporters.third_party import admit

    return admit(offered, _own_names())


def load_reporter(name: str) -> Reporter:
    """The format called `name`. Raises ConfigError naming the nearest format when there is none."""
    if name not in _own_names():
        if name in _of_plugins():
            return _of_plugins()[name]
        import difflib

        names = reporter_names()
        near = difflib.get_close_matches(name, names, n=1)
        hint = f"did you mean {near[0]}?" if near else f"one of: {', '.join(names)}"
        raise ConfigError(f"unknown output format {name!r}", hint)
    module: Any = __import__(f"{_PACKAGE}.{name}", fromlist=["render"])  # importlib itself takes 0.4 ms, on the pre-commit path
    reporter: Reporter = module
    return reporter
