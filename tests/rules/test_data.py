"""GL301, GL302 and GL303: files and tables that are loaded whole; fixes read the same lines and columns."""

from __future__ import annotations

import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rule_lab import SHOWN, Lab, run

WHOLE, LINES, FRAME = Lab("GL301"), Lab("GL302"), Lab("GL303")

OPEN = "with open(p) as f:\n"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (OPEN + "    for l in f.read().splitlines():\n        use(l)\n", [2]),
        (OPEN + "    for i, l in enumerate(f.read().split('\\n')):\n        use(l)\n", [2]),
        (OPEN + "    x = [l for l in f.read().splitlines() if l]\n", [2]),
        (OPEN + "    x = {l: 1 for l in f.read().split('\\n')}\n", [2]),
        (OPEN + "    t = f.read()\nfor l in t.splitlines():\n    use(l)\n", [2]),
        (OPEN + "    t = f.read().splitlines()\nfor l in t:\n    use(l)\n", [2]),
        (OPEN + "    t = f.read()\n    s = t.split('\\n')\n    for l in s:\n        use(l)\n", [2]),
        ("for l in open(p, 'rb').read().split(b'\\n'):\n    use(l)\n", [1]),
        ("import io\nfor l in io.open(p).read().splitlines():\n    use(l)\n", [2]),
        ("import bz2\nwith bz2.open(p) as f:\n    for l in f.read().splitlines():\n        use(l)\n", [3]),
        ("import codecs as c\nf = c.open(p)\nfor l in f.read().splitlines():\n    use(l)\n", [3]),
        ("from typing import IO\ndef f(x: IO[str]):\n    for l in x.read().splitlines():\n        use(l)\n", [3]),
        ("from pathlib import Path\nfor l in (Path(p) / 'a').read_text().splitlines():\n    use(l)\n", [2]),
        ("import pathlib\nfor l in pathlib.Path(p).read_bytes().splitlines():\n    use(l)\n", [2]),
        ("from pathlib import Path\ndef f(p: Path):\n    for l in p.read_text('utf-8').splitlines():\n        use(l)\n", [3]),
        ("from pathlib import Path\nwith Path(p).open() as f:\n    for l in f.read().splitlines():\n        use(l)\n", [3]),
        (
            "import tempfile\nwith tempfile.TemporaryFile('w+') as f:\n    for l in f.read().splitlines():\n        use(l)\n",
            [3],
        ),
    ],
)
def test_files_read_whole_for_their_lines_are_reported(text: str, lines: list[int]) -> None:
    assert WHOLE.lines(text) == lines


