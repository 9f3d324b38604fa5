"""GL601: the text of a list of 50 numbers made for debug messages that are off. The size is the number of messages."""

import logging
import sys

logger = logging.getLogger("shop")


def main(size: int) -> None:
    logging.basicConfig(level=logging.INFO)
    rows = [number * 7919 for number in range(50)]
    total = 0
    for _ in range(size):
        logger.debug(f"rows: {rows}")
        total += len(rows)
    print(total)


main(int(sys.argv[1]))
