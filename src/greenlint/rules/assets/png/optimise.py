"""Makes a PNG smaller without changing one pixel, and proves it by decoding the result."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from greenlint.rules.assets.png import ancillary, filters
from greenlint.rules.assets.png.container import Png, build, inflate, parse
from greenlint.rules.assets.png.deflate import deflate, shortest
from greenlint.rules.assets.png.header import GRAY, PALETTE
from greenlint.rules.assets.png.pixels import pixels, rgba
from greenlint.rules.assets.png.reduce import smaller_format
from greenlint.source.asset import AssetError

MAX_INFLATED = 64 << 20
"""Bytes of inflated image data above which a file is left alone; also the guard against decompression bombs."""

_SAMPLE = 1 << 17  # bytes of rows from the middle of the picture on which choosing filters is tried
_WORTH_FILTERING = 0.97
_REFILTER_UP_TO = 16 << 20  # above it only the deflate stream is made anew: bounds memory and time


@dataclass(frozen=True)
class Picture:
    """A whole, valid PNG that may be rewritten: the file, its parts, its inflated rows."""

    data: bytes
    png: Png
    stream: bytes

    @cached_property
    def rows(self) -> bytes:
        """The rows without filters. Raises AssetError for an unknown filter type."""
        return pixels(self.png, self.stream)

    @property
    def rows_in_reach(self) -> bool:
        """Whether the pixels may be taken apart at all: not interlaced and not huge."""
        return not self.png.header.interlaced and len(self.stream) <= _REFILTER_UP_TO


def decode(data: bytes) -> Picture | None:
    """The picture, or None when the file is fine but must be left alone. Raises AssetError when it is broken or huge."""
    png = parse(data)
    if ancillary.untouchable(png):
        return None
    if png.header.inflated > MAX_INFLATED:
        size, limit = png.header.inflated / 1e6, MAX_INFLATED / 1e6
        raise AssetError(f"not decoded: {size:.0f} MB of pixels in a file of {len(data) / 1e6:.1f} MB (limit {limit:.0f} MB)")
    return Picture(data, png, inflate(png))


def reencode(picture: Picture, min_gain: int = 1) -> bytes | None:
    """The file with the same header and pixels in at least `min_gain` fewer bytes, or None."""
    png, header = picture.png, picture.png.header
    before, after = ancillary.kept(png.before), ancillary.kept(png.after)
    streams = candidates(picture) if picture.rows_in_reach else [picture.stream]
    overhead = len(build(header, before, b"", after))
    found = shortest(streams, len(picture.data) - overhead, min_gain)
    if found is None:
        return None
    result = build(header, before, found[0], after)
    check = parse(result)
    written = inflate(check)
    same = written == picture.stream or pixels(check, written) == picture.rows
    return result if same else None


def candidates(picture: Picture) -> list[bytes]:
    """The rows as they are filtered now, without filters, and with chosen filters where a sample of rows gains by them."""
    header, rows = picture.png.header, picture.rows
    stride, step = header.stride, header.step
    flat = filters.plain(rows, stride)
    streams = [picture.stream] if flat == picture.stream else [picture.stream, flat]
    count = max(1, _SAMPLE // stride)
    first = max(0, header.height - count) // 2
    band = filters.adaptive(rows[first * stride : (first + count) * stride], stride, step)
    now = [stream[first * (stride + 1) : (first + count) * (stride + 1)] for stream in streams]
    if len(deflate(band)) < _WORTH_FILTERING * min(len(deflate(part)) for part in now):
        streams.append(filters.adaptive(rows, stride, step))
    return streams


def reduce(picture: Picture, min_gain: int = 1) -> bytes | None:
    """The same picture in a smaller colour type, in at least `min_gain` fewer bytes, or None.

    Programs that read the file see other modes and shapes, though every viewer shows the same.
    """
    png, header = picture.png, picture.png.header
    if not picture.rows_in_reach or header.depth != 8 or header.colour == PALETTE or not ancillary.allows_other_format(png):
        return None
    colours = rgba(png, picture.rows)
    gray_allowed = header.colour == GRAY or not ancillary.has_profile(png)
    smaller = smaller_format(header, colours, gray_allowed=gray_allowed)
    if smaller is None:
        return None
    new, palette, rows = smaller
    before, after = ancillary.kept(png.before) + palette, ancillary.kept(png.after)
    streams = [filters.plain(rows, new.stride)]
    if new.colour != PALETTE:
        streams.append(filters.adaptive(rows, new.stride, new.step))
    found = shortest(streams, len(picture.data) - len(build(new, before, b"", after)), min_gain)
    if found is None:
        return None
    result = build(new, before, found[0], after)
    check = parse(result)
    written = inflate(check)
    return result if written is not None and rgba(check, pixels(check, written)) == colours else None


def optimise_png(data: bytes) -> bytes | None:
    """`data` with the same header and pixels in fewer bytes; None when nothing is gained or the file is broken."""
    try:
        picture = decode(data)
        return None if picture is None else reencode(picture)
    except AssetError:
        return None


def reduce_png(data: bytes) -> bytes | None:
    """The shorter of `optimise_png` and the same picture in a smaller colour type; None when nothing is gained."""
    try:
        picture = decode(data)
        results = () if picture is None else (reencode(picture), reduce(picture))
    except AssetError:
        return None
    return min((result for result in results if result is not None), key=len, default=None)
