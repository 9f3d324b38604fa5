"""GL507 redownload-each-run."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._traffic import CALLEES, literal_url, request_of
from greenlint.rules.network._traffic import PACKAGES as CLIENTS
from greenlint.source.calls import argument, last_name
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_READERS = frozenset(
    f"pandas.read_{kind}" for kind in ("csv", "excel", "parquet", "table", "feather", "fwf", "pickle", "stata", "hdf", "orc")
)
_FILE = re.compile(
    r"\.(csv|tsv|zip|gz|bz2|xz|tgz|tar|7z|parquet|xlsx?|pdf|png|jpe?g|gif|svg|h5|hdf5|npz|npy|pkl|pt|pth|bin|mat|nc|data|whl|jar|ttf|"
    r"mp4|mp3|wav|arff|dta|feather|exe|deb|iso|txt|dat)$",
    re.IGNORECASE,
)
_LOOKS = frozenset(
    {"exists", "isfile", "is_file", "isdir", "is_dir", "lexists", "getmtime", "getsize", "stat", "listdir", "iterdir"}
)
_KEEPS = ("cache", "etag", "if-none-match", "if-modified-since", "checksum", "sha256", "md5", "memory")
_PERHAPS = 45
_LOOKS_LATER = 30
"""A look for a file further down is for another one, or for what was just fetched."""
_NEVER = 10**9
_MAIN = frozenset({"main", "run", "cli"})

_MISSING = frozenset({"FileNotFoundError", "OSError", "IOError", "EnvironmentError"})


class RedownloadEachRun(FileRule):
    """The same file is downloaded at each start of the program.

    ## Why it wastes

    A file at an address that is written in the program is fetched over the whole network path again at each run, though it is mostly
    the same as yesterday. Keep it in a folder and look whether it is there (`Path.exists`), or ask the server with `If-None-Match`
    or `If-Modified-Since`; `pooch`, `requests-cache` and `joblib.Memory` do it.

    ## When to leave it alone

    Where the file changes between two runs. The rule speaks where the address is a literal that ends like a file, and the download
    stands at the top of the file, under `if __name__ == "__main__"` or in a function called `main` or `run`; in other functions the
    confidence is 45. It is silent where the code before it looks for a file or names a cache, and in tests; where code further
    down does, the confidence is 30.

    ## Evidence

    Whole processes, CPython 3.11.7, five runs with a file of 41 MB from a server on this machine: 0.52 -> 0.31 s of CPU
    time, both sides together (`python benchmarks/rules/run.py GL507`).
    The way through the network comes on top and was not measured here.
    """

    code = "GL507"
    name = "redownload-each-run"
    effect = Effect(
        EffectClass.TRANSFER,
        "the whole file over the network at each run (five of 41 MB: 0.52 -> 0.31 s of CPU)",
        "bench GL507",
    )
    confidence = 70
    callees = CALLEES | {name.rpartition(".")[2] for name in _READERS}
    packages = CLIENTS | {"pandas"}
    examples = (
        Bad(
            "from urllib.request import urlretrieve\n\nurlretrieve('https://example.org/data/iris.csv', 'iris.csv')\n",
            lines=(3,),
        ),
        Bad("import pandas as pd\n\nURL = 'https://example.org/data/iris.csv'\nframe = pd.read_csv(URL)\n", lines=(4,)),
        Good(
            "from pathlib import Path\nfrom urllib.request import urlretrieve\n\nif not Path('iris.csv').exists():\n"
            "    urlretrieve('https://example.org/data/iris.csv', 'iris.csv')\n",
            "only when it is not there",
        ),
        Good(
            "from urllib.request import urlretrieve\n\ntry:\n    f = open('iris.csv')\nexcept OSError:\n"
            "    urlretrieve('https://example.org/data/iris.csv', 'iris.csv')\n",
            "only when it cannot be opened",
        ),
        Good("import requests\n\nnow = requests.get('https://example.org/api/weather', timeout=9).json()\n", "it changes"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when this call fetches a file that nothing keeps."""
        url = self._file(node, module)
        if url is None or is_test(module.path):
            return
        function = module.function(node)
        around: ast.AST = function if function is not None else module.tree
        if function is not None and any(
            "cache" in ast.unparse(d).lower() or "fixture" in ast.unparse(d) for d in function.decorator_list
        ):
            return
        look = _first_look(around, module)
        if look <= node.lineno or _is_answer(node, module):
            return
        at_start = function is None or (function.name in _MAIN and not isinstance(module.parent(function), ast.ClassDef))
        message = f"downloads `{url.rpartition('/')[2][-40:]}` at each run: keep it, and fetch it only when it is missing or has changed"
        yield self.finding(
            node, module, message, confidence=_LOOKS_LATER if look < _NEVER else self.confidence if at_start else _PERHAPS
        )

    def _file(self, node: ast.Call, module: Module) -> str | None:
        """The address, when it is a literal that ends like a file."""
        if module.qualified_name(node.func) in _READERS:
            url = literal_url(argument(node, 0, "filepath_or_buffer") or argument(node, 0, "path"), module)
        else:
            request = request_of(node, module)
            if request is None or request.verb != "get" or (node.keywords and _says_more(node)):
                return None
            url = literal_url(request.url, module)
        if url is None or "://localhost" in url or "://127." in url:
            return None
        return url if _FILE.search(url.partition("?")[0].partition("#")[0]) else None


def _says_more(node: ast.Call) -> bool:
    """Headers may hold a condition, parameters another question."""
    return any(item.arg in ("headers", "params", "data", "json", None) for item in node.keywords)


def _is_answer(node: ast.Call, module: Module) -> bool:
    """Whether it is what happens when a file could not be opened."""
    handlers = [holder for holder in module.ancestors(node) if isinstance(holder, ast.ExceptHandler)]
    return any(last_name(holder.type) in _MISSING for holder in handlers if holder.type is not None)


def _first_look(around: ast.AST, module: Module) -> int:
    """The first line on which the function, or the top of the file, looks for a file or names a cache; found once."""
    notes = module.notes.setdefault("first-look", {})
    if id(around) not in notes:
        looks = (getattr(node, "lineno", 0) for node in ast.walk(around) if _is_look(node, module))
        notes[id(around)] = min(looks, default=_NEVER)
    found: int = notes[id(around)]
    return found


def _is_look(node: ast.AST, module: Module) -> bool:
    if isinstance(node, ast.Call) and last_name(node.func) in _LOOKS:
        return True
    name = last_name(node) or (node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else "")
    if isinstance(node, ast.ExceptHandler) and node.type is not None:
        name = module.text(node.type).replace("FileNotFoundError", "cache")
    return len(name) < 80 and any(word in name.lower() for word in _KEEPS)
