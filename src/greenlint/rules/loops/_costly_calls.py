"""Functions whose answer is worth keeping: they cost much, and give the same for the same."""

from __future__ import annotations

from greenlint.source.words import words

VALUES = frozenset(
    {"ast.literal_eval", "datetime.datetime.strptime", "datetime.datetime.fromisoformat", "time.strptime", "inspect.getsource"}
    | {
        "inspect.signature",
        "inspect.getfullargspec",
        "shutil.which",
        "importlib.metadata.version",
        "importlib_metadata.version",
    }
    | {"importlib.metadata.entry_points", "importlib.util.find_spec", "typing.get_type_hints", "pkg_resources.get_distribution"}
    | {"dateutil.parser.parse", "pandas.to_datetime", "pandas.Timestamp", "ipaddress.ip_network", "platform.platform"}
    | {"packaging.version.parse", "packaging.version.Version"}
    | {"socket.gethostbyname", "socket.getfqdn", "socket.getaddrinfo", "os.path.realpath", "os.path.abspath", "string.Template"}
    | {"base64.b64decode", "base64.b64encode", "gzip.decompress", "zlib.decompress", "hashlib.sha256", "hashlib.md5"}
    | {"hashlib.sha1", "hashlib.sha512", "hashlib.blake2b", "hashlib.pbkdf2_hmac", "hashlib.scrypt", "uuid.uuid5"}
    | {"jsonschema.Draft7Validator", "html.unescape", "unicodedata.normalize", "difflib.get_close_matches", "compile"}
)
"""Costly functions that give an equal, unchangeable (or in practice unchanged) value for equal arguments."""
CONTAINERS = frozenset(
    {
        "ast.parse",
        "json.loads",
        "orjson.loads",
        "simplejson.loads",
        "tomllib.loads",
        "yaml.safe_load",
        "yaml.load",
        "pickle.loads",
    }
    | {"csv.Sniffer", "marshal.loads", "xml.etree.ElementTree.fromstring", "toml.loads", "tomli.loads"}
)
"""Costly functions whose result the code may change, so that each turn may need its own."""
_SOLVING = words("cholesky cond det eig eigh eigvals expm inv lstsq matrix_power matrix_rank pinv qr solve svd")
CONTAINERS |= {f"{package}.linalg.{name}" for package in ("numpy", "scipy", "cupy", "torch", "jax.numpy") for name in _SOLVING}
WORLD = words("""os.getenv os.environ os.environ.get os.path.expanduser os.path.expandvars pathlib.Path.home getpass.getuser
    socket.gethostname numpy.load numpy.loadtxt numpy.genfromtxt torch.load joblib.load spacy.load pandas.read_csv pandas.read_excel
    pandas.read_feather pandas.read_json pandas.read_parquet pandas.read_pickle""")
"""What asks the system or reads a file: the same in every turn unless something changes it meanwhile."""
BARE = frozenset({"getpass.getuser", "pathlib.Path.home", "socket.gethostname"})
"""Functions of that kind that take no argument."""
LISTING = words("os.listdir os.scandir glob.glob os.cpu_count multiprocessing.cpu_count os.getcwd") | {
    f"platform.{name}" for name in ("machine", "node", "python_version", "release", "system", "uname", "version")
}
"""What asks the system for the same, unless the loop waits for the answer to change."""
UNCERTAIN = frozenset(
    {"shutil.which", "os.path.realpath", "socket.gethostbyname", "socket.getaddrinfo", "importlib.util.find_spec"}
)
HASHES = frozenset({"hashlib.sha256", "hashlib.md5", "hashlib.sha1", "hashlib.sha512", "hashlib.blake2b"})
"""Hash objects, which may be fed further."""
