"""GL612 array-from-array-copy."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._arrays import rank_of
from greenlint.rules.memory._array_kinds import is_array
from greenlint.rules.memory._copies import is_changed
from greenlint.rules.memory._fresh_arrays import is_fresh
from greenlint.source.calls import is_open_ended, keyword
from greenlint.source.flow import final_use
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_KINDS = ("Bool", "Byte", "Char", "Double", "Float", "Half", "Int", "Long", "Short")
_INSTEAD = {
    "numpy.array": "`numpy.asarray`",
    "torch.tensor": "`torch.as_tensor` or `torch.from_numpy`",
    **{f"torch.{kind}Tensor": "`torch.from_numpy`" for kind in ("", *_KINDS)},
}
_TITLES = {"numpy.array": "asarray", "torch.tensor": "as_tensor"}
_KEPT = {"numpy.array": frozenset({"dtype", "order"}), "torch.tensor": frozenset({"dtype", "device"})}
"""Arguments that the call without a copy takes as well."""
_SHARED = 45
"""Others know the array too, so that the copy may be what keeps them apart; or it is another type that is asked for."""


class ArrayFromArrayCopy(FileRule):
    """An array is copied into a new one of the same content, and the first is never seen again.

    ## Why it wastes

    `numpy.array(x)` and `torch.tensor(x)` always copy. Where x is an array that was just computed, all of its bytes are read and written
    once more, and both lie in memory at the same time. `numpy.asarray`, `torch.as_tensor` and `torch.from_numpy` take it as it is.

    ## When to leave it alone

    Where the copy is meant: of an array that others hold and that one of them changes. The rule is sure where the argument
    makes a new array itself, or is a name for one that is used nowhere else; for other names that certainly stand for arrays
    (also tensors, attributes, items of `list[ndarray]`, and what `to_numpy`, `numpy`, `toarray` and `.values` of a frame give) the confidence is 45, which the default
    threshold hides, and so it is where a type is asked for, which may need the copy, and in tests. It is silent where such a copy, or what
    it is made of, is changed in place, for lists, for `copy=` and for what it does not know. The fix is
    unsafe because a tensor then shares memory with the array.

    ## Evidence

    Whole processes, CPython 3.11.7, NumPy: 10,000,000 floats, peak memory 266 -> 186 MB, 1,000,000 floats 50 -> 42 MB, the
    library included (`python benchmarks/rules/run.py GL612`).

    In preview: two findings at the default confidence in the standard library, 40 packages and the applications from GitHub, too few to
    say how often it is right.
    """

    code = "GL612"
    name = "array-from-array-copy"
    preview = True
    effect = Effect(EffectClass.MEMORY, "all bytes once more (266 -> 186 MB at 10,000,000 floats)", "bench GL612")
    confidence = 85
    callees = frozenset(name.rpartition(".")[2] for name in _INSTEAD)
    packages = frozenset({"numpy", "torch"})
    examples = (
        Bad(
            "import numpy as np\n\ndef f(x):\n    return np.array(np.stack(x))  # rows\n",
            fixed="import numpy as np\n\ndef f(x):\n    return np.asarray(np.stack(x))  # rows\n",
            lines=(4,),
        ),
        Bad(
            "import numpy as np\nimport torch\n\nx = np.random.rand(9, 9)\nt = torch.tensor(x, device=device)\n",
            fixed="import numpy as np\nimport torch\n\nx = np.random.rand(9, 9)\nt = torch.as_tensor(x, device=device)\n",
            lines=(5,),
        ),
        Good("import numpy as np\n\nx = np.array([1, 2])\n", "a list has to be copied"),
        Good("import numpy as np\n\ndef f(x):\n    return np.array(x)\n", "it may be a list, or the copy may be meant"),
        Good("import numpy as np\n\nx = np.zeros(9)\ny = np.array(x)\ny[0] = 1\nuse(x, y)\n", "two arrays are meant"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` copies an array that is an array already."""
        callee = module.qualified_name(node.func)
        if callee not in _INSTEAD or is_open_ended(node) or _says_copy(node):
            return
        given = node.args[0] if node.args else keyword(node, "object" if callee.startswith("numpy.") else "data")
        if given is None:
            return
        alone = is_fresh(given, module) or _is_only_use(given, module)
        if not alone and rank_of(given, module) is None and not (self.least <= _SHARED and is_array(given, module)):
            return
        if not alone and (self.least > _SHARED or _is_kept_apart(node, given, module)):
            return
        confidence = self.confidence if alone else _SHARED
        converts = keyword(node, "dtype") is not None or len(node.args) > 1 or callee not in _TITLES
        if converts or is_test(module.path):
            confidence = _SHARED
        message = f"copies an array that is one already; take it as it is: {_INSTEAD[callee]}"
        yield self.finding(node, module, message, confidence=confidence, fix=_fix(node, callee, module))


def _says_copy(node: ast.Call) -> bool:
    return any(keyword(node, name) is not None for name in ("copy", "subok", "ndmin", "requires_grad"))


def _is_kept_apart(node: ast.Call, given: ast.expr, module: Module) -> bool:
    """Whether the copy, or what it is made of, is changed in place: they must not share their memory."""
    holder = module.parent(node)
    made = holder.targets if isinstance(holder, ast.Assign) else []
    return any(is_changed(name, node, module) for name in (given, *made))


def _is_only_use(given: ast.expr, module: Module) -> bool:
    """Whether a name was bound to a new array right for this call."""
    if not isinstance(given, ast.Name):
        return False
    names = names_of(module)
    scope = names.scope(given)
    bindings = names.bindings(given.id, scope) if scope is not None else []
    if len(bindings) != 1 or bindings[0].value is None:
        return False
    value = bindings[0].value
    return is_fresh(value, module) and final_use(value, module) is given


def _fix(node: ast.Call, callee: str, module: Module) -> Fix | None:
    title = _TITLES.get(callee)
    if title is None or not isinstance(node.func, ast.Attribute) or len(node.args) not in (1, 2):
        return None
    if any(item.arg not in _KEPT[callee] for item in node.keywords) or (callee == "torch.tensor" and len(node.args) > 1):
        return None
    end = module.span(node.func)[1]
    return Fix(f"Use {title}", (Edit(end - len(node.func.attr), end, title),), Applicability.UNSAFE)
