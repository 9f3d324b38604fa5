"""Texts that GL314 must and must not report."""

_OPEN = "import hashlib\nwith open(p, 'rb') as f:\n"

BAD = {
    "in the call": (_OPEN + "    d = hashlib.sha256(f.read()).hexdigest()\n", [3]),
    "without with": ("import hashlib\nd = hashlib.md5(open(p, 'rb').read())\n", [2]),
    "imported function": ("from hashlib import sha1 as s\nwith open(p, 'rb') as f:\n    d = s(f.read()).hexdigest()\n", [3]),
    "alias of the module": ("import hashlib as h\nwith open(p, 'rb') as f:\n    d = h.blake2b(f.read())\n", [3]),
    "a hash by its name": (_OPEN + "    d = hashlib.new('md5', f.read()).hexdigest()\n", [3]),
    "a hash by its name and a name": (_OPEN + "    b = f.read()\nh = hashlib.new(kind, b)\n", [3]),
    "a keyed hash": ("import hmac\nwith open(p, 'rb') as f:\n    d = hmac.new(key, f.read(), 'sha1').digest()\n", [3]),
    "through a name": (_OPEN + "    b = f.read()\nd = hashlib.sha512(b).hexdigest()\n", [3]),
    "update": (_OPEN + "    h = hashlib.sha256()\n    h.update(f.read())\n", [4]),
    "update in a loop over files": (
        "import hashlib as h\nx = h.sha256()\nfor p in ps:\n    with open(p, 'rb') as f:\n        x.update(f.read())\n",
        [5],
    ),
    "hash by name": ("import hashlib\nh = hashlib.new('md5')\nwith open(p, 'rb') as f:\n    h.update(f.read())\n", [4]),
    "crc32": ("import zlib\nn = zlib.crc32(open(p, 'rb').read())\n", [2]),
    "adler32": ("import zlib\nwith open(p, 'rb') as f:\n    n = zlib.adler32(f.read())\n", [3]),
    "crc32 of binascii": ("from binascii import crc32\nwith open(p, 'rb') as f:\n    n = crc32(f.read())\n", [3]),
    "a path": ("import hashlib\nfrom pathlib import Path\nd = hashlib.md5(Path(p).read_bytes())\n", [3]),
    "a path by annotation": (
        "import hashlib\nfrom pathlib import Path\ndef f(p: Path):\n    return hashlib.md5(p.read_bytes())\n",
        [4],
    ),
    "a joined path": ("import hashlib\nfrom pathlib import Path\nd = hashlib.md5((Path(p) / 'a').read_bytes())\n", [3]),
    "a file of the signature": (
        "import hashlib\nfrom typing import BinaryIO\ndef f(x: BinaryIO):\n    return hashlib.md5(x.read())\n",
        [4],
    ),
    "not for security": (_OPEN + "    d = hashlib.md5(f.read(), usedforsecurity=False)\n", [3]),
    "a packed file": ("import gzip, hashlib\nwith gzip.open(p) as f:\n    d = hashlib.md5(f.read())\n", [3]),
    "in a function": (
        "import hashlib\ndef g(p):\n    with open(p, 'rb') as f:\n        return hashlib.sha1(f.read()).digest()\n",
        [4],
    ),
    "in a comprehension": ("import hashlib\nd = [hashlib.sha1(open(p, 'rb').read()).digest() for p in ps]\n", [2]),
    "in a lambda": ("import hashlib\ng = lambda p: hashlib.sha1(open(p, 'rb').read()).digest()\n", [2]),
    "in a method": (
        "import hashlib\nclass A:\n    def g(self):\n        h = hashlib.sha1()\n        with open(self.p, 'rb') as f:\n"
        "            h.update(f.read())\n        return h\n",
        [6],
    ),
    "in try": (_OPEN + "    try:\n        d = hashlib.sha1(f.read())\n    finally:\n        pass\n", [4]),
}

GOOD = {
    "the key of a keyed hash": "import hmac\nwith open(p, 'rb') as f:\n    d = hmac.new(f.read(), text, 'sha1')\n",
    "the name of a hash": "import hashlib\nwith open(p) as f:\n    h = hashlib.new(f.read())\n",
    "file_digest": _OPEN + "    d = hashlib.file_digest(f, 'md5')\n",
    "in chunks": _OPEN + "    h = hashlib.md5()\n    while b := f.read(65536):\n        h.update(b)\n",
    "only the start": _OPEN + "    d = hashlib.md5(f.read(1024))\n",
    "with more before it": _OPEN + "    d = hashlib.md5(b'x' + f.read())\n",
    "needed as well": _OPEN + "    b = f.read()\nd = hashlib.md5(b)\nsend(b)\n",
    "needed as well, later": _OPEN + "    b = f.read()\nd = hashlib.md5(b)\ndef g():\n    return b\n",
    "text that is encoded": "import hashlib\nwith open(p) as f:\n    d = hashlib.md5(f.read().encode())\n",
    "below /proc": "import hashlib\nd = hashlib.md5(open('/proc/cpuinfo', 'rb').read())\n",
    "below /etc": "import hashlib\nfrom pathlib import Path\nd = hashlib.md5(Path('/etc/hosts').read_bytes())\n",
    "in memory": "import hashlib, io\nd = hashlib.md5(io.BytesIO(b).read())\n",
    "of unknown kind": "import hashlib\ndef f(x):\n    return hashlib.md5(x.read())\n",
    "a response": "import hashlib\nd = hashlib.md5(urlopen(u).read())\n",
    "update of a dict": "import hashlib\nd = {}\nwith open(p, 'rb') as f:\n    d.update(f.read())\n",
    "update of something unknown": "import hashlib\ndef g(h):\n    with open(p, 'rb') as f:\n        h.update(f.read())\n",
    "another function": _OPEN + "    d = digest(f.read())\n",
    "own hash": "def md5(b):\n    return b\nimport zlib\nwith open(p, 'rb') as f:\n    d = md5(f.read())\n",
    "two arguments": "import zlib\nwith open(p, 'rb') as f:\n    d = zlib.crc32(f.read(), 1)\n",
    "lines, which GL301 is about": "import hashlib\nfor l in open(p).read().splitlines():\n    use(l)\n",
    "read in a loop, hashed outside": "import hashlib\nfor p in ps:\n    b = open(p, 'rb').read()\nd = hashlib.md5(b)\n",
    "opened for both": "import hashlib\nwith open(p, 'rb+') as f:\n    d = hashlib.md5(f.read())\n",
    "text of a path": "import hashlib\nfrom pathlib import Path\nd = hashlib.md5(Path(p).read_text().encode())\n",
}
