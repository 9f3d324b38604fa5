"""GL319: a photograph made small; the size is its width and height in pixels.

Both sides write the same JPEG first.
"""

import sys
import tempfile
from pathlib import Path

from PIL import Image


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "photo.jpg"
        Image.linear_gradient("L").resize((size, size), Image.Resampling.NEAREST).convert("RGB").save(path)
        for _ in range(5):
            with Image.open(path) as image:
                small = image.resize((128, 128))
        print(small.size)


main(int(sys.argv[1]))
