"""GL508: downloads that are held before they are written, and those that are not, or are needed as a whole."""

R = "import requests\n"
U = "from urllib.request import urlopen\n"
W = "with open(p, 'wb') as f:\n    "

BAD = {
    "content": (R + "r = requests.get(zip_url)\n" + W + "f.write(r.content)\n", [4]),
    "content at once": (R + W + "f.write(requests.get(zip_url).content)\n", [3]),
    "content with a name": (R + "body = requests.get(zip_url).content\n" + W + "f.write(body)\n", [4]),
    "in two steps": (R + "r = requests.get(zip_url)\nbody = r.content\n" + W + "f.write(body)\n", [5]),
    "the state is asked first": (
        R + "r = requests.get(zip_url)\nr.raise_for_status()\nif r.status_code == 200:\n    with open(p, 'wb') as f:\n"
        "        f.write(r.content)\n",
        [6],
    ),
    "the answer itself is asked first": (
        R + "r = requests.get(zip_url)\nif r:\n    with open(p, 'wb') as f:\n        f.write(r.content)\n",
        [5],
    ),
    "an open file": (R + "r = requests.get(zip_url)\nf = open(p, 'wb')\nf.write(r.content)\nf.close()\n", [4]),
    "a file without a name": (R + "open(p, 'wb').write(requests.get(zip_url).content)\n", [2]),
    "write_bytes": ("from pathlib import Path\n" + R + "Path(p).write_bytes(requests.get(zip_url).content)\n", [3]),
    "write_bytes of an argument": (R + "def f(p, u):\n    p.write_bytes(requests.get(zip_url).content)\n", [3]),
    "a path": (
        "from pathlib import Path\n" + R + "with Path(p).open('wb') as f:\n    f.write(requests.get(zip_url).content)\n",
        [4],
    ),
    "a session": (R + "s = requests.Session()\nr = s.get(zip_url)\n" + W + "f.write(r.content)\n", [5]),
    "urlopen": (U + W + "f.write(urlopen(zip_url).read())\n", [3]),
    "urlopen in a with": (U + "with urlopen(zip_url) as r:\n    with open(p, 'wb') as f:\n        f.write(r.read())\n", [4]),
    "two in one with": (U + "with urlopen(zip_url) as r, open(p, 'wb') as f:\n    f.write(r.read())\n", [3]),
    "urlopen by its module": (
        "import urllib.request\ndata = urllib.request.urlopen(zip_url).read()\n" + W + "f.write(data)\n",
        [4],
    ),
    "httpx": ("import httpx\nr = httpx.get(zip_url)\n" + W + "f.write(r.content)\n", [4]),
    "an asynchronous client": (
        "import httpx\nasync def f():\n    async with httpx.AsyncClient() as c:\n        r = await c.get(zip_url)\n"
        "        with open(p, 'wb') as o:\n            o.write(r.content)\n",
        [6],
    ),
    "aiohttp": (
        "import aiohttp\nasync def f():\n    async with aiohttp.ClientSession() as s:\n"
        "        async with s.get(zip_url) as r:\n            with open(p, 'wb') as o:\n"
        "                o.write(await r.read())\n",
        [6],
    ),
    "an annotated session": (
        R + "def f(s: requests.Session, p):\n    with open(p, 'wb') as o:\n        o.write(s.get(zip_url).content)\n",
        [4],
    ),
    "in a loop": (
        R + "for zip_url in urls:\n    r = requests.get(zip_url)\n    with open(name(zip_url), 'wb') as f:\n"
        "        f.write(r.content)\n",
        [5],
    ),
    "a temporary file": (
        "import tempfile\n" + R + "with tempfile.NamedTemporaryFile() as f:\n    f.write(requests.get(zip_url).content)\n",
        [4],
    ),
    "posted": (R + "r = requests.post(zip_url, data=d)\n" + W + "f.write(r.content)\n", [4]),
}

PEDANTIC = {
    "nothing says that it is large": (R + "r = requests.get(u)\nwith open(p, 'wb') as f:\n    f.write(r.content)\n", [4]),
    "a page": (R + "r = requests.get(u)\nwith open('data.html', 'wb') as f:\n    f.write(r.content)\n", [4]),
    "an image": (R + "r = requests.get(image_url)\n" + W + "f.write(r.content)\n", [4]),
    "a picture by its name": (R + "r = requests.get(u)\nwith open('a.png', 'wb') as f:\n    f.write(r.content)\n", [4]),
}

GOOD = {
    "in pieces": R + "with requests.get(u, stream=True) as r:\n    with open(p, 'wb') as f:\n"
    "        for c in r.iter_content(65536):\n            f.write(c)\n",
    "copied": "import shutil\n" + U + "with urlopen(u) as r, open(p, 'wb') as f:\n    shutil.copyfileobj(r, f)\n",
    "hashed too": R + "r = requests.get(u)\ncheck(r.content)\n" + W + "f.write(r.content)\n",
    "returned too": R
    + "def f():\n    r = requests.get(u)\n    with open(p, 'wb') as o:\n        o.write(r.content)\n    return r\n",
    "its name is used again": R + "body = requests.get(u).content\n" + W + "f.write(body)\nprint(len(body))\n",
    "text": R + "r = requests.get(u)\nwith open(p, 'w') as f:\n    f.write(r.text)\n",
    "parsed": R + "x = requests.get(u).json()\n" + W + "f.write(dump(x))\n",
    "into memory": "import io\n" + R + "b = io.BytesIO()\nb.write(requests.get(u).content)\n",
    "to a socket": R + "def f(out):\n    out.write(requests.get(u).content)\n",
    "a part": R + "r = requests.get(u)\n" + W + "f.write(r.content[:100])\n",
    "unpacked": "import gzip\n" + R + "r = requests.get(u)\n" + W + "f.write(gzip.decompress(r.content))\n",
    "a limit": U + "with urlopen(u) as r, open(p, 'wb') as f:\n    f.write(r.read(100))\n",
    "a file read": R + "with open(a, 'rb') as r, open(p, 'wb') as f:\n    f.write(r.read())\n",
    "content of something else": R + "r = page()\n" + W + "f.write(r.content)\n",
    "one of two": R + "r = requests.get(u)\nr = page()\n" + W + "f.write(r.content)\n",
    "with several arguments": R + "f.write(requests.get(u).content, 3)\n",
    "a write of this file": R + "def write(b):\n    pass\nwrite(requests.get(u).content)\n",
    "the session is closed": R + "s = requests.Session()\ns.close()\n",
    "only the head": R + "r = requests.head(u)\n" + W + "f.write(str(r.headers).encode())\n",
    "to standard output": "import sys\n" + R + "sys.stdout.buffer.write(requests.get(u).content)\n",
    "the body goes elsewhere": R + "r = requests.get(u)\nsend(r.content)\n",
    "an argument": R + "def f(r, p):\n    p.open('wb').write(r)\n",
}
