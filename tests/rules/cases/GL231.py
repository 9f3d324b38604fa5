"""Bytes that a loop cuts the front off, and other slices."""

from marks import marked

W = "    while data:\n        use(data[:4])\n        data = data[4:]\n"

BAD = {
    "an argument": ("def f(data: bytes):\n" + W, [4]),
    "an array of bytes": ("def f(data: bytearray):\n" + W, [4]),
    "optional bytes": ("def f(data: bytes | None):\n" + W, [4]),
    "a quoted annotation": ("def f(data: 'bytes'):\n" + W, [4]),
    "an encoded text": ("def f(s: str):\n    data = s.encode()\n" + W, [5]),
    "a file read as bytes": ("def f(p):\n    with open(p, 'rb') as g:\n        data = g.read()\n" + W, [6]),
    "a path read as bytes": ("from pathlib import Path\ndef f(p):\n    data = Path(p).read_bytes()\n" + W, [6]),
    "what a socket received": ("def f(sock):\n    data = sock.recv(65536)\n" + W, [5]),
    "unpacked data": ("import zlib\ndef f(z):\n    data = zlib.decompress(z)\n" + W, [6]),
    "by length": ("def f(data: bytes):\n    while len(data) > 4:\n        use(data[:4])\n        data = data[4:]\n", [4]),
    "for ever": (
        "def f(data: bytes):\n    while True:\n        if not data:\n            break\n        data = data[4:]\n",
        [5],
    ),
    "head and rest at once": (
        "def f(data: bytes):\n    while data:\n        head, data = data[:4], data[4:]\n        use(head)\n",
        [3],
    ),
    "in a for loop": (
        "def f(data: bytes, fields):\n    for field in fields:\n        use(field.read(data))\n"
        "        data = data[field.size:]\n",
        [4],
    ),
    "by a computed length": (
        "def f(data: bytes):\n    while data:\n        n = data[0] + 1\n        use(data[1:n])\n        data = data[n:]\n",
        [5],
    ),
    "an attribute": (
        "class A:\n    def __init__(self, p):\n        self.buf = bytes(p)\n    def f(self):\n"
        "        while self.buf:\n            use(self.buf[0])\n            self.buf = self.buf[1:]\n",
        [7],
    ),
    "a buffer that also grows": (
        "def f(sock):\n    data = b''\n    while True:\n        data += sock.recv(4096)\n"
        "        while len(data) > 9:\n            use(data[:9])\n            data = data[9:]\n",
        [7],
    ),
    "a generator": ("def f(data: bytes):\n    while data:\n        yield data[:4]\n        data = data[4:]\n", [4]),
    "in a coroutine": (
        "async def f(data: bytes, out):\n    while data:\n        n = await out.send(data)\n        data = data[n:]\n",
        [4],
    ),
    "in a branch of the loop": (
        "def f(data: bytes):\n    while data:\n        if data[0]:\n            data = data[1:]\n"
        "        else:\n            data = data[2:]\n",
        [4, 6],
    ),
    "bytes from an integer": ("def f(n: int):\n    data = n.to_bytes(9999, 'big')\n" + W, [5]),
    "under try": (
        "def f(data: bytes):\n    while data:\n        try:\n            use(data[:4])\n        finally:\n"
        "            data = data[4:]\n",
        [6],
    ),
}

PEDANTIC = {
    "of unknown kind": ("def f(data):\n" + W, [4]),
    "anew in each turn": (
        "def f(sock, n):\n    while n:\n        buf = sock.recv(9)\n        buf = buf[4:]\n        n -= use(buf)\n",
        [],
    ),
    "a piece": ("def f(data: bytes):\n    for i in range(0, len(data), 4):\n        use(data[i:i + 4])\n", [3]),
}

GOOD = {
    "a view": "def f(data: bytes):\n    data = memoryview(data)\n" + W,
    "a view of another name": "def f(raw: bytes):\n    data = memoryview(raw)\n" + W,
    "text": "def f(data: str):\n" + W,
    "a list": "def f(data: list):\n" + W,
    "a list by its value": "def f(xs):\n    data = list(xs)\n" + W,
    "split text": "def f(s):\n    data = str(s).split()\n" + W,
    "no loop": "def f(data: bytes):\n    data = data[4:]\n    return data\n",
    "an index that moves on": "import struct\ndef f(data: bytes):\n    i = 0\n    while i < len(data):\n"
    "        use(struct.unpack_from('>I', data, i))\n        i += 4\n",
    "keeps a window": "def f(data: bytes, more):\n    for x in more:\n        data += x\n        data = data[-9:]\n",
    "cuts the end off": "def f(data: bytes):\n    while data:\n        data = data[:-1]\n",
    "left at once": "def f(data: bytes):\n    while data:\n        data = data[4:]\n        break\n",
    "another name": "def f(data: bytes, ns):\n    for n in ns:\n        rest = data[n:]\n        use(rest)\n",
    "a step": "def f(data: bytes, n):\n    while n:\n        data = data[1::2]\n        n -= 1\n",
    "a short loop": "def f(data: bytes):\n    for n in (1, 2, 3):\n        use(data[:n])\n        data = data[n:]\n",
    "a number of turns": "def f(data: bytes):\n    for _ in range(3):\n        data = data[4:]\n    return data\n",
    "a name that says nothing": "def f(words):\n    while words:\n        words = words[1:]\n",
    "the rest of an argument list": "import sys\ndef f():\n    args = sys.argv\n    while args:\n        args = args[1:]\n",
    "a deque of pieces": "def f(parts):\n    while parts:\n        use(parts.popleft())\n",
    "in the function, not in the loop": "def f(xs):\n    for x in xs:\n        def g(data: bytes):\n"
    "            data = data[1:]\n"
    "            return data\n        use(g)\n",
    "deleted from the front": "def f(data: bytearray):\n    while data:\n        del data[:4]\n",
    "a tuple": "def f(data: tuple):\n" + W,
    "a frame": "import pandas as pd\ndef f(p):\n    data = pd.DataFrame(p)\n    data = data[4:]\n    return data\n",
}

PROBABLE = r"""
import requests, gzip, io
from urllib.request import urlopen

def a(url):
    page = requests.get(url).content
    while page:
        page = page[10:]  # !

def b(path):
    with gzip.open(path) as fh:
        text = fh.read()
    while text:
        text = text[10:]  # !

def c(thing):
    while b"\n" in thing:
        i = thing.index(b"\n")
        thing = thing[i + 1:]  # !

def d(thing):
    while thing[:2] == b"ab":
        thing = thing[2:]  # !

def e(items):
    while items:
        items = items[2:]

def g(text):
    while text.startswith("x"):
        text = text[1:]

class P:
    def feed(self, new):
        self.pending += new
        while b"\r\n" in self.pending:
            i = self.pending.find(b"\r\n")
            self.pending = self.pending[i + 2:]  # !

def h(url):
    page = urlopen(url).read()
    out = []
    for i in range(0, len(page), 16):
        out.append(page[i:i + 16])  # !
    return out

def i(url):
    page = urlopen(url).read()
    return [page[i:i + 16] for i in range(0, len(page), 16)]  # !
"""

PEDANTIC |= marked({"used like bytes": PROBABLE})

BAD |= {
    "a stream": (
        "async def f(reader):\n    header = await reader.readexactly(8192)\n    while header:\n        header = header[2:]\n",
        [4],
    ),
}

SILENT = {
    "a line of each turn": "def f(file):\n    while True:\n        s = file.readline()\n        if s.startswith(b'x'):\n"
    "            use(s[1:])\n",
}
