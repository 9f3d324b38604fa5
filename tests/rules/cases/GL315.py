"""Texts that GL315 must and must not report."""

_TWO = "with open(a, 'rb') as s, open(b, 'wb') as t:\n"

BAD = {
    "in one statement": (_TWO + "    t.write(s.read())\n", [2]),
    "through a name": (_TWO + "    x = s.read()\n    t.write(x)\n", [2]),
    "nested with": ("with open(a, 'rb') as s:\n    with open(b, 'wb') as t:\n        t.write(s.read())\n", [3]),
    "one after the other": ("with open(a, 'rb') as s:\n    x = s.read()\nwith open(b, 'wb') as t:\n    t.write(x)\n", [2]),
    "text": ("with open(a) as s, open(b, 'w') as t:\n    t.write(s.read())\n", [2]),
    "text of one encoding": (
        "with open(a, encoding='utf-8') as s, open(b, 'w', encoding='utf-8') as t:\n    t.write(s.read())\n",
        [2],
    ),
    "a new file": ("with open(a, 'rb') as s, open(b, 'xb') as t:\n    t.write(s.read())\n", [2]),
    "mode by keyword": ("with open(a, mode='rb') as s, open(b, mode='wb') as t:\n    t.write(s.read())\n", [2]),
    "without with": ("s = open(a, 'rb')\nt = open(b, 'wb')\nt.write(s.read())\n", [3]),
    "chained": ("open(b, 'wb').write(open(a, 'rb').read())\n", [1]),
    "a chained source": ("with open(b, 'wb') as t:\n    t.write(open(a, 'rb').read())\n", [2]),
    "io.open": ("import io\nwith io.open(a, 'rb') as s, io.open(b, 'wb') as t:\n    t.write(s.read())\n", [3]),
    "bytes of a path": ("from pathlib import Path\nPath(b).write_bytes(Path(a).read_bytes())\n", [2]),
    "text of a path": ("from pathlib import Path\nPath(b).write_text(Path(a).read_text())\n", [2]),
    "paths of a signature": ("from pathlib import Path\ndef f(a: Path, b: Path):\n    b.write_bytes(a.read_bytes())\n", [3]),
    "a path through a name": ("from pathlib import Path\nx = Path(a).read_bytes()\n(Path(b) / 'c').write_bytes(x)\n", [2]),
    "an opened path": (
        "from pathlib import Path\nwith Path(a).open('rb') as s, Path(b).open('wb') as t:\n    t.write(s.read())\n",
        [3],
    ),
    "in a loop": ("for a, b in ps:\n    with open(a, 'rb') as s, open(b, 'wb') as t:\n        t.write(s.read())\n", [3]),
    "in a function": (
        "def f(a, b):\n    with open(a, 'rb') as s, open(b, 'wb') as t:\n        return t.write(s.read())\n",
        [3],
    ),
    "in async code": ("async def f(a, b):\n    with open(a, 'rb') as s, open(b, 'wb') as t:\n        t.write(s.read())\n", [3]),
    "in try": (_TWO + "    try:\n        t.write(s.read())\n    finally:\n        pass\n", [3]),
}

PEDANTIC = {
    "line by line": ("with open(a) as s, open(b, 'w') as t:\n    for line in s:\n        t.write(line)\n", [3]),
    "all lines": ("with open(a) as s, open(b, 'w') as t:\n    t.writelines(s)\n", [2]),
    "in chunks": (_TWO + "    while x := s.read(65536):\n        t.write(x)\n", [3]),
    "in chunks of an iterator": (_TWO + "    for x in iter(lambda: s.read(4096), b''):\n        t.write(x)\n", [3]),
    "until it is empty": (
        _TWO + "    while True:\n        x = s.read(9999)\n        if not x:\n            break\n        t.write(x)\n",
        [6],
    ),
}

GOOD = {
    "without the first line": "with open(a) as s, open(b, 'w') as t:\n    next(s)\n    for x in s:\n        t.write(x)\n",
    "behind a head": "with open(a) as s, open(b, 'w') as t:\n    t.write('head')\n    for x in s:\n        t.write(x)\n",
    "lines that are changed": "with open(a) as s, open(b, 'w') as t:\n    for x in s:\n        t.write(x.strip())\n",
    "lines that are counted": "with open(a) as s, open(b, 'w') as t:\n    for x in s:\n        t.write(x)\n        n += 1\n",
    "lines of a list": "with open(b, 'w') as t:\n    for x in rows:\n        t.write(x)\n",
    "chunks that are hashed": _TWO + "    while x := s.read(65536):\n        h.update(x)\n        t.write(x)\n",
    "copyfile": "import shutil\nshutil.copyfile(a, b)\n",
    "in chunks": _TWO + "    while x := s.read(65536):\n        t.write(x)\n",
    "only the start": _TWO + "    t.write(s.read(99))\n",
    "changed": "with open(a) as s, open(b, 'w') as t:\n    t.write(s.read().upper())\n",
    "with more": _TWO + "    t.write(b'x' + s.read())\n",
    "used twice": _TWO + "    x = s.read()\n    t.write(x)\n    return_ = len(x)\n",
    "appended": "with open(a, 'rb') as s, open(b, 'ab') as t:\n    t.write(s.read())\n",
    "packed": "import gzip\nwith open(a, 'rb') as s, gzip.open(b, 'wb') as t:\n    t.write(s.read())\n",
    "unpacked": "import gzip\nwith gzip.open(a, 'rb') as s, open(b, 'wb') as t:\n    t.write(s.read())\n",
    "another encoding": "with open(a, encoding='latin-1') as s, open(b, 'w', encoding='utf-8') as t:\n    t.write(s.read())\n",
    "another line end": "with open(a) as s, open(b, 'w', newline='\\n') as t:\n    t.write(s.read())\n",
    "text as bytes": "with open(a) as s, open(b, 'wb') as t:\n    t.write(s.read().encode())\n",
    "a response": "with open(b, 'wb') as t:\n    t.write(response.read())\n",
    "to something unknown": "def f(t):\n    with open(a, 'rb') as s:\n        t.write(s.read())\n",
    "to standard output": "import sys\nwith open(a) as s:\n    sys.stdout.write(s.read())\n",
    "to memory": "import io\nt = io.BytesIO()\nwith open(a, 'rb') as s:\n    t.write(s.read())\n",
    "from /proc": "with open('/proc/stat', 'rb') as s, open(b, 'wb') as t:\n    t.write(s.read())\n",
    "the same file": "with open(a, 'r+') as s:\n    s.write(s.read())\n",
    "into an archive": "import zipfile\nwith open(a, 'rb') as s, zipfile.ZipFile(b, 'w') as t:\n"
    "    t.writestr('a', s.read())\n",
    "printed": "with open(a) as s, open(b, 'w') as t:\n    print(s.read(), file=t)\n",
    "text of a path as bytes": "from pathlib import Path\nPath(b).write_bytes(Path(a).read_text().encode())\n",
    "after a read of the head": "with open(a, 'rb') as s, open(b, 'wb') as t:\n    t.write(head(s.read()))\n",
}
