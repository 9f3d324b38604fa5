"""GL227, after: the same with a cache."""

import functools
import sys


@functools.lru_cache(maxsize=1000)
def fibonacci(number: int) -> int:
    if number < 2:
        return number
    return fibonacci(number - 1) + fibonacci(number - 2)


def main(size: int) -> None:
    print(fibonacci(size))


main(int(sys.argv[1]))
