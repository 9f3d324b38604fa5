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
    "a queue": ("import queue\nwhile True:\n    use(q.get(timeout=0.01))\n", [3]),
    "a queue, by place": ("import queue\nwhile True:\n    use(q.get(True, 0.01))\n", [3]),
    "an event in the condition": ("import threading\nwhile not stop.wait(0.005):\n    work()\n", [2]),
    "a condition variable": ("import threading\nwhile not self.ready:\n    self.cond.wait(timeout=0.01)\n", [3]),
    "a thread": ("import threading\nwhile t.is_alive():\n    t.join(0.01)\n", [3]),
    "a lock": ("import threading\nwhile not lock.acquire(timeout=0.01):\n    pass\n", [2]),
    "a process": (
        "import subprocess\nwhile True:\n    try:\n        p.wait(timeout=0.05)\n"
        "    except subprocess.TimeoutExpired:\n        pass\n",
        [4],
    ),
    "select": ("import select\nwhile True:\n    r, _, _ = select.select([s], [], [], 0.001)\n    use(r)\n", [3]),
    "a selector": ("import selectors\nwhile True:\n    for k, m in sel.select(timeout=0.01):\n        use(k)\n", [3]),
    "milliseconds": ("import select\np = select.poll()\nwhile True:\n    use(p.poll(10))\n", [4]),
    "a connection": ("import multiprocessing\nwhile True:\n    if c.poll(0.01):\n        use(c.recv())\n", [3]),
    "futures": ("from concurrent.futures import wait\nwhile fs:\n    done, fs = wait(fs, timeout=0.01)\n", [3]),
    "a coroutine with a limit": (
        "import asyncio\nasync def f(q):\n    while True:\n        use(await asyncio.wait_for(q.get(), 0.01))\n",
        [4],
    ),
    "looks that are counted": ("import threading\nfor _ in range(500):\n    if e.wait(0.01):\n        break\n", [3]),
    "a default": ("import time\ndef f(x, pause=0.01):\n    while not x.ok():\n        time.sleep(pause)\n", [4]),
    "an attribute": (
        "import time\nclass A:\n    def __init__(self, pause=0.01):\n        self.pause = pause\n    def f(self):\n"
        "        while self.on:\n            self.read()\n            time.sleep(self.pause)\n",
        [8],
    ),
    "of a class": (
        "import time\nclass A:\n    PAUSE = 0.01\ndef f():\n    while True:\n        work()\n        time.sleep(A.PAUSE)\n",
        [7],
    ),
    "computed": ("import time\nMS = 5\nwhile True:\n    work()\n    time.sleep(MS / 1000)\n", [5]),
    "at random": (
        "import random, time\nwhile True:\n    work()\n    time.sleep(random.uniform(0.01, 0.02))\n",
        [4],
    ),
    "one of two": ("import time\np = 0.01\nif x:\n    p = 0.02\nwhile True:\n    work()\n    time.sleep(p)\n", [7]),
    "it starts itself again": ("import tkinter\ndef poll():\n    look()\n    root.after(10, poll)\n", [4]),
    "a timer that does": ("import threading\ndef poll():\n    look()\n    threading.Timer(0.05, poll).start()\n", [4]),
    "a loop that does": (
        "import asyncio\nclass A:\n    def tick(self):\n        look()\n        self.loop.call_later(0.01, self.tick)\n",
        [5],
    ),
    "a timer of Qt": (
        "from PyQt5.QtCore import QTimer\ntimer = QTimer()\ntimer.timeout.connect(look)\ntimer.start(10)\n",
        [4],
    ),
    "pygame": ("import pygame\nwhile x.busy():\n    pygame.time.wait(10)\n", [3]),
}

SILENT = {
    "long enough to wait": "import threading\nwhile not stop.wait(1):\n    work()\n",
    "no limit": "import queue\nwhile True:\n    use(q.get())\n",
    "a dictionary": "import queue\nwhile True:\n    use(d.get('a', 0.01))\n",
    "a client": "import threading\nwhile True:\n    use(s.get('http://a', timeout=0.05))\n",
    "a text": "import threading\nwhile x:\n    use(','.join(x))\n",
    "once": "import queue\nq.get(timeout=0.01)\n",
    "each its own": "import threading\nfor t in threads:\n    t.join(0.01)\n",
    "it waits longer each time": "import time\ndef f():\n    p = 0.001\n    while not x():\n        time.sleep(p)\n"
    "        p *= 2\n",
    "it waits longer, up to a limit": "import time\ndef f():\n    p = 0.001\n    while not x():\n        time.sleep(p)\n"
    "        p = min(p * 2, 1)\n",
    "a long default": "import time\ndef f(x, pause=5):\n    while not x.ok():\n        time.sleep(pause)\n",
    "called once": "import tkinter\ndef start():\n    root.after(10, poll)\n",
    "a second": "import tkinter\ndef poll():\n    root.after(1000, poll)\n",
    "milliseconds enough": "import select\np = select.poll()\nwhile True:\n    use(p.poll(1000))\n",
}
