"""Texts that GL203 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "np.append": """
import numpy as np

def f(rows):
    out = np.array([])
    for row in rows:
        out = np.append(out, row)  # !
    return out
""",
        "numpy by its own name": """
import numpy

def f(rows):
    out = numpy.empty(0)
    for row in rows:
        out = numpy.append(out, row)  # !
    return out
""",
        "the function imported": """
from numpy import append, array

def f(rows):
    out = array([])
    for row in rows:
        out = append(out, row)  # !
    return out
""",
        "concatenate a tuple": """
import numpy as np

def f(rows, out):
    for row in rows:
        out = np.concatenate((out, row))  # !
    return out
""",
        "concatenate along an axis": """
import numpy as np

def f(rows, out):
    for row in rows:
        out = np.concatenate([out, row[None]], axis=0)  # !
    return out
""",
        "vstack": """
import numpy as np

def f(rows, out):
    for row in rows:
        out = np.vstack([out, row])  # !
    return out
""",
        "hstack": """
import numpy as np

def f(rows, out):
    while rows:
        out = np.hstack((out, rows.pop()))  # !
    return out
""",
        "column_stack": """
import numpy as np

def f(columns, out):
    for column in columns:
        out = np.column_stack((out, column))  # !
    return out
""",
        "in front": """
import numpy as np

def f(rows, out):
    for row in rows:
        out = np.concatenate([row, out])  # !
    return out
""",
        "pd.concat": """
import pandas as pd

def f(paths):
    table = pd.DataFrame()
    for path in paths:
        table = pd.concat([table, pd.read_csv(path)])  # !
    return table
""",
        "concat with options": """
import pandas as pd

def f(frames, table):
    for frame in frames:
        table = pd.concat([table, frame], ignore_index=True)  # !
    return table
""",
        "polars": """
import polars as pl

def f(frames, table):
    for frame in frames:
        table = pl.concat([table, frame])  # !
    return table
""",
        "torch.cat": """
import torch

def f(batches):
    seen = torch.empty(0)
    for batch in batches:
        seen = torch.cat([seen, model(batch)])  # !
    return seen
""",
        "torch along a dimension": """
import torch

def f(batches, seen):
    for batch in batches:
        seen = torch.cat((seen, batch), dim=0)  # !
    return seen
""",
        "sparse": """
from scipy import sparse

def f(rows, out):
    for row in rows:
        out = sparse.vstack([out, row])  # !
    return out
""",
        "an attribute": """
import numpy as np

class Log:
    def read(self, source):
        for row in source:
            self.values = np.append(self.values, row)  # !
""",
        "two branches": """
import pandas as pd

def f(frames, table):
    for frame in frames:
        if frame.empty:
            table = pd.concat([table, NOTHING])  # !
        else:
            table = pd.concat([table, frame])  # !
    return table
""",
        "its length is looked at": """
import numpy as np

def f(rows, out):
    for row in rows:
        if len(out) < 100 or out.shape[0] == 7:
            out = np.append(out, row)  # !
    return out
""",
        "async": """
import numpy as np

async def f(stream, out):
    async for row in stream:
        out = np.append(out, row)  # !
    return out
""",
        "inside try and with": """
import pandas as pd

def f(paths, table):
    for path in paths:
        try:
            with open(path) as file:
                table = pd.concat([table, pd.read_csv(file)])  # !
        except OSError:
            continue
    return table
""",
        "in the inner of two loops": """
import numpy as np

def f(tables, out):
    for table in tables:
        for row in table:
            out = np.append(out, row)  # !
    return out
""",
    }
)

BAD |= marked(
    {
        "a frame's append": """
import pandas as pd

def f(rows):
    table = pd.DataFrame(columns=["day", "price"])
    for row in rows:
        table = table.append(row)  # !
    return table
""",
        "a parameter that is a frame": """
import pandas as pd

def f(table: pd.DataFrame, rows):
    for row in rows:
        table = table._append(pd.Series(row))  # !
    return table
""",
        "append with an option of frames": """
import pandas as pd

def f(table, rows):
    for row in rows:
        table = table.append({"day": row}, ignore_index=True)  # !
    return table
""",
        "a row behind the last": """
import pandas as pd

def f(table, rows):
    for row in rows:
        table.loc[len(table)] = [row.day, row.price]  # !
    return table
""",
        "a row behind the last, by the index": """
import pandas as pd

