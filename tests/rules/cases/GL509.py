"""GL509: clients that close their connections."""

R = "import requests\ns = requests.Session()\n"
A = "import aiohttp\n"
H = "import httpx\n"

BAD = {
    "an item": (R + "s.headers['Connection'] = 'close'\n", [3]),
    "lower case": (R + "s.headers['connection'] = 'Close'\n", [3]),
    "an update": (R + "s.headers.update({'Connection': 'close'})\n", [3]),
    "a client": (H + "c = httpx.Client(headers={'Connection': 'close'})\n", [2]),
    "a session": (A + "s = aiohttp.ClientSession(headers={'User-Agent': 'x', 'Connection': 'close'})\n", [2]),
    "force_close": (A + "c = aiohttp.TCPConnector(force_close=True)\n", [2]),
    "force_close by its name": ("from aiohttp import TCPConnector\nc = TCPConnector(ssl=False, force_close=True)\n", [2]),
    "of an instance": (
        "import requests\nclass A:\n    def __init__(self):\n        self.s = requests.Session()\n"
        "        self.s.headers['Connection'] = 'close'\n",
        [5],
    ),
    "limits": (H + "c = httpx.Client(limits=httpx.Limits(max_keepalive_connections=0))\n", [2]),
    "a socket of the system": (A + "c = aiohttp.UnixConnector(path=p, force_close=True)\n", [2]),
    "kept for no time": (A + "c = aiohttp.TCPConnector(keepalive_timeout=0)\n", [2]),
    "kept for no time by httpx": (H + "c = httpx.Client(limits=httpx.Limits(keepalive_expiry=0.0))\n", [2]),
}

PEDANTIC = {
    "one call": ("import requests\nrequests.get(u, headers={'Connection': 'close'})\n", [2]),
    "a dictionary": ("import requests\nHEADERS = {'Connection': 'close'}\n", [2]),
    "a server that speaks 1.0": (
        "from http.server import BaseHTTPRequestHandler\nclass H(BaseHTTPRequestHandler):\n    protocol_version = 'HTTP/1.0'\n",
        [3],
    ),
}

GOOD = {
    "kept": R + "s.headers['Connection'] = 'keep-alive'\n",
    "nothing": R + "s.headers['Accept'] = 'text/html'\n",
    "force_close off": A + "c = aiohttp.TCPConnector(force_close=False)\n",
    "force_close from elsewhere": A + "c = aiohttp.TCPConnector(force_close=closing)\n",
    "limits": H + "c = httpx.Client(limits=httpx.Limits(max_keepalive_connections=5))\n",
    "all kept": H + "c = httpx.Client(limits=httpx.Limits(max_keepalive_connections=None))\n",
    "an answer": A + "response = Response(headers={'Connection': 'close'})\n",
    "no client": "HEADERS = {'Connection': 'close'}\n",
    "a connector of this file": "import aiohttp\nclass TCPConnector:\n    pass\nc = TCPConnector(force_close=True)\n",
    "an item of something else": R + "options['Connection'] = 'close'\n",
    "a server that speaks 1.1": "from http.server import BaseHTTPRequestHandler\n"
    "class H(BaseHTTPRequestHandler):\n    protocol_version = 'HTTP/1.1'\n",
    "kept for ten seconds": A + "c = aiohttp.TCPConnector(keepalive_timeout=10)\n",
}
