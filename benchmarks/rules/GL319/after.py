"""GL319, after: the decoder is asked for a smaller picture."""

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
                image.thumbnail((128, 128))
                small = image
        print(small.size)


main(int(sys.argv[1]))
