"""GL816 tensor-via-numpy."""

from __future__ import annotations

import ast
from math import prod

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._literals import number_of
from greenlint.source.flow import final_use
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_MAKERS = {
    "numpy.arange": "arange",
    "numpy.empty": "empty",
    "numpy.eye": "eye",
    "numpy.full": "full",
    "numpy.identity": "eye",
    "numpy.linspace": "linspace",
    "numpy.ones": "ones",
    "numpy.random.normal": "normal",
    "numpy.random.rand": "rand",
    "numpy.random.randint": "randint",
    "numpy.random.randn": "randn",
    "numpy.random.random": "rand",
    "numpy.random.random_sample": "rand",
    "numpy.random.standard_normal": "randn",
    "numpy.random.uniform": "rand",
    "numpy.zeros": "zeros",
}
"""Function of numpy -> the function of torch that makes such a tensor at once."""
_COPIES = frozenset({"torch.tensor", "torch.Tensor", "torch.FloatTensor", "torch.DoubleTensor", "torch.LongTensor"})
_SHARES = frozenset({"torch.from_numpy", "torch.as_tensor"})
_SHAPES = frozenset({"numpy.zeros", "numpy.ones", "numpy.empty"})
_COUNTS = frozenset({"numpy.random.rand", "numpy.random.randn"})
_SHORT = frozenset({"numpy.arange", "numpy.eye", "numpy.identity", "numpy.linspace"})
"""Functions whose arrays are mostly short, whatever the arguments are called."""
_SMALL = 45
"""A small array, made once: the copy is real, but nobody will notice."""
_FEW_ITEMS = 100_000


class TensorViaNumpy(FileRule):
    """A tensor is filled by numpy and then copied, although torch can make it at once.

    ## Why it wastes

    `torch.tensor(np.zeros(n))` allocates and fills an array, allocates a tensor, and copies: twice the memory and more than twice the
    work of `torch.zeros(n)`. numpy's numbers are float64 by default, which most networks then convert once more.

    ## When to leave it alone

    When the random numbers must be those of numpy's generator, or the array is also used as an array: the rule follows it only
    where it has one use. For small arrays outside loops, for tests, and for `from_numpy`, which
    shares the memory, its confidence is 45. The fix keeps
    float64; random numbers change.

    ## Evidence

    Whole processes, CPython 3.11.7, torch 2.13: peak memory 555 -> 391 MB for a tensor of 160 MB, 314 -> 271 MB for 40 MB, and no difference in CPU
    time beyond noise (`python benchmarks/rules/run.py GL816`).

    In preview: five million lines of public code for machine learning hold no finding above the default threshold.
    """

    code = "GL816"
    name = "tensor-via-numpy"
    effect = Effect(EffectClass.MEMORY, "fills and copies (160 MB: peak 555 -> 391 MB)", "bench GL816")
    confidence = 85
    preview = True
    callees = frozenset(name.rpartition(".")[2] for name in _COPIES | _SHARES)
    packages = frozenset({"torch"})
    examples = (
        Bad(
            "import numpy as np\nimport torch\n\ndef f(n, m):\n    return torch.tensor(np.random.rand(n, m))\n",
            fixed="import numpy as np\nimport torch\n\ndef f(n, m):\n    return torch.rand(n, m, dtype=torch.float64)\n",
            lines=(5,),
        ),
        Bad(
            "import numpy as np\nimport torch\n\ndef f(shape):\n    zeros = np.zeros(shape)\n    return torch.tensor(zeros)\n",
            lines=(6,),
        ),
        Good(
            "import numpy as np\nimport torch\n\ndef f(rows):\n    return torch.tensor(np.array(rows))\n",
            "values from elsewhere",
        ),
        Good("import torch\n\ndef f(n):\n    return torch.rand(n)\n", "made at once"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` only copies what numpy has just filled."""
        name = module.qualified_name(node.func)
        if not node.args or (name not in _COPIES and name not in _SHARES):
            return
        made = _array(node.args[0], module)
        maker = module.qualified_name(made.func) if made is not None else None
        if made is None or maker not in _MAKERS:
            return
        message = f"`{dotted(made.func)}` fills an array that `{dotted(node.func)}` then takes over; `torch.{_MAKERS[maker]}` makes it at once"
        small = name in _SHARES or maker in _SHORT or is_test(module.path) or _is_small(node, made, module)
        fix = _fix(node, made, maker, module) if name == "torch.tensor" else None
        yield self.finding(node, module, message, confidence=_SMALL if small else None, fix=fix)


def _is_small(node: ast.Call, made: ast.Call, module: Module) -> bool:
    return _items(made, module) < _FEW_ITEMS and next(repeating_loops(node, module), None) is None


def _array(node: ast.expr, module: Module) -> ast.Call | None:
    """The call of numpy whose only use is `node`, perhaps converted in between."""
    if isinstance(node, ast.Name):
        scope = module.scope(node)
        for binding in module.bindings(node.id, scope):
            if isinstance(binding, ast.Assign) and final_use(binding.value, module) is node:
                return _array(binding.value, module)
        return None
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("astype", "reshape", "copy"):
        return _array(node.func.value, module)
    return node if isinstance(node, ast.Call) else None


def _items(made: ast.Call, module: Module) -> float:
    """How many items the array has, as far as its shape is literal; unknown is many."""
    shape = made.args
    if len(shape) == 1 and isinstance(shape[0], (ast.Tuple, ast.List)):
        shape = shape[0].elts
    keyword = next((k.value for k in made.keywords if k.arg in ("size", "shape")), None)
    if keyword is not None:
        shape = keyword.elts if isinstance(keyword, (ast.Tuple, ast.List)) else [keyword]
    numbers = [number_of(part, module) for part in shape]
    known = [number for number in numbers if number is not None]
    return prod(abs(number) for number in known) if len(known) == len(numbers) and known else float("inf")


def _fix(node: ast.Call, made: ast.Call, maker: str, module: Module) -> Fix | None:
    """`torch.zeros(n, dtype=torch.float64)` in the place of `torch.tensor(np.zeros(n))`."""
    if (
        node.keywords
        or made.keywords
        or len(node.args) != 1
        or node.args[0] is not made
        or not isinstance(node.func, ast.Attribute)
    ):
        return None
    if maker not in _COUNTS and not (maker in _SHAPES and len(made.args) == 1):
        return None
    torch = module.text(node.func.value)
    arguments = ", ".join(module.text(argument) for argument in made.args)
    text = f"{torch}.{_MAKERS[maker]}({arguments}, dtype={torch}.float64)"
    if not made.args or b"#" in module.data[slice(*module.span(node))]:
        return None
    return FileRule.replace(node, text, module, "Make the tensor at once", Applicability.UNSAFE)