class Log:
    def __init__(self):
        self.table = pd.DataFrame()

    def fill(self, rows):
        for row in rows:
            self.table.loc[len(self.table.index) + 1, "day"] = row.day  # !
""",
        "a row behind the last, by the shape": """
import pandas as pd

def f(table, rows):
    for row in rows:
        if row.open:
            table.at[table.shape[0], "day"] = row.day  # !
""",
        "np.insert": """
import numpy as np

def f(rows):
    out = np.array([])
    for row in rows:
        out = np.insert(out, len(out), row)  # !
    return out
""",
    }
)

PEDANTIC = marked(
    {
        "append of something": """
import pandas as pd

def f(table, rows):
    for row in rows:
        table = table.append(row)  # !
    return table
""",
    }
)

GOOD = plain(
    {
        "a row that is there": """
import pandas as pd

def f(table, rows):
    for i, row in enumerate(rows):
        table.loc[i] = row
    return table
""",
        "a row of another frame": """
import pandas as pd

def f(tables, rows):
    for row in rows:
        table = tables[row.name]
        table.loc[len(table)] = row
""",
        "a frame that each turn looks at": """
import pandas as pd

def f(rows):
    table = pd.DataFrame()
    for row in rows:
        table = table.append(row, ignore_index=True)
        print(table.describe())
""",
        "a row once": """
import pandas as pd

def f(table, row):
    table.loc[len(table)] = row
    return table.append(row, ignore_index=True)
""",
        "once after the loop": """
import pandas as pd

def f(paths):
    frames = []
    for path in paths:
        frames.append(pd.read_csv(path))
    return pd.concat(frames)
""",
        "of a comprehension": """
import pandas as pd

def f(paths):
    return pd.concat([pd.read_csv(path) for path in paths])
""",
        "no loop": """
import numpy as np

def f(a, b):
    a = np.concatenate([a, b])
    return a
""",
        "a model that reads its own output": """
import torch

def f(model, ids, n):
    for _ in range(n):
        ids = torch.cat([ids, model(ids)], dim=1)
    return ids
""",
        "read elsewhere in the loop": """
import torch

def f(model, ids, n):
    for _ in range(n):
        token = model(ids)
        ids = torch.cat([ids, token])
    return ids
""",
        "starts anew": """
import numpy as np

def f(rows):
    for row in rows:
        line = np.zeros(1)
        line = np.append(line, row)
        show(line)
""",
        "another target": """
import numpy as np

def f(rows, head):
    for row in rows:
        line = np.append(head, row)
        show(line)
""",
        "a short literal": """
import numpy as np

def f(a, b, out):
    for part in (a, b):
        out = np.append(out, part)
    return out
""",
        "a short range": """
import numpy as np

def f(out, x):
    for _ in range(4):
        out = np.append(out, x)
    return out
""",
        "left at once": """
import numpy as np

def f(rows, out):
    for row in rows:
        if row:
            out = np.append(out, row)
            break
    return out
""",
        "list.append": """
import numpy as np

def f(rows):
    out = []
    for row in rows:
        out.append(np.sqrt(row))
    return out
""",
        "a function of their own": """
import numpy as np

def append(a, b):
    return a

def f(rows, out):
    for row in rows:
        out = append(out, row)
    return out
""",
        "a method of another object": """
import numpy as np

def f(rows, out, tool):
    for row in rows:
        out = tool.concatenate([out, row])
    return out
""",
        "without the package": """
def f(np, rows, out):
    for row in rows:
        out = np.append(out, row)
    return out
""",
        "the parts are made in the loop": """
import numpy as np

def f(rows):
    for row in rows:
        pair = np.concatenate([row.a, row.b])
        use(pair)
""",
        "the loop's own item": """
import numpy as np

def f(rows):
    for row in rows:
        row = np.append(row, 0)
        use(row)
""",
        "another object in each turn": """
import numpy as np

def f(logs):
    for log in logs:
        log.values = np.append(log.values, 0)
""",
        "handed on": """
import numpy as np

def f(rows, out):
    for row in rows:
        out = np.append(out, row)
        plot(out)
""",
        "yielded": """
import numpy as np

def f(rows, out):
    for row in rows:
        out = np.append(out, row)
        yield out
""",
        "a function in a loop": """
import numpy as np

def f(rows):
    for row in rows:
        def g(out):
            out = np.append(out, row)
            return out
        use(g)
""",
        "trimmed in each turn": """
import numpy as np

def f(rows, window):
    for row in rows:
        window = np.append(window, row)
        window = window[-100:]
    return window
""",
    }
)
