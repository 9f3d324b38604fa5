"""GL203 array-or-frame-append-in-loop."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._steady import is_rebound, mentions_in, remembered
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
from greenlint.source.repeat import Loop

_JOINING = frozenset(
    [
        *(f"numpy.{name}" for name in ("append", "concatenate", "hstack", "vstack", "dstack", "column_stack", "row_stack")),
        *(f"cupy.{name}" for name in ("append", "concatenate", "hstack", "vstack")),
        *(f"jax.numpy.{name}" for name in ("append", "concatenate", "hstack", "vstack")),
        *(f"torch.{name}" for name in ("cat", "concat", "concatenate", "hstack", "vstack")),
        "pandas.concat",
        "polars.concat",
        "scipy.sparse.hstack",
        "scipy.sparse.vstack",
        "tensorflow.concat",
    ]
)

_TEST = 50
"""Below the default threshold: tests have little data."""


class ArrayOrFrameAppendInLoop(FileRule):
    """A loop makes an array or a data frame longer by copying it whole each time.

    ## Why it wastes

    Arrays and frames have a fixed size: `np.append`, `np.concatenate` and `pd.concat` copy everything collected so far into a
    new one, so n steps copy n²/2 items. Collect the pieces in a list and concatenate once after the loop, or fill an array
    made in its full size.

    ## When to leave it alone

    When the loop needs the whole array in each turn, as a model that generates token by token does: the rule is silent where
    the loop reads what it builds for more than its length, where it starts anew in the loop, and for short loops; tests get
    confidence 50, which the default threshold hides.

    ## Evidence

    Whole processes, CPython 3.11.7: 2.34 -> 0.10 s of CPU at 60,000 values, 0.17 -> 0.10 s at 20,000, no measurable effect at
    1,000 (`python benchmarks/rules/run.py GL203`).
    """

    code = "GL203"
    name = "array-or-frame-append-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "copies grow with n² (2.34 -> 0.10 s of CPU at 60,000 values)", "bench GL203")
    confidence = 90
    callees = frozenset(name.rpartition(".")[2] for name in _JOINING)
    packages = frozenset(name.partition(".")[0] for name in _JOINING)
    examples = (
        Bad(
            "import numpy as np\n\ndef f(rows):\n    out = np.array([])\n    for row in rows:\n"
            "        out = np.append(out, row.value)\n    return out\n",
            lines=(6,),
        ),
        Bad(
            "import pandas as pd\n\ndef f(paths):\n    table = pd.DataFrame()\n    for path in paths:\n"
            "        table = pd.concat([table, pd.read_csv(path)])\n    return table\n",
            lines=(6,),
        ),
        Good(
            "import pandas as pd\n\ndef f(paths):\n    return pd.concat([pd.read_csv(path) for path in paths])\n",
            "concatenates once",
        ),
        Good(
            "import torch\n\ndef f(model, ids, n):\n    for _ in range(n):\n        ids = torch.cat([ids, model(ids)])\n    return ids\n",
            "each turn needs the whole of it",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` adds to the array or frame that its result replaces."""
        statement = module.parent(node)
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or not node.args:
            return
        target = statement.targets[0]
        path = dotted(target)
        if path is None or module.qualified_name(node.func) not in _JOINING or not _takes(node, path):
            return
        loop = next(repeating_loops(node, module), None)
        if loop is None or _is_used(target, loop, module):
            return
        name = dotted(node.func)
        message = f"`{path} = {name}(…)` in a loop copies all of it each time; collect the pieces in a list and join them once"
        yield self.finding(statement, module, message, confidence=_TEST if is_test(module.path) else None)


def _is_used(target: ast.expr, loop: Loop, module: Module) -> bool:
    return remembered("loops.used", target, loop, module, lambda: _is_used_otherwise(target, loop, module))


def _takes(node: ast.Call, path: str) -> bool:
    """Whether the first or last of the joined parts is the target itself."""
    parts: list[ast.expr] = list(node.args)
    if parts and isinstance(parts[0], (ast.List, ast.Tuple)):
        parts = parts[0].elts
    return any(dotted(part) == path for part in parts)


def _is_used_otherwise(target: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop starts the target anew, or reads it for more than its length."""
    if isinstance(target, ast.Attribute) and is_rebound(target.value, loop, module):
        return True
    return any(not _is_step(use, module) and not _is_glance(use, module) for use in mentions_in(target, loop, module))


def _is_step(use: ast.expr, module: Module) -> bool:
    """Whether it is the target, or one of the joined parts itself, of a statement that adds to it."""
    statement = module.statement(use)
    if not (isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.value, ast.Call)):
        return False
    target, joining, holder = statement.targets[0], statement.value, module.parent(use)
    if dotted(target) != dotted(use) or not _takes(joining, dotted(use) or ""):
        return False
    listed = isinstance(holder, (ast.List, ast.Tuple)) and module.parent(holder) is joining
    return use is target or holder is joining or listed


def _is_glance(use: ast.expr, module: Module) -> bool:
    if not isinstance(use.ctx, ast.Load):  # type: ignore[attr-defined]
        return False
    holder = module.parent(use)
    if isinstance(holder, ast.Call):
        return module.is_builtin(holder.func, "len")
    if isinstance(holder, ast.Attribute):
        return holder.attr in ("shape", "size", "empty", "columns", "dtype")
    if isinstance(holder, ast.Compare):
        return all(isinstance(op, (ast.Is, ast.IsNot)) for op in holder.ops)
    return isinstance(holder, (ast.If, ast.UnaryOp))
