"""GL805 exhaustive-grid."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._edits import with_keyword
from greenlint.rules.ml._literals import length_of, number_of, value_of
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_NAME = "sklearn.model_selection.GridSearchCV"
_FOLDS = 5
"""What scikit-learn does when `cv` is not given."""
_SOME = 45
"""Some hundred fits: perhaps each takes a millisecond."""
_SOME_FITS = 200


class ExhaustiveGrid(FileRule):
    """A grid search fits a model for every combination of many parameters, thousands of fits for one answer.

    ## Why it wastes

    The number of fits is the product of all lists times the folds. Most combinations differ in parameters that hardly matter, so
    sixty random draws find a combination among the best five per cent with 95 % probability, however large the grid is.
    `RandomizedSearchCV` draws them; `HalvingGridSearchCV` tries all on little data and keeps the best.

    ## When to leave it alone

    When every cell of the grid is wanted (a plot of all scores), or a fit takes no time. The message shows the count. The rule speaks
    from `fits` fits (1,000) on; from 200 on its confidence is 45. Lists whose length the file does not show count as one.

    ## Evidence

    Whole processes, CPython 3.11.7, 1,080 fits of a decision tree -> 180, both above the same score: 3.85 -> 1.48 s of CPU at 2,000 rows,
    2.66 -> 1.26 s at 100 (`python benchmarks/rules/run.py GL805`).

    In preview: five million lines of public code for machine learning hold 1 finding.
    """

    code = "GL805"
    name = "exhaustive-grid"
    effect = Effect(EffectClass.AVOIDED_RUN, "fits every combination (1,080 fits -> 180: 3.85 -> 1.48 s of CPU)", "bench GL805")
    confidence = 85
    preview = True
    callees = frozenset({"GridSearchCV"})
    packages = frozenset({"sklearn"})
    options = {"fits": 1000}
    examples = (
        Bad(
            "from sklearn.model_selection import GridSearchCV\n\n"
            "grid = {'a': list(range(10)), 'b': [1, 2, 3, 4, 5], 'c': [1, 2, 3, 4]}\n"
            "search = GridSearchCV(model, grid, cv=5)\n",
            fixed="from sklearn.model_selection import RandomizedSearchCV\n\n"
            "grid = {'a': list(range(10)), 'b': [1, 2, 3, 4, 5], 'c': [1, 2, 3, 4]}\n"
            "search = RandomizedSearchCV(model, grid, cv=5, n_iter=60)\n",
            lines=(4,),
        ),
        Bad(
            "import numpy as np\nfrom sklearn.model_selection import GridSearchCV\n"
            "s = GridSearchCV(estimator=m, param_grid=[{'c': np.logspace(-3, 3, 50), 'g': np.linspace(0, 1)}])\n",
            fixed="import numpy as np\nfrom sklearn.model_selection import RandomizedSearchCV\n"
            "s = RandomizedSearchCV(estimator=m, param_distributions=[{'c': np.logspace(-3, 3, 50), 'g': np.linspace(0, 1)}], "
            "n_iter=60)\n",
            lines=(3,),
        ),
        Good(
            "from sklearn.model_selection import GridSearchCV\ns = GridSearchCV(m, {'c': [1, 10, 100]}, cv=5)\n", "fifteen fits"
        ),
        Good("from sklearn.model_selection import GridSearchCV\ns = GridSearchCV(m, grid)\n", "an unknown grid"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` asks for too many fits."""
        if module.qualified_name(node.func) != _NAME:
            return
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        grid = given.get("param_grid", node.args[1] if len(node.args) > 1 else None)
        cells, known = _cells(value_of(grid, module), module)
        folds = _folds(given.get("cv"), module)
        fits = cells * folds
        if fits < min(_SOME_FITS, self.option["fits"]):
            return
        count = f"{cells:,} combinations in {folds} folds, {'' if known else 'at least '}{fits:,} fits"
        message = f"the grid has {count}; draw some with `RandomizedSearchCV`, or halve with `HalvingGridSearchCV`"
        sure = self.confidence if fits >= self.option["fits"] else _SOME
        yield self.finding(node, module, message, confidence=sure, fix=_fix(node, module))


def _cells(grid: ast.expr | None, module: Module) -> tuple[int, bool]:
    """How many combinations a grid has at least, and whether that is all."""
    if isinstance(grid, (ast.List, ast.Tuple)):
        parts = [_cells(value_of(part, module), module) for part in grid.elts if not isinstance(part, ast.List)]
        return sum(cells for cells, _ in parts), all(known for _, known in parts)
    if isinstance(grid, ast.Call) and module.is_builtin(grid.func, "dict") and not grid.args:
        lengths = [length_of(keyword.value, module) for keyword in grid.keywords]
    elif isinstance(grid, ast.Dict):
        lengths = [length_of(value, module) for value in grid.values]
    else:
        return 0, False
    product = 1
    for length in lengths:
        product *= 1 if length is None else length
    return product, None not in lengths


def _folds(cv: ast.expr | None, module: Module) -> int:
    cv = value_of(cv, module)
    if isinstance(cv, ast.Call):
        cv = next((k.value for k in cv.keywords if k.arg == "n_splits"), cv.args[0] if cv.args else None)
    return number_of(cv, module) or _FOLDS


def _fix(node: ast.Call, module: Module) -> Fix | None:
    """`RandomizedSearchCV` with sixty draws, and its import in the place of the other one."""
    edits = []
    if isinstance(node.func, ast.Attribute):
        end = module.span(node.func)[1]
        edits.append(Edit(end - len("GridSearchCV"), end, "RandomizedSearchCV"))
    elif isinstance(node.func, ast.Name) and node.func.id == "GridSearchCV":
        names = names_of(module)
        aliases = [alias for alias in module.nodes(ast.alias) if alias.name == "GridSearchCV"]
        if len(names.uses("GridSearchCV", module.tree)) != 1 or len(aliases) != 1 or aliases[0].asname:
            return None
        if names.is_mentioned("RandomizedSearchCV"):
            return None
        edits += [Edit(*module.span(aliases[0]), "RandomizedSearchCV"), Edit(*module.span(node.func), "RandomizedSearchCV")]
    draws = with_keyword(node, "n_iter=60", module)
    if not edits or draws is None:
        return None
    for keyword in node.keywords:
        if keyword.arg == "param_grid":
            start = module.offset(keyword.lineno, keyword.col_offset)
            edits.append(Edit(start, start + len("param_grid"), "param_distributions"))
    return Fix("Draw sixty combinations", tuple(sorted([*edits, draws])), Applicability.UNSAFE)
