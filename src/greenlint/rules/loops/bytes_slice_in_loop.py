"""GL231 bytes-slice-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._bytes import bytes_kind, is_probably_bytes, is_rest_of, rests
from greenlint.rules.loops._collect import line_start
from greenlint.rules.loops._steady import bindings_of, mentions_in, remembered
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import enclosing_loops, is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_UNKNOWN = 40
"""Below the default threshold: the value is not known to be bytes, starts anew in each turn, or the loop is short."""
_PIECE = 30
"""Each piece is copied once, which costs little where pieces are short."""
_NAMES = frozenset(
    {"body", "buf", "buffer", "bytes", "content", "data", "payload", "raw", "remaining", "rest"}
    | {"blob", "chunk", "datagram", "octets", "packet"}
)


class BytesSliceInLoop(FileRule):
    """A loop cuts what it has read off the front of a bytes object, which copies all the rest in each turn.

    ## Why it wastes

    `data = data[n:]` makes a new object of everything behind n, so a loop that works through m bytes in pieces copies m²/2n of
    them. Slices of a `memoryview` share the memory and copy nothing; an index that moves on copies only the pieces.

    ## When to leave it alone

    Data that stays short, such as a header of some dozen bytes: that cannot be seen, so a loop over what is not known to hold bytes, but is called or used like them,
    gets confidence 40, and single pieces (`data[i:i + n]` in a loop) 30, as a short piece is copied faster than a view is made.
    The rule is silent for views, for bytes that each turn reads anew, for `data = data[-n:]`, which keeps a window, and for text, which has no view. The fix
    is unsafe: a view has no `find` or `split`, and it is offered only where the loop slices, indexes, measures and unpacks.

    ## Evidence

    Whole processes, CPython 3.11.7, records of 8 bytes: 0.325 -> 0.023 s of CPU for 500,000 bytes, 0.063 -> 0.014 s for 200,000, and no
    effect for 10,000 (`python benchmarks/rules/run.py GL231`).

    In preview: half of its ten findings in 8.3 million lines of real code are about a few dozen bytes, or a rest that is mostly empty.
    """

    code = "GL231"
    name = "bytes-slice-in-loop"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "copies grow with n² (0.325 -> 0.023 s of CPU for 500,000 bytes in records of 8)", "bench GL231"
    )
    confidence = 75
    preview = True
    examples = (
        Bad(
            "def f(data: bytes):\n    while data:\n        use(data[:8])  # each\n        data = data[8:]\n",
            fixed="def f(data: bytes):\n    data = memoryview(data)\n    while data:\n        use(data[:8])  # each\n"
            "        data = data[8:]\n",
            lines=(4,),
        ),
        Bad(
            "import struct\n\ndef f(path):\n    rest = open(path, 'rb').read()\n    while len(rest) > 3:\n"
            "        size, = struct.unpack('>I', rest[:4])\n        body, rest = rest[4:4 + size], rest[4 + size:]\n        use(body.decode())\n",
            lines=(7,),
        ),
        Good(
            "def f(data: bytes):\n    view = memoryview(data)\n    while view:\n        use(view[:8])\n        view = view[8:]\n",
            "a view",
        ),
        Good("def f(text: str):\n    while text:\n        use(text[:8])\n        text = text[8:]\n", "text has no view"),
    )

    def check(self, node: ast.Assign | ast.Subscript, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` copies the rest of what a loop works through, or a piece of it."""
        if isinstance(node, ast.Subscript):
            if isinstance(node.slice, ast.Slice) and isinstance(node.ctx, ast.Load) and module.loop(node) is not None:
                yield from self._piece(node, module)
            return
        for place in rests(node):
            loop = next(repeating_loops(node, module), None)
            short = loop is None
            loop = loop or next(enclosing_loops(node, module), None)
            kind = bytes_kind(place, module)
            path = dotted(place) or ""
            if loop is None or kind == "other" or (kind is None and not _may_be_bytes(place, module)):
                continue
            if _is_new(place, loop, module):
                continue  # each turn cuts off from bytes of its own
            sure = kind == "bytes" and not short and not is_test(module.path)
            message = f"`{path} = {path}[…:]` copies all the rest in each turn; slice a `memoryview`, or move an index on"
            fix = _fix(place, loop, module) if sure else None
            yield self.finding(node, module, message, confidence=None if sure else _UNKNOWN, fix=fix)

    def _piece(self, node: ast.Subscript, module: Module) -> Iterator[Finding]:
        statement = module.statement(node)
        if isinstance(statement, ast.Assign) and any(dotted(place) == dotted(node.value) for place in rests(statement)):
            return
        if not isinstance(node.value, (ast.Name, ast.Attribute)):
            return
        kind = bytes_kind(node.value, module)
        if kind == "bytes" or (kind is None and self.least <= _PIECE and _is_worked_through(node, node.value, module)):
            message = f"a slice of the bytes `{dotted(node.value)}` in a loop copies them; a `memoryview` does not"
            yield self.finding(node, module, message, confidence=_PIECE)


