"""The story of `greenlint check`: discover, look (or remember), index the project, judge, report."""

from __future__ import annotations

import os

from greenlint.linter.dispatch import WHOLE_PROJECT, RuleSet
from greenlint.linter.doubt import doubt
from greenlint.linter.entry import TRANSIENT, FileEntry, pack_finding, unpack_finding
from greenlint.linter.select import select_rules
from greenlint.linter.work import Job
from greenlint.model.check import CheckError, CheckResult
from greenlint.named_tuple import NamedTuple
from greenlint.source.discover import Finder, SourceFile
from greenlint.source.git_files import GitFiles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from greenlint.config.schema import Config
    from greenlint.linter.cache import Cache
    from greenlint.linter.whole_project import Answer
    from greenlint.model.finding import Finding
    from greenlint.rules.base import Rule
    from greenlint.source.facts import FileFacts
    from greenlint.source.last_uses import History
    from greenlint.source.project import ProjectIndex
    from greenlint.source.texts import Texts

_CACHE_WORTH_BYTES = 300_000  # reading less than this again is cheaper than opening the cache
_HARMLESS = "deleted while greenlint was running"


class CheckOptions(NamedTuple):
    """How to run: worker count (0: one per core) and cache on or off.

    only   the only paths to report (None: all)
    rules  the rules to run (None: as configured)
    git    what git was asked for already, about the project's root
    """

    jobs: int = 0
    use_cache: bool = True
    only: frozenset[str] | None = None
    rules: tuple[Rule, ...] | None = None
    git: GitFiles | None = None


class Project(NamedTuple):
    """What to report, what to look at, the texts and commits that project rules ask beside it, and the settings."""

    files: list[SourceFile]
    everything: list[SourceFile]
    texts: list[SourceFile]
    config: Config
    history: History | None = None


def check_paths(paths: Sequence[str], config: Config, options: CheckOptions | None = None) -> CheckResult:
    """Lint files and folders.

    Rules about the whole project run when a folder is among the paths; they then see every Python file below the project
    root, and findings are reported for the given paths only. Raises ConfigError for unknown rule codes.
    """
    options = options or CheckOptions()
    rules = RuleSet(select_rules(config) if options.rules is None else options.rules)
    git = options.git or (GitFiles.ask(config.root) if any(os.path.isdir(path) for path in paths) else None)
    files, universe, texts, problems = _discover(paths, config, rules, git)
    if options.only is not None:
        files = [file for file in files if file.path in options.only]
    job = Job(rules if universe is not None else _without_project(rules), config.root, config.lint.max_file_bytes)
    history = _history(config) if universe is not None else None
    project = Project(files, universe if universe is not None else files, texts, config, history)
    cache = _open_cache(config, options, project.everything)
    try:
        result = _check(job, project, options, cache)
    finally:
        if cache is not None:
            cache.close()
    if history is not None and history.note:
        problems.append(CheckError(".", f"git history: {history.note}", fatal=False))
    return result._replace(errors=(*problems, *result.errors))


def _history(config: Config) -> History | None:
    if not config.lint.git_history:
        return None
    from greenlint.source.last_uses import History

    return History(config.root)


def check_source(path: str, data: bytes, config: Config) -> CheckResult:
    """Lint the text of one Python file that need not exist on disk (an editor's buffer)."""
    rules = _without_project(RuleSet(select_rules(config)))
    job = Job(rules, config.root, config.lint.max_file_bytes)
    file = SourceFile(path, path, len(data), 0, python=True)
    return _result({path: job.look_at(path, data)}, Project([file], [file], [], config), rules)


_Discovered = tuple[list[SourceFile], "list[SourceFile] | None", list[SourceFile], list[CheckError]]


def _discover(paths: Sequence[str], config: Config, rules: RuleSet, git: GitFiles | None) -> _Discovered:
    """The files to report; all files that project rules must see (None when they do not run); texts; and problems.

    The usual case, the whole project, lists the tree once.
    """
    suffixes = tuple(rules.assets)
    exclude = config.lint.exclude
    if not rules.project or not any(os.path.isdir(path) for path in paths):
        finder = Finder(config.root, exclude, suffixes, git)
        return finder.find(paths), None, [], _problems(finder)
    from greenlint.source.texts import TEXT_FILES, texts_that_count

    whole = Finder(config.root, exclude, suffixes, git, TEXT_FILES)
    below = whole.find([config.root])
    seen = [file for file in below if not file.python and file.path.lower().endswith(TEXT_FILES)]
    texts = texts_that_count(seen, whole.texts)
    if [os.path.abspath(path) for path in paths] == [os.path.abspath(config.root)]:
        return below, below, texts, _problems(whole)
    finder = Finder(config.root, exclude, suffixes, git)
    files = finder.find(paths)
    known = {file.path for file in files}
    rest = [file for file in below if file.python and file.path not in known]
    return files, sorted([*files, *rest], key=lambda file: file.path), texts, _problems(finder)


