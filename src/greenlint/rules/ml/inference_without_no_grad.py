"""GL801 inference-without-no-grad."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._grad import Off, asks_for_some, evaluated, is_guarded, is_special, off_for_good
from greenlint.rules.ml._inference import LOADS, NETWORK, asked, goes_back, is_ready_made, is_training, loaded
from greenlint.source.calls import last_name
from greenlint.source.infer import dotted
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

_ELSEWHERE = 70
"""The network was put into evaluation mode in another function than the one that runs it."""
_UNSURE = 45
"""Tests, conversions, and code that also works with gradients: memory may not matter, or the graph may be wanted."""
_ONLY_TAKEN_OUT = 40
"""The caller may have switched gradients off, and the name may stand for something else."""
_BY_NAME = 30
"""Nothing but the names of the function and of what it calls says so."""
_TAKES_OUT = frozenset({"detach", "item", "tolist"})
_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Return)


class InferenceWithoutNoGrad(FileRule):
    """A network in evaluation mode runs with gradients switched on, and keeps its whole graph for a backward pass that never comes.

    ## Why it wastes

    `model.eval()` changes how layers behave; it does not switch off autograd. Each call then keeps the results of all layers until
    the output is dropped. `torch.inference_mode()` or `torch.no_grad()` frees each as soon as the next layer has used it.

    ## When to leave it alone

    When a gradient is wanted (saliency maps, adversarial examples, perceptual losses): the rule lowers its confidence to 45 in functions
    that mention `backward`, `autograd`, `requires_grad`, `trace` or `onnx`, and is silent where parameters are frozen and in subclasses of
    `Module`. It is silent under `no_grad`, `inference_mode`, `set_grad_enabled`, also as decorator or around a caller in the same file.
    Where another function than the one that runs it calls `eval()`, the confidence is 70; it is 45 in tests, in files that
    switch gradients on for some tensor (`x.requires_grad_()`), after `train(False)` and for `model.forward(x)`. It is 40 where another
    function switches gradients off, and where nothing shows the mode, but only numbers are kept of the answer
    (`model(x).argmax(1).tolist()`) or the network was loaded ready-made (`from_pretrained`, `torch.load`) in a file that trains
    nothing; and 30 in functions that are called like `predict`, `evaluate` or `infer`.

    ## Evidence

    Whole processes, CPython 3.11.7, torch 2.13 without a graphics card, 24 layers: peak memory 729 -> 330 MB and CPU 1.64 -> 1.38 s at 20,000
    rows, 325 -> 261 MB at 5,000, 256 -> 241 MB at 1,000; some 235 MB of each are torch itself (`python benchmarks/rules/run.py GL801`).
    """

    code = "GL801"
    name = "inference-without-no-grad"
    effect = Effect(EffectClass.MEMORY, "keeps the results of all layers (729 -> 330 MB at 20,000 rows)", "bench GL801")
    confidence = 85
    callees = frozenset({"eval", "train"}) | _TAKES_OUT | LOADS
    packages = frozenset({"torch", "transformers", "torchvision", "timm"})
    examples = (
        Bad(
            "import torch\n\ndef predict(model, x):\n    model.eval()\n    y = model(x)  # logits\n    return y.argmax(1)\n",
            fixed="import torch\n\ndef predict(model, x):\n    model.eval()\n    with torch.no_grad():\n"
            "        y = model(x)  # logits\n    return y.argmax(1)\n",
            lines=(5,),
        ),
        Bad(
            "import torch\nnet = torch.load('a.pt').eval()\nfor x in loader:\n    show(net(x))\n",
            fixed="import torch\nnet = torch.load('a.pt').eval()\nfor x in loader:\n    with torch.no_grad():\n        show(net(x))\n",
            lines=(4,),
        ),
        Good(
            "import torch\n\ndef predict(model, x):\n    model.eval()\n    with torch.inference_mode():\n        return model(x)\n",
            "gradients are off",
        ),
        Good(
            "import torch\n\n@torch.no_grad()\ndef predict(model, x):\n    model.eval()\n    return model(x)\n", "a decorator"
        ),
        Good(
            "import torch\n\ndef f(model, x):\n    model.eval()\n    model(x).sum().backward()\n    return x.grad\n",
            "a gradient",
        ),
    )

    def check(self, node: ast.Call | ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[Finding]:
        """Yield a finding for each call of the network that `node` puts into evaluation mode, or that seems to run for its answer."""
        if isinstance(node, ast.Call):
            switch = node.func.attr if isinstance(node.func, ast.Attribute) else ""
            if switch not in _TAKES_OUT and switch not in LOADS:
                yield from self._switched(node, switch, module)
                return
            if self.least <= _ONLY_TAKEN_OUT:
                yield from self._taken_out(node, module) if switch in _TAKES_OUT else self._loaded(node, module)
        elif self.least <= _BY_NAME:
            for call in asked(node, module):
                if self._is_open(call, module) and not _network_taken_out(call, module):
                    yield self.finding(call, module, _message(dotted(call.func) or "it"), confidence=_BY_NAME)

    def _switched(self, node: ast.Call, switch: str, module: Module) -> Iterator[Finding]:
        if switch == "train" and (self.least > _UNSURE or not (node.args or node.keywords)):
            return
        name = evaluated(node, module)
        if name is None or name == "self":
            return
        runs = (name, f"{name}.forward") if self.least <= _UNSURE else (name,)
        for call in (*_at_once(node, module), *(call for run in runs for call in _forward_calls(name, run, node, module))):
            if not self._is_open(call, module):
                continue
            confidence = _UNSURE if switch == "train" or dotted(call.func) != name else self._sure(node, call, module)
            if off_for_good(call, module) is Off.ELSEWHERE:
                confidence = _ONLY_TAKEN_OUT
            yield self.finding(call, module, _message(name), confidence=confidence, fix=_fix(call, module))

    def _loaded(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`model = AutoModel.from_pretrained(name)`: it comes in evaluation mode."""
        name = loaded(node, module)
        for call in _forward_calls(name, name, node, module) if name is not None else ():
            if self._is_open(call, module) and not _network_taken_out(call, module):
                yield self.finding(call, module, _message(dotted(call.func) or "it"), confidence=_ONLY_TAKEN_OUT)

    @staticmethod
    def _is_open(call: ast.Call, module: Module) -> bool:
        """Whether gradients may be on where the network runs, and nobody seems to want them."""
        if off_for_good(call, module) is Off.YES or is_guarded(call, module) or goes_back(call, module):
            return False
        return not is_training(module.function(call), module)

    def _taken_out(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`model(x).argmax(1).tolist()`: of a network of unknown mode nothing is left but numbers."""
        call = _network_behind(node)
        name = dotted(call.func) if call is not None else None
        if call is None or name is None or not self._is_open(call, module) or is_ready_made(call.func, module):
            return
        if is_special(module.function(call) or module.tree, module):
            return
        if any(evaluated(mode, module) == name for switch in ("eval", "train") for mode in module.calls(switch)):
            return  # of which there is more to say
        message = f"nothing but numbers is kept of `{name}(…)`, which builds a graph for a backward pass: call it under `torch.no_grad()`"
        yield self.finding(call, module, message, confidence=_ONLY_TAKEN_OUT)

    def _sure(self, node: ast.Call, call: ast.Call, module: Module) -> int:
        function = module.function(call)
        if is_test(module.path) or is_special(function or module.tree, module) or asks_for_some(module):
            return _UNSURE
        outer = module.function(node)
        if function is not outer:
            closure = outer is not None and outer in set(module.ancestors(call))
            return _UNSURE if closure or is_special(module.tree, module) else _ELSEWHERE
        return self.confidence


def _message(name: str) -> str:
    return f"`{name}` keeps its graph for a backward pass: call it under `torch.inference_mode()` or `torch.no_grad()`"


def _network_taken_out(call: ast.Call, module: Module) -> bool:
    """Whether a chain behind the call takes numbers out, which is reported as such."""
    above = (holder for holder in module.ancestors(call) if isinstance(holder, ast.Call))
    return any(
        isinstance(end.func, ast.Attribute) and end.func.attr in _TAKES_OUT and _network_behind(end) is call for end in above
    )


def _network_behind(node: ast.Call) -> ast.Call | None:
    """The call of a network, as far as its name says so, at the start of a chain that ends in `node`; of chains in chains, the first end."""
    current: ast.expr = node
    inner = False
    while isinstance(current, (ast.Attribute, ast.Subscript, ast.Call)):
        if isinstance(current, ast.Call):
            if isinstance(current.func, (ast.Name, ast.Attribute)) and NETWORK.search(last_name(current.func)):
                return None if inner else current
            if not isinstance(current.func, ast.Attribute):
                return None
            inner = inner or (current is not node and current.func.attr in _TAKES_OUT)
            current = current.func.value
        else:
            current = current.value
    return None


def _forward_calls(name: str, run: str, node: ast.Call, module: Module) -> Iterator[ast.Call]:
    """The calls `run(...)` that come after `node` and before the next `name.eval()` or `name.train()`."""
    function = module.function(node)
    modes = _modes(name, module)
    until = next((mode for mode in modes.get(function, []) if _position(mode) > _position(node)), None)
    for call in _by_function("ml.runs", run, module).get(function, []):
        before = until is None or _position(call) < _position(until)
        if before and _position(call) > _position(node) and _is_in_reach(node, call, module):
            yield call
    if _trains(name, module) or any(_position(first) < _position(node) for calls in modes.values() for first in calls[:1]):
        return
    for inner, calls in _by_function("ml.runs", run, module).items():
        if inner is not function and _is_shared(name, function, inner, module):
            yield from (call for call in calls if _position(call) > _position(node))


def _at_once(node: ast.Call, module: Module) -> tuple[ast.Call, ...]:
    """`model.eval()(x)`."""
    run = module.parent(node)
    return (run,) if isinstance(run, ast.Call) and run.func is node else ()


def _by_function(question: str, name: str, module: Module) -> dict[ast.AST | None, list[ast.Call]]:
    """Function -> the calls of `name` in it, in source order."""
    notes: dict[Any, Any] = module.notes.setdefault(question, {})
    if name not in notes:
        found: dict[ast.AST | None, list[ast.Call]] = {}
        for call in module.calls(name.rpartition(".")[2]):
            if dotted(call.func) == name:
                found.setdefault(module.function(call), []).append(call)
        for call in module.calls("map"):
            if call.args and dotted(call.args[0]) == name:
                found.setdefault(module.function(call), []).append(call)
        notes[name] = found
    known: dict[ast.AST | None, list[ast.Call]] = notes[name]
    return known


def _modes(name: str, module: Module) -> dict[ast.AST | None, list[ast.Call]]:
    """Function -> where it puts the network into one of its modes."""
    notes: dict[Any, Any] = module.notes.setdefault("ml.modes", {})
    if name not in notes:
        found: dict[ast.AST | None, list[ast.Call]] = {}
        every = [*_trains(name, module), *(call for call in module.calls("eval") if evaluated(call, module) == name)]
        for call in sorted(every, key=_position):
            found.setdefault(module.function(call), []).append(call)
        notes[name] = found
    known: dict[ast.AST | None, list[ast.Call]] = notes[name]
    return known


def _position(node: ast.AST) -> tuple[int, int]:
    return node.lineno, node.col_offset  # type: ignore[attr-defined]


def _is_in_reach(node: ast.Call, call: ast.Call, module: Module) -> bool:
    """Whether the block of `eval()` also holds the call, so that no other branch can lead there."""
    holder = module.parent(module.statement(node))
    if isinstance(holder, (ast.If, ast.Try, ast.ExceptHandler)):
        field = next((f for f in ("body", "orelse", "finalbody") if module.statement(node) in getattr(holder, f, ())), "body")
        block = getattr(holder, field)
        return any(statement in block for statement in (module.statement(call), *module.ancestors(call)))
    return holder in set(module.ancestors(call))


def _is_shared(name: str, outer: ast.AST | None, inner: ast.AST | None, module: Module) -> bool:
    """Whether both functions mean the same network: a global, or an attribute of the same object."""
    if name.startswith("self.") and outer is not None and inner is not None:
        return module.parent(outer) is module.parent(inner)
    if outer is not None and (inner is None or outer not in set(module.ancestors(inner))):
        return False
    return inner is not None and "." not in name and not module.bindings(name, inner)


def _trains(name: str, module: Module) -> list[ast.Call]:
    return [
        train
        for train in module.calls("train")
        if isinstance(train.func, ast.Attribute)
        and dotted(train.func.value) == name
        and not (train.args and isinstance(train.args[0], ast.Constant) and train.args[0].value is False)
    ]


def _fix(call: ast.Call, module: Module) -> Fix | None:
    """The statement of one line, put under `with torch.no_grad():`."""
    statement = module.statement(call)
    if not isinstance(statement, _SIMPLE) or module.imports.get("torch") != "torch" or module.lines is None:
        return None
    line = module.lines[statement.lineno - 1]
    indent = line[: statement.col_offset]
    alone = statement.lineno == statement.end_lineno and not indent.strip() and b";" not in line
    if not alone or (isinstance(statement, ast.AnnAssign) and statement.value is None):
        return None
    start = module.offset(statement.lineno, statement.col_offset)
    text = f"with torch.no_grad():\n{indent.decode()}    "
    return Fix("Switch gradients off", (Edit(start, start, text),), Applicability.UNSAFE)
