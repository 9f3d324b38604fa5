"""GL604 unbounded-log-retention."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.memory._log_files import SETTERS, WORDS, Retention, configured_handler, retention
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_OPEN = 45
"""Another program may turn the file over, or a new one is made for each run."""
_SHOWN = ("examples/", "samples/", "demos/", "docs/", "tutorials/")


class UnboundedLogRetention(FileRule):
    """A log is kept for ever: its file is never turned over, or what was turned over is never deleted.

    ## Why it wastes

    Logs fill disks, and every back-up, copy and search reads them all again. `RotatingFileHandler` turns a file over only when both
    `maxBytes` and `backupCount` are set; `TimedRotatingFileHandler` without `backupCount` deletes nothing. Both are for one process: where
    several write the same file, as the workers of a web server do, `WatchedFileHandler` and `logrotate` turn it over without losing lines.
    Log groups of CloudWatch keep all unless told otherwise.

    ## When to leave it alone

    Where another program turns the logs over (`logrotate`), a law asks for them, or the program runs once. The rule is sure about handlers that
    rotate and keep all; 65 for plain files under a fixed name, 45 where the name comes from elsewhere, which the default
    threshold hides. It is silent in tests, for files that are written anew (`mode="w"`), for `WatchedFileHandler`, temporary files, and
    where the arguments are not visible. The fix adds `backupCount=7`, and is unsafe because old logs go.

    ## Evidence

    Whole processes, CPython 3.11.7: 1 MB a day and a back-up of all every night: after 90 days 1.382 -> 0.188 s of CPU, 30 days
    0.210 -> 0.083 s (`python benchmarks/rules/run.py GL604`).

    Precision: 6 findings in the standard library, 40 packages and the applications from GitHub, all right
    (`benchmarks/rules/labels/GL604.tsv`).
    """

    code = "GL604"
    name = "unbounded-log-retention"
    effect = Effect(
        EffectClass.TRANSFER,
        "kept, copied and searched for ever (back-ups of 90 days at 1 MB: 1.382 -> 0.188 s of CPU)",
        "bench GL604",
    )
    confidence = 85
    callees = SETTERS
    words = WORDS
    examples = (
        Bad(
            "from logging.handlers import TimedRotatingFileHandler\n\nh = TimedRotatingFileHandler('app.log', when='midnight')  # daily\n",
            fixed="from logging.handlers import TimedRotatingFileHandler\n\n"
            "h = TimedRotatingFileHandler('app.log', when='midnight', backupCount=7)  # daily\n",
            lines=(3,),
        ),
        Bad("import logging\n\nlogging.basicConfig(filename='server.log')\n", lines=(3,)),
        Bad("LOGGING = {'handlers': {'file': {'class': 'logging.FileHandler', 'filename': 'app.log'}}}\n", lines=(1,)),
        Good(
            "from logging.handlers import RotatingFileHandler\n\nh = RotatingFileHandler('a.log', maxBytes=10**7, backupCount=5)\n",
            "the oldest go",
        ),
        Good("import logging\n\nh = logging.FileHandler('a.log', mode='w')\n", "written anew at each start"),
    )

    def check(self, node: ast.Call | ast.Dict, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` sets up a log that only grows."""
        found = configured_handler(node, module) if isinstance(node, ast.Dict) else retention(node, module)
        if found is None or is_test(module.path):
            return
        confidence = self.confidence if found.sure else 65 if found.fixed_name else _OPEN
        if any(part in module.path for part in _SHOWN):
            confidence = min(confidence, _OPEN)
        yield self.finding(node, module, f"{found.fault}; {found.remedy}", confidence=confidence, fix=_fix(node, found, module))


def _fix(node: ast.Call | ast.Dict, found: Retention, module: Module) -> Fix | None:
    if not found.adds_count or isinstance(node, ast.Dict) or not (node.args or node.keywords):
        return None
    last = max([*node.args, *(item.value for item in node.keywords)], key=lambda item: module.span(item)[1])
    end = module.span(last)[1]
    return Fix("Keep seven old files", (Edit(end, end, ", backupCount=7"),), Applicability.UNSAFE)
