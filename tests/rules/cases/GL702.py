"""GL702: loops that look many times a second, and loops that work, end soon, or sleep long enough."""

T = "import time\n"

BAD = {
    "an attribute": (T + "while not server.started:\n    time.sleep(0.01)\n", [3]),
    "an alias": ("from time import sleep as z\nwhile not server.started:\n    z(0.01)\n", [3]),
    "a millisecond": (T + "while self.busy:\n    time.sleep(1e-3)\n", [3]),
    "a fraction": (T + "while self.busy:\n    time.sleep(1 / 50)\n", [3]),
    "a product": (T + "while self.busy:\n    time.sleep(5 * 0.01)\n", [3]),
    "a constant of the file": (T + "PAUSE = 0.02\n\ndef f(x):\n    while x.busy:\n        time.sleep(PAUSE)\n", [6]),
    "a file": (T + "import os\nwhile not os.path.exists(p):\n    time.sleep(0.05)\n", [4]),
    "a path": (T + "from pathlib import Path\nwhile not Path('a').exists():\n    time.sleep(0.05)\n", [4]),
    "an item": (T + "while state['n'] < 3:\n    time.sleep(0.01)\n", [3]),
    "a global that others set": (T + "def f():\n    while not ready:\n        time.sleep(0.01)\nready = False\n", [4]),
    "left from within": (T + "while True:\n    if self.done:\n        break\n    time.sleep(0.01)\n", [5]),
    "left by return": (T + "def f(x):\n    while True:\n        if x.busy: return 1\n        time.sleep(0.01)\n", [5]),
    "two questions": (T + "while not t.error and not t.serving:\n    time.sleep(.01)\n", [3]),
    "a question of its own": (T + "while device.moving():\n    time.sleep(0.02)\n", [3]),
    "an event to be cleared": (T + "while e.is_set():\n    time.sleep(0.01)\n", [3]),
    "a coroutine": ("import asyncio\nasync def f(x):\n    while not x.ready:\n        await asyncio.sleep(0.01)\n", [4]),
    "gevent": ("import gevent\nwhile not x.ready:\n    gevent.sleep(0.001)\n", [3]),
    "with else": (T + "while x.busy:\n    time.sleep(0.01)\nelse:\n    go()\n", [3]),
    "it logs": (T + "while x.busy:\n    log.debug('busy')\n    time.sleep(0.01)\n", [4]),
    "in a method": (T + "class A:\n    def f(self):\n        while self.jobs:\n            time.sleep(0.001)\n", [5]),
    "membership": (T + "while job not in self.finished:\n    time.sleep(0.001)\n", [3]),
    "the shorter of two": (
        T + "while x.busy:\n    if x.fast:\n        time.sleep(0.001)\n    else:\n        time.sleep(1)\n",
        [4],
    ),
}

GOOD = {
    "long enough": T + "while not server.started:\n    time.sleep(0.5)\n",
    "just long enough": T + "while not server.started:\n    time.sleep(0.1)\n",
    "a length that nobody knows": T + "while not server.started:\n    time.sleep(pause)\n",
    "a length that is set twice": T + "p = 0.01\nif x:\n    p = 1\nwhile s.busy:\n    time.sleep(p)\n",
    "it works": T + "while running:\n    step()\n    time.sleep(0.01)\n",
    "it moves something": T + "while self.x < 100:\n    self.x += 1\n    time.sleep(0.01)\n",
    "it counts down": T + "n = 5\nwhile n:\n    n -= 1\n    time.sleep(0.01)\n",
    "a deadline ends it": T + "while s.busy and time.time() < end:\n    time.sleep(0.01)\n",
    "a deadline within": T + "while s.busy:\n    if time.monotonic() > end: raise TimeoutError\n    time.sleep(0.01)\n",
    "a counter ends it": T + "n = 0\nwhile s.busy and n < 50:\n    n += 1\n    time.sleep(0.01)\n",
    "a clock of its own ends it": T + "while s.busy and now() < end:\n    time.sleep(0.01)\n",
    "a time limit around it": T + "with timeout(3):\n    while s.busy:\n        time.sleep(0.01)\n",
    "a time limit that raises": "import gevent\ntry:\n    while s.busy:\n        gevent.sleep(0.01)\n"
    "except gevent.Timeout:\n    pass\n",
    "a call exists that waits": T + "while not e.is_set():\n    time.sleep(0.01)\n",
    "a process, likewise": T + "while p.poll() is None:\n    time.sleep(0.01)\n",
    "a for loop": T + "for x in xs:\n    time.sleep(0.01)\n",
    "one sleep": T + "time.sleep(0.01)\n",
    "it only sleeps": T + "while True:\n    time.sleep(0.01)\n",
    "no time at all, which is another rule": T + "while s.busy:\n    time.sleep(0)\n",
    "it hands control back": T + "def f(s):\n    while s.busy:\n        time.sleep(0.01)\n        yield\n",
    "it reads": T + "while s.busy:\n    data += s.read()\n    time.sleep(0.01)\n",
    "a sleep of something else": "while s.busy:\n    s.sleep(0.01)\n",
}

PEDANTIC = {
    "time.sleep(0.01)": ("import time\nwhile True:\n    time.sleep(0.01)\n", [3]),
    "time.sleep(0.001)": ("import time\nwhile True:\n    work()\n    time.sleep(0.001)\n", [4]),
    "time.sleep(0.01), case 2": ("import time\nfor i in range(100):\n    time.sleep(0.01)\n", [3]),
    "poll(); sleep(.05)": ("from time import sleep\nwhile x:\n    poll(); sleep(.05)\n", [3]),
    "time.sleep(INTERVAL)": ("import time\nINTERVAL = 0.02\nwhile True:\n    check()\n    time.sleep(INTERVAL)\n", [5]),
    "await asyncio.sleep(0.01)": (
        ("import asyncio\nasync def f():\n    while True:\n        await asyncio.sleep(0.01)\n        await work()\n"),
        [4],
    ),
}
