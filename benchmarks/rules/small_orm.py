"""A stand-in for the object-relational mapper of Django, for benchmarks that need one where Django is not installed.

It sends the statements that Django sends, to a file of SQLite, and makes one object of each row; it does less work for a row than Django.
"""

import os
import sqlite3
import sys
import tempfile


class Manager:
    """`Model.objects`."""

    def __init__(self, model):
        self.model = model

    def all(self):
        return QuerySet(self.model)

    def filter(self, **conditions):
        return QuerySet(self.model, conditions)

    def select_related(self, field):
        return QuerySet(self.model, {}, field)


class QuerySet:
    """Rows that are fetched when they are needed, and kept."""

    def __init__(self, model, conditions=None, related=None):
        self.model, self.conditions, self.related = model, conditions or {}, related
        self.kept = None

    def __iter__(self):
        return iter(self.rows())

    def __len__(self):
        return len(self.rows())

    def rows(self):
        if self.kept is None:
            found = self.send(self.model.columns() if self.related is None else self.both())
            self.kept = [self.object(row) for row in found]
        return self.kept

    def both(self):
        return self.model.columns() + getattr(self.model, self.related).model.columns()

    def object(self, row):
        made = self.model(row)
        if self.related is not None:
            relation = getattr(self.model, self.related)
            made.__dict__[self.related + "_kept"] = relation.model(row[len(self.model.names) :])
        return made

    def count(self):
        return self.send(["count(*)"]).fetchone()[0]

    def send(self, columns):
        table = self.model.__name__
        text = f"select {', '.join(columns)} from {table}"
        if self.related is not None:
            other = getattr(self.model, self.related).model.__name__
            text += f" join {other} on {other}.id = {table}.{self.related}_id"
        if self.conditions:
            text += " where " + " and ".join(f"{table}.{name} = ?" for name in self.conditions)
        return models.connection.execute(text, tuple(self.conditions.values()))


class models:
    """What `django.db.models` offers, as far as the benchmarks go."""

    connection: sqlite3.Connection

    class Model:
        def __init_subclass__(cls):
            cls.objects = Manager(cls)

        def __init__(self, row):
            self.__dict__.update(zip(self.names, row))

        @classmethod
        def columns(cls):
            return [f"{cls.__name__}.{name}" for name in cls.names]

    class ForeignKey:
        """Fetches the related object when it is first read."""

        def __init__(self, model):
            self.model = model

        def __set_name__(self, owner, name):
            self.name = name

        def __get__(self, holder, owner):
            if holder is None:
                return self
            kept = holder.__dict__.get(self.name + "_kept")
            if kept is None:
                found = QuerySet(self.model, {"id": holder.__dict__[self.name + "_id"]})
                kept = holder.__dict__[self.name + "_kept"] = next(iter(found))
            return kept


class Author(models.Model):
    """An author."""

    names = ("id", "name", "mail", "about")


class Library:
    """Opens a new file with `size` books of a hundred authors."""

    def __init__(self, size):
        self.size = size

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        models.connection = sqlite3.connect(os.path.join(self.folder.name, "library.db"))
        models.connection.executescript(
            "create table Author (id integer primary key, name text, mail text, about text);"
            "create table Book (id integer primary key, title text, kind text, author_id integer);"
            "with recursive n(i) as (select 0 union all select i + 1 from n where i < 99)"
            " insert into Author select i, 'name-' || i, 'mail-' || i, printf('%.200c', 'a') from n;"
            f"with recursive n(i) as (select 0 union all select i + 1 from n where i < {self.size - 1})"
            " insert into Book select i, 'title-' || i, case when i % 100 then 'novel' else 'poem' end, i % 100 from n;"
        )

    def __exit__(self, *_):
        models.connection.close()
        self.folder.cleanup()


SIZE = int(sys.argv[1])
