"""GL510 no-pagination."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.calls import constant, last_name
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LISTS = frozenset({"ModelViewSet", "ReadOnlyModelViewSet", "ListAPIView", "ListCreateAPIView", "ListModelMixin"})
_ROUTES = frozenset({"route", "get", "api_view"})
_ANSWERS = frozenset({"JsonResponse", "Response"})
_LIMITS = ("page", "limit", "offset", "cursor", "slice", "per_page", "first", "skip", "size", "paginat", "top", "last")
_PERHAPS = 40
_BY_SETTINGS = 20
"""The settings of the project may give it pages."""
_NARROWS = frozenset({"filter", "filter_by", "where", "limit", "first", "one", "get", "exclude", "paginate"})


class NoPagination(FileRule):
    """A list endpoint answers with a whole table.

    ## Why it wastes

    The answer grows with the table: each call reads all rows, makes them into objects and text and sends them, though a client shows a
    screenful. Pages (`pagination_class`, `limit` and `offset`, a cursor) bound all of it.

    ## When to leave it alone

    Small tables that do not grow, and exports. Whether a table is small cannot be seen: the confidence is 60 where a view of Django REST
    framework lists `objects.all()` with `pagination_class = None`, and 40, which the default threshold hides, where its query is another
    one and where a Flask or FastAPI endpoint returns all rows. Views without the attribute have that of the settings, which the file
    does not show: 20. Silent in tests.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite and a server on this machine, five requests for a table of 50,000 rows: 0.93
    -> 0.13 s of CPU time and 53 -> 24 MB (`python benchmarks/rules/run.py GL510`).

    Open gate, therefore in preview: no finding at the default confidence in the packages and applications of the corpus.
    """

    code = "GL510"
    name = "no-pagination"
    effect = Effect(
        EffectClass.TRANSFER, "the answer grows with the table (50,000 rows, five times: 0.93 -> 0.13 s of CPU)", "bench GL510"
    )
    confidence = 60
    preview = True
    packages = frozenset({"django", "rest_framework", "flask", "fastapi", "sanic", "quart", "starlette"})
    examples = (
        Bad(
            "from rest_framework.viewsets import ModelViewSet\n\nclass Orders(ModelViewSet):\n    queryset = Order.objects.all()\n"
            "    pagination_class = None\n",
            lines=(5,),
        ),
        Good(
            "from rest_framework.viewsets import ModelViewSet\n\nclass Orders(ModelViewSet):\n    queryset = Order.objects.all()\n"
            "    pagination_class = Pages\n",
            "in pages",
        ),
        Good(
            "from fastapi import APIRouter\n\nrouter = APIRouter()\n\n@router.get('/orders')\ndef orders(skip: int = 0, limit: int = 100):\n"
            "    return db.query(Order).offset(skip).limit(limit).all()\n",
            "in pages",
        ),
    )

    def check(self, node: ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[Finding]:
        """Yield a finding at the attribute that turns pages off, or at the query that an endpoint returns whole."""
        if is_test(module.path):
            return
        if isinstance(node, ast.ClassDef):
            off = _pages_off(node)
            listed = _pages_unsaid(node, module) if self.least <= _BY_SETTINGS else None
            if listed is not None:
                message = "lists the whole table, unless the settings give a `DEFAULT_PAGINATION_CLASS`: give `pagination_class` pages"
                yield self.finding(listed, module, message, confidence=_BY_SETTINGS)
            if off is not None:
                message = "lists the whole table: give `pagination_class` pages"
                yield self.finding(off, module, message, confidence=self.confidence if _lists_all(node) else _PERHAPS)
            return
        for query in (*_whole_tables(node, module), *_whole_answers(node, module)):
            message = "the endpoint returns all rows: take a page at a time (`limit` and `offset`, or a cursor)"
            yield self.finding(query, module, message, confidence=_PERHAPS)


def _pages_off(node: ast.ClassDef) -> ast.stmt | None:
    if not any(last_name(base) in _LISTS for base in node.bases):
        return None
    for statement in node.body:
        if isinstance(statement, ast.Assign) and last_name(statement.targets[0]) == "pagination_class":
            return statement if isinstance(statement.value, ast.Constant) and constant(statement.value) is None else None
    return None


def _pages_unsaid(node: ast.ClassDef, module: Module) -> ast.stmt | None:
    """The query of a view that lists all of a table and leaves pages to the settings."""
    known = [(module.qualified_name(base) or "").startswith("rest_framework.") for base in node.bases]
    if not all(known) or not any(last_name(base) in _LISTS for base in node.bases):
        return None
    sets = {last_name(s.targets[0]): s for s in node.body if isinstance(s, ast.Assign)}
    return sets.get("queryset") if "pagination_class" not in sets and _lists_all(node) else None


def _lists_all(node: ast.ClassDef) -> bool:
    """Whether the class says `queryset = Model.objects.all()` and does not narrow it."""
    for statement in node.body:
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)) and statement.name in (
            "get_queryset",
            "list",
            "filter_queryset",
        ):
            return False
        if isinstance(statement, ast.Assign) and last_name(statement.targets[0]) in ("filterset_class", "filter_backends"):
            return False
    sets = [s.value for s in node.body if isinstance(s, ast.Assign) and last_name(s.targets[0]) == "queryset"]
    return any(
        isinstance(value, ast.Call) and last_name(value.func) in ("all", "order_by") and _is_query(value) for value in sets
    )


def _whole_tables(node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[ast.Call]:
    """The unlimited queries of an endpoint: `Model.query.all()`, `db.query(Model).all()`, `Model.objects.all()`."""
    if not any(isinstance(d, ast.Call) and last_name(d.func) in _ROUTES for d in node.decorator_list):
        return
    text = module.text(node).lower()
    if any(word in text for word in _LIMITS):
        return
    for call in ast.walk(node):
        if (
            isinstance(call, ast.Call)
            and last_name(call.func) == "all"
            and not call.args
            and not call.keywords
            and _is_query(call)
        ):
            parent = module.parent(call)
            if not (isinstance(parent, ast.Attribute) and parent.attr in _NARROWS):
                yield call


def _whole_answers(node: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> Iterator[ast.Call]:
    """The queries in what a view of Django answers with: `JsonResponse(list(Model.objects.values()))`."""
    if _ANSWERS.isdisjoint(module.index.calls):
        return
    calls = [part for part in ast.walk(node) if isinstance(part, ast.Call) and last_name(part.func) in _ANSWERS]
    if not calls or any(word in module.text(node).lower() for word in _LIMITS):
        return
    for answer in calls:
        for call in ast.walk(answer):
            lists = isinstance(call, ast.Call) and last_name(call.func) in ("all", "values", "values_list")
            if lists and isinstance(call, ast.Call) and _is_query(call) and not _is_cut(call, module):
                yield call


def _is_cut(call: ast.Call, module: Module) -> bool:
    """Whether only some of the rows are asked for: `Model.objects.values()[:50]`."""
    holder = module.parent(call)
    return isinstance(holder, ast.Subscript) and holder.value is call


def _is_query(call: ast.Call) -> bool:
    """Whether the chain before `.all()` starts a query and does not narrow it."""
    names = []
    node: ast.AST = call.func
    while isinstance(node, (ast.Attribute, ast.Call, ast.Await)):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return _NARROWS.isdisjoint(names) and not {"query", "objects", "scalars"}.isdisjoint(names)
