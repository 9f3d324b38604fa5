"""GL312 unbuffered-writes."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._writes import buffering, waits, writes_to, written_file
from greenlint.source.infer import dotted
from greenlint.source.repeat import block_of, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNSURE = 40
"""A buffer that may be wanted empty, or a receiver that is not known to be a file."""
_BY_LINES = 30
"""The buffer collects the lines: what is saved is a call for each."""


class UnbufferedWrites(FileRule):
    """A loop hands every item to the operating system on its own instead of letting the file's buffer collect them.

    ## Why it wastes

    A file collects what is written and passes it on some kilobytes at a time. `flush()` after every write, or a file opened with
    `buffering=0` or `1`, makes a system call for every item, which costs many times the write itself.

    ## When to leave it alone

    When another process must see every item at once, as with logs that somebody follows. The rule is silent for loops that wait
    for something (a socket, a process, a user, sleep), for a flush that is not beside a write in the same block, for files that it
    did not see being opened, and for standard output.

    ## Evidence

    Whole processes, CPython 3.11.7: 100,000 lines 0.11 -> 0.05 s of CPU, 10,000 lines 0.032 -> 0.025 s, start-up included
    (`python benchmarks/rules/run.py GL312`). The 8.3 million lines of public code looked at hold too few of them to measure how
    often the rule is right: it stays in preview.
    """

    code = "GL312"
    name = "unbuffered-writes"
    preview = True
    effect = Effect(EffectClass.CONSTANT, "a system call per item (0.11 -> 0.05 s of CPU for 100,000 lines)", "bench GL312")
    confidence = 85
    callees = frozenset({"flush", "print", "write"})
    examples = (
        Bad(
            "with open(path, 'w') as out:\n    for row in rows:\n        out.write(row)\n        out.flush()\n    out.write('end')\n",
            fixed="with open(path, 'w') as out:\n    for row in rows:\n        out.write(row)\n    out.write('end')\n",
            lines=(4,),
        ),
        Bad(
            "with open(path, 'a') as out:\n    for row in rows:\n        print(row, file=out, flush=True)\n",
            fixed="with open(path, 'a') as out:\n    for row in rows:\n        print(row, file=out)\n",
            lines=(3,),
        ),
        Bad("with open(path, 'wb', buffering=0) as out:\n    for row in rows:\n        out.write(row)\n", lines=(3,)),
        Good("for row in rows:\n    print(row, flush=True)\n", "somebody watches"),
        Good(
            "with open(path, 'w') as out:\n    for number, row in enumerate(rows):\n        out.write(row)\n"
            "        if number % 1000 == 0:\n            out.flush()\n",
            "now and then",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` empties a file's buffer once per turn of a loop, or writes past it."""
        around = module.loop(node)
        if around is None:
            return
        file = _flushed_file(node, module)
        loop = next(repeating_loops(node, module), None)
        opened = None if file is None or loop is None or waits(loop, module) else written_file(file, module)
        if file is None or dotted(file) is None or opened is None or any(h is loop for h in module.ancestors(opened)):
            yield from self._perhaps(node, around, module)
            return
        name = dotted(file)
        if node.func.attr == "write" if isinstance(node.func, ast.Attribute) else False:
            if buffering(opened) in (0, 1) and buffering(opened) is not None:
                message = f"every `{name}.write` is a system call, as the file was opened without a buffer; open it with one"
                yield self.finding(node, module, message)
            else:
                yield from self._perhaps(node, around, module)
            return
        message = f"flushes `{name}` after every write, a system call each; let the buffer collect them"
        yield self.finding(node, module, message, fix=_fix(node, module))

    def _perhaps(self, node: ast.Call, loop: ast.AST, module: Module) -> Iterator[Finding]:
        """A flush in any loop, and a loop that does nothing but write its items."""
        func = node.func
        if isinstance(func, ast.Attribute) and func.attr == "write":
            whole = isinstance(loop, ast.For) and len(loop.body) == 1 and module.parent(node) is loop.body[0]
            if whole and len(node.args) == 1 and not node.keywords and not loop.orelse:  # type: ignore[attr-defined]
                message = f"writes item by item; `{dotted(func.value) or 'file'}.writelines(...)` writes them all"
                yield self.finding(loop, module, message, confidence=_BY_LINES)
        elif isinstance(func, ast.Attribute) or any(k.arg == "flush" and _is_true(k.value) for k in node.keywords):
            message = "flushes in each turn of the loop, a system call each; let the buffer collect what is written"
            yield self.finding(node, module, message, confidence=_UNSURE)


def _is_true(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is True


def _flushed_file(node: ast.Call, module: Module) -> ast.expr | None:
    """What `f.flush()` beside a write to `f`, `print(x, file=f, flush=True)` or `f.write(x)` works on."""
    func = node.func
    if isinstance(func, ast.Attribute):
        if func.attr == "flush":
            path = dotted(func.value)
            block = block_of(module.statement(node), module) if isinstance(module.parent(node), ast.Expr) else []
            return func.value if path and any(writes_to(each, path) for each in block) else None
        return func.value if func.attr == "write" else None
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    flush = given.get("flush")
    if not (module.is_builtin(func, "print") and isinstance(flush, ast.Constant) and flush.value is True):
        return None
    return given.get("file")


def _fix(node: ast.Call, module: Module) -> Fix | None:
    """Without the flush: its line goes, or the argument does."""
    title = "Leave it to the buffer"
    if isinstance(node.func, ast.Name):
        index = next(i for i, keyword in enumerate(node.keywords) if keyword.arg == "flush")
        before = node.keywords[index - 1] if index else (node.args[-1] if node.args else None)
        if before is None:
            return None
        return Fix(title, (Edit(module.span(before)[1], module.span(node.keywords[index])[1], ""),), Applicability.UNSAFE)
    line = module.lines[node.lineno - 1]
    if node.end_lineno != node.lineno or line.strip() != module.text(node).encode() or node.lineno >= len(module.lines):
        return None
    start, end = module.offset(node.lineno, 0), module.offset(node.lineno + 1, 0)
    return Fix(title, (Edit(start, end, ""),), Applicability.UNSAFE)
