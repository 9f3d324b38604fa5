"""GL608 record-class-without-slots."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._records import is_many, kept_in_loop, record_of
from greenlint.source.calls import keyword
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.memory._records import Record
    from greenlint.source.module import Module

_SAID = 25
"""It is written out: on purpose, or copied from somewhere."""
_FEW = 50
"""A loop makes and keeps them, over something of which there may be a handful."""
_SELDOM = 40
"""No loop of this file makes instances: there may be three of them."""
_UNSURE = 25
"""Something in the class, or a base, may need the dict."""


class RecordClassWithoutSlots(FileRule):
    """A loop makes and keeps instances of a data class that carry a dict each.

    ## Why it wastes

    Without slots every instance has a dict of its own for its attributes. With `slots=True` the attributes stand in the instance
    itself: less memory per record.

    ## When to leave it alone

    Where there are a few instances, where attributes are added later, or weak references are taken. Slots need Python 3.10 for data
    classes. The rule is sure where a loop of the same file over something that comes in large numbers (lines, rows, tokens,
    `range`) puts new instances into a collection; it says 50 for other loops, 40 for other data classes, and 25 for classes with bases, for those that mention `__dict__`, `vars`, `super()`, `cached_property` or set
    other attributes than their fields, and for subclasses of `str` and tuples without `__slots__`; the default threshold hides
    all of these. The fix adds `slots=True`, and is unsafe because other files may add attributes.

    ## Evidence

    Whole processes, CPython 3.11.7: with 300,000 rows of three fields peak memory 58 -> 43 MB, with 30,000 16 -> 15 MB; CPU
    time is the same (`python benchmarks/rules/run.py GL608`).

    In preview: 12 findings at the default confidence in the standard library, 40 packages and the applications from GitHub, not judged.
    """

    code = "GL608"
    name = "record-class-without-slots"
    preview = True
    effect = Effect(EffectClass.MEMORY, "a dict for each instance (58 -> 43 MB at 300,000)", "bench GL608")
    confidence = 70
    examples = (
        Bad(
            "from dataclasses import dataclass\n\n@dataclass  # one line\nclass Row:\n    a: int\n    b: str\n\n"
            "def load(lines):\n    return [Row(int(x), x) for x in lines]\n",
            fixed="from dataclasses import dataclass\n\n@dataclass(slots=True)  # one line\nclass Row:\n    a: int\n    b: str\n\n"
            "def load(lines):\n    return [Row(int(x), x) for x in lines]\n",
            lines=(3,),
        ),
        Bad(
            "import attr\n\n@attr.s(frozen=True)\nclass Row:\n    a = attr.ib()\n\ndef load(lines):\n    rows = []\n"
            "    for line in lines:\n        rows.append(Row(line))\n    return rows\n",
            fixed="import attr\n\n@attr.s(frozen=True, slots=True)\nclass Row:\n    a = attr.ib()\n\ndef load(lines):\n    rows = []\n"
            "    for line in lines:\n        rows.append(Row(line))\n    return rows\n",
            lines=(3,),
        ),
        Good(
            "from dataclasses import dataclass\n\n@dataclass\nclass Settings:\n    a: int\n\nsettings = Settings(1)\n",
            "one instance",
        ),
        Good(
            "from dataclasses import dataclass\n\n@dataclass(slots=True)\nclass Row:\n    a: int\n\n"
            "rows = [Row(x) for x in range(n)]\n",
            "what it should be",
        ),
    )

    def check(self, node: ast.ClassDef, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is a record without slots."""
        if not node.decorator_list and not node.bases:
            return
        record = record_of(node, module)
        if record is None:
            return
        call = kept_in_loop(node, module) if record.pure and not is_test(module.path) else None
        kept = self.confidence if call is not None and is_many(call, module) else _FEW
        confidence = kept if call is not None else _SELDOM if record.pure else _UNSURE
        if isinstance(record.decorator, ast.Call) and keyword(record.decorator, "slots") is not None:
            confidence = _SAID
        many = f"a loop (line {call.lineno}) keeps" if call is not None else "where there are many of them, memory goes on"
        if record.decorator is None:
            message = f"every `{node.name}` carries an empty dict; add `__slots__ = ()`"
            yield self.finding(node.bases[0], module, message, confidence=confidence)
            return
        message = f"{many} a dict for each `{node.name}`; add `slots=True`"
        yield self.finding(record.decorator, module, message, confidence=confidence, fix=_fix(record, module))


def _fix(record: Record, module: Module) -> Fix:
    decorator = record.decorator
    assert decorator is not None
    end = module.span(decorator)[1]
    edit = Edit(end, end, "(slots=True)")
    said = keyword(decorator, "slots") if isinstance(decorator, ast.Call) else None
    if said is not None:
        edit = Edit(*module.span(said), "True")
    elif isinstance(decorator, ast.Call):
        given = [*decorator.args, *(item.value for item in decorator.keywords)]
        if given:
            place = max(module.span(item)[1] for item in given)
            edit = Edit(place, place, ", slots=True")
        else:
            edit = Edit(end - 1, end - 1, "slots=True")
    return Fix("Add slots", (edit,), Applicability.UNSAFE)
