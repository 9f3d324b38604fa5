"""GL232 redos-regex."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._redos import trouble
from greenlint.source.infer import dotted
from greenlint.source.names import names_of

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
_DJANGO = {
    "django.core.validators.RegexValidator": "regex", "django.urls.re_path": "route", "django.conf.urls.url": "regex",
}  # fmt: skip
"""Classes and functions of Django that compile their first argument, and its name."""
_OTHER_ENGINE = 50
"""The package `regex` finds out about some of these patterns."""
_ESCAPED = "a"
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
    place, and for patterns that the file does not show: written out, in a constant, or put together with `re.escape(...)`. For the
    package `regex`, which finds out about some of them, confidence is 50.

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
    callees = _FUNCTIONS | {"RegexValidator", "re_path", "url"}
    packages = frozenset({"re", "regex", "django"})
    examples = (
        Bad("import re\n\nWORDS = re.compile(r'(\\w+\\s?)*$')\n", lines=(3,)),
        Bad("import re\n\ndef f(text):\n    return re.fullmatch('(a|b|ab)+', text)\n", lines=(4,)),
        Good("import re\n\nWORDS = re.compile(r'(\\w+\\s)*\\w*$')\n", "each text matches in one way"),
        Good("import re\n\nWORDS = re.compile(r'(\\w+\\s?)*')\n", "nothing after it can fail"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the pattern that `node` is given can take exponential time."""
        called = module.qualified_name(node.func)
        function = _function(called) if called is not None else None
        given = _given(node, called) if function is not None else None
        pattern = _literal(given, module) if given is not None else None
        if called in _DJANGO:
            flags: int | None = 0
        else:
            flags = _flags(node, function, module) if function is not None and pattern is not None else None
        if pattern is None or function is None or flags is None:
            return
        found = trouble(pattern, flags, whole=function == "fullmatch")
        if found is None:
            return
        shown = f"{found.pump!a} * n" + (f" + {found.end!a}" if found.end else "")
        message = f"`{dotted(node.func)}`: matching takes exponential time where the text goes on with {shown}; make the repeat unambiguous"
        other = called is not None and called.startswith("regex.")
        yield self.finding(node, module, message, confidence=_OTHER_ENGINE if other else None)


def _function(called: str) -> str | None:
    """The function of `re` that a call amounts to."""
    if called in _DJANGO:
        return "compile"
    library, _, function = called.partition(".")
    return function if library in ("re", "regex") and function in _FLAGS_AT else None


def _given(node: ast.Call, called: str | None) -> ast.expr | None:
    """The argument that is the pattern."""
    if node.args:
        return node.args[0]
    word = _DJANGO.get(called or "", "pattern")
    return next((keyword.value for keyword in node.keywords if keyword.arg == word), None)


def _literal(node: ast.expr, module: Module) -> str | None:
    """The pattern, written out or the only value of a name.

    A letter stands in the place of each `re.escape(...)`, which is text that matches as it stands.
    """
    if isinstance(node, ast.Name):
        names = names_of(module)
        scope = names.scope(node)
        bindings = names.bindings(node.id, scope) if scope is not None else []
        value = bindings[0].value if len(bindings) == 1 else None
        return None if value is None or isinstance(value, ast.Name) else _literal(value, module)
    parts: list[str] = []
    while True:
        last = node.right if isinstance(node, ast.BinOp) else node
        part = _part(last, module)
        if part is None:
            return None
        parts.append(part)
        if not isinstance(node, ast.BinOp):
            return "".join(reversed(parts))
        if not isinstance(node.op, ast.Add):
            return None
        node = node.left


def _part(node: ast.expr, module: Module) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, (str, bytes)):
        return node.value.decode("latin-1") if isinstance(node.value, bytes) else node.value
    if isinstance(node, ast.JoinedStr):
        parts = [_part(each.value if isinstance(each, ast.FormattedValue) else each, module) for each in node.values]
        return None if None in parts else "".join(parts)  # type: ignore[arg-type]
    if isinstance(node, ast.Call) and module.qualified_name(node.func) == "re.escape":
        return _ESCAPED
    return None


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
