"""GL224 python-loop-over-array."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._arrays import is_number, rank_of
from greenlint.rules.loops._compiled import is_compiled
from greenlint.rules.loops._elementwise import is_elementwise, is_elementwise_comprehension, is_elementwise_map
from greenlint.rules.loops._frames import is_column, is_frame
from greenlint.source.infer import dotted
from greenlint.source.repeat import is_short

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN = 35
"""Nothing shows that these are arrays: lists would have to become arrays first."""
_MESSAGE = "the loop computes with arrays item by item; an operation on the whole arrays does it in one step"
_ARITHMETIC = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.FloorDiv, ast.Mod)


class PythonLoopOverArray(FileRule):
    """A Python loop does arithmetic on the items of NumPy arrays one by one.

    ## Why it wastes

    Each `a[i]` makes a Python object out of a few bytes, and each operation on it looks up its type again. `a + b`, `a @ b`
    and `a.sum()` do the same for all items in compiled code.

    ## When to leave it alone

    When an item depends on the result of the turn before. The rule is sure of loops whose body is one assignment of plain
    arithmetic on items at the loop's own index, into an array or a sum, and only where the file shows that these are arrays. All else
    gets confidence 35, which the default threshold hides: sums and lists of the items of an array, also in a comprehension or by
    `map`, bodies of a few statements with conditions, temporaries or functions that exist for arrays as well (`abs`, `math.sqrt`,
    `np.exp`), loops that count with `while`, and arithmetic on what may be lists.
    It is silent where a turn reads other places of the array that it fills or a value that another turn has made, and for functions
    that numba or the like compiles.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.24 -> 0.10 s of CPU at 1,000,000 items, 0.11 -> 0.082 s at 200,000, no measurable
    effect at 1,000 (`python benchmarks/rules/run.py GL224`).

    In preview: 8.3 million lines of real code have no finding.
    """

    code = "GL224"
    name = "python-loop-over-array"
    effect = Effect(
        EffectClass.CONSTANT, "Python arithmetic for each item (0.24 -> 0.10 s of CPU at 1,000,000 items)", "bench GL224"
    )
    confidence = 90
    preview = True
    callees = frozenset({"map"})
    examples = (
        Bad(
            "import numpy as np\n\ndef f(n):\n    a = np.arange(n)\n    b = np.zeros(n)\n    for i in range(n):\n"
            "        b[i] = 2 * a[i] + 1\n    return b\n",
            lines=(6,),
        ),
        Bad(
            "import numpy as np\n\ndef dot(a: np.ndarray, b: np.ndarray):\n    total = 0.0\n    for i in range(len(a)):\n"
            "        total += a[i] * b[i]\n    return total\n",
            lines=(5,),
        ),
        Good("import numpy as np\n\ndef f(n):\n    return 2 * np.arange(n) + 1\n", "the whole array at once"),
        Good(
            "import numpy as np\n\ndef f(n):\n    a = np.zeros(n)\n    for i in range(1, n):\n        a[i] = a[i - 1] * 0.5 + 1\n",
            "each item needs the one before",
        ),
    )

    def check(
        self, node: ast.For | ast.While | ast.ListComp | ast.GeneratorExp | ast.Call, module: Module
    ) -> Iterator[Finding]:
        """Yield a finding when the body of `node` is arithmetic that the arrays could do as a whole."""
        if isinstance(node, ast.For) and len(node.body) == 1 and not node.orelse:
            statement = node.body[0]
            indices = _indices(node, module)
            sure = bool(indices) and isinstance(statement, (ast.Assign, ast.AugAssign)) and not is_short(node, module)
            if sure and _is_plain(statement, indices, module) and not is_compiled(node, module):  # type: ignore[arg-type]
                yield self.finding(node, module, _MESSAGE)
                return
        if self.least <= _UNKNOWN and _may_be(node, module) and not is_compiled(node, module):
            yield self.finding(node, module, _MESSAGE, confidence=_UNKNOWN)


def _may_be(node: ast.For | ast.While | ast.ListComp | ast.GeneratorExp | ast.Call, module: Module) -> bool:
    """Whether it is arithmetic on items, and these may be arrays."""
    if isinstance(node, ast.Call):
        return is_elementwise_map(node, module)
    if isinstance(node, (ast.ListComp, ast.GeneratorExp)):
        return _is_comprehended(node, module) or is_elementwise_comprehension(node, module)
    single = isinstance(node, ast.For) and len(node.body) == 1 and not node.orelse
    if single and _is_like_it(node, node.body[0], _indices(node, module), module):  # type: ignore[arg-type]
        return True
    return is_elementwise(node, module)


def _is_comprehended(node: ast.ListComp | ast.GeneratorExp, module: Module) -> bool:
    """`[x * x for x in array]` and `sum(a[i] * b[i] for i in range(n))`, of what the file shows to be arrays."""
    part = node.generators[0]
    if len(node.generators) != 1 or part.ifs or not isinstance(node.elt, ast.BinOp):
        return False
    if not all(isinstance(each, _OPERANDS) for each in ast.walk(node.elt)):
        return False
    if isinstance(part.target, ast.Name) and _counts(part.iter, module):
        items = [each for each in ast.walk(node.elt) if isinstance(each, ast.Subscript)]
        index = frozenset({part.target.id})
        return bool(items) and all(_is_indexed(item, index) and rank_of(item.value, module) is not None for item in items)
    return _uses(node.elt, _items_of(part.target, part.iter, module))


def _is_like_it(loop: ast.For, statement: ast.stmt, indices: frozenset[str], module: Module) -> bool:
    """Whether the one statement is arithmetic on items at the loop's index, or adds up the items of an array."""
    if isinstance(statement, ast.Expr):
        call = statement.value
        appends = isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr == "append"
        value = call.args[0] if isinstance(call, ast.Call) and appends and call.args else None
    else:
        value = statement.value if isinstance(statement, (ast.Assign, ast.AugAssign)) else None
    if value is None or isinstance(value, ast.Constant):
        return False
    if not indices:
        adds = (
            isinstance(statement, ast.AugAssign) and isinstance(statement.op, _ARITHMETIC) and not isinstance(value, ast.Tuple)
        )
        computes = adds or isinstance(value, ast.BinOp)
        plain = computes and all(isinstance(part, _OPERANDS) for part in ast.walk(value))
        return plain and _uses(value, _items_of(loop.target, loop.iter, module))
    target = statement.targets[0] if isinstance(statement, ast.Assign) else None
    if isinstance(target, ast.Subscript) and dotted(target.value) in _paths(value) and not _is_same_item(value, target):
        return False  # it goes on from what earlier turns have stored
    items = [part for part in ast.walk(value) if isinstance(part, ast.Subscript) and _is_indexed(part, indices)]
    computes = isinstance(statement, ast.AugAssign) or isinstance(value, ast.BinOp)
    return bool(items) and computes and all(isinstance(part, _OPERANDS) for part in ast.walk(value))


