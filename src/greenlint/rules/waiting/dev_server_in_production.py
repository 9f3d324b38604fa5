"""GL710 dev-server-in-production."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting import _dev_commands, _reloaders
from greenlint.rules.waiting._dev_commands import commanded
from greenlint.rules.waiting._reloaders import placed, set_up, switched_on, watches
from greenlint.source.calls import constant, keyword
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_DEVELOPMENT = re.compile(r"debug|dev(?!ice)|local|reload|watch|environ|\benv\b|is_prod", re.IGNORECASE)
"""Conditions and names of functions that say that this is the mode of developers."""
_DEVELOPERS = re.compile(r"dev(?!ice)|local|watch", re.IGNORECASE)
_SWITCHED = re.compile(r"debug|reload", re.IGNORECASE)
"""Names of functions that say who calls them, and those that say what they do."""
_SHOWN = re.compile(r"(^|/)(examples?|samples?|demos?|docs?|tutorials?|playground|dev|scripts|tools|benchmarks?)/")
_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::", "*"})
_GUARDED = 50
"""`if __name__ == "__main__"` is how most developers start it, and how many a container does."""
_OWN = 40
_NAMED = 25


class DevServerInProduction(FileRule):
    """A web server is started with the reloader of developers, which watches all source files for as long as it runs.

    ## Why it wastes

    The reloader runs the program twice, and looks at the time stamp of every source file and package again and again (werkzeug
    each second, uvicorn four times) while the server has nothing to do. On a machine that serves, no file will ever change.

    ## When to leave it alone

    On the machine of a developer, where it belongs. The rule is silent in tests, where the value comes from the settings, under conditions
    that say debug, development, reload or local, and in functions called after developers. Under `if __name__ == "__main__":` the
    confidence is 50, as it is where a setting switches it on (`app.debug = True`, `reload = True` in the settings of gunicorn, a
    constant of the file) and for what is a reloader and nothing else (`hupper`, `tornado.autoreload`); it is 40 for a server of the own
    machine (`host="127.0.0.1"`) and in examples, and 25 in a function that is called after the reloader; the default threshold hides
    these. With `host="0.0.0.0"`, which makes it a server for others, it is 75. The fix switches it off, and is unsafe because developers lose it too.

    ## Evidence

    Whole processes, CPython 3.11.7: a reloader that looks at the times of the files of the standard library, as those of the
    frameworks do: 60 looks, which is one minute of an idle server, 0.228 -> 0.009 s of CPU time; 10 looks 0.046 -> 0.009 s (`python benchmarks/rules/run.py GL710`).

    In preview: two findings at the default confidence in the standard library, 40 packages and the applications from GitHub, both right.
    """

    code = "GL710"
    name = "dev-server-in-production"
    preview = True
    effect = Effect(
        EffectClass.WAKE_UP,
        "looks at every source file each second (0.2 s of CPU time per minute of an idle server)",
        "bench GL710",
    )
    confidence = 75
    callees = _dev_commands.CALLEES | _reloaders.CALLEES
    words = frozenset({b"debug", b"DEBUG", b"reload", b"runserver", b"run_process", b"FLASK_", b"Flask(", b"run_simple"}) | {
        b"'dev'",
        b'"dev"',
        b"fastapi dev",
        b"auto-restart",
        b"--dev",
    }
    examples = (
        Bad(
            "from flask import Flask\n\napp = Flask(__name__)\napp.run(host='0.0.0.0', debug=True)  # all\n",
            fixed="from flask import Flask\n\napp = Flask(__name__)\napp.run(host='0.0.0.0', debug=False)  # all\n",
            lines=(4,),
        ),
        Bad(
            "import uvicorn\n\ndef main():\n    uvicorn.run('api:app', reload=True)\n",
            fixed="import uvicorn\n\ndef main():\n    uvicorn.run('api:app', reload=False)\n",
            lines=(4,),
        ),
        Bad("import os\n\nos.system('python manage.py runserver 0.0.0.0:80')\n", lines=(3,)),
        Good("import uvicorn\n\nuvicorn.run('api:app', reload=settings.DEBUG)\n", "as the settings say"),
        Good("from flask import Flask\n\napp = Flask(__name__)\nif DEBUG:\n    app.run(debug=True)\n", "for developers"),
        Good("import asyncio\n\nasyncio.run(main(), debug=True)\n", "no server"),
    )

    def check(self, node: ast.Call | ast.Assign, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` starts a server that watches its own source, or switches that on."""
        found = _switch(node, module)
        if found is None or is_test(module.path):
            return
        place, what = found
        named = _named_for_it(node, module)
        if _is_for_developers(node, module) or (named and self.least > _NAMED):
            return
        message = f"{what} watches all source files for as long as the server runs; leave it to the machines of developers"
        fix = None
        if place is not node and isinstance(place, ast.Constant):
            fix = self.replace(place, "False", module, "Switch the reloader off", Applicability.UNSAFE)
        confidence = _confidence(node, self.confidence, module) if isinstance(node, ast.Call) else _GUARDED
        if place is node or isinstance(place, ast.Name):
            confidence = min(
                confidence, confidence if isinstance(node, ast.Call) and commanded(node, module) is not None else _GUARDED
            )
        yield self.finding(place, module, message, confidence=_NAMED if named else confidence, fix=fix)


def _switch(node: ast.Call | ast.Assign, module: Module) -> tuple[ast.expr | ast.Assign, str] | None:
    """Where the reloader is switched on, and by what words."""
    if set_up(node, module):
        return node, f"`{module.text(node)[:60]}`"
    if isinstance(node, ast.Assign):
        return None
    switch = switched_on(node, module)
    if switch is not None:
        return switch.value, f"`{switch.arg}={module.text(switch.value)}`"
    value = placed(node, module)
    if value is not None:
        return value, f"`debug={module.text(value)}`"
    if watches(node, module):
        return node, f"`{module.text(node.func)}`"
    command = commanded(node, module)
    return (node, f"`{command}`") if command is not None else None


def _named_for_it(node: ast.AST, module: Module) -> bool:
    """Whether it stands in a function called after what it does: `def start_with_reload():`; who calls that is not known."""
    function = module.function(node)
    return function is not None and _SWITCHED.search(function.name) is not None


def _confidence(node: ast.Call, sure: int, module: Module) -> int:
    host = constant(keyword(node, "host")) or constant(keyword(node, "hostname"))
    if host in _OWN_MACHINE or _SHOWN.search(module.path):
        return _OWN
    if host in _EVERYWHERE:
        return sure
    return _GUARDED if _is_guarded(node, module) else sure - 10


def _is_guarded(node: ast.AST, module: Module) -> bool:
    """Whether it stands under `if __name__ == "__main__":`."""
    return any(isinstance(holder, ast.If) and "__name__" in ast.unparse(holder.test) for holder in module.ancestors(node))


def _is_for_developers(node: ast.AST, module: Module) -> bool:
    child = node
    for holder in module.ancestors(node):
        if (
            isinstance(holder, (ast.If, ast.IfExp))
            and child is not holder.test
            and _DEVELOPMENT.search(ast.unparse(holder.test))
        ):
            return True
        if isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef)) and _DEVELOPERS.search(holder.name):
            return True
        child = holder
    return False
