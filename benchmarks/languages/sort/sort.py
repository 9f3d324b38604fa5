"""Sort n numbers from a shared generator with a bottom-up merge sort; print a checksum of the sorted order."""

import sys

MODULUS = 2147483647
MULTIPLIER = 48271


def generate(n):
    """n numbers of the generator x <- 48271 x mod (2^31 - 1), started at 42."""
    numbers = [0] * n
    x = 42
    for i in range(n):
        x = MULTIPLIER * x % MODULUS
        numbers[i] = x
    return numbers


def merge(source, target, low, middle, high):
    """Merge the sorted runs [low, middle) and [middle, high) of source into target."""
    left, right = low, middle
    for place in range(low, high):
        if left < middle and (right >= high or source[left] <= source[right]):
            target[place] = source[left]
            left += 1
        else:
            target[place] = source[right]
            right += 1


def sort(numbers):
    """Merge runs of 1, 2, 4, … numbers between two arrays; return the one that holds the result."""
    n = len(numbers)
    source, target = numbers, [0] * n
    width = 1
    while width < n:
        for low in range(0, n, 2 * width):
            merge(source, target, low, min(low + width, n), min(low + 2 * width, n))
        source, target = target, source
        width *= 2
    return source


def main():
    """Read n, sort, print one line."""
    n = int(sys.argv[1])
    numbers = sort(generate(n))
    checksum = 0
    for number in numbers:
        checksum = (checksum * 31 + number) % MODULUS
    print(f"n={n} first={numbers[0]} middle={numbers[n // 2]} last={numbers[n - 1]} checksum={checksum}")


main()
