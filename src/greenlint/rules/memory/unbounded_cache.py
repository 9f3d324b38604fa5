"""GL605 unbounded-cache."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._caches import Openness, cache_around, cache_of, is_cleared, is_method, is_recursive, parameters
from greenlint.source.calls import last_name
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.memory._caches import Cache
    from greenlint.source.module import Module

_LIMIT = 1024
_CLOSED = 20
"""Nothing but the word says that it has no limit: without parameters, emptied somewhere, of a method or made in a function."""
_ENUMS = frozenset({"Enum", "Flag", "IntEnum", "IntFlag", "StrEnum"})
_CONFIDENCE = {Openness.CERTAIN: 80, Openness.LIKELY: 55, Openness.UNKNOWN: 30}
"""By what is known about the parameters: a name alone is right every other time, which the default threshold hides."""

_KEEPS_ALL = "a cache without a limit keeps every result for ever; give it one: `lru_cache(maxsize=…)`"


class UnboundedCache(FileRule):
    """A cache without a limit keeps an entry for every different argument that the function is ever given.

    ## Why it wastes

    `functools.cache` and `lru_cache(maxsize=None)` forget nothing. When the arguments come from an open set (texts, addresses,
    users, measured numbers, moments, functions made on the spot), memory grows for as long as the process lives, with entries
    that nobody asks for again. With a limit the entries in use stay and the others go.

    ## When to leave it alone

    When the arguments come from a small set, or the process ends soon. The rule is sure when a parameter's annotation says that its
    values are many (measured numbers, moments, functions); where only the name says so (`url`, `text`, `**kwargs`) confidence is
    55, and 30 where nothing does, both of which the default threshold hides. So is 20, for functions without parameters, flags
    and classes as arguments, for recursive functions, which need every entry, for caches that the file clears, for functions made
    inside another function, whose cache goes with them, and for methods (GL606). It is silent for methods of an `Enum`, which have an
    entry for each member. Ruff's FURB134 asks for `@cache`; where both rules speak, memory decides. The fix sets a limit of 1,024, and is unsafe
    because a caller may rely on getting the same object again.

    ## Evidence

    Whole processes, CPython 3.11.7: with 200,000 different numbers peak memory 116 -> 11 MB and CPU 0.50 -> 0.41 s, with 20,000
    20 -> 10 MB; with 1,000 nothing (`python benchmarks/rules/run.py GL605`).
    """

    code = "GL605"
    name = "unbounded-cache"
    effect = Effect(EffectClass.MEMORY, "grows with the arguments seen (116 -> 11 MB at 200,000)", "bench GL605")
    confidence = 80
    callees = frozenset({"cache", "lru_cache"})
    packages = frozenset({"functools"})
    examples = (
        Bad(
            "import functools\n\n@functools.lru_cache(maxsize=None)  # forgets nothing\ndef ticks(at: float):\n    return [at]\n",
            fixed="import functools\n\n@functools.lru_cache(maxsize=1024)  # forgets nothing\ndef ticks(at: float):\n    return [at]\n",
            lines=(3,),
        ),
        Bad(
            "import functools\n\n@functools.cache\ndef finder(low: float, high: float):\n    return ticks(low, high)\n",
            fixed="import functools\n\n@functools.lru_cache(maxsize=1024)\ndef finder(low: float, high: float):\n"
            "    return ticks(low, high)\n",
            lines=(3,),
        ),
        Bad(
            "from collections.abc import Callable\nfrom functools import cache\n\n@cache\ndef compiled(func: Callable[..., int]):\n"
            "    return jit(func)\n",
            lines=(4,),
        ),
        Good("import functools\n\n@functools.cache\ndef settings():\n    return load()\n", "one entry"),
        Good(
            "import functools\n\n@functools.cache\ndef handler(kind: type):\n    return find(kind)\n",
            "as many as there are classes",
        ),
        Good(
            "import functools\n\n@functools.cache\ndef parts(text):\n    return [text[0], *parts(text[1:])] if text else []\n",
            "recursive: it needs every entry",
        ),
    )

    def check(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a function with a parameter from an open set has a cache without a limit."""
        if isinstance(node, ast.Call):
            yield from self._around(node, module)
            return
        if not node.decorator_list:
            return
        cache = cache_of(node, module)
        if cache is not None and cache.unlimited:
            yield from self._cached(cache, node, module)

    def _around(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """`kept = lru_cache(maxsize=None)(compute)`."""
        found = cache_around(node, module)
        if found is None or not found[0].unlimited:
            return
        cache, wrapped = found
        function = _defined(wrapped, module)
        lives_on = module.function(node) is None and not module.calls("cache_clear")
        if function is not None and lives_on:
            yield from self._cached(cache, function, module)
        elif self.least <= _CONFIDENCE[Openness.UNKNOWN]:
            confidence = _CONFIDENCE[Openness.UNKNOWN] if lives_on else _CLOSED
            yield self.finding(cache.decorator, module, _KEEPS_ALL, confidence=confidence)

    def _cached(self, cache: Cache, node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[Finding]:
        keys = parameters(node, module)
        parameter, openness = max(keys, key=_second, default=("", Openness.CLOSED))
        kept = openness is Openness.CLOSED or is_method(node, module) or module.function(node) is not None
        if openness is Openness.CLOSED and _is_of_enum(node, module):
            return
        if kept or is_cleared(node, module) or is_recursive(node, module):
            yield self.finding(cache.decorator, module, _KEEPS_ALL, confidence=_CLOSED)
            return
        message = f"keeps an entry for every different `{parameter}` for ever; give the cache a limit: `lru_cache(maxsize=…)`"
        yield self.finding(cache.decorator, module, message, confidence=_CONFIDENCE[openness], fix=_fix(cache, module))


def _defined(wrapped: ast.expr, module: Module) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The function of this file that a name certainly stands for."""
    scope = names_of(module).scope(wrapped) if isinstance(wrapped, ast.Name) else None
    if not isinstance(wrapped, ast.Name) or scope is None:
        return None
    bindings = names_of(module).bindings(wrapped.id, scope)
    found = bindings[0].node if len(bindings) == 1 else None
    return found if isinstance(found, (ast.FunctionDef, ast.AsyncFunctionDef)) else None


def _is_of_enum(function: ast.AST, module: Module) -> bool:
    """Whether it is a method of an enumeration: one entry for each of its members."""
    owner = module.parent(function)
    return isinstance(owner, ast.ClassDef) and any(last_name(base) in _ENUMS for base in owner.bases)


def _second(key: tuple[str, Openness]) -> Openness:
    return key[1]


def _fix(cache: Cache, module: Module) -> Fix | None:
    title = f"Keep the last {_LIMIT} results"
    if cache.size is not None:
        return Fix(title, (Edit(*module.span(cache.size), str(_LIMIT)),), Applicability.UNSAFE)
    decorator = cache.decorator
    if isinstance(decorator, ast.Attribute):
        end = module.span(decorator)[1]
        return Fix(title, (Edit(end - len(decorator.attr), end, f"lru_cache(maxsize={_LIMIT})"),), Applicability.UNSAFE)
    imported = [local for local, target in module.imports.items() if target == "functools.lru_cache"]
    if not imported:
        return None
    return Fix(title, (Edit(*module.span(decorator), f"{imported[0]}(maxsize={_LIMIT})"),), Applicability.UNSAFE)
