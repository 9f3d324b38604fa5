"""What the rules about databases read from the text of a SELECT."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from greenlint.rules.database._select import is_bounded, parse_select

WORDS = st.sampled_from(
    [
        "SELECT",
        "select",
        "FROM",
        "WITH",
        "AS",
        "(",
        ")",
        "*",
        ",",
        ".",
        "t",
        "a1",
        "'",
        '"',
        "UNION",
        "ALL",
        "--",
        "/*",
        "*/",
        "%s",
    ]
)


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("SELECT a, b FROM t", ("a", "b")),
        ("select t.a, count(*) from t", ("t.a", "count(*)")),
        ("SELECT DISTINCT a FROM t", ("a",)),
        ("SELECT a AS x, coalesce(b, 1) FROM t", ("a AS x", "coalesce(b, 1)")),
        ("SELECT (SELECT max(a) FROM u), b FROM t", ("(SELECT max(a) FROM u)", "b")),
        ("SELECT 'a, b', c FROM t", ("'a, b'", "c")),
        ("SELECT a -- one, two\n, b FROM t", ("a", "b")),
        ("WITH x AS (SELECT a FROM t) SELECT b FROM x", ("b",)),
        ("WITH x (a) AS (SELECT 1), y AS (SELECT 2) SELECT c, d FROM x, y", ("c", "d")),
    ],
)
def test_the_columns_of_a_select(text: str, columns: tuple[str, ...]) -> None:
    select = parse_select(text)
    assert select is not None
    assert select.columns == columns


@pytest.mark.parametrize(
    ("text", "star"),
    [
        ("SELECT * FROM t", True),
        ("SELECT t.* FROM t", True),
        ("SELECT a, t.* FROM t", True),
        ("SELECT count(*) FROM t", False),
        ("SELECT a * 2 FROM t", False),
        ("SELECT * FROM (SELECT a FROM t)", False),
        ("SELECT * FROM (SELECT * FROM t)", True),
        ("WITH x AS (SELECT a FROM t) SELECT * FROM x", False),
        ("WITH x AS (SELECT * FROM t) SELECT * FROM x", True),
        ("SELECT * FROM make(3)", False),
        ("SELECT *", False),
    ],
)
def test_a_star_counts_where_it_sends_all_columns_of_a_table(text: str, star: bool) -> None:
    select = parse_select(text)
    assert select is not None
    assert select.star is star


@pytest.mark.parametrize(
    ("text", "bounded"),
    [
        ("SELECT a FROM t", False),
        ("SELECT a FROM t LIMIT 3", True),
        ("SELECT TOP 3 a FROM t", True),
        ("SELECT max(a), min(b) FROM t", True),
        ("SELECT a, max(b) FROM t GROUP BY a", False),
        ("SELECT max(b) FROM t GROUP BY a", False),
        ("SELECT row_number() OVER () FROM t", False),
        ("SELECT sum(a) OVER (ORDER BY b) FROM t", False),
        ("SELECT 1", True),
    ],
)
def test_a_limit_an_aggregate_and_no_table_bound_the_rows(text: str, bounded: bool) -> None:
    select = parse_select(text)
    assert select is not None
    assert is_bounded(select) is bounded


@pytest.mark.parametrize("text", ["", "DELETE FROM t", "INSERT INTO t SELECT * FROM u", "(", "WITH", "selected * from t"])
def test_other_texts_are_no_select(text: str) -> None:
    assert parse_select(text) is None


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_any_text_is_read_without_an_error(text: str) -> None:
    parse_select(text)
    parse_select("SELECT " + text)


@given(st.lists(st.sampled_from(["a", "b", "c", "1", "'x, y'", "max(a, b)", "a + b", "(a)"]), min_size=1, max_size=6))
def test_as_many_columns_are_read_as_sqlite_gives(items: list[str]) -> None:
    text = f"SELECT {', '.join(items)} FROM t"
    database = sqlite3.connect(":memory:")
    try:
        database.execute("create table t (a, b, c)")
        given_by_sqlite = len(database.execute(text).description)
    finally:
        database.close()
    select = parse_select(text)
    assert select is not None
    assert len(select.columns) == given_by_sqlite