_OPERANDS = (
    ast.Name,
    ast.Subscript,
    ast.BinOp,
    ast.UnaryOp,
    ast.Tuple,
    ast.Constant,
    ast.operator,
    ast.unaryop,
    ast.expr_context,
)
"""What arithmetic on items consists of."""


def _items_of(target: ast.expr, iterable: ast.expr, module: Module) -> frozenset[str]:
    """The names that a loop gives the items of arrays and of columns: of one, of several by `zip`, of one by `enumerate`."""
    pairs = [(target, iterable)]
    if isinstance(iterable, ast.Call) and isinstance(target, ast.Tuple):
        if module.is_builtin(iterable.func, "zip"):
            pairs = list(zip(target.elts, iterable.args))
        elif module.is_builtin(iterable.func, "enumerate"):
            pairs = list(zip(target.elts[1:], iterable.args))
    if not all(rank_of(items, module) is not None or is_column(items, module) or is_frame(items, module) for _, items in pairs):
        return frozenset()
    return frozenset(name.id for name, _ in pairs if isinstance(name, ast.Name))


def _uses(value: ast.expr, names: frozenset[str]) -> bool:
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(value))


def _counts(iterable: ast.expr, module: Module) -> bool:
    return isinstance(iterable, ast.Call) and module.is_builtin(iterable.func, "range")


