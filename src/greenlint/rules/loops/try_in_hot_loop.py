"""GL221 try-in-hot-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good, Severity
from greenlint.source.repeat import is_short, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ON_EACH_TURN = 20
"""The loop goes on after an exception, or each turn does so much that entering the statement does not matter."""
_WORK = (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.For, ast.While, ast.With, ast.AsyncWith, ast.Import, ast.ImportFrom)
"""What takes so much longer than entering a try statement that the statement does not matter."""


class TryInHotLoop(FileRule):
    """A loop enters the same try statement on every turn although any exception ends the loop.

    ## Why it wastes

    Up to Python 3.10 entering and leaving a try statement are instructions of their own; 3.11 still executes an empty one. With the
    loop inside the statement they run once.

    ## When to leave it alone

    Wherever the loop goes on after an exception: then the statement belongs where it is. Where a turn calls, awaits or yields anything,
    that costs far more, and a statement with an `else` or `finally` cannot stand around the loop either. All these get confidence 20. The rule
    is silent where the loop only tries again until the statement succeeds. On Python 3.11 and later so little is saved that the rule is off for projects whose `requires-python` leaves only those.

    ## Evidence

    A million turns of one division, whole processes: 7 % less CPU on 3.10 [2, 10], 4 % on 3.11 [0, 7], 3 % on 3.12, 2 % on 3.13
    (`python benchmarks/rules/run.py GL221 --rounds 15 --python python3.10`, and so on).
    """

    code = "GL221"
    name = "try-in-hot-loop"
    effect = Effect(EffectClass.CONSTANT, "some nanoseconds a turn on Python 3.10 (7 % of the tightest loop)", "bench GL221")
    severity = Severity.NOTE
    confidence = 80
    pedantic = True
    examples = (
        Bad(
            "total = 0\nfor a, b in pairs:\n    try:\n        total += a // b\n    except ZeroDivisionError:\n        break\n",
            lines=(3,),
        ),
        Bad(
            "def f(rows):\n    for row in rows:\n        try:\n            row[0] += 1\n        except IndexError:\n            return\n"
        ),
        Good(
            "total = 0\nfor a, b in pairs:\n    try:\n        total += a // b\n    except ZeroDivisionError:\n        bad = True\n",
            why="the loop goes on after the exception",
        ),
        Good(
            "for row in rows:\n    try:\n        use(row)\n    except ValueError:\n        break\n",
            why="the call costs far more than the statement",
        ),
    )

    def check(self, node: ast.Try, module: Module) -> Iterator[Finding]:
        """Yield a finding when a loop enters `node` in each of its turns."""
        loop = module.parent(node)
        if isinstance(loop, (ast.For, ast.While)) and loop.body == [node] and _may_go_outside(node, loop, module):
            message = "the loop enters this try statement on every turn, and any exception ends it: put the loop inside"
            yield self.finding(node, module, message)
        elif node.handlers and module.loop(node) is not None and not _is_attempt(node):
            message = "the loop enters this try statement on every turn, some nanoseconds each before Python 3.11"
            yield self.finding(node, module, message, confidence=_ON_EACH_TURN)


def _is_attempt(node: ast.Try) -> bool:
    """Whether the loop tries again until the statement gets to its end, which leaves the loop: it has to stand inside."""
    return isinstance((node.orelse or node.body)[-1], (ast.Break, ast.Return))


def _may_go_outside(node: ast.Try, loop: ast.For | ast.While, module: Module) -> bool:
    """Whether the loop would do the same within the statement, and does little else."""
    if is_short(loop, module) or node.orelse or node.finalbody or leaves(node.body[-1], loop, module):
        return False
    if not all(_ends_loop(handler) for handler in node.handlers):
        return False
    return not any(isinstance(part, _WORK) for statement in node.body for part in ast.walk(statement))


def _ends_loop(handler: ast.ExceptHandler) -> bool:
    return isinstance(handler.body[-1], (ast.Break, ast.Return, ast.Raise))
