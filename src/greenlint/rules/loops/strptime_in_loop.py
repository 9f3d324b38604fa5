"""GL229 strptime-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ISO = frozenset(
    {"%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f"}
    | {"%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%dT%H:%M:%S.%f%z"}
)
_SELDOM = 25
"""No loop that repeats much, as far as this function shows, or pandas, whose newer versions guess the form once for a column."""
_NEWER = frozenset({"%f", "%z"})
"""Fractions of other than 3 or 6 digits, and `Z`, are understood since Python 3.11 only."""


class StrptimeInLoop(FileRule):
    """A loop reads ISO dates with `strptime`, which interprets the format anew for each of them.

    ## Why it wastes

    `strptime` is written in Python: it looks up the format, matches a regular expression and puts the parts together.
    `fromisoformat` reads the same text in compiled code.

    ## When to leave it alone

    When the texts must have this one form: `fromisoformat` accepts other ISO forms too, and insists on two digits where
    `strptime` takes one. That is why the fix is unsafe. The rule reports only ISO formats written as literals, in loops.
    Outside of them, and for `pandas.to_datetime` of a column without `format=`, the confidence is 25, which the default threshold hides.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.39 -> 0.074 s of CPU at 100,000 dates, 0.10 -> 0.023 s at 20,000, 0.023 -> 0.011 s at
    1,000 (`python benchmarks/rules/run.py GL229`).
    """

    code = "GL229"
    name = "strptime-in-loop"
    effect = Effect(
        EffectClass.CONSTANT, "a format interpreted for each date (0.39 -> 0.074 s of CPU at 100,000 dates)", "bench GL229"
    )
    confidence = 90
    callees = frozenset({"strptime", "to_datetime"})
    packages = frozenset({"datetime", "pandas"})
    examples = (
        Bad(
            "from datetime import datetime\n\ndef f(rows):\n    return [datetime.strptime(row[0], '%Y-%m-%d') for row in rows]\n",
            fixed="from datetime import datetime\n\ndef f(rows):\n    return [datetime.fromisoformat(row[0]) for row in rows]\n",
            lines=(4,),
        ),
        Good(
            "from datetime import datetime\n\ndef f(rows):\n    return [datetime.strptime(row[0], '%d.%m.%Y') for row in rows]\n",
            "not an ISO format",
        ),
        Good(
            "from datetime import datetime\n\ndef f(text):\n    return datetime.strptime(text, '%Y-%m-%d')\n",
            "no loop",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` reads one ISO date of many."""
        if isinstance(node.func, ast.Attribute) and node.func.attr == "to_datetime":
            guessed = self.least <= _SELDOM and _is_guessed(node) and not is_test(module.path)
            if guessed and module.qualified_name(node.func) == "pandas.to_datetime":
                message = "pandas guesses the form of the dates; `format=` says it, and is checked for all of them"
                yield self.finding(node, module, message, confidence=_SELDOM)
            return
        if len(node.args) != 2 or node.keywords or not isinstance(node.func, ast.Attribute):
            return
        form = node.args[1]
        if not isinstance(form, ast.Constant) or isinstance(node.args[0], ast.Starred):
            return
        if module.qualified_name(node.func) != "datetime.datetime.strptime":
            return
        owner = dotted(node.func.value)
        if form.value not in _ISO or next(repeating_loops(node, module), None) is None:
            looped = module.loop(node) is not None
            if form.value in _ISO and (looped or not isinstance(node.args[0], ast.Constant)):
                message = "`strptime` interprets the format for each date; read ISO dates with `fromisoformat`"
                yield self.finding(node, module, message, confidence=_SELDOM)
            return
        message = f"`strptime` interprets the format for each date; `{owner}.fromisoformat` reads ISO dates in compiled code"
        yield self.finding(node, module, message, fix=_fix(node, str(form.value), module))


def _is_guessed(node: ast.Call) -> bool:
    """A column of a frame, and nothing about the form of what it holds."""
    if len(node.args) != 1 or any(keyword.arg in (None, "dayfirst", "format", "unit") for keyword in node.keywords):
        return False
    column = node.args[0]
    named = isinstance(column, ast.Subscript) and isinstance(column.slice, ast.Constant) and isinstance(column.slice.value, str)
    return named or (isinstance(column, ast.Attribute) and isinstance(column.value, ast.Name) and column.value.id != "self")


def _fix(node: ast.Call, form: str, module: Module) -> Fix | None:
    start, end = module.span(node.args[0])[1], module.span(node)[1]
    if b"#" in module.data[start:end] or b"\n" in module.data[start:end] or any(part in form for part in _NEWER):
        return None
    last = module.span(node.func)[1]
    edits = (Edit(last - len("strptime"), last, "fromisoformat"), Edit(start, end, ")"))
    return Fix("Use fromisoformat", edits, Applicability.UNSAFE)
