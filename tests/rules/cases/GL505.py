"""GL505: attempts without pauses or at a steady pace, and attempts that wait longer each time."""

R = "import requests, time, random\n"
T = "import tenacity\nfrom tenacity import retry, stop_after_attempt, wait_fixed\n"
U = "from urllib3.util.retry import Retry\n"


def loop(head: str, handler: str, tried: str = "return requests.get(url, timeout=9)", imports: str = R) -> str:
    """A function with a loop of attempts."""
    return (
        f"{imports}def f(url, n):\n    {head}:\n        try:\n            {tried}\n"
        f"        except OSError as error:\n            {handler}\n"
    )


BAD = {
    "pass": (loop("for i in range(10)", "pass"), [3]),
    "continue": (loop("for i in range(n)", "continue"), [3]),
    "a line of log": (loop("for _ in range(100)", "log.warning(error)"), [3]),
    "without an end": (loop("while True", "pass"), [3]),
    "a counter": (
        R + "def f(n):\n    while n > 0:\n        n -= 1\n        try:\n            return requests.get(URL)\n"
        "        except OSError:\n            pass\n",
        [3],
    ),
    "raise at last": (loop("for i in range(10)", "if i == 9: raise"), [3]),
    "break": (loop("for i in range(10)", "pass", "r = requests.get(url)\n            break"), [3]),
    "a session": (
        R + "s = requests.Session()\nfor i in range(9):\n    try:\n        r = s.get(URL)\n        break\n"
        "    except OSError:\n        pass\n",
        [3],
    ),
    "urlopen": (loop("for i in range(10)", "pass", "return urlopen(url)", "from urllib.request import urlopen\n"), [3]),
    "a socket": (loop("for i in range(20)", "pass", "return socket.create_connection(url)", "import socket\n"), [3]),
    "until there is an answer": (
        R + "r = None\nwhile r is None:\n    try:\n        r = requests.get(URL)\n    except OSError:\n        pass\n",
        [3],
    ),
    "a short steady pause without an end": (loop("while True", "time.sleep(0.5)"), [3]),
    "a short steady pause with a name": (
        R + "PAUSE = 0.5\nwhile True:\n    try:\n        r = requests.get(URL)\n        break\n"
        "    except OSError:\n        time.sleep(PAUSE)\n",
        [3],
    ),
    "a range with two ends": (loop("for i in range(1, 11)", "pass"), [3]),
    "attempts of a name": (
        R + "TRIES = 12\nfor i in range(TRIES):\n    try:\n        r = requests.get(URL)\n        break\n"
        "    except OSError:\n        pass\n",
        [3],
    ),
    "else": (loop("for i in range(10)", "pass", "r = requests.get(url)") + "        else:\n            return r\n", [3]),
    "break after the try": (loop("for i in range(10)", "continue", "r = requests.get(url)") + "        break\n", [3]),
    "tenacity": (T + "@retry(stop=stop_after_attempt(20))\ndef f():\n    pass\n", [3]),
    "tenacity called bare": (T + "@tenacity.retry()\ndef f():\n    pass\n", [3]),
    "tenacity as an object": (T + "r = tenacity.Retrying(stop=stop_after_attempt(9), reraise=True)\n", [3]),
    "retrying": ("from retrying import retry\n@retry(stop_max_attempt_number=10)\ndef f():\n    pass\n", [2]),
    "urllib3": (U + "r = Retry(10)\n", [2]),
    "urllib3 with codes": (U + "r = Retry(\n    total=10,\n    status_forcelist=(500, 502),\n)\n", [2]),
    "an asynchronous one": (
        "import httpx\nasync def f(c: httpx.AsyncClient):\n    for i in range(9):\n        try:\n"
        "            return await c.get(URL)\n"
        "        except httpx.HTTPError:\n            pass\n",
        [3],
    ),
    "a high number for the adapter": (
        "from requests.adapters import HTTPAdapter\nsession.mount('https://', HTTPAdapter(max_retries=12))\n",
        [2],
    ),
}