def _may_be_bytes(place: ast.expr, module: Module) -> bool:
    named = (dotted(place) or "").rpartition(".")[2].strip("_").lower() in _NAMES
    return named or is_probably_bytes(place, module)


def _is_worked_through(node: ast.Subscript, place: ast.expr, module: Module) -> bool:
    """Whether what may be bytes is the same in each turn of the loop."""
    loop = module.loop(node)
    if loop is None or not is_probably_bytes(place, module):
        return False
    return not any(is_inside(binding.node, loop, module) for binding in bindings_of(place, module))


def _is_new(place: ast.expr, loop: Loop, module: Module) -> bool:
    return remembered("loops.bytes anew", place, loop, module, lambda: _starts_anew(place, loop, module))


def _starts_anew(place: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop gives the name other bytes in each turn, so that only those are copied."""
    for binding in bindings_of(place, module):
        if not is_inside(binding.node, loop, module) or isinstance(binding.node, ast.AugAssign):
            continue
        if not (isinstance(binding.node, (ast.Assign, ast.Tuple)) and _is_rest(binding.node, place, module)):
            return True
    return False


def _is_rest(node: ast.AST, place: ast.expr, module: Module) -> bool:
    statement = module.statement(node)
    return isinstance(statement, ast.Assign) and any(dotted(rest) == dotted(place) for rest in rests(statement))


def _fix(place: ast.expr, loop: Loop, module: Module) -> Fix | None:
    """A view made before the loop, which must use it as a view can be used."""
    path = dotted(place)
    if not isinstance(loop, (ast.For, ast.While)) or not isinstance(place, ast.Name) or line_start(loop, module).strip():
        return None
    if module.loop(loop) is not None or not _is_for_view(place, loop, module):
        return None
    start = module.span(loop)[0]
    margin = line_start(loop, module).decode()
    return Fix("Slice a memoryview", (Edit(start, start, f"{path} = memoryview({path})\n{margin}"),), Applicability.UNSAFE)


def _is_for_view(place: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop does only what a view can do as well; asked once for each name and loop."""
    return remembered(
        "loops.view", place, loop, module, lambda: all(_suits_view(use, module) for use in mentions_in(place, loop, module))
    )


def _suits_view(use: ast.expr, module: Module) -> bool:
    holder = module.parent(use)
    if not isinstance(use.ctx, ast.Load):  # type: ignore[attr-defined]
        return not isinstance(holder, ast.AugAssign)
    if isinstance(holder, ast.Subscript) and holder.value is use:
        call = module.parent(holder)
        if isinstance(call, (ast.Attribute, ast.BinOp)):
            return False
        return is_rest_of(holder) or not isinstance(call, (ast.Assign, ast.Return, ast.Tuple, ast.Yield))
    if isinstance(holder, ast.Call):
        return module.is_builtin(holder.func, "len") or (module.qualified_name(holder.func) or "").startswith("struct.")
    return isinstance(holder, (ast.While, ast.If)) and holder.test is use
