"""What rules without a file of cases can see to be right is shown to nobody; what is like it, to those who ask for all."""

from __future__ import annotations

import pytest
from rule_lab import Lab

P = "import pandas as pd\n"

RIGHT = [
    (
        "GL302",
        "class Paper:\n    def readlines(self):\n        return ['a']\nfor line in Paper().readlines():\n    print(line)\n",
    ),
    (
        "GL302",
        "class Paper:\n    def readlines(self):\n        return ['a']\ndef f():\n    p = Paper()\n    return p.readlines()\n",
    ),
    ("GL303", P + "def f(p):\n    return pd.read_csv(p).describe()\n"),
    ("GL303", P + "def f(p):\n    df = pd.read_csv(p)\n    df['c'] = df['a']\n    df.to_parquet('b')\n"),
    ("GL701", "while not event.wait(5):\n    pass\n"),
    ("GL701", "while source.advance():\n    pass\n"),
    ("GL701", "while stream.read(4096):\n    pass\n"),
    ("GL701", "while not lock.acquire(timeout=1):\n    pass\n"),
]
LIKE_IT = [
    ("GL302", "class Paper:\n    pass\ndef f(x):\n    for line in x.readlines():\n        print(line)\n", [4]),
    ("GL303", P + "def f(p):\n    df = pd.read_csv(p)\n    plot(df)\n", [3]),
    ("GL701", "while not event.wait(0):\n    pass\n", [1]),
    ("GL701", "while not ready():\n    pass\n", [1]),
]


@pytest.mark.parametrize(("code", "text"), RIGHT)
def test_what_is_right_is_shown_to_nobody(code: str, text: str) -> None:
    assert Lab(code).lines(text, least=0) == []


@pytest.mark.parametrize(("code", "text", "lines"), LIKE_IT)
def test_what_is_like_it_is_shown_to_those_who_ask_for_all(code: str, text: str, lines: list[int]) -> None:
    assert Lab(code).lines(text) == []
    assert Lab(code).lines(text, least=0) == lines
