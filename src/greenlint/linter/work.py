"""Looks at one file: parse, rules, suppressions, facts; every way in which a file can be broken ends in an entry."""

from __future__ import annotations

import os

from greenlint.linter.dispatch import RuleSet, engine_finding, failed_file, lint_asset, lint_module
from greenlint.linter.entry import FileEntry, with_fingerprints
from greenlint.named_tuple import NamedTuple
from greenlint.source.discover import NOTEBOOK
from greenlint.source.generated import is_generated
from greenlint.source.suppress import find_suppressions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.model.finding import Finding
    from greenlint.source.discover import SourceFile


class Job(NamedTuple):
    """What a worker needs to know beside the file: the rules, and whether the sense of facts is wanted."""

    rules: RuleSet
    root: str
    max_file_bytes: int
    senses: bool = False

    def look(self, file: SourceFile) -> FileEntry:
        """Read and lint one file; unreadable and broken files give an entry with an error, never an exception."""
        if not file.python:
            return self._asset(file)
        if file.size > self.max_file_bytes:
            return FileEntry(error=_too_large(file.size, self.max_file_bytes))
        try:
            with open(file.absolute, "rb", buffering=0) as source:
                data = source.read(file.size + 1)
                if len(data) > file.size:  # it grew after it was listed
                    data += source.read(self.max_file_bytes + 1)
        except FileNotFoundError:
            return FileEntry(error="deleted while greenlint was running")
        except OSError as error:
            return FileEntry(error=f"cannot be read: {error.strerror}")
        if len(data) > self.max_file_bytes:
            return FileEntry(error=_too_large(len(data), self.max_file_bytes))
        return self.look_at(file.path, data)

    def look_at(self, path: str, data: bytes) -> FileEntry:
        """Lint the bytes of one Python file or notebook; stubs hold no code that runs."""
        if path.endswith(".pyi"):
            return FileEntry(lines=_count(data))
        if path.endswith(NOTEBOOK):
            return self._notebook(path, data)
        if is_generated(path, data):
            return self._module(path, data)._replace(findings=(), suppressions=()).without_definitions()
        return self._module(path, data)

    def _notebook(self, path: str, data: bytes) -> FileEntry:
        from greenlint.source.notebook import NotebookError, read_notebook

        try:
            notebook = read_notebook(data)
        except NotebookError as error:
            return FileEntry(error=f"cannot be read as a notebook: {_first_line(error)}")
        entry = self._module(path, notebook.data)
        starts = dict(zip(notebook.cells, notebook.starts))
        broken = [
            engine_finding("GL900", "syntax-error", path, starts[b.cell] + b.line - 1, _invalid(b.message), max(b.column, 1))
            for b in notebook.broken
        ]
        findings = [*with_fingerprints(broken, notebook.data.splitlines()), *entry.findings]
        cells = tuple(zip(notebook.starts, notebook.cells))
        return entry._replace(
            findings=tuple(finding._replace(fix=None) for finding in findings), cells=cells
        ).without_definitions()

    def _module(self, path: str, data: bytes) -> FileEntry:
        from greenlint.source.module import Module

        lines = _count(data)
        try:
            module = Module(path, data)
        except SyntaxError as error:
            finding = engine_finding(
                "GL900", "syntax-error", path, _line(error, lines), _invalid(error.msg), max(error.offset or 1, 1)
            )
            return FileEntry(tuple(with_fingerprints([finding], data.splitlines())), lines=lines)
        except (ValueError, RecursionError, MemoryError, OverflowError) as error:
            detail = str(error) if isinstance(error, ValueError) else "nested too deeply for the parser"
            finding = engine_finding("GL900", "syntax-error", path, 1, f"cannot be parsed: {_first_line(detail)}")
            return FileEntry(tuple(with_fingerprints([finding], data.splitlines())), lines=lines)
        findings: list[Finding] = []
        sense, packed = "", None
        try:
            findings = lint_module(module, self.rules)
            if self.rules.project:
                from greenlint.source.facts import extract_facts

                facts = extract_facts(module)
                sense, packed = facts.sense() if self.senses else "", facts.to_json()
        except Exception as error:  # noqa: BLE001  a mistake of ours about one file must not cost the others: it becomes GL901
            findings = [failed_file(path, error), *findings]
        if findings:
            findings = with_fingerprints(findings, module.lines)
        return FileEntry(tuple(findings), tuple(find_suppressions(data)), lines, sense=sense, facts=packed)

    def _asset(self, file: SourceFile) -> FileEntry:
        from greenlint.source.asset import Asset, AssetError

        asset = Asset(file.path, file.absolute, file.size, file.tracked, self.root)
        try:
            return FileEntry(tuple(with_fingerprints(lint_asset(asset, self.rules), [])))
        except AssetError as error:
            if not os.path.exists(file.absolute):
                return FileEntry(error="deleted while greenlint was running")
            return FileEntry(error=str(error))


def _line(error: SyntaxError, lines: int) -> int:
    return max(1, min(error.lineno or 1, lines or 1))


def _count(data: bytes) -> int:
    return data.count(b"\n") + (not data.endswith(b"\n") and bool(data))


def _invalid(message: str) -> str:
    import sys

    return f"not valid Python {sys.version_info[0]}.{sys.version_info[1]}: {_first_line(message)}"


def _first_line(text: object) -> str:
    return (str(text).splitlines() or ["unknown reason"])[0][:200]


def _too_large(size: int, limit: int) -> str:
    return (
        f"too large to lint ({size / 1e6:.0f} MB, limit {limit / 1e6:.0f} MB); "
        "exclude it or raise max-file-size in [tool.greenlint]"
    )
