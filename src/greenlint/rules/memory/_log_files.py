"""How long logs are kept that a handler, a log group or a dictionary of settings sets up."""

from __future__ import annotations

import ast
import re

from greenlint.named_tuple import NamedTuple
from greenlint.source.calls import argument, constant, is_open_ended, keyword, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_ROTATE = "turn it over with `RotatingFileHandler(..., maxBytes=..., backupCount=...)`"
_COUNT = "set `backupCount`"
_OF_ONE_RUN = re.compile(r"tmp|temp|null|time|date|now|today|\bpid|uuid|run_?id|job|task|strftime|unique", re.IGNORECASE)
"""Words in the name of a file that is made anew for each run, or thrown away."""


class Retention(NamedTuple):
    """A log that only grows.

    sure        nothing outside the text can make it right
    fixed_name  always the same file
    adds_count  `backupCount` alone is missing
    """

    fault: str
    remedy: str
    sure: bool = False
    fixed_name: bool = False
    adds_count: bool = False


def retention(node: ast.Call, module: Module) -> Retention | None:
    """What is wrong with the log that this call sets up; None when it is bounded, unknown, or no log at all."""
    if is_open_ended(node):
        return None
    name = last_name(node.func)
    if name not in _CHECKS:
        return None
    qualified = module.qualified_name(node.func) or ""
    return _CHECKS[name](node, qualified, module)


def _plain_file(node: ast.Call, qualified: str, module: Module) -> Retention | None:
    if qualified not in ("logging.FileHandler", "logging.handlers.FileHandler"):
        return None
    return _file(argument(node, 0, "filename"), argument(node, 1, "mode"), module)


def _basic_config(node: ast.Call, qualified: str, module: Module) -> Retention | None:
    if qualified != "logging.basicConfig":
        return None
    return _file(keyword(node, "filename"), keyword(node, "filemode"), module)


def _file(path: ast.expr | None, mode: ast.expr | None, module: Module) -> Retention | None:
    if path is None or (constant(path) is None and isinstance(path, ast.Constant)):
        return None
    if (mode is not None and not str(constant(mode)).startswith("a")) or _OF_ONE_RUN.search(ast.unparse(path)):
        return None
    return Retention("the log file grows for ever", _ROTATE, fixed_name=_is_fixed(path) and not _rotates_elsewhere(module))


def _is_fixed(path: ast.expr) -> bool:
    """Whether the last part of the path is a literal."""
    if isinstance(path, ast.Constant):
        return isinstance(path.value, str)
    if isinstance(path, ast.BinOp) and isinstance(path.op, (ast.Div, ast.Add)):
        return _is_fixed(path.right)
    if isinstance(path, ast.Call) and last_name(path.func) in ("join", "Path", "joinpath", "str") and path.args:
        return _is_fixed(path.args[-1])
    return False


def _rotates_elsewhere(module: Module) -> bool:
    return "RotatingFileHandler" in module.index.calls or b"logrotate" in module.data


def _by_size(node: ast.Call, qualified: str, module: Module) -> Retention | None:
    if qualified != "logging.handlers.RotatingFileHandler":
        return None
    size, count = argument(node, 2, "maxBytes"), argument(node, 3, "backupCount")
    if "doRollover" in module.index.calls:  # turned over by hand, at each start or each night
        return None
    if _is_zero(size):
        return Retention(
            "without `maxBytes` the log is never turned over and grows for ever", "set `maxBytes` and `backupCount`", True
        )
    if not _is_zero(count):
        return None
    fault = "without `backupCount` the log is never turned over, in spite of `maxBytes`, and grows for ever"
    return Retention(fault, _COUNT, True, adds_count=count is None)


def _by_time(node: ast.Call, qualified: str, _: Module) -> Retention | None:
    if qualified != "logging.handlers.TimedRotatingFileHandler":
        return None
    count = argument(node, 3, "backupCount")
    if not _is_zero(count):
        return None
    return Retention("without `backupCount` every old log is kept for ever", _COUNT, True, adds_count=count is None)


def _is_zero(given: ast.expr | None) -> bool:
    return given is None or (isinstance(given, ast.Constant) and given.value == 0)


def _loguru(node: ast.Call, qualified: str, _: Module) -> Retention | None:
    if qualified != "loguru.logger.add" or keyword(node, "retention") is not None or not node.args:
        return None
    if not _is_fixed(node.args[0]) or _OF_ONE_RUN.search(ast.unparse(node.args[0]).replace("{time", "")):
        return None
    if constant(keyword(node, "mode")) == "w":
        return None
    return Retention("the log is kept for ever", "set `rotation` and `retention`", fixed_name=True)


def _log_group(node: ast.Call, qualified: str, module: Module) -> Retention | None:
    """Log groups of CloudWatch, made by boto3 or Pulumi."""
    if qualified.startswith("pulumi_aws.") and keyword(node, "retention_in_days") is None:
        return Retention("the log group keeps all for ever", "set `retention_in_days`", fixed_name=True)
    made_by_client = last_name(node.func) == "create_log_group" and not module.packages.isdisjoint(
        {"boto3", "botocore", "aioboto3"}
    )
    if made_by_client and b"put_retention_policy" not in module.data and b"delete_log_group" not in module.data:
        return Retention("the log group keeps all for ever", "call `put_retention_policy` for it", fixed_name=True)
    endless = [item for item in node.keywords if last_name(item.value) == "INFINITE" and "retention" in (item.arg or "")]
    if qualified.startswith("aws_cdk.") and endless:
        return Retention("the log group keeps all for ever", "say how many days", True)
    return None


_CHECKS = {
    "FileHandler": _plain_file,
    "basicConfig": _basic_config,
    "RotatingFileHandler": _by_size,
    "TimedRotatingFileHandler": _by_time,
    "add": _loguru,
    "LogGroup": _log_group,
    "create_log_group": _log_group,
    "Function": _log_group,
}
SETTERS = frozenset(_CHECKS)
"""Last names of the calls that set up logs."""
WORDS = frozenset({b"log", b"Log"})
"""One of them stands in every file that sets up a log."""


def configured_handler(node: ast.Dict, module: Module) -> Retention | None:
    """The same for a handler in a dictionary for `logging.config.dictConfig`."""
    if not _names_handlers(module):
        return None
    settings = {key.value: value for key, value in zip(node.keys, node.values) if isinstance(key, ast.Constant)}
    name = constant(settings.get("class"))
    if not isinstance(name, str) or not name.startswith("logging.") or len(settings) != len(node.keys):
        return None
    if name == "logging.FileHandler":
        return _file(settings.get("filename"), settings.get("mode"), module)
    if name == "logging.handlers.RotatingFileHandler":
        endless = [key for key in ("maxBytes", "backupCount") if _is_zero(settings.get(key))]
        fault = f"without `{endless[0]}` the log is never turned over and grows for ever" if endless else ""
        return Retention(fault, f"set `{endless[0]}`", True) if endless else None
    if name == "logging.handlers.TimedRotatingFileHandler" and _is_zero(settings.get("backupCount")):
        return Retention("without `backupCount` every old log is kept for ever", _COUNT, True)
    return None


def _names_handlers(module: Module) -> bool:
    known: dict[int, bool] = module.notes.setdefault("memory.names-handlers", {})
    if 0 not in known:
        known[0] = b"FileHandler" in module.data
    return known[0]
