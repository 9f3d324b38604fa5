"""Data loaders of PyTorch, and whether their file works with a graphics card."""

from __future__ import annotations

import ast

from greenlint.source.calls import last_name
from greenlint.source.infer import dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_NAMES = frozenset({"torch.utils.data.DataLoader", "torch.utils.data.dataloader.DataLoader"})
_DECODERS = frozenset({"imread", "read_image", "decode_image", "loadmat", "imdecode", "open", "load_image", "default_loader"})
_FOLDERS = frozenset({"ImageFolder", "DatasetFolder", "CocoDetection", "ImageNet", "Compose"})


def loader_options(call: ast.Call, module: Module) -> dict[str, ast.expr] | None:
    """The keyword arguments of `DataLoader(...)`; None for other calls and where the file does not show all of them."""
    if module.qualified_name(call.func) not in _NAMES or len(call.args) > 5:
        return None
    if any(keyword.arg is None for keyword in call.keywords):
        return None
    return {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg is not None}


def in_memory(call: ast.Call, options: dict[str, ast.expr], module: Module) -> bool:
    """Whether the loader takes its items out of tensors: `DataLoader(TensorDataset(x, y))`."""
    given = call.args[0] if call.args else options.get("dataset")
    if isinstance(given, ast.Name):
        bindings = names_of(module).valid_bindings(given)
        given = bindings[0].value if len(bindings) == 1 else None
    return isinstance(given, ast.Call) and last_name(given.func) == "TensorDataset"


def uses_card(module: Module) -> bool:
    """Whether the file moves anything to a graphics card: `x.cuda()`, `x.to("cuda")`, `x.to(device)`."""
    notes = module.notes.setdefault("ml.card", {})
    if 0 not in notes:
        moved = any(isinstance(call.func, ast.Attribute) for call in module.calls("cuda"))
        notes[0] = moved or any(_is_to_device(call) for call in module.calls("to"))
    return bool(notes[0])


def _is_to_device(call: ast.Call) -> bool:
    given = call.args[0] if call.args else next((k.value for k in call.keywords if k.arg == "device"), None)
    if isinstance(given, ast.Constant):
        return isinstance(given.value, str) and given.value.startswith("cuda")
    return given is not None and (dotted(given) or "").lower().endswith(("device", "dev", "rank"))


def decodes(module: Module) -> bool:
    """Whether the file reads or transforms images or the like item by item."""
    index = module.index.calls
    return any(name in index for name in _DECODERS | _FOLDERS)
