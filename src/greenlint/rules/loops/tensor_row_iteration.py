"""GL226 tensor-row-iteration."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import is_short, repeating_loops
from greenlint.source.tensors import may_be_tensor, tensor_library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_SEEN = 70
_OTHERWISE = 40
"""A loop over a few rows, or one that does more than add them up: perhaps it cannot be otherwise."""


_BUILTINS = frozenset({"all", "any", "map", "max", "min", "sum"})
"""Builtins that take a tensor apart row by row."""
_ROWS = frozenset({"tensorflow.unstack", "torch.unbind"})
_THROUGH = ("enumerate", "iter", "list", "reversed", "tuple", "zip")


class TensorRowIteration(FileRule):
    """A Python loop walks a tensor row by row.

    ## Why it wastes

    Each row is an object of its own, and each operation on it a call into the library, with its checks, its graph node and, on a
    graphics card, its launch. One operation over the whole tensor (`x.sum(0)`, `tf.reduce_sum`, indexing with a mask) does the same in one
    call.

    ## When to leave it alone

    When each step needs the result of the one before (recurrent networks), or the rows are few. The rule speaks only where the file
    shows that the value is a tensor, and of the builtins `sum`, `min`, `max`, `any` and `all`, which take it apart as well; for short
    loops, comprehensions, `map`, `zip`, `while`, loops that do more than add the rows up or that write them, and values that
    are only measured and used like tensors, or that a layer has made of a tensor, its confidence is 40. Tensors that grow step by step
    are the matter of GL203; `tf.range` inside a `tf.function` is no loop of Python.

    ## Evidence

    Whole processes, CPython 3.11.7, torch 2.13: 500,000 rows 2.74 -> 1.31 s of CPU and 568 -> 248 MB, 100,000 rows 1.57 -> 1.31 s, most of
    the rest for importing torch (`python benchmarks/rules/run.py GL226`).

    In preview: five million lines of public code for machine learning hold no finding above the default threshold.
    """

    code = "GL226"
    name = "tensor-row-iteration"
    effect = Effect(EffectClass.CONSTANT, "one call per row (500,000 rows: 2.74 -> 1.31 s of CPU)", "bench GL226")
    confidence = _SEEN
    preview = True
    packages = frozenset({"torch", "tensorflow"})
    callees = _BUILTINS
    examples = (
        Bad(
            "import torch\n\ndef f(n):\n    x = torch.rand(n, 8)\n    total = 0\n    for row in x:\n        total += row\n",
            lines=(6,),
        ),
        Bad(
            "import tensorflow as tf\nx = tf.random.uniform([500, 10])\nz = tf.zeros([10])\nfor i in range(500):\n    z += x[i]\n",
            lines=(4,),
        ),
        Good("import torch\nx = torch.rand(9, 8)\ntotal = x.sum(0)\n", "one operation"),
        Good("import torch\n\ndef f(rows):\n    for row in rows:\n        use(row)\n", "not known to be a tensor"),
    )

    def check(
        self,
        node: ast.For | ast.While | ast.Call | ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
        module: Module,
    ) -> Iterator[Finding]:
        """Yield a finding when `node` walks a tensor."""
        if isinstance(node, ast.Call):
            yield from self._called(node, module)
            return
        if isinstance(node, ast.While):
            walked = _indexed_while(node, module) if self.least <= _OTHERWISE else None
        else:
            walked = _walked(node if isinstance(node, ast.For) else node.generators[0], node, module)
        if walked is None:
            return
        tensor, known = walked
        message = f"the loop takes `{_text(tensor, module)}` apart row by row; use one operation over the whole tensor"
        adds = isinstance(node, ast.For) and _only_adds(node) and not is_short(node, module)
        yield self.finding(node, module, message, confidence=self.confidence if known and adds else _OTHERWISE)

    def _called(self, call: ast.Call, module: Module) -> Iterator[Finding]:
        """`sum(x)`, `map(f, x)` of a tensor."""
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        items = call.args[1:] if name == "map" else call.args if len(call.args) == 1 else []
        if name not in _BUILTINS or not items or not module.is_builtin(call.func, name):
            return
        tensor = next((each for each in items if tensor_library(each, module)), None)
        if tensor is None or (isinstance(tensor, ast.Call) and _is_compiled(tensor, module)):
            return
        message = f"`{name}` takes `{_text(tensor, module)}` apart row by row; use one operation over the whole tensor"
        yield self.finding(call, module, message, confidence=_OTHERWISE if name == "map" else None)


def _only_adds(loop: ast.For) -> bool:
    """Whether all that a turn does is to add to, or multiply into, a result."""
    return all(isinstance(statement, ast.AugAssign) for statement in loop.body) and not loop.orelse


def _walked(site: ast.For | ast.comprehension, loop: Loop, module: Module) -> tuple[ast.expr, bool] | None:
    """What the loop iterates over, when it is a tensor, directly or by an index that only looks up its rows; and whether it is sure."""
    iterable = site.iter
    if not isinstance(iterable, ast.Call) or not module.is_builtin(iterable.func, "range"):
        return _rows_of(iterable, module)
    if not isinstance(site.target, ast.Name):
        return None
    names = names_of(module)
    scope = names.scope(site.target)
    for use in names.loads(site.target.id, scope) if scope is not None else ():
        row = _row(use, module)
        base = row.value if row is not None else None
        while isinstance(base, ast.Subscript):
            base = base.value
        if row is None or not isinstance(base, ast.Name):
            continue
        if next(repeating_loops(use, module), None) is not loop and module.loop(use) is not loop:
            continue
        known = tensor_library(base, module) is not None
        plain = row.slice is use and base is row.value
        if known or (plain and _is_read(row, module) and _is_measured(row, iterable, module)):
            return base, known and plain and isinstance(row.ctx, ast.Load)
    return None


def _row(index: ast.AST, module: Module) -> ast.Subscript | None:
    """The `x[i]` or `x[:, i]` that `index` stands in."""
    holder = module.parent(index)
    if isinstance(holder, ast.Tuple):
        index, holder = holder, module.parent(holder)
    return holder if isinstance(holder, ast.Subscript) and holder.slice is index else None


def _rows_of(iterable: ast.expr, module: Module) -> tuple[ast.expr, bool] | None:
    """The tensor whose rows are walked, also through `enumerate`, `zip`, `unbind` and the like, and whether that is sure."""
    if tensor_library(iterable, module) is not None:
        return None if isinstance(iterable, ast.Call) and _is_compiled(iterable, module) else (iterable, True)
    if may_be_tensor(iterable, module):
        return iterable, False
    if not isinstance(iterable, ast.Call):
        return None
    func = iterable.func
    if any(module.is_builtin(func, name) for name in _THROUGH):
        found = [rows for each in iterable.args if (rows := _rows_of(each, module)) is not None]
        return (found[0][0], found[0][1] and module.is_builtin(func, "enumerate")) if found else None
    parted = iterable.args[0] if iterable.args and module.qualified_name(func) in _ROWS else None
    if isinstance(func, ast.Attribute) and parted is None:
        one = [each.value for each in iterable.args[:1] if isinstance(each, ast.Constant)]
        parted = func.value if func.attr == "unbind" or (func.attr == "split" and one == [1]) else None
    return (parted, False) if parted is not None and tensor_library(parted, module) else None


def _is_compiled(call: ast.Call, module: Module) -> bool:
    """Whether `tf.range` is in a function that TensorFlow turns into a graph, where it is no loop of Python."""
    function = module.function(call)
    if function is None or module.qualified_name(call.func) != "tensorflow.range":
        return False
    called = (each.func if isinstance(each, ast.Call) else each for each in function.decorator_list)
    return any(module.qualified_name(each) == "tensorflow.function" for each in called)


def _indexed_while(loop: ast.While, module: Module) -> tuple[ast.expr, bool] | None:
    """The tensor in `while i < len(x): ... x[i] ...; i += 1`."""
    if not (isinstance(loop.test, ast.Compare) and isinstance(loop.test.left, ast.Name)):
        return None
    index = loop.test.left.id
    counted = (part for part in ast.walk(loop) if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name))
    if not any(part.target.id == index for part in counted):  # type: ignore[union-attr]
        return None
    for part in ast.walk(loop):
        row = _row(part, module) if isinstance(part, ast.Name) and part.id == index else None
        if row is not None and isinstance(row.value, ast.Name) and tensor_library(row.value, module):
            return row.value, False
    return None


def _is_read(row: ast.Subscript, module: Module) -> bool:
    """`x[i]`, also in `x[i] += 1`."""
    return isinstance(row.ctx, ast.Load) or isinstance(module.parent(row), ast.AugAssign)


def _is_measured(row: ast.Subscript, counter: ast.Call, module: Module) -> bool:
    """Whether the loop counts to `x.size(0)`, which only tensors have, or to `x.shape[0]` and hands the rows to one of the libraries."""
    path, holder = dotted(row.value), module.parent(row)
    length = ast.unparse(counter.args[-1]) if counter.args else ""
    called = module.qualified_name(holder.func) if isinstance(holder, ast.Call) else None
    handed = (called or "").startswith(("torch.", "tensorflow."))
    return length == f"{path}.size(0)" or (handed and length in (f"{path}.shape[0]", f"len({path})"))


def _text(node: ast.expr, module: Module) -> str:
    return dotted(node) or module.text(node).partition("\n")[0][:40]
