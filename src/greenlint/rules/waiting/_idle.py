"""The ways through the body of a loop on which nothing happens but questions: on such a way the loop spins."""

from __future__ import annotations

import ast
from functools import cached_property

from greenlint.named_tuple import NamedTuple
from greenlint.rules.waiting._limits import does_not_wait
from greenlint.rules.waiting._polls import Answer, answer, takes_without_waiting

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_EMPTY = frozenset({"Empty", "QueueEmpty", "Full", "QueueFull", "BlockingIOError"})
"""Exceptions by which non-blocking calls say "not yet"."""

TELLING = frozenset({"debug", "info", "warning", "warn", "error", "exception", "log", "print"})
"""Functions that say something to a person, and wait for nothing."""
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class Idle(NamedTuple):
    """What is known of a loop that can go round without doing anything.

    asked     the strongest answer that a decision on that way depends on
    complete  nothing else happens on any other way either, leaving apart
    """

    asked: Answer
    complete: bool


def idle_round(loop: ast.While, module: Module, lenient: bool = False) -> Idle | None:
    """The idle way round `loop` that asks most; None when every round works, waits or leaves.

    Where it is `lenient`, messages count as no work, and what is told not to wait counts as asked.
    """
    search = _Loosely(loop, module) if lenient else _Search(loop, module)
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
        self._loop = loop
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


class _Loosely(_Search):
    """The same, with what is likely: it sees more loops that spin, and some that do not."""

    def __init__(self, loop: ast.While, module: Module) -> None:
        super().__init__(loop, module)
        for node in _own([*loop.body]):
            if isinstance(node, ast.Assign) and does_not_wait(node.value, module):
                stored = (part for target in node.targets for part in ast.walk(target) if isinstance(part, ast.Name))
                self._names.update({name.id: Answer.POLL for name in stored})

    def ask(self, expression: ast.expr) -> Answer | None:
        """What `expression` asks; messages ask for nothing."""
        call = expression.operand if isinstance(expression, ast.UnaryOp) else expression
        if isinstance(call, ast.Name) and call.id in self._emptied:
            return Answer.STATE
        if isinstance(call, ast.Call):
            if _last_name(call.func) in TELLING:
                asked = [super(_Loosely, self).ask(given) for given in call.args]
                return None if None in asked else Answer.DATA
            if does_not_wait(call, self._module):
                return Answer.POLL
        return super().ask(expression) or answer(expression, self._module, self._names, each=True)

    def _step(self, statement: ast.stmt, ways: set[Answer]) -> dict[str, set[Answer]]:
        if isinstance(statement, ast.Assign) and does_not_wait(statement.value, self._module):
            return {"next": ways}
        if isinstance(statement, ast.For):
            return {"next": ways | {Answer.POLL}} if self.ask(statement.iter) is Answer.POLL else {}
        return super()._step(statement, ways)

    def _says_not_yet(self, statement: ast.Try, handler: ast.ExceptHandler) -> bool:
        """True also of handlers of all exceptions."""
        kind = handler.type
        if kind is not None and _last_name(kind) not in ("Exception", "BaseException") and not _names_empty(kind):
            return False
        calls = [node for node in ast.walk(statement.body[0]) if isinstance(node, ast.Call)]
        return any(takes_without_waiting(call) or does_not_wait(call, self._module) for call in calls)

    @cached_property
    def _emptied(self) -> frozenset[str]:
        """The containers from which the loop takes what others put in."""
        takers = (call.func for call in ast.walk(self._loop) if isinstance(call, ast.Call))
        methods = (func for func in takers if isinstance(func, ast.Attribute) and func.attr in ("pop", "popleft"))
        return frozenset([func.value.id for func in methods if isinstance(func.value, ast.Name)])


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
            if isinstance(holder, ast.comprehension):
                continue  # a name of its own
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
