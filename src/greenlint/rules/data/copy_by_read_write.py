"""GL315 copy-by-read-write."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._files import is_small_by_nature, open_mode, opening_call, read_file
from greenlint.source.flow import final_use
from greenlint.source.infer import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_WRITERS = {"read": "write", "read_bytes": "write_bytes", "read_text": "write_text"}
_BINARY = (("rb", "br"), ("wb", "bw", "xb", "bx"))
_TEXT = (("r", "rt", "tr"), ("w", "wt", "tw", "x", "xt"))


class CopyByReadWrite(FileRule):
    """A file is copied by reading it into memory in one piece and writing it out again.

    ## Why it wastes

    The whole file is held in memory, and every byte goes from the system to the process and back; as text it is decoded and encoded
    on the way. `shutil.copyfile` asks the system to copy, in pieces and without the bytes passing through Python where it can.

    ## When to leave it alone

    When the contents are changed, or needed for something else: the rule only speaks where what was read is written as it is, and
    nothing else uses it. It is silent for files below /proc, /sys and /etc, and where the file does not show what is written to.
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
    callees = frozenset(_WRITERS)
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
