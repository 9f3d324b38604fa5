"""GL811: fits that every turn repeats, and those of other data, other parameters, or by chance."""

S = "from sklearn.preprocessing import StandardScaler\n"
V = "from sklearn.feature_extraction.text import TfidfVectorizer\n"
D = "def f(rows, x, y):\n"
M = "    m = StandardScaler()\n"

BAD = {
    "made before": (S + D + M + "    for r in rows:\n        m.fit(x)\n        use(m.transform(r))\n", [5]),
    "made in the loop": (
        S + D + "    for r in rows:\n        m = StandardScaler()\n        m.fit(x)\n        use(m.transform(r))\n",
        [5],
    ),
    "made on the spot": (S + D + "    for r in rows:\n        use(StandardScaler().fit(x).transform(r))\n", [4]),
    "fit_transform": (V + D + "    v = TfidfVectorizer()\n    for r in rows:\n        use(v.fit_transform(x), r)\n", [5]),
    "with targets": (
        "from sklearn.svm import SVC\n" + D + "    m = SVC()\n    for r in rows:\n"
        "        m.fit(x, y)\n        use(m.predict(r))\n",
        [5],
    ),
    "fixed parameters": (
        "from sklearn.svm import SVC\n" + D + "    for r in rows:\n        m = SVC(C=3)\n"
        "        m.fit(x, y)\n        use(m.predict(r))\n",
        [5],
    ),
    "a parameter from outside": (
        "from sklearn.svm import SVC\ndef f(c, rows):\n    for r in rows:\n        use(SVC(C=c).fit(X, Y).predict(r))\n",
        [4],
    ),
    "a comprehension": (S + D + M + "    return [m.fit(x).transform(r) for r in rows]\n", [4]),
    "a while loop": (S + D + M + "    while rows:\n        m.fit(x)\n        use(m.transform(rows.pop()))\n", [5]),
    "an attribute": (
        S + "class A:\n    def f(self, rows):\n        m = StandardScaler()\n"
        "        for r in rows:\n            m.fit(self.x)\n            use(m, r)\n",
        [6],
    ),
    "by keyword": (S + D + M + "    for r in rows:\n        m.fit(x, y=y)\n        use(m, r)\n", [5]),
    "clusters": (
        "from sklearn.cluster import KMeans\n" + D + "    k = KMeans(3)\n    for r in rows:\n"
        "        use(k.fit_predict(x), r)\n",
        [5],
    ),
    "by module": (
        "from sklearn import svm\n" + D + "    m = svm.SVC()\n    for r in rows:\n"
        "        m.fit(x, y)\n        use(m.predict(r))\n",
        [5],
    ),
    "the whole name": (
        "import sklearn.svm\n" + D + "    m = sklearn.svm.SVC()\n    for r in rows:\n        m.fit(x, y)\n        use(m, r)\n",
        [5],
    ),
    "a branch": (S + D + M + "    for r in rows:\n        if r:\n            m.fit(x)\n            use(m, r)\n", [6]),
    "two loops": (S + D + M + "    for r in rows:\n        for q in r:\n            m.fit(x)\n            use(m, q)\n", [6]),
    "an async loop": (
        S + "async def f(rows, x):\n" + M + "    async for r in rows:\n        m.fit(x)\n        use(m, r)\n",
        [5],
    ),
    "range": (S + D + M + "    for i in range(len(rows)):\n        m.fit(x)\n        use(m, rows[i])\n", [5]),
    "a script": (S + "m = StandardScaler()\nfor r in rows:\n    m.fit(x)\n    use(m, r)\n", [4]),
    "try": (
        S + D + M + "    for r in rows:\n        try:\n            m.fit(x)\n"
        "        except ValueError:\n            continue\n",
        [6],
    ),
}

GOOD = {
    "once": S + D + M + "    m.fit(x)\n    for r in rows:\n        use(m.transform(r))\n",
    "other data": S + D + M + "    for r in rows:\n        m.fit(r)\n",
    "a part of the data": S + D + M + "    for r in rows:\n        m.fit(x[r])\n",
    "folds": S + D + M + "    for a, b in folds(x):\n        t = x[a]\n        m.fit(t)\n",
    "other parameters": "from sklearn.svm import SVC\nfor c in cs:\n    m = SVC(C=c)\n    m.fit(x, y)\n",
    "tuned": "from sklearn.svm import SVC\nm = SVC()\nfor c in cs:\n    m.C = c\n    m.fit(x, y)\n",
    "set_params": "from sklearn.svm import SVC\nm = SVC()\nfor c in cs:\n    m.set_params(C=c)\n    m.fit(x, y)\n",
    "several estimators": "from sklearn.svm import SVC\nfor m in (SVC(), SVR()):\n    m.fit(x, y)\n",
    "a list of estimators": "import sklearn\nfor m in models:\n    m.fit(x, y)\n",
    "timed": S + D + M + "    for r in rows:\n        t = perf_counter()\n        m.fit(x)\n",
    "growing data": S + D + M + "    for r in rows:\n        x.append(r)\n        m.fit(x)\n",
    "data written in the turn": S + D + M + "    for i in rows:\n        x[i] = 0\n        m.fit(x)\n",
    "by chance": S + D + M + "    for i in rows:\n        np.random.seed(i)\n        m.fit(x)\n",
    "a short loop": S + D + M + "    for i in range(3):\n        m.fit(x)\n",
    "made by a call": "import sklearn\nfor r in rows:\n    m = build()\n    m.fit(x)\n",
    "data made by a call": S + D + M + "    for r in rows:\n        m.fit(load())\n",
    "more data in each turn": S + D + M + "    for r in rows:\n        m.partial_fit(x)\n",
    "not sklearn": "import sklearn\nfrom mine import Scaler\nm = Scaler()\nfor r in rows:\n    m.fit(x)\n",
    "an unknown estimator": "import sklearn\ndef f(m, rows, x):\n    for r in rows:\n        m.fit(x)\n",
    "left at once": S + D + M + "    for r in rows:\n        m.fit(x)\n        break\n",
    "data bound in the turn": S + D + M + "    for r in rows:\n        x = read(r)\n        m.fit(x)\n",
}
