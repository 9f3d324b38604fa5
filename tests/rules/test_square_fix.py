"""The fix of GL617 keeps the result for integers, and leaves floats to those who ask for unsafe fixes."""

from __future__ import annotations

import pytest
from rule_lab import Lab, run


@pytest.mark.parametrize(
    "expression",
    [
        "i ** 2",
        "-i ** 2",
        "3 * i ** 2",
        "7 % (i ** 2 + 1)",
        "2 ** i ** 2",
        "1 / (1 + i ** 2)",
        "(i ** 2) % 5",
        "i ** 2 - i ** 2 // 3",
    ],
)
def test_the_safe_fix_keeps_the_result(expression: str) -> None:
    text = f"n = 5\nresult = [{expression} for i in range(n)]\n"
    repaired = Lab("GL617").repaired(text, unsafe=False)
    assert "** 2" not in repaired.replace("2 ** (", "")
    assert run(repaired) == run(text)


def test_a_float_overflows_in_one_way_only() -> None:
    text = "def f(x: float, n: int):\n    return [x ** 2 for _ in range(n)]\n"
    assert Lab("GL617").repaired(text, unsafe=False) == text
    assert "x * x" in Lab("GL617").repaired(text)
