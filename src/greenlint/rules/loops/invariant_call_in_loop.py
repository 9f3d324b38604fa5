"""GL210 invariant-call-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.loops._costly_calls import BARE, CONTAINERS, HASHES, LISTING, UNCERTAIN, VALUES, WORLD
from greenlint.rules.loops._extent import data_loops
from greenlint.rules.loops._same_in_turn import asked_in_test, outermost, worth
from greenlint.rules.loops._same_value import CALLEES
from greenlint.rules.loops._steady import bindings_of, every_use, is_changed, is_rebound, may_alter
from greenlint.source.infer import dotted, kind_of
from greenlint.source.repeat import LOOPS, leaves

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_LIVE = ("/proc/", "/sys/", "/dev/")
"""Files that are read again to see what has changed."""
_CHEAP = frozenset({"len", "max", "min", "sorted", "sum"})
"""Builtins that give the same for a collection that nobody changes: `len` in tens of nanoseconds."""
_SETS = frozenset({"set", "frozenset"})
"""Builtins that go through the whole collection; the set is the same in every turn where it is only looked into."""
_UNSURE = 40
"""The loop may have few turns, or the world may change meanwhile."""
_LITTLE = 20
"""A call that takes tens of nanoseconds."""
_CHANGING = frozenset({"append", "clear", "extend", "insert", "pop", "remove", "setdefault", "sort", "update"})
_TEXTS = frozenset({"read_bytes", "read_text"})
"""Methods of paths that read a whole file."""
_WAITING = frozenset(
    {"sleep", "wait", "poll", "chdir", "remove", "unlink", "rename", "replace", "mkdir", "makedirs", "rmtree", "move"}
)
_LAST = frozenset(name.rpartition(".")[2] for name in VALUES | CONTAINERS | WORLD | LISTING)


class InvariantCallInLoop(FileRule):
    """A loop makes the same costly call with the same arguments in every turn.

    ## Why it wastes

    Parsing a text, a date or a version, or looking up a signature, gives the same result each time: do it once before the
    loop.

    ## When to leave it alone

    When each turn needs a result of its own to change, or the world changes meanwhile: what reads a file or asks the system (`open`,
    `os.environ`, `os.listdir`, `Path("…").read_text()`) gets confidence 40, which the default threshold hides; so does a text that other functions use
    as well. The rule knows a table of costly functions, and the sets made only to ask whether something is in them (`x in set(names)`); it
    is silent where the loop changes the result or sets the variable that it asks for, where an argument may change in the loop or is
    itself a call, where a parsed container is stored or handed on, and for short loops.

    Of less weight, and below the default threshold, are calls that go through a collection or an array (`sum(row.price for row in rows)`,
    `np.mean(a)`, `df["x"].max()`), `re`, `json.dumps`, `template.render(context)`, and functions of the same file that do nothing but compute (confidence
    40), and builtins, `math` and the methods of texts (20), calls in their arguments included. So is a function that a `while` compares its counter with.

    ## Evidence

    Whole processes, CPython 3.11.7: 0.19 -> 0.020 s of CPU at 100,000 rows, 0.053 -> 0.017 s at 20,000, 0.019 -> 0.017 s at
    1,000 (`python benchmarks/rules/run.py GL210`).

    In preview: 8.3 million lines of real code have 4 findings, too few to be sure.
    """

    code = "GL210"
    name = "invariant-call-in-loop"
    effect = Effect(
        EffectClass.CONSTANT, "the same result computed in each turn (0.19 -> 0.020 s of CPU at 100,000 rows)", "bench GL210"
    )
    confidence = 85
    preview = True
    callees = _LAST | _CHEAP | _SETS | _TEXTS | CALLEES | {"compile", "open"}
    examples = (
        Bad(
            "import json\n\ndef f(rows, text):\n    for row in rows:\n        print(json.loads(text)['limit'], row)\n",
            lines=(5,),
        ),
        Bad(
            "from datetime import datetime\n\ndef f(rows, start):\n"
            "    return [row for row in rows if row.at > datetime.strptime(start, '%d.%m.%Y')]\n",
            lines=(4,),
        ),
        Good(
            "import json\n\ndef f(lines):\n    for line in lines:\n        print(json.loads(line))\n", "another text each time"
        ),
        Good(
            "import json\n\ndef f(rows, text):\n    for row in rows:\n        row.settings = json.loads(text)\n",
            "each row gets its own",
        ),
    )

    def check(self, node: ast.Call | ast.Subscript | ast.While | ast.FunctionDef, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` computes in each turn what it has computed before."""
        if isinstance(node, ast.Call):
            found = next(self._known(node, module), None)
            if found is not None:
                yield found
            elif self.least <= _UNSURE:
                yield from self._repeated(node, module)
        elif isinstance(node, ast.Subscript):
            if isinstance(node.value, ast.Attribute) and node.value.attr == "environ" and isinstance(node.ctx, ast.Load):
                yield from self._asked(node, "os.environ", [node.slice], module)
        elif self.least <= _UNSURE and isinstance(node, ast.FunctionDef):
            for call in module.calls(node.name):
                if isinstance(call.func, ast.Name):
                    yield from self._repeated(call, module)
        elif self.least <= _UNSURE and isinstance(node, ast.While):
            asked = asked_in_test(node, module)
            if asked is not None:
                message = (
                    f"`{dotted(asked.func)}(…)` is called before every turn; call it once before, unless its answer changes"
                )
                yield self.finding(asked, module, message, confidence=_LITTLE)

    def _repeated(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A call of what gives the same for the same, cheap or hidden in a function of the file."""
        sure = worth(node, module)
        if sure is not None and outermost(node, module):
            message = f"`{ast.unparse(node.func)[:60]}(…)` gives the same in every turn of the loop; call it once before it"
            yield self.finding(node, module, message, confidence=sure)

    def _known(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A call of the tables above."""
        if isinstance(node.func, ast.Attribute) and node.func.attr in _TEXTS:
            path = node.func.value
            if self.least <= _UNSURE and isinstance(path, ast.Call) and module.qualified_name(path.func) == "pathlib.Path":
                yield from self._asked(node, f"Path(…).{node.func.attr}", path.args, module)
            return
        name = module.qualified_name(node.func)
        if name in WORLD or name in LISTING or _reads_file(node, module):
            arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
            if (arguments or name in BARE or name in LISTING) and not (name in LISTING and _waits(node, module)):
                yield from self._asked(node, name or "open", arguments, module)
            return
        around = module.loop(node)
        if around is None:
            return
        own = node.func.id if isinstance(node.func, ast.Name) and module.is_builtin(node.func, node.func.id) else ""
        name = "compile" if own == "compile" else name
        asked = module.parent(node) if own in _SETS else None
        builtin, looked_into = own in _CHEAP, isinstance(asked, ast.Compare)
        if not builtin and not looked_into and (name is None or (name not in VALUES and name not in CONTAINERS)):
            return
        loop = next(data_loops(node, module), None)
        sure = loop is not None and not builtin and name not in UNCERTAIN
        kept = loop or around
        arguments = [*node.args, *(keyword.value for keyword in node.keywords)]
        if not isinstance(kept, LOOPS) or not arguments or (loop is None and leaves(node, kept, module)):
            return
        if not all(_stays(argument, node, kept, module) for argument in arguments):
            if self.least > _UNSURE or not all(_stays(a, node, kept, module) or _is_text(a, kept, module) for a in arguments):
                return
            sure = False
        if name in CONTAINERS and not every_use(node, _leaves_alone, module):
            return  # each turn needs one of its own
        if name is not None and (
            _is_updated(node, name, module) or (name in CONTAINERS and not every_use(node, _only_looks, module))
        ):
            sure = False
        if isinstance(asked, ast.Compare) and not isinstance(asked.ops[-1], (ast.In, ast.NotIn)):
            sure = False
        message = f"`{dotted(node.func)}(…)` gives the same in every turn of the loop; call it once before it"
        if not builtin or outermost(node, module):
            yield self.finding(node, module, message, confidence=None if sure else _LITTLE if builtin else _UNSURE)

    def _asked(self, node: ast.Call | ast.Subscript, name: str, arguments: list[ast.expr], module: Module) -> Iterator[Finding]:
        """What the system or a file answers, asked again in each turn."""
        loop = next(data_loops(node, module), None)
        if loop is None or (isinstance(node, ast.Subscript) and module.qualified_name(node.value) != name):
            return
        if name.startswith(("os.environ", "os.getenv")) and _sets_environment(loop, module):
            return
        if all(_stays(argument, node, loop, module) for argument in arguments):
            message = f"`{name}` is asked for the same in every turn of the loop; ask once before it, unless the answer changes"
            yield self.finding(node, module, message, confidence=_UNSURE)


def _waits(node: ast.Call, module: Module) -> bool:
    """Whether the loop waits for another answer, or changes what is asked about."""
    loop = module.loop(node)
    if loop is None or isinstance(loop, ast.While):
        return True
    called = (part.func for part in ast.walk(loop) if isinstance(part, ast.Call))
    return any((func.attr if isinstance(func, ast.Attribute) else getattr(func, "id", "")) in _WAITING for func in called)


def _reads_file(node: ast.Call, module: Module) -> bool:
    """`open(path)` for reading."""
    if not module.is_builtin(node.func, "open") or not node.args:
        return False
    path = node.args[0]
    if isinstance(path, ast.Constant) and str(path.value).startswith(_LIVE):
        return False
    modes = [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "mode")]
    return all(isinstance(mode, ast.Constant) and mode.value in ("r", "rb", "rt") for mode in modes)


