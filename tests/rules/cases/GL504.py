"""GL504: requests that are tried again for ever, and those that something ends."""

R = "import requests\n"
T = "import tenacity\nfrom tenacity import retry, stop_after_attempt, wait_fixed\n"


def loop(head: str, tried: str, handler: str, after: str = "", imports: str = R) -> str:
    """A function with a loop of attempts."""
    return (
        f"{imports}def f(url):\n    {head}:\n        try:\n            {tried}\n"
        f"        except Exception as error:\n            {handler}\n{after}"
    )


GET = "return requests.get(url, timeout=9)"

BAD = {
    "pass": (loop("while True", GET, "pass"), [3]),
    "continue": (loop("while True", GET, "continue"), [3]),
    "while 1": (loop("while 1", GET, "pass"), [3]),
    "a line of log": (loop("while True", GET, "print(error)"), [3]),
    "a short sleep": (loop("while True", GET, "time.sleep(0.5)", imports="import requests, time\n"), [3]),
    "break": (loop("while True", "r = requests.get(url)\n            break", "pass"), [3]),
    "break after the try": (loop("while True", "r = requests.get(url)", "continue", "        break\n"), [3]),
    "else": (loop("while True", "r = requests.get(url)", "pass", "        else:\n            return r\n"), [3]),
    "a flag": (
        R + "done = False\nwhile not done:\n    try:\n        r = requests.get(URL)\n        done = True\n"
        "    except OSError:\n        pass\n",
        [3],
    ),
    "until there is an answer": (
        R + "r = None\nwhile r is None:\n    try:\n        r = requests.get(URL)\n    except OSError:\n        pass\n",
        [3],
    ),
    "a session": (
        R + "s = requests.Session()\nwhile True:\n    try:\n        r = s.get(URL)\n        break\n"
        "    except OSError:\n        pass\n",
        [3],
    ),
    "urlopen": (
        "from urllib.request import urlopen\nwhile True:\n    try:\n        r = urlopen(URL)\n        break\n"
        "    except OSError:\n        pass\n",
        [2],
    ),
    "a socket": (
        "import socket\ns = socket.socket()\nwhile True:\n    try:\n        s.connect(('a', 1))\n"
        "        break\n    except OSError:\n        pass\n",
        [3],
    ),
    "by the failure": (
        "import http.client\nwhile True:\n    try:\n        ask()\n        break\n"
        "    except ConnectionRefusedError:\n        pass\n",
        [2],
    ),
    "count without an end": (
        "import itertools, requests\ndef f():\n    for n in itertools.count():\n        try:\n"
        "            return requests.get(URL)\n        except OSError:\n            pass\n",
        [3],
    ),
    "one handler goes on": (
        R + "def f():\n    while True:\n        try:\n            return requests.get(URL)\n"
        "        except ValueError:\n            raise\n        except OSError:\n            pass\n",
        [3],
    ),
    "an asynchronous one": (
        "import aiohttp, asyncio\nasync def f(s: aiohttp.ClientSession):\n    while True:\n        try:\n"
        "            return await s.get(URL)\n"
        "        except OSError:\n            await asyncio.sleep(0.2)\n",
        [3],
    ),
    "tenacity without arguments": (T + "@retry\ndef f():\n    pass\n", [3]),
    "tenacity called without arguments": (T + "@retry()\ndef f():\n    pass\n", [3]),
    "tenacity that only waits": (T + "@retry(wait=wait_fixed(2))\nasync def f():\n    pass\n", [3]),
    "tenacity that never stops": (T + "@tenacity.retry(stop=tenacity.stop_never)\ndef f():\n    pass\n", [3]),
    "tenacity as an object": (T + "for attempt in tenacity.Retrying(reraise=True):\n    with attempt:\n        f()\n", [3]),
    "backoff at a steady rate": ("import backoff\n@backoff.on_exception(backoff.constant, OSError)\ndef f():\n    pass\n", [2]),
    "retrying": ("from retrying import retry\n@retry(wait_fixed=2000)\ndef f():\n    pass\n", [2]),
    "urllib3": ("import urllib3\nr = urllib3.Retry(None)\n", [2]),
    "celery": ("from celery import shared_task\n@shared_task(max_retries=None)\ndef f():\n    pass\n", [2]),
}

