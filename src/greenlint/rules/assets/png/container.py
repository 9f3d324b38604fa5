"""The PNG container: chunks with checked lengths and checksums, and the image data inflated within a bound."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from greenlint.rules.assets.png.header import Header
from greenlint.source.asset import AssetError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
Chunk = tuple[bytes, bytes]

_KNOWN = (  # signature, what to call the file
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "a WebP image"),
    (b"BM", "a BMP image"),
    (b"<svg", "an SVG image"),
    (b"<!DOCTYPE", "an HTML page"),
    (b"<html", "an HTML page"),
)


@dataclass(frozen=True, slots=True)
class Png:
    """A parsed file: header, the chunks before and after the image data, the deflated image data.

    `tail` counts the bytes after the IEND chunk: viewers ignore them, other programs may not.
    """

    header: Header
    before: tuple[Chunk, ...]
    after: tuple[Chunk, ...]
    deflated: bytes
    tail: int

    def kinds(self) -> set[bytes]:
        """The types of all chunks besides IHDR, IDAT and IEND."""
        return {kind for kind, _ in self.before + self.after}


def parse(data: bytes) -> Png:
    """Split `data` into chunks. Raises AssetError when the file is empty, no PNG, cut off or damaged."""
    if not data:
        raise AssetError("empty file with the name of a PNG")
    if not data.startswith(SIGNATURE):
        if SIGNATURE.startswith(data[:8]):
            raise AssetError(f"truncated PNG: the file ends after {len(data)} bytes")
        raise AssetError(f"not a PNG: the file is {_describe(data)}")
    chunks, end = _chunks(data)
    if not chunks or chunks[0][0] != b"IHDR":
        raise AssetError("damaged PNG: the first chunk is not the header")
    kinds = [kind for kind, _ in chunks]
    if b"IDAT" not in kinds:
        raise AssetError("damaged PNG: it holds no image data")
    first, count = kinds.index(b"IDAT"), kinds.count(b"IDAT")
    if set(kinds[first : first + count]) != {b"IDAT"}:
        raise AssetError("damaged PNG: the image data is in several places")
    return Png(
        header=Header.parse(chunks[0][1]),
        before=tuple(chunks[1:first]),
        after=tuple(chunks[first + count : -1]),
        deflated=b"".join(body for _, body in chunks[first : first + count]),
        tail=len(data) - end,
    )


def _describe(data: bytes) -> str:
    start = data.lstrip()[:16]
    return next((words for magic, words in _KNOWN if start.startswith(magic)), f"of another kind ({data[:8]!r})")


def _chunks(data: bytes) -> tuple[list[Chunk], int]:
    chunks: list[Chunk] = []
    view, at, size = memoryview(data), len(SIGNATURE), len(data)
    while at + 12 <= size:
        length, kind = struct.unpack_from(">I4s", data, at)
        end = at + 12 + length
        if end > size:
            break
        if zlib.crc32(view[at + 4 : end - 4]) != int.from_bytes(view[end - 4 : end], "big"):
            raise AssetError(f"damaged PNG: wrong checksum of the {_name(kind)} chunk at byte {at}")
        chunks.append((kind, bytes(view[at + 8 : end - 4])))
        at = end
        if kind == b"IEND":
            return chunks, at
    raise AssetError(f"truncated PNG: the file ends after {size} bytes, before its last chunk is complete")


def _name(kind: bytes) -> str:
    return kind.decode("ascii") if kind.isalpha() else repr(kind)


def inflate(png: Png) -> bytes:
    """The inflated image data.

    Never produces more than the header announces; the caller has bounded that. Raises AssetError when the data is
    damaged, shorter or longer.
    """
    expected, inflater = png.header.inflated, zlib.decompressobj()
    try:
        stream = inflater.decompress(png.deflated, expected)
        surplus = not inflater.eof and inflater.decompress(inflater.unconsumed_tail, 1)
    except zlib.error as error:
        raise AssetError(f"damaged PNG: the image data cannot be inflated ({error})") from None
    if len(stream) < expected:
        raise AssetError(f"truncated PNG: {len(stream)} of {expected} bytes of image data")
    if surplus or inflater.unused_data:
        raise AssetError(f"damaged PNG: more image data than its {png.header.width} x {png.header.height} pixels need")
    return stream


def build(header: Header, before: tuple[Chunk, ...], deflated: bytes, after: tuple[Chunk, ...]) -> bytes:
    """A complete file; the image data goes into one chunk."""
    chunks = ((b"IHDR", header.pack()), *before, (b"IDAT", deflated), *after, (b"IEND", b""))
    return SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body)) for kind, body in chunks
    )
