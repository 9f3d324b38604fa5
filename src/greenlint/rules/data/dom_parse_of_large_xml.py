"""GL316 dom-parse-of-large-xml."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._xml import MAKING, walks_once
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_MINIDOM = frozenset(
    {"xml.dom.minidom.parse", "xml.dom.minidom.parseString", "defusedxml.minidom.parse", "defusedxml.minidom.parseString"}
)
_TREES = frozenset(
    {"xml.etree.ElementTree.parse", "xml.etree.cElementTree.parse", "lxml.etree.parse", "defusedxml.ElementTree.parse"}
)
_WALKED = 50
"""Below the default threshold: `iterparse` serves, but the file may be small."""
_SOMEHOW = 20


class DomParseOfLargeXml(FileRule):
    """An XML file is read into a tree of heavy objects to look at some of its elements.

    ## Why it wastes

    minidom makes an object with a dictionary of every element, attribute and piece of text, ten times the memory of `xml.etree`, which is
    written in C. `ElementTree.iterparse` needs no tree at all: it gives each element as it ends, and `clear()` lets it go.

    ## When to leave it alone

    When the document is changed or written again: the rule is silent about minidom in files that make nodes or print documents. A small
    file is no problem either, which its text does not tell, so the rule stays in preview; an ElementTree whose elements are walked once
    gets confidence 50, any other 20; a minidom document that is handed on gets 50.

    ## Evidence

    Whole processes, CPython 3.11.7: 20,000 rows 0.220 -> 0.055 s of CPU and 48 -> 15 MB, 5,000 0.067 -> 0.031 s, and no effect at 100
    (`python benchmarks/rules/run.py GL316`).

    In preview: the five findings in 8.3 million lines of real code are about short documents.
    """

    code = "GL316"
    name = "dom-parse-of-large-xml"
    effect = Effect(
        EffectClass.MEMORY,
        "an object for every element, attribute and text (0.220 -> 0.055 s of CPU and 48 -> 15 MB for 20,000 rows)",
        "bench GL316",
    )
    confidence = 70
    preview = True
    callees = frozenset({"parse", "parseString"})
    packages = frozenset({"defusedxml", "lxml", "xml"})
    examples = (
        Bad(
            "from xml.dom import minidom\n\nfor node in minidom.parse('a.xml').getElementsByTagName('row'):\n"
            "    print(node.getAttribute('name'))\n",
            lines=(3,),
        ),
        Bad(
            "import xml.dom.minidom\n\ndef names(path):\n    dom = xml.dom.minidom.parse(path)\n"
            "    return [n.getAttribute('name') for n in dom.getElementsByTagName('row')]\n",
            lines=(4,),
        ),
        Good(
            "import xml.etree.ElementTree as ET\n\nfor _, node in ET.iterparse('a.xml'):\n    print(node.get('name'))\n    node.clear()\n",
            "element by element",
        ),
        Good("from xml.dom import minidom\n\nprint(minidom.parseString(text).toprettyxml())\n", "writes it again"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` makes a tree of a document that is only looked at."""
        called = module.qualified_name(node.func)
        if called in _MINIDOM:
            if any(name in module.index.calls for name in MAKING):
                return
            message = "minidom makes a heavy object of every element and text; `ElementTree.iterparse` gives them one by one"
            unsure = is_test(module.path) or isinstance(module.parent(node), ast.Return)
            yield self.finding(node, module, message, confidence=_WALKED if unsure else None)
        elif called in _TREES:
            once = walks_once(node, module)
            message = "makes a tree of the whole file; if it is large, `iterparse` with `clear()` gives its elements one by one"
            yield self.finding(node, module, message, confidence=_WALKED if once else _SOMEHOW)
