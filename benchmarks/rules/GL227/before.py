"""GL227: Fibonacci numbers by plain recursion. Size: the number asked for."""

import sys


def fibonacci(number: int) -> int:
    if number < 2:
        return number
    return fibonacci(number - 1) + fibonacci(number - 2)


def main(size: int) -> None:
    print(fibonacci(size))


main(int(sys.argv[1]))
