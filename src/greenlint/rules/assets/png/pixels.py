"""From a PNG to its pixels, through Pillow's decoder where it is installed and worth its import."""

from __future__ import annotations

import sys

from greenlint.rules.assets.png.container import build
from greenlint.rules.assets.png.header import GRAY, GRAY_ALPHA, PALETTE, RGB, RGBA
from greenlint.rules.assets.png.unfilter import unfilter

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.rules.assets.png.container import Png

_WORTH_PILLOW = 1 << 19  # bytes of rows; importing Pillow costs as much as unfiltering so many in Python
_MODES = {GRAY: "L", RGB: "RGB", PALETTE: "P", GRAY_ALPHA: "LA", RGBA: "RGBA"}


def pixels(png: Png, stream: bytes) -> bytes:
    """The rows without filters. Raises AssetError when a filter type is unknown."""
    header = png.header
    slow = sum(kind > 2 for kind in stream[:: header.stride + 1]) * header.stride
    if header.depth == 8 and (slow > _WORTH_PILLOW or (slow and "PIL.Image" in sys.modules)):
        rows = _by_pillow(png)
        if rows is not None and len(rows) == header.stride * header.height:
            return rows
    return unfilter(stream, header.stride, header.step)


def _by_pillow(png: Png) -> bytes | None:
    """The rows as Pillow decodes them; None without Pillow. The data was inflated before, so it is known to be whole."""
    try:
        from PIL import Image
    except ImportError:
        return None
    from io import BytesIO

    palette = tuple(chunk for chunk in png.before if chunk[0] == b"PLTE")
    try:
        with Image.open(BytesIO(build(png.header, palette, png.deflated, ())), formats=("PNG",)) as image:
            return image.tobytes() if image.mode == _MODES[png.header.colour] else None
    except (OSError, SyntaxError, ValueError):
        return None  # an unknown filter type: our own decoder says so in words


def rgba(png: Png, rows: bytes) -> bytes:
    """Four bytes for every pixel, for comparing pictures across formats of up to 8 bits."""
    header = png.header
    samples = unpack(rows, header.width, header.stride, header.depth) if header.depth < 8 else rows
    out = bytearray(b"\xff" * (4 * header.width * header.height))
    if header.colour == PALETTE:
        chunks = dict(png.before)
        colours, alpha = chunks[b"PLTE"], chunks.get(b"tRNS", b"")
        for channel in range(3):
            out[channel::4] = samples.translate(colours[channel::3].ljust(256, b"\0"))
        out[3::4] = samples.translate(alpha.ljust(256, b"\xff"))
        return bytes(out)
    if header.depth < 8:  # gray values of few bits are spread over the whole range
        top = (1 << header.depth) - 1
        samples = samples.translate(bytes(min(value, top) * 255 // top for value in range(256)))
    step = header.channels
    for channel in range(3):
        out[channel::4] = samples[channel::step] if header.colour in (RGB, RGBA) else samples[::step]
    if header.colour in (GRAY_ALPHA, RGBA):
        out[3::4] = samples[step - 1 :: step]
    return bytes(out)


def unpack(rows: bytes, width: int, stride: int, depth: int) -> bytes:
    """One byte for every sample of 1, 2 or 4 bits, values unchanged."""
    per_byte, mask = 8 // depth, (1 << depth) - 1
    out = bytearray(len(rows) * per_byte)
    for place in range(per_byte):
        shift = 8 - depth * (place + 1)
        out[place::per_byte] = rows.translate(bytes(value >> shift & mask for value in range(256)))
    row = stride * per_byte
    return b"".join(bytes(out[at : at + width]) for at in range(0, len(out), row)) if row != width else bytes(out)


def pack(samples: bytes, width: int, depth: int) -> bytes:
    """The inverse of `unpack`: rows padded to whole bytes."""
    per_byte = 8 // depth
    padding = bytes(-width % per_byte)
    if padding:
        samples = b"".join(samples[at : at + width] + padding for at in range(0, len(samples), width))
    size = len(samples) // per_byte
    packed = 0
    for place in range(per_byte):
        packed |= int.from_bytes(samples[place::per_byte], "little") << 8 - depth * (place + 1)
    return packed.to_bytes(size, "little")
