"""GL107: what counts as unreachable, checked against programs that are run, and fixes that change nothing else."""

from __future__ import annotations

import ast
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_lab import SHOWN

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.linter.fixer.edits import apply_fixes
from greenlint.linter.fixer.structural import as_edits
from greenlint.model.finding import Finding
from greenlint.model.fix import Applicability
from greenlint.rules.dead_code.unreachable_code import UnreachableCode
from greenlint.source.module import Module

RULES = RuleSet([UnreachableCode()])


def findings(text: str | bytes) -> list[Finding]:
    found = lint_module(Module("example.py", text if isinstance(text, bytes) else text.encode()), RULES)
    assert [f.message for f in found if f.code == "GL901"] == []
    return [f for f in found if f.confidence >= SHOWN]


def lines(text: str) -> list[tuple[int, int]]:
    return [(f.line, f.end_line) for f in findings(textwrap.dedent(text).lstrip("\n"))]


def repaired(text: str, *, unsafe: bool = True) -> str:
    data = text.encode()
    fixes = [f.fix for f in findings(text) if f.fix and (unsafe or f.fix.applicability is Applicability.SAFE)]
    return apply_fixes(data, [as_edits(fix, data) for fix in fixes])[0].decode()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("async def f():\n    return 1\n    await g()\n", [(3, 3)]),
        ("class A:\n    raise ValueError\n    x = 1\n    y = 2\n", [(3, 4)]),
        ("def f():\n    raise X\n    @d\n    def g(): pass\n", [(4, 4)]),
        ("for x in y:\n    if x: continue; print(x)\n", [(2, 2)]),
        ("while x:\n    if x:\n        break\n    else:\n        continue\n    print()\n", [(6, 6)]),
        ("def f():\n    while 1:\n        try:\n            pass\n        finally:\n            g()\n    h()\n", [(7, 7)]),
        ("def f():\n    while True:\n        while x:\n            break\n    h()\n", [(5, 5)]),
        ("def f():\n    while True:\n        def g():\n            while x: break\n    h()\n", [(5, 5)]),
        ("def f():\n    try:\n        return 1\n    except E:\n        raise\n    g()\n", [(6, 6)]),
        ("def f():\n    try:\n        x()\n    except E:\n        return 1\n    else:\n        return 2\n    g()\n", [(8, 8)]),
        ("def f():\n    try:\n        x()\n    finally:\n        return 1\n    g()\n", [(6, 6)]),
        ("import sys\ndef f():\n    sys.exit(1)\n    g()\n", [(4, 4)]),
        ("from os import _exit\n_exit(1)\ng()\n", [(3, 3)]),
        ("exit()\ng()\n", [(2, 2)]),
        ("def die() -> 'NoReturn':\n    raise E\ndef f():\n    die()\n    g()\n", [(5, 5)]),
        ("import typing as t\ndef die() -> t.Never:\n    raise E\nif x:\n    die()\n    g()\n", [(6, 6)]),
        ("if not 1:\n    g()\n", [(2, 2)]),
        ("if x and False:\n    g()\n", [(2, 2)]),
        ("if x or True:\n    a()\nelse:\n    g()\n", [(4, 4)]),
        ("while 0:\n    g()\n", [(2, 2)]),
        ("while True:\n    g()\nelse:\n    h()\n", [(4, 4)]),
        ("def f():\n    return\n    x()\n    return\n    y()\n", [(3, 5)]),
        ("def f():\n    return\n    if x:\n        return\n        y()\n", [(3, 5)]),
        ("if False:\n    if False:\n        g()\n    h()\n", [(2, 4)]),
        ("def f():\n    yield 1\n    return\n    yield 2\n", [(4, 4)]),
        (
            "def f(x):\n    match x:\n        case 1:\n            return 1\n        case y:\n            return y\n    g()\n",
            [(7, 7)],
        ),
    ],
)
def test_unreachable(text: str, expected: list[tuple[int, int]]) -> None:
    assert lines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "async def f():\n    return\n    yield 1\n",
        "def f():\n    raise NotImplementedError\n    yield from g()\n",
        "def f():\n    if False:\n        yield\n",
        "def f():\n    with suppress(E):\n        return 1\n    g()\n",
        "def f():\n    with raises(SystemExit):\n        sys.exit()\n    g()\n",
        "async def f():\n    async with x:\n        raise E\n    g()\n",
        "def f():\n    for x in y:\n        return x\n    g()\n",
        "def f():\n    while x:\n        return x\n    g()\n",
        "def f():\n    while True:\n        if x:\n            break\n    g()\n",
        "def f():\n    while True:\n        match x:\n            case 1:\n                break\n    g()\n",
        "def f():\n    while True:\n        try:\n            g()\n        except E:\n            break\n    g()\n",
        "def f():\n    try:\n        return 1\n    except E:\n        pass\n    g()\n",
        "def f(x):\n    match x:\n        case 1:\n            return 1\n    g()\n",
        "def f(x):\n    match x:\n        case 1:\n            return 1\n        case _ if x:\n            return 2\n    g()\n",
        "def f():\n    return 1\n\nf()\n",
        "f = lambda: 1\ng()\n",
        "sys.exit()\ng()\n",  # sys is not imported
        "import sys\nx = sys.exit\ng()\n",
        "import sys\nif x: sys.exit()\ng()\n",
        "def exit(): pass\nexit()\ng()\n",
        "def die() -> NoReturn: raise E\ndef f(die):\n    die()\n    g()\n",
        "async def die() -> NoReturn: raise E\ndef f():\n    die()\n    g()\n",
        "if __debug__:\n    a()\nelse:\n    b()\n",
        "if sys.version_info >= (3, 99):\n    a()\nelse:\n    b()\n",
        "if False: pass\n",
        "def f():\n    return 1\n    'a string'\n    ...\n",
        "def f():\n    while True:\n        g()\n    return None\n",
        "def f():\n    while True:\n        g()\n    raise AssertionError('never')\n",
        "import sys\ndef f():\n    sys.exit()\n    return\n",
        "def f(x):\n    if x:\n        return 1\n    else:\n        return 2\n    assert_never(x)\n",
    ],
)
def test_reachable_or_meant(text: str) -> None:
    assert lines(text) == []


