"""GL602 expensive-log-argument."""

from __future__ import annotations

import ast
from enum import IntEnum

from greenlint.named_tuple import NamedTuple
from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._logging import asks_elsewhere, is_guarded, log_call
from greenlint.source.calls import last_name
from greenlint.source.repeat import repeating_loops
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.memory._logging import LogCall
    from greenlint.source.module import Module

_COSTLY_CALLS = words(
    """ast.dump base64.b64encode binascii.hexlify copy.deepcopy inspect.getsource inspect.stack json.dumps pickle.dumps
    pprint.pformat traceback.extract_stack traceback.format_stack xml.etree.ElementTree.tostring yaml.dump yaml.safe_dump"""
)
_COSTLY_METHODS = frozenset({"model_dump", "model_dump_json", "to_json", "to_string", "toprettyxml", "tolist"})
_TENSOR_METHODS = frozenset({"cpu", "item", "numpy"})
_TENSOR_PACKAGES = frozenset({"jax", "tensorflow", "torch"})
_FRAME_METHODS = frozenset({"describe", "to_csv", "to_html", "to_markdown", "value_counts"})
_FRAME_PACKAGES = frozenset({"pandas", "polars"})
_QUERY_METHODS = words("aggregate all count earliest exists first get last latest one one_or_none scalar")
_PERHAPS_METHODS = frozenset({"hex", "join", "to_dict"})
_PERHAPS_BUILTINS = frozenset({"max", "min", "set", "sum", "tuple"})
_WALKS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_READY = (ast.Name, ast.Constant, ast.Attribute)
_WALKING_BUILTINS = ("sorted", "list", "dict")
_ONE_WALK = 55
"""Below the default threshold: a container that is walked once, outside a loop, is mostly a short one."""
_ASKED_ELSEWHERE = 40
_SLIGHT = 35
"""Whether there is much to do cannot be seen."""
_INFO = 30
"""The level INFO is on in most programs."""


