"""GL513: loops that ask the same address at a fixed pace."""

R = "import requests\nimport time\n"
G = "    r = requests.get(URL)\n"

BAD = {
    "each second": (R + "while True:\n" + G + "    show(r)\n    time.sleep(1)\n", [4]),
    "twice a second": (R + "while 1:\n    show(requests.get(URL).json())\n    time.sleep(0.5)\n", [4]),
    "the sleep first": (R + "while True:\n    time.sleep(2)\n" + G, [5]),
    "by its name": ("from requests import get\nfrom time import sleep\nwhile True:\n    show(get(URL))\n    sleep(1)\n", [4]),
    "a pace with a name": (R + "PACE = 1\nwhile True:\n" + G + "    time.sleep(PACE)\n", [5]),
    "a session": (R + "s = requests.Session()\nwhile True:\n    s.get(URL)\n    time.sleep(1)\n", [5]),
    "errors are caught": (
        R + "while True:\n    try:\n        show(requests.get(URL))\n    except OSError:\n        pass\n    time.sleep(1)\n",
        [5],
    ),
    "asynchronous": (
        "import asyncio, httpx\nasync def f(c: httpx.AsyncClient):\n    while True:\n"
        "        show(await c.get(URL))\n        await asyncio.sleep(1)\n",
        [4],
    ),
    "urlopen": ("import time\nfrom urllib.request import urlopen\nwhile True:\n    urlopen(URL)\n    time.sleep(0.1)\n", [4]),
    "head": (R + "while True:\n    requests.head(URL)\n    time.sleep(1)\n", [4]),
}

PEDANTIC = {
    "a pace from elsewhere": (R + "while True:\n" + G + "    time.sleep(interval)\n", [4]),
    "each ten seconds": (R + "while True:\n" + G + "    time.sleep(10)\n", [4]),
    "until it is done": (R + "while True:\n" + G + "    if r.ok:\n        break\n    time.sleep(1)\n", [4]),
    "while it runs": (R + "while running:\n" + G + "    time.sleep(1)\n", [4]),
    "it ends the program": (R + "import sys\nwhile True:\n" + G + "    if r.ok:\n        sys.exit()\n    time.sleep(1)\n", [5]),
    "a client of unknown kind, in the head": (
        R + "def f(client, url):\n    while client.get(url).text != 'ready':\n        time.sleep(2)\n",
        [4],
    ),
    "a client of unknown kind": (R + "while True:\n    show(self.api.get('/state'))\n    time.sleep(1)\n", [4]),
}

GOOD = {
    "each hour": R + "while True:\n" + G + "    time.sleep(3600)\n",
    "the pace grows": R + "while True:\n" + G + "    time.sleep(pace)\n    pace *= 2\n",
    "a condition": R + "while True:\n    r = requests.get(URL, headers={'If-None-Match': tag})\n    time.sleep(1)\n",
    "a stream": R + "while True:\n    r = requests.get(URL, stream=True)\n    time.sleep(1)\n",
    "another page": R + "while True:\n    n += 1\n    r = requests.get(URL, params={'p': n})\n    time.sleep(1)\n",
    "posted": R + "while True:\n    requests.post(URL, json=state())\n    time.sleep(1)\n",
    "no pause": R + "while True:\n" + G + "    show(r)\n",
    "items": R + "for i in ids:\n    requests.get(URL)\n    time.sleep(1)\n",
    "attempts": R + "def f():\n    while True:\n        try:\n            return requests.get(URL)\n"
    "        except OSError:\n            time.sleep(1)\n",
    "once": R + G.strip() + "\ntime.sleep(1)\n",
    "no request": R + "while True:\n    d.get(URL)\n    time.sleep(1)\n",
    "an entry of a session": R + "while True:\n    show(session.get('user'))\n    time.sleep(1)\n",
}

