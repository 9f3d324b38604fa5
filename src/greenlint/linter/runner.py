"""The story of `greenlint check`: discover, look (or remember), index the project, judge, report."""

from __future__ import annotations

import os

from greenlint.linter.dispatch import WHOLE_PROJECT, RuleSet
from greenlint.linter.doubt import doubt
from greenlint.linter.entry import CACHE_FILE, FileEntry
from greenlint.linter.inputs import FilesCameOrWent, find_inputs, with_before
from greenlint.linter.select import select_rules
from greenlint.linter.work import Job
from greenlint.model.check import CheckError, CheckResult
from greenlint.named_tuple import NamedTuple
from greenlint.source.discover import SourceFile
from greenlint.source.git_files import GitFiles

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from greenlint.config.schema import Config
    from greenlint.linter.inputs import Inputs
    from greenlint.linter.memory import Memory
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
    folders = any(os.path.isdir(path) for path in paths)
    git = options.git or (GitFiles.ask(config.root) if folders else None)
    job = Job(rules if folders else _without_project(rules), config.root, config.lint.max_file_bytes)
    memory = _memory(paths, config, job) if options.use_cache and folders and _has_cache(config) else None
    try:
        last = memory.last if memory is not None else None
        inputs = find_inputs(paths, config, job.rules, git, last)
        if memory is None and options.use_cache and not _is_small(inputs):
            memory = _memory(paths, config, job)
            if memory is not None:
                inputs = with_before(inputs, memory.last, config.root)
        try:
            return _checked(job, inputs, config, options, memory)
        except FilesCameOrWent:
            return _checked(job, find_inputs(paths, config, job.rules, git, last, presume=False), config, options, memory)
    finally:
        if memory is not None:
            memory.close()


def _is_small(inputs: Inputs) -> bool:
    return sum([file.size for file in inputs.every_file]) < _CACHE_WORTH_BYTES


def _checked(job: Job, inputs: Inputs, config: Config, options: CheckOptions, memory: Memory | None) -> CheckResult:
    """The result for these inputs. Raises FilesCameOrWent where they are not what there is."""
    files = inputs.files if options.only is None else [file for file in inputs.files if file.path in options.only]
    history = _history(config) if inputs.everything is not None else None
    project = Project(files, inputs.every_file, inputs.texts, config, history)
    jobs = options.jobs or config.lint.jobs
    small = _is_small(inputs)
    if memory is not None and not small:
        result = _check_changed(job, project, jobs, memory, inputs)
    else:
        inputs.confirm()
        result = _check(job, project, jobs, small=small)
    problems = inputs.problems
    if history is not None and history.note:
        problems = [*problems, CheckError(".", f"git history: {history.note}", fatal=False)]
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


def _without_project(rules: RuleSet) -> RuleSet:
    return RuleSet(selected for selected in rules.rules if selected.head.kind != "project")


def _cache_folder(config: Config) -> str:
    return os.environ.get("GREENLINT_CACHE_DIR") or os.path.join(config.root, ".greenlint")


def _has_cache(config: Config) -> bool:
    return os.path.exists(os.path.join(_cache_folder(config), CACHE_FILE))


def _memory(paths: Sequence[str], config: Config, job: Job) -> Memory | None:
    """What earlier runs left; None where it cannot be read."""
    from greenlint.linter.cache import Cache

    cache = Cache.open(_cache_folder(config))
    if cache is None:
        return None
    from greenlint.linter.memory import Memory

    return Memory(cache, job, paths, config.lint.exclude)


def _check(job: Job, project: Project, jobs: int, *, small: bool) -> CheckResult:
    """Look at everything, without a cache."""
    if small:
        entries = {file.path: job.look(file) for file in project.everything}
        return _result(entries, project, job.rules, _ask(entries, project, job.rules))
    from greenlint.linter.collect import collect
    from greenlint.source.texts import Texts

    texts = Texts(job.root, [file.path for file in project.texts])
    found = collect(job, project.everything, jobs, None, None, texts.load)
    return _result(found.entries, project, job.rules, _ask(found.entries, project, job.rules, texts, found.facts))


