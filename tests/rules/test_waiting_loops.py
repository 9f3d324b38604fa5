"""GL701 and GL704: which loops spin, and that everything unknown is left in peace."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rule_lab import SHOWN

from greenlint.linter.dispatch import RuleSet, lint_module
from greenlint.model.finding import Finding
from greenlint.rules.waiting.busy_wait import BusyWait
from greenlint.rules.waiting.loop_without_exit import LoopWithoutExit
from greenlint.source.module import Module

RULES = RuleSet([BusyWait(), LoopWithoutExit()])


def findings(text: str) -> list[Finding]:
    found = lint_module(Module("example.py", text.encode()), RULES)
    assert [f.message for f in found if f.code == "GL901"] == []
    return [f for f in found if f.confidence >= SHOWN]


def codes(text: str) -> list[str]:
    return [f.code for f in findings(text)]


@pytest.mark.parametrize(
    "text",
    [
        "while a.is_alive() or b.is_alive(): pass",
        "while not (done.is_set() and other.is_set()): pass",
        "while not future.done():\n    alive = thread.is_alive()",
        "while True:\n    if future.done(): return_ = 1; break",
        "while True:\n    if future.done():\n        break\n    else:\n        continue",
        "while thread.is_alive():\n    if x > 3:\n        work()",
        "while running:\n    if not queue.empty():\n        item = queue.get()\n        handle(item)",
        "from time import time\nwhile time() < end: pass",
        "import time as t\nwhile t.monotonic() - start < 5:\n    elapsed = t.monotonic() - start",
        "import datetime\nwhile datetime.datetime.now() < end: pass",
        "import os.path\nwhile not os.path.exists('x'): pass",
        "from pathlib import Path\nwhile not Path('x').exists(): ...",
        "import os\nwhile os.waitpid(pid, os.WNOHANG) == (0, 0): pass",
        "import os\nwhile os.waitpid(pid, os.WNOHANG)[0] == 0: pass",
        "import select\nwhile not select.select([s], [], [], 0)[0]: pass",
        "import threading\nwhile threading.active_count() > 1: pass",
        "while not lock.acquire(False): pass",
        "while proc.poll() == None: pass",
        "while True:\n    code = proc.poll()\n    if code is not None: break",
        "while True:\n    try:\n        data = sock.recv(10)\n        break\n    except BlockingIOError:\n        pass",
        "while True:\n    try:\n        x = q.get(block=False)\n    except (Empty, queue.Empty): pass\n    else: use(x)",
        "def f(self):\n    while self.x == 1: pass",
        "while not state['ready']: pass",
        "class A:\n    while thread.is_alive():\n        pass",
        "async def f(t):\n    while not t.done():\n        continue",
        "try:\n    while t.is_alive(): pass\nfinally:\n    stop()",
        "match x:\n    case 1:\n        while t.is_alive(): pass",
    ],
)
def test_busy_waits(text: str) -> None:
    assert codes(text + "\n") == ["GL701"]


@pytest.mark.parametrize(
    "text",
    [
        "while t.is_alive():\n    t.join(1)",
        "while t.is_alive():\n    print('waiting')",
        "while t.is_alive():\n    for x in y: pass",
        "while t.is_alive():\n    with lock: pass",
        "while t.is_alive():\n    d[t] = 1",
        "while t.is_alive():\n    t.count += 1",
        "while t.is_alive():\n    del x",
        "while t.is_alive(1): pass",
        "while (x := read()) is None: pass",
        "while not done(): pass",
        "while not [x for x in y if x.is_set()]: pass",
        "while not any(x.is_set() for x in y): pass",
        "async def f():\n    while not (await t.done()): pass",
        "async def f():\n    while not t.done():\n        await sleep(0)",
        "async def f():\n    while not t.done():\n        async with x: pass",
        "async def f():\n    while not t.done():\n        async for x in y: pass",
        "def f():\n    while not t.is_set():\n        yield",
        "while not t.is_set():\n    raise TimeoutError",
        "while not t.is_set():\n    if t.is_set(): return_ = go()\n    else: wait()",
        "while x.poll(): pass",
        "while not consumer.poll(): pass",
        "while lock.acquire(False): pass",
        "while os.waitpid(-1, os.WNOHANG)[0]: pass",
        "import os\nwhile os.waitpid(-1, os.WNOHANG)[0]: pass",
        "import select\nwhile not select.select([s], [], [], 1)[0]: pass",
        "while not q.empty():\n    q.get_nowait()",
        "while True:\n    try:\n        use(q.get_nowait())\n    except Empty:\n        break",
        "while True:\n    try:\n        q.put_nowait(x); break\n    except Full:\n"
        "        try:\n            q.get_nowait()\n        except Empty:\n            continue",
        "while True:\n    try:\n        item = q.get(timeout=1)\n    except Empty:\n        continue\n    use(item)",
        "while i < 10:\n    if t.is_alive():\n        i += 1",
        "while stack:\n    if seen: stack = stack[1:]",
        "import time\nwhile time.process_time() < end: pass",
        "time = clock\nwhile time.time() < end: pass",
        "def done(): return 1\nwhile not x.done(): pass",
        "class A:\n    @property\n    def ready(self): return step()\n    def f(self):\n        while not self.ready: pass",
        "def f(found):\n    while not found: pass",
        "while not os.path.exists(p):\n    try:\n        make(p)\n    except OSError:\n        pass",
        "while t.is_alive():\n    while x: y()",
        "lambda: [x for x in y]",
        "while t.is_alive(): break",
    ],
)
def test_loops_that_may_wait_or_work(text: str) -> None:
    assert codes(text + "\n") == []


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("while t.is_alive(): pass", "`.join()`"),
        ("while not e.is_set(): pass", "`.wait()`"),
        ("while p.poll() is None: pass", "`.wait()`"),
        ("while q.empty(): pass", "`.get()`"),
        ("import os\nwhile not os.path.exists(p): pass", "sleep"),
    ],
)
def test_the_message_names_what_waits_instead(text: str, remedy: str) -> None:
    assert remedy in findings(text + "\n")[0].message


def test_how_sure_a_finding_is_depends_on_what_is_asked() -> None:
    thread, clock, flag = (
        findings(text)[0].confidence
        for text in (
            "while t.is_alive(): pass\n",
            "import time\nwhile time.time() < end: pass\n",
            "def f(self):\n    while self.busy: pass\n",
        )
    )
    assert thread > flag >= 60
    assert thread > clock >= 60


@pytest.mark.parametrize(
    "text",
    [
        "while 1: pass",
        "while not 0:\n    x = 1 + 2",
        "while True:\n    if x: y = 2\n    else: y = (3, z)",
        "while 'yes':\n    global x\n    x = -x",
        "def f():\n    while True: ...",
        "def f():\n    i = 3\n    while i > 0:\n        j = i - 1",
        "def f(n, m):\n    i: int = 3\n    while n < i < m: pass",
        "async def f():\n    while True: pass",
        "class A:\n    while True: pass",
        "while True:\n    while True:\n        pass",
        "try:\n    while True: pass\nexcept KeyboardInterrupt: pass",
        "while True:\n    x = max(1, len('ab'))",
    ],
)
def test_loops_without_exit(text: str) -> None:
    assert codes(text + "\n") == ["GL704"]


@pytest.mark.parametrize(
    "text",
    [
        "while True:\n    break",
        "while True:\n    assert x",
        "while True:\n    x()",
        "while True:\n    x.y",
        "while True:\n    x[0]",
        "while True:\n    x = 1 % y",
        "while True:\n    x <<= 1",
        "while True:\n    import a",
        "while True:\n    del x",
        "while True:\n    with x: pass",
        "while True:\n    for x in y: pass",
        "while True:\n    try: pass\n    finally: pass",
        "while True:\n    def f(): pass",
        "while True:\n    [a, b] = x\n    print(a)",
        "while True:\n    x = [y for y in z]",
        "while True:\n    x = f'{y!r}'\n    z()",
        "while True:\n    len = 3\n    len(x)",
        "while True:\n    match x:\n        case 1: pass",
        "def f():\n    while True: yield",
        "async def f():\n    while True: await x",
        "def f(i):\n    while i: pass",
        "def f(i, n):\n    while i < n: pass",
        "def f():\n    i = g()\n    while i > 0: pass",
        "def f():\n    i = 3\n    while i > 0:\n        (i := i - 1)",
        "def f():\n    i = 3\n    while i > 0:\n        if i: i = 0",
        "def f():\n    i = 3\n    while i > g(): pass",
        "def f():\n    global i\n    i = 3\n    while i > 0: pass",
        "i = 3\nwhile i > 0: pass",
        "while False: pass",
        "while None: pass",
    ],
)
def test_loops_that_may_end(text: str) -> None:
    assert codes(text + "\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "while True:\n    print('on')\n",
        "def f(a):\n    while True:\n        a.n += 1\n",
        "from itertools import count\nfor n in count():\n    print(n)\n",
        "import itertools\n\ndef f(names):\n    for name in itertools.cycle(names):\n        print(name)\n",
        "def f(a):\n    while True:\n        try:\n            a.n += 1\n        except ValueError:\n            continue\n",
    ],
)
def test_loops_whose_end_nothing_names_are_shown_to_those_who_ask_for_all(text: str) -> None:
    found = [f for f in lint_module(Module("example.py", text.encode()), RULES) if f.code == "GL704"]
    assert [f.confidence for f in found] == [30]


@pytest.mark.parametrize(
    "text",
    [
        "for n in range(3):\n    print(n)\n",
        "from itertools import count\nfor n in count():\n    if n > 3:\n        break\n",
        "from itertools import count\n\ndef f():\n    for n in count():\n        return n\n",
        "from itertools import count\n\ndef f():\n    for n in count():\n        yield n\n",
        "from itertools import count\nfor n in count():\n    step(n)\n",
        "from itertools import repeat\nfor n in repeat(1, 5):\n    print(n)\n",
        "while True:\n    print(input())\n",
        "while True:\n    print(queue.get())\n",
        "while True:\n    assert a.n\n",
        "while True:\n    with lock:\n        a.n += 1\n",
    ],
)
def test_loops_that_say_when_they_end_are_not(text: str) -> None:
    assert "GL704" not in {f.code for f in lint_module(Module("example.py", text.encode()), RULES)}


def test_keeping_a_program_alive_has_a_remedy() -> None:
    assert "threading.Event().wait()" in findings("while True:\n    pass\n")[0].message


EXPRESSIONS = [
    "True",
    "x",
    "not e.is_set()",
    "t.is_alive()",
    "q.empty()",
    "f()",
    "self.x",
    "i < n",
    "(y := 1)",
    "d['k']",
    "1 / x",
]
STATEMENTS = [
    "pass",
    "continue",
    "break",
    "x = 1",
    "i += 1",
    "x = t.is_alive()",
    "f()",
    "return",
    "raise E",
    "y = q.get_nowait()",
]


@st.composite
def _loops(draw: st.DrawFn, depth: int = 2) -> list[str]:
    found = [draw(st.sampled_from(STATEMENTS)) for _ in range(draw(st.integers(1, 2)))]
    if depth and draw(st.booleans()):
        body = ["    " + line for line in draw(_loops(depth - 1))]
        test = draw(st.sampled_from(EXPRESSIONS))
        kind = draw(st.sampled_from(["if", "while", "try", "with"]))
        if kind in ("if", "while"):
            found += [f"{kind} {test}:", *body]
        else:
            found += ["try:", *body, "except Empty:", *body] if kind == "try" else ["with x:", *body]
    return found


@given(st.sampled_from(EXPRESSIONS), _loops())
@settings(max_examples=300, deadline=None)
def test_a_loop_that_always_calls_or_leaves_first_is_never_reported(test: str, body: list[str]) -> None:
    text = f"def f(self):\n    while {test}:\n        unknown()\n" + "".join(f"        {line}\n" for line in body)
    assert not [f for f in findings(text) if f.line == 2]


@given(st.sampled_from(EXPRESSIONS), _loops())
@settings(max_examples=300, deadline=None)
def test_no_loop_upsets_the_rules_and_none_is_reported_twice(test: str, body: list[str]) -> None:
    text = f"def f(self):\n    while {test}:\n" + "".join(f"        {line}\n" for line in body)
    found = [f.line for f in findings(text)]
    assert len(found) == len(set(found))


def likely(text: str) -> list[str]:
    found = lint_module(Module("example.py", text.encode()), RULES)
    return [f.code for f in found if f.confidence < SHOWN]


@pytest.mark.parametrize(
    "text",
    [
        "while not self.ready:\n    print('waiting')",
        "while not event.is_set():\n    log.debug('not yet')",
        "while not event.wait(0): pass",
        "while t.is_alive():\n    t.join(timeout=0)",
        "import select\nwhile True:\n    r, w, x = select.select([s], [], [], 0)\n    if r: break",
        "while True:\n    for key, mask in sel.select(timeout=0):\n        use(key)",
        "import multiprocessing\nwhile True:\n    if c.poll():\n        use(c.recv())",
        "while True:\n    if jobs:\n        use(jobs.popleft())",
        "while True:\n    try:\n        x = q.get_nowait()\n    except Exception:\n        continue\n    use(x)",
        "while True:\n    try:\n        x = q.get(timeout=0)\n    except Empty:\n        continue\n    use(x)",
        "while True:\n    if not any(t.is_alive() for t in threads):\n        break",
    ],
)
def test_loops_that_may_spin(text: str) -> None:
    assert likely(text + "\n") == ["GL701"]


@pytest.mark.parametrize(
    "text",
    [
        "while stack:\n    print(stack.pop())",
        "while not event.wait(1): pass",
        "while jobs:\n    use(jobs.popleft())",
        "while True:\n    try:\n        use(q.get_nowait())\n    except Exception:\n        break",
        "while t.is_alive():\n    t.join(1)",
        "while self.n < 9:\n    print(self.n)\n    self.n += 1",
        "while any(step(t) for t in tasks):\n    print('x')",
    ],
)
def test_loops_that_certainly_wait_or_work(text: str) -> None:
    assert likely(text + "\n") == []


@pytest.mark.parametrize(
    "text",
    [
        "def f():\n    i = 0\n    while i < 9:\n        print(i)",
        "i = 0\nwhile i < 9:\n    print(i)",
        "def f(items):\n    n = 0\n    while n < len(items):\n        x = items[0]",
        "for _ in iter(int, 1):\n    x = 1",
        "while 1 == 1:\n    y = 1",
        "while [1]:\n    y = 1",
        "while True or x:\n    y = 1",
        "while True:\n    for i in range(9):\n        if i: break",
        "def f(data):\n    while True:\n        data.append(1)",
        "def f(n):\n    while n > 0:\n        n += 1",
        "def f():\n    i = 0\n    while i < 9:\n        print(i)\n        i -= 1",
        "def f(xs):\n    for x in xs:\n        xs.append(x)",
    ],
)
def test_loops_that_may_never_end(text: str) -> None:
    assert likely(text + "\n") == ["GL704"]


@pytest.mark.parametrize(
    "text",
    [
        "def f(n):\n    while n > 0:\n        n -= 1",
        "def f(n):\n    while n > 0:\n        n += 1\n        if n > 9: break",
        "def f(items):\n    n = 0\n    while n < len(items):\n        items.pop()",
        "def f(xs):\n    for x in xs:\n        if x: xs.append(x)",
        "i = 0\ndef g():\n    global i\n    i = 9\nwhile i < 9:\n    print(i)",
        "def f(items):\n    while len(items) < 9:\n        items.append(1)",
        "while 1 == 2:\n    y = 1",
        "for x in iter(read, b''):\n    y = x",
    ],
)
def test_loops_that_have_an_end(text: str) -> None:
    assert likely(text + "\n") == []
