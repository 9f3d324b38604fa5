"""Calls that start a pool of threads or processes, and the places that do it again and again."""

from __future__ import annotations

import ast
import re

from greenlint.source.calls import argument, last_name
from greenlint.source.names import names_of
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

PROCESSES = frozenset(
    {"concurrent.futures.ProcessPoolExecutor", "concurrent.futures.process.ProcessPoolExecutor", "multiprocessing.Pool"}
    | {
        "multiprocessing.pool.Pool",
        "billiard.Pool",
        "multiprocess.Pool",
        "torch.multiprocessing.Pool",
        "loky.ProcessPoolExecutor",
    }
)
THREADS = frozenset(
    {"concurrent.futures.ThreadPoolExecutor", "concurrent.futures.thread.ThreadPoolExecutor", "multiprocessing.pool.ThreadPool"}
    | {"multiprocessing.dummy.Pool"}
)
CALLEES = frozenset(name.rpartition(".")[2] for name in PROCESSES | THREADS)
PACKAGES = frozenset(name.partition(".")[0] for name in PROCESSES | THREADS)
_ROUTES = frozenset(
    {"route", "get", "post", "put", "patch", "delete", "websocket", "task", "shared_task", "api_view", "periodic_task"}
)
_HANDLERS = frozenset({"get", "post", "put", "patch", "delete", "dispatch"})
_VIEW = re.compile(r"(View|ViewSet|Resource|RequestHandler|Endpoint)$")


def pool_kind(node: ast.Call, module: Module) -> str | None:
    """ "process" or "thread" for a call that makes a pool."""
    name = module.qualified_name(node.func)
    if name is None:
        return "process" if _of_context(node.func, module) else None
    return "process" if name in PROCESSES else "thread" if name in THREADS else None


def _of_context(func: ast.expr, module: Module) -> bool:
    """`multiprocessing.get_context("spawn").Pool(...)`, also through a name."""
    if not (isinstance(func, ast.Attribute) and func.attr == "Pool"):
        return False
    maker: ast.expr | None = func.value
    if isinstance(maker, ast.Name):
        scope = names_of(module).scope(maker)
        values = [binding.value for binding in names_of(module).bindings(maker.id, scope)] if scope is not None else []
        maker = values[0] if len(values) == 1 else None
    return isinstance(maker, ast.Call) and module.qualified_name(maker.func) == "multiprocessing.get_context"


def workers(node: ast.Call) -> ast.expr | None:
    """How many workers the pool is asked to have."""
    name = "max_workers" if last_name(node.func).endswith("Executor") else "processes"
    return argument(node, 0, name)


def repeats(node: ast.AST, module: Module) -> bool:
    """Whether a loop around this place runs it again and again, on its normal way."""
    loop = next(repeating_loops(node, module), None)
    if loop is None:
        return False
    for holder in module.ancestors(node):
        if holder is loop:
            return True
        if isinstance(holder, (ast.ExceptHandler, ast.If, ast.IfExp)) and not isinstance(module.parent(node), ast.withitem):
            return False
        if isinstance(holder, ast.ExceptHandler):
            return False
    return False


def calling_loop(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> ast.Call | None:
    """A call of a function of this module that a loop repeats."""
    if module.function(function) is not None or isinstance(module.parent(function), ast.ClassDef):
        return None
    for call in module.calls(function.name):
        if isinstance(call.func, ast.Name) and module.function(call) is not function and repeats(call, module):
            return call
    return None


def serves_requests(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    """Whether a web framework or a task queue calls the function for each request or message."""
    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Attribute) and called.attr in _ROUTES and isinstance(called.value, ast.Name):
            return True
        if isinstance(called, ast.Name) and called.id in ("shared_task", "api_view"):
            return True
    owner = module.parent(function)
    bases = owner.bases if isinstance(owner, ast.ClassDef) else []
    return function.name in _HANDLERS and any(_VIEW.search(last_name(base)) for base in bases)
