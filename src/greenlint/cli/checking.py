"""What `greenlint check` does once its options are known; free of click, for the pre-commit path."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from greenlint.config.loader import load_config
from greenlint.errors import ConfigError
from greenlint.linter.runner import CheckOptions, check_paths, check_source

if TYPE_CHECKING:
    from collections.abc import Sequence

    from greenlint.config.schema import Config, LintConfig
    from greenlint.linter.fixer import FileFix
    from greenlint.model.check import CheckResult


class CheckRequest(NamedTuple):
    """The options of one call; `overrides` holds settings that win over the configuration file."""

    paths: tuple[str, ...] = ()
    overrides: dict[str, object] = {}
    config: str | None = None
    fix: bool = False
    unsafe_fixes: bool = False
    diff: bool = False
    write_baseline: bool = False
    changed_since: str | None = None
    output_format: str = "text"
    output_file: str | None = None
    use_cache: bool = True
    statistics: bool = False
    exit_zero: bool = False
    quiet: bool = False
    stdin_filename: str | None = None
    exclude: tuple[str, ...] = ()


def run_check(request: CheckRequest) -> int:
    """Lint, repair when asked, report; returns the exit code of the contract. Raises GreenlintError for usage errors."""
    import gc

    gc.disable()  # a lint run makes no cycles and ends soon; collecting costs a fifth of its time
    paths = request.paths or (".",)
    config = load_config(request.stdin_filename or paths[0], explicit=request.config)
    config = config._replace(lint=_lint_config(config.lint, request))
    if request.stdin_filename is not None:
        return finish(_stdin(request, config), request, config)
    options = CheckOptions(use_cache=request.use_cache, only=_only(request, config))
    if request.fix or request.diff:
        from greenlint.linter.fixer import fix_project

        result, changed = fix_project(paths, config, options, unsafe=request.unsafe_fixes, write=not request.diff)
        if request.diff:
            print_diff(changed)
    else:
        result = check_paths(paths, config, options)
    return finish(result, request, config)


def _lint_config(lint: LintConfig, request: CheckRequest) -> LintConfig:
    if not request.overrides and not request.exclude:
        return lint
    return lint._replace(exclude=(*lint.exclude, *request.exclude), **request.overrides)  # type: ignore[arg-type]


def _only(request: CheckRequest, config: Config) -> frozenset[str] | None:
    if request.changed_since is None:
        return None
    from greenlint.linter.changes import changed_since

    return changed_since(config.root, request.changed_since)


def _stdin(request: CheckRequest, config: Config) -> CheckResult:
    path = os.path.relpath(os.path.abspath(request.stdin_filename or "stdin.py"), config.root).replace(os.sep, "/")
    return check_source(path, sys.stdin.buffer.read(), config)


def finish(result: CheckResult, request: CheckRequest, config: Config) -> int:
    """Apply or write the baseline, print the report, and turn the result into the exit code."""
    baseline = config.lint.baseline
    if baseline is not None:
        baseline = baseline if request.overrides.get("baseline") else os.path.join(config.root, baseline)
    if request.write_baseline:
        from greenlint.linter.baseline import DEFAULT_NAME, write_baseline

        target = baseline or os.path.join(config.root, DEFAULT_NAME)
        count = write_baseline(result, target)
        sys.stderr.write(f"greenlint: wrote {count} findings to {target}\n")
        return 2 if any(error.fatal for error in result.errors) else 0
    if baseline is not None:
        from greenlint.linter.baseline import apply_baseline

        result = apply_baseline(result, baseline)
    if not request.diff:
        emit(result, request)
    _report_errors(result, request)
    if any(error.fatal for error in result.errors):
        return 2
    return 1 if result.findings and not request.exit_zero else 0


def emit(result: CheckResult, request: CheckRequest) -> None:
    """Render in the asked format to stdout or a file. Raises ConfigError when the file cannot be written."""
    from greenlint.cli.common import style, width
    from greenlint.reporters.base import RenderOptions, load_reporter, plain

    reporter = load_reporter(request.output_format)
    if request.output_format in ("json", "sarif"):
        from greenlint.linter.fixer.resolve import resolve_fixes

        result = resolve_fixes(result)
    elif request.output_format in ("text", "concise"):
        result = _from_here(result)
    to_stdout = request.output_file is None
    options = RenderOptions(width(), style if to_stdout else plain)
    text = reporter.render(result, options)
    if request.statistics and request.output_format in ("text", "concise"):
        text += _statistics(result)
    if request.quiet and not result.findings and request.output_format == "text":
        text = ""
    if request.output_file is None:
        _write_stdout(text)
        return
    from greenlint.linter.atomic import write_atomically

    try:
        write_atomically(request.output_file, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise ConfigError(f"{request.output_file}: cannot be written: {error.strerror}") from error


def _statistics(result: CheckResult) -> str:
    """Findings per rule, most frequent first."""
    counts = sorted(result.summary["by_code"].items(), key=lambda item: (-item[1], item[0]))
    names = {finding.code: finding.name for finding in result.findings}
    return "".join(f"{count:6d}  {code:<7} {names[code]}\n" for code, count in counts)


def _write_stdout(text: str) -> None:
    try:
        sys.stdout.write(text)
    except UnicodeEncodeError:  # a terminal without UTF-8: lose an accent rather than the report
        encoding = sys.stdout.encoding or "ascii"
        sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))
    sys.stdout.flush()


def _from_here(result: CheckResult) -> CheckResult:
    """Paths as seen from the current folder, so that a terminal can open them."""
    here = os.getcwd()
    if os.path.samefile(here, result.root):
        return result

    def rebase(path: str) -> str:
        return os.path.relpath(os.path.join(result.root, path), here).replace(os.sep, "/")

    findings = tuple(finding._replace(path=rebase(finding.path)) for finding in result.findings)
    return result._replace(findings=findings, root=here)


def _report_errors(result: CheckResult, request: CheckRequest) -> None:
    for error in result.errors:
        if error.fatal or not request.quiet:
            sys.stderr.write(f"greenlint: {'error' if error.fatal else 'note'}: {error.path}: {error.message}\n")


def print_diff(changed: Sequence[FileFix]) -> None:
    """Unified diffs of text files; for binary files a line with both sizes."""
    import difflib

    for one in changed:
        try:
            before, after = one.before.decode("utf-8"), one.after.decode("utf-8")
        except UnicodeDecodeError:
            _write_stdout(f"Binary file {one.path}: {len(one.before)} -> {len(one.after)} bytes\n")
            continue
        lines = difflib.unified_diff(
            before.splitlines(keepends=True), after.splitlines(keepends=True), f"a/{one.path}", f"b/{one.path}"
        )
        for line in lines:
            _write_stdout(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
