"""The table of the `csv` format as Parquet, typed and compressed, for DuckDB, pandas, Polars and Spark."""

from __future__ import annotations

import io
from importlib import import_module
from typing import TYPE_CHECKING, Any

from greenlint.errors import PluginError
from greenlint.ledger.exports.table import COLUMNS, rows

if TYPE_CHECKING:
    from greenlint.ledger.exports.selection import Selection

SUMMARY = "the same as csv, typed and compressed (needs greenlint[parquet])"


def export(selection: Selection) -> bytes:
    """The bytes of a Parquet file. Raises PluginError when pyarrow is not installed."""
    try:
        pyarrow: Any = import_module("pyarrow")
        parquet: Any = import_module("pyarrow.parquet")
    except ImportError as error:
        raise PluginError(f"--format parquet needs pyarrow: {error}", "pip install 'greenlint[parquet]'") from error

    types = {str: pyarrow.string(), int: pyarrow.int64(), float: pyarrow.float64(), bool: pyarrow.bool_()}
    schema = pyarrow.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    table = pyarrow.Table.from_pylist(list(rows(selection)), schema=schema)
    buffer = io.BytesIO()
    parquet.write_table(table, buffer, compression="zstd")
    return buffer.getvalue()
