"""GL807 dataloader-serial."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.ml._loaders import decodes, in_memory, loader_options, uses_card

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_CHEAP = 30
"""Nothing in the file decodes images or uses a graphics card: workers might cost more than they save."""


class DataloaderSerial(FileRule):
    """A graphics card waits while the training process itself reads and decodes the next batch.

    ## Why it wastes

    With `num_workers=0`, the default, loading and training take turns: the card idles, at a third of its full power or more, while files are
    read and images decoded. A few worker processes prepare the next batches meanwhile.

    ## When to leave it alone

    When the data lie in memory already: handing them between processes costs more than taking them; the rule is silent for a
    `TensorDataset`. It needs both a
    graphics card and signs of decoding in the file (confidence 60); else its confidence is 30. A literal `num_workers` above 0, or any variable, silences it.

    ## Evidence

    Not measured, for lack of a graphics card; without one, worker processes add CPU time and save none. This keeps the rule in preview.
    `python benchmarks/rules/run.py GL807` measures where there is a card.
    """

    code = "GL807"
    name = "dataloader-serial"
    effect = Effect(EffectClass.CONSTANT, "the graphics card idles while a batch is read", "not measured")
    confidence = 60
    preview = True
    callees = frozenset({"DataLoader"})
    packages = frozenset({"torch"})
    examples = (
        Bad(
            "from PIL import Image\nfrom torch.utils.data import DataLoader\n\ndef item(p):\n    return Image.open(p)\n\n"
            "loader = DataLoader(data, batch_size=64)\nmodel.cuda()\n",
            lines=(7,),
        ),
        Good(
            "from PIL import Image\nfrom torch.utils.data import DataLoader\nx = Image.open(p)\nloader = DataLoader(data, num_workers=4)\n"
            "model.cuda()\n",
            "workers",
        ),
        Good("from torch.utils.data import DataLoader\nloader = DataLoader(TensorDataset(x, y))\nmodel.cuda()\n", "in memory"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the loader that `node` makes has no workers."""
        options = loader_options(node, module)
        if options is None or len(node.args) == 6 or in_memory(node, options, module):
            return
        workers = options.get("num_workers")
        if workers is not None and not (isinstance(workers, ast.Constant) and workers.value == 0):
            return
        sure = uses_card(module) and decodes(module)
        message = "the graphics card waits while this process loads each batch; pass `num_workers`"
        yield self.finding(node, module, message, confidence=None if sure else _CHEAP)
