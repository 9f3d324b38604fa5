"""GL815 conv-bias-before-batchnorm."""

from __future__ import annotations

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._edits import with_keyword
from greenlint.rules.ml._layers import NORMS, activates, bias_of, convolution_before, is_norm
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SAID = 25
"""It is written out: on purpose, or copied from somewhere."""


class ConvBiasBeforeBatchnorm(FileRule):
    """A convolution learns a bias that the normalisation right behind it takes away again.

    ## Why it wastes

    Batch normalisation subtracts the mean of each channel, and with it any constant that the convolution has added; it has a bias of
    its own. The first one is computed, stored and updated for nothing: pass `bias=False` (`use_bias=False` in Keras).

    ## When to leave it alone

    When old checkpoints must still load: without the bias their keys differ, which is why the fix is unsafe. The rule looks
    at layers that stand side by side in `Sequential` or a list, that are added one after the other, and at `self.norm(self.conv(x))`;
    in Keras also at `BatchNormalization()(Conv2D(8, 3)(x))`. A convolution with an activation of its own is left alone.

    ## Evidence

    Whole processes, CPython 3.11.7, torch 2.13 without a graphics card, 24 convolutions of eight channels: 1,200 training steps 5.14 -> 4.66 s of
    CPU, no difference beyond noise at 600 and fewer (`python benchmarks/rules/run.py GL815`). With large convolutions the bias disappears
    in the rest of the work.

    In preview: a sixth of the labelled findings are in networks whose published weights hold the bias.
    """

    code = "GL815"
    name = "conv-bias-before-batchnorm"
    effect = Effect(
        EffectClass.CONSTANT,
        "a bias that has no effect (1,200 steps of 24 small convolutions: 5.14 -> 4.66 s of CPU)",
        "bench GL815",
    )
    confidence = 90
    preview = True
    pedantic = True
    callees = NORMS
    packages = frozenset({"torch", "tensorflow", "keras", "tf_keras"})
    examples = (
        Bad(
            "from torch import nn\n\nblock = nn.Sequential(\n    nn.Conv2d(3, 64, 3),\n    nn.BatchNorm2d(64),\n    nn.ReLU(),\n)\n",
            fixed="from torch import nn\n\nblock = nn.Sequential(\n    nn.Conv2d(3, 64, 3, bias=False),\n    nn.BatchNorm2d(64),\n"
            "    nn.ReLU(),\n)\n",
            lines=(4,),
        ),
        Bad(
            "import torch.nn as nn\n\nclass Net(nn.Module):\n    def __init__(self):\n        self.conv = nn.Conv2d(3, 8, 3)\n"
            "        self.norm = nn.BatchNorm2d(8)\n\n    def forward(self, x):\n        return self.norm(self.conv(x))\n",
            fixed="import torch.nn as nn\n\nclass Net(nn.Module):\n    def __init__(self):\n        self.conv = nn.Conv2d(3, 8, 3, "
            "bias=False)\n        self.norm = nn.BatchNorm2d(8)\n\n    def forward(self, x):\n        return "
            "self.norm(self.conv(x))\n",
            lines=(5,),
        ),
        Good("from torch import nn\nblock = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), nn.BatchNorm2d(8))\n", "no bias"),
        Good("from torch import nn\nblock = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.BatchNorm2d(8))\n", "not linear"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the layer before the normalisation `node` has a bias."""
        before = convolution_before(node, module) if is_norm(node, module) else None
        if before is None or activates(before):
            return
        name = bias_of(before, module)
        if name is None:
            return
        said = any(k.arg == name for k in before.keywords)
        edit = None if said else with_keyword(before, f"{name}=False", module)
        fix = Fix("Leave the bias out", (edit,), Applicability.UNSAFE) if edit else None
        message = f"`{dotted(before.func)}` learns a bias that `{dotted(node.func)}` takes away again; pass `{name}=False`"
        yield self.finding(before, module, message, confidence=_SAID if said else None, fix=fix)
