"""Texts that GL229 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a date": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.day, '%Y-%m-%d') for row in rows]  # !
""",
        "a moment": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.at, '%Y-%m-%d %H:%M:%S') for row in rows]  # !
""",
        "with T": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.at, '%Y-%m-%dT%H:%M:%S') for row in rows]  # !
""",
        "minutes": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.at, '%Y-%m-%d %H:%M') for row in rows]  # !
""",
        "fractions": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.at, '%Y-%m-%dT%H:%M:%S.%f') for row in rows]  # !
""",
        "a zone": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.at, '%Y-%m-%dT%H:%M:%S%z') for row in rows]  # !
""",
        "the module": """
import datetime

def f(rows):
    for row in rows:
        print(datetime.datetime.strptime(row.day, '%Y-%m-%d'))  # !
""",
        "an alias of the module": """
import datetime as dt

def f(rows):
    for row in rows:
        print(dt.datetime.strptime(row.day, '%Y-%m-%d'))  # !
""",
        "an alias of the class": """
from datetime import datetime as moment

def f(rows):
    for row in rows:
        print(moment.strptime(row.day, '%Y-%m-%d'))  # !
""",
        "its date": """
from datetime import datetime

def f(rows):
    for row in rows:
        print(datetime.strptime(row.day, '%Y-%m-%d').date())  # !
""",
        "while": """
from datetime import datetime

def f(queue):
    while queue:
        print(datetime.strptime(queue.pop(), '%Y-%m-%d'))  # !
""",
        "a dict comprehension": """
from datetime import datetime

def f(table):
    return {key: datetime.strptime(text, '%Y-%m-%d') for key, text in table.items()}  # !
""",
        "a generator": """
from datetime import datetime

def f(texts):
    return max(datetime.strptime(text, '%Y-%m-%d') for text in texts)  # !
""",
        "inside try": """
from datetime import datetime

def f(texts):
    for text in texts:
        try:
            print(datetime.strptime(text, '%Y-%m-%d'))  # !
        except ValueError:
            continue
""",
        "a slice of the text": """
from datetime import datetime

def f(lines):
    for line in lines:
        print(datetime.strptime(line[:19], '%Y-%m-%d %H:%M:%S'))  # !
""",
        "two on a line": """
from datetime import datetime

def f(rows):
    for row in rows:
        print(row, datetime.strptime(row.a, '%Y-%m-%d'))  # !
        print(row, datetime.strptime(row.b, '%Y-%m-%d'))  # !
""",
        "async": """
from datetime import datetime

async def f(stream):
    async for row in stream:
        print(datetime.strptime(row.day, '%Y-%m-%d'))  # !
""",
        "in a condition": """
from datetime import datetime

def f(rows, start):
    return [row for row in rows if datetime.strptime(row.day, '%Y-%m-%d') > start]  # !
""",
        "at module level": """
from datetime import datetime
for row in rows:
    print(datetime.strptime(row.day, '%Y-%m-%d'))  # !
""",
        "as a key": """
from datetime import datetime

def f(rows):
    table = {}
    for row in rows:
        table[datetime.strptime(row.day, '%Y-%m-%d')] = row  # !
    return table
""",
    }
)

GOOD = plain(
    {
        "fromisoformat": """
from datetime import datetime

def f(rows):
    return [datetime.fromisoformat(row.day) for row in rows]
""",
        "no loop": """
from datetime import datetime

def f(text):
    return datetime.strptime(text, '%Y-%m-%d')
""",
        "another format": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.day, '%d.%m.%Y') for row in rows]
""",
        "names of months": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.day, '%d %b %Y') for row in rows]
""",
        "without dashes": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.day, '%Y%m%d') for row in rows]
""",
        "a letter at the end": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.at, '%Y-%m-%dT%H:%M:%SZ') for row in rows]
""",
        "a format that is given": """
from datetime import datetime

def f(rows, form):
    return [datetime.strptime(row.day, form) for row in rows]
""",
        "a constant by name": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(row.day, FORMAT) for row in rows]
""",
        "formats that are tried": """
from datetime import datetime

def f(text):
    for form in ('%Y-%m-%d', '%d.%m.%Y'):
        try:
            return datetime.strptime(text, form)
        except ValueError:
            pass
""",
        "time": """
import datetime
import time

def f(rows):
    return [time.strptime(row.day, '%Y-%m-%d') for row in rows]
""",
        "strftime": """
from datetime import datetime

def f(rows):
    return [datetime.strftime(row.day, '%Y-%m-%d') for row in rows]
""",
        "a short loop": """
from datetime import datetime

def f(a, b):
    return [datetime.strptime(text, '%Y-%m-%d') for text in (a, b)]
""",
        "left at once": """
from datetime import datetime

def f(rows):
    for row in rows:
        return datetime.strptime(row.day, '%Y-%m-%d')
""",
        "the iterable": """
from datetime import datetime

def f(text):
    for part in datetime.strptime(text, '%Y-%m-%d').timetuple():
        print(part)
""",
        "another class": """
from arrow import datetime

def f(rows):
    return [datetime.strptime(row.day, '%Y-%m-%d') for row in rows]
""",
        "a method of an object": """
import datetime

def f(rows, calendar):
    return [calendar.strptime(row.day, '%Y-%m-%d') for row in rows]
""",
        "a function": """
from datetime import datetime
from tool import strptime

def f(rows):
    return [strptime(row.day, '%Y-%m-%d') for row in rows]
""",
        "hidden arguments": """
from datetime import datetime

def f(rows):
    return [datetime.strptime(*row) for row in rows]
""",
        "a function in a loop": """
from datetime import datetime

def f(rows):
    for row in rows:
        row.read = lambda text: datetime.strptime(text, '%Y-%m-%d')
""",
        "not called": """
from datetime import datetime

def f(rows):
    return [(datetime.strptime, row) for row in rows]
""",
        "pandas": """
import datetime
import pandas as pd

def f(rows):
    return pd.to_datetime([row.day for row in rows], format='%Y-%m-%d')
""",
    }
)

PEDANTIC = {
    "return datetime.strptime(s, '%Y-%m-%d')": (
        "from datetime import datetime\ndef f(s):\n    return datetime.strptime(s, '%Y-%m-%d')\n",
        [3],
    ),
    "datetime.strptime(s, '%Y-%m-%d')": (
        ("from datetime import datetime\nfor s in ['2020-01-01']:\n    datetime.strptime(s, '%Y-%m-%d')\n"),
        [3],
    ),
    "datetime.strptime(x, '%d/%m/%Y')": (
        ("from datetime import datetime\ndef f(xs):\n    for x in xs:\n        datetime.strptime(x, '%d/%m/%Y')\n"),
        [],
    ),
    "a date that is written out": ("from datetime import datetime\nSTART = datetime.strptime('2020-01-01', '%Y-%m-%d')\n", []),
    "a column whose form pandas guesses": (
        "import pandas as pd\ndef f(df, x):\n    df['a'] = pd.to_datetime(df['a'])\n"
        "    df['b'] = pd.to_datetime(df.b, errors='coerce')\n"
        "    df['c'] = pd.to_datetime(df['c'], format='%Y-%m-%d')\n    df['d'] = pd.to_datetime(df['d'], unit='s')\n"
        "    return pd.to_datetime(x)\n",
        [3, 4],
    ),
}
