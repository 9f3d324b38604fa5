"""GL222: 500,000 look-ups in a dict under `try`; the size says how many of a hundred miss."""

import sys


def main(missing: int) -> None:
    table = dict.fromkeys(range(100 - missing), 1)
    total = 0
    for number in range(500_000):
        try:
            price = table[number % 100]
        except KeyError:
            price = 0
        total += price
    print(total)


main(int(sys.argv[1]))
