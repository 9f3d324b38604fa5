"""Quantities as people write and read them: every unit, every mistake, and numbers that keep their size."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.config.loader import load_config
from greenlint.errors import ConfigError, UnitError
from greenlint.model.format import digits, format_quantity, scale_of
from greenlint.model.units import parse_quantity

PREFIXES = {"": 1.0, "n": 1e-9, "u": 1e-6, "µ": 1e-6, "μ": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9}
BASES = {"J": ("J", 1.0), "Wh": ("J", 3600.0), "s": ("s", 1.0), "instr": ("instr", 1.0), "B": ("B", 1.0)}


@pytest.mark.parametrize("unit", BASES)
@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_unit_has_every_prefix(prefix: str, unit: str) -> None:
    found = parse_quantity(f"2.5 {prefix}{unit}")
    base, factor = BASES[unit]
    assert (found.unit, found.text) == (base, f"2.5 {prefix}{unit}")
    assert found.value == pytest.approx(2.5 * PREFIXES[prefix] * factor, rel=1e-12)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2J", 2.0),
        ("  2   J  ", 2.0),
        ("+2 J", 2.0),
        ("2e3 J", 2000.0),
        ("2E-3 J", 0.002),
        ("0 J", 0.0),
        ("0.0 J", 0.0),
        ("007 J", 7.0),
    ],
)
def test_spaces_signs_and_exponents_are_read(text: str, value: float) -> None:
    assert parse_quantity(text, expect="J").value == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "say", "hint"),
    [
        ("2", "'2' has no unit", 'for example "2 J"'),
        ("1e3", "'1e3' has no unit", 'for example "1e3 J"'),
        (2, "2 has no unit", "write a number and a unit"),
        (2.5, "2.5 has no unit", "write a number and a unit"),
        (True, "True has no unit", "write a number and a unit"),
        (None, "None has no unit", "write a number and a unit"),
        (["2 J"], "['2 J'] has no unit", "write a number and a unit"),
        ("", "'' is not a quantity", "write a number and a unit"),
        ("J", "'J' is not a quantity", "write a number and a unit"),
        ("two J", "'two J' is not a quantity", "write a number and a unit"),
        ("nan J", "'nan J' is not a quantity", "write a number and a unit"),
        ("inf J", "'inf J' is not a quantity", "write a number and a unit"),
        ("-inf J", "'-inf J' is not a quantity", "write a number and a unit"),
        ("--2 J", "'--2 J' is not a quantity", "write a number and a unit"),
        ("2 j", "unknown unit 'j'", "use J, Wh, s or instr"),
        ("2 Joule", "unknown unit 'Joule'", "use J, Wh, s or instr"),
        ("2 W", "unknown unit 'W'", "use J, Wh, s or instr"),
        ("2 KJ", "unknown unit 'KJ'", "use J, Wh, s or instr"),
        ("2 mkJ", "unknown unit 'mkJ'", "use J, Wh, s or instr"),
        ("2 J J", "unknown unit 'J J'", "use J, Wh, s or instr"),
        ("2 J/s", "unknown unit 'J/s'", "use J, Wh, s or instr"),
        ("2,5 J", "unknown unit ',5 J'", "use J, Wh, s or instr"),
        ("1_000 J", "unknown unit '_000 J'", "use J, Wh, s or instr"),
        ("-2 J", "'-2 J' is negative", "a limit is zero or more"),
        ("-1e-9 nJ", "is negative", "a limit is zero or more"),
        ("1e999 J", "'1e999 J' is not a finite number", ""),
        ("1e306 kJ", "'1e306 kJ' is not a finite number", ""),
        ("1e308 Wh", "'1e308 Wh' is not a finite number", ""),
        ("2 s", "'2 s' is in s, but J is needed here", ""),
        ("2 B", "'2 B' is in B, but J is needed here", ""),
    ],
)
def test_what_is_no_energy_is_refused_with_its_reason(text: object, say: str, hint: str) -> None:
    with pytest.raises(UnitError) as error:
        parse_quantity(text, expect="J")
    assert say in error.value.message
    assert error.value.hint.startswith(hint)
    assert error.value.exit_code == 2


@given(st.floats(0, 1e290), st.sampled_from(sorted(PREFIXES)), st.sampled_from(sorted(BASES)))
def test_what_is_written_is_read_back(number: float, prefix: str, unit: str) -> None:
    base, factor = BASES[unit]
    found = parse_quantity(f"{number!r} {prefix}{unit}", expect=base)
    assert math.isclose(found.value, number * PREFIXES[prefix] * factor, rel_tol=1e-9, abs_tol=1e-300)


@given(st.text(max_size=20))
def test_any_text_is_a_quantity_or_an_error_of_ours(text: str) -> None:
    try:
        found = parse_quantity(text)
    except UnitError:
        return
    assert found.value >= 0 and math.isfinite(found.value)
    assert found.unit in ("J", "s", "instr", "B")


@given(st.floats(1e-9, 9.99e11))
def test_a_printed_quantity_reads_back_within_its_three_digits(value: float) -> None:
    assert parse_quantity(format_quantity(value, "J"), expect="J").value == pytest.approx(value, rel=0.00501)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0 J"),
        (1, "1.00 J"),
        (0.0123, "12.3 mJ"),
        (0.9994, "999 mJ"),
        (9.994, "9.99 J"),
        (9.999, "10.0 J"),
        (99.94, "99.9 J"),
        (99.96, "100 J"),
        (123.4, "123 J"),
        (9994, "9994 J"),
        (10_000, "10.0 kJ"),
        (123_456, "123 kJ"),
        (1e6, "1.00 MJ"),
        (2.5e9, "2.50 GJ"),
        (1e12, "1000 GJ"),
        (1e-3, "1.00 mJ"),
        (9.5e-4, "950 µJ"),
        (1e-6, "1.00 µJ"),
        (1e-9, "1.00 nJ"),
        (2e-10, "0.200 nJ"),
        (-3.21, "-3.21 J"),
        (-0.0123, "-12.3 mJ"),
        (-9.999, "-10.0 J"),
        (-0.0, "0 J"),
        (math.inf, "inf J"),
        (math.nan, "nan J"),
    ],
)
def test_a_number_has_three_digits_and_its_prefix(value: float, text: str) -> None:
    assert format_quantity(value, "J") == text


@given(st.floats(1e-6, 99.9))
def test_three_digits_are_three_digits(value: float) -> None:
    assert len(digits(value).replace(".", "").lstrip("0")) == 3


@given(st.floats(1e-9, 1e11))
def test_the_scale_brings_a_number_into_view(value: float) -> None:
    scale, _ = scale_of(value)
    assert value / scale * 1.0000001 >= 1
    assert value / scale < 10_000


@pytest.mark.parametrize(
    ("table", "line"),
    [
        ("[tool.greenlint.budgets.suite]\nenergy = {}", 42),
        ("[tool.greenlint.budgets]\nsuite = {{ energy = {} }}", 42),
        ('[tool.greenlint.budgets."tests/test_io.py::*"]\ncpu = "1 s"\nenergy = {}', 43),
        ("[tool.greenlint.budgets.language.python]\nenergy = {}", 42),
        ("[tool.greenlint.budgets.language]\npython = {{ energy = {} }}", 42),
        ("[tool.greenlint.budgets.commit]\n# energy = 3\nenergy = {}", 43),
    ],
)
@pytest.mark.parametrize("value", ['"2"', "2", '"2 s"', '"-2 J"', '"nan J"', '"1e999 J"', "nan", "true", '["2 J"]'])
def test_a_wrong_limit_is_named_with_file_and_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, table: str, line: int, value: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = '[project]\nname = "energy"\n' + "# a line\n" * 38 + table.format(value) + "\n"
    (tmp_path / "pyproject.toml").write_text(text)
    with pytest.raises(ConfigError) as error:
        load_config(str(tmp_path))
    assert error.value.message.startswith(f"pyproject.toml:{line}: budget for "), error.value.message


def test_the_line_of_a_right_limit_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pyproject.toml").write_text("\n" * 39 + '[tool.greenlint.budgets.suite]\nenergy = "2 J"\n')
    assert [budget.where for budget in load_config(str(tmp_path)).budgets] == ["pyproject.toml:41"]
