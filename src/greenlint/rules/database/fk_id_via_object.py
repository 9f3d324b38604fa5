"""GL407 fk-id-via-object."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.database._loops import is_aside
from greenlint.rules.database._models import models_of
from greenlint.rules.database._querysets import (
    MANAGERS,
    fetched_model,
    model_of,
    queryset_of_loop,
    related_names,
    relations_of,
)
from greenlint.rules.database._questions import is_tested
from greenlint.source.infer import dotted
from greenlint.source.names import names_of
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_NOT_MODELS = frozenset(
    {"request", "req", "context", "ctx", "info", "settings", "cls", "event", "message", "update", "interaction"}
)
"""Objects whose `user` or `chat` is no foreign key."""
_FETCHED = 40
"""The related object may be used as well, or the model is of another file."""


class FkIdViaObject(FileRule):
    """A related object is fetched to read its key, which is in the row already.

    ## Why it wastes

    `book.author.id` fetches the author, with all of its columns, unless it was fetched before; `book.author_id` is a column of the book.

    ## When to leave it alone

    Where the function uses the related object as well, which has then been fetched: the rule is silent where that is sure to run. A mere
    question whether there is one (`if book.author:`) has a confidence of 40: `book.author_id` answers it too. The default view speaks of fields that this
    file defines as foreign keys, of objects that it sees coming from the model or that are its `self`; others have a confidence below 50. A key
    that points to another column (`to_field`) is left alone; a field that may be empty (`null=True`) gets no fix, as `.author.id` would raise and
    `.author_id` is None.

    ## Evidence

    Whole processes, CPython 3.11.7, SQLite with the statements that Django sends: 20,000 objects, 0.274 -> 0.073 s of CPU time
    (`python benchmarks/rules/run.py GL407`). A server adds a round trip to each query.
    """

    code = "GL407"
    name = "fk-id-via-object"
    effect = Effect(
        EffectClass.TRANSFER, "fetches an object for its key (20,000 of them in SQLite: 0.274 -> 0.073 s of CPU)", "bench GL407"
    )
    confidence = 85
    attributes = frozenset({"id", "pk"})
    examples = (
        Bad(
            "from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "def keys():\n    return [book.author.id for book in Book.objects.all()]\n",
            fixed="from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "def keys():\n    return [book.author_id for book in Book.objects.all()]\n",
            lines=(7,),
        ),
        Bad(
            "from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "    def key(self):\n        return self.author.pk\n",
            fixed="from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "    def key(self):\n        return self.author_id\n",
            lines=(7,),
        ),
        Good(
            "from django.db import models\n\nclass Book(models.Model):\n    author = models.ForeignKey('Author', models.CASCADE)\n\n"
            "    def show(self):\n        return f'{self.author.id} {self.author.name}'\n",
            "the author is fetched anyway",
        ),
        Good("import django\n\ndef key(request):\n    return request.user.id\n", "not a model"),
    )

    def check(self, node: ast.Module, module: Module) -> Iterator[Finding]:
        """Yield findings for a file of Django."""
        if "django" in module.packages or models_of(module) or not MANAGERS.isdisjoint(module.attributes):
            for name in self.attributes & module.attributes:
                for attribute in module.index.attributes[name]:
                    if isinstance(attribute.value, ast.Attribute):
                        yield from self._key(attribute, attribute.value, module)

    def _key(self, node: ast.Attribute, relation: ast.Attribute, module: Module) -> Iterator[Finding]:
        """`obj.field.id` whose field is a foreign key."""
        if not isinstance(node.ctx, ast.Load):
            return
        field, holder = relation.attr, relation.value
        if field.startswith("_") or field[:1].isupper():
            return
        if not isinstance(holder, ast.Name):
            if self.least <= _FETCHED and fetched_model(holder, module) is not None:
                message = f"fetches the related object for its key: `{field}_id` is in the row already"
                yield self.finding(node, module, message, confidence=_FETCHED)
            return
        if holder.id in _NOT_MODELS:
            return
        known = "django" in module.packages
        model = model_of(holder, module) if models_of(module) or not known else None  # of other files nothing more is known
        if model is None and not known and not (self.least <= _FETCHED and _is_of_model(holder, module)):
            return
        relations = relations_of(model, module) if model is not None else None
        message = f"fetches the related object for its key: `{holder.id}.{field}_id` is in the row already"
        if relations is None:
            confidence = self._guess(holder, field, module)
            if confidence > _FETCHED or (self.least <= _FETCHED and not _is_fetched_anyway(relation, node, module)):
                yield self.finding(node, module, message, confidence=confidence)
            return
        call = relations.get(field)
        if call is None or any(keyword.arg in ("to_field", "parent_link") for keyword in call.keywords):
            return
        if _uses(relation, node, module):
            if not _is_fetched_anyway(relation, node, module):
                yield self.finding(node, module, message, confidence=_FETCHED)
            return
        text = f"{holder.id}.{field}_id"
        fix = None if _may_be_empty(call) else self.replace(node, text, module, "Read the key of the row", Applicability.UNSAFE)
        yield self.finding(node, module, message, fix=fix, confidence=50 if is_aside(module.path) else self.confidence)

    def _guess(self, holder: ast.Name, field: str, module: Module) -> int:
        """How sure it is when the model is not in this file."""
        if field not in related_names(module):
            return 25
        scope = names_of(module).scope(holder)
        bound = names_of(module).bindings(holder.id, scope) if scope is not None else []
        loops = [b.node for b in bound if isinstance(b.node, (ast.For, ast.comprehension))]
        known = bool(loops) and len(loops) == len(bound) and all(_walks_models(loop, module) for loop in loops)
        return 75 if known and any(repeating_loops(holder, module)) and not is_aside(module.path) else 35


def _is_of_model(holder: ast.Name, module: Module) -> bool:
    """Whether an object is said to be, or just fetched as, one of a model that another file defines."""
    for binding in names_of(module).valid_bindings(holder):
        given = dotted(binding.annotation) if binding.annotation is not None else None
        if given is not None and module.imports.get(given, "").rpartition(".")[0].endswith("models"):
            return True
        if binding.value is not None and fetched_model(binding.value, module) is not None:
            return True
    return False


def _walks_models(loop: ast.For | ast.comprehension, module: Module) -> bool:
    rows = queryset_of_loop(loop, module)
    return rows is not None and rows.has_rows and {"select_related", "prefetch_related"}.isdisjoint(rows.methods)


def _may_be_empty(call: ast.Call) -> bool:
    return any(k.arg == "null" and not (isinstance(k.value, ast.Constant) and k.value.value is False) for k in call.keywords)


def _uses(relation: ast.Attribute, node: ast.Attribute, module: Module) -> list[ast.Attribute]:
    """Where the function reads or sets the related object for something else than its key."""
    scope = module.function(node) or module.tree
    notes = module.notes.setdefault("related-uses", {})
    if id(scope) not in notes:
        used: dict[str, list[ast.Attribute]] = {}
        for other in ast.walk(scope):
            if isinstance(other, ast.Attribute):
                above = module.parent(other)
                if not (isinstance(above, ast.Attribute) and above.attr in ("id", "pk")):
                    used.setdefault(dotted(other) or "", []).append(other)
        notes[id(scope)] = used
    found: list[ast.Attribute] = notes[id(scope)].get(dotted(relation), [])
    return found


def _is_fetched_anyway(relation: ast.Attribute, node: ast.Attribute, module: Module) -> bool:
    """Whether the other use is in the same statement, or in a block that is run through whenever this one is."""
    blocks = {*module.ancestors(node)}
    uses = [use for use in _uses(relation, node, module) if not _is_asked_for(use, module)]
    return any(module.parent(module.statement(use)) in blocks for use in uses)


def _is_asked_for(use: ast.Attribute, module: Module) -> bool:
    """`if self.author:`, `self.author is None`, `self.author and ...`: a question that the key in the row answers as well."""
    holder = module.parent(use)
    if isinstance(holder, ast.Compare):
        nothing = [isinstance(other, ast.Constant) and other.value is None for other in holder.comparators]
        return holder.left is use and all(nothing)
    if isinstance(holder, ast.BoolOp):
        return use is not holder.values[-1] or is_tested(use, module)
    return (isinstance(holder, ast.UnaryOp) and isinstance(holder.op, ast.Not)) or is_tested(use, module)
