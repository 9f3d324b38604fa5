"""GL617 square-by-power."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._arrays import is_number, rank_of
from greenlint.rules.loops._steady import bindings_of
from greenlint.source.infer import dotted, kind_of
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_TIGHT = (ast.BinOp, ast.UnaryOp)
"""Around these the product needs parentheses of its own."""
_ONCE = 30
"""Outside a loop it is a few nanoseconds, once."""
_UNKNOWN = 45
"""In a loop, of something that may be an array, a symbol or a decimal."""
_EVALUATED = 20
"""The operand is a call or an item: it needs a name first."""
_SYMBOLS = frozenset({"sympy", "symengine", "z3"})


class Square(NamedTuple):
    """One squared expression, and how its text says so."""

    operand: ast.expr
    written: str


class SquareByPower(FileRule):
    """A number is squared with the operator for powers.

    ## Why it wastes

    `x ** 2` goes through the general power function; `x * x` is one multiplication.

    ## When to leave it alone

    Nearly everywhere: it is ten to fifty nanoseconds, which matters in the innermost loop of a computation alone. The rule is part of
    `--pedantic`. It is sure in loops over much, of names that certainly stand for numbers; the confidence is 45 for other
    names in loops, 30 outside loops and in tests, and 20 where the operand is a call or an item, which would be evaluated twice. It is silent for
    NumPy arrays, which square themselves, for symbols and for literals. The fix is safe for integers only: `x ** 2` of a float too large
    raises OverflowError, and `x * x` gives infinity.

    ## Evidence

    Whole processes, CPython 3.11.7: the squares of 3,000,000 floats 0.197 -> 0.129 s of CPU, of 300,000 0.027 -> 0.020 s; of 1,000 nothing (`python benchmarks/rules/run.py GL617`).

    Precision: 14 findings in 8.3 million lines of the standard library and 40 packages, all right
    (`benchmarks/rules/labels/GL617.tsv`).
    """

    code = "GL617"
    name = "square-by-power"
    pedantic = True
    effect = Effect(
        EffectClass.CONSTANT,
        "the general power function each time (0.197 -> 0.129 s of CPU for 3,000,000 floats)",
        "bench GL617",
    )
    confidence = 80
    callees = frozenset({"pow"})
    examples = (
        Bad(
            "def f(n: int):\n    s = 0\n    for i in range(n):\n        s += i ** 2  # each\n    return s\n",
            fixed="def f(n: int):\n    s = 0\n    for i in range(n):\n        s += i * i  # each\n    return s\n",
            lines=(4,),
        ),
        Bad(
            "import math\n\ndef f(xs: list[float]):\n    return sum(math.pow(x, 2) for x in xs)\n",
            fixed="import math\n\ndef f(xs: list[float]):\n    return sum(x * x for x in xs)\n",
            lines=(4,),
        ),
        Good("import numpy as np\n\na = np.zeros(5)\nb = a ** 2\n", "NumPy squares arrays by itself"),
        Good("for i in range(n):\n    x = 10 ** 2\n", "computed by the compiler"),
        Good("for i in range(n):\n    x = i ** k\n", "any power"),
    )

    def check(self, node: ast.BinOp | ast.Call | ast.AugAssign, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` squares something that is cheaper to multiply."""
        square = _square(node, module)
        if square is None or not module.packages.isdisjoint(_SYMBOLS):
            return
        operand = square.operand
        if isinstance(operand, ast.Constant) or rank_of(operand, module) is not None:
            return
        if isinstance(node, ast.AugAssign) and _is_array(operand, module):
            return
        confidence, fix = _confidence(operand, node, self.confidence, module), None
        text = dotted(operand)
        if isinstance(node, ast.AugAssign):
            text = module.text(operand)
        elif text is not None:
            fix = self._product(node, text, operand, module)
        else:
            text = "the value"
        message = f"`{square.written}` takes the way of all powers; multiply {text} by itself"
        yield self.finding(node, module, message, confidence=confidence, fix=fix)

    def _product(self, node: ast.BinOp | ast.Call, text: str, operand: ast.expr, module: Module) -> Fix:
        start, end = module.span(node)
        closed = module.data[start - 1 : start] == b"(" and module.data[end : end + 1] == b")"
        tight = isinstance(module.parent(node), _TIGHT) and not closed
        product = f"({text} * {text})" if tight else f"{text} * {text}"
        whole = kind_of(operand, module) == "int" or _counts(operand, module)
        safe = whole and isinstance(node, ast.BinOp) and isinstance(operand, ast.Name) and _is_whole(node.right)
        return self.replace(node, product, module, "Multiply", Applicability.SAFE if safe else Applicability.UNSAFE)


def _square(node: ast.BinOp | ast.Call | ast.AugAssign, module: Module) -> Square | None:
    if isinstance(node, ast.AugAssign):
        return Square(node.target, "x **= 2") if isinstance(node.op, ast.Pow) and _is_two(node.value) else None
    if isinstance(node, ast.BinOp):
        return Square(node.left, "x ** 2") if isinstance(node.op, ast.Pow) and _is_two(node.right) else None
    if len(node.args) != 2 or node.keywords or isinstance(node.args[0], ast.Starred) or not _is_two(node.args[1]):
        return None
    if module.is_builtin(node.func, "pow"):
        return Square(node.args[0], "pow(x, 2)")
    return Square(node.args[0], "math.pow(x, 2)") if module.qualified_name(node.func) == "math.pow" else None


def _is_array(operand: ast.expr, module: Module) -> bool:
    """Whether something that is squared in place, which binds it once more, was made as an array."""
    values = (binding.value for binding in bindings_of(operand, module) if not isinstance(binding.node, ast.AugAssign))
    return any(value is not None and rank_of(value, module) is not None for value in values)


def _is_two(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float) and node.value == 2


def _is_whole(node: ast.expr) -> bool:
    """`x ** 2.0` of an integer is a float."""
    return isinstance(node, ast.Constant) and type(node.value) is int


def _confidence(operand: ast.expr, node: ast.AST, sure: int, module: Module) -> int:
    if dotted(operand) is None:
        return _EVALUATED
    if next(repeating_loops(node, module), None) is None or is_test(module.path):
        return _ONCE
    known = isinstance(operand, ast.Name) and (is_number(operand, module) or kind_of(operand, module) in ("int", "float"))
    return sure if known else _UNKNOWN


def _counts(operand: ast.expr, module: Module) -> bool:
    """Whether the name is bound by loops over ranges alone."""
    if not isinstance(operand, ast.Name):
        return False
    loops = [binding.node for binding in bindings_of(operand, module)]
    return bool(loops) and all(
        isinstance(loop, (ast.For, ast.comprehension))
        and isinstance(loop.iter, ast.Call)
        and module.is_builtin(loop.iter.func, "range")
        for loop in loops
    )
