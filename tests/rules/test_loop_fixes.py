"""What the fixes of the loop rules make of a program computes the same as the program."""

from __future__ import annotations

import pytest
from marks import plain
from rule_lab import Lab, run

from greenlint.model.fix import Applicability

SAFE = plain(
    {
        "a range": """
result = []
for i in list(range(n)):
    n = 0
    result.append(i)
""",
        "a range as a tuple": """
result = [i * i for i in tuple(range(n))]
""",
        "sorted": """
rows = [i % 7 for i in range(n)]
result = []
for row in list(sorted(rows)):
    rows.clear()
    result.append(row)
""",
        "a comprehension": """
result = []
for x in list([y + 1 for y in range(n)]):
    result.append(x)
""",
        "a text": """
text = 'a b c'
result = {word: 1 for word in list(text.split())}
""",
        "a list of a list": """
rows = [i % 7 for i in range(n)]
result = 0
for row in list(list(rows)):
    rows.pop()
    result += row
""",
    }
)
UNSAFE = plain(
    {
        "GL202 a list": """
result = []
for i in range(n):
    result = result + [i]
""",
        "GL202 several": """
result = []
for i in range(n):
    result = result + [i, -i]
""",
        "GL202 a display": """
result = []
for i in range(n):
    result = [*result, (i := i + 1)]
""",
        "GL202 a dict": """
result = {}
for i in range(n):
    result = {**result, i % 7: i}
""",
        "GL202 a set": """
result = set()
for i in range(n):
    result = result | {i % 5}
""",
        "GL204 a comprehension": """
def f(rows):
    known = [row * 2 for row in rows]
    return [row for row in rows if row in known]

result = f(range(n))
""",
        "GL204 a filled list": """
def f(rows):
    known = []
    for row in rows:
        known.append(row * 3)
    known.extend(rows[:2])
    return [row for row in rows if row not in known]

result = f(range(n))
""",
        "GL206 lists": """
rows = [[i, i + 1] for i in range(n)]
result = sum(rows, [])
""",
        "GL206 a generator": """
result = sum(([i] * 2 for i in range(n)), [])
""",
        "GL206 reduce": """
import functools, operator
rows = [[i] for i in range(n)]
result = functools.reduce(operator.add, rows, [])
""",
        "GL212 the least": """
rows = [(i * 7) % 11 for i in range(n)]
result = sorted(rows, key=lambda x: -x)[0]
""",
        "GL212 the greatest": """
rows = [(i * 7) % 11 for i in range(n)]
result = sorted(rows, reverse=True)[0], sorted(rows)[-1]
""",
        "GL213 a filter": """
rows = [(i * 7) % 11 for i in range(n)]
result = [row * 2 for row in sorted(rows, reverse=True) if row > 3 if row != 5]
""",
        "GL213 pairs": """
rows = {i: (i * 7) % 11 for i in range(n)}
result = [value for key, value in sorted(rows.items()) if value > 3]
""",
        "GL213 in parentheses": """
rows = [(i * 7) % 11 for i in range(n)]
result = [row for row in sorted(rows) if (row > 3 or row == 1)]
""",
        "GL214 any and all": """
rows = list(range(n))
result = any([row == 3 for row in rows]), all([row < 3 for row in rows])
""",
        "GL215 a flag": """
def f(rows):
    found = False
    for row in rows:
        if row > 3:
            found = True
    return found

result = f(range(n)), f(range(2))
""",
        "GL216 the items": """
def f(rows):
    return [rows[i] + rows[i] for i in range(len(rows))]

result = f(list(range(n)))
""",
        "GL217 the values": """
table = {i: -i for i in range(n)}
result = [value for key, value in table.items()]
""",
        "GL217 the keys": """
table = {i: -i for i in range(n)}
result = []
for key, _ in table.items():
    result.append(key)
""",
        "GL229 a date": """
from datetime import datetime
rows = ['2020-01-02'] * n
result = [datetime.strptime(row, '%Y-%m-%d') for row in rows]
""",
    }
)


@pytest.mark.parametrize("name", SAFE)
def test_safe_fixes_change_nothing(name: str) -> None:
    lab = Lab("GL218")
    assert [f.fix.applicability for f in lab.findings(SAFE[name]) if f.fix] == [Applicability.SAFE]
    repaired = lab.repaired(SAFE[name], unsafe=False)
    assert repaired != SAFE[name]
    assert run(repaired, n=100) == run(SAFE[name], n=100)


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe_fixes_keep_the_result_of_plain_code(name: str) -> None:
    text = UNSAFE[name]
    repaired = Lab(name.split()[0]).repaired(text, least=0)
    assert repaired != text
    assert run(repaired, n=100) == run(text, n=100)
