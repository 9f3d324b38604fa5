"""GL222, after: look-ups that answer with a default."""

import sys


def main(missing: int) -> None:
    table = dict.fromkeys(range(100 - missing), 1)
    total = 0
    for number in range(500_000):
        price = table.get(number % 100, 0)
        total += price
    print(total)


main(int(sys.argv[1]))
