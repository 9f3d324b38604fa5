"""GL606, after: the value kept in the object itself."""

import functools
import sys


class Page:
    def __init__(self, number: int) -> None:
        self.text = f"{number:06} " * 150

    @functools.cached_property
    def length(self) -> int:
        return len(self.text)


def main(size: int) -> None:
    total = 0
    for number in range(size):
        page = Page(number)
        total += page.length + page.length
    print(total)


main(int(sys.argv[1]))
