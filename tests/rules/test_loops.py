"""GL201 and GL205: what grows with the square of the data and what only looks so; fixes leave the result as it was."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_lab import Lab, run

from greenlint.model.finding import EffectClass, Severity

CONCAT, FRONT = Lab("GL201"), Lab("GL205")

METHOD = "class A:\n    def f(self, rows):\n        self.s = ''\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (METHOD + "        for r in rows:\n            self.s += r\n", [5]),
        (METHOD + "        while rows:\n            self.s += rows.pop()\n", [5]),
        (METHOD + "        async_ = 1\n        for r in rows:\n            if r:\n                self.s = self.s + r\n", [7]),
        (METHOD + "        for r in rows:\n            for c in r:\n                self.s += c\n", [6]),
        (METHOD + "        for r in rows:\n            self.s += r\n            self.s += '\\n'\n", [5]),
        (METHOD + "        for r in rows:\n            with r as c:\n                self.s += c\n", [6]),
        (
            METHOD
            + "        for r in rows:\n            match r:\n                case str():\n                    self.s += r\n",
            [7],
        ),
        (METHOD + "        for r in rows:\n            if (n := len(r)) > 1:\n                self.s += r\n", [6]),
        (
            METHOD + "        for r in rows:\n            try:\n                self.s += r\n            except E:\n"
            "                pass\n",
            [6],
        ),
        ("class A:\n    s: str\n    async def f(self, rows):\n        async for r in rows:\n            self.s += r\n", [5]),
        (
            "class A:\n    s: 'str | None' = None\n    def f(self, rows):\n        for r in rows:\n            self.s += r\n",
            [5],
        ),
        (
            "import typing as t\nclass A:\n    s: t.Optional[str]\n    def f(me, rows):\n"
            "        for r in rows:\n            me.s += r\n",
            [6],
        ),
        ("s = ''\nfor x in y:\n    s += x\n", [3]),
        ("s = ''\ndef f(y):\n    global s\n    for x in y:\n        s += x\n", [5]),
        (
            "def f(y):\n    s = ''\n    def g():\n        nonlocal s\n        for x in y:\n            s += x\n"
            "    g()\n    return s\n",
            [6],
        ),
        ("def f(y, s: str):\n    for x in y:\n        s = s + x + '\\n'\n    return s\n", [3]),
        ("def f(y):\n    s = 'é'\n    for x in y:\n        s = (s + x\n             + '→')\n    return s\n", [4]),
        ("def f(d, k, y):\n    for x in y:\n        d[k] += f'{x}'\n", [3]),
        ("def f(d, y):\n    for x in y:\n        d['a'] = d['a'] + 'b'\n", [3]),
        ("def f(o, y):\n    for x in y:\n        o.p.q += str(x)\n", [3]),
        ("def f(o, y):\n    for x in y:\n        o.s += '%s' % x\n", [3]),
        ("def f(o, y):\n    for x in y:\n        o.s += ','.join(x)\n", [3]),
        ("def f(o, y):\n    for a in ('x', 'y'):\n        for x in y:\n            o.s += 'z'\n", [4]),
        ("def f(o, y):\n    for x in y:\n        for a in ('x', 'y'):\n            o.s += a + 'z'\n", [4]),
    ],
)
def test_strings_that_are_copied_whole_are_reported(text: str, lines: list[int]) -> None:
    assert CONCAT.lines(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "def f(self, y):\n    for x in y:\n        self.n += 1\n",
        "def f(self, y):\n    for x in y:\n        self.n += x\n",
        "def f(self, y):\n    self.b = b''\n    for x in y:\n        self.b += x\n",
        "class A:\n    def f(self, y):\n        self.l = []\n        for x in y:\n            self.l += 'ab'\n",
        "def f(self, y):\n    for x in y:\n        self.t += (x,)\n",
        "def f(y):\n    for o in y:\n        o.s += 'x'\n",
        "def f(y):\n    for o in y:\n        p = o.p\n        p.s += 'x'\n",
        "def f(d, y):\n    for k in y:\n        d[k] += 'x'\n",
        "def f(l, y):\n    for x in y:\n        l[-1] += 'x'\n        l.append('')\n",
        "def f(d, y):\n    for x in y:\n        d['a'] += 'x'\n        d['a'] = ''\n",
        "def f(self, y):\n    for x in y:\n        self.s += 'x'\n        if x:\n            self.s = ''\n",
        "class A:\n    def f(self, y):\n        for x in y:\n            self.s += 'x'\n            self.flush()\n"
        "    def flush(self):\n        self.s = ''\n",
        "def f(self, y):\n    for x in range(3):\n        self.s += 'x'\n",
        "def f(self, y):\n    for i, x in enumerate(['a', 'b']):\n        self.s += 'x'\n",
        "def f(self, y):\n    for x in self.NAMES:\n        self.s += 'x'\n",
        "def f(self, y):\n    for x in y:\n        self.s += 'x'\n        return\n",
        "def f(self, y):\n    while True:\n        if y:\n            self.s += 'x'\n            raise E\n",
        "def f(self, y):\n    for x in y:\n        pass\n    else:\n        self.s += 'x'\n",
        "for x in y:\n    class A:\n        def f(self):\n            self.s += 'x'\n",
        "s = ''\nfor x in y:\n    s += x\n    print(s)\n",
        "s = ''\nfor x in y:\n    if s:\n        s += ','\n    s += x\n",
        "def f(self, y):\n    for x in y:\n        self.s -= 'x'\n        self.s *= 2\n",
        "def f(self, y):\n    for x in y:\n        self.s = 'x' + self.s\n",
        "s = u = ''\nfor x in y:\n    s = u + x\n",
        "def f():\n    s = ''\n    s = s + 'a' + 'b'\n    return s\n",
    ],
)
def test_what_does_not_grow_or_is_no_string_stays_silent(text: str) -> None:
    assert CONCAT.lines(text) == []


def test_a_plain_local_is_only_a_note_below_the_default_threshold() -> None:
    (finding,) = CONCAT.findings("def f(y):\n    s = ''\n    for x in y:\n        s += x\n    return s\n", least=0)
    assert finding.severity is Severity.NOTE
    assert finding.effect.effect_class is EffectClass.CONSTANT
    assert finding.confidence < 60


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("s = ''\nfor x in y:\n\ts += x\n", "s_parts = []\nfor x in y:\n\ts_parts.append(x)\ns = ''.join(s_parts)\n"),
        (
            's = "é"  # start\r\nfor x in y: s += x  # add\r\nprint(s)\r\n',
            's_parts = ["é"]  # start\r\nfor x in y: s_parts.append(x)  # add\r\ns = "".join(s_parts)\r\nprint(s)\r\n',
        ),
        (
            "\ufeffs = ''\nfor x in y:\n    s += x",
            "\ufeffs_parts = []\nfor x in y:\n    s_parts.append(x)\ns = ''.join(s_parts)",
        ),
        (
            "s = ''\nfor x in y:\n    s += \\\n        x\n",
            "s_parts = []\nfor x in y:\n    s_parts.append(x)\ns = ''.join(s_parts)\n",
        ),
        (
            "s = ''\nfor x in y:\n    s += (x\n          or '-')  # why\n    s += ';'\n",
            "s_parts = []\nfor x in y:\n    s_parts.append((x\n          or '-'))  # why\n"
            "    s_parts.append(';')\ns = ''.join(s_parts)\n",
        ),
        (
            "def f(self, y):\n    self.a.s = ''\n    for x in y:\n        for z in x:\n            self.a.s += z + '\"'\n",
            "def f(self, y):\n    self.a.s = ''\n    for x in y:\n        for z in x:\n            self.a.s += z + '\"'\n",
        ),
        (
            "def f(self, y):\n    self.s = ''\n    for x in y:\n        for z in x:\n            self.s += z + '\"'\n",
            "def f(self, y):\n    s_parts = []\n    for x in y:\n        for z in x:\n            s_parts.append(z + '\"')\n"
            "    self.s = ''.join(s_parts)\n",
        ),
    ],
)
def test_the_join_keeps_comments_line_ends_and_indentation(before: str, after: str) -> None:
    assert CONCAT.repaired(before) == after


@pytest.mark.parametrize(
    "text",
    [
        "s = ''\ns_parts = 1\nfor x in y:\n    s += x\n",
        "s = ''\nprint(s)\nfor x in y:\n    s += x\n",
        "try:\n    s = ''\n    for x in y:\n        s += x\nexcept E:\n    print(s)\n",
        "class A:\n    def f(self, y):\n        self.s = ''\n        for x in y:\n            self.s += self.g(x)\n",
        "def f(self, y):\n    self.s = ''\n    for x in y:\n        self.s += x\n        yield x\n",
        "s = ''\nfor x in y:\n    s += x\ndef g():\n    return s\n",
        "def f(y):\n    global s\n    s = ''\n    for x in y:\n        s += x\n",
        "if 1: s = ''\nfor x in y:\n    s += x\n",
    ],
)
def test_there_is_no_fix_where_somebody_could_see_the_string_grow(text: str) -> None:
    assert CONCAT.repaired(text) == text


PIECES = st.sampled_from(["x", "x + x", "f'{x}!'", "str(len(x))", "('a' 'b')", "'%s' % x", "x if x else '-'", "(n := x)"])
STARTS = st.sampled_from(["''", '""', "'start'", "f'{1}'", "str(2)"])


@settings(max_examples=150, deadline=None)
@given(
    start=STARTS,
    pieces=st.lists(st.tuples(PIECES, st.booleans(), st.booleans()), min_size=1, max_size=3),
    nested=st.booleans(),
    attribute=st.booleans(),
    rows=st.lists(st.text(max_size=3), max_size=5),
)
def test_joined_strings_are_the_same_strings(
    start: str, pieces: list[tuple[str, bool, bool]], nested: bool, attribute: bool, rows: list[str]
) -> None:
    target = "self.s" if attribute else "s"
    body = ""
    for piece, long, guarded in pieces:
        statement = f"{target} = {target} + {piece}" if long and " if " not in piece else f"{target} += {piece}"
        body += f"    if x != 'b':\n        {statement}\n" if guarded else f"    {statement}\n"
    if nested:
        body = "    for x in x:\n" + "".join(f"    {line}\n" for line in body.splitlines())
    text = f"{target} = {start}\nfor x in rows:\n{body}result = {target}\n"
    if attribute:
        text = "class O:\n    def f(self):\n" + textwrap.indent(text, "        ") + "        return result\nresult = O().f()\n"
    fixed = CONCAT.repaired(text)
    assert "_parts" in fixed
    assert run(fixed, rows=rows) == run(text, rows=rows)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("def f(x):\n    q = [x]\n    while q:\n        q.extend(q.pop(0))\n", [4]),
        ("def f(x):\n    q = list(x)\n    for _ in x:\n        q.pop(0)\n", [4]),
        ("def f(x):\n    q = sorted(x)\n    while True:\n        if not q:\n            break\n        q.pop(0)\n", [6]),
        ("def f(x):\n    q = []\n    for y in x:\n        q.insert(0, y)\n    return q\n", [4]),
        ("def f(x):\n    q = []\n    [q.insert(0, y) for y in x]\n    return q\n", [3]),
        ("def f(q: 'list[int]'):\n    while q:\n        q.pop(0)\n", [3]),
        ("from typing import List\ndef f(q: List[int] = None):\n    while q:\n        q.pop(0)\n", [4]),
        ("def f(x):\n    q = [y for y in x]\n    while len(q) > 0:\n        q.pop(0)\n", [4]),
        ("def f(x):\n    q = [y for y in x]\n    while len(q) != 0:\n        q.pop(0)\n", [4]),
        (
            "def f(x):\n    q = x.copy() if x else []\n    q = []\n    for y in x:\n        q.append(y)\n"
            "    while q:\n        q.pop(0)\n",
            [],
        ),
        ("def f(x):\n    q = [] + [x]\n    q.append(x)\n    while q:\n        print(q.pop(0))\n", [5]),
        ("def f(x):\n    q = [0] * x\n    while q:\n        (q\n         .pop(\n          0))\n", [4]),
        (
            "class A:\n    def __init__(self):\n        self.q = []\n    def f(self):\n        while self.q:\n"
            "            self.q.pop(0)\n",
            [6],
        ),
        ("class A:\n    q: list\n    async def f(self, x):\n        async for y in x:\n            self.q.insert(0, y)\n", [5]),
        ("def f(x):\n    q = []\n    def g(y):\n        while q:\n            q.extend(q.pop(0))\n    return g\n", [5]),
        ("def f(x):\n    q = x.splitlines(True) if 0 else ''.split()\n    while q: q.pop(0)\n", []),
        ("def f(x):\n    q = 'a b'.split()\n    while q: print(q.pop(0))\n", [3]),
        ("import os\nq = os.listdir('.')\nwhile q:\n    print(q.pop(0))\n", [4]),
        ("def f(x):\n    q = [x]\n    while q:\n        if (y := q.pop(0)):\n            q.append(y)\n", [4]),
        ("def f(x):\n    q = [x]\n    while q:\n        y = q.pop(0)\n        z = q.pop(0)\n        q.append(y + z)\n", [4]),
        ("def f(x):\n    q = [x]\n    for a in (1, 2):\n        while q:\n            q.append(q.pop(0))\n", [5]),
        (
            "def f(x):\n    q = [x]\n    for a in x:\n        for b in a:\n            q.insert(0, b)\n"
            "            break\n    return q\n",
            [5],
        ),
    ],
)
def test_lists_that_are_shifted_in_a_loop_are_reported(text: str, lines: list[int]) -> None:
    assert FRONT.lines(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nfor p in x:\n    sys.path.insert(0, p)\n",
        "from sys import path\nfor p in x:\n    path.insert(0, p)\n",
        "def f(q):\n    while q:\n        q.pop(0)\n",
        "def f(q: dict):\n    while q:\n        q.pop(0)\n",
        "def f(q: set):\n    while q:\n        q.pop(0)\n",
        "import collections as c\ndef f(x):\n    q = c.deque(x)\n    while q:\n        q.insert(0, q.pop())\n",
        "def f(x):\n    q = list(x)\n    while q:\n        q.pop()\n        q.pop(1)\n        q.pop(-1)\n"
        "        q.insert(1, 2)\n",
        "def f(x):\n    q = list(x)\n    q.pop(0)\n    q.insert(0, 1)\n",
        "def f(x):\n    q = list(x)\n    for y in x:\n        if y:\n            q.pop(0)\n            return q\n",
        "def f(x):\n    for y in x:\n        q = [y]\n        q.insert(0, 0)\n",
        "def f(x):\n    q = []\n    for y in range(10):\n        q.insert(0, y)\n",
        "def f(x):\n    q = ['a', 'b', 'c']\n    for y in x:\n        print(q.pop(0))\n",
        "def f(x, n):\n    q = []\n    for y in x:\n        q.append(y)\n        while len(q) > n:\n            q.pop(0)\n",
        "def f(x):\n    q = []\n    for y in x:\n        q.append(y)\n        if y > 3:\n            q.pop(0)\n",
        "def f(x):\n    q = list(x)\n    for y in x:\n        q.remove(y)\n        q.insert(0, y)\n",
        "def f(x):\n    q = list(x)\n    for y in range(len(x)):\n        z = q[y]\n        del q[y]\n        q.insert(0, z)\n",
        "def f(n):\n    q = []\n    while n > 0:\n        n, r = divmod(n, 10)\n        q.insert(0, r)\n",
        "def f(n):\n    q = []\n    while n:\n        q.insert(0, n & 1)\n        n >>= 1\n",
        "def f(p):\n    q = []\n    for d in p.parents:\n        q.insert(0, d)\n",
        "def f(p):\n    q = []\n    while p:\n        q.insert(0, p)\n        p = p.parent\n",
        "def f(p):\n    q = []\n    parts = p.split('/')\n    while parts:\n        q.insert(0, parts.pop())\n",
        "def f(x):\n    q = list(x)\n    while q:\n        q.sort()\n        q.pop(0)\n",
        "class A:\n    def __init__(self):\n        self.q = []\n    def f(self):\n        while True:\n"
        "            step(self.q.pop(0))\n",
        "def f(x):\n    for n in x:\n        n.q.insert(0, 1)\n",
        "def f(x):\n    q = []\n    for y in x:\n        def g():\n            q.insert(0, y)\n",
        "def f(x):\n    q = []\n    for y in q.pop(0):\n        print(y)\n",
    ],
)
def test_short_lists_other_types_and_single_calls_stay_silent(text: str) -> None:
    assert FRONT.lines(text) == []


def test_the_deque_import_is_added_once_and_after_the_docstring() -> None:
    text = (
        '#!/usr/bin/env python\n"""Doc."""\nfrom __future__ import annotations\nimport os\n'
        "def f(x):\n    a, b = 1, 2\n    p = list(x)\n    q = []\n    while p:\n        q.insert(0, p.pop(0))\n"
        "    while q:\n        q.pop(0)\n"
    )
    fixed = FRONT.repaired(text)
    assert fixed.count("import deque") == 1
    assert fixed.startswith(
        '#!/usr/bin/env python\n"""Doc."""\nfrom __future__ import annotations\nfrom collections import deque\n'
    )
    assert "q.appendleft(p.popleft())" in fixed
    assert FRONT.lines(fixed) == []


@pytest.mark.parametrize(
    ("head", "made"),
    [
        ("import collections\n", "collections.deque"),
        ("import collections as c\n", "c.deque"),
        ("from collections import deque as d\n", "d"),
    ],
)
def test_the_deque_is_named_as_the_file_imports_it(head: str, made: str) -> None:
    fixed = FRONT.repaired(head + "def f(x):\n    q = list(x)\n    while q:\n        q.pop(0)\n")
    assert fixed == head + f"def f(x):\n    q = {made}(x)\n    while q:\n        q.popleft()\n"


@pytest.mark.parametrize(
    "use",
    [
        "return q",
        "print(q)",
        "q.sort()",
        "q[1:]",
        "q[2]",
        "for y in q: pass",
        "q == []",
        "q + []",
        "q.pop(1)",
        "q = q[1:]",
        "del q[0]",
    ],
)
def test_there_is_no_fix_when_a_use_means_something_else_for_a_deque(use: str) -> None:
    text = f"def f(x):\n    q = list(x)\n    while q:\n        print(q.pop(0))\n    {use}\n"
    assert FRONT.repaired(text) == text


OPERATIONS = {
    "append": "q.append(n)",
    "extend": "q.extend([n, -n])",
    "push": "q.insert(0, n)",
    "add": "q += [n]",
    "take": "out.append(q.pop(0)) if q else None",
    "last": "out.append(q.pop()) if q else None",
    "ends": "out.append((q[0], q[-1])) if q else None",
    "length": "out.append(len(q))",
    "member": "out.append(n in q)",
    "clear": "q.clear()",
    "count": "out.append(q.count(n))",
}


@settings(max_examples=150, deadline=None)
@given(
    start=st.sampled_from(["[]", "[1, 2]", "list(range(3))", "list()", "[n for n in range(4)]"]),
    operations=st.lists(st.sampled_from(sorted(OPERATIONS)), min_size=1, max_size=8),
)
def test_a_deque_does_what_the_list_did(start: str, operations: list[str]) -> None:
    body = "".join(f"        {OPERATIONS[name]}\n" for name in operations)
    text = (
        f"def f():\n    out = [0]\n    q = {start}\n    for n in range(900):\n        q.append(n)\n{body}"
        "    while q:\n        out.append(q.pop(0))\n    return out\nresult = f()\n"
    )
    fixed = FRONT.repaired(text)
    assert "deque" in fixed
    assert run(fixed) == run(text)
