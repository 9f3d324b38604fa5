"""GL116 wildcard-import."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from greenlint.source.module import Module

_NOTHING_MORE = 30
"""Below the default threshold: the star costs nothing beyond the import itself, but hides what is used."""
_LAZY = {
    "concurrent.futures": "multiprocessing",
    "email": "all of its submodules",
    "scipy": "all of its submodules",
    "sklearn": "all of its submodules",
    "skimage": "all of its submodules",
    "transformers": "all of its models",
    "unittest": "asyncio",
}
"""Package -> what a star loads that a plain import leaves alone: its `__all__` names modules, or names that load one when asked."""


class WildcardImport(FileRule):
    """`from package import *` loads what the package would load only when asked for.

    ## Why it wastes

    A star asks a package for every name in its `__all__`. Where these are modules, or names that load a module when they are first asked
    for, all of them are loaded at each start: `from concurrent.futures import *` loads multiprocessing, `from scipy import *` all of scipy.
    A star also hides from readers and tools which names are used, so that dead code stays.

    ## When to leave it alone

    In an `__init__.py`, which passes on what it imports: the rule is silent. Of other packages a star costs
    nothing beyond the import itself; for these, and in files with an `__all__`, confidence is 30, so that only `--pedantic` shows them.

    ## Evidence

    `python benchmarks/rules/run.py GL116`: 15 starts of a program that takes ThreadPoolExecutor from concurrent.futures 0.516 -> 0.373 s of
    CPU and 16 -> 14 MB, ratio 1.36 [1.30, 1.43], CPython 3.11.7: about 10 ms a start.

    In preview: 8.3 million lines of real code have one finding of this confidence, in a test of the star itself.
    """

    code = "GL116"
    name = "wildcard-import"
    effect = Effect(
        EffectClass.START_UP, "loads modules that nobody asked for (10 ms of CPU a start for concurrent.futures)", "bench GL116"
    )
    severity = Severity.NOTE
    confidence = 85
    pedantic = True
    preview = True
    examples = (
        Bad("from concurrent.futures import *\n\nwith ThreadPoolExecutor() as pool:\n    pool.submit(print)\n", lines=(1,)),
        Bad("from unittest import *\n\nclass T(TestCase):\n    pass\n", lines=(1,)),
        Good("from concurrent.futures import ThreadPoolExecutor\n\npool = ThreadPoolExecutor()\n", "says which"),
        Good("from scipy import *\n\n__all__ = ['stats']\n", "passes on what it imports"),
    )

    def check(self, node: ast.ImportFrom, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` imports a star outside of a module that passes names on."""
        if node.names[0].name != "*" or module.path.endswith("__init__.py"):
            return
        package = "." * node.level + (node.module or "")
        more = _LAZY.get(package)
        if more is not None and not _passes_on(module):
            message = f"the star also loads {more} at each start; import the names that are used"
            yield self.finding(node, module, message)
            return
        message = f"a star hides which names of {package} are used, and may load more of it than they need; import those names"
        yield self.finding(node, module, message, confidence=_NOTHING_MORE)


def _passes_on(module: Module) -> bool:
    return b"__all__" in module.data
