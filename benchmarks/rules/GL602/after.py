"""GL602, after: the level is asked first."""

import json
import logging
import sys

logger = logging.getLogger("shop")


def main(size: int) -> None:
    logging.basicConfig(level=logging.INFO)
    rows = [{"id": number, "name": f"item {number}", "price": 1.5} for number in range(10)]
    total = 0
    for _ in range(size):
        if logger.isEnabledFor(logging.DEBUG):
            logger.debug("rows: %s", json.dumps(rows))
        total += len(rows)
    print(total)


main(int(sys.argv[1]))
