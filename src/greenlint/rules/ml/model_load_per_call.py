"""GL802 model-load-per-call."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._loads import (
    CALLEES,
    PACKAGES,
    answers_requests,
    called_in,
    depends_on,
    is_kept,
    model_loader,
    stored_in,
)
from greenlint.source.names import names_of
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_CALLED = 70
"""The loop calls a function of the same file that loads the model."""
_PREDICTS = 40
"""A function loads a model and uses it once; who calls it, and how often, is not known."""
_TRAINING = frozenset({"Trainer", "backward", "compile", "fit", "fit_transform", "partial_fit", "train", "train_on_batch"})
_USES = frozenset({"generate", "encode", "predict", "predict_proba", "transcribe", "transform"})


class ModelLoadPerCall(FileRule):
    """A model is read from disk for each request or in each turn of a loop, to be used once and thrown away.

    ## Why it wastes

    Loading reads all weights, builds all objects and often moves them to a device: for one answer, a thousand times the work of the
    answer itself. Load once, at start-up or behind `functools.cache`, and keep the model.

    ## When to leave it alone

    When each turn needs fresh weights to train them, or when memory must be free between rare calls. The rule speaks in loops where
    the arguments stay the same and nothing is trained, in functions that a framework calls per request (confidence 80), and in
    functions that a loop of the same file calls (70). It is silent where the model is kept: an attribute, a global, a dictionary,
    a cache decorator, an `if` around the loading. In other functions that load and predict at once the confidence is 40.

    ## Evidence

    Whole processes, CPython 3.11.7, a random forest of 40 trees: 2.51 -> 1.52 s of CPU for 200 rows, 1.47 -> 1.20 s for 50, no difference for
    five; a second of each is for importing scikit-learn and training (`python benchmarks/rules/run.py GL802`).

    In preview: five million lines of public code for machine learning hold no finding above the default threshold.
    """

    code = "GL802"
    name = "model-load-per-call"
    effect = Effect(
        EffectClass.AVOIDED_RUN, "loads the model for each answer (2.51 -> 1.52 s of CPU for 200 rows)", "bench GL802"
    )
    confidence = 80
    preview = True
    callees = CALLEES
    packages = PACKAGES
    examples = (
        Bad(
            "import joblib\n\ndef scores(rows, path):\n    out = []\n    for row in rows:\n"
            "        model = joblib.load(path)  # trained in May\n        out.append(model.predict(row))\n    return out\n",
            fixed="import joblib\n\ndef scores(rows, path):\n    out = []\n    model = joblib.load(path)  # trained in May\n"
            "    for row in rows:\n        out.append(model.predict(row))\n    return out\n",
            lines=(6,),
        ),
        Bad(
            "import whisper\n\n@app.post('/text')\ndef text(file):\n    model = whisper.load_model('small')\n"
            "    return model.transcribe(file)\n",
            lines=(5,),
        ),
        Good("import joblib\nmodel = joblib.load('m')\nfor row in rows:\n    use(model.predict(row))\n", "loaded once"),
        Good(
            "import joblib\n\ndef f(paths):\n    return [joblib.load(path) for path in paths]\n", "another model in each turn"
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` loads a model that was loaded before."""
        name = model_loader(node, module)
        if name is None or is_test(module.path):
            return
        loop = next(repeating_loops(node, module), None)
        if loop is not None:
            if _is_the_same(node, loop, module):
                message = f"`{name}` loads the same model in every turn of the loop; load it once before it"
                yield self.finding(node, module, message, fix=_fix(node, loop, module))
            return
        function = module.function(node)
        if function is None or is_kept(node, module) or depends_on(node, frozenset(_arguments(function))):
            return
        if answers_requests(function):
            message = f"`{name}` loads the model for each request; load it once at start-up and keep it"
            yield self.finding(node, module, message)
        elif _is_used_here(node, module):
            calls = module.calls(function.name)
            called = any(_repeats(call, module) for call in calls)
            if not called and any(module.function(call) is None for call in calls):
                return  # the program itself, once
            message = f"`{name}` loads the model in each call of `{function.name}`; load it once and keep it"
            yield self.finding(node, module, message, confidence=_CALLED if called else _PREDICTS)