@pytest.mark.parametrize(
    ("before", "after", "safe"),
    [
        ("def f():\n    return 1\n    g()", "def f():\n    return 1\n", True),
        ("def f(): return 1; g(); h()\n", "def f(): return 1\n", True),
        ("def f(): return 1; g();  # why\n", "def f(): return 1  # why\n", True),
        ("def f():\n    return 1; g(\n    )\n    h()\nx = 1\n", "def f():\n    return 1\nx = 1\n", True),
        (
            "def f():\n    return 1  # kept\n\n    # about g\n    g()\nx = 1\n",
            "def f():\n    return 1  # kept\n\n    # about g\nx = 1\n",
            True,
        ),
        ("def f():\n    return 1\n    g()  # gone\n", "def f():\n    return 1\n", False),
        ("def f():\n    return 1\n    g('#')\n", "def f():\n    return 1\n", False),
        ("import sys\nsys.exit()\ng()\n", "import sys\nsys.exit()\n", False),
        ("def f():\n    raise X\n    @d\n    def g(): pass\ny = 1\n", "def f():\n    raise X\ny = 1\n", True),
        ("def f():\r\n\treturn 'ü'; g('é')\r\n\r\n\r\nx = 1\r\n", "def f():\r\n\treturn 'ü'\r\n\r\n\r\nx = 1\r\n", True),
        ("def f():\n    return 1\n\n\n    x = '''\n'''\n\n\ny = 1\n", "def f():\n    return 1\n\n\ny = 1\n", True),
        ("if 1:\n    a()\nelse:\n    b()\n", "a()\n", False),
        ("def f():\n    x = 1\n    return x\n    x = 2\n", "def f():\n    x = 1\n    return x\n", True),
        ("def f():\n    return 1\n    y = 2\n", "def f():\n    return 1\n", True),
    ],
)
def test_fixes(before: str, after: str, safe: bool) -> None:
    assert repaired(before) == after
    assert (repaired(before, unsafe=False) == after) is safe


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    print(x)\n    return\n    x = 1\n",  # x is local only because of the dead line
        "def f():\n    def g():\n        nonlocal x\n    return\n    x = 1\n",
        "def f():\n    return x\n    import x\n",
        "def f():\n    return [x for y in z]\n    for x in y:\n        pass\n",
        "def f():\n    yield 1\n    return\n    yield 2\n",
        "async def f():\n    return\n    await g()\n",
        "async def f():\n    return\n    x = [y async for y in z]\n",
        "def f():\n    return x\n    del x\n",
    ],
)
def test_code_that_still_shapes_the_function_is_reported_without_a_fix(text: str) -> None:
    assert len(findings(text)) == 1
    assert repaired(text) == text


def test_other_encodings_are_reported_without_a_fix() -> None:
    (found,) = findings(b"# coding: latin-1\ndef f():\n    return '\xe9'\n    g()\n")
    assert found.fix is None


