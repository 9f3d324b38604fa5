"""The story of `greenlint check`: discover, look (or remember), index the project, judge, report."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from greenlint.linter.collect import cache_keys, collect
from greenlint.linter.digest import report_key, rules_digest
from greenlint.linter.dispatch import RuleSet, lint_project
from greenlint.linter.entry import FileEntry, pack_finding, unpack_finding, with_fingerprints
from greenlint.linter.judge import apply_suppressions, wanted
from greenlint.linter.select import select_rules
from greenlint.linter.work import Job
from greenlint.model.check import CheckError, CheckResult
from greenlint.source.discover import Finder, SourceFile

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from greenlint.config.schema import Config
    from greenlint.linter.cache import Cache
    from greenlint.model.finding import Finding

_CACHE_WORTH_BYTES = 300_000  # reading less than this again is cheaper than opening the cache
_HARMLESS = "deleted while greenlint was running"


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """How to run: worker count (0: one per core), cache on or off, and the only paths to report (None: all)."""

    jobs: int = 0
    use_cache: bool = True
    only: frozenset[str] | None = None


def check_paths(paths: Sequence[str], config: Config, options: CheckOptions | None = None) -> CheckResult:
    """Lint files and folders.

    Rules about the whole project run when a folder is among the paths; they then see every Python file below the project
    root, and findings are reported for the given paths only. Raises ConfigError for unknown rule codes.
    """
    options = options or CheckOptions()
    rules = RuleSet(select_rules(config))
    finder = Finder(config.root, config.lint.exclude, rules.assets)
    files = finder.find(paths)
    if options.only is not None:
        files = [file for file in files if file.path in options.only]
    problems = [CheckError(path, message) for path, message in finder.problems]
    universe = _universe(paths, config, rules, files)
    job = Job(rules if universe is not None else _without_project(rules), config.root, config.lint.max_file_bytes)
    everything = universe if universe is not None else files
    cache = _open_cache(config, options, everything)
    try:
        result = _check(job, files, everything, config, options, cache)
    finally:
        if cache is not None:
            cache.close()
    return replace(result, errors=(*problems, *result.errors))


def check_source(path: str, data: bytes, config: Config) -> CheckResult:
    """Lint the text of one Python file that need not exist on disk (an editor's buffer)."""
    rules = _without_project(RuleSet(select_rules(config)))
    job = Job(rules, config.root, config.lint.max_file_bytes)
    return _result({path: job.look_at(path, data)}, [path], rules, config)


def _universe(paths: Sequence[str], config: Config, rules: RuleSet, files: list[SourceFile]) -> list[SourceFile] | None:
    """All files that project rules must see, the given ones included; None when project rules do not run."""
    if not rules.project or not any(os.path.isdir(path) for path in paths):
        return None
    root = os.path.abspath(config.root)
    if any(os.path.abspath(path) == root for path in paths):
        rest: list[SourceFile] = Finder(root, config.lint.exclude, ()).find([root]) if len(paths) > 1 else []
    else:
        rest = Finder(root, config.lint.exclude, ()).find([root])
    known = {file.path for file in files}
    return sorted([*files, *(f for f in rest if f.path not in known)], key=lambda file: file.path)


def _without_project(rules: RuleSet) -> RuleSet:
    from greenlint.rules.base import ProjectRule

    return RuleSet(rule for rule in rules.rules if not isinstance(rule, ProjectRule))


def _open_cache(config: Config, options: CheckOptions, files: Sequence[SourceFile]) -> Cache | None:
    if not options.use_cache or sum(file.size for file in files) < _CACHE_WORTH_BYTES:
        return None
    from greenlint.linter.cache import Cache

    return Cache.open(os.environ.get("GREENLINT_CACHE_DIR") or os.path.join(config.root, ".greenlint"))


def _check(
    job: Job,
    files: list[SourceFile],
    everything: list[SourceFile],
    config: Config,
    options: CheckOptions,
    cache: Cache | None,
) -> CheckResult:
    targets = [file.path for file in files]
    jobs = options.jobs or config.lint.jobs
    if cache is None:
        entries, _ = collect(job, everything, jobs, None, None)
        return _result(entries, targets, job.rules, config)
    rules = rules_digest(job.rules, config.lint.max_file_bytes)
    keys = cache_keys(everything, cache, rules)
    scope = repr((targets if len(targets) != len(everything) else "all", config.lint, [f.path for f in everything]))
    whole = report_key(rules, scope, list(keys.by_path.values()))
    if len(keys.by_path) == len(everything) and (known := cache.report(whole)) is not None:
        result = _unpack_result(known, config.root)
        if result is not None:
            if keys.new_hashes:  # the same contents under new time stamps: remember these
                cache.store(keys.new_hashes, {}, (whole, known), ())
            return result
    entries, fresh = collect(job, everything, jobs, cache, keys)
    result = _result(entries, targets, job.rules, config)
    if not result.errors:
        cache.store(keys.new_hashes, fresh, (whole, _pack_result(result)), keys.by_path.values())
    else:
        cache.store(keys.new_hashes, fresh, (b"", None), keys.by_path.values())
    return result


def _result(entries: dict[str, FileEntry], targets: list[str], rules: RuleSet, config: Config) -> CheckResult:
    by_path: dict[str, list[Finding]] = {path: list(entries[path].findings) for path in targets if path in entries}
    if rules.project:
        for finding in _project_findings(entries, rules, config):
            if finding.path in by_path:
                by_path[finding.path].append(finding)
    judged: Collection[str] = {rule.code for rule in rules.rules}
    findings: list[Finding] = []
    suppressed = 0
    for path, found in by_path.items():
        entry = entries[path]
        if entry.suppressions:
            found, silenced = apply_suppressions(found, entry.suppressions, path, judged, config.lint)
            suppressed += silenced
        findings += [finding for finding in found if wanted(finding, config.lint)]
    findings.sort(key=lambda finding: finding.sort_key)
    errors = [
        CheckError(path, entry.error, fatal=entry.error != _HARMLESS)
        for path, entry in sorted(entries.items())
        if entry.error and path in by_path
    ]
    lines = sum(entries[path].lines for path in by_path)
    return CheckResult(tuple(findings), tuple(errors), len(by_path), suppressed, root=config.root, lines={"python": lines})


def _project_findings(entries: dict[str, FileEntry], rules: RuleSet, config: Config) -> list[Finding]:
    from greenlint.source.facts import FileFacts
    from greenlint.source.project import ProjectIndex, project_text_names

    facts = {path: FileFacts.from_json(entry.facts) for path, entry in entries.items() if entry.facts is not None}
    index = ProjectIndex(facts, root=config.root, extra_names=project_text_names(config.root))
    by_path: dict[str, list[Finding]] = {}
    for finding in lint_project(index, rules):
        by_path.setdefault(finding.path, []).append(finding)
    return [
        finding
        for path, found in by_path.items()
        for finding in with_fingerprints(found, _lines(os.path.join(config.root, path)))
    ]


def _lines(path: str) -> list[bytes]:
    try:
        with open(path, "rb") as file:
            return file.read().splitlines()
    except OSError:
        return []


def _pack_result(result: CheckResult) -> list[Any]:
    findings = [[finding.path, pack_finding(finding)] for finding in result.findings]
    return [findings, result.files, result.suppressed, result.lines]


def _unpack_result(packed: Any, root: str) -> CheckResult | None:
    try:
        findings, files, suppressed, lines = packed
        return CheckResult(
            tuple(unpack_finding(item, path) for path, item in findings),
            files=files,
            suppressed=suppressed,
            root=root,
            lines=lines,
        )
    except (TypeError, ValueError, IndexError, KeyError):
        return None  # a damaged cache: look again
