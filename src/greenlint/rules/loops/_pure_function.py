"""Whether a function of the same file gives an equal value for equal arguments and does nothing else."""

from __future__ import annotations

import ast

from greenlint.rules.loops._pure import only_looks
from greenlint.rules.loops._steady import bindings_of
from greenlint.source.infer import kind_of
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from greenlint.source.module import Module

HEAVY, LIGHT = 40, 20
_ACTS = (
    ast.Global, ast.Nonlocal, ast.Yield, ast.YieldFrom, ast.Await, ast.With, ast.AsyncWith, ast.AsyncFor, ast.Import, ast.ImportFrom,
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Delete, ast.Lambda,
)  # fmt: skip
"""What does more than compute, or is too much to follow."""
_REPEATS = (ast.For, ast.While, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FRESH = (ast.List, ast.ListComp, ast.Set, ast.SetComp, ast.Dict, ast.DictComp)
_FILLING = words("add append extend insert pop setdefault sort update")
_TEXTS = words("casefold decode encode format join lower lstrip replace rstrip split splitlines strip title upper")
_MATHS = ("math.", "operator.", "cmath.", "fractions.", "decimal.")
_BUILTINS = words("abs complex divmod filter hash hex map oct bin chr pow reversed round slice sum")
_VALUES = frozenset({"str", "bytes", "int", "float", "tuple", "bool", "NoneType", "complex"})


def pure_function(name: ast.Name, module: Module) -> int | None:
    """How much work a pure function of this file does; None when it may do more than give a value, or stands elsewhere."""
    notes: dict[Any, int | None] = module.notes.setdefault("loops.pure", {})
    bindings = bindings_of(name, module)
    function = bindings[0].node if len(bindings) == 1 else None
    if not isinstance(function, ast.FunctionDef) or isinstance(module.parent(function), ast.ClassDef):
        return None
    if function not in notes:
        notes[function] = None  # what comes back to itself through others is left alone
        notes[function] = _work(function, module)
    return notes[function]


def gives_a_value(name: ast.Name, module: Module) -> bool:
    """Whether what the function of that name returns is a number, a text or the like, which nobody can alter."""
    bindings = bindings_of(name, module)
    function = bindings[0].node if bindings else None
    if not isinstance(function, ast.FunctionDef):
        return False
    returns = [part.value for statement in function.body for part in ast.walk(statement) if isinstance(part, ast.Return)]
    return all(value is None or _is_value(value, function.name, module) for value in returns)


def _is_value(value: ast.expr, own: str, module: Module) -> bool:
    if isinstance(value, ast.IfExp):
        return _is_value(value.body, own, module) and _is_value(value.orelse, own, module)
    if isinstance(value, ast.BinOp):
        return _is_value(value.left, own, module) or _is_value(value.right, own, module)
    if isinstance(value, ast.Call):
        name = module.qualified_name(value.func) or (value.func.id if isinstance(value.func, ast.Name) else "")
        return name == own or name.startswith("math.") or name in ("abs", "float", "int", "len", "round", "str", "sum")
    return isinstance(value, ast.UnaryOp) or kind_of(value, module) in _VALUES


def _work(function: ast.FunctionDef, module: Module) -> int | None:
    if function.decorator_list:
        return None  # it may remember what it gave
    inner = [part for statement in function.body for part in ast.walk(statement)]
    gives = any(isinstance(part, ast.Return) and part.value is not None for part in inner)
    if not gives or any(isinstance(part, _ACTS) for part in inner):
        return None
    known = _local(function, inner)
    heavy = any(isinstance(part, _REPEATS) for part in inner)
    for part in inner:
        if isinstance(part, ast.Call):
            again = isinstance(part.func, ast.Name) and part.func.id == function.name
            heavy = heavy or again
            if not again and not _is_harmless(part, known, module):
                return None
        elif isinstance(part, (ast.Attribute, ast.Subscript)) and not isinstance(part.ctx, ast.Load):
            if not (isinstance(part.value, ast.Name) and part.value.id in known[1]):
                return None
        elif isinstance(part, ast.Name) and part.id not in known[0] and not _is_settled(part, module):
            return None
    return HEAVY if heavy else LIGHT


def _local(function: ast.FunctionDef, inner: list[ast.AST]) -> tuple[set[str], set[str]]:
    """The variables of a function, and those of them that hold only what it made itself."""
    arguments = function.args
    every = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs, arguments.vararg, arguments.kwarg]
    names = {argument.arg for argument in every if argument is not None}
    stored = {part.id for part in inner if isinstance(part, ast.Name) and not isinstance(part.ctx, ast.Load)}
    fresh: set[str] = set()
    other = set(names)
    for part in inner:
        targets = (
            part.targets
            if isinstance(part, ast.Assign)
            else [part.target]
            if isinstance(part, (ast.AnnAssign, ast.For))
            else []
        )
        value = getattr(part, "value", None)
        for target in (n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name)):
            (fresh if isinstance(value, _FRESH) and target in targets else other).add(target.id)
    return names | stored, fresh - other


def _is_harmless(call: ast.Call, known: tuple[set[str], set[str]], module: Module) -> bool:
    func = call.func
    if only_looks(func, module):
        return True
    qualified = module.qualified_name(func)
    if qualified is not None:
        return qualified.startswith(_MATHS)
    if isinstance(func, ast.Name):
        if func.id in known[0]:
            return False
        return (func.id in _BUILTINS and module.is_builtin(func, func.id)) or pure_function(func, module) is not None
    if not isinstance(func, ast.Attribute):
        return False
    return func.attr in _TEXTS or (func.attr in _FILLING and isinstance(func.value, ast.Name) and func.value.id in known[1])


def _is_settled(name: ast.Name, module: Module) -> bool:
    """Whether a name from outside of a function stands for one value that nobody can change: a builtin, a constant, a function."""
    bindings = bindings_of(name, module)
    if not bindings:
        return True
    if len(bindings) > 1:
        return False
    if isinstance(bindings[0].node, (ast.FunctionDef, ast.Import, ast.ImportFrom, ast.alias)):
        return True
    return kind_of(name, module) in _VALUES
