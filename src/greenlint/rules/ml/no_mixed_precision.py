"""GL806 no-mixed-precision."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.ml._loaders import uses_card
from greenlint.rules.ml._loads import called_in
from greenlint.source.calls import keyword
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ARGUMENTS = frozenset({"TrainingArguments", "Seq2SeqTrainingArguments"})
_LIGHTNING = frozenset({"lightning", "pytorch_lightning"})
_ELSEWHERE = 30
"""Another place of the file knows of other widths, so this one may need its own."""
_SIGNS = frozenset(
    {b"autocast", b"bfloat16", b"bf16", b"float16", b"fp16", b"half(", b"GradScaler", b"cuda.amp", b"torch.amp", b"apex"}
    | {b"matmul_precision", b"precision=", b"tf32", b"accelerate", b"deepspeed", b"float64", b"double("}
)
"""Words that show that the file knows of other widths of numbers: also those that need more than 32 bits."""


class NoMixedPrecision(FileRule):
    """A network is trained on a graphics card in 32-bit numbers throughout.

    ## Why it wastes

    Cards since 2017 have units for products of 16-bit matrices that are several times as fast as those for 32 bits, at about the
    same power, and half the bytes move. `torch.autocast` uses them where the result does not suffer and keeps sums and
    weights in 32 bits; with `bfloat16` no scaling of gradients is needed.

    ## When to leave it alone

    On cards without such units, for networks so small that the card waits for the program, and where the numbers need their width. The
    rule is silent where the function or the call mentions any other width (`float64`, `autocast`, `precision`, TF32) or a library that
    decides about it, and in tests; where another place of the file does, it has confidence 30.

    ## Evidence

    Not measured, for lack of a graphics card: `python benchmarks/rules/run.py GL806` measures where there is one. This keeps the rule in
    preview.
    """

    code = "GL806"
    name = "no-mixed-precision"
    effect = Effect(EffectClass.CONSTANT, "32-bit products where the card is made for 16 bits", "not measured")
    confidence = 60
    preview = True
    callees = frozenset({"backward", "Trainer"}) | _ARGUMENTS
    packages = frozenset({"torch", "transformers"}) | _LIGHTNING
    examples = (
        Bad(
            "import torch\n\nmodel.cuda()\nfor x, y in loader:\n    loss = criterion(model(x.cuda()), y.cuda())\n"
            "    loss.backward()\n    optimizer.step()\n",
            lines=(6,),
        ),
        Bad("from transformers import TrainingArguments\n\narguments = TrainingArguments(output_dir='out')\n", lines=(3,)),
        Good(
            "import torch\n\nmodel.cuda()\nfor x, y in loader:\n    with torch.autocast('cuda', dtype=torch.bfloat16):\n"
            "        loss = criterion(model(x.cuda()), y.cuda())\n    loss.backward()\n    optimizer.step()\n",
            "16 bits where they suffice",
        ),
        Good(
            "import torch\n\nfor x, y in loader:\n    loss = criterion(model(x), y)\n    loss.backward()\n    optimizer.step()\n",
            "on the processor",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding at the first training step of a file, and for trainers, that know of 32-bit numbers only."""
        if is_test(module.path):
            return
        what = _trainer(node, module)
        place: ast.AST = node
        if what is None and _is_step(node, module) and uses_card(module):
            what, place = "the training step computes", module.function(node) or module.tree
        if what is None:
            return
        elsewhere = module.holds(_SIGNS)
        if elsewhere and (place is module.tree or any(sign.decode() in module.text(place) for sign in _SIGNS)):
            return
        message = f"{what} in 32-bit numbers throughout; use mixed precision where the card has units for it"
        yield self.finding(node, module, message, confidence=_ELSEWHERE if elsewhere else None)


def _trainer(node: ast.Call, module: Module) -> str | None:
    name = module.qualified_name(node.func) or ""
    top, last = name.partition(".")[0], name.rpartition(".")[2]
    if any(item.arg is None for item in node.keywords):
        return None
    if top == "transformers" and last in _ARGUMENTS:
        return f"`{dotted(node.func)}` trains"
    if top in _LIGHTNING and last == "Trainer":
        card = keyword(node, "accelerator")
        if isinstance(card, ast.Constant) and card.value in ("gpu", "cuda"):
            return f"`{dotted(node.func)}` trains"
    return None


def _is_step(node: ast.Call, module: Module) -> bool:
    """Whether this is the first `backward()` of its function that a loop repeats, with a step of an optimizer."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr != "backward":
        return False
    around = module.function(node)
    steps = (call for call in module.calls("backward") if module.function(call) is around and module.loop(call) is not None)
    if next(steps, None) is not node:
        return False
    return any("step" in called_in(loop, module) for loop in repeating_loops(node, module))
