"""GL706: loops that ask and sleep for no time, and loops that work, or sleep."""

T = "import time\n"

BAD = {
    "an attribute": (T + "while not x.ready:\n    time.sleep(0)\n", [3]),
    "a float": (T + "while not x.ready:\n    time.sleep(0.0)\n", [3]),
    "an alias": ("from time import sleep as z\nwhile not x.ready:\n    z(0)\n", [3]),
    "a coroutine": ("import asyncio\nasync def f(x):\n    while not x.ready:\n        await asyncio.sleep(0)\n", [4]),
    "anyio": ("import anyio\nasync def f(x):\n    while x.busy:\n        await anyio.sleep(0)\n", [4]),
    "gevent, which takes no time by default": ("import gevent\nwhile x.busy:\n    gevent.sleep()\n", [3]),
    "gevent": ("import gevent\nwhile x.busy:\n    gevent.sleep(0)\n", [3]),
    "a constant of the file": (T + "TURN = 0\nwhile x.busy:\n    time.sleep(TURN)\n", [4]),
    "a question of its own": (T + "while moving():\n    time.sleep(0)\n", [3]),
    "two questions": (T + "while a() or b():\n    time.sleep(0)\n", [3]),
    "left from within": (T + "while True:\n    if x.done: break\n    time.sleep(0)\n", [4]),
    "left by return": (T + "def f(x):\n    while 1:\n        time.sleep(0)\n        if x.done:\n            return x\n", [4]),
    "an event to be cleared": (T + "while e.is_set():\n    time.sleep(0)\n", [3]),
    "a file": (T + "import os\nwhile not os.path.exists(p):\n    time.sleep(0)\n", [4]),
    "an item": (T + "while not d['k']:\n    time.sleep(0)\n", [3]),
    "a global that others set": (T + "def f():\n    while not go:\n        time.sleep(0)\ngo = 0\n", [4]),
    "a deadline": (T + "while x.busy and time.time() < end:\n    time.sleep(0)\n", [3]),
    "in a class": (T + "class A:\n    def f(self):\n        while self.n:\n            time.sleep(0)\n", [5]),
    "in a handler": (T + "try:\n    f()\nexcept E:\n    while x.busy:\n        time.sleep(0)\n", [6]),
    "membership": (T + "while k not in self.done:\n    time.sleep(0)\n", [3]),
    "a comparison": (T + "while self.count != self.target:\n    time.sleep(0)\n", [3]),
    "a queue that fills": ("import asyncio\nasync def f(q):\n    while not q.full():\n        await asyncio.sleep(0)\n", [4]),
}

GOOD = {
    "it sleeps": T + "while not x.ready:\n    time.sleep(0.1)\n",
    "sometimes it sleeps": T + "while x.busy:\n    if x.fast:\n        time.sleep(0)\n    else:\n        time.sleep(1)\n",
    "it works": T + "while x:\n    step()\n    time.sleep(0)\n",
    "it takes rows": "import asyncio\nasync def f(rows):\n    while rows:\n        use(rows.pop())\n"
    "        await asyncio.sleep(0)\n",
    "a for loop": "import asyncio\nasync def f(rows):\n    for r in rows:\n        use(r)\n        await asyncio.sleep(0)\n",
    "once": T + "time.sleep(0)\n",
    "a length that nobody knows": T + "while x.busy:\n    time.sleep(n)\n",
    "a call exists that waits": T + "while not e.is_set():\n    time.sleep(0)\n",
    "no sleep, which is another rule": "while x.busy:\n    pass\n",
    "it hands control back": T + "def f(x):\n    while x.busy:\n        time.sleep(0)\n        yield\n",
    "a sleep of something else": "while x.busy:\n    x.sleep(0)\n",
    "it counts in an attribute": T + "while x.busy:\n    x.n += 1\n    time.sleep(0)\n",
    "it reads": T + "while x.busy:\n    b += x.read()\n    time.sleep(0)\n",
    "it awaits more": "import asyncio\nasync def f(x):\n    while x.busy:\n        await x.step()\n"
    "        await asyncio.sleep(0)\n",
    "it asks by awaiting": "import asyncio\nasync def f(x):\n    while await x.busy():\n        await asyncio.sleep(0)\n",
    "endless": T + "while True:\n    time.sleep(0)\n",
    "it stores": T + "while x.busy:\n    seen[k] = 1\n    time.sleep(0)\n",
    "under a lock": T + "while x.busy:\n    with lock:\n        f()\n    time.sleep(0)\n",
    "a task, which can be awaited": "import asyncio\nasync def f():\n    t = asyncio.create_task(g())\n"
    "    while not t.done():\n"
    "        await asyncio.sleep(0)\n",
    "it deletes": T + "while x.busy:\n    del y[0]\n    time.sleep(0)\n",
}

PEDANTIC = {
    "await trio.sleep(0)": ("import trio\nasync def f():\n    await trio.sleep(0)\n", [3]),
    "await anyio.sleep(0)": ("import anyio\nasync def f():\n    await anyio.sleep(0)\n", [3]),
    "trio.sleep(0)": ("import trio\nasync def f():\n    trio.sleep(0)\n", [3]),
    "await asyncio.sleep(0)": ("import asyncio\nasync def f():\n    while True:\n        await asyncio.sleep(0)\n", [4]),
    "time.sleep(0)": ("import time\nwhile True:\n    work()\n    time.sleep(0)\n", [4]),
    "await sleep(0)": ("from trio import sleep\nasync def f():\n    await sleep(0)\n", [3]),
    "await trio.sleep(seconds=0)": ("import trio\nasync def f():\n    await trio.sleep(seconds=0)\n", [3]),
    "await anyio.sleep(foo)": ("import anyio\nfoo = 0\nasync def f():\n    await anyio.sleep(foo)\n", [4]),
    "a default of nothing": (
        "import asyncio\nasync def f(x, p=0):\n    while not x.ok:\n        await asyncio.sleep(p)\n",
        [4],
    ),
}

SILENT = {
    "between two items": "import asyncio\nasync def f(rows):\n    for r in rows:\n        work(r)\n"
    "        await asyncio.sleep(0)\n",
    "once": "import asyncio\nasync def f():\n    await asyncio.sleep(0)\n",
}
