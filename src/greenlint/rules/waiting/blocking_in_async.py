"""GL705 blocking-in-async."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.waiting._blocking import BLOCKING, blocking_call, local_blockers
from greenlint.rules.waiting._may_block import may_block
from greenlint.source.project import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.waiting._blocking import Blocker
    from greenlint.source.module import Module


class BlockingInAsync(FileRule):
    """A coroutine makes a call that blocks its thread.

    ## Why it wastes

    All coroutines of an event loop share one thread: while one of them sits in `time.sleep`, a request of `requests` or
    `subprocess.run`, every other one stands still, and so does the machine, at its idle power. The same work takes longer,
    servers need more processes for it, and nothing was saved by being asynchronous.

    ## When to leave it alone

    In a program that runs one coroutine and nothing else: in the coroutine that `asyncio.run` starts the confidence is 50. The
    rule is silent in tests, in functions nested in the
    coroutine (they may run in a thread), for arguments of `asyncio.to_thread` and `run_in_executor`, and for reading small
    files. It follows calls of functions and methods of the same file one level deep, with a lower confidence.

    ## Evidence

    Whole processes, CPython 3.11.7: clients that wait 20 ms each, served within half a second; blocked, that takes a process for each
    25 of them, otherwise one for all. 400 clients 0.186 -> 0.068 s of CPU and 70 -> 21 MB, 200 clients 0.136 -> 0.065 s and 44 -> 20 MB
    (`python benchmarks/rules/run.py GL705`).

    Precision: 22 findings in the standard library, 40 packages and applications from GitHub, all right (`benchmarks/rules/labels/GL705.tsv`);
    in 86 packages that the rule had not been tuned on, 6 of 10: in the other four nobody else was in the loop at that time. Hence a preview.
    """

    code = "GL705"
    name = "blocking-in-async"
    effect = Effect(
        EffectClass.WAKE_UP,
        "all coroutines stand still meanwhile (200 clients: 0.136 -> 0.065 s of CPU, 44 -> 20 MB)",
        "bench GL705",
    )
    confidence = 90
    preview = True
    examples = (
        Bad(
            "import asyncio\nimport time\n\nasync def f():\n    time.sleep(1)\n",
            fixed="import asyncio\nimport time\n\nasync def f():\n    await asyncio.sleep(1)\n",
            lines=(5,),
        ),
        Bad("import requests\n\nasync def f(url):\n    return requests.get(url, timeout=9).json()\n", lines=(4,)),
        Bad("import subprocess as sp\n\nasync def f():\n    sp.run(['ls'], check=True)\n", lines=(4,)),
        Bad(
            "import requests\n\ndef fetch(url):\n    return requests.get(url)\n\nasync def f(url):\n    return fetch(url)\n",
            lines=(7,),
        ),
        Good("import asyncio\n\nasync def f():\n    await asyncio.sleep(1)\n", "it gives way"),
        Good("import time\n\ndef f():\n    time.sleep(1)\n", "not a coroutine"),
        Good("import asyncio, time\n\nasync def f():\n    await asyncio.to_thread(time.sleep, 1)\n", "in a thread"),
    )

    def check(self, node: ast.AsyncFunctionDef, module: Module) -> Iterator[Finding]:
        """Yield a finding for each blocking call that the coroutine makes itself or through one local function."""
        unsure = module.packages.isdisjoint(_PACKAGES) or is_test(module.path) or "pytest" in module.packages
        if unsure and self.least > _QUICK:
            return
        alone = _runs_alone(node, module)
        for call in _own_calls(node, module) if self.least <= _QUICK else _suspects(node, module):
            found = blocking_call(call, module)
            if unsure or found is None:
                name = may_block(call, module) or (found.name if found is not None else "")
                if name:
                    message = f"`{name}` may block the event loop and all its coroutines; hand it to `asyncio.to_thread`"
                    yield self.finding(call, module, message, confidence=_QUICK)
                    continue
            if found is not None:
                confidence = _ALONE if alone or _is_sync_branch(call, module) else self.confidence
                message = f"`{found.name}` blocks the event loop and all its coroutines: {found.remedy}"
                yield self.finding(call, module, message, confidence=confidence, fix=_fix(call, found, module))
                continue
            inner = None if unsure else local_blockers(module).called(call, module)
            if inner is not None:
                message = f"this function calls `{inner.name}`, which blocks the event loop: {inner.remedy}"
                yield self.finding(call, module, message, confidence=_ALONE if alone else 75)


_QUICK = 40
"""Files are read in microseconds as a rule, and a test has no other coroutines to keep from their work."""
_ALONE = 50
"""The main coroutine of a program often has nobody beside it."""
_RUNNERS = frozenset({"run", "run_until_complete"})
_PACKAGES = frozenset(name.partition(".")[0] for name in BLOCKING)
_NAMES = frozenset(name.rpartition(".")[2] for name in BLOCKING)


def _is_sync_branch(call: ast.Call, module: Module) -> bool:
    """Whether a flag of the file says that this branch is that of a blocking twin, made from the same source."""
    return any(isinstance(above, ast.If) and "sync" in ast.unparse(above.test).lower() for above in module.ancestors(call))


def _runs_alone(function: ast.AsyncFunctionDef, module: Module) -> bool:
    """Whether it is the coroutine that the program starts with."""
    if function.name in ("main", "amain", "async_main", "_main"):
        return True
    started = (call for name in _RUNNERS for call in module.calls(name))
    return any(
        isinstance(argument, ast.Call) and isinstance(argument.func, ast.Name) and argument.func.id == function.name
        for call in started
        for argument in call.args[:1]
    )


def _own_calls(function: ast.AsyncFunctionDef, module: Module) -> Iterator[ast.Call]:
    """Calls that run when the coroutine runs, not in functions nested in it."""
    stack: list[ast.AST] = list(reversed(function.body))
    while stack:
        node = stack.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)):
            continue
        if isinstance(node, ast.Call) and not isinstance(module.parent(node), ast.Await):
            yield node
        stack.extend(reversed(list(ast.iter_child_nodes(node))))


def _suspects(function: ast.AsyncFunctionDef, module: Module) -> Iterator[ast.Call]:
    """Those of its own calls that bear the name of something that blocks: a look at few calls in place of all."""
    local = {name for name, target in module.imports.items() if target in BLOCKING}
    for name in _NAMES | local | local_blockers(module).names:
        for call in module.index.calls.get(name, ()):
            if not isinstance(module.parent(call), ast.Await) and module.scope(call) is function:
                yield call


def _fix(call: ast.Call, found: Blocker, module: Module) -> Fix | None:
    """`time.sleep(x)` becomes `await asyncio.sleep(x)`: other coroutines now run meanwhile."""
    if found.name != "time.sleep" or module.imports.get("asyncio") != "asyncio":
        return None
    if len(call.args) != 1 or call.keywords or not isinstance(module.parent(call), ast.Expr):
        return None
    return FileRule.replace(
        call, f"await asyncio.sleep({module.text(call.args[0])})", module, "Sleep without blocking", Applicability.UNSAFE
    )
