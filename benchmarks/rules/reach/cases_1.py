"""Wasteful code of each rule, written from the meaning of rules by authors who had not seen greenlint; `# !` marks what to report."""

CASES: dict[str, dict[str, str]] = {
    "GL101": {
        "plain import never read": r"""
import os  # !
import sys

print(sys.argv)
""",
        "aliased heavy import never read": r"""
import numpy as np
import pandas as pd  # !


def total(values):
    return np.sum(values)
""",
        "one name of a from import never read": r"""
from collections import OrderedDict, namedtuple  # !

Point = namedtuple("Point", ["x", "y"])
""",
        "import inside a function": r"""
def load(path):
    import json  # !
    with open(path) as handle:
        return handle.read()
""",
        "submodule import never read": r"""
import os.path  # !
import xml.etree.ElementTree as ET  # !


def main():
    return 0
""",
        "typing names under TYPE_CHECKING": r"""
from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from decimal import Decimal
    from fractions import Fraction  # !


def half(value: Decimal) -> Decimal:
    return value / 2
""",
        "only the argument of the same name is read": r"""
import logging  # !
from functools import partial as p  # !


def run(logging):
    logging.info("started")
""",
        "import in a method, other import read": r"""
import re


class Parser:
    pattern = re.compile(r"\d+")

    def parse(self, text):
        from datetime import datetime, timedelta  # !
        return datetime.strptime(text, "%Y")
""",
    },
    "GL107": {
        "after return": r"""
def area(width, height):
    return width * height
    print("never shown")  # !
""",
        "after raise in a method": r"""
class Store:
    def load(self, key):
        raise KeyError(key)
        self.last = key  # !
""",
        "after continue in a for loop": r"""
def clean(rows):
    out = []
    for row in rows:
        if not row:
            continue
            out.append(None)  # !
        out.append(row)
    return out
""",
        "after break in a while loop": r"""
def wait(queue):
    while True:
        item = queue.get()
        if item is None:
            break
            queue.task_done()  # !
        print(item)
""",
        "after sys.exit": r"""
import sys


def main(argv):
    if len(argv) < 2:
        print("usage: tool FILE")
        sys.exit(2)
        return None  # !
    return argv[1]
""",
        "after if and else that both return": r"""
def sign(number):
    if number < 0:
        return -1
    else:
        return 1
    number += 1  # !
""",
        "after return in an async function": r"""
import asyncio


async def fetch(client, url):
    await asyncio.sleep(0)
    return client.get(url)
    client.close()  # !
""",
        "after return in an except handler": r"""
import logging


def parse(text):
    try:
        return int(text)
    except ValueError:
        return None
        logging.warning("bad number")  # !
""",
    },
    "GL111": {
        "function defined twice": r"""
def greet(name):
    return "hello " + name


def greet(name):  # !
    return "hi " + name
""",
        "method defined twice": r"""
class Account:
    def balance(self):
        return self.total

    def deposit(self, amount):
        self.total += amount

    def balance(self):  # !
        return round(self.total, 2)
""",
        "class defined twice": r"""
class Config:
    debug = True


class Config:  # !
    debug = False


print(Config.debug)
""",
        "module imported twice": r"""
import os
import os  # !

print(os.getcwd())
""",
        "import overwritten by a function": r"""
from shutil import copy


def copy(source, target):  # !
    return target.write(source.read())


copy(open("a"), open("b", "w"))
""",
        "test method of the same name": r"""
import unittest


class TestMath(unittest.TestCase):
    def test_add(self):
        self.assertEqual(1 + 1, 2)

    def test_add(self):  # !
        self.assertEqual(2 + 2, 4)
""",
        "nested function defined twice": r"""
def outer(values):
    def key(value):
        return value

    def key(value):  # !
        return -value

    return sorted(values, key=key)
""",
        "async function defined twice": r"""
async def handler(request):
    return await request.text()


async def handler(request):  # !
    return await request.json()
""",
    },
    "GL202": {
        "list plus one element in a for loop": r"""
def squares(numbers):
    result = []
    for number in numbers:
        result = result + [number * number]  # !
    return result
""",
        "tuple grows with augmented assignment": r"""
def collect(rows):
    names = ()
    for row in rows:
        names += (row.name,)  # !
    return names
""",
        "dict rebuilt with unpacking": r"""
def index(users):
    by_id = {}
    for user in users:
        by_id = {**by_id, user.id: user}  # !
    return by_id
""",
        "attribute target in a method": r"""
class Recorder:
    def __init__(self):
        self.events = []

    def record_all(self, events):
        for event in events:
            self.events = self.events + [event]  # !
""",
        "while loop": r"""
def countdown(n):
    steps = []
    while n > 0:
        steps = steps + [n]  # !
        n -= 1
    return steps
""",
        "conditional branch in nested loops": r"""
def evens(matrix):
    found = []
    for row in matrix:
        for cell in row:
            if cell % 2 == 0:
                found = found + [cell]  # !
    return found
""",
        "tuple plus tuple at module level": r"""
pairs = ()
for i in range(100):
    pairs = pairs + ((i, i * 2),)  # !
print(len(pairs))
""",
        "async for loop": r"""
async def drain(stream):
    chunks = []
    async for chunk in stream:
        chunks = chunks + [chunk.decode()]  # !
    return chunks
""",
    },
    "GL207": {
        "join of orders and customers": r"""
def join(orders, customers):
    result = []
    for order in orders:
        for customer in customers:  # !
            if order.customer_id == customer.id:
                result.append((order, customer))
    return result
""",
        "dict rows with subscript keys": r"""
def merge(left, right):
    rows = []
    for a in left:
        for b in right:  # !
            if a["id"] == b["id"]:
                rows.append({**a, **b})
    return rows
""",
        "same collection compared with itself": r"""
def find_duplicates(items):
    duplicates = []
    for first in items:
        for second in items:  # !
            if first is not second and first.email == second.email:
                duplicates.append(first)
    return duplicates
""",
        "break at the first match": r"""
def attach_departments(employees, departments):
    for employee in employees:
        for department in departments:  # !
            if department.code == employee.department_code:
                employee.department = department
                break
""",
        "list comprehension join": r"""
def match(users, logins):
    return [(u, l) for u in users for l in logins if u["name"] == l["user"]]  # !
""",
        "method over attributes": r"""
class Matcher:
    def __init__(self, products, prices):
        self.products = products
        self.prices = prices

    def run(self):
        matched = {}
        for product in self.products:
            for price in self.prices:  # !
                if price.sku == product.sku:
                    matched[product.sku] = price.amount
        return matched
""",
        "common elements of two lists": r"""
def common(list1, list2):
    out = []
    for x in list1:
        for y in list2:  # !
            if x == y:
                out.append(x)
    return out
""",
    },
    "GL213": {
        "comprehension filters a sorted list": r"""
def adults(ages):
    return [age for age in sorted(ages) if age >= 18]  # !
""",
        "filter over sorted": r"""
def active(users):
    return list(filter(lambda u: u.active, sorted(users, key=lambda u: u.name)))  # !
""",
        "sorted in the head of a for loop with an if": r"""
def expensive(products):
    chosen = []
    for product in sorted(products, key=lambda p: p.price, reverse=True):  # !
        if product.in_stock:
            chosen.append(product)
    return chosen
""",
        "sorted into a variable and then filtered": r"""
def positives(numbers):
    ordered = sorted(numbers)  # !
    return [n for n in ordered if n > 0]
""",
        "sort in place and then filter": r"""
def recent(events, limit):
    events = list(events)
    events.sort(key=lambda e: e.time)  # !
    return [e for e in events if e.time > limit]
""",
        "generator over sorted with key from operator": r"""
from operator import attrgetter


class Report:
    def __init__(self, rows):
        self.rows = rows

    def paid(self):
        return tuple(r for r in sorted(self.rows, key=attrgetter("date")) if r.paid)  # !
""",
    },
    "GL217": {
        "value thrown away with underscore": r"""
def names(people):
    for name, _ in people.items():  # !
        print(name)
""",
        "key thrown away with underscore": r"""
def total(prices):
    result = 0
    for _, price in prices.items():  # !
        result += price
    return result
""",
        "named value never read": r"""
my_dict = {"a": 1, "b": 2}
for key, value in my_dict.items():  # !
    print(key)
""",
        "named key never read": r"""
my_dict = {"a": 1, "b": 2}
for key, value in my_dict.items():  # !
    print(f"value is {value}")
""",
        "list comprehension over an attribute": r"""
class Registry:
    def __init__(self):
        self.plugins = {}

    def all(self):
        return [plugin for _, plugin in self.plugins.items()]  # !
""",
        "tuple in the unused half": r"""
def keys(bounds):
    out = []
    for name, (_, _) in bounds.items():  # !
        out.append(name)
    return out
""",
        "set comprehension": r"""
def upper(headers):
    return {name.upper() for name, _ in headers.items()}  # !
""",
        "items of a subscripted dict in an async function": r"""
async def notify(config, send):
    for _, address in config["recipients"].items():  # !
        await send(address)
""",
    },
    "GL221": {
        "for loop with try and except": r"""
def parse(values):
    out = []
    for value in values:
        try:  # !
            out.append(int(value))
        except ValueError:
            print("error")
    return out
""",
        "while loop": r"""
def drain(queue):
    i = 0
    while i < 1000:
        try:  # !
            print(queue[i])
            i += 1
        except IndexError:
            i += 2
""",
        "bare except with pass": r"""
for i in range(10):
    try:  # !
        print(1 / i)
    except:
        pass
""",
        "several handlers": r"""
def lookup(table, keys):
    found = {}
    for key in keys:
        try:  # !
            found[key] = table[key]
        except KeyError:
            found[key] = None
        except TypeError as exc:
            print(exc)
    return found
""",
        "method with attributes": r"""
import logging

logger = logging.getLogger(__name__)


class Importer:
    def run(self, rows):
        for row in rows:
            try:  # !
                self.save(row)
            except Exception:
                logger.exception("row failed")
""",
        "try with else and finally": r"""
def convert(items, sink):
    for item in items:
        try:  # !
            number = float(item)
        except ValueError:
            sink.append(0.0)
        else:
            sink.append(number)
        finally:
            item = None
""",
    },
    "GL225": {
        "iterrows in a for loop": r"""
import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
for index, row in df.iterrows():  # !
    print(row["a"] + row["b"])
""",
        "itertuples in a function": r"""
import pandas as pd


def total(path):
    df = pd.read_csv(path)
    result = 0
    for row in df.itertuples(index=False):  # !
        result += row.price * row.quantity
    return result
""",
        "apply with axis one": r"""
import pandas as pd

df = pd.DataFrame({"a": [1, 2], "b": [3, 4]})
df["sum"] = df.apply(lambda row: row["a"] + row["b"], axis=1)  # !
""",
        "apply with axis columns and a named function": r"""
import pandas as pd


def bmi(row):
    return row["weight"] / row["height"] ** 2


def add_bmi(people: pd.DataFrame) -> pd.DataFrame:
    people["bmi"] = people.apply(bmi, axis="columns")  # !
    return people
""",
        "list comprehension over iterrows": r"""
import pandas as pd


def labels(df: pd.DataFrame):
    return [f"{row['first']} {row['last']}" for _, row in df.iterrows()]  # !
""",
        "iterrows of an attribute in a method": r"""
import pandas


class Sales:
    def __init__(self, path):
        self.frame = pandas.read_csv(path)

    def update(self):
        for i, row in self.frame.iterrows():  # !
            if row["amount"] > 100:
                self.frame.at[i, "large"] = True
""",
        "iterrows of a chained selection": r"""
import pandas as pd

df = pd.read_parquet("orders.parquet")
open_total = 0
for _, order in df[df["state"] == "open"].iterrows():  # !
    open_total += order["total"]
""",
    },
    "GL230": {
        "bubble sort": r"""
def bubble_sort(items):
    n = len(items)
    for i in range(n):  # !
        for j in range(0, n - i - 1):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items
""",
        "bubble sort with a temporary": r"""
values = [5, 2, 9, 1]
for i in range(len(values)):  # !
    for j in range(len(values) - 1):
        if values[j] > values[j + 1]:
            tmp = values[j]
            values[j] = values[j + 1]
            values[j + 1] = tmp
print(values)
""",
        "selection sort": r"""
def selection_sort(arr):
    for i in range(len(arr)):  # !
        smallest = i
        for j in range(i + 1, len(arr)):
            if arr[j] < arr[smallest]:
                smallest = j
        arr[i], arr[smallest] = arr[smallest], arr[i]
    return arr
""",
        "exchange sort by attribute": r"""
class Board:
    def __init__(self, players):
        self.players = players

    def rank(self):
        for i in range(len(self.players)):  # !
            for j in range(i + 1, len(self.players)):
                if self.players[i].score < self.players[j].score:
                    self.players[i], self.players[j] = self.players[j], self.players[i]
""",
        "insertion sort": r"""
def insertion_sort(data):
    for i in range(1, len(data)):  # !
        key = data[i]
        j = i - 1
        while j >= 0 and data[j] > key:
            data[j + 1] = data[j]
            j -= 1
        data[j + 1] = key
    return data
""",
        "linear scan of a list sorted in place": r"""
def find(values, target):
    values.sort()
    for i in range(len(values)):  # !
        if values[i] == target:
            return i
    return -1
""",
        "linear scan of a sorted copy with enumerate": r"""
def position(scores, score):
    ordered = sorted(scores)
    for index, value in enumerate(ordered):  # !
        if value >= score:
            return index
    return len(ordered)
""",
    },
    "GL301": {
        "readlines in the head of a for loop": r"""
def count_errors(path):
    errors = 0
    with open(path) as f:
        for line in f.readlines():  # !
            if "ERROR" in line:
                errors += 1
    return errors
""",
        "read and splitlines": r"""
with open("access.log", encoding="utf-8") as handle:
    for line in handle.read().splitlines():  # !
        print(line.upper())
""",
        "read and split on newline in a comprehension": r"""
def names(path):
    with open(path, "r") as f:
        return [line.split(",")[0] for line in f.read().split("\n")]  # !
""",
        "content kept in a variable": r"""
def longest(path):
    with open(path) as f:
        content = f.read()  # !
    best = 0
    for line in content.splitlines():
        best = max(best, len(line))
    return best
""",
        "readlines kept in a variable": r"""
class LogReader:
    def __init__(self, path):
        self.path = path

    def warnings(self):
        with open(self.path) as f:
            lines = f.readlines()  # !
        for line in lines:
            if line.startswith("WARN"):
                yield line
""",
        "pathlib read_text": r"""
from pathlib import Path


def hosts(path):
    found = set()
    for line in Path(path).read_text().splitlines():  # !
        found.add(line.split()[0])
    return found
""",
        "readlines of an open call without with": r"""
total = 0
for row in open("numbers.txt").readlines():  # !
    total += int(row)
print(total)
""",
    },
    "GL305": {
        "column sum": r"""
import pandas as pd

df = pd.read_csv("sales.csv")  # !
print(df["amount"].sum())
""",
        "chained mean": r"""
import pandas as pd


def average(path):
    return pd.read_csv(path)["price"].mean()  # !
""",
        "groupby sum in a function": r"""
import pandas as pd


def per_country(path):
    data = pd.read_csv(path, sep=";", encoding="utf-8")  # !
    return data.groupby("country")["visits"].sum()
""",
        "from import of read_csv": r"""
from pandas import read_csv


def rows(path):
    frame = read_csv(path)  # !
    return len(frame)
""",
        "module without alias in a method": r"""
import pandas


class Metrics:
    def __init__(self, path):
        self.path = path

    def peak(self):
        df = pandas.read_csv(self.path)  # !
        return df["load"].max()
""",
        "value counts of one column": r"""
import pandas as pd


def statuses(log_path: str) -> dict:
    logs = pd.read_csv(log_path, names=["time", "status", "url"])  # !
    return logs["status"].value_counts().to_dict()
""",
        "loop over files": r"""
import glob

import pandas as pd

total = 0
for name in glob.glob("data/*.csv"):
    df = pd.read_csv(name)  # !
    total += df["quantity"].sum()
print(total)
""",
    },
    "GL312": {
        "write each line": r"""
from pathlib import Path

lines = ["line 1", "line 2", "line 3"]

with open("file.txt", "w") as f:
    for line in lines:  # !
        f.write(line)
""",
        "write each line encoded to a Path handle": r"""
from pathlib import Path


def save(lines):
    with Path("file.bin").open("wb") as f:
        for line in lines:  # !
            f.write(line.encode())
""",
        "write an f-string per item": r"""
def dump(records, path):
    with open(path, "w", encoding="utf-8") as out:
        for record in records:  # !
            out.write(f"{record.id},{record.name}\n")
""",
        "write with tuple targets": r"""
def dump_settings(settings, path):
    with open(path, "w") as f:
        for key, value in settings.items():  # !
            f.write(key + "=" + str(value) + "\n")
""",
        "flush after each write": r"""
def export(rows, path):
    with open(path, "w") as f:
        for row in rows:
            f.write(",".join(row) + "\n")
            f.flush()  # !
""",
        "print with flush to a file": r"""
with open("numbers.txt", "w") as f:
    for i in range(1000):
        print(i, file=f, flush=True)  # !
""",
        "flush per item in a method": r"""
class Journal:
    def __init__(self, path):
        self.handle = open(path, "a")

    def extend(self, entries):
        for entry in entries:
            self.handle.write(str(entry))
            self.handle.flush()  # !
""",
    },
    "GL405": {
        "len of all": r"""
from shop.models import Product


def product_count(request):
    return len(Product.objects.all())  # !
""",
        "len of filter": r"""
from django.contrib.auth.models import User


def active_users():
    total = len(User.objects.filter(is_active=True))  # !
    return {"total": total}
""",
        "len of a related manager": r"""
from django.http import JsonResponse

from blog.models import Post


def comments(request, pk):
    post = Post.objects.get(pk=pk)
    return JsonResponse({"comments": len(post.comments.all())})  # !
""",
        "truth of a queryset": r"""
from accounts.models import Invitation


def is_invited(email):
    if Invitation.objects.filter(email=email):  # !
        return True
    return False
""",
        "len compared with zero": r"""
from django.views import View

from shop.models import Order


class OrderView(View):
    def has_orders(self, user):
        return len(Order.objects.filter(user=user)) > 0  # !
""",
        "len of a queryset in a variable": r"""
from library.models import Book


def report(author):
    books = Book.objects.filter(author=author)
    print(f"{len(books)} books")  # !
""",
        "bool of a queryset": r"""
from shop.models import Coupon


def coupon_known(code):
    return bool(Coupon.objects.filter(code=code))  # !
""",
        "loop over all rows without iterator": r"""
from django.core.management.base import BaseCommand

from crm.models import Customer


class Command(BaseCommand):
    def handle(self, *args, **options):
        for customer in Customer.objects.all():  # !
            self.stdout.write(customer.email)
""",
    },
    "GL411": {
        "comprehension over all": r"""
from django.contrib.auth.models import User


def staff():
    return [user for user in User.objects.all() if user.is_staff]  # !
""",
        "first of order_by by index": r"""
from blog.models import Post


def oldest_post():
    return Post.objects.order_by("created")[0]  # !
""",
        "first of descending order_by by index": r"""
from django.shortcuts import render

from news.models import Article


def front(request):
    article = Article.objects.order_by("-published_at")[0]  # !
    return render(request, "front.html", {"article": article})
""",
        "loop with an if": r"""
from shop.models import Order


def open_orders():
    result = []
    for order in Order.objects.all():  # !
        if order.status == "open":
            result.append(order)
    return result
""",
        "filter with a lambda": r"""
from shop.models import Product


def cheap():
    return list(filter(lambda p: p.price < 10, Product.objects.all()))  # !
""",
        "generator summed in a view method": r"""
from django.views import View

from billing.models import Invoice


class Totals(View):
    def unpaid(self):
        return sum(i.amount for i in Invoice.objects.all() if not i.paid)  # !
""",
        "loop with continue": r"""
from crm.models import Customer


def emails():
    out = set()
    for customer in Customer.objects.all():  # !
        if not customer.subscribed:
            continue
        out.add(customer.email)
    return out
""",
    },
    "GL503": {
        "requests.get in a for loop": r"""
import requests


def fetch(ids):
    users = []
    for user_id in ids:
        response = requests.get(f"https://api.example.com/users/{user_id}")  # !
        users.append(response.json())
    return users
""",
        "requests.post with keyword arguments": r"""
import requests

API = "https://api.example.com/events"


def send(events):
    for event in events:
        requests.post(API, json=event, timeout=5)  # !
""",
        "list comprehension": r"""
import requests


def pages(urls):
    return [requests.get(url, timeout=10).text for url in urls]  # !
""",
        "urlopen in a while loop": r"""
from urllib.request import urlopen


def download(urls):
    bodies = []
    while urls:
        url = urls.pop()
        bodies.append(urlopen(url).read())  # !
    return bodies
""",
        "session attribute in a method": r"""
import requests


class Client:
    def __init__(self, base):
        self.base = base
        self.session = requests.Session()

    def delete_all(self, keys):
        for key in keys:
            self.session.delete(self.base + "/items/" + key)  # !
""",
        "aliased import in a conditional branch": r"""
import requests as rq


def refresh(items):
    for item in items:
        if item["stale"]:
            item["data"] = rq.get("https://api.example.com/item", params={"id": item["id"]}).json()  # !
""",
        "httpx async client": r"""
import httpx


async def load(ids):
    out = []
    async with httpx.AsyncClient() as client:
        for i in ids:
            response = await client.get(f"https://api.example.com/{i}")  # !
            out.append(response.json())
    return out
""",
        "from import of get": r"""
from requests import get

for name in ["a", "b", "c"]:
    r = get("https://example.com/" + name)  # !
    print(r.status_code)
""",
    },
    "GL513": {
        "while true with a short sleep": r"""
import time

import requests


def watch(url):
    while True:
        response = requests.get(url)  # !
        print(response.json())
        time.sleep(1)
""",
        "status in the loop condition": r"""
import time

import requests


def wait_ready(url):
    while requests.get(url).status_code != 200:  # !
        time.sleep(0.5)
""",
        "walrus in the loop condition": r"""
import time

import requests


def wait_done(job):
    while (state := requests.get(f"https://api.example.com/jobs/{job}").json()["state"]) != "done":  # !
        print(state)
        time.sleep(1)
""",
        "break when the job is finished": r"""
from time import sleep

import requests


class Job:
    def __init__(self, url):
        self.url = url

    def wait(self):
        while True:
            status = requests.get(self.url, timeout=5).json()["status"]  # !
            if status == "finished":
                break
            sleep(1)
""",
        "async polling with httpx": r"""
import asyncio

import httpx


async def poll(url):
    async with httpx.AsyncClient() as client:
        while True:
            response = await client.get(url)  # !
            if response.json()["done"]:
                return response
            await asyncio.sleep(1)
""",
        "urlopen polling": r"""
import time
import urllib.request


def follow(url):
    last = None
    while True:
        body = urllib.request.urlopen(url).read()  # !
        if body != last:
            print(body)
            last = body
        time.sleep(2)
""",
        "session polling with a flag": r"""
import time

import requests

session = requests.Session()
done = False
while not done:
    done = session.get("https://api.example.com/build/1").json()["done"]  # !
    time.sleep(0.1)
""",
    },
    "GL606": {
        "functools.lru_cache without arguments": r"""
import functools


class Foo:
    @functools.lru_cache  # !
    def cached_instance_method(self, y):
        return y * 2
""",
        "functools.cache": r"""
import functools


class Tree:
    def __init__(self, root):
        self.root = root

    @functools.cache  # !
    def depth(self):
        return self.root.depth()
""",
        "from import with empty call": r"""
from functools import lru_cache


class Repo:
    @lru_cache()  # !
    def user(self, user_id):
        return self.load(user_id)

    def load(self, user_id):
        return {"id": user_id}
""",
        "maxsize None": r"""
from functools import lru_cache


class Solver:
    @lru_cache(maxsize=None)  # !
    def fib(self, n):
        return n if n < 2 else self.fib(n - 1) + self.fib(n - 2)
""",
        "from import of cache": r"""
from functools import cache


class Settings:
    @cache  # !
    def read(self, name: str) -> str:
        with open(name) as f:
            return f.read()
""",
        "aliased import": r"""
import functools as ft


class Geometry(object):
    @ft.lru_cache(maxsize=None)  # !
    def area(self, w, h):
        return w * h

    @ft.cache  # !
    def volume(self, w, h, d):
        return w * h * d
""",
        "class within a function": r"""
from functools import cache as memo


def build():
    class Inner:
        @memo  # !
        def value(self, key):
            return hash(key)

    return Inner()
""",
    },
    "GL610": {
        "list in set": r"""
def unique(values):
    return set(list(values))  # !
""",
        "list in sorted": r"""
def ordered(names):
    return sorted(list(names), key=str.lower)  # !
""",
        "list and tuple nested": r"""
x = range(10)
a = list(tuple(x))  # !
b = tuple(list(x))  # !
c = list(list(x))  # !
""",
        "sorted in set": r"""
class Tags:
    def __init__(self, tags):
        self.tags = set(sorted(tags))  # !
""",
        "list comprehension in list and set": r"""
def parse(lines):
    rows = list([line.split() for line in lines])  # !
    keys = set([row[0] for row in rows])  # !
    return rows, keys
""",
        "dict of a list of pairs": r"""
def squares(n):
    return dict([(i, i * i) for i in range(n)])  # !
""",
        "literal list in set and tuple": r"""
VOWELS = set(["a", "e", "i", "o", "u"])  # !
SIZES = tuple([1, 2, 3])  # !
""",
        "array of a list of an array": r"""
import numpy as np


def double(n):
    arr = np.arange(n)
    return np.array(list(arr)) * 2  # !
""",
    },
    "GL614": {
        "collect in a for loop": r"""
import gc


def process(batches):
    for batch in batches:
        batch.run()
        gc.collect()  # !
""",
        "collect in a while loop": r"""
import gc


def worker(queue):
    while True:
        job = queue.get()
        if job is None:
            break
        job()
        del job
        gc.collect()  # !
""",
        "from import in a loop": r"""
from gc import collect

for i in range(100):
    data = [0] * 1_000_000
    del data
    collect()  # !
""",
        "flask view": r"""
import gc

from flask import Flask, jsonify

app = Flask(__name__)


@app.route("/report")
def report():
    data = [i * i for i in range(1000)]
    gc.collect()  # !
    return jsonify(data)
""",
        "fastapi endpoint": r"""
import gc

from fastapi import FastAPI

app = FastAPI()


@app.get("/items/{item_id}")
async def item(item_id: int):
    gc.collect()  # !
    return {"id": item_id}
""",
        "aliased import with a generation in a method": r"""
import gc as garbage


class Trainer:
    def fit(self, epochs):
        for epoch in range(epochs):
            self.step(epoch)
            if epoch % 2 == 0:
                garbage.collect(2)  # !

    def step(self, epoch):
        print(epoch)
""",
        "collect in a finally within a loop": r"""
import gc


def convert(paths):
    for path in paths:
        try:
            with open(path, "rb") as f:
                print(len(f.read()))
        finally:
            gc.collect()  # !
""",
    },
    "GL618": {
        "getter and setter": r"""
class Client:
    def __init__(self, age):
        self.age = age

    def get_age(self):  # !
        return self.age

    def set_age(self, age):  # !
        self.age = age
""",
        "annotated getter and setter": r"""
class Account:
    def __init__(self, owner: str) -> None:
        self._owner = owner

    def get_owner(self) -> str:  # !
        return self._owner

    def set_owner(self, owner: str) -> None:  # !
        self._owner = owner
""",
        "camel case names": r"""
class Person:
    def __init__(self):
        self.name = ""

    def getName(self):  # !
        return self.name

    def setName(self, newName):  # !
        self.name = newName
""",
        "getter alone of a private attribute": r"""
class Sensor(object):
    def __init__(self, value):
        self.__value = value

    def get_value(self):  # !
        return self.__value

    def double(self):
        return self.__value * 2
""",
        "setter alone": r"""
class Window:
    def __init__(self):
        self.title = None
        self.width = 0

    def set_title(self, title):  # !
        self.title = title

    def grow(self):
        self.width += 10
""",
        "several accessors": r"""
class Point:
    def __init__(self, x, y):
        self._x = x
        self._y = y

    def get_x(self):  # !
        return self._x

    def get_y(self):  # !
        return self._y

    def norm(self):
        return (self._x ** 2 + self._y ** 2) ** 0.5
""",
    },
    "GL705": {
        "time.sleep": r"""
import time


async def wait():
    time.sleep(1)  # !
""",
        "from import of sleep in a loop": r"""
from time import sleep


async def retry(action):
    for _ in range(3):
        if await action():
            return
        sleep(0.5)  # !
""",
        "requests in a method": r"""
import requests


class Api:
    async def user(self, user_id):
        response = requests.get(f"https://example.com/users/{user_id}")  # !
        return response.json()

    async def create(self, data):
        return requests.post("https://example.com/users", json=data)  # !
""",
        "urlopen": r"""
import urllib.request


async def page(url):
    return urllib.request.urlopen(url).read()  # !
""",
        "open in with": r"""
async def read_config(path):
    with open(path) as f:  # !
        return f.read()
""",
        "subprocess calls": r"""
import subprocess


async def build():
    subprocess.run(["make", "all"], check=True)  # !
    return subprocess.check_output(["git", "rev-parse", "HEAD"])  # !
""",
        "os.system and Popen": r"""
import os
from subprocess import Popen


async def deploy(script):
    os.system("sync")  # !
    process = Popen(["sh", script])  # !
    return process.pid
""",
        "path open and httpx.get": r"""
from pathlib import Path

import httpx


async def mirror(url):
    body = httpx.get(url).content  # !
    with Path("mirror.bin").open("wb") as f:  # !
        f.write(body)
""",
    },
    "GL801": {
        "eval and then a call": r"""
import torch
from torchvision.models import resnet18

model = resnet18()
model.eval()
image = torch.randn(1, 3, 224, 224)
output = model(image)  # !
""",
        "evaluation loop": r"""
import torch


def evaluate(model, loader):
    model.eval()
    correct = 0
    for inputs, labels in loader:
        outputs = model(inputs)  # !
        correct += (outputs.argmax(dim=1) == labels).sum().item()
    return correct
""",
        "method with self.model": r"""
import torch


class Predictor:
    def __init__(self, model):
        self.model = model

    def predict(self, x):
        self.model.eval()
        logits = self.model(torch.as_tensor(x))  # !
        return torch.argmax(logits, dim=-1)
""",
        "linear model at module level": r"""
import torch
import torch.nn as nn

net = nn.Linear(10, 2)
net.eval()
batch = torch.rand(4, 10)
probabilities = torch.softmax(net(batch), dim=1)  # !
print(probabilities)
""",
        "loaded weights": r"""
import torch
from torch import nn


def infer(path, data):
    model = nn.Sequential(nn.Linear(8, 4), nn.ReLU(), nn.Linear(4, 1))
    model.load_state_dict(torch.load(path))
    model.eval()
    return model(data)  # !
""",
        "list comprehension after eval": r"""
import torch


def predictions(model, batches):
    model.eval()
    return [model(batch).argmax(1) for batch in batches]  # !
""",
        "validation within an epoch loop": r"""
import torch


def validate(model, val_loader, criterion, device):
    model.to(device)
    model.eval()
    running = 0.0
    for batch in val_loader:
        x, y = batch[0].to(device), batch[1].to(device)
        pred = model(x)  # !
        running += criterion(pred, y).item()
    return running / len(val_loader)
""",
    },
    "GL815": {
        "sequential on several lines": r"""
import torch.nn as nn

block = nn.Sequential(
    nn.Conv2d(3, 16, kernel_size=3, padding=1),  # !
    nn.BatchNorm2d(16),
    nn.ReLU(),
)
""",
        "explicit bias": r"""
from torch import nn

layers = nn.Sequential(
    nn.Conv2d(in_channels=3, out_channels=64, kernel_size=7, stride=2, bias=True),  # !
    nn.BatchNorm2d(64),
)
""",
        "attributes used in forward": r"""
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3)  # !
        self.bn1 = nn.BatchNorm2d(32)

    def forward(self, x):
        x = self.conv1(x)
        x = self.bn1(x)
        return x
""",
        "nested call in forward": r"""
import torch.nn as nn
import torch.nn.functional as F


class Block(nn.Module):
    def __init__(self, cin, cout):
        super(Block, self).__init__()
        self.conv = nn.Conv2d(cin, cout, kernel_size=3, padding=1)  # !
        self.bn = nn.BatchNorm2d(cout)

    def forward(self, x):
        return F.relu(self.bn(self.conv(x)))
""",
        "sequential attribute with two pairs": r"""
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            nn.Conv2d(1, 8, 3),  # !
            nn.BatchNorm2d(8),
            nn.ReLU(inplace=True),
            nn.Conv2d(8, 16, 3),  # !
            nn.BatchNorm2d(16),
        )

    def forward(self, x):
        return self.body(x)
""",
        "from import of the layers in a function": r"""
from torch.nn import BatchNorm2d, Conv2d, ReLU, Sequential


def conv_block(cin, cout):
    return Sequential(Conv2d(cin, cout, 3, padding=1), BatchNorm2d(cout), ReLU())  # !
""",
        "one dimension with the full module path": r"""
import torch

model = torch.nn.Sequential(
    torch.nn.Conv1d(4, 8, kernel_size=5),  # !
    torch.nn.BatchNorm1d(8),
    torch.nn.ReLU(),
)
""",
    },
}
