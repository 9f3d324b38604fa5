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
}
