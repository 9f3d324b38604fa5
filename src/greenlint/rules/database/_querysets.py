"""Querysets of Django and the objects that come out of them, as far as one file shows them."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.rules.database._models import is_model_name, models_of
from greenlint.source.infer import dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.names import Binding

MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
"""The attributes by which models hand out their rows."""
_NARROWING = frozenset({"all", "filter", "exclude", "order_by", "reverse", "distinct", "annotate", "using", "complex_filter"})
_LOADING = frozenset({"select_related", "prefetch_related", "only", "defer", "select_for_update", "iterator"})
_SHAPING = frozenset({"values", "values_list", "dates", "datetimes", "union", "none", "difference", "intersection", "raw"})
_ONE = frozenset({"get", "first", "last", "earliest", "latest", "create", "get_object_or_404"})
_ONE_LATER = frozenset({f"a{method}" for method in _ONE})
_RELATIONS = frozenset({"ForeignKey", "OneToOneField"})
_DEPTH = 5


class QuerySet(NamedTuple):
    """A queryset.

    model    the name of its model, None for a related manager (`user.groups.all()`)
    methods  the names of the methods that made it, the first one first
    calls    the calls of those methods
    """

    model: str | None
    methods: tuple[str, ...]
    calls: tuple[ast.Call, ...]

    @property
    def has_rows(self) -> bool:
        """Whether it gives objects of the model, not dictionaries or tuples."""
        return _SHAPING.isdisjoint(self.methods)


def queryset(node: ast.expr, module: Module, depth: int = _DEPTH) -> QuerySet | None:
    """The queryset that `node` stands for, through chains of methods and names that are bound to nothing else."""
    calls: list[ast.Call] = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr not in _NARROWING | _LOADING | _SHAPING:
            return None
        calls.append(node)
        node = node.func.value
    calls.reverse()
    methods = tuple(call.func.attr for call in calls if isinstance(call.func, ast.Attribute))
    if isinstance(node, ast.Attribute) and node.attr in MANAGERS:
        model = dotted(node.value) if is_model_name(node.value) else _model_of_cls(node.value, module)
        if model is not None:
            return QuerySet(model, methods, tuple(calls))
    if isinstance(node, ast.Attribute) and _is_related(node, calls) and "django" in module.packages:
        return QuerySet(None, methods, tuple(calls))
    if isinstance(node, ast.Name) and depth and _has_managers(module):
        base = _named(node, module, depth)
        return QuerySet(base.model, base.methods + methods, base.calls + tuple(calls)) if base is not None else None
    return None


def _has_managers(module: Module) -> bool:
    """Whether the file mentions a manager: without one, no name needs to be followed."""
    notes = module.notes.setdefault("has-managers", {})
    if 0 not in notes:
        notes[0] = not MANAGERS.isdisjoint(module.attributes)
    found: bool = notes[0]
    return found


def _is_related(manager: ast.Attribute, calls: list[ast.Call]) -> bool:
    """`user.groups.all()`, `user.groups.filter(a=1)`: a manager of related objects, as far as it looks like one."""
    if not calls or dotted(manager) is None or manager.attr.startswith("query"):
        return False
    first = calls[0]
    name = first.func.attr if isinstance(first.func, ast.Attribute) else ""
    return name == "all" or (name in ("filter", "exclude") and bool(first.keywords) and not first.args)


def _named(name: ast.Name, module: Module, depth: int) -> QuerySet | None:
    """The queryset that a name is bound to; `qs = qs.filter(...)` counts on top of the first."""
    found: list[QuerySet] = []
    for binding in names_of(module).valid_bindings(name):
        value = binding.value
        if value is None:
            return None
        start, methods = _start(value)
        if isinstance(start, ast.Name) and start.id == name.id:
            if not _NARROWING.union(_LOADING, _SHAPING).issuperset(methods):
                return None
            found.append(QuerySet(None, tuple(methods), ()))
            continue
        made = queryset(value, module, depth - 1)
        if made is None:
            return None
        found.append(made)
    bases = [one for one in found if one.model is not None or one.calls]
    if not bases or len({one.model for one in bases}) != 1:
        return None
    return QuerySet(
        bases[0].model, tuple(m for one in found for m in one.methods), tuple(c for one in bases for c in one.calls)
    )


def _start(node: ast.expr) -> tuple[ast.expr, list[str]]:
    methods = []
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        methods.append(node.func.attr)
        node = node.func.value
    return node, methods


def model_of(node: ast.expr, module: Module) -> str | None:
    """The name of the model that an object belongs to: `self` in the model, an item of its queryset, `User.objects.get(...)`."""
    if not isinstance(node, ast.Name):
        return None
    owner = _model_of_self(node, module)
    if owner is not None:
        return owner
    bindings = names_of(module).valid_bindings(node)
    models = {_bound_model(binding, module) for binding in bindings}
    return models.pop() if len(models) == 1 else None


def _bound_model(binding: Binding, module: Module) -> str | None:
    holder = binding.node
    if isinstance(holder, (ast.For, ast.AsyncFor, ast.comprehension)):
        rows = queryset_of_loop(holder, module)
        return rows.model if rows is not None and rows.has_rows else None
    if binding.annotation is not None:
        given = dotted(binding.annotation)
        return given if given in models_of(module) else None
    value = binding.value
    if isinstance(value, ast.Call):
        called = value.func
        if isinstance(called, ast.Attribute) and called.attr in _ONE:
            rows = queryset(called.value, module)
            return rows.model if rows is not None and rows.has_rows else None
        if isinstance(called, ast.Name) and called.id == "get_object_or_404" and value.args and is_model_name(value.args[0]):
            return dotted(value.args[0])
    return None


def fetched_model(node: ast.expr, module: Module) -> str | None:
    """The model of the object that `Model.objects.get(...)` or `await Model.objects.aget(...)` fetches, without what it refers to."""
    if isinstance(node, ast.Await):
        node = node.value
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant) and type(node.slice.value) is int:
        found = queryset(node.value, module)
        return found.model if found is not None and found.has_rows and _LOADING.isdisjoint(found.methods) else None
    method = node.func if isinstance(node, ast.Call) else None
    if not isinstance(method, ast.Attribute) or method.attr not in _ONE | _ONE_LATER:
        return None
    rows = queryset(method.value, module)
    alone = rows is not None and rows.has_rows and _LOADING.isdisjoint(rows.methods)
    return rows.model if rows is not None and alone else None


def _model_of_cls(node: ast.expr, module: Module) -> str | None:
    """The model whose class method has `node` as its `cls`."""
    function = module.function(node) if isinstance(node, ast.Name) and node.id == "cls" else None
    owner = module.parent(function) if function is not None else None
    if function is None or not isinstance(owner, ast.ClassDef) or owner.name not in models_of(module):
        return None
    return owner.name if [ast.unparse(each) for each in function.decorator_list] == ["classmethod"] else None


def _model_of_self(node: ast.Name, module: Module) -> str | None:
    function = module.function(node)
    owner = module.parent(function) if function is not None else None
    if function is None or not isinstance(owner, ast.ClassDef) or owner.name not in models_of(module):
        return None
    arguments = [*function.args.posonlyargs, *function.args.args]
    return owner.name if arguments and arguments[0].arg == node.id and not function.decorator_list else None


def queryset_of_loop(loop: ast.For | ast.AsyncFor | ast.comprehension, module: Module) -> QuerySet | None:
    """The queryset that a loop walks, also through `enumerate`, `list` and `iterator()`."""
    rows = loop.iter
    while isinstance(rows, ast.Call) and isinstance(rows.func, ast.Name) and len(rows.args) == 1 and not rows.keywords:
        if rows.func.id not in ("list", "tuple", "iter", "set"):
            return None
        rows = rows.args[0]
    return queryset(rows, module)


def relations_of(model: str, module: Module, kinds: frozenset[str] = _RELATIONS) -> dict[str, ast.Call] | None:
    """The foreign keys of a model of this file, by field name; None for a model that it does not define."""
    owner = models_of(module).get(model)
    if owner is None:
        return None
    return {name: call for name, call in _fields(owner) if _last(call.func) in kinds}


def fields_of(model: str, module: Module) -> frozenset[str] | None:
    """The names of the fields of a model of this file; None for a model that it does not define."""
    owner = models_of(module).get(model)
    if owner is None:
        return None
    return frozenset([name for name, call in _fields(owner) if _last(call.func).endswith(("Field", "Key"))])


def _fields(owner: ast.ClassDef) -> Iterator[tuple[str, ast.Call]]:
    for item in owner.body:
        if isinstance(item, ast.Assign) and isinstance(item.value, ast.Call) and isinstance(item.targets[0], ast.Name):
            yield item.targets[0].id, item.value


def _last(func: ast.expr) -> str:
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def related_names(module: Module) -> frozenset[str]:
    """The names that this file proves to be relations: those that it gives to `select_related`."""
    notes = module.notes.setdefault("related-names", {})
    if 0 not in notes:
        given = [a.value for call in module.calls("select_related") for a in call.args if isinstance(a, ast.Constant)]
        notes[0] = frozenset([part for text in given if isinstance(text, str) for part in text.split("__")])
    found: frozenset[str] = notes[0]
    return found


def relation_in(condition: str) -> str | None:
    """The relation that a condition goes through: "author__name" -> "author"; None for "name" and "name__in"."""
    parts = condition.split("__")
    return parts[0] if len(parts) > 2 or (len(parts) == 2 and parts[1] not in _LOOKUPS) else None


_LOOKUPS = frozenset(
    {
        *("exact", "iexact", "contains", "icontains", "in", "gt", "gte", "lt", "lte", "startswith", "istartswith", "endswith"),
        *("iendswith", "range", "date", "year", "month", "day", "week", "week_day", "quarter", "time", "hour", "minute"),
        *("second", "isnull", "regex", "iregex", "search", "overlap", "len", "contained_by", "has_key", "has_keys"),
        *("has_any_keys", "iso_year", "iso_week_day", "trigram_similar", "unaccent", "lower", "upper", "length"),
    }
)
