"""GL815 conv-bias-before-batchnorm."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._edits import with_keyword
from greenlint.source.infer import attribute_bindings, dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SAID = 25
"""It is written out: on purpose, or copied from somewhere."""
_DIMENSIONS = ("1d", "2d", "3d")
_CONVOLUTIONS = frozenset(f"{kind}{n}" for kind in ("Conv", "ConvTranspose") for n in _DIMENSIONS)
_NORMS = frozenset(f"{kind}{n}" for kind in ("BatchNorm", "InstanceNorm") for n in _DIMENSIONS) | {"SyncBatchNorm"}


class ConvBiasBeforeBatchnorm(FileRule):
    """A convolution learns a bias that the normalisation right behind it takes away again.

    ## Why it wastes

    Batch normalisation subtracts the mean of each channel, and with it any constant that the convolution has added; it has a bias of
    its own. The first one is computed, stored and updated for nothing: pass `bias=False`.

    ## When to leave it alone

    When old checkpoints must still load: without the bias their keys differ, which is why the fix is unsafe. The rule looks
    at layers that stand side by side in `Sequential` or a list, and at `self.norm(self.conv(x))`.

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
    callees = _NORMS
    packages = frozenset({"torch"})
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
        if not _is_layer(node, _NORMS, module) or _tracks_nothing(node):
            return
        before = _neighbour(node, module) or _applied_before(node, module)
        if before is None or _has_no_bias(before):
            return
        said = any(k.arg == "bias" for k in before.keywords)
        edit = None if said else with_keyword(before, "bias=False", module)
        fix = Fix("Leave the bias out", (edit,), Applicability.UNSAFE) if edit else None
        message = f"`{dotted(before.func)}` learns a bias that `{dotted(node.func)}` takes away again; pass `bias=False`"
        yield self.finding(before, module, message, confidence=_SAID if said else None, fix=fix)


def _is_layer(node: ast.AST, kinds: frozenset[str], module: Module) -> bool:
    if not isinstance(node, ast.Call):
        return False
    name = module.qualified_name(node.func) or ""
    return name.startswith("torch.nn.") and name.rpartition(".")[2] in kinds


def _tracks_nothing(node: ast.Call) -> bool:
    return any(keyword.arg is None for keyword in node.keywords)


def _has_no_bias(conv: ast.Call) -> bool:
    """Whether the bias is already decided upon, or may be, in arguments that the file does not show."""
    unknown = any(k.arg is None for k in conv.keywords) or any(isinstance(a, ast.Starred) for a in conv.args)
    given = [k.value for k in conv.keywords if k.arg == "bias"]
    kept = bool(given) and not (isinstance(given[0], ast.Constant) and given[0].value is True)
    return unknown or kept or len(conv.args) >= 8


def _neighbour(node: ast.Call, module: Module) -> ast.Call | None:
    """The convolution right before `node` in the same list of layers, named pairs included."""
    item: ast.AST = node
    holder = module.parent(item)
    if holder is not None and _is_named(holder):
        item, holder = holder, module.parent(holder)
    if isinstance(holder, ast.Call):
        if not (dotted(holder.func) or "").endswith("Sequential"):
            return None
        items = holder.args
    elif isinstance(holder, (ast.List, ast.Tuple)):
        items = holder.elts
    else:
        return None
    place = next((n for n, each in enumerate(items) if each is item), 0)
    before = items[place - 1] if place else None
    if _is_named(before):
        before = before.elts[1]  # type: ignore[union-attr]
    return before if isinstance(before, ast.Call) and _is_layer(before, _CONVOLUTIONS, module) else None


def _is_named(pair: ast.AST | None) -> bool:
    """`("norm", layer)`."""
    return isinstance(pair, ast.Tuple) and len(pair.elts) == 2 and isinstance(pair.elts[0], (ast.Constant, ast.JoinedStr))


def _applied_before(node: ast.Call, module: Module) -> ast.Call | None:
    """For `self.norm = node`: the convolution whose result alone is given to `self.norm`."""
    holder = module.parent(node)
    if not (isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Attribute)):
        return None
    target = holder.targets[0]
    path = dotted(target)
    owner = module.parent(module.function(node) or module.tree)
    uses = [call for call in module.calls(target.attr) if dotted(call.func) == path]
    uses = [call for call in uses if module.parent(module.function(call) or module.tree) is owner]
    if len(uses) != 1 or len(uses[0].args) != 1 or not isinstance(owner, ast.ClassDef):
        return None
    given = _result(uses[0].args[0], uses[0], module)
    if given is None or not isinstance(given.func, ast.Attribute):
        return None
    every = [call for call in module.calls(given.func.attr) if dotted(call.func) == dotted(given.func)]
    every = [call for call in every if module.parent(module.function(call) or module.tree) is owner]
    values = [binding.value for binding in attribute_bindings(given.func, module)]
    if len(every) != 1 or len(values) != 1 or len(attribute_bindings(target, module)) != 1:
        return None
    made = values[0]
    return made if isinstance(made, ast.Call) and _is_layer(made, _CONVOLUTIONS, module) else None


def _result(given: ast.expr, use: ast.Call, module: Module) -> ast.Call | None:
    """The call that gave the argument of `use`: written inside it, or as the statement right before."""
    if isinstance(given, ast.Call):
        return given
    statement = module.statement(use)
    holder = module.parent(statement)
    block = getattr(holder, "body", [])
    place = next((n for n, each in enumerate(block) if each is statement), 0) if isinstance(block, list) else 0
    before = block[place - 1] if place else None
    if not (isinstance(before, ast.Assign) and len(before.targets) == 1 and isinstance(given, ast.Name)):
        return None
    is_same = isinstance(before.targets[0], ast.Name) and before.targets[0].id == given.id
    overwritten = isinstance(statement, ast.Assign) and dotted(statement.targets[0]) == given.id
    return (
        before.value
        if is_same and isinstance(before.value, ast.Call) and (overwritten or isinstance(statement, ast.Return))
        else None
    )
