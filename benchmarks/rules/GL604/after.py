"""GL604, after: two old files are kept."""

import logging
import os
import sys
import tempfile
import zlib
from logging.handlers import RotatingFileHandler


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        handler = RotatingFileHandler(os.path.join(folder, "app.log"), maxBytes=1_000_000, backupCount=2)
        record = logging.LogRecord("app", logging.ERROR, "", 0, "x" * 10_000, (), None)
        saved = 0
        for _ in range(size):
            for _ in range(100):
                handler.emit(record)
            saved += back_up(folder) != 0
        handler.close()
    print(saved)


def back_up(folder: str) -> int:
    total = 0
    for name in os.listdir(folder):
        with open(os.path.join(folder, name), "rb") as file:
            while block := file.read(1 << 16):
                total = zlib.crc32(block, total)
    return total + 1


main(int(sys.argv[1]))