PEDANTIC = {
    "it pauses for long": (loop("while True", GET, "time.sleep(5)", imports="import requests, time\n"), [3]),
    "backoff that doubles": ("import backoff\n@backoff.on_exception(backoff.expo, OSError)\ndef f():\n    pass\n", [2]),
    "tenacity that doubles": (T + "@retry(wait=tenacity.wait_exponential(max=30))\ndef f():\n    pass\n", [3]),
    "the pause grows": (
        "import requests, time\ndef f():\n    pause = 1\n    while True:\n        try:\n"
        "            return requests.get(URL)\n"
        "        except OSError:\n            time.sleep(pause)\n            pause *= 2\n",
        [4],
    ),
    "a stop event": (loop("while not stop.is_set()", GET, "pass"), [3]),
    "something else in the handler": (loop("while True", GET, "decide(error)"), [3]),
    "it waits by other means": (loop("while True", GET, "self.pause()"), [3]),
    "the answer decides": (
        R + "while True:\n    try:\n        r = requests.get(URL)\n        if r.ok:\n            break\n"
        "    except OSError:\n        pass\n",
        [2],
    ),
    "a client of unknown kind": (
        loop("while True", "return self.session.get(f'{self.url}/state')", "pass", imports="import urllib3\n"),
        [3],
    ),
}

GOOD = {
    "attempts": loop("for n in range(5)", GET, "pass"),
    "the handler raises": loop("while True", GET, "raise"),
    "the handler raises on a condition": loop("while True", GET, "if fatal(error): raise"),
    "the handler leaves": loop("while True", GET, "break"),
    "the handler returns": loop("while True", GET, "return None"),
    "a counter in the handler": R + "def f(n):\n    while True:\n        try:\n            return requests.get(URL)\n"
    "        except OSError:\n            n -= 1\n            if n < 0:\n                raise\n",
    "a counter in the head": R
    + "def f(n):\n    while n > 0:\n        n -= 1\n        try:\n            return requests.get(URL)\n"
    "        except OSError:\n            pass\n",
    "attempts in the head": R + "def f():\n    while self.attempts_left:\n        try:\n"
    "            return requests.get(URL)\n"
    "        except OSError:\n            pass\n",
    "a clock in the head": "import requests, time\ndef f(end):\n    while time.time() < end:\n        try:\n"
    "            return requests.get(URL)\n        except OSError:\n            pass\n",
    "a clock after the try": "import requests, time\ndef f(end):\n    while True:\n        try:\n"
    "            return requests.get(URL)\n        except OSError:\n            pass\n"
    "        if time.time() > end:\n            return None\n",
    "another address each time": R + "def f(urls):\n    while True:\n        url = urls.pop()\n        try:\n"
    "            return requests.get(url)\n        except OSError:\n            pass\n",
    "a service": R + "while True:\n    try:\n        requests.get(URL)\n    except OSError:\n        pass\n",
    "it serves": "import socket\nwhile True:\n    try:\n        c = s.accept()\n        break\n"
    "    except InterruptedError:\n        pass\n",
    "no request": R + "while True:\n    try:\n        n = int(ask())\n        break\n    except ValueError:\n        pass\n",
    "a loop over mirrors": R + "def f(mirrors):\n    for m in mirrors:\n        try:\n"
    "            return requests.get(m)\n"
    "        except OSError:\n            pass\n",
    "tenacity that stops": T + "@retry(stop=stop_after_attempt(3))\ndef f():\n    pass\n",
    "tenacity with options from elsewhere": T + "@retry(**options)\ndef f():\n    pass\n",
    "a retry of this file": "import tenacity\ndef retry(f):\n    return f\n@retry\ndef g():\n    pass\n",
    "backoff with an end": "import backoff\n@backoff.on_exception(backoff.expo, OSError, max_tries=4)\ndef f():\n    pass\n",
    "backoff with a clock": "import backoff\n@backoff.on_exception(backoff.expo, OSError, max_time=60)\ndef f():\n    pass\n",
    "retrying with an end": "from retrying import retry\n@retry(stop_max_attempt_number=3)\ndef f():\n    pass\n",
    "urllib3 with an end": "import urllib3\nr = urllib3.Retry(5)\n",
    "urllib3 with parts": "import urllib3\nr = urllib3.Retry(total=None, connect=3)\n",
    "celery's own three": "from celery import shared_task\n@shared_task(bind=True)\ndef f(self):\n    pass\n",
    "max_retries of something else": "import requests\n@task(max_retries=None)\ndef f():\n    pass\n",
    "a person decides": loop("while True", GET, "if input() == 'n': return"),
    "an object of a database": loop("while True", "return session.get(Order, key)", "pass", imports="import urllib3\n"),
}
