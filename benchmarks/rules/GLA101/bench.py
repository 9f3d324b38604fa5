"""Bench of GLA101: what re-encoding a PNG without loss saves, what it costs once, and what it does to decoding.

python benchmarks/rules/GLA101/bench.py                 generated pictures, each stored as several programs store it
python benchmarks/rules/GLA101/bench.py --corpus DIR    every real PNG below DIR, with the limits of the rule
Needs Pillow (as the other program, and to time decoding). CPU time is that of this process, one thread.
"""

from __future__ import annotations

import argparse
import os
import platform
import random
import statistics
import sys
import time
from io import BytesIO

from PIL import Image, ImageDraw

from greenlint.profiler.machine import describe_machine
from greenlint.rules.assets.png.optimise import decode, reduce, reencode
from greenlint.source.asset import AssetError

ROUNDS = 15


def photo() -> Image.Image:
    """Smooth shades with the noise of a sensor."""
    rng = random.Random(1)
    image = Image.new("RGB", (480, 320))
    image.putdata(
        [
            (x // 3 + rng.randrange(6) & 255, (x + y) // 4 + rng.randrange(6) & 255, y // 2 + rng.randrange(6) & 255)
            for y in range(320)
            for x in range(480)
        ]
    )
    return image


def screenshot() -> Image.Image:
    """Windows, lines of text and icons on flat grounds, with an alpha channel that is opaque throughout."""
    rng = random.Random(2)
    image = Image.new("RGBA", (1280, 800), (245, 245, 247, 255))
    draw = ImageDraw.Draw(image)
    for top in range(60, 780, 18):
        for word in range(rng.randrange(4, 14)):
            draw.text((40 + word * 86, top), "".join(rng.choices("etaoinshrdlu", k=9)), fill=(40, 40, 44, 255))
    draw.rectangle((0, 0, 1280, 44), fill=(32, 92, 188, 255))
    return image


def plot() -> Image.Image:
    """Curves with soft edges on white, as plotting libraries draw them."""
    image = Image.new("RGBA", (640, 480), (255, 255, 255, 255))
    draw = ImageDraw.Draw(image)
    rng = random.Random(3)
    for colour in ((31, 119, 180, 255), (255, 127, 14, 255), (44, 160, 44, 255)):
        y, points = 240.0, []
        for x in range(60, 600):
            y = min(440.0, max(40.0, y + rng.gauss(0, 5)))
            points.append((x, y))
        draw.line(points, fill=colour, width=2)
    return image.resize((1280, 960)).resize((640, 480), Image.Resampling.LANCZOS)


def stored(image: Image.Image) -> dict[str, bytes]:
    """The picture as programs write it."""
    variants = {}
    for name, options in (
        ("fastest (zlib 1)", {"compress_level": 1}),
        ("Pillow default", {}),
        ("Pillow optimize", {"optimize": True}),
    ):
        file = BytesIO()
        image.save(file, "PNG", **options)
        variants[name] = file.getvalue()
    return variants


def decode_seconds(data: bytes) -> float:
    """Median CPU seconds of decoding with Pillow (libpng's zlib in C)."""
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        with Image.open(BytesIO(data)) as image:
            image.load()
        times.append(time.process_time() - start)
    return statistics.median(times)


def generated() -> None:
    """One line for each picture and writer."""
    print("| picture | written as | before B | safe fix B | saved | CPU once ms | decode ms before → after | smaller type B |")
    print("|---|---|--:|--:|--:|--:|--:|--:|")
    for name, draw in (("photo 480x320", photo), ("screenshot 1280x800", screenshot), ("plot 640x480", plot)):
        for writer, data in stored(draw()).items():
            start = time.process_time()
            picture = decode(data)
            assert picture is not None
            after = reencode(picture)
            cost = time.process_time() - start
            smaller = reduce(picture)
            size = len(after) if after else len(data)
            print(
                f"| {name} | {writer} | {len(data)} | {size if after else '-'} | {100 * (1 - size / len(data)):.1f} % "
                f"| {1e3 * cost:.0f} | {1e3 * decode_seconds(data):.2f} → {1e3 * decode_seconds(after or data):.2f} "
                f"| {len(smaller) if smaller else '-'} |"
            )


def _seen(data: bytes) -> object:
    """What Pillow makes of a file."""
    with Image.open(BytesIO(data)) as image:
        return image.size, image.mode, image.info.get("transparency"), image.convert("RGBA").tobytes()


def corpus(folder: str) -> None:
    """Totals over real files, with the limits of the rule (10 % and 4096 bytes), and Pillow's optimize beside it."""
    files = hits = pillow_hits = broken = before = saved = pillow_saved = 0
    times: list[float] = []
    for directory, _, names in os.walk(folder):
        for name in sorted(names):
            path = os.path.join(directory, name)
            if not name.lower().endswith(".png") or os.path.getsize(path) <= 4096:
                continue
            with open(path, "rb") as file:
                data = file.read()
            floor = max(4096, len(data) // 10)
            start = time.process_time()
            try:
                picture = decode(data)
                after = reencode(picture, floor) if picture else None
            except AssetError:
                broken += 1
                continue
            times.append(time.process_time() - start)
            files, before = files + 1, before + len(data)
            if after:
                hits, saved = hits + 1, saved + len(data) - len(after)
                assert _seen(after) == _seen(data), f"{path}: the pixels differ"
            if picture is None:
                continue
            out = BytesIO()
            try:
                with Image.open(BytesIO(data)) as image:
                    image.save(out, "PNG", optimize=True)
            except (OSError, ValueError):  # Pillow refuses huge text chunks, and some modes
                continue
            if len(data) - len(out.getvalue()) >= floor:
                pillow_hits, pillow_saved = pillow_hits + 1, pillow_saved + len(data) - len(out.getvalue())
    times.sort()
    print(f"{files} files above 4 kB, {before / 1e6:.1f} MB, {broken} broken")
    print(f"greenlint: {hits} reported, {saved / 1e6:.2f} MB saved ({100 * saved / before:.1f} %)")
    print(f"Pillow optimize=True: {pillow_hits} over the same limits, {pillow_saved / 1e6:.2f} MB ({100 * pillow_saved / before:.1f} %)")
    print(
        f"greenlint CPU per file: median {1e3 * statistics.median(times):.1f} ms, "
        f"90 % {1e3 * times[len(times) * 9 // 10]:.1f} ms, longest {times[-1]:.2f} s, all {sum(times):.1f} s"
    )


def main() -> None:
    """Print where this runs, then the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", help="folder with real PNG files")
    folder = parser.parse_args().corpus
    print(f"{describe_machine().machine_class}, CPython {platform.python_version()}, load {os.getloadavg()[0]:.1f}\n")
    corpus(folder) if folder else generated()
    sys.stdout.flush()


if __name__ == "__main__":
    main()
