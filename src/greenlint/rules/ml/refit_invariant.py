"""GL811 refit-invariant."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.ml._loads import called_in, depends_on, stored_in
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_CLOCKS = frozenset({"perf_counter", "time", "timeit", "process_time", "set_params", "append", "shuffle", "seed", "sample"})
"""Calls of loops that measure the fit, or change what is fitted."""
_UNSURE = 40


class RefitInvariant(FileRule):
    """A loop fits the same estimator to the same data in every turn.

    ## Why it wastes

    A fit reads all the data, often many times. Where neither the data nor the parameters change, each turn gets the same result: fit once
    before the loop, and only `transform` or `predict` in it.

    ## When to leave it alone

    When the fits differ by chance on purpose, or are timed. The rule wants an estimator of scikit-learn made in the same file, and arguments
    that the loop leaves alone; in loops that also call a clock, a generator of random numbers or `append` its confidence is 40.

    ## Evidence

    Whole processes, CPython 3.11.7, words of 300 texts counted: 2.83 -> 1.05 s of CPU for 150 queries, 1.68 -> 1.15 s for 50, 1.34 -> 1.17 s
    for five (`python benchmarks/rules/run.py GL811`).

    In preview: real code has too few findings to be sure.
    """

    code = "GL811"
    name = "refit-invariant"
    effect = Effect(
        EffectClass.AVOIDED_RUN, "repeats the fit (150 queries over 300 texts: 2.83 -> 1.05 s of CPU)", "bench GL811"
    )
    confidence = 75
    preview = True
    callees = frozenset({"fit", "fit_transform", "fit_predict"})
    packages = frozenset({"sklearn"})
    examples = (
        Bad(
            "from sklearn.preprocessing import StandardScaler\n\ndef f(rows, data):\n    scaler = StandardScaler()\n    for row in rows:\n"
            "        scaler.fit(data)\n        use(scaler.transform(row))\n",
            lines=(6,),
        ),
        Bad(
            "from sklearn.feature_extraction.text import TfidfVectorizer\n\ndef f(queries, texts):\n    for q in queries:\n"
            "        v = TfidfVectorizer()\n        m = v.fit_transform(texts)\n        use(m, v.transform([q]))\n",
            lines=(6,),
        ),
        Good(
            "from sklearn.preprocessing import StandardScaler\nfor part in parts:\n    s = StandardScaler()\n    s.fit(part)\n",
            "other data in each turn",
        ),
        Good(
            "from sklearn.svm import SVC\nfor c in values:\n    m = SVC(C=c)\n    m.fit(x, y)\n",
            "other parameters in each turn",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` fits what it has fitted before."""
        loop = next(repeating_loops(node, module), None) if module.loop(node) is not None else None
        if loop is None or not isinstance(node.func, ast.Attribute) or not node.args or is_test(module.path):
            return
        stored = stored_in(loop, module)
        given = [*node.args, *(keyword.value for keyword in node.keywords)]
        if not all(dotted(argument) and not depends_on(argument, stored) for argument in given):
            return
        if not _is_same_estimator(node.func.value, stored, loop, module) or any(_is_written(a, loop, module) for a in given):
            return
        sure = called_in(loop, module).isdisjoint(_CLOCKS)
        message = f"`{dotted(node.func)}` fits the same data in every turn of the loop; fit once before it"
        yield self.finding(node, module, message, confidence=None if sure else _UNSURE)


def _is_same_estimator(estimator: ast.expr, stored: frozenset[str], loop: Loop, module: Module) -> bool:
    """Whether an estimator of scikit-learn is made before the loop, or in it in the same way each time."""
    made: ast.expr | None = estimator
    if isinstance(estimator, ast.Name):
        names = names_of(module)
        scope = names.scope(estimator)
        bindings = names.bindings(estimator.id, scope) if scope is not None else []
        if len(bindings) != 1 or scope is None or _is_tuned(estimator.id, scope, loop, module):
            return False
        made = bindings[0].value
    if not isinstance(made, ast.Call):
        return False
    name = module.qualified_name(made.func) or ""
    inside = is_inside(made, loop, module)
    fixed = not any(depends_on(part, stored) for part in (*made.args, *(keyword.value for keyword in made.keywords)))
    return name.startswith("sklearn.") and name.rpartition(".")[2][:1].isupper() and (fixed or not inside)


def _is_tuned(name: str, scope: ast.AST, loop: Loop, module: Module) -> bool:
    """Whether the loop changes an attribute of the estimator."""
    uses = (use for use in names_of(module).loads(name, scope) if is_inside(use, loop, module))
    holders = (module.parent(use) for use in uses)
    return any(isinstance(holder, ast.Attribute) and isinstance(holder.ctx, ast.Store) for holder in holders)


def _is_written(argument: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop stores into the data: `x[i] = ...`, `x.a = ...`."""
    notes = module.notes.setdefault("ml.written", {})
    if id(loop) not in notes:
        stores = (part for part in ast.walk(loop) if isinstance(part, (ast.Subscript, ast.Attribute)))
        notes[id(loop)] = {_owner(part) for part in stores if isinstance(part.ctx, ast.Store)}
    base = (dotted(argument) or "").partition(".")[0]
    return base in notes[id(loop)]


def _owner(place: ast.expr) -> str | None:
    """The name that `x.a[i]` hangs on."""
    while isinstance(place, (ast.Subscript, ast.Attribute)):
        place = place.value
    return place.id if isinstance(place, ast.Name) else None