def _check_changed(job: Job, project: Project, jobs: int, memory: Memory, inputs: Inputs) -> CheckResult:
    """Look at what changed, ask the project rules where that may change what they say, and remember all of it."""
    from greenlint.linter.beside import Contexts
    from greenlint.linter.collect import cache_keys, collect
    from greenlint.source.surroundings import surroundings

    seen = [*project.everything, *project.texts]
    targets = [file.path for file in project.files]
    stamp = f"{memory.rules.hex()}{project.config.lint!r}{surroundings(job.root)}{project.history and project.history.head}"
    scope = repr((targets if len(targets) != len(project.everything) else "all", stamp))
    before = inputs.before
    if before is not None and before.nothing_changed and (result := memory.result(scope, before.snapshot.digest)) is not None:
        inputs.confirm()
        return result
    cache = memory.cache
    contexts = Contexts(job.rules.assets, job.root)
    keys = cache_keys(seen, memory.rules, contexts, before, memory.last)
    complete = len(keys.contents) == len({file.path for file in seen})
    if complete and (result := memory.result(scope, keys.digest)) is not None:
        inputs.confirm()
        memory.keep(inputs, contexts, keys)  # the same contents under new time stamps
        return result
    from greenlint.source.texts import Texts

    texts = Texts(job.root, [file.path for file in project.texts])
    job = job._replace(senses=True)
    found = collect(job, project.everything, jobs, cache, keys, texts.load, memory.entries(keys))
    try:
        inputs.confirm()
    except FilesCameOrWent:
        cache.store(found.fresh, {}, keys.by_path.values())  # what was seen of these files holds
        raise
    answer = None
    queue: Sequence[bytes] = ()
    reports: dict[bytes, Any] = {}
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
                found = collect(job, project.everything, jobs, None, None, texts.load)
                facts = found.facts
            known = complete and not texts.loaded and recall_texts(texts, cache, keys.by_path)
            answer = _ask(found.entries, project, job.rules, texts, facts)
            if complete and not known:
                reports |= texts_to_remember(texts, keys.by_path)
        if known_as is not None and answer is not None:
            reports |= to_remember(known_as, answer, [path for path, sense in senses.items() if sense], keys.by_path)
            queue = known_as.slots if answer.asked else ()
    result = _result(found.entries, project, job.rules, answer)
    memory.store(scope, keys, found.fresh, reports, result, queue)
    if complete:
        memory.keep(inputs, contexts, keys, found.entries)
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
    looked_at = [(file, entries[file.path]) for file in project.files if file.path in entries]
    by_path = {file.path: list(entry.findings) for file, entry in looked_at if entry.findings or entry.suppressions}
    if answer is not None and answer.findings:
        shown = {WHOLE_PROJECT, *(file.path for file, _ in looked_at)}
        if len(project.files) == len(project.everything):
            shown.update([file.path for file in project.texts])  # a dependency is declared in a text
        for finding in answer.findings:
            if finding.path in shown:
                by_path.setdefault(finding.path, []).append(finding)
    doubt(by_path, config.root, answer.on_purpose if answer is not None else None)
    findings, suppressed = _judged(by_path, entries, rules, config)
    errors = tuple(
        CheckError(file.path, entry.error, fatal=file.python and entry.error != _HARMLESS)
        for file, entry in looked_at
        if entry.error
    )
    lines = {"python": sum([entry.lines for _, entry in looked_at])}
    return CheckResult(tuple(findings), errors, len(looked_at), suppressed, root=config.root, lines=lines)


def _judged(
    by_path: dict[str, list[Finding]], entries: dict[str, FileEntry], rules: RuleSet, config: Config
) -> tuple[list[Finding], int]:
    """The findings to report, in report order, and how many were suppressed."""
    if not by_path:
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
