"""GL107 unreachable-code."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from greenlint.source.module import Module

_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)
_EXITS = frozenset({"sys.exit", "os._exit", "os.abort"})
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
_SUSPENDING = (ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith)


class UnreachableCode(FileRule):
    """A statement that can never run.

    It stands after `return`, `raise`, `continue`, `break`, `sys.exit()`, a loop that never ends, or in the branch of a
    constant test such as `if False:`.

    ## Why it wastes

    Nobody runs it, but everybody reads, reviews, tests and moves it. CPython drops most of it when compiling, so there is no
    saving at run time; the rule says so and ranks last.

    ## When to leave it alone

    A `yield` or `await` after `return` makes a function a generator or coroutine, so such code is never reported. Neither are
    `pass`, docstrings, `TYPE_CHECKING`, `__debug__` and tests of versions or platforms.

    ## Evidence

    `python benchmarks/rules/run.py GL107`: no measurable effect on CPU time; see benchmarks/rules/RESULTS.md.
    """

    code = "GL107"
    name = "unreachable-code"
    effect = Effect(EffectClass.START_UP, "no effect at run time: source to read, parse and keep", "bench GL107")
    severity = Severity.NOTE
    confidence = 99
    examples = (
        Bad("def f(x):\n    return x\n    print(x)\n", fixed="def f(x):\n    return x\n", lines=(3,)),
        Bad(
            "def f(x):\n    if x:\n        return 1\n    else:\n        raise KeyError(x)\n    log(x)\n\n\nf(1)\n",
            fixed="def f(x):\n    if x:\n        return 1\n    else:\n        raise KeyError(x)\n\n\nf(1)\n",
            lines=(6,),
        ),
        Bad("import sys\n\nsys.exit(0)\nprint('x')  # never\n", fixed="import sys\n\nsys.exit(0)\n", lines=(4,)),
        Bad("for i in x:\n    continue\n    print(i)\n", fixed="for i in x:\n    continue\n"),
        Bad("def f():\n    while True:\n        work()\n    close()\n", fixed="def f():\n    while True:\n        work()\n"),
        Bad(
            "if False:\n    old()\nelse:\n    # now\n    new()\nprint()\n",
            fixed="# now\nnew()\nprint()\n",
            lines=(2,),
        ),
        Bad("def f(x):\n    return x; print(x)\n"),
        Good("def f():\n    return\n    yield\n", "the yield makes it a generator"),
        Good("def f(x):\n    if x:\n        return 1\n    print(x)\n", "one branch goes on"),
        Good("while True:\n    if done():\n        break\nprint()\n", "the loop can end"),
        Good("if TYPE_CHECKING:\n    import x\n", "not a constant"),
        Good("def f():\n    raise NotImplementedError\n    pass\n", "nothing to remove but a habit"),
        Good("try:\n    raise KeyError\nexcept KeyError:\n    pass\nprint()\n", "the handler goes on"),
        Good("with suppress(E):\n    raise E\nprint()\n", "a context manager may swallow the exception"),
    )

    def check(
        self,
        node: ast.Module
        | ast.FunctionDef
        | ast.AsyncFunctionDef
        | ast.If
        | ast.For
        | ast.AsyncFor
        | ast.While
        | ast.With
        | ast.AsyncWith
        | ast.Try
        | ast.ExceptHandler
        | ast.match_case,
        module: Module,
    ) -> Iterator[Finding]:
        """Yield one finding for each block that goes on after its end."""
        if isinstance(node, ast.If):
            yield from self._constant_test(node, module)
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if block and len(block) > 1:
                yield from self._block(block, module)

    def _block(self, block: list[ast.stmt], module: Module) -> Iterator[Finding]:
        for number, statement in enumerate(block[:-1]):
            if _leaves(statement, module):
                rest = block[number + 1 :]
                if not _idle(rest) and not _suspends(rest):
                    message = f"unreachable: {_reason(statement)} on line {statement.lineno} never gets here"
                    yield self.finding(rest[0], module, message, fix=_removal(statement, rest, module))
                return

    def _constant_test(self, node: ast.If, module: Module) -> Iterator[Finding]:
        if not isinstance(node.test, ast.Constant) or not isinstance(node.test.value, (bool, int)):
            return
        dead = node.orelse if node.test.value else node.body
        if not dead or _suspends(dead) or _idle(dead):
            return
        fix = None
        if node.orelse:
            name = "keep-then" if node.test.value else "keep-else"
            fix = Fix("Keep the branch that runs", (Edit(*module.span(node), ""),), Applicability.SAFE, name)
        yield self.finding(dead[0], module, f"unreachable: the test is always {bool(node.test.value)}", fix=fix)


def _leaves(statement: ast.stmt, module: Module) -> bool:
    """Whether control never reaches what follows `statement` in its block."""
    if isinstance(statement, _LEAVING):
        return True
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call):
        return module.qualified_name(statement.value.func) in _EXITS
    if isinstance(statement, ast.If):
        return bool(statement.orelse) and _ends(statement.body, module) and _ends(statement.orelse, module)
    if isinstance(statement, ast.While):
        return isinstance(statement.test, ast.Constant) and bool(statement.test.value) and not _breaks(statement.body)
    if isinstance(statement, ast.Try):
        if _ends(statement.finalbody, module):
            return True
        handled = all(_ends(handler.body, module) for handler in statement.handlers)
        return handled and (_ends(statement.body, module) or _ends(statement.orelse, module))
    return False


def _ends(block: Sequence[ast.stmt], module: Module) -> bool:
    return any(_leaves(statement, module) for statement in block)


def _breaks(block: Sequence[ast.stmt]) -> bool:
    """Whether a `break` in `block` leaves the loop that it is the body of."""
    for statement in block:
        if isinstance(statement, ast.Break):
            return True
        if isinstance(statement, _SCOPES):
            continue
        inner: list[ast.stmt] = []
        if isinstance(statement, _LOOPS):
            inner = statement.orelse
        else:
            for child in ast.iter_child_nodes(statement):
                if isinstance(child, ast.stmt):
                    inner.append(child)
                elif isinstance(child, (ast.ExceptHandler, ast.match_case)):
                    inner += child.body
        if _breaks(inner):
            return True
    return False


def _idle(block: Sequence[ast.stmt]) -> bool:
    return all(
        isinstance(item, ast.Pass) or (isinstance(item, ast.Expr) and isinstance(item.value, ast.Constant)) for item in block
    )


def _suspends(block: Sequence[ast.stmt]) -> bool:
    """Whether a yield or await of this function stands in `block`: removing it would change the kind of the function."""
    stack: list[ast.AST] = list(block)
    while stack:
        node = stack.pop()
        if isinstance(node, _SUSPENDING) or (isinstance(node, ast.comprehension) and node.is_async):
            return True
        if not isinstance(node, _SCOPES):
            stack.extend(ast.iter_child_nodes(node))
    return False


def _reason(statement: ast.stmt) -> str:
    if isinstance(statement, _LEAVING):
        return f"`{type(statement).__name__.lower()}`"
    return "the endless loop" if isinstance(statement, ast.While) else "what ends"


def _removal(statement: ast.stmt, rest: list[ast.stmt], module: Module) -> Fix | None:
    """Delete whole lines; not when the first stands on the line of the statement before, or names would change scope."""
    first, last = rest[0], rest[-1]
    line = min([first.lineno, *(d.lineno for d in getattr(first, "decorator_list", ()))])
    end_line = last.end_lineno or last.lineno
    if line == statement.end_lineno or _binds_alone(rest, module):
        return None
    start = module.offset(line, 0)
    end = module.offset(end_line + 1, 0) if end_line < len(module.lines) else len(module.data)
    return Fix("Delete what never runs", (Edit(start, end, ""),), Applicability.SAFE)


def _binds_alone(rest: list[ast.stmt], module: Module) -> bool:
    """Whether a name is local only because the dead code binds it."""
    scope = module.scope(rest[0])
    dead = {id(node) for item in rest for node in ast.walk(item)}
    for item in rest:
        for node in ast.walk(item):
            name = node.id if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load) else getattr(node, "name", None)
            if isinstance(name, str) and all(id(binder) in dead for binder in module.bindings(name, scope)):
                return any(n.id == name and id(n) not in dead for n in module.nodes(ast.Name))
    return False
