"""Texts that GL225 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "a sum": """
def f(table):
    total = 0
    for _, row in table.iterrows():  # !
        total += row['price'] * row['count']
    return total
""",
        "attributes of the row": """
def f(table):
    for index, row in table.iterrows():  # !
        print(index, row.price)
""",
        "get": """
def f(table):
    for index, row in table.iterrows():  # !
        print(row.get('price'))
""",
        "a comprehension": """
def f(table):
    return [row['a'] for _, row in table.iterrows()]  # !
""",
        "a dict comprehension": """
def f(table):
    return {index: row['a'] for index, row in table.iterrows()}  # !
""",
        "a generator": """
def f(table):
    return any(row['a'] > 3 for _, row in table.iterrows())  # !
""",
        "enumerate": """
def f(table):
    for i, (index, row) in enumerate(table.iterrows()):  # !
        print(i, row['a'])
""",
        "a row that is taken apart": """
def f(table):
    for index, (a, b) in table.iterrows():  # !
        print(a, b)
""",
        "a frame that is read": """
import pandas as pd

def f(path):
    for _, row in pd.read_csv(path).iterrows():  # !
        print(row['a'])
""",
        "a part of a frame": """
def f(table):
    for _, row in table[table['a'] > 3].iterrows():  # !
        print(row['a'])
""",
        "an attribute": """
class A:
    def f(self):
        for _, row in self.table.iterrows():  # !
            print(row['a'])
""",
        "async": """
async def f(table):
    for _, row in table.iterrows():  # !
        await send(row['a'])
""",
        "at module level": """
for _, row in table.iterrows():  # !
    print(row['a'])
""",
        "in a loop": """
def f(tables):
    for table in tables:
        for _, row in table.iterrows():  # !
            print(row['a'])
""",
        "a column by name": """
def f(table, names):
    for _, row in table.iterrows():  # !
        for name in names:
            print(row[name])
""",
        "only the index": """
def f(table):
    for index, row in table.iterrows():  # !
        print(index)
""",
        "apply by row": """
def f(table):
    return table.apply(lambda row: row['a'] + row['b'], axis=1)  # !
""",
        "apply by columns": """
def f(table):
    return table.apply(lambda row: row.a * row.b, axis='columns')  # !
""",
        "apply with a comparison": """
def f(table):
    return table.apply(lambda row: row['a'] > row['b'], axis=1)  # !
""",
        "apply with a choice": """
def f(table):
    return table.apply(lambda row: row['a'] if row['a'] > 0 else row['b'], axis=1)  # !
""",
        "apply by position": """
def f(table):
    return table.apply(lambda row: row['a'] - 1, 1)  # !
""",
        "apply into a column": """
def f(table):
    table['c'] = table.apply(lambda r: r['a'] / r['b'] * 100, axis=1)  # !
""",
        "some columns": """
def f(table):
    return table[['a', 'b']].apply(lambda row: row['a'] and not row['b'] == 1, axis=1)  # !
""",
    }
)

GOOD = plain(
    {
        "whole columns": """
def f(table):
    return (table['a'] * table['b']).sum()
""",
        "itertuples": """
def f(table):
    for row in table.itertuples():
        print(row.a)
""",
        "the first rows": """
def f(table):
    for _, row in table.head().iterrows():
        print(row['a'])
""",
        "some rows at random": """
def f(table):
    for _, row in table.sample(5).iterrows():
        print(row['a'])
""",
        "the largest": """
def f(table):
    for _, row in table.nlargest(3, 'a').iterrows():
        print(row['a'])
""",
        "the row is handed on": """
def f(table):
    for _, row in table.iterrows():
        send(row)
""",
        "the row becomes a dict": """
def f(table):
    for _, row in table.iterrows():
        send(row.to_dict())
""",
        "some columns of the row": """
def f(table):
    for _, row in table.iterrows():
        send(row[['a', 'b']])
""",
        "the row is returned": """
def f(table):
    for _, row in table.iterrows():
        return row
""",
        "the pair is kept": """
def f(table):
    for pair in table.iterrows():
        print(pair)
""",
        "not walked": """
def f(table):
    return next(table.iterrows())
""",
        "a list of it": """
def f(table):
    return list(table.iterrows())
""",
        "their own function": """
def f(iterrows):
    for row in iterrows():
        print(row)
""",
        "with arguments": """
def f(reader):
    for index, row in reader.iterrows('a'):
        print(row['a'])
""",
        "apply by column": """
def f(table):
    return table.apply(lambda column: column['a'] + column['b'])
""",
        "apply by column, said so": """
def f(table):
    return table.apply(lambda column: column['a'] + 1, axis=0)
""",
        "apply with a function": """
def f(table):
    return table.apply(score, axis=1)
""",
        "apply with calls": """
def f(table):
    return table.apply(lambda row: score(row['a']) + 1, axis=1)
""",
        "apply that only takes a column": """
def f(table):
    return table.apply(lambda row: row, axis=1)
""",
        "apply on a Series": """
def f(table):
    return table['a'].apply(lambda value: value + 1)
""",
        "the first rows applied": """
def f(table):
    return table.head().apply(lambda row: row['a'] + row['b'], axis=1)
""",
        "apply that formats": """
def f(table):
    return table.apply(lambda row: f"{row['a']}-{row['b']}", axis=1)
""",
        "rows of another table": """
def f(table, other):
    for n in range(len(other)):
        print(table.iloc[n])
""",
        "one row": """
def f(table, n):
    return table.iloc[n]
""",
        "rows by label of what is sought": """
def f(table, names):
    return [table.loc[name, "price"] for name in names]
""",
    }
)

PEDANTIC = {
    "rows by number": (
        "def f(table):\n    s = 0\n    for n in range(len(table)):\n        s += table.iloc[n]['a'] * table.iloc[n]['b']\n",
        [4],
    ),
    "cells by label": ("def f(table):\n    return [table.loc[key, 'price'] for key in table.index]\n", [2]),
    "cells set": (
        "def f(table):\n    for n in range(1, table.shape[0]):\n        if n % 2:\n            table.at[n, 'odd'] = True\n",
        [4],
    ),
    "rows of an attribute": (
        "class A:\n    def f(self):\n        for n in range(len(self.table.index)):\n            yield self.table.iloc[n]\n",
        [4],
    ),
    "for i, row in df.iterrows():": (
        ("import pandas as pd\ndf = pd.read_csv('x')\nfor i, row in df.iterrows():\n    print(row)\n"),
        [3],
    ),
    "for row in df.itertuples(): in a function": ("def f(df):\n    for row in df.itertuples():\n        print(row.a)\n", [2]),
    "return df.apply(lambda r: g(r), axis=1) in a function": ("def f(df):\n    return df.apply(lambda r: g(r), axis=1)\n", [2]),
    "df['x'] = df.apply(func, axis=1) in a function": ("def f(df):\n    df['x'] = df.apply(func, axis=1)\n", [2]),
    "it = df.iterrows() in a function": ("def f(df):\n    it = df.iterrows()\n    next(it)\n", [2]),
    "for x in df.head().iterrows(): in a function": ("def f(df):\n    for x in df.head().iterrows():\n        print(x)\n", [2]),
}
