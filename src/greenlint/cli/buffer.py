"""`greenlint check --stdin-filename NAME`: lint, compare or repair the text that an editor sends on standard input."""

from __future__ import annotations

import os
import sys

from greenlint.errors import ConfigError
from greenlint.linter.runner import check_source
from greenlint.model.check import CheckResult
from greenlint.source.discover import Finder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.cli.checking import CheckRequest
    from greenlint.config.schema import Config

_MAX_ROUNDS = 10


def lint_buffer(request: CheckRequest, config: Config, known: frozenset[str]) -> CheckResult:
    """Lint standard input. With `fix` the repaired text goes to standard output, with `diff` a patch; `known` is left alone.

    Raises ConfigError when it cannot be read, and for an option that only files can serve.
    """
    _needs_files(request)
    path = os.path.relpath(os.path.abspath(request.stdin_filename or "stdin.py"), config.root).replace(os.sep, "/")
    data = _read()
    result = _lint(path, data, config)
    if request.fix or request.diff:
        return _repair(path, data, result, request, config, known)
    return result


def _needs_files(request: CheckRequest) -> None:
    for name in ("write_baseline", "changed_since", "paths"):
        if getattr(request, name):
            option = "PATHS" if name == "paths" else "--" + name.replace("_", "-")
            raise ConfigError(f"--stdin-filename and {option} do not go together", "name the files to lint")


def _read() -> bytes:
    if sys.stdin is None:
        raise ConfigError("standard input: is closed", "--stdin-filename reads the text to lint from there")
    try:
        return sys.stdin.buffer.read()
    except OSError as error:
        raise ConfigError(f"standard input: cannot be read: {error.strerror}") from error


def _lint(path: str, data: bytes, config: Config) -> CheckResult:
    if Finder(config.root, config.lint.exclude, ()).excludes(path):
        return CheckResult((), root=config.root)
    return check_source(path, data, config)._replace(buffers={path: data})


def _repair(
    path: str, before: bytes, result: CheckResult, request: CheckRequest, config: Config, known: frozenset[str]
) -> CheckResult:
    """Repair in rounds as for files; a text that cannot be repaired comes out as it went in, for an editor takes all of it."""
    from greenlint.linter.fixer import FileFix, repair_source

    found, after = result, before
    for _ in range(_MAX_ROUNDS):
        repaired = repair_source(after, result.findings, unsafe=request.unsafe_fixes, known=known)
        if repaired == after:
            break
        after, result = repaired, _lint(path, repaired, config)
    if request.diff:
        from greenlint.cli.patch import print_diff

        print_diff([FileFix(path, before, after)] if after != before else [])
        return found
    sys.stdout.buffer.write(after)
    return result._replace(fixed=max(len(found.findings) - len(result.findings), 0))
