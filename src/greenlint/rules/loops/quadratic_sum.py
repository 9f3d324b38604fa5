"""GL206 quadratic-sum."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._extent import names_few
from greenlint.rules.loops._imports import import_of
from greenlint.source.infer import annotation_kind, kind_of
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import is_short, is_short_iterable
from greenlint.source.shadowed import doubted, is_builtin_here

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ADDING = frozenset({"operator.add", "operator.concat"})

_INSTEAD = {"str": "`''.join`", "bytes": "`b''.join`", "set": "`set().union(*…)`", "dict": "one dict and `update`"}
_FEW = 30
"""The code itself says that there are few."""
_SHORT = 55
"""Below the default threshold: most tuples that are added up are shapes and the like, of a few items."""


class QuadraticSum(FileRule):
    """`sum` or `reduce` joins lists or tuples, and copies the growing result at every step.

    ## Why it wastes

    `sum(lists, [])` adds the lists one after the other, and each addition makes a new list out of everything so far: n lists
    cost n²/2 copies. `list(itertools.chain.from_iterable(lists))`, or a comprehension with two `for`, copies each item once.

    ## When to leave it alone

    When there are only a few lists: the rule is silent where the code says so, with a literal or a constant. Tuples, sums of
    repeated items and what by its name is a handful, and sums in tests get confidence 55, which the default threshold hides:
    most are shapes, powers and the like. So do texts, sets and dicts that `reduce` puts together (`reduce(set.union, sets)`,
    `reduce(lambda a, b: {**a, **b}, dicts)`), which are often few. The rule is silent for sums of numbers, and for `reduce` with a function that it
    does not know.

    ## Evidence

    Whole processes, CPython 3.11.7: 3.60 -> 0.019 s of CPU at 20,000 lists of five, 0.15 -> 0.012 s at 5,000, no measurable
    effect at 100 (`python benchmarks/rules/run.py GL206`).
    """

    code = "GL206"
    name = "quadratic-sum"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "copies grow with n² (3.60 -> 0.019 s of CPU at 20,000 lists of five)", "bench GL206"
    )
    confidence = 95
    callees = frozenset({"reduce", "sum"})
    examples = (
        Bad(
            "def f(rows):\n    return sum((row.tags for row in rows), [])  # all\n",
            fixed="import itertools\ndef f(rows):\n    return list(itertools.chain.from_iterable(row.tags for row in rows))  # all\n",
            lines=(2,),
        ),
        Bad(
            "import itertools\nfrom functools import reduce\nfrom operator import add\n\ndef f(lists):\n    return reduce(add, lists, [])\n",
            fixed="import itertools\nfrom functools import reduce\nfrom operator import add\n\ndef f(lists):\n"
            "    return list(itertools.chain.from_iterable(lists))\n",
            lines=(6,),
        ),
        Good("def f(rows):\n    return sum(row.price for row in rows)\n", "numbers"),
        Good("def f(a, b):\n    return sum([a, b], [])\n", "two lists"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` adds up lists or tuples."""
        return doubted(self._found(node, module), node, module)

    def _found(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        if any(isinstance(argument, ast.Starred) for argument in node.args):
            return
        found = _sum(node, module) if is_builtin_here(node.func, "sum", module) else _reduce(node, module)
        if found is None:
            return
        items, kind = found
        built = node.args[0] is not items and _united(node.args[0], module) is not None
        short = kind != "list" or built or _sounds_short(items) or is_test(module.path)
        name = "sum" if is_builtin_here(node.func, "sum", module) else "reduce"
        message = (
            f"`{name}` copies the growing {kind} at every step; use {_INSTEAD.get(kind, '`itertools.chain.from_iterable`')}"
        )
        yield self.finding(
            node,
            module,
            message,
            confidence=_FEW if _few(items, module) else _SHORT if short else None,
            fix=_fix(node, items, kind, module),
        )


def _sum(node: ast.Call, module: Module) -> tuple[ast.expr, str] | None:
    """The sequences that `sum(sequences, [])` joins, and what they become."""
    start = node.args[1] if len(node.args) == 2 else next((k.value for k in node.keywords if k.arg == "start"), None)
    kind = kind_of(start, module) if start is not None and node.args else None
    return (node.args[0], kind) if kind in ("list", "tuple") else None


def _reduce(node: ast.Call, module: Module) -> tuple[ast.expr, str] | None:
    """The sequences that `reduce(add, sequences, [])` joins."""
    if module.qualified_name(node.func) not in ("functools.reduce", "six.moves.reduce") or len(node.args) not in (2, 3):
        return None
    united = _united(node.args[0], module)
    if united is not None:
        return node.args[1], united
    if len(node.args) == 3 and _joins(node.args[0], module):
        started = kind_of(node.args[2], module)
        return (node.args[1], started) if started in ("set", "dict") else None
    if not _adds(node.args[0], module):
        return None
    kind = kind_of(node.args[2], module) if len(node.args) == 3 else _kind_of_items(node.args[1], module)
    if kind is None and module.qualified_name(node.args[0]) == "operator.concat":
        kind = "sequence"  # it adds nothing else
    return (node.args[1], kind) if kind in ("list", "tuple", "str", "bytes", "sequence") else None


def _united(function: ast.expr, module: Module) -> str | None:
    """The kind that `set.union`, `{**a, **b}`, `[*a, *b]` or `a + [b]` of a lambda gives: a new one, out of all so far."""
    if isinstance(function, ast.Attribute) and function.attr == "union":
        known = any(is_builtin_here(function.value, kind, module) for kind in ("set", "frozenset"))
        return "set" if known else None
    if not isinstance(function, ast.Lambda) or not function.args.args:
        return None
    body, first = function.body, function.args.args[0].arg
    if isinstance(body, ast.Dict):
        spread = [value for key, value in zip(body.keys, body.values) if key is None]
        kind = "dict"
    elif isinstance(body, (ast.List, ast.Set)):
        spread = [each.value for each in body.elts if isinstance(each, ast.Starred)]
        kind = "list" if isinstance(body, ast.List) else "set"
    elif isinstance(body, ast.Call) and isinstance(body.func, ast.Attribute) and body.func.attr == "union" and body.args:
        spread, kind = [body.func.value], "set"
    elif isinstance(body, ast.BinOp) and isinstance(body.op, ast.Add) and isinstance(body.right, (ast.List, ast.ListComp)):
        spread, kind = [body.left], "list"
    else:
        return None
    return kind if any(isinstance(each, ast.Name) and each.id == first for each in spread) else None


def _joins(function: ast.expr, module: Module) -> bool:
    """`operator.or_`, `lambda a, b: a | b`."""
    if module.qualified_name(function) == "operator.or_":
        return True
    body = function.body if isinstance(function, ast.Lambda) else None
    return isinstance(body, ast.BinOp) and isinstance(body.op, ast.BitOr)


def _adds(function: ast.expr, module: Module) -> bool:
    if module.qualified_name(function) in _ADDING:
        return True
    if not (
        isinstance(function, ast.Lambda) and isinstance(function.body, ast.BinOp) and isinstance(function.body.op, ast.Add)
    ):
        return False
    sides = (function.body.left, function.body.right)
    names = [argument.arg for argument in function.args.args]
    return len(names) == 2 and isinstance(sides[0], ast.Name) and sides[0].id == names[0]


def _kind_of_items(items: ast.expr, module: Module) -> str | None:
    if isinstance(items, (ast.ListComp, ast.GeneratorExp)):
        return kind_of(items.elt, module)
    if isinstance(items, (ast.List, ast.Tuple)):
        kinds = {kind_of(item, module) for item in items.elts}
        return kinds.pop() if len(kinds) == 1 else None
    if isinstance(items, ast.Name):
        names = names_of(module)
        scope = names.scope(items)
        bindings = names.bindings(items.id, scope) if scope is not None else []
        annotation = bindings[0].annotation if len(bindings) == 1 else None
        if isinstance(annotation, ast.Subscript) and isinstance(annotation.slice, (ast.Name, ast.Subscript)):
            return annotation_kind(annotation.slice, module)
        value = bindings[0].value if len(bindings) == 1 else None
        return _kind_of_items(value, module) if isinstance(value, (ast.ListComp, ast.List)) else None
    return None


def _sounds_short(items: ast.expr) -> bool:
    """Whether a name says that there are few, or each list only repeats one item: factors with their powers, and the like."""
    if isinstance(items, (ast.ListComp, ast.GeneratorExp)):
        parts = [items.elt.body, items.elt.orelse] if isinstance(items.elt, ast.IfExp) else [items.elt]
        repeats = any(isinstance(part, ast.BinOp) and isinstance(part.op, ast.Mult) for part in parts)
        return repeats or names_few(items.generators[0].iter)
    return names_few(items)


def _few(items: ast.expr, module: Module) -> bool:
    if isinstance(items, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
        return is_short(items, module)
    if isinstance(items, ast.Call) and len(items.args) == 1 and isinstance(items.args[0], ast.List):
        return is_short_iterable(items.args[0], module)  # split([text]): as many lists as there were items
    return is_short_iterable(items, module)


def _fix(node: ast.Call, items: ast.expr, kind: str, module: Module) -> Fix | None:
    if kind not in ("list", "tuple") or (node.args[0] is not items and not _adds(node.args[0], module)):
        return None
    start = node.args[-1] if len(node.args) > 1 else node.keywords[0].value
    if not (isinstance(start, (ast.List, ast.Tuple)) and not start.elts) or len(node.keywords) > 1:
        return None
    imported = import_of("itertools", module)
    if imported is None or b"#" in module.data[slice(*module.span(node))]:
        return None
    name, edits = imported
    text = module.text(items)
    if isinstance(items, ast.GeneratorExp):
        text = text[1:-1].strip()
    begin, end = module.span(node)
    return Fix(
        "Use itertools.chain.from_iterable",
        (Edit(begin, end, f"{kind}({name}.chain.from_iterable({text}))"), *edits),
        Applicability.UNSAFE,
    )
