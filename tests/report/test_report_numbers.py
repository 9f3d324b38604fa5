"""Numbers in reports: the digits follow the interval, and nothing is lost in a unit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.reporters.numbers import Shown, show

FACTORS = {"nJ": 1e-9, "µJ": 1e-6, "mJ": 1e-3, "J": 1.0, "kJ": 1e3, "MJ": 1e6, "GJ": 1e9}


@pytest.mark.parametrize(
    ("value", "unit", "low", "high", "expected"),
    [
        (8.42, "J", 8.0, 8.8, Shown("8.42", "8.00", "8.80", "J")),
        (31.2, "J", 19.0, 44.0, Shown("31", "19", "44", "J")),
        (0.0123, "J", None, None, Shown("12.3", "", "", "mJ")),
        (131e-3, "Wh", 82e-3, 180e-3, Shown("131", "82", "180", "mWh")),
        (2_400_000.0, "g", 1.9e6, 3.1e6, Shown("2.40", "1.90", "3.10", "t")),
        (0.0, "J", None, None, Shown("0", "", "", "J")),
        (0.0, "B", None, None, Shown("0", "", "", "B")),
        (1_992_294.4, "B", None, None, Shown("1.90", "", "", "MiB")),
        (0.6667, "%", 0.30, 0.90, Shown("67", "30", "90", "%")),
        (0.0447, "%", None, None, Shown("4.5", "", "", "%")),
        (1.0, "%", None, None, Shown("100", "", "", "%")),
        (0.0, "%", None, None, Shown("0", "", "", "%")),
        (12.5, "EUR", 10.0, 15.0, Shown("12.5", "10.0", "15.0", "EUR")),
        (7200.0, "s", None, None, Shown("2.00", "", "", "h")),
    ],
)
def test_examples(value: float, unit: str, low: float | None, high: float | None, expected: Shown) -> None:
    assert show(value, unit, low, high) == expected


def test_an_exact_number_has_no_interval_in_print() -> None:
    assert show(3.0, "B", 3.0, 3.0).interval == ""
    assert show(8.42, "J", 8.0, 8.8).interval == "[8.00, 8.80]"


def test_thousands_stand_apart() -> None:
    assert show(1234567.0, "", 1234560.0, 1234574.0).value == "1\u202f234\u202f567.0"


@given(st.floats(1e-6, 1e8), st.floats(0.001, 0.9))
def test_what_is_printed_stays_within_a_tenth_of_the_half_width(value: float, relative: float) -> None:
    low, high = value * (1 - relative), value * (1 + relative)
    shown = show(value, "J", low, high)
    for text, number in ((shown.value, value), (shown.low, low), (shown.high, high)):
        printed = float(text.replace("\u202f", "")) * FACTORS[shown.unit]
        assert abs(printed - number) <= 0.1 * (high - low) / 2
