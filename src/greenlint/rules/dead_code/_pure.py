"""Calls that compute a value and do nothing else."""

from __future__ import annotations

import ast

from greenlint.source.names import names_of
from greenlint.source.project import is_test
from greenlint.source.repeat import next_statement
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

PURE_BUILTINS = words("sorted sum min max len abs round divmod pow repr ascii hex oct bin chr ord format")
"""Builtins that return a value. `list`, `any`, `map` and the like run an iterator, and `hash` asks whether there is one: not these."""

PURE_METHODS = {
    "str": words("""capitalize casefold center count endswith expandtabs find isalnum isalpha isdigit islower isspace isupper join ljust
        lower lstrip partition removeprefix removesuffix replace rfind rjust rpartition rsplit rstrip split splitlines
        startswith strip swapcase title translate upper zfill"""),
    "bytes": words("lower upper replace strip lstrip rstrip split join startswith endswith hex"),
    "list": words("copy count"),
    "dict": words("copy keys values items"),
    "set": words("copy union intersection difference symmetric_difference issubset issuperset isdisjoint"),
}
"""Kind of receiver -> methods that return a value and leave the receiver as it is."""

PURE_FRAME_METHODS = words("""abs agg aggregate astype assign bfill clip convert_dtypes copy corr cumsum describe diff drop drop_duplicates
    dropna explode ffill fillna filter groupby head isin isna isnull join map mask max mean median melt merge min nlargest notna
    notnull nsmallest nunique pct_change pivot pivot_table quantile rank reindex rename reset_index resample rolling round sample
    select_dtypes set_index shift sort_index sort_values stack std sum tail transpose tz_convert tz_localize unstack value_counts where""")
"""Methods of data frames that return a new one unless told `inplace=True`."""

PURE_FUNCTIONS = words(
    """copy.deepcopy copy.copy os.path.join os.path.basename os.path.dirname os.path.abspath os.path.normpath
    os.path.splitext math.sqrt math.floor math.ceil re.sub re.split re.findall re.escape textwrap.dedent textwrap.fill html.escape
    numpy.sort numpy.unique numpy.reshape numpy.transpose numpy.append numpy.delete numpy.insert numpy.where numpy.argsort
    pandas.concat pandas.merge pandas.to_datetime pandas.to_numeric pandas.get_dummies"""
)
"""Functions that return a value. Those that parse or dump are not among them, for they check; nor those that take `out`."""

_PLAIN = (
    ast.Name,
    ast.Attribute,
    ast.Constant,
    ast.Subscript,
    ast.UnaryOp,
    ast.BinOp,
    ast.Tuple,
    ast.List,
    ast.Dict,
    ast.Lambda,
    ast.JoinedStr,
)


def arguments_are_plain(call: ast.Call) -> bool:
    """True when evaluating the arguments and the receiver does nothing but read."""
    parts = [*call.args, *(keyword.value for keyword in call.keywords)]
    if isinstance(call.func, ast.Attribute):
        parts.append(call.func.value)
    return all(_is_plain(part) for part in parts)


def _is_plain(node: ast.expr) -> bool:
    inner = node.value if isinstance(node, ast.Starred) else node
    if not isinstance(inner, _PLAIN):
        return False
    if isinstance(inner, ast.Lambda):
        return True
    return not any(isinstance(part, (ast.Call, ast.Await, ast.Yield, ast.YieldFrom, ast.NamedExpr)) for part in ast.walk(inner))


def is_probe(statement: ast.stmt, module: Module) -> bool:
    """Whether a statement may be there for the exception it raises or the time it takes: in `try`, under `with`, in tests, when timed."""
    if is_test(module.path) or isinstance(next_statement(statement, module), ast.Raise):
        return True
    child: ast.AST = statement
    for ancestor in module.ancestors(statement):
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            return True
        if type(ancestor).__name__ in ("Try", "TryStar") and child in ancestor.body:  # type: ignore[attr-defined]
            return True
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return ancestor.name.startswith(_TIMED)
        child = ancestor
    return False


_TIMED = ("time_", "track_", "peakmem_", "mem_", "bench", "test", "timeit", "profile_")


def is_frame(node: ast.expr, module: Module) -> bool:
    """True for a name that this file binds to data frames alone: read or made by pandas, annotated so, or derived from itself."""
    if not isinstance(node, ast.Name) or "pandas" not in module.packages:
        return False
    bindings = names_of(module).valid_bindings(node)
    made = [_makes_frame(binding, node.id, module) for binding in bindings]
    return any(made) and None not in made


def _makes_frame(binding: Binding, name: str, module: Module) -> bool | None:
    """True for a binding to a frame, False for one that leaves the kind as it is, None for all others."""
    if binding.annotation is not None:
        return True if module.qualified_name(binding.annotation) in ("pandas.DataFrame", "pandas.Series") else None
    value = binding.value
    if not isinstance(value, ast.Call):
        return None
    qualified = module.qualified_name(value.func) or ""
    if qualified.startswith("pandas.read_") or qualified in _FRAMES:
        return True
    func = value.func
    own = isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and func.value.id == name
    return False if own and func.attr in PURE_FRAME_METHODS else None  # type: ignore[attr-defined]


_FRAMES = words("pandas.DataFrame pandas.Series pandas.concat pandas.merge pandas.json_normalize pandas.get_dummies")

COSTLY_FUNCTIONS = words("""copy.deepcopy json.loads json.dumps pickle.dumps yaml.safe_load yaml.dump tomllib.loads ast.parse ast.dump
    zlib.compress zlib.decompress gzip.compress gzip.decompress bz2.compress lzma.compress base64.b64encode base64.b64decode
    hashlib.md5 hashlib.sha1 hashlib.sha256 hashlib.sha512 hashlib.blake2b re.findall re.sub re.split
    glob.glob os.listdir statistics.mean statistics.median statistics.stdev copy.copy
    xml.etree.ElementTree.fromstring xml.etree.ElementTree.parse xml.etree.ElementTree.tostring
    numpy.array numpy.sort numpy.argsort numpy.unique numpy.dot numpy.matmul numpy.concatenate numpy.load numpy.loadtxt
    numpy.linalg.inv numpy.linalg.solve numpy.linalg.svd numpy.linalg.eig numpy.linalg.norm numpy.zeros_like numpy.vstack numpy.hstack
    pandas.read_csv pandas.read_excel pandas.read_parquet pandas.read_json pandas.concat pandas.merge pandas.DataFrame
    pandas.to_datetime sklearn.model_selection.train_test_split torch.load""")
"""Functions whose cost grows with their argument, and which do nothing but compute or read."""
