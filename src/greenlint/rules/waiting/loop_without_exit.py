"""GL704 loop-without-exit."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._endless import goes_on, is_always_true

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_HARMLESS = (
    # statements that neither leave nor wait
    *(ast.Pass, ast.Continue, ast.Expr, ast.Assign, ast.AnnAssign, ast.AugAssign, ast.If, ast.While, ast.Global, ast.Nonlocal),
    # expressions that run no code of others, as long as the names hold numbers and texts
    *(ast.Name, ast.Constant, ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.NamedExpr, ast.JoinedStr),
    *(ast.FormattedValue, ast.Tuple, ast.List, ast.Set, ast.Dict),
    *(ast.operator, ast.unaryop, ast.boolop, ast.cmpop, ast.expr_context),
)
_MAY_FAIL = (ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.LShift)
_PURE = frozenset({"abs", "bool", "id", "isinstance", "len", "max", "min", "round", "type"})
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_UNSURE = 30
"""An attribute, an item or a division may raise what ends the loop, or act."""


class LoopWithoutExit(FileRule):
    """A loop that can never end and never waits.

    Its condition is constant, or compares plain local variables that nothing in the loop changes; and nothing in the loop
    leaves it, waits, hands control back or calls code that could.

    ## Why it wastes

    It keeps one core at full speed until the process is killed, and no result reaches anybody. The usual case is
    `while True: pass` at the end of a program, to keep it alive while other threads work: `threading.Event().wait()`,
    `thread.join()` or `signal.pause()` does the same and sleeps.

    ## When to leave it alone

    A program that is meant to hang, such as a test of a time limit. The rule is silent as soon as the loop calls anything but
    builtins that do not wait; where it reads an attribute or an item, divides or prints, each of which may run code that ends it, for
    iterators without an end, and where a counter moves away from its limit, it has confidence 30.

    ## Evidence

    `python benchmarks/rules/run.py GL704`, a program kept alive for 3 s, CPython 3.11: 3.02 s of CPU time before, 0.03 s
    after, start of the interpreter included.
    On 7.2 million lines of maintained code the only four findings are test inputs of a formatter. In small programs the loop is
    common: of ten files that a text search of GitHub gave for `while True: pass`, six hold it, each to keep the program alive.
    """

    code = "GL704"
    name = "loop-without-exit"
    effect = Effect(EffectClass.WAKE_UP, "keeps one core at full speed until the process is killed", "bench GL704")
    confidence = 90
    examples = (
        Bad("while True:\n    pass\n", lines=(1,)),
        Bad("try:\n    while True: pass\nexcept KeyboardInterrupt:\n    pass\n", lines=(2,)),
        Bad("def f():\n    n = 0\n    while 1:\n        n += 1\n", lines=(3,)),
        Bad("def f(n):\n    i = 0\n    total = 0\n    while i < n:\n        total += i\n", lines=(4,)),
        Bad("def f():\n    running = True\n    while running:\n        x = abs(-1)\n", lines=(3,)),
        Bad("while not False:\n    if ready:\n        continue\n", lines=(1,)),
        Bad("async def f():\n    while True:\n        ...\n", lines=(2,)),
        Bad("while True:\n\twhile True:\n\t\tname = 'é'\n", lines=(1,)),
        Good("while True:\n    serve()\n", why="the call may block, exit or raise"),
        Good("while True:\n    if done:\n        break\n", why="it can leave"),
        Good("def f(n):\n    i = 0\n    while i < n:\n        i += 1\n", why="the condition changes"),
        Good("def g():\n    while True:\n        yield 1\n", why="a generator"),
        Good("async def g():\n    while True:\n        await tick()\n", why="it waits"),
        Good("i = 0\nwhile True:\n    i += 1\n    x = data[i]\n", why="the index may run out"),
        Good("def f(x):\n    while True:\n        x = 1 / (x - 1)\n", why="the division may fail"),
        Good("def f():\n    while flag:\n        pass\n", why="a global that another thread may set"),
        Good("def f(found):\n    while not found:\n        pass\n", why="a list that another thread may fill"),
        Good("def f(self):\n    while self.on:\n        n = 1\n", why="an attribute that another thread may set"),
        Good(
            "def f():\n    n = 3\n    def stop():\n        nonlocal n\n        n = 0\n    while n:\n        pass\n",
            why="changed elsewhere",
        ),
        Good(
            "def f():\n    n = 3\n    while n > 0:\n        for n in range(2):\n            pass\n",
            why="the inner loop changes it",
        ),
        Good("def f():\n    n = 3\n    while n > 0:\n        exec('n = 0')\n", why="a call may do anything"),
        Good("while False:\n    pass\n", why="never entered"),
    )

    def check(self, node: ast.While | ast.For, module: Module) -> Iterator[Finding]:
        """Yield a finding when nothing can end the loop."""
        if isinstance(node, ast.For) or not _is_certain(node, module):
            if self.least <= _UNSURE and goes_on(node, module) and not _is_inside_another(node, module):
                message = "nothing in this loop says when it ends, and it never waits; wait for an event, or count"
                yield self.finding(node, module, message, confidence=_UNSURE)
            return
        if _is_inside_another(node, module):
            return
        message = "this loop can never end: nothing in it leaves, waits or changes the condition"
        if all(isinstance(statement, (ast.Pass, ast.Expr, ast.Continue)) for statement in node.body):
            message += "; to keep the program alive, use `threading.Event().wait()`"
        yield self.finding(node.test, module, message)


def _is_certain(node: ast.While, module: Module) -> bool:
    if any(not _is_harmless(item, module) for statement in node.body for item in ast.walk(statement)):
        return False
    return is_always_true(node.test) or _never_changes(node, module)


def _is_harmless(node: ast.AST, module: Module) -> bool:
    if isinstance(node, ast.Call):
        return not node.keywords and any(module.is_builtin(node.func, name) for name in _PURE)
    return isinstance(node, _HARMLESS) and not isinstance(node, _MAY_FAIL)


def _never_changes(node: ast.While, module: Module) -> bool:
    """True when the condition reads local variables only, one of them set to constants alone, and the loop sets none."""
    function = module.function(node)
    if function is None or isinstance(module.scope(node), ast.ClassDef):
        return False
    names = {item.id for item in ast.walk(node.test) if isinstance(item, ast.Name)}
    plain = (ast.Name, ast.Constant, ast.Compare, ast.UnaryOp, ast.BoolOp, ast.expr_context, ast.cmpop, ast.boolop, ast.unaryop)
    if not names or any(not isinstance(item, plain) for item in ast.walk(node.test)):
        return False
    set_here = {
        item.id
        for statement in node.body
        for item in ast.walk(statement)
        if isinstance(item, ast.Name) and not isinstance(item.ctx, ast.Load)
    }
    shared = {name for item in ast.walk(function) if isinstance(item, (ast.Global, ast.Nonlocal)) for name in item.names}
    bound = {name: module.bindings(name, function) for name in names}
    if names & (set_here | shared) or not all(bound.values()):
        return False
    compared = isinstance(node.test, ast.Compare)
    constant = [all(_is_constant(place) for place in places) for places in bound.values()]
    return any(constant) if compared else all(constant)


def _is_constant(place: ast.AST) -> bool:
    return isinstance(place, (ast.Assign, ast.AnnAssign)) and isinstance(place.value, ast.Constant)


def _is_inside_another(node: ast.AST, module: Module) -> bool:
    """True for the inner one of two loops without exit: one finding is enough."""
    for outer in module.ancestors(node):
        if isinstance(outer, _SCOPES):
            return False
        if isinstance(outer, ast.While) and is_always_true(outer.test):
            body = (item for statement in outer.body for item in ast.walk(statement))
            return all(_is_harmless(item, module) for item in body)
    return False
