"""Writes the generated files of the example: orders, catalogue, style sheet and pictures. Run it from anywhere.

The contents depend on nothing but this script, so that the committed files can be checked against it.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import struct
import zlib

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
ORDERS = 22_000
COUNTRIES = ("DE", "FR", "NL", "PL", "ES", "IT", "AT", "DK")
NOUNS = ("kettle", "lamp", "chair", "bicycle bell", "rope", "teapot", "broom", "ladder", "lantern", "basket", "vase", "stool")
KINDS = ("red", "oak", "small", "folding", "enamel", "brass", "woven", "solar", "tall", "plain")
FIRST = ("Ada", "Bruno", "Chloé", "Dirk", "Elif", "Fatou", "Greta", "Hiro", "Ines", "Jonas", "Kaya", "Linus", "Mila", "Noor")
LAST = ("Abel", "Brandt", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Hansen", "Ito", "Jansen", "Kowalski", "Lund")


def write(name: str, data: bytes) -> None:
    """Write one file below the example."""
    path = os.path.join(ROOT, *name.split("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(data)


def articles() -> list[tuple[str, int]]:
    """Name and price in cents of every article."""
    rng = random.Random(7)
    return [(f"{kind} {noun}", rng.randrange(290, 19_990, 10)) for noun in NOUNS for kind in KINDS]


def orders() -> bytes:
    """The export of one year."""
    rng, goods = random.Random(2024), articles()
    lines = ["number,day,customer,country,article,quantity,price"]
    for number in range(ORDERS):
        day = f"2024-{number * 12 // ORDERS + 1:02}-{rng.randint(1, 28):02}"
        article, price = rng.choice(goods)
        customer = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        lines.append(f"{number},{day},{customer},{rng.choice(COUNTRIES)},{article},{rng.randint(1, 9)},{price}")
    return ("\n".join(lines) + "\n").encode()


def catalogue() -> bytes:
    """The articles as a script for the browser."""
    rng = random.Random(11)
    entries = [
        {"id": number, "name": name, "price": price, "stock": rng.randrange(200), "image": f"img/{name.replace(' ', '-')}.png"}
        for number, (name, price) in enumerate(articles())
    ]
    return ("window.CATALOGUE = " + json.dumps(entries, indent=1) + ";\n").encode()


def style_sheet() -> bytes:
    """Utility classes, as a style-sheet generator writes them."""
    rules = ["body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; }"]
    for prefix, name in (("m", "margin"), ("p", "padding")):
        for letter, side in (("t", "-top"), ("r", "-right"), ("b", "-bottom"), ("l", "-left"), ("", "")):
            for step in range(0, 26, 2):
                rules.append(f".{prefix}{letter}-{step} {{ {name}{side}: {step / 8:g}rem; }}")
    for hue in range(0, 360, 20):
        for light in range(20, 95, 15):
            rules.append(f".bg-{hue}-{light} {{ background-color: hsl({hue} 60% {light}%); }}")
    return ("\n".join(rules) + "\n").encode()


def terms() -> bytes:
    """The terms and conditions: long, and kept compressed beside the page."""
    rng = random.Random(5)
    words = "the seller buyer shall deliver goods within days of payment unless agreed otherwise in writing notice".split()
    paragraphs = [" ".join(rng.choice(words) for _ in range(90)) for _ in range(24)]
    return ("<!doctype html><title>Terms</title>" + "".join(f"<p>{text}.</p>\n" for text in paragraphs)).encode()


def png(width: int, height: int, colour: int, rows: list[bytes], level: int, palette: bytes = b"") -> bytes:
    """A PNG file without row filters, compressed at a zlib level."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, colour, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), level)
    parts = [chunk(b"IHDR", header), chunk(b"PLTE", palette) if palette else b"", chunk(b"IDAT", data), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def banner() -> bytes:
    """A picture for the top of the page, saved in a hurry: true colour, no filters, fastest compression."""
    width, height = 640, 180
    rows = []
    for y in range(height):
        row = bytearray()
        for x in range(width):
            hill = 120 + (x * 37 % 640) // 16 - abs(x - 320) // 8
            sky = (90 + (x + 2 * y) // 8, 150 + (x + y) // 9, 245 - x * y // 2400)
            meadow = (30 + (x + y) // 7 % 40, 110 + (2 * x + y) // 12, 50 + x * y // 3000)
            sun = (x - 500) ** 2 + (y - 50) ** 2 < 900
            pixel = (250, 214, 90) if sun else meadow if y > hill else sky
            row += bytes(pixel)
        rows.append(bytes(row))
    return png(width, height, 2, rows, level=1)


def logo() -> bytes:
    """A small picture with a palette, as it should be."""
    rows = [bytes((x // 8 + y // 8) % 3 for x in range(96)) for y in range(96)]
    return png(96, 96, 3, rows, level=9, palette=bytes((250, 214, 90, 40, 120, 60, 120, 180, 235)))


def main() -> None:
    """Write every generated file."""
    write("data/orders-2024.csv", orders())
    write("static/catalogue.js", catalogue())
    write("static/site.css", style_sheet())
    write("static/terms.html", terms())
    write("static/terms.html.gz", gzip.compress(terms(), 9, mtime=0))
    write("static/img/banner.png", banner())
    write("static/img/logo.png", logo())


if __name__ == "__main__":
    main()
