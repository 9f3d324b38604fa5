"""Wasteful code of each rule, written from the meaning of rules by authors who had not seen greenlint; `# !` marks what to report."""

CASES: dict[str, dict[str, str]] = {
    "GL103": {
        "class beside a used one": r"""
class Used:
    def run(self):
        return 1


class Forgotten:  # !
    def run(self):
        return 2


print(Used().run())
""",
        "exception never raised or caught": r"""
class ParseError(Exception):
    pass


class LegacyParseError(Exception):  # !
    pass


def parse(text):
    if not text:
        raise ParseError("empty")
    return text.split()


print(parse("a b"))
""",
        "subclass nobody makes": r"""
class Shape:
    def area(self):
        return 0


class Square(Shape):
    def area(self):
        return 4


class Circle(Shape):  # !
    def area(self):
        return 3


if __name__ == "__main__":
    print(Square().area())
""",
        "class inside a function": r"""
def build():
    class Helper:  # !
        value = 3

    return 42


print(build())
""",
        "class only names itself": r"""
class Node:  # !
    def __init__(self, value):
        self.value = value

    def clone(self):
        return Node(self.value)


def main():
    print("nothing to do")


main()
""",
        "unused enum": r"""
from enum import Enum


class Color(Enum):
    RED = 1


class Size(Enum):  # !
    SMALL = 1
    LARGE = 2


print(Color.RED)
""",
        "nested class never used": r"""
class Report:
    class _Row:  # !
        def __init__(self, cells):
            self.cells = cells

    def render(self):
        return "report"


print(Report().render())
""",
        "two unused classes": r"""
import threading


class Worker(threading.Thread):  # !
    def run(self):
        print("working")


class Cache(dict):  # !
    pass


def main():
    print("start")


main()
""",
    },
    "GL109": {
        "request answer never read": r"""
import requests


def ping(url):
    response = requests.get(url, timeout=5)  # !
    return True
""",
        "frame loaded and dropped": r"""
import pandas as pd


def report(path):
    df = pd.read_csv(path)  # !
    title = "Report for " + path
    return title
""",
        "sorted copy unused in a method": r"""
class Ranking:
    def __init__(self, scores):
        self.scores = scores

    def best(self):
        ordered = sorted(self.scores, key=lambda s: s.value, reverse=True)  # !
        return max(self.scores, key=lambda s: s.value)
""",
        "annotated assignment": r"""
import json


def load(path):
    with open(path) as handle:
        text = handle.read()
    config: dict = json.loads(text)  # !
    return len(text)
""",
        "awaited call in async code": r"""
async def refresh(client, url):
    payload = await client.get(url)  # !
    return "done"
""",
        "nested function": r"""
import re


def outer(texts):
    def inner(text):
        matches = re.findall(r"\w+", text)  # !
        return len(text)

    return [inner(t) for t in texts]
""",
        "stored in one branch only": r"""
import hashlib


def check(data, verbose):
    if verbose:
        digest = hashlib.sha256(data).hexdigest()  # !
        print("checked")
    return len(data)
""",
        "database query in a loop": r"""
def audit(session, User, ids):
    count = 0
    for ident in ids:
        user = session.query(User).filter_by(id=ident).first()  # !
        count += 1
    return count
""",
    },
    "GL116": {
        "standard library module": r"""
from math import *  # !

print(sqrt(2))
""",
        "submodule": r"""
from os.path import *  # !


def full(name):
    return join("/tmp", name)
""",
        "relative import": r"""
from .models import *  # !


def make():
    return User()
""",
        "parent package": r"""
from .. import *  # !

print(VERSION)
""",
        "two in a row with plain imports": r"""
import sys
from json import loads
from tkinter import *  # !
from tkinter.ttk import *  # !

root = Tk()
print(loads("1"), sys.argv)
""",
        "inside try": r"""
try:
    from local_settings import *  # !
except ImportError:
    pass

DEBUG = False
""",
        "numpy star": r"""
from numpy import *  # !

values = array([1, 2, 3])
print(mean(values))
""",
        "conditional import": r"""
import sys

if sys.platform == "win32":
    from ntpath import *  # !
else:
    from posixpath import *  # !

print(basename(__file__))
""",
    },
    "GL205": {
        "insert at the front in a for loop": r"""
def reverse(items):
    result = []
    for item in items:
        result.insert(0, item)  # !
    return result
""",
        "queue drained with pop in a while loop": r"""
def bfs(graph, start):
    seen = {start}
    queue = [start]
    while queue:
        node = queue.pop(0)  # !
        for other in graph[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return seen
""",
        "attribute list in a method": r"""
class History:
    def __init__(self):
        self.entries = []

    def load(self, lines):
        for line in lines:
            self.entries.insert(0, line.strip())  # !
""",
        "module level with range": r"""
numbers = []
for i in range(1000):
    numbers.insert(0, i * 2)  # !
print(numbers)
""",
        "while over a length": r"""
def drain(tasks):
    tasks = list(tasks)
    while len(tasks) > 0:
        task = tasks.pop(0)  # !
        task()
""",
        "subscript target": r"""
def group(pairs):
    groups = {}
    for key, value in pairs:
        if key not in groups:
            groups[key] = []
        groups[key].insert(0, value)  # !
    return groups
""",
        "async worker": r"""
import asyncio


async def worker(handle):
    jobs = ["a", "b", "c"]
    while jobs:
        await handle(jobs.pop(0))  # !
        await asyncio.sleep(1)
""",
        "sliding window does both in nested loops": r"""
def windows(rows, size):
    recent = []
    for row in rows:
        for cell in row:
            recent.append(cell)
            if len(recent) > size:
                recent.pop(0)  # !
    return recent
""",
    },
    "GL211": {
        "compile in a for loop": r"""
import re


def find(lines):
    found = []
    for line in lines:
        pattern = re.compile(r"\d{4}-\d{2}-\d{2}")  # !
        if pattern.search(line):
            found.append(line)
    return found
""",
        "compile in a while loop": r"""
import re


def read(handle):
    line = handle.readline()
    while line:
        rx = re.compile("^#")  # !
        if not rx.match(line):
            print(line)
        line = handle.readline()
""",
        "chained call": r"""
import re

lines = ["a=1", "b=2"]
for line in lines:
    print(re.compile(r"(\w+)=(\d+)").match(line).groups())  # !
""",
        "imported name": r"""
from re import compile


def clean(words):
    out = []
    for word in words:
        out.append(compile(r"[^a-z]+").sub("", word))  # !
    return out
""",
        "module alias with flags": r"""
import re as regex


def count(texts):
    total = 0
    for text in texts:
        finder = regex.compile(r"error", flags=regex.IGNORECASE)  # !
        total += len(finder.findall(text))
    return total
""",
        "loop in a method": r"""
import re


class Validator:
    def valid(self, emails):
        good = []
        for email in emails:
            rx = re.compile(r"^[^@]+@[^@]+\.[a-z]+$")  # !
            if rx.match(email):
                good.append(email)
        return good
""",
        "comprehension": r"""
import re


def numbers(texts):
    return [re.compile(r"\d+").findall(text) for text in texts]  # !
""",
        "nested loops in a branch": r"""
import re


def scan(files):
    hits = 0
    for file in files:
        for line in file:
            if line:
                todo = re.compile(r"\bTODO\b")  # !
                if todo.search(line):
                    hits += 1
    return hits
""",
    },
    "GL215": {
        "found flag": r"""
def contains(items, wanted):
    found = False
    for item in items:  # !
        if item == wanted:
            found = True
    return found
""",
        "all flag": r"""
def all_positive(numbers):
    ok = True
    for number in numbers:  # !
        if number <= 0:
            ok = False
    return ok
""",
        "flag by index": r"""
def has_negative(values):
    result = False
    for i in range(len(values)):  # !
        if values[i] < 0:
            result = True
    return result
""",
        "flag in a method over an attribute": r"""
class Cart:
    def __init__(self, lines):
        self.lines = lines

    def has_gift(self):
        gift = False
        for line in self.lines:  # !
            if line.is_gift:
                gift = True
        return gift
""",
        "flag over dictionary items": r"""
def any_expired(sessions, now):
    expired = False
    for key, session in sessions.items():  # !
        if session["expires"] < now:
            expired = True
    return expired
""",
        "module level": r"""
words = ["spam", "ham", "eggs"]
has_ham = False
for word in words:  # !
    if word == "ham":
        has_ham = True
print(has_ham)
""",
        "flag with two conditions": r"""
def is_allowed(user, rules):
    allowed = False
    for rule in rules:  # !
        if rule.user == user and rule.active:
            allowed = True
    if allowed:
        return "yes"
    return "no"
""",
        "negated test": r"""
def all_strings(values):
    valid = True
    for value in values:  # !
        if not isinstance(value, str):
            valid = False
    return valid
""",
    },
    "GL219": {
        "comprehension walked directly": r"""
def show(numbers):
    for square in [n * n for n in numbers]:  # !
        print(square)
""",
        "over a range at module level": r"""
for value in [i + 1 for i in range(1000)]:  # !
    print(value)
""",
        "with a filter": r"""
def mail(users, send):
    for address in [u.email for u in users if u.active]:  # !
        send(address)
""",
        "in enumerate": r"""
def number(lines):
    for i, line in enumerate([raw.strip() for raw in lines]):  # !
        print(i, line)
""",
        "in zip": r"""
def pair(xs, ys):
    for x, y in zip([a * 2 for a in xs], ys):  # !
        print(x, y)
""",
        "method with a self attribute": r"""
class Pool:
    def __init__(self, workers):
        self.workers = workers

    def stop(self):
        for name in [w.name.upper() for w in self.workers]:  # !
            print(f"stopping {name}")
""",
        "nested comprehension": r"""
def flat(matrix):
    total = 0
    for cell in [c for row in matrix for c in row]:  # !
        total += cell
    return total
""",
        "inside async code": r"""
async def fetch_all(client, hosts):
    for url in [f"https://{host}/health" for host in hosts]:  # !
        await client.get(url)
""",
    },
    "GL223": {
        "math sqrt in a for loop": r"""
import math


def roots(values):
    out = []
    for value in values:
        out.append(math.sqrt(value))  # !
    return out
""",
        "numpy sqrt in a for loop": r"""
import numpy as np

numbers = [1, 4, 9, 16]
results = []
for n in numbers:
    results.append(np.sqrt(n))  # !
print(results)
""",
        "sine by index": r"""
import numpy as np


def wave(samples):
    out = np.empty(len(samples))
    for i in range(len(samples)):
        out[i] = np.sin(samples[i])  # !
    return out
""",
        "while loop": r"""
import numpy as np


def logs(arr):
    i = 0
    total = 0.0
    while i < len(arr):
        total += np.log(arr[i])  # !
        i += 1
    return total
""",
        "imported sqrt": r"""
from math import sqrt


def distances(points):
    result = []
    for x, y in points:
        result.append(sqrt(x * x + y * y))  # !
    return result
""",
        "full numpy name in nested loops": r"""
import numpy


def transform(grid):
    out = numpy.zeros(grid.shape)
    for i in range(grid.shape[0]):
        for j in range(grid.shape[1]):
            out[i, j] = numpy.exp(grid[i, j])  # !
    return out
""",
        "method with self attribute": r"""
import numpy as np


class Signal:
    def __init__(self, data):
        self.data = np.asarray(data)
        self.result = []

    def run(self):
        for x in self.data:
            self.result.append(np.cos(x))  # !
""",
        "comprehension": r"""
import numpy as np

data = np.arange(1000)
roots = [np.sqrt(x) for x in data]  # !
print(roots)
""",
    },
    "GL227": {
        "fibonacci": r"""
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)  # !


print(fib(30))
""",
        "tribonacci": r"""
def trib(n):
    if n < 3:
        return 1
    return trib(n - 1) + trib(n - 2) + trib(n - 3)  # !
""",
        "binomial coefficient": r"""
def choose(n, k):
    if k == 0 or k == n:
        return 1
    return choose(n - 1, k - 1) + choose(n - 1, k)  # !
""",
        "method": r"""
class Maths:
    def fibonacci(self, n):
        if n <= 1:
            return n
        return self.fibonacci(n - 1) + self.fibonacci(n - 2)  # !
""",
        "grid paths": r"""
def paths(rows: int, cols: int) -> int:
    if rows == 1 or cols == 1:
        return 1
    return paths(rows - 1, cols) + paths(rows, cols - 1)  # !
""",
        "conditional expression": r"""
def stairs(n):
    return 1 if n <= 1 else stairs(n - 1) + stairs(n - 2)  # !
""",
        "knapsack with max": r"""
def knapsack(weights, values, room, n):
    if n == 0 or room == 0:
        return 0
    if weights[n - 1] > room:
        return knapsack(weights, values, room, n - 1)
    return max(values[n - 1] + knapsack(weights, values, room - weights[n - 1], n - 1), knapsack(weights, values, room, n - 1))  # !
""",
        "nested function": r"""
def solve(limit):
    def lucas(n):
        if n == 0:
            return 2
        if n == 1:
            return 1
        return lucas(n - 1) + lucas(n - 2)  # !

    return [lucas(i) for i in range(limit)]
""",
    },
    "GL232": {
        "nested plus": r"""
import re

PATTERN = re.compile(r"^(a+)+$")  # !


def check(text):
    return PATTERN.match(text)
""",
        "nested star over word characters": r"""
import re


def valid(name):
    return re.match(r"^(\w*)*!$", name) is not None  # !
""",
        "words with an optional space": r"""
import re


def is_sentence(text):
    return bool(re.fullmatch(r"(\w+\s?)*\.", text))  # !
""",
        "overlapping alternatives": r"""
import re

IDENT = re.compile(r"^(\w|\d)+@$")  # !
print(IDENT.match("user1@"))
""",
        "alternative that is twice the other": r"""
from re import compile

rx = compile("^(a|aa)+$")  # !
print(rx.match("aaaa"))
""",
        "quoted string with ambiguous escape": r"""
import re


class Lexer:
    STRING = re.compile(r'"(?:[^"\\]|\\.|\\")*"')  # !

    def strings(self, text):
        return self.STRING.findall(text)
""",
        "any character group repeated": r"""
import re


def last_field(line):
    if re.search(r"^(?:.*,)+end$", line):  # !
        return True
    return False
""",
        "digits in a substitution": r"""
import re as regex


def strip_numbers(lines):
    return [regex.sub(r"([0-9]+)+#", "", line) for line in lines]  # !
""",
    },
    "GL303": {
        "csv with one column used": r"""
import pandas as pd

df = pd.read_csv("sales.csv")  # !
print(df["amount"].sum())
""",
        "parquet with two columns used": r"""
import pandas as pd


def total(path):
    frame = pd.read_parquet(path)  # !
    return (frame["price"] * frame["quantity"]).sum()
""",
        "excel sheet": r"""
import pandas

sheet = pandas.read_excel("people.xlsx", sheet_name="2024")  # !
names = sheet["name"].tolist()
print(names)
""",
        "imported reader": r"""
from pandas import read_csv


def mean_age(path):
    people = read_csv(path)  # !
    return people["age"].mean()
""",
        "selection of a list of columns afterwards": r"""
import pandas as pd

df = pd.read_csv("data.csv", sep=";")  # !
df = df[["id", "score"]]
print(df.groupby("id")["score"].max())
""",
        "local in a method": r"""
import pandas as pd


class Report:
    def __init__(self, path):
        self.path = path

    def cities(self):
        data = pd.read_csv(self.path, encoding="utf-8")  # !
        return data["city"].unique()
""",
        "feather file": r"""
import pandas as pd


def load(path):
    df = pd.read_feather(path)  # !
    return df["label"].value_counts()
""",
        "other keywords but no columns": r"""
import pandas as pd

if __name__ == "__main__":
    log = pd.read_csv("log.csv", nrows=1000, dtype={"status": int})  # !
    errors = log[log["status"] >= 500]
    print(len(errors["status"]))
""",
    },
    "GL310": {
        "sorted of a list": r"""
def order(names):
    return sorted(list(names))  # !
""",
        "any over a list comprehension": r"""
def has_error(lines):
    return any([line.startswith("ERROR") for line in lines])  # !
""",
        "all over a list comprehension": r"""
class Form:
    def __init__(self, fields):
        self.fields = fields

    def valid(self):
        return all([field.ok for field in self.fields])  # !
""",
        "set of a list": r"""
words = "a b a c".split()
unique = set(list(w.lower() for w in words))  # !
print(unique)
""",
        "first of a generator list": r"""
def first_even(numbers):
    return list(n for n in numbers if n % 2 == 0)[0]  # !
""",
        "loop over a list of a generator": r"""
def read(path):
    with open(path) as handle:
        for line in list(raw.strip() for raw in handle):  # !
            print(line)
""",
        "sum over a list comprehension": r"""
def total(orders):
    return sum([order.price * order.count for order in orders])  # !
""",
        "tuple of a list of a map": r"""
def upper(names):
    return tuple(list(map(str.upper, names)))  # !
""",
    },
    "GL402": {
        "cursor execute": r"""
import sqlite3

connection = sqlite3.connect("app.db")
cursor = connection.cursor()
cursor.execute("SELECT * FROM users")  # !
print(cursor.fetchall())
""",
        "lower case in a variable": r"""
def load(cursor):
    query = "select * from orders where total > 10"  # !
    cursor.execute(query)
    return cursor.fetchall()
""",
        "f-string with a table name": r"""
def dump(conn, table):
    return conn.execute(f"SELECT * FROM {table}").fetchall()  # !
""",
        "sqlalchemy text": r"""
from sqlalchemy import create_engine, text

engine = create_engine("sqlite://")
with engine.connect() as connection:
    rows = connection.execute(text("SELECT * FROM products LIMIT 10"))  # !
    print(list(rows))
""",
        "pandas query": r"""
import pandas as pd


def frame(conn):
    return pd.read_sql_query("SELECT * FROM events WHERE day = ?", conn, params=("mon",))  # !
""",
        "method with parameters": r"""
class UserRepository:
    def __init__(self, db):
        self.db = db

    def get(self, user_id):
        cur = self.db.cursor()
        cur.execute("SELECT * FROM users WHERE id = %s", (user_id,))  # !
        return cur.fetchone()
""",
        "async connection": r"""
import asyncpg


async def main():
    conn = await asyncpg.connect("postgresql://localhost/test")
    rows = await conn.fetch("SELECT * FROM account ORDER BY id")  # !
    await conn.close()
    return rows
""",
        "table wildcard in a join": r"""
def posts(cursor):
    cursor.execute("SELECT p.* FROM posts p JOIN users u ON u.id = p.user_id")  # !
    return cursor.fetchall()
""",
    },
    "GL408": {
        "session add in a loop": r"""
from app import db
from app.models import Song


def load(names):
    for name in names:
        db.session.add(Song(name=name))  # !
    db.session.commit()
""",
        "existing objects added at module level": r"""
from app import db, songs

for song in songs:
    db.session.add(song)  # !
""",
        "django create in a loop": r"""
from shop.models import Product


def load(rows):
    for row in rows:
        Product.objects.create(name=row["name"], price=row["price"])  # !
""",
        "django save in a loop": r"""
from blog.models import Post


def publish(titles):
    for title in titles:
        post = Post(title=title)
        post.save()  # !
""",
        "insert by cursor": r"""
import sqlite3


def store(points):
    conn = sqlite3.connect("points.db")
    cur = conn.cursor()
    for x, y in points:
        cur.execute("INSERT INTO points (x, y) VALUES (?, ?)", (x, y))  # !
    conn.commit()
    conn.close()
""",
        "management command": r"""
import csv

from django.core.management.base import BaseCommand

from people.models import Person


class Command(BaseCommand):
    def handle(self, *args, **options):
        with open("people.csv") as handle:
            for line in csv.DictReader(handle):
                Person.objects.create(**line)  # !
""",
        "update by cursor": r"""
def reprice(connection, prices):
    cursor = connection.cursor()
    for ident, price in prices.items():
        cursor.execute("UPDATE product SET price = %s WHERE id = %s", (price, ident))  # !
    connection.commit()
""",
        "async insert": r"""
async def store(conn, users):
    for user in users:
        await conn.execute("INSERT INTO users (name) VALUES ($1)", user.name)  # !
""",
    },
    "GL414": {
        "dictionary rows, one column unread": r"""
import sqlite3

conn = sqlite3.connect("app.db")
conn.row_factory = sqlite3.Row
cur = conn.cursor()
cur.execute("SELECT id, name, email FROM users")  # !
for row in cur.fetchall():
    print(row["id"], row["name"])
""",
        "index access": r"""
def names(cursor):
    cursor.execute("SELECT id, name, address FROM customer")  # !
    result = []
    for row in cursor.fetchall():
        result.append(row[1])
    return result
""",
        "one row": r"""
def price(cursor, ident):
    cursor.execute("SELECT price, stock, weight FROM product WHERE id = ?", (ident,))  # !
    row = cursor.fetchone()
    return row[0]
""",
        "loop over execute": r"""
import sqlite3


def show(path):
    conn = sqlite3.connect(path)
    conn.row_factory = sqlite3.Row
    for row in conn.execute("SELECT title, body, created FROM post"):  # !
        print(f"{row['title']} ({row['created']})")
""",
        "underscore for the unread column": r"""
def emails(conn):
    out = []
    for _, email in conn.execute("SELECT id, email FROM users"):  # !
        out.append(email)
    return out
""",
        "dict cursor in a method": r"""
import psycopg2.extras


class Orders:
    def __init__(self, conn):
        self.conn = conn

    def totals(self):
        cur = self.conn.cursor(cursor_factory=psycopg2.extras.RealDictCursor)
        cur.execute("SELECT id, customer, total FROM orders")  # !
        return sum(row["total"] for row in cur.fetchall())
""",
        "comprehension over fetched rows": r"""
def ids(cursor):
    cursor.execute("SELECT id, name FROM tag")  # !
    return [row[0] for row in cursor.fetchall()]
""",
    },
    "GL511": {
        "flask pages": r"""
from flask import Flask, render_template

app = Flask(__name__)  # !


@app.route("/")
def index():
    return render_template("index.html")


if __name__ == "__main__":
    app.run()
""",
        "fastapi json": r"""
from fastapi import FastAPI

app = FastAPI(title="Catalogue")  # !


@app.get("/items")
async def items():
    return [{"id": i, "name": f"item {i}"} for i in range(1000)]
""",
        "fastapi with another middleware": r"""
from fastapi import FastAPI
from fastapi.middleware.cors import CORSMiddleware

app = FastAPI()  # !
app.add_middleware(CORSMiddleware, allow_origins=["*"])


@app.get("/report")
def report():
    return {"lines": ["text"] * 500}
""",
        "django middleware list": r"""
INSTALLED_APPS = ["django.contrib.auth", "shop"]
ROOT_URLCONF = "site.urls"
MIDDLEWARE = [  # !
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
]
""",
        "starlette": r"""
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route


async def home(request):
    return HTMLResponse("<h1>Hello</h1>" * 100)


app = Starlette(routes=[Route("/", home)])  # !
""",
        "flask application factory": r"""
from flask import Flask, jsonify


def create_app():
    app = Flask(__name__)  # !

    @app.get("/api/users")
    def users():
        return jsonify([{"id": i} for i in range(500)])

    return app
""",
        "tornado": r"""
import tornado.web


class Main(tornado.web.RequestHandler):
    def get(self):
        self.write("<p>text</p>" * 1000)


def make_app():
    return tornado.web.Application([(r"/", Main)])  # !
""",
    },
    "GL604": {
        "plain file handler": r"""
import logging

logger = logging.getLogger(__name__)
handler = logging.FileHandler("app.log")  # !
logger.addHandler(handler)
logger.info("started")
""",
        "basic configuration with a file": r"""
import logging

logging.basicConfig(filename="service.log", level=logging.INFO)  # !
logging.info("ready")
""",
        "loguru file without rotation": r"""
from loguru import logger

logger.add("server.log")  # !
logger.info("hello")
""",
        "rotating handler that never rotates": r"""
import logging
from logging.handlers import RotatingFileHandler

logger = logging.getLogger("app")
logger.addHandler(RotatingFileHandler("app.log"))  # !
logger.warning("x")
""",
        "timed handler that keeps every file": r"""
import logging
import logging.handlers


def setup():
    handler = logging.handlers.TimedRotatingFileHandler("app.log", when="midnight")  # !
    logging.getLogger().addHandler(handler)
""",
        "cdk log group kept for ever": r"""
from aws_cdk import aws_logs as logs


def add_logs(stack):
    return logs.LogGroup(stack, "AppLogs", retention=logs.RetentionDays.INFINITE)  # !
""",
        "cloudwatch group without a policy": r"""
import boto3

client = boto3.client("logs")
client.create_log_group(logGroupName="/app/web")  # !
""",
        "handler in a class": r"""
import logging
from logging import FileHandler


class Service:
    def __init__(self, name):
        self.log = logging.getLogger(name)
        self.log.addHandler(FileHandler(f"{name}.log", mode="a"))  # !
""",
    },
    "GL608": {
        "plain dataclass made in a loop": r"""
from dataclasses import dataclass


@dataclass  # !
class Point:
    x: float
    y: float


points = []
for i in range(100000):
    points.append(Point(i, i))
""",
        "frozen dataclass in a comprehension": r"""
from dataclasses import dataclass


@dataclass(frozen=True)  # !
class Edge:
    start: int
    end: int


def load(pairs):
    return [Edge(a, b) for a, b in pairs]
""",
        "module attribute": r"""
import dataclasses


@dataclasses.dataclass  # !
class Row:
    ident: int
    name: str = ""


def read(lines):
    for i, line in enumerate(lines):
        yield Row(i, line)
""",
        "slots switched off": r"""
from dataclasses import dataclass


@dataclass(slots=False, order=True)  # !
class Event:
    time: float
    name: str


def parse(records):
    return [Event(time=r["t"], name=r["n"]) for r in records]
""",
        "str subclass": r"""
class Token(str):  # !
    pass


def split(text):
    return [Token(part) for part in text.split()]
""",
        "tuple subclass": r"""
class Pair(tuple):  # !
    def swap(self):
        return Pair((self[1], self[0]))


pairs = [Pair((i, i + 1)) for i in range(10000)]
print(pairs[0].swap())
""",
        "namedtuple subclass": r"""
from collections import namedtuple


class City(namedtuple("City", ["name", "size"])):  # !
    def label(self):
        return f"{self.name} ({self.size})"


def load(rows):
    return [City(*row) for row in rows]
""",
        "call with empty parentheses": r"""
from dataclasses import dataclass


@dataclass()  # !
class Sample:
    value: int
    label: str

    def scaled(self, factor):
        return self.value * factor


def build(values):
    out = []
    for value in values:
        out.append(Sample(value, "raw"))
    return out
""",
    },
    "GL612": {
        "tensor from a numpy variable": r"""
import numpy as np
import torch

data = np.random.rand(1000, 10)
tensor = torch.tensor(data)  # !
print(tensor.shape)
""",
        "tensor from a call": r"""
import numpy as np
import torch


def zeros(n):
    return torch.tensor(np.zeros((n, n)))  # !
""",
        "imported tensor": r"""
import numpy as np
from torch import tensor

values = np.array([1.0, 2.0, 3.0])
result = tensor(values)  # !
print(result)
""",
        "torch alias with a dtype": r"""
import numpy as np
import torch as th


def convert():
    features = np.ones((32, 8))
    return th.tensor(features, dtype=th.float32)  # !
""",
        "array from an array": r"""
import numpy as np

grid = np.arange(100)
again = np.array(grid)  # !
print(again.sum())
""",
        "annotated parameter": r"""
import numpy as np


def normalise(values: np.ndarray) -> float:
    arr = np.array(values)  # !
    return float(arr.mean())
""",
        "dataset method": r"""
import numpy as np
import torch
from torch.utils.data import Dataset


class Points(Dataset):
    def __init__(self, path):
        self.points = np.load(path)

    def __len__(self):
        return len(self.points)

    def as_tensor(self):
        return torch.tensor(self.points)  # !
""",
        "keyword argument": r"""
import numpy
import torch

np_array = numpy.linspace(0, 1, 50)
t = torch.tensor(data=np_array)  # !
print(t)
""",
    },
    "GL616": {
        "list call": r"""
def first(items):
    return list(items)[0]  # !
""",
        "unpacked list": r"""
numbers = {3, 1, 2}
head = [*numbers][0]  # !
print(head)
""",
        "comprehension": r"""
def first_name(users):
    return [user.name for user in users][0]  # !
""",
        "dictionary keys": r"""
class Registry:
    def __init__(self):
        self.entries = {"a": 1, "b": 2}

    def default(self):
        return list(self.entries.keys())[0]  # !
""",
        "tuple call": r"""
def any_member(group: set):
    return tuple(group)[0]  # !
""",
        "pop from a fresh list": r"""
def take(values):
    value = list(values.values()).pop(0)  # !
    return value
""",
        "zip": r"""
xs = [1, 2]
ys = [3, 4]
print(list(zip(xs, ys))[0])  # !
""",
        "generator in a list call": r"""
def first_match(lines, word):
    found = list(line for line in lines if word in line)[0]  # !
    return f"found {found}"
""",
    },
    "GL702": {
        "tiny sleep in an endless loop": r"""
import time


def watch(path):
    while True:
        if path.exists():
            return path
        time.sleep(0.01)  # !
""",
        "sleep until a flag is set": r"""
import time


class Worker:
    def __init__(self):
        self.done = False

    def wait(self):
        while not self.done:
            time.sleep(0.001)  # !
""",
        "imported sleep": r"""
from time import sleep


def wait_for(process):
    while process.poll() is None:
        sleep(0.005)  # !
    return process.returncode
""",
        "asyncio sleep": r"""
import asyncio


async def wait_until(ready):
    while not ready():
        await asyncio.sleep(0.001)  # !
""",
        "queue with a tiny timeout": r"""
import queue


def consume(q, handle):
    while True:
        try:
            item = q.get(timeout=0.001)  # !
        except queue.Empty:
            continue
        handle(item)
""",
        "sleep of zero": r"""
import time


def spin(job):
    while not job.finished:
        time.sleep(0)  # !
    return job.result
""",
        "future polled at module level": r"""
import time
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()
future = pool.submit(print, "x")
while not future.done():
    time.sleep(0.01)  # !
""",
    },
    "GL709": {
        "schedule every second": r"""
import schedule


def refresh():
    print("refresh")


schedule.every(1).seconds.do(refresh)  # !
""",
        "schedule every second without a number": r"""
import schedule
import time


def job():
    print("job")


schedule.every().second.do(job)  # !
while True:
    schedule.run_pending()
    time.sleep(1)
""",
        "interval job in seconds": r"""
from apscheduler.schedulers.background import BackgroundScheduler


def sync():
    print("sync")


scheduler = BackgroundScheduler()
scheduler.add_job(sync, "interval", seconds=1)  # !
scheduler.start()
""",
        "decorated interval job": r"""
from apscheduler.schedulers.blocking import BlockingScheduler

sched = BlockingScheduler()


@sched.scheduled_job("interval", seconds=5)  # !
def poll():
    print("poll")


sched.start()
""",
        "airflow every minute": r"""
from datetime import datetime

from airflow import DAG

dag = DAG("report", start_date=datetime(2024, 1, 1), schedule_interval="* * * * *")  # !
""",
        "celery beat by seconds": r"""
from celery import Celery

app = Celery("tasks")
app.conf.beat_schedule = {
    "refresh": {"task": "tasks.refresh", "schedule": 1.0},  # !
}
""",
        "celery crontab every minute": r"""
from celery import Celery
from celery.schedules import crontab

app = Celery("shop")
app.conf.beat_schedule = {
    "rates": {
        "task": "shop.update_rates",
        "schedule": crontab(minute="*"),  # !
    },
}
""",
    },
    "GL808": {
        "loader with batch size and shuffle": r"""
import torch
from torch.utils.data import DataLoader

from data import train_set

loader = DataLoader(train_set, batch_size=64, shuffle=True)  # !
for x, y in loader:
    x = x.to("cuda")
    y = y.to("cuda")
""",
        "pin memory switched off": r"""
from torch.utils.data import DataLoader


def train(dataset, model):
    loader = DataLoader(dataset, batch_size=32, pin_memory=False)  # !
    model.cuda()
    for batch in loader:
        model(batch.cuda())
""",
        "full module path": r"""
import torch


def run(dataset, model):
    device = torch.device("cuda")
    model.to(device)
    loader = torch.utils.data.DataLoader(dataset, batch_size=16, num_workers=4)  # !
    for inputs, labels in loader:
        model(inputs.to(device))
""",
        "module alias": r"""
import torch
import torch.utils.data as data

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


def evaluate(test_set, model):
    for x, _ in data.DataLoader(test_set, batch_size=128):  # !
        model(x.to(device))
""",
        "trainer class": r"""
from torch.utils.data import DataLoader


class Trainer:
    def __init__(self, dataset, model):
        self.model = model.cuda()
        self.loader = DataLoader(dataset, batch_size=8, drop_last=True)  # !

    def epoch(self):
        for x in self.loader:
            self.model(x.cuda())
""",
        "two loaders": r"""
import torch
from torch.utils.data import DataLoader
from torchvision import datasets

train_loader = DataLoader(datasets.MNIST("data"), batch_size=64, shuffle=True)  # !
test_loader = DataLoader(datasets.MNIST("data", train=False), batch_size=1000)  # !

for loader in (train_loader, test_loader):
    for images, labels in loader:
        images = images.to("cuda")
""",
        "renamed class": r"""
from torch.utils.data import DataLoader as Loader


def batches(dataset):
    loader = Loader(dataset=dataset, batch_size=4, num_workers=2)  # !
    for x, y in loader:
        yield x.to("cuda"), y.to("cuda")
""",
    },
    "GL817": {
        "running total": r"""
import torch


def train(model, loader, criterion, optimizer):
    total_loss = 0
    for x, y in loader:
        optimizer.zero_grad()
        loss = criterion(model(x), y)
        loss.backward()
        optimizer.step()
        total_loss += loss  # !
    return total_loss / len(loader)
""",
        "list of losses": r"""
import torch.nn.functional as F


def train(model, loader, optimizer):
    losses = []
    for x, y in loader:
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), y)
        loss.backward()
        optimizer.step()
        losses.append(loss)  # !
    return losses
""",
        "plain addition": r"""
import torch
from torch import nn

criterion = nn.MSELoss()


def epoch(net, data, opt):
    running = 0.0
    for inputs, target in data:
        opt.zero_grad()
        loss = criterion(net(inputs), target)
        loss.backward()
        opt.step()
        running = running + loss  # !
    print(f"loss {running}")
""",
        "attribute of a trainer": r"""
import torch


class Trainer:
    def fit(self, loader):
        self.history = []
        for x, y in loader:
            self.optimizer.zero_grad()
            loss = self.criterion(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            self.history.append(loss)  # !
""",
        "weighted by batch size": r"""
import torch


def train_epoch(model, loader, loss_fn, optimizer):
    epoch_loss = 0.0
    for batch, target in loader:
        optimizer.zero_grad()
        loss = loss_fn(model(batch), target)
        loss.backward()
        optimizer.step()
        epoch_loss += loss * batch.size(0)  # !
    return epoch_loss
""",
        "nested epochs with subscript target": r"""
import torch


def fit(model, loader, criterion, optimizer, epochs):
    stats = {"loss": 0.0}
    for epoch in range(epochs):
        for x, y in loader:
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            optimizer.step()
            stats["loss"] += loss  # !
    return stats
""",
        "attribute total": r"""
import torch
import torch.nn as nn


class Loop:
    def __init__(self, model, optimizer):
        self.model, self.optimizer = model, optimizer
        self.loss_fn = nn.CrossEntropyLoss()
        self.total = 0

    def run(self, loader):
        for x, y in loader:
            self.optimizer.zero_grad()
            loss = self.loss_fn(self.model(x), y)
            loss.backward()
            self.optimizer.step()
            self.total += loss  # !
""",
    },
}
