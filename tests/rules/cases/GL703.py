"""GL703: loops that ask and sleep in turn, and loops that have no call to wait or do something meanwhile."""

T = "import time\n\n"

BAD = {
    "an event": (T + "while not e.is_set():\n    time.sleep(1)\n", [3]),
    "an alias of the module": ("import time as t\nwhile not e.is_set():\n    t.sleep(1)\n", [2]),
    "an alias of the function": ("from time import sleep as nap\nwhile not e.is_set():\n    nap(1)\n", [2]),
    "a thread": (T + "def f(t):\n    while t.is_alive():\n        time.sleep(0.1)\n", [4]),
    "a process": (T + "while proc.poll() is None:\n    time.sleep(0.1)\n", [3]),
    "a process, compared with ==": (T + "while proc.poll() == None:\n    time.sleep(0.1)\n", [3]),
    "a loop without a condition": (T + "while True:\n    if e.is_set():\n        break\n    time.sleep(1)\n", [3]),
    "left by return": (
        T + "def f(p):\n    while 1:\n        if p.poll() is not None:\n            return p\n        time.sleep(1)\n",
        [4],
    ),
    "with a deadline": (T + "def f(e, end):\n    while not e.is_set() and time.time() < end:\n        time.sleep(1)\n", [4]),
    "a deadline that raises": (
        T + "def f(t, end):\n    while t.is_alive():\n        if time.monotonic() > end:\n            t.kill()\n"
        "            raise TimeoutError\n        time.sleep(1)\n",
        [4],
    ),
    "a counter of looks": (T + "n = 0\nwhile not e.is_set() and n < 9:\n    n += 1\n    time.sleep(1)\n", [4]),
    "several threads": (T + "while any(t.is_alive() for t in threads):\n    time.sleep(1)\n", [3]),
    "several events": (T + "while not all(e.is_set() for e in events):\n    time.sleep(1)\n", [3]),
    "it logs meanwhile": (T + "while t.is_alive():\n    log.debug('still %s', t)\n    time.sleep(1)\n", [3]),
    "a queue": (T + "import queue\nq = queue.Queue()\nwhile q.empty():\n    time.sleep(1)\n", [5]),
    "a future": (
        T + "from concurrent.futures import Future\ndef f(x: Future):\n    while not x.done():\n        time.sleep(1)\n",
        [5],
    ),
    "a result of a pool": (
        T + "import multiprocessing\nr = pool.apply_async(g)\nwhile not r.ready():\n    time.sleep(1)\n",
        [5],
    ),
    "a lock": (T + "while not lock.acquire(False):\n    time.sleep(0.01)\n", [3]),
    "a lock, by keyword": (T + "while not lock.acquire(blocking=False):\n    time.sleep(0.01)\n", [3]),
    "an event of asyncio": (
        "import asyncio\n\nclass A:\n    def __init__(self):\n        self.on = asyncio.Event()\n\n    async def f(self):\n"
        "        while not self.on.is_set():\n            await asyncio.sleep(0)\n",
        [8],
    ),
    "a task": (
        "import asyncio\nasync def f():\n    t = asyncio.create_task(g())\n    while not t.done():\n"
        "        await asyncio.sleep(1)\n",
        [4],
    ),
    "a child by its number": (T + "import os\nwhile os.waitpid(pid, os.WNOHANG) == (0, 0):\n    time.sleep(1)\n", [4]),
    "in a nested function": (
        T + "def f(e):\n    def g():\n        while not e.is_set():\n            time.sleep(1)\n    return g\n",
        [5],
    ),
    "the sleep comes first": (T + "while True:\n    time.sleep(1)\n    if not t.is_alive(): break\n", [3]),
    "in the else of a try": (
        T + "try:\n    x()\nexcept E:\n    pass\nelse:\n    while t.is_alive():\n        time.sleep(2)\n",
        [8],
    ),
    "kept in a name": (
        T + "def f(p):\n    while p.poll() is None:\n        now = time.time()\n        time.sleep(now % 1)\n",
        [4],
    ),
}

