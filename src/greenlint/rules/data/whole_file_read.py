"""GL301 whole-file-read."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._files import is_plain_text, is_rewritten, is_small_by_nature, mentions, read_file
from greenlint.source.flow import final_use, iteration, repeated_part
from greenlint.source.infer import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.flow import IterationSite
    from greenlint.source.module import Module

_WHOLE = 25
"""The text may be needed as a whole, or the file be small."""
_NEWLINES = ("\n", b"\n", "\r\n", b"\r\n")


class WholeFileRead(FileRule):
    """A file is read into memory in one piece although it is only gone through line by line.

    ## Why it wastes

    `read()` and `read_text()` hold the whole file, and splitting it makes a second copy as a list of lines, all before the
    first line is looked at. A file is itself an iterator over its lines and holds one at a time.

    ## When to leave it alone

    Files that are known to be small, and text that is needed as a whole: the rule only speaks where the text has one use and
    that use walks its lines. It is silent for parsing (`json.loads(f.read())`), templates, searches across lines, text that is
    used twice, files below /proc, /sys and /etc, and readers whose kind the file does not show. A file that is read whole to be
    hashed is the business of GL314 alone. Ruff's FURB101 asks for `read_text()`; where both rules speak, memory decides.

    ## Evidence

    Whole processes, CPython 3.11.7: at a million lines peak memory 184 -> 12 MB and CPU 0.20 -> 0.13 s; at 100,000 lines
    29 -> 12 MB and 16 % less CPU (`python benchmarks/rules/run.py GL301`).
    """

    code = "GL301"
    name = "whole-file-read"
    effect = Effect(EffectClass.MEMORY, "holds the file and its lines (184 -> 12 MB at a million lines)", "bench GL301")
    confidence = 90
    callees = frozenset({"read", "read_text", "read_bytes"})
    examples = (
        Bad(
            "with open(path) as f:\n    for line in f.read().splitlines():\n        use(line)\n",
            fixed="with open(path) as f:\n    for line in f:\n        line = line.rstrip('\\n')\n        use(line)\n",
            lines=(2,),
        ),
        Bad(
            "with open(path) as f:\n    for line in f.read().split('\\n'):\n        line = line.strip()\n",
            fixed="with open(path) as f:\n    for line in f:\n        line = line.strip()\n",
            lines=(2,),
        ),
        Bad(
            "def f(p):\n    with open(p, 'rb') as f:\n        data = f.read()\n    for row in data.split(b'\\n'):\n        use(row)\n",
            lines=(3,),
        ),
        Bad(
            "from pathlib import Path\n\ndef f(p):\n    lines = Path(p).read_text().splitlines()\n    for line in lines:\n        use(line)\n"
        ),
        Bad("n = sum(1 for line in open('big.csv').read().splitlines() if line)\n"),
        Bad("import gzip\nrows = [r.split() for r in gzip.open(p, 'rt').read().splitlines()]\n", lines=(2,)),
        Bad("from pathlib import Path\n\nfor line in Path('a').read_text().splitlines():\n    use(line)\n"),
        Good("with open(path) as f:\n    for line in f:\n        use(line)\n", "what it should be"),
        Good("import json\nwith open(path) as f:\n    data = json.loads(f.read())\n", "parsed as a whole"),
        Good(
            "def f(p):\n    text = open(p).read()\n    for l in text.splitlines():\n        pass\n    return text\n",
            "used twice",
        ),
        Good("with open(path) as f:\n    lines = f.read().splitlines()\nprint(len(lines))\n", "the list is needed"),
        Good("with open(path) as f:\n    words = f.read().split()\n    for w in words:\n        use(w)\n", "words, not lines"),
        Good("with open(path) as f:\n    for line in reversed(f.read().splitlines()):\n        use(line)\n", "from the end"),
        Good("def f(stream):\n    for line in stream.read().splitlines():\n        use(line)\n", "not known to be a file"),
        Good("for line in open('/proc/cpuinfo').read().splitlines():\n    use(line)\n", "small by nature"),
        Good("with open(path) as f:\n    for line in f.read(1000).splitlines():\n        use(line)\n", "a limit"),
        Good(
            "def f(p, xs):\n    t = open(p).read()\n    for x in xs:\n        for l in t.splitlines():\n            use(x, l)\n",
            "walked often",
        ),
        Good("import hashlib\nwith open(path, 'rb') as f:\n    digest = hashlib.md5(f.read())\n", "hashed: GL314 says so"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the one use of what `node` reads goes line by line."""
        opened = read_file(node, module)
        split = None if opened is None or is_small_by_nature(opened, module) else _line_split(final_use(node, module), module)
        site = iteration(final_use(split, module), module) if split is not None else None
        if opened is None or split is None or site is None or is_rewritten(node, site, opened, module):
            if _may_read_file(node, module):
                message = "reads the whole file into memory; go through it by lines or blocks where it can be large"
                yield self.finding(node, module, message, confidence=_WHOLE)
            return
        message = "reads the whole file to go through its lines; iterate over the open file"
        yield self.finding(node, module, message, fix=_fix(node, split, site, opened, module))