def _problems(finder: Finder) -> list[CheckError]:
    return [CheckError(path, message) for path, message in sorted(finder.problems)]


def _without_project(rules: RuleSet) -> RuleSet:
    return RuleSet(selected for selected in rules.rules if selected.head.kind != "project")


def _open_cache(config: Config, options: CheckOptions, files: Sequence[SourceFile]) -> Cache | None:
    if not options.use_cache or sum(file.size for file in files) < _CACHE_WORTH_BYTES:
        return None
    from greenlint.linter.cache import Cache

    return Cache.open(os.environ.get("GREENLINT_CACHE_DIR") or os.path.join(config.root, ".greenlint"))


def _check(job: Job, project: Project, options: CheckOptions, cache: Cache | None) -> CheckResult:
    jobs = options.jobs or project.config.lint.jobs
    if cache is None and sum(file.size for file in project.everything) < _CACHE_WORTH_BYTES:
        entries = {file.path: job.look(file) for file in project.everything}
        return _result(entries, project, job.rules, _ask(entries, project, job.rules))
    from greenlint.linter.collect import Contexts, cache_keys, collect, seen_key
    from greenlint.source.texts import Texts

    texts = Texts(job.root, [file.path for file in project.texts])
    if cache is None:
        found = collect(job, project.everything, jobs, None, None, texts.load)
        return _result(found.entries, project, job.rules, _ask(found.entries, project, job.rules, texts, found.facts))
    from greenlint.linter.digest import rules_digest
    from greenlint.source.surroundings import surroundings

    rules = rules_digest(job.rules, job.max_file_bytes)
    inputs = [*project.everything, *project.texts]
    targets = [file.path for file in project.files]
    stamp = f"{rules.hex()}{project.config.lint!r}{surroundings(job.root)}{project.history and project.history.head}"
    scope = repr((targets if len(targets) != len(project.everything) else "all", stamp))
    contexts = Contexts(job.rules.assets, job.root)
    seen = seen_key(rules, scope, inputs, contexts)
    if (result := _known_result(cache, cache.report(seen), job.root)) is not None:
        return result
    keys = cache_keys(inputs, cache, rules, contexts, job.root)
    whole = keys.whole(scope)
    complete = len(keys.contents) == len({file.path for file in inputs})
    reports: dict[bytes, Any] = {}
    if complete and cache.are_settled([file.state for file in inputs]):
        reports[seen] = whole.hex()
    if complete and (result := _known_result(cache, whole.hex(), job.root)) is not None:
        if keys.new_hashes or reports:  # the same contents under new time stamps: remember these
            cache.store(keys.new_hashes, keys.objects, {}, reports, ())
        return result
    found = collect(job._replace(senses=True), project.everything, jobs, cache, keys, texts.load)
    answer = None
    queue: Sequence[bytes] = ()
    if job.rules.project:
        from greenlint.linter.known_texts import recall_texts, texts_to_remember
        from greenlint.linter.whole_project import answer_keys, recall, to_remember

        senses = {path: entry.sense for path, entry in found.entries.items()}
        known_as = (
            answer_keys(stamp, job.rules.project, job.root, project.everything, senses, keys.by_path)
            if complete and project.history is None  # its messages tell of commits, and few ask for it again and again
            else None
        )
        if known_as is not None:
            answer = recall(known_as, job.rules, cache, found.facts, keys.by_path)
        if answer is None:
            facts = found.all_facts(cache, keys)
            if facts is None:  # the cache has lost some: look again
                found = collect(job._replace(senses=True), project.everything, jobs, None, None, texts.load)
                facts = found.facts
            known = complete and not texts.loaded and recall_texts(texts, cache, keys.by_path)
            answer = _ask(found.entries, project, job.rules, texts, facts)
            if complete and not known:
                reports |= texts_to_remember(texts, keys.by_path)
        if known_as is not None and answer is not None:
            reports |= to_remember(known_as, answer, [path for path, sense in senses.items() if sense], keys.by_path)
            queue = known_as.slots if answer.asked else ()
    result = _result(found.entries, project, job.rules, answer)
    if not any(error.message.startswith(TRANSIENT) for error in result.errors):
        reports[whole] = _pack_result(result)
    cache.store(keys.new_hashes, keys.objects, found.fresh, reports, keys.by_path.values(), queue)
    return result


