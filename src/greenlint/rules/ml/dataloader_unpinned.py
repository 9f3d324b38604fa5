"""GL808 dataloader-unpinned."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._edits import with_keyword
from greenlint.rules.ml._loaders import loader_options, uses_card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SAID = 25
"""It is written out: on purpose, or copied from somewhere."""
_TO_CPU = re.compile(r"""\.to\(["']cpu["']\)""")
_NO_CARD = 30
"""The file does not show that the batches go to a graphics card."""


class DataloaderUnpinned(FileRule):
    """Batches for a graphics card are copied from memory that the system may move.

    ## Why it wastes

    A copy from ordinary memory first goes to a buffer that is locked in place, and the program waits for it. `pin_memory=True` lets the
    loader put batches there at once, and `x.to(device, non_blocking=True)` then copies while the card computes.

    ## When to leave it alone

    Where no graphics card is used, or locked memory is scarce. The rule speaks in files that move something to a card; elsewhere its confidence
    is 30, and 25 for `pin_memory=False`. It is silent where `pin_memory` is given otherwise, and for a function that keeps its loader and moves nothing, in
    a file that does move batches.

    ## Evidence

    Not measured, for lack of a graphics card: `python benchmarks/rules/run.py GL808` measures where there is one. This keeps the rule in
    preview.
    """

    code = "GL808"
    name = "dataloader-unpinned"
    effect = Effect(EffectClass.CONSTANT, "each batch is copied twice, and the program waits for it", "not measured")
    confidence = 60
    preview = True
    callees = frozenset({"DataLoader"})
    packages = frozenset({"torch"})
    examples = (
        Bad(
            "from torch.utils.data import DataLoader\nloader = DataLoader(data, batch_size=64)\nfor x in loader:\n    net(x.cuda())\n",
            fixed="from torch.utils.data import DataLoader\nloader = DataLoader(data, batch_size=64, pin_memory=True)\nfor x in loader:\n"
            "    net(x.cuda())\n",
            lines=(2,),
        ),
        Good("from torch.utils.data import DataLoader\nloader = DataLoader(data, pin_memory=True)\nmodel.cuda()\n", "pinned"),
        Good("from torch.utils.data import DataLoader\nloader = DataLoader(data)\nfor x in loader:\n    net(x)\n", "no card"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` makes a loader without a word about pinning."""
        options = loader_options(node, module)
        if options is None:
            return
        given = options.get("pin_memory")
        if given is not None and not (isinstance(given, ast.Constant) and given.value is False):
            return
        card, stays = uses_card(module), _stays_on_cpu(node, module)
        if card and stays and given is None:
            return  # the file moves batches itself, and this function does not
        edit = with_keyword(node, "pin_memory=True", module) if given is None else None
        fix = Fix("Pin the batches", (edit,), Applicability.UNSAFE) if edit else None
        message = "batches are copied to the graphics card from unpinned memory; pass `pin_memory=True`"
        confidence = _SAID if given is not None else None if card and not stays else _NO_CARD
        yield self.finding(node, module, message, confidence=confidence, fix=fix)


def _stays_on_cpu(node: ast.Call, module: Module) -> bool:
    """Whether the function around the loader keeps it for itself, and moves nothing anywhere."""
    function, holder = module.function(node), module.parent(node)
    if function is None or (isinstance(holder, ast.Assign) and not isinstance(holder.targets[0], ast.Name)):
        return False
    if any(isinstance(part, ast.Return) and part.value is not None for part in ast.walk(function)):
        return False
    text = _TO_CPU.sub("", module.text(function))
    return "cuda" not in text and ".to(" not in text and "device" not in text