PEDANTIC |= {
    "a thousand looks": (
        "import requests, time\nfor _ in range(1000):\n    show(requests.get(URL).json())\n    time.sleep(0.1)\n",
        [3],
    ),
}

SILENT = {
    "pages by their number": "import requests, time\nfor i in range(1000):\n    show(requests.get(f'{URL}/{i}').json())\n"
    "    time.sleep(0.1)\n",
    "items": "import requests, time\nfor _ in items:\n    show(requests.get(URL).json())\n    time.sleep(0.1)\n",
    "attempts": "import requests, time\nfor _ in range(1000):\n    if requests.get(URL).ok:\n        break\n"
    "    time.sleep(0.1)\n",
    "three looks": "import requests, time\nfor _ in range(3):\n    show(requests.get(URL).json())\n    time.sleep(0.1)\n",
}

BAD |= {
    "a count without end": (
        "import itertools, requests, time\nfor _ in itertools.count():\n    r = requests.get(URL)\n    time.sleep(1)\n",
        [3],
    ),
    "an iterator without end": (
        "import requests\nimport time\nfor _ in iter(int, 1):\n    r = requests.get(URL)\n    time.sleep(1)\n",
        [4],
    ),
    "a method by name": (
        "import requests\nimport time\nwhile True:\n    show(requests.request('GET', URL))\n    time.sleep(1)\n",
        [4],
    ),
    "headers without a condition": (
        "import requests\nimport time\nwhile True:\n    show(requests.get(URL, headers={'Authorization': t}))\n"
        "    time.sleep(1)\n",
        [4],
    ),
    "a stream that is none": (
        "import requests\nimport time\nwhile True:\n    show(requests.get(URL, stream=False))\n    time.sleep(1)\n",
        [4],
    ),
    "a feed": (
        "import feedparser, time\nwhile True:\n    show(feedparser.parse(URL))\n    time.sleep(2)\n",
        [3],
    ),
    "a plain connection": (
        "import http.client, time\nc = http.client.HTTPSConnection('a')\nwhile True:\n    c.request('GET', '/state')\n"
        "    show(c.getresponse())\n    time.sleep(1)\n",
        [4],
    ),
    "an event that nobody sets": (
        "import requests, threading\ne = threading.Event()\nwhile True:\n    show(requests.get(URL))\n    e.wait(timeout=1)\n",
        [4],
    ),
}

PEDANTIC |= {
    "until the event": (
        "import requests, threading\ndef f(stop):\n    while not stop.wait(5):\n        show(requests.get(URL))\n",
        [4],
    ),
    "while the event is not set": (
        "import requests, threading\ndef f(stop):\n    while not stop.is_set():\n        show(requests.get(URL))\n"
        "        stop.wait(1)\n",
        [4],
    ),
    "an event with a limit": (
        "import asyncio, aiohttp\nasync def f(stop, session):\n    while not stop.is_set():\n"
        "        show(await session.get(url))\n        try:\n            await asyncio.wait_for(stop.wait(), timeout=5)\n"
        "        except TimeoutError:\n            pass\n",
        [4],
    ),
    "until the answer says so, counted": (
        "import requests\nimport time\ndef f():\n    for attempt in range(600):\n        info = requests.get(URL).json()\n"
        "        if info['status'] in ('success', 'failed'):\n            return info\n        time.sleep(1)\n",
        [5],
    ),
    "headers by name": (
        "import requests\nimport time\ndef f(h):\n    while True:\n        show(requests.get(URL, headers=h))\n"
        "        time.sleep(1)\n",
        [5],
    ),
    "a timer": (
        "import requests, threading\ndef poll():\n    show(requests.get(URL))\n    threading.Timer(5, poll).start()\n",
        [3],
    ),
    "a window": (
        "import requests\nclass W:\n    def poll(self):\n        show(requests.get(URL))\n"
        "        self.root.after(1000, self.poll)\n",
        [4],
    ),
    "a loop of events": (
        "import requests, asyncio\ndef poll(loop):\n    show(requests.get(URL))\n    loop.call_later(2, poll, loop)\n",
        [3],
    ),
    "a clock": (
        "import requests\nimport time\ndef f(end):\n    while time.monotonic() < end:\n        show(requests.get(URL))\n"
        "        time.sleep(2)\n",
        [5],
    ),
}

