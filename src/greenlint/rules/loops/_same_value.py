"""Calls that give an equal value for equal arguments, and expressions that a loop does not change, calls of that kind included."""

from __future__ import annotations

import ast

from greenlint.rules.loops._pure import only_looks
from greenlint.rules.loops._pure_function import pure_function
from greenlint.rules.loops._steady import is_changed, may_alter, mentions_in
from greenlint.source.infer import dotted
from greenlint.source.names import COMPREHENSIONS
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

BUILTINS = words("abs all any divmod float frozenset int len max min pow repr round set sorted str sum tuple")
"""Builtins that give the same for what nobody changes."""
_LIGHT = frozenset(
    {"os.path", "math", "decimal.Decimal", "fractions.Fraction", "datetime.timedelta", "operator", "pathlib.PurePath"}
)
"""Functions and modules of functions that take less than a microsecond."""
_HEAVY = words("""json.dumps orjson.dumps simplejson.dumps pickle.dumps marshal.dumps yaml.dump yaml.safe_dump tomllib.dumps
    re.findall re.search re.match re.fullmatch re.sub re.split re.escape fnmatch.filter fnmatch.translate textwrap.dedent textwrap.fill
    textwrap.wrap urllib.parse.urlparse urllib.parse.urlsplit urllib.parse.parse_qs urllib.parse.urlencode urllib.parse.quote html.escape
    statistics.mean statistics.median statistics.stdev statistics.pstdev statistics.variance statistics.mode statistics.fmean
    statistics.quantiles zlib.compress gzip.compress zlib.crc32 difflib.SequenceMatcher pprint.pformat""")
_ARRAYS = words("""all amax amin any argmax argmin argsort average bincount corrcoef count_nonzero cov cross dot histogram max mean median
    min nanmax nanmean nanmin nansum norm outer percentile prod ptp quantile sort std sum trace unique var where matmul einsum kron""")
_REDUCING = words("""argmax argmin corr count cov describe groupby idxmax idxmin kurt max mean median min mode nunique prod quantile sem
    skew std sum value_counts var""")
"""Methods of arrays and frames that go through all of them."""
_TEXTS = words(
    "casefold capitalize decode encode lower lstrip partition rpartition rsplit rstrip split splitlines strip swapcase upper"
)
_TEMPLATES = frozenset({"render"})
CALLEES = BUILTINS | _ARRAYS | _REDUCING | _TEXTS | _TEMPLATES | frozenset(name.rpartition(".")[2] for name in _HEAVY | _LIGHT)
CALLEES |= words("""join dirname basename splitext normpath acos asin atan atan2 ceil comb cos cosh degrees dist erf exp factorial floor
    fsum gcd hypot isqrt lcm log log10 log1p log2 perm radians sin sinh sqrt tan tanh""")
HEAVY, LIGHT = 40, 20
_TABLES = frozenset({"numpy", "pandas", "polars", "scipy", "cupy", "xarray"})
_TRAINED = frozenset({"torch", "tensorflow", "jax", "keras"})
"""Where tensors change behind the back of their names."""


def weight(call: ast.Call, module: Module) -> int | None:
    """How sure one can be that a call that gives the same each time is waste; None where it may give or do something else."""
    func = call.func
    if isinstance(func, ast.Name) and module.is_builtin(func, func.id):
        return LIGHT if func.id in BUILTINS and call.args else None
    name = module.qualified_name(func)
    if name is not None:
        if name in _HEAVY:
            return HEAVY
        package, _, last = name.rpartition(".")
        if package.partition(".")[0] in ("numpy", "cupy", "scipy") and last in _ARRAYS:
            return HEAVY
        return LIGHT if name in _LIGHT or (package in _LIGHT and last in CALLEES) else None
    if isinstance(func, ast.Name):
        return pure_function(func, module)
    return _method(call, func, module) if isinstance(func, ast.Attribute) else None


def _method(call: ast.Call, func: ast.Attribute, module: Module) -> int | None:
    if func.attr in _TEXTS:
        return (
            LIGHT
            if len(call.args) <= 2 and not (isinstance(func.value, ast.Name) and func.value.id in ("cls", "self"))
            else None
        )
    if func.attr in ("join", "format") and isinstance(func.value, (ast.Constant, ast.JoinedStr)):
        return LIGHT
    if func.attr in _TEMPLATES:
        return HEAVY if call.args or call.keywords else None
    tables = func.attr in _REDUCING and module.packages & _TABLES and not module.packages & _TRAINED
    return HEAVY if tables else None


