"""GL109 dead-store-of-expensive-call."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.dead_code._locals import unread_locals
from greenlint.rules.dead_code._pure import COSTLY_FUNCTIONS, arguments_are_plain, is_probe
from greenlint.rules.dead_code._statements import whole_statement
from greenlint.source.names import names_of
from greenlint.source.repeat import next_statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_BUILTINS = frozenset({"sorted", "sum"})
_CHEAP = 35
"""Nothing shows that the value took any work, the call does more than compute it, or the name gets another value later."""
_UNSEEN = ("locals", "vars", "eval", "exec", "dir")


class DeadStoreOfExpensiveCall(FileRule):
    """The result of a costly call is given a name that nothing reads.

    ## Why it wastes

    Copying a structure, parsing a file, sorting, compressing or reading a table takes time and memory in proportion to the data, at each
    run of the function, for a value that nobody looks at. Usually it is what a change has left behind.

    ## When to leave it alone

    The call may be there to check its argument (`json.loads` fails on bad text): the rule is silent in the body of a `try`, under
    `with`, in tests, for names that begin with `_`, for calls whose arguments may do something themselves, and in functions that look through
    their own names (`locals()`). Calls that do anything but compute, such as requests and queries, are not in its table. Other names that
    nothing reads, and the result of a costly call that the next mention of its name replaces, get a confidence of 35.

    The fix deletes the statement and needs `--unsafe-fixes`: bad input would no longer raise an exception there.

    ## Evidence

    Whole processes, CPython 3.11: a copy of a mapping of 3,000 lists, made 20 times and never read, takes 0.072 s of CPU time
    instead of 0.011 s (ratio 6.58, 95 % interval 6.43 to 6.96); of 100 lists 1.36 (`python benchmarks/rules/run.py GL109`).

    Open: precision. The rule found nothing in 8.3 million lines of the standard library and 40 packages, which shows that it is
    quiet, and nothing else.
    """

    code = "GL109"
    name = "dead-store-of-expensive-call"
    effect = Effect(
        EffectClass.CONSTANT, "all of the call is wasted (6.6 times the CPU time with a copy of 3,000 lists)", "bench GL109"
    )
    confidence = 95
    preview = True
    callees = _BUILTINS | frozenset(name.rpartition(".")[2] for name in COSTLY_FUNCTIONS)
    examples = (
        Bad(
            "import copy\n\n\ndef f(config):\n    before = copy.deepcopy(config)\n    config['a'] = 1\n    return config\n",
            fixed="import copy\n\n\ndef f(config):\n    config['a'] = 1\n    return config\n",
            lines=(5,),
        ),
        Bad(
            "def f(rows):\n    ordered = sorted(rows)\n    return rows[0]\n",
            fixed="def f(rows):\n    return rows[0]\n",
            lines=(2,),
        ),
        Bad(
            "import pandas as pd\n\n\ndef f(path):\n    frame: pd.DataFrame = pd.read_csv(path)\n    return 1\n",
            fixed="import pandas as pd\n\n\ndef f(path):\n    return 1\n",
            lines=(5,),
        ),
        Good("import copy\n\n\ndef f(config):\n    before = copy.deepcopy(config)\n    return before\n", "read"),
        Good(
            "def f(rows):\n    ordered = sorted(rows)\n    def g():\n        return ordered\n    return g\n",
            "read by a function inside",
        ),
        Good(
            "import json\n\n\ndef f(text):\n    try:\n        data = json.loads(text)\n    except ValueError:\n        return 0\n    return 1\n",
            "a check",
        ),
        Good("rows = sorted(input())\n", "a name of the module: others may import it"),
        Good("def f(rows):\n    _ = sorted(rows)\n    return rows\n", "said to be unused"),
    )

    def check(self, node: ast.Call | ast.Module, module: Module) -> Iterator[Finding]:
        """Yield a finding when the value of `node` gets a name that is never read."""
        if isinstance(node, ast.Module):
            if self.least <= _CHEAP:
                yield from self._cheap(module)
                yield from self._overwritten(module)
            return
        target = self._wasted(node, module)
        if target is None:
            return
        statement = module.parents[node]
        edit = whole_statement(statement, module)  # type: ignore[arg-type]
        fix = None if edit is None else Fix("Delete the statement", (edit,), Applicability.UNSAFE)
        called = module.text(node.func)
        message = f"nothing reads `{target.id}`: all of `{called}(...)` is wasted; delete the statement"
        yield self.finding(statement, module, message, fix=fix)

    def _cheap(self, module: Module) -> Iterator[Finding]:
        """Every other local name that is given a value in vain."""
        looks = [call.lineno for name in _UNSEEN for call in module.index.calls.get(name, ())]
        for node, name, value in unread_locals(module, looks):
            if not isinstance(value, ast.Call) or self._wasted(value, module) is None:
                yield self.finding(node, module, f"nothing reads `{name}`; leave it out", confidence=_CHEAP)

    def _overwritten(self, module: Module) -> Iterator[Finding]:
        """The value of a costly call that the same block replaces before anything mentions its name."""
        names = {call for name in self.callees for call in module.index.calls.get(name, ())}
        for node in sorted(names, key=lambda call: (call.lineno, call.col_offset)):
            statement = module.parents[node]
            target = _target(statement)
            if target is None or not self._is_costly(node, module) or is_probe(statement, module):  # type: ignore[arg-type]
                continue
            following = next_statement(statement, module)
            while following is not None and not _mentions(following, target.id):
                following = next_statement(following, module)
            again = _target(following) if following is not None else None
            if again is not None and again.id == target.id and not _mentions(following.value, target.id):  # type: ignore[union-attr]
                message = f"`{target.id}` gets another value before anything reads this one; leave this one out"
                yield self.finding(statement, module, message, confidence=_CHEAP)

    def _wasted(self, node: ast.Call, module: Module) -> ast.Name | None:
        """The name that the value of a costly call gets in vain."""
        statement = module.parents[node]
        target = _target(statement)
        if target is None or target.id.startswith("_") or not self._is_costly(node, module):
            return None
        scope = module.scope(statement)
        if not isinstance(scope, (ast.FunctionDef, ast.AsyncFunctionDef)) or is_probe(statement, module):  # type: ignore[arg-type]
            return None
        names = names_of(module)
        if names.declared(target.id, scope) or names.loads(target.id, scope) or not arguments_are_plain(node):
            return None
        if any(isinstance(use.ctx, ast.Del) for use in names.uses(target.id, scope)) or _is_extended(target, module):
            return None
        return None if any(name in module.index.calls for name in _UNSEEN) else target

    def _is_costly(self, node: ast.Call, module: Module) -> bool:
        func = node.func
        if isinstance(func, ast.Name) and func.id in _BUILTINS:
            return module.is_builtin(func, func.id)
        return module.qualified_name(func) in COSTLY_FUNCTIONS


def _target(statement: ast.AST) -> ast.Name | None:
    """The one name that a statement binds; None for other statements."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1 and isinstance(statement.targets[0], ast.Name):
        return statement.targets[0]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return statement.target
    return None


def _mentions(node: ast.AST, name: str) -> bool:
    return any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(node))


def _is_extended(target: ast.Name, module: Module) -> bool:
    """Whether `name += x` reads it."""
    scope = names_of(module).scope(target)
    bindings = names_of(module).bindings(target.id, scope) if scope is not None else []
    return any(isinstance(binding.node, ast.AugAssign) for binding in bindings)
