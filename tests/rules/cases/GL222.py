"""Exceptions that are an ordinary answer, and those that are not."""

L = "def f(rows, table):\n    for row in rows:\n"


def loop(body: str, handler: str, error: str = "KeyError", more: str = "") -> str:
    return f"{L}        try:\n            {body}\n        except {error}:\n            {handler}\n{more}"


BAD = {
    "a key, then a default": (loop("x = table[row]", "x = 0", more="        use(x)\n"), [3]),
    "a key, then go on": (loop("x = table[row]", "continue", more="        use(x)\n"), [3]),
    "a key that is taken out": (loop("del table[row]", "pass"), [3]),
    "a key, then nothing": (loop("row.x = table[row.y]", "pass"), [3]),
    "an index, then a default": (loop("x = row[3]", "x = None", "IndexError", "        use(x)\n"), [3]),
    "an attribute, then a default": (loop("x = row.size", "x = 0", "AttributeError", "        use(x)\n"), [3]),
    "an attribute, then go on": (loop("total = row.size", "continue", "AttributeError"), [3]),
    "the next of an iterator": (loop("x = next(row)", "x = None", "StopIteration", "        use(x)\n"), [3]),
    "the next, then go on": (loop("x = next(row)", "continue", "StopIteration", "        use(x)\n"), [3]),
    "two exceptions": (loop("x = table[row]", "x = 0", "(KeyError, IndexError)", "        use(x)\n"), [3]),
    "the common base": (loop("x = table[row]", "x = 0", "LookupError", "        use(x)\n"), [3]),
    "in a while loop": (
        "def f(rows, table):\n    while rows:\n        try:\n            x = table[rows.head]\n"
        "        except KeyError:\n            x = 0\n        use(x, rows)\n",
        [3],
    ),
    "in an inner loop": (
        "def f(rows, t):\n    for row in rows:\n        for cell in row:\n            try:\n"
        "                x = t[cell]\n            except KeyError:\n"
        "                x = 0\n            use(x)\n",
        [4],
    ),
    "added up": (loop("total = total + table[row]", "pass"), [3]),
    "in a coroutine": (
        "async def f(rows, t):\n    async for row in rows:\n        try:\n            x = t[row]\n"
        "        except KeyError:\n            x = 0\n        use(x)\n",
        [3],
    ),
    "an empty list as default": (loop("x = table[row]", "x = []", more="        use(x)\n"), [3]),
    "a tuple as default": (loop("a, b = table[row]", "a, b = 0, 0", more="        use(a, b)\n"), [3]),
    "with an else": (loop("x = table[row]", "pass", more="        else:\n            use(x)\n"), [3]),
    "two handlers": (
        L + "        try:\n            x = table[row]\n        except KeyError:\n            x = 0\n"
        "        except IndexError:\n            x = 1\n        use(x)\n",
        [3],
    ),
    "a negative number": (loop("x = table[row]", "x = -1", more="        use(x)\n"), [3]),
    "in a method": (
        "class A:\n    def f(self):\n        for row in self.rows:\n            try:\n"
        "                x = self.t[row]\n            except KeyError:\n                x = None\n"
        "            self.use(x)\n",
        [4],
    ),
}

PEDANTIC = {
    "says so": (loop("x = table[row]", "log(row)"), [3]),
    "cleans up": (
        L + "        try:\n            x = table[row]\n        except KeyError:\n            x = 0\n"
        "        finally:\n            done()\n",
        [3],
    ),
    "once": ("def f(t, k):\n    try:\n        x = t[k]\n    except KeyError:\n        x = 0\n    return x\n", [2]),
    "returns": ("def f(t, k):\n    try:\n        return t[k]\n    except KeyError:\n        return None\n", [2]),
    "a number that is none": (loop("x = int(row)", "continue", "ValueError", "        use(x)\n"), [3]),
    "a call that hides it": (loop("x = table.find(row)[0]", "x = 0", more="        use(x)\n"), [3]),
    "stored, so that it misses once": (loop("x = table[row]", "table[row] = x = 0"), [3]),
    "the miss ends the loop, and so comes once": (loop("x = table[row]", "break", more="        use(x)\n"), []),
    "the first hit ends the loop": (loop("return table[row]", "pass"), [3]),
    "a short loop": (
        "def f(t):\n    for k in ('a', 'b'):\n        try:\n            x = t[k]\n        except KeyError:\n"
        "            x = 0\n        use(x)\n",
        [3],
    ),
}

