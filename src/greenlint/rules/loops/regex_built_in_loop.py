"""GL211 regex-built-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._extent import data_loops
from greenlint.rules.loops._steady import bindings_of
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SELDOM = 30
"""Nothing shows that it happens often: in a loop of few turns, or in a function that others may call in one."""
_FUNCTIONS = frozenset({"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"})


class RegexBuiltInLoop(FileRule):
    """A loop hands the same pattern to `re` in every turn, which has to find the compiled one again each time.

    ## Why it wastes

    `re.search("...", text)` makes a key of pattern and flags and looks up the compiled pattern in a cache, which costs more
    than a short search itself; the cache holds 512 patterns, and more of them are compiled again and again. `PATTERN =
    re.compile(...)` at the top of the module does it once.

    ## When to leave it alone

    When the texts are long: then the look-up does not matter. The rule is silent outside loops, for short loops, and for
    patterns that are not constant.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.30 -> 0.19 s of CPU at 500,000 lines, 0.071 -> 0.049 s at 100,000, no measurable effect
    at 1,000 (`python benchmarks/rules/run.py GL211`).
    """

    code = "GL211"
    name = "regex-built-in-loop"
    effect = Effect(
        EffectClass.CONSTANT,
        "a look-up of the compiled pattern in each turn (0.30 -> 0.19 s of CPU at 500,000 lines)",
        "bench GL211",
    )
    confidence = 85
    callees = _FUNCTIONS
    packages = frozenset({"re", "regex"})
    examples = (
        Bad("import re\n\ndef f(lines):\n    return [re.sub(r'\\s+', ' ', line) for line in lines]\n", lines=(4,)),
        Bad(
            "import re\n\ndef f(lines):\n    for line in lines:\n        number = re.compile('[0-9]+')\n        print(number.findall(line))\n",
            lines=(5,),
        ),
        Good(
            "import re\n\nSPACE = re.compile(r'\\s+')\n\ndef f(lines):\n    return [SPACE.sub(' ', line) for line in lines]\n",
            "once",
        ),
        Good(
            "import re\n\ndef f(lines, word):\n    return [re.search(word, line) for line in lines]\n",
            "may be a compiled pattern",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is given a constant pattern once per turn."""
        pattern = _pattern(node)
        if pattern is None:
            return
        name = module.qualified_name(node.func)
        if name is None or name.rpartition(".")[0] not in ("re", "regex"):
            return
        if not _is_constant(pattern) or next(data_loops(node, module), None) is None:
            if self.least <= _SELDOM:
                yield from self._perhaps(node, pattern, module)
            return
        if _is_argument(node.func, module):
            return
        action = "compiles" if name.endswith(".compile") else "looks up"
        message = f"`{dotted(node.func)}` {action} the same pattern in every turn; compile it once at the top of the module"
        yield self.finding(node, module, message)

    def _perhaps(self, node: ast.Call, pattern: ast.expr, module: Module) -> Iterator[Finding]:
        """A constant pattern in any function or short loop, or one that a name of a constant stands for."""
        named = isinstance(pattern, ast.Name) and pattern.id.isupper()
        compiles = isinstance(node.func, (ast.Attribute, ast.Name)) and (dotted(node.func) or "").endswith("compile")
        repeated = module.loop(node) is not None or (compiles and module.function(node) is not None)
        if repeated and (named or _is_constant(pattern)) and not _is_argument(node.func, module):
            message = f"`{dotted(node.func)}` is given the same pattern again; compile it once at the top of the module"
            yield self.finding(node, module, message, confidence=_SELDOM)


def _pattern(node: ast.Call) -> ast.expr | None:
    """The first argument, by its place or its name."""
    return node.args[0] if node.args else next((one.value for one in node.keywords if one.arg == "pattern"), None)


def _is_argument(func: ast.expr, module: Module) -> bool:
    """Whether an argument hides the module that the file imports under this name."""
    root = func
    while isinstance(root, ast.Attribute):
        root = root.value
    return isinstance(root, ast.Name) and any(isinstance(binding.node, ast.arg) for binding in bindings_of(root, module))


def _is_constant(pattern: ast.expr) -> bool:
    while isinstance(pattern, ast.BinOp) and isinstance(pattern.op, ast.Add) and isinstance(pattern.right, ast.Constant):
        pattern = pattern.left
    return isinstance(pattern, ast.Constant) and isinstance(pattern.value, (str, bytes))
