"""The five row filters of PNG, forwards, on blocks of rows at a time."""

from __future__ import annotations

from greenlint.rules.assets.png import swar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = 1 << 14  # bytes of rows handled at once: the vectors stay inside the first-level cache
_MAGNITUDE = bytes(min(value, 256 - value) for value in range(256))


def adaptive(raw: bytes, stride: int, step: int) -> bytes:
    """Rows with their filter bytes; each row has the filter with the smallest sum of absolute differences.

    The heuristic is the one that the PNG specification recommends (12.7) and that libpng uses.
    """
    out: list[bytes] = []
    for block in _blocks(raw, stride, step):
        rows = [[filtered[at : at + stride] for at in range(0, len(filtered), stride)] for filtered in block]
        for candidates in zip(*rows):
            costs = [sum(row.translate(_MAGNITUDE)) for row in candidates]
            best = costs.index(min(costs))
            out.append(bytes((best,)))
            out.append(candidates[best])
    return b"".join(out)


def plain(raw: bytes, stride: int) -> bytes:
    """Rows with filter type None; best for palettes and flat graphics."""
    return b"".join(b"\0" + raw[at : at + stride] for at in range(0, len(raw), stride))


def _blocks(raw: bytes, stride: int, step: int) -> Iterator[tuple[bytes, ...]]:
    """For each block of rows: the block under filter types 0 to 4."""
    padded = bytes(stride) + raw
    length = max(1, _BLOCK // stride) * stride
    for at in range(0, len(raw), length):
        size = min(length, len(raw) - at)
        inside = swar.lanes(bytes(step) + b"\xff" * (stride - step), size // stride)
        current, above = padded[at + stride : at + stride + size], padded[at : at + size]
        x, up = int.from_bytes(current, "little"), int.from_bytes(above, "little")
        left, corner = x << 8 * step & inside, up << 8 * step & inside
        predictions = (left, up, swar.average(left, up, size), swar.paeth(left, up, corner, size))
        yield (current, *(swar.sub(x, guess, size).to_bytes(size, "little") for guess in predictions))
