"""GL502: requests that may wait for ever, and those that something limits."""

R = "import requests\n"
H = "import httpx\n"
A = "import aiohttp\n"
U = "from urllib.request import urlopen\n"

BAD = {
    "get": (R + "requests.get('https://example.org')\n", [2]),
    "post with data": (R + "requests.post(url, json=data)\n", [2]),
    "request": (R + "requests.request('GET', url)\n", [2]),
    "an alias of the module": ("import requests as r\nr.head(url)\n", [2]),
    "an imported function": ("from requests import get\nget(url)\n", [2]),
    "None": (R + "requests.get(url, timeout=None)\n", [2]),
    "a session": (R + "s = requests.Session()\ns.get(url)\n", [3]),
    "a session of a with": (R + "with requests.Session() as s:\n    s.put(url, data=b'x')\n", [3]),
    "a session of an instance": (
        R + "class A:\n    def __init__(self):\n        self.s = requests.Session()\n    def f(self):\n"
        "        return self.s.get('x')\n",
        [6],
    ),
    "an annotated session": (R + "def f(s: requests.Session):\n    return s.get(URL)\n", [3]),
    "urlopen": (U + "urlopen(url)\n", [2]),
    "urlopen with data": (U + "urlopen(url, data)\n", [2]),
    "urlopen by its module": ("import urllib.request\nurllib.request.urlopen(url)\n", [2]),
    "urlopen by its package": ("from urllib import request\nbody = request.urlopen(request.Request(url)).read()\n", [2]),
    "httpx without its limit": (H + "httpx.get(url, timeout=None)\n", [2]),
    "a client without its limit": (H + "with httpx.Client() as c:\n    c.get(url, timeout=None)\n", [3]),
    "an asynchronous client": (
        H + "async def f():\n    async with httpx.AsyncClient() as c:\n        await c.get(url, timeout=None)\n",
        [4],
    ),
    "aiohttp without its limit": (
        A + "async def f():\n    async with aiohttp.ClientSession() as s:\n        s.get(url, timeout=None)\n",
        [4],
    ),
    "a client without a limit of its own": (H + "c = httpx.Client(timeout=None)\n", [2]),
    "a stream": (H + "with httpx.stream('GET', url, timeout=None) as r:\n    use(r)\n", [2]),
    "in a comprehension": (R + "x = [requests.get(u) for u in urls]\n", [2]),
    "in a lambda": (R + "f = lambda u: requests.get(u).text\n", [2]),
    "over several lines": (R + "requests.get(\n    url,\n    headers=h,\n)\n", [2]),
    "two": (R + "requests.get(a)\nrequests.delete(a)\n", [2, 3]),
    "in a decorated method": (
        R + "class A:\n    @property\n    def x(self):\n        return requests.get(self.u).json()\n",
        [5],
    ),
    "a walrus": (R + "if (r := requests.get(url)).ok:\n    use(r)\n", [2]),
}

PEDANTIC = {
    "a host of a closed network": (R + "requests.get('http://store:8000/x')\n", [2]),
}

GOOD = {
    "a limit": R + "requests.get(url, timeout=5)\n",
    "two limits": R + "requests.get(url, timeout=(3, 27))\n",
    "a limit with a name": R + "requests.get(url, timeout=LIMIT)\n",
    "keywords from elsewhere": R + "requests.get(url, **options)\n",
    "arguments from elsewhere": R + "requests.get(*arguments)\n",
    "urlopen with its third argument": U + "urlopen(url, None, 5)\n",
    "urlopen with a limit": U + "urlopen(url, timeout=5)\n",
    "a limit for all sockets": "import socket\n" + U + "socket.setdefaulttimeout(5)\nurlopen(url)\n",
    "httpx has one": H + "httpx.get(url)\n",
    "a client has one": H + "with httpx.Client() as c:\n    c.get(url)\n",
    "aiohttp has one": A + "async def f():\n    async with aiohttp.ClientSession() as s:\n        s.get(url)\n",
    "get of a dictionary": R + "d = {}\nd.get(url)\n",
    "get of what is not known": R + "def f(s):\n    s.get(url)\n",
    "an argument called requests": "def f(requests):\n    requests.get(url)\n",
    "urlopen of this file": "def urlopen(u):\n    pass\nurlopen(url)\n",
    "a session that is made": R + "s = requests.Session()\n",
    "a session or something else": R + "s = requests.Session()\ns = other()\ns.get(url)\n",
    "an exception": R + "try:\n    f()\nexcept requests.Timeout:\n    pass\n",
    "a request that is only prepared": R + "r = requests.Request('GET', url).prepare()\n",
    "a method of the same name": R + "class A:\n    def get(self, u):\n        pass\nA().get(url)\n",
    "codes": R + "requests.codes.get('ok')\n",
    "a mock": "from unittest import mock\nrequests = mock.Mock()\nrequests.get(url)\n",
}
