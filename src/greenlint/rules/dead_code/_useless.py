"""Expressions that stand alone as a statement although, as far as anybody can tell, they only give a value."""

from __future__ import annotations

import ast

from greenlint.rules.dead_code._pure import PURE_BUILTINS, PURE_FRAME_METHODS, PURE_FUNCTIONS, PURE_METHODS
from greenlint.source.infer import kind_of
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_ARRAYS = words(
    """add append arange argmax argmin array asarray ceil clip concatenate copy cos cumsum divide dot exp eye flip floor full hstack log
    matmul max maximum mean median min minimum multiply ones outer power prod reshape roll round sin sort split sqrt square squeeze
    stack std subtract sum tan tile transpose unique var vstack where zeros"""
)
_WALKING = words(
    "dict enumerate filter frozenset list map range reversed set tuple zip all any bool float int str type isinstance"
)
_TEXT = PURE_METHODS["str"] - words("count find format index join replace split translate")
"""Methods whose names belong to strings alone."""
_KNOWN = {
    "str": PURE_METHODS["str"] | {"encode", "format", "index", "rindex"},
    "dict": PURE_METHODS["dict"] | {"get"},
    "list": PURE_METHODS["list"] | {"index"},
}
"""Kind of receiver -> methods that give a value; some of them may be there to raise."""
_PATHS = words("joinpath with_name with_stem with_suffix")
"""Methods whose names belong to paths alone."""
_FUNCTIONS = words(
    """datetime.date.today datetime.datetime.now datetime.datetime.utcnow os.getenv os.path.exists os.path.getsize os.path.isdir
    os.path.isfile os.path.relpath time.monotonic time.perf_counter time.process_time time.time"""
)
_MODULES = frozenset({"itertools", "math", "operator", "statistics"})
"""Modules whose functions give a value, nearly all."""
_ACTING = words("delitem iadd iand iconcat ior isub setitem")
LIKELY_PURE = (
    _ARRAYS | _WALKING | _TEXT | PURE_FRAME_METHODS | _PATHS | frozenset(name.rpartition(".")[2] for name in _FUNCTIONS)
    | words("encode format get index rindex")
    | words("chain combinations islice permutations product starmap zip_longest exp fsum hypot isclose log prod fmean mean median stdev")
)  # fmt: skip
_OPEN = words("autocast device errstate inference_mode localcontext lock no_grad open rlock")
"""Contexts that neither wait for an error nor for what is printed, by the last part of their names."""
_VALUES = (
    ast.BoolOp, ast.Compare, ast.Dict, ast.DictComp, ast.GeneratorExp, ast.IfExp, ast.JoinedStr, ast.Lambda, ast.List, ast.ListComp,
    ast.Name, ast.Attribute, ast.Set, ast.SetComp, ast.Subscript, ast.Tuple, ast.UnaryOp,
)  # fmt: skip
_NUMBERS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow)
"""Operators that hardly anybody gives an effect; `a >> b` and `a | b` build pipelines."""


def is_useless(value: ast.expr) -> bool:
    """Whether a statement of this expression alone does nothing but give a value; strings and `...` are for readers."""
    if isinstance(value, ast.Constant):
        return not isinstance(value.value, str) and value.value is not ...
    if isinstance(value, ast.BinOp):
        return isinstance(value.op, _NUMBERS)
    return isinstance(value, _VALUES)


def is_expected(statement: ast.stmt, module: Module) -> bool:
    """Whether it stands where it is to raise, or where its value is shown: under `with`, in `try`, in a notebook."""
    if module.path.endswith(".ipynb"):
        return True
    holder = module.parent(statement)
    if isinstance(holder, (ast.With, ast.AsyncWith)):
        return not all(_only_opens(item.context_expr) for item in holder.items)
    return isinstance(holder, ast.Try) and statement in holder.body


def _only_opens(context: ast.expr) -> bool:
    """`open(path)`, `lock`, `np.errstate(...)`."""
    name = func_name(context.func if isinstance(context, ast.Call) else context).lower()
    return name in _OPEN or name.endswith("_lock")


def may_be_pure(node: ast.Call, module: Module) -> bool:
    """Whether the name of what is called speaks for a function or method that only returns a value."""
    func = node.func
    if any(keyword.arg in ("inplace", "out", None) for keyword in node.keywords):
        return False
    if isinstance(func, ast.Name) and module.is_builtin(func, func.id):
        return (func.id in PURE_BUILTINS or func.id in _WALKING) and bool(node.args)
    name = module.qualified_name(func)
    if name is not None:
        package, _, function = name.partition(".")
        computes = (package == "numpy" and function in _ARRAYS) or (package in _MODULES and function not in _ACTING)
        return computes or name in PURE_FUNCTIONS or name in _FUNCTIONS
    if not isinstance(func, ast.Attribute):
        return False
    if func.attr in _KNOWN.get(kind_of(func.value, module) or "", ()):
        return True
    return (
        func.attr in _PATHS
        or func.attr in _TEXT
        or (func.attr in PURE_FRAME_METHODS and _sounds_like_frame(func.value, module))
    )


def func_name(func: ast.expr) -> str:
    """The last part of the name of what is called."""
    return func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")


def _sounds_like_frame(receiver: ast.expr, module: Module) -> bool:
    """Whether the receiver is called like a data frame, or the file works with pandas."""
    name = func_name(receiver).lower()
    return name in ("df", "frame", "data", "series") or name.endswith(("df", "_frame")) or "pandas" in module.packages
