"""GL710 dev-server-in-production."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._reloaders import commanded, switched_on
from greenlint.source.calls import constant, keyword
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_DEVELOPMENT = re.compile(r"debug|dev(?!ice)|local|reload|watch|environ|\benv\b|is_prod", re.IGNORECASE)
"""Conditions and names of functions that say that this is the mode of developers."""
_SHOWN = re.compile(r"(^|/)(examples?|samples?|demos?|docs?|tutorials?|playground|dev|scripts|tools|benchmarks?)/")
_OWN_MACHINE = frozenset({"127.0.0.1", "localhost", "::1"})
_EVERYWHERE = frozenset({"0.0.0.0", "::", "*"})
_GUARDED = 50
"""`if __name__ == "__main__"` is how most developers start it, and how many a container does."""
_OWN = 40


class DevServerInProduction(FileRule):
    """A web server is started with the reloader of developers, which watches all source files for as long as it runs.

    ## Why it wastes

    The reloader runs the program twice, and looks at the time stamp of every source file and package again and again (werkzeug
    each second, uvicorn four times) while the server has nothing to do. On a machine that serves, no file will ever change.

    ## When to leave it alone

    On the machine of a developer, where it belongs. The rule is silent in tests, where the value comes from the settings, under conditions
    and in functions that say debug, development, reload or local. Under `if __name__ == "__main__":` the confidence is 50, and 40 for a
    server of the own machine (`host="127.0.0.1"`) and in examples, which the default threshold hides; with `host="0.0.0.0"`, which
    makes it a server for others, it is 75. The fix switches it off, and is unsafe because developers lose it too.

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
    callees = frozenset(
        {"run", "run_server", "run_simple", "serve", "start", "call_command", "execute_from_command_line", "Application"}
        | {"system", "Popen", "check_call", "check_output", "call", "execvp", "execv"}
    )
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

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` starts a server that watches its own source."""
        switch = switched_on(node, module)
        command = commanded(node, module) if switch is None else None
        if (switch is None and command is None) or is_test(module.path) or _is_for_developers(node, module):
            return
        what = f"`{switch.arg}=True`" if switch is not None else f"`{command}`"
        message = f"{what} watches all source files for as long as the server runs; leave it to the machines of developers"
        fix = None
        if switch is not None and isinstance(switch.value, ast.Constant):
            fix = self.replace(switch.value, "False", module, "Switch the reloader off", Applicability.UNSAFE)
        confidence = _confidence(node, self.confidence, module)
        yield self.finding(switch.value if switch is not None else node, module, message, confidence=confidence, fix=fix)


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
        if isinstance(holder, (ast.FunctionDef, ast.AsyncFunctionDef)) and _DEVELOPMENT.search(holder.name):
            return True
        child = holder
    return False
