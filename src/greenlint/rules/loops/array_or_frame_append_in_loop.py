"""GL203 array-or-frame-append-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._frames import is_frame
from greenlint.rules.loops._steady import is_rebound, mentions_in, remembered
from greenlint.source.infer import dotted
from greenlint.source.places import is_test
from greenlint.source.repeat import is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_JOINING = frozenset(
    [
        *(
            f"numpy.{name}"
            for name in ("append", "concatenate", "hstack", "vstack", "dstack", "column_stack", "row_stack", "insert")
        ),
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

_METHODS = frozenset({"append", "_append"})
"""Methods of frames and series that give a longer copy; `append` of a list gives None, which nobody assigns to the list."""
_TEST = 50
"""Below the default threshold: tests have little data."""
_UNSURE = 40
"""Nothing shows what `x = x.append(y)` makes longer."""


class ArrayOrFrameAppendInLoop(FileRule):
    """A loop makes an array or a data frame longer by copying it whole each time.

    ## Why it wastes

    Arrays and frames have a fixed size: `np.append`, `np.concatenate`, `pd.concat` and `frame.loc[len(frame)] = row` copy everything
    collected so far into a new one, so n steps copy n²/2 items. Collect the pieces in a list and concatenate once after the loop, or fill an array
    made in its full size.

    ## When to leave it alone

    When the loop needs the whole array in each turn, as a model that generates token by token does: the rule is silent where
    the loop reads what it builds for more than its length, where it starts anew in the loop, and for short loops; tests get
    confidence 50, which the default threshold hides, and `x = x.append(y)` 40 where nothing shows that x is a frame.

    ## Evidence

    Whole processes, CPython 3.11.7: 2.34 -> 0.10 s of CPU at 60,000 values, 0.17 -> 0.10 s at 20,000, no measurable effect at
    1,000 (`python benchmarks/rules/run.py GL203`).
    """

    code = "GL203"
    name = "array-or-frame-append-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "copies grow with n² (2.34 -> 0.10 s of CPU at 60,000 values)", "bench GL203")
    confidence = 90
    callees = frozenset(name.rpartition(".")[2] for name in _JOINING) | _METHODS
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

    def check(self, node: ast.Call | ast.Assign, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` adds to the array or frame that its result replaces, or that it makes longer."""
        if isinstance(node, ast.Assign):
            yield from self._enlarged(node, module)
            return
        statement = module.parent(node)
        if not isinstance(statement, ast.Assign) or len(statement.targets) != 1 or not node.args:
            return
        target = statement.targets[0]
        path = dotted(target)
        if path is None or not _takes(node, path):
            return
        joins = module.qualified_name(node.func) in _JOINING
        if not joins and not _is_method(node):
            return
        loop = next(repeating_loops(node, module), None)
        if loop is None or _is_used(target, loop, module):
            return
        name = dotted(node.func)
        message = f"`{path} = {name}(…)` in a loop copies all of it each time; collect the pieces in a list and join them once"
        sure = joins or _is_frame(node, target, module)
        confidence = _UNSURE if not sure else _TEST if is_test(module.path) else None
        yield self.finding(statement, module, message, confidence=confidence)

    def _enlarged(self, node: ast.Assign, module: Module) -> Iterator[Finding]:
        """`frame.loc[len(frame)] = row`."""
        frame = _enlarges(node)
        path = dotted(frame) if frame is not None else None
        if frame is None or path is None:
            return
        loop = next(repeating_loops(node, module), None)
        if loop is None or _is_used(frame, loop, module):
            return
        message = f"`{path}.loc[…] = …` in a loop copies all of `{path}` for each new row; collect the rows in a list"
        yield self.finding(node, module, message, confidence=_TEST if is_test(module.path) else None)


def _is_used(target: ast.expr, loop: Loop, module: Module) -> bool:
    return remembered("loops.used", target, loop, module, lambda: _is_used_otherwise(target, loop, module))


def _takes(node: ast.Call, path: str) -> bool:
    """Whether one of the joined parts, or the object whose method joins them, is the target itself."""
    if _is_method(node):
        return dotted(node.func.value) == path  # type: ignore[attr-defined]
    parts: list[ast.expr] = list(node.args)
    if parts and isinstance(parts[0], (ast.List, ast.Tuple)):
        parts = parts[0].elts
    return any(dotted(part) == path for part in parts)


def _is_method(node: ast.Call) -> bool:
    """`x.append(y)`, where the name of the module is not `x`."""
    return isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS and len(node.args) == 1


def _is_frame(node: ast.Call, target: ast.expr, module: Module) -> bool:
    """Whether the file shows that the target is a frame or series of pandas."""
    if any(keyword.arg in ("ignore_index", "verify_integrity") for keyword in node.keywords):
        return True
    return is_frame(target, module)


def _enlarges(node: ast.Assign) -> ast.expr | None:
    """The frame of which `frame.loc[len(frame)] = ...` sets a row that it does not have yet."""
    place = node.targets[0]
    if len(node.targets) != 1 or not (isinstance(place, ast.Subscript) and isinstance(place.value, ast.Attribute)):
        return None
    if place.value.attr not in ("at", "loc"):
        return None
    path = dotted(place.value.value)
    row = place.slice.elts[0] if isinstance(place.slice, ast.Tuple) and place.slice.elts else place.slice
    if isinstance(row, ast.BinOp) and isinstance(row.op, ast.Add) and isinstance(row.right, ast.Constant):
        row = row.left
    past = (f"len({path})", f"len({path}.index)", f"{path}.shape[0]", f"{path}.index.max()", f"max({path}.index)")
    return place.value.value if path is not None and ast.unparse(row) in past else None


def _is_used_otherwise(target: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether the loop starts the target anew, or reads it for more than its length."""
    if isinstance(target, ast.Attribute) and is_rebound(target.value, loop, module):
        return True
    return any(not _is_step(use, module) and not _is_glance(use, module) for use in mentions_in(target, loop, module))


def _is_step(use: ast.expr, module: Module) -> bool:
    """Whether it is the target, or one of the joined parts itself, of a statement that adds to it."""
    statement = module.statement(use)
    if not (isinstance(statement, ast.Assign) and len(statement.targets) == 1):
        return False
    if dotted(_enlarges(statement) or statement) == dotted(use):
        return is_inside(use, statement.targets[0], module)
    if not isinstance(statement.value, ast.Call):
        return False
    target, joining, holder = statement.targets[0], statement.value, module.parent(use)
    if dotted(target) != dotted(use) or not _takes(joining, dotted(use) or ""):
        return False
    listed = isinstance(holder, (ast.List, ast.Tuple)) and module.parent(holder) is joining
    owner = holder is joining.func and _is_method(joining)
    return use is target or holder is joining or listed or owner


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
