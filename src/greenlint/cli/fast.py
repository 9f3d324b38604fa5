"""`greenlint [check] [OPTIONS] PATH...` without the command-line parser, which costs a commit hook 10 ms of its 50.

Only what needs no checking is read here; for anything else `read_request` gives up and click takes over, with its help,
its messages and the options that it alone knows.
"""

from __future__ import annotations

from greenlint.errors import GreenlintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.cli.checking import CheckRequest

_FLAGS = {
    "--fix": ("fix", True),
    "--unsafe-fixes": ("unsafe_fixes", True),
    "--diff": ("diff", True),
    "--no-cache": ("use_cache", False),
    "--statistics": ("statistics", True),
    "--exit-zero": ("exit_zero", True),
    "--quiet": ("quiet", True),
    "-q": ("quiet", True),
}
_SWITCHES = {
    "--preview": ("preview", True),
    "--no-preview": ("preview", False),
    "--pedantic": ("pedantic", True),
    "--no-pedantic": ("pedantic", False),
    "--git-history": ("git_history", True),
    "--no-git-history": ("git_history", False),
}
_CODES = {"--select": "select", "--ignore": "ignore"}
_FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")


def read_request(arguments: list[str]) -> CheckRequest | None:
    """The request that these arguments make; None when click has to read them."""
    from greenlint.cli.checking import CheckRequest

    paths: list[str] = []
    options: dict[str, object] = {}
    overrides: dict[str, object] = {}
    codes: dict[str, list[str]] = {}
    rest = iter(arguments)
    for argument in rest:
        if not argument.startswith("-"):
            paths.append(argument)
        elif argument in _FLAGS:
            name, value = _FLAGS[argument]
            options[name] = value
        elif argument in _SWITCHES:
            name, value = _SWITCHES[argument]
            overrides[name] = value
        elif argument in _CODES:
            codes.setdefault(_CODES[argument], []).extend(next(rest, "").split(","))
        elif argument == "--output-format" and (wanted := next(rest, "")) in _FORMATS:
            options["output_format"] = wanted
        else:
            return None
    for name, found in codes.items():
        overrides[name] = tuple(code.strip() for code in found if code.strip())
        if not overrides[name]:
            return None
    return CheckRequest(paths=tuple(paths), overrides=overrides, **options)  # type: ignore[arg-type]


def check_plainly(arguments: list[str]) -> int | None:
    """Lint as these arguments ask; returns the exit code, or None when click has to read them."""
    from greenlint.cli.checking import run_check

    try:
        request = read_request(arguments)
        return None if request is None else run_check(request)
    except GreenlintError as error:
        from greenlint.cli.common import say

        say("error", error)
        return error.exit_code
