"""GL606 cache-on-method."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.memory._caches import is_cleared
from greenlint.rules.memory._method_caches import PACKAGES, cached_in_class, class_of, method_cache, takes_self
from greenlint.source.repeat import enclosing_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_MAYBE_ONE = 50
"""Below the default threshold: a class of which there is one object loses nothing."""
_CLEARED = 30
"""The file empties the cache somewhere, or it holds coroutines, which can be awaited once."""
_ENUMS = frozenset({"Enum", "Flag", "IntEnum", "IntFlag", "StrEnum"})


class CacheOnMethod(FileRule):
    """A cache around a method keeps every object alive that the method was called on.

    ## Why it wastes

    The cache belongs to the class, and `self` is part of its key. An object that nobody else needs any more stays, with all that it
    holds, until the cache forgets it: after as many other calls as its limit, or never without one.

    ## When to leave it alone

    For classes of which there is one object, or whose objects live as long as the process. The rule is sure where the file makes
    objects of the class inside a function or a loop; else confidence is 50, which the default threshold hides, and so it is for caches of
    cachetools, async-lru, asyncstdlib, boltons and toolz, and for one that the class body puts around a method. It is silent for
    static and class methods, members of enumerations, and caches that the file clears. Use `functools.cached_property` for
    methods without arguments, or a cache that is made in `__init__`.

    ## Evidence

    Whole processes, CPython 3.11.7, objects of 1 kB: 100,000 of them 144 -> 10 MB and 0.25 -> 0.11 s of CPU, 10,000 23 -> 10 MB
    (`python benchmarks/rules/run.py GL606`).
    Too few places in the 8.3 million lines of public code that were looked at (none) to say how often it is right: the rule stays
    in preview.
    """

    code = "GL606"
    name = "cache-on-method"
    preview = True
    effect = Effect(EffectClass.MEMORY, "keeps every object (144 -> 10 MB for 100,000 of 1 kB)", "bench GL606")
    confidence = 80
    packages = PACKAGES
    callees = frozenset({"cache", "lru_cache"})
    examples = (
        Bad(
            "import functools\n\nclass Page:\n    @functools.cache\n    def words(self, limit):\n        return self.text.split()[:limit]\n\n"
            "def count(texts):\n    return sum(len(Page(text).words(9)) for text in texts)\n",
            lines=(4,),
        ),
        Good(
            "import functools\n\nclass Page:\n    @functools.cached_property\n    def words(self):\n        return self.text.split()\n",
            "kept in the object itself",
        ),
        Good(
            "import functools\n\nclass Page:\n    @staticmethod\n    @functools.cache\n    def size(name):\n        return len(name)\n",
            "no object",
        ),
    )

    def check(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is a method whose cache holds `self`, or puts one around a method."""
        if isinstance(node, ast.Call):
            yield from self._around(node, module)
            return
        owner = class_of(node, module) if node.decorator_list else None
        if owner is None or not (node.args.args or node.args.posonlyargs) or not takes_self(node, module) or _is_enum(owner):
            return
        found = method_cache(node, module)
        if found is None or (isinstance(found[0].size, ast.Constant) and found[0].size.value == 0):
            return
        cache, of_functools = found
        if (of_functools and isinstance(node, ast.AsyncFunctionDef)) or is_cleared(node, module):
            confidence: int | None = _CLEARED
        else:
            confidence = None if of_functools and _has_many(owner, module) else _MAYBE_ONE
        length = "for ever" if cache.unlimited else "until as many other calls as its limit"
        yield self.finding(cache.decorator, module, _message(node.name, owner, length), confidence=confidence)

    def _around(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        found = cached_in_class(node, module) if self.least <= _MAYBE_ONE else None
        if found is not None and not _is_enum(found[2]):
            cache, name, owner = found
            length = "for ever" if cache.unlimited else "until as many other calls as its limit"
            yield self.finding(cache.decorator, module, _message(name, owner, length), confidence=_MAYBE_ONE)


def _message(name: str, owner: ast.ClassDef, length: str) -> str:
    return f"the cache of `{name}` keeps each `{owner.name}` alive {length}; use cached_property, or a cache per object"


def _is_enum(owner: ast.ClassDef) -> bool:
    return any(ast.unparse(base).rpartition(".")[2] in _ENUMS for base in owner.bases)


def _has_many(owner: ast.ClassDef, module: Module) -> bool:
    """Whether the file makes objects of the class in a loop."""
    return any(next(enclosing_loops(call, module), None) is not None for call in module.calls(owner.name))
