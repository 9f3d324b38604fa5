"""GL501: loops that open a connection for each request, and requests that are few, scattered, or share one."""

R = "import requests\n"
L = "for i in ids:\n"

BAD = {
    "a host in the text": (R + L + "    requests.get('https://example.org/a', params={'i': i})\n", [3]),
    "an f-string": (R + L + "    requests.get(f'https://example.org/{i}')\n", [3]),
    "a base": (R + "def f(base, ids):\n    for i in ids:\n        requests.get(base + i)\n", [4]),
    "a base in an f-string": (R + "def f(base, ids):\n    for i in ids:\n        requests.get(f'{base}/{i}')\n", [4]),
    "an attribute": (
        R + "class A:\n    def f(self, ids):\n        for i in ids:\n            requests.put(self.url, data=i)\n",
        [5],
    ),
    "a constant": (R + "URL = 'x'\n" + L + "    requests.post(URL, json=i)\n", [4]),
    "an alias of the module": ("import requests as r\n" + L + "    r.get(f'https://example.org/{i}')\n", [3]),
    "an imported function": ("from requests import get\n" + L + "    get(f'https://example.org/{i}')\n", [3]),
    "a comprehension": (R + "x = [requests.get(f'https://example.org/{i}').json() for i in ids]\n", [2]),
    "a dict comprehension": (R + "x = {i: requests.head(BASE + i) for i in ids}\n", [2]),
    "a while loop over pages": (
        R + "n = 1\nwhile n:\n    p = requests.get(URL, params={'page': n}).json()\n    n = p['next']\n",
        [4],
    ),
    "request()": (R + L + "    requests.request('GET', f'https://example.org/{i}')\n", [3]),
    "by keyword": (R + L + "    requests.get(url=BASE + i, timeout=3)\n", [3]),
    "an address made in the loop": (R + L + "    u = f'https://example.org/{i}'\n    requests.get(u)\n", [4]),
    "an address made in two steps": (R + L + "    u = BASE + '/a'\n    v = u + i\n    requests.get(v)\n", [5]),
    "format": (R + L + "    requests.get('https://example.org/{}'.format(i))\n", [3]),
    "percent": (R + L + "    requests.get('https://example.org/%s' % i)\n", [3]),
    "urljoin": (R + "from urllib.parse import urljoin\n" + L + "    requests.get(urljoin(BASE, i))\n", [4]),
    "a host of the configuration": (
        R + "def f(host, ids):\n    for i in ids:\n        requests.get(f'http://{host}/{i}')\n",
        [4],
    ),
    "httpx": ("import httpx\n" + L + "    httpx.get(f'https://example.org/{i}')\n", [3]),
    "in try, going on after an error": (
        R + L + "    try:\n        requests.get(BASE + i)\n    except OSError:\n        continue\n",
        [4],
    ),
    "two requests": (R + L + "    requests.get(BASE + i)\n    requests.delete(BASE + i)\n", [3, 4]),
    "the inner of two loops": (R + "for g in gs:\n    for i in g:\n        requests.get(BASE + i)\n", [4]),
}

