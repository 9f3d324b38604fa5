"""Parses Python without what the compiler remarks on it: warnings about other people's code are not greenlint's to print.

Since Python 3.12 an escape like `"\\d"` gives a SyntaxWarning on stderr; under `PYTHONWARNINGS=error` it is an error.
"""

from __future__ import annotations

import ast
import warnings

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def parse(source: str | bytes, path: str = "<unknown>") -> ast.Module:
    """The syntax tree. Raises SyntaxError, ValueError (NUL bytes), RecursionError or MemoryError as the parser does."""
    tree: ast.Module = _compiled(source, path, "exec")
    return tree


def parse_expression(source: str) -> ast.expr:
    """The one expression that `source` is, an annotation in quotes for example. Raises as `parse` does."""
    tree: ast.Expression = _compiled(source, "<unknown>", "eval")
    return tree.body


def _compiled(source: str | bytes, path: str, mode: str) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return compile(source, path, mode, ast.PyCF_ONLY_AST, dont_inherit=True)
