"""Which names hold bytes, and which statements cut the front off them."""

from __future__ import annotations

import ast

from greenlint.rules.loops._steady import bindings_of, remembered
from greenlint.source.infer import annotation_kind, dotted, kind_of
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from greenlint.source.module import Module
    from greenlint.source.names import Binding

    _Place = tuple[str | None, ast.AST | None]

_RECEIVING = frozenset({"read_bytes", "readexactly", "recv", "recvall", "recv_bytes", "to_bytes", "tobytes"})
"""Methods whose result is bytes, whatever they belong to."""
_GIVING = frozenset(
    {"base64.b64decode", "bz2.decompress", "gzip.decompress", "os.read", "os.urandom", "pickle.dumps", "struct.pack"}
    | {
        "zlib.compress",
        "zlib.decompress",
        "binascii.unhexlify",
        "bytes.fromhex",
        "lzma.decompress",
        "os.pread",
        "marshal.dumps",
    }
)
_PERHAPS_GIVING = frozenset(
    {"urllib.request.urlopen", "gzip.open", "bz2.open", "lzma.open", "io.BytesIO", "requests.get", "requests.post", "httpx.get"}
)
"""What `.read()`, `.getvalue()` and `.content` of give bytes, unless their arguments say otherwise."""
_SEARCHING = frozenset(
    {"count", "endswith", "find", "index", "partition", "rfind", "rpartition", "split", "startswith", "strip"}
)
_OF_CONTENT = frozenset({"content", "getvalue", "read", "get_data", "digest", "SerializeToString"})


def rests(node: ast.Assign) -> Iterator[ast.Name | ast.Attribute]:
    """What a statement gives its own rest: `data = data[n:]`, `head, data = data[:n], data[n:]`."""
    if len(node.targets) != 1:
        return
    target, value = node.targets[0], node.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
        pairs = list(zip(target.elts, value.elts))
    for to, what in pairs:
        if not (isinstance(to, (ast.Name, ast.Attribute)) and isinstance(what, ast.Subscript) and is_rest_of(what)):
            continue
        if dotted(to) is not None and dotted(to) == dotted(what.value):
            yield to


def is_rest_of(node: ast.Subscript) -> bool:
    """`x[n:]`, but not `x[-n:]`, which keeps a window."""
    part = node.slice
    if not isinstance(part, ast.Slice) or part.lower is None or part.upper is not None or part.step is not None:
        return False
    return not (isinstance(part.lower, ast.UnaryOp) and isinstance(part.lower.op, ast.USub))


def bytes_kind(place: ast.expr, module: Module) -> str | None:
    """ "bytes" when all that a name is given is bytes, "other" when something else certainly is, None when unknown."""
    return remembered("loops.bytes", place, None, module, lambda: _bytes_kind(place, module))


def _bytes_kind(place: ast.expr, module: Module) -> str | None:
    bindings = bindings_of(place, module)
    kinds = {_bound(binding, place, module) for binding in bindings} - {"same"}
    if kinds == {"bytes"}:
        return "bytes"
    return "other" if kinds - {"bytes", None} else None


def _bound(binding: Binding, place: ast.expr, module: Module) -> str | None:
    if binding.annotation is not None:
        kind = annotation_kind(binding.annotation, module)
        return "bytes" if kind in ("bytes", "bytearray") else kind
    if isinstance(binding.node, ast.AugAssign):
        return "same"
    value = binding.value
    if value is None:
        statement = module.statement(binding.node) if isinstance(binding.node, (ast.expr, ast.stmt)) else None
        if isinstance(statement, ast.Assign) and any(dotted(rest) == dotted(place) for rest in rests(statement)):
            return "same"
        return None
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Slice) and dotted(value.value) == dotted(place):
        return "same"
    return _given(value, module)


def _given(value: ast.expr, module: Module) -> str | None:
    if isinstance(value, ast.Await):
        value = value.value
    if isinstance(value, ast.Call):
        func = value.func
        if isinstance(func, ast.Attribute) and func.attr in _RECEIVING:
            return "bytes"
        if isinstance(func, ast.Attribute) and func.attr == "read" and _is_binary(func.value, module):
            return "bytes"
        if module.qualified_name(func) in _GIVING or dotted(func) == "bytes.fromhex":
            return "bytes"
        if module.is_builtin(func, "memoryview"):
            return "memoryview"
    kind = kind_of(value, module)
    return "bytes" if kind in ("bytes", "bytearray") else kind


def _is_binary(file: ast.expr, module: Module) -> bool:
    """Whether the file was visibly opened for bytes."""
    opened: ast.expr | None = file
    if isinstance(file, ast.Name):
        bindings = names_of(module).valid_bindings(file)
        opened = bindings[0].value if len(bindings) == 1 else None
    if not isinstance(opened, ast.Call):
        return False
    modes = [*opened.args[:2], *(keyword.value for keyword in opened.keywords if keyword.arg == "mode")]
    return any(isinstance(m, ast.Constant) and m.value in ("rb", "br", "rb+", "r+b") for m in modes)


def is_probably_bytes(place: ast.expr, module: Module) -> bool:
    """Whether something is done with the name that is only done with bytes, or what it is given usually is bytes."""
    if any(_reads_bytes(binding.value, module) for binding in bindings_of(place, module)):
        return True
    return (dotted(place), module.function(place)) in _beside_literals(module)


def _beside_literals(module: Module) -> set[_Place]:
    """The names that a literal of bytes is searched in or compared with, and the functions in which they are; asked once for a file."""
    known: dict[int, set[_Place]] = module.notes.setdefault("loops.beside-bytes", {})
    if 0 not in known:
        constants: list[Any] = module.index.by_class.get(ast.Constant, [])
        literals = [node for node in constants if isinstance(node.value, bytes)]
        known[0] = {(path, module.function(node)) for node in literals for path in _partners(node, module)}
    return known[0]


def _partners(literal: ast.AST, module: Module) -> Iterator[str | None]:
    """`data` in `data.startswith(b"…")`, `b"…" in data`, `data[:2] == b"…"`."""
    holder = module.parent(literal)
    if isinstance(holder, ast.Call) and isinstance(holder.func, ast.Attribute):
        if holder.func.attr in _SEARCHING:
            yield dotted(holder.func.value)
    elif isinstance(holder, ast.Compare):
        for side in (holder.left, *holder.comparators):
            if isinstance(side, ast.Subscript):
                sliced = isinstance(side.slice, ast.Slice)
                yield dotted(side.value) if sliced else None
            elif side is not literal and isinstance(holder.ops[0], (ast.In, ast.NotIn)):
                yield dotted(side)


def _reads_bytes(value: ast.expr | None, module: Module) -> bool:
    """`urlopen(url).read()`, `requests.get(url).content`."""
    if isinstance(value, ast.Await):
        value = value.value
    got = value.func if isinstance(value, ast.Call) else value
    if not isinstance(got, ast.Attribute) or got.attr not in _OF_CONTENT:
        return False
    source: ast.expr | None = got.value
    if isinstance(source, ast.Name):
        bindings = names_of(module).valid_bindings(source)
        source = bindings[0].value if len(bindings) == 1 else None
    return isinstance(source, ast.Call) and module.qualified_name(source.func) in _PERHAPS_GIVING