def _arguments(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    arguments = function.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _is_the_same(node: ast.Call, loop: Loop, module: Module) -> bool:
    """Whether each turn loads the same file, only to use it."""
    given = [_opened(argument, module) for argument in [*node.args, *(keyword.value for keyword in node.keywords)]]
    stored = stored_in(loop, module)
    if not given or any(depends_on(argument, stored) or _calls(argument) for argument in given) or is_kept(node, module):
        return False
    holder = module.parent(node)
    if isinstance(holder, ast.Call) and isinstance(holder.func, ast.Attribute) and holder.func.attr == "load_state_dict":
        return False  # weights put back before each run
    return called_in(loop, module).isdisjoint(_TRAINING)


def _opened(argument: ast.expr, module: Module) -> ast.expr:
    """The path, where the argument is a file that was opened for it: `with open(path, "rb") as file`."""
    if isinstance(argument, ast.Name):
        values = [binding.value for binding in names_of(module).valid_bindings(argument)]
        argument = values[0] if len(values) == 1 and values[0] is not None else argument
    if isinstance(argument, ast.Call) and module.is_builtin(argument.func, "open") and argument.args:
        return argument.args[0]
    return argument


def _calls(argument: ast.expr) -> bool:
    """An argument that is made by a call may differ from turn to turn."""
    return any(isinstance(part, ast.Call) for part in ast.walk(argument))


def _is_used_here(node: ast.Call, module: Module) -> bool:
    """Whether the function that loads the model asks it for an answer."""
    holder = module.parent(node)
    if isinstance(holder, ast.Attribute):
        return holder.attr in _USES and isinstance(module.parent(holder), ast.Call)
    if isinstance(holder, ast.Call) and holder.func is node:
        return True  # `pipeline("…")(text)`
    if not (isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name)):
        return False
    target = holder.targets[0]
    names = names_of(module)
    scope = names.scope(target)
    loads = names.loads(target.id, scope) if scope is not None else []
    kinds = {parent.attr for load in loads if isinstance(parent := module.parent(load), ast.Attribute)}
    handed = any(isinstance(module.parent(load), ast.Return) for load in loads)
    return not handed and not kinds.isdisjoint(_USES) and kinds.isdisjoint(_TRAINING)


def _repeats(call: ast.Call, module: Module) -> bool:
    return next(repeating_loops(call, module), None) is not None


def _fix(node: ast.Call, loop: Loop, module: Module) -> Fix | None:
    """The line that loads, moved to right before the loop."""
    statement = module.statement(node)
    if not (isinstance(statement, ast.Assign) and statement.value is node and isinstance(loop, (ast.For, ast.While))):
        return None
    target = statement.targets[0]
    if len(statement.targets) != 1 or not isinstance(target, ast.Name) or statement not in loop.body or len(loop.body) < 2:
        return None
    names = names_of(module)
    scope = names.scope(target)
    lines = module.lines
    if scope is None or len(names.bindings(target.id, scope)) != 1 or statement.lineno != statement.end_lineno:
        return None
    line, indent = lines[statement.lineno - 1], lines[loop.lineno - 1][: loop.col_offset]
    if line[: statement.col_offset].strip() or indent.strip() or statement.lineno == loop.lineno or b";" in line:
        return None
    before = module.offset(loop.lineno, loop.col_offset)
    first, last = module.offset(statement.lineno, 0), module.offset(statement.lineno + 1, 0)
    moved = line[statement.col_offset :].decode() + "\n" + indent.decode()
    return Fix("Load the model before the loop", (Edit(before, before, moved), Edit(first, last, "")), Applicability.UNSAFE)
