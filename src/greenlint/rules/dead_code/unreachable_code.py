"""GL107 unreachable-code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.dead_code._flow import EXIT_NAMES, JUMPS, block_of, dead_branch, is_never, is_reached, leaves
from greenlint.rules.dead_code._region import is_trivial, keeps_names, makes_generator, suspends

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_WORDS = {
    ast.Return: "`return`",
    ast.Raise: "`raise`",
    ast.Continue: "`continue`",
    ast.Break: "`break`",
    ast.Expr: "a call that never returns",
    ast.While: "a loop without end",
}


class UnreachableCode(FileRule):
    """DOC"""

    code = "GL107"
    name = "unreachable-code"
    effect = Effect(
        EffectClass.START_UP,
        "never runs: no effect at run time; read and compiled for nothing",
        "bench GL107",
    )
    confidence = 99
    callees = EXIT_NAMES
    examples = ()

    def check(
        self,
        node: ast.Return
        | ast.Raise
        | ast.Continue
        | ast.Break
        | ast.If
        | ast.While
        | ast.Try
        | ast.Match
        | ast.FunctionDef
        | ast.Call,
        module: Module,
    ) -> Iterator[Finding]:
        """Yield a finding where statements follow one that control never passes."""
        if isinstance(node, ast.Call):
            statement = module.parents[node]
            if isinstance(statement, ast.Expr):
                yield from self._after(statement, module)
        elif isinstance(node, ast.FunctionDef):
            if is_never(node):
                for call in module.calls(node.name):
                    yield from self.check(call, module)
        else:
            if isinstance(node, (ast.If, ast.While)):
                yield from self._branch(node, module)
            if isinstance(node, JUMPS) or not isinstance(node, ast.If) or node.orelse:
                yield from self._after(node, module)

    def _after(self, statement: ast.stmt, module: Module) -> Iterator[Finding]:
        block = block_of(statement, module)
        if block[-1] is statement or not leaves(statement, module):
            return
        region = block[block.index(statement) + 1 :]
        if is_trivial(region) or makes_generator(region, module) or not is_reached(statement, module):
            return
        certain = leaves(statement, module, calls=False)
        if not isinstance(statement, JUMPS) and _is_guard(region):
            return
        after = _WORDS.get(type(statement), "a statement that always leaves")
        message = f"{_count(region)} after {after} never {'runs' if len(region) == 1 else 'run'}"
        fix = _deletion(statement, region, module, certain=certain)
        yield self._region(region, module, message, self.confidence if certain else 90, fix)

    def _branch(self, node: ast.If | ast.While, module: Module) -> Iterator[Finding]:
        region = dead_branch(node)
        if not region or is_trivial(region) or _imports_only(region) or makes_generator(region, module):
            return
        if is_reached(node, module):
            truth = "false" if region is node.body else "true"
            yield self._region(region, module, f"never runs: the condition on line {node.lineno} is always {truth}", 90, None)

    def _region(
        self, region: list[ast.stmt], module: Module, message: str, confidence: int, fix: Fix | None
    ) -> Finding:
        first, last = region[0], region[-1]
        end_line, end_column = last.end_lineno or last.lineno, last.end_col_offset or 0
        whole = self.finding(first, module, message, confidence=confidence, fix=fix)
        return whole._replace(end_line=end_line, end_column=module.column(end_line, end_column))


def _count(region: list[ast.stmt]) -> str:
    return "the statement" if len(region) == 1 else f"{len(region)} statements"


def _is_guard(region: list[ast.stmt]) -> bool:
    """A lone `raise`, `assert` or `return` that tells readers and type checkers that control never gets here."""
    only = region[0]
    if len(region) > 1:
        return False
    if isinstance(only, ast.Return):
        return only.value is None or isinstance(only.value, ast.Constant)
    if isinstance(only, ast.Expr) and isinstance(only.value, ast.Call):
        callee = only.value.func
        return (callee.attr if isinstance(callee, ast.Attribute) else getattr(callee, "id", "")) == "assert_never"
    return isinstance(only, (ast.Raise, ast.Assert, ast.Break, ast.Continue))


def _imports_only(region: list[ast.stmt]) -> bool:
    """`if False: import x` shows names to old type checkers."""
    return all(isinstance(statement, (ast.Import, ast.ImportFrom)) or is_trivial([statement]) for statement in region)


def _deletion(before: ast.stmt, region: list[ast.stmt], module: Module, *, certain: bool) -> Fix | None:
    """Delete `region`, which follows `before`; safe where no comment goes with it and no call is trusted.

    None where deleting could change what the rest means: a `yield` or `await`, a name that only the region makes local.
    """
    if not module.utf8 or suspends(region) or not keeps_names(region, module):
        return None
    start, end = _span(before, region, module)
    text = module.data[start:end]
    if text.startswith(b"\\") or module.data[:start].endswith((b"\\\n", b"\\\r\n")):
        return None
    safe = certain and b"#" not in text
    return Fix(
        "Delete what never runs", (Edit(start, end, ""),), Applicability.SAFE if safe else Applicability.UNSAFE
    )


def _span(before: ast.stmt, region: list[ast.stmt], module: Module) -> tuple[int, int]:
    """The bytes to delete: whole lines with the blank ones before them, or the rest of a line that `before` shares."""
    first, last = region[0], region[-1]
    decorators = getattr(first, "decorator_list", None)
    line = decorators[0].lineno if decorators else first.lineno
    last_line = last.end_lineno or last.lineno
    if line == before.end_lineno:
        end = module.span(last)[1]
        rest = module.lines[last_line - 1][last.end_col_offset or 0 :]
        return module.span(before)[1], end + (len(rest) - len(rest.lstrip(b" \t;")) if b";" in rest.split(b"#")[0] else 0)
    while not module.lines[line - 2].strip():
        line -= 1
    return module.offset(line, 0), module.offset(last_line + 1, 0)
