"""Tables on a terminal of any width, and as Markdown that renders as it was meant."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from greenlint.reporters.base import plain
from greenlint.reporters.tables import markdown, text
from greenlint.reporters.tables.model import Column, Table
from greenlint.reporters.width import columns, cut

TABLE = Table(
    "By test",
    (
        Column("test", flexible=True, keep_end=True),
        Column("energy", ">"),
        Column("CPU", ">", drop=2),
        Column("runs", ">", drop=1),
    ),
    (("tests/test_io.py::test_a_rather_long_name", "8.42 J", "611 ms", "12"), ("能耗/测试.py::test", "0.1 J", "2 s", "3")),
    "measured",
    ("1 more row",),
)


def test_a_wide_terminal_shows_every_column() -> None:
    shown = text.render_table(TABLE, 100, plain)
    assert shown.splitlines()[3] == "tests/test_io.py::test_a_rather_long_name  8.42 J  611 ms    12"
    assert shown.splitlines()[2].split() == ["test", "energy", "CPU", "runs"]


def test_names_are_cut_before_columns_leave_and_the_most_droppable_column_leaves_first() -> None:
    narrow = text.render_table(TABLE, 40, plain).splitlines()
    assert narrow[2].split() == ["test", "energy", "CPU", "runs"]
    assert narrow[3].startswith("…")
    assert text.render_table(TABLE, 28, plain).splitlines()[2].split() == ["test", "energy", "runs"]
    assert text.render_table(TABLE, 20, plain).splitlines()[2].split() == ["test", "energy"]


@given(st.integers(20, 120))
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    assert max(columns(line) for line in text.render_table(TABLE, width, plain).splitlines()) <= width


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.integers(1, 50), st.booleans())
def test_cutting_never_exceeds_the_width(name: str, width: int, keep_end: bool) -> None:
    short = cut(name, width, keep_end=keep_end)
    assert columns(short) <= max(width, 1)
    assert short == name or "…" in short


@given(st.text(st.sampled_from("ab 漢字。-"), max_size=80), st.integers(10, 40))
def test_wrapping_loses_nothing_but_spaces(sentence: str, width: int) -> None:
    lines = text.wrap(sentence, width)
    assert "".join(lines).replace(" ", "") == sentence.replace(" ", "")
    words = max((columns(word) for word in sentence.replace("漢", " 漢 ").replace("字", " 字 ").split()), default=0)
    assert all(columns(line) <= max(width, words + 2) for line in lines)


def test_colours_follow_the_cell_and_keep_the_columns_aligned() -> None:
    def paint(content: str, *, fg: str | None = None, bold: bool = False) -> str:
        return f"<{fg}>{content}</>" if fg and fg != "dim" else content

    table = Table("T", (Column("verdict", colours={"met": "green"}), Column("x")), (("met", "1"), ("exceeded", "2")))
    assert text.render_table(table, 80, paint).splitlines()[2:] == ["<green>met</>       1", "exceeded  2"]


def test_markdown_cells_cannot_break_the_table_or_become_markup() -> None:
    table = Table("T", (Column("a"), Column("b", ">")), (("x|y\n*z* <b> [l](u)", "1"),))
    lines = markdown.render_table(table).splitlines()
    assert lines[2:4] == ["| a | b |", "| --- | ---: |"]
    assert lines[4] == r"| x\|y \*z\* \<b\> \[l\](u) | 1 |"
