"""GL708 pool-oversubscription."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._pools import CALLEES, pool_kind, workers
from greenlint.source.calls import constant, keyword, last_name
from greenlint.source.names import names_of
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_CORES = frozenset({"cpu_count", "process_cpu_count", "sched_getaffinity", "available_cpu_count"})
_MANY = 32
_FIXED = 45
"""There are machines with so many cores."""
_INNER = 65
_BOTH = 40
"""The file has pools of threads as well, which may be the ones that are meant."""
_SENDS = frozenset({"map", "imap", "imap_unordered", "starmap", "submit", "apply_async", "map_async", "apply"})


class PoolOversubscription(FileRule):
    """More processes are asked to compute than there are cores.

    ## Why it wastes

    Processes beyond the number of cores compute nothing faster: they take turns on the same cores, and each costs an interpreter, a copy of what it
    loads, and switches between them that empty the caches. The same happens where the workers of a pool start pools of their own, or
    estimators with `n_jobs=-1` inside a search with `n_jobs=-1`: cores times cores.

    ## When to leave it alone

    For work that mostly waits, threads are cheaper still: the rule says nothing about pools of threads. It is sure about multiples of the
    number of cores; 65 where a worker function of the same file starts a pool, and 45 for fixed numbers
    of 32 and more, which the default threshold hides.

    ## Evidence

    Whole processes, CPython 3.11.7, two cores: eight processes per core instead of one, peak memory 37 -> 14 MB and CPU
    0.128 -> 0.102 s (`python benchmarks/rules/run.py GL708`).

    In preview: no finding at the default confidence in the standard library, 40 packages and the applications from GitHub.
    """

    code = "GL708"
    name = "pool-oversubscription"
    preview = True
    effect = Effect(EffectClass.MEMORY, "an interpreter for each (37 -> 14 MB for 16 processes on two cores)", "bench GL708")
    confidence = 75
    examples = (
        Bad("import os\nfrom multiprocessing import Pool\n\npool = Pool(os.cpu_count() * 4)\n", lines=(4,)),
        Bad(
            "from sklearn.ensemble import RandomForestClassifier\nfrom sklearn.model_selection import GridSearchCV\n\n"
            "search = GridSearchCV(RandomForestClassifier(n_jobs=-1), grid, n_jobs=-1)\n",
            lines=(4,),
        ),
        Good("import os\nfrom multiprocessing import Pool\n\npool = Pool(os.cpu_count())\n", "as many as there are cores"),
        Good(
            "import os\nfrom concurrent.futures import ThreadPoolExecutor\n\npool = ThreadPoolExecutor(os.cpu_count() * 4)\n",
            "threads that wait",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` asks for more runnable processes than there are cores."""
        if last_name(node.func) in CALLEES and pool_kind(node, module) == "process":
            yield from self._pool(node, module)
        elif node.keywords and _takes_all(node):
            inner = _inner_jobs(node, module)
            if inner is not None:
                message = "`n_jobs=-1` inside `n_jobs=-1` starts cores times cores of workers; parallelise the outer one only"
                yield self.finding(node, module, message)
            elif _is_sent(node, module):
                message = "every process of the pool starts a worker per core; leave `n_jobs` at 1 inside"
                yield self.finding(node, module, message, confidence=_sureness(module))

    def _pool(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        asked = workers(node)
        if is_test(module.path):
            return
        if asked is not None and _multiplies_cores(asked, module):
            message = "asks for several processes per core: they only take turns; ask for as many as there are cores"
            yield self.finding(node, module, message)
        elif _is_sent(node, module):
            message = "every process of one pool starts a pool of its own: cores times cores of processes; keep one"
            yield self.finding(node, module, message, confidence=_sureness(module))
        else:
            fixed = constant(asked)
            if isinstance(fixed, int) and fixed >= _MANY:
                message = f"asks for {fixed} processes on any machine; ask for as many as there are cores"
                yield self.finding(node, module, message, confidence=_FIXED)


def _multiplies_cores(asked: ast.expr, module: Module) -> bool:
    """`cpu_count() * 2`, `4 * cores`, where `cores` is bound to the number of cores."""
    if not (isinstance(asked, ast.BinOp) and isinstance(asked.op, ast.Mult)):
        return False
    for count, factor in ((asked.left, asked.right), (asked.right, asked.left)):
        times = constant(factor)
        if isinstance(times, (int, float)) and times >= 2 and _is_cores(count, module):
            return True
    return False


def _is_cores(node: ast.expr, module: Module) -> bool:
    if isinstance(node, ast.BoolOp):
        return _is_cores(node.values[0], module)
    if isinstance(node, ast.Call):
        if last_name(node.func) == "len" and node.args:
            return _is_cores(node.args[0], module)
        return last_name(node.func) in _CORES
    if not isinstance(node, ast.Name):
        return False
    names = names_of(module)
    scope = names.scope(node)
    values = [binding.value for binding in names.bindings(node.id, scope)] if scope is not None else []
    return len(values) == 1 and isinstance(values[0], (ast.Call, ast.BoolOp)) and _is_cores(values[0], module)


def _takes_all(node: ast.Call) -> bool:
    given = keyword(node, "n_jobs")
    return isinstance(given, ast.UnaryOp) and isinstance(given.op, ast.USub) and constant(given.operand) == 1


def _inner_jobs(node: ast.Call, module: Module) -> ast.Call | None:
    """An estimator with `n_jobs=-1` among the arguments, written there or under a name of its own."""
    for given in [*node.args[:1], *(item.value for item in node.keywords if item.arg in ("estimator", "base_estimator"))]:
        value: ast.expr | None = given
        if isinstance(given, ast.Name):
            names = names_of(module)
            scope = names.scope(given)
            values = [binding.value for binding in names.bindings(given.id, scope)] if scope is not None else []
            value = values[0] if len(values) == 1 else None
        if isinstance(value, ast.Call) and _takes_all(value):
            return value
    return None


def _is_sent(node: ast.AST, module: Module) -> bool:
    """Whether the function around this place is what a pool of the same file runs."""
    function = module.function(node)
    if function is None or isinstance(module.parent(function), ast.ClassDef):
        return False
    return function.name in _sent(module)


def _sent(module: Module) -> frozenset[str]:
    """The functions that pools are given, in a file that has a pool of processes."""
    known: dict[int, frozenset[str]] = module.notes.setdefault("waiting.sent", {})
    if 0 not in known:
        calls = [call for name in _SENDS for call in module.calls(name)] if "process" in _kinds(module) else []
        known[0] = frozenset(call.args[0].id for call in calls if call.args and isinstance(call.args[0], ast.Name))
    return known[0]


def _sureness(module: Module) -> int:
    return _INNER if _kinds(module) == {"process"} else _BOTH


def _kinds(module: Module) -> set[str]:
    return {kind for name in CALLEES for call in module.calls(name) if (kind := pool_kind(call, module))}
