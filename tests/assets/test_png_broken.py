"""Broken and hostile files: one clear line each, and no memory."""

from __future__ import annotations

import struct
import time
import tracemalloc
import zlib

import png_samples as samples
import pytest

from greenlint.rules.assets.png.optimise import MAX_INFLATED, decode, optimise_png, reencode
from greenlint.source.asset import AssetError

GOOD = samples.wasteful()
BROKEN = {
    "empty file with the name of a PNG": b"",
    "truncated PNG: the file ends after 5 bytes": GOOD[:5],
    "truncated PNG: the file ends after 33 bytes, before its last chunk": GOOD[:33],
    "truncated PNG: the file ends after 5000 bytes": GOOD[:5000],
    "truncated PNG: the file ends after 57 bytes": samples.SIGNATURE
    + samples.header(9, 9)
    + struct.pack(">I4s", 1 << 31, b"IDAT")
    + bytes(16),
    "damaged PNG: wrong checksum of the IDAT chunk at byte 33": GOOD[:90] + b"\xff\xfe" + GOOD[92:],
    "not a PNG: the file is a JPEG image": b"\xff\xd8\xff\xe0" + bytes(20),
    "not a PNG: the file is a GIF image": b"GIF89a" + bytes(20),
    "not a PNG: the file is an SVG image": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "not a PNG: the file is of another kind": b"\0\1\2\3 something else",
    "damaged PNG: it holds no image data": samples.SIGNATURE + samples.header(9, 9) + samples.chunk(b"IEND", b""),
    "damaged PNG: the first chunk is not the header": samples.SIGNATURE + samples.chunk(b"IEND", b""),
    "damaged PNG: impossible size 0 x 9": samples.png(samples.header(0, 9), b"\0"),
    "damaged PNG: impossible format (colour type 2, 4 bits)": samples.png(samples.header(9, 9, 4, 2), b"\0"),
    "damaged PNG: the image data is in several places": samples.SIGNATURE
    + samples.header(2, 2)
    + samples.chunk(b"IDAT", b"a")
    + samples.chunk(b"tEXt", b"b")
    + samples.chunk(b"IDAT", b"c")
    + samples.chunk(b"IEND", b""),
    "truncated PNG: 10 of 280 bytes of image data": samples.png(samples.header(9, 10), bytes(10)),
    "damaged PNG: the image data cannot be inflated": samples.SIGNATURE
    + samples.header(9, 9)
    + samples.chunk(b"IDAT", b"not a zlib stream")
    + samples.chunk(b"IEND", b""),
}


@pytest.mark.parametrize("words", BROKEN)
def test_a_broken_file_is_named_for_what_it_is(words):
    with pytest.raises(AssetError) as caught:
        decode(BROKEN[words])
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_unknown_row_filter_is_damage():
    data = samples.png(samples.header(9, 1, 8, 0), b"\7" + bytes(9))
    picture = decode(data)
    assert picture is not None
    with pytest.raises(AssetError, match="unknown filter type 7 in row 0"):
        reencode(picture)


@pytest.mark.parametrize("cut", range(0, len(samples.wasteful(20, 10)), 37))
def test_a_file_cut_anywhere_gives_an_error_and_no_crash(cut):
    with pytest.raises(AssetError):
        decode(samples.wasteful(20, 10)[:cut])


@pytest.mark.parametrize("at", range(8, len(samples.wasteful(20, 10)), 23))
def test_a_flipped_bit_anywhere_gives_an_error_and_no_crash(at):
    data = bytearray(samples.wasteful(20, 10))
    data[at] ^= 4
    with pytest.raises(AssetError):
        decode(bytes(data))


def _bomb(width: int, height: int, size: int) -> bytes:
    """A small file that inflates to `size` zeros and announces a picture of `width` x `height`."""
    packer = zlib.compressobj(9)
    data = b"".join(packer.compress(bytes(1 << 20)) for _ in range(size >> 20)) + packer.flush()
    return samples.SIGNATURE + samples.header(width, height, 8, 6) + samples.chunk(b"IDAT", data) + samples.chunk(b"IEND", b"")


@pytest.mark.parametrize(
    "data",
    [
        _bomb(50_000, 50_000, 1 << 20),  # announces 10 GB and holds next to nothing
        _bomb(50_000, 50_000, 128 << 20),  # announces 10 GB and would give 128 MB
        _bomb(16, 16, 128 << 20),  # announces 1 kB and would give 128 MB
    ],
)
def test_a_decompression_bomb_takes_neither_memory_nor_time(data):
    tracemalloc.start()
    started = time.process_time()
    try:
        assert optimise_png(data) is None
        with pytest.raises(AssetError, match=r"not decoded: 10000 MB|more image data than its 16 x 16 pixels need"):
            decode(data)
        assert tracemalloc.get_traced_memory()[1] < 4 << 20
    finally:
        tracemalloc.stop()
    assert time.process_time() - started < 1.0


def test_a_picture_at_the_limit_is_bounded_in_memory():
    width = 4096
    height = MAX_INFLATED // (width * 4 + 1)
    data = _bomb(width, height, 80 << 20)
    tracemalloc.start()
    try:
        optimise_png(data)
        assert tracemalloc.get_traced_memory()[1] < 3 * MAX_INFLATED
    finally:
        tracemalloc.stop()