def _is_indexed(node: ast.Subscript, indices: frozenset[str]) -> bool:
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return any(isinstance(part, ast.Name) and part.id in indices for part in parts)


def _indices(loop: ast.For, module: Module) -> frozenset[str]:
    """The names that this loop, and those right around it, take from ranges; or the items of an array that it walks."""
    found: set[str] = set()
    current: ast.AST | None = loop
    while isinstance(current, ast.For) and isinstance(current.target, ast.Name):
        if not _counts(current.iter, module):
            break
        found.add(current.target.id)
        outer = module.parent(current)
        if not (isinstance(outer, ast.For) and outer.body == [current]):
            break
        current = outer
    return frozenset(found)


def _is_plain(statement: ast.Assign | ast.AugAssign, indices: frozenset[str], module: Module) -> bool:
    target = statement.targets[0] if isinstance(statement, ast.Assign) else statement.target
    if isinstance(statement, ast.Assign) and len(statement.targets) != 1:
        return False
    arrays: list[str] = []
    if isinstance(target, ast.Subscript):
        if not _is_item(target, indices, module):
            return False
        if isinstance(statement, ast.Assign) and dotted(target.value) in _paths(statement.value):
            return (
                _is_same_item(statement.value, target) and _computes(statement.value, indices, module, arrays) and bool(arrays)
            )
    elif not (isinstance(target, ast.Name) and isinstance(statement, ast.AugAssign) and isinstance(statement.op, ast.Add)):
        return False
    return _computes(statement.value, indices, module, arrays) and bool(arrays)


def _paths(expression: ast.expr) -> set[str | None]:
    return {dotted(part.value) for part in ast.walk(expression) if isinstance(part, ast.Subscript)}


def _is_same_item(expression: ast.expr, target: ast.Subscript) -> bool:
    """Whether the expression reads the target's own array at the very item that is set."""
    path, text = dotted(target.value), ast.unparse(target)
    return all(
        ast.unparse(part) == text
        for part in ast.walk(expression)
        if isinstance(part, ast.Subscript) and dotted(part.value) == path
    )


def _is_item(node: ast.Subscript, indices: frozenset[str], module: Module) -> bool:
    """`a[i]` or `a[i, j]` of an array, at the loop's own indices."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if not all(isinstance(part, ast.Name) and part.id in indices for part in parts):
        return False
    rank = rank_of(node.value, module)
    return rank is not None and rank in (0, len(parts))


def _computes(node: ast.expr, indices: frozenset[str], module: Module, arrays: list[str]) -> bool:
    """Whether it is arithmetic on items and on numbers that stay the same; the arrays it reads are added to `arrays`."""
    waiting = [node]
    for part in waiting:  # grows meanwhile: sums can be too long for recursion
        if isinstance(part, ast.BinOp) and isinstance(part.op, _ARITHMETIC):
            waiting += [part.left, part.right]
        elif isinstance(part, ast.UnaryOp):
            waiting.append(part.operand)
        elif not _is_operand(part, indices, module, arrays):
            return False
    return True


def _is_operand(node: ast.expr, indices: frozenset[str], module: Module, arrays: list[str]) -> bool:
    if isinstance(node, ast.Subscript):
        if _is_item(node, indices, module):
            arrays.append(dotted(node.value) or "")
            return True
        return False
    if isinstance(node, ast.Name):
        return node.id in indices or is_number(node, module)
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)