GOOD = {
    "it waits": "e.wait()\nt.join()\np.wait()\n",
    "it works between two looks": T + "while not e.is_set():\n    work()\n    time.sleep(1)\n",
    "it reads what the process says": T + "while p.poll() is None:\n    out += p.stdout.read()\n    time.sleep(1)\n",
    "it waits for the event to be cleared": T + "while e.is_set():\n    time.sleep(1)\n",
    "it waits for the thread to start": T + "while not t.is_alive():\n    time.sleep(1)\n",
    "it waits until others have emptied the queue": T + "import queue\nwhile not q.empty():\n    time.sleep(1)\n",
    "a file": T + "import os\nwhile not os.path.exists(p):\n    time.sleep(1)\n",
    "an attribute": T + "while not self.ready:\n    time.sleep(1)\n",
    "an event or an attribute": T + "while not self.closed and not e.is_set():\n    time.sleep(1)\n",
    "an event or a global": T + "def f():\n    while not stop and not e.is_set():\n        time.sleep(1)\nstop = False\n",
    "an event or an imported flag": T
    + "from x import stop\ndef f(e):\n    while not stop and not e.is_set():\n        time.sleep(1)\n",
    "a method of its own": T + "class A:\n    def is_set(self):\n        return self.poll()\n\n    def f(self):\n"
    "        while not self.is_set():\n            time.sleep(1)\n",
    "a thread, asked in a coroutine": "import asyncio\nasync def f(t):\n    while t.is_alive():\n"
    "        await asyncio.sleep(1)\n",
    "a process, asked in a coroutine": "import asyncio\nasync def f(p):\n    while p.poll() is None:\n"
    "        await asyncio.sleep(1)\n",
    "an event of threads, asked in a coroutine": "import asyncio, threading\ne = threading.Event()\nasync def f():\n"
    "    while not e.is_set():\n        await asyncio.sleep(1)\n",
    "done() of anything": T + "while not game.done():\n    time.sleep(1)\n",
    "ready() of anything": T + "while not device.ready():\n    time.sleep(1)\n",
    "empty() of anything": T + "while basket.empty():\n    time.sleep(1)\n",
    "poll() that waits by itself": T + "while not consumer.poll(100):\n    time.sleep(1)\n",
    "Ctrl-C must get through": T
    + "try:\n    while t.is_alive():\n        time.sleep(1)\nexcept KeyboardInterrupt:\n    stop()\n",
    "no sleep, which is another rule": "while not e.is_set():\n    pass\n",
    "it only sleeps": T + "while True:\n    time.sleep(60)\n",
    "two things, one of which has no such call": T
    + "import os\nwhile t.is_alive() and not os.path.exists(p):\n    time.sleep(1)\n",
    "a sleep of its own": "def sleep(x):\n    work(x)\nwhile not e.is_set():\n    sleep(1)\n",
    "it hands control back": T + "def f(e):\n    while not e.is_set():\n        yield\n        time.sleep(1)\n",
    "it renews a lease": T + "while t.is_alive():\n    self.seen = time.time()\n    time.sleep(1)\n",
    "a for loop": T + "for _ in range(3):\n    if e.is_set(): break\n    time.sleep(1)\n",
}

PEDANTIC = {
    "a sign of life": (T + "while not e.is_set():\n    print('alive')\n    time.sleep(60)\n", [3]),
    "it tells what it sees": (T + "while p.is_alive():\n    log.info(f'{n} left')\n    time.sleep(0.1)\n", [3]),
    "while True:": ("import trio\nasync def f():\n    while True:\n        await trio.sleep(10)\n", [3]),
    "while not done:": ("import trio\nasync def f(done):\n    while not done:\n        await trio.sleep(1)\n", [3]),
    "while foo():": ("import anyio\nasync def f():\n    while foo():\n        await anyio.sleep(1)\n", [3]),
    "while not self.ready:": (
        ("import asyncio\nasync def f(self):\n    while not self.ready:\n        await asyncio.sleep(1)\n"),
        [3],
    ),
    "while True:, case 2": ("import trio\nasync def f():\n    while True:\n        await trio.sleep_until(10)\n", [3]),
    "while not done:, case 2": ("import time\ndone = False\nwhile not done:\n    time.sleep(1)\n", [3]),
    "while not os.path.exists('x'):": ("import time, os\nwhile not os.path.exists('x'):\n    time.sleep(1)\n", [2]),
    "a queue that is tried": (
        "import time, queue\nwhile True:\n    try:\n        job = jobs.get_nowait()\n    except queue.Empty:\n"
        "        time.sleep(0.1)\n        continue\n    job()\n",
        [2],
    ),
    "a queue that is asked": (
        "import time\nwhile True:\n    if q.empty():\n        time.sleep(1)\n        continue\n    use(q.get())\n",
        [2],
    ),
    "asked the other way": (
        "import time\nwhile self.on:\n    if not q.empty():\n        use(q.get())\n    else:\n        time.sleep(1)\n",
        [2],
    ),
    "a sleep behind it": ("import time\nwhile True:\n    if jobs:\n        use(jobs.popleft())\n    time.sleep(0.1)\n", [2]),
    "a queue of asyncio": (
        "import asyncio\nasync def f(q):\n    while True:\n        try:\n            x = q.get_nowait()\n"
        "        except asyncio.QueueEmpty:\n            await asyncio.sleep(0.1)\n"
        "            continue\n        await use(x)\n",
        [3],
    ),
    "a connection": (
        "import time, multiprocessing\nwhile True:\n    if c.poll():\n        use(c.recv())\n    time.sleep(0.1)\n",
        [2],
    ),
    "a socket": (
        "import time\nwhile True:\n    try:\n        d = s.recv(9)\n    except BlockingIOError:\n        time.sleep(0.1)\n"
        "        continue\n    use(d)\n",
        [2],
    ),
    "looks that are counted": ("import time\nfor _ in range(9):\n    if e.is_set():\n        break\n    time.sleep(1)\n", [2]),
    "a while at a time": ("import time\nwhile t.is_alive():\n    t.join(0.5)\n", [2]),
}

SILENT = {
    "it counts down": "import time\ndef f(n):\n    while n:\n        n -= 1\n        print(n)\n        time.sleep(1)\n",
    "attempts": "import time\nfor _ in range(5):\n    try:\n        s.connect(a)\n    except OSError:\n        time.sleep(2)\n",
    "it works through a queue": "import time\nwhile not q.empty():\n    use(q.get())\n    time.sleep(1)\n",
    "a queue that wakes it": "import time, queue\nwhile True:\n    use(q.get())\n",
    "one after the other": "import time\nfor n in range(9):\n    if done[n]:\n        break\n    time.sleep(1)\n",
}
