"""Smaller colour types for the same picture: a palette for few colours, gray for gray, no alpha where all is opaque."""

from __future__ import annotations

import sys
from dataclasses import replace

from greenlint.rules.assets.png.header import GRAY, GRAY_ALPHA, PALETTE, RGB, RGBA
from greenlint.rules.assets.png.pixels import pack

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.rules.assets.png.container import Chunk
    from greenlint.rules.assets.png.header import Header

_SAMPLE = 4096  # pixels looked at first; photographs are told apart there
Format = tuple["Header", tuple["Chunk", ...], bytes]


def smaller_format(header: Header, colours: bytes, *, gray_allowed: bool) -> Format | None:
    """(header, palette chunks, rows) of the smallest exact colour type for RGBA `colours`, or None if it is in use.

    Only for images with 8 bits per sample.
    """
    values = _few_values(colours)
    if values is not None and header.colour != PALETTE:
        return _with_palette(header, colours, values)
    opaque = colours.count(255) >= len(colours) // 4 and colours[3::4].count(255) * 4 == len(colours)
    gray = gray_allowed and colours[0::4] == colours[1::4] == colours[2::4]
    if header.colour == PALETTE:
        return None
    wanted = {(True, True): GRAY, (True, False): GRAY_ALPHA, (False, True): RGB, (False, False): RGBA}[gray, opaque]
    if wanted == header.colour:
        return None
    smaller = replace(header, colour=wanted)
    return (smaller, (), _interleave(colours, smaller)) if smaller.channels < header.channels else None


def _few_values(colours: bytes) -> list[int] | None:
    """The distinct pixels in palette order, as machine integers; None when there are more than 256."""
    pixels = memoryview(colours).cast("I")
    if len(set(pixels[:_SAMPLE])) > 256:
        return None
    distinct: set[int] = set()
    for at in range(0, len(pixels), 1 << 16):
        distinct.update(pixels[at : at + (1 << 16)])
        if len(distinct) > 256:
            return None
    return sorted(distinct, key=_opaque_last)


def _opaque_last(value: int) -> tuple[bool, bytes]:
    """Entries with transparency first: the tRNS chunk then ends with the last of them."""
    pixel = value.to_bytes(4, sys.byteorder)
    return pixel[3] == 255, pixel


def _with_palette(header: Header, colours: bytes, values: list[int]) -> Format:
    index = {value: number for number, value in enumerate(values)}
    samples = bytes(map(index.__getitem__, memoryview(colours).cast("I")))
    depth = 1 if len(values) <= 2 else 2 if len(values) <= 4 else 4 if len(values) <= 16 else 8
    rows = pack(samples, header.width, depth) if depth < 8 else samples
    entries = [_opaque_last(value)[1] for value in values]
    chunks = [(b"PLTE", b"".join(entry[:3] for entry in entries))]
    alpha = bytes(entry[3] for entry in entries).rstrip(b"\xff")
    if alpha:
        chunks.append((b"tRNS", alpha))
    return replace(header, depth=depth, colour=PALETTE), tuple(chunks), rows


def _interleave(colours: bytes, header: Header) -> bytes:
    step = header.channels
    out = bytearray(len(colours) // 4 * step)
    for channel in range(3 if header.colour in (RGB, RGBA) else 1):
        out[channel::step] = colours[channel::4]
    if header.colour in (GRAY_ALPHA, RGBA):
        out[step - 1 :: step] = colours[3::4]
    return bytes(out)
