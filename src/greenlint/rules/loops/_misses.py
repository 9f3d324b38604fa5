"""Try statements that catch what a look-up with a default would answer, and that look-up."""

from __future__ import annotations

import ast

from greenlint.source.infer import kind_of
from greenlint.source.words import words

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
REPEATED = words(
    "FileExistsError FileNotFoundError OverflowError UnicodeEncodeError UnicodeError DoesNotExist JSONDecodeError"
) | {
    "InvalidOperation",
    "ObjectDoesNotExist",
}
"""Those that are an ordinary answer only where a loop meets them again and again."""
_ANYTHING = frozenset({"BaseException", "Exception"})
_STORING = words("add append appendleft discard extend insert put setdefault update write")
"""Methods by which a handler notes its own answer."""
_PLAIN = (ast.Constant, ast.Name, ast.Attribute, ast.UnaryOp, ast.USub, ast.Not, ast.Load)


def caught(node: ast.Try, module: Module) -> list[str] | None:
    """The names of the exceptions that all handlers catch; None when one is of another kind or raises."""
    found: list[str] = []
    for handler in node.handlers:
        types = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
        for each in types:
            name = _known(each, module)
            if name is None:
                return None
            found.append(name)
    return sorted(found, key=lambda name: name not in ADVICE) or None


def _known(kind: ast.expr | None, module: Module) -> str | None:
    """The name of an exception that says what a test or a default could have said."""
    if isinstance(kind, ast.Name) and (kind.id in ADVICE or kind.id in _TESTABLE):
        return kind.id if module.is_builtin(kind, kind.id) else None
    name = kind.id if isinstance(kind, ast.Name) else kind.attr if isinstance(kind, ast.Attribute) else ""
    return name if name in REPEATED else None


def whatever(node: ast.Try, module: Module) -> str | None:
    """The exception of the look-up in plain sight that a handler for all exceptions catches."""
    kind = node.handlers[0].type if node.handlers else None
    if len(node.handlers) != 1 or len(node.body) != 1 or not (kind is None or isinstance(kind, ast.Name)):
        return None
    if isinstance(kind, ast.Name) and not (kind.id in _ANYTHING and module.is_builtin(kind, kind.id)):
        return None
    return looks_up(node.body, ["KeyError", "StopIteration", "AttributeError"], module)


def question(node: ast.Try, names: list[str], module: Module) -> str | None:
    """The exception that the look-up in plain sight of the body raises; None when a call hides it."""
    return looks_up(node.body, names, module)


def looks_up(block: list[ast.stmt], names: list[str], module: Module) -> str | None:
    """The first of some exceptions that a look-up in plain sight of a block raises; None when a call hides it."""
    parts = [part for statement in block for part in ast.walk(statement)]
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


def ordinary_answer(handler: ast.ExceptHandler) -> bool:
    """Whether the handler goes on with an answer of its own: counts, stores, appends or yields something."""
    if handler.name is not None or len(handler.body) > 3:
        return False
    return all(_is_ordinary(statement) for statement in handler.body)


def _is_ordinary(statement: ast.stmt) -> bool:
    if isinstance(statement, (ast.Pass, ast.Continue, ast.Assign, ast.AugAssign, ast.AnnAssign)):
        return True
    value = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Attribute) and value.func.attr in _STORING
    return isinstance(value, (ast.Yield, ast.Constant))


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
