"""Calls and decorators of libraries that try again, and what they say about an end and about pauses."""

from __future__ import annotations

import ast

from greenlint.source.calls import constant, is_open_ended, keyword, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

TENACITY = frozenset({"retry", "Retrying", "AsyncRetrying"})
PACKAGES = frozenset({"tenacity", "backoff", "retrying", "urllib3", "requests", "celery", "redis"})
CALLEES = TENACITY | {"on_exception", "on_predicate", "Retry", "task", "shared_task", "HTTPAdapter"}
_RETRYING = ("stop_max_attempt_number", "stop_max_delay", "stop_func", "stop")
_URLLIB3 = frozenset(
    {"urllib3.Retry", "urllib3.util.Retry", "urllib3.util.retry.Retry", "requests.packages.urllib3.util.retry.Retry"}
)


def is_urllib3_retry(node: ast.expr, module: Module) -> bool:
    """Whether `node` names the `Retry` of urllib3."""
    return (module.qualified_name(node) or "") in _URLLIB3


def endless_helper(call: ast.Call, module: Module) -> str | None:
    """What to add to this call so that it gives up; None where it does, or where the call does not tell."""
    name = module.qualified_name(call.func) or ""
    package, last = name.partition(".")[0], name.rpartition(".")[2]
    if is_open_ended(call):
        return None
    if package == "tenacity" and last in TENACITY:
        return _endless_tenacity(call, module)
    if package == "backoff" and last in ("on_exception", "on_predicate"):
        limited = _is_given(call, "max_tries") or _is_given(call, "max_time") or keyword(call, "giveup") is not None
        return None if limited else "`max_tries` or `max_time`"
    if package == "retrying" and last == "retry":
        return None if any(keyword(call, stop) is not None for stop in _RETRYING) else "`stop_max_attempt_number`"
    if is_urllib3_retry(call.func, module):
        return _endless_urllib3(call)
    if package == "celery" or last in ("task", "shared_task"):
        return "`max_retries`" if "celery" in module.packages and _is_none(call, "max_retries") else None
    if package == "redis" and last == "Retry" and len(call.args) > 1:
        return "a number of retries of 0 or more" if _is_minus_one(call.args[1]) else None
    return None


def endless_decorator(node: ast.expr, module: Module) -> str | None:
    """The same for a decorator without parentheses."""
    name = module.qualified_name(node)
    return {"tenacity.retry": "`stop`", "retrying.retry": "`stop_max_attempt_number`"}.get(name or "")


def steady_helper(call: ast.Call, module: Module) -> str | None:
    """What to add to this call so that it pauses longer each time; None where it does, or where the call does not tell."""
    name = module.qualified_name(call.func) or ""
    package, last = name.partition(".")[0], name.rpartition(".")[2]
    if is_open_ended(call):
        return None
    if package == "tenacity" and last in TENACITY:
        if len(call.args) > 2 or keyword(call, "sleep") is not None or _is_first_function(call):
            return None
        return None if keyword(call, "wait") is not None else "`wait=wait_exponential()`"
    if package == "retrying" and last == "retry" and not call.args:
        waits = any(item.arg is not None and item.arg.startswith("wait_") for item in call.keywords)
        return None if waits else "`wait_exponential_multiplier`"
    if package == "requests" and last == "HTTPAdapter":
        attempts = constant(keyword(call, "max_retries"))
        return "`max_retries=Retry(…, backoff_factor=1)`" if type(attempts) is int and attempts > 1 else None
    if is_urllib3_retry(call.func, module):
        return (
            None
            if keyword(call, "backoff_factor") is not None or _retries_nothing(call) or len(call.args) > 8
            else "`backoff_factor`"
        )
    return None


def steady_pause(call: ast.Call, module: Module) -> str | None:
    """What to put in the place of a pause that this call says is always the same; None where it does not say so."""
    name = module.qualified_name(call.func) or ""
    package, last = name.partition(".")[0], name.rpartition(".")[2]
    if package == "tenacity" and last in TENACITY:
        wait = keyword(call, "wait")
        fixed = isinstance(wait, ast.Call) and last_name(wait.func) in ("wait_fixed", "wait_none")
        return "`wait_exponential()`" if fixed else None
    if package == "retrying" and last == "retry":
        waits = [item.arg for item in call.keywords if item.arg is not None and item.arg.startswith("wait_")]
        return "`wait_exponential_multiplier`" if waits == ["wait_fixed"] else None
    first = call.args[0] if call.args else None
    if package == "backoff" and last in ("on_exception", "on_predicate"):
        return "`backoff.expo`" if first is not None and module.qualified_name(first) == "backoff.constant" else None
    if package == "redis" and last == "Retry" and isinstance(first, ast.Call):
        return "`ExponentialBackoff`" if last_name(first.func) in ("ConstantBackoff", "NoBackoff") else None
    if is_urllib3_retry(call.func, module) and not _retries_nothing(call):
        factor = keyword(call, "backoff_factor")
        return "a `backoff_factor` above 0" if isinstance(factor, ast.Constant) and factor.value == 0 else None
    return None


def most_attempts(call: ast.Call) -> int | None:
    """How often the call says to try, where that is a number."""
    given = [
        *call.args[:1],
        *(item.value for item in call.keywords if item.arg in ("max_retries", "total", "stop", "stop_max_attempt_number")),
    ]
    for value in given:
        if isinstance(value, ast.Call) and value.args and last_name(value.func) == "stop_after_attempt":
            value = value.args[0]
        number = constant(value)
        if isinstance(number, int):
            return number
    return None


def pause_grows(call: ast.Call) -> bool:
    """Whether the call asks for pauses that double or vary, as a service does that waits for its server on purpose."""
    values = [*call.args, *(item.value for item in call.keywords)]
    names = [last_name(node) for value in values for node in ast.walk(value)]
    names += [item.arg or "" for item in call.keywords]
    return any(word in name for name in names for word in ("expo", "fibo", "backoff_", "random", "incrementing"))


def _endless_tenacity(call: ast.Call, module: Module) -> str | None:
    if len(call.args) > 1 or _is_first_function(call) or keyword(call, "retry_error_cls") is not None:
        return None
    stop = keyword(call, "stop")
    if stop is None or (module.qualified_name(stop) or "").endswith(".stop_never"):
        return "`stop`"
    return None


def _is_first_function(call: ast.Call) -> bool:
    """`retry(f)` decorates `f` rather than to set anything; there it means the defaults."""
    return len(call.args) == 1


def _endless_urllib3(call: ast.Call) -> str | None:
    total = keyword(call, "total") or (call.args[0] if call.args else None)
    if not (isinstance(total, ast.Constant) and total.value is None) or len(call.args) > 1:
        return None
    others = ("connect", "read", "redirect", "status", "other")
    return None if any(constant(keyword(call, name)) is not None for name in others) else "a number as `total`"


def _retries_nothing(call: ast.Call) -> bool:
    total = keyword(call, "total") or (call.args[0] if call.args else None)
    return constant(total) is False or constant(total) in (0, 1) or (total is None and not call.keywords)


def _is_given(call: ast.Call, name: str) -> bool:
    value = keyword(call, name)
    return value is not None and not (isinstance(value, ast.Constant) and value.value is None)


def _is_none(call: ast.Call, name: str) -> bool:
    value = keyword(call, name)
    return isinstance(value, ast.Constant) and value.value is None


def _is_minus_one(node: ast.expr) -> bool:
    return isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) and constant(node.operand) == 1
