"""GL817 graph-kept-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._grad import is_guarded
from greenlint.rules.ml._kept import gone_through, keeping, kept_in_object, led_there
from greenlint.rules.ml._loads import called_in
from greenlint.source.infer import dotted
from greenlint.source.repeat import enclosing_loops, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_BUILT = 50
"""A network built in each turn: Keras keeps its state until it is told to forget; another process would do as well."""
_CLEARED = 30
"""Another function of the file clears the state, or the gradients."""
_HELPED = 55
"""Something else goes back through it: a scaler, an accelerator, a sum of several losses."""
_LED = 45
"""It leads to what is gone back through, or an object keeps it whose life the file does not show."""
_ADDED = 50
"""Gradients of all turns add up; sometimes that is the purpose."""
_KERAS = (
    "keras.Sequential",
    "keras.models.Sequential",
    "keras.Model",
    "keras.models.Model",
    "keras.Input",
    "keras.layers.Input",
)


class GraphKeptInLoop(FileRule):
    """A training loop adds up its loss as a tensor, and so keeps the graph of every step alive.

    ## Why it wastes

    A loss that was computed with gradients holds on to the graph that led to it. `total += loss` makes one ever longer graph of all
    steps, which takes memory until the end, and time to take down. The number alone is enough: `loss.item()`, or `loss.detach()`, which
    does not wait for a graphics card.

    ## When to leave it alone

    When the sum is what `backward()` is called on. The rule is sure where `backward()` is called on the loss itself in the same loop. Where a
    scaler, an accelerator or a sum of several losses goes back through it, confidence is 55; 45 for the parts of a loss, the answers
    of the network that it was computed from, and what a step keeps in an attribute (`self.total += loss`). Two
    relatives are shown with a confidence of 50: a Keras model built in each turn without `clear_session()`, and
    `optimizer.step()` where nothing clears the gradients; 30 where another function of the file clears them.

    ## Evidence

    Whole processes, CPython 3.11.7, torch 2.13, a network of eight layers: peak memory 383 -> 317 MB after 6,000 steps, 338 -> 317 MB after 2,000,
    no difference after 500 (`python benchmarks/rules/run.py GL817`). `backward()` frees what the layers kept; the nodes of the graph stay.

    In preview: five million lines of public code for machine learning hold no finding above the default threshold.
    """

    code = "GL817"
    name = "graph-kept-in-loop"
    effect = Effect(EffectClass.MEMORY, "a graph of all steps (6,000 steps of a small network: 383 -> 317 MB)", "bench GL817")
    confidence = 90
    preview = True
    callees = frozenset({"backward", "manual_backward", "Sequential", "Model", "step"})
    packages = frozenset({"torch", "tensorflow", "keras"})
    examples = (
        Bad(
            "import torch\n\ndef train(loader):\n    total = 0\n    for x, y in loader:\n        loss = f(x, y)\n"
            "        loss.backward()\n        total += loss\n    return total\n",
            fixed="import torch\n\ndef train(loader):\n    total = 0\n    for x, y in loader:\n        loss = f(x, y)\n"
            "        loss.backward()\n        total += loss.detach()\n    return total\n",
            lines=(8,),
        ),
        Bad(
            "import torch\nlosses = []\nfor x in loader:\n    loss = f(x)\n    loss.backward()\n    losses.append(loss)\n",
            fixed="import torch\nlosses = []\nfor x in loader:\n    loss = f(x)\n    loss.backward()\n    losses.append(loss.detach())\n",
            lines=(6,),
        ),
        Good(
            "import torch\ntotal = 0\nfor x in loader:\n    loss = f(x)\n    loss.backward()\n    total += loss.item()\n",
            "a number",
        ),
        Good("import torch\nloss = 0\nfor x in xs:\n    loss += f(x)\nloss.backward()\n", "the sum is what is wanted"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding for each place of the loop that keeps what `node` has gone back through."""
        if not isinstance(node.func, ast.Attribute) or node.func.attr in ("Sequential", "Model"):
            yield from self._built(node, module)
        elif node.func.attr == "step":
            yield from self._added(node, module)
        elif not is_guarded(node, module):
            yield from self._kept(node, module)

    def _kept(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        loop = next(repeating_loops(node, module), None)
        function = module.function(node)
        for loss in gone_through(node):
            if loop is not None:
                direct = isinstance(node.func, ast.Attribute) and node.func.value is loss
                yield from self._uses(keeping(loss, loop, module), self.confidence if direct else _HELPED, module)
                for part in led_there(loss, loop, module) if self.least <= _LED else ():
                    yield from self._uses(keeping(part, loop, module), _LED, module)
            elif self.least <= _LED and function is not None:
                yield from self._uses(kept_in_object(loss, function, module), _LED, module)

    def _uses(self, uses: Iterator[ast.Name], confidence: int, module: Module) -> Iterator[Finding]:
        for use in uses:
            message = f"`{use.id}` brings the graph of every step along; keep `{use.id}.item()` or `{use.id}.detach()`"
            end = module.span(use)[1]
            fix = Fix("Keep the value without its graph", (Edit(end, end, ".detach()"),), Applicability.UNSAFE)
            yield self.finding(module.statement(use), module, message, confidence=confidence, fix=fix)

    def _built(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        name = module.qualified_name(node.func)
        loop = next(enclosing_loops(node, module), None)
        if name is None or loop is None or not name.removeprefix("tensorflow.").startswith(_KERAS):
            return
        function, cleared = module.function(node), module.calls("clear_session")
        if any(module.function(call) is function for call in cleared):
            return
        message = f"`{dotted(node.func)}` builds a model in each turn, and Keras keeps the state of all; call `clear_session()`"
        yield self.finding(node, module, message, confidence=_CLEARED if cleared else _BUILT)

    def _added(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        owner = dotted(node.func.value) or ""  # type: ignore[attr-defined]
        loop = next(repeating_loops(node, module), None)
        if "opt" not in owner.lower() or loop is None or "backward" not in called_in(loop, module) or node.args:
            return
        function, clearing = module.function(node), module.calls("zero_grad")
        places = [module.function(call) for call in clearing]
        if b".grad = None" in module.data or (clearing and function is None) or function in places or None in places:
            return
        if any(place is not None and place.name in called_in(loop, module) for place in places):
            return
        message = f"nothing clears the gradients before `{owner}.step()`: those of all earlier turns add up; call `{owner}.zero_grad()`"
        yield self.finding(node, module, message, confidence=_CLEARED if clearing else _ADDED)
