"""The IHDR chunk: what the pixels look like and how many bytes they take once inflated."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from functools import cached_property

from greenlint.source.asset import AssetError

GRAY, RGB, PALETTE, GRAY_ALPHA, RGBA = 0, 2, 3, 4, 6
_CHANNELS = {GRAY: 1, RGB: 3, PALETTE: 1, GRAY_ALPHA: 2, RGBA: 4}
_DEPTHS = {GRAY: (1, 2, 4, 8, 16), RGB: (8, 16), PALETTE: (1, 2, 4, 8), GRAY_ALPHA: (8, 16), RGBA: (8, 16)}
_ADAM7 = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))


@dataclass(frozen=True)
class Header:
    """Width and height in pixels, bits per sample, colour type, and whether the rows come in the Adam7 order."""

    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool

    @classmethod
    def parse(cls, body: bytes) -> Header:
        """Read the 13 bytes of an IHDR chunk. Raises AssetError when they break the specification."""
        if len(body) != 13:
            raise AssetError(f"damaged PNG: the header has {len(body)} bytes instead of 13")
        width, height, depth, colour, compression, filtering, interlace = struct.unpack(">IIBBBBB", body)
        if not (0 < width < 1 << 31 and 0 < height < 1 << 31):
            raise AssetError(f"damaged PNG: impossible size {width} x {height}")
        if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlace > 1:
            raise AssetError(f"damaged PNG: impossible format (colour type {colour}, {depth} bits)")
        return cls(width, height, depth, colour, interlace == 1)

    def pack(self) -> bytes:
        """The inverse of `parse`."""
        return struct.pack(">IIBBBBB", self.width, self.height, self.depth, self.colour, 0, 0, int(self.interlaced))

    @property
    def channels(self) -> int:
        """Samples per pixel."""
        return _CHANNELS[self.colour]

    @property
    def step(self) -> int:
        """Distance in bytes to "the pixel to the left" of the filters; at least 1."""
        return max(1, self.channels * self.depth // 8)

    @cached_property
    def stride(self) -> int:
        """Bytes of one row without its filter byte (not interlaced)."""
        return self._row_bytes(self.width)

    @cached_property
    def inflated(self) -> int:
        """Bytes of the image data once inflated, filter bytes included."""
        if not self.interlaced:
            return (self.stride + 1) * self.height
        total = 0
        for x, y, dx, dy in _ADAM7:
            columns, rows = -(-(self.width - x) // dx), -(-(self.height - y) // dy)
            if columns > 0 and rows > 0:
                total += (self._row_bytes(columns) + 1) * rows
        return total

    def _row_bytes(self, columns: int) -> int:
        return (columns * self.channels * self.depth + 7) // 8
