"""What an asset rule may ask about a file."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from greenlint.source.asset import Asset, AssetError


def asset(path: Path, data: bytes = b"") -> Asset:
    """An asset on disk."""
    path.write_bytes(data)
    return Asset(f"Docs/Tests/{path.name}", str(path), len(data))


def test_name_suffix_and_folders(tmp_path):
    one = asset(tmp_path / "Plot.v2.PNG")
    assert (one.name, one.suffix, one.folders, one.in_tests) == ("Plot.v2.PNG", ".png", ("docs", "tests"), True)
    assert not Asset("contests/plot.png", "", 0).in_tests


def test_contents_are_read_whole_in_part_and_in_pieces(tmp_path):
    data = bytes(range(256)) * 3000
    one = asset(tmp_path / "data.bin", data)
    assert one.data() == data
    assert one.head(10) == data[:10]
    assert b"".join(one.blocks(1000)) == data
    assert one.deflated_size(9) == len(zlib.compress(data, 9))
    assert one.deflated_size(9, limit=5000) == len(zlib.compress(data[:5000], 9))


def test_more_bytes_than_allowed_are_an_error_not_memory(tmp_path):
    with pytest.raises(AssetError, match="larger than 1 MB"):
        asset(tmp_path / "data.bin", bytes(2 << 20)).data(limit=1 << 20)


def test_a_missing_file_is_an_error_of_one_line(tmp_path):
    one = asset(tmp_path / "data.bin", b"x")
    (tmp_path / "data.bin").unlink()
    for read in (one.data, one.head, lambda: one.deflated_size(9)):
        with pytest.raises(AssetError, match="cannot be read"):
            read()


def test_siblings_are_files_with_a_suffix_added(tmp_path):
    one = asset(tmp_path / "app.js")
    assert not one.has_sibling(".gz", ".br")
    (tmp_path / "app.js.br").touch()
    assert one.has_sibling(".gz", ".br")
