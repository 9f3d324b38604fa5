"""GL108 constant-condition-branch."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good, Severity
from greenlint.rules.dead_code._flow import constant_truth, is_reached
from greenlint.rules.dead_code._literals import deciding_operand, literal_truth
from greenlint.rules.dead_code._region import is_trivial, keeps_names, makes_generator, suspends
from greenlint.rules.dead_code._versions import least_version, settled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_SWITCH = 35
"""A constant in a condition is often a switch that somebody turns by hand."""


class ConstantConditionBranch(FileRule):
    """A branch that its condition never lets run.

    Three kinds of conditions: a test for a version of Python that cannot read this file at all (`sys.version_info < (3, 6)` in a file
    with f-strings); a tuple as a condition, which is always true (`if (a, b):`); and a length compared in a way that all
    lengths meet (`len(x) >= 0`). Plain constants are the business of GL107.

    ## Why it wastes

    Nothing at run time but the test itself. The branch is read, compiled at installation and stored in each copy, and its imports and
    helpers live on for it. A condition that is always true by mistake is worse than waste.

    ## When to leave it alone

    The rule looks at what the file itself proves and not at what the project says it supports, so it is silent about
    version tests that some readable version could fail. It is silent about `assert`, which GL107 and the interpreter
    warn of, and about branches that hold a `yield` or `await` of their function.

    The fix keeps the branch that runs and needs `--unsafe-fixes`.

    ## Evidence

    No effect at run time beyond the test itself. Compiling, which happens once, is what `python benchmarks/rules/run.py GL108`
    measures: 0.81 s instead of 0.34 s of CPU time for 10,000 functions with such a branch (ratio 2.36, 95 % interval 2.30 to
    2.50), CPython 3.11.

    Open: precision. Two findings in 8.3 million lines of the standard library and 40 packages, both right
    (`benchmarks/rules/labels/GL108.tsv`): too few to say more.
    """

    code = "GL108"
    name = "constant-condition-branch"
    effect = Effect(EffectClass.START_UP, "never runs: no effect at run time; read and compiled for nothing", "bench GL108")
    severity = Severity.NOTE
    confidence = 95
    preview = True
    examples = (
        Bad(
            "import sys\n\nif sys.version_info < (3, 0):\n    text = unicode\nelse:\n    text = str\nprint(f'{text}')\n",
            fixed="import sys\n\ntext = str\nprint(f'{text}')\n",
            lines=(4,),
        ),
        Bad(
            "import sys\n\n\ndef f(x: int) -> str:\n    if sys.version_info[0] == 2:\n        return unicode(x)\n    return str(x)\n",
            lines=(6,),
        ),
        Bad(
            "def f(a, b):\n    if (a, b):\n        return 1\n    else:\n        return 2\n",
            fixed="def f(a, b):\n    return 1\n",
            lines=(5,),
        ),
        Bad(
            "def f(rows):\n    if len(rows) >= 0:\n        return 1\n    else:\n        return 2\n",
            fixed="def f(rows):\n    return 1\n",
            lines=(5,),
        ),
        Good(
            "import sys\n\nif sys.version_info < (3, 0):\n    text = unicode\nelse:\n    text = str\n",
            "Python 2 can read this file",
        ),
        Good("import sys\n\nif sys.version_info >= (3, 12):\n    x = f'{1}'\nelse:\n    x = 2\n", "open"),
        Good("def f(rows):\n    if len(rows) > 0:\n        return 1\n    else:\n        return 2\n", "may be empty"),
        Good("def f():\n    if ():\n        return 1\n    return 2\n", "an empty tuple is a constant of GL107's kind"),
    )

    def check(self, node: ast.If | ast.While | ast.IfExp | ast.BoolOp | ast.comprehension, module: Module) -> Iterator[Finding]:
        """Yield a finding about the branch of `node` that never runs."""
        yield from self._decided(node, module)
        if not isinstance(node, ast.If):
            return
        truth, why = _truth(node.test, module)
        if truth is None or constant_truth(node.test) is not None:
            return
        region = node.orelse if truth else node.body
        if not region or is_trivial(region) or makes_generator(region, module) or not is_reached(node, module):
            return
        first, last = region[0], region[-1]
        message = f"never runs: {why} on line {node.lineno}"
        found = self.finding(first, module, message, fix=_fix(node, region, module))
        end_line, end_column = last.end_lineno or last.lineno, last.end_col_offset or 0
        yield found._replace(end_line=end_line, end_column=module.column(end_line, end_column))

    def _decided(
        self, node: ast.If | ast.While | ast.IfExp | ast.BoolOp | ast.comprehension, module: Module
    ) -> Iterator[Finding]:
        """A condition that a literal decides, and an operand that no value of the others leads to."""
        if isinstance(node, ast.BoolOp):
            part = deciding_operand(node, module)
            if part is not None:
                message = f"`{ast.unparse(part)}` decides the whole expression; leave the rest out"
                yield self.finding(node, module, message, confidence=_SWITCH)
            return
        for test in node.ifs if isinstance(node, ast.comprehension) else [node.test]:
            truth = None if isinstance(test, ast.BoolOp) else literal_truth(test)
            if truth is not None and not (truth and isinstance(node, ast.While)):
                message = f"the condition is always {'true' if truth else 'false'}"
                yield self.finding(test, module, message, confidence=_SWITCH)


def _truth(test: ast.expr, module: Module) -> tuple[bool | None, str]:
    if isinstance(test, ast.Tuple) and test.elts and not all(isinstance(item, ast.Starred) for item in test.elts):
        return True, "a tuple is always true, as the condition"
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        always = _length(test, module)
        if always is not None:
            return always, f"a length is {'always' if always else 'never'} like that, as in the condition"
    if isinstance(test, (ast.Compare, ast.Attribute, ast.UnaryOp)) and _mentions_version(test):
        least = least_version(module)
        return settled(
            test, module, least
        ), f"only Python {'.'.join(map(str, least))} and newer can read this file, so the test is settled"
    return None, ""


def _mentions_version(test: ast.expr) -> bool:
    names = {part.attr for part in ast.walk(test) if isinstance(part, ast.Attribute)}
    names |= {part.id for part in ast.walk(test) if isinstance(part, ast.Name)}
    return not names.isdisjoint(("version_info", "PY2", "PY3"))


def _length(test: ast.Compare, module: Module) -> bool | None:
    left, right = test.left, test.comparators[0]
    if not (isinstance(left, ast.Call) and module.is_builtin(left.func, "len") and isinstance(right, ast.Constant)):
        return None
    if type(right.value) is not int or right.value != 0:
        return None
    return {ast.GtE: True, ast.Lt: False}.get(type(test.ops[0]))


def _fix(node: ast.If, region: list[ast.stmt], module: Module) -> Fix | None:
    """Keep the branch that runs, where there is one and nothing else can change."""
    if not module.utf8 or not node.orelse or suspends(region) or not keeps_names(region, module):
        return None
    start, end = module.span(node)
    if not module.data.startswith(b"if", start):
        return None
    name = "keep-then" if region is node.orelse else "keep-else"
    return Fix("Keep the branch that runs", (Edit(start, end, ""),), Applicability.UNSAFE, name)
