"""GL223 scalar-ufunc-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._arrays import is_number, rank_of
from greenlint.rules.loops._compiled import is_compiled
from greenlint.rules.loops._steady import bindings_of
from greenlint.rules.loops._ufuncs import UFUNCS
from greenlint.source.infer import dotted
from greenlint.source.repeat import is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN = 35
"""Nothing shows that the argument is one number, or the loop has few turns."""
_OF_MATH = 25
"""`math` works on one number in tens of nanoseconds; only where there are many is an array faster."""


class ScalarUfuncInLoop(FileRule):
    """A NumPy function is called in a loop on one number at a time.

    ## Why it wastes

    `np.sqrt(x)` is made for arrays: for one number it spends about a microsecond on finding types and making a NumPy scalar,
    of which the square root itself is a hundredth. One call on the whole array pays that once; for single numbers `math.sqrt`
    does without.

    ## When to leave it alone

    When the values are not numbers but arrays: the rule reports only what the file shows to be numbers, those of a range, of
    a flat array, of a list of numbers, and what is computed from such. What need not be a number gets confidence 35 and `math` 25, which
    the default threshold hides. It is silent for functions that numba or the like compiles, for whole arrays and their rows, and where each
    turn goes on from the result of the last one.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.45 -> 0.087 s of CPU at 500,000 numbers, 0.16 -> 0.086 s at 100,000, no measurable
    effect at 1,000 (`python benchmarks/rules/run.py GL223`).
    """

    code = "GL223"
    name = "scalar-ufunc-in-loop"
    effect = Effect(
        EffectClass.CONSTANT,
        "a microsecond of set-up for each number (0.45 -> 0.087 s of CPU at 500,000 numbers)",
        "bench GL223",
    )
    confidence = 90
    callees = UFUNCS
    packages = frozenset({"math", "numpy"})
    examples = (
        Bad("import numpy as np\n\ndef f(n):\n    return [np.sqrt(i) for i in range(n)]\n", lines=(4,)),
        Bad("import numpy as np\n\ndef f(n):\n    for x in np.linspace(0, 1, n):\n        print(np.exp(-x))\n", lines=(5,)),
        Good("import numpy as np\n\ndef f(n):\n    return np.sqrt(np.arange(n))\n", "one call"),
        Good("import numpy as np\n\ndef f(rows):\n    return [np.sqrt(row) for row in rows]\n", "rows may be arrays"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` computes one number of many."""
        if module.loop(node) is None or not node.args:
            return
        name = module.qualified_name(node.func) or ""
        if name.startswith("math."):
            if self.least > _OF_MATH or _goes_on(node, module):
                return
            message = f"`{dotted(node.func)}` for one number per turn; of many, NumPy computes all in one step"
            yield self.finding(node, module, message, confidence=_OF_MATH)
            return
        if not name.startswith("numpy.") or node.keywords or is_compiled(node, module):
            return
        sure = next(repeating_loops(node, module), None) is not None and all(is_number(a, module) for a in node.args)
        if not sure or all(isinstance(argument, ast.Constant) for argument in node.args):
            if (
                self.least > _UNKNOWN
                or _goes_on(node, module)
                or any(_is_array(argument, node, module) for argument in node.args)
            ):
                return
            message = f"`{dotted(node.func)}` in each turn of a loop; call it once on the whole array"
            yield self.finding(node, module, message, confidence=_UNKNOWN)
            return
        message = f"`{dotted(node.func)}` on one number per turn; call it once on the whole array, or use `math`"
        yield self.finding(node, module, message)


def _is_array(argument: ast.expr, call: ast.Call, module: Module) -> bool:
    """Whether it is certainly an array, or a row of one."""
    if isinstance(argument, ast.Subscript):
        rank = rank_of(argument.value, module)
        indices = argument.slice.elts if isinstance(argument.slice, ast.Tuple) else [argument.slice]
        return rank is not None and (rank > len(indices) or any(isinstance(index, ast.Slice) for index in indices))
    if not isinstance(argument, ast.Name):
        return rank_of(argument, module) is not None
    earlier = [
        binding for binding in bindings_of(argument, module) if not (binding.value and is_inside(call, binding.value, module))
    ]
    return bool(earlier) and all(
        rank_of(binding.value, module) is not None
        if binding.value is not None
        else isinstance(binding.node, (ast.For, ast.comprehension)) and (rank_of(binding.node.iter, module) or 0) > 1
        for binding in earlier
    )


def _goes_on(call: ast.Call, module: Module) -> bool:
    """Whether the statement stores in a name, which is not the loop's own, that the call is given: no array can do that at once."""
    statement = module.statement(call)
    if not isinstance(statement, (ast.Assign, ast.AugAssign)):
        return False
    targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
    stored = {target.id for target in targets if isinstance(target, ast.Name)}
    given = [part for argument in call.args for part in ast.walk(argument) if isinstance(part, ast.Name) and part.id in stored]
    return any(all(not isinstance(b.node, (ast.For, ast.comprehension)) for b in bindings_of(name, module)) for name in given)
