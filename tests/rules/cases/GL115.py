"""Fixtures that run for every test, and what the tests ask for."""

HEAD = "import sqlite3\n\nimport pytest\n\n\n"
FIVE = "".join(f"def test_{n}():\n    assert {n} >= 0\n\n\n" for n in range(5))


def text(
    body: str,
    mark: str = "@pytest.fixture(autouse=True)",
    last: str = "def test_db(db):\n    assert db\n",
    head: str = "def db():",
) -> str:
    return f"{HEAD}{mark}\n{head}\n    {body}\n\n\n{FIVE}{last}"


OPEN = "return sqlite3.connect('a')"

BAD = {
    "it clears what it has made": (
        text("rows = []\n    time.sleep(1)\n    yield rows\n    rows.clear()"),
        [7],
    ),
    "a connection": (text(OPEN), [7]),
    "a connection that is closed": (text("c = sqlite3.connect('a')\n    yield c\n    c.close()"), [7]),
    "a file": (text("return open('a')"), [7]),
    "a text that is read": (text("return root.read_text()"), [7]),
    "a loop": (text("x = []\n    for n in range(9):\n        x = x + [n]\n    return x"), [7]),
    "a client": (text("return TestClient(app)"), [7]),
    "an engine": (text("return create_engine('sqlite://')"), [7]),
    "a program": (text("return subprocess.run(['a'])"), [7]),
    "in a folder of its own": (text("return sqlite3.connect(tmp_path / 'a')", head="def db(tmp_path):"), [7]),
    "for each function, said": (text(OPEN, "@pytest.fixture(autouse=True, scope='function')"), [7]),
    "imported by name": (
        text(OPEN, "@fixture(autouse=True)").replace("import pytest", "import pytest\nfrom pytest import fixture"),
        [8],
    ),
    "under another name": (text(OPEN, "@pt.fixture(autouse=True)").replace("import pytest", "import pytest as pt"), [7]),
    "asked for by a mark": (text(OPEN, last="@pytest.mark.usefixtures('db')\ndef test_x():\n    assert app.names()\n"), [7]),
    "asked for by keyword": (text(OPEN, last="def test_x(*, db):\n    assert db\n"), [7]),
    "tests that wait": (text(OPEN, last="async def test_x(db):\n    assert db\n"), [7]),
    "in a class": (
        HEAD
        + "class TestA:\n    @pytest.fixture(autouse=True)\n    def db(self):\n        return sqlite3.connect('a')\n\n"
        + "".join(f"    def test_{n}(self):\n        assert {n} >= 0\n\n" for n in range(5))
        + "    def test_x(self, db):\n        assert db\n",
        [8],
    ),
    "two, both unused": (
        text(
            OPEN,
            last="@pytest.fixture(autouse=True)\ndef other():\n    return open('a')\n\n\ndef test_x(db, other):\n"
            "    assert db\n",
        ),
        [7, 32],
    ),
    "a copy of a folder": (text("return shutil.copytree('a', 'b')"), [7]),
    "a session": (text("return requests.Session()"), [7]),
    "a page": (text("return requests.get('http://localhost')"), [7]),
    "a table": (text("return pd.read_csv('a')"), [7]),
}

PEDANTIC = {
    "a value that costs little": (text("return 3"), [7]),
    "half of the tests ask": (text(OPEN, last="".join(f"def test_d{n}(db):\n    assert db\n\n\n" for n in range(5))), [7]),
    "three tests": (
        HEAD + "@pytest.fixture(autouse=True)\ndef db():\n    return open('a')\n\n\ndef test_a():\n    pass\n\n\n"
        "def test_b(db):\n    pass\n\n\ndef test_c():\n    pass\n",
        [7],
    ),
}

GOOD = {
    "not for all": text(OPEN, "@pytest.fixture"),
    "said so": text(OPEN, "@pytest.fixture(autouse=False)"),
    "once": text(OPEN, "@pytest.fixture(autouse=True, scope='session')"),
    "once for the module": text(OPEN, "@pytest.fixture(autouse=True, scope='module')"),
    "it patches": text("monkeypatch.setattr('a', 1)\n    return open('a')", head="def db(monkeypatch):"),
    "it gives nothing": text("open('a').close()"),
    "it yields nothing": text("open('a')\n    yield"),
    "it changes the folder": text("os.chdir('a')\n    return open('a')"),
    "it stores": text("app.db = open('a')\n    return app.db"),
    "it stores into a table": text("os.environ['a'] = 'b'\n    return open('a')"),
    "under with": text("with patched():\n        yield open('a')"),
    "it uses another fixture": text("return app.open()", head="def db(app):"),
    "it writes": text("path.write_text('a')\n    return open('a')"),
    "it seeds": text("random.seed(1)\n    return open('a')"),
    "nobody asks": text(OPEN, last="def test_x():\n    assert app.names()\n"),
    "half of the tests ask": text(OPEN, last="".join(f"def test_d{n}(db):\n    assert db\n\n\n" for n in range(5))),
    "few tests": HEAD + "@pytest.fixture(autouse=True)\ndef db():\n    return open('a')\n\n\ndef test_a():\n    pass\n\n\n"
    "def test_b(db):\n    pass\n",
    "another fixture asks": text(
        OPEN, last="@pytest.fixture\ndef rows(db):\n    return db\n\n\ndef test_x(db, rows):\n    assert db\n"
    ),
    "another name": text(OPEN, "@pytest.fixture(autouse=True, name='x')"),
    "with parameters": text(OPEN, "@pytest.fixture(autouse=True, params=[1, 2])"),
    "another decorator": text(OPEN, "@shop.fixture(autouse=True)"),
    "global state": text("global x\n    x = open('a')\n    return x"),
}
