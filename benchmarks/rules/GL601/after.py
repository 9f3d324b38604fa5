"""GL601, after: the list given as an argument."""

import logging
import sys

logger = logging.getLogger("shop")


def main(size: int) -> None:
    logging.basicConfig(level=logging.INFO)
    rows = [number * 7919 for number in range(50)]
    total = 0
    for _ in range(size):
        logger.debug("rows: %s", rows)
        total += len(rows)
    print(total)


main(int(sys.argv[1]))
