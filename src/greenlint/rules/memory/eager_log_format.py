"""GL601 eager-log-format."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._logging import is_guarded, log_call
from greenlint.source.infer import dotted, kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.memory._logging import LogCall
    from greenlint.source.module import Module

_CONTAINERS = frozenset({"deque", "dict", "list", "set"})
_CHEAP = 40
"""Below the default threshold: a name or a number in a message costs some tens of nanoseconds."""
_WRITTEN = 30
"""Messages of other levels, and those behind a test, are written as a rule: then nothing is saved."""
_OTHER_LEVELS = frozenset({"critical", "error", "exception", "fatal", "log", "warn", "warning"})
_CONVERSIONS = {-1: "%s", 115: "%s", 114: "%r", 97: "%a"}


class EagerLogFormat(FileRule):
    """A log message is put together before the logger can say that nobody wants it.

    ## Why it wastes

    An f-string, `%` or `format` makes the text at once, and with it the text of every value in it. Given the values as arguments
    (`log.debug("rows: %s", rows)`) the logger makes the text only when a handler writes it.

    ## When to leave it alone

    When the level is always on. A list, dictionary or set costs its whole text; a name or a number costs next to nothing,
    which is why such messages get confidence 40, hidden by the default threshold. The rule speaks of `debug` and `info`, and is
    silent in handlers of exceptions and behind a test that mentions the level, debugging or verbosity. Values that take work to
    compute are the business of GL602. The fix is unsafe: a value that changes before a handler runs is written as it is then.

    ## Evidence

    Whole processes, CPython 3.11.7, a list of 50 numbers: 30,000 messages 0.13 -> 0.03 s of CPU, 1,000 messages 0.028 -> 0.024 s,
    start-up included (`python benchmarks/rules/run.py GL601`). In public code most of the messages that it finds are written once,
    when a program starts: the rule stays in preview.
    """

    code = "GL601"
    name = "eager-log-format"
    preview = True
    effect = Effect(EffectClass.CONSTANT, "text that is dropped (3.4 µs for a list of 50 numbers)", "bench GL601")
    confidence = 80
    callees = _OTHER_LEVELS | {"debug", "info"}
    examples = (
        Bad(
            "import logging\n\nlogger = logging.getLogger(__name__)\n\ndef f(rows: list, name):\n"
            "    logger.debug(f'{name!r} 100%: {rows}')  # all\n",
            fixed="import logging\n\nlogger = logging.getLogger(__name__)\n\ndef f(rows: list, name):\n"
            "    logger.debug('%r 100%%: %s', name, rows)  # all\n",
            lines=(6,),
        ),
        Bad(
            "import logging\n\ndef f(rows):\n    found = [row for row in rows]\n    logging.debug('found %s' % found)\n",
            fixed="import logging\n\ndef f(rows):\n    found = [row for row in rows]\n    logging.debug('found %s', found)\n",
            lines=(5,),
        ),
        Good("def f(logger, rows: list):\n    logger.debug('rows: %s', rows)\n", "the logger makes the text"),
        Good("def f(logger, name):\n    logger.debug(f'name: {name}')\n", "costs next to nothing"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the message of `node` is formatted before the call."""
        if not node.args and not node.keywords:
            return
        if node.args and isinstance(node.args[0], (ast.Constant, ast.Name)) and not _says_level(node):
            return
        call = log_call(node, module)
        values = _values(call.message) if call is not None else []
        if call is None or not values or call.level in _OTHER_LEVELS or is_guarded(node, module):
            yield from self._perhaps(node, module)
            return
        costly = next((value for value in values if _is_container(value, module)), None)
        confidence = _CHEAP if costly is None or call.level != "debug" else None
        what = f"the text of `{_short(costly)}`" if costly is not None else "the message"
        message = f"makes {what} even when {call.level} messages are off; give the values as arguments"
        yield self.finding(node, module, message, confidence=confidence, fix=_fix(node, call, module))

    def _perhaps(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """A message of any level, of whatever is called like a logger."""
        given = node.args[1:2] if _says_level(node) else node.args[:1]
        given = given or [keyword.value for keyword in node.keywords if keyword.arg == "msg"]
        if not given or not _is_made_here(given[0]) or self.least > _WRITTEN or _asks_level(node, module):
            return
        func = node.func
        if isinstance(func, ast.Name):
            logs = module.qualified_name(func) == f"logging.{func.id}"
        else:
            holder = func.value if isinstance(func, ast.Attribute) else func
            made = isinstance(holder, ast.Call) and module.qualified_name(holder.func) == "logging.getLogger"
            name = (dotted(holder) or "").rpartition(".")[2].lower()
            logs = made or name.endswith(("log", "logger", "logging")) or module.qualified_name(holder) == "logging"
        if logs:
            message = "makes the message even when its level is off; give the values as arguments"
            yield self.finding(node, module, message, confidence=_WRITTEN)


def _says_level(node: ast.Call) -> bool:
    """`log(level, message)`."""
    return isinstance(node.func, ast.Attribute) and node.func.attr == "log" and len(node.args) > 1


def _asks_level(node: ast.Call, module: Module) -> bool:
    """Whether a condition around the call asks for the level: `if logger.isEnabledFor(logging.DEBUG):`."""
    child: ast.AST = node
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, (ast.If, ast.IfExp)) and child in _block(ancestor.body) and _is_of_level(ancestor.test):
            return True
        child = ancestor
    return False


