"""GL315 copy-by-read-write."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._files import is_small_by_nature, open_mode, opening_call, read_file
from greenlint.source.flow import final_use
from greenlint.source.infer import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_WRITERS = {"read": "write", "read_bytes": "write_bytes", "read_text": "write_text"}
_IN_PIECES = 50
"""Below the default threshold: it holds one piece at a time, and costs little where the file is small."""
_PIECES = Effect(EffectClass.CONSTANT, "takes every byte through Python", "none")
_BINARY = (("rb", "br"), ("wb", "bw", "xb", "bx"))
_TEXT = (("r", "rt", "tr"), ("w", "wt", "tw", "x", "xt"))


class CopyByReadWrite(FileRule):
    """A file is copied by reading it into memory in one piece and writing it out again.

    ## Why it wastes

    The whole file is held in memory, and every byte goes from the system to the process and back; as text it is decoded and encoded
    on the way. `shutil.copyfile` asks the system to copy, in pieces and without the bytes passing through Python where it can.

    ## When to leave it alone

    When the contents are changed, or needed for something else: the rule only speaks where what was read is written as it is, and
    nothing else uses it. Copies in pieces, which hold one of them at a time, have confidence 50. It is silent for files below /proc, /sys and /etc, and where the file does not show what is written to.
    There is no fix, because the names of both files are seldom in one place.

    ## Evidence

    Whole processes, CPython 3.11.7, set-up included: 100 MiB peak memory 117 -> 12 MB and CPU 0.18 -> 0.07 s, 20 MiB 33 -> 13 MB
    and 0.050 -> 0.031 s (`python benchmarks/rules/run.py GL315`). Six places in the 8.3 million lines of public code that were
    looked at, at least one of them wrong (a link that is replaced by its own copy): the rule stays in preview.
    """

    code = "GL315"
    name = "copy-by-read-write"
    preview = True
    effect = Effect(EffectClass.MEMORY, "holds the whole file (117 -> 12 MB for 100 MiB)", "bench GL315")
    confidence = 85
    callees = frozenset(_WRITERS) | {"write", "writelines"}
    examples = (
        Bad("with open(a, 'rb') as source, open(b, 'wb') as target:\n    target.write(source.read())\n", lines=(2,)),
        Bad("from pathlib import Path\n\nPath(b).write_bytes(Path(a).read_bytes())\n", lines=(3,)),
        Good("import shutil\n\nshutil.copyfile(a, b)\n", "copied by the system"),
        Good(
            "with open(a) as source, open(b, 'w') as target:\n    target.write(source.read().upper())\n", "the text is changed"
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the one use of what `node` reads is to be written to another file."""
        func = node.func
        if isinstance(func, ast.Attribute) and func.attr in ("write", "writelines"):
            yield from self._pieces(node, func, module)
            return
        opened = read_file(node, module)
        if opened is None or not isinstance(func, ast.Attribute) or is_small_by_nature(opened, module):
            return
        value = final_use(node, module)
        call = module.parent(value)
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.args[:1] == [value]):
            return
        if len(call.args) > 1 or call.func.attr != _WRITERS[func.attr]:
            return
        if _copies(opened, func.attr, call.func.value, module):
            yield self.finding(
                node,
                module,
                "reads the whole file to write it out again; use `shutil.copyfile`, or `copyfileobj` for open files",
            )

    def _pieces(self, node: ast.Call, func: ast.Attribute, module: Module) -> Iterator[Finding]:
        """`for line in source: target.write(line)`, `while piece := source.read(n): ...`, `target.writelines(source)`."""
        if len(node.args) != 1 or not isinstance(module.parent(node), ast.Expr):
            return
        source = node.args[0] if func.attr == "writelines" else _walked(node, module)
        if source is None or kind_of(source, module) != "file" or not _are_used_once(node, source, func.value, module):
            return
        opened = opening_call(source, module)
        if opened is None or is_small_by_nature(opened, module) or not _copies(opened, "read", func.value, module):
            return
        message = "copies a file piece by piece through Python; `shutil.copyfile` lets the system do it"
        yield self.finding(node, module, message, effect=_PIECES, confidence=_IN_PIECES)


def _are_used_once(write: ast.Call, source: ast.expr, target: ast.expr, module: Module) -> bool:
    """Whether nothing else is read or written around it: no head that is left out, no line that is put before."""
    if not (isinstance(source, ast.Name) and isinstance(target, ast.Name)):
        return False
    around = next((each for each in module.ancestors(write) if isinstance(each, ast.With)), module.scope(write))
    names = [part.id for part in ast.walk(around) if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load)]
    return names.count(source.id) == names.count(target.id) == 1


def _walked(write: ast.Call, module: Module) -> ast.expr | None:
    """The file whose pieces a loop hands to `write` and does nothing else with."""
    statement, piece = module.parent(write), write.args[0]
    loop = module.parent(statement) if statement is not None else None
    if not isinstance(piece, ast.Name) or not isinstance(loop, (ast.For, ast.While)):
        return None
    if isinstance(loop, ast.For):
        if loop.body != [statement] or not (isinstance(loop.target, ast.Name) and loop.target.id == piece.id):
            return None
        called = loop.iter
        if not (isinstance(called, ast.Call) and module.is_builtin(called.func, "iter") and len(called.args) == 2):
            return loop.iter
        read = called.args[0].body if isinstance(called.args[0], ast.Lambda) else None
    elif isinstance(loop.test, ast.NamedExpr):
        read = loop.test.value if loop.body == [statement] and loop.test.target.id == piece.id else None
    else:
        read = _read_until_empty(loop, statement, piece.id)
    func = read.func if isinstance(read, ast.Call) else None
    return func.value if isinstance(func, ast.Attribute) and func.attr == "read" else None


def _read_until_empty(loop: ast.While, write: ast.AST | None, piece: str) -> ast.expr | None:
    """`while True:` with nothing in it but `piece = source.read(n)`, `if not piece: break` and the writing."""
    if len(loop.body) != 3 or loop.body[2] is not write or not isinstance(loop.body[0], ast.Assign):
        return None
    first, test = loop.body[0], loop.body[1]
    ends = isinstance(test, ast.If) and len(test.body) == 1 and isinstance(test.body[0], ast.Break)
    return first.value if ends and [ast.unparse(target) for target in first.targets] == [piece] else None


def _copies(opened: ast.Call, reader: str, target: ast.expr, module: Module) -> bool:
    """Whether what is read as bytes or text goes as the same to a file that is written from its start."""
    if reader != "read":
        return kind_of(target, module) == "path"
    if kind_of(target, module) != "file":
        return False
    written = opening_call(target, module)
    if written is None or written is opened:
        return False
    modes = open_mode(opened, module), open_mode(written, module)
    if any(keyword.arg in ("newline", "errors", None) for call in (opened, written) for keyword in call.keywords):
        return False
    return any(modes[0] in first and modes[1] in second for first, second in (_BINARY, _TEXT)) and _encoding(
        opened
    ) == _encoding(written)


def _encoding(opened: ast.Call) -> str:
    return next((ast.unparse(keyword.value) for keyword in opened.keywords if keyword.arg == "encoding"), "")
