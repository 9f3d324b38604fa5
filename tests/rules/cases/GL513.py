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
