"""Models of Django and SQLAlchemy, as far as one file shows them."""

from __future__ import annotations

import ast

from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_OVERRIDES = frozenset({"save", "full_clean", "__init__"})


def models_of(module: Module) -> dict[str, ast.ClassDef]:
    """The subclasses of `models.Model` that this file defines, by name."""
    notes = module.notes.setdefault("django-models", {})
    if 0 not in notes:
        classes = module.nodes(ast.ClassDef)
        notes[0] = {c.name: c for c in classes if any((dotted(base) or "").endswith("models.Model") for base in c.bases)}
    found: dict[str, ast.ClassDef] = notes[0]
    return found


def is_model_name(node: ast.expr) -> bool:
    """Whether an expression is called like a class: `User`, `models.User`, `U` (`from models import User as U`)."""
    name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
    return name[:1].isupper() and (len(name) == 1 or not name.isupper())


def is_plain_model(manager: ast.expr, module: Module) -> bool:
    """Whether `X.objects` is the manager of a model of this file that saves its rows without doing more."""
    if not (isinstance(manager, ast.Attribute) and isinstance(manager.value, ast.Name)):
        return False
    model = models_of(module).get(manager.value.id)
    if model is None or len(model.bases) != 1:
        return False
    names = {item.name for item in model.body if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef))}
    return names.isdisjoint(_OVERRIDES) and model.name not in _senders(module)


def _senders(module: Module) -> frozenset[str]:
    """The names that are handed to `receiver(...)` and `signal.connect(...)`."""
    notes = module.notes.setdefault("django-senders", {})
    if 0 not in notes:
        calls = [call for name in ("receiver", "connect") for call in module.calls(name)]
        given = [argument for call in calls for argument in (*call.args, *(keyword.value for keyword in call.keywords))]
        notes[0] = frozenset([argument.id for argument in given if isinstance(argument, ast.Name)])
    found: frozenset[str] = notes[0]
    return found


def is_session_query(rows: ast.expr) -> bool:
    """`session.query(Model).all()`, `Model.query.all()`, `session.scalars(select(Model)).all()`."""
    methods: list[str] = []
    first: ast.Call | None = None
    while isinstance(rows, ast.Call) and isinstance(rows.func, ast.Attribute):
        methods.append(rows.func.attr)
        first, rows = rows, rows.func.value
    if first is not None and methods[0] == "all" and methods[1:] in (["scalars"], ["scalars", "execute"]):
        return _is_select(first.args[0]) if len(first.args) == 1 else False
    if first is None or not {"query", "all", "filter", "filter_by", "order_by"}.issuperset(methods):
        return False
    if methods[-1] == "query":
        return len(first.args) == 1 and is_model_name(first.args[0])
    return methods[0] == "all" and isinstance(rows, ast.Attribute) and rows.attr == "query" and is_model_name(rows.value)


def _is_select(statement: ast.expr) -> bool:
    """`select(Model).where(...)`, without a limit."""
    while isinstance(statement, ast.Call) and isinstance(statement.func, ast.Attribute):
        if statement.func.attr not in ("filter", "filter_by", "join", "options", "order_by", "where"):
            return False
        statement = statement.func.value
    called = statement.func.id if isinstance(statement, ast.Call) and isinstance(statement.func, ast.Name) else ""
    return (
        called == "select" and isinstance(statement, ast.Call) and len(statement.args) == 1 and is_model_name(statement.args[0])
    )