def _ask(
    entries: dict[str, FileEntry],
    project: Project,
    rules: RuleSet,
    texts: Texts | None = None,
    facts: dict[str, FileFacts] | None = None,
) -> Answer | None:
    """What the rules about the whole project say; None when none of them runs."""
    if not rules.project:
        return None
    from greenlint.linter.whole_project import ask

    python = [file.path for file in project.everything if file.python]
    return ask(_index(entries, project, texts, facts), rules, python)


def _result(entries: dict[str, FileEntry], project: Project, rules: RuleSet, answer: Answer | None = None) -> CheckResult:
    config = project.config
    targets = [file.path for file in project.files if file.path in entries]
    by_path: dict[str, list[Finding]] = {path: list(entries[path].findings) for path in targets}
    if answer is not None:
        whole = len(project.files) == len(project.everything)
        shown = {WHOLE_PROJECT, *(file.path for file in project.texts if whole)}  # a dependency is declared in a text
        for finding in answer.findings:
            if finding.path in by_path or finding.path in shown:
                by_path.setdefault(finding.path, []).append(finding)
    doubt(by_path, config.root, answer.on_purpose if answer is not None else None)
    findings, suppressed = _judged(by_path, entries, rules, config)
    errors = tuple(
        CheckError(file.path, error, fatal=file.python and error != _HARMLESS)
        for file in project.files
        if file.path in entries and (error := entries[file.path].error)
    )
    lines = {"python": sum(entries[path].lines for path in targets)}
    return CheckResult(tuple(findings), errors, len(targets), suppressed, root=config.root, lines=lines)


def _judged(
    by_path: dict[str, list[Finding]], entries: dict[str, FileEntry], rules: RuleSet, config: Config
) -> tuple[list[Finding], int]:
    """The findings to report, in report order, and how many were suppressed."""
    if not any(found or (path in entries and entries[path].suppressions) for path, found in by_path.items()):
        return [], 0
    from greenlint.linter.judge import apply_suppressions, wanted

    judged = {rule.code for rule in rules.rules}
    findings: list[Finding] = []
    suppressed = 0
    for path, found in by_path.items():
        suppressions = entries[path].suppressions if path in entries else ()
        if suppressions:
            found, silenced = apply_suppressions(found, suppressions, path, judged, config.lint)
            suppressed += silenced
        shown = [finding for finding in found if wanted(finding, config.lint)]
        cells = entries[path].cells if path in entries else ()
        findings += _in_cells(shown, cells) if cells else shown
    findings.sort(key=lambda finding: finding.sort_key)
    return findings, suppressed


def _in_cells(findings: list[Finding], cells: Sequence[tuple[int, int]]) -> list[Finding]:
    """The findings of a notebook with their cell, and lines that count in it."""
    from greenlint.source.notebook import place

    placed = []
    for finding in findings:
        cell, line = place(cells, finding.line)
        placed.append(finding._replace(cell=cell, line=line, end_line=finding.end_line - finding.line + line))
    return placed


def _index(
    entries: dict[str, FileEntry], project: Project, texts: Texts | None, facts: dict[str, FileFacts] | None
) -> ProjectIndex:
    from greenlint.source.facts import FileFacts
    from greenlint.source.project import ProjectIndex
    from greenlint.source.texts import Texts

    root = project.config.root
    if facts is None:
        facts = {path: FileFacts.from_json(entry.facts) for path, entry in entries.items() if entry.facts is not None}
    texts = texts or Texts(root, [file.path for file in project.texts])
    texts.add([file.path for file in project.everything if file.python and file.path not in facts])  # it did not parse
    return ProjectIndex(facts, root=root, texts=texts, history=project.history)


def _pack_result(result: CheckResult) -> list[Any]:
    findings = [[finding.path, pack_finding(finding)] for finding in result.findings]
    errors = [[error.path, error.message, error.fatal] for error in result.errors]
    return [findings, errors, result.files, result.suppressed, result.lines]


def _known_result(cache: Cache, name: Any, root: str) -> CheckResult | None:
    """The result of a whole run that is stored under the key with this name; None where there is none."""
    try:
        packed = cache.report(bytes.fromhex(name)) if isinstance(name, str) else None
    except ValueError:
        return None  # a damaged cache: look again
    return None if packed is None else _unpack_result(packed, root)


def _unpack_result(packed: Any, root: str) -> CheckResult | None:
    try:
        findings, errors, files, suppressed, lines = packed
        return CheckResult(
            tuple(unpack_finding(item, path) for path, item in findings),
            tuple(CheckError(*error) for error in errors),
            files=files,
            suppressed=suppressed,
            root=root,
            lines=lines,
        )
    except (TypeError, ValueError, IndexError, KeyError):
        return None  # a damaged cache: look again
