"""GL205 front-insert-or-pop-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.loops._bounded import drains, stays_short
from greenlint.rules.loops._deque import deque_edits
from greenlint.rules.loops._steady import is_rebound
from greenlint.source.infer import attribute_bindings, dotted, kind_of
from greenlint.source.names import names_of
from greenlint.source.repeat import enclosing_loops, is_inside, repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.names import Binding
    from greenlint.source.repeat import Loop

_UNKNOWN = 35
"""In a loop, of something that need not be a list, or that may stay short."""
_ONCE = 25
"""No loop repeats it: all items move once."""
_ONE_PER_TURN = 50
"""A loop that takes one item of a stored list per turn, among other work: most such lists stay short."""


class FrontInsertOrPopInLoop(FileRule):
    """A loop inserts at, or takes from, the front of a list, which moves every other item each time.

    ## Why it wastes

    A list is one block of memory: `items.insert(0, x)`, `items.pop(0)` and `del items[0]` shift all items behind by one place, so a
    loop over n items moves n²/2 of them. `collections.deque` does the same in constant time with `appendleft` and `popleft`; a list
    that is only built can be filled with `append` and reversed once.

    ## When to leave it alone

    Lists that stay short: on ten items a list is faster than a deque. The rule is silent outside loops, for loops over short
    literals and the parts of names, paths and numbers, for lists made anew in the loop, for literals that never grow, for
    windows that the loop itself keeps short (`if len(window) > n: window.pop(0)`), and when the receiver is not known to be a
    list. A stored list (`self.items`) that a loop takes one item from per turn, without running until it is empty, gets
    confidence 50, which the default threshold hides.

    ## Evidence

    Whole processes, CPython 3.11.7: 1.47 -> 0.02 s of CPU at 150,000 items, 0.17 -> 0.01 s at 50,000, and 1 ms more
    at 1,000 (`python benchmarks/rules/run.py GL205`).
    """

    code = "GL205"
    name = "front-insert-or-pop-in-loop"
    effect = Effect(EffectClass.ASYMPTOTIC, "moves grow with n² (1.47 -> 0.02 s of CPU at 150,000 items)", "bench GL205")
    confidence = 95
    callees = frozenset({"insert", "pop"})
    examples = (
        Bad(
            "def walk(root):\n    queue = [root]\n    while queue:\n        node = queue.pop(0)  # oldest first\n"
            "        queue.extend(node.children)\n",
            fixed="from collections import deque\ndef walk(root):\n    queue = deque([root])\n    while queue:\n"
            "        node = queue.popleft()  # oldest first\n        queue.extend(node.children)\n",
            lines=(4,),
        ),
        Bad(
            "from collections import deque, OrderedDict\n\ndef f(items):\n    todo = list(items)\n    while len(todo) > 0:\n"
            "        yield todo.pop(0)\n",
            fixed="from collections import deque, OrderedDict\n\ndef f(items):\n    todo = deque(items)\n"
            "    while len(todo) > 0:\n        yield todo.popleft()\n",
            lines=(6,),
        ),
        Bad(
            '"""Doc."""\nfrom __future__ import annotations\n\nimport os\n\ndef f(names):\n    out = []\n    for name in names:\n'
            "        out.insert(0, name)\n    while out:\n        print(out.pop(0))\n",
            fixed='"""Doc."""\nfrom __future__ import annotations\n\nfrom collections import deque\nimport os\n\ndef f(names):\n'
            "    out = deque()\n    for name in names:\n        out.appendleft(name)\n    while out:\n"
            "        print(out.popleft())\n",
            lines=(9, 11),
        ),
        Bad("def f(names):\n    out = []\n    for name in names:\n        out.insert(0, name)\n    return out\n", lines=(4,)),
        Bad("def f(todo: list[int]):\n    while todo:\n        use(todo.pop(0))\n", lines=(3,)),
        Bad("def f(todo: list[int]):\n    while todo:\n        use(todo[0])\n        del todo[0]\n", lines=(4,)),
        Bad(
            "class Q:\n    def __init__(self):\n        self.items = []\n    def drain(self):\n        while self.items:\n"
            "            self.items.pop(\n                0)\n",
            lines=(6,),
        ),
        Bad("def f(text):\n    words = str(text).split()\n    return [words.pop(0) for _ in range(len(words))]\n", lines=(3,)),
        Bad(
            "async def f(xs):\n    seen = sorted(xs)\n    async for x in stream():\n        match x:\n            case 1:\n"
            "                seen.insert(0, x)\n    return seen[::2]\n",
            lines=(6,),
        ),
        Good("import sys\nfor folder in folders:\n    sys.path.insert(0, folder)\n", "sys.path is short and must be a list"),
        Good("def f(names):\n    out = []\n    out.insert(0, names)\n", "once"),
        Good("from collections import deque\n\ndef f(xs):\n    q = deque(xs)\n    while q:\n        q.pop(0)\n", "a deque"),
        Good("def f(d: dict):\n    while d:\n        d.pop(0)\n", "a dict"),
        Good("def f(items):\n    while items:\n        items.pop(0)\n", "not known to be a list"),
        Good("def f(xs):\n    out = []\n    for x in ('a', 'b'):\n        out.insert(0, x)\n", "two iterations"),
        Good("def f(xs):\n    for x in xs:\n        row = [x]\n        row.insert(0, '')\n", "a new list each time"),
        Good(
            "def f(xs):\n    out = []\n    for x in xs:\n        if x:\n            out.insert(0, x)\n            break\n",
            "once",
        ),
        Good("def f(xs):\n    colours = ['r', 'g']\n    for x in xs:\n        use(x, colours.pop(0))\n", "it never grows"),
        Good(
            "def f(xs, n):\n    last = []\n    for x in xs:\n        last.append(x)\n        if len(last) > n:\n"
            "            last.pop(0)\n",
            "a window that stays short",
        ),
        Good("def f(n):\n    out = []\n    while n:\n        out.insert(0, n % 10)\n        n //= 10\n", "digits"),
        Good(
            "import os\ndef f(p):\n    out = []\n    while p:\n        p, tail = os.path.split(p)\n        out.insert(0, tail)\n",
            "a path",
        ),
        Good("def f(name):\n    out = []\n    for part in name.split('.'):\n        out.insert(0, part)\n", "parts of a name"),
        Good("def f(xs):\n    out = []\n    for x in xs:\n        out.insert(1, x)\n        out.pop()\n", "not the front"),
    )

    def check(self, node: ast.Call | ast.Delete, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` shifts a growing list once per iteration."""
        receiver = _shifted(node)
        if receiver is None:
            return
        loop = self._loop(node, module)
        if loop is None or self._is_repeated(node, receiver, module):
            yield from self._perhaps(node, receiver, module)
            return
        path = dotted(receiver)
        inserts = _inserts(node)
        one_per_turn = not inserts and isinstance(receiver, ast.Attribute) and not drains(path or "", loop)
        edits = deque_edits(receiver, module) if isinstance(receiver, ast.Name) and isinstance(node, ast.Call) else None
        fix = Fix("Use collections.deque", edits, Applicability.UNSAFE) if edits else None
        shown = f"del {path}[0]" if isinstance(node, ast.Delete) else f"{path}.insert(0, …)" if inserts else f"{path}.pop(0)"
        message = f"`{shown}` in a loop moves all items each time; "
        message += "use collections.deque, or append and reverse once" if inserts else "use collections.deque"
        yield self.finding(node, module, message, confidence=_ONE_PER_TURN if one_per_turn else None, fix=fix)

    def _perhaps(self, node: ast.Call | ast.Delete, receiver: ast.expr, module: Module) -> Iterator[Finding]:
        """A note where nothing shows that the list is one, that it is long, or that this happens often."""
        if (
            self.least > _UNKNOWN
            or kind_of(receiver, module) not in ("list", None)
            or module.qualified_name(receiver) == "sys.path"
        ):
            return
        around = module.loop(node)
        if around is not None and isinstance(receiver, ast.Name) and is_rebound(receiver, around, module):
            return  # each turn has a list of its own
        if isinstance(node, ast.Delete) and (around is None or is_rebound(receiver, around, module)):
            return  # `del d[0]` may be about a dict, and one such statement costs little
        shown = node.func.attr if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) else "del"
        message = f"`{shown}` at the front moves all items of a list; use collections.deque where it is done often"
        yield self.finding(node, module, message, confidence=_ONCE if around is None else _UNKNOWN)

    def _loop(self, node: ast.Call | ast.Delete, module: Module) -> Loop | None:
        """The loop in which `node` shifts a list that lives on from turn to turn and may grow long."""
        receiver = _shifted(node)
        path = dotted(receiver) if receiver is not None else None
        loop = next(repeating_loops(node, module), None)
        if receiver is None or path is None or loop is None or kind_of(receiver, module) != "list":
            return None
        bindings = _bindings(receiver, module)
        if any(is_inside(binding.node, loop, module) for binding in bindings) or _base_changes(receiver, loop, module):
            return None
        return None if stays_short(node, receiver, bindings, loop, module, inserts=_inserts(node)) else loop

    def _is_repeated(self, node: ast.Call | ast.Delete, receiver: ast.expr, module: Module) -> bool:
        """Whether the same loop, or one around it, was already reported for this list."""
        path = dotted(receiver)
        outer = list(enclosing_loops(node, module))[-1]
        for other in ast.walk(outer):
            if isinstance(other, (ast.Call, ast.Delete)) and dotted(_shifted(other) or other) == path:
                earlier = (other.lineno, other.col_offset) < (node.lineno, node.col_offset)
                if earlier and self._loop(other, module) is not None:
                    return True
        return False


