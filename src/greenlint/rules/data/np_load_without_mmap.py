"""GL320 np-load-without-mmap."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.source.flow import final_use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN_INDEX = 40
"""Below the default threshold: the index may be the name of an array in an archive, or a mask that needs them all."""
_GIVEN = frozenset({"allow_pickle", "mmap_mode", None})


class NpLoadWithoutMmap(FileRule):
    """A stored array is loaded whole for a part of it.

    ## Why it wastes

    `np.load(path)[a:b]` reads the whole file into memory to copy a few rows. With `mmap_mode="r"` the system reads only
    the pages that the slice touches.

    ## When to leave it alone

    Archives (`.npz`) and arrays of objects cannot be mapped: the rule is silent for both, and where the array is used more than
    once. An index that is not a slice or a number in plain sight gets confidence 40. The fix is unsafe: the part is a read-only
    view of the file, which must stay as it is while the part is used.

    ## Evidence

    Whole processes, CPython 3.11.7, three times 100 rows of 128 numbers: of 100,000 rows 0.317 -> 0.200 s of CPU and 233 -> 28 MB, of
    20,000 69 -> 28 MB, with the import of numpy in both (`python benchmarks/rules/run.py GL320`).

    In preview: 8.3 million lines of real code have no finding of this confidence.
    """

    code = "GL320"
    name = "np-load-without-mmap"
    effect = Effect(
        EffectClass.MEMORY, "reads the whole array for a part (233 -> 28 MB for 100 of 100,000 rows)", "bench GL320"
    )
    confidence = 75
    preview = True
    callees = frozenset({"load"})
    packages = frozenset({"numpy"})
    examples = (
        Bad(
            "import numpy as np\n\nrows = np.load('vectors.npy')[:100]  # a few\n",
            fixed="import numpy as np\n\nrows = np.load('vectors.npy', mmap_mode=\"r\")[:100]  # a few\n",
            lines=(3,),
        ),
        Bad(
            "import numpy as np\n\ndef f(path, i):\n    vectors = np.load(path)\n    return vectors[i:i + 10, 0]\n",
            fixed='import numpy as np\n\ndef f(path, i):\n    vectors = np.load(path, mmap_mode="r")\n    return vectors[i:i + 10, 0]\n',
            lines=(4,),
        ),
        Good("import numpy as np\n\nx = np.load('a.npz')['weights']\n", "an archive"),
        Good("import numpy as np\n\nx = np.load('a.npy')\nprint(x[:3], x.sum())\n", "all of it"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when only a part of what `node` loads is used."""
        if module.qualified_name(node.func) != "numpy.load" or len(node.args) != 1:
            return
        if (
            any(keyword.arg in _GIVEN for keyword in node.keywords)
            or isinstance(node.args[0], ast.Starred)
            or _is_archive(node)
        ):
            return
        value = final_use(node, module)
        part = module.parent(value)
        if not (isinstance(part, ast.Subscript) and part.value is value and isinstance(part.ctx, ast.Load)):
            return
        known = _is_basic(part.slice)
        if known is None:
            return
        message = 'loads the whole array for a part of it; `mmap_mode="r"` reads only that part'
        end = module.span(node.args[0])[1]
        fix = Fix("Map the file", (Edit(end, end, ', mmap_mode="r"'),), Applicability.UNSAFE) if known else None
        yield self.finding(node, module, message, confidence=None if known else _UNKNOWN_INDEX, fix=fix)


def _is_archive(node: ast.Call) -> bool:
    return any(isinstance(part, ast.Constant) and str(part.value).endswith(("npz", "pkl")) for part in ast.walk(node.args[0]))


def _is_basic(index: ast.expr) -> bool | None:
    """Whether the index takes a part in plain sight: True for slices and numbers, False for unknown, None for all or a key."""
    parts = index.elts if isinstance(index, ast.Tuple) else [index]
    if any(isinstance(part, (ast.JoinedStr, ast.Compare, ast.List)) for part in parts):
        return None
    if any(isinstance(part, ast.Constant) and (isinstance(part.value, str) or part.value is None) for part in parts):
        return None
    slices = [part for part in parts if isinstance(part, ast.Slice)]
    numbers = [part for part in parts if isinstance(part, ast.Constant) and type(part.value) is int]
    if any(part.lower or part.upper for part in slices) or numbers:
        return True
    return None if len(slices) == len(parts) else False
