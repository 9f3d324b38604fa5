"""What `greenlint check` does once its options are known; free of click, for the pre-commit path."""

from __future__ import annotations

import os
import sys

from greenlint.config.loader import load_config
from greenlint.errors import ConfigError
from greenlint.named_tuple import NamedTuple
from greenlint.source.git_files import GitFiles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.config.schema import Config, LintConfig
    from greenlint.model.check import CheckResult


_FOR_PEOPLE = ("text", "concise")


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
    if "" in paths:
        raise ConfigError("one of the paths is empty", "an unset variable? `.` means the current folder")
    config = load_config(request.stdin_filename or paths[0], explicit=request.config)
    config = config._replace(lint=_lint_config(config.lint, request))
    known = _known(request, config)
    if request.stdin_filename is not None:
        from greenlint.cli.buffer import lint_buffer

        return finish(lint_buffer(request, config, known), request, config, known)
    git = GitFiles.ask(config.root) if any(os.path.isdir(path) for path in paths) else None
    from greenlint.linter.runner import CheckOptions, check_paths  # while git answers

    options = CheckOptions(use_cache=request.use_cache, only=_only(request, config), git=git)
    if request.fix or request.diff:
        from greenlint.linter.fixer import fix_project

        result, changed = fix_project(paths, config, options, unsafe=request.unsafe_fixes, write=not request.diff, known=known)
        if request.diff:
            from greenlint.cli.patch import print_diff

            print_diff(changed)
        _tell_what_is_missing(result, request)
    else:
        result = check_paths(paths, config, options)
    return finish(result, request, config, known)


def _tell_what_is_missing(result: CheckResult, request: CheckRequest) -> None:
    """One line when fixes were left out that only LibCST can make."""
    if not any(finding.fix is not None and finding.fix.replacement for finding in result.findings):
        return
    from greenlint.linter.fixer.structural import is_possible, is_structural

    left = [finding.fix for finding in result.findings if is_structural(finding.fix)]
    wanted = [fix for fix in left if fix is not None and (request.unsafe_fixes or fix.applicability.value == "safe")]
    if wanted and not is_possible():
        from greenlint.cli.common import say

        say("notice", f"fixes left out for want of LibCST: {len(wanted)} (pip install 'greenlint[fix]')")


def _lint_config(lint: LintConfig, request: CheckRequest) -> LintConfig:
    if not request.overrides and not request.exclude:
        return lint
    return lint._replace(exclude=(*lint.exclude, *request.exclude), **request.overrides)  # type: ignore[arg-type]


def _only(request: CheckRequest, config: Config) -> frozenset[str] | None:
    if request.changed_since is None:
        return None
    from greenlint.linter.changes import changed_since

    return changed_since(config.root, request.changed_since)


def _baseline(request: CheckRequest, config: Config) -> str | None:
    baseline = config.lint.baseline
    if baseline is None or request.overrides.get("baseline"):
        return baseline
    return os.path.join(config.root, baseline)


def _known(request: CheckRequest, config: Config) -> frozenset[str]:
    """What the baseline lists: neither reported nor repaired. Nothing where it is about to be written anew."""
    baseline = _baseline(request, config)
    if baseline is None or request.write_baseline:
        return frozenset()
    from greenlint.linter.baseline import known_findings

    return known_findings(baseline)


def _write_baseline(result: CheckResult, request: CheckRequest, config: Config) -> None:
    from greenlint.linter.baseline import DEFAULT_NAME, write_baseline
    from greenlint.model.text import counted

    baseline = _baseline(request, config)
    target = baseline or os.path.join(config.root, DEFAULT_NAME)
    written, kept = write_baseline(result, target, _scope(request, config))
    use = "" if baseline else f"; use it with --baseline {os.path.relpath(target)}"
    also = f" and kept {kept} that this run did not look for" if kept else ""
    sys.stderr.write(f"greenlint: wrote {counted(written, 'finding')}{also} to {target}{use}\n")


