"""GL707 pool-per-call."""

from __future__ import annotations

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._pools import CALLEES, PACKAGES, calling_loop, pool_kind, repeats, serves_requests, workers
from greenlint.source.calls import constant
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from greenlint.source.module import Module

_REQUEST = 65
_CALLED = 65


class PoolPerCall(FileRule):
    """A pool of processes or threads is started, used for one batch and torn down, again and again.

    ## Why it wastes

    A pool of processes starts an interpreter for each worker, which imports the program anew or copies its memory; a pool of threads starts its
    threads. Both are made to be kept: `map` and `submit` can be called as often as there is work.

    ## When to leave it alone

    Where each batch needs workers with an initial state of its own, or batches are hours apart. The rule reports pools made in loops,
    in functions that a loop of the same file calls, and in functions that a web framework or task queue calls for each
    request. It is silent behind conditions (a pool made at need and kept), in handlers of exceptions (a broken pool that is made again), in
    short loops and in tests, and for single processes, which give all they hold back when they end.

    ## Evidence

    Whole processes, CPython 3.11.7: a pool of two processes for each of 60 batches 0.537 -> 0.055 s of CPU, of 20 batches
    0.215 -> 0.056 s (`python benchmarks/rules/run.py GL707`).

    In preview: one finding at the default confidence in the standard library, 40 packages and the applications from GitHub.
    """

    code = "GL707"
    name = "pool-per-call"
    preview = True
    effect = Effect(
        EffectClass.CONSTANT, "starts and stops its workers each time (8 ms of CPU for a pool of two processes)", "bench GL707"
    )
    confidence = 80
    callees = CALLEES
    packages = PACKAGES
    examples = (
        Bad(
            "from concurrent.futures import ProcessPoolExecutor\n\ndef f(batches):\n    for batch in batches:\n"
            "        with ProcessPoolExecutor() as pool:\n            use(pool.map(work, batch))\n",
            lines=(5,),
        ),
        Bad(
            "from multiprocessing import Pool\n\ndef solve(batch):\n    with Pool(4) as pool:\n        return pool.map(work, batch)\n\n"
            "def f(batches):\n    return [solve(batch) for batch in batches]\n",
            lines=(4,),
        ),
        Good(
            "from multiprocessing import Pool\n\ndef f(batches):\n    with Pool(4) as pool:\n"
            "        return [pool.map(work, batch) for batch in batches]\n",
            "what it should be",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` starts a pool that is soon torn down and started again."""
        kind = pool_kind(node, module)
        if kind is None or is_test(module.path) or (kind == "process" and constant(workers(node)) == 1):
            return
        found = self._repeated(node, module)
        if found is None:
            return
        confidence, when = found
        message = f"starts its {'processes' if kind == 'process' else 'threads'} anew {when}; make the pool once and keep it"
        yield self.finding(node, module, message, confidence=confidence)

    def _repeated(self, node: ast.Call, module: Module) -> tuple[int, str] | None:
        if repeats(node, module):
            return self.confidence, "in every turn of the loop"
        function = module.function(node)
        if function is None or module.scope(node) is not function:
            return None
        if serves_requests(function, module):
            return _REQUEST, "for each request"
        call = calling_loop(function, module)
        return (_CALLED, f"in every turn of the loop at line {call.lineno}") if call is not None else None
