"""Texts that GL707 must and must not report."""

_T = "from concurrent.futures import ThreadPoolExecutor\n"
_P = "from multiprocessing import Pool\n"

BAD = {
    "with in a loop": (_T + "for b in bs:\n    with ThreadPoolExecutor() as p:\n        p.map(f, b)\n", [3]),
    "processes": (_P + "for b in bs:\n    with Pool() as p:\n        p.map(f, b)\n", [3]),
    "bound in a loop": (_P + "for b in bs:\n    p = Pool(4)\n    p.map(f, b)\n    p.close()\n", [3]),
    "by module": (
        "import concurrent.futures as cf\nfor b in bs:\n    with cf.ProcessPoolExecutor(4) as p:\n        p.map(f, b)\n",
        [3],
    ),
    "threads of multiprocessing": (
        "from multiprocessing.pool import ThreadPool\nfor b in bs:\n    with ThreadPool(4) as p:\n        p.map(f, b)\n",
        [3],
    ),
    "dummy": ("from multiprocessing.dummy import Pool\nfor b in bs:\n    p = Pool(4)\n    p.map(f, b)\n", [3]),
    "a context": (
        "import multiprocessing as mp\nfor b in bs:\n    with mp.get_context('spawn').Pool() as p:\n        p.map(f, b)\n",
        [3],
    ),
    "a context by name": (
        "import multiprocessing as mp\nc = mp.get_context('spawn')\nfor b in bs:\n    with c.Pool() as p:\n"
        "        p.map(f, b)\n",
        [4],
    ),
    "while": (_T + "while more():\n    with ThreadPoolExecutor() as p:\n        p.map(f, take())\n", [3]),
    "a comprehension": (_P + "x = [Pool(2).map(f, b) for b in bs]\n", [2]),
    "async for": (
        _T + "async def g(bs):\n    async for b in bs:\n        with ThreadPoolExecutor() as p:\n            p.map(f, b)\n",
        [4],
    ),
    "two withs": (_T + "for b in bs:\n    with open(b) as h, ThreadPoolExecutor() as p:\n        p.map(f, h)\n", [3]),
    "in a try": (
        _T + "for b in bs:\n    try:\n        with ThreadPoolExecutor() as p:\n            p.map(f, b)\n    except E:\n"
        "        pass\n",
        [4],
    ),
    "in a method": (
        _T + "class A:\n    def g(self, bs):\n        for b in bs:\n            with ThreadPoolExecutor() as p:\n"
        "                p.map(f, b)\n",
        [5],
    ),
    "nested loops": (
        _T + "for a in as_:\n    for b in a:\n        with ThreadPoolExecutor() as p:\n            p.map(f, b)\n",
        [4],
    ),
    "a function called in a loop": (
        _P + "def g(b):\n    with Pool() as p:\n        return p.map(f, b)\nfor b in bs:\n    g(b)\n",
        [3],
    ),
    "a function called in a comprehension": (
        _P + "def g(b):\n    with Pool() as p:\n        return p.map(f, b)\ndef h(bs):\n    return [g(b) for b in bs]\n",
        [3],
    ),
    "a request of flask": (
        _T + "@app.route('/')\ndef g():\n    with ThreadPoolExecutor() as p:\n        return p.map(f, x)\n",
        [4],
    ),
    "a request of fastapi": (
        _T + "@router.post('/')\nasync def g():\n    with ThreadPoolExecutor() as p:\n        return p.map(f, x)\n",
        [4],
    ),
    "a task": (_P + "@app.task\ndef g(x):\n    with Pool() as p:\n        return p.map(f, x)\n", [4]),
    "a shared task": (
        _P + "from celery import shared_task\n@shared_task\ndef g(x):\n    p = Pool()\n    return p.map(f, x)\n",
        [5],
    ),
    "a view": (
        _T
        + "class A(APIView):\n    def get(self, r):\n        with ThreadPoolExecutor() as p:\n            return p.map(f, r)\n",
        [4],
    ),
}

GOOD = {
    "one process, to give its memory back": _P + "for b in bs:\n    with Pool(1) as p:\n        p.map(f, b)\n",
    "outside the loop": _T + "with ThreadPoolExecutor() as p:\n    for b in bs:\n        p.map(f, b)\n",
    "of the module": _T + "POOL = ThreadPoolExecutor()\ndef g(b):\n    return POOL.map(f, b)\n",
    "once": _P + "def g(b):\n    with Pool() as p:\n        return p.map(f, b)\n",
    "once, called once": _P + "def g(b):\n    with Pool() as p:\n        return p.map(f, b)\ng(x)\n",
    "at need": _T + "for b in bs:\n    if pool is None:\n        pool = ThreadPoolExecutor()\n    pool.map(f, b)\n",
    "after it broke": _T + "while True:\n    try:\n        step(p)\n    except Broken:\n        p = ThreadPoolExecutor()\n",
    "a short loop": _P + "for b in (1, 2):\n    with Pool() as p:\n        p.map(f, b)\n",
    "three turns": _P + "for n in range(3):\n    with Pool() as p:\n        p.map(f, n)\n",
    "left at once": _P + "for b in bs:\n    with Pool() as p:\n        return_ = p.map(f, b)\n    break\n",
    "in __init__": _T + "class A:\n    def __init__(self):\n        self.p = ThreadPoolExecutor()\n",
    "a pool of connections": "from psycopg_pool import ConnectionPool\nfor b in bs:\n    p = ConnectionPool()\n",
    "own pool": "from mine import Pool\nfor b in bs:\n    p = Pool()\n",
    "own class": _T + "class Pool:\n    pass\nfor b in bs:\n    p = Pool()\n",
    "joblib keeps its workers": "from joblib import Parallel, delayed\nfor b in bs:\n"
    "    Parallel(n_jobs=2)(delayed(f)(x) for x in b)\n",
    "the iterable of the loop": _P + "for x in Pool(2).imap(f, xs):\n    use(x)\n",
    "a function in a loop that is not called": _T
    + "for b in bs:\n    def g():\n        with ThreadPoolExecutor() as p:\n            p.map(f, 1)\n",
    "a lambda": _T + "make = lambda: ThreadPoolExecutor()\n",
    "a property": _T + "class A:\n    @property\n    def p(self):\n        return ThreadPoolExecutor()\n",
    "a helper of a class": _T
    + "class A:\n    def get(self, r):\n        with ThreadPoolExecutor() as p:\n            return p.map(f, r)\n",
    "a fixture": _T + "@pytest.fixture\ndef pool():\n    with ThreadPoolExecutor() as p:\n        yield p\n",
    "an isinstance": _T + "for b in bs:\n    isinstance(b, ThreadPoolExecutor)\n",
    "the else of a loop": _P + "for b in bs:\n    pass\nelse:\n    p = Pool()\n",
    "itself": _P + "def g(b):\n    with Pool() as p:\n        p.map(f, b)\n    for c in b:\n        g(c)\n",
}
