"""GL110 discarded-pure-result."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.dead_code._pure import (
    PURE_BUILTINS,
    PURE_FRAME_METHODS,
    PURE_FUNCTIONS,
    PURE_METHODS,
    arguments_are_plain,
    is_frame,
    is_probe,
)
from greenlint.rules.dead_code._statements import whole_statement
from greenlint.rules.dead_code._useless import LIKELY_PURE, is_expected, is_useless, may_be_pure
from greenlint.source.infer import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_UNSURE = 35
"""The kind of the receiver is unknown, or it may be there for what it raises."""
_NAMES = frozenset({*PURE_BUILTINS, *PURE_FRAME_METHODS, *(name for names in PURE_METHODS.values() for name in names)})


class DiscardedPureResult(FileRule):
    """A call does nothing but compute a value, and the statement throws the value away.

    ## Why it wastes

    `sorted(rows)`, `text.replace("a", "b")` and `frame.dropna()` return something new and change nothing. As a statement they do all
    the work for nothing; most often the author meant `rows.sort()`, or forgot to keep the result, so the mistake is worse than the waste.

    ## When to leave it alone

    A call may be there for the exception that it raises: the rule is silent in the body of a `try`, under `with`, in tests, and where an
    argument is itself a call or a generator, which may do something. The receiver must be known to be a string or a frame; a
    method of the same name on anything else may well change it. Where the name alone speaks for a value, also under a `with` that only
    opens something (`open`, `np.errstate`, a lock), and for comparisons and other expressions, confidence is 35.

    The fix deletes the statement and needs `--unsafe-fixes`, for the better repair is often to keep the result.

    ## Evidence

    Whole processes, CPython 3.11: sorting 100,000 numbers 20 times for nothing takes 0.267 s of CPU time instead of 0.018 s (ratio 15.3, 95 %
    interval 14.7 to 16.0); 1,000 numbers 1.10 (`python benchmarks/rules/run.py GL110`).

    Open: precision. Two findings in 8.3 million lines of the standard library and 40 packages, both of them mistakes of the program
    (`benchmarks/rules/labels/GL110.tsv`): too few to say more.
    """

    code = "GL110"
    name = "discarded-pure-result"
    effect = Effect(
        EffectClass.CONSTANT, "all of the call is wasted (15 times the CPU time with a sort of 100,000 numbers)", "bench GL110"
    )
    confidence = 95
    preview = True
    callees = _NAMES | frozenset(name.rpartition(".")[2] for name in PURE_FUNCTIONS) | LIKELY_PURE
    examples = (
        Bad(
            "def f(rows):\n    sorted(rows)\n    return rows[0]\n",
            fixed="def f(rows):\n    return rows[0]\n",
            lines=(2,),
        ),
        Bad(
            "def f(text: str):\n    text.replace('a', 'b')\n    return text\n",
            fixed="def f(text: str):\n    return text\n",
            lines=(2,),
        ),
        Bad(
            "import pandas as pd\n\n\ndef f(path):\n    frame = pd.read_csv(path)\n    frame.dropna()\n    return frame\n",
            fixed="import pandas as pd\n\n\ndef f(path):\n    frame = pd.read_csv(path)\n    return frame\n",
            lines=(6,),
        ),
        Good("def f(rows):\n    rows = sorted(rows)\n    return rows\n", "kept"),
        Good(
            "def f(rows):\n    try:\n        sorted(rows)\n    except TypeError:\n        return None\n    return rows\n",
            "tried",
        ),
        Good("def f(path):\n    path.replace('b')\n", "a Path: it renames the file"),
        Good(
            "import pandas as pd\n\n\ndef f(path):\n    frame = pd.read_csv(path)\n    frame.dropna(inplace=True)\n    return frame\n",
            "changed in place",
        ),
    )

    def check(self, node: ast.Call | ast.Expr, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` is a statement of its own and only computes."""
        if isinstance(node, ast.Expr):
            if is_useless(node.value) and not is_expected(node, module):
                message = "computes a value and throws it away; keep it or leave it out"
                yield self.finding(node, module, message, confidence=_UNSURE)
            return
        statement = module.parents[node]
        if not isinstance(statement, ast.Expr):
            return
        what = "" if not arguments_are_plain(node) or is_probe(statement, module) else _what(node, module)
        if not what and may_be_pure(node, module) and not is_expected(statement, module):
            message = "the call returns a value, which is thrown away; keep it or leave the call out"
            yield self.finding(node, module, message, confidence=_UNSURE)
        if what:
            yield self.finding(
                node,
                module,
                f"`{what}` only returns a value, which is thrown away; keep it or delete the call",
                fix=_fix(statement, module),
            )


def _what(node: ast.Call, module: Module) -> str:
    """How the message calls it; "" where the call may do more than compute."""
    func = node.func
    if isinstance(func, ast.Name) and func.id in PURE_BUILTINS and module.is_builtin(func, func.id) and node.args:
        return f"{func.id}(...)"
    qualified = module.qualified_name(func)
    if qualified in PURE_FUNCTIONS:
        return f"{qualified}(...)"
    if not isinstance(func, ast.Attribute) or qualified is not None:
        return ""
    kind = kind_of(func.value, module)
    if kind is not None and func.attr in PURE_METHODS.get(kind, ()):
        return f".{func.attr}(...)"
    if kind is None and func.attr in PURE_FRAME_METHODS and is_frame(func.value, module):
        inplace = any(k.arg is None or (k.arg == "inplace" and not _is_false(k.value)) for k in node.keywords)
        return "" if inplace else f".{func.attr}(...)"
    return ""


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is False


def _fix(statement: ast.Expr, module: Module) -> Fix | None:
    edit = whole_statement(statement, module)
    return None if edit is None else Fix("Delete the call", (edit,), Applicability.UNSAFE)
