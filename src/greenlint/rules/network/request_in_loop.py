"""GL503 request-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.network._clients import facts_of, request_loop
from greenlint.rules.network._retries import retry_of
from greenlint.rules.network._traffic import CALLEES, PACKAGES, request_of
from greenlint.source.calls import constant
from greenlint.source.names import COMPREHENSIONS
from greenlint.source.project import is_test
from greenlint.source.repeat import enclosing_loops, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_UNKNOWN = 35
_SHORT = 25
_MANY = frozenset({"ids", "symbols", "names", "keys", "codes", "uids", "uuids", "pks", "tickers", "users", "titles", "pmids"})
"""Parameters that take many values, by their name."""
_PAGES = ("page", "offset", "cursor", "next", "chunk", "batch", "start", "token")


class RequestInLoop(FileRule):
    """A loop asks a server for one item at a time.

    ## Why it wastes

    Each request costs both sides headers, system calls, parsing and log lines, however little it asks for, and the program waits for a
    round trip each time. Where the server takes many items at once (`?id=1&id=2`, a bulk endpoint, GraphQL), one request does.

    ## When to leave it alone

    Most servers take one item at a time: whether this one does better cannot be seen in the file, so the confidence is 35, which the
    default threshold hides. It is 65 where the parameter says by its name that it takes many (`ids`, `symbols`). Short loops, and requests that do not depend on the loop, have 25. The rule is
    silent for loops over pages and batches, where the answer says what to ask for next, for attempts, and in tests.

    ## Evidence

    Whole processes, CPython 3.11.7, a server on this machine, 500 items: 0.31 -> 0.06 s of CPU time, both sides
    together; 10 items show no difference (`python benchmarks/rules/run.py GL503`).

    Open gate, therefore in preview: no finding at the default confidence in the packages and applications of the corpus.
    """

    code = "GL503"
    name = "request-in-loop"
    effect = Effect(EffectClass.TRANSFER, "one request for each item (500: 0.31 -> 0.06 s of CPU, both sides)", "bench GL503")
    confidence = 65
    preview = True
    callees = CALLEES
    packages = PACKAGES
    examples = (
        Bad(
            "import requests\n\ndef load(ids):\n    return [requests.get(URL, params={'ids': i}, timeout=9).json() for i in ids]\n",
            lines=(4,),
        ),
        Good(
            "import requests\n\ndef load(ids):\n    return requests.get(URL, params={'id': ids}, timeout=9).json()\n",
            "all at once",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the request asks for something that changes from turn to turn."""
        request = request_of(node, module)
        if request is None or is_test(module.path):
            return
        loop = request_loop(node, module)
        if loop is None:
            yield from self._perhaps(node, request.name, module)
            return
        if isinstance(loop, (ast.For, ast.While)) and retry_of(loop, module) is not None:
            return
        used = {
            n.id for part in (*node.args, *(k.value for k in node.keywords)) for n in ast.walk(part) if isinstance(n, ast.Name)
        }
        changing = used & _changing(loop, module)
        if not changing:
            yield from self._perhaps(node, request.name, module)
        names = [*changing, module.text(request.url) if request.url is not None else ""]
        if not changing or any(word in name.lower() for name in names for word in _PAGES):
            return
        if _is_told_next(node, changing, loop, module):
            return
        message = f"`{request.name}` asks for one item at a time: ask for many at once where the server can"
        yield self.finding(node, module, message, confidence=self.confidence if _takes_many(node, changing) else _UNKNOWN)

    def _perhaps(self, node: ast.Call, name: str, module: Module) -> Iterator[Finding]:
        """A note about a loop that is short, or whose turns all ask the same, and that neither waits nor tries again."""
        loop = next(enclosing_loops(node, module), None)
        if loop is None or facts_of(loop, module).pauses or leaves(node, loop, module):
            return
        if facts_of(loop, module).leaves > node.lineno:
            return  # it tries until it has an answer
        if not isinstance(loop, (ast.For, ast.While)) or not any(isinstance(part, ast.Try) for part in loop.body):
            message = f"`{name}` in a loop: ask once, or for many items at once where the server can"
            yield self.finding(node, module, message, confidence=_SHORT)


def _is_told_next(node: ast.Call, changing: set[str], loop: Loop, module: Module) -> bool:
    """Whether the answer says what to ask for next: `page = get(url).json(); url = page["next"]`."""
    made = module.statement(node)
    answers = {n.id for n in ast.walk(made) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    if not isinstance(loop, (ast.For, ast.While)) or not isinstance(made, ast.Assign):
        return False
    sets = (part for part in ast.walk(loop) if isinstance(part, ast.Assign))
    of_these = (part.value for part in sets if changing & {t.id for t in part.targets if isinstance(t, ast.Name)})
    return any(isinstance(n, ast.Name) and n.id in answers for value in of_these for n in ast.walk(value))


def _takes_many(node: ast.Call, changing: set[str]) -> bool:
    """Whether one item goes where the name of the parameter promises room for many: `{"ids": item}`, f"…?ids={item}"."""
    for part in (inner for value in (*node.args, *(k.value for k in node.keywords)) for inner in ast.walk(value)):
        if isinstance(part, ast.Dict):
            pairs = [(constant(key), value) for key, value in zip(part.keys, part.values)]
        elif isinstance(part, ast.JoinedStr):
            pairs = [(_parameter(constant(text)), value) for text, value in zip(part.values, part.values[1:])]
        else:
            continue
        for key, value in pairs:
            item = value.value if isinstance(value, ast.FormattedValue) else value
            if key in _MANY and isinstance(item, ast.Name) and item.id in changing:
                return True
    return False


def _parameter(text: object) -> str | None:
    """ "ids" of "…?ids="."""
    return text[:-1].replace("?", "&").rpartition("&")[2] if isinstance(text, str) and text.endswith("=") else None


def _changing(loop: Loop, module: Module) -> frozenset[str]:
    """The names that a turn of the loop sets."""
    if isinstance(loop, COMPREHENSIONS):
        targets = [generator.target for generator in loop.generators]
        return frozenset(n.id for target in targets for n in ast.walk(target) if isinstance(n, ast.Name))
    return facts_of(loop, module).stored
