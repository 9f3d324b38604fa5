"""GL607 growing-global."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.memory._growing import Growth, growth_of, is_growable, shared_growth
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_CONFIDENCE = {Growth.OPEN: 65, Growth.CALLS: 50, Growth.KEYS: 40, Growth.REGISTRY: 20}


class GrowingGlobal(FileRule):
    """A collection of the module takes in something at each call and never gives anything up.

    ## Why it wastes

    What a module holds lives as long as the process. When functions add to it for each request, user or message and nothing ever takes
    an entry out, memory grows until the process is restarted. A cache needs a limit (`functools.lru_cache(maxsize=...)`), a history a
    `deque(maxlen=...)`, and what belongs to objects a `weakref.WeakKeyDictionary`.

    ## When to leave it alone

    Registries that are filled once when modules are loaded, and collections whose keys are few. The rule is sure (65) only for private
    names whose keys come from an open set by their name or annotation (addresses, users, texts, moments); 50 where
    each call adds an item, 40 where new keys do and for collections in the body of a class, which all its objects share, and 20 where the
    function registers something, all three hidden by default. It is silent
    where anything in the file takes entries out, asks for the length, binds the name anew or hands the collection on.

    ## Evidence

    Whole processes, CPython 3.11.7: 300,000 users asked for once each, peak memory 55 -> 9 MB and CPU 0.131 -> 0.091 s; 30,000
    users 14 -> 9 MB (`python benchmarks/rules/run.py GL607`).

    In preview: two findings at the default confidence in the standard library and 40 packages, too few to say how often it is right.
    """

    code = "GL607"
    name = "growing-global"
    preview = True
    effect = Effect(EffectClass.MEMORY, "grows until the process ends (55 -> 9 MB after 300,000 users)", "bench GL607")
    confidence = 65
    examples = (
        Bad(
            "_cache = {}\n\ndef page(url):\n    if url not in _cache:\n        _cache[url] = fetch(url)\n    return _cache[url]\n",
            lines=(1,),
        ),
        Good(
            "_cache = {}\n\ndef page(url):\n    if len(_cache) > 100:\n        _cache.clear()\n    _cache[url] = fetch(url)\n",
            "it has a limit",
        ),
        Good("_names = {}\n\nfor name in NAMES:\n    _names[name] = load(name)\n", "filled once"),
    )

    def check(self, node: ast.Assign | ast.AnnAssign, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` makes a collection of the module, or of a class, that only grows."""
        owner = module.parent(node)
        if not isinstance(owner, (ast.Module, ast.ClassDef)) or node.value is None:
            return
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if len(targets) != 1 or not isinstance(targets[0], ast.Name) or is_test(module.path):
            return
        if not is_growable(node.value, module):
            return
        if isinstance(owner, ast.Module):
            found = growth_of(targets[0], module)
        elif self.least <= _CONFIDENCE[Growth.KEYS]:
            found = shared_growth(targets[0], owner, module)
        else:
            return
        if found is None:
            return
        growth, place = found
        message = (
            f"`{targets[0].id}` takes in more at each call (line {place.lineno}) and gives nothing up; "  # type: ignore[attr-defined]
            "give it a limit, or let entries go"
        )
        yield self.finding(node, module, message, confidence=_CONFIDENCE[growth])
