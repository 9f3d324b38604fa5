"""Caches around methods: of `functools` also under another name or put around afterwards, and those of other libraries."""

from __future__ import annotations

import ast

from greenlint.rules.memory._caches import Cache, cache_around, cache_of
from greenlint.source.calls import keyword
from greenlint.source.module import FunctionNode
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_OTHERS = frozenset(
    {"async_lru.alru_cache", "asyncstdlib.cache", "asyncstdlib.lru_cache", "boltons.cacheutils.cached", "cachetools.cached"}
    | {f"cachetools.func.{kind}_cache" for kind in ("fifo", "lfu", "lru", "mru", "rr", "tlru", "ttl")}
    | {"toolz.memoize", "toolz.functoolz.memoize", "cytoolz.memoize", "cytoolz.functoolz.memoize"}
)
"""Decorators of other libraries whose keys hold `self` unless a `key` says otherwise."""
PACKAGES = frozenset(name.partition(".")[0] for name in _OTHERS) | {"functools"}
_OF_CLASS = frozenset({"__class_getitem__", "__init_subclass__", "__new__"})
"""Methods that are given the class, without saying so."""
_CLASS_BODY = (ast.If, ast.Try, ast.With)


def class_of(function: ast.AST, module: Module) -> ast.ClassDef | None:
    """The class that a method belongs to, also where a condition of the class body defines it."""
    owner = module.parent(function)
    while isinstance(owner, (*_CLASS_BODY, ast.ExceptHandler)):
        owner = module.parent(owner)
    return owner if isinstance(owner, ast.ClassDef) else None


def takes_self(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    """Whether the function, which stands in a class, is given the instance."""
    decorators = function.decorator_list
    return function.name not in _OF_CLASS and not any(
        module.is_builtin(each, kind) for each in decorators for kind in ("staticmethod", "classmethod")
    )


def method_cache(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> tuple[Cache, bool] | None:
    """The cache among the decorators of a method, and whether it is one of `functools` itself."""
    found = cache_of(function, module)
    if found is not None:
        return found, True
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Name) and module.qualified_name(decorator) is None:
            size = _kept_as(decorator, module)
            if size is not None:
                return Cache(decorator, size, isinstance(size, ast.Constant) and size.value is None), False
        call = decorator if isinstance(decorator, ast.Call) else None
        if module.qualified_name(call.func if call else decorator) in _OTHERS:
            return None if call is not None and keyword(call, "key") is not None else (Cache(decorator, None, False), False)
    return None


def _kept_as(decorator: ast.Name, module: Module) -> ast.expr | None:
    """The `maxsize` behind `cached = lru_cache(maxsize=9)`, of which `cached` is the decorator."""
    names = names_of(module)
    scope = names.scope(decorator)
    bindings = names.bindings(decorator.id, scope) if scope is not None else []
    value = bindings[0].value if len(bindings) == 1 else None
    if isinstance(value, ast.Call) and module.qualified_name(value.func) == "functools.lru_cache":
        return keyword(value, "maxsize") or (value.args[0] if value.args else ast.Constant(128))
    return None


def cached_in_class(node: ast.Call, module: Module) -> tuple[Cache, str, ast.ClassDef] | None:
    """`kept = lru_cache(9)(method)` in the body of a class: the cache, the name of what it keeps, and the class."""
    holder = module.parent(node)
    if isinstance(holder, ast.Call) and holder.func is node:
        holder = module.parent(holder)
    owner = class_of(holder, module) if isinstance(holder, (ast.Assign, ast.AnnAssign)) else None
    found = cache_around(node, module) if owner is not None else None
    if found is None or owner is None:
        return None
    cache, wrapped = found
    if isinstance(wrapped, ast.Lambda):
        return (cache, "lambda", owner) if wrapped.args.args else None
    defined = [b.node for b in names_of(module).bindings(wrapped.id, owner)] if isinstance(wrapped, ast.Name) else []
    function = defined[0] if len(defined) == 1 else None
    if not isinstance(function, FunctionNode) or not takes_self(function, module):
        return None
    return (cache, function.name, owner) if function.args.args else None
