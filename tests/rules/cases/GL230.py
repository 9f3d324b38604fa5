"""Sorts and searches written by hand, and exchanges that are none."""

SWAP = "            if a[j] > a[j + 1]:\n                a[j], a[j + 1] = a[j + 1], a[j]\n"
IN = "def f(a):\n    for i in range(len(a)):\n        for j in range(len(a) - 1):\n"

BAD = {
    "an insertion by swaps": (
        "def f(a):\n    for i in range(1, len(a)):\n        j = i\n        while j > 0 and a[j - 1] > a[j]:\n"
        "            a[j - 1], a[j] = a[j], a[j - 1]\n            j -= 1\n",
        [2],
    ),
    "neighbours": (IN + SWAP, [2]),
    "the other way": (IN + SWAP.replace(">", "<"), [2]),
    "with equals": (IN + SWAP.replace(">", ">="), [2]),
    "with a flag": (IN + SWAP + "                swapped = True\n", [2]),
    "in while loops": (
        "def f(a):\n    n = len(a)\n    while n > 1:\n        j = 0\n        while j < n - 1:\n"
        + SWAP
        + "            j += 1\n        n -= 1\n",
        [3],
    ),
    "with a variable in between": (
        IN + "            if a[j] > a[j + 1]:\n                t = a[j]\n                a[j] = a[j + 1]\n"
        "                a[j + 1] = t\n",
        [2],
    ),
    "every pair": (
        "def f(a):\n    for i in range(len(a)):\n        for j in range(i + 1, len(a)):\n"
        "            if a[i] > a[j]:\n                a[i], a[j] = a[j], a[i]\n",
        [2],
    ),
    "by a key": (IN + "            if a[j].size > a[j + 1].size:\n                a[j], a[j + 1] = a[j + 1], a[j]\n", [2]),
    "by a part": (IN + "            if a[j][0] > a[j + 1][0]:\n                a[j], a[j + 1] = a[j + 1], a[j]\n", [2]),
    "by a function": (IN + "            if key(a[j]) > key(a[j + 1]):\n                a[j], a[j + 1] = a[j + 1], a[j]\n", [2]),
    "an attribute": (
        "class A:\n    def f(self):\n        for i in range(len(self.a)):\n            for j in range(i):\n"
        "                if self.a[i] < self.a[j]:\n"
        "                    self.a[i], self.a[j] = self.a[j], self.a[i]\n",
        [3],
    ),
    "selection": (
        "def f(a):\n    for i in range(len(a)):\n        m = i\n        for j in range(i + 1, len(a)):\n"
        "            if a[j] < a[m]:\n                m = j\n"
        "        a[i], a[m] = a[m], a[i]\n",
        [2],
    ),
    "selection, if it moved": (
        "def f(a):\n    for i in range(len(a)):\n        m = i\n        for j in range(i + 1, len(a)):\n"
        "            if a[m] > a[j]:\n                m = j\n"
        "        if m != i:\n            a[i], a[m] = a[m], a[i]\n",
        [2],
    ),
    "insertion": (
        "def f(a):\n    for i in range(1, len(a)):\n        x = a[i]\n        j = i - 1\n"
        "        while j >= 0 and a[j] > x:\n            a[j + 1] = a[j]\n"
        "            j -= 1\n        a[j + 1] = x\n",
        [2],
    ),
    "insertion in a while loop": (
        "def f(a):\n    i = 1\n    while i < len(a):\n        x, j = a[i], i\n"
        "        while j > 0 and x < a[j - 1]:\n            a[j] = a[j - 1]\n"
        "            j -= 1\n        a[j] = x\n        i += 1\n",
        [3],
    ),
    "at the level of the module": (
        "for i in range(len(a)):\n    for j in range(i):\n        if a[i] < a[j]:\n            a[i], a[j] = a[j], a[i]\n",
        [1],
    ),
    "two lists, each by itself": (
        "def f(a, b):\n    for i in range(len(a)):\n        for j in range(i):\n            if a[i] < a[j]:\n"
        "                a[i], a[j] = a[j], a[i]\n"
        "    for i in range(len(b)):\n        for j in range(i):\n            if b[i] < b[j]:\n"
        "                b[i], b[j] = b[j], b[i]\n",
        [2, 6],
    ),
    "with another condition": (
        IN + "            if a[j] and a[j] > a[j + 1]:\n                a[j], a[j + 1] = a[j + 1], a[j]\n",
        [2],
    ),
    "in a coroutine": (
        "async def f(a):\n    for i in range(len(a)):\n        for j in range(i):\n"
        "            if a[i] < a[j]:\n                a[i], a[j] = a[j], a[i]\n",
        [2],
    ),
    "a search in a sorted list": (
        "def f(a, x):\n    a = sorted(a)\n    return a\n\ndef g(x, rows):\n    b = sorted(rows)\n"
        "    for i, y in enumerate(b):\n        if y == x:\n            return i\n",
        [7],
    ),
    "a search after a sort": (
        "def f(a, x):\n    a.sort()\n    for y in a:\n        if y == x:\n            return True\n    return False\n",
        [3],
    ),
}

