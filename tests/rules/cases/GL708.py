"""Texts that GL708 must and must not report."""

_P = "import os\nfrom multiprocessing import Pool\n"
_F = "from sklearn.ensemble import RandomForestClassifier as F\n"
_F += "from sklearn.model_selection import GridSearchCV, cross_val_score\n"

BAD = {
    "twice": (_P + "p = Pool(os.cpu_count() * 2)\n", [3]),
    "by name": (_P + "p = Pool(processes=4 * os.cpu_count())\n", [3]),
    "an executor": (
        "import os\nfrom concurrent.futures import ProcessPoolExecutor as E, ProcessPoolExecutor\n"
        "p = ProcessPoolExecutor(max_workers=os.cpu_count() * 2)\n",
        [3],
    ),
    "an executor by place": (
        "import os, concurrent.futures\np = concurrent.futures.ProcessPoolExecutor(os.cpu_count() * 3)\n",
        [2],
    ),
    "the count of multiprocessing": ("import multiprocessing as mp\np = mp.Pool(mp.cpu_count() * 2)\n", [2]),
    "a default": (_P + "p = Pool((os.cpu_count() or 1) * 2)\n", [3]),
    "a name for the cores": (_P + "cores = os.cpu_count()\np = Pool(cores * 2)\n", [4]),
    "a name with a default": (_P + "def f():\n    n = os.cpu_count() or 4\n    return Pool(2 * n)\n", [5]),
    "those it may use": (_P + "p = Pool(len(os.sched_getaffinity(0)) * 2)\n", [3]),
    "by name of the function": ("from multiprocessing import Pool, cpu_count\np = Pool(cpu_count() * 2)\n", [2]),
    "with": (_P + "with Pool(os.cpu_count() * 2) as p:\n    p.map(f, x)\n", [3]),
    "a context": ("import multiprocessing as mp\np = mp.get_context('fork').Pool(mp.cpu_count() * 2)\n", [2]),
    "a search": (_F + "s = GridSearchCV(F(n_jobs=-1), g, n_jobs=-1)\n", [3]),
    "a search by keyword": (_F + "s = GridSearchCV(estimator=F(n_jobs=-1), param_grid=g, n_jobs=-1)\n", [3]),
    "a search with a name": (_F + "m = F(n_jobs=-1)\ns = GridSearchCV(m, g, n_jobs=-1)\n", [4]),
    "scores": (_F + "x = cross_val_score(F(n_estimators=9, n_jobs=-1), X, y, n_jobs=-1)\n", [3]),
    "a pool in a worker": (
        _P + "def inner(x):\n    with Pool() as p:\n        return p.map(f, x)\ndef outer(xs):\n    with Pool() as p:\n"
        "        return p.map(inner, xs)\n",
        [4],
    ),
    "jobs in a worker": (
        _P
        + _F
        + "def fit(x):\n    return F(n_jobs=-1).fit(x)\ndef outer(xs):\n    with Pool() as p:\n        return p.map(fit, xs)\n",
        [6],
    ),
    "submitted": (
        "from concurrent.futures import ProcessPoolExecutor\ndef w(x):\n    with ProcessPoolExecutor() as p:\n"
        "        return p.submit(f, x)\n"
        "def o(xs):\n    with ProcessPoolExecutor() as p:\n        return [p.submit(w, x) for x in xs]\n",
        [3],
    ),
    "in a coroutine": (_P + "async def f():\n    return Pool(os.cpu_count() * 2)\n", [4]),
    "in a class": (_P + "class A:\n    def f(self):\n        self.p = Pool(os.cpu_count() * 2)\n", [5]),
}

PEDANTIC = {
    "threads as well": (
        "from multiprocessing import Pool\nfrom concurrent.futures import ThreadPoolExecutor\nfrom sklearn.svm import X\n\n"
        "def work(a):\n    return X(n_jobs=-1).fit(a)\n\nwith Pool() as p:\n    p.map(work, xs)\n"
        "waiting = ThreadPoolExecutor()\n",
        [6],
    ),
    "a fixed number": (_P + "p = Pool(64)\n", [3]),
    "a fixed number by name": (_P + "p = Pool(processes=32)\n", [3]),
}

GOOD = {
    "as many": _P + "p = Pool(os.cpu_count())\n",
    "without a number": _P + "p = Pool()\n",
    "one less": _P + "p = Pool(os.cpu_count() - 1)\n",
    "half": _P + "p = Pool(os.cpu_count() // 2)\n",
    "half by a factor": _P + "p = Pool(int(os.cpu_count() * 0.5))\n",
    "half as a product": _P + "p = Pool(os.cpu_count() * 0.5)\n",
    "once": _P + "p = Pool(os.cpu_count() * 1)\n",
    "four": _P + "p = Pool(4)\n",
    "as asked": _P + "p = Pool(args.jobs * 2)\n",
    "a name bound twice": _P + "n = os.cpu_count()\nn = 2\np = Pool(n * 2)\n",
    "threads": "import os\nfrom concurrent.futures import ThreadPoolExecutor\np = ThreadPoolExecutor(os.cpu_count() * 5)\n",
    "threads of multiprocessing": "import os\nfrom multiprocessing.pool import ThreadPool\n"
    "p = ThreadPool(os.cpu_count() * 5)\n",
    "only the outer": _F + "s = GridSearchCV(F(), g, n_jobs=-1)\n",
    "only the inner": _F + "s = GridSearchCV(F(n_jobs=-1), g)\n",
    "two jobs inside": _F + "s = GridSearchCV(F(n_jobs=2), g, n_jobs=-1)\n",
    "one estimator": _F + "m = F(n_jobs=-1)\n",
    "two estimators": _F + "m = [F(n_jobs=-1), F(n_jobs=-1)]\n",
    "a pool of connections": "import os\nfrom db import Pool\np = Pool(os.cpu_count() * 4)\n",
    "a worker without a pool": _P + "def w(x):\n    return x\nwith Pool() as p:\n    p.map(w, xs)\n",
    "a pool in a function that threads run": "from multiprocessing import Pool\n"
    "from concurrent.futures import ThreadPoolExecutor\n"
    "def w(x):\n    with Pool() as p:\n        return p.map(f, x)\nwith ThreadPoolExecutor() as t:\n    t.map(w, xs)\n",
    "a number of something": _P + "x = os.cpu_count() * 4\n",
    "a list": _P + "x = [os.cpu_count()] * 4\n",
}
