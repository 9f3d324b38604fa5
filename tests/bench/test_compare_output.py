"""Where two outputs differ, and when numbers agree."""

from __future__ import annotations

import io
import tempfile
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.bench.difference import exact_difference, numeric_difference
from greenlint.bench.output import CHUNK

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def exact() -> Callable[[bytes, bytes], str | None]:
    def differ(expected: bytes, got: bytes) -> str | None:
        with tempfile.TemporaryFile() as a, tempfile.TemporaryFile() as b:
            a.write(expected)
            b.write(got)
            a.flush()
            b.flush()
            return exact_difference(a, b)

    return differ


def numeric(expected: str, got: str, rtol: float = 1e-9, atol: float = 1e-12) -> str | None:
    return numeric_difference(io.BytesIO(expected.encode()), io.BytesIO(got.encode()), rtol, atol)


def test_equal_output_has_no_difference(exact: Callable[[bytes, bytes], str | None]) -> None:
    assert exact(b"1\n2\n", b"1\n2\n") is None


def test_one_byte_is_named_with_its_line_and_both_texts(exact: Callable[[bytes, bytes], str | None]) -> None:
    assert exact(b"1\n2 x\n3\n", b"1\n2 y\n3\n") == "line 2: expected '2 x', got '2 y'"


def test_a_difference_beyond_the_first_piece_has_the_right_line(exact: Callable[[bytes, bytes], str | None]) -> None:
    lines = b"0123456789\n" * (CHUNK // 5)
    assert exact(lines + b"a\n", lines + b"b\n") == f"line {CHUNK // 5 + 1}: expected 'a', got 'b'"


@pytest.mark.parametrize(
    ("expected", "got", "words"),
    [
        (b"abc\n", b"", "printed nothing, 4 bytes expected"),
        (b"abc\ndef\n", b"abc\n", "output ends after 4 bytes, 8 expected"),
        (b"abc\n", b"abc\ndef\n", "output goes on after the 4 bytes expected (8 bytes)"),
    ],
)
def test_missing_and_surplus_output_is_called_so(
    exact: Callable[[bytes, bytes], str | None], expected: bytes, got: bytes, words: str
) -> None:
    assert exact(expected, got) == words


@given(st.binary(max_size=40), st.binary(max_size=40))
def test_exact_difference_is_none_exactly_for_equal_bytes(a: bytes, b: bytes) -> None:
    with tempfile.TemporaryFile() as one, tempfile.TemporaryFile() as two:
        one.write(a)
        two.write(b)
        one.flush()
        two.flush()
        assert (exact_difference(one, two) is None) == (a == b)


def test_decimal_numbers_agree_within_the_tolerance() -> None:
    assert numeric("energy=-0.169075164 n=3", "energy=-0.169075163999 n=3") is None
    assert numeric("energy=-0.169075164", "energy=-0.1690752") is not None
    assert numeric("0.0", "-1e-15") is None


def test_whole_numbers_and_words_must_be_equal() -> None:
    assert numeric("count=1000000000000", "count=1000000000001") is not None
    assert numeric("007 +5", "7 5") is None
    assert numeric("total 1.0", "sum 1.0") == "line 1: expected 'total', got 'sum'"


def test_whole_numbers_may_have_any_length() -> None:
    assert numeric("9" * 6000, "9" * 6000 + " ") is None
    assert numeric("9" * 6000, "9" * 5999 + "8") is not None


def test_white_space_does_not_count_in_numeric_mode_but_missing_words_do() -> None:
    assert numeric("1.0\n2.0\n", "1.0 2.0") is None
    assert numeric("1.0\n2.0\n", "1.0\n") == "output ends before word 2, '2.0'"
    assert numeric("1.0\n", "1.0\n2.0\n") == "line 2: '2.0' after the 1 words expected"
    assert numeric("1.0", "") == "printed nothing, '1.0' expected"


def test_not_a_number_equals_only_itself() -> None:
    assert numeric("nan", "nan") is None
    assert numeric("1.0", "nan") is not None
    assert numeric("1.0", "1e999") is not None


def test_a_word_too_long_to_hold_is_refused() -> None:
    long = "1" * (1 << 21)
    assert numeric(long, long + "2") == "a word of more than 1048576 bytes cannot be compared as numbers"
