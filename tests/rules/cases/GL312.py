"""Texts that GL312 must and must not report."""

BAD = {
    "flush after write": ("with open(p, 'w') as f:\n    for x in xs:\n        f.write(x)\n        f.flush()\n", [4]),
    "flush after print": ("with open(p, 'w') as f:\n    for x in xs:\n        print(x, file=f)\n        f.flush()\n", [4]),
    "flush after writelines": ("with open(p, 'a') as f:\n    for x in xs:\n        f.writelines(x)\n        f.flush()\n", [4]),
    "exclusive creation": ("with open(p, 'x') as f:\n    for x in xs:\n        f.write(x)\n        f.flush()\n", [4]),
    "mode by keyword": ("with open(p, mode='wb') as f:\n    for x in xs:\n        f.write(x)\n        f.flush()\n", [4]),
    "without with": ("f = open(p, 'w')\nfor x in xs:\n    f.write(x)\n    f.flush()\nf.close()\n", [4]),
    "io.open": ("import io\nwith io.open(p, 'w') as f:\n    for x in xs:\n        f.write(x)\n        f.flush()\n", [5]),
    "a path": (
        "from pathlib import Path\nwith Path(p).open('w') as f:\n    for x in xs:\n        f.write(x)\n        f.flush()\n",
        [5],
    ),
    "print with flush": ("with open(p, 'w') as f:\n    for x in xs:\n        print(x, file=f, flush=True)\n", [3]),
    "print with flush first": ("with open(p, 'w') as f:\n    for x in xs:\n        print(x, flush=True, file=f)\n", [3]),
    "no buffer": ("with open(p, 'wb', buffering=0) as f:\n    for x in xs:\n        f.write(x)\n", [3]),
    "no buffer by position": ("with open(p, 'wb', 0) as f:\n    for x in xs:\n        f.write(x)\n", [3]),
    "line by line": ("with open(p, 'w', buffering=1) as f:\n    for x in xs:\n        f.write(x)\n", [3]),
    "in a comprehension": ("with open(p, 'wb', buffering=0) as f:\n    n = sum(f.write(x) for x in xs)\n", [2]),
    "in a function": (
        "def g(p, xs):\n    with open(p, 'w') as f:\n        for x in xs:\n            f.write(x)\n            f.flush()\n",
        [5],
    ),
    "in a method": (
        "class A:\n    def g(self, xs):\n        f = open(self.p, 'w')\n        for x in xs:\n"
        "            f.write(x)\n            f.flush()\n",
        [6],
    ),
    "in a while loop": ("with open(p, 'w') as f:\n    while xs:\n        f.write(xs.pop())\n        f.flush()\n", [4]),
    "under a condition with its write": (
        "with open(p, 'w') as f:\n    for x in xs:\n        if x:\n            f.write(x)\n            f.flush()\n",
        [5],
    ),
    "nested loops": (
        "with open(p, 'w') as f:\n    for r in rs:\n        for x in r:\n            f.write(x)\n            f.flush()\n",
        [5],
    ),
    "a temporary file of the same name elsewhere": (
        "def a():\n    f = make()\n    f.flush()\ndef b(xs):\n    with open(p, 'w') as f:\n"
        "        for x in xs:\n            f.write(x)\n"
        "            f.flush()\n",
        [8],
    ),
    "in try": (
        "with open(p, 'w') as f:\n    for x in xs:\n        try:\n            f.write(x)\n"
        "            f.flush()\n        except OSError:\n"
        "            pass\n",
        [5],
    ),
}