class ExpensiveLogArgument(FileRule):
    """An argument of a debug message takes work that is done even when the message is not wanted.

    ## Why it wastes

    The logger drops the message when its level is off, but Python has computed the arguments before it asks: data was turned into
    JSON, lists were walked, a tensor was copied from its device, for nobody.

    ## When to leave it alone

    When the level is always on, or the data is tiny. A comprehension, `list` or `sorted` outside a loop gets confidence 55, which
    the default threshold hides, as it hides what may be little work (`join`, `sum`, `to_dict`: 35), serialised data in `info`
    messages (30), and what stands in a function that asks `isEnabledFor` around another message alone (40). The rule is silent in
    handlers of exceptions, behind a test that mentions the level, debugging or verbosity, in functions that ask `isEnabledFor`
    otherwise, and for arguments that are only named. The fix asks for the level first; it is unsafe because the argument may do more than give a value.

    ## Evidence

    Whole processes, CPython 3.11.7, ten small records per message: 10,000 messages 0.12 -> 0.03 s of CPU, 1,000 messages
    0.041 -> 0.032 s, start-up included (`python benchmarks/rules/run.py GL602`).
    """

    code = "GL602"
    name = "expensive-log-argument"
    effect = Effect(
        EffectClass.CONSTANT, "computed for a message that is dropped (10 µs for ten small records as JSON)", "bench GL602"
    )
    confidence = 80
    callees = frozenset({"debug", "info"})
    examples = (
        Bad(
            "import json\nimport logging\n\nlogger = logging.getLogger(__name__)\n\ndef send(data):\n"
            "    logger.debug('sending %s', json.dumps(data))  # all\n    post(data)\n",
            fixed="import json\nimport logging\n\nlogger = logging.getLogger(__name__)\n\ndef send(data):\n"
            "    if logger.isEnabledFor(logging.DEBUG):\n        logger.debug('sending %s', json.dumps(data))  # all\n"
            "    post(data)\n",
            lines=(7,),
        ),
        Bad(
            "def show(log, rows):\n    for row in rows:\n        log.debug(f'row: {[cell.name for cell in row]}')\n", lines=(3,)
        ),
        Good("def send(logger, data):\n    logger.debug('sending %s', data)\n", "formatted only when wanted"),
        Good(
            "import json, logging\n\ndef send(log, data):\n    if log.isEnabledFor(logging.DEBUG):\n        log.debug(json.dumps(data))\n",
            "the level is asked first",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is a debug message whose arguments take work that grows with the data."""
        info = isinstance(node.func, ast.Attribute) and node.func.attr == "info"
        if info and self.least > _INFO:
            return
        if all(isinstance(given, _READY) for given in (*node.args, *[keyword.value for keyword in node.keywords])):
            return  # most messages: no need to ask where the logger comes from
        call = log_call(node, module)
        if call is None:
            return
        found = [costly for part in [call.message, *call.arguments] for costly in _costly_parts(part, module)]
        costly = max(found, key=_effort, default=None)
        if costly is None or (info and costly.effort < _Effort.MUCH):
            return
        guarded = is_guarded(node, module)
        if guarded and not (self.least <= _ASKED_ELSEWHERE and asks_elsewhere(node, module)):
            return
        what = costly.text if len(costly.text) <= 40 else costly.text[:39] + "…"
        message = (
            f"computes `{what}` even when {call.level} messages are off; ask `isEnabledFor` first, or log the value itself"
        )
        confidence = self.confidence if call.standard else self.confidence - 10
        if costly.effort is _Effort.WALK and next(repeating_loops(node, module), None) is None:
            confidence = _ONE_WALK
        most = _INFO if info else _SLIGHT if costly.effort is _Effort.SLIGHT else _ASKED_ELSEWHERE if guarded else confidence
        fix = None if info else _fix(node, call, module)
        yield self.finding(node, module, message, confidence=min(confidence, most), fix=fix)


class _Effort(IntEnum):
    """How much work an argument takes: perhaps little, a walk through a container, or more than that."""

    SLIGHT = 0
    WALK = 1
    MUCH = 2


class _Costly(NamedTuple):
    """A part of an argument that takes work."""

    text: str
    effort: _Effort


def _effort(costly: _Costly) -> _Effort:
    return costly.effort


def _costly_parts(argument: ast.expr, module: Module) -> Iterator[_Costly]:
    """The parts of an argument that take work now: not those in a lambda, which may run later or never."""
    todo: list[ast.AST] = [argument]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Lambda):
            continue
        effort = _effort_of(node, module)
        if effort is not None:
            yield _Costly(" ".join(ast.unparse(node).split()), effort)
        todo += ast.iter_child_nodes(node)


def _effort_of(node: ast.AST, module: Module) -> _Effort | None:
    if isinstance(node, _WALKS):
        return _Effort.WALK
    if not isinstance(node, ast.Call):
        return None
    if _is_costly_call(node, module):
        return _Effort.MUCH
    if isinstance(node.func, ast.Attribute):
        return _Effort.SLIGHT if node.func.attr in _PERHAPS_METHODS else None
    if not isinstance(node.func, ast.Name) or len(node.args) != 1 or not module.is_builtin(node.func, node.func.id):
        return None
    if node.func.id in _WALKING_BUILTINS:
        return _Effort.WALK
    return _Effort.SLIGHT if node.func.id in _PERHAPS_BUILTINS else None


def _is_costly_call(call: ast.Call, module: Module) -> bool:
    func = call.func
    if module.qualified_name(func) in _COSTLY_CALLS:
        return True
    if not isinstance(func, ast.Attribute):
        return False
    if func.attr in _COSTLY_METHODS or (func.attr in _QUERY_METHODS and _asks_database(func)):
        return True
    if func.attr in _FRAME_METHODS:
        return not _FRAME_PACKAGES.isdisjoint(module.packages)
    return func.attr in _TENSOR_METHODS and not call.args and not _TENSOR_PACKAGES.isdisjoint(module.packages)


def _asks_database(method: ast.Attribute) -> bool:
    """`Order.objects.filter(…).count()`, `session.query(Order).all()`, `Order.query.first()`: not `.objects.all()`, which waits."""
    node: ast.AST = method.value
    while isinstance(node, (ast.Attribute, ast.Call)):
        if isinstance(node, ast.Attribute) and node.attr in ("objects", "query"):
            owner = last_name(node.value)
            model = owner[:1].isupper() and not owner.isupper()
            called = node.attr == "query" and "session" in owner.lower()
            return (model or called) and (node.attr == "query" or method.attr != "all")
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def _fix(node: ast.Call, call: LogCall, module: Module) -> Fix | None:
    """`if logger.isEnabledFor(logging.DEBUG):` above a call that is a statement on a line of its own."""
    statement = module.parent(node)
    if not (call.standard and isinstance(statement, ast.Expr) and node.lineno == node.end_lineno):
        return None
    indent = module.lines[node.lineno - 1][: node.col_offset].decode("utf-8")
    logging = next((local for local, target in module.imports.items() if target == "logging"), None)
    if indent.strip() or logging is None:
        return None
    logger = call.logger or f"{logging}.getLogger()"
    start = module.offset(node.lineno, node.col_offset)
    step = "\t" if indent.endswith("\t") else "    "
    text = f"if {logger}.isEnabledFor({logging}.DEBUG):\n{indent}{step}"
    return Fix("Ask for the level first", (Edit(start, start, text),), Applicability.UNSAFE)
