"""The ways through the body of a loop on which nothing happens but questions: on such a way the loop spins."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.waiting._polls import Answer, answer, takes_without_waiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_EMPTY = frozenset({"Empty", "QueueEmpty", "Full", "QueueFull", "BlockingIOError"})
"""Exceptions by which non-blocking calls say "not yet"."""

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Idle(NamedTuple):
    """What is known of a loop that can go round without doing anything.

    asked     the strongest answer that a decision on that way depends on
    complete  nothing else happens on any other way either, leaving apart
    """

    asked: Answer
    complete: bool


def idle_round(loop: ast.While, module: Module) -> Idle | None:
    """The idle way round `loop` that asks most; None when every round works, waits or leaves."""
    search = _Search(loop, module)
    start = search.ask(loop.test)
    if start is None:
        return None
    ends = search.through(loop.body, {start})
    back = ends.get("next", set()) | ends.get("again", set())
    return Idle(max(back), search.complete) if back else None


class _Search:
    """Follows all ways through a block at once; of a way it keeps the strongest answer asked for so far."""

    def __init__(self, loop: ast.While, module: Module) -> None:
        self._module = module
        self._names = _assigned_names(loop, module)
        self.complete = True
        # a loop that asks whether there is something, and a handler's own attempts, do not wait for it
        self._waits_for_more = not _asks_for_items(loop.test)

    def ask(self, expression: ast.expr) -> Answer | None:
        found = answer(expression, self._module, self._names)
        if found is None:
            self.complete = False
        return found

    def through(self, block: list[ast.stmt], ways: set[Answer]) -> dict[str, set[Answer]]:
        """The idle ways that fall out at the end of `block` ("next") and that `continue` ("again")."""
        again: set[Answer] = set()
        for statement in block:
            if not ways:
                break
            ends = self._step(statement, ways)
            ways = ends.get("next", set())
            again |= ends.get("again", set())
        return {"next": ways, "again": again}

    def _step(self, statement: ast.stmt, ways: set[Answer]) -> dict[str, set[Answer]]:
        if isinstance(statement, (ast.Pass, ast.Global, ast.Nonlocal, *_SCOPES)):
            return {"next": ways}
        if isinstance(statement, ast.Continue):
            return {"again": ways}
        if isinstance(statement, (ast.Break, ast.Return, ast.Raise)):
            return {}
        if isinstance(statement, ast.If):
            return self._if(statement, ways)
        if isinstance(statement, ast.Try):
            return self._try(statement, ways)
        value = _value(statement)
        if value is None or self.ask(value) is None:
            self.complete = False
            return {}
        return {"next": ways}  # an answer counts where a condition reads it, not where it is kept or dropped

    def _if(self, statement: ast.If, ways: set[Answer]) -> dict[str, set[Answer]]:
        asked = self.ask(statement.test)
        if asked is None:
            return {}
        ways = {max(way, asked) for way in ways}
        then, other = self.through(statement.body, ways), self.through(statement.orelse, ways)
        return {end: then[end] | other[end] for end in then}

    def _try(self, statement: ast.Try, ways: set[Answer]) -> dict[str, set[Answer]]:
        passed = self.through([*statement.body, *statement.orelse], ways)
        for handler in statement.handlers:
            waits, self._waits_for_more = self._waits_for_more, False
            caught = self.through(handler.body, {Answer.POLL})
            self._waits_for_more = waits
            if waits and self._says_not_yet(statement, handler):
                passed = {end: passed[end] | caught[end] for end in passed}
        if statement.finalbody:
            last = self.through(statement.finalbody, passed["next"])
            return {"next": last["next"], "again": passed["again"] | last["again"]}
        return passed

    def _says_not_yet(self, statement: ast.Try, handler: ast.ExceptHandler) -> bool:
        """True when `handler` catches the "not yet" of the first thing that the `try` does."""
        first = statement.body[0]
        if handler.type is None or not _names_empty(handler.type):
            return False
        calls = [node for node in ast.walk(first) if isinstance(node, ast.Call)]
        if _last_name(handler.type) == "BlockingIOError":
            return len(calls) == 1
        return any(takes_without_waiting(call) for call in calls)


def _value(statement: ast.stmt) -> ast.expr | None:
    """The expression of a statement that does no more than evaluate it, or keep its value in a plain name."""
    if isinstance(statement, ast.Expr):
        return statement.value
    if isinstance(statement, ast.Assign) and all(isinstance(target, ast.Name) for target in statement.targets):
        return statement.value
    if isinstance(statement, (ast.AnnAssign, ast.AugAssign)) and isinstance(statement.target, ast.Name):
        return statement.value
    return statement.test if isinstance(statement, ast.Assert) else None


def _assigned_names(loop: ast.While, module: Module) -> dict[str, Answer | None]:
    """For each name that the loop assigns: what its values answer; None where the loop moves it on by itself."""
    values: dict[str, list[ast.expr | None]] = {}
    for node in _own([loop.test, *loop.body]):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            holder = module.parents[node]
            kept = isinstance(holder, (ast.Assign, ast.AnnAssign, ast.NamedExpr))
            values.setdefault(node.id, []).append(holder.value if kept else None)  # type: ignore[attr-defined]
    names: dict[str, Answer | None] = {}
    for _ in values:  # each round settles the names that hang on those of the round before
        before = dict(names)
        for name, given in values.items():
            answers = [answer(value, module, {**dict.fromkeys(values), **names}) if value else None for value in given]
            weakest = min((found or Answer.DATA for found in answers), default=Answer.DATA)
            if weakest is not Answer.DATA:
                names[name] = weakest
        if names == before:
            break
    return {name: names.get(name) for name in values}


def _own(block: list[ast.AST]) -> Iterator[ast.AST]:
    stack = list(block)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, _SCOPES):
            stack.extend(ast.iter_child_nodes(node))


def _asks_for_items(test: ast.expr) -> bool:
    calls = (node for node in ast.walk(test) if isinstance(node, ast.Call))
    return any(_last_name(call.func) in ("empty", "qsize", "full") for call in calls)


def _names_empty(kind: ast.expr) -> bool:
    kinds = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return all(_last_name(item) in _EMPTY for item in kinds)


def _last_name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")