SILENT |= {
    "a condition by name": (
        "import requests\nimport time\nwhile True:\n    h = {'If-None-Match': tag}\n"
        "    show(requests.get(URL, headers=h))\n    time.sleep(1)\n"
    ),
    "a condition added to the headers": (
        "import requests\nimport time\ndef f(h):\n    while True:\n        r = requests.get(URL, headers=h)\n"
        "        h['If-Modified-Since'] = r.headers['Date']\n        time.sleep(1)\n"
    ),
    "a feed with a condition": (
        "import feedparser, time\nwhile True:\n    feed = feedparser.parse(URL, etag=tag)\n    time.sleep(2)\n"
    ),
    "a long poll": (
        "import requests\nimport time\nwhile True:\n    show(requests.get(URL, params={'wait': '60s'}))\n    time.sleep(1)\n"
    ),
    "events of a server": (
        "import requests\nimport time\nwhile True:\n    show(requests.get(URL, headers={'Accept': 'text/event-stream'}))\n"
        "    time.sleep(1)\n"
    ),
    "a pace that grows with the turn": (
        "import requests\nimport time\nfor n in range(100):\n    show(requests.get(URL))\n    time.sleep(2 ** n)\n"
    ),
    "once, later": (
        "import requests, threading\ndef f():\n    show(requests.get(URL))\n    threading.Timer(5, other).start()\n"
    ),
    "an hour later": (
        "import requests, threading\ndef f():\n    show(requests.get(URL))\n    threading.Timer(3600, f).start()\n"
    ),
    "unknown arguments": ("import requests\nimport time\nwhile True:\n    show(requests.get(URL, **how))\n    time.sleep(1)\n"),
    "posted by name": ("import requests\nimport time\nwhile True:\n    requests.request('POST', URL)\n    time.sleep(1)\n"),
    "text": "import feedparser, requests, time\nwhile True:\n    show(json.parse(x))\n    time.sleep(2)\n",
    "futures": (
        "import requests, threading\nfrom concurrent import futures\nwhile True:\n    show(requests.get(URL))\n"
        "    futures.wait(todo)\n"
    ),
}

PEDANTIC |= {
    "the same request made anew": (
        "import time\nfrom urllib.request import Request, urlopen\ndef f(url):\n    while running:\n"
        "        r = Request(url)\n        show(urlopen(r))\n        time.sleep(2)\n",
        [6],
    ),
    "a method that asks": (
        "import requests, time\nclass W:\n    def fetch(self):\n        return requests.get(self.url).json()\n"
        "    def run(self):\n        while True:\n            show(self.fetch())\n            time.sleep(1)\n",
        [4],
    ),
    "a function that asks": (
        "import requests, time\ndef fetch():\n    return requests.get(URL).json()\ndef run():\n    while True:\n"
        "        show(fetch())\n        time.sleep(1)\n",
        [3],
    ),
}

SILENT |= {
    "a function that asks for another page": (
        "import requests, time\ndef fetch(n):\n    return requests.get(URL, params={'p': n}).json()\ndef run():\n"
        "    n = 0\n    while True:\n        n += 1\n        show(fetch(n))\n        time.sleep(1)\n"
    ),
    "another request each time": (
        "import time\nfrom urllib.request import Request, urlopen\nwhile True:\n    r = Request(next(urls))\n"
        "    show(urlopen(r))\n    time.sleep(2)\n"
    ),
    "a function of another class": (
        "import requests, time\nclass W:\n    def fetch(self):\n        return requests.get(self.url).json()\nwhile True:\n"
        "    show(box.fetch())\n    time.sleep(1)\n"
    ),
}
