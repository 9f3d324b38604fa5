"""GL318 subprocess-per-item."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._batches import BATCHES, item_of, takes_many
from greenlint.rules.data._commands import BUILTINS, STARTERS, command
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN_PROGRAM = 35
"""Below the default threshold: whether the program takes several items is not known."""


class SubprocessPerItem(FileRule):
    """A loop starts a process for every item, although one process takes them all.

    ## Why it wastes

    Each start maps memory, loads and links the program and its libraries, and reads its configuration again. Programs such as `git add`,
    `gzip`, `chmod`, `pip install` or `ruff` take as many names as the command line holds, some hundred thousand characters.

    ## When to leave it alone

    When the result of each item matters by itself: the rule is silent where the loop reads what the call gives, or may end after it. It knows
    programs that take many items; of others confidence is 35. It is silent for what a call of the standard library does (GL317), for
    pipes, and in tests.

    ## Evidence

    Whole processes, CPython 3.11.7: gzip for 200 files 0.135 -> 0.041 s of CPU, for 50 0.049 -> 0.031 s, for 10 0.032 -> 0.027 s
    (`python benchmarks/rules/run.py GL318`).

    In preview: 8.3 million lines of real code have no finding of this confidence.
    """

    code = "GL318"
    name = "subprocess-per-item"
    effect = Effect(EffectClass.CONSTANT, "starts a process for every item (0.5 ms of CPU each for gzip)", "bench GL318")
    confidence = 80
    preview = True
    callees = frozenset(name.rpartition(".")[2] for name in STARTERS)
    packages = frozenset({"os", "subprocess"})
    examples = (
        Bad(
            "import subprocess\n\ndef pack(paths):\n    for path in paths:\n        subprocess.run(['gzip', '-9', path], check=True)\n",
            lines=(5,),
        ),
        Bad("import os\n\ndef add(names):\n    for name in names:\n        os.system(f'git add {name}')\n", lines=(5,)),
        Good(
            "import subprocess\n\ndef pack(paths):\n    subprocess.run(['gzip', '-9', *paths], check=True)\n",
            "one process for all",
        ),
        Good(
            "import subprocess\n\ndef pack(paths):\n    for path in paths:\n        done = subprocess.run(['gzip', path])\n"
            "        if done.returncode:\n            print(path)\n",
            "each result matters",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` starts a process for an item of the loop around it."""
        if module.loop(node) is None or is_test(module.path) or not isinstance(module.parent(node), ast.Expr):
            return
        found = command(node, module)
        loop = next(repeating_loops(node, module), None)
        if found is None or not isinstance(loop, ast.For) or (found.name in BUILTINS and found.name not in BATCHES):
            return
        if any(keyword.arg in ("cwd", "stdout", "capture_output") for keyword in node.keywords) or not item_of(
            node, loop, module
        ):
            return
        known = takes_many(found)
        message = (
            f"starts `{found.name or 'a process'}` for every item; hand it all of them at once"
            if known
            else ("starts a process for every item; if the program takes several, hand it all of them at once")
        )
        yield self.finding(node, module, message, confidence=None if known else _UNKNOWN_PROGRAM)
