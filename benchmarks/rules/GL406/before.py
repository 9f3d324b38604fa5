"""GL406: one query for the author of each book.

Written against `small_orm.py`, which sends the statements that Django sends. The size is the number of books.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from small_orm import SIZE, Author, Library, models


class Book(models.Model):
    names = ("id", "title", "kind", "author_id")
    author = models.ForeignKey(Author)


def main() -> None:
    with Library(SIZE):
        total = 0
        for book in Book.objects.all():
            total += len(book.author.name)
        print(total)


main()
