"""GL508 body-in-memory-to-disk."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.network._edits import add_argument
from greenlint.rules.network._traffic import PACKAGES, literal_url, request_of
from greenlint.source.calls import keyword
from greenlint.source.infer import kind_of
from greenlint.source.names import names_of
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.network._traffic import Request
    from greenlint.source.module import Module

_LIGHT = frozenset(
    {"status_code", "raise_for_status", "ok", "headers", "url", "reason", "close", "status", "is_success", "getheader"}
)
"""What a program may ask of an answer without reading its body."""
_PICTURES = ("image", "img", "png", "jpg", "jpeg", "svg", "icon", "thumb", "logo", "avatar", "photo", "captcha", "picture")
_SMALL_WORDS = ("script", "cache", "html", "qr", ".txt", "json")
"""What stands beside small files, by the names around; pictures by the path of the program too."""
_LARGE_WORDS = (
    *(
        "archive",
        "audio",
        "backup",
        "checkpoint",
        "data",
        "download",
        "dump",
        "firmware",
        "log_",
        "model",
        "movie",
        "mp3",
        "mp4",
    ),
    *("music", "package", "pdf", "release", "tar", "video", "weight", "wheel", "zip", ".gz", ".tgz", ".whl", ".h5", ".bin"),
)
_PERHAPS = 45
_MANY_USES = 50
"""A name that is used more often is used for more than to be written, and each use would ask about all of them."""
_REMEDIES = {
    "requests": "`stream=True` and `iter_content`",
    "httpx": "`httpx.stream` and `iter_bytes`",
    "urllib": "`shutil.copyfileobj`",
    "aiohttp": "`content.iter_chunked`",
    "urllib3": "`preload_content=False` and `stream()`",
}


class BodyInMemoryToDisk(FileRule):
    """A download is held in memory as a whole before it is written to a file.

    ## Why it wastes

    `answer.content` and `answer.read()` make one object of the whole body: memory as large as the file, filled and read again for
    nothing else than to be written. Read in pieces, a download of any size needs some hundred kilobytes.

    ## When to leave it alone

    Small files: the rule cannot know the size. Its confidence is 65 where the names around are those of large files (download, archive,
    model, video) and of no picture, page or script; otherwise 45, which the default threshold hides. It is silent where the program uses the body for something else too, and in tests. The fix is unsafe: an error in the middle leaves a part of
    the file.

    ## Evidence

    Whole processes, CPython 3.11.7, a server on this machine: 100 MB need 21 instead of 126 MB of memory
    and 0.12 instead of 0.16 s of CPU time, server included (`python benchmarks/rules/run.py GL508`). In preview:
    how large a download is, only names tell, and these were tuned on the eight findings that were judged.
    """

    code = "GL508"
    name = "body-in-memory-to-disk"
    effect = Effect(EffectClass.MEMORY, "memory grows with the download (100 MB: 126 -> 21 MB)", "bench GL508")
    confidence = 65
    preview = True
    callees = frozenset({"write", "write_bytes"})
    packages = PACKAGES
    examples = (
        Bad(
            "import requests\n\ndef download(url, path):\n    answer = requests.get(url, timeout=9)\n    answer.raise_for_status()\n"
            "    with open(path, 'wb') as file:\n        file.write(answer.content)\n",
            fixed="import requests\n\ndef download(url, path):\n    answer = requests.get(url, timeout=9, stream=True)\n"
            "    answer.raise_for_status()\n    with open(path, 'wb') as file:\n"
            "        for chunk in answer.iter_content(65536):\n            file.write(chunk)\n",
            lines=(7,),
        ),
        Bad(
            "from pathlib import Path\nfrom urllib.request import urlopen\n\ndef download(url, path):\n"
            "    Path(path).write_bytes(urlopen(url, timeout=9).read())\n",
            lines=(5,),
        ),
        Good(
            "import requests, shutil\n\ndef download(url, path):\n    with requests.get(url, stream=True, timeout=9) as answer:\n"
            "        with open(path, 'wb') as file:\n            for chunk in answer.iter_content(65536):\n"
            "                file.write(chunk)\n",
            "in pieces",
        ),
        Good(
            "import requests\n\ndef download(url, path):\n    answer = requests.get(url, timeout=9)\n    check(answer.content)\n"
            "    with open(path, 'wb') as file:\n        file.write(answer.content)\n",
            "the body is needed as a whole",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when all that happens to the body is to be written."""
        if len(node.args) != 1 or node.keywords or is_test(module.path):
            return
        body = _Body.of(node.args[0], module)
        if body is None or not _writes_a_file(node, module):
            return
        message = f"the whole download is in memory before it is written: use {_REMEDIES[body.request.library]}"
        confidence = self.confidence if _may_be_large(node, body, module) else _PERHAPS
        yield self.finding(node, module, message, confidence=confidence, fix=body.fix(node, module))


