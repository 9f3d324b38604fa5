"""GL606: a cache around a method of objects that are used once. The size is the number of objects, 1 kB of text each."""

import functools
import sys


class Page:
    def __init__(self, number: int) -> None:
        self.text = f"{number:06} " * 150

    @functools.cache
    def length(self) -> int:
        return len(self.text)


def main(size: int) -> None:
    total = 0
    for number in range(size):
        page = Page(number)
        total += page.length() + page.length()
    print(total)


main(int(sys.argv[1]))
