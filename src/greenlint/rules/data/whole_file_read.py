"""GL301 whole-file-read."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module


class WholeFileRead(FileRule):
    """A whole file is loaded as one string, and again as a list of lines, to be walked line by line.

    ## Why it wastes

    `file.read().splitlines()` holds the contents twice: once as one string, once as a list of lines. The file object gives
    one line at a time, in constant memory.

    ## When to leave it alone

    For files that are known to be small. The rule looks only at text that is split into lines and walked once; whatever else
    happens to it (parsing as JSON, templates, regular expressions over line ends) keeps the rule silent.

    ## Evidence

    `python benchmarks/rules/run.py GL301`; see benchmarks/rules/RESULTS.md.
    """

    code = "GL301"
    name = "whole-file-read"
    effect = Effect(EffectClass.MEMORY, "holds the file twice in memory instead of one line", "bench GL301")
    confidence = 85
    callees = frozenset({"splitlines", "split"})
    examples = (
        Bad(
            "with open(p) as f:\n    for line in f.read().splitlines():\n        print(line)\n",
            fixed="with open(p) as f:\n    for line in (line.rstrip('\\n') for line in f):\n        print(line)\n",
            lines=(2,),
        ),
        Bad("from pathlib import Path\n\nn = [x for x in Path(p).read_text().splitlines() if x]\n", lines=(3,)),
        Bad("with open(p) as f:\n    for line in f.read().split('\\n'):\n        print(line)\n", lines=(2,)),
        Bad(
            "def f(p):\n    with open(p) as h:\n        text = h.read()\n    for x in text.splitlines():\n        print(x)\n",
            lines=(4,),
        ),
        Good("import json\nwith open(p) as f:\n    data = json.loads(f.read())\n", "needed whole"),
        Good("with open(p) as f:\n    for word in f.read().split():\n        print(word)\n", "words, not lines"),
        Good("with open(p) as f:\n    lines = f.read().splitlines()\n", "the list is kept"),
        Good("for line in reply.read().splitlines():\n    print(line)\n", "not known to be a file"),
        Good("with open(p) as f:\n    for x in f.read(100).splitlines():\n        print(x)\n", "only a part"),
        Good(
            "def f(p):\n    with open(p) as h:\n        text = h.read()\n    for x in text.splitlines():\n        print(x, text)\n",
            "the text is used again",
        ),
        Good("for x in 'a\\nb'.splitlines():\n    print(x)\n", "a literal"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the contents of a file are only walked by lines."""
        func = node.func
        if not isinstance(func, ast.Attribute) or not _by_lines(node, func.attr):
            return
        holder = module.parent(node)
        if not isinstance(holder, (ast.For, ast.comprehension)) or holder.iter is not node:
            return
        source = _source(func.value, module)
        if source is None:
            return
        fix = self._fix(node, func.value, module)
        yield self.finding(node, module, f"`{source}` loads the whole file to walk its lines; iterate over the file", fix=fix)

    def _fix(self, node: ast.Call, read: ast.expr, module: Module) -> Fix | None:
        """Only for `file.read().splitlines()`: splitlines knows more line ends than a file does, so it is unsafe."""
        if not isinstance(read, ast.Call) or not isinstance(read.func, ast.Attribute) or read.func.attr != "read":
            return None
        if (
            not isinstance(read.func.value, ast.Name)
            or not isinstance(node.func, ast.Attribute)
            or node.func.attr != "splitlines"
        ):
            return None
        text = f"(line.rstrip('\\n') for line in {read.func.value.id})"
        return self.replace(node, text, module, "Iterate over the file", Applicability.UNSAFE)


def _by_lines(call: ast.Call, method: str) -> bool:
    if call.keywords:
        return False
    if method == "splitlines":
        return not call.args
    return len(call.args) == 1 and isinstance(call.args[0], ast.Constant) and call.args[0].value == "\n"


def _source(text: ast.expr, module: Module) -> str | None:
    """What loads the file, when `text` is nothing but its contents; a name counts when this is its only use."""
    if isinstance(text, ast.Name):
        from greenlint.source.names import names_of

        names = names_of(module)
        scope = names.scope(text)
        if scope is None or isinstance(scope, ast.Module):
            return None
        bindings = names.bindings(text.id, scope)
        if len(bindings) != 1 or len(names.loads(text.id, scope)) != 1 or bindings[0].value is None:
            return None
        return _source(bindings[0].value, module) if isinstance(bindings[0].value, ast.Call) else None
    if not isinstance(text, ast.Call) or not isinstance(text.func, ast.Attribute):
        return None
    from greenlint.source.infer import kind_of

    method, kind = text.func.attr, kind_of(text.func.value, module)
    if method == "read" and kind == "file" and not text.args:
        return "read()"
    return "read_text()" if method == "read_text" and kind == "path" else None