def finish(result: CheckResult, request: CheckRequest, config: Config, known: frozenset[str]) -> int:
    """Apply or write the baseline, print the report, and turn the result into the exit code."""
    if request.write_baseline:
        _write_baseline(result, request, config)
        _report_errors(result, request)
        return 2 if any(error.fatal for error in result.errors) else 0
    if known:
        from greenlint.linter.baseline import apply_baseline

        result = apply_baseline(result, known)
    if request.diff or (request.fix and request.stdin_filename is not None):
        _tell_the_rest(result, request)
    else:
        emit(result, request)
    _report_errors(result, request)
    if any(error.fatal for error in result.errors):
        return 2
    return 1 if result.findings and not request.exit_zero else 0


def _tell_the_rest(result: CheckResult, request: CheckRequest) -> None:
    """Standard output holds a patch or a text, not a report: say beside it what there is, for it decides the exit code."""
    if result.findings and not request.quiet:
        from greenlint.cli.common import say
        from greenlint.reporters.summary import summary_line

        say("note", summary_line(result))


def _scope(request: CheckRequest, config: Config) -> tuple[str, ...]:
    """The paths below the root for which a run says everything, so that a baseline may forget what it lists there."""
    narrowed = request.changed_since is not None or request.exclude or set(request.overrides) - {"baseline", "jobs"}
    if narrowed:
        return ()
    return tuple(os.path.relpath(path, config.root).replace(os.sep, "/") for path in request.paths or (".",))


def emit(result: CheckResult, request: CheckRequest) -> None:
    """Render in the asked format to stdout or a file. Raises ConfigError when the file cannot be written."""
    from greenlint.cli.common import write_data, write_text

    text = "" if request.quiet and not result.findings and request.output_format == "text" else _rendered(result, request)
    if request.output_file is None:
        (write_text if request.output_format in _FOR_PEOPLE else write_data)(text)
        return
    from greenlint.linter.atomic import write_atomically

    try:
        write_atomically(request.output_file, text.encode("utf-8", "surrogateescape"))
    except OSError as error:
        raise ConfigError(f"{request.output_file}: cannot be written: {error.strerror}") from error


def _rendered(result: CheckResult, request: CheckRequest) -> str:
    from greenlint.cli.common import style, width
    from greenlint.reporters.base import RenderOptions, load_reporter, plain

    for_people = request.output_format in _FOR_PEOPLE
    if for_people:
        result = _from_here(result)
    elif request.output_format in ("json", "sarif"):
        from greenlint.linter.fixer.resolve import resolve_fixes

        result = resolve_fixes(result)
    options = RenderOptions(width(), style if request.output_file is None else plain)
    text = load_reporter(request.output_format).render(result, options)
    return text + _statistics(result) if request.statistics and for_people else text


def _statistics(result: CheckResult) -> str:
    """Findings per rule, most frequent first."""
    counts = sorted(result.summary["by_code"].items(), key=lambda item: (-item[1], item[0]))
    names = {finding.code: finding.name for finding in result.findings}
    return "".join(f"{count:6d}  {code:<7} {names[code]}\n" for code, count in counts)


def _from_here(result: CheckResult) -> CheckResult:
    """Paths as seen from the current folder, so that a terminal can open them."""
    here = os.getcwd()
    if os.path.realpath(here) == os.path.realpath(result.root):
        return result
    findings = tuple(finding._replace(path=_rebase(finding.path, result.root)) for finding in result.findings)
    buffers = {_rebase(path, result.root): data for path, data in result.buffers.items()}
    return result._replace(findings=findings, buffers=buffers, root=here)


def _rebase(path: str, root: str) -> str:
    return os.path.relpath(os.path.join(root, path)).replace(os.sep, "/")


def _report_errors(result: CheckResult, request: CheckRequest) -> None:
    from greenlint.cli.common import say

    for error in result.errors:
        if error.fatal or not request.quiet:
            say("error" if error.fatal else "note", f"{_rebase(error.path, result.root)}: {error.message}")