def test_a_chain_of_two_thousand_elifs_is_followed() -> None:
    chain = "".join(f"    elif x == {n}:\n        return {n}\n" for n in range(2000))
    text = f"def f(x):\n    if x < 0:\n        return -1\n{chain}    else:\n        return 0\n    g()\n"
    try:
        ast.parse(text)
    except RecursionError:
        pytest.skip("this interpreter cannot parse so long a chain")
    assert len(findings(text)) == 1


def test_messages_say_what_comes_before_and_how_much_is_dead() -> None:
    assert findings("def f():\n    return\n    a()\n    b()\n")[0].message == "2 statements after `return` never run"
    assert findings("while True: pass\na()\n")[0].message == "the statement after a loop without end never runs"
    assert findings("if x:\n    if 0:\n        a()\n")[0].message == "never runs: the condition on line 2 is always false"


# -- programs that are run ---------------------------------------------------------------------------------------

SIMPLE = ["return", "raise E", "continue", "break", "hit({n})", "x = hit({n})", "pass"]


@st.composite
def _blocks(draw: st.DrawFn, depth: int = 3, loop: bool = False) -> list[str]:
    found: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        kinds = ["simple", "simple", "hit"] + (["if", "while", "for", "try", "with", "match"] if depth else [])
        kind = draw(st.sampled_from(kinds))
        if kind == "simple":
            choice = draw(st.sampled_from(SIMPLE))
            found.append("pass" if choice in ("continue", "break") and not loop else choice)
        elif kind == "hit":
            found.append("hit({n})")
        else:
            found += draw(_compound(kind, depth, loop))
    return found


@st.composite
def _compound(draw: st.DrawFn, kind: str, depth: int, loop: bool) -> list[str]:
    def body(*, inside: bool = loop) -> list[str]:
        return ["    " + line for line in draw(_blocks(depth - 1, inside))]

    test = draw(st.sampled_from(["flip()", "flip()", "True", "False", "flip() and False", "not 0"]))
    if kind == "if":
        return [f"if {test}:", *body(), *(["else:", *body()] if draw(st.booleans()) else [])]
    if kind == "while":
        return [f"while {test}:", "    tick()", *body(inside=True), *(["else:", *body()] if draw(st.booleans()) else [])]
    if kind == "for":
        return ["for i in range(2):", *body(inside=True), *(["else:", *body()] if draw(st.booleans()) else [])]
    if kind == "with":
        return ["with swallow():", *body()]
    if kind == "match":
        return ["match flip():", "    case True:", *("    " + x for x in body()), "    case _:", *("    " + x for x in body())]
    handler = ["except E:", *body()] if draw(st.booleans()) else []
    final = ["finally:", *body()] if not handler or draw(st.booleans()) else []
    return ["try:", *body(), *handler, *final]


class _Stop(BaseException):
    """Ends a program that runs too long."""


def _run(text: str, flips: list[bool]) -> list[int]:
    """The markers that a program hits with the given answers of `flip()`."""
    import contextlib

    hits: list[int] = []
    left = [60]
    answers = iter(flips * 60)

    def tick() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise _Stop

    def flip() -> bool:
        tick()
        return next(answers)

    class Known(Exception):
        pass

    names = {"hit": hits.append, "tick": tick, "flip": flip, "E": Known, "swallow": lambda: contextlib.suppress(Known)}
    with contextlib.suppress(Known, _Stop):
        exec(compile(text, "program", "exec"), names)
        names["f"]()  # type: ignore[operator]
    return hits


def _program(block: list[str]) -> str:
    return "def f():\n" + "\n".join("    " + line.replace("{n}", str(n)) for n, line in enumerate(block, 2)) + "\n"


@given(_blocks(), st.lists(st.lists(st.booleans(), min_size=1, max_size=6), min_size=4, max_size=4))
@settings(max_examples=300, deadline=None)
def test_no_program_ever_runs_what_is_reported(block: list[str], flips: list[list[bool]]) -> None:
    text = _program(block)
    try:
        compile(text, "program", "exec")
    except SyntaxError:
        return  # `continue` in odd places
    dead = {line for f in findings(text) for line in range(f.line, f.end_line + 1)}
    for one in flips:
        assert not dead & set(_run(text, one))


@given(_blocks(), st.lists(st.booleans(), min_size=1, max_size=6))
@settings(max_examples=300, deadline=None)
def test_fixes_change_no_run_and_settle(block: list[str], flips: list[bool]) -> None:
    text = before = _program(block)
    try:
        compile(text, "program", "exec")
    except SyntaxError:
        return
    for _ in range(10):
        after = repaired(text)
        compile(after, "program", "exec")
        if after == text:
            break
        text = after
    else:
        raise AssertionError("the fixes do not settle")
    assert _run(text, flips) == _run(before, flips)
