"""Texts that GL712 must and must not report."""

_T = "import threading\n"
_LOOP = "def w():\n    while True:\n        look()\n"

BAD = {
    "a timer anew": (_T + "def f():\n    g()\n    threading.Timer(5, f).start()\n", [4]),
    "a timer by name": ("from threading import Timer\ndef f():\n    Timer(5, f).start()\n", [3]),
    "a timer with a name": (_T + "def f():\n    t = threading.Timer(5, f)\n    t.start()\n", [3]),
    "a timer first": (_T + "def f():\n    threading.Timer(5.0, f).start()\n    g()\n", [3]),
    "a timer by keyword": (_T + "def f():\n    threading.Timer(interval=5, function=f).start()\n", [3]),
    "a timer with arguments": (_T + "def f(a):\n    threading.Timer(5, f, [a]).start()\n", [3]),
    "a timer of an object": (_T + "class A:\n    def f(self):\n        threading.Timer(5, self.f).start()\n", [4]),
    "a timer of an object with a handle": (
        _T + "class A:\n    def f(self):\n        self.t = threading.Timer(5, self.f)\n        self.t.start()\n",
        [4],
    ),
    "a nested timer": (_T + "def start():\n    def f():\n        threading.Timer(5, f).start()\n    f()\n", [4]),
    "a timer in with": (_T + "def f():\n    with lock:\n        threading.Timer(5, f).start()\n", [4]),
    "a thread": (_T + _LOOP + "threading.Thread(target=w).start()\n", [5]),
    "a thread by name": ("from threading import Thread\n" + _LOOP + "Thread(None, w).start()\n", [5]),
    "a thread with a name": (_T + _LOOP + "t = threading.Thread(target=w)\nt.start()\n", [5]),
    "a thread in a function": (_T + _LOOP + "def go():\n    t = threading.Thread(target=w, args=())\n    t.start()\n", [6]),
    "a thread of an object": (
        _T + "class A:\n    def go(self):\n        threading.Thread(target=self.w).start()\n    def w(self):\n"
        "        while True:\n            look()\n",
        [4],
    ),
    "while 1": (_T + "def w():\n    while 1:\n        look()\nthreading.Thread(target=w).start()\n", [5]),
    "a break of an inner loop": (
        _T + "def w():\n    while True:\n        for x in xs:\n            break\nthreading.Thread(target=w).start()\n",
        [6],
    ),
    "a return of an inner function": (
        _T + "def w():\n    while True:\n        def g():\n            return 1\n        g()\n"
        "threading.Thread(target=w).start()\n",
        [7],
    ),
    "no daemon": (_T + _LOOP + "threading.Thread(target=w, daemon=False).start()\n", [5]),
    "each in a loop": (_T + _LOOP + "for x in xs:\n    threading.Thread(target=w).start()\n", [6]),
    "after a start": (_T + "def w():\n    setup()\n    while True:\n        look()\nthreading.Thread(target=w).start()\n", [6]),
}

PEDANTIC = {
    "a thread that nobody joins": (_T + "def f():\n    t = threading.Thread(target=work)\n    t.start()\n", [3]),
    "a thread of an object": (
        _T + "class A:\n    def f(self):\n        self.t = threading.Thread(target=self.g)\n        self.t.start()\n",
        [4],
    ),
    "a timer without a handle": (_T + "threading.Timer(60, work).start()\n", [2]),
    "another thread is joined": (
        _T + "def f():\n    t = threading.Thread(target=w)\n    t.start()\n\ndef g():\n    t = threading.Thread(target=w)\n"
        "    t.start()\n    t.join()\n",
        [3],
    ),
    "a daemon": (_T + _LOOP + "threading.Thread(target=w, daemon=True).start()\n", [5]),
    "a daemon by attribute": (_T + _LOOP + "t = threading.Thread(target=w)\nt.daemon = True\nt.start()\n", [5]),
    "a daemon by method": (_T + _LOOP + "t = threading.Thread(target=w)\nt.setDaemon(True)\nt.start()\n", [5]),
}

GOOD = {
    "kept in a list": _T + "def f():\n    t = threading.Thread(target=w)\n    t.start()\n    threads.append(t)\n",
    "handed back": _T + "def f():\n    t = threading.Thread(target=w)\n    t.start()\n    return t\n",
    "cancelled": _T + "class A:\n    def f(self):\n        self.t = threading.Timer(5, self.f)\n        self.t.start()\n"
    "    def stop(self):\n        self.t.cancel()\n",
    "a timer once": _T + "def f():\n    g()\nthreading.Timer(5, f).start()\n",
    "a timer for another": _T + "def f():\n    threading.Timer(5, g).start()\ndef g():\n    pass\n",
    "a timer under a condition": _T + "def f():\n    if running:\n        threading.Timer(5, f).start()\n",
    "a timer unless it ends": _T + "def f():\n    if done:\n        return\n    threading.Timer(5, f).start()\n",
    "a timer after an error": _T + "def f():\n    try:\n        g()\n    except E:\n        threading.Timer(5, f).start()\n",
    "a thread that asks": _T + "def w():\n    while not stop.is_set():\n        look()\nthreading.Thread(target=w).start()\n",
    "a thread that leaves": _T
    + "def w():\n    while True:\n        if look():\n            break\nthreading.Thread(target=w).start()\n",
    "a thread that returns": _T
    + "def w():\n    while True:\n        if look():\n            return\nthreading.Thread(target=w).start()\n",
    "a thread that raises": _T
    + "def w():\n    while True:\n        if look():\n            raise E\nthreading.Thread(target=w).start()\n",
    "a thread that ends": _T + "def w():\n    look()\nthreading.Thread(target=w).start()\n",
    "joined": _T + _LOOP + "t = threading.Thread(target=w)\nt.start()\nt.join()\n",
    "joined with a limit": _T + _LOOP + "t = threading.Thread(target=w)\nt.start()\nt.join(5)\n",
    "never started": _T + _LOOP + "t = threading.Thread(target=w)\n",
    "handed on": _T + _LOOP + "pool(threading.Thread(target=w))\n",
    "returned": _T + _LOOP + "def make():\n    return threading.Thread(target=w)\n",
    "of another file": _T + "from m import w\nthreading.Thread(target=w).start()\n",
    "a lambda": _T + "threading.Thread(target=lambda: 1).start()\n",
    "a method of another": _T + "threading.Thread(target=server.serve_forever).start()\n",
    "a subclass": _T + "class W(threading.Thread):\n    def run(self):\n        while True:\n            look()\nW().start()\n",
    "own timer": "import threading\nfrom mine import Timer\ndef f():\n    Timer(5, f).start()\n",
    "a process": "import threading\nfrom multiprocessing import Process\n" + _LOOP + "Process(target=w).start()\n",
}
