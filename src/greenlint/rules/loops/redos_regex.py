"""GL232 redos-regex."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._redos import trouble
from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_FUNCTIONS = frozenset({"compile", "findall", "finditer", "fullmatch", "match", "search", "split", "sub", "subn"})
_FLAGS_AT = {
    "compile": 1,
    "findall": 2,
    "finditer": 2,
    "fullmatch": 2,
    "match": 2,
    "search": 2,
    "split": 3,
    "sub": 4,
    "subn": 4,
}
_FLAGS = {
    "A": 256, "ASCII": 256, "I": 2, "IGNORECASE": 2, "M": 8, "MULTILINE": 8, "S": 16, "DOTALL": 16, "X": 64, "VERBOSE": 64,
    "U": 32, "UNICODE": 32,
}  # fmt: skip


class RedosRegex(FileRule):
    """A regular expression repeats a part that is ambiguous itself, so a text that does not match can take exponential time.

    ## Why it wastes

    In `(\\w+\\s?)*$` a word of n letters can be divided among the turns of the outer repeat in 2ⁿ ways, and when the end does
    not match, all of them are tried. Thirty letters keep a processor busy for minutes. The same texts can be described
    without ambiguity, for example as `(\\w+\\s)*\\w*$`; since Python 3.11 a possessive `++` or an atomic group `(?>...)` also
    ends the search.

    ## When to leave it alone

    When the texts are short and your own. The rule builds the automaton of each repeat and reports only what is ambiguous
    without bound and can fail afterwards; it is silent for patterns with look-arounds, back references or boundaries at that
    place, and for patterns that are not written as a literal.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.27 -> 0.016 s of CPU at 22 letters, 0.032 -> 0.015 s at 18, no measurable effect at 12
    (`python benchmarks/rules/run.py GL232`).

    In preview: 8.3 million lines of real code have 3 findings, too few to be sure; two were confirmed by timing, the third is
    CPython's own test of such a pattern.
    """

    code = "GL232"
    name = "redos-regex"
    effect = Effect(
        EffectClass.ASYMPTOTIC, "time doubles with every few characters (0.27 -> 0.016 s of CPU at 22 letters)", "bench GL232"
    )
    confidence = 90
    preview = True
    callees = _FUNCTIONS
    packages = frozenset({"re"})
    examples = (
        Bad("import re\n\nWORDS = re.compile(r'(\\w+\\s?)*$')\n", lines=(3,)),
        Bad("import re\n\ndef f(text):\n    return re.fullmatch('(a|b|ab)+', text)\n", lines=(4,)),
        Good("import re\n\nWORDS = re.compile(r'(\\w+\\s)*\\w*$')\n", "each text matches in one way"),
        Good("import re\n\nWORDS = re.compile(r'(\\w+\\s?)*')\n", "nothing after it can fail"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the pattern that `node` is given can take exponential time."""
        pattern = _literal(node.args[0]) if node.args else None
        name = module.qualified_name(node.func) if pattern is not None else None
        if pattern is None or name is None or not name.startswith("re."):
            return
        function = name.removeprefix("re.")
        flags = _flags(node, function, module)
        if function not in _FLAGS_AT or flags is None:
            return
        found = trouble(pattern, flags, whole=function == "fullmatch")
        if found is None:
            return
        shown = f"{found.pump!a} * n" + (f" + {found.end!a}" if found.end else "")
        message = f"`{dotted(node.func)}`: matching takes exponential time where the text goes on with {shown}; make the repeat unambiguous"
        yield self.finding(node, module, message)


def _literal(node: ast.expr) -> str | None:
    parts: list[str] = []
    while True:
        last = node.right if isinstance(node, ast.BinOp) else node
        value = last.value if isinstance(last, ast.Constant) else None
        if not isinstance(value, (str, bytes)):
            return None
        parts.append(value.decode("latin-1") if isinstance(value, bytes) else value)
        if not isinstance(node, ast.BinOp):
            return "".join(reversed(parts))
        if not isinstance(node.op, ast.Add):
            return None
        node = node.left


def _flags(node: ast.Call, function: str, module: Module) -> int | None:
    """The value of the flags; None when it is not written out."""
    place = _FLAGS_AT.get(function, 0)
    given = [keyword.value for keyword in node.keywords if keyword.arg == "flags"]
    if not given and len(node.args) > place:
        given = [node.args[place]]
    return _value(given[0], module) if given else 0


def _value(node: ast.expr, module: Module) -> int | None:
    total = 0
    while True:
        last = node.right if isinstance(node, ast.BinOp) else node
        if isinstance(last, ast.Constant) and type(last.value) is int:
            flag: int | None = last.value
        else:
            flag = _FLAGS.get((module.qualified_name(last) or "").removeprefix("re."))
        if flag is None:
            return None
        total |= flag
        if not isinstance(node, ast.BinOp):
            return total
        if not isinstance(node.op, (ast.BitOr, ast.Add)):
            return None
        node = node.left
