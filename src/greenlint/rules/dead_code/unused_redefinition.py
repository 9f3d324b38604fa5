"""GL111 unused-redefinition."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.dead_code._rebinding import bound_again
from greenlint.rules.dead_code._statements import whole_statement
from greenlint.source.project import is_test
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module

_AGAIN = 30
"""The second definition, or an import that gives a name again: one of the two may be for another version."""
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_PLAIN = words("staticmethod classmethod lru_cache cache contextmanager asynccontextmanager wraps dataclass skip skipif")


class UnusedRedefinition(FileRule):
    """A function or class is defined again before anything could use the first one.

    ## Why it wastes

    The first definition is compiled, made and thrown away at each start. Where it is a test, that test never runs, and where it is a
    method, somebody may be mending the wrong copy.

    ## When to leave it alone

    The rule looks at two definitions in the same block with nothing between them that reads the name. It is silent when either stands under a
    decorator that may register it or build on the other (`@overload`, `@property` and its setters, `@register`), in branches of
    an `if` or `try`, in the bodies of tests, which try definitions out, and for names that begin with `_` alone (`def _(...)`), which dispatchers use.

    Names that are imported or defined anew in another way, and definitions inside one branch, get a confidence of 30.

    The fix deletes the first definition and needs `--unsafe-fixes`: the names may both be meant, and one of them misspelt.

    ## Evidence

    `python benchmarks/rules/run.py GL111`, ten starts of a module of 1,000 functions, CPython 3.11: 0.280 s of CPU time when each is
    defined twice, 0.164 s when once (ratio 1.72, 95 % interval 1.65 to 1.80). With 100 functions: 1.05 (1.01 to 1.10).

    Open: precision. The rule found nothing in 8.3 million lines of the standard library and 40 packages, but for tests of the grammar
    itself, about which it is silent now.
    """

    code = "GL111"
    name = "unused-redefinition"
    effect = Effect(EffectClass.START_UP, "made and thrown away at each start", "bench GL111")
    confidence = 95
    preview = True
    examples = (
        Bad(
            "def f(x):\n    return 1\n\n\ndef f(x):\n    return 2\n\n\nprint(f(1))\n",
            fixed="\n\ndef f(x):\n    return 2\n\n\nprint(f(1))\n",
            lines=(1,),
        ),
        Bad(
            "import unittest\n\n\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.fail()\n\n    def test_a(self):\n        pass\n",
            fixed="import unittest\n\n\nclass T(unittest.TestCase):\n\n    def test_a(self):\n        pass\n",
            lines=(5,),
        ),
        Good("def f(x):\n    return 1\n\n\nold = f\n\n\ndef f(x):\n    return old(x)\n", "used between them"),
        Good("def f(x):\n    return 1\n\n\ndef f(x, old=f):\n    return old(x)\n", "the second one takes it"),
        Good(
            "class A:\n    @property\n    def x(self):\n        return 1\n\n    @x.setter\n    def x(self, value):\n        pass\n",
            "a setter builds on its getter",
        ),
        Good("if a:\n    def f():\n        return 1\nelse:\n    def f():\n        return 2\n", "one or the other"),
        Good("from typing import overload\n\n\n@overload\ndef f(x: int) -> int: ...\ndef f(x):\n    return x\n", "an overload"),
        Good("def f():\n    return 1\n\n\nf = wrap(f)\n\n\ndef f():\n    return 2\n", "given away"),
    )

    def check(
        self, node: ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, module: Module
    ) -> Iterator[Finding]:
        """Yield a finding for each definition of the body of `node` that a later one replaces unused."""
        if self.least <= _AGAIN:
            yield from self._again(node, module)
            if isinstance(node, ast.Module):
                for block in _inner_blocks(module):
                    yield from self._again(block, module)
        earlier: dict[str, ast.stmt] = {}
        body = node.body
        definitions = [one for one in body if isinstance(one, _DEFINITIONS)]
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and is_test(module.path):
            return  # a test tries definitions out
        if len({one.name for one in definitions}) == len(definitions):
            return
        for one in definitions:
            before: Any = earlier.get(one.name)
            earlier[one.name] = one
            if before is None or not one.name.strip("_") or not (_is_plain(before) and _is_plain(one)):
                continue
            if not _is_mentioned_between(one.name, before, one, module):
                yield self._finding(before, one, module)

    def _again(self, node: Any, module: Module) -> Iterator[Finding]:
        """Each later place that gives a name anew by `def`, `class` or `import`, where nothing reads the name before."""
        for before, after, name in bound_again(node, module):
            if not _is_mentioned_between(name, before, after, module):
                message = f"`{name}` was defined on line {before.lineno} and not used since; one of the two is for nothing"
                yield self.finding(after, module, message, confidence=_AGAIN)

    def _finding(self, before: Any, after: Any, module: Module) -> Finding:
        edit = whole_statement(before, module)
        fix = None if edit is None else Fix(f"Delete the first `{before.name}`", (edit,), Applicability.UNSAFE)
        message = f"`{before.name}` is defined again on line {after.lineno} before anything uses this one; delete it or rename one of them"
        found = self.finding(before, module, message, fix=fix)
        keyword = {ast.FunctionDef: 4, ast.AsyncFunctionDef: 10, ast.ClassDef: 6}[type(before)]
        return found._replace(end_line=before.lineno, end_column=found.column + keyword + len(before.name))


def _inner_blocks(module: Module) -> Iterator[ast.If | ast.With]:
    """Branches that define things: of both branches of an `if` only one runs."""
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    yield from by_class.get(ast.If, ())
    yield from by_class.get(ast.With, ())


def _is_plain(node: Any) -> bool:
    return all(_last_name(decorator) in _PLAIN for decorator in node.decorator_list)


def _last_name(node: ast.expr) -> str:
    while isinstance(node, (ast.Call, ast.Subscript)):
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "?")


def _is_mentioned_between(name: str, before: Any, after: Any, module: Module) -> bool:
    """Whether the name, or code that could look it up, stands between the two, in the header of the second or in a decorator."""
    body = getattr(after, "body", None)
    first, last = before.lineno, max(body[0].lineno, after.lineno) if body else after.lineno
    index = module.index
    mentions: list[ast.expr] = [*index.names.get(name, ()), *index.attributes.get(name, ())]
    mentions += [node for kind in ("globals", "locals", "vars") for node in index.calls.get(kind, ())]
    return any(first <= node.lineno <= last for node in mentions)