GOOD = {
    "standard output": "for x in xs:\n    print(x, flush=True)\n",
    "standard output by name": "import sys\nfor x in xs:\n    sys.stdout.write(x)\n    sys.stdout.flush()\n",
    "once after the loop": "with open(p, 'w') as f:\n    for x in xs:\n        f.write(x)\n    f.flush()\n",
    "in the else of the loop": "with open(p, 'w') as f:\n    for x in xs:\n        f.write(x)\n    else:\n        f.flush()\n",
    "now and then": "with open(p, 'w') as f:\n    for i, x in enumerate(xs):\n        f.write(x)\n"
    "        if not i % 100:\n            f.flush()\n",
    "a loop of three": "with open(p, 'w') as f:\n    for x in ('a', 'b', 'c'):\n        f.write(x)\n        f.flush()\n",
    "a socket": "def g(sock, xs):\n    f = sock.makefile('w')\n    for x in xs:\n        f.write(x)\n        f.flush()\n",
    "not known to be a file": "def g(f, xs):\n    for x in xs:\n        f.write(x)\n        f.flush()\n",
    "in memory": "import io\nf = io.StringIO()\nfor x in xs:\n    f.write(x)\n    f.flush()\n",
    "it sleeps": "import time\nwith open(p, 'w') as f:\n    for x in xs:\n        f.write(x)\n"
    "        f.flush()\n        time.sleep(1)\n",
    "it reads from a process": "with open(p, 'wb') as f:\n    for l in proc.stdout:\n        f.write(l)\n        f.flush()\n",
    "it runs a process": (
        "import subprocess\nwith open(p, 'w') as f:\n    for c in cs:\n        f.write(str(c))\n"
        "        f.flush()\n        subprocess.run(c, stdout=f)\n"
    ),
    "durable on purpose": (
        "import os\nwith open(p, 'wb') as f:\n    for x in xs:\n        f.write(x)\n        f.flush()\n"
        "        os.fsync(f.fileno())\n"
    ),
    "async": "async def g(xs):\n    with open(p, 'w') as f:\n        async for x in xs:\n"
    "            f.write(x)\n            f.flush()\n",
    "it waits for a coroutine": (
        "async def g(xs):\n    with open(p, 'w') as f:\n        for x in xs:\n            f.write(await x)\n"
        "            f.flush()\n"
    ),
    "a new file in each turn": "for p in ps:\n    with open(p, 'w') as f:\n        f.write(p)\n        f.flush()\n",
    "with a buffer": "with open(p, 'wb', buffering=65536) as f:\n    for x in xs:\n        f.write(x)\n",
    "the default buffer": "with open(p, 'wb', -1) as f:\n    for x in xs:\n        f.write(x)\n",
    "read without a buffer": "with open(p, 'rb', buffering=0) as f:\n    for x in xs:\n        g.write(f.read(1))\n",
    "flush=False": "with open(p, 'w') as f:\n    for x in xs:\n        print(x, file=f, flush=False)\n",
    "one write without a loop": "with open(p, 'wb', buffering=0) as f:\n    f.write(b'x')\n",
    "left after the first": "with open(p, 'w') as f:\n    for x in xs:\n        f.write(x)\n        f.flush()\n        break\n",
    "a generator, which may be waited for": (
        "def g(xs):\n    with open(p, 'w') as f:\n        for x in xs:\n            f.write(x)\n"
        "            f.flush()\n            yield x\n"
    ),
    "another object's flush": "with open(p, 'w') as f:\n    for x in xs:\n        f.write(x)\n        session.flush()\n",
    "own print": "def print(*a, **k):\n    pass\nwith open(p, 'w') as f:\n    for x in xs:\n"
    "        print(x, file=f, flush=True)\n",
}

PEDANTIC = {
    "for line in lines: in a function": (
        ("def f(lines):\n    with open('f', 'w') as g:\n        for line in lines:\n            g.write(line)\n"),
        [3],
    ),
    "for line in lines:, case 2": ("def f(lines, g):\n    for line in lines:\n        g.write(line)\n", [2]),
    "for x in range(10):": ("with open('f', 'w') as g:\n    for x in range(10):\n        g.write(str(x))\n", [2]),
    "for line in [b'a', b'b']: g.write(line)": (
        ("from pathlib import Path\nwith Path('x').open('wb') as g:\n    for line in [b'a', b'b']: g.write(line)\n"),
        [3],
    ),
    "print(i, flush=True)": ("for i in range(10):\n    print(i, flush=True)\n", [2]),
    "for line in lines:, case 3": (
        ("def f(lines):\n    g = open('f', 'w')\n    for line in lines:\n        g.write(line + '\\n')\n"),
        [3],
    ),
    "sys.stdout.flush()": ("import sys\nfor x in range(10):\n    sys.stdout.write(str(x))\n    sys.stdout.flush()\n", [4]),
    "for a, b in d: in a function": ("def f(g, d):\n    for a, b in d:\n        g.write(f'{a} {b}')\n", [2]),
}
