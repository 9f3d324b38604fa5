"""GL711 sleep-in-test."""

from __future__ import annotations

import ast
import re

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._sleeps import PACKAGES, is_sleep, seconds
from greenlint.source.project import is_test
from greenlint.source.repeat import next_statement

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.source.module import Module

_ABOUT_TIME = re.compile(r"time|sleep|expir|cancel|delay|ttl|interval|elapsed|durat|throttl|rate_limit|shield|slow|schedul")
"""Tests named so, and blocks under a manager named so, may need time to pass."""
_NOTHING_HAPPENED = re.compile(
    r"\bnot\b|assert_not|assertFalse|assertIsNone|False|\bNone\b|== 0|assertEqual\(0|\[\]|never|unchanged|still"
)
"""The next line checks that nothing has happened: there is no event to wait for."""
_ANY = 30
"""What it waits for is not said."""
_AROUND = frozenset(
    {"setUp", "tearDown", "setUpClass", "tearDownClass", "setup_method", "teardown_method", "asyncSetUp", "asyncTearDown"}
)
_CHECK = re.compile(r"self\.(assert|wait)(True|Equal|In\b|Greater|IsNotNone|CountEqual|ListEqual|DictEqual|Regex)")
_REPLACED = ("'sleep'", '"sleep"', ".sleep'", '.sleep"')
_BROWSERS = frozenset({"selenium", "splinter", "appium"})
_ON_PAGE = re.compile(r"\b(driver|browser)\.|find_element|is_text_present|is_element_present|\.click\(")


