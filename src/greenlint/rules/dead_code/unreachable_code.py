"""GL107 unreachable-code."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.dead_code._flow import EXIT_NAMES, JUMPS, block_of, dead_branch, is_never, is_reached, leaves
from greenlint.rules.dead_code._region import is_trivial, keeps_names, makes_generator, suspends

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

_FOR_READERS = 30
"""`pass`, a string or a lone `return` may be there to be read."""
_SWITCH = 50
"""A constant condition with a comment is there to be changed by hand."""
_CONSTANT = (ast.Constant, ast.UnaryOp, ast.BoolOp)
_COMPOUND = tuple(getattr(ast, name) for name in ("Try", "TryStar", "Match") if hasattr(ast, name))
_NOTHING = (None,)
_WORDS = {
    ast.Return: "`return`",
    ast.Raise: "`raise`",
    ast.Continue: "`continue`",
    ast.Break: "`break`",
    ast.Expr: "a call that never returns",
    ast.While: "a loop without end",
}


class UnreachableCode(FileRule):
    """A statement that control never reaches.

    It follows `return`, `raise`, `continue` or `break` in its block, a call that ends the program (`sys.exit()`, `os._exit()`,
    a function of the same file annotated `-> NoReturn`), a loop without end, an `if`, `match` or `try` of which every way
    leaves; or it stands in the branch that a constant condition never takes.

    ## Why it wastes

    It costs next to nothing: CPython drops almost all of it when it compiles, so nothing is saved while the program runs.
    What remains is parsed by every tool, read by every reader, and often hides a mistake: the line that was meant to run.

    ## When to leave it alone

    The rule is silent about a lone `raise`, `assert`, `return None` or `break` behind a compound statement, which tells
    readers and type checkers that control never gets there; about `pass`, `...` and strings; about a `yield` that makes the
    function a generator (`return; yield`); and about `if False: import x`. A constant with a comment (`if 0:  # debugging`) is
    somebody's switch and has confidence 50. `TYPE_CHECKING`, `__debug__` and tests of versions or platforms are no constants.
    A `with` block never counts as leaving, since it may swallow the exception.

    The fix is safe where nothing else can change: no comment goes with the code, no call is trusted never to return (tests
    replace `sys.exit`), and no name changes its scope. There is no fix for code that holds `yield` or `await`. Of a constant
    `if` with two branches the other branch is kept, with `--unsafe-fixes`: the constant may be somebody's switch.

    ## Evidence

    No effect at run time: with 1,000 functions of three live and three dead lines, CPython 3.11, the bytecode shrinks by 0.8 %
    (127,052 to 126,023 bytes). Compiling, which happens once, is what `python benchmarks/rules/run.py GL107` measures: 0.37 s
    instead of 0.15 s of CPU time for 10,000 of these functions.

    Precision: 29 findings in the standard library, 69 installed packages and 27 projects from GitHub (7.2 million lines, test
    inputs of formatters aside), each read: all 29 can never run. 12,000 random programs were run with random answers to their
    conditions; none ran a reported line, and none ran otherwise after its fix (`tests/rules/test_dead_code_unreachable.py`).
    """

    code = "GL107"
    name = "unreachable-code"
    effect = Effect(
        EffectClass.START_UP,
        "never runs: no effect at run time; read and compiled for nothing",
        "bench GL107",
    )
    severity = Severity.NOTE
    confidence = 99
    examples = (
        Bad("def f(x):\n    return x\n    print(x)\n", fixed="def f(x):\n    return x\n", lines=(3,)),
        Bad(
            "def f(x):\n    if x:\n        return 1\n    else:\n        raise KeyError(x)\n\n    log(x)\n\n\nf(1)\n",
            fixed="def f(x):\n    if x:\n        return 1\n    else:\n        raise KeyError(x)\n\n\nf(1)\n",
            lines=(7,),
        ),
        Bad("def f(x):\n    if x: return; print(x)\n", fixed="def f(x):\n    if x: return\n", lines=(2,)),
        Bad("for i in x:\n\tcontinue\n\tprint(i)\n\tprint(i)\n", fixed="for i in x:\n\tcontinue\n", lines=(3,)),
        Bad("import sys\n\nsys.exit(0)\nprint('x')  # never\n", fixed="import sys\n\nsys.exit(0)\n", lines=(4,)),
        Bad(
            "def f():\n    while True:\n        work()\n    close()\n",
            fixed="def f():\n    while True:\n        work()\n",
            lines=(4,),
        ),
        Bad(
            "def f():\r\n    try:\r\n        return 'é'\r\n    finally:\r\n        close()\r\n    print()\r\n",
            fixed="def f():\r\n    try:\r\n        return 'é'\r\n    finally:\r\n        close()\r\n",
            lines=(6,),
        ),
        Bad(
            "def f(x):\n    match x:\n        case 1:\n            return 1\n        case _:\n            return 2\n    g()\n",
            fixed="def f(x):\n    match x:\n        case 1:\n            return 1\n        case _:\n            return 2\n",
            lines=(7,),
        ),
        Bad(
            "from typing import NoReturn\n\n\ndef fail(text) -> NoReturn:\n    raise SystemExit(text)\n\n\nfail(1)\nprint()\n",
            fixed="from typing import NoReturn\n\n\ndef fail(text) -> NoReturn:\n    raise SystemExit(text)\n\n\nfail(1)\n",
            lines=(9,),
        ),
        Bad(
            "if False:\n    old()\nelse:\n    # now\n    new()\nprint()\n",
            fixed="# now\nnew()\nprint()\n",
            lines=(2,),
        ),
        Bad("def f():\n    yield 1\n    return\n    yield 2\n", lines=(4,)),
        Bad("def f():\n    print(x)\n    return\n    x = 1\n", lines=(4,)),
        Good("def f():\n    return\n    yield\n", why="the yield makes it a generator"),
        Good("def f(x):\n    if x:\n        return 1\n    print(x)\n", why="one branch goes on"),
        Good("while True:\n    if done():\n        break\nprint()\n", why="the loop can end"),
        Good("while True:\n    for x in y:\n        break\n    else:\n        break\nprint()\n", why="the break of an `else`"),
        Good("if TYPE_CHECKING:\n    import x\nelse:\n    x = None\n", why="not a constant"),
        Good("def f():\n    raise NotImplementedError\n    pass\n", why="nothing to remove but a habit"),
        Good("try:\n    raise KeyError\nexcept KeyError:\n    pass\nprint()\n", why="the handler goes on"),
        Good("with suppress(E):\n    raise E\nprint()\n", why="a context manager may swallow the exception"),
        Good("def f(x):\n    if x:\n        return 1\n    else:\n        return 2\n    raise AssertionError\n", why="a guard"),
        Good("def f():\n    def g():\n        return 1\n    return g\n", why="the inner function returns, not this one"),
        Good("def exit():\n    pass\n\n\nexit()\nprint()\n", why="not the builtin"),
        Good("import sys\n\natexit.register(sys.exit)\nprint()\n", why="not called here"),
        Good("if False:\n    from typing import Any\n", why="names for old type checkers"),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield a finding where statements follow one that control never passes."""
        by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
        parents = module.parents
        for kind in JUMPS:  # in four of five cases a jump is the last statement of a body
            for jump in by_class.get(kind, ()):
                if getattr(parents[jump], "body", _NOTHING)[-1] is not jump:
                    yield from self._after(jump, module)
        for kind in _COMPOUND:
            for statement in by_class.get(kind, ()):
                yield from self._after(statement, module)
        for condition in (*by_class.get(ast.If, ()), *by_class.get(ast.While, ())):
            if isinstance(condition.test, _CONSTANT):
                yield from self._branch(condition, module)
            if condition.orelse or isinstance(condition, ast.While):
                yield from self._after(condition, module)
        never = {f.name for f in by_class.get(ast.FunctionDef, ()) if f.returns is not None and is_never(f)}
        for callee in never | (EXIT_NAMES & module.index.calls.keys()):
            for call in module.calls(callee):
                if isinstance(parents[call], ast.Expr):
                    yield from self._after(module.statement(call), module)

    def _after(self, statement: ast.stmt, module: Module) -> Iterator[Finding]:
        block = block_of(statement, module)
        if block[-1] is statement or not leaves(statement, module):
            return
        region = block[block.index(statement) + 1 :]
        if makes_generator(region, module) or not is_reached(statement, module):
            return
        certain = leaves(statement, module, calls=False)
        if is_trivial(region) or (not isinstance(statement, JUMPS) and _is_guard(region)):
            yield self._region(region, module, "never runs: what is before it always leaves", _FOR_READERS, None)
            return
        after = _WORDS.get(type(statement), "a statement that always leaves")
        message = f"{_count(region)} after {after} never {'runs' if len(region) == 1 else 'run'}"
        fix = _deletion(statement, region, module, certain=certain)
        yield self._region(region, module, message, self.confidence if certain else 90, fix)

    def _branch(self, node: ast.If | ast.While, module: Module) -> Iterator[Finding]:
        region = dead_branch(node)
        if not region or makes_generator(region, module):
            return
        if is_trivial(region) or _imports_only(region):
            message = f"never runs: a constant decides the condition on line {node.lineno}"
            yield self._region(region, module, message, _FOR_READERS, None)
        elif is_reached(node, module):
            truth = "false" if region is node.body else "true"
            message = f"never runs: the condition on line {node.lineno} is always {truth}"
            switch = b"#" in module.lines[node.test.end_lineno - 1][node.test.end_col_offset :]  # type: ignore[operator]
            yield self._region(region, module, message, _SWITCH if switch else 90, _other_branch(node, region, module))

    def _region(self, region: list[ast.stmt], module: Module, message: str, confidence: int, fix: Fix | None) -> Finding:
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


