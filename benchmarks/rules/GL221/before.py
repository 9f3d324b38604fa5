"""GL221: a try statement entered on every turn of a loop whose own work is a few operations. The size is the number of turns."""

import sys


def main(size: int) -> None:
    numbers = list(range(1, size + 1))
    total = 0
    for number in numbers:
        try:
            total += size // number
        except ZeroDivisionError:
            break
    print(total)


main(int(sys.argv[1]))
