"""Texts that GL607 must and must not report."""

BAD = {
    "addresses": ("_c = {}\ndef f(url):\n    _c[url] = get(url)\n", [1]),
    "asked first": ("_c = {}\ndef f(url):\n    if url not in _c:\n        _c[url] = get(url)\n    return _c[url]\n", [1]),
    "users": ("_c = {}\ndef f(user_id):\n    _c[user_id] = 1\n", [1]),
    "texts": ("_c = {}\ndef f(text):\n    _c[text] = parse(text)\n    return _c[text]\n", [1]),
    "annotated key": ("_c = {}\ndef f(at: float):\n    _c[at] = 1\n", [1]),
    "annotated bytes": ("_c = {}\ndef f(b: bytes):\n    _c[b] = 1\n", [1]),
    "dict()": ("_c = dict()\ndef f(url):\n    _c[url] = 1\n", [1]),
    "annotated collection": ("_c: dict[str, int] = {}\ndef f(url):\n    _c[url] = 1\n", [1]),
    "default dict": ("from collections import defaultdict\n_c = defaultdict(list)\ndef f(url):\n    _c[url] = 1\n", [2]),
    "ordered dict": ("import collections\n_c = collections.OrderedDict()\ndef f(url):\n    _c[url] = 1\n", [2]),
    "a set": ("_seen = set()\ndef f(url):\n    _seen.add(url)\n", [1]),
    "setdefault": ("_c = {}\ndef f(url):\n    return _c.setdefault(url, get(url))\n", [1]),
    "a pair as key": ("_c = {}\ndef f(kind, url):\n    _c[kind, url] = 1\n", [1]),
    "a pair in parentheses": ("_c = {}\ndef f(kind, url):\n    _c[(kind, url)] = 1\n", [1]),
    "in a method": ("_c = {}\nclass A:\n    def f(self, url):\n        _c[url] = self\n", [1]),
    "in a coroutine": ("_c = {}\nasync def f(url):\n    _c[url] = await get(url)\n", [1]),
    "looked at": ("_c = {}\ndef f(url):\n    _c[url] = 1\ndef g():\n    return sorted(_c), list(_c.items())\n", [1]),
    "walked": ("_c = {}\ndef f(url):\n    _c[url] = 1\ndef g():\n    for k in _c:\n        use(k)\n", [1]),
    "in a try": (
        "_c = {}\ndef f(url):\n    try:\n        return _c[url]\n    except KeyError:\n"
        "        _c[url] = v = get(url)\n        return v\n",
        [1],
    ),
    "with a walrus": (
        "_c = {}\ndef f(url):\n    if (v := _c.get(url)) is None:\n        v = _c[url] = get(url)\n    return v\n",
        [1],
    ),
    "in capitals": ("_CACHE = {}\ndef f(url):\n    _CACHE[url] = 1\n", [1]),
    "under global": ("_c = {}\ndef f(url):\n    global _c\n    _c[url] = 1\n", [1]),
}

PEDANTIC = {
    "unknown keys": ("_c = {}\ndef f(name):\n    _c[name] = 1\n", [1]),
    "a list": ("_log = []\ndef f(x):\n    _log.append(x)\n", [1]),
    "a public name": ("cache = {}\ndef f(url):\n    cache[url] = 1\n", [1]),
    "a public list": ("log = []\ndef f(x):\n    log.append(x)\n", [1]),
    "a registry": ("_hooks = []\ndef register(hook):\n    _hooks.append(hook)\n", [1]),
    "a decorator": (
        "_all = {}\ndef named(name):\n    def wrap(f):\n        _all[name] = f\n        return f\n    return wrap\n",
        [1],
    ),
    "a list of a class": ("class Feed:\n    events = []\n    def note(self, event):\n        self.events.append(event)\n", [2]),
    "a dict of a class, by its name": (
        "class Feed:\n    by_user = {}\ndef note(user, event):\n    Feed.by_user[user] = event\n"
        "    return Feed.by_user.keys()\n",
        [2],
    ),
}

GOOD = {
    "cleared": "_c = {}\ndef f(url):\n    _c[url] = 1\ndef g():\n    _c.clear()\n",
    "taken out": "_c = {}\ndef f(url):\n    _c[url] = 1\ndef g(url):\n    return _c.pop(url)\n",
    "deleted": "_c = {}\ndef f(url):\n    _c[url] = 1\ndef g(url):\n    del _c[url]\n",
    "discarded": "_s = set()\ndef f(url):\n    _s.add(url)\ndef g(url):\n    _s.discard(url)\n",
    "a limit": "_c = {}\ndef f(url):\n    if len(_c) > 9:\n        _c.clear()\n    _c[url] = 1\n",
    "bound anew": "_c = {}\ndef f(url):\n    _c[url] = 1\ndef g():\n    global _c\n    _c = {}\n",
    "handed on": "_c = {}\ndef f(url):\n    _c[url] = 1\n    trim(_c)\n",
    "returned": "_c = {}\ndef f(url):\n    _c[url] = 1\ndef g():\n    return _c\n",
    "weak": "import weakref\n_c = weakref.WeakKeyDictionary()\ndef f(url):\n    _c[url] = 1\n",
    "bounded": "from collections import deque\n_c = deque(maxlen=9)\ndef f(url):\n    _c.append(url)\n",
    "bounded by place": "from collections import deque\n_c = deque((), 9)\ndef f(url):\n    _c.append(url)\n",
    "filled at the start": "_c = {}\nfor url in urls:\n    _c[url] = 1\n",
    "constant keys": "_c = {}\ndef f(url):\n    _c['last'] = url\n",
    "only read": "_c = {}\ndef f(url):\n    return _c.get(url)\n",
    "not empty": "_c = {'a': 1}\ndef f(url):\n    _c[url] = 1\n",
    "a local": "def f(url):\n    c = {}\n    c[url] = 1\n",
    "an attribute": "class A:\n    c = {}\n    def f(self, url):\n        self.c[url] = 1\n",
    "of a class": "class A:\n    _c = {}\n",
    "shadowed": "_c = {}\ndef f(url):\n    _c = {}\n    _c[url] = 1\n",
    "an argument": "_c = {}\ndef f(url, _c):\n    _c[url] = 1\n",
    "a number": "_n = 0\ndef f():\n    global _n\n    _n += 1\n",
    "a slice": "_l = []\ndef f(x):\n    _l[:] = x\n",
    "sliced off": "_l = []\ndef f(x):\n    _l.append(x)\n    del _l[:-9]\n",
    "own class": "_c = Cache()\ndef f(url):\n    _c[url] = 1\n",
    "a name of few": "_c = {}\ndef f(kind: type):\n    _c[kind] = 1\n",
    "a list of a class that each object replaces": "class Feed:\n    _events = []\n    def __init__(self):\n"
    "        self._events = []\n    def note(self, url):\n        self._events.append(url)\n",
    "a list of a class that something empties": "class Feed:\n    events = []\n    def note(self, event):\n"
    "        self.events.append(event)\n    def send(self):\n        return self.events.pop()\n",
    "a model whose base copies it": "class Feed(BaseModel):\n    events: list = []\n    def note(self, event):\n"
    "        self.events.append(event)\n",
}
