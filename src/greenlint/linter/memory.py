"""What earlier runs over these paths with these rules left, and what this one leaves: the cache and a snapshot."""

from __future__ import annotations

import os

from greenlint.linter.digest import report_key, rules_digest
from greenlint.linter.edits import pack_edits
from greenlint.linter.entry import TRANSIENT, pack_finding, unpack_finding
from greenlint.linter.snapshot import Known, Snapshot, pack
from greenlint.linter.states import Names, settle
from greenlint.model.check import CheckError, CheckResult

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from greenlint.linter.beside import Contexts
    from greenlint.linter.cache import Cache
    from greenlint.linter.collect import Keys
    from greenlint.linter.entry import FileEntry
    from greenlint.linter.inputs import Inputs
    from greenlint.linter.work import Job


class Memory:
    """An open cache, and the snapshot of the last run that was called like this one.

    rules  what tells the rules, their options and their code apart
    last   None where there was no such run
    """

    def __init__(self, cache: Cache, job: Job, paths: Sequence[str], exclude: Sequence[str]) -> None:
        self.cache = cache
        self.rules = rules_digest(job.rules, job.max_file_bytes)
        self._root = job.root
        places = [os.path.relpath(path, job.root) if _is_below(path, job.root) else os.path.abspath(path) for path in paths]
        self._alike = report_key(self.rules, f"snapshot {bool(job.rules.project)} {places} {exclude}", [])
        self._key = report_key(self._alike, job.root, [])
        self.last: Snapshot | None = cache.snapshot(self._key, self._alike)

    def close(self) -> None:
        """Close the cache."""
        self.cache.close()

    def result(self, scope: str, digest: bytes) -> CheckResult | None:
        """The result of a run over inputs with this digest, where there was one."""
        packed = self.cache.report(report_key(self.rules, scope, [digest]))
        return None if packed is None else _unpack_result(packed, self._root)

    def entries(self, keys: Keys) -> dict[str, FileEntry]:
        """What was found before in the files that are as they were."""
        if self.last is None:
            return {}
        known = zip(self.last.names.inputs, self.last.keys)
        return self.last.entries([path for path, key in known if keys.by_path.get(path) != key])

    def store(
        self,
        scope: str,
        keys: Keys,
        fresh: Mapping[bytes, list[Any]],
        reports: dict[bytes, Any],
        result: CheckResult,
        queue: Sequence[bytes],
    ) -> None:
        """Write down the result of a run, and what is new of files and of the project (as for `Cache.store`)."""
        if not any(error.message.startswith(TRANSIENT) for error in result.errors):
            reports = {**reports, report_key(self.rules, scope, [keys.digest]): _pack_result(result)}
        self.cache.store(fresh, reports, keys.by_path.values(), queue)

    def keep(self, inputs: Inputs, contexts: Contexts, keys: Keys, entries: Mapping[str, FileEntry] | None = None) -> None:
        """Write down what there was; without `entries` those of an earlier run, for the contents are as they were then."""
        before = inputs.before
        if before is not None and before.same_surroundings:
            snapshot = before.snapshot
            names, states, said = snapshot.names, settle(before.states, self.cache.settled), snapshot.testimony
            same = entries is None and snapshot.digest == keys.digest
            if same or entries is not None:
                edits = snapshot.edits(inputs.listing, states, keys, entries)
                if edits is not None and self.cache.edit(self._key, snapshot.made, pack_edits(keys.digest, edits)):
                    return
            if same and not snapshot.edited:
                held = [keys.held.get(path, b"") for path in names.inputs]
                self.cache.keep(self._key, self._alike, snapshot.restated(inputs.listing, states, held))
                return
        else:
            files = inputs.every_file
            names = Names.of(files, inputs.texts, inputs.absent, contexts.witnesses)
            try:
                states = settle(names.states(self._root, [*files, *inputs.texts]), self.cache.settled)
            except OSError:
                return
            said = _testimony(self._root, names.witnesses)
        entries = self.entries(keys) if entries is None else entries
        paths = names.inputs
        contents, beside = zip(*map(keys.contents.__getitem__, paths)) if paths else ((), ())
        held = [keys.held.get(path, b"") for path in paths]
        known = Known(keys.digest, contents, beside, [*map(keys.by_path.__getitem__, paths)], held)
        self.cache.keep(self._key, self._alike, pack(names, inputs.listing, said, states, known, entries))


def _is_below(path: str, root: str) -> bool:
    path = os.path.abspath(path)
    return path == root or path.startswith(os.path.join(root, ""))


def _testimony(root: str, witnesses: list[str]) -> list[str]:
    if not witnesses:
        return []
    from greenlint.linter.beside import testimony

    return testimony(root, witnesses)


def _pack_result(result: CheckResult) -> list[Any]:
    findings = [[finding.path, pack_finding(finding)] for finding in result.findings]
    errors = [[error.path, error.message, error.fatal] for error in result.errors]
    return [findings, errors, result.files, result.suppressed, result.lines]


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
