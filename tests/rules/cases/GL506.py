"""GL506: clients that refuse compression."""

R = "import requests\n"

BAD = {
    "JSON": (R + "H = {'Accept': 'application/json', 'Accept-Encoding': 'identity'}\n", [2]),
    "in the call": (R + "requests.get(u, headers={'Accept-Encoding': 'identity', 'Accept': 'text/html'})\n", [2]),
    "lower case": ("import httpx\nH = {'accept': 'text/xml', 'accept-encoding': 'identity'}\n", [2]),
    "a session": (
        "import aiohttp\n"
        "s = aiohttp.ClientSession(headers={'Content-Type': 'application/json', 'Accept-Encoding': 'identity'})\n",
        [2],
    ),
    "empty": (R + "H = {'Accept': 'text/html', 'Accept-Encoding': ''}\n", [2]),
    "none": ("import urllib3\nH = {'Accept': 'text/html', 'Accept-Encoding': 'none'}\n", [2]),
    "in a function": (R + "def headers():\n    return {'Accept-Encoding': 'identity', 'Accept': 'application/json'}\n", [3]),
    "over several lines": (R + "H = {\n    'Accept': 'application/json',\n    'Accept-Encoding': 'identity',\n}\n", [4]),
    "double quotes": (R + 'H = {"Accept": "application/json", "Accept-Encoding": "identity"}\n', [2]),
    "in an update": (
        R + "s = requests.Session()\ns.headers.update({'Accept': 'text/plain', 'Accept-Encoding': 'identity'})\n",
        [3],
    ),
}

PEDANTIC = {
    "a client that does not unpack": ("import http.client\nH = {'Accept': 'text/html', 'Accept-Encoding': 'identity'}\n", [2]),
    "the kind is not said": (R + "H = {'Accept-Encoding': 'identity'}\n", [2]),
    "an item": (R + "headers['Accept-Encoding'] = 'identity'\n", [2]),
    "urlopen": ("from urllib.request import urlopen\nurlopen(u, timeout=3)\n", [2]),
    "urlopen in a file that knows gzip elsewhere": (
        "import gzip\nfrom urllib.request import urlopen\ndef load(url):\n    return urlopen(url).read()\n"
        "def store(data):\n    return gzip.compress(data)\n",
        [4],
    ),
    "http.client": (
        "import http.client\nc = http.client.HTTPConnection(host)\n"
        "c.request('GET', '/orders', headers={'Accept': 'text/html'})\n",
        [3],
    ),
    "http.client of an object": (
        "from http.client import HTTPSConnection\nclass A:\n    def __init__(self):\n"
        "        self.c = HTTPSConnection('a.org')\n    def f(self):\n        self.c.request('GET', '/orders')\n",
        [6],
    ),
    "aiohttp that does not unpack": ("import aiohttp\ns = aiohttp.ClientSession(auto_decompress=False)\n", [2]),
    "no header at all, which lets urllib3 refuse": (R + "s.headers['Accept-Encoding'] = None\n", [2]),
}

GOOD = {
    "gzip": R + "H = {'Accept': 'text/html', 'Accept-Encoding': 'gzip'}\n",
    "nothing": R + "H = {'Accept': 'text/html'}\n",
    "a part": R + "H = {'Accept': 'text/html', 'Accept-Encoding': 'identity', 'Range': 'bytes=0-9'}\n",
    "a stream": R + "requests.get(u, headers={'Accept': 'text/html', 'Accept-Encoding': 'identity'}, stream=True)\n",
    "a length": R + "def f():\n    h = {'Accept': 'text/html', 'Accept-Encoding': 'identity'}\n"
    "    return requests.head(u, headers=h).headers['Content-Length']\n",
    "no client": "H = {'Accept': 'text/html', 'Accept-Encoding': 'identity'}\n",
    "a value from elsewhere": R + "H = {'Accept': 'text/html', 'Accept-Encoding': encoding}\n",
    "another header": R + "H = {'Accept': 'text/html', 'Content-Encoding': 'identity'}\n",
    "a key from elsewhere": R + "H = {**base, key: 'identity'}\n",
    "an item of something else": R + "options['Accept-Encoding'] = 'identity'\n",
    "http.client that asks": "import http.client\nc = http.client.HTTPConnection(host)\n"
    "c.request('GET', '/a', headers={'Accept-Encoding': 'gzip'})\n",
    "http.client that sends": "import http.client\nc = http.client.HTTPConnection(host)\nc.request('POST', '/a', body)\n",
    "aiohttp": "import aiohttp\ns = aiohttp.ClientSession(auto_decompress=True)\n",
    "urlopen of a request that asks": "from urllib.request import Request, urlopen\n"
    "def f(url):\n    return urlopen(Request(url, headers={'Accept-Encoding': 'gzip'}))\n",
}
