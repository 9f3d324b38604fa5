"""GL506 compression-refused."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._edits import mentions
from greenlint.rules.network._headers import header_value, is_header, is_other_use
from greenlint.rules.network._traffic import PACKAGES, request_of, session_of
from greenlint.source.calls import argument, constant, is_open_ended, keyword, last_name
from greenlint.source.infer import kind_of
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_DECODES = frozenset({"requests", "httpx", "aiohttp", "urllib3"})
_RAW = ("urlopen", "HTTPConnection", "HTTPSConnection")
_UNKNOWN = 45
"""The body may be packed already, or its length may count."""
_OLD = 25
"""`urlopen` and `http.client` do not ask for compression; whether the answer is text cannot be seen."""
_CONNECTIONS = {"http.client.HTTPConnection": "http.client", "http.client.HTTPSConnection": "http.client"}
_AIOHTTP = frozenset({"aiohttp.ClientSession", "aiohttp.client.ClientSession"})


class CompressionRefused(FileRule):
    """A client asks for answers without compression.

    ## Why it wastes

    Text, JSON and HTML travel in a fifth of their size or less when the server may compress them. `requests`, `httpx`, `aiohttp` and
    `urllib3` ask for it and unpack it by themselves, unless the program says `Accept-Encoding: identity`.

    ## When to leave it alone

    For files that are compressed already, for parts of files (`Range`) and where the exact length is needed: the rule is silent where the
    headers have a `Range` or the call streams, and in tests. Where the headers do not say that they want text (JSON, HTML, XML), and for
    clients that do not unpack by themselves, the confidence is 45, which the default threshold hides. `urlopen` and `http.client`, which
    never ask for compression, and `auto_decompress=False`, with which aiohttp leaves unpacking to the program, get confidence 25. The
    fix is unsafe: the bytes on the way are others.

    ## Evidence

    CPython 3.11.7, client and server on this machine: 100 kB of JSON become 14 kB on the wire (86 %), for 1.6 ms more of CPU time on
    both sides together (`python benchmarks/rules/GL506/bench.py`). What the way costs was not measured.

    Open gate, therefore in preview: fewer than five findings in the packages and applications of the corpus.
    """

    code = "GL506"
    name = "compression-refused"
    effect = Effect(EffectClass.TRANSFER, "100 kB of JSON: 86 % fewer bytes for 1.6 ms of CPU", "bench GL506")
    confidence = 65
    preview = True
    callees = frozenset({"ClientSession", "request", "urlopen"})
    packages = PACKAGES | {"http"}
    examples = (
        Bad(
            "import requests\n\nHEADERS = {'Accept': 'application/json', 'Accept-Encoding': 'identity'}\n",
            fixed="import requests\n\nHEADERS = {'Accept': 'application/json', 'Accept-Encoding': 'gzip, deflate'}\n",
            lines=(3,),
        ),
        Good(
            "import requests\n\nrequests.get(url, headers={'Accept': 'application/json'}, timeout=9)\n", "compressed by default"
        ),
        Good("import requests\n\nheaders = {'Accept-Encoding': 'identity', 'Range': 'bytes=0-99'}\n", "a part of a file"),
    )

    def check(self, node: ast.Dict | ast.Assign | ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding at headers that refuse compression."""
        if is_test(module.path):
            return
        if isinstance(node, ast.Call):
            if self.least <= _OLD:
                yield from self._call(node, module)
            return
        value = header_value(node, "accept-encoding")
        if value is None or value.value not in ("identity", "", "identity;q=1", "none", None) or is_other_use(node, module):
            return
        fix = None
        if value.value is None:  # which lets urllib3 say "identity"
            if "requests" not in module.packages:
                return
        elif _decodes(module):
            fix = self.replace(
                value, _quoted("gzip, deflate", value, module), module, "Accept compression", Applicability.UNSAFE
            )
        message = "asks the server not to compress: leave `Accept-Encoding` to the library, or say `gzip, deflate`"
        sure = value.value is not None and _wants_text(node) and _decodes(module)
        yield self.finding(value, module, message, confidence=None if sure else _UNKNOWN, fix=fix)

    def _call(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        if is_open_ended(node):
            return
        name = last_name(node.func)
        if name == "ClientSession":
            unpacks = keyword(node, "auto_decompress") if module.qualified_name(node.func) in _AIOHTTP else None
            if constant(unpacks) is False:
                message = "hands out bodies as they came: leave `auto_decompress` on, unless they are passed on as they are"
                yield self.finding(node, module, message, confidence=_OLD)
        elif _urlopens(node, module) if name == "urlopen" else _asks_plainly(node, module):
            what = "urlopen" if name == "urlopen" else "http.client"
            message = f"`{what}` asks for no compression: for text, a client that does moves less"
            yield self.finding(node, module, message, confidence=_OLD)


def _urlopens(node: ast.Call, module: Module) -> bool:
    """Whether `urlopen` gets what nobody gave headers to: an address, or a request of a file that knows no compression."""
    request = request_of(node, module)
    if request is None or request.library != "urllib" or keyword(node, "data") is not None or len(node.args) > 1:
        return False
    if not mentions(module, b"gzip"):
        return True
    url = request.url
    plain = url is not None and ("url" in last_name(url).lower() or kind_of(url, module) == "str")
    return plain and not _knows_gzip(node, module) and not module.calls("install_opener")


def _asks_plainly(node: ast.Call, module: Module) -> bool:
    """Whether `connection.request("GET", …)` of http.client says nothing about compression."""
    func = node.func
    if not (isinstance(func, ast.Attribute) and constant(argument(node, 0, "method")) == "GET"):
        return False
    if session_of(func.value, module, _CONNECTIONS) is None or _knows_gzip(node, module):
        return False
    headers = argument(node, 3, "headers")
    if headers is None:
        return True
    return isinstance(headers, ast.Dict) and not any(
        key is None or is_header(key, "accept-encoding") or is_header(key, "range") for key in headers.keys
    )


def _knows_gzip(node: ast.Call, module: Module) -> bool:
    """Whether the function around the call, or the file where there is none, has a word about compression."""
    function = module.function(node)
    if function is None:
        return mentions(module, b"gzip")
    text = module.text(function).lower()
    return "gzip" in text or "accept-encoding" in text


def _decodes(module: Module) -> bool:
    """Whether the file imports a client that unpacks by itself, and none that does not."""
    return not module.packages.isdisjoint(_DECODES) and not any(map(module.calls, _RAW))


def _wants_text(node: ast.Dict | ast.Assign) -> bool:
    """Whether the headers beside say that the answer is text."""
    texts = [v.value for v in node.values if isinstance(v, ast.Constant)] if isinstance(node, ast.Dict) else []
    return any(isinstance(text, str) and any(kind in text for kind in ("json", "html", "xml", "text/")) for text in texts)


def _quoted(text: str, like: ast.Constant, module: Module) -> str:
    mark = module.text(like)[-1]
    return f"{mark}{text}{mark}"
