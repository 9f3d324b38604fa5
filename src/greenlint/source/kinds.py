"""What well-known calls, methods and annotations give: the tables behind `infer`, as data."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

BUILTIN_CALLS: Mapping[str, str] = {
    "ascii": "str",
    "bin": "str",
    "bool": "bool",
    "bytearray": "bytearray",
    "bytes": "bytes",
    "chr": "str",
    "dict": "dict",
    "float": "float",
    "format": "str",
    "frozenset": "set",
    "hex": "str",
    "input": "str",
    "int": "int",
    "len": "int",
    "list": "list",
    "oct": "str",
    "open": "file",
    "range": "range",
    "repr": "str",
    "set": "set",
    "sorted": "list",
    "str": "str",
    "tuple": "tuple",
}
"""Builtin function -> kind of its result. "file" is an open file on disk."""

QUALIFIED_NAMES: Mapping[str, str] = {"sys.stdin": "stdin", "sys.stdin.buffer": "stdin", "os.sep": "str", "os.linesep": "str"}
"""Module attributes of a known kind."""

_FILES = (
    "bz2.BZ2File",
    "bz2.open",
    "codecs.open",
    "gzip.GzipFile",
    "gzip.open",
    "io.open",
    "lzma.LZMAFile",
    "lzma.open",
    "os.fdopen",
    "tempfile.NamedTemporaryFile",
    "tempfile.TemporaryFile",
    "tokenize.open",
)
_CONNECTIONS = (
    "MySQLdb.connect",
    "cx_Oracle.connect",
    "duckdb.connect",
    "mariadb.connect",
    "mysql.connector.connect",
    "oracledb.connect",
    "psycopg.connect",
    "psycopg2.connect",
    "pymssql.connect",
    "pymysql.connect",
    "pyodbc.connect",
    "sqlite3.connect",
    "sqlite3.dbapi2.connect",
)
_HASHES = ("blake2b", "blake2s", "md5", "new", "sha1", "sha224", "sha256", "sha384", "sha3_256", "sha3_512", "sha512")
_LISTS = ("glob.glob", "os.listdir", "random.sample", "re.findall", "shlex.split")
_STRINGS = (
    "html.escape",
    "json.dumps",
    "os.getcwd",
    "os.path.abspath",
    "os.path.basename",
    "os.path.dirname",
    "os.path.join",
    "textwrap.dedent",
    "textwrap.indent",
    "time.strftime",
    "urllib.parse.quote",
)
QUALIFIED_CALLS: Mapping[str, str] = {
    **dict.fromkeys(_FILES, "file"),
    **dict.fromkeys(_CONNECTIONS, "connection"),
    **{f"hashlib.{name}": "hash" for name in _HASHES},
    **dict.fromkeys(_LISTS, "list"),
    **dict.fromkeys(_STRINGS, "str"),
    "collections.deque": "deque",
    "io.BytesIO": "memory-file",
    "io.StringIO": "memory-file",
    "pathlib.Path": "path",
    "pathlib.Path.cwd": "path",
    "pathlib.Path.home": "path",
}
"""Qualified function -> kind of its result."""

STRING_METHODS = frozenset(
    [
        "capitalize",
        "casefold",
        "center",
        "expandtabs",
        "format",
        "format_map",
        "join",
        "ljust",
        "lower",
        "lstrip",
        "removeprefix",
        "removesuffix",
        "replace",
        "rjust",
        "rstrip",
        "strip",
        "swapcase",
        "title",
        "translate",
        "upper",
        "zfill",
    ]
)
"""Methods of `str` that give a `str`."""

METHODS: Mapping[str, Mapping[str | None, str]] = {
    "copy": {"list": "list", "dict": "dict", "set": "set"},
    "cursor": {None: "cursor", "connection": "cursor"},
    "decode": {"bytes": "str"},
    "encode": {"str": "bytes"},
    "execute": {"cursor": "cursor", "connection": "cursor"},
    "findall": {"pattern": "list"},
    "joinpath": {"path": "path"},
    "open": {"path": "file"},
    "read_bytes": {"path": "bytes"},
    "read_text": {"path": "str"},
    "readlines": {"file": "list", "memory-file": "list", "stdin": "list"},
    "resolve": {"path": "path"},
    "rsplit": {"str": "list"},
    "split": {"str": "list"},
    "splitlines": {"str": "list", "bytes": "list"},
    "with_suffix": {"path": "path"},
}
"""Method -> kind of the receiver -> kind of the result; None as receiver means that it may be unknown."""

ANNOTATIONS: Mapping[str, str] = {
    "BinaryIO": "file",
    "Connection": "connection",
    "Cursor": "cursor",
    "Deque": "deque",
    "Dict": "dict",
    "FrozenSet": "set",
    "IO": "file",
    "List": "list",
    "Path": "path",
    "Set": "set",
    "Text": "str",
    "TextIO": "file",
    "Tuple": "tuple",
    "bool": "bool",
    "bytearray": "bytearray",
    "bytes": "bytes",
    "collections.deque": "deque",
    "deque": "deque",
    "dict": "dict",
    "float": "float",
    "int": "int",
    "io.BufferedReader": "file",
    "io.BytesIO": "memory-file",
    "io.StringIO": "memory-file",
    "io.TextIOWrapper": "file",
    "list": "list",
    "pathlib.Path": "path",
    "set": "set",
    "sqlite3.Connection": "connection",
    "sqlite3.Cursor": "cursor",
    "str": "str",
    "tuple": "tuple",
}
"""Annotation (qualified, without `typing.`) -> kind."""
