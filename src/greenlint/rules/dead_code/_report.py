"""What is said about unused definitions, and the fix that deletes them: whole lines, `pass` where a block would be empty."""

from __future__ import annotations

from collections import Counter

from greenlint.rules.base import Applicability, Edit, Effect, EffectClass, Finding, Fix
from greenlint.source.layout import Layout
from greenlint.source.module import is_utf8

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from greenlint.rules.base import ProjectRule
    from greenlint.rules.dead_code._left_out import Unused
    from greenlint.source.last_uses import LastUse
    from greenlint.source.project import ProjectIndex

NEVER_RUNS = Effect(
    EffectClass.START_UP,
    "never runs: no effect at run time; compiled once, loaded at each start, stored in each copy",
    "bench GL102",
)
_WHY = {
    "": "nothing in the project names it",
    "itself": "nothing but itself names it",
    "unused code": "only unused code names it",
    "tests": "only tests use it",
}


def report(rule: ProjectRule, unused: Sequence[Unused], index: ProjectIndex, noun: str) -> Iterator[Finding]:
    """One finding of `rule` for each of `unused`, on the name in its `def` line."""
    for item, fix in zip(unused, _removals(unused, index), strict=True):
        definition = item.definition
        yield Finding(
            code=rule.code,
            name=rule.name,
            path=item.path,
            line=definition.line,
            column=definition.column,
            end_line=definition.line,
            end_column=definition.end_column,
            message=f"{noun} `{definition.qualified}` is unused: {_WHY[item.used_by]}{since(item.last_use)}",
            effect=rule.effect,
            confidence=item.certainty,
            severity=rule.severity,
            fix=fix,
        )


def since(last_use: LastUse | None) -> str:
    """The end of a message that names the commit; "" where git was not asked or does not tell."""
    if last_use is None:
        return ""
    day = f" ({last_use.day})" if last_use.day else ""
    return f"; its last use went with commit {last_use.commit[:10]}{day}"


def _removals(unused: Sequence[Unused], index: ProjectIndex) -> Iterator[Fix | None]:
    """One fix for each of `unused`, in order; None where tests use the function or where edits are impossible.

    When all statements of a block go, one of them becomes `pass`, so that any part of the fixes may be applied.
    """
    layouts = {path: _layout(path, index) for path in {item.path for item in unused if _can_go(item)}}
    removable = [_can_go(item) and layouts[item.path] is not None for item in unused]
    leaving = Counter((item.path, item.definition.block) for item, can in zip(unused, removable, strict=True) if can)
    for item, can in zip(unused, removable, strict=True):
        layout = layouts.get(item.path)
        if not can or layout is None:
            yield None
            continue
        definition, key = item.definition, (item.path, item.definition.block)
        if leaving[key] == definition.siblings:
            start, end = layout.span(definition.first, definition.end_line)
            edit = Edit(start + definition.column - 1, end, "pass")
            leaving[key] = 0
        else:
            edit = Edit(*layout.cut(definition.first, definition.end_line), "")
        yield Fix(f"Delete `{definition.name}`", (edit,), Applicability.UNSAFE)


def _can_go(item: Unused) -> bool:
    """Whether deleting it alone makes sense; a method that does nothing fulfils a protocol perhaps."""
    trivial = item.definition.kind == "method" and item.definition.trivial
    return item.used_by != "tests" and not item.inner and not trivial


def _layout(path: str, index: ProjectIndex) -> Layout | None:
    """The lines of a file; None where edits are impossible: another encoding, or a file that changed since it was linted."""
    data = index.source(path)
    lines = data.splitlines()
    for definition in index.files[path].definitions:
        if definition.end_line > len(lines) or definition.name.encode() not in lines[definition.line - 1]:
            return None
    return Layout(data) if is_utf8(data) else None
