"""Texts that GL208 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "the loop's own list": """
def f(rows):
    for row in rows:
        print(rows.index(row))  # !
""",
        "an attribute of the item's owner": """
def f(node):
    for child in node.children:
        print(node.children.index(child))  # !
""",
        "an attribute of self": """
class A:
    def f(self):
        for row in self.rows:
            print(self.rows.index(row))  # !
""",
        "in a comprehension": """
def f(rows):
    return [rows.index(row) for row in rows]  # !
""",
        "count in a set comprehension": """
def f(tags):
    return {tag for tag in tags if tags.count(tag) > 1}  # !
""",
        "count in a dict comprehension": """
def f(words):
    return {word: words.count(word) for word in words}  # !
""",
        "over the set of the list": """
def f(words):
    return {word: words.count(word) for word in set(words)}  # !
""",
        "over the sorted list": """
def f(words):
    for word in sorted(words):
        print(words.index(word))  # !
""",
        "reversed": """
def f(words):
    for word in reversed(words):
        print(words.index(word))  # !
""",
        "enumerate": """
def f(words):
    for i, word in enumerate(words):
        if words.index(word) != i:  # !
            print('twice', word)
""",
        "a list that a comprehension fills": """
def f(users):
    names = [user.name for user in users]
    for name in names:
        print(names.index(name))  # !
""",
        "a list that a loop fills": """
def f(users):
    names = []
    for user in users:
        names.append(user.name)
    return [name for name in names if names.count(name) > 1]  # !
""",
        "list() of a dict": """
def f(table):
    keys = list(table)
    for key in keys:
        print(table[key], keys.index(key))  # !
""",
        "lines of a file": """
def f(path):
    with open(path) as file:
        lines = file.readlines()
    for line in lines:
        if lines.count(line) > 1:  # !
            print(line)
""",
        "async function": """
async def f(jobs):
    for job in jobs:
        await job.run(jobs.index(job))  # !
""",
        "an expression of the item": """
def f(names):
    for name in names:
        if name.lower() in names:
            print(names.index(name.lower()))  # !
""",
        "inside try": """
def f(rows):
    for row in rows:
        try:
            print(rows.index(row.after))  # !
        except ValueError:
            continue
""",
        "a generator": """
def f(rows):
    return max(rows.count(row) for row in rows)  # !
""",
        "list() around it": """
def f(rows):
    for row in list(rows):
        print(rows.index(row))  # !
""",
        "at module level": """
for row in rows:
    print(rows.index(row))  # !
""",
        "in the inner of two loops": """
def f(dfa):
    for state in dfa:
        for label, following in state.arcs:
            print(label, dfa.index(following))  # !
""",
        "walrus": """
def f(rows):
    for row in rows:
        if (at := rows.index(row)) > 3:  # !
            print(at)
""",
    }
)

PEDANTIC = marked(
    {
        "removed one by one": """
def f(rows, closed):
    left = list(rows)
    for row in closed:
        left.remove(row)  # !
    return left
""",
        "removed from what is walked": """
def f(rows):
    for row in rows[:]:
        if row.closed:
            rows.remove(row)  # !
""",
    }
)

GOOD = plain(
    {
        "removed from a set": """
def f(rows, closed):
    left = set(rows)
    for row in closed:
        left.remove(row)
    return left
""",
        "folders that a walk leaves out": """
import os

def f(root, skipped):
    for folder, folders, files in os.walk(root):
        for name in skipped:
            folders.remove(name)
""",
        "files removed": """
import os

def f(paths):
    for path in paths:
        os.remove(path)
""",
        "the place to cut": """
def f(text):
    lines = text.split()
    for line in lines:
        if line.startswith("x"):
            i = lines.index(line)
            rest = lines[i + 1 :]
    return rest
""",
        "enumerate": """
def f(rows):
    for i, row in enumerate(rows):
        print(i, row)
""",
        "a Counter": """
from collections import Counter

def f(words):
    counts = Counter(words)
    return {word: counts[word] for word in words}
""",
        "no loop": """
def f(rows, row):
    return rows.index(row)
""",
        "another list in each turn": """
def f(rows, word):
    return [row.index(word) for row in rows]
""",
        "the same question each time": """
def f(rows, names: list, name):
    for row in rows:
        print(row, names.index(name))
""",
        "a constant": """
def f(lines):
    for line in lines:
        print(lines.index('end'), line)
""",
        "with a start": """
def f(rows):
    at = 0
    for row in rows:
        at = rows.index(row, at)
""",
        "a name that is free": """
def f(users, name):
    names = [user.name for user in users]
    while names.count(name):
        name += '_'
    return name
""",
        "a text by another method": """
def f(pattern):
    letters = pattern.replace(',', '')
    return [letter for letter in letters if letters.count(letter) == 1]
""",
        "columns are few": """
def f(rows, table):
    columns = list(table.head)
    return [columns.index(row.name) for row in rows]
""",
        "another list, which may be short": """
def f(rows, users):
    names = [user.name for user in users]
    return [names.index(row.name) for row in rows]
""",
        "the kinds of a list, once each": """
def f(kinds):
    return {kind: kinds.index(kind) for kind in set(kinds)}
""",
        "a string": """
def f(text: str):
    return {letter: text.count(letter) for letter in text}
""",
        "a literal of a few items": """
def f():
    return [['a', 'b'].index(name) for name in names()]
""",
        "a constant list": """
def f(rows):
    return [ORDER.index(row.name) for row in rows]
""",
        "of unknown length": """
def f(rows, names: list[str]):
    return [names.index(row.name) for row in rows]
""",
        "of unknown kind": """
def f(rows, names):
    return [names.index(row.name) for row in rows]
""",
        "changed in the loop": """
def f(rows):
    out = []
    for row in rows:
        if row not in out:
            out.append(row)
        print(out.index(row))
""",
        "the loop takes items out": """
def f(rows):
    for row in rows:
        at = rows.index(row)
        del rows[at]
""",
        "found and left": """
def f(rows):
    for row in rows:
        if row.wanted:
            print(rows.index(row))
            break
""",
        "returned": """
def f(rows):
    for row in rows:
        if row.wanted:
            return rows.index(row)
""",
        "raised": """
def f(rows):
    for row in rows:
        if row.bad:
            raise ValueError(rows.index(row))
""",
        "a short loop": """
def f(users):
    names = [user.name for user in users]
    return [names.index(name) for name in ('a', 'b')]
""",
        "a function of that name": """
def f(rows, index):
    return [index(row) for row in rows]
""",
        "a data frame": """
def f(table):
    return [table.count() for _ in range(100)]
""",
        "made anew in each turn": """
def f(rows):
    for row in rows:
        names = [part.name for part in row]
        print(names.index(row.name))
""",
        "a query": """
def f(models):
    return [model.objects.count() for model in models]
""",
        "a string in a loop over lines": """
def f(lines):
    for line in lines:
        print(line.count(line[0]))
""",
    }
)
