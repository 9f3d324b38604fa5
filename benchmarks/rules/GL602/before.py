"""GL602: data turned into JSON for debug messages that are off. The size is the number of messages, 10 records each."""

import json
import logging
import sys

logger = logging.getLogger("shop")


def main(size: int) -> None:
    logging.basicConfig(level=logging.INFO)
    rows = [{"id": number, "name": f"item {number}", "price": 1.5} for number in range(10)]
    total = 0
    for _ in range(size):
        logger.debug("rows: %s", json.dumps(rows))
        total += len(rows)
    print(total)


main(int(sys.argv[1]))