PEDANTIC = {
    "a search by index": (
        "def f(a, x):\n    for i in range(len(a)):\n        if a[i] == x:\n            return i\n    return -1\n",
        [2],
    ),
    "a search by item": ("def f(a, x):\n    for y in a:\n        if y == x:\n            return True\n    return False\n", [2]),
    "it turns the sign": (IN + SWAP + "                sign = -sign\n", [2]),
}

GOOD = {
    "a heap that grows": (
        "def f(xs, heap):\n    for x in xs:\n        heap.append(x)\n        i = len(heap) - 1\n"
        "        while i > 0 and heap[i] < heap[(i - 1) // 2]:\n"
        "            heap[i], heap[(i - 1) // 2] = heap[(i - 1) // 2], heap[i]\n            i = (i - 1) // 2\n"
    ),
    "sort": "def f(a):\n    a.sort()\n",
    "turned round": "def f(a):\n    for i in range(len(a) // 2):\n        a[i], a[-i - 1] = a[-i - 1], a[i]\n",
    "shuffled": "def f(a, r):\n    for i in range(len(a)):\n        j = r(i)\n        a[i], a[j] = a[j], a[i]\n",
    "one walk": "def f(a):\n    for j in range(len(a) - 1):\n        if a[j] > a[j + 1]:\n"
    "            a[j], a[j + 1] = a[j + 1], a[j]\n",
    "a heap": (
        "def f(a, i):\n    while 2 * i + 1 < len(a):\n        j = 2 * i + 1\n        if a[i] < a[j]:\n"
        "            a[i], a[j] = a[j], a[i]\n        i = j\n"
    ),
    "a matrix turned over": "def f(m):\n    for i in range(len(m)):\n        for j in range(i):\n"
    "            m[i][j], m[j][i] = m[j][i], m[i][j]\n",
    "not by order": "def f(a):\n    for i in range(len(a)):\n        for j in range(i):\n            if a[i] == a[j]:\n"
    "                a[i], a[j] = a[j], a[i]\n",
    "two lists": "def f(a, b):\n    for i in range(len(a)):\n        for j in range(i):\n            if a[i] < b[j]:\n"
    "                a[i], b[j] = b[j], a[i]\n",
    "by another list": "def f(a, p):\n    for i in range(len(a)):\n        for j in range(i):\n            if p[i] < p[j]:\n"
    "                a[i], a[j] = a[j], a[i]\n",
    "counts pairs": "def f(a):\n    n = 0\n    for i in range(len(a)):\n        for j in range(i):\n"
    "            if a[i] < a[j]:\n                n += 1\n    return n\n",
    "three places": "def f(a):\n    for i in range(3):\n        for j in range(i):\n            if a[i] < a[j]:\n"
    "                a[i], a[j] = a[j], a[i]\n",
    "names": "def f(a, b):\n    for i in a:\n        for j in b:\n            if i > j:\n                i, j = j, i\n",
    "a search for a part": "def f(rows, name):\n    for row in rows:\n        if row.name == name:\n            return row\n",
    "the smallest": "def f(a):\n    m = 0\n    for i in range(len(a)):\n        if a[i] < a[m]:\n            m = i\n"
    "    return m\n",
    "moved along": "def f(a):\n    i = len(a) - 1\n    while i > 0:\n        a[i] = a[i - 1]\n        i -= 1\n",
    "one insertion": "def f(a, x):\n    j = len(a) - 1\n    while j >= 0 and a[j] > x:\n        a[j + 1] = a[j]\n"
    "        j -= 1\n",
    "a partition": "def f(a, p):\n    i = 0\n    for j in range(len(a)):\n        if a[j] < p:\n"
    "            a[i], a[j] = a[j], a[i]\n            i += 1\n",
    "binary search": "def f(a, x):\n    lo, hi = 0, len(a)\n    while lo < hi:\n        m = (lo + hi) // 2\n"
    "        if a[m] < x:\n            lo = m + 1\n        else:\n            hi = m\n    return lo\n",
    "permutations": (
        "def f(a, n):\n    for i in range(n):\n        for j in range(i, n):\n"
        "            a[i], a[j] = a[j], a[i]\n            yield tuple(a)\n"
        "            a[i], a[j] = a[j], a[i]\n"
    ),
    "a dict": "def f(d):\n    for k in d:\n        for j in d:\n            d[k], d[j] = d[j], d[k]\n",
    "bisect": "import bisect\ndef f(a, x):\n    return bisect.bisect_left(a, x)\n",
}

