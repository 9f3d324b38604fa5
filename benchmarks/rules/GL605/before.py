"""GL605: a cache without a limit, asked about many different numbers. The size is how many."""

import sys
from functools import cache


@cache
def ticks(end: float) -> tuple[str, ...]:
    return tuple(f"{end * part / 4:.2f}" for part in range(5))


def main(size: int) -> None:
    total = 0
    for number in range(size):
        total += len(ticks(number / 3)) + len(ticks(1.0))
    print(total)


main(int(sys.argv[1]))