PEDANTIC = {
    "three": (loop("for i in range(3)", "pass"), [3]),
    "a steady pause with an end": (loop("for i in range(10)", "time.sleep(1)"), [3]),
    "a long steady pause": (loop("while True", "time.sleep(60)"), [3]),
    "a pause from elsewhere": (loop("while True", "time.sleep(self.pause)"), [3]),
    "urllib3 thrice": (U + "r = Retry(total=3)\n", [2]),
    "tenacity thrice": (T + "@retry(stop=stop_after_attempt(3))\ndef f():\n    pass\n", [3]),
    "a client of unknown kind": (
        loop(
            "for i in range(9)", "await asyncio.sleep(1)", "return api_client.post('/jobs')", "import asyncio, httpx\n"
        ).replace("def f", "async def f"),
        [3],
    ),
    "the answer decides": (
        R + "def f(url):\n    for _ in range(4):\n        answer = requests.get(url)\n        if answer.ok:\n"
        "            return answer\n        time.sleep(3)\n",
        [3],
    ),
    "the awaited answer decides": (
        "import asyncio, httpx\nasync def f(http_client, url):\n    for _ in range(4):\n"
        "        answer = await http_client.get(url)\n        if answer.status_code == 200:\n            break\n",
        [3],
    ),
    "tenacity at a steady pace": (T + "@retry(stop=stop_after_attempt(4), wait=wait_fixed(3))\ndef f():\n    pass\n", [3]),
    "retrying at a steady pace": ("from retrying import retry\n@retry(wait_fixed=500)\ndef f():\n    pass\n", [2]),
    "backoff that does not": (
        "import backoff\n@backoff.on_exception(backoff.constant, OSError, max_tries=4)\ndef f():\n    pass\n",
        [2],
    ),
    "urllib3 without a pause": (U + "r = Retry(total=8, backoff_factor=0)\n", [2]),
    "redis at a steady pace": (
        "from redis.retry import Retry\nfrom redis.backoff import ConstantBackoff\nr = Retry(ConstantBackoff(1), 3)\n",
        [3],
    ),
    "a number for the adapter": (R + "a = requests.adapters.HTTPAdapter(max_retries=3)\n", [2]),
}

GOOD = {
    "it doubles": loop("for i in range(10)", "time.sleep(2**i)"),
    "it grows by steps": loop("for i in range(10)", "time.sleep(1 + i)"),
    "a name that grows": R + "def f():\n    pause = 1\n    while True:\n        try:\n"
    "            return requests.get(URL)\n"
    "        except OSError:\n            time.sleep(pause)\n            pause *= 2\n",
    "a random pause": loop("for i in range(10)", "time.sleep(random.random())"),
    "a pause of a function": loop("for i in range(10)", "time.sleep(backoff(i))"),
    "it waits by a method": loop("for i in range(10)", "self.sleep(i)"),
    "it waits for an event": loop("for i in range(10)", "stop.wait(5)"),
    "it waits for a person": loop("while True", "input('again?')"),
    "the handler raises": loop("for i in range(10)", "raise"),
    "another address each time": R
    + "def f(urls):\n    for i in range(10):\n        try:\n            return requests.get(urls[i])\n"
    "        except OSError:\n            pass\n",
    "mirrors": R + "def f(mirrors):\n    for m in mirrors:\n        try:\n            return requests.get(m)\n"
    "        except OSError:\n            pass\n",
    "pages": R + "def f():\n    for page in range(99):\n        try:\n"
    "            use(requests.get(URL, params={'p': page}))\n        except OSError:\n            pass\n",
    "no request": R
    + "for i in range(10):\n    try:\n        n = int(text())\n        break\n    except ValueError:\n        pass\n",
    "tenacity that waits": T + "@retry(stop=stop_after_attempt(20), wait=wait_fixed(2))\ndef f():\n    pass\n",
    "tenacity with options from elsewhere": T + "@retry(*options)\ndef f():\n    pass\n",
    "retrying that waits": "from retrying import retry\n@retry(wait_exponential_multiplier=1000)\ndef f():\n    pass\n",
    "urllib3 that waits": U + "r = Retry(10, backoff_factor=0.2)\n",
    "urllib3 that does not try again": U + "r = Retry(0)\n",
    "urllib3 that only counts redirects": U + "r = Retry(False)\n",
    "a Retry of this file": "import urllib3\nclass Retry:\n    pass\nr = Retry(10)\n",
    "two attempts of a name": R
    + "AGAIN = 1\nfor i in range(AGAIN + 1):\n    try:\n        r = requests.get(URL)\n        break\n"
    "    except OSError:\n        pass\n",
    "a function within the loop": R + "for i in range(10):\n    def g():\n        try:\n"
    "            return requests.get(URL)\n"
    "        except OSError:\n            pass\n    later(g)\n",
    "once": R + "try:\n    r = requests.get(URL)\nexcept OSError:\n    r = None\n",
    "a policy for the adapter": U + "from requests.adapters import HTTPAdapter\na = HTTPAdapter(max_retries=POLICY)\n",
    "one further attempt of the adapter": "from requests.adapters import HTTPAdapter\na = HTTPAdapter(max_retries=1)\n",
    "backoff that doubles": "import backoff\n@backoff.on_exception(backoff.expo, OSError, max_tries=4)\ndef f():\n    pass\n",
    "a page each time, until there are no more": R + "def f(url):\n    for page in range(99):\n"
    "        answer = requests.get(url, params={'page': page})\n        if not answer.ok:\n            break\n",
    "a look in a dictionary": R + "def f(key):\n    for _ in range(9):\n        entry = sessions.get(key)\n"
    "        if entry:\n            return entry\n",
}
