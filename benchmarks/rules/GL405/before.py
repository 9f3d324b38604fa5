"""GL405: rows are fetched to be counted, ten times.

Written against `small_orm.py`, which sends the statements that Django sends. The size is the number of books.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from small_orm import SIZE, Library, models


class Book(models.Model):
    names = ("id", "title", "kind", "author_id")


def main() -> None:
    with Library(SIZE):
        total = 0
        for _ in range(10):
            total += len(Book.objects.filter(kind="novel"))
        print(total)


main()