def _other_branch(node: ast.If | ast.While, region: list[ast.stmt], module: Module) -> Fix | None:
    """Replace a constant `if` with two branches by the branch that runs; unsafe, since it may be somebody's switch."""
    if not isinstance(node, ast.If) or not node.orelse or not module.utf8:
        return None
    if any(isinstance(part, ast.expr) and not isinstance(part, _CONSTANT) for part in ast.walk(node.test)):
        return None  # `f() and False` calls f
    start, end = module.span(node)
    if not module.data.startswith(b"if", start) or suspends(region) or not keeps_names(region, module):
        return None
    name = "keep-then" if region is node.orelse else "keep-else"
    return Fix("Keep the branch that runs", (Edit(start, end, ""),), Applicability.UNSAFE, name)


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
    return Fix("Delete what never runs", (Edit(start, end, ""),), Applicability.SAFE if safe else Applicability.UNSAFE)


def _span(before: ast.stmt, region: list[ast.stmt], module: Module) -> tuple[int, int]:
    """The bytes to delete: whole lines with the blank ones before them, or the rest of a line that `before` shares."""
    first, last = region[0], region[-1]
    decorators = getattr(first, "decorator_list", None)
    line = decorators[0].lineno if decorators else first.lineno
    last_line = last.end_lineno or last.lineno
    if line == before.end_lineno:
        semicolon = module.lines[last_line - 1][last.end_col_offset or 0 :].split(b"#")[0].rstrip()
        return module.span(before)[1], module.span(last)[1] + len(semicolon)
    while not module.lines[line - 2].strip():
        line -= 1
    return module.offset(line, 0), module.offset(last_line + 1, 0)