@pytest.mark.parametrize(
    "text",
    [
        OPEN + "    text = f.read()\n",
        OPEN + "    return_ = f.read().splitlines()\n    use(return_)\n",
        OPEN + "    exec(f.read())\n",
        OPEN + "    for word in f.read().split():\n        use(word)\n",
        OPEN + "    for part in f.read().split(','):\n        use(part)\n",
        OPEN + "    for l in f.read().splitlines(True):\n        use(l)\n",
        OPEN + "    for c in f.read():\n        use(c)\n",
        OPEN + "    for l in f.read(99).splitlines():\n        use(l)\n",
        OPEN + "    for l in sorted(f.read().splitlines()):\n        use(l)\n",
        OPEN + "    t = f.read()\n    if 'x' in t:\n        for l in t.splitlines():\n            use(l)\n",
        OPEN + "    t = f.read()\nfor x in y:\n    for l in t.splitlines():\n        use(l)\n",
        OPEN + "    t = f.read()\ndef g():\n    for l in t.splitlines():\n        use(l)\n",
        OPEN + "    last = f.read().splitlines()[-1]\n",
        "with open(p, 'r+') as f:\n    for l in f.read().splitlines():\n        use(l)\n",
        "with open('/proc/meminfo') as f:\n    for l in f.read().splitlines():\n        use(l)\n",
        "from pathlib import Path\nP = Path('/sys/x')\nfor l in P.read_text().splitlines():\n    use(l)\n",
        "with open(f'/proc/{pid}/stat') as f:\n    for l in f.read().splitlines():\n        use(l)\n",
        "def f(x):\n    for l in x.read().splitlines():\n        use(l)\n",
        "import io\nfor l in io.StringIO(s).read().splitlines():\n    use(l)\n",
        "for l in open(p).read().splitlines():\n    open(p, 'a').write(l)\n",
        "import hashlib\nd = hashlib.md5(open(p, 'rb').read())\n",
    ],
)
def test_text_that_is_needed_whole_or_is_small_stays_silent(text: str) -> None:
    assert WHOLE.lines(text) == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "with open(p) as f:\r\n\tfor l in f.read().splitlines():  # é\r\n\t\tprint(l)\r\n",
            "with open(p) as f:\r\n\tfor l in f:  # é\r\n\t\tl = l.rstrip('\\n')\r\n\t\tprint(l)\r\n",
        ),
        ("for l in open(p).read().split('\\n'):\n    print(l)\n", "for l in open(p):\n    l = l.rstrip('\\n')\n    print(l)\n"),
        ("for l in open(p, 'rb').read().splitlines():\n    print(l)\n", None),
        ("for l in open(p, newline='').read().splitlines():\n    print(l)\n", None),
        ("for l in open(p).read().splitlines(): print(l)\n", None),
        ("for l, in open(p).read().splitlines():\n    print(l)\n", None),
        ("for l in open(p).read().splitlines():\n    @l\n    def g(): pass\n", None),
        ("from pathlib import Path\nfor l in Path(p).read_text().splitlines():\n    print(l)\n", None),
    ],
)
def test_the_line_loop_is_offered_only_for_files_opened_as_text(before: str, after: str | None) -> None:
    assert WHOLE.findings(before)
    assert WHOLE.repaired(before) == (after or before)


PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zl", "Zp", "Cs"]), max_size=8)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> str:
    return os.fspath(tmp_path_factory.mktemp("text") / "lines.txt")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(lines=st.lists(PRINTABLE, max_size=6), end=st.sampled_from(["", "\n"]), crlf=st.booleans())
