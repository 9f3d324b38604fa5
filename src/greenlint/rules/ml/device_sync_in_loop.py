"""GL810 device-sync-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.ml._loaders import uses_card
from greenlint.rules.ml._loads import called_in
from greenlint.rules.ml._steps import is_now_and_then, receiver
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_NO_CARD = 30
"""Without a graphics card there is nothing to wait for."""


class DeviceSyncInLoop(FileRule):
    """Every training step waits for the graphics card, only to report a number.

    ## Why it wastes

    A card works off a queue that the program fills ahead of it. `.item()`, `.cpu()`, `.tolist()` and `print(loss)` need the value itself, so that
    the program waits until the queue is empty and the card then waits for the program. Add up on the card (`total += loss.detach()`) and ask
    once every hundred steps.

    ## When to leave it alone

    When the number steers the next step, or a step takes so long that the wait does not matter. The rule is silent under an `if`, and
    outside loops that call `backward()`.

    ## Evidence

    Not measured, for lack of a graphics card: `python benchmarks/rules/run.py GL810` measures where there is one. This keeps the rule in
    preview.
    """

    code = "GL810"
    name = "device-sync-in-loop"
    effect = Effect(EffectClass.CONSTANT, "the graphics card runs empty at each step", "not measured")
    confidence = 60
    preview = True
    callees = frozenset({"item", "tolist", "cpu", "print", "synchronize"})
    packages = frozenset({"torch"})
    examples = (
        Bad(
            "import torch\nfor x in loader:\n    loss = net(x.cuda())\n    loss.backward()\n    total += loss.item()\n",
            lines=(5,),
        ),
        Good(
            "import torch\nfor i, x in enumerate(loader):\n    loss = net(x.cuda())\n    loss.backward()\n    if i % 100 == 0:\n"
            "        print(loss.item())\n",
            "now and then",
        ),
        Good(
            "import torch\nfor x in loader:\n    loss = net(x.cuda())\n    loss.backward()\n    total += loss.detach()\n",
            "no wait",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when each step of a training waits for the value that `node` asks for."""
        loop = next(repeating_loops(node, module), None)
        if loop is None or "backward" not in called_in(loop, module) or is_now_and_then(node, loop, module):
            return
        what = _waits(node, module)
        if what is None:
            return
        sure = uses_card(module) and not is_test(module.path)
        message = f"`{what}` waits for the graphics card at every step; add up with `detach()` and ask now and then"
        yield self.finding(node, module, message, confidence=None if sure else _NO_CARD)


def _waits(node: ast.Call, module: Module) -> str | None:
    """How the source asks for a value that is on the card; None for calls that do not, or whose owner is unknown."""
    name = dotted(node.func) or ""
    if name == "print":
        losses = {dotted(call.func.value) for call in module.calls("backward") if isinstance(call.func, ast.Attribute)}
        shown = next((item for item in node.args if isinstance(item, ast.Name) and item.id in losses), None)
        return f"print({shown.id})" if shown is not None else None
    if module.qualified_name(node.func) == "torch.cuda.synchronize":
        return "torch.cuda.synchronize()"
    if name.endswith(".synchronize") or not receiver(node) or node.args:
        return None
    return f"{name}()"
