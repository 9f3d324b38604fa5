"""GL311 reopen-in-loop."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.data._files import is_small_by_nature, open_mode, packed_mode
from greenlint.rules.data._reopen import (
    depends_on_others,
    foreign_path,
    may_end,
    mentions_of,
    runs_in_every_turn,
    stays_the_same,
)
from greenlint.source.calls import argument
from greenlint.source.infer import kind_of
from greenlint.source.repeat import enclosing_loops, repeating_loops
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_READING = ("r", "rb", "rt", "br")
_UNSURE = 40
"""Not in every turn, in a loop of few turns, or something else may need the file closed meanwhile."""
_APPENDING = ("a", "ab", "at", "ba")


class ReopenInLoop(FileRule):
    """The same file is opened anew in every turn of a loop.

    ## Why it wastes

    Opening looks the path up, checks permissions, makes a file object with its buffer and decoder, and closes it again, all for
    the same file. When the file is read, its contents are read and decoded again as well.

    ## When to leave it alone

    When something else changes the file in the meantime, or may need it closed. The rule is silent where the path is mentioned
    elsewhere in the loop, for files below /proc and /sys, for writing from the start (mode "w"), behind conditions, in loops that
    wait or may end early (another attempt, a search), in `while` loops, and where any part of the path changes. Where it cannot be sure
    of that, and for files that libraries open (`h5py.File`, `PIL.Image.open`, `frame.to_csv(path, mode="a")`), confidence is 40.

    ## Evidence

    Whole processes, CPython 3.11.7: 10,000 lines appended one by one 0.087 -> 0.022 s of CPU, 1,000 lines 0.026 -> 0.020 s, start-up
    included (`python benchmarks/rules/run.py GL311`).
    Too few places in the 8.3 million lines of public code that were looked at (two, one of them right) to say how often it is right: the rule stays
    in preview.
    """

    code = "GL311"
    name = "reopen-in-loop"
    preview = True
    effect = Effect(
        EffectClass.CONSTANT, "opens one file again and again (0.087 -> 0.022 s of CPU for 10,000 turns)", "bench GL311"
    )
    confidence = 80
    callees = frozenset({"open", "read_bytes", "read_text", "BZ2File", "GzipFile", "LZMAFile", "ZipFile"}) | words(
        "Dataset File SoundFile load_workbook open_dataset open_file to_csv to_json"
    )
    examples = (
        Bad(
            "def save(rows):\n    for row in rows:\n        with open('log.csv', 'a') as out:\n            out.write(row)\n",
            lines=(3,),
        ),
        Bad("def pairs(path, words):\n    return [(w, l) for w in words for l in open(path)]\n"),
        Good(
            "def save(rows):\n    with open('log.csv', 'a') as out:\n        for row in rows:\n            out.write(row)\n",
            "opened once",
        ),
        Good(
            "def load(paths):\n    for path in paths:\n        with open(path) as f:\n            use(f)\n",
            "another file each time",
        ),
        Good(
            "def load(path):\n    for attempt in range(tries):\n        with open(path) as f:\n            if ready(f):\n"
            "                return f.name\n",
            "another attempt",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` opens in every turn what it opened in the turn before."""
        path = _path(node, module)
        mode = "r" if _reads_whole(node) else open_mode(node, module) or packed_mode(node, module)
        if mode is None:
            foreign = foreign_path(node, module) if self.least <= _UNSURE and module.loop(node) is not None else None
            yield from self._again(node, foreign, module) if foreign is not None else ()
            return
        if path is None or is_small_by_nature(node, module) or module.loop(node) is None:
            return
        for loop in repeating_loops(node, module) if mode in _READING or mode in _APPENDING else ():
            if isinstance(loop, ast.While) or not stays_the_same(path, loop, module):
                break
            if self._is_reopened(node, path, loop, module):
                verb = "appends to" if mode in _APPENDING else "reads"
                message = f"opens `{ast.unparse(path)}` in every turn of the loop, which {verb} one file; open it once before"
                yield self.finding(node, module, message)
                return
        yield from self._again(node, path, module)

    def _again(self, node: ast.Call, path: ast.expr, module: Module) -> Iterator[Finding]:
        """Opened in some turns, or by something that nobody knows for certain to open a file."""
        around = next(enclosing_loops(node, module), None)
        if around is not None and stays_the_same(path, around, module):
            message = f"opens `{ast.unparse(path)}` again in each turn of the loop; open it once before"
            yield self.finding(node, module, message, confidence=_UNSURE)

    def _is_reopened(self, node: ast.Call, path: ast.expr, loop: Loop, module: Module) -> bool:
        if isinstance(loop, ast.AsyncFor) or depends_on_others(loop) or may_end(loop, node.lineno):
            return False
        return runs_in_every_turn(node, loop, module) and mentions_of(path, loop) == 1


def _reads_whole(node: ast.Call) -> bool:
    """`path.read_text()`."""
    return isinstance(node.func, ast.Attribute) and node.func.attr in ("read_bytes", "read_text")


def _path(node: ast.Call, module: Module) -> ast.expr | None:
    func = node.func
    if isinstance(func, ast.Attribute) and kind_of(func.value, module) == "path":
        return func.value
    if _reads_whole(node):
        return None
    path = argument(node, 0, "file") or argument(node, 0, "filename")
    if path is None or isinstance(path, ast.Starred) or (isinstance(path, ast.Name) and path.id == "self"):
        return None  # an open file of one's own, given to `ZipFile`
    return path