def _may_read_file(node: ast.Call, module: Module) -> bool:
    """Whether a call without arguments reads a file whole, as far as the kind of its receiver is known."""
    func = node.func
    if not isinstance(func, ast.Attribute) or node.args or (node.keywords and func.attr == "read"):
        return False
    if func.attr == "read":
        kind = kind_of(func.value, module)
        return kind in ("file", "stdin") or (kind is None and module.qualified_name(func) is None)
    return kind_of(func.value, module) in ("path", None)


def _line_split(value: ast.expr, module: Module) -> ast.Call | None:
    """The call that splits the text into lines."""
    attribute = module.parent(value)
    call = module.parent(attribute) if isinstance(attribute, ast.Attribute) else None
    if not (isinstance(attribute, ast.Attribute) and isinstance(call, ast.Call) and call.func is attribute) or call.keywords:
        return None
    if attribute.attr == "splitlines" and not call.args:
        return call
    if attribute.attr == "split" and len(call.args) == 1:
        separator = call.args[0]
        if isinstance(separator, ast.Constant) and separator.value in _NEWLINES:
            return call
    return None


def _fix(node: ast.Call, split: ast.Call, site: IterationSite, opened: ast.Call, module: Module) -> Fix | None:
    """`for line in f:` for a file opened as text; a first statement takes the line's end off, as splitting did."""
    if isinstance(site, ast.comprehension) or not isinstance(site.target, ast.Name) or site.iter is not split:
        return None
    file = node.func.value if isinstance(node.func, ast.Attribute) else node
    if split.func.value is not node or not is_plain_text(opened, module):  # type: ignore[attr-defined]
        return None
    if mentions(repeated_part(site, module), file) or not isinstance(file, (ast.Name, ast.Call)):
        return None
    if node.func.attr != "read":
        return None  # a path is not an open file
    edits = [Edit(*module.span(split), module.text(file))]
    first = site.body[0]
    name = site.target.id
    if not _strips(first, name):
        line_start = module.lines[first.lineno - 1][: first.col_offset].decode("utf-8")
        if line_start.strip() or getattr(first, "decorator_list", None):
            return None
        start = module.offset(first.lineno, first.col_offset)
        edits.append(Edit(start, start, f"{name} = {name}.rstrip('\\n')\n{line_start}"))
    return Fix("Iterate over the file", tuple(edits), Applicability.UNSAFE)


def _strips(statement: ast.stmt, name: str) -> bool:
    """Whether the statement is `line = line.strip()` or `line = line.rstrip()`."""
    return ast.unparse(statement) in (f"{name} = {name}.strip()", f"{name} = {name}.rstrip()")
