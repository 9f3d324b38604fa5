"""The report for people: what stands on the screen, at any width."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from finding_samples import EMOJI_LINE, effect, finding, fix, nasty_result, project, result
from hypothesis import given
from hypothesis import strategies as st

from greenlint.model.check import CheckError
from greenlint.model.finding import EffectClass, Severity
from greenlint.model.fix import Applicability
from greenlint.reporters.base import RenderOptions
from greenlint.reporters.excerpt import excerpt
from greenlint.reporters.findings import concise, text
from greenlint.reporters.summary import summary_line

if TYPE_CHECKING:
    from pathlib import Path

CODE = "import os\nfor x in xs:\n    items.insert(0, x)\n"


def test_a_finding_shows_place_code_line_cost_confidence_and_the_way_out(tmp_path: Path) -> None:
    root = project(tmp_path, "src/app.py", CODE)
    shown = text.render(result(finding(fix=fix()), root=root), RenderOptions(80))
    assert shown == (
        "src/app.py:3:5 GL205 [*] `items.insert(0, x)` moves every element\n"
        "  3 |     items.insert(0, x)\n"
        "    |     ^^^^^^^^^^^^^^^^^^\n"
        "    = asymptotic: grows with n^2 (bench GL205) · confidence 95 %\n"
        "    = fix with --fix: Use a deque\n"
        "\n"
        "Found 1 finding (1 fixable with --fix) in 12 files.\n"
    )


def test_a_clean_run_says_so_in_one_line() -> None:
    assert text.render(result(), RenderOptions()) == "No findings in 12 files.\n"
    assert concise.render(result(), RenderOptions()) == ""


@pytest.mark.parametrize("width", [30, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal_unless_one_word_is(width: int, tmp_path: Path) -> None:
    long_code = "    items.insert(0, x)  # " + "word " * 60
    root = project(tmp_path, "src/app.py", f"\n\n{long_code}\n")
    one = finding(message="many words " * 20, effect=effect(statement="a long statement " * 10), fix=fix(title="do it " * 20))
    lines = text.render(result(one, root=root), RenderOptions(width)).splitlines()
    assert max(len(line) for line in lines) <= width


def test_a_missing_binary_or_changed_file_still_gets_its_findings(tmp_path: Path) -> None:
    project(tmp_path, "bin.dat", "a\0b\n")
    project(tmp_path, "short.py", "x\n")
    places = [finding(path=path, line=7) for path in ("bin.dat", "gone.py", "short.py", "nul\0.py")]
    shown = text.render(result(*places, root=str(tmp_path)), RenderOptions())
    assert shown.count("GL205") == 2 * len(places)  # once as code, once as evidence
    assert " | " not in shown


def test_a_declared_encoding_is_honoured_and_a_wrong_one_does_not_crash(tmp_path: Path) -> None:
    (tmp_path / "l9.py").write_bytes("# -*- coding: iso-8859-15 -*-\ns = '€'\n".encode("iso-8859-15"))
    (tmp_path / "odd.py").write_bytes(b"# coding: no-such-thing\ns = '\xff'\n")
    places = [finding(path=name, line=2, end_line=2, column=5, end_column=8) for name in ("l9.py", "odd.py")]
    shown = text.render(result(*places, root=str(tmp_path)), RenderOptions())
    assert "s = '€'" in shown
    assert "s = 'ÿ'" in shown


def test_the_caret_stands_below_the_code_behind_wide_characters(tmp_path: Path) -> None:
    column = EMOJI_LINE.index("items") + 1
    shown, caret = excerpt(EMOJI_LINE, column, column + 5, 80)
    assert shown == EMOJI_LINE
    assert caret == " " * (column - 1 + 2) + "^^^^^"  # two emoji, one more column each


def test_tabs_and_control_characters_keep_the_caret_in_place() -> None:
    shown, caret = excerpt("\tx\x1b = 1", 2, 3, 80)
    assert shown == "    x\N{REPLACEMENT CHARACTER} = 1"
    assert caret == "    ^"


def test_a_long_line_is_cut_around_the_caret() -> None:
    shown, caret = excerpt("a" * 300 + "NEEDLE" + "b" * 300, 301, 307, 40)
    assert len(shown) <= 40
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert shown[caret.index("^") :].startswith("NEEDLE")


@given(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=60).filter(lambda line: "\n" not in line),
    st.integers(1, 80),
    st.integers(0, 90),
    st.integers(10, 90),
)
def test_an_excerpt_never_outgrows_its_width_and_always_has_a_caret(line: str, start: int, end: int, width: int) -> None:
    from unicodedata import category, east_asian_width

    shown, caret = excerpt(line, start, end, width)
    columns = sum(0 if category(c) in ("Mn", "Me") else 2 if east_asian_width(c) in "WF" else 1 for c in shown)
    assert columns <= width
    assert caret.strip(" ") == "^" * caret.count("^") != ""


def test_control_characters_cannot_drive_the_terminal(tmp_path: Path) -> None:
    for renderer in (text, concise):
        shown = renderer.render(nasty_result(tmp_path), RenderOptions())
        assert all(line.isprintable() for line in shown.split("\n"))
        assert "\\x1b[31mred" in shown


def test_colour_is_what_the_style_makes_of_it(tmp_path: Path) -> None:
    def shout(text: str, *, fg: str | None = None, bold: bool = False) -> str:
        return f"<{fg}>{text}</>" if fg else text

    root = project(tmp_path, "src/app.py", CODE)
    shown = text.render(result(finding(severity=Severity.ERROR), root=root), RenderOptions(80, shout))
    assert "src/app.py:3:5 <red>GL205</>" in shown
    assert "<red>    ^^^^" in shown


def test_concise_is_one_greppable_line_per_finding() -> None:
    shown = concise.render(result(finding(), finding(path="n.ipynb", cell=2, message="two\nlines")), RenderOptions())
    assert shown.splitlines() == [
        "n.ipynb:cell 2:3:5: GL205 two lines [asymptotic]",
        "src/app.py:3:5: GL205 `items.insert(0, x)` moves every element [asymptotic]",
    ]


@pytest.mark.parametrize(
    ("safe", "unsafe", "display", "expected"),
    [
        (2, 1, 0, "Found 3 findings (2 fixable with --fix, 1 more with --unsafe-fixes) in 12 files."),
        (1, 0, 1, "Found 2 findings (1 fixable with --fix) in 12 files."),
        (0, 1, 0, "Found 1 finding (1 fixable with --unsafe-fixes) in 12 files."),
        (0, 0, 1, "Found 1 finding in 12 files."),
    ],
)
def test_the_summary_counts_what_each_option_would_repair(safe: int, unsafe: int, display: int, expected: str) -> None:
    kinds = [Applicability.SAFE] * safe + [Applicability.UNSAFE] * unsafe + [Applicability.DISPLAY] * display
    findings = [finding(line=number + 1, fix=fix(kind)) for number, kind in enumerate(kinds)]
    assert summary_line(result(*findings)) == expected


def test_the_summary_hides_nothing_that_was_left_out() -> None:
    one = result(
        suppressed=2, baselined=3, fixed=4, files=1, errors=(CheckError("a.py", "x"), CheckError("b", "y", fatal=False))
    )
    assert summary_line(one) == (
        "Fixed 4 findings; none left in 1 file. Silenced: 2 by comments, 3 by the baseline. 1 file could not be checked."
    )


def test_an_exact_saving_is_shown_in_its_own_words() -> None:
    one = finding(effect=effect(EffectClass.TRANSFER, statement="1.9 MB per download", evidence="re-encoded"))
    assert "= transfer: 1.9 MB per download (re-encoded) · confidence 95 %" in text.render(result(one), RenderOptions())
