"""GL308 json-roundtrip-copy."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.flow import final_use
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_TEXTS = {
    **{f"{library}.dumps": f"{library}.loads" for library in ("json", "orjson", "rapidjson", "simplejson", "ujson")},
    "msgpack.packb": "msgpack.unpackb",
    "yaml.dump": "yaml.safe_load",
    "yaml.safe_dump": "yaml.safe_load",
}
"""Function that writes -> the function that reads it back."""
_PICKLES = {f"{library}.dumps": f"{library}.loads" for library in ("cloudpickle", "dill", "marshal", "pickle")}
_PICKLED = 25
"""A deep copy of any object, cheaper than `copy.deepcopy`: it wastes only where less than a deep copy is needed."""


class JsonRoundtripCopy(FileRule):
    """Data is copied by writing it as a text and parsing that.

    ## Why it wastes

    Every value becomes characters and is recognised and built again from them, the values that no one changes as well. A copy of those
    levels that are changed (`{**order, "items": [*order["items"]]}`, `copy.copy`) takes over the rest as it is.

    ## When to leave it alone

    Where the text is the point: to turn tuples into lists and keys into texts, or to find out what cannot be written. Such a use looks the same,
    so confidence is 60, and 25 for `pickle`. It is silent where either call is given options (`default=`, `object_hook=`), and in
    tests. `copy.deepcopy` is no remedy: for dictionaries and lists it costs more than the text, and `pickle` less (294, 161 and
    50 µs for some 500 values, `python benchmarks/rules/GL308/copies.py`). There is no fix, because only the reader knows how deep the copy must be.

    ## Evidence

    Whole processes, CPython 3.11.7: a template of two levels copied 100,000 times 0.85 -> 0.087 s of CPU, 10,000 times 0.12 -> 0.025 s
    (`python benchmarks/rules/run.py GL308`).

    In preview: whether the text is the point is not written in the code.
    """

    code = "GL308"
    name = "json-roundtrip-copy"
    effect = Effect(
        EffectClass.CONSTANT,
        "writes and parses every value (0.85 -> 0.087 s of CPU for 100,000 copies of a template)",
        "bench GL308",
    )
    confidence = 60
    preview = True
    callees = frozenset(name.rpartition(".")[2] for name in _TEXTS.keys() | _PICKLES.keys())
    packages = frozenset(name.partition(".")[0] for name in _TEXTS.keys() | _PICKLES.keys())
    examples = (
        Bad("import json\n\ndef variant(order):\n    return json.loads(json.dumps(order))\n", lines=(4,)),
        Bad("import json\n\ndef variant(order):\n    text = json.dumps(order)\n    return json.loads(text)\n", lines=(5,)),
        Good("import json\n\ndef pretty(text):\n    return json.dumps(json.loads(text), indent=2)\n", "the other way round"),
        Good(
            "import json\n\ndef plain(order):\n    return json.loads(json.dumps(order, default=str))\n",
            "other types become texts",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the one use of what `node` writes is to be read back."""
        called = module.qualified_name(node.func)
        reader = _TEXTS.get(called or "") or _PICKLES.get(called or "")
        if reader is None or not _is_plain(node) or is_test(module.path):
            return
        read = module.parent(final_use(node, module))
        if not (isinstance(read, ast.Call) and _is_plain(read) and module.qualified_name(read.func) == reader):
            return
        if called in _PICKLES:
            message = "copies by pickling; where only some levels are changed, a copy of those costs a fraction"
            yield self.finding(read, module, message, confidence=_PICKLED)
        else:
            message = (
                "copies by writing a text and parsing it; copy those levels that are changed, or use `pickle` for a deep copy"
            )
            yield self.finding(read, module, message)


def _is_plain(call: ast.Call) -> bool:
    return len(call.args) == 1 and not call.keywords and not isinstance(call.args[0], ast.Starred)
