"""PNG files made from scratch for tests: any colour type, filter, order of rows, and any kind of damage."""

from __future__ import annotations

import random
import struct
import zlib

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


def chunk(kind: bytes, body: bytes) -> bytes:
    """One chunk with its length and checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def header(width: int, height: int, depth: int = 8, colour: int = 2, interlace: int = 0) -> bytes:
    """An IHDR chunk."""
    return chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, interlace))


def png(ihdr: bytes, stream: bytes, *, before: bytes = b"", after: bytes = b"", level: int = 0, parts: int = 1) -> bytes:
    """A whole file; the image data is deflated at `level` and split over `parts` chunks."""
    data = zlib.compress(stream, level)
    size = -(-len(data) // parts)
    idat = b"".join(chunk(b"IDAT", data[at : at + size]) for at in range(0, len(data), size))
    return SIGNATURE + ihdr + before + idat + after + chunk(b"IEND", b"")


def rows(width: int, height: int, depth: int, colour: int, *, seed: int = 1) -> list[bytes]:
    """Rows of a picture that compresses well: steps along x and y, and some noise in a corner."""
    rng = random.Random(seed)
    stride = (width * _CHANNELS[colour] * depth + 7) // 8
    limit = 8 if colour == 3 and depth == 8 else 256
    return [
        bytes((x // 7 + y // 3 + (rng.randrange(4) if x < 12 and y < 12 else 0)) % limit for x in range(stride))
        for y in range(height)
    ]


def wasteful(width: int = 200, height: int = 100, depth: int = 8, colour: int = 2, **options: object) -> bytes:
    """A picture stored without compression and without filters."""
    before = options.pop("before", b"")
    if colour == 3:
        before += chunk(b"PLTE", bytes(range(min(1 << depth, 256))) * 3)
    stream = b"".join(b"\0" + row for row in rows(width, height, depth, colour))
    return png(header(width, height, depth, colour), stream, before=before, **options)


def interlaced(width: int, height: int) -> tuple[bytes, list[bytes]]:
    """A gray Adam7 file stored without compression, and its rows."""
    picture = rows(width, height, 8, 0)
    passes = []
    for x, y, dx, dy in ADAM7:
        passes += [b"\0" + row[x::dx] for row in picture[y::dy] if row[x::dx]]
    return png(header(width, height, 8, 0, 1), b"".join(passes)), picture
