"""GL804 no-early-stopping."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.ml._literals import number_of
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNWATCHED = 45
"""Nothing is held back to see whether training still helps, or the rounds are not many."""
_ELSEWHERE = 30
"""The file stops another training early, so its author may have had a reason not to stop this one."""
_TRAINERS = {
    "lightning.Trainer": "max_epochs",
    "lightning.pytorch.Trainer": "max_epochs",
    "pytorch_lightning.Trainer": "max_epochs",
}
_HUGGING = frozenset({"transformers.Trainer", "transformers.Seq2SeqTrainer"})
_BOOSTERS = {
    "catboost.CatBoostClassifier": "iterations",
    "catboost.CatBoostRegressor": "iterations",
    "lightgbm.LGBMClassifier": "n_estimators",
    "lightgbm.LGBMRegressor": "n_estimators",
    "lightgbm.train": "num_boost_round",
    "sklearn.ensemble.GradientBoostingClassifier": "n_estimators",
    "sklearn.ensemble.GradientBoostingRegressor": "n_estimators",
    "xgboost.XGBClassifier": "n_estimators",
    "xgboost.XGBRegressor": "n_estimators",
    "xgboost.train": "num_boost_round",
}
"""Boosters -> the argument that says how many rounds; all of them can stop by themselves."""
_STOPPERS = ("early_stop", "earlystop", "n_iter_no_change", "od_type", "od_wait", "use_best_model", "terminateon")
"""Words of a file that stops early somewhere."""
_NETWORKS = frozenset({"keras", "tensorflow"})


class NoEarlyStopping(FileRule):
    """Training runs for a fixed, high number of epochs or rounds, whether or not it still gets better.

    ## Why it wastes

    Scores on held-out data flatten, and often fall, long before a round number of epochs is over; what comes after costs the same
    and gives nothing. `EarlyStopping(patience=…)`, `early_stopping_rounds` and `n_iter_no_change` end the run when it stops helping.

    ## When to leave it alone

    When the schedule is part of the method (a learning rate that falls over exactly so many epochs), or the number was itself found
    with early stopping. The rule speaks from `epochs` epochs (100) and `rounds` rounds (500) on; without validation data in the same
    call its confidence is 45, and so it is for boosters with a learning rate of their own, which needs its rounds, and for the trainers of Lightning and Hugging Face. In files that mention early stopping elsewhere it is 30. It is silent where
    the call mentions it, and where `callbacks` is not a literal.

    ## Evidence

    Whole processes, CPython 3.11.7, boosted trees to the same score: 2.96 -> 1.13 s of CPU at 3,000 rows, 1.74 -> 1.06 s at 1,000,
    1.34 -> 1.04 s at 200 (`python benchmarks/rules/run.py GL804`).

    In preview: five million lines of public code for machine learning hold 1 finding.
    """

    code = "GL804"
    name = "no-early-stopping"
    effect = Effect(
        EffectClass.AVOIDED_RUN, "trains on when it no longer helps (2.96 -> 1.13 s of CPU to the same score)", "bench GL804"
    )
    confidence = 75
    preview = True
    callees = frozenset({"fit", "Trainer", "Seq2SeqTrainer", *(name.rpartition(".")[2] for name in _BOOSTERS)})
    packages = _NETWORKS | {"lightning", "pytorch_lightning", "transformers"} | {name.partition(".")[0] for name in _BOOSTERS}
    options = {"epochs": 100, "rounds": 500}
    examples = (
        Bad(
            "from keras import Model\n\ndef f(m: Model, x, y, v):\n    m.fit(x, y, epochs=500, validation_data=v)\n", lines=(4,)
        ),
        Bad(
            "from sklearn.ensemble import GradientBoostingClassifier\nmodel = GradientBoostingClassifier(n_estimators=5000)\n",
            lines=(2,),
        ),
        Good(
            "from keras.callbacks import EarlyStopping\nm.fit(x, y, epochs=500, validation_split=.1, callbacks=[EarlyStopping()])\n",
            "it stops early",
        ),
        Good("import keras\nm.fit(x, y, epochs=5, validation_split=.1)\n", "few epochs"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` trains for long and nothing can stop it."""
        name = module.qualified_name(node.func)
        given = {keyword.arg: keyword.value for keyword in node.keywords}
        if None in given or is_test(module.path):
            return
        if name in _BOOSTERS:
            rounds = number_of(given.get(_BOOSTERS[name]), module)
            if rounds is not None and rounds >= self.option["rounds"] and "callbacks" not in given and not _stops(node, module):
                message = f"`{dotted(node.func)}` runs {rounds:,} rounds whether or not they help; let it stop early"
                sure = self.confidence if rounds >= 1000 and "learning_rate" not in given else _UNWATCHED
                yield self.finding(node, module, message, confidence=_lowered(sure, module))
        elif name in _TRAINERS or name in _HUGGING:
            yield from self._trainer(node, name, given, module)
        elif isinstance(node.func, ast.Attribute) and node.func.attr == "fit" and "epochs" in given:
            yield from self._network(node, given, module)

    def _trainer(self, node: ast.Call, name: str, given: dict[str | None, ast.expr], module: Module) -> Iterator[Finding]:
        if name in _TRAINERS:
            epochs = number_of(given.get(_TRAINERS[name]), module)
        else:
            arguments = _value(given.get("args"), module)
            options = {k.arg: k.value for k in arguments.keywords} if isinstance(arguments, ast.Call) else {}
            epochs = number_of(options.get("num_train_epochs"), module)
        if epochs is None or epochs < self.option["epochs"] // 2 or "callbacks" in given:
            return
        message = f"training runs {epochs:,} epochs whether or not they help; add a callback that stops early"
        yield self.finding(node, module, message, confidence=_lowered(_UNWATCHED, module))

    def _network(self, node: ast.Call, given: dict[str | None, ast.expr], module: Module) -> Iterator[Finding]:
        epochs = number_of(given["epochs"], module)
        if epochs is None or epochs < self.option["epochs"] // 2 or module.packages.isdisjoint(_NETWORKS):
            return
        if not _are_known(given.get("callbacks"), module) or _stops(node, module):
            return
        watched = epochs >= self.option["epochs"] and not {"validation_data", "validation_split"}.isdisjoint(given)
        message = f"training runs {epochs:,} epochs whether or not they help; add an `EarlyStopping` callback"
        yield self.finding(node, module, message, confidence=_lowered(self.confidence if watched else _UNWATCHED, module))


