"""GL809 per-item-inference."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.ml._items import batcher, could_wait, is_constant, is_estimator_call, is_item_of, single_item
from greenlint.rules.ml._loads import stored_in
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LEARNERS = frozenset({"sklearn", "keras", "tensorflow", "xgboost", "lightgbm", "catboost", "joblib"})
_NEEDED = 45
"""The loop may end early, or waits for its items."""
_NETWORK = 50
"""Perhaps a network that takes `x.unsqueeze(0)`: inputs of different sizes cannot share a batch."""


class PerItemInference(FileRule):
    """A loop asks a model about one item at a time, although it takes many at once.

    ## Why it wastes

    Each call checks its input, sets up arrays and starts kernels; for one row that costs many times the arithmetic. One call with
    all rows, or with batches of some dozen, does it once, and keeps vector units and graphics cards busy.

    ## When to leave it alone

    When the next input depends on the last answer, or comes from a camera or a person: the rule is silent where the input is carried
    from turn to turn, in `while` and `async for` loops and where the loop trains; where the loop may end early or reads from a device
    its confidence is 45, for networks that are called with `x.unsqueeze(0)` 50.

    ## Evidence

    Whole processes, CPython 3.11.7, a logistic regression: 20,000 rows 3.45 -> 1.13 s of CPU, 2,000 rows 1.38 -> 1.13 s, 200 rows no
    difference; a second of each is for importing scikit-learn (`python benchmarks/rules/run.py GL809`).

    In preview: five million lines of public code for machine learning hold too few findings to be sure.
    """

    code = "GL809"
    name = "per-item-inference"
    effect = Effect(EffectClass.CONSTANT, "one call per item (20,000 rows: 3.45 -> 1.13 s of CPU)", "bench GL809")
    confidence = 85
    preview = True
    packages = _LEARNERS | {"torch", "sentence_transformers", "spacy", "transformers"}
    examples = (
        Bad(
            "import joblib\nmodel = joblib.load('m')\nfor row in rows:\n    print(model.predict(row.reshape(1, -1)))\n",
            lines=(4,),
        ),
        Bad(
            "from sentence_transformers import SentenceTransformer\nmodel = SentenceTransformer('a')\n"
            "vectors = [model.encode(text) for text in texts]\n",
            lines=(3,),
        ),
        Bad("import spacy\nnlp = spacy.load('en_core_web_sm')\nfor text in texts:\n    use(nlp(text).ents)\n", lines=(4,)),
        Good("import joblib\nmodel = joblib.load('m')\nprint(model.predict(rows))\n", "all at once"),
        Good(
            "import joblib\nm = joblib.load('m')\nx = first\nfor _ in range(n):\n    x = m.predict([x])[0]\n",
            "each answer is the next question",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` asks about one item of the loop around it."""
        if module.loop(node) is None or not node.args:
            return
        asked, sure, advice = self._question(node, module)
        if asked is None:
            return
        loop = next(repeating_loops(node, module), None)
        if loop is None or not is_item_of(asked, loop, module) or not is_constant(node, stored_in(loop, module)):
            return
        if not could_wait(loop, module) or is_test(module.path):
            sure = min(sure, _NEEDED)
        message = f"`{dotted(node.func)}` is asked about one item per turn; {advice}"
        yield self.finding(node, module, message, confidence=sure)

    def _question(self, node: ast.Call, module: Module) -> tuple[ast.expr | None, int, str]:
        """What the model is asked about, how sure that it is one item, and what to do."""
        if is_estimator_call(node) and not _LEARNERS.isdisjoint(module.packages):
            return single_item(node), self.confidence, "collect the items and ask about all of them at once"
        advice = batcher(node, module)
        if advice is not None:
            one = single_item(node)
            return (node.args[0] if one is None else one), self.confidence, advice
        if "torch" in module.packages and dotted(node.func) is not None and _is_unsqueezed(node):
            return single_item(node), _NETWORK, "stack the items to batches"
        return None, 0, ""


def _is_unsqueezed(node: ast.Call) -> bool:
    given = node.args[0]
    return isinstance(given, ast.Call) and isinstance(given.func, ast.Attribute) and given.func.attr == "unsqueeze"
