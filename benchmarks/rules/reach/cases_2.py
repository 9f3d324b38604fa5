"""Wasteful code of each rule, written from the meaning of rules by authors who had not seen greenlint; `# !` marks what to report."""

CASES: dict[str, dict[str, str]] = {
    "GL102": {
        "module function never called": r"""
def helper(value):  # !
    return value * 2


def main():
    print("hello")


if __name__ == "__main__":
    main()
""",
        "private function never called": r"""
import sys


def _format_row(row):  # !
    return ", ".join(str(cell) for cell in row)


def run(argv):
    return len(argv)


if __name__ == "__main__":
    sys.exit(run(sys.argv))
""",
        "async function never awaited or scheduled": r"""
import asyncio


async def fetch_all(urls):  # !
    return [url for url in urls]


async def main():
    await asyncio.sleep(1)


if __name__ == "__main__":
    asyncio.run(main())
""",
        "nested function never called": r"""
def outer(values):
    def inner(value):  # !
        return value + 1

    return sum(values)


print(outer([1, 2, 3]))
""",
        "one of two functions is used": r"""
def area(width, height):
    return width * height


def perimeter(width, height):  # !
    return 2 * (width + height)


print(area(2, 3))
""",
        "two unused functions": r"""
def _load_old(path):  # !
    with open(path) as handle:
        return handle.read()


def _save_old(path, text):  # !
    with open(path, "w") as handle:
        handle.write(text)


def main():
    print("nothing to migrate")


main()
""",
        "unused function in a conditional branch": r"""
import sys

if sys.platform == "win32":
    def _clear_screen():  # !
        print("cls")


def main():
    print(sys.platform)


if __name__ == "__main__":
    main()
""",
        "unused generator function": r"""
def _chunks(items, size):  # !
    for start in range(0, len(items), size):
        yield items[start:start + size]


def main(items):
    for item in items:
        print(item)


if __name__ == "__main__":
    main([1, 2, 3])
""",
    },
    "GL108": {
        "if False": r"""
def report(data):
    if False:  # !
        print("debugging", data)
    return len(data)
""",
        "if zero at module level": r"""
import logging

if 0:  # !
    logging.basicConfig(level=logging.DEBUG)

print("started")
""",
        "while False": r"""
def drain(queue):
    while False:  # !
        queue.get()
    return queue
""",
        "and False in a condition": r"""
def save(record, verbose):
    if verbose and False:  # !
        print("saving", record)
    return record
""",
        "or True in a condition": r"""
class Client:
    def __init__(self, cached):
        self.cached = cached

    def refresh(self):
        if self.cached or True:  # !
            return self.load()
        else:
            return None

    def load(self):
        return 1
""",
        "conditional expression with a constant test": r"""
def endpoint(name):
    base = "http://localhost" if False else "https://example.org"  # !
    return base + "/" + name
""",
        "if not True": r"""
async def handle(request):
    if not True:  # !
        await request.read()
    return request
""",
        "elif with a false constant": r"""
def choose(kind):
    if kind == "a":
        return 1
    elif False:  # !
        return 2
    return 3
""",
    },
    "GL114": {
        "plain unused fixture": r"""
import pytest


@pytest.fixture
def user():  # !
    return {"name": "ada"}


def test_addition():
    assert 1 + 1 == 2
""",
        "one used and one unused fixture": r"""
import pytest


@pytest.fixture
def number():
    return 3


@pytest.fixture
def letters():  # !
    return ["a", "b"]


def test_number(number):
    assert number == 3
""",
        "unused fixture with a scope": r"""
import sqlite3

import pytest


@pytest.fixture(scope="session")
def database():  # !
    connection = sqlite3.connect(":memory:")
    yield connection
    connection.close()


def test_upper():
    assert "a".upper() == "A"
""",
        "imported fixture decorator": r"""
from pytest import fixture


@fixture()
def settings(tmp_path):  # !
    path = tmp_path / "settings.ini"
    path.write_text("[a]")
    return path


def test_join():
    assert "-".join("ab") == "a-b"
""",
        "unused fixture depends on another fixture": r"""
import pytest


@pytest.fixture
def client():
    return object()


@pytest.fixture
def logged_in_client(client):  # !
    return (client, "token")


def test_client(client):
    assert client is not None
""",
        "unused fixture in a test class": r"""
import pytest


class TestCart:
    @pytest.fixture
    def cart(self):  # !
        return []

    def test_total(self):
        assert sum([1, 2]) == 3
""",
        "unused parametrised fixture": r"""
import pytest


@pytest.fixture(params=["json", "yaml"])
def file_format(request):  # !
    return request.param


@pytest.mark.parametrize("value", [1, 2])
def test_positive(value):
    assert value > 0
""",
        "unused async fixture": r"""
import pytest
import pytest_asyncio


@pytest_asyncio.fixture
async def session():  # !
    yield {"open": True}


@pytest.mark.asyncio
async def test_nothing():
    assert True
""",
    },
    "GL204": {
        "list literal in a for loop": r"""
def count_vowels(text):
    total = 0
    for char in text:
        if char in ["a", "e", "i", "o", "u", "A", "E", "I", "O", "U"]:  # !
            total += 1
    return total
""",
        "list made by list() tested in a for loop": r"""
def common(first, second):
    known = list(second)
    found = []
    for item in first:
        if item in known:  # !
            found.append(item)
    return found
""",
        "not in with a list built by a comprehension": r"""
def missing(orders, customers):
    ids = [customer.id for customer in customers]
    for order in orders:
        if order.customer_id not in ids:  # !
            print(order)
""",
        "annotated list parameter in a comprehension": r"""
def keep(words: list[str], stop_words: list[str]) -> list[str]:
    return [word for word in words if word not in stop_words]  # !
""",
        "module level list constant tested in a function": r"""
BLOCKED = ["10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6"]


def allowed(requests):
    for request in requests:
        if request.ip in BLOCKED:  # !
            continue
        yield request
""",
        "while loop over a queue": r"""
def walk(queue, path):
    with open(path) as handle:
        skip = handle.read().split()
    while queue:
        node = queue.pop()
        if node in skip:  # !
            continue
        print(node)
""",
        "list of lines in a method": r"""
class Filter:
    def apply(self, handle, rows):
        banned = handle.read().splitlines()
        result = []
        for row in rows:
            if row["name"] in banned:  # !
                continue
            result.append(row)
        return result
""",
        "sorted list in nested loops": r"""
def overlap(groups, names):
    ordered = sorted(names)
    hits = 0
    for group in groups:
        for member in group:
            if member in ordered:  # !
                hits += 1
    return hits
""",
    },
    "GL210": {
        "max in the condition of a while loop": r"""
def steps(values):
    i = 0
    while i < max(values):  # !
        print(i)
        i += 1
""",
        "sum of an unchanged list in a for loop": r"""
def shares(values):
    result = []
    for value in values:
        result.append(value / sum(values))  # !
    return result
""",
        "sorted of an unchanged list": r"""
def ranks(names, scores):
    table = {}
    for name in names:
        ordered = sorted(scores)  # !
        table[name] = ordered[0]
    return table
""",
        "regular expression compiled in the loop": r"""
import re


def matching(lines):
    found = []
    for line in lines:
        pattern = re.compile(r"^\d+\s+\w+$")  # !
        if pattern.match(line):
            found.append(line)
    return found
""",
        "json parsed again on each turn": r"""
import json


def lookup(raw, keys):
    for key in keys:
        config = json.loads(raw)  # !
        print(key, config.get(key))
""",
        "min in a nested loop of a method": r"""
class Grid:
    def shift(self, rows, offsets):
        for row in rows:
            for index, cell in enumerate(row):
                row[index] = cell - min(offsets)  # !
        return rows
""",
        "set built from the same list on each turn": r"""
def count_known(words, vocabulary):
    total = 0
    for word in words:
        if word in set(vocabulary):  # !
            total += 1
    return total
""",
    },
    "GL214": {
        "any of a list comprehension": r"""
def has_negative(numbers):
    return any([number < 0 for number in numbers])  # !
""",
        "all of a list comprehension": r"""
def complete(rows):
    return all([row.done for row in rows])  # !
""",
        "in an if condition": r"""
import os


def check(paths):
    if not all([os.path.exists(path) for path in paths]):  # !
        raise FileNotFoundError(paths)
""",
        "comprehension with a filter in a method": r"""
class Team:
    def __init__(self, members):
        self.members = members

    def has_active_admin(self):
        return any([m.admin for m in self.members if m.active])  # !
""",
        "nested generators at module level": r"""
matrix = [[1, 2], [3, 4]]
positive = all([cell > 0 for row in matrix for cell in row])  # !
print(positive)
""",
        "comprehension over several lines": r"""
def clash(names, taken):
    return any(  # !
        [
            name.lower() in taken
            for name in names
        ]
    )
""",
        "in an assert and in a boolean expression": r"""
def verify(items, limit):
    assert all([isinstance(item, int) for item in items])  # !
    return limit > 0 and any([item > limit for item in items])  # !
""",
        "in a while condition": r"""
import time


def wait_for(workers):
    while any([worker.is_alive() for worker in workers]):  # !
        time.sleep(1)
""",
    },
    "GL218": {
        "tuple variable": r"""
numbers = (1, 2, 3)

for number in list(numbers):  # !
    print(number)
""",
        "list variable": r"""
def show():
    names = ["a", "b", "c"]
    for name in list(names):  # !
        print(name)
""",
        "set variable": r"""
def show():
    codes = {10, 20, 30}
    for code in list(codes):  # !
        print(code)
""",
        "list display": r"""
for value in list([1, 2, 3]):  # !
    print(value)
""",
        "tuple display": r"""
def total():
    result = 0
    for value in list((4, 5, 6)):  # !
        result += value
    return result
""",
        "set display in an async function": r"""
import asyncio


async def ping():
    for port in list({80, 443, 8080}):  # !
        await asyncio.sleep(port / 1000)
""",
        "nested loops in a method": r"""
class Printer:
    def show(self):
        rows = (1, 2)
        columns = (3, 4)
        for row in list(rows):  # !
            for column in list(columns):  # !
                print(row, column)
""",
        "cast over several lines": r"""
items = (1, 2, 3)
for item in list(  # !
    items
):
    print(item)
""",
    },
    "GL222": {
        "key error as the else branch": r"""
def count(words):
    counts = {}
    for word in words:
        try:  # !
            counts[word] += 1
        except KeyError:
            counts[word] = 1
    return counts
""",
        "key error ignored": r"""
def purge(cache, keys):
    for key in keys:
        try:  # !
            del cache[key]
        except KeyError:
            pass
""",
        "index error for a missing column": r"""
def third_column(rows):
    result = []
    for row in rows:
        try:  # !
            result.append(row[2])
        except IndexError:
            result.append(None)
    return result
""",
        "attribute error for an optional attribute": r"""
class Registry:
    def __init__(self, plugins):
        self.plugins = plugins

    def names(self):
        result = []
        for plugin in self.plugins:
            try:  # !
                name = plugin.label
            except AttributeError:
                name = "unknown"
            result.append(name)
        return result
""",
        "default for a missing key": r"""
def prices(items, table):
    total = 0
    for item in items:
        try:  # !
            price = table[item]
        except KeyError:
            price = 0
        total += price
    return total
""",
        "value error ignored while parsing": r"""
def numbers(tokens):
    result = []
    for token in tokens:
        try:  # !
            result.append(int(token))
        except ValueError:
            pass
    return result
""",
        "continue on a missing key in a while loop": r"""
def drain(queue, handlers):
    while queue:
        message = queue.pop()
        try:  # !
            handler = handlers[message["type"]]
        except KeyError:
            continue
        handler(message)
""",
    },
    "GL226": {
        "rows of a random tensor added by index": r"""
import tensorflow as tf

x = tf.random.uniform([500, 10])
z = tf.zeros([10])
for i in range(500):  # !
    z += x[i]
""",
        "direct iteration over a constant": r"""
import tensorflow as tf


def total():
    rows = tf.constant([[1.0, 2.0], [3.0, 4.0]])
    result = tf.zeros([2])
    for row in rows:  # !
        result += row
    return result
""",
        "rows by shape": r"""
import tensorflow as tf

weights = tf.ones([100, 4])
acc = tf.zeros([4])
for i in range(weights.shape[0]):  # !
    acc = acc + weights[i]
print(acc)
""",
        "torch tensor iterated directly": r"""
import torch

batch = torch.rand(256, 8)
total = torch.zeros(8)
for row in batch:  # !
    total += row
""",
        "torch rows by len": r"""
import torch


def norms():
    data = torch.randn(1000, 3)
    result = 0.0
    for i in range(len(data)):  # !
        result += data[i].norm()
    return result
""",
        "torch rows by size in a method": r"""
import torch


class Scorer:
    def score(self):
        points = torch.zeros((64, 2))
        total = torch.zeros(2)
        for i in range(points.size(0)):  # !
            total += points[i] * 2
        return total
""",
        "imported name and enumerate": r"""
from torch import randn

values = randn(128, 16)
best = 0.0
for index, row in enumerate(values):  # !
    best = max(best, float(row.sum()))
print(best)
""",
    },
    "GL231": {
        "rest of the buffer after a send": r"""
def send_all(sock, data: bytes):
    while data:
        sent = sock.send(data)
        data = data[sent:]  # !
""",
        "growing slice of a bytes constant in a for loop": r"""
def prefixes():
    word = b"A" * 1000
    for i in range(1000):
        n = word[0:i]  # !
        print(n)
""",
        "bytes read from a file and consumed": r"""
import os


def copy(path, fd):
    with open(path, "rb") as handle:
        payload = handle.read()
    while payload:
        written = os.write(fd, payload)
        payload = payload[written:]  # !
""",
        "length of the bytes in the condition": r"""
def frames(buffer: bytes) -> int:
    count = 0
    while len(buffer) >= 4:
        size = buffer[0]
        buffer = buffer[size + 4:]  # !
        count += 1
    return count
""",
        "bytes call in a method": r"""
class Writer:
    def __init__(self, stream):
        self.stream = stream

    def flush(self, size):
        block = bytes(size)
        while block:
            done = self.stream.write(block)
            block = block[done:]  # !
""",
        "encoded text": r"""
def push(sock, text):
    data = text.encode("utf-8")
    while len(data) > 0:
        n = sock.send(data)
        data = data[n:]  # !
""",
        "async function": r"""
import asyncio


async def upload(sock, data: bytes):
    loop = asyncio.get_running_loop()
    while data:
        n = await loop.run_in_executor(None, sock.send, data)
        data = data[n:]  # !
""",
    },
    "GL302": {
        "for loop in a with block": r"""
with open("data.txt") as f:
    for line in f.readlines():  # !
        print(line)
""",
        "list comprehension": r"""
def load(path):
    with open(path, encoding="utf-8") as handle:
        return [line.strip() for line in handle.readlines()]  # !
""",
        "set and dict comprehensions": r"""
def load(path):
    with open(path) as f:
        unique = {line for line in f.readlines()}  # !
    with open(path) as f:
        sizes = {line: len(line) for line in f.readlines()}  # !
    return unique, sizes
""",
        "generator expression": r"""
def total(path):
    with open(path, "r") as f:
        return sum(int(line) for line in f.readlines())  # !
""",
        "open called in the loop header": r"""
for line in open("log.txt").readlines():  # !
    if "ERROR" in line:
        print(line)
""",
        "path opened": r"""
from pathlib import Path


def show(name):
    with Path(name).open() as f:
        for line in f.readlines():  # !
            print(line, end="")
""",
        "annotated argument": r"""
import io


def count(stream: io.TextIOWrapper) -> int:
    n = 0
    for _line in stream.readlines():  # !
        n += 1
    return n
""",
        "binary file in a method": r"""
class Reader:
    def read(self, path):
        rows = []
        with open(path, "rb") as source:
            for raw in source.readlines():  # !
                rows.append(raw.split(b","))
        return rows
""",
    },
    "GL306": {
        "data frame written and read back": r"""
import pandas as pd


def prepare(frame):
    frame.to_csv("features.csv", index=False)  # !


def train():
    return pd.read_csv("features.csv")  # !
""",
        "cache file guarded by exists": r"""
import os

import pandas as pd


def load(fetch):
    if os.path.exists("cache/prices.csv"):  # !
        return pd.read_csv("cache/prices.csv")  # !
    df = fetch()
    df.to_csv("cache/prices.csv")  # !
    return df
""",
        "module level script": r"""
import pandas as pd

raw = pd.read_json("raw.json")
raw.dropna().to_csv("tmp/clean.csv")  # !
clean = pd.read_csv("tmp/clean.csv")  # !
print(clean.describe())
""",
        "methods of a class": r"""
import pandas


class Pipeline:
    def dump(self, table):
        table.to_csv("stage1.csv", index=False)  # !

    def restore(self):
        return pandas.read_csv("stage1.csv")  # !
""",
        "polars": r"""
import polars as pl


def build(frame: pl.DataFrame) -> pl.DataFrame:
    frame.write_csv("intermediate.csv")  # !
    return pl.read_csv("intermediate.csv")  # !
""",
        "keyword argument for the path": r"""
import pandas as pd


def step_one(df):
    df.to_csv(path_or_buf="step_one.csv")  # !


def step_two():
    df = pd.read_csv(filepath_or_buffer="step_one.csv")  # !
    return df.groupby("id").sum()
""",
    },
    "GL401": {
        "cursor execute in a for loop": r"""
import sqlite3


def names(ids):
    connection = sqlite3.connect("app.db")
    cursor = connection.cursor()
    result = []
    for user_id in ids:
        cursor.execute("SELECT name FROM users WHERE id = ?", (user_id,))  # !
        result.append(cursor.fetchone())
    return result
""",
        "cursor execute in a while loop": r"""
import psycopg2


def copy(dsn):
    conn = psycopg2.connect(dsn)
    cursor = conn.cursor()
    i = 0
    while i < 10:
        cursor.execute("SELECT title FROM books WHERE id = %s", (i,))  # !
        print(cursor.fetchone())
        i += 1
""",
        "django get in a loop": r"""
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


def show(ids):
    for pk in ids:
        author = Author.objects.get(pk=pk)  # !
        print(author.name)
""",
        "django filter and count in a comprehension": r"""
from shop.models import Order


def totals(customers):
    return [Order.objects.filter(customer=c).count() for c in customers]  # !
""",
        "sqlalchemy session query in a method": r"""
from sqlalchemy.orm import Session

from app.models import User


class Report:
    def __init__(self, session: Session):
        self.session = session

    def build(self, ids):
        rows = []
        for user_id in ids:
            user = self.session.query(User).filter(User.id == user_id).first()  # !
            rows.append(user)
        return rows
""",
        "async driver": r"""
import asyncpg


async def load(ids):
    conn = await asyncpg.connect("postgresql://localhost/app")
    for item in ids:
        row = await conn.fetchrow("SELECT * FROM items WHERE id = $1", item)  # !
        print(row)
""",
        "insert of one row at a time": r"""
import sqlite3


def store(rows):
    connection = sqlite3.connect("app.db")
    cursor = connection.cursor()
    for row in rows:
        cursor.execute("INSERT INTO points VALUES (?, ?)", row)  # !
    connection.commit()
""",
        "session add of one song at a time": r"""
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


def import_songs(songs):
    for song in songs: db.session.add(song)  # !
    db.session.commit()
""",
    },
    "GL407": {
        "printed after a get": r"""
from django.contrib.auth.models import User
from django.db import models


class Item(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)


def show(pk):
    item = Item.objects.get(pk=pk)
    print(item.user.id)  # !
""",
        "in a loop over a query set": r"""
from django.conf import settings
from django.db import models


class Post(models.Model):
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)


def owners():
    ids = set()
    for post in Post.objects.all():
        ids.add(post.user.id)  # !
    return ids
""",
        "in a list comprehension": r"""
from django.db import models


class Comment(models.Model):
    user = models.ForeignKey("auth.User", on_delete=models.CASCADE)


def commenters():
    return [comment.user.id for comment in Comment.objects.all()]  # !
""",
        "in a method of the model": r"""
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField("auth.User", on_delete=models.CASCADE)

    def url(self):
        return "/users/%d" % self.user.id  # !
""",
        "compared in a view": r"""
from django.db import models
from django.http import HttpResponse, HttpResponseForbidden
from django.shortcuts import get_object_or_404


class Order(models.Model):
    user = models.ForeignKey("auth.User", on_delete=models.CASCADE)


def detail(request, pk, owner_id):
    order = get_object_or_404(Order, pk=pk)
    if order.user.id != owner_id:  # !
        return HttpResponseForbidden()
    return HttpResponse("ok")
""",
        "in an f-string": r"""
from django.db import models


class Ticket(models.Model):
    user = models.ForeignKey("auth.User", on_delete=models.CASCADE)

    def __str__(self):
        return f"ticket of {self.user.id}"  # !
""",
        "as a keyword argument and a dict value": r"""
from django.db import models


class Session(models.Model):
    user = models.ForeignKey("auth.User", on_delete=models.CASCADE)


def export(pk):
    session = Session.objects.get(pk=pk)
    other = Session.objects.filter(user_id=session.user.id)  # !
    return {"user": session.user.id, "others": other}  # !
""",
    },
    "GL413": {
        "distinct with group by": r"""
import sqlite3


def cities(connection: sqlite3.Connection):
    return connection.execute("SELECT DISTINCT city FROM users GROUP BY city").fetchall()  # !
""",
        "bare union of labelled rows": r"""
def events(cursor):
    cursor.execute("SELECT id, 'login' AS kind FROM logins UNION SELECT id, 'order' AS kind FROM orders")  # !
    return cursor.fetchall()
""",
        "union in a module level constant": r"""
import sqlite3

QUERY = "SELECT a, b FROM table_1 UNION SELECT a, b FROM table_2"  # !


def rows(path):
    with sqlite3.connect(path) as connection:
        return connection.execute(QUERY).fetchall()
""",
        "inner join without a condition": r"""
def pairs(cursor):
    cursor.execute("SELECT foo.a, bar.b FROM foo INNER JOIN bar")  # !
    return cursor.fetchall()
""",
        "plain join without a condition in a method": r"""
class Store:
    def __init__(self, connection):
        self.connection = connection

    def combos(self):
        sql = "SELECT c.name, s.size FROM colours AS c JOIN sizes AS s"  # !
        return self.connection.execute(sql).fetchall()
""",
        "distinct with group by in pandas": r"""
import pandas as pd


def load(engine):
    return pd.read_sql("SELECT DISTINCT a, b FROM sales GROUP BY a, b", con=engine)  # !
""",
        "lower case union in sqlalchemy text": r"""
from sqlalchemy import text


async def everybody(session):
    result = await session.execute(text("select id from employees union select id from contractors"))  # !
    return result.all()
""",
    },
    "GL510": {
        "flask query all": r"""
from flask import Flask, jsonify

from app.models import User

app = Flask(__name__)


@app.route("/users")
def users():
    return jsonify([user.to_dict() for user in User.query.all()])  # !
""",
        "fastapi session query all": r"""
from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from app.db import get_db
from app.models import Item

app = FastAPI()


@app.get("/items")
def list_items(db: Session = Depends(get_db)):
    return db.query(Item).all()  # !
""",
        "fastapi router with select": r"""
from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from app.db import get_session
from app.models import Order

router = APIRouter()


@router.get("/orders")
async def list_orders(session: AsyncSession = Depends(get_session)):
    return (await session.scalars(select(Order))).all()  # !
""",
        "django json response": r"""
from django.http import JsonResponse

from blog.models import Article


def articles(request):
    return JsonResponse(list(Article.objects.values()), safe=False)  # !
""",
        "rest framework api view": r"""
from rest_framework.response import Response
from rest_framework.views import APIView

from library.models import Book
from library.serializers import BookSerializer


class BookList(APIView):
    def get(self, request):
        return Response(BookSerializer(Book.objects.all(), many=True).data)  # !
""",
        "rest framework function view": r"""
from rest_framework.decorators import api_view
from rest_framework.response import Response

from shop.models import Product
from shop.serializers import ProductSerializer


@api_view(["GET"])
def products(request):
    serializer = ProductSerializer(Product.objects.all(), many=True)  # !
    return Response(serializer.data)
""",
        "flask blueprint with session query": r"""
from flask import Blueprint, jsonify

from app.extensions import db
from app.models import Track

bp = Blueprint("tracks", __name__)


@bp.get("/tracks")
def tracks():
    rows = db.session.query(Track).all()  # !
    return jsonify([row.as_dict() for row in rows])
""",
    },
    "GL601": {
        "f-string on the root logger": r"""
import logging

name = "world"
logging.info(f"Hello {name}")  # !
""",
        "str format": r"""
import logging

logger = logging.getLogger(__name__)


def load(path):
    logger.debug("loading {}".format(path))  # !
""",
        "percent operator": r"""
import logging

log = logging.getLogger("app")


def fail(code, reason):
    log.error("failed with %s: %s" % (code, reason))  # !
""",
        "string concatenation": r"""
import logging

logger = logging.getLogger(__name__)


def greet(user):
    logger.warning("unknown user " + user)  # !
""",
        "logger on self": r"""
import logging


class Worker:
    def __init__(self):
        self.logger = logging.getLogger(__name__)

    def run(self, job):
        self.logger.info(f"running {job.name} ({job.id})")  # !
""",
        "log with a level": r"""
import logging


def trace(step, total):
    logging.log(logging.DEBUG, f"step {step} of {total}")  # !
    logging.log(logging.INFO, "step {} of {}".format(step, total))  # !
""",
        "imported function with alias and extra": r"""
import logging as lg


async def handle(request):
    lg.debug(f"request {request!r}", extra={"id": request.id})  # !
    return request
""",
        "exception handler": r"""
import logging

logger = logging.getLogger(__name__)


def parse(text):
    try:
        return int(text)
    except ValueError as exc:
        logger.exception("cannot parse %r: %s" % (text, exc))  # !
        return None
""",
    },
    "GL607": {
        "list appended in a function": r"""
HISTORY = []  # !


def handle(request):
    HISTORY.append(request)
    return "ok"
""",
        "dict filled in a function": r"""
_cache = {}  # !


def load(key, fetch):
    if key not in _cache:
        _cache[key] = fetch(key)
    return _cache[key]
""",
        "set filled in a method": r"""
SEEN = set()  # !


class Crawler:
    def visit(self, url):
        SEEN.add(url)
        return len(url)
""",
        "annotated list extended in an async function": r"""
EVENTS: list[dict] = []  # !


async def on_message(queue):
    batch = await queue.get()
    EVENTS.extend(batch)
""",
        "list call with a private name": r"""
_messages = list()  # !


def log(text, level="info"):
    if level != "debug":
        _messages.append((level, text))
""",
        "default dict of lists": r"""
from collections import defaultdict

SAMPLES = defaultdict(list)  # !


def record(metric, value):
    SAMPLES[metric].append(value)
""",
    },
    "GL611": {
        "any by hand": r"""
def has_even(numbers):
    for number in numbers:  # !
        if number % 2 == 0:
            return True
    return False
""",
        "all by hand": r"""
def all_valid(items, check):
    for item in items:  # !
        if not check(item):
            return False
    return True
""",
        "any by hand in a method": r"""
class Box:
    def __init__(self, parts):
        self.parts = parts

    def contains(self, name):
        for part in self.parts:  # !
            if part.name == name:
                return True
        return False
""",
        "max as a conditional expression": r"""
def bigger(x, y):
    return x if x > y else y  # !
""",
        "min as a conditional expression": r"""
def clamp(width, limit):
    size = width if width < limit else limit  # !
    return size
""",
        "max as an if statement": r"""
def raise_floor(value, floor):
    if value < floor:  # !
        value = floor
    return value
""",
        "min as an if statement on an attribute": r"""
class Range:
    def __init__(self, value):
        self.value = value

    def cap(self):
        if self.value > 10:  # !
            self.value = 10
        return self.value
""",
        "all by hand with two conditions": r"""
def inside(points, low, high):
    for point in points:  # !
        if point < low or point > high:
            return False
    return True
""",
    },
    "GL615": {
        "series equal to one": r"""
import pandas as pd

data = pd.Series([1, 1, 1])
print(data.nunique() == 1)  # !
""",
        "column of a data frame": r"""
import pandas as pd


def constant(path):
    df = pd.read_parquet(path)
    return df["price"].nunique() == 1  # !
""",
        "not equal to one": r"""
import pandas as pd

data = pd.Series(range(1000))
if data.nunique() != 1:  # !
    print("more than one value")
""",
        "greater than one": r"""
import pandas as pd


def varies(series: pd.Series) -> bool:
    return series.nunique() > 1  # !
""",
        "less than or equal to one": r"""
import pandas

data = pandas.Series(["a", "a"])
same = data.nunique() <= 1  # !
""",
        "with dropna": r"""
import pandas as pd

data = pd.Series([1, 2, None])
print(data.nunique(dropna=True) == 1)  # !
print(data.nunique(dropna=False) == 1)  # !
""",
        "columns filtered in a comprehension": r"""
import pandas as pd


def constant_columns(df: pd.DataFrame) -> list[str]:
    return [name for name in df.columns if df[name].nunique() == 1]  # !
""",
    },
    "GL701": {
        "pass on a flag": r"""
done = False


def wait():
    while not done:  # !
        pass
""",
        "pass on a thread": r"""
import threading


def run(job):
    thread = threading.Thread(target=job)
    thread.start()
    while thread.is_alive():  # !
        pass
    print("finished")
""",
        "pass on the clock": r"""
import time


def pause(seconds):
    end = time.time() + seconds
    while time.time() < end:  # !
        pass
""",
        "event polled in a method": r"""
import threading


class Worker:
    def __init__(self):
        self.ready = threading.Event()

    def wait(self):
        while not self.ready.is_set():  # !
            continue
""",
        "asyncio sleep in a while loop": r"""
import asyncio

READY = False


async def wait_ready():
    while not READY:  # !
        await asyncio.sleep(0.1)
""",
        "trio sleep in a while loop": r"""
import trio


async def wait_for(state):
    while not state.finished:  # !
        await trio.sleep(1)
""",
        "anyio sleep imported by name": r"""
from anyio import sleep


async def wait_for(jobs):
    while jobs:  # !
        await sleep(0.5)
""",
    },
    "GL706": {
        "trio in while True": r"""
import trio


async def spin(task):
    while True:
        if task.done:
            break
        await trio.sleep(0)  # !
""",
        "anyio in while True": r"""
import anyio


async def spin(queue):
    while True:
        if queue:
            return queue.pop()
        await anyio.sleep(0)  # !
""",
        "trio sleep imported by name": r"""
from trio import sleep


async def wait(state):
    while not state.ready:
        await sleep(0)  # !
""",
        "anyio sleep imported by name": r"""
from anyio import sleep


async def wait(lock):
    while lock.held:
        await sleep(0)  # !
    lock.held = True
""",
        "keyword argument": r"""
import trio


async def poll(channel):
    while not channel.messages:
        await trio.sleep(seconds=0)  # !
    return channel.messages.pop()
""",
        "method that waits on self": r"""
import trio


class Gate:
    def __init__(self):
        self.open = False

    async def wait(self):
        while not self.open:
            await trio.sleep(0)  # !
""",
    },
    "GL807": {
        "no num_workers": r"""
from torch.utils.data import DataLoader


def make(dataset):
    return DataLoader(dataset, batch_size=32, shuffle=True)  # !
""",
        "num_workers of zero": r"""
from torch.utils.data import DataLoader


def make(dataset):
    loader = DataLoader(dataset, batch_size=64, num_workers=0)  # !
    return loader
""",
        "qualified name": r"""
import torch


def train(dataset, model):
    loader = torch.utils.data.DataLoader(dataset, batch_size=16)  # !
    for batch in loader:
        model(batch)
""",
        "module alias": r"""
import torch.utils.data as data
from torchvision import datasets

train_set = datasets.MNIST("root", train=True)
train_loader = data.DataLoader(train_set, batch_size=128, shuffle=True)  # !
""",
        "loader kept on self": r"""
import torch
from torch.utils.data import DataLoader, TensorDataset


class Trainer:
    def __init__(self, x, y):
        self.device = torch.device("cuda")
        self.loader = DataLoader(TensorDataset(x, y), batch_size=256, pin_memory=True)  # !
""",
        "loader in the header of a loop": r"""
from torch.utils.data import DataLoader


def evaluate(model, dataset):
    for inputs, labels in DataLoader(dataset, batch_size=8, drop_last=True):  # !
        print(model(inputs.cuda()), labels)
""",
        "train and validation loaders": r"""
from torch.utils.data import DataLoader as Loader


def loaders(train, valid, size):
    train_loader = Loader(train, size, shuffle=True)  # !
    valid_loader = Loader(valid, size, num_workers=0)  # !
    return train_loader, valid_loader
""",
    },
    "GL816": {
        "tensor from random rand": r"""
import numpy as np
import torch

x = torch.tensor(np.random.rand(10, 5))  # !
""",
        "tensor from random randn with dtype": r"""
import numpy as np
import torch


def noise(size):
    return torch.tensor(np.random.randn(size, size), dtype=torch.float32)  # !
""",
        "tensor from zeros and ones": r"""
import numpy as np
import torch

a = torch.tensor(np.zeros((3, 4)))  # !
b = torch.tensor(np.ones(10))  # !
""",
        "from_numpy with a fresh array": r"""
import numpy as np
import torch


def identity(n):
    return torch.from_numpy(np.eye(n))  # !
""",
        "numpy without an alias in a method": r"""
import numpy
import torch


class Model:
    def reset(self, n):
        self.weights = torch.tensor(numpy.random.rand(n, n))  # !
""",
        "moved to the device in the same chain": r"""
import numpy as np
import torch

device = torch.device("cuda")
batch = torch.tensor(np.random.rand(64, 3, 32, 32)).float().to(device)  # !
""",
        "arange and linspace": r"""
import numpy as np
import torch


def axes(n):
    steps = torch.tensor(np.arange(n))  # !
    grid = torch.tensor(np.linspace(0, 1, n))  # !
    return steps, grid
""",
        "alias of torch and randint in a loop": r"""
import numpy as np
import torch as th

for _ in range(10):
    labels = th.tensor(np.random.randint(0, 10, size=32))  # !
    print(labels.shape)
""",
    },
}
