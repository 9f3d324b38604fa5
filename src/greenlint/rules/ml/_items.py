"""Models that are asked about one item of a loop at a time."""

from __future__ import annotations

import ast

from greenlint.rules.ml._loads import called_in, depends_on
from greenlint.source.infer import attribute_bindings, dotted
from greenlint.source.names import COMPREHENSIONS, names_of
from greenlint.source.repeat import is_inside

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

BATCHERS = {
    "sentence_transformers.SentenceTransformer": "encode",
    "spacy.load": "",
    "transformers.pipeline": "",
    "transformers.pipelines.pipeline": "",
}
"""What makes a model that takes many texts at once -> the method that takes them; "" for the model itself."""
ADVICE = {"encode": "pass the whole list", "spacy": "use `nlp.pipe(texts)`", "": "pass the whole list with a `batch_size`"}
_ESTIMATORS = frozenset({"predict", "predict_proba", "predict_on_batch", "decision_function", "score_samples"})
_TRAINING = frozenset({"fit", "partial_fit", "train_on_batch", "backward", "train"})
_LIVE = frozenset({"input", "read", "recv", "imshow", "waitKey", "sleep", "step", "listen", "readline"})
"""Calls of loops whose next item is not there yet: cameras, sensors, people, games."""
_MANY = ("batch", "chunk", "group", "fold", "split", "block")
"""Words in the names of loop targets that hold many items each."""
_DEPTH = 6


def single_item(call: ast.Call) -> ast.expr | None:
    """The one item in `[x]`, `x.reshape(1, -1)`, `np.expand_dims(x, 0)`, `np.array([x])`, `x[None]`, `x.unsqueeze(0)`."""
    given = call.args[0] if call.args and not isinstance(call.args[0], ast.Starred) else None
    if isinstance(given, ast.Call) and given.args and not isinstance(given.args[0], ast.Starred):
        return _made_single(given)
    if isinstance(given, ast.List) and len(given.elts) == 1 and not isinstance(given.elts[0], ast.Starred):
        return given.elts[0]
    if isinstance(given, ast.Subscript):
        first = given.slice.elts[0] if isinstance(given.slice, ast.Tuple) and given.slice.elts else given.slice
        if (isinstance(first, ast.Constant) and first.value is None) or (dotted(first) or "").endswith(".newaxis"):
            return given.value
    return None


def _made_single(given: ast.Call) -> ast.expr | None:
    first = given.args[0]
    name = given.func.attr if isinstance(given.func, ast.Attribute) else getattr(given.func, "id", "")
    if name in ("array", "asarray", "tensor", "DataFrame") and isinstance(first, ast.List) and len(first.elts) == 1:
        return first.elts[0]
    if name == "expand_dims":
        axis = given.args[1] if len(given.args) > 1 else next((k.value for k in given.keywords if k.arg == "axis"), None)
        return first if _is_number(axis, 0) else None
    if name == "unsqueeze" and isinstance(given.func, ast.Attribute):
        return given.func.value if _is_number(first, 0) else None
    if name == "reshape" and isinstance(given.func, ast.Attribute):
        return given.func.value if _is_number(first, 1) and len(given.args) > 1 else None
    return None


def _is_number(node: ast.expr | None, number: int) -> bool:
    return isinstance(node, ast.Constant) and node.value is not None and node.value == number


def is_estimator_call(call: ast.Call) -> bool:
    """`model.predict(...)` and the like."""
    return isinstance(call.func, ast.Attribute) and call.func.attr in _ESTIMATORS


def batcher(call: ast.Call, module: Module) -> str | None:
    """The advice for a model that a name or `self.<name>` stands for, where the file shows what it is."""
    func = call.func
    method = func.attr if isinstance(func, ast.Attribute) and func.attr == "encode" else ""
    model = func.value if method and isinstance(func, ast.Attribute) else func
    if isinstance(model, ast.Name):
        bindings = names_of(module).valid_bindings(model)
    elif isinstance(model, ast.Attribute):
        bindings = attribute_bindings(model, module)
    else:
        return None
    makers = {module.qualified_name(b.value.func) if isinstance(b.value, ast.Call) else None for b in bindings}
    maker = makers.pop() if len(makers) == 1 else None
    if maker is None or BATCHERS.get(maker) != method:
        return None
    return ADVICE["spacy" if maker.startswith("spacy") else method]


def is_item_of(node: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether an expression comes from the item of this turn alone: the loop's target, or names set from it in the loop."""
    if isinstance(loop, (ast.While, ast.AsyncFor)):
        return False
    targets = [loop.target] if isinstance(loop, ast.For) else [part.target for part in loop.generators]
    own = frozenset(n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name))
    if any(word in name.lower() for name in own for word in _MANY):
        return False
    return _leads_to(node, own, loop, module, _DEPTH) is True


def _leads_to(node: ast.expr, own: frozenset[str], loop: Loop, module: Module, depth: int) -> bool | None:
    """True when a part leads to the item, None when no part changes in the loop, False when one is carried from turn to turn."""
    answer: bool | None = None
    for part in ast.walk(node):
        if isinstance(part, ast.Slice):
            return False  # many items already
        if not isinstance(part, ast.Name) or not isinstance(part.ctx, ast.Load):
            continue
        if part.id in own:
            answer = True
            continue
        names = names_of(module)
        scope = names.scope(part)
        bindings = names.bindings(part.id, scope) if scope is not None else []
        inside = [binding for binding in bindings if is_inside(binding.node, loop, module)]
        if not inside:
            continue
        if len(inside) != len(bindings) or depth == 0:
            return False
        for binding in inside:
            if binding.value is None:
                return False
            led = _leads_to(binding.value, own, loop, module, depth - 1)
            if led is False:
                return False
            answer = led or answer
    return answer


def could_wait(loop: Loop, module: Module) -> bool:
    """Whether all items are there before the loop begins, and nothing is trained between them."""
    names = called_in(loop, module)
    if not names.isdisjoint(_LIVE) or not names.isdisjoint(_TRAINING):
        return False
    if isinstance(loop, COMPREHENSIONS):
        return True
    notes = module.notes.setdefault("ml.leaves", {})
    if id(loop) not in notes:
        notes[id(loop)] = any(isinstance(part, (ast.Break, ast.Return)) for part in ast.walk(loop))
    return not notes[id(loop)]


def is_constant(call: ast.Call, stored: frozenset[str]) -> bool:
    """Whether the model stays the same in the loop."""
    return not depends_on(call.func, stored)
