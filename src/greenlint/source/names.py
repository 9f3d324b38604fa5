"""Where the names of a file are bound and read, scope by scope, so that a rule can follow a value through a function."""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cached_property
from weakref import WeakKeyDictionary, proxy

from greenlint.named_tuple import NamedTuple
from greenlint.source.module import PLACE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.NamedExpr)


class Binding(NamedTuple):
    """One place that binds a name.

    node        the statement, expression, with-item, argument, pattern ... that binds
    value       the expression that the name stands for afterwards, None where it is only a part of one (loop target,
                unpacking) or unknown (argument, import, definition)
    annotation  the annotation at this place
    """

    node: ast.AST
    value: ast.expr | None = None
    annotation: ast.expr | None = None


class Names:
    """The names of one file. Comprehensions count as scopes of their own; `global` and `nonlocal` are honoured."""

    def __init__(self, module: Module) -> None:
        self._module: Module = proxy(module)  # the cache below maps modules to names: a strong reference would leak
        self._mentions = module.index.names
        self._bindings: dict[str, dict[ast.AST, list[Binding]]] = {}
        self._uses: dict[str, dict[ast.AST | None, list[ast.Name]]] = {}

    def scope(self, name: ast.Name) -> ast.AST | None:
        """The function, lambda, class, comprehension or module whose variable `name` is; None for a builtin."""
        return self._scope(name.id, name)

    def bindings(self, name: str, scope: ast.AST) -> list[Binding]:
        """Every place that binds the variable `name` of `scope`, augmented assignments included, in source order."""
        return self._bound(name).get(scope, [])

    def uses(self, name: str, scope: ast.AST) -> list[ast.Name]:
        """Every mention of the variable `name` of `scope`, also those in functions nested in it, in source order."""
        by_scope = self._uses.get(name)
        if by_scope is None:
            by_scope = self._uses[name] = defaultdict(list)
            for node in sorted(self._mentions.get(name, ()), key=PLACE):
                by_scope[self._scope(name, node)].append(node)
        return by_scope.get(scope, [])

    def loads(self, name: str, scope: ast.AST) -> list[ast.Name]:
        """The mentions that read the variable."""
        return [node for node in self.uses(name, scope) if isinstance(node.ctx, ast.Load)]

    def valid_bindings(self, name: ast.Name) -> list[Binding]:
        """The bindings that `name` can refer to where it stands: the innermost `with ... as name` around it, else all."""
        scope = self.scope(name)
        if scope is None:
            return []
        bindings = self.bindings(name.id, scope)
        child: ast.AST = name
        for ancestor in self._module.ancestors(name):
            if isinstance(ancestor, (ast.With, ast.AsyncWith)) and not isinstance(child, ast.withitem):
                inside = [b for b in bindings if b.node is ancestor or ancestor in self._module.ancestors(b.node)]
                own = [b for b in inside if isinstance(b.node, ast.withitem) and b.node in ancestor.items]
                if own and len(inside) == len(own):
                    return own
            if ancestor is scope:
                break
            child = ancestor
        return bindings

    def declared(self, name: str, scope: ast.AST) -> bool:
        """True when `scope` itself says `global name` or `nonlocal name`."""
        return any(self._module.scope(node) is scope for node in self._declarations.get(name, ()))

    def is_mentioned(self, name: str) -> bool:
        """True when the file uses `name` for anything at all, so that a new variable must not be called so."""
        return name in self._mentions or name in self._other_binders or name in self._declarations

    def binding(self, target: ast.Name | ast.Attribute) -> Binding:
        """What the place that stores into `target` gives it."""
        holder = self._module.parents[target]
        if isinstance(holder, _ASSIGNMENTS):
            annotation = holder.annotation if isinstance(holder, ast.AnnAssign) else None
            return Binding(holder, holder.value, annotation)
        if isinstance(holder, ast.withitem):
            return Binding(holder, holder.context_expr)
        return Binding(holder)

    @cached_property
    def attribute_stores(self) -> dict[str, list[ast.Attribute]]:
        """Attribute name -> every place that assigns to an attribute of that name, of whatever object."""
        found: defaultdict[str, list[ast.Attribute]] = defaultdict(list)
        for name, nodes in self._module.index.attributes.items():
            stores = [node for node in nodes if isinstance(node.ctx, ast.Store)]
            if stores:
                found[name] = sorted(stores, key=PLACE)
        return found

    # -- index ---------------------------------------------------------------------------------------------------

    @cached_property
    def _declarations(self) -> dict[str, list[ast.Global | ast.Nonlocal]]:
        found: defaultdict[str, list[ast.Global | ast.Nonlocal]] = defaultdict(list)
        for node in self._module.nodes(ast.Global, ast.Nonlocal):
            for name in node.names:  # type: ignore[attr-defined]
                found[name].append(node)  # type: ignore[arg-type]
        return found

    @cached_property
    def _other_binders(self) -> dict[str, list[ast.AST]]:
        """Whatever binds a name without an `ast.Name`: arguments, definitions, imports, handlers, patterns."""
        found: defaultdict[str, list[ast.AST]] = defaultdict(list)
        nodes = self._module.nodes
        for argument in nodes(ast.arg):
            found[argument.arg].append(argument)
        for definition in nodes(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef):
            found[definition.name].append(definition)  # type: ignore[attr-defined]
        for alias in nodes(ast.alias):
            found[alias.asname or alias.name.split(".")[0]].append(alias)
        for binder in nodes(ast.ExceptHandler, ast.MatchAs, ast.MatchStar):
            if binder.name:  # type: ignore[attr-defined]
                found[binder.name].append(binder)  # type: ignore[attr-defined]
        for mapping in nodes(ast.MatchMapping):
            if mapping.rest:
                found[mapping.rest].append(mapping)
        return found

    def _bound(self, name: str) -> dict[ast.AST, list[Binding]]:
        cached = self._bindings.get(name)
        if cached is not None:
            return cached
        found: defaultdict[ast.AST, list[Binding]] = defaultdict(list)
        self._bindings[name] = found
        for node in sorted([node for node in self._mentions.get(name, ()) if isinstance(node.ctx, ast.Store)], key=PLACE):
            found[self._store_scope(name, node)].append(self.binding(node))
        for binder in self._other_binders.get(name, ()):
            annotation = binder.annotation if isinstance(binder, ast.arg) else None
            found[self._declared_scope(name, self._module.scope(binder))].append(Binding(binder, None, annotation))
        return found

    # -- scopes --------------------------------------------------------------------------------------------------

    def _store_scope(self, name: str, node: ast.AST) -> ast.AST:
        child, holder = node, self._module.parents[node]
        while isinstance(holder, (ast.Tuple, ast.List, ast.Starred)):
            child, holder = holder, self._module.parents[holder]
        if isinstance(holder, ast.comprehension) and child is holder.target:
            return self._module.parents[holder]
        return self._declared_scope(name, self._module.scope(node))

    def _declared_scope(self, name: str, scope: ast.AST) -> ast.AST:
        for declaration in self._declarations.get(name, ()):
            if self._module.scope(declaration) is scope:
                if isinstance(declaration, ast.Global):
                    return self._module.tree
                outer = self._outer_function(name, scope)
                return scope if outer is None else outer
        return scope

    def _outer_function(self, name: str, scope: ast.AST) -> ast.AST | None:
        while not isinstance(scope, ast.Module):
            scope = self._module.scope(scope)
            if isinstance(scope, FUNCTIONS) and self._binds_here(name, scope):
                return self._declared_scope(name, scope)
        return None

    def _binds_here(self, name: str, scope: ast.AST) -> bool:
        """Whether `scope` mentions `name` as its own variable, without asking for all bindings (no recursion)."""
        stores = (n for n in self._mentions.get(name, ()) if not isinstance(n.ctx, ast.Load))
        return any(self._module.scope(node) is scope for group in (stores, self._other_binders.get(name, ())) for node in group)

    def _scope(self, name: str, node: ast.AST) -> ast.AST | None:
        bound = self._bound(name)
        scope = self._module.scope(node)
        inner = self._comprehension(bound, node, scope)
        if inner is not None:
            return inner
        first = True
        while True:
            target = self._declared_scope(name, scope)
            if target is not scope:
                return target
            if scope in bound and (first or not isinstance(scope, ast.ClassDef)):
                return scope
            if isinstance(scope, ast.Module):
                return None
            outer = self._module.scope(scope)
            inner = self._comprehension(bound, scope, outer)
            if inner is not None:
                return inner
            scope, first = outer, False

    def _comprehension(self, bound: dict[ast.AST, list[Binding]], node: ast.AST, scope: ast.AST) -> ast.AST | None:
        child = node
        for ancestor in self._module.ancestors(node):
            if ancestor is scope:
                return None
            if isinstance(ancestor, COMPREHENSIONS) and ancestor in bound:
                first = ancestor.generators[0]
                if not (child is first and self._inside(node, first.iter)):
                    return ancestor
            child = ancestor
        return None

    def _inside(self, node: ast.AST, holder: ast.AST) -> bool:
        return node is holder or holder in self._module.ancestors(node)


def names_in(node: ast.AST) -> set[str]:
    """Every name that the expression or statement mentions."""
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


_CACHE: WeakKeyDictionary[Module, Names] = WeakKeyDictionary()


def names_of(module: Module) -> Names:
    """The names of a file, indexed on the first question and dropped with the module."""
    names = _CACHE.get(module)
    if names is None:
        names = _CACHE[module] = Names(module)
    return names
