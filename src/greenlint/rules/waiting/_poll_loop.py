"""Loops that do nothing but ask and sleep: what they ask for, which way the answer must turn, and where they sleep."""

from __future__ import annotations

import ast
from functools import cached_property

from greenlint.named_tuple import NamedTuple
from greenlint.rules.waiting._polls import CLOCKS, Answer, answer
from greenlint.rules.waiting._sleeps import is_sleep
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LOGGING = frozenset({"debug", "info", "warning", "warn", "error", "exception", "log", "print"})
_CLOCK_NAMES = frozenset({"clock", "monotonic", "now", "perf_counter", "time"})
_YIELDS = (ast.Await, ast.Yield, ast.YieldFrom)
_LEAVING = (ast.Break, ast.Return, ast.Raise)


class Question(NamedTuple):
    """A call that the loop asks, and the truth of it with which the loop goes on."""

    call: ast.Call
    goes_on_when: bool


class PollLoop(NamedTuple):
    """A `while` whose every round asks and sleeps.

    sleeps     the sleeps, in source order
    questions  the calls in the conditions that decide whether it goes on
    asked      where those conditions come from: the strongest answer
    unknown    whether a condition calls something that is not known to ask only
    bounded    whether a clock or a counter ends it in any case
    others     whether a condition also reads attributes, items or globals that no question covers: something else to wait for
    """

    sleeps: list[ast.Call]
    questions: list[Question]
    asked: Answer
    unknown: bool
    bounded: bool
    others: bool


def poll_loop(loop: ast.While, module: Module) -> PollLoop | None:
    """What `loop` waits for; None when it sleeps nowhere, or does more than wait."""
    notes = module.notes.setdefault("poll-loop", {})
    if id(loop) not in notes:
        notes[id(loop)] = _Round(loop, module).result()
    found: PollLoop | None = notes[id(loop)]
    return found


def counted_poll(loop: ast.For, module: Module) -> bool:
    """Whether each turn of a `for` asks for the state of something, leaves when it has it, and sleeps."""
    found = _Round(loop, module).result()
    return found is not None and not found.unknown and found.asked is not Answer.DATA


class _Round:
    """One way round a loop."""

    def __init__(self, loop: ast.While | ast.For, module: Module) -> None:
        self._module = module
        self._loop = loop
        self._sleeps: list[ast.Call] = []
        self._conditions: list[tuple[ast.expr, bool]] = []
        if isinstance(loop, ast.While) and not (isinstance(loop.test, ast.Constant) and loop.test.value):
            self._conditions.append((loop.test, True))

    def result(self) -> PollLoop | None:
        if not self._only_waits(self._loop.body) or not self._sleeps or not self._conditions:
            return None
        asked, unknown, bounded, others = Answer.DATA, False, False, False
        questions: list[Question] = []
        for condition, truth in self._conditions:
            for part, goes_on in _parts(condition, truth, self._module):
                found = self._ask(part)
                calls = [node for node in ast.walk(part) if isinstance(node, ast.Call)]
                if any(isinstance(node, _YIELDS) for node in ast.walk(part)):
                    return None
                if found is None and self._moves_on(part):
                    return None
                unknown |= found is None
                asked = max(asked, Answer.POLL if found is None else found)
                bounded |= self._is_bound(part)
                others |= not calls and (found is Answer.STATE or self._is_shared(part))
                questions += [Question(call, goes_on) for call in calls]
        return PollLoop(self._sleeps, questions, asked, unknown, bounded, others)

    def _ask(self, expression: ast.expr) -> Answer | None:
        return answer(expression, self._module, {})

    def _is_bound(self, part: ast.expr) -> bool:
        """A comparison with a clock or with a number that the loop counts."""
        if not isinstance(part, ast.Compare):
            return False
        names = {node.id for node in ast.walk(part) if isinstance(node, ast.Name)}
        clocks = (_is_clock(node.func, self._module) for node in ast.walk(part) if isinstance(node, ast.Call))
        return any(clocks) or not names.isdisjoint(self._stored)

    def _moves_on(self, part: ast.expr) -> bool:
        """Whether a call asks about something else in every round: the loop searches, it does not wait."""
        stored = self._stored
        return any(isinstance(node, ast.Name) and node.id in stored for node in ast.walk(part))

    def _is_shared(self, part: ast.expr) -> bool:
        """A bare name that is no local variable: other code may change it."""
        names = names_of(self._module)
        return isinstance(part, ast.Name) and isinstance(names.scope(part), ast.Module) and part.id not in self._stored

    @cached_property
    def _stored(self) -> frozenset[str]:
        nodes = ast.walk(self._loop)
        return frozenset([n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)])

    def _only_waits(self, block: list[ast.stmt]) -> bool:
        return all(self._waits(statement) for statement in block)

    def _waits(self, statement: ast.stmt) -> bool:
        if isinstance(statement, (ast.Pass, ast.Continue, *_LEAVING)):
            return True
        if isinstance(statement, ast.If):
            return self._branch(statement)
        if isinstance(statement, ast.Expr):
            return self._harmless(statement.value)
        if isinstance(statement, ast.AugAssign):
            return isinstance(statement.target, ast.Name) and self._ask(statement.value) is not None
        if isinstance(statement, ast.Assign):
            return all(isinstance(t, ast.Name) for t in statement.targets) and self._ask(statement.value) is not None
        return False

    def _branch(self, statement: ast.If) -> bool:
        if _leaves(statement.body):
            self._conditions.append((statement.test, False))
            return self._only_waits(statement.orelse)
        return self._ask(statement.test) is not None and self._only_waits(statement.body) and self._only_waits(statement.orelse)

    def _harmless(self, value: ast.expr) -> bool:
        if is_sleep(value, self._module):
            call = value.value if isinstance(value, ast.Await) else value
            self._sleeps.append(call)  # type: ignore[arg-type]
            return True
        if isinstance(value, ast.Call):
            name = value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")
            return name in _LOGGING
        return isinstance(value, ast.Constant)


def _is_clock(function: ast.expr, module: Module) -> bool:
    """A clock of the standard library, or what is called like one."""
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return name.strip("_") in _CLOCK_NAMES or module.qualified_name(function) in CLOCKS


def _leaves(block: list[ast.stmt]) -> bool:
    return isinstance(block[-1], _LEAVING)


def _parts(test: ast.expr, truth: bool, module: Module) -> Iterator[tuple[ast.expr, bool]]:
    """The conditions that `test` joins, each with the truth with which the loop goes on: `not a or b is None` -> a, b."""
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _parts(value, truth, module)
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from _parts(test.operand, not truth, module)
    elif isinstance(test, ast.Compare) and len(test.ops) == 1 and _is_none(test.comparators[0]):
        yield test, truth is isinstance(test.ops[0], (ast.Is, ast.Eq))
    elif isinstance(test, ast.Call) and len(test.args) == 1 and isinstance(test.args[0], (ast.GeneratorExp, ast.ListComp)):
        if any(module.is_builtin(test.func, name) for name in ("all", "any")) and not test.args[0].generators[0].ifs:
            yield from _parts(test.args[0].elt, truth, module)
        else:
            yield test, truth
    else:
        yield test, truth


def _is_none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
