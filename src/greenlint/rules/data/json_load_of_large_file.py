"""GL307 json-load-of-large-file."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.flow import final_use, is_lazy, iteration
from greenlint.source.infer import kind_of
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_ONE_PART = 45
"""Below the default threshold: one part is used, which tells little about how long the rest is."""
_ALL = 20
_LIBRARIES = frozenset({"json", "orjson", "rapidjson", "simplejson", "ujson"})


class JsonLoadOfLargeFile(FileRule):
    """A JSON file is loaded whole, and its records are walked once.

    ## Why it wastes

    `json.load` makes an object of every value of the file before the loop sees the first record; these take several times the
    room of the file. With one record per line (JSON Lines) a loop holds one record at a time, and can stop early.

    ## When to leave it alone

    When the file is small, or comes from somebody else: its text does not tell how large it is, so the rule stays in preview. One part
    taken out of a file (`json.load(f)["key"]`) gets confidence 45, and every other load of a file 20. It is silent for text that is in
    memory already, and in tests.

    ## Evidence

    Whole processes, CPython 3.11.7: 100,000 events 66 -> 13 MB, 20,000 23 -> 13 MB, at a price: one call per record takes a fifth
    more CPU (0.143 -> 0.175 s), and 6 % more at 1,000 (`python benchmarks/rules/run.py GL307`).

    In preview: it saves memory and not CPU, and the size of the file is not known. 8.3 million lines of real code have three findings, about files
    of tens of records.
    """

    code = "GL307"
    name = "json-load-of-large-file"
    effect = Effect(EffectClass.MEMORY, "holds all records (66 -> 13 MB for 100,000, at 20 % more CPU)", "bench GL307")
    confidence = 60
    preview = True
    callees = frozenset({"load", "loads"})
    packages = _LIBRARIES
    examples = (
        Bad(
            "import json\n\nwith open('events.json') as f:\n    for event in json.load(f):\n        print(event)\n",
            lines=(4,),
        ),
        Bad(
            "import json\nfrom pathlib import Path\n\nrows = json.loads(Path('rows.json').read_text())\nprint(sum(row['n'] for row in rows))\n",
            lines=(4,),
        ),
        Good(
            "import json\n\nwith open('events.jsonl') as f:\n    for line in f:\n        print(json.loads(line))\n",
            "one record at a time",
        ),
        Good("import json\n\nfor event in json.loads(text):\n    print(event)\n", "in memory already"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` loads a whole file of JSON."""
        called = module.qualified_name(node.func) or ""
        if called.partition(".")[0] not in _LIBRARIES or not node.args or is_test(module.path):
            return
        if not _is_file(node, called.rpartition(".")[2], module):
            return
        value = final_use(node, module)
        site = iteration(value, module)
        if site is not None and not is_lazy(site, module):
            message = "loads all records to walk them once; one record per line (JSON Lines) is read one at a time"
            yield self.finding(node, module, message)
            return
        holder = module.parent(value)
        part = isinstance(holder, ast.Subscript) and holder.value is value
        message = "makes objects of a whole JSON file" + (
            " to take one part; keep that part in a file of its own"
            if part
            else "; if it is large, keep one record per line and read those"
        )
        yield self.finding(node, module, message, confidence=_ONE_PART if part else _ALL)


def _is_file(node: ast.Call, function: str, module: Module) -> bool:
    """Whether the text comes from a file: `load(f)`, `loads(f.read())`, `loads(path.read_text())`."""
    source = node.args[0]
    if function == "load":
        return kind_of(source, module) in ("file", None)
    if isinstance(source, ast.Name):
        bindings = names_of(module).valid_bindings(source)
        source = bindings[0].value or source if len(bindings) == 1 else source
    if not (isinstance(source, ast.Call) and isinstance(source.func, ast.Attribute)):
        return False
    kind = kind_of(source.func.value, module)
    return (source.func.attr == "read" and kind == "file") or (
        source.func.attr in ("read_text", "read_bytes") and kind in ("path", None)
    )
