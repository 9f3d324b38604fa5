"""What a rewritten PNG promises: the same pixels, the same meaning, fewer bytes; else the file is left alone."""

from __future__ import annotations

import random
import subprocess
import sys
from io import BytesIO

import png_samples as samples
import pytest
from PIL import Image

from greenlint.rules.assets import REPLACEMENTS
from greenlint.rules.assets.png.container import parse
from greenlint.rules.assets.png.optimise import optimise_png, reduce_png

FORMATS = [(8, 0), (16, 0), (1, 0), (4, 0), (8, 2), (16, 2), (8, 3), (2, 3), (8, 4), (16, 4), (8, 6), (16, 6)]


def look(data: bytes) -> tuple[tuple[int, int], str, bytes]:
    """Size, mode and pixels as Pillow sees them."""
    with Image.open(BytesIO(data)) as image:
        return image.size, image.mode, image.convert("RGBA").tobytes()


@pytest.mark.parametrize(("depth", "colour"), FORMATS)
def test_every_format_keeps_its_header_and_pixels(depth, colour):
    data = samples.wasteful(depth=depth, colour=colour)
    smaller = optimise_png(data)
    assert smaller is not None
    assert len(smaller) < len(data) / 2
    assert parse(smaller).header == parse(data).header
    assert look(smaller) == look(data)


@pytest.mark.parametrize("mode", ["L", "LA", "RGB", "RGBA", "P"])
@pytest.mark.parametrize("level", [0, 1, 9])
def test_files_written_by_another_program_keep_their_pixels(mode, level):
    rng = random.Random(3)
    image = Image.frombytes("RGB", (96, 64), bytes(x * y // 90 % 256 ^ rng.randrange(2) for y in range(64) for x in range(288)))
    file = BytesIO()
    image.convert(mode).save(file, "PNG", compress_level=level)
    smaller = optimise_png(file.getvalue())
    assert smaller is None or (len(smaller) < len(file.getvalue()) and look(smaller) == look(file.getvalue()))


def test_an_interlaced_picture_stays_interlaced():
    data, rows = samples.interlaced(120, 90)
    smaller = optimise_png(data)
    assert smaller is not None
    assert parse(smaller).header.interlaced
    assert look(smaller) == look(data)
    with Image.open(BytesIO(smaller)) as image:
        assert image.tobytes() == b"".join(rows)


def test_doing_it_twice_changes_nothing_more():
    once = optimise_png(samples.wasteful())
    assert once is not None
    twice = optimise_png(once)
    assert twice is None or len(once) - len(twice) < len(once) // 20


def test_what_the_picture_means_is_kept_and_the_date_of_saving_is_not():
    kept = [
        (b"gAMA", b"\0\0\xb1\x8f"),
        (b"cHRM", bytes(32)),
        (b"sRGB", b"\0"),
        (b"pHYs", b"\0\0\x0b\x13\0\0\x0b\x13\1"),
        (b"tRNS", b"\0\1\0\1\0\1"),
        (b"tEXt", b"Author\0Ada"),
        (b"tEXt", b"mxfile\0<editable diagram>"),
        (b"vpAg", b"private, but safe to copy"),
    ]
    dropped = [(b"tIME", bytes(7)), (b"tEXt", b"Software\0Paint"), (b"iDOT", bytes(28))]
    before = b"".join(samples.chunk(*one) for one in kept + dropped)
    smaller = optimise_png(samples.wasteful(before=before))
    assert smaller is not None
    assert list(parse(smaller).before) == kept


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("an animation", samples.wasteful(before=samples.chunk(b"acTL", b"\0\0\0\1\0\0\0\0"))),
        ("a critical chunk of another maker", samples.wasteful(before=samples.chunk(b"CgBI", b"\0\0\0\0"))),
        ("a signature over the bytes", samples.wasteful(before=samples.chunk(b"caBX", b"signed"))),
        ("bytes behind the end", samples.wasteful() + b"PK\3\4 a zip file"),
        ("more image data than pixels", samples.png(samples.header(10, 10), bytes(31 * 10 + 5))),
    ],
)
def test_files_with_more_in_them_than_a_picture_are_left_alone(why, data):
    assert optimise_png(data) is None, why
    assert reduce_png(data) is None, why


@pytest.mark.parametrize(
    ("mode", "pixel", "becomes"),
    [
        ("RGBA", lambda x, y: (x % 5, y % 3, 9, 255), "P"),
        ("RGBA", lambda x, y: (x % 5, y % 3, 9, 40 * (x % 3)), "P"),
        ("RGBA", lambda x, y: (x, y, x ^ y, 255), "RGB"),
        ("RGB", lambda x, y: (x * y % 256,) * 3, "P"),
        ("LA", lambda x, y: (x, 255), "P"),
        ("RGBA", lambda x, y: (x, x, x, y), "LA"),
    ],
)
def test_a_smaller_colour_type_shows_the_same_picture(mode, pixel, becomes):
    image = Image.new(mode, (128, 96))
    image.putdata([pixel(x, y) for y in range(96) for x in range(128)])
    file = BytesIO()
    image.save(file, "PNG", compress_level=0)
    smaller = reduce_png(file.getvalue())
    assert smaller is not None
    before, after = look(file.getvalue()), look(smaller)
    assert before[2] == after[2]
    plain = optimise_png(file.getvalue())
    assert len(smaller) <= len(plain or file.getvalue())
    if len(smaller) < len(plain or file.getvalue()):
        assert after[1] == becomes


def test_a_profile_for_colours_keeps_gray_pictures_in_colour():
    image = Image.new("RGB", (128, 128))
    image.putdata([((x * 3 + y * 5 + x * y) % 256,) * 3 for y in range(128) for x in range(128)])
    file = BytesIO()
    image.save(file, "PNG", compress_level=0, icc_profile=b"\0" * 128)
    smaller = reduce_png(file.getvalue())
    assert smaller is not None
    assert parse(smaller).header.colour in (2, 3)


def test_nothing_is_written_for_broken_files():
    for transform in REPLACEMENTS.values():
        assert transform(b"") is None
        assert transform(samples.wasteful()[:-30]) is None


_WITHOUT_PILLOW = """
import sys
sys.modules["PIL"] = None  # importing it now raises ImportError, as on a machine that lacks it
from greenlint.rules.assets.png.optimise import optimise_png, reduce_png
data = sys.stdin.buffer.read()
for transform in (optimise_png, reduce_png):
    smaller = transform(data)
    sys.stdout.buffer.write(len(smaller).to_bytes(4, "big") + smaller)
"""


def test_the_standard_library_alone_writes_the_same_bytes():
    stream = b"".join(b"\4" + row for row in samples.rows(700, 400, 8, 6))
    data = samples.png(samples.header(700, 400, 8, 6), stream, level=1)
    done = subprocess.run([sys.executable, "-c", _WITHOUT_PILLOW], input=data, capture_output=True, check=True)
    with_pillow = [transform(data) for transform in (optimise_png, reduce_png)]
    assert done.stdout == b"".join(len(one).to_bytes(4, "big") + one for one in with_pillow if one)