def same(part: ast.expr, call: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether `part` has the same value in every turn of the loop, `call` being an expression that holds it and does no harm."""
    if isinstance(part, ast.Constant):
        return True
    if isinstance(part, (ast.Name, ast.Attribute)) and dotted(part) is not None:
        return not is_changed(part, loop, module, but=call)
    if isinstance(part, ast.Call):
        return weight(part, module) is not None and all(same(each, call, loop, module) for each in _operands(part, module))
    if isinstance(part, COMPREHENSIONS):
        return _same_items(part, call, loop, module)
    if isinstance(part, ast.Subscript):
        return (
            same(part.value, call, loop, module)
            and same(part.slice, call, loop, module)
            and _items_stay(part, call, loop, module)
        )
    plain = (
        ast.BinOp,
        ast.BoolOp,
        ast.Compare,
        ast.FormattedValue,
        ast.IfExp,
        ast.JoinedStr,
        ast.Slice,
        ast.Starred,
        ast.Tuple,
    )
    if isinstance(part, (*plain, ast.UnaryOp, ast.Attribute)):
        return all(same(each, call, loop, module) for each in ast.iter_child_nodes(part) if isinstance(each, ast.expr))
    return False


def _operands(call: ast.Call, module: Module) -> Iterator[ast.expr]:
    yield from call.args
    for keyword in call.keywords:
        yield keyword.value
    if isinstance(call.func, ast.Attribute) and module.qualified_name(call.func) is None:
        yield call.func.value


def _same_items(part: ast.expr, call: ast.expr, loop: Loop, module: Module) -> bool:
    """For `sum(row.price for row in rows)`: the collection stays, and so do the items as far as the loop shows."""
    inner = [each for each in ast.walk(part) if isinstance(each, ast.expr)]
    own = {each.id for each in inner if isinstance(each, ast.Name) and not isinstance(each.ctx, ast.Load)}
    read = [each for each in inner if isinstance(each, (ast.Name, ast.Attribute)) and not _is_called(each, module)]
    if any(isinstance(each, (ast.Await, ast.NamedExpr, ast.Yield, ast.YieldFrom, ast.Lambda)) for each in inner):
        return False
    if any(isinstance(each, ast.Call) and not (only_looks(each.func, module) or weight(each, module)) for each in inner):
        return False
    outside = [each for each in read if (path := dotted(each)) is not None and path.partition(".")[0] not in own]
    if any(is_changed(each, loop, module, but=call) for each in outside):
        return False
    looked_into = any(isinstance(each, ast.Subscript) for each in inner) or any(
        isinstance(each, ast.Attribute) for each in read
    )
    return not looked_into or not _touches_items(loop, call, module)


def _is_called(node: ast.expr, module: Module) -> bool:
    holder = module.parent(node)
    return isinstance(holder, ast.Call) and holder.func is node


def _touches_items(loop: Loop, call: ast.expr, module: Module) -> bool:
    """Whether the loop stores into objects or calls what may do so."""
    inside = set(ast.walk(call))
    for part in ast.walk(loop):
        if part in inside:
            continue
        if isinstance(part, (ast.Attribute, ast.Subscript)) and not isinstance(part.ctx, ast.Load):
            return True
        if isinstance(part, ast.Call) and not (module.is_builtin(part.func, "print") or only_looks(part.func, module)):
            return not (isinstance(part.func, ast.Attribute) and part.func.attr in ("append", "add"))
    return False


def _items_stay(part: ast.Subscript, call: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether no item of what `part` is taken from is altered in the loop."""
    root: ast.expr = part
    while isinstance(root, ast.Subscript):
        root = root.value
    if not isinstance(root, (ast.Name, ast.Attribute)) or dotted(root) is None:
        return False
    inside = set(ast.walk(call))
    for use in mentions_in(root, loop, module):
        top, holder = use, module.parent(use)
        while isinstance(holder, ast.Subscript) and holder.value is top:
            top, holder = holder, module.parent(holder)
        if use not in inside and may_alter(top, module):
            return False
    return True
