"""GL226 tensor-row-iteration."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import is_short, repeating_loops
from greenlint.source.tensors import tensor_library

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_SEEN = 70
_OTHERWISE = 40
"""A loop over a few rows, or one that does more than add them up: perhaps it cannot be otherwise."""


class TensorRowIteration(FileRule):
    """A Python loop walks a tensor row by row.

    ## Why it wastes

    Each row is an object of its own, and each operation on it a call into the library, with its checks, its graph node and, on a
    graphics card, its launch. One operation over the whole tensor (`x.sum(0)`, `tf.reduce_sum`, indexing with a mask) does the same in one
    call.

    ## When to leave it alone

    When each step needs the result of the one before (recurrent networks), or the rows are few. The rule speaks only where the file
    shows that the value is a tensor; for short loops, comprehensions, those that do more than add the rows up, and values that
    are only measured and used like tensors, its confidence is 40. Tensors that grow step by step are the matter of GL203.

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

    def check(self, node: ast.For | ast.ListComp | ast.GeneratorExp, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` walks a tensor."""
        site = node if isinstance(node, ast.For) else node.generators[0]
        walked = _walked(site, node, module)
        if walked is None:
            return
        tensor, known = walked
        message = f"the loop takes `{_text(tensor, module)}` apart row by row; use one operation over the whole tensor"
        adds = isinstance(node, ast.For) and _only_adds(node) and not is_short(node, module)
        yield self.finding(node, module, message, confidence=self.confidence if known and adds else _OTHERWISE)


def _only_adds(loop: ast.For) -> bool:
    """Whether all that a turn does is to add to, or multiply into, a result."""
    return all(isinstance(statement, ast.AugAssign) for statement in loop.body) and not loop.orelse


def _walked(site: ast.For | ast.comprehension, loop: Loop, module: Module) -> tuple[ast.expr, bool] | None:
    """What the loop iterates over, when it is a tensor, directly or by an index that only looks up its rows; and whether it is sure."""
    iterable = site.iter
    if isinstance(iterable, ast.Call) and module.is_builtin(iterable.func, "enumerate") and iterable.args:
        iterable = iterable.args[0]
    if not isinstance(iterable, ast.Call) or not module.is_builtin(iterable.func, "range"):
        return (iterable, True) if tensor_library(iterable, module) else None
    if not isinstance(site.target, ast.Name):
        return None
    names = names_of(module)
    scope = names.scope(site.target)
    for use in names.loads(site.target.id, scope) if scope is not None else ():
        holder = module.parent(use)
        if isinstance(holder, ast.Subscript) and holder.slice is use and _is_read(holder, module):
            near = next(repeating_loops(use, module), None) is loop or module.loop(use) is loop
            if not near or not isinstance(holder.value, ast.Name):
                continue
            known = tensor_library(holder.value, module) is not None
            if known or _is_measured(holder, iterable, module):
                return holder.value, known and isinstance(holder.ctx, ast.Load)
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