def test_the_repaired_loops_read_the_same_lines(path: str, lines: list[str], end: str, crlf: bool) -> None:
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(("\r\n" if crlf else "\n").join(lines) + end)
    whole = "result = []\nwith open(p, encoding='utf-8') as f:\n    for l in f.read().splitlines():\n        result.append(l)\n"
    kept = "result = []\nwith open(p, encoding='utf-8') as f:\n    for l in f.readlines():\n        result.append(l)\n"
    fixed_whole, fixed_kept = WHOLE.repaired(whole), LINES.repaired(kept, unsafe=False)
    assert "read" not in fixed_whole + fixed_kept
    assert run(fixed_whole, p=path) == run(whole, p=path)
    assert run(fixed_kept, p=path) == run(kept, p=path)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (OPEN + "    for l in f.readlines():\n        use(l)\n", OPEN + "    for l in f:\n        use(l)\n"),
        (OPEN + "    x = {l for l in f.readlines()}\n", OPEN + "    x = {l for l in f}\n"),
        (OPEN + "    x = sum(len(l) for l in f.readlines())\n", OPEN + "    x = sum(len(l) for l in f)\n"),
        (OPEN + "    x = ''.join(l for l in f.readlines())\n", OPEN + "    x = ''.join(l for l in f)\n"),
        (OPEN + "    for i, l in enumerate(f.readlines(), 1): use(l)\n", OPEN + "    for i, l in enumerate(f, 1): use(l)\n"),
        ("for l in open(p).readlines(): use(l)\n", "for l in open(p): use(l)\n"),
        ("for l in (open(p)\n          .readlines()):\n    use(l)\n", "for l in (open(p)):\n    use(l)\n"),
        ("for l in open(p). \\\n  readlines():\n    use(l)\n", "for l in open(p):\n    use(l)\n"),
        ("f = open(p)\ntry:\n    for l in f.readlines():\n        use(l)\nfinally:\n    f.close()\n", None),
        ("with open(p) as f, open(q, 'w') as g:\n    for l in f.readlines():\n        g.write(l)\n", None),
        (
            "class A:\n    def __init__(self):\n        self.f = open(p)\n    def g(self):\n"
            "        for l in self.f.readlines(): use(l)\n",
            None,
        ),
        ("import lzma as z\nwith z.open(p) as f:\n    for l in f.readlines():\n        use(l)\n", None),
        ("import os\nwith os.fdopen(3) as f:\n    for l in f.readlines():\n        use(l)\n", None),
        ("def g(f: 'typing.TextIO'):\n    for l in f.readlines():\n        use(l)\n", None),
        ("from typing import BinaryIO\ndef g(f: BinaryIO | None):\n    for l in f.readlines():\n        use(l)\n", None),
        ("import contextlib as c\nwith c.closing(open(p)) as f:\n    for l in f.readlines():\n        use(l)\n", None),
        (OPEN + "    for l in f.readlines():\n        if l:\n            break\n", None),
        (OPEN + "    for l in f.readlines():\n        match l:\n            case 'a': use(l)\n", None),
        (OPEN + "    for x in y:\n        use(x)\n    for l in f.readlines():\n        use(l)\n", None),
        (OPEN + "\tfor l in f.readlines():\n\t\tuse(l)\n", None),
        ("with open('→') as f:\n    for é in f.readlines(): use('😀', é)\n", None),
        (
            OPEN + "    ls = f.readlines()\n    for l in ls:\n        use(l)\n",
            OPEN + "    for l in f:\n        use(l)\n",
        ),
        (
            OPEN + "    ls = (\n      f.readlines())\n    for l in ls:\n        use(l)\n",
            OPEN + "    for l in f:\n        use(l)\n",
        ),
    ],
)
def test_loops_over_readlines_become_loops_over_the_file(before: str, after: str | None) -> None:
    assert LINES.findings(before)
    expected = after if after is not None else before.replace(".readlines()", "")
    assert LINES.repaired(before, unsafe=False) == expected


@pytest.mark.parametrize(
    "text",
    [
        OPEN + "    ls = f.readlines()\n    for l in ls:\n        use(l)\n    use(ls)\n",
        OPEN + "    return_ = [ls for ls in [f.readlines()]]\n",
        OPEN + "    for l in f.readlines()[1:]:\n        use(l)\n",
        OPEN + "    for l in list(f.readlines()):\n        use(l)\n",
        OPEN + "    for l in sorted(f.readlines()):\n        use(l)\n",
        OPEN + "    for l in f.readlines(100):\n        use(l)\n",
        OPEN + "    for l in f.readlines():\n        f.seek(0)\n",
        OPEN + "    for l in f.readlines():\n        use(f, l)\n",
        OPEN + "    for l in f.readlines():\n        break\n    rest = f.read()\n",
        OPEN + "    x = (l for l in f.readlines())\n",
        OPEN + "    ls = f.readlines()\n    f.seek(0)\n    for l in ls:\n        use(l)\n",
        "with open(p, 'r+') as f:\n    for l in f.readlines():\n        use(l)\n    f.truncate()\n",
        "for l in open(p).readlines():\n    with open(p, 'w') as g:\n        g.write(l)\n",
        "with open(p) as f:\n    ls = f.readlines()\nwith open(p, 'w') as f:\n    for l in ls:\n        f.write(l)\n",
        "import os\nfor l in open(p).readlines():\n    os.remove(p)\n",
        "for l in open('/proc/mounts').readlines():\n    use(l)\n",
        "import io\nfor l in io.BytesIO(b).readlines():\n    use(l)\n",
        "import sys\nfor l in sys.stdin.readlines():\n    x = input()\n",
        "def g(f: list):\n    for l in f.readlines():\n        use(l)\n",
        "def g(f):\n    for l in f.readlines():\n        use(l)\n",
        "class F:\n    def g(self):\n        for l in self.readlines():\n            use(l)\n",
    ],
)
def test_lines_that_are_needed_at_once_stay_silent(text: str) -> None:
    assert LINES.lines(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nfor l in sys.stdin.readlines():\n    use(l)\n",
        "def g(p):\n    with open(p) as f:\n        for l in f.readlines():\n            yield l\n",
    ],
)
def test_the_fix_is_unsafe_where_the_order_of_events_changes(text: str) -> None:
    assert LINES.repaired(text, unsafe=False) == text
    assert LINES.repaired(text) == text.replace(".readlines()", "")


