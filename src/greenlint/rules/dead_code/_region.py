"""What a run of statements holds that matters when it is deleted: suspension points and names."""

from __future__ import annotations

import ast

from greenlint.rules.dead_code._flow import SCOPES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from greenlint.source.module import Module

_YIELDS = (ast.Yield, ast.YieldFrom)
_AWAITS = (ast.Await, ast.AsyncFor, ast.AsyncWith)
_NAMED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.ExceptHandler, ast.MatchAs, ast.MatchStar)


def is_trivial(region: list[ast.stmt]) -> bool:
    """True for `pass`, `...` and strings: nothing to save, and often there for readers."""
    return all(
        isinstance(statement, ast.Pass) or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in region
    )


def own_nodes(region: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """All nodes of `region` that belong to the function around it: nested functions and classes show their names only."""
    stack = list(region)
    while stack:
        node = stack.pop()
        yield node
        if not isinstance(node, SCOPES):
            stack.extend(ast.iter_child_nodes(node))


def makes_generator(region: list[ast.stmt], module: Module) -> bool:
    """True when the only `yield` of the function stands in `region`: `return; yield` is how empty generators are made."""
    if not any(isinstance(node, _YIELDS) for node in own_nodes(region)):
        return False
    function = module.function(region[0])
    inside = {id(node) for node in own_nodes(region)}
    body = function.body if function is not None else []
    return not any(isinstance(node, _YIELDS) and id(node) not in inside for node in own_nodes(body))


def suspends(region: list[ast.stmt]) -> bool:
    """True when `region` holds a `yield` or `await` of its function."""
    return any(
        isinstance(node, (*_YIELDS, *_AWAITS)) or (isinstance(node, ast.comprehension) and node.is_async)
        for node in own_nodes(region)
    )


def keeps_names(region: list[ast.stmt], module: Module) -> bool:
    """True when the names of the function around `region` stay local, global or nonlocal as they are without it."""
    function = next((scope for scope in module.ancestors(region[0]) if isinstance(scope, SCOPES)), None)
    if function is None or isinstance(function, ast.ClassDef):
        return True
    if any(isinstance(node, (ast.Global, ast.Nonlocal)) for node in own_nodes(region)):
        return False
    bound = {name for node in own_nodes(region) for name in _bound(node)}
    if not bound:
        return True
    inside = {id(node) for statement in region for node in ast.walk(statement)}
    elsewhere = [node for node in ast.walk(function) if id(node) not in inside and node is not function]
    own = [node for node in own_nodes(function.body) if id(node) not in inside]  # type: ignore[arg-type]
    still = {name for node in (*own, *ast.walk(function.args)) for name in _bound(node)}
    return not any(name in bound - still for node in elsewhere for name in _mentioned(node))


def _bound(node: ast.AST) -> Iterator[str]:
    """The names that `node` itself makes local."""
    if isinstance(node, ast.Name):
        if not isinstance(node.ctx, ast.Load):
            yield node.id
    elif isinstance(node, ast.arg):
        yield node.arg
    elif isinstance(node, ast.alias):
        yield (node.asname or node.name).split(".")[0]
    elif isinstance(node, ast.MatchMapping):
        if node.rest:
            yield node.rest
    elif isinstance(node, _NAMED) and node.name:
        yield node.name


def _mentioned(node: ast.AST) -> Iterator[str]:
    """The names that `node` itself uses, binds or declares."""
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, (ast.Global, ast.Nonlocal)):
        yield from node.names
    else:
        yield from _bound(node)
