"""GL814 data-parallel."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNSURE = 45
"""Tests, and files that only evaluate: perhaps the wrapper is there to load a checkpoint."""


class DataParallel(FileRule):
    """Several graphics cards are driven by threads of one process, which copies the network to all of them at every step.

    ## Why it wastes

    `nn.DataParallel` sends the weights from the first card to the others before each forward pass and gathers all results on the first
    one, while the threads share one interpreter lock. `DistributedDataParallel`, one process per card, exchanges gradients
    only, and does so during the backward pass; PyTorch's own manual recommends it even on one machine.

    ## When to leave it alone

    When the wrapper is only there to load a checkpoint that was saved with it: in files without a backward pass the confidence is 45.

    ## Evidence

    Not measured: this takes several graphics cards. The rule stays in preview until someone has done so
    (`python benchmarks/rules/run.py GL814`).
    """

    code = "GL814"
    name = "data-parallel"
    effect = Effect(EffectClass.CONSTANT, "the weights are copied to every card at every step", "not measured")
    confidence = 80
    preview = True
    callees = frozenset({"DataParallel"})
    packages = frozenset({"torch"})
    examples = (
        Bad("import torch.nn as nn\nmodel = nn.DataParallel(model)\nfor x in loader:\n    model(x).backward()\n", lines=(2,)),
        Good(
            "from torch.nn.parallel import DistributedDataParallel\nmodel = DistributedDataParallel(model)\n",
            "one process per card",
        ),
        Good("from mine import DataParallel\nimport torch\nmodel = DataParallel(model)\n", "another class"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` wraps a network for several cards in one process."""
        name = module.qualified_name(node.func) or ""
        if not name.startswith("torch.nn."):
            return
        trains = bool(module.calls("backward")) and not is_test(module.path)
        message = "`nn.DataParallel` copies the network to every card at each step; use `DistributedDataParallel`"
        yield self.finding(node, module, message, confidence=None if trains else _UNSURE)
