"""The five row filters of PNG, backwards: from inflated image data to pixels."""

from __future__ import annotations

from greenlint.rules.assets.png import swar
from greenlint.source.asset import AssetError


def unfilter(stream: bytes, stride: int, step: int) -> bytes:
    """The pixels of a stream that is not interlaced. Raises AssetError for an unknown filter type."""
    if not any(stream[:: stride + 1]):
        return b"".join(stream[at : at + stride] for at in range(1, len(stream), stride + 1))
    rows: list[bytes] = []
    above = bytes(stride)
    for at in range(0, len(stream), stride + 1):
        row = stream[at + 1 : at + 1 + stride]
        kind = stream[at]
        if kind:
            if kind > 4:
                raise AssetError(f"damaged PNG: unknown filter type {kind} in row {at // (stride + 1)}")
            row = _UNDO[kind](row, above, step)
        rows.append(row)
        above = row
    return b"".join(rows)


def _sub(row: bytes, _above: bytes, step: int) -> bytes:
    """Sums from the left by doubling: after k rounds each byte holds the sum of 2^k neighbours."""
    size, reach = len(row), step
    value, full = int.from_bytes(row, "little"), swar.lanes(b"\xff", size)
    while reach < size:
        value = swar.add(value, value << 8 * reach & full, size)
        reach *= 2
    return value.to_bytes(size, "little")


def _up(row: bytes, above: bytes, _step: int) -> bytes:
    size = len(row)
    total = swar.add(int.from_bytes(row, "little"), int.from_bytes(above, "little"), size)
    return total.to_bytes(size, "little")


def _average(row: bytes, above: bytes, step: int) -> bytes:
    out = bytearray(len(row))
    for channel in range(step):
        left = 0
        values = []
        for value, up in zip(row[channel::step], above[channel::step]):
            left = value + (left + up >> 1) & 255
            values.append(left)
        out[channel::step] = bytes(values)
    return bytes(out)


def _paeth(row: bytes, above: bytes, step: int) -> bytes:
    out = bytearray(len(row))
    for channel in range(step):
        left = corner = 0
        values = []
        for value, up in zip(row[channel::step], above[channel::step]):
            to_left, to_up = up - corner, left - corner
            to_corner = to_left + to_up
            if to_left < 0:
                to_left = -to_left
            if to_up < 0:
                to_up = -to_up
            if to_corner < 0:
                to_corner = -to_corner
            if to_left <= to_up and to_left <= to_corner:
                left = value + left & 255
            elif to_up <= to_corner:
                left = value + up & 255
            else:
                left = value + corner & 255
            corner = up
            values.append(left)
        out[channel::step] = bytes(values)
    return bytes(out)


_UNDO = {1: _sub, 2: _up, 3: _average, 4: _paeth}
