"""GL704 loop-without-exit."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LEAVING = (ast.Break, ast.Return, ast.Raise, ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith, ast.Assert)
_MAY_RAISE = (ast.Subscript, ast.Attribute, ast.Delete, ast.Import, ast.ImportFrom, ast.With, ast.For, ast.Starred)
_PURE = frozenset(
    [
        "abs",
        "bool",
        "divmod",
        "float",
        "hash",
        "id",
        "int",
        "isinstance",
        "len",
        "max",
        "min",
        "pow",
        "range",
        "repr",
        "round",
        "str",
        "sum",
        "tuple",
        "type",
    ]
)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


class LoopWithoutExit(FileRule):
    """A loop that can never end and never waits.

    Its condition is constant or made of plain variables that nothing in the loop changes; nothing in it leaves the loop, waits,
    hands control back, or calls code that could.

    ## Why it wastes

    It computes for ever at the full speed of one core and its result reaches nobody: the only way out is to kill the process.

    ## When to leave it alone

    The rule is silent as soon as the loop calls anything but a few builtins without side effects, since that call may block,
    exit or raise; and inside `try`, where an error in plain arithmetic or indexing may be the intended way out.

    ## Evidence

    `python benchmarks/rules/run.py GL704`; see benchmarks/rules/RESULTS.md.
    """

    code = "GL704"
    name = "loop-without-exit"
    effect = Effect(EffectClass.WAKE_UP, "keeps one core busy until the process is killed", "bench GL704")
    confidence = 90
    examples = (
        Bad("while True:\n    pass\n", lines=(1,)),
        Bad("def f():\n    n = 0\n    while 1:\n        n += 1\n"),
        Bad("def f(n):\n    i = 0\n    total = 0\n    while i < n:\n        total += i\n", lines=(4,)),
        Bad("def f():\n    running = True\n    while running:\n        x = abs(-1)\n"),
        Good("while True:\n    serve()\n", "the call may block, exit or raise"),
        Good("while True:\n    if done:\n        break\n", "it can leave"),
        Good("def f(n):\n    i = 0\n    while i < n:\n        i += 1\n", "the condition changes"),
        Good("def g():\n    while True:\n        yield 1\n", "a generator"),
        Good("async def g():\n    while True:\n        await tick()\n", "it waits"),
        Good(
            "try:\n    while True:\n        i += 1\n        x = data[i]\nexcept IndexError:\n    pass\n",
            "the error is the way out",
        ),
        Good("def f():\n    while flag:\n        pass\n", "a global that another thread may set"),
        Good("def f(self):\n    while self.on:\n        n = 1\n", "an attribute that another thread may set"),
        Good(
            "def f():\n    n = 3\n    def stop():\n        nonlocal n\n        n = 0\n    while n:\n        pass\n",
            "changed elsewhere",
        ),
    )

    def check(self, node: ast.While, module: Module) -> Iterator[Finding]:
        """Yield a finding when nothing can end the loop."""
        if not self._constant(node, module) or any(_may_leave(item) for item in _walk(node.body)):
            return
        if any(isinstance(item, (*_MAY_RAISE, ast.BinOp)) for item in _walk(node.body)) and _guarded(node, module):
            return
        if any(isinstance(item, _MAY_RAISE) for item in _walk(node.body)):
            return  # attributes, subscripts and imports run code of others
        yield self.finding(node.test, module, "this loop can never end: nothing in it changes the condition, leaves or waits")

    def _constant(self, node: ast.While, module: Module) -> bool:
        test = node.test
        if isinstance(test, ast.Constant):
            return bool(test.value)
        function = module.function(node)
        if function is None or any(not isinstance(n, _PLAIN) for n in ast.walk(test)):
            return False
        names = {n.id for n in ast.walk(test) if isinstance(n, ast.Name)}
        changed = {n.id for n in _walk(node.body) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
        shared = {name for n in ast.walk(function) if isinstance(n, (ast.Global, ast.Nonlocal)) for name in n.names}
        local = all(module.bindings(name, function) for name in names)
        return bool(names) and local and not names & (changed | shared)


_PLAIN = (ast.Name, ast.Constant, ast.Compare, ast.BoolOp, ast.UnaryOp, ast.expr_context, ast.cmpop, ast.boolop, ast.unaryop)


def _walk(block: list[ast.stmt]) -> Iterator[ast.AST]:
    """Every node of a block that runs with it: bodies of functions defined there do not."""
    stack: list[ast.AST] = list(block)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, _SCOPES):
            stack.extend(ast.iter_child_nodes(node))


def _may_leave(node: ast.AST) -> bool:
    if isinstance(node, _LEAVING):
        return True
    if isinstance(node, ast.Call):
        return not (isinstance(node.func, ast.Name) and node.func.id in _PURE)
    return False


def _guarded(node: ast.AST, module: Module) -> bool:
    return any(isinstance(ancestor, ast.Try) and ancestor.handlers for ancestor in module.ancestors(node))
