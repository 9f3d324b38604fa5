"""GL603 verbose-level-in-production."""

from __future__ import annotations

import ast
import re

from greenlint.named_tuple import NamedTuple
from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.calls import argument, constant, last_name
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_PRODUCTION = re.compile(r"(^|[/_.\-])(prod|production|live|deploy(ed|ment)?)([/_.\-]|$)", re.IGNORECASE)
_PRODUCTION_CLASS = re.compile(r"(^|[a-z_])(Prod|Production|Live|PROD)([A-Z_]|$)")
_OTHER = re.compile(r"dev|local|debug|test|staging|example|sample", re.IGNORECASE)
_SETTINGS = re.compile(r"(^|/)(settings|config|conf|local_settings|base)(/[^/]*)?\.py$|(^|/)settings/")
_SWITCHES = frozenset(
    {"DEBUG", "TEMPLATE_DEBUG", "SQLALCHEMY_ECHO", "DEBUG_MODE", "EXPLAIN_TEMPLATE_LOADING", "DEBUG_PROPAGATE_EXCEPTIONS"}
)
_LEVEL = re.compile(r"(LOG|LOGGING|ROOT|CONSOLE|HANDLER)?_?(LOG_?)?LEVEL|LOG_LEVEL\w*|\w*LOG_?LEVEL", re.IGNORECASE)
_VERBOSE = frozenset({"DEBUG", "TRACE", "NOTSET"})
_MOST_KEYS = 20
"""Entries of the settings of one logger or handler; larger dictionaries are data."""
_SOMEWHERE = 40
"""Settings that may be those of developers alone."""


class Setting(NamedTuple):
    """A value that makes a program say all it does, and its quiet counterpart in source text."""

    value: ast.expr
    quiet: str
    what: str


class VerboseLevelInProduction(FileRule):
    """The settings of the machines that serve switch debugging on, or the log level for it.

    ## Why it wastes

    At DEBUG every record is formatted, written, shipped, stored and indexed, by every machine, for nobody to read; `DEBUG = True` of Django keeps
    every query in memory besides, and SQLAlchemy's echo prints each.

    ## When to leave it alone

    While an error is hunted. The rule is sure about files and classes that are called production (`settings/prod.py`, `class
    ProductionConfig`) and values that are written there. The confidence is 40 for `DEBUG = True` in other settings and for
    `basicConfig` and `setLevel` with DEBUG outside functions, which the default threshold hides. It is silent about values from the
    environment, under conditions, and in tests. The fix is unsafe: it changes what is logged.

    ## Evidence

    Whole processes, CPython 3.11.7: two records for each of 30,000 requests 0.579 -> 0.047 s of CPU, of 3,000
    0.090 -> 0.038 s (`python benchmarks/rules/run.py GL603`).

    In preview: no finding in the standard library, 40 packages and the applications from GitHub, which keep their settings elsewhere.
    """

    code = "GL603"
    name = "verbose-level-in-production"
    preview = True
    effect = Effect(EffectClass.CONSTANT, "formats and writes every record (9 µs of CPU for each)", "bench GL603")
    confidence = 80
    callees = frozenset({"basicConfig", "setLevel"})
    examples = (
        Bad(
            "class ProductionConfig(Config):\n    DEBUG = True  # for now\n",
            fixed="class ProductionConfig(Config):\n    DEBUG = False  # for now\n",
            lines=(2,),
        ),
        Bad(
            "class Production:\n    LOG_LEVEL = 'DEBUG'\n",
            fixed="class Production:\n    LOG_LEVEL = 'INFO'\n",
            lines=(2,),
        ),
        Good("class DevelopmentConfig(Config):\n    DEBUG = True\n", "for developers"),
        Good("class ProductionConfig(Config):\n    DEBUG = env.bool('DEBUG')\n", "as the environment says"),
    )

    def check(self, node: ast.Assign | ast.AnnAssign | ast.Call | ast.Dict, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` switches debugging on where it serves nobody."""
        setting = _setting(node, module)
        if setting is None or is_test(module.path) or module.function(node) is not None or _is_conditional(node, module):
            return
        confidence = self.confidence if _is_production(node, module) else _elsewhere(node, module)
        if confidence is None:
            return
        message = f"{setting.what}: everything is formatted, written and kept, for nobody to read; use {setting.quiet}"
        fix = self.replace(setting.value, setting.quiet, module, f"Use {setting.quiet}", Applicability.UNSAFE)
        yield self.finding(setting.value, module, message, confidence=confidence, fix=fix)


def _setting(node: ast.AST, module: Module) -> Setting | None:
    if isinstance(node, ast.Dict):
        return _in_dictionary(node)
    if isinstance(node, ast.Call):
        name = last_name(node.func)
        level = (
            argument(node, 0, "level")
            if name == "setLevel"
            else next((k.value for k in node.keywords if k.arg == "level"), None)
        )
        root = name == "setLevel" and module.qualified_name(node.func) is None and not isinstance(node.func, ast.Attribute)
        return None if level is None or root else _level(level, f"`{name}` with DEBUG")
    targets = node.targets if isinstance(node, ast.Assign) else [node.target] if isinstance(node, ast.AnnAssign) else []
    value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
    if len(targets) != 1 or not isinstance(targets[0], ast.Name) or value is None:
        return None
    target = targets[0].id
    if target in _SWITCHES:
        return Setting(value, "False", f"`{target} = True`") if constant(value) is True else None
    return _level(value, f"`{target}` is DEBUG") if _LEVEL.fullmatch(target) else None


def _in_dictionary(node: ast.Dict) -> Setting | None:
    """`"level": "DEBUG"` beside the handlers of a logger."""
    if not 1 < len(node.keys) <= _MOST_KEYS:
        return None
    entries = {key.value: value for key, value in zip(node.keys, node.values) if isinstance(key, ast.Constant)}
    if "level" not in entries or not entries.keys() & {"handlers", "class", "propagate"}:
        return None
    return _level(entries["level"], '`"level"` is DEBUG')


def _level(value: ast.expr, what: str) -> Setting | None:
    text = constant(value)
    if isinstance(text, str) and text.upper() in _VERBOSE:
        return Setting(value, "'INFO'", what)
    if isinstance(value, ast.Attribute) and value.attr in _VERBOSE and last_name(value.value) in ("logging", "logger"):
        return Setting(value, f"{last_name(value.value)}.INFO", what)
    return None


def _is_production(node: ast.AST, module: Module) -> bool:
    """Whether the file or the class around it is named after the machines that serve."""
    for holder in module.ancestors(node):
        if isinstance(holder, ast.ClassDef):
            return bool(_PRODUCTION_CLASS.search(holder.name)) and not _OTHER.search(holder.name)
    path = module.path.removesuffix(".py")
    name = "/".join(path.split("/")[-2:])
    stem = name.rpartition("/")[2]
    settled = _SETTINGS.search(module.path) or _PRODUCTION.search(stem) or re.search(r"settings|config|logging", name)
    return bool(settled and _PRODUCTION.search(name)) and not _OTHER.search(name)


def _elsewhere(node: ast.AST, module: Module) -> int | None:
    if any(isinstance(holder, ast.ClassDef) and _OTHER.search(holder.name) for holder in module.ancestors(node)):
        return None
    if isinstance(node, ast.Call):
        return _SOMEWHERE
    return _SOMEWHERE if _SETTINGS.search(module.path) and not _OTHER.search(module.path) else None


def _is_conditional(node: ast.AST, module: Module) -> bool:
    return any(isinstance(holder, (ast.If, ast.IfExp, ast.Try)) for holder in module.ancestors(node))
