"""GL817 graph-kept-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._grad import is_guarded
from greenlint.rules.ml._loads import called_in
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import enclosing_loops, is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_BUILT = 50
"""A network built in each turn: Keras keeps its state until it is told to forget; another process would do as well."""
_CLEARED = 30
"""Another function of the file clears the state."""
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

    When the sum is what `backward()` is called on. The rule speaks where `backward()` is called on the loss itself in the same loop. Two
    relatives are shown with a confidence of 50: a Keras model built in each turn without `clear_session()`, and
    `optimizer.step()` in a file that never clears the gradients.

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
    callees = frozenset({"backward", "Sequential", "Model", "step"})
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
        if module.loop(node) is None:
            return
        if not isinstance(node.func, ast.Attribute) or node.func.attr in ("Sequential", "Model"):
            yield from self._built(node, module)
        elif node.func.attr == "step":
            yield from self._added(node, module)
        elif isinstance(node.func.value, ast.Name) and not is_guarded(node, module):
            loop = next(repeating_loops(node, module), None)
            for use in _keeping(node.func.value, loop, module) if loop is not None else ():
                message = f"`{use.id}` brings the graph of every step along; keep `{use.id}.item()` or `{use.id}.detach()`"
                end = module.span(use)[1]
                fix = Fix("Keep the value without its graph", (Edit(end, end, ".detach()"),), Applicability.UNSAFE)
                yield self.finding(module.statement(use), module, message, fix=fix)

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
        if b"zero_grad" in module.data or b".grad = None" in module.data:
            return
        message = f"nothing clears the gradients before `{owner}.step()`: those of all earlier turns add up; call `{owner}.zero_grad()`"
        yield self.finding(node, module, message, confidence=_ADDED)


def _keeping(loss: ast.Name, loop: Loop, module: Module) -> Iterator[ast.Name]:
    """The mentions of the loss in the loop that add it to, or store it in, something that outlives the turn."""
    names = names_of(module)
    scope = names.scope(loss)
    inside = [b for b in names.bindings(loss.id, scope) if is_inside(b.node, loop, module)] if scope is not None else []
    if scope is None or not inside or any(_is_cut_off(binding.value) for binding in inside):
        return
    for use in names.loads(loss.id, scope):
        target = _kept_in(use, module)
        if target is not None and is_inside(use, loop, module) and _outlives(target, loop, module):
            yield use


def _is_cut_off(value: ast.expr | None) -> bool:
    """`loss.detach()`, `loss.item()`, `float(loss)`: what follows has no graph."""
    if not isinstance(value, ast.Call):
        return False
    func = value.func
    return (func.attr in ("detach", "item", "numpy")) if isinstance(func, ast.Attribute) else dotted(func) == "float"


def _kept_in(use: ast.Name, module: Module) -> ast.expr | None:
    """What `use` is added to: `t += use`, `t = t + use * n`, `t.append(use)`."""
    value: ast.expr = use
    holder = module.parent(use)
    if isinstance(holder, ast.BinOp) and isinstance(holder.op, (ast.Mult, ast.Div)):
        value, holder = holder, module.parent(holder)  # scaled by the size of the batch
    if isinstance(holder, ast.AugAssign) and holder.value is value and isinstance(holder.op, ast.Add):
        return holder.target
    if isinstance(holder, ast.BinOp) and isinstance(holder.op, ast.Add):
        assign = module.parent(holder)
        other = holder.left if holder.right is value else holder.right
        if isinstance(assign, ast.Assign) and len(assign.targets) == 1 and dotted(assign.targets[0]) == dotted(other):
            return assign.targets[0] if dotted(other) else None
    if isinstance(holder, ast.Call) and holder.args == [use] and isinstance(holder.func, ast.Attribute):
        return holder.func.value if holder.func.attr == "append" else None
    return None


def _outlives(target: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether what the loss is added to was there before the loop, and is not itself gone back through."""
    name = dotted(target.value if isinstance(target, ast.Subscript) else target)
    if name is None:
        return False
    base = target
    while isinstance(base, (ast.Attribute, ast.Subscript)):
        base = base.value
    if not isinstance(base, ast.Name):
        return False
    names = names_of(module)
    scope = names.scope(base)
    gone_back = [getattr(call.func, "value", call) for call in module.calls("backward")]
    if any(dotted(back) == name and (base is not target or names.scope(_root(back)) is scope) for back in gone_back):
        return False  # a local name of another function is another sum
    if base is not target:
        return True
    bindings = names.bindings(base.id, scope) if scope is not None else []
    return any(not is_inside(binding.node, loop, module) for binding in bindings) and not any(
        is_inside(b.node, loop, module) and _starts_anew(b.value, base.id) for b in bindings
    )


def _root(node: Any) -> ast.Name:
    """The name that begins something for which `dotted` gives a text."""
    while isinstance(node, ast.Attribute):
        node = node.value
    root: ast.Name = node
    return root


def _starts_anew(value: ast.expr | None, name: str) -> bool:
    return value is not None and not any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(value))
