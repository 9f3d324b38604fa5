"""Which columns of a data frame a file touches, as long as the frame stays in sight."""

from __future__ import annotations

import ast

from greenlint.rules.data._frame_api import DATAFRAME_ATTRIBUTES
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_NEUTRAL = frozenset({"empty", "index"})
_KEEPING = {"copy": None, "sort_values": "by", "dropna": "subset", "drop_duplicates": "subset", "sort_index": None}
"""Methods that give a frame of the same columns -> the parameter that names columns."""
_LOCATORS = frozenset({"at", "loc"})


class Columns:
    """The columns that are read from a frame, in order of first use; `assigned` are those that the file makes itself."""

    def __init__(self, module: Module, attributes: bool) -> None:
        self._module = module
        self._attributes = attributes
        self.read: dict[str, tuple[int, int]] = {}
        self.assigned: dict[str, tuple[int, int]] = {}

    def needed(self) -> list[str]:
        """Columns that must come from the file: read, and not assigned before."""
        by_place = sorted(self.read, key=self.read.__getitem__)
        return [name for name in by_place if name not in self.assigned or self.read[name] <= self.assigned[name]]

    def follow(self, frame: ast.expr) -> bool:
        """Record what is done to the frame that `frame` evaluates to; False when it escapes or needs all its columns."""
        holder = self._module.parent(frame)
        if isinstance(holder, ast.Attribute):
            return self._attribute(holder)
        if isinstance(holder, ast.Subscript) and holder.value is frame:
            return self._subscript(holder)
        if isinstance(holder, ast.Call):
            return self._module.is_builtin(holder.func, "len") and len(holder.args) == 1
        if isinstance(holder, ast.Assign) and len(holder.targets) == 1 and isinstance(holder.targets[0], ast.Name):
            return self._named(holder.targets[0])
        return isinstance(holder, ast.Expr)

    def _named(self, target: ast.Name) -> bool:
        names = names_of(self._module)
        scope = names.scope(target)
        if scope is None or isinstance(scope, ast.ClassDef) or len(names.bindings(target.id, scope)) != 1:
            return False
        if len(names.uses(target.id, scope)) != len(names.loads(target.id, scope)) + 1:
            return False
        return all(self.follow(load) for load in names.loads(target.id, scope))

    def _attribute(self, node: ast.Attribute) -> bool:
        name = node.attr
        if name in _NEUTRAL:
            return True
        call = self._module.parent(node)
        if name in _LOCATORS and isinstance(call, ast.Subscript) and isinstance(call.slice, ast.Tuple):
            return len(call.slice.elts) == 2 and isinstance(call.ctx, ast.Load) and self._take(call.slice.elts[1])
        if isinstance(call, ast.Call) and call.func is node:
            return self._method(name, call)
        if name in DATAFRAME_ATTRIBUTES or not self._attributes or not isinstance(node.ctx, ast.Load):
            return False
        self._record(name, node)
        return True

    def _method(self, name: str, call: ast.Call) -> bool:
        if name == "groupby" and len(call.args) == 1 and self._take(call.args[0]):
            return self._grouped(call)
        if name == "select" and not self._attributes and call.args and not call.keywords:
            return all(self._take(argument) for argument in call.args)
        if name not in _KEEPING or any(keyword.arg in ("inplace", None, "how", "thresh", "axis") for keyword in call.keywords):
            return False
        parameter = _KEEPING[name]
        if parameter is None:
            return not call.args and self.follow(call)
        named = call.args[:1] or [keyword.value for keyword in call.keywords if keyword.arg == parameter]
        return bool(named) and self._take(named[0]) and self.follow(call)

    def _grouped(self, call: ast.Call) -> bool:
        """`df.groupby("a")["b"]`, `df.groupby("a").b`, `df.groupby("a").size()`."""
        holder = self._module.parent(call)
        if isinstance(holder, ast.Subscript) and holder.value is call:
            return self._take(holder.slice)
        if isinstance(holder, ast.Attribute):
            if holder.attr in ("size", "ngroups"):
                return True
            if self._attributes and holder.attr not in DATAFRAME_ATTRIBUTES and holder.attr not in ("agg", "get_group"):
                self._record(holder.attr, holder)
                return not isinstance(self._module.parent(holder), ast.Call)
        return False

    def _subscript(self, node: ast.Subscript) -> bool:
        if isinstance(node.ctx, ast.Store):
            return self._store(node)
        if isinstance(node.ctx, ast.Load):
            return self._take(node.slice) or (self._is_mask(node.slice) and self.follow(node))
        return False

    def _store(self, node: ast.Subscript) -> bool:
        """`df["new"] = ...` in the block that all runs go through; elsewhere the column may have to come from the file."""
        holder = self._module.parent(node)
        name = node.slice.value if isinstance(node.slice, ast.Constant) else None
        if not isinstance(name, str) or not isinstance(holder, ast.Assign):
            return False
        block = self._module.parent(holder)
        if not isinstance(block, (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.With)):
            return False
        self.assigned.setdefault(name, (holder.end_lineno or 0, holder.end_col_offset or 0))
        return True

    def _is_mask(self, node: ast.expr) -> bool:
        """A row filter made of columns of frames; those columns are recorded where the frames are mentioned."""
        if isinstance(node, ast.Compare):
            return any(isinstance(n, (ast.Subscript, ast.Attribute)) for n in (node.left, *node.comparators))
        if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.BitAnd, ast.BitOr)):
            return self._is_mask(node.left) and self._is_mask(node.right)
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Invert):
            return self._is_mask(node.operand)
        methods = ("between", "duplicated", "isin", "isna", "isnull", "notna", "notnull")
        return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in methods

    def _take(self, node: ast.expr) -> bool:
        """Record a literal column name or list of them."""
        items = node.elts if isinstance(node, ast.List) else [node]
        names = [item.value for item in items if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        if len(names) != len(items) or not names:
            return False
        for name in names:
            self._record(name, node)
        return True

    def _record(self, name: str, node: ast.expr) -> None:
        place = (node.end_lineno or 0, node.end_col_offset or 0)
        self.read[name] = min(self.read.get(name, place), place)
