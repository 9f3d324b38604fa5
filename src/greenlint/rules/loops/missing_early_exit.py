"""GL215 missing-early-exit."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._pure import may_act
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import is_inside, is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_MAY_ACT = 50
"""Below the default threshold: the test calls something unknown, which may be meant to happen for every item."""

_UNSURE = 40
"""A short loop, one that prepares its test with statements of their own, or a flag that others may see."""


class MissingEarlyExit(FileRule):
    """A loop goes on after its only result is known: it sets a flag and looks at the remaining items all the same.

    ## Why it wastes

    `if row.bad: found = True` can only say the same again. With a `break` after it, or with `any(...)`, the loop ends at the
    first hit.

    ## When to leave it alone

    When looking at the other items has an effect of its own: a test that calls something unknown gets confidence 50, which
    the default threshold hides. The rule reports only loops that do nothing else, `while` loops that also count on among them; it is
    silent where the flag is used in the loop or where the loop's variable is read after it. Short loops, those that work out what
    they test or leave items out first, that do nothing more once `first is None` is over, flags that are attributes of `self`, and `found = found or row.bad` get confidence 40.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.060 -> 0.025 s of CPU at 200,000 rows, with the hit after a tenth, 0.014 -> 0.010 s at
    20,000, no measurable effect at 1,000 (`python benchmarks/rules/run.py GL215`).
    """

    code = "GL215"
    name = "missing-early-exit"
    effect = Effect(
        EffectClass.CONSTANT,
        "looks at all items although one decides (0.060 -> 0.025 s of CPU at 200,000 rows, with the hit after a tenth)",
        "bench GL215",
    )
    confidence = 90
    examples = (
        Bad(
            "def f(rows):\n    found = False\n    for row in rows:\n        if row.bad:\n            found = True  # one will do\n    return found\n",
            fixed="def f(rows):\n    found = False\n    for row in rows:\n        if row.bad:\n            found = True  # one will do\n"
            "            break\n    return found\n",
            lines=(3,),
        ),
        Good(
            "def f(rows):\n    found = False\n    for row in rows:\n        if row.bad:\n            found = True\n            break\n"
            "    return found\n",
            "it leaves",
        ),
        Good(
            "def f(rows):\n    last = None\n    for row in rows:\n        if row.bad:\n            last = row\n    return last\n",
            "the last one is wanted",
        ),
    )

    def check(self, node: ast.For | ast.While, module: Module) -> Iterator[Finding]:
        """Yield a finding when all that `node` does is to give names constants once a test is true."""
        if isinstance(node, ast.While):
            yield from self._while(node, module)
            return
        test = node.body[-1]
        if node.orelse:
            return
        if not isinstance(test, ast.If):
            if self.least <= _UNSURE and len(node.body) == 1 and isinstance(test, ast.Assign):
                yield from self._gathered(test, node, module)
            return
        if not all(isinstance(one, ast.Assign) for one in _innermost(test, []).body):
            return  # most loops: no need to ask where names are bound
        unsure = len(node.body) != 1 or bool(test.orelse) or is_short(node, module)
        if unsure and not _only_prepares(node.body[:-1], test.orelse):
            return
        if not _is_read_after(node.target, node, module):
            before = [one.test if isinstance(one, ast.If) else one.targets[0] for one in node.body[:-1]]  # type: ignore[attr-defined]
            yield from self._flagged(node, test, before, unsure, module)

    def _gathered(self, node: ast.Assign, loop: ast.For, module: Module) -> Iterator[Finding]:
        """`found = found or test`, `found = True if test else found`."""
        flag, value = node.targets[0], node.value
        if len(node.targets) != 1 or not isinstance(flag, ast.Name) or _is_read_after(loop.target, loop, module):
            return
        sides = value.values[:1] if isinstance(value, ast.BoolOp) else []
        if isinstance(value, ast.IfExp):
            constants = isinstance(value.body, ast.Constant), isinstance(value.orelse, ast.Constant)
            sides = {(True, False): [value.orelse], (False, True): [value.body]}.get(constants, [])
        if any(isinstance(side, ast.Name) and side.id == flag.id for side in sides):
            message = f"the loop goes on although `{flag.id}` cannot change any more; write `any(...)` or `all(...)`"
            yield self.finding(loop, module, message, confidence=_UNSURE)

    def _while(self, node: ast.While, module: Module) -> Iterator[Finding]:
        """A loop that tests and steps on: `if test: found = True` and `i += 1`."""
        tests = [one for one in node.body if isinstance(one, ast.If)]
        others = [one for one in node.body if not isinstance(one, ast.If)]
        if (
            node.orelse
            or len(tests) != 1
            or not others
            or not all(_is_step(one) or _only_prepares([one], []) for one in others)
        ):
            return
        if not _only_prepares([], tests[0].orelse) or any(_is_read_after(one, node, module) for one in others):
            return
        unsure = bool(tests[0].orelse) or is_short(node, module) or not all(_is_step(one) for one in others)
        yield from self._flagged(node, tests[0], [node.test], unsure, module)

    def _flagged(
        self, loop: ast.For | ast.While, test: ast.If, tests: list[ast.expr], unsure: bool, module: Module
    ) -> Iterator[Finding]:
        tests = list(tests)
        test = _innermost(test, tests)
        flags = _flags(test.body)
        if not flags or any(_reads(part, flags) for part in tests):
            if self.least <= _UNSURE:
                yield from self._guarded(loop, test, tests, module)
            return
        statement = test.body[-1]
        unsure = unsure or any("." in flag for flag in flags)
        acts = any(may_act(part, module) for part in tests)
        message = f"the loop goes on although `{flags[-1]}` cannot change any more; `break` after line {statement.end_lineno}"
        yield self.finding(
            loop,
            module,
            message,
            confidence=_UNSURE if unsure or is_test(module.path) else _MAY_ACT if acts else None,
            fix=_fix(statement, module),
        )

    def _guarded(self, loop: ast.For | ast.While, test: ast.If, tests: list[ast.expr], module: Module) -> Iterator[Finding]:
        """`if first is None and row.ok: first = row`: after the first hit no turn does anything any more."""
        parts = [part for each in tests for part in (each.values if _is_and(each) else [each])]  # type: ignore[attr-defined]
        names = [name for part in parts if (name := _unset(part)) is not None]
        given = [one.targets[0] for one in test.body if isinstance(one, ast.Assign) and len(one.targets) == 1]
        if len(given) != len(test.body) or not all(isinstance(target, ast.Name) for target in given):
            return
        guard = next((name for name in names if name in {dotted(target) for target in given}), None)
        value = next((one.value for one in test.body if dotted(one.targets[0]) == guard), None)  # type: ignore[attr-defined]
        if guard is None or (isinstance(value, ast.Constant) and not value.value):
            return
        message = f"the loop goes on although nothing happens once `{guard}` is set; `break` there"
        yield self.finding(loop, module, message, confidence=_UNSURE)


def _innermost(test: ast.If, tests: list[ast.expr]) -> ast.If:
    """The last of conditions that hold nothing but the next; adds what they test to `tests`."""
    tests.append(test.test)
    while len(test.body) == 1 and isinstance(test.body[0], ast.If) and not test.body[0].orelse:
        test = test.body[0]
        tests.append(test.test)
    return test


def _is_and(test: ast.expr) -> bool:
    return isinstance(test, ast.BoolOp) and isinstance(test.op, ast.And)


def _unset(test: ast.expr) -> str | None:
    """The name in `name is None`, `not name`, `name == -1`, `name is False`."""
    if isinstance(test, ast.UnaryOp):
        return dotted(test.operand) if isinstance(test.op, ast.Not) else None
    if not (isinstance(test, ast.Compare) and isinstance(test.ops[0], (ast.Is, ast.Eq)) and len(test.ops) == 1):
        return None
    other = test.comparators[0]
    negative = isinstance(other, ast.UnaryOp) and isinstance(other.op, ast.USub)
    return dotted(test.left) if negative or (isinstance(other, ast.Constant) and not other.value) else None


def _is_step(statement: ast.stmt) -> bool:
    """`i += 1`."""
    return (
        isinstance(statement, ast.AugAssign)
        and isinstance(statement.target, ast.Name)
        and isinstance(statement.op, (ast.Add, ast.Sub))
        and isinstance(statement.value, ast.Constant)
    )


def _only_prepares(before: list[ast.stmt], otherwise: list[ast.stmt]) -> bool:
    """Whether the statements beside the test give local names values, and nothing else."""
    return all(map(_prepares, before)) and all(isinstance(one, (ast.Pass, ast.Continue)) for one in otherwise)


def _prepares(statement: ast.stmt) -> bool:
    """`name = value`, or `if test: continue`."""
    if isinstance(statement, ast.If):
        return len(statement.body) == 1 and isinstance(statement.body[0], ast.Continue) and not statement.orelse
    return isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name)


def _flags(body: list[ast.stmt]) -> list[str]:
    """The names, or attributes of `self`, that the statements give constants; empty when they do anything else."""
    found: list[str] = []
    for statement in body:
        if not (
            isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.value, ast.Constant)
        ):
            return []
        flag = dotted(statement.targets[0])
        if flag is None or ("." in flag and flag.partition(".")[0] != "self"):
            return []
        found.append(flag)
    return found


def _reads(test: ast.expr, flags: list[str]) -> bool:
    """Whether the test looks at a flag."""
    read = {dotted(part) for part in ast.walk(test) if isinstance(part, (ast.Name, ast.Attribute))}
    return not read.isdisjoint(flags)


def _is_read_after(binder: ast.AST, loop: ast.For | ast.While, module: Module) -> bool:
    """Whether the last item, or what the loop's steps have come to, is used when the loop is over."""
    names = names_of(module)
    for target in ast.walk(binder):
        scope = names.scope(target) if isinstance(target, ast.Name) and isinstance(target.ctx, ast.Store) else None
        if not isinstance(target, ast.Name) or scope is None:
            continue
        if isinstance(loop, ast.For) and len(names.bindings(target.id, scope)) != 1:
            continue
        if any(not is_inside(load, loop, module) for load in names.loads(target.id, scope)):
            return True
    return False


def _fix(statement: ast.stmt, module: Module) -> Fix | None:
    line = module.lines[statement.lineno - 1]
    indent = line[: statement.col_offset]
    last = module.lines[(statement.end_lineno or 0) - 1]
    tail = last[statement.end_col_offset :].strip()
    if indent.strip() or (tail and not tail.startswith(b"#")):
        return None
    end = module.offset(statement.end_lineno or 0, 0) + len(last)
    return Fix("Leave the loop", (Edit(end, end, f"\n{indent.decode()}break"),), Applicability.UNSAFE)