class SleepInTest(FileRule):
    """A test sleeps for a fixed time, in every run.

    ## Why it wastes

    A fixed sleep is as long as the slowest machine needs, and every run of the suite on every machine pays for it: a test of one
    second that runs on ten configurations for fifty pushes a week holds a machine for seven hours a year. Waiting for the
    condition itself (an event, `thread.join(timeout)`, `queue.get(timeout=...)`, a look every few milliseconds up to a deadline,
    an explicit wait of the browser driver) takes as long as it must, and is stable on slow machines too. Where only the
    clock must move on, set it (`monkeypatch`, `os.utime`, a fake clock).

    ## When to leave it alone

    Where time itself is tested, or that nothing happens for a while. The rule is silent for sleeps below `least` seconds,
    in loops (a look and a pause), inside functions within the test, and in tests that replace `sleep`. Under `if`, in tests that read a
    clock or are named after time, under managers for time limits and expected exceptions, before and after tests, and where
    the next line does not say what the sleep waits for (a check that something has happened, or a step in a browser), it has confidence 30.

    ## Evidence

    Whole processes, CPython 3.11.7: ten tests that sleep 0.5 s for something that takes 50 ms hold the machine for 5 s instead of
    0.5 s; at the idle power of the model that is 8.4 -> 1.0 J (`python benchmarks/rules/run.py GL711`). CPU time is the same:
    the open gates are that the page of results counts CPU time and memory only, and a labelled sample.
    """

    code = "GL711"
    name = "sleep-in-test"
    effect = Effect(
        EffectClass.AVOIDED_RUN,
        "holds the machine for the whole sleep in every run of the suite (8.4 -> 1.0 J for ten tests of 0.5 s)",
        "bench GL711",
    )
    confidence = 80
    preview = True
    callees = frozenset({"sleep"})
    packages = PACKAGES
    options: ClassVar[Mapping[str, Any]] = {"least": 0.5}
    examples = (
        Bad(
            "import time\n\n\ndef test_start(server):\n    server.start()\n    time.sleep(1)\n    assert server.up\n",
            lines=(6,),
        ),
        Bad(
            "import asyncio\n\nclass TestJobs:\n    async def test_result(self):\n        self.job.submit()\n"
            "        await asyncio.sleep(2)\n        self.assertEqual(self.job.result, 3)\n",
            lines=(6,),
        ),
        Good("import time\n\n\ndef start(server):\n    server.start()\n    time.sleep(1)\n", "not a test"),
        Good(
            "import time\n\n\ndef test_start(server):\n    while not server.up:\n        time.sleep(1)\n", "it looks and pauses"
        ),
        Good("import time\n\n\ndef test_quiet(server):\n    time.sleep(1)\n    assert not server.calls\n", "nothing happens"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when a test itself sleeps, for nothing but to let time pass."""
        function = module.function(node)
        if function is None or module.scope(node) is not function or not _is_of_test(function, module):
            return
        length = seconds(node, module) if is_sleep(node, module) else None
        if (
            length is None
            or length < self.option["least"]
            or module.loop(node) is not None
            or _replaces_sleep(function, module)
        ):
            return
        message = f"sleeps {length:g} s in every run: wait for the condition itself, with a time limit, or move the clock"
        if (
            not function.name.startswith("test")
            or not _is_plain_step(node, function, module)
            or _ABOUT_TIME.search(function.name.lower())
            or _reads_clock(function, module)
            or not _waits_for_something(node, module)
        ):
            yield self.finding(node, module, message, confidence=_ANY)
            return
        yield self.finding(node, module, message, confidence=self.confidence if _is_in_tests(module) else 65)


def _is_of_test(function: ast.FunctionDef | ast.AsyncFunctionDef, module: Module) -> bool:
    """A test, or what runs before and after each: the methods of unittest, fixtures, functions of `conftest.py`."""
    if function.name.startswith("test") or function.name in _AROUND:
        return True
    return is_test(module.path) and any("fixture" in ast.unparse(decorator) for decorator in function.decorator_list)


def _replaces_sleep(place: ast.AST, module: Module) -> bool:
    """Whether something else is put in the place of `sleep` there, so that nothing waits for real."""
    text = module.text(place)
    return any(sign in text for sign in _REPLACED)


def _is_in_tests(module: Module) -> bool:
    return is_test(module.path) or not module.packages.isdisjoint({"pytest", "unittest", "django"})


def _is_plain_step(node: ast.Call, function: ast.AST, module: Module) -> bool:
    """A statement of the test, at most inside `with` and `try`, as in the fixtures that it opens."""
    statement: ast.AST = module.statement(node)
    if not isinstance(statement, ast.Expr):
        return False
    for ancestor in module.ancestors(statement):
        if ancestor is function:
            holder = module.parent(function)
            return isinstance(holder, (ast.Module, ast.ClassDef))
        if isinstance(ancestor, (ast.With, ast.AsyncWith)):
            text = " ".join(ast.unparse(item.context_expr) for item in ancestor.items).lower()
            if _ABOUT_TIME.search(text) or "raises" in text or "fail_after" in text or "move_on" in text:
                return False
        elif not isinstance(ancestor, ast.Try):
            return False
    return False


def _reads_clock(function: ast.AST, module: Module) -> bool:
    """Whether the test itself measures time, or replaces the sleep."""
    known = module.notes.setdefault("reads-clock", {})
    if id(function) not in known:
        known[id(function)] = any(_is_about_time(node) for node in ast.walk(function))
    return bool(known[id(function)])


def _is_about_time(node: ast.AST) -> bool:
    if isinstance(node, ast.Attribute) and node.attr in (
        "time",
        "monotonic",
        "perf_counter",
        "now",
        "utcnow",
        "freeze_time",
        "elapsed",
    ):
        return True
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.endswith("time.sleep")


def _waits_for_something(node: ast.Call, module: Module) -> bool:
    """Whether the next line says what the sleep waits for: it checks that something has happened, or uses the browser."""
    following = next_statement(module.statement(node), module)
    if following is None:
        return False
    text = module.text(following)[:300]
    if _NOTHING_HAPPENED.search(text):
        return False
    if isinstance(following, ast.Assert) or _CHECK.match(text):
        return True
    return not module.packages.isdisjoint(_BROWSERS) and bool(_ON_PAGE.search(text))
