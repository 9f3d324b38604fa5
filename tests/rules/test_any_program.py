"""Rules on programs that nobody would write: parts of all examples and cases, nested, renamed and cut at random.

Random grammar seldom has what a rule looks for; what the rules were written about, put together in any order, has it always.
"""

from __future__ import annotations

import ast
import runpy
import textwrap
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.linter.fixer.edits import apply_fixes
from greenlint.rules.base import FileRule
from greenlint.rules.registry import own_rules
from greenlint.source.module import Module

RULES = RuleSet(rule() for rule in own_rules().values() if issubclass(rule, FileRule))
ROUNDS = 12


def _parts() -> list[str]:
    """Top-level statements of every example and case, each once."""
    texts = [example.code for rule in own_rules().values() if issubclass(rule, FileRule) for example in rule.examples]
    for path in sorted((Path(__file__).parent / "cases").glob("GL*.py")):
        cases = runpy.run_path(str(path))
        texts += [text for text, _ in cases["BAD"].values()] + list(cases["GOOD"].values())
    found: dict[str, None] = {}
    for text in texts:
        try:
            tree = ast.parse(text)
        except SyntaxError:
            continue  # syntax of a later Python, which its own rule judges
        for statement in tree.body:
            found[ast.get_source_segment(text, statement, padded=True) or "pass"] = None
    return list(found)


PARTS = _parts()
WRAPPERS = (
    "{}",
    "def f(self, items, path, n=3, *rest, **more):\n{}",
    "async def g(items, n):\n{}",
    "class A(Base):\n{}",
    "for item in items:\n{}",
    "while items:\n{}",
    "for i in range(n):\n{}",
    "with open(path) as f:\n{}",
    "try:\n{}\nfinally:\n    done()",
    "try:\n{}\nexcept (KeyError, OSError) as error:\n    pass\nelse:\n    pass",
    "if n:\n{}\nelse:\n    pass",
    "match n:\n    case [a, *b] if a:\n{}",
    "async def h():\n    async for x in y:\n{}",
)
NAMES = ("items", "path", "n", "x", "rows", "f", "self", "os", "data", "result", "line", "len", "list")


@st.composite
def programs(draw: st.DrawFn) -> str:
    """A program that parses."""
    blocks: list[str] = []
    for _ in range(draw(st.integers(1, 3))):
        body = "\n".join(draw(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4)))
        for wrapper in draw(st.lists(st.sampled_from(WRAPPERS), max_size=3)):
            depth = 8 if "    case" in wrapper or "    async for" in wrapper else 4
            body = body if wrapper == "{}" else wrapper.replace("{}", textwrap.indent(body, " " * depth))
        blocks.append(body)
    lines = "\n".join(blocks).split("\n")
    for _ in range(draw(st.integers(0, 2))):
        if len(lines) > 1:
            lines.pop(draw(st.integers(0, len(lines) - 1)))
    text = "\n".join(lines) + "\n"
    for old, new in draw(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(NAMES)), max_size=2)):
        text = text.replace(f"{old}.", f"{new}.").replace(f" {old} ", f" {new} ")
    try:
        compile(text, "example.py", "exec", ast.PyCF_ONLY_AST)
    except (SyntaxError, ValueError):
        assume(False)
    return text


@settings(max_examples=400, deadline=None)
@given(programs())
def test_rules_never_fail_and_fixes_leave_a_program(text: str) -> None:
    data = text.encode()
    for _ in range(ROUNDS):
        module = Module("example.py", data)
        found = lint_module(module, RULES)
        assert [finding.message for finding in found if finding.code == "GL901"] == []
        count = len(module.lines)
        for finding in found:
            assert 1 <= finding.line <= finding.end_line <= count
            assert 1 <= finding.column <= len(module.lines[finding.line - 1].decode()) + 1
        after, _ = apply_fixes(data, [finding.fix for finding in found if finding.fix])
        compile(after, "example.py", "exec", ast.PyCF_ONLY_AST)
        if after == data:
            return
        data = after
    raise AssertionError("the fixes never settle")
