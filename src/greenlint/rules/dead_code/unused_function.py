"""GL102 unused-function."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, Finding, Good, ProjectRule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.project import ProjectIndex

_WHY = {
    "": "nothing in the project names it",
    "itself": "only it names itself",
    "unused code": "only unused code names it",
    "tests": "only tests use it",
}


class UnusedFunction(ProjectRule):
    """A function that no entry point of the project leads to.
    """

    code = "GL102"
    name = "unused-function"
    effect = Effect(
        EffectClass.START_UP,
        "compiled at the first import, loaded at each start and stored in each copy of the program; never runs",
        "bench GL102",
    )
    confidence = 90
    examples = ()

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield one finding for each function or nested function out of reach."""
        from greenlint.rules.dead_code._reachability import unused_definitions
        from greenlint.rules.dead_code._removal import removal_fixes

        unused = [item for item in unused_definitions(index) if item.definition.kind != "method"]
        for item, fix in zip(unused, removal_fixes(unused), strict=True):
            definition = item.definition
            yield Finding(
                code=self.code,
                name=self.name,
                path=item.path,
                line=definition.line,
                column=definition.column,
                end_line=definition.line,
                end_column=definition.end_column,
                message=f"function `{definition.qualified}` is unused: {_WHY[item.used_by]}",
                effect=self.effect,
                confidence=item.certainty,
                severity=self.severity,
                fix=fix,
            )