GOOD = {
    "asks with a default": L + "        use(table.get(row, 0))\n",
    "raises again": loop("x = table[row]", "raise"),
    "raises another": loop("x = table[row]", "raise ValueError(row)"),
    "says so": loop("x = table[row]", "log(row)"),
    "uses the exception": L
    + "        try:\n            x = table[row]\n        except KeyError as e:\n            x = e.args\n        use(x)\n",
    "computes the default": loop("x = table[row]", "x = load(row)", more="        use(x)\n"),
    "the file may go away meanwhile": loop("os.remove(row)", "pass", "FileNotFoundError"),
    "the system fails": loop("row.open()", "continue", "OSError"),
    "anything": loop("x = table[row]", "x = 0", "Exception"),
    "bare": L + "        try:\n            x = table[row]\n        except:\n            x = 0\n",
    "an exception of one's own": loop("x = table[row]", "x = 0", "Missing"),
    "a module that is missing": loop("import json", "pass", "ImportError"),
    "cleans up": L + "        try:\n            x = table[row]\n        except KeyError:\n            x = 0\n"
    "        finally:\n            done()\n",
    "a long body": L + "        try:\n            a = table[row]\n            b = a.x\n            c = b.y\n"
    "        except KeyError:\n            pass\n",
    "one of them is another": loop("x = table[row]", "x = 0", "(KeyError, OSError)"),
    "stops waiting": loop("x = queue.get_nowait()", "break", "Empty"),
    "the loop is inside": "def f(rows, t):\n    try:\n        for row in rows:\n            use(t[row])\n    except KeyError:\n"
    "        pass\n",
    "a name of its own": "class KeyError(Exception):\n    pass\n\n\n" + loop("x = table[row]", "x = 0"),
    "no handler": L + "        try:\n            x = table[row]\n        finally:\n            done()\n",
    "a longer answer": loop("x = table[row]", "x = 0\n            y = 1\n            z = 2"),
    "an answer that acts": loop("x = table[row]", "x = 0\n            missing.append(row)"),
    "cancelled": loop("await row", "pass", "asyncio.CancelledError"),
}

_FOREVER = "def f(rows):\n    while True:\n"
_SUPPRESS = "from contextlib import suppress\n\n"

PEDANTIC |= {
    "the file may be missing": (loop("os.remove(row)", "pass", "FileNotFoundError"), [3]),
    "the folder may be there": (loop("os.mkdir(row)", "continue", "FileExistsError"), [3]),
    "a text that is no JSON": (loop("x = json.loads(row)", "continue", "json.JSONDecodeError", "        use(x)\n"), [3]),
    "a row that is not there": (loop("x = T.objects.get(pk=row)", "x = None", "T.DoesNotExist", "        use(x)\n"), [3]),
    "the default is appended": (loop("table.append(int(row))", "table.append(-1)", "ValueError"), [3]),
    "the default is counted": (loop("total += len(row)", "total += 1", "TypeError"), [3]),
    "the default is yielded": (loop("yield 1 / row", "yield 0", "ZeroDivisionError"), [3]),
    "those without an answer are collected": (loop("table.append(int(row))", "bad.append(row)", "ValueError"), [3]),
    "anything, in fact a key": (loop("x = table[row]", "x = 0", "Exception", "        use(x)\n"), [3]),
    "raised and caught in the same turn": (
        L + "        try:\n            if row < 0:\n                raise Skip(row)\n            use(row)\n"
        "        except Skip:\n            pass\n",
        [3],
    ),
    "suppressed": (_SUPPRESS + L + "        with suppress(KeyError):\n            del table[row]\n", [5]),
    "the end of an iterator ends a loop": (
        _FOREVER
        + "        try:\n            x = next(rows)\n        except StopIteration:\n            break\n        use(x)\n",
        [3],
    ),
    "the end of a stack ends a loop": (
        _FOREVER + "        try:\n            x = rows.pop()\n        except IndexError:\n            return\n        use(x)\n",
        [3],
    ),
}

SILENT = {
    "the loop is inside": GOOD["the loop is inside"],
    "raises again": GOOD["raises again"],
    "stops waiting": GOOD["stops waiting"],
    "the system fails": GOOD["the system fails"],
    "one file": "def f(path):\n    try:\n        os.remove(path)\n    except FileNotFoundError:\n        pass\n",
    "work that may fail": loop("row.work()", "continue", "Exception"),
    "work whose failure is written down": loop("row.work()", "log.warning(row)", "ValueError"),
    "asks until the answer is right": _FOREVER
    + "        try:\n            n = int(input())\n            break\n        except ValueError:\n            print('again')\n",
    "tries again": "def f(call):\n    for _ in range(9):\n        try:\n            return call()\n        except ValueError:\n"
    "            continue\n",
    "raised for the caller": L + "        try:\n            if row:\n                raise ValueError(row)\n"
    "        finally:\n            done()\n",
    "raised in a function": L + "        try:\n            def g():\n                raise Skip\n            use(g)\n"
    "        except Skip:\n            log(row)\n",
    "suppressed work": _SUPPRESS + L + "        with suppress(KeyError):\n            row.work()\n",
    "suppressed once": _SUPPRESS + "def f(d, k):\n    with suppress(KeyError):\n        del d[k]\n",
}