class _Body:
    """The body of an answer that is used once."""

    def __init__(self, request: Request, call: ast.Call, name: str | None) -> None:
        self.request, self.call, self._name = request, call, name

    @classmethod
    def of(cls, node: ast.expr, module: Module) -> _Body | None:
        """`answer.content`, `answer.read()`, or a name that is bound to one of them and used nowhere else."""
        node = node.value if isinstance(node, ast.Await) else node
        if isinstance(node, ast.Name):
            value = _only_value(node, module, frozenset())
            return None if value is None or isinstance(value, ast.Name) else cls.of(value, module)
        read = isinstance(node, ast.Call) and not node.args and not node.keywords
        holder = node.func if isinstance(node, ast.Call) else node
        if not isinstance(holder, ast.Attribute) or holder.attr != ("read" if read else "content"):
            return None
        answer: ast.expr | None = holder.value
        name = answer.id if isinstance(answer, ast.Name) else None
        if isinstance(answer, ast.Name):
            answer = _only_value(answer, module, _LIGHT | {holder.attr})
        answer = answer.value if isinstance(answer, ast.Await) else answer
        request = request_of(answer, module) if isinstance(answer, ast.Call) else None
        if request is None or not isinstance(answer, ast.Call):
            return None
        return cls(request, answer, name)

    def fix(self, write: ast.Call, module: Module) -> Fix | None:
        """Read in pieces, where the write is a statement of its own and the answer of `requests` has a name."""
        content, statement = write.args[0], module.parent(write)
        plain = self._name is not None and self.request.library == "requests" and isinstance(content, ast.Attribute)
        if (
            not plain
            or not isinstance(statement, ast.Expr)
            or not isinstance(write.func, ast.Attribute)
            or write.func.attr != "write"
        ):
            return None
        if keyword(self.call, "stream") is not None or names_of(module).is_mentioned("chunk"):
            return None
        indent = module.lines[write.lineno - 1][: write.col_offset]
        edit = add_argument(self.call, "stream=True", module)
        if edit is None or indent.strip():
            return None
        step = "\t" if b"\t" in indent else "    "
        file = module.text(write.func.value)
        text = f"for chunk in {self._name}.iter_content(65536):\n{indent.decode()}{step}{file}.write(chunk)"
        return Fix("Write in pieces", (edit, Edit(*module.span(write), text)), Applicability.UNSAFE)


def _only_value(name: ast.Name, module: Module, allowed: frozenset[str]) -> ast.expr | None:
    """What the name is bound to, when that is one thing, and nobody else uses more of it than `allowed`; one use without."""
    names = names_of(module)
    scope = names.scope(name)
    bindings = names.valid_bindings(name)
    if scope is None or len(bindings) != 1 or len(names.bindings(name.id, scope)) != 1:
        return None
    if len(names.uses(name.id, scope)) > _MANY_USES:
        return None
    whole = 0
    for load in names.loads(name.id, scope):
        holder = module.parent(load)
        attribute = holder.attr if isinstance(holder, ast.Attribute) else ""
        if isinstance(holder, (ast.If, ast.UnaryOp, ast.BoolOp, ast.withitem)):
            continue
        whole += attribute not in _LIGHT
        if allowed and attribute not in allowed:
            return None
    return bindings[0].value if whole == 1 else None


def _writes_a_file(node: ast.Call, module: Module) -> bool:
    if not isinstance(node.func, ast.Attribute):
        return False
    if node.func.attr == "write_bytes":
        return True
    return kind_of(node.func.value, module) == "file"


def _may_be_large(node: ast.Call, body: _Body, module: Module) -> bool:
    """Whether the names around are those of large files, and of no picture, page or the like."""
    around = [module.statement(body.call), module.statement(node)]
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            around += [item.context_expr for item in ancestor.items]  # type: ignore[misc]
    function = module.function(node)
    text = " ".join(_first_line(part, module) for part in around) + (function.name if function is not None else "")
    text = f"{text} {literal_url(body.request.url, module) or ''}".lower()
    if any(word in text for word in (*_PICTURES, *_SMALL_WORDS)) or any(word in module.path.lower() for word in _PICTURES):
        return False
    return any(word in text for word in _LARGE_WORDS)


def _first_line(node: ast.AST, module: Module) -> str:
    """The text of the first line of a node: a statement may hold a whole block."""
    return module.lines[node.lineno - 1].decode("utf-8", "replace")  # type: ignore[attr-defined]
