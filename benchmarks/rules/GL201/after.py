"""GL201, after: the pieces in a list, joined once."""

import sys


class Page:
    text = ""


def main(size: int) -> None:
    page = Page()
    text_parts = []
    for number in range(size):
        text_parts.append(f"{number:08}")
    page.text = "".join(text_parts)
    print(len(page.text), hash_of(page.text))


def hash_of(text: str) -> int:
    return sum(map(ord, text[::997]))


main(int(sys.argv[1]))
