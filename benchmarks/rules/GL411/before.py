"""GL411: all books are fetched and one in a hundred kept, ten times.

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
            found = [book for book in Book.objects.all() if book.kind == "poem"]
            total += len(found)
        print(total)


main()
