"""GL228: copies of whole structures in loops, and those that happen once."""

from marks import marked, plain

BAD = marked(
    {
        "only one field is asked for": """
import copy

def f(rows, settings):
    for row in rows:
        mine = copy.deepcopy(settings)  # !
        if row.size > mine["limit"]:
            print(row)
""",
        "an attribute": """
from copy import deepcopy as dc

def f(rows, settings):
    return [row.size + dc(settings).margin for row in rows]  # !
""",
    }
)

PEDANTIC = marked(
    {
        "collected": """
import copy

def f(names, template):
    out = []
    for name in names:
        out.append(copy.deepcopy(template))  # !
    return out
""",
        "changed": """
import copy

def f(names, template):
    for name in names:
        mine = copy.deepcopy(template)  # !
        mine["name"] = name
        yield mine
""",
        "in a comprehension": """
from copy import deepcopy

def f(rows, base):
    return {row: deepcopy(base) for row in rows}  # !
""",
        "in a while loop": """
from copy import deepcopy

class Search:
    def run(self, turns):
        while turns:
            turns -= 1
            self.play(deepcopy(self.state))  # !
""",
        "each item": """
from copy import deepcopy

def f(rows):
    return [deepcopy(row) for row in rows]  # !
""",
        "a part of each item": """
from copy import deepcopy

def f(rows):
    for row in rows:
        yield deepcopy(row["parts"][0])  # !
""",
        "a few turns": """
from copy import deepcopy

def f(base):
    return [deepcopy(base) for _ in range(2)]  # !
""",
        "its parts are walked": """
from copy import deepcopy

def f(rows, parts):
    for row in rows:
        for part in deepcopy(parts):  # !
            part.fill(row)
""",
    }
)

GOOD = plain(
    {
        "once": """
import copy

def f(rows):
    mine = copy.deepcopy(rows)
    for row in mine:
        row.clear()
    return mine
""",
        "the iterable": """
from copy import deepcopy

def f(rows):
    for row in deepcopy(rows):
        row.clear()
""",
        "left at once": """
from copy import deepcopy

def f(rows, base):
    for row in rows:
        if row:
            return deepcopy(base)
""",
        "a shallow copy": """
import copy

def f(rows):
    return [copy.copy(row) for row in rows]
""",
        "their own": """
def f(rows, deepcopy):
    return [deepcopy(row) for row in rows]
""",
    }
)
