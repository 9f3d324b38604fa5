"""GL230: numbers sorted by exchanging neighbours; the size is how many there are."""

import sys


def main(size: int) -> None:
    numbers = [i * 7919 % 1_000_003 for i in range(size)]
    for i in range(len(numbers)):
        for j in range(len(numbers) - 1 - i):
            if numbers[j] > numbers[j + 1]:
                numbers[j], numbers[j + 1] = numbers[j + 1], numbers[j]
    print(numbers[0], numbers[-1])


main(int(sys.argv[1]))