GOOD = {
    "a session": R + "s = requests.Session()\n" + L + "    s.get(f'https://example.org/{i}')\n",
    "a client": "import httpx\nwith httpx.Client() as c:\n    for i in ids:\n        c.get(f'https://example.org/{i}')\n",
    "once": R + "requests.get('https://example.org/a')\n",
    "before the loop": R + "for x in requests.get('https://example.org/a').json():\n    use(x)\n",
    "perhaps other hosts": R + "for u in urls:\n    requests.get(u)\n",
    "perhaps other hosts, of items": R + "for x in xs:\n    requests.get(x['url'])\n",
    "perhaps other hosts, in an f-string": R + "for h in hosts:\n    requests.get(f'https://{h}/a')\n",
    "two": R + "for i in ('a', 'b'):\n    requests.get(f'https://example.org/{i}')\n",
    "a constant list": R + "for i in KINDS:\n    requests.get(f'https://example.org/{i}')\n",
    "attempts": R + "for attempt in range(n):\n    requests.get('https://example.org/a')\n",
    "it tries again": R + "def f():\n    while True:\n        try:\n            return requests.get('https://example.org/a')\n"
    "        except OSError:\n            pass\n",
    "it tries again, and breaks": R
    + "while True:\n    try:\n        r = requests.get('https://example.org/a')\n    except OSError:\n"
    "        continue\n    break\n",
    "it leaves at once": R + "for i in ids:\n    r = requests.get(BASE + i)\n    break\n",
    "it pauses": R + "import time\nwhile True:\n    requests.get('https://example.org/a')\n    time.sleep(60)\n",
    "it waits for people": R + "while True:\n    requests.get(BASE + input())\n",
    "another proxy each time": R + "for p in ps:\n    requests.get('https://example.org/a', proxies=p)\n",
    "a function within the loop": R + L + "    def g():\n        requests.get('https://example.org/a')\n    later(g)\n",
    "a dictionary called requests": "def f(requests, ids):\n    for i in ids:\n        requests.get(i)\n",
    "get of something else": R + L + "    d.get(f'https://example.org/{i}')\n",
    "an exception of requests": R + L + "    x = requests.exceptions.Timeout(i)\n",
    "a relative address": R + L + "    requests.get(f'{i}/a')\n",
    "an asynchronous client": "import httpx\nasync def f(c, ids):\n    for i in ids:\n"
    "        await c.get(f'https://example.org/{i}')\n",
    "a session per account, used by a loop": R
    + "for a in accounts:\n    with requests.Session() as s:\n        for i in a:\n            s.get(BASE + i)\n",
    "sessions that are kept": R + L + "    pool.append(requests.Session())\n",
    "a session that is returned": R + "def f():\n    return requests.Session()\nfor i in ids:\n    use(f())\n",
    "a function that is called once": R + "def f(i):\n    return requests.get(BASE + i)\nx = f('a')\n",
    "a method of that name elsewhere": R + "def get(i):\n    return requests.get(BASE + i)\nfor i in ids:\n    d.get(i)\n",
    "an asked-for answer of a test double": R + "@mock.patch('x')\ndef f(m):\n    requests.get(BASE)\n",
}

PEDANTIC = {
    "urlopen": ("from urllib.request import urlopen\ndef f(ids):\n    return [urlopen(BASE + i).read() for i in ids]\n", [3]),
    "urlretrieve": ("import urllib.request as u\nfor n in names:\n    u.urlretrieve(BASE + n, n)\n", [3]),
    "a session per turn": (
        R + L + "    with requests.Session() as s:\n        s.get(f'https://example.org/{i}')\n",
        [3],
    ),
    "a session per turn with a name": (R + L + "    s = requests.session()\n    s.get(f'https://example.org/{i}')\n", [3]),
    "a client per turn": (
        "import httpx\nasync def f(ids):\n    for i in ids:\n        async with httpx.AsyncClient() as c:\n"
        "            await c.get(BASE + i)\n",
        [4],
    ),
    "a session for one call": (
        "import aiohttp\nasync def f(ids):\n    for i in ids:\n        await aiohttp.ClientSession().get(BASE + i)\n",
        [4],
    ),
    "a function that a loop calls": (
        R + "def order(i):\n    return requests.get(BASE + i)\ndef orders(ids):\n    return [order(i) for i in ids]\n",
        [3],
    ),
    "a method that a loop calls": (
        R + "class Shop:\n    def order(self, i):\n        with requests.Session() as s:\n            return s.get(BASE + i)\n"
        "    def orders(self, ids):\n        for i in ids:\n            self.order(i)\n",
        [4],
    ),
    "a client for each request to the application": (
        "import httpx\n@app.get('/price')\nasync def price(name):\n    async with httpx.AsyncClient() as c:\n"
        "        return (await c.get(BASE + name)).json()\n",
        [4],
    ),
    "a request for each request to the application": (
        R + "@router.post('/order')\ndef order(i):\n    return requests.post(BASE, json=i).json()\n",
        [4],
    ),
}
