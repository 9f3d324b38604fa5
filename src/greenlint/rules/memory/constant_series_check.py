"""GL615 constant-series-check."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.source.calls import keyword, last_name
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SMALL = 45
"""Lists, and the data of tests, hold a few values."""
_ANSWER = 40
"""The answer is kept: where the receiver is a whole frame, it is one answer for each column."""
_SHORT = frozenset({"columns", "dtypes", "index", "names", "levels", "shape", "codes", "spacing", "_spacing"})
_SAME: dict[tuple[type[ast.cmpop], int], bool] = {
    (ast.Eq, 1): True,
    (ast.LtE, 1): True,
    (ast.Lt, 2): True,
    (ast.NotEq, 1): False,
    (ast.Gt, 1): False,
    (ast.GtE, 2): False,
}
"""Operator and number -> whether the answer is "all are the same"."""
_MIRRORED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.Eq,
    ast.NotEq: ast.NotEq,
    ast.Lt: ast.Gt,
    ast.LtE: ast.GtE,
    ast.Gt: ast.Lt,
    ast.GtE: ast.LtE,
}


class Counted(NamedTuple):
    """A count of different values.

    values  the expression whose values are counted
    series  True for `values.nunique()`, which only pandas has
    """

    values: ast.expr
    series: bool


class ConstantSeriesCheck(FileRule):
    """All different values are counted, only to learn whether there is more than one.

    ## Why it wastes

    `nunique()` and `unique()` put every value into a hash table, `numpy.unique` sorts them. Whether all are equal to the first is one
    pass of comparisons without any of that: `(values == values[0]).all()`.

    ## When to leave it alone

    Where missing values must not count, or there may be no values at all: both need a line of their own (`dropna`, `len`). The rule is silent
    for groups, for counts that are used otherwise, and where the names of columns are counted; where the answer
    is kept instead of asked for by a condition the confidence is 40, for lists and in tests 45, which the default threshold hides. The fix is unsafe because missing
    values are unequal to themselves, and an empty series has no first value.

    ## Evidence

    Whole processes, CPython 3.11.7, pandas: five columns of 1,000,000 floats 0.605 -> 0.424 s of CPU, of 300,000 0.442 ->
    0.407 s, loading pandas included; of 1,000 nothing (`python benchmarks/rules/run.py GL615`).

    Precision: 5 findings in 8.3 million lines of the standard library and 40 packages, 23 in applications from GitHub, all right
    (`benchmarks/rules/labels/GL615.tsv`). In 86 packages that the rule had not been tuned on 8 of 10 were right; the other two were
    lists bound to a name, which have a low confidence now.
    """

    code = "GL615"
    name = "constant-series-check"
    effect = Effect(
        EffectClass.CONSTANT,
        "a hash table of all values (0.605 -> 0.424 s of CPU for five columns of 1,000,000)",
        "bench GL615",
    )
    confidence = 80
    packages = frozenset({"pandas", "numpy", "dask", "geopandas", "modin"})
    examples = (
        Bad(
            "import pandas as pd\n\ndef f(s: pd.Series):\n    if s.nunique() == 1:  # one\n        use(s)\n",
            fixed="import pandas as pd\n\ndef f(s: pd.Series):\n    if (s.to_numpy() == s.iloc[0]).all():  # one\n        use(s)\n",
            lines=(4,),
        ),
        Bad(
            "import pandas as pd\n\ndef f(df):\n    return [c for c in df.columns if df[c].nunique() > 1]\n",
            fixed="import pandas as pd\n\ndef f(df):\n    return [c for c in df.columns if (df[c].to_numpy() != df[c].iloc[0]).any()]\n",
            lines=(4,),
        ),
        Bad("import numpy as np\n\nassert len(np.unique(y)) == 1\n", lines=(3,)),
        Good("import pandas as pd\n\nif s.nunique() == 2:\n    use(s)\n", "another number"),
        Good("import pandas as pd\n\nn = s.nunique()\n", "the count itself"),
    )

    def check(self, node: ast.Compare, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` asks whether a count of different values is one."""
        if len(node.ops) != 1:
            return
        found = _asked(node.left, node.comparators[0], type(node.ops[0]), module) or _asked(
            node.comparators[0], node.left, _MIRRORED.get(type(node.ops[0]), type(node.ops[0])), module
        )
        if found is None:
            return
        counted, same = found
        if last_name(counted.values) in _SHORT or _is_grouped(counted.values):
            return
        message = "counts all different values to learn whether there is more than one; compare all with the first"
        confidence = self.confidence if _is_condition(node, module) else _ANSWER
        if is_test(module.path) or _may_be_list(node, counted.values, module):
            confidence = min(confidence, _SMALL)
        yield self.finding(node, module, message, confidence=confidence, fix=self._fix(node, counted, same, module))

    def _fix(self, node: ast.Compare, counted: Counted, same: bool, module: Module) -> Fix | None:
        plain = all(
            isinstance(part, (ast.Name, ast.Attribute, ast.Subscript, ast.Constant, ast.expr_context))
            for part in ast.walk(counted.values)
        )
        if not counted.series or not plain or "\n" in module.text(node):
            return None
        series = module.text(counted.values)
        text = f"({series}.to_numpy() {'==' if same else '!='} {series}.iloc[0]).{'all' if same else 'any'}()"
        return self.replace(node, text, module, "Compare all with the first", Applicability.UNSAFE)