def test_an_unknown_receiver_is_reported_below_the_default_threshold_with_an_unsafe_fix() -> None:
    text = "def g(f):\n    for l in f.readlines():\n        use(l)\n"
    assert LINES.repaired(text, least=0) == text.replace(".readlines()", "")
    assert LINES.repaired(text, least=0, unsafe=False) == text


HEAD = "import pandas as pd\ndf = pd.read_csv(p)\n"


@pytest.mark.parametrize(
    ("use", "columns"),
    [
        ("df['a']", ["a"]),
        ("df.a", ["a"]),
        ("df[['b', 'a']]", ["b", "a"]),
        ("df['a'].sum() + df['b'].max() + df['a'].min()", ["a", "b"]),
        ("df[df['a'] > 1]['b']", ["a", "b"]),
        ("df[(df.a > 1) & ~df['c'].isna()].b", ["a", "c", "b"]),
        ("df.loc[df.a == 1, ['b', 'c']]", ["a", "b", "c"]),
        ("df.at[0, 'a']", ["a"]),
        ("df.groupby('a')['b'].mean()", ["a", "b"]),
        ("df.groupby(['a', 'b']).size()", ["a", "b"]),
        ("df.groupby('a').b.sum()", ["a", "b"]),
        ("df.sort_values('a')['b']", ["a", "b"]),
        ("df.sort_values(by=['a', 'c']).b", ["a", "c", "b"]),
        ("df.dropna(subset=['a']).copy()['b']", ["a", "b"]),
        ("df.drop_duplicates('a').b", ["a", "b"]),
        ("[x for x in df['a']]", ["a"]),
        ("plot(df['a'], df['b'])", ["a", "b"]),
        ("f'{df.a.mean():.2f} of {len(df)}'", ["a"]),
        ("df['a'].index.max(), df.index, df.empty", ["a"]),
        ("0; df['n'] = df.a * 2; df['n'].sum()", ["a"]),
        ("0; late = df[df.a > 3]; late['b'].sum()", ["a", "b"]),
        ("lambda: df['a']", ["a"]),
    ],
)
def test_the_used_columns_are_named_in_the_fix(use: str, columns: list[str]) -> None:
    listed = ", ".join(f'"{column}"' for column in columns)
    text = HEAD + f"result = {use}\n"
    assert FRAME.repaired(text) == text.replace("read_csv(p)", f"read_csv(p, usecols=[{listed}])")


@pytest.mark.parametrize(
    "use",
    [
        "df",
        "df.head()",
        "df.columns, df.a",
        "df.shape, df.a",
        "df.to_csv(q), df.a",
        "df.merge(x), df.a",
        "df.mean()",
        "df[c]",
        "df[['a', c]]",
        "df['a', 'b']",
        "df[:3].a",
        "df.loc[3]",
        "df.iloc[0, 1]",
        "'a' in df, df.a",
        "[c for c in df], df.a",
        "print(df), df.a",
        "df.a, f'{df}'",
        "[df], df.a",
        "df.groupby('a').mean()",
        "df.groupby(c)['a'].mean()",
        "df.query('a > 1').a",
        "df.dropna().a",
        "df.rename(columns={'a': 'b'}).b",
        "0; df['b'] += 1",
        "0; df.drop('a', axis=1, inplace=True); df.b",
        "0; df = df[df.a > 1]; df.b",
        "0; df.columns = ['a', 'b']; df.a",
        "0; del df['a']; df.b",
        "0\nif c:\n    df['b'] = 1\nresult = df.b, df.a",
        "df.a, df.b, df.c, df.d, df.e, df.f, df.g, df.h, df.i",
    ],
)
def test_frames_that_escape_or_need_all_columns_stay_silent(use: str) -> None:
    assert FRAME.lines(HEAD + f"result = {use}\n") == []


