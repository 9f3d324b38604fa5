"""GL603, after: only what somebody reads."""

import logging
import sys
import tempfile


class ProductionConfig:
    LOG_LEVEL = "INFO"


def main(size: int) -> None:
    with tempfile.NamedTemporaryFile() as file:
        logging.basicConfig(filename=file.name, level=ProductionConfig.LOG_LEVEL)
        logger = logging.getLogger("shop")
        total = 0
        for number in range(size):
            logger.debug("request %d from %s", number, "10.0.0.1")
            total += len(str(number))
            logger.debug("answered %d with %d bytes", number, total)
        logging.shutdown()
    print(total)


main(int(sys.argv[1]))
