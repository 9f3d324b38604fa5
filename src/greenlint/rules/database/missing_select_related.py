"""GL406 missing-select-related."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._loops import is_aside, loads_in_loop
from greenlint.rules.database._querysets import (
    MANAGERS,
    QuerySet,
    queryset_of_loop,
    related_names,
    relation_in,
    relations_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_OF_VALUES = frozenset(
    {
        *("year", "month", "day", "hour", "minute", "second", "days", "seconds", "microsecond", "tzinfo", "date", "weekday"),
        *("strftime", "isoformat", "timestamp", "total_seconds", "url", "path", "file", "size", "name", "open", "read", "save"),
        *("lower", "upper", "strip", "split", "replace", "startswith", "endswith", "join", "format", "encode", "title"),
        *("get", "items", "keys", "values", "append", "all", "filter", "exclude", "count", "exists", "first", "last", "add"),
        *("objects", "hex", "real", "numerator", "splitlines", "rstrip", "lstrip", "capitalize", "set", "remove", "clear"),
        *("order_by", "values_list", "select_related", "prefetch_related", "aggregate", "create", "none", "iterator"),
    }
)
"""Attributes of dates, files, texts, dictionaries and managers: what stands before them is hardly a foreign key."""
_USUAL = frozenset(
    {
        *(
            "account",
            "author",
            "category",
            "company",
            "created_by",
            "creator",
            "customer",
            "group",
            "organisation",
            "organization",
        ),
        *("owner", "product", "profile", "project", "team", "tenant", "user", "order", "invoice", "article", "post"),
    }
)
"""Names that a field with attributes of its own hardly has unless it is a foreign key."""
_OF_KEYS = frozenset({"id", "pk", "_id", "DoesNotExist"})


class MissingSelectRelated(FileRule):
    """A loop over a queryset reads a foreign key of each object, one query per object.

    ## Why it wastes

    Django fetches a related object when it is first read: a hundred rows make a hundred queries more, each sent, planned and answered on
    its own. `select_related("author")` brings the related rows along in one join.

    ## When to leave it alone

    Where the loop runs over a few rows. The default view speaks of fields that this file proves to be foreign keys: it defines the
    model, names the field in a `select_related`, or goes through it in a condition of the queryset (`author__name=x`); and of fields
    called `user`, `owner`, `project` and the like. Other attributes of attributes have a confidence below 50, also in tests and migrations,
    and so has `.all()` of a relation that this file does not define. The rule is silent where the queryset has a `select_related` or `prefetch_related`, gives dictionaries or tuples, or
    where the key itself (`author_id`) is read.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite with the statements that Django sends: 20,000 objects, 0.271 -> 0.127 s of CPU time
    (`python benchmarks/rules/run.py GL406`). A server adds a round trip to each query.
    """

    code = "GL406"
    name = "missing-select-related"
    effect = Effect(
        EffectClass.ASYMPTOTIC,
        "one query per object (20,000 objects in SQLite: 0.271 -> 0.127 s of CPU; a server adds a round trip to each)",
        "bench GL406",
    )
    confidence = 85
    attributes = MANAGERS
    examples = (
        Bad(
            "from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "def names():\n    for book in Book.objects.all():\n        use(book.author.name)\n",
            lines=(8,),
        ),
        Good(
            "from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "def names():\n    for book in Book.objects.select_related('author'):\n        use(book.author.name)\n",
            "the authors come along",
        ),
        Good(
            "from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "def keys():\n    return [book.author_id for book in Book.objects.all()]\n",
            "the key is in the row itself",
        ),
    )

    def check(self, node: ast.For | ast.AsyncFor | ast.comprehension, module: Module) -> Iterator[Finding]:
        """Yield a finding for the first use of each relation in a loop over a queryset."""
        if not isinstance(node.target, ast.Name):
            return
        rows = queryset_of_loop(node, module)
        if rows is None or rows.model is None or not rows.has_rows or _is_loaded(rows):
            return
        reported: set[str] = set()
        for read in _related_reads(node.target, module):
            field = read.value.attr if isinstance(read.value, ast.Attribute) else ""
            if field not in reported and _asks_for_all(read, module):
                reported.add(field)
                message = f'one query per object for `.{field}.all()`: add `.prefetch_related("{field}")` to the queryset'
                yield self.finding(read, module, message, confidence=self._many(rows, field, module))
                continue
            confidence = self._confidence(rows, field, read, module)
            if field not in reported and confidence:
                reported.add(field)
                message = f'one query per object for `.{field}`: add `.select_related("{field}")` to the queryset'
                yield self.finding(read, module, message, confidence=confidence)

    def _many(self, rows: QuerySet, field: str, module: Module) -> int:
        known = relations_of(rows.model or "", module, frozenset({"ManyToManyField"}))
        return self.confidence if known is not None and field in known and not is_aside(module.path) else 45

    def _confidence(self, rows: QuerySet, field: str, read: ast.Attribute, module: Module) -> int:
        relations = relations_of(rows.model or "", module)
        if relations is not None and field in relations:
            return 50 if is_aside(module.path) else self.confidence
        if (
            relations is not None
            or (read.attr in _OF_VALUES and not _is_text_of_a_key(read, field, module))
            or field in _OF_KEYS
            or field.startswith("_")
            or field.endswith("_set")
        ):
            return 0
        if is_aside(module.path):
            return 40
        return 75 if field in related_names(module) or field in _asked(rows) else 65 if field in _USUAL else 40


def _asks_for_all(read: ast.Attribute, module: Module) -> bool:
    """`book.tags.all()`."""
    call = module.parent(read)
    return read.attr == "all" and isinstance(call, ast.Call) and call.func is read and not call.args and not call.keywords


def _is_text_of_a_key(read: ast.Attribute, field: str, module: Module) -> bool:
    """`book.author.name`, which is read and not called: texts and files are hardly called like that."""
    call = module.parent(read)
    called = isinstance(call, ast.Call) and call.func is read
    return read.attr in ("name", "title") and not called and (field in _USUAL or field in related_names(module))


def _asked(rows: QuerySet) -> frozenset[str]:
    """The relations that the conditions of the queryset itself go through: `filter(author__name=x)`."""
    keywords = [keyword.arg or "" for call in rows.calls for keyword in call.keywords]
    return frozenset([name for name in map(relation_in, keywords) if name is not None])


def _is_loaded(rows: QuerySet) -> bool:
    return not {"select_related", "prefetch_related", "only", "annotate"}.isdisjoint(rows.methods)


def _related_reads(target: ast.Name, module: Module) -> Iterator[ast.Attribute]:
    """`book.author.name` for the `book` of the loop."""
    for load in loads_in_loop(target, module):
        field = module.parent(load)
        read = module.parent(field) if isinstance(field, ast.Attribute) else None
        if isinstance(read, ast.Attribute) and read.attr not in _OF_KEYS and isinstance(read.ctx, ast.Load):
            yield read
