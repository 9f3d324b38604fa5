"""Wasteful code of each rule, written from the meaning of rules by authors who had not seen greenlint; `# !` marks what to report."""

CASES: dict[str, dict[str, str]] = {
    "GL104": {
        "plain method next to a used one": r"""
class Greeter:
    def hello(self):
        return "hello"

    def goodbye(self):  # !
        return "goodbye"


print(Greeter().hello())
""",
        "async method never awaited": r"""
import asyncio


class Client:
    async def connect(self):
        await asyncio.sleep(0)

    async def disconnect(self):  # !
        await asyncio.sleep(0)


async def main():
    client = Client()
    await client.connect()


asyncio.run(main())
""",
        "private helper left behind": r"""
class Parser:
    def __init__(self, text):
        self.text = text

    def parse(self):
        return self.text.split(",")

    def _strip_comments(self):  # !
        return [line for line in self.text.splitlines() if not line.startswith("#")]


parser = Parser("a,b,c")
print(parser.parse())
""",
        "method of a nested class": r"""
class Outer:
    class Inner:
        def used(self):
            return 1

        def forgotten(self):  # !
            return 2

    def run(self):
        return self.Inner().used()


Outer().run()
""",
        "new method in a subclass": r"""
class Shape:
    def area(self):
        return 0


class Square(Shape):
    def __init__(self, side):
        self.side = side

    def area(self):
        return self.side * self.side

    def diagonal(self):  # !
        return self.side * 1.4142


print(Square(3).area())
""",
        "several unused methods": r"""
class Stack:
    def __init__(self):
        self.items = []

    def push_item(self, item):
        self.items.append(item)

    def peek_item(self):  # !
        return self.items[-1]

    def drop_all(self):  # !
        self.items = []


stack = Stack()
stack.push_item(1)
""",
        "class defined in a function": r"""
def make_counter():
    class Counter:
        def __init__(self):
            self.value = 0

        def increase(self):
            self.value += 1

        def decrease(self):  # !
            self.value -= 1

    return Counter()


make_counter().increase()
""",
        "used attribute but unused generator method": r"""
class Tree:
    def __init__(self, children):
        self.children = children

    def walk_leaves(self):  # !
        for child in self.children:
            yield child


tree = Tree([1, 2, 3])
print(tree.children)
""",
    },
    "GL110": {
        "sorted as a statement": r"""
def order(names: list[str]) -> list[str]:
    sorted(names)  # !
    return names
""",
        "string methods dropped": r"""
title = "  hello world  "
title.strip()  # !
title.replace("world", "there")  # !
print(title)
""",
        "data frame abs not assigned": r"""
import pandas as pd

df = pd.DataFrame([[-1], [2], [-3]])
df.abs()  # !
print(df)
""",
        "dropna in a function": r"""
import pandas as pd


def clean(path):
    df = pd.read_csv(path, dtype={"id": "int64"})
    df.dropna()  # !
    return df
""",
        "several data frame calls": r"""
import pandas as pd

df = pd.DataFrame({"a": [3, 1, 2], "b": [None, 1.0, 2.0]})
df.fillna(0)  # !
df.sort_values(by="a")  # !
df.rename(columns={"a": "x"})  # !
df.drop(columns=["b"], inplace=False)  # !
""",
        "numpy clip not assigned": r"""
import numpy as np

values = np.array([2, 3, 1, 0])
np.clip(values, -1, 1)  # !
print(values)
""",
        "binary operation as a statement": r"""
class Counter:
    def __init__(self):
        self.count = 0

    def step(self):
        self.count + 1  # !
        return self.count
""",
        "upper in a loop": r"""
def shout(words: list[str]) -> list[str]:
    result = []
    for word in ["a", "b"]:
        word.upper()  # !
        result.append(word)
    return result + words
""",
    },
    "GL201": {
        "plus equal in a for loop": r"""
def join_numbers(numbers: list[str]) -> str:
    result = ""
    for number in numbers:
        result += number  # !
    return result
""",
        "while loop with str": r"""
def digits(limit: int) -> str:
    text = ""
    i = 0
    while i < limit:
        text += str(i)  # !
        i += 1
    return text
""",
        "attribute target": r"""
class Report:
    def __init__(self):
        self.body = ""

    def render(self, rows: list[str]) -> None:
        for row in rows:
            self.body += row + "\n"  # !
""",
        "f-string piece with a condition": r"""
def to_csv(record: dict[str, int]) -> str:
    out = ""
    for key, value in record.items():
        if value:
            out += f"{key}={value},"  # !
    return out
""",
        "plain assignment instead of augmented": r"""
def build(lines: list[str]) -> str:
    html = "<ul>"
    for line in lines:
        html = html + "<li>" + line + "</li>"  # !
    return html + "</ul>"
""",
        "nested loops": r"""
def grid(rows: list[list[int]]) -> str:
    text = ""
    for row in rows:
        for cell in row:
            text += "%d " % cell  # !
        text += "\n"  # !
    return text
""",
        "subscript target": r"""
def group(pairs: list[tuple[str, str]]) -> dict[str, str]:
    groups = {"a": "", "b": ""}
    for name, word in pairs:
        groups[name] += word + ";"  # !
    return groups
""",
        "async for over a stream": r"""
async def read_all(stream) -> str:
    body = ""
    async for chunk in stream:
        body += chunk.decode("utf-8")  # !
    return body
""",
    },
    "GL206": {
        "sum with an empty list": r"""
x = [1, 2, 3]
y = [4, 5, 6]

flat = sum([x, y], [])  # !
""",
        "start keyword": r"""
def flatten(lists: list[list[int]]) -> list[int]:
    return sum(lists, start=[])  # !
""",
        "list call as start": r"""
def flatten(lists):
    merged = sum(lists, start=list())  # !
    return merged


def flatten_positional(lists):
    return sum(lists, list())  # !
""",
        "nested literals": r"""
rows = 2
print(rows, sum([[1, 2, 3], [4, 5, 6]], []))  # !
""",
        "generator of lists": r"""
class Team:
    def __init__(self, groups):
        self.groups = groups

    def members(self):
        return sum((list(group.members) for group in self.groups), [])  # !
""",
        "reduce with operator add": r"""
import functools
import operator

matrix = [[1, 2], [3, 4], [5, 6]]
flat = functools.reduce(operator.add, matrix, [])  # !
""",
        "reduce with a lambda on lists": r"""
from functools import reduce


def flatten(rows: list[list[str]]) -> list[str]:
    return reduce(lambda left, right: left + right, rows, [])  # !
""",
        "iterated in a for loop": r"""
def show(chunks: list[list[str]]) -> None:
    for item in sum(chunks, []):  # !
        print(item)
""",
    },
    "GL212": {
        "first and last": r"""
nums = [3, 1, 4, 1, 5]

lowest = sorted(nums)[0]  # !
highest = sorted(nums)[-1]  # !
""",
        "reverse": r"""
def top(scores: list[int]) -> int:
    return sorted(scores, reverse=True)[0]  # !


def bottom(scores: list[int]) -> int:
    return sorted(scores, reverse=True)[-1]  # !
""",
        "key lambda": r"""
people = [("ann", 31), ("bob", 25)]
youngest = sorted(people, key=lambda person: person[1])[0]  # !
print(youngest)
""",
        "key and reverse": r"""
words = ["aa", "b", "cccc"]
longest = sorted(words, key=len, reverse=True)[0]  # !
""",
        "explicit reverse false": r"""
values = {4, 2, 9}
largest = sorted(values, reverse=False)[-1]  # !
""",
        "attribute in a method": r"""
class Basket:
    def __init__(self, prices):
        self.prices = prices

    def cheapest(self):
        if self.prices:
            return sorted(self.prices)[0]  # !
        return None
""",
        "generator and chained attribute": r"""
from pathlib import Path


def newest(folder: Path) -> str:
    return sorted(folder.glob("*.log"), key=lambda p: p.stat().st_mtime)[-1].name  # !
""",
        "inside an f-string": r"""
def describe(temps: list[float]) -> str:
    return f"max is {sorted(temps)[-1]}"  # !
""",
    },
    "GL216": {
        "print each element": r"""
names = ["ann", "bob", "cid"]

for i in range(len(names)):  # !
    print(names[i])
""",
        "yield each element": r"""
def walk(items: list[int]):
    for obj in range(len(items)):  # !
        yield items[obj]
""",
        "explicit zero start": r"""
def total(values: list[int]) -> int:
    result = 0
    for index in range(0, len(values)):  # !
        result += values[index]
    return result
""",
        "attribute sequence": r"""
class Playlist:
    def __init__(self, songs):
        self.songs = list(songs)

    def play(self):
        for i in range(len(self.songs)):  # !
            print("playing", self.songs[i])
""",
        "condition in the body": r"""
def positives(numbers: list[int]) -> int:
    count = 0
    for i in range(len(numbers)):  # !
        if numbers[i] > 0:
            count += 1
    return count
""",
        "nested function and two reads": r"""
def outer(words: list[str]):
    def inner():
        for k in range(len(words)):  # !
            if words[k].startswith("x"):
                print(words[k])

    inner()
""",
        "async function": r"""
async def send_all(messages: list[str], channel) -> None:
    for i in range(len(messages)):  # !
        await channel.send(messages[i])
""",
        "assigned to a local first": r"""
def shout(text: str) -> None:
    for pos in range(len(text)):  # !
        char = text[pos]
        print(char.upper())
""",
    },
    "GL220": {
        "append with an expression": r"""
def squares(items: list[int]) -> list[int]:
    result = []
    for i in items:  # !
        result.append(i * i)
    return result
""",
        "append with a filter": r"""
def evens(items: list[int]) -> list[int]:
    result = []
    for i in items:  # !
        if i % 2 == 0:
            result.append(i)
    return result
""",
        "copy of every element": r"""
def duplicate(items):
    result = []
    for item in items:  # !
        result.append(item)
    return result
""",
        "dict from pairs": r"""
def as_dict(fruit: list[str]) -> dict[str, int]:
    result = {}
    for idx, name in enumerate(fruit):  # !
        result[name] = idx
    return result
""",
        "dict with a filter": r"""
def odd_names(pairs: list[tuple[int, str]]) -> dict[int, str]:
    result = {}
    for number, name in pairs:  # !
        if number % 2:
            result[number] = name
    return result
""",
        "module level": r"""
nums = [1, 2, 3, 4]
doubled = []

for num in nums:  # !
    doubled.append(num * 2)

print(doubled)
""",
        "async for": r"""
async def collect(source):
    names: list[str] = []
    async for row in source:  # !
        names.append(row.name.lower())
    return names
""",
        "method with attribute iterable": r"""
class Shop:
    def __init__(self, products):
        self.products = products

    def labels(self):
        labels = list()
        for product in self.products:  # !
            labels.append(f"{product.name}: {product.price}")
        return labels
""",
    },
    "GL224": {
        "dot product": r"""
import numpy as np


def dot() -> float:
    x = np.random.rand(1000)
    y = np.random.rand(1000)
    total = 0.0
    for i in range(len(x)):  # !
        total += x[i] * y[i]
    return total
""",
        "element-wise sum into a result array": r"""
import numpy as np

a = np.arange(1000)
b = np.ones(1000)
c = np.zeros(1000)

for i in range(1000):  # !
    c[i] = a[i] + b[i]
""",
        "outer product": r"""
import numpy as np


def outer(n: int, m: int):
    x = np.random.rand(n)
    y = np.random.rand(m)
    result = np.zeros((n, m))
    for i in range(n):  # !
        for j in range(m):
            result[i][j] = x[i] * y[j]
    return result
""",
        "annotated arguments": r"""
import numpy as np


def multiply(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    result = np.zeros(len(x))
    for i in range(len(x)):  # !
        result[i] = x[i] * y[i]
    return result
""",
        "in-place scaling with shape": r"""
import numpy as np


def scale(factor: float):
    data = np.linspace(0.0, 1.0, 500)
    for i in range(data.shape[0]):  # !
        data[i] = data[i] * factor
    return data
""",
        "two dimensional with tuple index": r"""
import numpy

a = numpy.random.rand(50, 50)
b = numpy.random.rand(50, 50)
out = numpy.empty((50, 50))
for i in range(50):  # !
    for j in range(50):
        out[i, j] = a[i, j] - b[i, j]
""",
        "method with attributes": r"""
import numpy as np


class Signal:
    def __init__(self, n: int):
        self.left = np.zeros(n)
        self.right = np.ones(n)
        self.mixed = np.zeros(n)

    def mix(self) -> None:
        for i in range(len(self.left)):  # !
            self.mixed[i] = self.left[i] + self.right[i]
""",
    },
    "GL229": {
        "for loop with a date format": r"""
from datetime import datetime


def parse(rows: list[str]) -> list[datetime]:
    out = []
    for row in rows:
        out.append(datetime.strptime(row, "%Y-%m-%d"))  # !
    return out
""",
        "list comprehension": r"""
import datetime


def parse(stamps: list[str]):
    return [datetime.datetime.strptime(s, "%Y-%m-%dT%H:%M:%S") for s in stamps]  # !
""",
        "module alias and keyword-free assignment": r"""
import datetime as dt

stamps = ["2024-01-01 10:00:00", "2024-01-02 11:30:00"]
for stamp in stamps:
    when = dt.datetime.strptime(stamp, "%Y-%m-%d %H:%M:%S")  # !
    print(when)
""",
        "chained call with time zone": r"""
from datetime import datetime, timezone


def load(records: list[dict[str, str]]) -> None:
    for record in records:
        record["day"] = datetime.strptime(record["at"], "%Y-%m-%dT%H:%M:%S").replace(tzinfo=timezone.utc)  # !
""",
        "while loop in a method": r"""
from datetime import datetime


class Reader:
    def __init__(self, lines: list[str]):
        self.lines = lines
        self.times = []

    def read(self) -> None:
        while self.lines:
            line = self.lines.pop()
            self.times.append(datetime.strptime(line, "%Y-%m-%d %H:%M:%S.%f"))  # !
""",
        "offset in the format": r"""
from datetime import datetime


def latest(events: list[str]) -> float:
    newest = 0.0
    for event in events:
        moment = datetime.strptime(event, "%Y-%m-%dT%H:%M:%S%z").timestamp()  # !
        newest = max(newest, moment)
    return newest
""",
        "pandas to_datetime without a format": r"""
import pandas as pd

df = pd.read_csv("events.csv", dtype=str)
df["day"] = pd.to_datetime(df["day"])  # !
""",
        "dict comprehension with date": r"""
from datetime import datetime


def index(days: set[str]):
    return {day: datetime.strptime(day, "%Y-%m-%d").date() for day in days}  # !
""",
    },
    "GL233": {
        "os.path.exists in a for loop": r"""
import os


def missing(names):
    out = []
    for name in names:
        if not os.path.exists(name):  # !
            out.append(name)
    return out
""",
        "os.path.join in a for loop": r"""
import os


def full_names(folder, names):
    for name in names:
        path = os.path.join(folder, name)  # !
        print(path)
""",
        "while loop": r"""
import os


def root_of(path):
    while not os.path.isdir(path):  # !
        path = path[:-1]
    return path


def climb(path, steps):
    while steps:
        path = os.path.dirname(path)  # !
        steps -= 1
    return path
""",
        "import alias": r"""
import os as operating_system


def sizes(files):
    total = 0
    for file in files:
        total += operating_system.path.getsize(file)  # !
    return total
""",
        "method of a class": r"""
import os


class Scanner:
    def __init__(self, names):
        self.names = names

    def extensions(self):
        found = set()
        for name in self.names:
            found.add(os.path.splitext(name)[1])  # !
        return found
""",
        "nested loops": r"""
import os


def collect(folders, suffixes):
    for folder in folders:
        for suffix in suffixes:
            print(os.path.join(folder, suffix))  # !
""",
        "two lookups in one turn": r"""
import os.path


def report(paths):
    for path in paths:
        base = os.path.basename(path)  # !
        size = os.path.getsize(path)  # !
        print(base, size)
""",
    },
    "GL304": {
        "module level": r"""
import pandas as pd

df = pd.read_csv("data.csv")  # !
""",
        "without an alias": r"""
import pandas

frame = pandas.read_csv("data/measurements.csv")  # !
print(frame.head())
""",
        "other keywords but no dtype": r"""
import pandas as pd

df = pd.read_csv("data.csv", sep=";", index_col=0, usecols=["id", "price"])  # !
""",
        "function level": r"""
import pandas as pd


def load():
    df = pd.read_csv("train.csv", header=0)  # !
    return df
""",
        "chained call": r"""
import pandas as pd

clean = pd.read_csv("raw.csv").dropna().reset_index(drop=True)  # !
""",
        "from import": r"""
from pandas import read_csv


def load_sales():
    return read_csv("sales.csv")  # !
""",
        "attribute target in a method": r"""
import pandas as pd


class Dataset:
    def __init__(self):
        self.train = pd.read_csv("train.csv")  # !
        self.test = pd.read_csv(filepath_or_buffer="test.csv")  # !
""",
    },
    "GL311": {
        "append to a log in a for loop": r"""
def log_all(messages):
    for message in messages:
        with open("app.log", "a") as handle:  # !
            handle.write(message + "\n")
""",
        "read without a with statement": r"""
def lookup(keys):
    found = []
    for key in keys:
        f = open("index.txt")  # !
        if key in f.read():
            found.append(key)
        f.close()
    return found
""",
        "while loop": r"""
def count(limit):
    i = 0
    while i < limit:
        with open("counter.txt", mode="a", encoding="utf-8") as out:  # !
            out.write(f"{i}\n")
        i += 1
""",
        "path given as an argument": r"""
def save(rows: list[str], path: str) -> None:
    for row in rows:
        with open(path, "a") as out:  # !
            out.write(row)
""",
        "pathlib open": r"""
from pathlib import Path

LOG = Path("events.log")


def write(events):
    for event in events:
        with LOG.open("a") as out:  # !
            out.write(str(event))
""",
        "attribute in a method": r"""
import json


class Store:
    def __init__(self, path):
        self.path = path

    def dump(self, items):
        for item in items:
            with open(self.path, "a", encoding="utf-8") as out:  # !
                out.write(json.dumps(item))
""",
        "nested loops at module level": r"""
rows = [[1, 2], [3, 4]]
for row in rows:
    for cell in row:
        with open("cells.txt", "a") as out:  # !
            out.write(str(cell))
""",
        "config read again under a condition": r"""
import json


def check(users):
    for user in users:
        if user.active:
            with open("config.json") as handle:  # !
                config = json.load(handle)
            print(user.name, config["mode"])
""",
    },
    "GL403": {
        "sqlite execute and fetchall chained": r"""
import sqlite3

conn = sqlite3.connect("shop.db")
rows = conn.execute("SELECT id, name FROM products").fetchall()  # !
""",
        "cursor in a function": r"""
import sqlite3


def users():
    conn = sqlite3.connect("app.db")
    cursor = conn.cursor()
    return cursor.execute("SELECT name FROM users").fetchall()  # !
""",
        "execute then fetchall": r"""
import psycopg2


def load(dsn):
    conn = psycopg2.connect(dsn)
    cursor = conn.cursor()
    cursor.execute("SELECT id, email FROM customers ORDER BY id")  # !
    return cursor.fetchall()
""",
        "lower case keywords": r"""
import mysql.connector


def fetch(cfg):
    db = mysql.connector.connect(**cfg)
    cur = db.cursor()
    cur.execute("select user from my_table")  # !
    result = cur.fetchall()
    return result
""",
        "method with attributes": r"""
import sqlite3


class Repository:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)
        self.cursor = self.conn.cursor()

    def all_orders(self):
        self.cursor.execute("SELECT order_id, total FROM orders")  # !
        return self.cursor.fetchall()
""",
        "list around execute": r"""
import sqlite3


def names(path):
    conn = sqlite3.connect(path)
    return list(conn.execute("SELECT name FROM cities"))  # !
""",
        "select star": r"""
import sqlite3

connection = sqlite3.connect("logs.db")
cursor = connection.cursor()
cursor.execute("SELECT * FROM logs")  # !
for row in cursor.fetchall():
    print(row)
""",
    },
    "GL410": {
        "count greater than zero": r"""
from myapp.models import Book


def has_books(author):
    if Book.objects.filter(author=author).count() > 0:  # !
        return True
    return False
""",
        "len greater than zero": r"""
from shop.models import Order


def has_open_orders(user):
    return len(Order.objects.filter(user=user, closed=False)) > 0  # !
""",
        "query set in a local": r"""
from blog.models import Post


def show(request):
    posts = Post.objects.filter(published=True)
    if posts.count() > 0:  # !
        return "some"
    return "none"
""",
        "count equal to zero": r"""
from accounts.models import User


def is_free(name):
    if User.objects.filter(username=name).count() == 0:  # !
        return True
    raise ValueError(name)
""",
        "count at least one": r"""
from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=50)


def known(name):
    found = Author.objects.filter(name=name).count() >= 1  # !
    return found
""",
        "truth of count": r"""
from inventory.models import Item


class Cart:
    def __init__(self, owner):
        self.owner = owner

    def is_filled(self):
        if Item.objects.filter(owner=self.owner).exclude(removed=True).count():  # !
            return True
        return False
""",
        "not equal to zero in a while": r"""
from jobs.models import Job


def drain(worker):
    while Job.objects.filter(done=False).count() != 0:  # !
        worker.step()
""",
        "len of all": r"""
from news.models import Article


def empty():
    if len(Article.objects.all()) == 0:  # !
        print("no articles")
""",
    },
    "GL502": {
        "get without timeout": r"""
import requests

response = requests.get("https://example.com")  # !
print(response.status_code)
""",
        "every verb": r"""
import requests

URL = "https://example.com/items"

requests.post(URL, json={"a": 1})  # !
requests.put(URL, data=b"x")  # !
requests.patch(URL, data=b"x")  # !
requests.delete(URL)  # !
requests.head(URL)  # !
requests.options(URL)  # !
""",
        "generic request": r"""
import requests


def call(method, url):
    return requests.request(method, url, headers={"Accept": "text/plain"})  # !
""",
        "timeout is none": r"""
import requests


def load(url):
    return requests.get(url, timeout=None).json()  # !
""",
        "from import": r"""
from requests import get, post


def ping(url):
    if get(url).ok:  # !
        post(url, data={"seen": True})  # !
""",
        "alias in a method": r"""
import requests as rq


class Api:
    def __init__(self, base):
        self.base = base

    def user(self, ident):
        self.last = rq.get(f"{self.base}/users/{ident}")  # !
        return self.last.json()
""",
        "httpx with timeout none": r"""
import httpx

httpx.get("https://example.com", timeout=None)  # !
httpx.post("https://example.com", json={}, timeout=None)  # !

with httpx.Client(timeout=None) as client:  # !
    client.get("https://example.com")
""",
        "httpx async client": r"""
import httpx


async def fetch(url):
    async with httpx.AsyncClient(timeout=None) as client:  # !
        reply = await client.get(url)
    return reply.text
""",
    },
    "GL512": {
        "flask send_from_directory": r"""
from flask import Flask, send_from_directory

app = Flask(__name__)


@app.route("/assets/<path:name>")
def assets(name):
    return send_from_directory("assets", name)  # !
""",
        "flask send_file": r"""
from flask import Flask, send_file

app = Flask(__name__)


@app.route("/logo.png")
def logo():
    return send_file("static/logo.png", mimetype="image/png")  # !
""",
        "starlette static files": r"""
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
app.mount("/static", StaticFiles(directory="static"), name="static")  # !
""",
        "fastapi file response": r"""
from fastapi import FastAPI
from fastapi.responses import FileResponse

app = FastAPI()


@app.get("/favicon.ico")
async def favicon():
    return FileResponse("static/favicon.ico")  # !
""",
        "django template view": r"""
from django.urls import path
from django.views.generic import TemplateView

urlpatterns = [
    path("about/", TemplateView.as_view(template_name="about.html")),  # !
]
""",
        "blueprint": r"""
import flask

pages = flask.Blueprint("pages", __name__)


@pages.route("/robots.txt")
def robots():
    return flask.send_from_directory(pages.root_path, "robots.txt")  # !
""",
    },
    "GL605": {
        "functools cache on a function": r"""
import functools


@functools.cache  # !
def load_user(user_id: int) -> dict:
    return {"id": user_id}
""",
        "lru_cache maxsize none": r"""
from functools import lru_cache


@lru_cache(maxsize=None)  # !
def normalise(text: str) -> str:
    return text.strip().lower()
""",
        "positional none": r"""
from functools import lru_cache


@lru_cache(None)  # !
def distance(a: str, b: str) -> int:
    return abs(len(a) - len(b))
""",
        "cache on methods": r"""
import functools


class Repo:
    def __init__(self, data):
        self.data = data

    @functools.cache  # !
    def find(self, key):
        return self.data.get(key)

    @functools.lru_cache(maxsize=None)  # !
    def find_all(self, *keys):
        return [self.data[key] for key in keys]
""",
        "from import cache on a method": r"""
from functools import cache


class Pricing:
    @cache  # !
    def quote(self, product: str, amount: int) -> float:
        return len(product) * amount * 1.2
""",
        "alias of the module and of the name": r"""
import functools as ft
from functools import lru_cache as memo


@ft.lru_cache(maxsize=None)  # !
def slug(title: str) -> str:
    return title.replace(" ", "-")


@memo(maxsize=None, typed=True)  # !
def words(title: str) -> int:
    return len(title.split())
""",
        "below another decorator": r"""
import functools


class Router:
    @staticmethod
    @functools.lru_cache(None)  # !
    def resolve(path: str) -> list[str]:
        return path.split("/")
""",
    },
    "GL609": {
        "list and reversed around sorted": r"""
x = [2, 3, 1]

a = list(sorted(x))  # !
b = list(sorted(x, key=lambda e: e))  # !
c = list(sorted(x, reverse=True))  # !
d = reversed(sorted(x))  # !
""",
        "inner list or tuple calls": r"""
def convert(x):
    a = list(list(x))  # !
    b = tuple(list(x))  # !
    c = list(tuple(x))  # !
    d = tuple(tuple(x))  # !
    return a, b, c, d
""",
        "set around copies": r"""
def unique(items):
    first = set(set(items))  # !
    second = set(list(items))  # !
    third = set(sorted(items))  # !
    fourth = set(reversed(items))  # !
    return first, second, third, fourth
""",
        "sorted around copies": r"""
def order(items: list[int]) -> list[int]:
    return sorted(list(items))  # !


def order_by(items: tuple[str, ...]) -> list[str]:
    return sorted(tuple(items), key=len, reverse=True)  # !


def order_twice(items: list[int]) -> list[int]:
    return sorted(sorted(items))  # !
""",
        "spread of a dict literal": r"""
base = {"a": 1}

merged = {**base, **{"b": 2}}  # !
other = {"c": 3, **{"d": 4}}  # !
""",
        "copy before a dict merge": r"""
def settings(defaults: dict[str, int], extra: dict[str, int]) -> dict[str, int]:
    return defaults.copy() | extra  # !
""",
        "method with attributes": r"""
class Table:
    def __init__(self, rows):
        self.rows = rows

    def ordered(self):
        self.view = list(sorted(self.rows, key=str))  # !
        return self.view

    def names(self):
        return sorted(list(row.name for row in self.rows))  # !
""",
        "copies in a for loop and a call": r"""
def show(names: list[str]) -> None:
    for name in list(sorted(names)):  # !
        print(name)
    print(len(set(list(names))))  # !
""",
    },
    "GL613": {
        "for over list of range": r"""
for i in list(range(1_000_000)):  # !
    print(i)
""",
        "comprehension": r"""
def squares(n: int) -> list[int]:
    return [i * i for i in list(range(n))]  # !
""",
        "start stop step": r"""
def odd_total(n: int) -> int:
    total = 0
    for i in list(range(1, n, 2)):  # !
        total += i
    return total
""",
        "arange tolist": r"""
import numpy as np


def run(n: int) -> None:
    for i in np.arange(n).tolist():  # !
        print(i)
""",
        "held in a local first": r"""
def numbered(n: int) -> None:
    indices = list(range(n))  # !
    for index in indices:
        print("row", index)
""",
        "enumerate and zip": r"""
def pair(names: list[str]) -> None:
    for number, name in zip(list(range(len(names))), names):  # !
        print(number, name)
    for place, value in enumerate(list(range(10, 5000))):  # !
        print(place, value)
""",
        "sum of a list of range": r"""
class Series:
    def __init__(self, n: int):
        self.n = n

    def total(self) -> int:
        return sum(list(range(self.n)))  # !
""",
        "async function": r"""
import asyncio


async def tick(times: int) -> None:
    for _ in list(range(times)):  # !
        await asyncio.sleep(1)
""",
    },
    "GL617": {
        "sum of squares in a for loop": r"""
def energy(samples: list[float]) -> float:
    total = 0.0
    for x in samples:
        total += x ** 2  # !
    return total
""",
        "list comprehension": r"""
def squares(values: list[float]) -> list[float]:
    return [value ** 2 for value in values]  # !
""",
        "nested loops with subscripts": r"""
def norm(matrix: list[list[float]]) -> float:
    total = 0.0
    for i in range(len(matrix)):
        for j in range(len(matrix[i])):
            total += matrix[i][j] ** 2  # !
    return total ** 0.5
""",
        "while loop": r"""
def newton(a: float) -> float:
    x = a
    while abs(x ** 2 - a) > 1e-9:  # !
        x = (x + a / x) / 2
    return x
""",
        "math.pow with two": r"""
import math


def lengths(points: list[tuple[float, float]]) -> list[float]:
    out = [0.0]
    for px, py in points:
        sx = math.pow(px, 2)  # !
        sy = math.pow(py, 2)  # !
        out.append(math.sqrt(sx + sy))
    return out[1:]
""",
        "attributes in a method": r"""
class Body:
    def __init__(self, mass: float, speed: float):
        self.mass = mass
        self.speed = speed

    def simulate(self, steps: int) -> float:
        work = 0.0
        for _ in range(steps):
            work += 0.5 * self.mass * self.speed ** 2  # !
            self.speed *= 0.99
        return work
""",
        "range loop at module level": r"""
total = 0
for n in range(1, 100_000):
    square = n ** 2  # !
    total += square
print(total)
""",
        "generator in sum": r"""
def variance(data: list[float], mean: float) -> float:
    return sum((x - mean) ** 2 for x in data) / len(data)  # !
""",
    },
    "GL703": {
        "asyncio sleep in a while": r"""
import asyncio

READY = False


async def wait_ready():
    while not READY:  # !
        await asyncio.sleep(0.1)
""",
        "trio sleep": r"""
import trio


class Gate:
    def __init__(self):
        self.open = False

    async def wait_open(self):
        while not self.open:  # !
            await trio.sleep(0.5)
""",
        "anyio sleep": r"""
import anyio


async def idle(state):
    while state.busy:  # !
        await anyio.sleep(1)
    return state
""",
        "asyncio event": r"""
import asyncio


async def worker(event: asyncio.Event) -> None:
    while not event.is_set():  # !
        await asyncio.sleep(0.05)
    print("go")
""",
        "thread is alive": r"""
import threading
import time


def run(task):
    thread = threading.Thread(target=task)
    thread.start()
    while thread.is_alive():  # !
        time.sleep(0.1)
""",
        "process poll": r"""
import subprocess
import time

process = subprocess.Popen(["make", "all"])
while process.poll() is None:  # !
    time.sleep(1)
print(process.returncode)
""",
        "queue empty": r"""
import queue
import time


def take(jobs: queue.Queue):
    while jobs.empty():  # !
        time.sleep(0.01)
    return jobs.get()
""",
        "threading event": r"""
from threading import Event
from time import sleep

stop = Event()


def wait_for_stop():
    while not stop.is_set():  # !
        sleep(0.2)
""",
    },
    "GL710": {
        "flask debug at module level": r"""
from flask import Flask

app = Flask(__name__)
app.run(debug=True)  # !
""",
        "under the main guard": r"""
from flask import Flask

app = Flask(__name__)


@app.route("/")
def main():
    return "hello"


if __name__ == "__main__":
    app.run(debug=True)  # !
""",
        "public host and port": r"""
from flask import Flask

app = Flask(__name__)

if __name__ == "__main__":
    app.run(host="0.0.0.0", port=8080, debug=True)  # !
""",
        "module import": r"""
import flask

server = flask.Flask("service")


def start():
    server.run("0.0.0.0", 5000, debug=True)  # !
""",
        "local app in a function": r"""
from flask import Flask


def main():
    application = Flask(__name__)
    application.run(host="0.0.0.0", debug=True, threaded=True)  # !


main()
""",
        "debug and reloader": r"""
from flask import Flask

web = Flask(__name__)
web.run(  # !
    host="0.0.0.0",
    port=80,
    debug=True,
    use_reloader=True,
)
""",
    },
    "GL814": {
        "torch.nn.DataParallel": r"""
import torch

model = torch.nn.Linear(10, 2)
model = torch.nn.DataParallel(model)  # !
""",
        "nn alias": r"""
import torch.nn as nn

net = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
net = nn.DataParallel(net, device_ids=[0, 1])  # !
""",
        "from torch import nn": r"""
from torch import nn


def wrap(model: nn.Module) -> nn.Module:
    return nn.DataParallel(model)  # !
""",
        "from torch.nn import": r"""
from torch.nn import DataParallel, Linear

layer = DataParallel(Linear(8, 8), device_ids=[0, 1], output_device=0)  # !
""",
        "under a device count condition": r"""
import torch
import torch.nn as nn


def prepare(model):
    if torch.cuda.device_count() > 1:
        model = nn.DataParallel(model)  # !
    return model.to("cuda")
""",
        "attribute target in a trainer": r"""
import torch.nn as nn


class Trainer:
    def __init__(self, model):
        self.model = nn.DataParallel(module=model)  # !

    def step(self, batch):
        return self.model(batch).mean()
""",
        "chained cuda call": r"""
import torch
from torchvision.models import resnet18

device = torch.device("cuda:0")
model = torch.nn.DataParallel(resnet18()).to(device)  # !
model.train()
""",
    },
}
