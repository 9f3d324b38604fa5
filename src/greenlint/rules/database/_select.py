"""What a SELECT asks for, read from its text: its columns, whether it sends a star, and the words that bound it."""

from __future__ import annotations

import re

from greenlint.named_tuple import NamedTuple

_TOKEN = re.compile(
    r"/\*.*?\*/|--[^\n]*|'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|\[[^\]\[]*\]|[^\W\d][\w$]*|\d+|\S",
    re.DOTALL,
)
_LONGEST = 20_000
"""Texts beyond this many characters are not read: they are generated."""
_AFTER_SELECT = frozenset({"DISTINCT", "ALL", "SQL_NO_CACHE", "STRAIGHT_JOIN"})
_SET_WORDS = frozenset({"UNION", "INTERSECT", "EXCEPT", "MINUS"})
_DEPTH = 8


class Select(NamedTuple):
    """The outermost SELECT of a statement.

    columns  the texts of its select list, each with one blank between its words
    star     whether it sends all columns of a table: `*` or `t.*`, not over a subquery or CTE that names its columns
    words    the words outside of parentheses, in capitals: "WHERE", "LIMIT", names
    source   the first word after FROM, in capitals; "(" for a subquery, "" for none
    """

    columns: tuple[str, ...]
    star: bool
    words: tuple[str, ...]
    source: str


def parse_select(text: str) -> Select | None:
    """The SELECT that a statement sends; None for other statements and texts that are too long."""
    if len(text) > _LONGEST:
        return None
    tokens = [token for token in _TOKEN.findall(text) if not token.startswith(("--", "/*"))]
    return _select(tokens, {}, _DEPTH)


def _select(tokens: list[str], known: dict[str, bool], depth: int) -> Select | None:
    """`known` tells of each CTE whether its rows hold all columns of a table."""
    for _ in range(depth):
        if tokens[:1] == ["("]:
            tokens = tokens[1 : _closing(tokens, 0)]
    if tokens and tokens[0].upper() == "WITH":
        tokens, known = _without_ctes(tokens, known, depth)
    if not tokens or tokens[0].upper() != "SELECT" or depth == 0:
        return None
    first, end = _list_of(tokens)
    columns = _split(tokens[first:end])
    stars = [column for column in columns if column[-1] == "*" and (len(column) == 1 or column[-2] == ".")]
    source = tokens[end + 1].upper() if end + 1 < len(tokens) else ""
    star = bool(stars) and _is_of_table(tokens, end + 1, known, depth)
    return Select(tuple(_written(column) for column in columns), star, tuple(_outside(tokens)), source)


def _without_ctes(tokens: list[str], known: dict[str, bool], depth: int) -> tuple[list[str], dict[str, bool]]:
    """What follows `WITH a AS (...), b AS (...)`, and what the names in it stand for."""
    known = dict(known)
    index, name = 1, ""
    while index < len(tokens):
        word = tokens[index].upper()
        if word == "(":
            end = _closing(tokens, index)
            if tokens[index - 1].upper() in ("AS", "MATERIALIZED"):
                inner = _select(tokens[index + 1 : end], known, depth - 1)
                known[name.upper()] = inner is not None and inner.star
            index = end
        elif word == "SELECT" or (word in ("INSERT", "UPDATE", "DELETE") and tokens[index - 1] == ")"):
            break
        elif word not in ("AS", "RECURSIVE", "MATERIALIZED", "NOT", ","):
            name = tokens[index]
        index += 1
    return tokens[index:], known


def _closing(tokens: list[str], start: int) -> int:
    """The index of the parenthesis that closes the one at `start`."""
    depth = 0
    for index in range(start, len(tokens)):
        depth += (tokens[index] == "(") - (tokens[index] == ")")
        if depth == 0:
            return index
    return len(tokens)


def _list_of(tokens: list[str]) -> tuple[int, int]:
    """Where the select list starts, and where its FROM (or the end) stands."""
    first = 1
    while first < len(tokens) and tokens[first].upper() in _AFTER_SELECT:
        first += 1
    if first + 1 < len(tokens) and tokens[first].upper() == "TOP":
        first += 2
    index = first
    while index < len(tokens) and tokens[index].upper() not in ("FROM", "INTO"):
        index = _closing(tokens, index) + 1 if tokens[index] == "(" else index + 1
    return first, index


def _split(tokens: list[str]) -> list[list[str]]:
    """The items of a list between its commas, those in parentheses left whole."""
    items: list[list[str]] = [[]]
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if token == "," and depth == 0:
            items.append([])
        else:
            items[-1].append(token)
    return [item for item in items if item]


def _written(column: list[str]) -> str:
    return " ".join(column).replace(" . ", ".").replace(" ( ", "(").replace("( ", "(").replace(" )", ")").replace(" ,", ",")


def _is_of_table(tokens: list[str], at: int, known: dict[str, bool], depth: int) -> bool:
    """Whether what stands after FROM is a table, or a subquery that sends a star itself."""
    if at >= len(tokens):
        return False
    if tokens[at] == "(":
        inner = _select(tokens[at + 1 : _closing(tokens, at)], known, depth - 1)
        return inner is not None and inner.star
    name = tokens[at].upper()
    while tokens[at + 1 : at + 2] == ["."]:
        at += 2
    return tokens[at + 1 : at + 2] != ["("] and known.get(name, True)  # a function gives the columns that it was made for


def _outside(tokens: list[str]) -> list[str]:
    words = []
    depth = 0
    for token in tokens:
        depth += (token == "(") - (token == ")")
        if depth == 0 and (token[0].isalpha() or token in ",*%?=<>\x00" or token.isdigit()):
            words.append(token.upper())
    return words


def is_bounded(select: Select) -> bool:
    """Whether the text limits how many rows come back: LIMIT, TOP, an aggregate without groups, no table at all."""
    if not select.source or not {"LIMIT", "TOP", "FETCH", "ROWNUM"}.isdisjoint(select.words):
        return True
    return "GROUP" not in select.words and all(_is_aggregate(column) for column in select.columns)


def is_combined(select: Select) -> bool:
    """Whether taking a column away would change which rows there are: UNION, DISTINCT, GROUP BY."""
    return not {"GROUP", "DISTINCT", *_SET_WORDS}.isdisjoint(select.words)


def _is_aggregate(column: str) -> bool:
    head, bracket, _ = column.partition("(")
    known = head.strip().upper() in ("COUNT", "MAX", "MIN", "SUM", "AVG", "TOTAL", "EXISTS")
    return bool(bracket) and known and " OVER" not in column.upper()
