"""What a rule is: one class in one file, with its documentation, examples, benchmark, check and fix.

The annotation of the `node` parameter of `check` says which nodes a rule is given; dropping the file into the package
registers it.
"""

from __future__ import annotations

from greenlint.model.finding import Effect, EffectClass, Finding, Severity
from greenlint.model.fix import Applicability, Edit, Fix
from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.source.asset import Asset
    from greenlint.source.module import Module
    from greenlint.source.project import ProjectIndex


class Bad(NamedTuple):
    """Code that must be reported, and what the fix must make of it.

    lines  the lines that findings must stand on; by default one finding anywhere
    fixed  the exact text after all fixes of this rule (safe and unsafe); None when the rule offers no fix here
    files  for project rules: more files, path -> text; `code` is then "example.py"
    """

    code: str
    fixed: str | None = None
    lines: tuple[int, ...] = ()
    files: Mapping[str, str] | None = None


class Good(NamedTuple):
    """Code that must stay silent; `why` names the near miss that it guards."""

    code: str
    why: str = ""
    files: Mapping[str, str] | None = None


class Rule:
    """Metadata that all rules share; the docstring holds a one-line summary and the sections of the rule's page.

    confidence  0-100, how often a finding of this rule is right; `check` may lower it per finding
    preview     True keeps the rule out of the default set until its evidence is in
    pedantic    True keeps the rule out unless --pedantic
    options     name -> default; set under [tool.greenlint.rules.CODE]
    least       the confidence from which findings are shown; what is below it need not be looked for
    """

    code: ClassVar[str]
    name: ClassVar[str]
    effect: ClassVar[Effect]
    severity: ClassVar[Severity] = Severity.WARNING
    confidence: ClassVar[int] = 95
    preview: ClassVar[bool] = False
    pedantic: ClassVar[bool] = False
    examples: ClassVar[tuple[Bad | Good, ...]] = ()
    options: ClassVar[Mapping[str, Any]] = {}
    least: int = 0

    def __init__(self, options: Mapping[str, Any] | None = None) -> None:
        self.option: Mapping[str, Any] = {**self.options, **(options or {})}

    @classmethod
    def summary(cls) -> str:
        """The first line of the docstring."""
        return (cls.__doc__ or cls.name).strip().splitlines()[0]


class FileRule(Rule):
    """A rule about one Python file.

    Subclasses define `check(self, node: ast.X | ast.Y, module: Module)`. `callees` narrows a rule on `ast.Call` to
    calls whose callee ends in one of these names, which costs nothing where they do not occur. `packages` keeps the rule
    away from files that import none of these top-level packages ("numpy", "sqlite3"); `words` and `attributes` keep it away
    from files whose text holds none of these words and that ask nothing for one of these attributes: the rule is not even
    imported for them.
    """

    callees: ClassVar[frozenset[str]] = frozenset()
    packages: ClassVar[frozenset[str]] = frozenset()
    words: ClassVar[frozenset[bytes]] = frozenset()
    attributes: ClassVar[frozenset[str]] = frozenset()

    def check(self, node: Any, module: Module) -> Iterator[Finding]:
        """Yield findings about `node`."""
        raise TypeError(f"{type(self).__name__} does not define check")

    def finding(
        self,
        node: ast.AST,
        module: Module,
        message: str,
        *,
        effect: Effect | None = None,
        confidence: int | None = None,
        severity: Severity | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """A finding that covers `node`."""
        line: int = node.lineno  # type: ignore[attr-defined]
        end_line: int = node.end_lineno  # type: ignore[attr-defined]
        return Finding(
            code=self.code,
            name=self.name,
            path=module.path,
            line=line,
            column=module.column(line, node.col_offset),  # type: ignore[attr-defined]
            end_line=end_line,
            end_column=module.column(end_line, node.end_col_offset),  # type: ignore[attr-defined]
            message=message,
            effect=effect or self.effect,
            confidence=self.confidence if confidence is None else confidence,
            severity=severity or self.severity,
            fix=fix if module.utf8 else None,  # byte offsets of other encodings are not those of the parser
        )

    @staticmethod
    def replace(node: ast.AST, text: str, module: Module, title: str, applicability: Applicability) -> Fix:
        """A fix that puts `text` in the place of `node`."""
        start, end = module.span(node)
        return Fix(title, (Edit(start, end, text),), applicability)


class ProjectRule(Rule):
    """A rule about the whole project; it sees the facts of all files, never their trees.

    by_file  once the unused definitions are known, what it says of a file follows from that file alone
    """

    by_file: ClassVar[bool] = False

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield findings about the project."""
        raise TypeError(f"{type(self).__name__} does not define check_project")


class AssetRule(Rule):
    """A rule about the bytes of a file that is not Python; `suffixes` (lower case) says which it is given."""

    suffixes: ClassVar[tuple[str, ...]]

    def check(self, asset: Asset) -> Iterator[Finding]:
        """Yield findings about `asset`; raise AssetError when the file is broken."""
        raise TypeError(f"{type(self).__name__} does not define check")

    def finding(
        self,
        asset: Asset,
        message: str,
        *,
        effect: Effect,
        confidence: int | None = None,
        fix: Fix | None = None,
    ) -> Finding:
        """A finding about the whole file."""
        return Finding(
            code=self.code,
            name=self.name,
            path=asset.path,
            line=1,
            column=1,
            end_line=1,
            end_column=1,
            message=message,
            effect=effect,
            confidence=self.confidence if confidence is None else confidence,
            severity=self.severity,
            fix=fix,
        )


__all__ = [
    "Applicability",
    "AssetRule",
    "Bad",
    "Edit",
    "Effect",
    "EffectClass",
    "FileRule",
    "Finding",
    "Fix",
    "Good",
    "ProjectRule",
    "Rule",
    "Severity",
]
