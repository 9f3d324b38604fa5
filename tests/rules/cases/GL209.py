"""Texts that GL209 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a queue": """
def f(jobs):
    queue = list(jobs)
    while queue:
        queue.sort()  # !
        job = queue.pop(0)
        queue.append(job.after)
""",
        "a queue that is extended": """
def f(job):
    queue = [job]
    while queue:
        queue.sort()  # !
        queue.extend(queue.pop().after)
""",
        "after each item": """
def f(rows):
    best = []
    for row in rows:
        best.append(row)
        best.sort()  # !
    return best
""",
        "with a key": """
def f(rows):
    best = []
    for row in rows:
        best.append(row)
        best.sort(key=len)  # !
    return best
""",
        "with a lambda": """
def f(rows):
    best = []
    for row in rows:
        best.append(row)
        best.sort(key=lambda one: one.price, reverse=True)  # !
    return best
""",
        "an attribute": """
class Best:
    def __init__(self):
        self.rows = []

    def read(self, source):
        for row in source:
            self.rows.append(row)
            self.rows.sort()  # !
""",
        "annotated": """
def f(rows, best: list[int]):
    for row in rows:
        best.append(row)
        best.sort()  # !
""",
        "async": """
async def f(stream):
    best = []
    async for row in stream:
        best.append(row)
        best.sort()  # !
""",
        "in a condition": """
def f(rows):
    best = []
    for row in rows:
        best.append(row)
        if row.last:
            best.sort()  # !
""",
        "inside try": """
def f(rows):
    best = []
    for row in rows:
        try:
            best.append(int(row))
            best.sort()  # !
        except ValueError:
            pass
""",
        "at module level": """
best = []
for row in rows:
    best.append(row)
    best.sort()  # !
""",
        "in the inner of two loops": """
def f(tables):
    best = []
    for table in tables:
        for row in table:
            best.append(row)
            best.sort()  # !
""",
        "sorted of a parameter": """
def f(rows, names):
    for row in rows:
        print(row, sorted(names))  # !
""",
        "sorted with a key": """
def f(rows, names):
    for row in rows:
        print(row, sorted(names, key=str.lower))  # !
""",
        "sorted with reverse": """
def f(rows, names):
    for row in rows:
        for name in sorted(names, reverse=True):  # !
            print(row, name)
""",
        "sorted in a comprehension": """
def f(rows, names):
    return [(row, sorted(names)) for row in rows]  # !
""",
        "items of a dict": """
def f(rows, table):
    for row in rows:
        for key, value in sorted(table.items()):  # !
            print(row, key, value)
""",
        "keys of a dict": """
def f(rows, table):
    for row in rows:
        print(', '.join(sorted(table.keys())), row)  # !
""",
        "sorted set of a local": """
def f(rows):
    names = {row.name for row in rows}
    for row in rows:
        print(row, sorted(names))  # !
""",
        "sorted in a while loop": """
def f(queue, names):
    while queue:
        print(queue.pop(), sorted(names))  # !
""",
        "a key that stays the same": """
def f(rows, names, order):
    for row in rows:
        print(row, sorted(names, key=order.get))  # !
""",
        "a nested function with its own loop": """
def f(names):
    def g(rows):
        for row in rows:
            print(row, sorted(names))  # !
    return g
""",
    }
)

BAD |= marked(
    {
        "sorted into the same name": """
def f(jobs):
    queue = list(jobs)
    while queue:
        queue = sorted(queue)  # !
        queue.append(queue[0].after)
        print(queue.pop())
""",
        "sorted into the same name, by a key": """
def f(jobs):
    queue = []
    for job in jobs:
        queue.append(job)
        queue = sorted(queue, key=len)  # !
        print(queue[0])
""",
    }
)

PEDANTIC = marked(
    {
        "sorted into the name of a parameter": """
def f(queue):
    while queue:
        queue = sorted(queue)  # !
        print(queue.pop())
""",
        "in a message for some": """
def f(rows, names):
    for row in rows:
        if row not in names:
            print(f"{row} is none of {sorted(names)}")  # !
""",
        "in a handler": """
def f(rows, names):
    for row in rows:
        try:
            row.use()
        except OSError:
            print(row, sorted(names))  # !
""",
    }
)

GOOD = plain(
    {
        "another list under the same name": """
def f(tables):
    for names in tables:
        names = sorted(names)
        print(names[0])
""",
        "sorted by what changes": """
def f(queue, marks):
    for mark in marks:
        queue = sorted(queue, key=lambda job: job[mark])
        print(queue[0])
""",
        "a new list before it": """
def f(tables):
    for table in tables:
        names = table.names()
        names = sorted(names)
        print(names[0])
""",
        "once before": """
def f(rows, names):
    names = sorted(names)
    for row in rows:
        print(row, names)
""",
        "a heap": """
import heapq

def f(jobs):
    heapq.heapify(jobs)
    while jobs:
        heapq.heappush(jobs, heapq.heappop(jobs).after)
""",
        "bisect": """
import bisect

def f(rows):
    best = []
    for row in rows:
        bisect.insort(best, row)
""",
        "the item itself": """
def f(tables):
    for table in tables:
        table.sort()
""",
        "an attribute of the item": """
def f(tables):
    for table in tables:
        table.rows.sort()
""",
        "made anew in each turn": """
def f(tables):
    for table in tables:
        rows = [row for row in table]
        rows.sort()
        print(rows)
""",
        "sorted item": """
def f(tables):
    return [sorted(table) for table in tables]
""",
        "the iterable of the loop": """
def f(rows):
    for row in sorted(rows):
        print(row)
""",
        "the iterable of the comprehension": """
def f(rows):
    return [row for row in sorted(rows)]
""",
        "changed in the loop": """
def f(rows):
    seen = set()
    for row in rows:
        seen.add(row)
        print(sorted(seen))
""",
        "handed on in the loop": """
def f(rows, names):
    for row in rows:
        update(names)
        print(sorted(names))
""",
        "the key changes": """
def f(points, rows):
    for point in points:
        print(sorted(rows, key=lambda row: row.distance(point)))
""",
        "the key of sort changes": """
def f(points):
    rows = list(read())
    for point in points:
        rows.append(point)
        rows.sort(key=lambda row: row.distance(point))
""",
        "not known to be a list": """
def f(rows, best):
    for row in rows:
        best.append(row)
        best.sort()
""",
        "a frame": """
import pandas as pd

def f(tables, all):
    for table in tables:
        all.sort('price')
""",
        "only taken out of": """
def f(rows):
    best = list(rows)
    while best:
        best.sort()
        best.pop().change(best)
""",
        "a short loop": """
def f(names):
    for kind in ('a', 'b'):
        print(kind, sorted(names))
""",
        "a constant": """
def f(rows):
    for row in rows:
        print(row, sorted(NAMES))
""",
        "left at once": """
def f(rows, names):
    for row in rows:
        if row.bad:
            raise ValueError(sorted(names))
""",
        "a function of their own": """
def sorted(x):
    return x

def f(rows, names):
    for row in rows:
        print(row, sorted(names))
""",
        "a property may differ each time": """
class A:
    def f(self, rows):
        for row in rows:
            print(row, sorted(self.names))
""",
        "a call": """
def f(rows):
    for row in rows:
        print(row, sorted(names()))
""",
        "the loop does not run it": """
def f(rows, names):
    for row in rows:
        row.show = lambda: sorted(names)
""",
    }
)
