"""What a pytest fixture does: whether it runs for all tests, gives a value, or acts on the world."""

from __future__ import annotations

import ast
from collections import Counter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.source.module import Module

Function = ast.FunctionDef | ast.AsyncFunctionDef
_ACTING = frozenset(
    {"chdir", "mocker", "monkeypatch", "caplog", "capsys", "db", "settings", "freezer", "responses", "transactional_db"}
)
"""Fixtures that change what other code sees."""
_ACTS = frozenset(
    {
        "chdir",
        "clear",
        "freeze_time",
        "mock",
        "override_settings",
        "patch",
        "putenv",
        "register",
        "reset",
        "seed",
        "set",
        "setattr",
    }
    | {
        "setdefault",
        "setenv",
        "start",
        "update",
        "install",
        "configure",
        "basicConfig",
        "init",
        "initialize",
        "create_all",
        "save",
    }
    | {"write_text", "write_bytes", "mkdir", "makedirs", "add", "append", "commit", "login", "activate", "enable", "disable"}
)
"""Calls that may change what tests see that do not name the fixture."""
_COSTLY = frozenset(
    {
        "Popen",
        "TestClient",
        "Client",
        "TemporaryDirectory",
        "connect",
        "create_app",
        "create_engine",
        "mkdtemp",
        "open",
        "read_csv",
    }
    | {"read_text", "read_bytes", "run", "sleep", "copytree", "load", "Session", "ClientSession", "get", "post"}
)


def is_autouse(node: Function, module: Module) -> ast.Call | None:
    """The decorator that makes the function a fixture of all tests."""
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and module.qualified_name(decorator.func) == "pytest.fixture":
            given = {keyword.arg: keyword.value for keyword in decorator.keywords}
            autouse = given.get("autouse")
            if isinstance(autouse, ast.Constant) and autouse.value is True and "name" not in given and "params" not in given:
                return decorator
    return None


def scope_of(decorator: ast.Call) -> str:
    """How long one set-up lasts: "function", "module" ...; "" when it is computed."""
    for keyword in decorator.keywords:
        if keyword.arg == "scope":
            return str(keyword.value.value) if isinstance(keyword.value, ast.Constant) else ""
    return "function"


def gives_value(node: Function) -> bool:
    """Whether the fixture returns or yields something."""
    for part in ast.walk(node):
        if isinstance(part, (ast.Return, ast.Yield)) and part.value is not None:
            return not (isinstance(part.value, ast.Constant) and part.value.value is None)
    return False


def patches(node: Function) -> bool:
    """Whether the fixture may act on what tests see that do not name it."""
    arguments = {argument.arg for argument in node.args.args} - {"self"}
    if arguments - {"tmp_path", "tmpdir", "request"} or arguments & _ACTING:
        return True
    containers = _containers(node)
    for part in ast.walk(node):
        if isinstance(part, (ast.Global, ast.Nonlocal, ast.With, ast.AsyncWith, ast.Delete, ast.Await)):
            return True
        if isinstance(part, (ast.Attribute, ast.Subscript)) and not isinstance(part.ctx, ast.Load):
            return True
        if isinstance(part, ast.Call):
            func = part.func
            name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
            own = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id in containers
            if name in _ACTS and not own:
                return True
    return False


def _containers(node: Function) -> set[str]:
    """The names that the fixture gives new lists, dicts and sets: filling and clearing them is no act on the world."""
    displays = (ast.List, ast.Dict, ast.Set, ast.ListComp, ast.DictComp, ast.SetComp)
    assigned = [part for part in ast.walk(node) if isinstance(part, ast.Assign) and isinstance(part.value, displays)]
    return {target.id for part in assigned for target in part.targets if isinstance(target, ast.Name)}


def is_costly(node: Function) -> bool:
    """Whether the set-up visibly opens, connects, starts or waits for something."""
    for part in ast.walk(node):
        if isinstance(part, (ast.For, ast.While)):
            return True
        if isinstance(part, ast.Call):
            func = part.func
            name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
            if name in _COSTLY:
                return True
    return False


def passed_on(module: Module) -> frozenset[str]:
    """The names of the arguments of all functions that are no tests: fixtures ask for each other so."""
    notes: dict[int, frozenset[str]] = module.notes.setdefault("dead.passed on", {})
    if 0 not in notes:
        others = [each for each in _functions(module) if not each.name.startswith("test")]
        notes[0] = frozenset(argument.arg for each in others for argument in each.args.args)
    return notes[0]


def tests_around(node: Function, module: Module) -> tuple[int, Counter[str]]:
    """How many tests the fixture runs for, those of its class or all of the module, and how many name which fixture."""
    holder = module.parent(node)
    notes: dict[Any, tuple[int, Counter[str]]] = module.notes.setdefault("dead.tests", {})
    if holder not in notes:
        tests = [each for each in _functions(module) if each.name.startswith("test")]
        if not isinstance(holder, ast.Module):
            tests = [each for each in tests if module.parent(each) is holder]
        notes[holder] = len(tests), Counter(name for test in tests for name in _asked_by(test))
    return notes[holder]


def _asked_by(test: Function) -> set[str]:
    """The fixtures that a test names, by an argument or a mark."""
    arguments = [*test.args.posonlyargs, *test.args.args, *test.args.kwonlyargs]
    marks = [part for decorator in test.decorator_list for part in ast.walk(decorator)]
    named = {part.value for part in marks if isinstance(part, ast.Constant) and isinstance(part.value, str)}
    return named | {argument.arg for argument in arguments}


def _functions(module: Module) -> list[Function]:
    by_class: dict[type[ast.AST], list[Any]] = module.index.by_class
    return [*by_class.get(ast.FunctionDef, ()), *by_class.get(ast.AsyncFunctionDef, ())]