BAD |= {
    "the smallest taken out again and again": (
        "def f(xs):\n    out = []\n    while xs:\n        x = min(xs)\n        xs.remove(x)\n        out.append(x)\n"
        "    return out\n",
        [3],
    ),
    "the largest, in one line": ("def f(xs, out):\n    while xs:\n        out.append(xs.pop(xs.index(max(xs))))\n", [2]),
    "the smallest, as often as there are items": (
        "def f(xs):\n    for _ in range(len(xs)):\n        m = min(xs)\n        yield m\n        del xs[xs.index(m)]\n",
        [2],
    ),
    "one loop that goes back": (
        "def f(a):\n    i = 0\n    while i < len(a):\n        if i == 0 or a[i - 1] <= a[i]:\n            i += 1\n"
        "        else:\n            a[i - 1], a[i] = a[i], a[i - 1]\n            i -= 1\n",
        [3],
    ),
}

PEDANTIC |= {
    "a heap by hand": (
        "def f(xs):\n    while xs:\n        x = min(xs, key=str)\n        xs.remove(x)\n        for y in x.next:\n"
        "            xs.append(y)\n",
        [2],
    ),
    "a flag": (
        "def f(a, x):\n    found = False\n    for y in a:\n        if y == x:\n            found = True\n            break\n"
        "    return found\n",
        [3],
    ),
    "the first that is more": (
        "def f(a, x):\n    a.sort()\n    for y in a:\n        if y > x:\n            return y\n    return None\n",
        [3],
    ),
    "index in order": ("def f(a, x):\n    a = sorted(a)\n    return a.index(x)\n", [3]),
    "a place looked for": (
        "def f(xs):\n    out = []\n    for x in xs:\n        i = 0\n"
        "        while i < len(out) and out[i] < x:\n            i += 1\n"
        "        out.insert(i, x)\n    return out\n",
        [3],
    ),
    "a place looked for, once": (
        "def f(a, x):\n    for i, y in enumerate(a):\n        if y > x:\n            a.insert(i, x)\n            break\n",
        [2],
    ),
}

SILENT = {
    "a search for the first that is more": "def f(a, x):\n    for y in a:\n        if y > x:\n            return y\n",
    "index": "def f(a, x):\n    return a.index(x)\n",
    "index, no longer in order": "def f(a, x):\n    a.sort()\n    a.append(x)\n    return a.index(x)\n",
    "two lists merged": "def f(a, b):\n    while a and b:\n        yield a.pop(0) if a[0] < b[0] else b.pop(0)\n",
    "the smallest grows": "def f(xs):\n    while len(xs) > 1:\n        x = min(xs)\n        xs.append(x * 2)\n",
    "the smallest of another list": "def f(xs, ys):\n    while xs:\n        x = min(ys)\n        xs.remove(x)\n",
    "inserted where it is known": "def f(a, i, x):\n    while i > 3:\n        i -= 1\n    a.insert(i, x)\n",
    "binary search": GOOD["binary search"],
}
