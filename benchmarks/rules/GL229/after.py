"""GL229, after: read with `fromisoformat`."""

import sys
from datetime import datetime


def main(size: int) -> None:
    texts = [f"20{number % 90 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}" for number in range(size)]
    days = 0
    for text in texts:
        days += datetime.fromisoformat(text).day
    print(days)


main(int(sys.argv[1]))
