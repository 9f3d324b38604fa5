"""Try statements that catch what a look-up with a default would answer, and that look-up."""

from __future__ import annotations

import ast

from greenlint.source.infer import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.source.module import Module

ADVICE: Mapping[str, str] = {
    "AttributeError": "`getattr(..., default)` answers without one",
    "IndexError": "compare with the length first",
    "KeyError": "`.get(key, default)` answers without one",
    "LookupError": "ask with a default instead",
    "StopIteration": "`next(..., default)` answers without one",
}
"""Exception -> what to do instead."""
_TESTABLE = frozenset({"TypeError", "UnicodeDecodeError", "ValueError", "ZeroDivisionError"})
"""Exceptions that often say what a test could have said, by the code that raises them."""
_PLAIN = (ast.Constant, ast.Name, ast.Attribute, ast.UnaryOp, ast.USub, ast.Not, ast.Load)


def caught(node: ast.Try, module: Module) -> list[str] | None:
    """The names of the exceptions that all handlers catch; None when one is of another kind or raises."""
    found: list[str] = []
    for handler in node.handlers:
        types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for each in types:
            if not isinstance(each, ast.Name) or (each.id not in ADVICE and each.id not in _TESTABLE):
                return None
            if not module.is_builtin(each, each.id):
                return None
            found.append(each.id)
    return sorted(found, key=lambda name: name not in ADVICE) or None


def question(node: ast.Try, names: list[str], module: Module) -> str | None:
    """The exception that the look-up in plain sight of the body raises; None when a call hides it."""
    parts = [part for statement in node.body for part in ast.walk(statement)]
    if any(isinstance(part, (ast.Await, ast.Yield, ast.YieldFrom)) for part in parts):
        return None
    calls = [part for part in parts if isinstance(part, ast.Call)]
    looks = {
        "AttributeError": any(isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load) for part in parts),
        "IndexError": any(_is_item(part) for part in parts),
        "KeyError": any(_is_item(part) for part in parts),
        "LookupError": any(_is_item(part) for part in parts),
        "StopIteration": any(module.is_builtin(call.func, "next") and len(call.args) == 1 for call in calls),
    }
    for name in names:
        others = [call for call in calls if not (name == "StopIteration" and module.is_builtin(call.func, "next"))]
        if looks.get(name) and not others:
            return name
    return None


def _is_item(part: ast.AST) -> bool:
    return isinstance(part, ast.Subscript) and not isinstance(part.slice, ast.Slice) and not isinstance(part.ctx, ast.Store)


def raises(node: ast.Try) -> bool:
    """Whether a handler raises, so that the exception is no ordinary answer."""
    return any(isinstance(part, ast.Raise) for handler in node.handlers for each in handler.body for part in ast.walk(each))


def plain_answer(handler: ast.ExceptHandler) -> bool:
    """Whether the handler only goes on, with a default or without."""
    if handler.name is not None or len(handler.body) > 2:
        return False
    for statement in handler.body:
        if isinstance(statement, (ast.Pass, ast.Continue, ast.Break)):
            continue
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        value = statement.value if isinstance(statement, (ast.Assign, ast.Return)) else None
        if isinstance(statement, ast.Return) and value is None:
            continue
        if value is None or not _is_default(value):
            return False
    return True


def _is_default(value: ast.expr) -> bool:
    if isinstance(value, (ast.List, ast.Tuple, ast.Set)):
        return all(_is_default(item) for item in value.elts)
    if isinstance(value, ast.Dict):
        return not value.keys
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and not value.args and not value.keywords
    return all(isinstance(part, _PLAIN) for part in ast.walk(value))


def without_exception(node: ast.Try, module: Module) -> str | None:
    """The one statement that does the same without an exception, where there is one."""
    if len(node.body) != 1 or len(node.handlers) != 1 or node.orelse or len(node.handlers[0].body) != 1:
        return None
    handler, body, answer = node.handlers[0], node.body[0], node.handlers[0].body[0]
    name = handler.type.id if isinstance(handler.type, ast.Name) else None
    if isinstance(body, ast.Delete) and name == "KeyError" and isinstance(answer, ast.Pass) and len(body.targets) == 1:
        target = body.targets[0]
        if isinstance(target, ast.Subscript) and _is_item(target) and kind_of(target.value, module) in ("dict", None):
            return f"{module.text(target.value)}.pop({module.text(target.slice)}, None)"
    if not (isinstance(body, ast.Assign) and isinstance(answer, ast.Assign)) or isinstance(answer.value, ast.Call):
        return None
    if [ast.unparse(target) for target in body.targets] != [ast.unparse(target) for target in answer.targets]:
        return None
    asked = _with_default(body.value, name, module.text(answer.value), module)
    targets = " = ".join(module.text(target) for target in body.targets)
    return None if asked is None else f"{targets} = {asked}"


def _with_default(value: ast.expr, name: str | None, default: str, module: Module) -> str | None:
    if name == "KeyError" and isinstance(value, ast.Subscript) and _is_item(value):
        if kind_of(value.value, module) not in ("dict", None) or isinstance(value.slice, ast.Tuple):
            return None
        return f"{module.text(value.value)}.get({module.text(value.slice)}, {default})"
    if name == "AttributeError" and isinstance(value, ast.Attribute):
        return f'getattr({module.text(value.value)}, "{value.attr}", {default})'
    if name == "StopIteration" and isinstance(value, ast.Call) and module.is_builtin(value.func, "next"):
        if len(value.args) != 1 or isinstance(value.args[0], (ast.GeneratorExp, ast.Starred)) or value.keywords:
            return None
        return f"next({module.text(value.args[0])}, {default})"
    return None