def _stays(argument: ast.expr, call: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether an argument is the same in every turn: a constant, or a name or attribute that the loop leaves alone."""
    if isinstance(argument, ast.Constant):
        return True
    if isinstance(argument, (ast.Name, ast.Attribute)):
        return dotted(argument) is not None and not is_changed(argument, loop, module, but=call)
    if isinstance(argument, ast.JoinedStr):
        return all(_stays(part.value, call, loop, module) for part in argument.values if isinstance(part, ast.FormattedValue))
    if isinstance(argument, ast.BinOp):
        waiting: list[ast.expr] = [argument]
        for part in waiting:  # grows meanwhile: sums can be too long for recursion
            if isinstance(part, ast.BinOp):
                waiting += [part.left, part.right]
            elif not _stays(part, call, loop, module):
                return False
        return True
    return False


def _is_text(argument: ast.expr, loop: Loop, module: Module) -> bool:
    """Whether it is a name with one value, which nobody can alter."""
    fixed = isinstance(argument, ast.Name) and kind_of(argument, module) in ("bytes", "float", "int", "str")
    return fixed and len(bindings_of(argument, module)) == 1 and not is_rebound(argument, loop, module)


def _sets_environment(loop: Loop, module: Module) -> bool:
    """Whether the loop itself stores in `os.environ`."""
    return any(
        isinstance(part, ast.Subscript)
        and not isinstance(part.ctx, ast.Load)
        and module.qualified_name(part.value) == "os.environ"
        for part in ast.walk(loop)
    )


def _leaves_alone(use: ast.expr, module: Module) -> bool:
    """Whether the container is not visibly changed: no item of it is set, and nothing is added to it."""
    holder = module.parent(use)
    if isinstance(holder, ast.Subscript):
        return holder.value is not use or isinstance(holder.ctx, ast.Load)
    return not (isinstance(holder, ast.Attribute) and holder.attr in _CHANGING)


def _is_updated(node: ast.Call, name: str, module: Module) -> bool:
    """A hash object may be fed further."""
    if name not in HASHES:
        return False
    holder = module.parent(node)
    return not (isinstance(holder, ast.Attribute) and holder.attr in ("hexdigest", "digest"))


def _only_looks(use: ast.expr, module: Module) -> bool:
    """Whether the parsed container is looked at here and then forgotten."""
    holder = module.parent(use)
    if isinstance(holder, (ast.Return, ast.Starred)):
        return False
    if isinstance(holder, ast.Subscript):
        return (
            isinstance(holder.ctx, ast.Load)
            and holder.value is use
            and not isinstance(module.parent(holder), (ast.Subscript, ast.Attribute))
        )
    if isinstance(use, ast.Name):
        return not may_alter(use, module)
    return isinstance(holder, (ast.BinOp, ast.Compare, ast.For, ast.comprehension)) or (
        isinstance(holder, ast.Attribute) and holder.attr == "get"
    )
