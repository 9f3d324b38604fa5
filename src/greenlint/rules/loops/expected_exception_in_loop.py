"""GL222 expected-exception-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.loops._branches import ends_loop, raised_here, suppressed
from greenlint.rules.loops._extent import data_loops
from greenlint.rules.loops._misses import (
    ADVICE,
    REPEATED,
    caught,
    ordinary_answer,
    plain_answer,
    question,
    raises,
    whatever,
    without_exception,
)
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ONCE = 30
"""Not in a loop that repeats much, or the exception comes once in a while: what it costs is not known."""
_HIDDEN = 25
"""What raises is inside a call: a test before it may be as dear as the exception."""
_MORE = 20
"""The handler does more than go on with a default, so that a test would have to do it as well; or it ends the loop."""
_OWN = 40
"""The statement raises what it catches, so that nothing need be asked; how often it does is not known."""
_LOOPS = (ast.For, ast.AsyncFor, ast.While)


class ExpectedExceptionInLoop(FileRule):
    """A loop raises and catches an exception for what is an ordinary answer: a missing key, index or attribute.

    ## Why it wastes

    To raise and catch an exception makes an object, a traceback and a search through the handlers: some hundred
    nanoseconds a miss, five times a look-up that answers with a default. `d.get(key)`, `getattr(x, name, None)`, `next(it, None)` and
    `len(row) > 3` answer without one.

    ## When to leave it alone

    Where misses are rare: entering a `try` is free since Python 3.11, and a hit is then a little faster than `.get`. Nobody can see
    that in the text, so the rule is pedantic, and silent where the handler raises again. Outside of loops, where the first hit ends the
    loop or does more than go on with a default, and where a call hides what raises, confidence is 30 or less; so it is where `suppress` swallows the
    miss, where `except Exception` catches it, where files that are missing are met again and again (between a test and its use another
    program may make or delete them), and where the end of a list or an iterator ends a `while True`. Code that raises what it catches in the same
    turn gets 40. The fix is unsafe: a type of one's
    own may answer `get` in another way, and a `defaultdict` stores on a miss.

    ## Evidence

    Whole processes, CPython 3.11.7, 500,000 look-ups: with 50 % misses 0.075 -> 0.035 s of CPU, with 20 % 0.052 -> 0.037 s, and no
    clear effect with 5 % (`python benchmarks/rules/run.py GL222`).

    In preview: how many look-ups miss cannot be seen in the text. Of the 105 findings in 8.3 million lines of real code many are
    about misses that their authors call rare.
    """

    code = "GL222"
    name = "expected-exception-in-loop"
    effect = Effect(
        EffectClass.CONSTANT,
        "an exception for every miss (0.075 -> 0.035 s of CPU for 500,000 look-ups of which half miss)",
        "bench GL222",
    )
    severity = Severity.NOTE
    confidence = 65
    pedantic = True
    preview = True
    examples = (
        Bad(
            "def f(rows, table):\n    for row in rows:\n        try:\n            price = table[row.id]\n        except KeyError:\n"
            "            price = 0\n        use(price)  # each\n",
            fixed="def f(rows, table):\n    for row in rows:\n        price = table.get(row.id, 0)\n        use(price)  # each\n",
            lines=(3,),
        ),
        Bad(
            "def f(rows):\n    for row in rows:\n        try:\n            name = row.name\n        except AttributeError:\n"
            "            continue\n        use(name)\n",
            lines=(3,),
        ),
        Good(
            "def f(rows, table):\n    for row in rows:\n        try:\n            use(table[row.id])\n        except KeyError as e:\n"
            "            raise ValueError(row) from e\n",
            "raises again: no ordinary answer",
        ),
        Good("def f(rows, table):\n    for row in rows:\n        use(table.get(row.id, 0))\n", "asks without an exception"),
    )

    def check(self, node: ast.Try | ast.With, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` catches what a look-up with a default would answer, or what it raises itself."""
        if isinstance(node, ast.With):
            name = suppressed(node, module) if module.loop(node) is not None else None
            if name is not None:
                message = f"every miss raises a `{name}` that `suppress` catches; {ADVICE[name]}"
                yield self.finding(node, module, message, confidence=_ONCE)
            return
        if raises(node):
            return
        own = raised_here(node) if module.loop(node) is not None else None
        last = ends_loop(node, module)
        if own is not None:
            message = f"raises `{own}` only to catch it in the same turn; a branch does the same without an exception"
            named = any(handler.name is not None for handler in node.handlers)
            yield self.finding(node, module, message, confidence=_MORE if named else _OWN)
        elif last is not None:
            message = f"a `{last}` ends the loop; `for`, or a `while` that asks whether anything is left, needs none"
            yield self.finding(node, module, message, confidence=_MORE)
        else:
            yield from self._misses(node, module)

    def _misses(self, node: ast.Try, module: Module) -> Iterator[Finding]:
        """What the handlers of `node` answer."""
        names, around = caught(node, module), module.loop(node)
        if names is None:
            yield from self._anything(node, module)
            return
        if around is not None and all(isinstance(h.body[-1], (ast.Break, ast.Return)) for h in node.handlers):
            return  # it comes once
        if around is None and (REPEATED.issuperset(names) or any(isinstance(part, _LOOPS) for part in node.body)):
            return  # it ends the loop that is inside, and so comes once
        asked = question(node, names, module)
        plain = not node.finalbody and len(node.body) <= 2 and all(plain_answer(handler) for handler in node.handlers)
        if names[0] not in ADVICE and ((around is not None and _ends(node)) or not (plain or _answers(node, around))):
            return  # it comes once, or nothing short could ask for it
        loop = next(data_loops(node, module), None)
        repeats = loop is not None and not _ends(node) and not is_test(module.path)
        advice = ADVICE.get(asked or names[0], "test for it first where a test is cheap")
        message = f"every miss raises and catches a `{names[0]}`; {advice}"
        sure = repeats and not _fills(node)
        confidence = _MORE if not plain else _HIDDEN if asked is None else None if sure else _ONCE
        yield self.finding(node, module, message, confidence=confidence, fix=_fix(node, module))

    def _anything(self, node: ast.Try, module: Module) -> Iterator[Finding]:
        """`except Exception:` around one look-up."""
        name = whatever(node, module) if module.loop(node) is not None and not _ends(node) else None
        if name is not None and plain_answer(node.handlers[0]) and not node.finalbody:
            message = f"every miss raises and catches a `{name}`; {ADVICE[name]}"
            yield self.finding(node, module, message, confidence=_HIDDEN)


def _answers(node: ast.Try, around: ast.AST | None) -> bool:
    """Whether each turn goes on with an answer of the handler's own."""
    return around is not None and len(node.body) <= 2 and all(ordinary_answer(handler) for handler in node.handlers)


def _ends(node: ast.Try) -> bool:
    """Whether a miss, or the first hit, ends the loop."""
    last = node.body[-1]
    if isinstance(last, (ast.Break, ast.Return)) or (node.orelse and isinstance(node.orelse[-1], (ast.Break, ast.Return))):
        return True
    return any(isinstance(handler.body[-1], (ast.Break, ast.Return)) for handler in node.handlers)


def _fills(node: ast.Try) -> bool:
    """Whether a miss stores what was missing, so that the same one comes once."""
    stored = [n for handler in node.handlers for part in handler.body for n in ast.walk(part)]
    return any(isinstance(n, ast.Subscript) and isinstance(n.ctx, ast.Store) for n in stored)


def _fix(node: ast.Try, module: Module) -> Fix | None:
    text = without_exception(node, module) if module.utf8 else None
    if text is None or "#" in module.text(node):
        return None
    return FileRule.replace(node, text, module, "Ask with a default", Applicability.UNSAFE)
