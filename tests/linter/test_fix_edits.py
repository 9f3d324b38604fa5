"""Edits of many fixes: conflicts wait for the next round, and a bad fix costs itself only."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from greenlint.linter.fixer.edits import apply_fixes
from greenlint.model.fix import Applicability, Edit, Fix

SOURCE = b"".join(b"a%d = %d\n" % (n % 10, n % 10) for n in range(400))
LINE = len(b"a0 = 0\n")


def fix(*edits: tuple[int, int, str]) -> Fix:
    return Fix("", tuple(Edit(*edit) for edit in edits), Applicability.SAFE)


def test_one_bad_fix_among_many_is_left_out_and_the_others_go_in() -> None:
    fixes = [fix((n * LINE + 5, n * LINE + 6, "(" if n in (123, 300) else "77")) for n in range(400)]
    after, count = apply_fixes(SOURCE, fixes)
    assert count == 398
    assert after.count(b"77\n") == 398
    assert after.splitlines()[123] == b"a3 = 3"
    ast.parse(after)


def test_fixes_that_parse_only_together_go_in_together() -> None:
    after, count = apply_fixes(b"x = 1\n", [fix((4, 4, "(")), fix((5, 5, ")"))])
    assert (after, count) == (b"x = (1)\n", 2)


def test_edits_of_one_fix_keep_their_order_and_take_over_the_line_ends() -> None:
    after, _ = apply_fixes(b"x = 1\r\n", [fix((0, 0, "a = 0\n"), (0, 0, "b = 0\n"), (0, 1, "y"), (7, 7, "z = 1\n"))])
    assert after == b"a = 0\r\nb = 0\r\ny = 1\r\nz = 1\r\n"


SPANS = st.tuples(st.integers(0, 60), st.integers(0, 4)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@given(st.lists(st.lists(SPANS, min_size=1, max_size=3, unique=True), max_size=12))
def test_of_fixes_that_touch_only_the_first_goes_in(groups: list[list[tuple[int, int]]]) -> None:
    data = b"#" + b"-" * 80 + b"\n"  # a comment: whatever the edits do, it parses
    shifted = [[(start + 1, end + 1) for start, end in group] for group in groups]
    apart = [group for group in shifted if not any(_touch(a, b) for a in group for b in group if a is not b)]
    fixes = [fix(*((start, end, "x") for start, end in group)) for group in apart]
    chosen: list[list[tuple[int, int]]] = []
    for group in sorted(apart, key=lambda group: min(start for start, _ in group)):
        if not any(_touch(span, other) for span in group for taken in chosen for other in taken):
            chosen.append(group)
    expected = data
    for start, end in sorted((span for group in chosen for span in group), reverse=True):
        expected = expected[:start] + b"x" + expected[end:]
    assert apply_fixes(data, fixes) == (expected, len(chosen))


def _touch(a: tuple[int, int], b: tuple[int, int]) -> bool:
    return (a[0] < b[1] and b[0] < a[1]) or a[0] == b[0]
