"""GL201 string-concat-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.loops._accumulator import (
    Accumulation,
    accumulation,
    is_first,
    kind_of_sum,
    quadratic_reason,
    rebuilt,
    split_sum,
)
from greenlint.rules.loops._join import join_edits
from greenlint.rules.loops._steady import bindings_of, is_rebound
from greenlint.source.infer import dotted, kind_of
from greenlint.source.repeat import is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

_LOCAL = Effect(EffectClass.CONSTANT, "CPython extends a local string in place; other interpreters copy it", "bench GL201")
_LOCAL_CONFIDENCE = 40
"""Below the default threshold: a plain local name costs next to nothing on CPython."""
_BYTES = 40
"""Bytes are copied each time, but what is read or received in a loop is often one piece."""
_REBUILT = 45
"""The string is put together anew each time, but nothing shows that it grows long."""
_ONCE = 25
"""Outside a loop that repeats much, or where the loop also reads it, a piece more costs one copy."""
_UNSURE = 85
"""The target is a string only because a string is added to it."""


class StringConcatInLoop(FileRule):
    """A string grows piece by piece in a loop, and is copied whole each time.

    ## Why it wastes

    Strings cannot change, so `text += piece` builds a new one out of all characters so far: n pieces cost n²/2 copies.
    CPython escapes this for one case alone, `name += piece` on a plain local variable of a function. It does copy for
    attributes, subscripts, globals, and since 3.11 also for module level names and for locals that an inner function uses;
    and `text = text + a + b` copies everywhere. Collect the pieces in a list and join them once after the loop.

    ## When to leave it alone

    When the loop runs a handful of times. The rule is silent for loops over short literals, where the string starts anew in
    the loop, where it is read in the loop (a list would not serve), and when the target is not known to be a string. Plain
    locals are reported as a note with confidence 40, what a loop puts before a string or formats into a new one (`s = f"{s}{x}"`) with 45, which the default threshold of 60 hides; bytes have 40 as well, as most
    loops that add to them see one piece.

    ## Evidence

    Whole processes, CPython 3.11.7: 4.10 -> 0.03 s of CPU at 80,000 pieces on an attribute, 0.15 -> 0.01 s at 20,000, no
    measurable effect at 1,000 (`python benchmarks/rules/run.py GL201`).
    """

    code = "GL201"
    name = "string-concat-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "copies grow with n² (4.10 -> 0.03 s of CPU at 80,000 pieces)", "bench GL201")
    confidence = 95
    examples = (
        Bad(
            "class Page:\n    def render(self, rows):\n        self.text = ''\n        for row in rows:\n"
            "            self.text += row.html  # a cell\n        return self.text\n",
            fixed="class Page:\n    def render(self, rows):\n        text_parts = []\n        for row in rows:\n"
            "            text_parts.append(row.html)  # a cell\n        self.text = ''.join(text_parts)\n"
            "        return self.text\n",
            lines=(5,),
        ),
        Bad(
            'def f(rows):\n    s = ""\n    for row in rows:\n        s = s + row + "\\n"\n    return s\n',
            fixed='def f(rows):\n    s_parts = []\n    for row in rows:\n        s_parts.append(row + "\\n")\n'
            '    s = "".join(s_parts)\n    return s\n',
            lines=(4,),
        ),
        Bad(
            "report = 'Report'\nfor line in lines:\n    report += line\n",
            fixed="report_parts = ['Report']\nfor line in lines:\n    report_parts.append(line)\n"
            'report = "".join(report_parts)\n',
            lines=(3,),
        ),
        Bad("log = ''\n\ndef note(items):\n    global log\n    for item in items:\n        log += str(item)\n", lines=(6,)),
        Bad("def f(rows):\n    page = {'body': ''}\n    for row in rows:\n        page['body'] += f'<p>{row}'\n", lines=(4,)),
        Bad(
            "def f(rows):\n    s = ''\n    def show():\n        print(s)\n    while rows:\n        s += rows.pop()\n    show()\n",
            lines=(6,),
        ),
        Bad(
            "def f(self, rows):\n    for row in rows:\n        self.out = (self.out +\n                    f'{row}')\n",
            lines=(3,),
        ),
        Bad(
            "def f(o, rows):\n    for row in rows:\n        if row:\n            o.text \\\n                += 'x'\n",
            lines=(4,),
        ),
        Good(
            "def f(rows):\n    s = ''\n    for row in rows:\n        s += row\n    return s\n",
            "CPython extends a local in place",
        ),
        Good("def f(self, rows):\n    for row in rows:\n        self.rows += [row]\n", "a list"),
        Good("def f(self, rows):\n    self.n = 0\n    for row in rows:\n        self.n += len(row)\n", "a number"),
        Good("def f(rows):\n    for row in rows:\n        row.text += '!'\n", "another string each time"),
        Good("def f(lines):\n    for i in range(len(lines)):\n        lines[i] += '\\n'\n", "another item each time"),
        Good("def f(self):\n    for name in ('a', 'b'):\n        self.text += f'{name}'\n", "two iterations"),
        Good("def f(self, rows):\n    for row in rows:\n        self.s = ''\n        self.s += f'{row}'\n", "starts anew"),
        Good(
            "def f(self, rows):\n    for row in rows:\n        if row:\n            self.s += 'x'\n            break\n", "once"
        ),
        Good("def f(self, x):\n    self.text += f'{x}'\n", "no loop here"),
        Good("for a in b:\n    def g(self):\n        self.s += 'x'\n", "the loop does not run the function"),
    )

    def check(self, node: ast.AugAssign | ast.BinOp | ast.Module, module: Module) -> Iterator[Finding]:
        """Yield a finding when the statement of `node` makes a string longer once per iteration."""
        if isinstance(node, ast.Module):
            if self.least <= _REBUILT:
                yield from self._rebuilt(module)
            return
        if isinstance(node, ast.AugAssign):
            if isinstance(node.value, ast.Constant) and not isinstance(node.value.value, str):
                return  # a counter
            statement: ast.AST = node
        else:  # `s = s + a`: there are far fewer sums than assignments
            statement = module.parents[node]
            if not isinstance(statement, ast.Assign):
                return
        grown = accumulation(statement, module)
        if grown is None:
            yield from self._once(statement, module)
            return
        kind, told = kind_of_sum(grown, module)
        if kind == "bytes":
            yield self._bytes(grown.node, grown.target, module)
            return
        if kind != "str":
            return
        if not is_first(grown, module):
            yield from self._once(statement, module)
            return
        reason = quadratic_reason(grown, module)
        fix = self._fix(grown, module)
        if reason:
            message = f"`{_shown(grown)}` in a loop copies the whole string each time ({reason}); join the pieces once after it"
            yield self.finding(grown.node, module, message, confidence=self.confidence if told else _UNSURE, fix=fix)
        else:
            message = f"`{_shown(grown)}` in a loop; joining the pieces once after it does not depend on the interpreter"
            severity = Severity.NOTE
            yield self.finding(
                grown.node, module, message, effect=_LOCAL, confidence=_LOCAL_CONFIDENCE, severity=severity, fix=fix
            )

    def _rebuilt(self, module: Module) -> Iterator[Finding]:
        """The statements of loops that put what is there already into a new string."""
        by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
        for node in by_class.get(ast.Assign, ()):
            loop = next(repeating_loops(node, module), None)
            found = rebuilt(node) if loop is not None else None
            if loop is None or found is None:
                continue
            target, form = found
            inside = [b.node for b in bindings_of(target, module) if is_inside(b.node, loop, module)]
            starts = not all(isinstance(one, ast.Assign) and rebuilt(one) is not None for one in inside)
            moves = not isinstance(target, ast.Name) and is_rebound(target.value, loop, module)
            known = "str" in (kind_of(node.value, module), kind_of(target, module)) or _starts_as_text(target, loop, module)
            if known and not (starts or moves):
                shown = dotted(target) or ast.unparse(target)
                message = (
                    f"{form} copies all of `{shown}` in each turn to make it longer; collect the pieces and join them once"
                )
                yield self.finding(node, module, message, confidence=_REBUILT)

    def _once(self, statement: ast.AST, module: Module) -> Iterator[Finding]:
        """A note about a string that grows where nothing shows that it grows much."""
        if self.least > _ONCE:
            return
        split = split_sum(statement)
        if split is None or not isinstance(statement, (ast.Assign, ast.AugAssign)):
            return
        target, pieces = split
        if module.loop(statement) is not None and "bytes" in (
            kind_of(target, module),
            *(kind_of(piece, module) for piece in pieces),
        ):
            yield self._bytes(statement, target, module)
        elif kind_of(target, module) == "str" or any(kind_of(piece, module) == "str" for piece in pieces):
            shown = dotted(target) or ast.unparse(target)
            message = f"copies `{shown}` to make it longer; put the pieces together once, with an f-string or `join`"
            yield self.finding(statement, module, message, effect=_LOCAL, confidence=_ONCE, severity=Severity.NOTE)

    def _bytes(self, statement: ast.AST, target: ast.expr, module: Module) -> Finding:
        shown = dotted(target) or ast.unparse(target)
        message = f"copies all bytes of `{shown}` to make it longer; collect the pieces and join them, or use a bytearray"
        return self.finding(statement, module, message, confidence=_BYTES)

    def _fix(self, grown: Accumulation, module: Module) -> Fix | None:
        edits = join_edits(grown, module)
        return Fix("Collect the pieces and join them after the loop", edits, Applicability.UNSAFE) if edits else None


def _starts_as_text(target: ast.expr, loop: ast.AST, module: Module) -> bool:
    """Whether all that the target is given outside the loop are strings: it is one inside too, as it is put together of itself."""
    outside = [binding.value for binding in bindings_of(target, module) if not is_inside(binding.node, loop, module)]
    return bool(outside) and all(value is not None and kind_of(value, module) == "str" for value in outside)


def _shown(grown: Accumulation) -> str:
    target = dotted(grown.target) or ast.unparse(grown.target)
    return f"{target} += …" if isinstance(grown.node, ast.AugAssign) else f"{target} = {target} + …"
