"""GL510 no-pagination."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._endpoints import FRAMEWORKS
from greenlint.rules.network._handed_out import exit_of
from greenlint.rules.network._table_queries import whole_tables
from greenlint.source.calls import constant, last_name
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_LISTS = frozenset({"ModelViewSet", "ReadOnlyModelViewSet", "ListAPIView", "ListCreateAPIView", "ListModelMixin"})
_PERHAPS = 40
_PAGE = 30
"""A page may show few rows of what it is given."""
_BY_SETTINGS = 20
"""The settings of the project may give it pages."""
_NARROWS = frozenset({"filter", "filter_by", "where", "limit", "first", "one", "get", "exclude", "paginate"})
_WHOLE = frozenset({"all", "defer", "only", "order_by", "prefetch_related", "select_related"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


class NoPagination(FileRule):
    """A list endpoint answers with a whole table.

    ## Why it wastes

    The answer grows with the table: each call reads all rows, makes them into objects and text and sends them, though a client shows a
    screenful. Pages (`pagination_class`, `limit` and `offset`, a cursor) bound all of it.

    ## When to leave it alone

    Small tables that do not grow, and exports. Whether a table is small cannot be seen: the confidence is 60 where a view of Django REST
    framework lists `objects.all()` with `pagination_class = None`. All else the default threshold hides: 40 where its query is another
    one, for a `ListView` of Django without `paginate_by`, and where an endpoint (of Flask, FastAPI, Django, aiohttp and others) hands
    out all that a query without a condition gives: `Model.objects`, `select(Model)`, `SELECT … FROM t`, `collection.find()`; 30 where
    the rows fill a page; 20 for views that leave pages to the settings, which the file does not show. The rule is silent in tests, for
    rows that the file does not show to reach the answer, and where a name in the endpoint speaks of a page or a limit.

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
    packages = FRAMEWORKS
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

    def check(self, node: ast.Module | ast.ClassDef, module: Module) -> Iterator[Finding]:
        """Yield a finding at the attribute that turns pages off, or at the query whose rows an endpoint hands out whole."""
        if is_test(module.path):
            return
        if isinstance(node, ast.ClassDef):
            yield from self._class(node, module)
            return
        if self.least > _PERHAPS:
            return
        tables = list(whole_tables(module))
        others = {table.node for table in tables}
        for table in tables:
            found = exit_of(table, others, module)
            if found is not None:
                message = "the endpoint returns all rows: take a page at a time (`limit` and `offset`, or a cursor)"
                yield self.finding(table.node, module, message, confidence=_PAGE if found.page else _PERHAPS)

    def _class(self, node: ast.ClassDef, module: Module) -> Iterator[Finding]:
        off = _pages_off(node)
        if off is not None:
            message = "lists the whole table: give `pagination_class` pages"
            yield self.finding(off, module, message, confidence=self.confidence if _lists_all(node) else _PERHAPS)
        if self.least > _PERHAPS:
            return
        listed = _pages_unsaid(node, module) if self.least <= _BY_SETTINGS else None
        if listed is not None:
            message = (
                "lists the whole table, unless the settings give a `DEFAULT_PAGINATION_CLASS`: give `pagination_class` pages"
            )
            yield self.finding(listed, module, message, confidence=_BY_SETTINGS)
        shown = _shows_all(node, module)
        if shown is not None:
            yield self.finding(shown, module, "shows the whole table: give the view `paginate_by`", confidence=_PERHAPS)


def _pages_off(node: ast.ClassDef) -> ast.stmt | None:
    if not any(last_name(base) in _LISTS for base in node.bases):
        return None
    for statement in node.body:
        if isinstance(statement, ast.Assign) and last_name(statement.targets[0]) == "pagination_class":
            return statement if isinstance(statement.value, ast.Constant) and constant(statement.value) is None else None
    return None


def _pages_unsaid(node: ast.ClassDef, module: Module) -> ast.AST | None:
    """The query of a view that lists all of a table and leaves pages to the settings."""
    if "rest_framework" not in module.packages or not any(last_name(base) in _LISTS for base in node.bases):
        return None
    sets = _set_in(node)
    if not all(_is_known(base, module) for base in node.bases) or "pagination_class" in sets:
        return None
    return sets.get("queryset") if _lists_all(node) else _chosen(node, module)


def _shows_all(node: ast.ClassDef, module: Module) -> ast.AST | None:
    """What gives a `ListView` of Django all rows of a table, when nothing gives it pages."""
    if not any(last_name(base) in ("ListView", "BaseListView") for base in node.bases):
        return None
    sets = _set_in(node)
    methods = {statement.name for statement in node.body if isinstance(statement, _FUNCTIONS)}
    pages = "paginate_by" in sets or "get_paginate_by" in methods or "pagin" in ast.unparse(node).lower()
    if pages or not all(_is_known(base, module) for base in node.bases):
        return None
    if "get_queryset" in methods:
        return _chosen(node, module)
    if "queryset" in sets:
        return sets["queryset"] if _lists_all(node) else None
    return sets.get("model")


def _is_known(base: ast.expr, module: Module) -> bool:
    """Whether the class is one of the frameworks, or only says who may enter."""
    name = module.qualified_name(base) or ""
    return name.startswith(("rest_framework.", "django.")) or name.endswith(("RequiredMixin", "PassesTestMixin"))


def _set_in(node: ast.ClassDef) -> dict[str, ast.stmt]:
    """What the body of the class assigns, by name."""
    sets: dict[str, ast.stmt] = {}
    for statement in node.body:
        if isinstance(statement, ast.Assign):
            sets[last_name(statement.targets[0])] = statement
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            sets[last_name(statement.target)] = statement
    return sets


def _chosen(node: ast.ClassDef, module: Module) -> ast.AST | None:
    """The query of all rows that is all that `get_queryset` returns."""
    for statement in node.body:
        if isinstance(statement, ast.FunctionDef) and statement.name == "get_queryset":
            last = statement.body[-1]
            value = last.value if isinstance(last, ast.Return) else None
            if len(statement.body) < 3 and any(table.node is value for table in whole_tables(module)):
                return value
    return None


def _lists_all(node: ast.ClassDef) -> bool:
    """Whether the class says `queryset = Model.objects.all()` and does not narrow it."""
    for statement in node.body:
        if isinstance(statement, _FUNCTIONS) and statement.name in ("get_queryset", "list", "filter_queryset"):
            return False
    sets = _set_in(node)
    if not {"filterset_class", "filterset_fields", "filter_backends"}.isdisjoint(sets) or "queryset" not in sets:
        return False
    value = sets["queryset"].value  # type: ignore[attr-defined]
    return isinstance(value, ast.Call) and last_name(value.func) in _WHOLE and _is_query(value)


def _is_query(call: ast.Call) -> bool:
    """Whether the chain before `.all()` starts a query and does not narrow it."""
    names = []
    node: ast.AST = call.func
    while isinstance(node, (ast.Attribute, ast.Call, ast.Await)):
        if isinstance(node, ast.Attribute):
            names.append(node.attr)
        node = node.func if isinstance(node, ast.Call) else node.value
    return _NARROWS.isdisjoint(names) and not {"query", "objects", "scalars"}.isdisjoint(names)
