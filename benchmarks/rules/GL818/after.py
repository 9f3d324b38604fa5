"""GL818: the same questions, with answers no longer than what is read. The size is the number of questions.

A model of three-character sequences of Python's own source stands in for a language model: it writes one character after the
other, until a paragraph ends or the bound is reached.
"""

import argparse
import random
import sys
from collections import defaultdict
from pathlib import Path


class Completions:
    def __init__(self) -> None:
        text = Path(argparse.__file__).read_text()
        self.following: defaultdict[str, list[str]] = defaultdict(list)
        for place in range(len(text) - 3):
            self.following[text[place : place + 3]].append(text[place + 3])

    def create(self, question: str, max_tokens: int = 16_384) -> str:
        choose, written = random.Random(question).choice, "def"
        while len(written) < max_tokens and not written.endswith("\n\n"):
            written += choose(self.following[written[-3:]])
        return written


def main(size: int) -> None:
    completions = Completions()
    print(sum(len(completions.create(str(number), max_tokens=8)[:8].split()[0]) for number in range(size)))


if __name__ == "__main__":
    main(int(sys.argv[1]))