def _asked(count: ast.expr, number: ast.expr, operator: type[ast.cmpop], module: Module) -> tuple[Counted, bool] | None:
    if not isinstance(number, ast.Constant) or type(number.value) is not int:
        return None
    same = _SAME.get((operator, number.value))
    counted = _counted(count, module) if same is not None else None
    return (counted, same) if counted is not None and same is not None else None


def _counted(node: ast.expr, module: Module) -> Counted | None:
    """What `x.nunique()`, `len(x.unique())`, `np.unique(x).size` and `np.unique(x).shape[0]` count."""
    if isinstance(node, ast.Subscript):
        first = isinstance(node.slice, ast.Constant) and node.slice.value == 0
        shape = node.value
        return _unique(shape.value, module) if first and isinstance(shape, ast.Attribute) and shape.attr == "shape" else None
    if isinstance(node, ast.Attribute):
        return _unique(node.value, module) if node.attr == "size" else None
    if not isinstance(node, ast.Call):
        return None
    if module.is_builtin(node.func, "len") and len(node.args) == 1:
        return _unique(node.args[0], module)
    if isinstance(node.func, ast.Attribute) and node.func.attr == "nunique" and not node.args:
        return Counted(node.func.value, True) if not node.keywords or keyword(node, "dropna") is not None else None
    return None


def _unique(node: ast.expr, module: Module) -> Counted | None:
    if not isinstance(node, ast.Call) or node.keywords or not isinstance(node.func, ast.Attribute):
        return None
    if module.qualified_name(node.func) in ("numpy.unique", "pandas.unique") and len(node.args) == 1:
        return Counted(node.args[0], False)
    if node.func.attr == "unique" and not node.args:
        return Counted(node.func.value, True)
    return None


def _is_grouped(values: ast.expr) -> bool:
    """Whether there is one count for each group."""
    return any(isinstance(part, ast.Attribute) and part.attr in ("groupby", "rolling", "resample") for part in ast.walk(values))


def _may_be_list(node: ast.expr, values: ast.expr, module: Module) -> bool:
    """Whether a list is counted, or the condition asks whether it is one."""
    if isinstance(values, (ast.List, ast.ListComp, ast.Tuple)) or (
        isinstance(values, ast.Call) and last_name(values.func) == "list"
    ):
        return True
    if isinstance(values, ast.Name):
        bound = [binding.value for binding in names_of(module).valid_bindings(values)]
        if any(isinstance(value, (ast.List, ast.ListComp)) for value in bound):
            return True
    holder = module.parent(node)
    others = holder.values if isinstance(holder, ast.BoolOp) else []
    return any(isinstance(other, ast.Call) and last_name(other.func) == "isinstance" for other in others)


def _is_condition(node: ast.expr, module: Module) -> bool:
    """Whether the answer is one truth value, which decides something here."""
    holder = module.parent(node)
    if isinstance(holder, (ast.If, ast.While, ast.IfExp, ast.Assert)):
        return holder.test is node
    if isinstance(holder, ast.comprehension):
        return node in holder.ifs
    return isinstance(holder, ast.BoolOp) or (isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not))
