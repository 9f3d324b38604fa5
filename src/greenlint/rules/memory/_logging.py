"""Which calls write to a log, how sure that is, and whether something around them asks for the level first."""

from __future__ import annotations

import ast
import re

from greenlint.named_tuple import NamedTuple
from greenlint.source.infer import attribute_bindings, dotted
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_LOGGER_NAME = re.compile(r"_*(log|logger)", re.IGNORECASE)
_ASKS = re.compile(r"isEnabledFor|is_enabled_for|getEffectiveLevel|debug|verbos|log_?level|trace", re.IGNORECASE)
_NOTE = "asks for the level"


class LogCall(NamedTuple):
    """A call that writes to a log.

    logger    the text of the logger, None for the functions of `logging` itself
    standard  True when the logger certainly comes from `logging`
    """

    level: str
    logger: str | None
    standard: bool
    message: ast.expr
    arguments: list[ast.expr]


def log_call(node: ast.Call, module: Module) -> LogCall | None:
    """What `node` logs; None when it is no call of a logger, or its message is not visible."""
    func = node.func
    if not isinstance(func, ast.Attribute) or not node.args or isinstance(node.args[0], ast.Starred):
        return None
    arguments = [a.value if isinstance(a, ast.Starred) else a for a in node.args[1:]] + [k.value for k in node.keywords]
    if module.qualified_name(func) == f"logging.{func.attr}":
        return LogCall(func.attr, None, True, node.args[0], arguments)
    logger = dotted(func.value)
    if logger is None:
        return None
    standard = _is_standard(func.value, module)
    if not standard and not _LOGGER_NAME.fullmatch(logger.rpartition(".")[2]):
        return None
    return LogCall(func.attr, logger, standard, node.args[0], arguments)


def _is_standard(logger: ast.expr, module: Module) -> bool:
    """Whether a name or attribute is bound to `logging.getLogger(...)` and nothing else."""
    bindings: list[Binding] = []
    if isinstance(logger, ast.Name):
        scope = names_of(module).scope(logger)
        bindings = names_of(module).bindings(logger.id, scope) if scope is not None else []
    elif isinstance(logger, ast.Attribute):
        bindings = attribute_bindings(logger, module)
    values = [binding.value for binding in bindings]
    return bool(values) and all(
        isinstance(value, ast.Call) and module.qualified_name(value.func) == "logging.getLogger" for value in values
    )


def is_guarded(node: ast.AST, module: Module) -> bool:
    """Whether the call only runs on errors, or where something asked for the level or for debugging first."""
    child = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, ast.ExceptHandler):
            return True
        if (
            isinstance(ancestor, (ast.If, ast.IfExp))
            and child is not ancestor.test
            and _ASKS.search(ast.unparse(ancestor.test))
        ):
            return True
        if isinstance(ancestor, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return _asks(ancestor, module)
        child = ancestor
    return False


def asks_elsewhere(node: ast.AST, module: Module) -> bool:
    """Whether the function asks for the level only in conditions around other calls, which say nothing about this one."""
    function = module.function(node)
    if function is None or any(isinstance(ancestor, ast.ExceptHandler) for ancestor in module.ancestors(node)):
        return False
    if any(_ASKS.search(ast.unparse(a.test)) for a in module.ancestors(node) if isinstance(a, (ast.If, ast.IfExp))):
        return False
    questions = [part for part in ast.walk(function) if isinstance(part, ast.Attribute) and part.attr == "isEnabledFor"]
    return bool(questions) and all(_asks_for_its_own(question, module) for question in questions)


def _asks_for_its_own(question: ast.Attribute, module: Module) -> bool:
    """`if log.isEnabledFor(DEBUG): ...` without another branch, and without leaving the function."""
    holder = module.parent(module.parents[question])
    if not isinstance(holder, ast.If) or holder.orelse:
        return False
    return not any(isinstance(part, (ast.Return, ast.Raise, ast.Continue, ast.Break)) for part in ast.walk(holder))


def _asks(function: ast.AST, module: Module) -> bool:
    """Whether the function asks for the level anywhere: then it knows what it does."""
    known = module.notes.setdefault(_NOTE, {})
    if id(function) not in known:
        known[id(function)] = any(isinstance(n, ast.Attribute) and n.attr == "isEnabledFor" for n in ast.walk(function))
    answer: bool = known[id(function)]
    return answer