def _shifted(node: ast.Call | ast.Delete) -> ast.expr | None:
    """The x of `x.insert(0, y)`, `x.pop(0)`, `del x[0]` and `del x[:1]`."""
    if isinstance(node, ast.Call):
        func = node.func
        return func.value if isinstance(func, ast.Attribute) and _is_at_front(node, func.attr) else None
    place = node.targets[0]
    if len(node.targets) != 1 or not isinstance(place, ast.Subscript):
        return None
    return place.value if _is_zero(place.slice) or ast.unparse(place.slice) == ":1" else None


def _inserts(node: ast.Call | ast.Delete) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "insert"


def _is_at_front(node: ast.Call, method: str) -> bool:
    if method not in ("insert", "pop"):
        return False
    wanted = 2 if method == "insert" else 1
    if len(node.args) != wanted or node.keywords or isinstance(node.args[-1], ast.Starred):
        return False
    return _is_zero(node.args[0])


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) is int and node.value == 0


def _bindings(receiver: ast.expr, module: Module) -> list[Binding]:
    if isinstance(receiver, ast.Attribute):
        return attribute_bindings(receiver, module)
    names = names_of(module)
    scope = names.scope(receiver) if isinstance(receiver, ast.Name) else None
    return names.bindings(receiver.id, scope) if isinstance(receiver, ast.Name) and scope is not None else []


def _base_changes(receiver: ast.expr, loop: Loop, module: Module) -> bool:
    """For `node.items`: whether `node` is another object in each iteration."""
    while isinstance(receiver, ast.Attribute):
        receiver = receiver.value
        if isinstance(receiver, ast.Name) and any(is_inside(b.node, loop, module) for b in _bindings(receiver, module)):
            return True
    return False