@pytest.mark.parametrize(
    ("load", "fixed"),
    [
        ("pd.read_csv(p, sep=';')", "pd.read_csv(p, sep=';', usecols=[\"a\"])"),
        ("pd.read_csv(filepath_or_buffer=p)", 'pd.read_csv(filepath_or_buffer=p, usecols=["a"])'),
        ("pd.read_csv(\n    p,\n)", 'pd.read_csv(\n    p, usecols=["a"],\n)'),
        ("pd.read_csv(p, parse_dates=['d'])", 'pd.read_csv(p, parse_dates=[\'d\'], usecols=["a", "d"])'),
        ("pd.read_csv(p, parse_dates=True)", None),
        ("pd.read_parquet(p)", 'pd.read_parquet(p, columns=["a"])'),
        ("pd.read_excel(p)", 'pd.read_excel(p, usecols=["a"])'),
        ("pd.read_csv(p, chunksize=3)", ""),
        ("pd.read_csv(p, nrows=3)", ""),
        ("pd.read_csv(p, header=None)", ""),
        ("pd.read_csv(p, index_col=0)", ""),
        ("pd.read_csv(p, usecols=u)", ""),
        ("pd.read_csv(p, **k)", ""),
        ("pd.read_csv(*p)", ""),
        ("pd.read_csv(p, ';')", ""),
        ("pd.read_excel(p, sheet_name=None)", ""),
        ("pd.read_json(p)", ""),
        ("pd.read_sql(q, c)", ""),
        ("other.read_csv(p)", ""),
    ],
)
def test_arguments_of_the_load_decide(load: str, fixed: str | None) -> None:
    text = f"import pandas as pd\ndf = {load}\nprint(df['a'])\n"
    if fixed == "":
        assert FRAME.lines(text) == []
    else:
        assert FRAME.findings(text)
        assert FRAME.repaired(text) == (text if fixed is None else text.replace(load, fixed))


def test_a_repaired_load_computes_the_same(tmp_path: os.PathLike[str]) -> None:
    pytest.importorskip("pandas", reason="pandas is not installed: the repaired program cannot be run")
    table = os.path.join(tmp_path, "t.csv")
    with open(table, "w", encoding="utf-8") as file:
        file.write("day,land,menge,preis,rest\n1,de,3,2.5,x\n2,fr,4,1.5,y\n3,de,5,0.5,z\n")
    text = (
        "import pandas as pd\ndf = pd.read_csv(p)\ndf['wert'] = df.menge * df['preis']\nlate = df[df['day'] > 1]\n"
        "result = (late.groupby('land')['wert'].sum().to_dict(), len(df))\n"
    )
    fixed = FRAME.repaired(text)
    assert 'usecols=["menge", "preis", "day", "land"]' in fixed
    assert run(fixed, p=table) == run(text, p=table) == ({"de": 2.5, "fr": 6.0}, 3)


def test_polars_has_no_column_attributes() -> None:
    head = "import polars as pl\ndf = pl.read_csv(p)\n"
    assert FRAME.lines(head + "print(df['a'])\n") == [2]
    assert FRAME.lines(head + "print(df.height, df['a'])\n") == []
    assert FRAME.lines("import polars as pl\nprint(pl.scan_csv(p).collect()['a'])\n") == []


def test_the_number_of_columns_is_an_option() -> None:
    from greenlint.linter.dispatch import RuleSet, lint_module
    from greenlint.rules.registry import all_rules
    from greenlint.source.module import Module

    module = Module("example.py", (HEAD + "print(df.a, df.b)\n").encode())
    rule = all_rules()["GL303"]
    assert [f for f in lint_module(module, RuleSet([rule({"max-columns": 1})])) if f.confidence >= SHOWN] == []
    assert len(lint_module(module, RuleSet([rule({"max-columns": 2})]))) == 1
