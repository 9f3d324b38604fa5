"""GL605, after: a cache that keeps the last 1,024."""

import sys
from functools import lru_cache


@lru_cache(maxsize=1024)
def ticks(end: float) -> tuple[str, ...]:
    return tuple(f"{end * part / 4:.2f}" for part in range(5))


def main(size: int) -> None:
    total = 0
    for number in range(size):
        total += len(ticks(number / 3)) + len(ticks(1.0))
    print(total)


main(int(sys.argv[1]))
