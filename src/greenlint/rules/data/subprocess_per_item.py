"""GL318 subprocess-per-item."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._batches import BATCHES, changes, item_of, takes_many
from greenlint.rules.data._commands import BUILTINS, STARTERS, command
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNKNOWN_PROGRAM = 35
"""Below the default threshold: whether the program takes several items is not known."""
_RESULT_MATTERS = 25
"""What the program gives or where it runs may differ from item to item, or the loop waits for it or may end after it."""
_ALL_STARTERS = STARTERS.keys() | {"asyncio.create_subprocess_exec", "asyncio.create_subprocess_shell"}


class SubprocessPerItem(FileRule):
    """A loop starts a process for every item, although one process takes them all.

    ## Why it wastes

    Each start maps memory, loads and links the program and its libraries, and reads its configuration again. Programs such as `git add`,
    `gzip`, `chmod`, `pip install` or `ruff` take as many names as the command line holds, some hundred thousand characters.

    ## When to leave it alone

    When the result of each item matters by itself: where the loop reads what the call gives, waits for it or may end after it, and
    in comprehensions and `while` loops, confidence is 25. The rule knows programs that take many items; of others confidence is 35.
    It is silent for what a call of the standard library does (GL317), for commands that are the same in every turn, and in tests.

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
    callees = frozenset(name.rpartition(".")[2] for name in _ALL_STARTERS)
    packages = frozenset({"asyncio", "os", "subprocess"})
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
        if module.loop(node) is None or is_test(module.path):
            return
        found = command(node, module)
        if found is not None and found.name in BUILTINS and found.name not in BATCHES:
            return
        loop = next(repeating_loops(node, module), None)
        if loop is None:
            return
        if (
            found is not None
            and isinstance(loop, ast.For)
            and isinstance(module.parent(node), ast.Expr)
            and not any(keyword.arg in ("cwd", "stdout", "capture_output") for keyword in node.keywords)
            and item_of(node, loop, module)
        ):
            known = takes_many(found)
            message = (
                f"starts `{found.name or 'a process'}` for every item; hand it all of them at once"
                if known
                else "starts a process for every item; if the program takes several, hand it all of them at once"
            )
            yield self.finding(node, module, message, confidence=None if known else _UNKNOWN_PROGRAM)
        elif module.qualified_name(node.func) in _ALL_STARTERS and changes(node, loop, module):
            message = "starts a process for every item; if the program takes several, one for all of them is enough"
            yield self.finding(node, module, message, confidence=_RESULT_MATTERS)
