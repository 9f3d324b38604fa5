"""GL503: one request for each item."""

R = "import requests\n"
L = "for i in ids:\n"

BAD = {
    "ids of a dictionary": (R + L + "    requests.get(URL, params={'ids': i})\n", [3]),
    "ids of an f-string": (R + L + "    requests.get(f'{URL}?ids={i}')\n", [3]),
    "the second parameter": (R + L + "    requests.get(f'{URL}?full=1&symbols={i}&x=2')\n", [3]),
    "a comprehension": (R + "x = [requests.get(URL, params={'names': i}).json() for i in ids]\n", [2]),
    "posted": (R + L + "    requests.post(URL, json={'keys': i})\n", [3]),
    "a session": (R + "s = requests.Session()\n" + L + "    s.get(URL, params={'uids': i})\n", [4]),
    "httpx": ("import httpx\n" + L + "    httpx.get(URL, params={'codes': i})\n", [3]),
    "urlopen": ("from urllib.request import urlopen\n" + L + "    urlopen(f'{URL}?ids={i}')\n", [3]),
    "a while loop": (R + "while todo:\n    i = todo.pop()\n    requests.get(URL, params={'ids': i})\n", [4]),
    "asynchronous": (
        "import aiohttp\nasync def f(s: aiohttp.ClientSession, ids):\n    for i in ids:\n"
        "        await s.get(URL, params={'tickers': i})\n",
        [4],
    ),
}

PEDANTIC = {
    "ten": (R + "for i in range(10):\n    requests.get(f'{URL}/{i}')\n", [3]),
    "two by their names": (R + "for i in ('a', 'b'):\n    requests.get(URL, params={'ids': i})\n", [3]),
    "always the same": (R + L + "    requests.get(URL)\n", [3]),
    "a path": (R + L + "    requests.get(f'{URL}/{i}')\n", [3]),
    "one id": (R + L + "    requests.get(URL, params={'id': i})\n", [3]),
    "a sum of texts": (R + L + "    requests.get(URL + i)\n", [3]),
}

GOOD = {
    "all at once": R + "requests.get(URL, params={'ids': ids})\n",
    "pages": R + "for page in pages:\n    requests.get(URL, params={'ids': page})\n",
    "batches": R + "for batch in batches:\n    requests.get(URL, params={'ids': batch})\n",
    "the same each time": R + L + "    requests.get(URL, params={'ids': ids})\n",
    "two": R + "for i in ('a', 'b'):\n    requests.get(URL, params={'ids': i})\n",
    "attempts": R + "for attempt in range(n):\n    requests.get(URL, params={'ids': attempt})\n",
    "it leaves": R + L + "    r = requests.get(URL, params={'ids': i})\n    break\n",
    "get of a dictionary": R + L + "    d.get({'ids': i})\n",
    "a function within the loop": R + L + "    def g():\n        requests.get(URL)\n    later(g)\n",
    "before the loop": R + "for x in requests.get(URL, params={'ids': ids}).json():\n    use(x)\n",
}

SILENT = {
    "the answer says what is next": R + "def f(url):\n    while url:\n        answer = requests.get(url).json()\n"
    "        show(answer)\n        url = answer.get('more')\n",
    "until it answers": R
    + "def f():\n    for turn in range(3):\n        r = requests.get(URL)\n        if r.ok:\n            return r\n",
}
