"""GL711: tests that sleep for what they check next, and tests that need the time to pass."""

T = "import pytest, time\n\n"
C = "import time, unittest\n\nclass T(unittest.TestCase):\n    def test_a(self):\n        self.go()\n        time.sleep(1)\n"
S = "import time\nfrom selenium import webdriver\n\ndef test_a(driver):\n    go()\n    time.sleep(1)\n"

BAD = {
    "before an assert": (T + "def test_a():\n    go()\n    time.sleep(1)\n    assert up\n", [5]),
    "an imported name": ("import pytest\nfrom time import sleep\n\ndef test_a():\n    sleep(2)\n    assert up\n", [5]),
    "just long enough": (T + "def test_a():\n    time.sleep(0.5)\n    assert up\n", [4]),
    "a constant of the file": (T + "PAUSE = 3\ndef test_a():\n    time.sleep(PAUSE)\n    assert up\n", [5]),
    "a coroutine": ("import asyncio, pytest\nasync def test_a():\n    await asyncio.sleep(1)\n    assert up\n", [3]),
    "gevent": ("import gevent, pytest\ndef test_a():\n    gevent.sleep(1)\n    assert up\n", [3]),
    "assertEqual": (C + "        self.assertEqual(self.n, 3)\n", [6]),
    "assertTrue": (C + "        self.assertTrue(self.up)\n", [6]),
    "assertIn": (C + "        self.assertIn('a', self.rows)\n", [6]),
    "assertGreaterEqual": (C + "        self.assertGreaterEqual(self.n, 3)\n", [6]),
    "assertIsInstance of a count": (C + "        self.assertCountEqual(self.rows, [1])\n", [6]),
    "assertRegex": (C + "        self.assertRegex(self.text, 'a')\n", [6]),
    "assertIsNotNone": (C + "        self.assertIsNotNone(self.pid)\n", [6]),
    "a click": (S + "    driver.find_element('id', 'a').click()\n", [6]),
    "a page": (S + "    x = is_text_present('a')\n", [6]),
    "a branch on the page": (S + "    if driver.title == 'a':\n        go()\n", [6]),
    "inside with": (T + "def test_a():\n    with server() as s:\n        time.sleep(1)\n        assert s.up\n", [5]),
    "inside try": (
        T + "def test_a():\n    try:\n        time.sleep(1)\n        assert up\n    finally:\n        stop()\n",
        [5],
    ),
    "a method of a class without bases": (
        T + "class TestA:\n    def test_b(self):\n        time.sleep(1)\n        assert self.up\n",
        [5],
    ),
    "two sleeps": (T + "def test_a():\n    time.sleep(1)\n    assert a\n    time.sleep(2)\n    assert b\n", [4, 6]),
    "with a message": (T + "def test_a():\n    time.sleep(1)\n    assert a == 1, 'late'\n", [4]),
    "decorated": (T + "@pytest.mark.slow\ndef test_a():\n    time.sleep(1)\n    assert up\n", [5]),
}

GOOD = {
    "it replaces the sleep": T
    + "def test_a(monkeypatch):\n    monkeypatch.setattr(time, 'sleep', id)\n    time.sleep(5)\n    assert x\n",
    "no test": T + "def start():\n    time.sleep(1)\n    assert up\n",
    "short": T + "def test_a():\n    time.sleep(0.1)\n    assert up\n",
    "a length that nobody knows": T + "def test_a(n):\n    time.sleep(n)\n    assert up\n",
    "it looks and pauses": T + "def test_a():\n    while not up():\n        time.sleep(1)\n    assert up()\n",
    "it tries again": T + "def test_a():\n    for _ in range(9):\n        time.sleep(1)\n        assert up()\n",
    "only somewhere": T + "def test_a():\n    if aws():\n        time.sleep(9)\n        assert up\n",
    "slow work of a thread": T + "def test_a():\n    def work():\n        time.sleep(1)\n        assert up\n    run(work)\n",
    "nothing may happen": T + "def test_a():\n    go()\n    time.sleep(1)\n    assert not calls\n",
    "nothing may happen, in a mock": T + "def test_a(m):\n    time.sleep(1)\n    m.assert_not_called()\n",
    "nothing may happen, in a case": C + "        self.assertFalse(self.up)\n",
    "it stays empty": C + "        self.assertEqual(self.rows, [])\n",
    "it stays nothing": T + "def test_a():\n    time.sleep(1)\n    assert x is None\n",
    "it measures": T
    + "def test_a():\n    a = time.perf_counter()\n    time.sleep(1)\n    assert time.perf_counter() - a > 1\n",
    "about time": T + "def test_timeout():\n    time.sleep(1)\n    assert late\n",
    "about expiry": T + "def test_key_expires():\n    time.sleep(2)\n    assert gone\n",
    "about cancelling": "import asyncio, pytest\nasync def test_cancelled():\n    await asyncio.sleep(9)\n    assert 0\n",
    "it must be interrupted": T + "def test_a():\n    with pytest.raises(E):\n        time.sleep(9)\n        assert 0\n",
    "a time limit": "import anyio, pytest\nasync def test_a():\n    with anyio.fail_after(1):\n"
    "        await anyio.sleep(9)\n        assert 0\n",
    "the last line": T + "def test_a():\n    go()\n    time.sleep(1)\n",
    "before something that is no check": T + "def test_a():\n    time.sleep(1)\n    go()\n    assert up\n",
    "the sleep is replaced": T
    + "def test_a(monkeypatch):\n    monkeypatch.setattr('x.time.sleep', f)\n    time.sleep(1)\n    assert up\n",
    "sleep of something else": "import pytest\ndef test_a(d):\n    d.sleep(1)\n    assert up\n",
}

PEDANTIC = {
    "for nothing that is named": (T + "def test_a():\n    time.sleep(1)\n    go()\n", [4]),
    "about time": (T + "def test_expires():\n    time.sleep(2)\n    assert gone()\n", [4]),
    "before each": ("import time, unittest\n\nclass T(unittest.TestCase):\n    def setUp(self):\n        time.sleep(1)\n", [5]),
    "another test replaces it": (
        T + "def test_a(monkeypatch):\n    monkeypatch.setattr(time, 'sleep', id)\n\ndef test_b():\n"
        "    time.sleep(1)\n    go()\n",
        [7],
    ),
}
