"""GL219 list-comprehension-in-for."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.loops._own_methods import is_left_by_methods
from greenlint.rules.loops._pure import may_act
from greenlint.rules.loops._steady import is_changed
from greenlint.source.infer import kind_of
from greenlint.source.repeat import is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN = 40
"""Below the default threshold: what the elements do, or what the loop changes, may need the list."""
_SHORT = 25
"""A list of a handful of items."""
_WALKERS = ("enumerate", "filter", "iter", "map", "zip")
_NUMBERS = (ast.BinOp, ast.UnaryOp, ast.Constant, ast.Name, ast.Add, ast.Sub, ast.Mult, ast.unaryop, ast.Load, ast.Tuple)
"""What plain arithmetic that cannot fail is made of."""


class ListComprehensionInFor(FileRule):
    """A loop walks a list that a comprehension builds whole for it.

    ## Why it wastes

    `for x in [f(y) for y in ys]` computes and holds every item before the first turn. With round brackets the items come one by one,
    and a loop that ends early computes no more than it needs.

    ## When to leave it alone

    Where the loop changes what the comprehension reads: the list protects against that, and the rule is silent. Short lists: a
    generator is a little slower until the list no longer fits in the cache of the processor, so the rule is pedantic. Where an element calls
    something unknown, or the loop could change what it reads (it calls methods of the same object, none of which mentions it), or another comprehension walks the list, confidence is 40. The fix is safe for plain
    arithmetic over a range or a local list that the loop leaves alone, and else unsafe, as the work is then done in turn.

    ## Evidence

    Whole processes, CPython 3.11.7: at 2,000,000 numbers peak memory 89 -> 9 MB and CPU 0.162 -> 0.147 s, at 200,000 17 -> 9 MB, and no
    effect at 1,000 (`python benchmarks/rules/run.py GL219`).

    In preview: the lists of its 14 findings in 8.3 million lines of real code are short.
    """

    code = "GL219"
    name = "list-comprehension-in-for"
    effect = Effect(
        EffectClass.MEMORY, "holds all items before the first turn (89 -> 9 MB at 2,000,000 numbers)", "bench GL219"
    )
    severity = Severity.NOTE
    confidence = 75
    pedantic = True
    preview = True
    examples = (
        Bad(
            "def f(n):\n    for x in [i * i for i in range(n)]:  # squares\n        print(x)\n",
            fixed="def f(n):\n    for x in (i * i for i in range(n)):  # squares\n        print(x)\n",
            lines=(2,),
        ),
        Bad(
            "def f(rows):\n    for i, name in enumerate([row.name for row in rows]):\n        print(i, name)\n",
            fixed="def f(rows):\n    for i, name in enumerate(row.name for row in rows):\n        print(i, name)\n",
            lines=(2,),
        ),
        Good(
            "def f(table):\n    for key in [key for key in table if key.old]:\n        del table[key]\n",
            "the loop changes the dict",
        ),
        Good("def f(rows):\n    for x in (row.name for row in rows):\n        print(x)\n", "one by one"),
    )

    def check(self, node: ast.For | ast.comprehension, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` walks a list comprehension, directly or through `enumerate` and the like."""
        built = _built(node.iter, module)
        if built is None:
            return
        if isinstance(node, ast.comprehension):
            if not any(isinstance(part, (ast.Await, ast.NamedExpr)) for part in ast.walk(built)) and not _is_async(built):
                message = "makes a list that is walked once, at once; round brackets give its items one by one"
                yield self.finding(built, module, message, confidence=_UNKNOWN)
            return
        if _is_async(built) or any(isinstance(part, ast.Await) for part in ast.walk(built)):
            return
        read = [place for place in _read(built) if isinstance(place, ast.Name) or kind_of(place, module) is not None]
        changed = [place for place in read if is_changed(place, node, module, but=node.iter)]
        if not all(is_left_by_methods(place, node, module) for place in changed):
            return
        acts = may_act(built, module) or len(read) < len(_read(built)) or _acts(node) or bool(changed)
        message = "holds all items of the list before the first turn; round brackets give them one by one"
        fix = _fix(node, built, module)
        yield self.finding(
            built,
            module,
            message,
            confidence=_SHORT if is_short(built, module) else _UNKNOWN if acts and not _is_numeric(built, module) else None,
            fix=fix,
        )


def _is_async(built: ast.ListComp) -> bool:
    return any(part.is_async for part in built.generators)


def _built(walked: ast.expr, module: Module) -> ast.ListComp | None:
    """The comprehension that a loop walks."""
    if isinstance(walked, ast.ListComp):
        return walked
    if not (isinstance(walked, ast.Call) and isinstance(walked.func, ast.Name) and walked.func.id in _WALKERS):
        return None
    if walked.keywords or not module.is_builtin(walked.func, walked.func.id):
        return None
    return next((found for argument in walked.args if (found := _built(argument, module))), None)


def _read(built: ast.ListComp) -> list[ast.Name | ast.Attribute]:
    """The names outside of the comprehension that its items come from, and the attributes that it walks."""
    own = {n.id for n in ast.walk(built) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)}
    own |= {n.arg for n in ast.walk(built) if isinstance(n, ast.arg)}
    walked = [part.iter for part in built.generators if isinstance(part.iter, ast.Attribute)]
    called = {call.func for call in ast.walk(built) if isinstance(call, ast.Call)}
    names = [n for n in ast.walk(built) if isinstance(n, ast.Name) and n.id not in own and n not in called]
    return [*walked, *names]


def _acts(loop: ast.For) -> bool:
    """Whether the loop stores into objects or calls what may do so, so that an element could come out different."""
    for statement in loop.body:
        for part in ast.walk(statement):
            if isinstance(part, (ast.Attribute, ast.Subscript)) and not isinstance(part.ctx, ast.Load):
                return True
            if isinstance(part, ast.Await):
                return True
    return False


def _is_numeric(built: ast.ListComp, module: Module) -> bool:
    """Whether the items are computed from a range by arithmetic alone, so that nothing can change them."""
    plain = all(isinstance(part.iter, ast.Call) and module.is_builtin(part.iter.func, "range") for part in built.generators)
    computed = [built.elt, *(test for part in built.generators for test in part.ifs)]
    return plain and all(isinstance(node, _NUMBERS) for expression in computed for node in ast.walk(expression))


def _fix(loop: ast.For, built: ast.ListComp, module: Module) -> Fix | None:
    start, end = module.span(built)
    only = isinstance(loop.iter, ast.Call) and len(loop.iter.args) == 1 and loop.iter.args[0] is built
    rest = module.data[end : module.span(loop.iter)[1]].strip()
    bare = only and not rest.startswith(b",")
    opening, closing = ("", "") if bare else ("(", ")")
    safe = _is_numeric(built, module) and isinstance(module.scope(loop), (ast.FunctionDef, ast.AsyncFunctionDef))
    edits = (Edit(start, start + 1, opening), Edit(end - 1, end, closing))
    return Fix("Use a generator expression", edits, Applicability.SAFE if safe else Applicability.UNSAFE)