def _is_of_level(test: ast.expr) -> bool:
    return any(isinstance(part, ast.Attribute) and part.attr == "isEnabledFor" for part in ast.walk(test))


def _block(body: ast.expr | list[ast.stmt]) -> list[ast.AST]:
    return [*body] if isinstance(body, list) else [body]


def _is_made_here(message: ast.expr) -> bool:
    """Whether the message is formatted, or put together with `+`, in the call."""
    if isinstance(message, ast.BinOp) and isinstance(message.op, ast.Add):
        return any(
            isinstance(part, (ast.Constant, ast.JoinedStr)) or _is_made_here(part) for part in (message.left, message.right)
        )
    return bool(_values(message))


def _is_container(value: ast.expr, module: Module) -> bool:
    """Whether a value is a container of unknown size that was there before; constants are short."""
    if not isinstance(value, (ast.Name, ast.Attribute, ast.Subscript)):
        return False
    name = (dotted(value) or "").rpartition(".")[2]
    return not name.isupper() and kind_of(value, module) in _CONTAINERS


def _short(node: ast.expr) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 40 else text[:39] + "…"


def _values(message: ast.expr) -> list[ast.expr]:
    """The values that are put into a message; empty when it is not formatted here."""
    if isinstance(message, ast.JoinedStr):
        return [part.value for part in message.values if isinstance(part, ast.FormattedValue)]
    if isinstance(message, ast.BinOp) and isinstance(message.op, ast.Mod) and _is_text(message.left):
        return list(message.right.elts) if isinstance(message.right, ast.Tuple) else [message.right]
    if isinstance(message, ast.Call) and isinstance(message.func, ast.Attribute) and message.func.attr == "format":
        return [*message.args, *(k.value for k in message.keywords)] if _is_text(message.func.value) else []
    return []


def _is_text(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def _fix(node: ast.Call, call: LogCall, module: Module) -> Fix | None:
    """The format and its values as arguments, for loggers of `logging` and messages of one line."""
    message = call.message
    if not call.standard or len(node.args) != 1 or message.lineno != message.end_lineno or not module.utf8:
        return None
    if isinstance(message, ast.JoinedStr):
        text = _arguments(message)
    else:
        text = _operands(message, module) if isinstance(message, ast.BinOp) else None
    if text is None:
        return None
    return Fix("Give the values as arguments", (Edit(*module.span(message), text),), Applicability.UNSAFE)


def _operands(message: ast.BinOp, module: Module) -> str | None:
    """`"...", a, b` for `"..." % (a, b)`; a single dictionary or tuple would mean something else to the logger."""
    right = message.right
    if isinstance(right, ast.Tuple):
        values = right.elts
        if len(values) == 1 or any(isinstance(value, ast.Starred) for value in values):
            return None
    elif kind_of(right, module) in ("int", "list", "set", "str"):
        values = [right]
    else:
        return None
    return ", ".join(module.text(part) for part in [message.left, *values])


def _arguments(message: ast.JoinedStr) -> str | None:
    """`"... %s", a` for `f"... {a}"`; None where a value has a format of its own, or is a lone dictionary."""
    template, values = "", []
    for part in message.values:
        if isinstance(part, ast.Constant):
            template += str(part.value).replace("%", "%%")
        elif isinstance(part, ast.FormattedValue) and part.format_spec is None:
            template += _CONVERSIONS[part.conversion]
            values.append(ast.unparse(part.value))
        else:
            return None
    return None if len(values) == 1 and values[0].startswith("{") else ", ".join([repr(template), *values])
