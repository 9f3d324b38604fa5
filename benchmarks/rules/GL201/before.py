"""GL201: an attribute that grows by one piece of eight characters per turn."""

import sys


class Page:
    text = ""


def main(size: int) -> None:
    page = Page()
    for number in range(size):
        page.text += f"{number:08}"
    print(len(page.text), hash_of(page.text))


def hash_of(text: str) -> int:
    return sum(map(ord, text[::997]))


main(int(sys.argv[1]))
