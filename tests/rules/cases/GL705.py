"""GL705: coroutines that block their thread, and calls that only look like it or run elsewhere."""

R = "import requests\n\n"

BAD = {
    "a sleep": ("import time\nasync def f():\n    time.sleep(1)\n", [3]),
    "an alias of the module": ("import time as t\nasync def f():\n    t.sleep(1)\n", [3]),
    "an alias of the function": ("from time import sleep as nap\nasync def f():\n    nap(x)\n", [3]),
    "a request": (R + "async def f():\n    return requests.get(u)\n", [4]),
    "a request, its answer used at once": (R + "async def f():\n    return requests.post(u, json=d).json()\n", [4]),
    "a request in a condition": (R + "async def f():\n    if requests.head(u).ok:\n        go()\n", [4]),
    "a request in a comprehension": (R + "async def f(us):\n    return [requests.get(u) for u in us]\n", [4]),
    "the synchronous half of httpx": ("import httpx\nasync def f():\n    httpx.get(u)\n", [3]),
    "urlopen": (
        "from urllib.request import urlopen\nasync def f():\n    with urlopen(u) as r:\n        return r.read()\n",
        [3],
    ),
    "urlopen through the package": ("import urllib.request\nasync def f():\n    urllib.request.urlopen(u)\n", [3]),
    "a process": ("import subprocess\nasync def f():\n    subprocess.check_output(['ls'])\n", [3]),
    "a shell": ("import os\nasync def f():\n    os.system('ls')\n", [3]),
    "a connection": ("import socket\nasync def f():\n    s = socket.create_connection(a)\n", [3]),
    "a name looked up": ("import socket\nasync def f(h):\n    return socket.gethostbyname(h)\n", [3]),
    "a method": ("import time\nclass A:\n    async def f(self):\n        time.sleep(self.pause)\n", [4]),
    "two of them": ("import time\nasync def f():\n    time.sleep(1)\n    await g()\n    time.sleep(2)\n", [3, 5]),
    "in a handler": ("import time\nasync def f():\n    try:\n        await g()\n    except E:\n        time.sleep(5)\n", [6]),
    "in a loop": ("import time\nasync def f():\n    async for x in y():\n        time.sleep(1)\n", [4]),
    "a coroutine within a function": ("import time\ndef f():\n    async def g():\n        time.sleep(1)\n    return g\n", [4]),
    "an asynchronous generator": ("import time\nasync def f():\n    yield 1\n    time.sleep(1)\n", [4]),
    "walrus": (R + "async def f():\n    if (r := requests.get(u)).ok:\n        return r\n", [4]),
    "match": ("import time\nasync def f(x):\n    match x:\n        case 1:\n            time.sleep(1)\n", [5]),
    "through a function": (R + "def g():\n    return requests.get(u)\n\nasync def f():\n    return g()\n", [7]),
    "through a method": (
        "import time\nclass A:\n    def g(self):\n        time.sleep(1)\n    async def f(self):\n        self.g()\n",
        [6],
    ),
    "a decorated coroutine": (R + "@app.get('/')\nasync def f():\n    return requests.get(u).text\n", [5]),
}

GOOD = {
    "it gives way": "import asyncio\nasync def f():\n    await asyncio.sleep(1)\n",
    "no coroutine": "import time\ndef f():\n    time.sleep(1)\n",
    "handed to a thread": "import asyncio, time\nasync def f():\n    await asyncio.to_thread(time.sleep, 1)\n",
    "handed to an executor": R + "async def f(loop):\n    return await loop.run_in_executor(None, requests.get, u)\n",
    "in a lambda for an executor": R
    + "async def f(loop):\n    return await loop.run_in_executor(None, lambda: requests.get(u))\n",
    "in a function for a thread": "import time\nasync def f():\n    def work():\n        time.sleep(1)\n    await run(work)\n",
    "sleep of something else": "async def f(driver):\n    driver.sleep(1)\n",
    "get of something else": R + "async def f(session):\n    return await session.get(u)\n",
    "a dictionary called requests": "async def f(requests):\n    return requests.get('a')\n",
    "an asynchronous client": "import httpx\nasync def f():\n    async with httpx.AsyncClient() as c:\n"
    "        return await c.get(u)\n",
    "an asynchronous process": "import asyncio\nasync def f():\n    p = await asyncio.create_subprocess_exec('ls')\n"
    "    await p.wait()\n",
    "a process that is only started": "import subprocess\nasync def f():\n    return subprocess.Popen(['ls'])\n",
    "no time at all": "import time\nasync def f():\n    time.sleep(0)\n",
    "the coroutine that the program starts with": "import asyncio, time\nasync def go():\n    time.sleep(1)\n"
    "asyncio.run(go())\n",
    "main": "import subprocess\nasync def main():\n    subprocess.run(['ls'])\n",
    "tests": "import pytest, time\nasync def test_f():\n    time.sleep(1)\n",
    "through a function that may not": R
    + "def g(x):\n    if x:\n        return requests.get(u)\n\nasync def f():\n    return g(0)\n",
    "through a function that is handed on": R + "def g():\n    return requests.get(u)\n\nasync def f():\n    await run(g)\n",
    "through a method of another class": "import time\nclass B:\n    def g(self):\n        time.sleep(1)\nclass A:\n"
    "    async def f(self):\n"
    "        self.g()\n",
    "through a generator, which waits later": "import time\ndef g():\n    time.sleep(1)\n    yield 1\nasync def f():\n"
    "    return g()\n",
    "through a name that is bound twice": "import time\ndef g():\n    time.sleep(1)\ng = wrap(g)\nasync def f():\n"
    "    await g()\n",
    "a decorated function, perhaps of threads": "import time\n@in_thread\ndef g():\n    time.sleep(1)\n"
    "async def f():\n    g()\n",
    "not called": "import time\nasync def f():\n    wait = time.sleep\n",
}

PEDANTIC = {
    "open('x') in a function": ("async def f():\n    open('x')\n", [2]),
    "with open('x') as g: in a function": ("async def f():\n    with open('x') as g:\n        return g.read()\n", [2]),
    "subprocess.Popen(['x'])": ("import subprocess\nasync def f():\n    subprocess.Popen(['x'])\n", [3]),
    "os.popen('x')": ("import os\nasync def f():\n    os.popen('x')\n", [3]),
    "os.waitpid(1, 0)": ("import os\nasync def f():\n    os.waitpid(1, 0)\n", [3]),
    "c.get('x')": ("import httpx\nasync def f():\n    with httpx.Client() as c:\n        c.get('x')\n", [4]),
    "input('x') in a function": ("async def f():\n    input('x')\n", [2]),
    "Path('x').open()": ("from pathlib import Path\nasync def f():\n    Path('x').open()\n", [3]),
    "os.path.exists('x')": ("import os.path\nasync def f():\n    os.path.exists('x')\n", [3]),
    "return Path('x').read_text()": ("from pathlib import Path\nasync def f():\n    return Path('x').read_text()\n", [3]),
}
