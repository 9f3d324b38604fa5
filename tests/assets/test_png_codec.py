"""The filters and the container, against Pillow and against the words of the specification."""

from __future__ import annotations

from io import BytesIO

import png_samples as samples
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from greenlint.rules.assets.png import swar
from greenlint.rules.assets.png.container import inflate, parse
from greenlint.rules.assets.png.filters import adaptive, plain
from greenlint.rules.assets.png.pixels import pack, pixels, rgba, unpack
from greenlint.rules.assets.png.unfilter import unfilter

FORMATS = [
    (d, c) for c, depths in {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}.items() for d in depths
]


def _paeth(a: int, b: int, c: int) -> int:
    p = a + b - c
    return min((abs(p - a), 0, a), (abs(p - b), 1, b), (abs(p - c), 2, c))[2]


@given(st.lists(st.tuples(*[st.integers(0, 255)] * 3), min_size=1, max_size=40))
def test_byte_lanes_compute_what_single_bytes_compute(triples):
    size = len(triples)
    a, b, c = (int.from_bytes(bytes(column), "little") for column in zip(*triples))

    def lanes(value):
        return list(value.to_bytes(size, "little"))

    assert lanes(swar.add(a, b, size)) == [(x + y) % 256 for x, y, _ in triples]
    assert lanes(swar.sub(a, b, size)) == [(x - y) % 256 for x, y, _ in triples]
    assert lanes(swar.average(a, b, size)) == [(x + y) // 2 for x, y, _ in triples]
    assert lanes(swar.paeth(a, b, c, size)) == [_paeth(x, y, z) for x, y, z in triples]


@given(st.data(), st.integers(1, 8), st.integers(1, 23), st.integers(1, 9))
def test_filtered_rows_come_back(data, step, columns, height):
    stride = step * columns
    raw = data.draw(st.binary(min_size=stride * height, max_size=stride * height))
    assert unfilter(adaptive(raw, stride, step), stride, step) == raw
    assert unfilter(plain(raw, stride), stride, step) == raw


@pytest.mark.parametrize("kind", range(5))
def test_every_filter_type_is_read_as_pillow_reads_it(kind):
    width, height = 64, 40
    stream = b"".join(bytes([kind]) + row for row in samples.rows(width, height, 8, 6))
    data = samples.png(samples.header(width, height, 8, 6), stream)
    with Image.open(BytesIO(data)) as image:
        expected = image.tobytes()
    assert unfilter(stream, width * 4, 4) == expected


@pytest.mark.parametrize(("depth", "colour"), [(d, c) for d, c in FORMATS if d <= 8])
def test_pictures_of_all_formats_are_understood_as_pillow_understands_them(depth, colour):
    data = samples.wasteful(61, 23, depth, colour)
    file = parse(data)
    stream = inflate(file)
    with Image.open(BytesIO(data)) as image:
        expected = image.convert("RGBA").tobytes()
    assert rgba(file, pixels(file, stream)) == expected


@pytest.mark.parametrize(("width", "depth"), [(1, 1), (7, 1), (8, 2), (9, 2), (5, 4), (6, 4)])
def test_packed_samples_come_back(width, depth):
    values = bytes((3 * i) % (1 << depth) for i in range(width * 5))
    stride = (width * depth + 7) // 8
    assert unpack(pack(values, width, depth), width, stride, depth) == values


def test_large_pictures_are_decoded_alike_with_and_without_pillow():
    width, height = 600, 500
    stream = b"".join(b"\4" + row for row in samples.rows(width, height, 8, 6))
    file = parse(samples.png(samples.header(width, height, 8, 6), stream, level=1))
    assert pixels(file, stream) == unfilter(stream, width * 4, 4)


def test_image_data_may_be_split_over_many_chunks():
    whole, split = samples.wasteful(parts=1), samples.wasteful(parts=9)
    assert inflate(parse(whole)) == inflate(parse(split))