def _stops(node: ast.Call, module: Module) -> bool:
    """Whether the call itself mentions early stopping, or is given a name that may."""
    text = module.text(node).lower()
    return any(word in text for word in _STOPPERS)


def _lowered(confidence: int, module: Module) -> int:
    """The confidence, or less where the file mentions early stopping anywhere; asked only where something trains for long."""
    text = module.data.lower()
    return min(confidence, _ELSEWHERE) if any(word.encode() in text for word in _STOPPERS) else confidence


def _value(expression: ast.expr | None, module: Module) -> ast.expr | None:
    """What a name is bound to, where that is one expression."""
    if not isinstance(expression, ast.Name):
        return expression
    values = [binding.value for binding in names_of(module).valid_bindings(expression)]
    return values[0] if len(values) == 1 else None


def _are_known(callbacks: ast.expr | None, module: Module) -> bool:
    """Whether the file shows all callbacks, so that none of them can stop the training unseen."""
    if isinstance(callbacks, ast.Name):
        names = names_of(module)
        scope = names.scope(callbacks)
        values = [binding.value for binding in names.bindings(callbacks.id, scope)] if scope is not None else []
        if len(values) != 1:
            return False
        callbacks = values[0]
        if callbacks is None:
            return False
    if callbacks is None or (isinstance(callbacks, ast.Constant) and callbacks.value is None):
        return True
    if not isinstance(callbacks, ast.List):
        return False
    return all(_is_imported(item, module) for item in callbacks.elts)


def _is_imported(item: ast.expr, module: Module) -> bool:
    """A callback of the library, made on the spot or under a name."""
    if isinstance(item, ast.Name):
        values = [binding.value for binding in names_of(module).valid_bindings(item)]
        item = values[0] if len(values) == 1 and values[0] is not None else item
    name = module.qualified_name(item.func) if isinstance(item, ast.Call) else None
    return name is not None and name.partition(".")[0] in _NETWORKS
